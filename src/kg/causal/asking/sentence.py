"""The sentence that opens the answer of ``kg ask``: made from the rows and values that the picked command is about to print.

Questions of the library are put in words by :mod:`kg.causal.asking.library_rows`, foods by :mod:`kg.causal.asking.foods`.
"""

from __future__ import annotations

import re

from kg.causal.asking import foods, library_rows, people, routes, several
from kg.causal.asking.rankings import describe_correction, describe_ranking
from kg.causal.asking.small_words import capital
from kg.errors import UsageError
from kg.grounding.asked_parts import FOODS, NUTRIENTS
from kg.grounding.asked_roles import Roles
from kg.grounding.asked_terms import part
from kg.grounding.life_stages import group_of, in_words
from kg.grounding.normalize import fold
from kg.grounding.question_cues import LITTLE, find_unanswered
from kg.grounding.resolve import find
from kg.grounding.term_sentence import describe, listed
from kg.grounding.term_summary import dossier
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked_parts import Part, Parts, Picked


def say(
    graph: AskedGraph, command: Sequence[str], question: str, picked: Picked | None = None, unsaid_alone: bool = False
) -> str:
    """The sentence, after what it says nothing of; empty where there is none to say.

    Parameters:
        picked: how the question was read, so that it is not read again.
        unsaid_alone: whether the sentence itself is left to the command.
    """
    told = (picked.told if picked else None) or part(graph.rows, question)
    said = "" if unsaid_alone else (picked.said if picked else "")
    said = said or ("" if unsaid_alone else _say(graph, command, question, told, picked.wants if picked else ()))
    if not said and not unsaid_alone:
        return "" if command[0] in ("query", "correct", "find", "view") else _NO_ANSWER
    not_said = find_unanswered(question, command)
    unread = _unread(question, told, command, said)
    if LITTLE in not_said and command[1:2] == ["foods_richest_in"]:
        return f"The graph ranks foods by how much {command[3]} they hold and not by how little; kg compare sets two foods side by side."
    parts = [
        label
        for one in (*told.parts, *told.set_aside)
        if one.how != "purpose" and (label := _unsaid(graph, told, one, command, said))
    ]
    unsaid = [*not_said, *unread, *parts]
    if command[1:2] == ["interactions_of"] and (bridge := foods.give_what_is_said(graph, told, said)):
        unsaid, said = list(not_said), f"{bridge} {said}"
    elif parts and command[1:2] == ["interactions_of"]:
        said = f"The graph holds nothing on {listed(parts)} with {command[-1]}; what it holds: {said.removeprefix(f'With {command[-1]}: ')}"
        unsaid = list(not_said)
    purposes = [one.said for one in told.set_aside if one.how == "purpose"]
    head = f"Which drugs are taken for {listed(purposes)} the graph does not tell. " if purposes else ""
    if (
        not not_said
        and "not" in told.cues
        and command[0] in ("query", "explain")
        and len(command) > 2
        and _TURNED.search(question)
    ):
        head = "The graph holds what does, not what does not. "
    read = f"{capital('; '.join(told.values))}. " if told.values else ""
    return f"{read}{f'Of {listed(unsaid)} this answer says nothing. ' if unsaid else ''}{head}{picked.lead if picked else ''}{said}".rstrip()


#: Where the command has nothing that a sentence could say.
_NO_ANSWER = "The graph does not answer this; the command prints what comes nearest."
#: "Which drugs do not ..." asks for what the graph does not hold.
_TURNED = re.compile(
    r"\b(?:which|what|who)\b(?: \S+){0,4}? ?(?:(?:do|does|are|is|can|will|would|should) (?:\S+ ){0,4}?(?:not|never)|don't|doesn't|cannot|aren't|never)\b (?!good|safe|allowed|enough)",
    re.IGNORECASE,
)


def _unread(question: str, told: Parts, command: Sequence[str], said: str) -> list[str]:
    """The words of a question that nothing was made of and of which the answer does not speak; words in a row are told together."""
    text = _text(command, said)
    left = {word for word in told.unread if not _is_spoken(word, text)}
    runs: list[list[str]] = []
    follows = False
    for word in re.findall(r"[^\s?!.,;:()\"]+", question):
        plain = word.strip("'’")
        if fold(plain) in left:
            if not (follows and runs):
                runs.append([])
            runs[-1].append(plain)
        follows = fold(plain) in left
    return [one if one[:1].isupper() else f"'{one}'" for one in dict.fromkeys(" ".join(run) for run in runs)]


