"""Problems of the ontology, the data and the queries, each with file, line, record, problem and fix.

All files are parsed first, going on after each error; then the checks in ``queries/checks/written`` are asked of what they say,
and those in ``queries/checks`` of the built graph.
A check's name says the problem, its rows are the problems, no rows is a pass.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from pyoxigraph import RdfFormat, Store, parse

from kg import locations
from kg.build import derive, formats, read, readings, reliability, retired, reviews, tables, translations
from kg.checks import (
    credit,
    definitions,
    head_words,
    hosts,
    languages,
    own_shapes,
    sources,
    table_faults,
    table_sample,
    texts,
    withdrawals,
)
from kg.checks.ill_typed import ill_typed, ill_typed_numbers
from kg.checks.misplaced import find_misplaced
from kg.checks.problems import Problem, hinders, of_error, show_path
from kg.checks.question_parameters import find_unknown_parameters
from kg.checks.record_lines import Places
from kg.checks.scope_words import find_unsaid_scopes
from kg.checks.stored_queries import folders_of_checks, of_checks, of_identifiers
from kg.checks.value_kinds import Values
from kg.checks.written import find_hand_written, find_misspelt_identifiers
from kg.errors import DataError
from kg.rdf import word_tables
from kg.rdf.collector import pause_collector
from kg.rdf.nesting import refuse_what_kills

__all__ = ["Problem", "validate"]


def validate(root: str | None = None, only: Iterable[str] = ()) -> list[Problem]:
    """All problems of a repository, sorted by file and line.

    Parameters:
        root: the folder that holds ``ontology/``, ``data/`` and ``queries/``; the built-in one by default.
        only: files to report on; one that lies outside the repository is read as a draft of it. What keeps them from being checked is
            reported too, wherever it is.

    Raises:
        DataError: a named file that cannot be read.
    """
    root = root or locations.files()
    wanted = _find_own(root, only)
    found = _problems(root, wanted, whole=False)
    if any(table_sample.large(problem.file) for problem in found):
        found = _problems(root, wanted, whole=True)  # each row with the mistake, not the first alone
    # What concerns no record keeps the rest from being checked, in whatever file it is: without it, "no problem" would say too much.
    return sorted({one for one in found if not wanted or os.path.abspath(one.file) in wanted or not one.record})


def _find_own(root: str, named: Iterable[str]) -> list[str]:
    """The whole paths of files, each as it lies in the repository where a link leads to it from elsewhere."""
    wanted = [os.path.abspath(path) for path in named]
    if all(os.path.realpath(path) == path for path in wanted):
        return wanted
    known = (
        *read.list_sources(root),
        *texts.files(root, ("ontology", "data"), ".tsv"),
        *texts.files(root, ("queries",), ".rq"),
    )
    own = {os.path.realpath(path): os.path.abspath(path) for path in known}
    return [own.get(os.path.realpath(path), path) for path in wanted]


def describe_scope(root: str) -> str:
    """What a validation of a repository looks at, in words."""
    counts = (
        len(read.list_sources(root)),
        len(texts.files(root, ("ontology", "data"), ".tsv")),
        len(texts.files(root, ("queries",), ".rq")),
    )
    return "{} files of Turtle, {} tables and {} queries".format(*counts)


@pause_collector()
def _problems(root: str, drafts: list[str], whole: bool) -> list[Problem]:
    store, places = Store(), Places(root, drafts)
    found: list[Problem] = []
    for path in sorted({*map(os.path.abspath, read.list_sources(root)), *drafts}):
        if not path.endswith((".tsv", ".rq")):
            text = read.contents(path)
            found += _load(store, path, text)
            if formats.wide_encoding(text):
                continue  # one word on the whole file, and none on its letters
            found += places.note(path, text)
            found += ill_typed_numbers(text, places)
            if not drafts or path in drafts:
                found += texts.of_turtle(path, text)
                found += languages.of_turtle(path, text)
    shapes = os.path.abspath(os.path.join(root, "ontology", "shapes.ttl"))  # no part of the graph, and released all the same
    if os.path.isfile(shapes) and (not drafts or shapes in drafts):
        text = read.contents(shapes)
        found += _load(Store(), shapes, text)
        found += texts.of_turtle(shapes, text)
    # Where some files alone are reported on, what concerns a file of its kind by itself is looked for in these kinds alone.
    tables_too, queries_too = (not drafts or any(path.endswith(ending) for path in drafts) for ending in (".tsv", ".rq"))
    values = Values(store, places)
    found += [*find_hand_written(store, places), *find_misspelt_identifiers(store, places), *ill_typed(store, places, values)]
    found += texts.of_tables(root, drafts) if tables_too else ()
    known = {problem.file for problem in found}
    found += [one for one in map(of_error, word_tables.find_faults(root)) if one.file not in known] if tables_too else ()
    found += texts.of_queries(root, drafts) if queries_too else ()
    try:
        store.bulk_extend(retired.quads(root))
        store.bulk_extend(translations.quads(root))
        if whole:
            store.bulk_extend(tables.quads(root))
        else:
            table_sample.tell(root, store)
        for _ in (*readings.read(root), *reviews.read(root), *reliability.draws(root)) if tables_too else ():
            pass  # a row that cannot be is what is looked for
    except DataError as error:
        found += list(table_faults.find_all(root)) or [of_error(str(error))]
    if not values.mixed and not any(map(hinders, found)):
        checks = folders_of_checks(root)
        for folder in checks:  # a few scans, of what the build adds nothing to
            found += of_checks(store, os.path.join(folder, "written"), places)
        derive.derive(store)
        for folder in checks:
            found += of_checks(store, folder, places)
        found += own_shapes.problems(store, root, places)
        found += of_identifiers(root) if tables_too else ()
        found += find_unknown_parameters(store, root) if queries_too else ()
        found += find_misplaced(store, root, places)
        found += definitions.empty(store, places)
        found += languages.of_names(store, root, places)
        found += credit.problems(store, root, places)
        found += sources.problems(store, places)
        found += head_words.of_notes(store, places)
        found += find_unsaid_scopes(store, places)
        try:
            found += hosts.find_refused(store, root, places)
            found += hosts.find_refused_texts(root) if tables_too else ()
            found += withdrawals.contradictions(store, root, places)
        except DataError as error:
            found.append(of_error(str(error)))
    return found


def _load(store: Store, path: str, text: bytes) -> list[Problem]:
    """Put what a file says into the store; where it has errors, what stands between them, and the problem of each."""
    try:
        refuse_what_kills(show_path(path), text, RdfFormat.TURTLE)
    except DataError as error:
        return [of_error(str(error))]
    try:
        store.load(text, format=RdfFormat.TURTLE)
        return []
    except (SyntaxError, ValueError):
        pass  # read once more, in a way that goes on after an error
    problems, quads = [], []
    name = show_path(path)
    if formats.wide_encoding(text) or formats.stranger(text, RdfFormat.TURTLE):
        return [of_error(str(read.problem(name, text, SyntaxError(), RdfFormat.TURTLE)))]
    if text.startswith(formats.BOM):
        problems.append(Problem(name, 1, "", "the file starts with a byte order mark", "save it as UTF-8 without one"))
        text = text.removeprefix(formats.BOM)
    parser = parse(text, format=RdfFormat.TURTLE)
    while len(problems) <= 50:
        try:
            quads.append(next(parser))
        except StopIteration:
            break
        except (SyntaxError, ValueError) as error:
            problems.append(of_error(str(read.problem(name, text, error, RdfFormat.TURTLE))))
    store.extend(quads)
    return list(dict.fromkeys(problems))
