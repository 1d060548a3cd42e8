"""How well sourced a claim is, in words for readers: *low certainty* reads as unlikely, and says only that few sources were read."""

from __future__ import annotations

#: By the label of a certainty; JSON, queries and the graph keep the labels.
SOURCED = {"high": "well sourced", "moderate": "fairly well sourced", "low": "thinly sourced", "very low": "hardly sourced"}


def sourced(certainty: str) -> str:
    """The words for a certainty; what is no certainty stays as it is.

    >>> sourced("very low")
    'hardly sourced'
    """
    return SOURCED.get(certainty, certainty)
