"""One line on standard error about names that are not translated into the language that was asked for."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.graph import Graph


def say_untranslated(graph: Graph, terms: Iterable[tuple[str, str]], quiet: bool) -> None:
    """Say which of the terms that were shown (IRI and label) have no name in the language of the reader.

    Parameters:
        quiet: whether the reader wants to hear of errors alone.
    """
    line = "" if quiet or graph.speech is None else graph.speech.describe_untranslated(terms)
    if line:
        print(f"kg: {line}", file=sys.stderr)
