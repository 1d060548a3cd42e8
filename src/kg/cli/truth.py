"""The answer of an ASK, as each form has it."""

from __future__ import annotations


def spell_truth(answer: bool, form: str | None) -> str:
    """The truth value in JSON, in XML, or as a word.

    >>> spell_truth(True, "json")
    '{"head": {}, "boolean": true}'
    """
    word = str(answer).lower()
    if form == "json":
        return f'{{"head": {{}}, "boolean": {word}}}'
    if form == "xml":
        return f'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>{word}</boolean></sparql>'
    return word
