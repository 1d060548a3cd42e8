"""Format Turtle files in the style of the repository. Comments and meaning are kept.
The records in data/claims, data/terms and data/sources are kept in the order of their names.

kg format                          ontology/ and data/ of the current repository
kg format data/claims/iron.ttl     one file, or a folder
kg format - < in.ttl > out.ttl     standard input to standard output
kg format --check                  change nothing; exit with status 1 if a file would change
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator

from kg import locations
from kg.atomic import write
from kg.authoring.placement import in_order
from kg.authoring.turtle_format import format_turtle
from kg.build.read import contents
from kg.cli.complaint import complain, or_unset, write_line
from kg.cli.turns import in_turn
from kg.errors import DataError, UsageError, of_system

#: Folders whose files hold their records in the order of names, so that two additions meet only where they are neighbours.
_ORDERED = ("claims", "terms", "sources")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg format``."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders (default: ontology and data)")
    parser.add_argument("--check", action="store_true", help="only list the files that would change")


def run(options: Namespace) -> int:
    """Format, and name the files that changed. A file that is not Turtle is reported and left; the others go on."""
    if options.paths == ["-"]:
        sys.stdout.buffer.write(format_turtle(sys.stdin.buffer.read(), "standard input"))
        return 0
    return _format_files(options)


@in_turn
def _format_files(options: Namespace) -> int:
    changed = broken = 0
    for path in _files(options.paths or _repository(options.source)):
        try:
            text, shaped = _shape(path)
        except DataError as error:
            complain(str(error), error.exit_status)
            broken += 1
            continue
        if shaped != text:
            if not options.check:
                _replace(path, shaped)
            changed += 1
            print(write_line(path))
    if not options.quiet:
        done = "would change" if options.check else "changed"
        print(f"{changed} file{'' if changed == 1 else 's'} {done}", file=sys.stderr)
    if broken:
        return DataError.exit_status
    return int(options.check and changed > 0)


def find_unformatted(root: str) -> list[str]:
    """The files of a repository that ``kg format`` would change, or cannot read."""
    found = []
    for path in _files(_repository(root)):
        try:
            text, shaped = _shape(path)
        except DataError:
            text, shaped = b"", b"?"
        if text != shaped:
            found.append(path)
    return found


def _shape(path: str) -> tuple[bytes, bytes]:
    """A file as it is and as it should be."""
    text = contents(path)
    shaped = format_turtle(text, path)
    if os.path.basename(os.path.dirname(os.path.abspath(path))) in _ORDERED:
        shaped = in_order(shaped.decode()).encode()
    return text, shaped


def _repository(source: str | None) -> list[str]:
    root = locations.path_of(source) if source else ""
    folders = [os.path.join(root, "ontology"), os.path.join(root, "data")]
    if not all(map(os.path.isdir, folders)):
        where = f"in {source}" if source else "here"
        fix = f"name the files, or go to the top of the repository{or_unset(source or '')}"
        raise UsageError(f"no folders ontology and data {where}; {fix}")
    return folders


def _files(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if os.path.isdir(path):
            for place, _, names in locations.walk(path):
                wanted = (name for name in sorted(names) if name.endswith(".ttl") and locations.is_source(place, name))
                yield from (os.path.join(place, name) for name in wanted)
        else:
            yield path


def _replace(path: str, content: bytes) -> None:
    try:
        write(path, content)
    except OSError as error:
        raise of_system(path, error, "the file is unchanged") from None
