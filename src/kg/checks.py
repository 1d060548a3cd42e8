"""Problems of the ontology, the data and the queries, each with file, line, record, problem and fix.

All files are parsed first, going on after each error; then the checks in ``queries/checks`` are asked of the built graph.
A check's name says the problem, its rows are the problems, no rows is a pass.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg import home
from kg.build import cells, derive, read, tables
from kg.engines import Embedded
from kg.errors import DataError
from kg.vocabulary import RDF_TYPE, compact_to_iri, iri_to_compact, kg, prefixes

#: What only the build may write; by hand it would bypass the evidence.
DERIVED = ("promotes", "inhibits", "status", "certainty", "verdict", "nameKey", "kind", "concerns")


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One problem and how to mend it. ``line`` is 0 where the whole file is meant; ``record`` is a CURIE or empty."""

    file: str
    line: int
    record: str
    problem: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        record = f" {self.record}:" if self.record else ""
        return f"{place}:{record} {self.problem}. {self.fix[:1].upper()}{self.fix[1:]}"


def validate(root: str | None = None, only: Iterable[str] = ()) -> list[Problem]:
    """All problems of a repository, sorted by file and line.

    Parameters:
        root: the folder that holds ``ontology/``, ``data/`` and ``queries/``; the built-in one by default.
        only: files to report on; one that lies outside the repository is read as a draft of it.

    Raises:
        DataError: a named file that cannot be read.
    """
    root = root or home.files()
    wanted = [os.path.abspath(path) for path in only]
    files = sorted({*map(os.path.abspath, _turtle_files(root)), *wanted})
    found: list[Problem] = []
    quads: list[Quad] = []
    places: dict[str, tuple[str, int]] = {}
    for path in files:
        if path.endswith(".tsv"):
            continue
        text = read.contents(path)
        problems, read_quads = _parsed(path, text)
        found += problems
        quads += read_quads
        found += _note_places(places, path, text)
    found += _hand_written(quads, places)
    table_quads: list[Quad] = []
    try:
        for row, found_quads in tables.records(root):
            table_quads += found_quads
            places.setdefault(getattr(found_quads[0].subject, "value", ""), (row.path, row.line))
    except DataError as error:
        found.append(_of_error(str(error)))
    if not any(problem.record == "" for problem in found):
        found += _checked(root, quads, table_quads, places)
        found += list(_identifiers(root))
    shown = {problem for problem in found if not wanted or os.path.abspath(problem.file) in wanted}
    return sorted(shown)


def _turtle_files(root: str) -> Iterator[str]:
    for folder in ("ontology", "data"):
        for place, _, names in os.walk(os.path.join(root, folder)):
            yield from (os.path.join(place, name) for name in names if name.endswith(".ttl") and name != "shapes.ttl")


def _parsed(path: str, text: bytes) -> tuple[list[Problem], list[Quad]]:
    """Every syntax error of a file in one pass, and the quads between the errors."""
    problems, quads = [], []
    shown = _shown(path)
    if text.startswith(b"\xef\xbb\xbf"):
        problems.append(Problem(shown, 1, "", "the file starts with a byte order mark", "save it as UTF-8 without one"))
        text = text[3:]
    parser = parse(text, format=RdfFormat.TURTLE)
    while True:
        try:
            quads.append(next(parser))
        except StopIteration:
            break
        except (SyntaxError, ValueError) as error:
            problems.append(_of_error(str(read.problem(shown, text, error))))
            if len(problems) > 50:
                break
    return list(dict.fromkeys(problems)), read.named_in_order(quads, os.path.basename(path))


def _of_error(message: str) -> Problem:
    place, _, words = message.partition(": ")
    file, *numbers = place.split(":")
    problem, _, fix = words.rpartition("; ")
    return Problem(_shown(file), int(numbers[0]) if numbers else 0, "", problem or words, fix if problem else "mend it")


