"""Merge two versions of a file of records by records, not by lines; git calls this.

  kg merge-driver --install        once in each clone; git then uses it for the files that .gitattributes lists

Two people who each add a claim at the same place get no conflict. Different changes to one record are still a conflict, between
the usual markers. Without the driver git merges these files line by line.
"""

from __future__ import annotations

import subprocess
import sys
from argparse import ArgumentParser, Namespace

from kg.atomic import write
from kg.authoring.record_merge import Both, turtle
from kg.authoring.table_merge import table
from kg.build.read import contents
from kg.errors import DataError, EngineError, UsageError


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg merge-driver``."""
    parser.add_argument("--install", action="store_true", help="set it up in this clone")
    parser.add_argument(
        "files", nargs="*", metavar="FILE", help="as git gives them: BASE OURS THEIRS PATH; the result goes to OURS"
    )


def run(options: Namespace) -> int:
    """Install, or merge one file; 1 where something is left between markers."""
    if options.install:
        if options.files:
            raise UsageError("--install takes no files; leave them out")
        _install()
        print("from now on git merges the files of records by record in this clone")
        return 0
    if len(options.files) != 4:
        raise UsageError("git calls this command itself; install it with kg merge-driver --install")
    base, ours, theirs, path = options.files
    versions = [contents(name) for name in (base, ours, theirs)]
    try:
        if path.endswith(".ttl"):
            merged = turtle(versions[0], versions[1], versions[2], path)
        else:
            merged = table(*(version.decode().replace("\r\n", "\n") for version in versions))
    except (Both, DataError, UnicodeDecodeError):
        return _by_lines(base, ours, theirs)
    write(ours, merged.text.encode())
    for name in merged.conflicts:
        print(f"kg: {path}: {name}: both sides changed it; keep one between the markers", file=sys.stderr)
    return int(bool(merged.conflicts))


def _install() -> None:
    command = f'"{sys.executable}" -m kg merge-driver %O %A %B %P'
    for name, value in (("name", "records of nutrition-kg"), ("driver", command)):
        done = _git("config", f"merge.kg.{name}", value)
        if done.returncode:
            raise UsageError(f"git cannot be configured ({done.stderr.strip() or 'no reason given'}); run this in a clone")


def _by_lines(base: str, ours: str, theirs: str) -> int:
    """As git merges any text."""
    done = _git("merge-file", ours, base, theirs)
    return int(done.returncode != 0)


def _git(*words: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(["git", *words], capture_output=True, text=True, check=False)
    except OSError as error:
        raise EngineError(f"git: {error.strerror or error}; install it, or merge by hand") from None
