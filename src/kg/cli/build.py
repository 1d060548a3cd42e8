"""Write the built graph: the authored records with everything that follows from them.

kg build -o out       writes out/nutrition-kg.nt, sorted, equal byte by byte for equal sources
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser, Namespace
from hashlib import sha256

from kg import home
from kg.atomic import write
from kg.build.store import built, ntriples
from kg.errors import UsageError


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg build``."""
    parser.add_argument("-o", "--output", default="out", metavar="FOLDER", help="the folder to write to (default out)")


def run(options: Namespace) -> int:
    """Build and write."""
    root = options.source or home.files()
    if not os.path.isdir(os.path.join(root, "ontology")):
        raise UsageError(f"{root}: holds no folder ontology; name the folder of a repository with ontology/ and data/")
    content = ntriples(built(root))
    try:
        os.makedirs(options.output, exist_ok=True)
        path = os.path.join(options.output, "nutrition-kg.nt")
        write(path, content)
        write(os.path.join(options.output, "SHA256SUMS"), f"{sha256(content).hexdigest()}  nutrition-kg.nt\n".encode())
    except OSError as error:
        raise UsageError(f"{options.output}: {error.strerror or error}; name a folder you may write to") from None
    print(path)
    count = content.count(b"\n")
    if not options.quiet:
        print(f"{count:,} triples, {len(content):,} bytes", file=sys.stderr)
    return 0
