"""Sheets to fill in: empty with pick-lists from the graph, or filled with what is there."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable

from kg.authoring import properties, written
from kg.authoring.bulk import claim_rows, translation_import
from kg.authoring.bulk.absent import number_marks
from kg.authoring.bulk.columns import COLUMNS, NOTES
from kg.authoring.bulk.names import Names
from kg.authoring.bulk.record_import import SOURCES, TERMS
from kg.authoring.bulk.workbook import write_workbook as workbook
from kg.errors import UsageError
from kg.graph import Graph
from kg.rdf.namespaces import KG
from kg.sparql.library import nearest_names, reading

TEMPLATES = ("claims", "sources", "terms", "translations")


def template(root: str, graph: Graph, kind: str, path: str, filled: bool, about: list[str]) -> bytes:
    """The content of a sheet, in the form that the ending of ``path`` says.

    Parameters:
        about: names of terms; only claims on one of them are filled in.

    Raises:
        UsageError: no such sheet, form or term.
    """
    if kind not in TEMPLATES:
        near = nearest_names(kind, TEMPLATES)
        raise UsageError(
            f"--template {kind}: {f'did you mean {near[0]}? ' if near else ''}choose one of {', '.join(TEMPLATES)}"
        )
    form = os.path.splitext(path)[1].lower()
    if not form and path.startswith(("/dev/", "/proc/")):  # a descriptor bears no ending
        form = ".csv"
    if form not in (".xlsx", ".csv", ".tsv"):
        raise UsageError(f"{path}: a sheet is written as .xlsx, .csv or .tsv; name it {os.path.splitext(path)[0]}.xlsx")
    if kind == "translations":
        rows = translation_import.fill_sheet(root) if filled else []
        notes = translation_import.COLUMNS | ({translation_import.MARK: NOTES["exported"]} if filled else {})
        return workbook(kind, tuple(notes), rows, {}, notes) if form == ".xlsx" else _text(notes, rows, form)
    names = Names(graph)
    if kind != "claims":
        if filled:
            raise UsageError(f"--filled works only with --template claims; {kind} are changed in their files")
        return _records(names, kind, form)
    rows = []
    if filled:
        ends = {graph.term(name).iri for name in about}
        claims = [one for one in written.claims(root).values() if not ends or ends & {one.subject, one.object}]
        if not claims:
            raise UsageError(f"no claim mentions {' or '.join(about)}")
        rows = number_marks(claim_rows.rows(names, claims), ends)
    if form == ".xlsx":
        titles = [row["title"].value for row in graph.rows(reading("sources"))]
        states = [names.label(iri) for iri in names.members("State")]
        return workbook(kind, COLUMNS, rows, claim_rows.choices(names, dict.fromkeys(titles), states), NOTES)
    return _text(COLUMNS, rows, form)


def _records(names: Names, kind: str, form: str) -> bytes:
    """An empty sheet of sources or terms."""
    own = properties.offered(names.graph) if kind == "terms" else []
    columns = (SOURCES if kind == "sources" else TERMS) | {one.name: one.about for one in own}
    if form != ".xlsx":
        return _text(columns, [], form)
    of = {"study_kind": "StudyKind", "access": "Access"} if kind == "sources" else {"deviation": "Deviation"}
    lists = {column: sorted(names.choices(one)) for column, one in of.items()}
    if kind == "terms":
        kinds = {names.kind(iri) for iri in names.members("Thing")}
        things = sorted(
            (names.label(iri) for iri in names.members("Thing") if not iri.startswith(f"{KG}food/")), key=str.casefold
        )
        lists |= {"kind": sorted(kinds), "state_of": things}
        lists |= {one.name: _choices(names, one) for one in own}
    return workbook(kind, tuple(columns), [], lists, columns)


def _choices(names: Names, one: properties.Property) -> list[str]:
    """What a property may hold, where a list can say it: yes or no as Turtle has them, or terms."""
    if not one.is_object:
        return ["true", "false"] if one.range.endswith("#boolean") else []
    members = names.members(one.range.removeprefix(KG)) if one.range.startswith(KG) else []
    return sorted((names.label(iri) for iri in members if not iri.startswith(f"{KG}food/")), key=str.casefold)


def _text(columns: Iterable[str], rows: list[list[str]], form: str) -> bytes:
    if form == ".tsv":  # no cell holds a tab or a line end
        return "".join("\t".join(row) + "\n" for row in [list(columns), *rows]).encode()
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([list(columns), *rows])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()  # the mark by which spreadsheets know UTF-8
