"""The records of readings: ``data/verification/*.tsv``, one row for each reading of an evidence line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Quad

from kg.build.cells import Cells, rows, tables_of
from kg.rdf.namespaces import KG, RDF_TYPE, XSD, kg

FOLDER = "data/verification"
COLUMNS = (
    *("line", "reader", "on", "text", "start", "length", "hash"),
    *("cause", "effect", "relation", "ends", "passage", "narrower", "verdict"),
)
#: What programs say, which find words and do not understand: ``named``, both ends by name; ``placed``, words of both, where a
#: reader has held the line against the text.
BY_PROGRAM = ("named", "notNamed", "placed")
#: What a reader may say.
VERDICTS = ("supports", "partly", "doesNot", "contradicts", "notFound", *BY_PROGRAM)
ENDS = ("both", "heading", "cause", "effect", "none")
PASSAGES = ("ownResult", "recommendation", "listed", "background", "quotation", "observedBeside", "singleCase")
#: Head words are facts; more of them would be a quotation.
MOST_WORDS = 3
_HASH = re.compile(r"[0-9a-f]{64}")
_ADDRESS = re.compile(r"(?:https?://|urn:)\S+")


def files(root: str) -> list[str]:
    """The tables of readings of a repository, in order of name."""
    return tables_of(root, FOLDER)


def read(root: str) -> Iterator[Cells]:
    """Every row of every table, each checked.

    Raises:
        kg.errors.DataError: a cell that cannot be, with file, line, column and fix.
    """
    for path in files(root):
        for cells in rows(path, COLUMNS):
            _check(cells)
            yield cells


def quads(root: str, lines: set[str]) -> Iterator[Quad]:
    """The readings of ``lines`` (names of evidence lines) as triples; ``kg verify`` names readings of lines that are gone."""
    for number, cells in enumerate(read(root), 1):
        row = cells.row
        if row["line"] not in lines:
            continue
        reading = NamedNode(f"{KG}reading/{number}")
        yield Quad(reading, RDF_TYPE, kg("Reading"))
        yield Quad(reading, kg("readingOf"), NamedNode(f"{KG}evidence/{row['line']}"))
        yield Quad(reading, kg("readBy"), Literal(row["reader"]))
        yield Quad(reading, kg("readOn"), Literal(row["on"]))
        yield Quad(reading, kg("found"), Literal(row["verdict"]))
        if row["text"]:
            yield Quad(reading, kg("readText"), Literal(row["text"], datatype=NamedNode(XSD + "anyURI")))
        if row["hash"]:
            yield Quad(reading, kg("passageHash"), Literal(row["hash"]))
        for column, name in (("cause", "wordForCause"), ("effect", "wordForEffect"), ("relation", "wordForRelation")):
            if row[column]:
                yield Quad(reading, kg(name), Literal(row[column]))


def _check(cells: Cells) -> None:
    row = cells.row
    for column in ("line", "reader", "verdict"):
        cells.text(column)
    cells.one_of("verdict", VERDICTS)
    cells.one_of("ends", ENDS)
    cells.one_of("passage", ("", *PASSAGES))
    cells.day("on")
    for column in ("cause", "effect", "relation"):
        if len(row[column].split()) > MOST_WORDS:
            raise cells.wrong(
                column, f"holds {len(row[column].split())} words", f"at most {MOST_WORDS} of the source's own stay"
            )
    if row["text"] and not _ADDRESS.fullmatch(row["text"]):
        raise cells.wrong(
            "text", f"holds {row['text'][:60]!r}, which is no address", "write one that begins with https://, or none"
        )
    place = (row["start"], row["length"], row["hash"])
    if any(place) and not (
        row["text"] and row["start"].isdecimal() and row["length"].isdecimal() and _HASH.fullmatch(row["hash"])
    ):
        raise cells.wrong("hash", "does not come with text, start, length and 64 hexadecimal digits", "give all four, or none")
