"""What commands that write to a repository share: where it is, and the problems of what was written."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable

from kg import locations
from kg.checks import validate
from kg.checks.known import validate_unless_known
from kg.cli.complaint import or_unset
from kg.errors import UsageError

#: What a record that was only just written lacks, in the words of the checks, and what to type next.
NEXT = {
    "no claim, amount or statement refers to the source": "cite the source with --read in kg new claim or kg new evidence",
    "no claim, state or table uses the term": "use it, in a claim, a state or a property of another term",
    "no claim leads to the finding": "add the claim that leads to it with kg new claim, or say kg:kindOf or kg:unexplained true",
}


def repository(source: str | None = None) -> str:
    """The repository that a command writes to: the one that ``--source`` names, else the one one stands in.

    Raises:
        UsageError: there is none.
    """
    root = locations.path_of(source) if source else "."
    if os.path.isdir(os.path.join(root, "ontology")) and os.path.isdir(os.path.join(root, "data")):
        return root
    if source:
        fix = f"name the folder of a repository, as kg init creates one{or_unset(source)}"
        raise UsageError(f"{source}: no folder with ontology and data; {fix}")
    raise UsageError("no folders ontology and data here; go to the top of the repository")


def problems(root: str, paths: Iterable[str]) -> int:
    """Print the problems of files that were written, and return 1 where there are any.

    That nothing refers to a new record yet is not a problem but the next step.
    """
    found = validate_unless_known(validate, root, paths, learn=False)
    for problem in found:
        following = NEXT.get(problem.problem)
        print(f"kg: next, for {problem.record}: {following}" if following else problem, file=sys.stderr)
    return int(any(problem.problem not in NEXT for problem in found))
