"""How prominently the sources tell of a claim, which ranks routes; how settled it is stands in :mod:`kg.build.certainty`.

What several works tell on their own subject is what matters in practice; what one work mentions in passing, of a neighbouring
state, may be just as true and matters less. Each supporting voice adds what its kind weighs (weak 1, ordinary 2, strong 3), one
less where it speaks only indirectly, one less but not less than one where a copy was read, and one more where it sums up and is
on its subject. What speaks against the claim is taken off.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.build.certainty import Line
from kg.rdf.vocabulary import MOST_PROMINENT

_SIGNS = {"supports": 1.0, "disputes": -1.0, "mixed": -0.5}


def measure_prominence(lines: Iterable[Line]) -> int:
    """The prominence of a claim with these evidence lines, from 0 to 5.

    >>> measure_prominence([Line("handbook", "supports", 2, on_subject=True)])
    3
    >>> measure_prominence([Line("handbook", "supports", 2, indirect=True)])
    1
    >>> measure_prominence([Line("handbook", "supports", 2), Line("trial", "disputes", 3, single=True)])
    0
    """
    said: dict[tuple[str, str], float] = {}
    for line in lines:
        key = line.stance, line.voice
        said[key] = max(said.get(key, 0.0), _measure(line))
    total = sum(_SIGNS.get(stance, 0) * told for (stance, _), told in said.items())
    return max(0, min(MOST_PROMINENT, int(total)))


def _measure(line: Line) -> int:
    told = line.weight - line.indirect
    if line.copy:
        told = min(told, max(1, told - 1))
    if line.indirect and line.stance != "supports":
        told = min(told, 1)
    return max(0, told) + (told > 1 and line.on_subject and not (line.single or line.copy or line.indirect))
