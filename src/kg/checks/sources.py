"""Records of sources against their own addresses and titles: raw files, identifiers that the address tells, parts of a work that do not say so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from pyoxigraph import NamedNode, Store

from kg.authoring.naming import identifiers_of
from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.rdf.namespaces import DCTERMS, RDF_TYPE, RDFS_LABEL, kg

_ADDRESS, _IDENTIFIER = NamedNode(DCTERMS + "source"), NamedNode(DCTERMS + "identifier")
#: Files as a machine serves them: of no use to somebody who wants to read.
_RAW_HOSTS = ("raw.githubusercontent.com", "gist.githubusercontent.com")
_RAW_PATH = re.compile(r"^/[^/]+/[^/]+(?:/-)?/(?:blob|raw|tree)/")
_CODE_HOSTS = ("github.com", "gitlab.com", "codeberg.org", "bitbucket.org")


def problems(store: Store, places: Places) -> Iterator[Problem]:
    """What is wrong with the records of sources."""
    yield from _of_addresses(store, places)
    yield from _outside_their_work(store, places)


def is_raw(address: str) -> bool:
    """Whether an address is that of a file in a repository.

    >>> is_raw("https://github.com/owner/book/blob/0123abc/chapter.xml"), is_raw("https://github.com/owner/book")
    (True, False)
    """
    try:
        split = urlsplit(address)
        host = (split.hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return host in _RAW_HOSTS or (host in _CODE_HOSTS and bool(_RAW_PATH.match(unquote(split.path))))


def _of_addresses(store: Store, places: Places) -> Iterator[Problem]:
    for quad in store.quads_for_pattern(None, _ADDRESS, None, None):
        address = str(getattr(quad.object, "value", ""))
        if is_raw(address):
            fix = "give the address of the publisher, and this one as kg:readAt"
            yield places.problem(quad.subject, f"{address} is a file of a repository, not a page", fix)
        known = {
            str(getattr(one.object, "value", "")) for one in store.quads_for_pattern(quad.subject, _IDENTIFIER, None, None)
        }
        for held in identifiers_of(address):
            if not any(held == one or held.casefold().startswith(one.casefold() + "/") for one in known):
                yield places.problem(
                    quad.subject, f"its address holds {held}, which is none of its identifiers", f'add "{held}"'
                )


def _outside_their_work(store: Store, places: Places) -> Iterator[Problem]:
    """Sources whose title begins as those of a work do (what stands before the first colon), and that do not belong to it."""
    studies = {quad.subject for quad in store.quads_for_pattern(None, RDF_TYPE, kg("Study"), None)}
    parts = store.quads_for_pattern(None, kg("partOfWork"), None, None)
    work = {
        quad.subject: quad.object for quad in parts if quad.object not in studies
    }  # reports of a trial have titles of their own
    begun: defaultdict[str, set[object]] = defaultdict(set)
    titles = {
        quad.subject: str(getattr(quad.object, "value", ""))
        for quad in store.quads_for_pattern(None, RDFS_LABEL, None, None)
        if quad.subject in work or next(store.quads_for_pattern(quad.subject, kg("access"), None, None), None) is not None
    }
    for source, title in titles.items():
        if source in work:
            begun[title.partition(": ")[0]].add(work[source])
    for source, title in titles.items():
        works = begun.get(title.partition(": ")[0], set())
        if source not in work and len(works) == 1:
            name = f"work:{str(getattr(next(iter(works)), 'value', '')).rpartition('/')[2]}"
            problem = f"its title begins as those of {name} do, and it would count beside it"
            yield places.problem(source, problem, f"add kg:partOfWork {name}")
