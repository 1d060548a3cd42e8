"""Create a graph of one's own: a folder with the ontology to extend, an example claim, a question, tests and a CI workflow.

  kg init sleep                              the folder sleep, with an example to replace
  kg init sleep --title 'Sleep and its causes'
  cd sleep; kg --source . validate           every command works on it by --source

The folder must be new or empty.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace

from kg.authoring.naming import refuse_unseen
from kg.authoring.starter import create
from kg.errors import UsageError


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg init``."""
    parser.add_argument("folder", metavar="FOLDER", help="the folder to create")
    parser.add_argument("--title", help="the title of the graph (default: the name of the folder)")


def run(options: Namespace) -> int:
    """Create the folder, and say what to type next."""
    if options.source:
        raise UsageError("--source: kg init opens no graph; leave it out")
    named = os.path.basename(os.path.abspath(options.folder)).replace("-", " ").replace("_", " ").strip()
    title = " ".join((named if options.title is None else options.title).split())
    if not title:
        raise UsageError("--title: is empty; give the graph a title")
    refuse_unseen([title])
    for path in create(options.folder, title):
        print(os.path.join(options.folder, *path.split("/")))
    if not options.quiet:
        print(f"kg: next: cd {options.folder}; kg --source . validate; its README.md says more", file=sys.stderr)
    return 0
