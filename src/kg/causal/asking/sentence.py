"""The sentence that opens the answer of ``kg ask``: made from the rows and values that the picked command is about to print.

Questions of the library are put in words by :mod:`kg.causal.asking.library_rows`, foods by :mod:`kg.causal.asking.foods`.
"""

from __future__ import annotations

import re

from kg.causal.asking import foods, library_rows, routes
from kg.causal.asking.small_words import capital
from kg.errors import UsageError
from kg.grounding.asked_intents import find_unanswered
from kg.grounding.asked_parts import FOODS, NUTRIENTS
from kg.grounding.asked_terms import part
from kg.grounding.life_stages import group_of, in_words
from kg.grounding.normalize import fold
from kg.grounding.resolve import find
from kg.grounding.term_sentence import describe, listed
from kg.grounding.term_summary import dossier
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked import Picked
    from kg.grounding.asked_parts import Part, Parts


def say(
    graph: AskedGraph, command: Sequence[str], question: str, picked: Picked | None = None, unsaid_alone: bool = False
) -> str:
    """The sentence, after what it says nothing of; empty where there is none to say.

    Parameters:
        picked: how the question was read, so that it is not read again.
        unsaid_alone: whether the sentence itself is left to the command.
    """
    told = (picked.told if picked else None) or part(graph.rows, question)
    said = "" if unsaid_alone else _say(graph, command, question, told)
    if not said and not unsaid_alone:
        return "" if command[0] in ("query", "correct", "find", "view") else _NO_ANSWER
    not_said = find_unanswered(question, command)
    unread = [f"'{word}'" for word in told.unread] if command[0] == "term" or command[1].startswith("foods_") else []
    if _LITTLE in not_said and command[1:2] == ["foods_richest_in"]:
        return f"The graph ranks foods by how much {command[3]} they hold and not by how little; kg compare sets two foods side by side."
    parts = [label for one in told.parts if (label := _unsaid(graph, one, command, said))]
    unsaid = [
        *not_said,
        *unread,
        *([] if unread else [one for one in _bodies(question, told.unread) if not _is_spoken(fold(one), fold(said))]),
        *parts,
    ]
    if command[1:2] == ["interactions_of"] and (bridge := foods.give_what_is_said(graph, told, said)):
        unsaid, said = list(not_said), f"{bridge} {said}"
    elif parts and command[1:2] == ["interactions_of"]:
        said = f"The graph holds nothing on {listed(parts)} with {command[-1]}; what it holds: {said.removeprefix(f'With {command[-1]}: ')}"
        unsaid = list(not_said)
    head = ""
    if not not_said and "not" in told.cues and command[0] in ("query", "explain") and _TURNED.search(question):
        head = "The graph holds what does, not what does not. "
    read = f"{capital('; '.join(told.values))}. " if told.values else ""
    return f"{read}{f'Of {listed(unsaid)} this answer says nothing. ' if unsaid else ''}{head}{said}".rstrip()


#: Where the command has nothing that a sentence could say.
_NO_ANSWER = "The graph does not answer this; the command prints what comes nearest."
#: Asked for foods with little of something.
_LITTLE = "what holds little of it"
#: "Which drugs do not ..." asks for what the graph does not hold.
_TURNED = re.compile(
    r"\b(?:which|what|who)\b(?: \S+){0,4}? ?(?:(?:do|does|are|is|can|will|would|should) (?:\S+ ){0,4}?(?:not|never)|don't|doesn't|cannot|aren't|never)\b (?!good|safe|allowed|enough)",
    re.IGNORECASE,
)


def _bodies(question: str, unread: Sequence[str]) -> list[str]:
    """Names in capitals that nothing was made of, such as that of a body whose limit is asked for."""
    found: list[str] = []
    follows = True  # what opens the question has a capital in any case
    for word in question.split():
        plain = word.strip("?!.,;:'\"")
        if not follows and plain[:1].isupper() and fold(plain) in unread:
            found.append(plain)
        elif found and found[-1] and not plain[:1].isupper():
            found.append("")
        follows = False
    return [name for name in " ".join(one or "|" for one in found).replace(" | ", "|").strip("| ").split("|") if name.strip()]