def _unsaid(graph: AskedGraph, told: Parts, one: Part, command: Sequence[str], said: str) -> str:
    """The name of a part of the question of which neither the command nor the sentence speaks."""
    if one.term is None:
        whose = group_of(one.stage) if one.stage else one.diet
        if one.stage and "--life_stage" in command:
            return "" if one.stage in command else in_words(one.stage)
        said_so = set(told.words[one.start : one.end])
        whose = "adults" if "adult" in said_so and said_so.isdisjoint(("woman", "man")) else whose
        return "" if "--diet" in command or _is_spoken(fold(whose), _text(command, said)) else whose
    if one.diet and "--diet" in command:
        return ""
    if one.term.kind == "Population" and "--life_stage" in command:
        return ""
    text = _text(command, said)
    names = {fold(one.said), *(fold(term.label) for term in (one.term, *one.others))} - {""}
    spoken = any(_is_spoken(name, text) for name in names)
    nutrient = one.term
    if not spoken and one.term.kind in ("Biomarker", "Quantity") and (name := Roles(graph.rows).play("nutrient", one)):
        nutrient = find(graph.rows, name, "Nutrient") or one.term
    if not spoken and nutrient.kind in NUTRIENTS:  # hypocalcemia speaks of calcium
        spoken = any(f" {fold(row['label'].value)} " in text for row in graph.rows(reading("states_of", thing=nutrient.iri)))
    if spoken or _is_meant(graph, one, command):
        return ""
    return (
        one.said if one.term.kind == "FoodGroup" and one.said else one.term.label
    )  # grapefruit is asked about, and no citrus fruit


def _is_meant(graph: AskedGraph, one: Part, command: Sequence[str]) -> bool:
    """Whether a command speaks of a part by the lack behind it: of scurvy by vitamin C deficiency, of a remedy by what it makes good."""
    if command[:2] == ["query", "foods_richest_in"]:
        return command[3] == Roles(graph.rows).play("short", one)
    if command[0] != "query" or command[1] not in ("goes_back", "onset_of"):
        return False
    own = {row["disease"].value: row["status"].value for row in graph.rows(reading("own_diseases"))}
    lack = find(graph.rows, f"<{own[one.term.iri]}>") if one.term and one.term.iri in own else None
    return command[-1] in (lack.label if lack else "", Roles(graph.rows).play("supply", one))


#: Words of labels that tell no two things apart.
_COMMON = frozenset(
    map(fold, ("vitamin", "deficiency", "excess", "and", "use", "diet", "drinking", "eating", "intake", "with"))
)


def _text(command: Sequence[str], said: str) -> str:
    return f" {fold(' '.join(command))} {fold(said)} "


def _is_spoken(name: str, text: str) -> bool:
    """Whether a text holds a name, or a word of it that tells it from others: "vitamin" does not."""
    if (vitamin := re.search(r"\bvitamin [a-z]\d*\b", name)) and f" {vitamin[0]} " in text:
        return True
    words = [word for word in name.split() if len(word) > 2 and word not in _COMMON]
    if "nerve" in words and "neuropath" in text:  # nerves are told in Greek
        return True
    return any(f" {word[:5]}" in text for word in words) if words else f" {name} " in text


def _say(graph: AskedGraph, command: Sequence[str], question: str, told: Parts, wants: Collection[str]) -> str:
    name, *rest = command
    try:
        if name == "query":
            said = several.describe_needs(graph, command, question, told)
            return (
                said
                or f"{people.describe_whom(graph, command, question, told)}{library_rows.say(graph, rest, question, told, wants)}{several.describe_usual(graph, command, question)}"
            )
        if name == "paths":
            return routes.describe_route(graph, rest[0], rest[1])
        if name == "explain":
            return describe_ranking(graph, rest, question, told)
        if name == "correct":
            return describe_correction(graph, rest, "back" in told.cues and told.words[0] not in ("what", "which"))
        if name == "compare":
            return several.compare_foods(graph, question, told) or foods.compare(graph, rest[0], rest[1], question)
        if name == "plate":
            return foods.plate(graph, rest, question)
        if name == "term":
            return foods.food(graph, rest[0], question, rest[2] if "--portion" in rest else None) or _term(graph, rest[0])
    except UsageError:  # the command itself says what is wrong
        return ""
    return ""


def _term(graph: AskedGraph, name: str) -> str:
    """What the page of a term says at its head."""
    found = find(graph.rows, name)
    return describe(graph.rows, found, dossier(graph.rows, found)) if found and found.kind not in FOODS else ""
