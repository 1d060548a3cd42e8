"""The problems of the built graph: the rows of the checks in ``queries/checks``, told at the place of the record."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from pyoxigraph import BlankNode, NamedNode, Store

from kg import locations
from kg.build import cells, derive, tables
from kg.checks.problems import Problem, shown
from kg.checks.record_lines import Places
from kg.rdf.namespaces import RDF_TYPE, iri_to_compact
from kg.sparql.embedded import Embedded


def of_checks(store: Store, folder: str, places: Places) -> Iterator[Problem]:
    """The rows of every check of a folder as problems."""
    for name in sorted(name for name in os.listdir(folder) if name.endswith(".rq") and locations.is_source(folder, name)):
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8-sig") as file:
            found = Embedded(store).run(file.read())
        missing = {"record", "problem", "fix"} - {variable.value for variable in getattr(found, "variables", ())}
        if missing:
            words = f"the check has no column {', '.join(sorted(missing))}"
            yield Problem(shown(path), 0, "", words, "select ?record, ?problem and ?fix")
            continue
        yield from _told(store, places, {variable.value for variable in found.variables}, list(found))


def _told(store: Store, places: Places, columns: set[str], rows: list[Any]) -> Iterator[Problem]:
    for row in rows:
        record, problem, fix = row["record"], row["problem"].value, row["fix"].value
        if "misspelt" in columns:
            iri = row["misspelt"].value
            problem, fix = problem.replace(f"<{iri}>", iri_to_compact(iri)), _nearest(iri, store) + fix
        if "other" in columns and (place := places.of(row["other"].value)):
            problem += f" ({shown(place[0])}:{place[1]})"
        yield places.problem(_claim_of(store, record), problem, fix)


def _claim_of(store: Store, record: Any) -> Any:
    """The claim of an evidence line, which has no name of its own where it is written; any other record itself."""
    if isinstance(record, BlankNode):
        return next((quad.subject for quad in store.quads_for_pattern(None, derive.EVIDENCE, record)), record)
    return record


def _nearest(iri: str, store: Store) -> str:
    """What a misspelt name was meant to be: the declared name of the same namespace that comes closest."""
    from difflib import get_close_matches

    space = iri[: iri.rindex("/") + 1]
    typed = {
        quad.subject.value for quad in store.quads_for_pattern(None, RDF_TYPE, None) if isinstance(quad.subject, NamedNode)
    }
    known = sorted(name.removeprefix(space) for name in typed if name.startswith(space) and name != iri)
    found = [space + name for name in get_close_matches(iri.removeprefix(space), known, n=1)]
    return f"did you mean {iri_to_compact(found[0])}? Else " if found else ""


def of_identifiers(root: str) -> Iterator[Problem]:
    """External ids that are not in the table of checked ids, or bear another label there."""
    checked = os.path.join(root, "data", "tables", "ontology_terms.tsv")
    known = {row.row["id"]: row.row["label"] for row in cells.rows(checked, ("id", "label", "ontology", "release"))}
    path = os.path.join(root, "ontology", "mappings.sssom.tsv")
    for row in cells.rows(path, tables.TABLES["ontology/mappings.sssom.tsv"][0]):
        target, label = row.row["object_id"], row.row["object_label"]
        if target not in known:
            problem, fix = "the id is not in the table of checked ids", "take an id from data/tables/ontology_terms.tsv"
            yield Problem(shown(path), row.line, target, problem, fix)
        elif known[target] != label:
            problem = f"the label is {label!r}, in the table {known[target]!r}"
            yield Problem(shown(path), row.line, target, problem, "copy the label from the table")
