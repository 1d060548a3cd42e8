"""What a question of the library takes and answers, for ``kg query NAME --help``, and what it is asked for where nothing is given."""

from __future__ import annotations

import shutil
import sys
import textwrap

from kg.cli.terminal import print_styled
from kg.errors import UsageError
from kg.sparql import library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def help_of(words: Sequence[str]) -> bool:
    """Print the help of the question that is named among the words; return whether one is."""
    after = list(words)[list(words).index("query") + 1 :] if "query" in words else []
    name = next((word for word in after if word.isidentifier()), "")
    try:
        question = library.question(name)
    except UsageError:
        return False
    wide = min(100, shutil.get_terminal_size().columns)

    def print_wrapped(text: str, indent: str = "") -> None:
        print(textwrap.fill(text, wide, initial_indent=indent, subsequent_indent=indent))

    print_styled(f"kg query {question.name}{''.join(f' [--{one} VALUE]' for one in question.parameters)}", "bold")
    print()
    print_wrapped(f"{question.summary.rstrip('.')}.")
    if question.description:
        print_wrapped(question.description)
    if question.parameters:
        print("\nparameters:")
        for one in question.parameters.values():
            print_wrapped(f"--{one.name} {one.kind}", "  ")
            print_wrapped(f"{one.about} (default {one.default})", "      ")
    names = columns(question.text)
    print(f"\n{'columns' if names else 'answer'}:")
    print_wrapped(", ".join(names) or "triples, for kg view --query or another tool", "  ")
    print(f"\nexample:\n  {question.example}\n\nkg query --help has the options of every question.")
    return True


def columns(text: str) -> list[str]:
    """The columns of a SELECT, in the order of the query; none where it builds triples or says yes or no.

    >>> columns("SELECT ?a (COUNT(?b) AS ?n) WHERE { ?a ?p ?b } GROUP BY ?a")
    ['a', 'n']
    """
    from pyoxigraph import Store

    from kg.sparql.embedded import Embedded

    return [variable.value for variable in getattr(Embedded(Store()).run(text), "variables", ())]


def tell_defaults(question: library.Question, given: dict[str, str]) -> None:
    """Tell a person for what a question is asked whose parameters were not all given: its answer does not always say."""
    taken = [f"--{name} {one.default}" for name, one in question.parameters.items() if name not in given]
    if taken:
        print(f"{question.name}: using the default {' '.join(taken)}", file=sys.stderr)
