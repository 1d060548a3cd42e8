"""Import records in bulk: a sheet of claims (CSV, TSV, XLSX), mappings (SSSOM), or another graph (KGX, Turtle and other RDF).

  kg import --template claims -o sheet.xlsx          an empty sheet with drop-down lists; also .csv and .tsv
  kg import --template claims --filled -o sheet.xlsx --about 'iron deficiency'
                                                     the existing claims, to be edited and imported again
  kg import --template sources -o sources.xlsx       also terms: new ones, to be imported before the claims on them
  kg import sheet.xlsx                               a report with one row for each record; nothing is written
  kg import sheet.xlsx --write                       write the records to their files and check them
  kg import claims.csv                               the edited table of kg export csv
  kg import mappings.sssom.tsv                       also a folder or tables of KGX, and RDF with claims or mappings

A row is new, already there, changed, or refused with its cell and reason. Names are any that kg term knows; nothing is
guessed. If a row is refused, nothing is written, unless --skip-refused is given. Rows that were deleted from an exported
sheet are reported, and nothing is removed. Formats: table, csv, tsv, json, md. Exit status 0, or 1 where rows are refused
or what was written has problems.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from tempfile import TemporaryDirectory

from kg.authoring.bulk.import_file import take
from kg.authoring.bulk.outcomes import OUTCOMES, REFUSED, Outcome
from kg.authoring.bulk.tables import find_kind
from kg.authoring.bulk.templates import TEMPLATES, template
from kg.authoring.draft import Draft
from kg.authoring.lookup import connect_records
from kg.cli.table import table
from kg.cli.turns import in_turn
from kg.cli.written import problems, repository
from kg.errors import DataError, UsageError
from kg.graph import Graph
from kg.rdf.xml import note_replaced
from kg.sparql.embedded import Embedded
from kg.stores import open_built

FORMATS = ("table", "csv", "tsv", "json", "md")
COLUMNS = list(Outcome._fields)
#: What is shown in place of a file's name.
_INPUT = "standard input"


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg import``."""
    parser.add_argument("file", nargs="?", metavar="FILE", help="a sheet, SSSOM, RDF, or a folder of KGX; - for standard input")
    parser.add_argument("--write", action="store_true", help="write the records (default: only report what would be written)")
    parser.add_argument("--skip-refused", action="store_true", help="with --write: skip refused records and write the rest")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook that has several")
    parser.add_argument("--template", metavar="KIND", help=f"write a sheet to fill in: {', '.join(TEMPLATES)}")
    parser.add_argument("--filled", action="store_true", help="with --template: include existing records")
    parser.add_argument(
        "--about", action="append", default=[], metavar="TERM", help="with --filled: only claims about this term (repeatable)"
    )
    parser.add_argument("-o", "--output", metavar="FILE", help="the file to write the sheet to: .xlsx, .csv or .tsv")


@in_turn
def run(options: Namespace) -> int:
    """Write a template, or take a file in."""
    if (options.file is None) == (options.template is None):
        raise UsageError("name a file to import, or --template KIND with -o FILE; see kg import --help")
    root = repository(options.source)
    if options.template is not None:
        return _template(options, root)
    form = options.format or "table"
    for name in ("filled", "about", "output"):
        if getattr(options, name):
            raise UsageError(f"--{name} belongs to --template; leave it out")
    if options.skip_refused and not options.write:
        raise UsageError("--skip-refused belongs to --write; add it, or leave both out")
    progress = _progress(options.quiet)
    found, draft = _take(root, options.file, options.sheet, progress)
    progress(0)
    _report(found, form)
    for note in () if options.quiet else draft.notes:
        print(f"kg: {note}", file=sys.stderr)
    counts = Counter(one.outcome for one in found)
    refused = bool(counts[REFUSED])
    writes = options.write and draft.paths and not (refused and not options.skip_refused)
    status = int(refused)
    if writes:
        draft.write()
        status = max(status, problems(root, draft.paths))
    if not options.quiet:
        told = ", ".join(f"{counts[outcome]} {outcome}" for outcome in OUTCOMES)
        print(
            f"kg: {_INPUT if options.file == '-' else options.file}: {told}; {_ending(options, draft.paths, bool(writes), refused)}",
            file=sys.stderr,
        )
    return status


def _take(root: str, path: str, sheet: str | None, progress: Callable[[int], None]) -> tuple[list[Outcome], Draft]:
    """Take a file in, or what comes by standard input (``-``), whose kind its first bytes tell."""
    if path != "-":
        return take(root, connect_records(root), path, sheet, partial(_flat, root), progress)
    content = sys.stdin.buffer.read()
    with TemporaryDirectory() as folder:
        kept = os.path.join(folder, f"input{find_kind(content)}")
        with open(kept, "wb") as file:
            file.write(content)
        try:
            found, draft = take(root, connect_records(root), kept, sheet, partial(_flat, root), progress)
        except DataError as error:
            raise DataError(str(error).replace(kept, _INPUT)) from None
    return [one._replace(about=one.about.replace(kept, _INPUT)) for one in found], draft


def _ending(options: Namespace, paths: list[str], written: bool, refused: bool) -> str:
    if written:
        return f"written to {', '.join(map(os.path.normpath, paths))}"
    if not options.write:
        return "nothing written; --write does it" if paths else "nothing to write"
    return "nothing written: mend what is refused, or add --skip-refused" if refused else "nothing to write"


def _template(options: Namespace, root: str) -> int:
    from kg.atomic import announce, save

    if options.output is None:
        raise UsageError(f"name the file of the sheet, as in -o {options.template}.xlsx")
    if options.about and not options.filled:
        raise UsageError("--about belongs to --filled; add it")
    with note_replaced() as replaced:
        content = template(root, connect_records(root), options.template, options.output, options.filled, options.about)
    if replaced:
        print(f"kg: {replaced}", file=sys.stderr)
    announce(save(options.output, content, f"sheet{os.path.splitext(options.output)[1].lower()}"))
    return 0


def _report(found: Sequence[Outcome], form: str) -> None:
    if form == "json":
        json.dump([one._asdict() for one in found], sys.stdout, indent=1, ensure_ascii=False)
        print()
    elif form in ("csv", "tsv"):
        writer = csv.writer(sys.stdout, delimiter="," if form == "csv" else "\t", lineterminator="\n")
        writer.writerows([COLUMNS, *found])
    else:
        table(COLUMNS, [[str(cell) for cell in one] for one in found], form)


def _progress(quiet: bool) -> Callable[[int], None]:
    """Say on a terminal how many rows are done; 0 clears the line."""
    if quiet or not sys.stderr.isatty():
        return lambda number: None

    def show_progress(number: int) -> None:
        if number % 200 == 0:
            print(f"\r{number:,} rows\033[K" if number else "\r\033[K", end="", file=sys.stderr, flush=True)

    return show_progress


def _flat(root: str, graph: Graph) -> Mapping[str, Mapping[str, str]]:
    """The table as it would be exported now, by claim; status and certainty are in it, which written records alone do not have."""
    from kg.export.sheet import COLUMNS, rows

    judged = graph if graph.query("ASK { ?claim kg:certainty ?certainty }") else Graph(Embedded(open_built(root)))
    return {row[0]: dict(zip(COLUMNS, row, strict=True)) for row in rows(judged)}
