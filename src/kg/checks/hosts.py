"""Sources that send a reader where none should be sent: proxies of libraries, uploads of strangers, mirrors, test sites.

The hosts are data: ``data/sources/refused_hosts.tsv``, one row for each host (with all hosts below it) or folder of a host.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from pyoxigraph import NamedNode, Store

from kg.build.cells import rows
from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.rdf.namespaces import DCTERMS, kg

TABLE = "data/sources/refused_hosts.tsv"
_FIX = "give the address of the publisher, PubMed, PMC or the DOI, or none"


def find_refused(store: Store, root: str, places: Places) -> Iterator[Problem]:
    """The sources of a graph whose address is one that no reader is sent to.

    Raises:
        kg.errors.DataError: the table of hosts cannot be read.
    """
    path = os.path.join(root, *TABLE.split("/"))
    if not os.path.exists(path):
        return
    hosts = {cells.text("host").casefold(): cells.text("reason") for cells in rows(path, ("host", "kind", "reason"))}
    for predicate in (NamedNode(DCTERMS + "source"), kg("readAt")):
        for quad in store.quads_for_pattern(None, predicate, None, None):
            address = str(getattr(quad.object, "value", ""))
            if reason := next((hosts[part] for part in parts(address) if part in hosts), None):
                yield places.problem(quad.subject, f"{address} leads to {reason}", _FIX)


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
