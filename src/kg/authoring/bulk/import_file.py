"""One file, or a folder of KGX, taken in: what it holds is found out, and each record of it gets its outcome."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from kg.authoring import written
from kg.authoring.bulk import graph_rows
from kg.authoring.bulk.absent import find_deleted_claims, find_deleted_rows
from kg.authoring.bulk.claim_import import ClaimImport
from kg.authoring.bulk.columns import COLUMNS
from kg.authoring.bulk.flat_import import FlatImport, is_flat
from kg.authoring.bulk.mapping_import import MappingImport
from kg.authoring.bulk.names import Names
from kg.authoring.bulk.outcomes import Outcome
from kg.authoring.bulk.record_import import SOURCES, TERMS, RecordImport
from kg.authoring.bulk.renamed import follow_renamed
from kg.authoring.bulk.tables import Table, read
from kg.authoring.bulk.translation_import import COLUMNS as TRANSLATIONS
from kg.authoring.bulk.translation_import import MARK, TranslationImport
from kg.authoring.bulk.workbook import letters
from kg.authoring.draft import Draft
from kg.authoring.properties import column_key
from kg.build import formats
from kg.errors import DataError
from kg.graph import Graph

#: The columns by which a table is known: of claims, mappings, edges and nodes.
CLAIMS, MAPPINGS = ("subject", "relation", "object"), ("subject_id", "predicate_id", "object_id")
KNOWN = (CLAIMS, MAPPINGS, tuple(SOURCES)[:3], tuple(TERMS)[:3], tuple(TRANSLATIONS)[:3], graph_rows.EDGES, graph_rows.NODES)
#: The table of ``kg export csv`` by claim, and within by column: what a row would hold now.
Base = Callable[[Graph], Mapping[str, Mapping[str, str]]]
Each = Callable[[int], None]


def take(root: str, graph: Graph, path: str, sheet: str | None, base: Base, each: Each) -> tuple[list[Outcome], Draft]:
    """The outcome of each record in order, and the draft that holds what they change.

    Raises:
        DataError: the file cannot be read, or is of no kind that is known.
    """
    draft, names = Draft(), Names(graph)
    claims = ClaimImport(root, names, written.claims(root), draft)
    mappings = MappingImport(root, names, draft)
    found: list[Outcome] = []
    if os.path.isdir(path):
        tables = [read(name, (graph_rows.EDGES, graph_rows.NODES)) for name in _kgx(path)]
    elif formats.is_known(path):
        if sheet is not None:
            raise DataError(f"{path}: has no sheets; leave out --sheet")
        told, mapped, others = graph_rows.of_rdf(path, names)
        follow_renamed(told, root)
        follow_renamed(mapped, root)
        claims.take(told, each)
        mappings.take(mapped, each)
        return sorted([*claims.outcomes, *mappings.outcomes, *others]), draft
    elif os.path.splitext(path)[1].lower() in (".csv", ".tsv", ".xlsx"):
        tables = [read(path, KNOWN, sheet)]
    else:
        raise DataError(
            f"{path}: not a kind of file that can be imported; use .csv, .tsv, .xlsx, RDF such as .ttl, or a folder of KGX"
        )
    for table in tables:
        found += _of_table(table, root, graph, claims, mappings, base, each)
    found += [*claims.outcomes, *mappings.outcomes]
    return (sorted(found) if len(tables) == 1 else found), draft


def _of_table(
    table: Table, root: str, graph: Graph, claims: ClaimImport, mappings: MappingImport, base: Base, each: Each
) -> list[Outcome]:
    follow_renamed(table, root)
    columns = set(table.columns)
    records = RecordImport(root, claims.names, claims.draft)
    for one in (SOURCES, TERMS):
        if set(tuple(one)[:3]) <= columns:
            declared = [known.name for known in records.own.values()] if one is TERMS else []
            _refuse_misspelt(table, tuple(one), claims.draft, declared)
            records.take(table, each)
            return records.outcomes
    if set(tuple(TRANSLATIONS)[:3]) <= columns:
        _refuse_misspelt(table, (*TRANSLATIONS, MARK), claims.draft)
        translations = TranslationImport(root, claims.names, claims.draft)
        translations.take(table, each)
        return translations.outcomes
    if is_flat(table):
        known = base(graph)
        FlatImport(known, claims).take(table, each)
        claims.draft.notes += find_deleted_claims(table, known)
    elif set(CLAIMS) <= columns:
        _refuse_misspelt(table, COLUMNS, claims.draft)
        claims.take(table, each)
        claims.draft.notes += find_deleted_rows(table, claims.known)
    elif set(MAPPINGS) <= columns:
        mappings.take(table, each)
    elif set(graph_rows.NODES) <= columns and "predicate" not in columns:
        return graph_rows.nodes(table, claims.names)
    elif own := graph_rows.own_edges(table):
        FlatImport(base(graph), claims).take(own, each)
    else:
        rows, refused = graph_rows.edges(table, root, claims.names)
        claims.take(rows, each)
        return refused
    return []


def _refuse_misspelt(table: Table, known: tuple[str, ...], draft: Draft, own: Sequence[str] = ()) -> None:
    """Refuse a column that seems to be meant as one that is not there: what stands in it would be lost without a word.
    Others are noted.

    Parameters:
        own: names of properties that may be columns besides, in any spelling.

    Raises:
        DataError: with the cell and the name that comes closest.
    """
    spelt = {column_key(name): name for name in own}
    others = [column for column in table.columns if column not in known and column_key(column) not in spelt]
    for column in others:
        near = [one for one in get_close_matches(column, known, n=3, cutoff=0.75) if one not in table.columns]
        near += [spelt[one] for one in get_close_matches(column_key(column), spelt, n=1, cutoff=0.75)]
        if near:
            where = f"{letters(table.columns.index(column))}1"
            raise DataError(f"{table.name}: cell {where}: no column is called {column!r}; did you mean {near[0]}?")
    if others:
        draft.notes.append(f"{table.name}: columns that are not read: {', '.join(others)}")


def _kgx(folder: str) -> list[str]:
    names = sorted(name for name in os.listdir(folder) if name.endswith(("nodes.tsv", "edges.tsv")))
    if not names:
        raise DataError(f"{folder}: contains no KGX (..._nodes.tsv, ..._edges.tsv); name a file")
    return [os.path.join(folder, name) for name in reversed(names)]