def _note_places(places: dict[str, tuple[str, int]], path: str, text: bytes) -> Iterator[Problem]:
    """Where each record starts, which is at the beginning of a line; and those that start a second time."""
    for number, line in enumerate(text.decode("utf-8", "replace").splitlines(), 1):
        word = line.split(" ", 1)[0].rstrip()
        if not word or word[0] in " \t#@[]." or ":" not in word:
            continue
        if word.startswith("<") and word.endswith(">"):
            iri = word[1:-1]
        elif word.partition(":")[0] in prefixes():
            iri = compact_to_iri(word)
        else:
            continue
        first = places.setdefault(iri, (path, number))
        if first != (path, number):
            told = f"the record also starts at {_shown(first[0])}:{first[1]}"
            yield Problem(_shown(path), number, iri_to_compact(iri), told, "keep one block for each record")


def _hand_written(quads: list[Quad], places: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    derived = {kg(name) for name in DERIVED}
    for quad in quads:
        if quad.predicate in derived:
            name = iri_to_compact(quad.predicate.value)
            fix = "write a claim instead" if name in ("kg:promotes", "kg:inhibits") else "delete it; the build derives it"
            yield _at(places, quad.subject, f"{name} is written by hand", fix)


def _checked(root: str, quads: list[Quad], rows: list[Quad], places: dict[str, tuple[str, int]]) -> Iterator[Problem]:
    store = Store()
    named = derive.named_evidence(quads)
    claim_of = {quad.object: quad.subject for quad in named if quad.predicate == derive.EVIDENCE}
    store.extend(named)
    store.extend(rows)
    derive.derive(store, os.path.join(root, "queries", "derive"))
    folder = os.path.join(root, "queries", "checks")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            answer = Embedded(store).run(file.read())
        columns = {variable.value for variable in answer.variables}
        for row in answer:
            problem, fix = row["problem"].value, row["fix"].value
            if "misspelt" in columns:
                iri = row["misspelt"].value
                if row["record"] == row["misspelt"] and iri not in places:
                    continue  # a name that only derived triples bear: it is told where it was written
                problem, fix = problem.replace(f"<{iri}>", iri_to_compact(iri)), _nearest(iri, store) + fix
            if "other" in columns:
                problem += _place(places, row["other"].value)
            yield _at(places, claim_of.get(row["record"], row["record"]), problem, fix)


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


def _place(places: dict[str, tuple[str, int]], iri: str) -> str:
    path, line = places.get(iri, ("", 0))
    return f" ({_shown(path)}:{line})" if path else ""


def _identifiers(root: str) -> Iterator[Problem]:
    """External ids that are not in the table of checked ids, or bear another label there."""
    known = {
        row.row["id"]: row.row["label"]
        for row in cells.rows(
            os.path.join(root, "data", "tables", "ontology_terms.tsv"), ("id", "label", "ontology", "release")
        )
    }
    path = os.path.join(root, "ontology", "mappings.sssom.tsv")
    for row in cells.rows(path, tables.TABLES["ontology/mappings.sssom.tsv"][0]):
        target, label = row.row["object_id"], row.row["object_label"]
        if target not in known:
            yield Problem(
                _shown(path),
                row.line,
                target,
                "the id is not in the table of checked ids",
                "take an id from data/tables/ontology_terms.tsv",
            )
        elif known[target] != label:
            yield Problem(
                _shown(path),
                row.line,
                target,
                f"the label is {label!r}, in the table {known[target]!r}",
                "copy the label from the table",
            )


def _at(places: dict[str, tuple[str, int]], record: object, problem: str, fix: str) -> Problem:
    iri = record.value if isinstance(record, NamedNode) else ""
    path, line = places.get(iri, ("", 0))
    return Problem(_shown(path) if path else "(built)", line, iri_to_compact(iri) if iri else "(blank)", problem, fix)


def _shown(path: str) -> str:
    relative = os.path.relpath(path)
    return path if relative.startswith("..") else relative
