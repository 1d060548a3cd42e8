"""Integers of a query that the built-in engine does not calculate with."""

from __future__ import annotations

from kg.sparql.query_text import tokens

#: The engine's integers have 64 bits.
LARGEST = 2**63 - 1
_DIGITS = 19


def warn_of_large(text: str) -> list[str]:
    """One line for each integer of a query that is larger than the engine's; a comparison with it is never true.

    >>> warn_of_large("ASK { FILTER(5 < 9223372036854775808) }")[0][:52]
    '9223372036854775808 is larger than the engine can co'
    >>> warn_of_large('ASK { ?s ?p "9223372036854775808", 9223372036854775807 }')
    []
    """
    if sum(map(str.isdigit, text)) < _DIGITS:
        return []
    import re  # costs a cold query more than it takes to answer

    typed = re.findall(r"""(["'])([+-]?\d{19,})\1\^\^\S*integer\b""", text)
    bare = list(text)
    for match in tokens(text):
        if match.lastgroup == "quiet":
            bare[match.start() : match.end()] = " " * len(match[0])
    plain = re.findall(r"(?<![\w.])\d{19,}(?!\d|\.\d|[eE])", "".join(bare))
    found = [number for number in (*plain, *(value for _, value in typed)) if not -LARGEST - 1 <= int(number) <= LARGEST]
    return [
        f"{number} is larger than the engine can compare or calculate with (up to {LARGEST}): a FILTER with it lets nothing "
        f"through; write {number}e0, which is rounded"
        for number in dict.fromkeys(found)
    ]
