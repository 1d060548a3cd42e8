"""What is wrong with a file before anything is read out of it: markers of a merge, letters that cannot be seen, queries that do not parse."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator

from pyoxigraph import Store

from kg import locations
from kg.build import cells, read
from kg.build.formats import BOM
from kg.checks.problems import Problem, of_error, show_path
from kg.checks.unread_queries import of_place
from kg.errors import DataError, KgError, QueryError
from kg.rdf.namespaces import prefixes
from kg.sparql.embedded import Embedded
from kg.sparql.library import Question
from kg.sparql.question_header import Header

#: Endings of the files that are checked.
CHECKED = (".ttl", ".tsv", ".rq")
#: Names that a person takes for data, and that end otherwise.
_LIKE_DATA = re.compile(
    r"\.(ttl|turtle|n3|nt|nq|trig|rdf|owl|jsonld|tsv|csv|tab|xlsx?|ods|rq|sparql)(\.(gz|bz2|xz|zip|txt))?$", re.IGNORECASE
)
_ENDINGS = "write it as Turtle (.ttl), as a table (.tsv) or as a query (.rq), or move it out of ontology, data and queries"
#: Tables whose rows another check holds against each other, by the columns that name them.
_BY_KEY = ("mappings.sssom.tsv", "ontology_terms.tsv")
#: Escapes of Turtle for a letter.
_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))")
_SERVICE = re.compile(r"\bSERVICE\s+(?:SILENT\s+)?", re.IGNORECASE)


def files(root: str, folders: tuple[str, ...], ending: str) -> list[str]:
    """The files of some folders of a repository with an ending, sorted."""
    found = []
    for folder in folders:
        for place, _, names in locations.walk(os.path.join(root, folder)):
            found += [os.path.join(place, name) for name in names if name.endswith(ending) and locations.is_source(place, name)]
    return sorted(found)


def of_names(root: str, only: Iterable[str] = ()) -> Iterator[Problem]:
    """Names of files of the repository that are not read: those behind which there is no file (links that lead nowhere, pipes
    and devices), and those of data in another form or with an ending spelt in another way.

    Parameters:
        only: files and folders to report on; all by default.
    """
    wanted = [os.path.abspath(path) for path in only]
    for folder in ("ontology", "data", "queries"):
        for place, _, names in locations.walk(os.path.join(root, folder)):
            for path in [os.path.join(place, name) for name in names if name[0] not in ".~#"]:
                whole = os.path.abspath(path)
                if not any(whole == one or whole.startswith(os.path.join(one, "")) for one in wanted or [""]):
                    continue
                if not path.endswith(CHECKED):
                    if _LIKE_DATA.search(path):
                        yield Problem(show_path(path), 0, "", "a file of this kind is not read here", _ENDINGS)
                    continue
                if os.path.isfile(path):
                    continue
                what = "a pipe or device" if os.path.exists(path) else f"a link to {os.readlink(path)}, which is not there"
                yield Problem(show_path(path), 0, "", f"{what}: it is not read", "put the file there, or delete the name")


def of_turtle(path: str, text: bytes) -> Iterator[Problem]:
    """Letters of a Turtle file that nobody sees, written as such or escaped."""
    words = text.removeprefix(BOM).decode("utf-8", "replace")
    if not cells.UNSEEN.search(words) and not _ESCAPED.search(words):
        return
    for number, line in enumerate(words.split("\n"), 1):
        line = line.removesuffix("\r")
        for code in [ord(found[0]) for found in cells.UNSEEN.finditer(line)] + list(_escaped(line)):
            if code not in (9, 10, 13):
                yield Problem(
                    show_path(path),
                    number,
                    "",
                    f"the line contains U+{code:04X}, which cannot be seen",
                    "delete it, or write a blank",
                )


def _escaped(line: str) -> Iterator[int]:
    for found in _ESCAPED.finditer(line):
        code = int(found[1] or found[2], 16)
        if code <= sys.maxunicode and cells.UNSEEN.match(chr(code)):
            yield code


def _with_named(known: list[str], named: Iterable[str], ending: str) -> list[str]:
    """The files of a repository, and those that somebody named beside them."""
    return [*known, *sorted({path for path in named if path.endswith(ending)} - set(map(os.path.abspath, known)))]


def of_tables(root: str, named: Iterable[str] = ()) -> Iterator[Problem]:
    """Every line of every table, also of those that were ``named`` (whole paths), that a spreadsheet or a merge has spoilt."""
    for path in _with_named(files(root, ("ontology", "data"), ".tsv"), named, ".tsv"):
        try:
            text = read.contents(path)
            marked = read.conflict(text, prose=False)
            if marked:
                yield Problem(
                    show_path(path), marked, "", "conflict markers of a merge", "keep one side and delete the markers"
                )
                continue
            lines = cells.lines(path)
        except DataError as error:
            yield of_error(str(error))
            continue
        yield from _repeated(path, lines)
        yield from _unseen_in(path, enumerate(lines, 1), "#")
        if not cells.may_be_spoilt(lines):
            continue
        header = next((line for line in lines if not line.startswith("#")), "").split("\t")
        for number, line in enumerate(lines, 1):
            if not line.startswith("#"):
                try:
                    cells.refuse_spoilt(path, number, line, header)
                except DataError as error:
                    yield of_error(str(error))


def _unseen_in(path: str, lines: Iterable[tuple[int, str]], opening: str = "") -> Iterator[Problem]:
    """Letters that nobody sees in lines that begin so: comments of tables, and every line of a query."""
    for number, line in lines:
        if line.startswith(opening) and (found := cells.UNSEEN.search(line.removesuffix("\r"))):
            words = f"the line contains U+{ord(found[0]):04X}, which cannot be seen"
            yield Problem(show_path(path), number, "", words, "delete it, or write a blank")


def _repeated(path: str, lines: list[str]) -> Iterator[Problem]:
    """Rows that stand a second time, as a merge leaves them where both sides wrote one."""
    rows = [line for line in lines if line and not line.startswith("#")]
    if len(set(rows)) == len(rows) or os.path.basename(path) in _BY_KEY:
        return
    first: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if line and not line.startswith("#") and first.setdefault(line, number) != number:
            words = f"the row stands twice (also at line {first[line]})"
            yield Problem(show_path(path), number, line.partition("\t")[0], words, "keep one of the two")


def of_queries(root: str, named: Iterable[str] = ()) -> Iterator[Problem]:
    """Every query of the repository, and of those that were ``named`` (whole paths), that does not parse, holds markers of a merge, or has no header that the library can read."""
    for path in _with_named(files(root, ("queries",), ".rq"), named, ".rq"):
        try:
            content = read.contents(path)
            marked = read.conflict(content, prose=False)
            if marked:
                yield Problem(
                    show_path(path), marked, "", "conflict markers of a merge", "keep one side and delete the markers"
                )
                continue
            text = content.removeprefix(BOM).decode()
            yield from _unseen_in(path, enumerate(text.split("\n"), 1))
            if os.path.basename(os.path.dirname(path)) in ("questions", "federated") and not Question("q", text).summary:
                yield Problem(show_path(path), 1, "", "the question has no summary", "begin the file with #+ summary: ...")
            yield from _header_faults(path, text)
            yield from of_place(root, path, text)
            # Another endpoint is not asked for the sake of a parse; the two words stand in the same places.
            Embedded(Store()).run(_SERVICE.sub("GRAPH ", text), prefixes())
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            yield Problem(show_path(path), line, "", "not UTF-8", "save the file as UTF-8")
        except QueryError as error:
            yield of_query(path, error)
        except KgError as error:
            yield Problem(show_path(path), 0, "", str(error).rpartition("; ")[0] or str(error), "correct the query")


def _header_faults(path: str, text: str) -> Iterator[Problem]:
    """Lines of a header (``#+ key: value``) that are not the YAML which other readers of queries take them for."""
    for number, fix in Header(text).faults:
        yield Problem(show_path(path), number, "", "the header is not valid YAML", fix)


def of_query(path: str, error: QueryError) -> Problem:
    """The problem of a query that does not parse."""
    found = re.match(r"line (\d+), column (\d+): ", str(error))
    words = str(error)[found.end() :] if found else str(error)
    problem, _, fix = words.partition("; ")
    return Problem(
        show_path(path), int(found[1]) if found else 0, "", f"the query does not parse: {problem}", fix or "correct the query"
    )
