"""How well sourced a claim is and what readers of its lines found, in words for readers.

*Low certainty* reads as unlikely, and says only that few sources were read.
"""

from __future__ import annotations

#: By the label of a certainty; JSON, queries and the graph keep the labels.
SOURCED = {"high": "well sourced", "moderate": "fairly well sourced", "low": "thinly sourced", "very low": "hardly sourced"}


def describe_certainty(certainty: str) -> str:
    """The words for a certainty; what is not a certainty stays as it is.

    >>> describe_certainty("very low")
    'hardly sourced'
    """
    return SOURCED.get(certainty, certainty)


#: By what was said of a line when it was held against its text; JSON, queries and the graph keep the short words.
FOUND = {
    "supports": "the text says it",
    "partly": "the text says it in part",
    "doesNot": "the text does not say it",
    "contradicts": "the text says otherwise",
    "notFound": "the text was not at hand",
    "named": "it names both ends",
    "notNamed": "it does not name both ends by a known name",
    "placed": "its passage was found again",
}


def describe_reading(reader: str, on: str, found: str) -> str:
    """One reading of a line, in words.

    >>> describe_reading("A. Reader", "2026-11-29", "partly")
    'A. Reader on 2026-11-29: the text says it in part'
    """
    return f"{reader} on {on}: {FOUND.get(found, found)}"
