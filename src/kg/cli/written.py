"""What commands that write to a repository share: where it is, and the problems of what was written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from kg.checks import validate
from kg.errors import UsageError


def repository() -> str:
    """The repository one stands in.

    Raises:
        UsageError: there is none.
    """
    if not (os.path.isdir("ontology") and os.path.isdir("data")):
        raise UsageError("no folders ontology and data here; go to the top of the repository")
    return "."


def problems(root: str, paths: Iterable[str]) -> int:
    """Print the problems of files that were written, and return 1 where there are any."""
    found = validate(root, paths)
    for problem in found:
        print(problem, file=sys.stderr)
    return int(bool(found))
