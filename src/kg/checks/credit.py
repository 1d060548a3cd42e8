"""Who made records: ORCIDs whose digits do not agree, days that are none, and makers whom CITATION.cff does not list."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from kg.build import read
from kg.build.citation import list_authors
from kg.build.people import ORCID, fault, is_orcid, orcid_of
from kg.checks.problems import Problem, show_path
from kg.checks.record_lines import Places
from kg.rdf.namespaces import DCTERMS, KG, XSD

CREATOR, CONTRIBUTOR, CREATED = (NamedNode(DCTERMS + name) for name in ("creator", "contributor", "created"))
EVIDENCE = NamedNode(KG + "evidence")
_DATE = NamedNode(XSD + "date")


def problems(store: Store, root: str, places: Places) -> Iterator[Problem]:
    """The problems of the credit of all records of ours."""
    makers: dict[str, int] = {}
    for name in (CREATOR, CONTRIBUTOR):
        for quad in store.quads_for_pattern(None, name, None):
            record = _record_of(store, quad.subject)
            if record is None:
                continue
            wrong = _wrong(quad.object)
            if wrong:
                problem, _, fix = wrong.partition("; ")
                yield places.problem(record, f"{name.value.replace(DCTERMS, 'dcterms:')} {problem}", fix)
            elif isinstance(quad.object, NamedNode | Literal) and not record.value.startswith(KG + "translation/"):
                who = quad.object.value.removeprefix(ORCID)
                makers[who] = makers.get(who, 0) + 1
    for quad in store.quads_for_pattern(None, CREATED, None):
        plain = isinstance(quad.object, Literal) and quad.object.datatype != _DATE
        record = _record_of(store, quad.subject)
        if record is not None and plain:
            yield places.problem(record, f"dcterms:created {quad.object} is no day", 'write it as "2026-11-29"^^xsd:date')
    yield from _find_unlisted(root, makers)


def _record_of(store: Store, subject: object) -> NamedNode | None:
    """The record of ours that says it: itself, or the claim that a line of evidence in brackets stands in."""
    if isinstance(subject, BlankNode):
        claims = store.quads_for_pattern(None, EVIDENCE, subject)
        subject = next((quad.subject for quad in claims), None)
    ours = isinstance(subject, NamedNode) and subject.value.startswith(KG) and subject.value != KG
    return subject if ours and isinstance(subject, NamedNode) else None


def _wrong(who: object) -> str:
    if isinstance(who, NamedNode):
        if who.value.startswith(ORCID) and is_orcid(who.value.removeprefix(ORCID)):
            return ""
        if "orcid.org" in who.value.casefold():
            return (
                f"<{who.value}> {fault(who.value) or f'is not how an ORCID is written; write <{ORCID}{orcid_of(who.value)}>'}"
            )
        return "" if who.value.startswith(("http://", "https://")) else f"<{who.value}> is no address; write a name or an ORCID"
    if isinstance(who, Literal):
        told = fault(who.value)
        if not told and orcid_of(who.value):
            told = f"is an ORCID in quotes; write <{ORCID}{orcid_of(who.value)}>"
        return f"{who.value!r} {told}" if told else ""
    return "is neither a name nor an address; write a name in quotes or an ORCID as <https://orcid.org/...>"


def _find_unlisted(root: str, makers: dict[str, int]) -> Iterator[Problem]:
    """Those who made records and stand in no list of CITATION.cff, where there is one."""
    path = os.path.join(root, "CITATION.cff")
    if not makers or not os.path.isfile(path):
        return
    known = list_authors(read.contents(path).decode("utf-8", "replace"))
    for who, count in sorted(makers.items()):
        if who not in known:
            records = f"{count} record{'' if count == 1 else 's'}"
            line = f'orcid: "{ORCID}{who}"' if is_orcid(who) else f'name: "{who}"'
            yield Problem(show_path(path), 0, "", f"{who} made {records} and is not listed", f"add an author with {line}")
