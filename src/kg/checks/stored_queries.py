"""The problems of the built graph: the rows of the checks in ``queries/checks``, told at the place of the record."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Container, Iterator
from difflib import get_close_matches
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Store

from kg import locations
from kg.build import cells, derive, obsolete, tables
from kg.checks.problems import Problem, show_path
from kg.checks.record_lines import Places
from kg.rdf.namespaces import RDF_TYPE, iri_to_compact
from kg.sparql.embedded import Embedded


def folders_of_checks(root: str) -> list[str]:
    """Where the checks of a repository stand: its own, and those of the library unless it carries the whole of them itself."""
    own, library = (os.path.join(place, "queries", "checks") for place in (root, locations.files()))
    whole = os.path.isdir(os.path.join(root, "queries", "derive"))
    return [own] if whole and os.path.isdir(own) else [library, own]


def list_checks(folder: str) -> list[str]:
    """The files of the checks in a folder, sorted."""
    listed = os.listdir(folder) if os.path.isdir(folder) else ()
    return sorted(name for name in listed if name.endswith(".rq") and locations.is_source(folder, name))


def of_checks(store: Store, folder: str, places: Places, only: Container[str] | None = None) -> Iterator[Problem]:
    """The rows of every check of a folder, or of those whose names are given, as problems."""
    declared = Declared(store)
    for name in list_checks(folder):
        if only is not None and name.removesuffix(".rq") not in only:
            continue
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8-sig") as file:
            found = Embedded(store).run(file.read())
        missing = {"record", "problem", "fix"} - {variable.value for variable in getattr(found, "variables", ())}
        if missing:
            words = f"the check has no column {', '.join(sorted(missing))}"
            yield Problem(show_path(path), 0, "", words, "select ?record, ?problem and ?fix")
            continue
        yield from _describe(declared, places, {variable.value for variable in found.variables}, list(found))


def _describe(declared: Declared, places: Places, columns: set[str], rows: list[Any]) -> Iterator[Problem]:
    for row in rows:
        record, problem, fix = row["record"], row["problem"].value, row["fix"].value
        if "misspelt" in columns:
            iri = row["misspelt"].value
            problem, fix = problem.replace(f"<{iri}>", iri_to_compact(iri)), declared.meant(iri) + fix
        if "other" in columns and (place := places.of(row["other"].value)):
            problem += f" ({show_path(place[0])}:{place[1]})"
        yield places.problem(_claim_of(declared.store, record), problem, fix)


def _claim_of(store: Store, record: Any) -> Any:
    """The claim of an evidence line, which has no name of its own where it is written; any other record itself."""
    if isinstance(record, BlankNode):
        return next((quad.subject for quad in store.quads_for_pattern(None, derive.EVIDENCE, record)), record)
    return record


class Declared:
    """The names that a store declares, among which a misspelt one is looked for; they are read once, however many are misspelt."""

    #: So many names that share most pairs of letters with the misspelt one are compared letter by letter.
    COMPARED = 50

    def __init__(self, store: Store) -> None:
        self.store = store
        self._spaces: dict[str, dict[str, list[str]]] = {}
        self._meant: dict[str, str] = {}

    def meant(self, iri: str) -> str:
        """What a misspelt name was meant to be: the declared name of the same namespace that comes closest."""
        if iri not in self._meant:
            self._meant[iri] = self._sought(iri[: iri.rindex("/") + 1], iri[iri.rindex("/") + 1 :])
        return self._meant[iri]

    def _sought(self, space: str, name: str) -> str:
        by_pair = self._by_pair(space)
        shared = Counter(known for pair in _pairs(name) for known in by_pair.get(pair, ()) if known != name)
        likely = sorted(known for known, _ in shared.most_common(self.COMPARED))
        found = get_close_matches(name, likely, n=1)
        return f"did you mean {iri_to_compact(space + found[0])}? Else " if found else ""

    def _by_pair(self, space: str) -> dict[str, list[str]]:
        """The declared names of a namespace by the pairs of letters that they hold."""
        if space not in self._spaces:
            typed = {
                quad.subject.value
                for quad in self.store.quads_for_pattern(None, RDF_TYPE, None)
                if isinstance(quad.subject, NamedNode)
            }
            by_pair: defaultdict[str, list[str]] = defaultdict(list)
            for name in sorted(iri.removeprefix(space) for iri in typed if iri.startswith(space)):
                for pair in _pairs(name):
                    by_pair[pair].append(name)
            self._spaces[space] = dict(by_pair)
        return self._spaces[space]


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}


def of_identifiers(root: str) -> Iterator[Problem]:
    """External ids that are not in the table of checked ids, or bear another label there."""
    checked = os.path.join(root, "data", "tables", "ontology_terms.tsv")
    rows = list(cells.rows(checked, ("id", "label", "ontology", "release")))
    known = {row.row["id"]: row.row["label"] for row in rows}
    yield from _twice(checked, rows, ("id",))
    old = {row.row["id"]: (row.row["replaced_by"], row.row["release"]) for row in obsolete.read(root)}
    path = os.path.join(root, "ontology", "mappings.sssom.tsv")
    mapped = list(cells.rows(path, tables.TABLES["ontology/mappings.sssom.tsv"][0]))
    yield from _twice(path, mapped, ("subject_id", "predicate_id", "object_id"))
    for row in mapped:
        target, label = row.row["object_id"], row.row["object_label"]
        if target in old:
            successor, release = old[target]
            fix = (
                f"map to {' or '.join(successor.split('|'))} (kg ids add)"
                if successor
                else "map to another term, or take out the row"
            )
            yield Problem(show_path(path), row.line, target, f"the id is obsolete in {release}", fix)
        elif target not in known:
            problem = "the id is not in the table of checked ids"
            fix = f"take an id from data/tables/ontology_terms.tsv, or bring it in: kg ids add {target} --from RELEASE"
            yield Problem(show_path(path), row.line, target, problem, fix)
        elif known[target] != label:
            problem = f"the label is {label!r}, in the table {known[target]!r}"
            yield Problem(show_path(path), row.line, target, problem, "copy the label from the table")


def _twice(path: str, rows: list[cells.Cells], key: tuple[str, ...]) -> Iterator[Problem]:
    """Rows that stand a second time, as a merge leaves them where both sides wrote one."""
    first: dict[tuple[str, ...], int] = {}
    for row in rows:
        named = tuple(row.row[column] for column in key)
        if first.setdefault(named, row.line) != row.line:
            words = f"the row stands twice (also at line {first[named]})"
            yield Problem(show_path(path), row.line, " ".join(named), words, "keep one of the two")
