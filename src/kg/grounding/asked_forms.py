"""A question as cues and roles: ``data/words/question_forms.tsv`` says which command answers which cues with which terms.

The order of the words does not matter. Of all rows whose cues stand in the question and whose roles its terms can play, the one
that uses most of the terms is taken, and of several the first; terms that it has no use for are reported.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import permutations
from typing import NamedTuple

from kg.grounding.amounts import find_amount
from kg.grounding.asked_order import find_suspects, in_causal_order, listed_with
from kg.grounding.asked_parts import FOODS, NUTRIENTS, STATES, Part, Parts
from kg.grounding.asked_roles import Roles
from kg.grounding.asked_terms import part
from kg.grounding.question_cues import find_unanswered, small_words
from kg.rdf import word_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked

_SLOT = re.compile(r"\{(\w+)\}")
_OPTION = re.compile(r"\[(--\w+) \{(\w+)\}\]")
_FINDINGS = ("LabFinding", "Symptom", "Sign")
#: What is answered without any cue, by names alone.
_BARE = (("findings",), ("thing",), ("status",))


class Form(NamedTuple):
    """A row: cues that have to be there, cues that must not, roles to fill, those that may be filled, and the command."""

    cues: frozenset[str]
    barred: frozenset[str]
    roles: tuple[str, ...]
    also: tuple[str, ...]
    command: str


class Chosen(NamedTuple):
    """The command for a question, the parts that it uses, and the words of those that it does not."""

    command: list[str]
    used: tuple[Part, ...]
    left: tuple[str, ...]


def choose(rows: Asked, question: str, told: Parts | None = None) -> Chosen | None:
    """The command of the form that uses most of the terms of a question; None where it holds no term, or no form fits."""
    told = told or part(rows, question)
    also = {"figure": find_amount(question), "unnamed": not told.parts}
    cues = told.cues | {cue for cue, holds in also.items() if holds}
    roles = Roles(rows)
    # A question may hold more words of which nothing is made than another text: what it asks is told, and that they are left out.
    spare = len(told.parts) * (3 if told.words[:1] and told.words[0] in small_words() else 1)
    best: tuple[tuple[int, int], list[str], tuple[Part, ...]] | None = None
    for form in read_forms():
        if form.cues <= cues and not form.barred & cues and len(form.roles) <= len(told.parts):
            filled = _fill(roles, form, told)
            if filled is None or (form.roles in _BARE and len(told.unread) >= spare):
                continue  # of a text of other words a single name says nothing
            weight = sum(2 if one.term else form.roles != ("findings",) for one in filled[1])
            if _tells_each(form, *filled):
                weight += 2 * len({other for one in filled[1] for other in listed_with(told, one)} - set(filled[1]))
            # A word that says what is asked decides between forms that use as much.
            worth = (-len(find_unanswered(question, filled[0])), weight + bool(form.cues))
            if best is None or worth > best[0]:
                best = (worth, *filled)
    if best is None:
        return None
    _, command, used = best
    left = [" ".join(told.words[one.start : one.end]) for one in told.parts if one not in used]
    return Chosen(command, used, (*left, *told.unread))


def _tells_each(form: Form, command: list[str], used: tuple[Part, ...]) -> bool:
    """Whether the answer tells of what is listed beside a name too; what is felt comes from something, and leads to little."""
    if command[0] == "paths":
        return used[0].term is None or used[0].term.kind not in ("Symptom", "Sign")
    return form.roles[:1] == ("one",) or command[1] in ("drugs_that_deplete", "foods_richest_in")


def _fill(roles: Roles, form: Form, told: Parts) -> tuple[list[str], tuple[Part, ...]] | None:
    """The command of a form with the terms in their roles; None where they cannot play them."""
    if form.roles == ("findings",):
        suspects = find_suspects(told)
        explained = roles.explain([one for one in told.parts if one not in suspects])
        if suspects and explained:  # what they may come from is looked for among what explains them
            return explained[0], (*explained[1], *suspects)
        return roles.explain(told.parts)
    parts = in_causal_order(told) if {"cause", "effect"} & set(form.roles) else told.parts
    every = (some for some in permutations(parts, len(form.roles)) if all(map(roles.play, form.roles, some)))
    if form.command.startswith("compare"):
        every = (some for some in every if len({_sort(one) for one in some[:2]}) == 1)
    if form.command.startswith("paths") and "link" not in told.cues:  # two lacks that "and" joins are no cause and effect
        every = (some for some in every if not _are_listed(told, some))
    if "what_separates" in form.command or form.command.startswith("compare"):  # a laboratory finding is told from no illness
        every = (some for some in every if len({bool(one.term and one.term.kind in _FINDINGS) for one in some}) == 1)
    chosen = next(every, None)
    if chosen is None:
        return None
    used = list(chosen)
    names: dict[str, list[str]] = {}
    for role, one in zip(form.roles, chosen, strict=True):
        names.setdefault(role, []).append(roles.play(role, one))
    for role in form.also:
        found = next((one for one in parts if one not in used and roles.play(role, one)), None)
        if found:
            names[role] = [roles.play(role, found)]
            used.append(found)
    command = _OPTION.sub(lambda match: f"{match[1]} {{{match[2]}}}" if match[2] in names else "", form.command)
    words = [_name(word, names) for word in command.split()]
    if words[0] == "plate":  # every food that is named belongs to the sum
        used += [one for one in parts if one not in used and roles.play("one", one)]
        return ["plate", *(f"{name}=1 portion" for one in used if (name := roles.play("one", one)))], tuple(used)
    twice = len(form.roles) == 2 and len(words) > 2 and len(set(words)) < len(words)
    return None if twice else (words, tuple(used))


def _are_listed(told: Parts, some: tuple[Part, ...]) -> bool:
    first, *_, last = sorted(some, key=lambda one: one.start)
    alike = {one.degree or (one.term.kind if one.term else "") for one in (first, last)}
    same = alike <= {"lack", "NutrientStatus"} or alike <= {"Symptom", "Sign"}
    return same and told.words[first.end : last.start] in (("and",), ("or",))


def _sort(one: Part) -> str:
    """What a part may be compared with: foods with foods, states with states, nutrients with nutrients."""
    if one.term is None:
        return ""
    kinds = {one.term.kind, *(term.kind for term in one.others)}
    for name, sort in (("food", FOODS), ("nutrient", NUTRIENTS), ("state", STATES)):
        if kinds & set(sort) and not (name == "nutrient" and one.degree):
            return name
    return "state" if one.degree else one.term.kind


def _name(word: str, names: dict[str, list[str]]) -> str:
    slot = _SLOT.fullmatch(word)
    if slot is None:
        return word
    found = names[slot[1]]
    return found.pop(0) if len(found) > 1 else found[0]


@lru_cache(maxsize=1)
def read_forms() -> tuple[Form, ...]:
    """The rows of the table."""
    found = []
    for cues, roles, command in word_tables.read("words/question_forms.tsv"):
        need, bar = (
            frozenset(one.lstrip("!") for one in cues.split() if one.startswith("!") is barred) for barred in (False, True)
        )
        must, may = (tuple(one.lstrip("?") for one in roles.split() if one.startswith("?") is free) for free in (False, True))
        found.append(Form(need, bar, must, may, command))
    return tuple(found)
