"""Sources and readings that send a reader where none should be sent: proxies of libraries, uploads of strangers, mirrors, test sites.

The hosts are data: ``data/sources/refused_hosts.tsv``, one row for each host (with all hosts below it) or folder of a host.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Store

from kg.build import readings
from kg.build.cells import rows
from kg.checks.problems import Problem, of_error
from kg.checks.record_lines import Places
from kg.rdf.namespaces import DCTERMS, kg

TABLE = "data/sources/refused_hosts.tsv"
_FIX = "give the address of the publisher, PubMed, PMC or the DOI, or none"


def find_refused(store: Store, root: str, places: Places) -> Iterator[Problem]:
    """The sources of a graph whose address is one that no reader is sent to.

    Raises:
        kg.errors.DataError: the table of hosts cannot be read.
    """
    hosts = _read_table(root)
    for predicate in (NamedNode(DCTERMS + "source"), kg("readAt")) if hosts else ():
        for quad in store.quads_for_pattern(None, predicate, None, None):
            address = str(getattr(quad.object, "value", ""))
            if reason := _find_reason(address, hosts):
                yield places.problem(quad.subject, f"{address} leads to {reason}", _FIX)


def find_refused_texts(root: str) -> Iterator[Problem]:
    """The readings whose text is named by such an address: the pages of claims link to it.

    Raises:
        kg.errors.DataError: the table of hosts, or one of readings, cannot be read.
    """
    hosts = _read_table(root)
    reasons = lru_cache(maxsize=None)(lambda address: _find_reason(address, hosts))
    for cells in readings.read(root) if hosts else ():
        if (address := cells.row["text"]) and (reason := reasons(address)):
            yield of_error(f"{cells.path}:{cells.line}: {address} leads to {reason}; {_FIX}")


def _read_table(root: str) -> dict[str, str]:
    """Why no reader is sent there, by host or folder of a host."""
    path = os.path.join(root, *TABLE.split("/"))
    if not os.path.exists(path):
        return {}
    return {cells.text("host").casefold(): cells.text("reason") for cells in rows(path, ("host", "kind", "reason"))}


def _find_reason(address: str, hosts: dict[str, str]) -> str | None:
    return next((hosts[part] for part in parts(address) if part in hosts), None)


def parts(address: str) -> Iterator[str]:
    """What a row may name of an address: its host, the hosts above it, and the folders of its path.

    >>> list(parts("https://fr.scribd.com:8080/document/1"))
    ['fr.scribd.com', 'scribd.com', 'fr.scribd.com/document', 'fr.scribd.com/document/1']
    """
    try:
        split = urlsplit(address)
        host = (split.hostname or "").rstrip(".")
    except ValueError:
        return
    labels = host.split(".")
    for first in range(len(labels) - 1):
        yield ".".join(labels[first:])
    folders = [part for part in split.path.casefold().split("/") if part]
    for last in range(1, len(folders) + 1):
        yield "/".join([host, *folders[:last]])
