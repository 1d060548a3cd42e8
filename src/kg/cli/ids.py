"""Add external ids from a release file on disk to the table of checked ids, or compare the table with a newer release.

  kg ids add HP:0003394 HP:0000001 --from hp.obo        also OBO Graphs (mondo.json) and OWL (.owl, .ttl), each also as .gz
  kg ids update --from hp.obo                           labels that changed, ids that are obsolete or replaced, and our mappings to them
  kg ids update --from hp.obo --write                   update the labels and set obsolete ids apart

A mapping needs an id of that table. `kg ids add` writes unless --dry-run is given; if an id is obsolete or not in the file, it is
refused and nothing is written. `kg ids update` exits with status 1 if a mapping of ours refers to something that changed.
Formats: table, csv, json, md.
"""

from __future__ import annotations

import csv
import json
import os
import sys
from argparse import ArgumentParser, Namespace

from kg.authoring.identifiers import Change, Ids, add, newer, update
from kg.authoring.ontology_files import release
from kg.cli.table import table
from kg.cli.turns import in_turn
from kg.cli.written import repository
from kg.errors import UsageError

FORMATS = ("table", "csv", "json", "md")
ACTIONS = ("add", "update")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg ids``."""
    parser.add_argument("action", choices=ACTIONS, metavar="ACTION", help=", ".join(ACTIONS))
    parser.add_argument("ids", nargs="*", metavar="ID", help="ids to add, such as HP:0003394 or their addresses")
    parser.add_argument("--from", dest="file", metavar="FILE", help="a release of the ontology, on disk")
    parser.add_argument("--release", default="", help="the release in words, if the file does not contain it")
    parser.add_argument("--dry-run", action="store_true", help="with add: report without writing")
    parser.add_argument("--write", action="store_true", help="with update: write the changes to the tables")


@in_turn
def run(options: Namespace) -> int:
    """Add or compare."""
    adds = options.action == "add"
    if options.file is None:
        raise UsageError("name the release, as in --from hp.obo")
    if adds and not options.ids:
        raise UsageError("name the ids to add, as in kg ids add HP:0003394 --from hp.obo")
    if not adds and options.ids:
        raise UsageError("kg ids update checks all ids of the table; leave out the names")
    if (options.write and adds) or (options.dry_run and not adds):
        given = "--write" if adds else "--dry-run"
        raise UsageError(f"{given} belongs to kg ids {'update' if adds else 'add'}; leave it out")
    root = repository(options.source)
    found = release(options.file)
    said = " ".join(options.release.split())
    later = "" if adds else newer(root, found)
    if later:
        told = f"{options.file}: release {found.version} is older than {later}, which our ids were checked against"
        if options.write:
            raise UsageError(f"{told}; name a newer release")
        print(f"kg: {told}", file=sys.stderr)
    made = add(root, options.ids, found, said) if adds else update(root, found, said)
    _report(made.changes, options.format or "table")
    writes = bool(made.draft.paths) and (not options.dry_run if adds else options.write)
    if writes:
        made.draft.write()
    if not options.quiet:
        print(f"kg: {_ending(made, writes, adds, found.version)}", file=sys.stderr)
    return int(not adds and any(change.touches for change in made.changes))


def _ending(made: Ids, written: bool, adds: bool, version: str) -> str:
    paths = ", ".join(map(os.path.normpath, made.draft.paths))
    if written:
        return f"written to {paths}"
    if not made.draft.paths:
        return (
            "nothing to write"
            if adds
            else f"nothing changed against release {version}"
            if not made.changes
            else "nothing to write"
        )
    return f"nothing written; {'leave out --dry-run' if adds else '--write'} changes {paths}"


def _report(changes: list[Change], form: str) -> None:
    if form == "json":
        json.dump([change._asdict() for change in changes], sys.stdout, indent=1, ensure_ascii=False)
        print()
        return
    rows = [[*change[:4], "; ".join(change.touches)] for change in changes]
    if form == "csv":
        csv.writer(sys.stdout, lineterminator="\n").writerows([Change._fields, *rows])
    else:
        table(list(Change._fields), rows, form)
