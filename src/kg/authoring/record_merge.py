"""Two versions of a file of records brought together by records, and within a record by properties and lines of evidence.

Git compares lines, so two people who each add a record at one place meet in a conflict that is none. Here only what both changed
to different ends is one; it is left between the usual markers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.authoring import placement
from kg.authoring.block_edit import Statements, block
from kg.authoring.credit import CREDIT, join_credit, without_credit
from kg.authoring.turtle_format import format_turtle

#: Properties that may have several values, of which each side may add and take away its own.
_MANY = frozenset(
    {
        "kg:evidence",
        "skos:altLabel",
        "skos:hiddenLabel",
        "rdfs:label",
        "skos:prefLabel",
        "dcterms:creator",
        "skos:definition",
        "kg:onlyWhen",
        "kg:population",
        "kg:ratherThan",
        "kg:kindOf",
    }
    | {"kg:drugClass", "kg:countsFor", "kg:includes", "kg:commonness", "dcterms:identifier", "kg:compensatesFor", "kg:memberOf"}
)


class Both(Exception):
    """Both sides changed something, to different ends."""


@dataclass
class Merged:
    """The text, and the names of what is left between markers."""

    text: str
    conflicts: list[str]


def turtle(base: bytes, ours: bytes, theirs: bytes, path: str) -> Merged:
    """Three versions of a Turtle file as one.

    Raises:
        kg.errors.DataError: a version that is not Turtle, as one with markers of an earlier conflict.
        Both: what stands around the records differs on both sides.
    """
    old, own, other = (format_turtle(text, path).decode() if text.strip() else "" for text in (base, ours, theirs))
    start, more = own, other
    if _frame(other) not in (_frame(old), _frame(own)):
        if _frame(own) != _frame(old):
            raise Both(path)
        start, more = other, own
    before, kept, given = (_records(text) for text in (old, start, more))
    changed: dict[str, str] = {}
    added: list[str] = []
    conflicts: list[str] = []
    for name in dict.fromkeys([*before, *given]):
        was, new, now = before.get(name, ""), given.get(name, ""), kept.get(name, "")
        if new in (was, now):
            continue
        try:
            result = new if now == was else record(was, now, new)
        except Both:
            sides = (now, new) if start is own else (new, now)
            result = "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs".format(*(side.rstrip("\n") for side in sides))
            conflicts.append(name)
        if now:
            changed[name] = result
        elif result:
            added.append(result)
    plain = [one for one in added if not one.startswith("<<<<<<<")]
    marked = [one for one in added if one.startswith("<<<<<<<")]
    text = placement.rewritten(start, changed) if changed else start
    text = placement.with_blocks(text, plain) if plain else text
    return Merged("\n\n".join([text.rstrip("\n"), *marked]) + "\n", conflicts)


def record(base: str, ours: str, theirs: str) -> str:
    """Three versions of one record as one; an empty text is not a record.

    Raises:
        Both: one side took out what the other changed, or both changed a property that has one value.
    """
    if not ours or not theirs:
        raise Both
    old, own, other = (_facts(block(text)) if text else {} for text in (base, ours, theirs))
    result = block(ours)
    for name in dict.fromkeys([*old, *other]):
        was, mine, new = old.get(name, []), own.get(name, []), other.get(name, [])
        if sorted(new) in (sorted(was), sorted(mine)):
            continue
        if sorted(mine) == sorted(was):
            together = new
        elif name in CREDIT and not was:  # both made the record
            together = join_credit(name, mine, new)
        elif name not in _MANY or ((gone := _less(was, mine)) and (lost := _less(was, new)) and set(gone) & set(lost)):
            raise Both
        else:
            dropped = _less(was, new)
            ours_said = {without_credit(one) for one in mine} if name == "kg:evidence" else set(mine)
            more = [one for one in _less(new, was) if one not in mine and without_credit(one) not in ours_said]
            together = [one for one in mine if one not in dropped] + more
        if name == "kg:evidence":
            result.put(name, [])
            for one in together:
                result.add(name, one)
        else:
            result.put(name, together)
    return result.text()


def _less(these: Iterable[str], those: Iterable[str]) -> list[str]:
    known = set(those)
    return [one for one in these if one not in known]


def _facts(found: Statements) -> dict[str, list[str]]:
    facts: dict[str, list[str]] = {}
    for name, objects in found.entries:
        facts.setdefault(name, []).extend(" ".join(pieces) for pieces in objects)
    return facts


def _records(text: str) -> dict[str, str]:
    return {one.name: one.text for one in placement.blocks(text)}


def _frame(text: str) -> str:
    """What stands around the records: prefixes and comments."""
    return "\n".join(line for line in placement.rewritten(text, dict.fromkeys(_records(text), "")).split("\n") if line)
