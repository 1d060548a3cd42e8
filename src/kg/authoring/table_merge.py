"""Two versions of a table brought together by rows, and within a row by cells.

A row that one side changed is known by its first cells, or by all its cells but one, as after a rename. Only what both sides
changed to different ends, or what one took out and the other changed, is a conflict; it is left between the usual markers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from kg.authoring.record_merge import Merged


def table(base: str, ours: str, theirs: str) -> Merged:
    """Three versions of a table as one: rows that either side added, less those that either took out, in the order of ours."""
    old, own, other = (text.rstrip("\n").split("\n") if text else [] for text in (base, ours, theirs))
    mine, yours = _changes(old, own), _changes(old, other)
    gone, settled = set(yours), set()
    result = [line for line in own if line not in gone]
    conflicts: list[str] = []
    for line in old:
        if line not in mine or line not in yours or mine[line] == yours[line]:
            continue
        here, there = mine[line], yours[line]
        together = _join_cells(line, here, there) if here and there else None
        if together is None:
            sides = [f"{one}\n" if one else "" for one in (here, there)]
            together = "<<<<<<< ours\n{}=======\n{}>>>>>>> theirs".format(*sides)
            conflicts.append(line.split("\t")[0])
        if here:
            result[result.index(here)] = together
        else:
            result.insert(_place(result, other, there), together)
        settled.add(there)
    known = set(result)
    for line in _less(other, old):
        if line not in known and line not in settled:
            result.insert(_place(result, other, line), line)
            known.add(line)
    return Merged("\n".join(result) + "\n", conflicts)


def _changes(old: Sequence[str], side: Sequence[str]) -> dict[str, str]:
    """The rows that a side does not have any more, each with what it made of them; empty where it took one out."""
    lost, new = _less(old, side), _less(side, old)
    found = dict.fromkeys(lost, "")
    if not lost or not new:
        return found
    size = _key_size(old)
    for keys in (lambda line: [line.split("\t")[:size]], _all_but_one):
        taken = set(found.values())
        waiting = {str(key): line for line in new if line not in taken for key in keys(line)}
        for line in lost:
            if not found[line]:
                found[line] = next(
                    (made for key in keys(line) if (made := waiting.get(str(key), "")) and made not in taken), ""
                )
                taken.add(found[line])
    return found


def _key_size(lines: Iterable[str]) -> int:
    """How many of the first cells it takes to tell the rows apart."""
    rows = [line.split("\t") for line in lines]
    most = max(map(len, rows))
    return next((size for size in range(1, most) if max(Counter(tuple(row[:size]) for row in rows).values()) == 1), most)


def _all_but_one(line: str) -> Iterator[tuple[int, list[str]]]:
    cells = line.split("\t")
    for at in range(len(cells) if len(cells) > 2 else 0):
        yield at, cells[:at] + cells[at + 1 :]


def _join_cells(was: str, here: str, there: str) -> str | None:
    """The row with the cells that either side changed; None where both changed one to different ends."""
    rows = [line.split("\t") for line in (was, here, there)]
    if len({len(row) for row in rows}) > 1:
        return None
    joined = []
    for before, mine, yours in zip(*rows, strict=True):
        if before not in (mine, yours) and mine != yours:
            return None
        joined.append(yours if mine == before else mine)
    return "\t".join(joined)


def _place(result: list[str], other: list[str], line: str) -> int:
    """After the line that came before it on its own side, as far back as one is still there."""
    for before in reversed(other[: other.index(line)]):
        if before in result:
            at = result.index(before) + 1
            while at < len(result) and result[at] not in other and result[at] < line:
                at += 1
            return at
    return 0


def _less(these: Iterable[str], those: Iterable[str]) -> list[str]:
    known = set(those)
    return [one for one in these if one not in known]
