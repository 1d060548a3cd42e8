"""Check the ontology, the data and the queries; report each problem with file, line, record and fix.

  kg validate                        the whole repository
  kg validate data/claims/iron.ttl   one file, checked together with all the others
  kg validate --full                 also with the SHACL shapes and the reasoner HermiT (a minute or more)
  kg validate --watch                again after each change of a file, until Ctrl-C
  kg validate --format json          also sarif (code scanning) and github (annotations)

A state without a problem is remembered in the cache: it is not checked again, and after a change of claims only these are checked
with all that they name, where that is certain to find what a check of everything finds.
Exit status: 0 if there are no problems, 1 if there are.
"""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser, Namespace

from kg import locations
from kg.checks import Problem, describe_scope, known, validate
from kg.checks.merge_markers import of_other_texts
from kg.checks.problems import hinders
from kg.checks.texts import CHECKED, files, of_names
from kg.cli.complaint import complain, or_unset
from kg.cli.watching import Watch
from kg.errors import KgError, UsageError

#: The forms of the output, the usual one first.
FORMATS = ("text", "json", "sarif", "github")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg validate``."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files to report on, with what keeps them from being checked (default: all)"
    )
    parser.add_argument("--full", action="store_true", help="also check with the SHACL shapes and the reasoner HermiT")
    parser.add_argument("--watch", action="store_true", help="check again after each change of a file, until Ctrl-C")
    parser.add_argument("--no-cache", action="store_true", help="check everything, whatever is remembered")


def run(options: Namespace) -> int:
    """Check and print."""
    root = locations.path_of(options.source) if options.source else _repository(options.paths)
    if not os.path.isdir(os.path.join(root, "ontology")):
        raise UsageError(f"{root}: contains no folder ontology; name the folder of a repository{or_unset(options.source)}")
    named = list(options.paths)
    options.paths = [path for one in named for path in _files(one)]
    if not options.watch:
        return _report(root, named, options)
    return _watch(root, named, options)


def _watch(root: str, named: list[str], options: Namespace) -> int:
    """Report once, then again after each change; Ctrl-C ends it."""

    def listed() -> list[str]:
        return sorted(set(map(os.path.abspath, (*known.list_inputs(root), *options.paths))))

    watch, changed = Watch(listed), list[str]()
    while True:
        try:
            if changed:
                print(f"\n{time.strftime('%H:%M:%S')} {_name_some(changed)}", file=sys.stderr, flush=True)
                options.paths = [path for one in named for path in _files(one)]
            _report(root, named, options)
        except KgError as error:  # such as a file that an editor is replacing
            complain(str(error), error.exit_status)
        sys.stdout.flush()
        changed = watch.wait()


def _name_some(paths: list[str]) -> str:
    more = f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    return ", ".join(map(os.path.relpath, paths[:3])) + more + " changed"


def _report(root: str, named: list[str], options: Namespace) -> int:
    """Check once and print."""
    found = known.validate_unless_known(validate, root, options.paths, not options.no_cache)
    found = sorted({*found, *of_other_texts(root, named), *of_names(root, named)})
    hindered = any(map(hinders, found))
    if options.full and not hindered:  # what does not parse cannot be reasoned about
        from kg.checks import shacl_and_owl

        found = sorted({*found, *shacl_and_owl.problems(root, options.paths)})
    form = options.format or "text"
    if form in ("json", "sarif"):
        import json

        told = _sarif(found) if form == "sarif" else [problem._asdict() for problem in found]
        json.dump(told, sys.stdout, indent=1)
        print()
    elif form == "github":
        for problem in found:
            print(_annotation(problem))
    else:
        for problem in found:
            print(problem)
    if not options.quiet:
        where = f"in {len(options.paths)} named, among " if options.paths else "in "
        counted = (
            f"{len(found)} problem{'' if len(found) == 1 else 's'} {where}{describe_scope(root)} of {os.path.abspath(root)}"
        )
        print(counted, file=sys.stderr)
        if hindered:
            print("kg: what the records say is checked as a whole once every file of theirs can be read", file=sys.stderr)
    return int(bool(found))


def _repository(paths: list[str]) -> str:
    """The repository that the working folder, or the first file named, lies in; for a draft elsewhere the built-in one."""
    for start in (os.getcwd(), *(os.path.dirname(os.path.abspath(path)) for path in paths[:1])):
        place = start
        while True:
            if os.path.isdir(os.path.join(place, "ontology")) and os.path.isdir(os.path.join(place, "data")):
                return os.path.relpath(place)
            if place == os.path.dirname(place):
                break
            place = os.path.dirname(place)
    if paths:
        return locations.files()
    raise UsageError("no folders ontology and data here or above; go to a repository, or name its folder with --source")


def _files(path: str) -> list[str]:
    """A file that is named, or the files of a folder that are looked at."""
    if not os.path.exists(path):
        raise UsageError(f"{path}: no such file or folder; check the path")
    if not os.path.isdir(path):
        if not path.endswith(CHECKED):
            raise UsageError(f"{path}: nothing there can be checked; name a file in .ttl, .tsv or .rq, or a folder of them")
        return [path]
    found = [one for ending in CHECKED for one in files(path, ("",), ending)]
    if not found:
        raise UsageError(f"{path}: contains nothing that can be checked; name a folder with .ttl, .tsv or .rq files")
    return found


def _annotation(problem: Problem) -> str:
    # https://docs.github.com/actions: a workflow command escapes %, CR and LF, in a property also what parts it from the next
    words = _escape(f"{problem.record}: {problem.problem}. {problem.fix}")
    file = _escape(problem.file).replace(":", "%3A").replace(",", "%2C")
    return f"::error file={file},line={max(problem.line, 1)}::{words}"


def _escape(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _sarif(found: list[Problem]) -> dict[str, object]:
    """The problems as SARIF 2.1.0 (OASIS), which code hosts show beside the lines they are about."""
    from urllib.parse import quote

    from kg.locations import __version__

    results = [
        {
            "ruleId": "kg-validate",
            "level": "error",
            "message": {"text": f"{problem.record}: {problem.problem}. {problem.fix}"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(problem.file.replace(os.sep, "/"))},
                        "region": {"startLine": max(problem.line, 1)},
                    }
                }
            ],
        }
        for problem in found
    ]
    rules = [{"id": "kg-validate", "shortDescription": {"text": "A problem of the ontology, the data or the queries"}}]
    driver = {"name": "kg", "version": __version__, "rules": rules}
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "results": results}],
    }