def _unsaid(graph: AskedGraph, one: Part, command: Sequence[str], said: str) -> str:
    """The name of a part of the question of which neither the command nor the sentence speaks."""
    if one.term is None:
        whose = group_of(one.stage) if one.stage else one.diet
        if one.stage and "--life_stage" in command:
            return "" if one.stage in command else in_words(one.stage)
        return "" if "--diet" in command or _is_spoken(fold(whose), _text(command, said)) else whose
    if one.diet and "--diet" in command:
        return ""
    if one.term.kind == "Population" and "--life_stage" in command:
        return ""
    text = _text(command, said)
    names = {fold(one.said), *(fold(term.label) for term in (one.term, *one.others))} - {""}
    spoken = any(_is_spoken(name, text) for name in names)
    if not spoken and one.term.kind in NUTRIENTS:  # hypocalcemia speaks of calcium
        spoken = any(f" {fold(row['label'].value)} " in text for row in graph.rows(reading("states_of", thing=one.term.iri)))
    return "" if spoken else one.term.label


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
    return any(f" {word[:5]}" in text for word in words) if words else f" {name} " in text


def _say(graph: AskedGraph, command: Sequence[str], question: str, told: Parts) -> str:
    name, *rest = command
    try:
        if name == "query":
            return library_rows.say(graph, rest, question, told)
        if name == "paths":
            return routes.describe_route(graph, rest[0], rest[1])
        if name == "explain":
            return _explain(graph, rest, question)
        if name == "correct":
            return _correct(graph, rest)
        if name == "compare":
            return foods.compare(graph, rest[0], rest[1], question)
        if name == "plate":
            return foods.plate(graph, rest, question)
        if name == "term":
            return foods.food(graph, rest[0], question, rest[2] if "--portion" in rest else None) or _term(graph, rest[0])
    except UsageError:  # the command itself says what is wrong
        return ""
    return ""


#: So many explanations are told, and so many lacks where all are asked for.
_SHOWN, _SHOWN_LACKS = 3, 6
#: Asks for nutrients, and for no other illness.
_OF_NUTRIENTS = re.compile(r"\b(?:nutrients?|vitamins?|minerals?|deficien\w+|lack\w*|short|low|miss\w*)\b", re.IGNORECASE)


def _explain(graph: AskedGraph, words: Sequence[str], question: str) -> str:
    context = [word for at, word in enumerate(words) if at and words[at - 1] == "--context"]
    findings = [word for at, word in enumerate(words) if word != "--context" and (not at or words[at - 1] != "--context")]
    answer = graph.explain(findings, context=context)
    candidates = list(answer.candidates)
    shown = _SHOWN
    if _OF_NUTRIENTS.search(question):
        candidates = [one for one in candidates if one.iri in answer.nutritional] or candidates
        if not findings:  # what is lacking is asked, and not what follows from that
            kinds = {iri: (found := find(graph.rows, f"<{iri}>")) and found.kind for iri in (one.iri for one in candidates)}
            candidates = [one for one in candidates if kinds[one.iri] == "NutrientStatus"] or candidates
            shown = _SHOWN_LACKS
    labels = [answer.causal.label(one.iri) for one in candidates]
    names = labels if findings else [one for one in labels if not one.endswith(" use")]  # that a drug is of a class is no news
    if not names:
        return ""
    tests = dict.fromkeys(test.label for one in candidates[:3] if (test := answer.next_tests.get(one.iri)))
    if not findings:
        watched = f"; worth testing: {listed(list(tests))}" if tests else ""
        return f"With {listed(context)} look out for {listed(names[:shown], shown)}{watched}."
    first, *others = names[:3]
    then = f", then {' and '.join(others)}" if others else ""
    apart = next((one for one in tests if not any(one.removeprefix("serum ") in told for told in findings)), "")
    which = f"; {apart} would help to tell them apart" if apart and others else ""
    return f"Of what the graph knows {first} would explain {listed(findings)} best{then}{which}."


def _term(graph: AskedGraph, name: str) -> str:
    """What the page of a term says at its head."""
    found = find(graph.rows, name)
    return describe(graph.rows, found, dossier(graph.rows, found)) if found and found.kind not in FOODS else ""


def _correct(graph: AskedGraph, words: Sequence[str]) -> str:
    if words[0] == "--for":
        found = graph.correct_for(words[1])
        causes = [found.causal.label(iri) for iri in found.causes]
        return f"What to correct first, so that {words[1]} ends: {listed(causes)}." if causes else ""
    answer = graph.correct(*words)
    label = answer.causal.label
    state = " and ".join(map(label, answer.corrected))
    parts = [
        f"{listed([label(iri) for iri in group])} {verb}"
        for group, verb in ((list(answer.lost), "should end"), (list(answer.improved), "should get better"))
        if group
    ]
    if not answer.strengths:
        return f"No finding is reached from {state} by a route that carries anything."
    told = f"With {state} corrected, {', and '.join(parts)}" if parts else f"With {state} corrected, no finding ends"
    lasting = [label(iri) for iri in answer.may_not_reverse]
    return f"{told}; {listed(lasting)} may not go back wholly." if lasting else f"{told}."
