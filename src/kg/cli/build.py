"""Write the built graph: the authored records and everything derived from them.

kg build -o out                            out/nutrition-kg.nt, sorted, equal byte by byte for equal sources
kg build --release -o release              all formats, the ontology, shapes, mappings and questions, with checksums, a description
                                           (VoID, DCAT), licences, citation and bill of materials
kg build --release --since old.nt          with CHANGES.md: a list of the records and conclusions that changed
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator
from hashlib import sha256

from kg import locations
from kg.atomic import write_folder
from kg.build.store import build_sorted
from kg.cli.complaint import or_unset
from kg.errors import UsageError, of_system
from kg.rdf.xml import note_replaced
from kg.sparql.embedded import Embedded
from kg.sparql.header import header


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg build``."""
    parser.add_argument("-o", "--output", default="out", metavar="FOLDER", help="the folder to write to (default out)")
    parser.add_argument("--release", action="store_true", help="write the files of a release")
    parser.add_argument("--since", metavar="OLD", help="an earlier release: a file, a folder or an endpoint")


def run(options: Namespace) -> int:
    """Build and write."""
    if options.output in ("-", ""):
        raise UsageError("a build consists of several files; name a folder with -o FOLDER")
    root = locations.path_of(options.source) if options.source else locations.files()
    if not os.path.isdir(os.path.join(root, "ontology")):
        fix = f"name the folder of a repository with ontology/ and data/{or_unset(options.source)}"
        raise UsageError(f"{root}: contains no folder ontology; {fix}")
    if options.since and not options.release:
        raise UsageError("--since lists the changes of a release; add --release")
    if options.release:
        return _release(root, options)
    store, pieces = build_sorted(root)
    counted = _Counted(f"{header(Embedded(store).run).slug}.nt", pieces)
    _write(options.output, counted.list_files())
    print(os.path.join(options.output, counted.name))
    if not options.quiet:
        print(f"{counted.lines:,} triples, {counted.size:,} bytes", file=sys.stderr)
    return 0


class _Counted:
    """Pieces of a file that are counted and summed up while they pass by."""

    def __init__(self, name: str, pieces: Iterable[list[bytes]]) -> None:
        self.name, self.pieces = name, pieces
        self.lines, self.size, self.sum = 0, 0, sha256()

    def __iter__(self) -> Iterator[bytes]:
        for piece in self.pieces:
            text = b"".join(piece)
            self.lines += len(piece)
            self.size += len(text)
            self.sum.update(text)
            yield text

    def list_files(self) -> Iterator[tuple[str, Iterable[bytes]]]:
        """The file, and after it the one with its sum."""
        yield self.name, self
        yield "SHA256SUMS", [f"{self.sum.hexdigest()}  {self.name}\n".encode()]


def _release(root: str, options: Namespace) -> int:
    from kg.export import release
    from kg.locations import __version__

    day = release.date(root)
    files = ((name, [content]) for name, content in release.files(root, options.since))
    with note_replaced() as replaced:
        names = _write(options.output, files)
    for name in names:
        print(os.path.join(options.output, name))
    if replaced:
        print(f"kg: {replaced}", file=sys.stderr)
    if not options.quiet:
        told = f"of {day}" if day else "without a date: CHANGELOG.md has none for this version"
        print(f"version {__version__}, {told}", file=sys.stderr)
    return 0


def _write(folder: str, files: Iterable[tuple[str, Iterable[bytes]]]) -> list[str]:
    """Write the files, all or none, and return their names."""
    try:
        return write_folder(folder, files)
    except OSError as error:
        raise of_system(folder, error, "name a folder that you can write to") from None
