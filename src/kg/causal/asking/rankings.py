"""Sentences about rankings: what would explain findings, what circumstances put a person at risk of, and what ends when a state is corrected."""

from __future__ import annotations

import re

from kg.causal.asking.filters import asked_class, names_of, nutrients_of
from kg.grounding.asked_order import find_suspects
from kg.grounding.asked_roles import Roles
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.causal.explain import Explanation
    from kg.grounding.asked_parts import Parts

#: So many explanations are told, and so many lacks where all are asked for.
_SHOWN, _SHOWN_LACKS = 3, 6
#: Asks for nutrients, and for no other illness.
_OF_NUTRIENTS = re.compile(
    r"\b(?:nutrients?|vitamins?|minerals?|electrolytes?|deficien\w+|lack\w*|short|low|miss\w*)\b", re.IGNORECASE
)
#: Where a ranking is read for a class of nutrients, so many places of it are.
_DEEP = 40


def describe_ranking(graph: AskedGraph, words: Sequence[str], question: str, told: Parts) -> str:
    """What would explain the findings best, where a suspected cause stands, or what the circumstances put a person at risk of."""
    options = {"--context": [], "--absent": [], "": []}  # type: dict[str, list[str]]
    option = ""
    for word in words:
        if word in options:
            option = word
        else:
            options[option].append(word)
            option = ""
    findings, context, absent = options[""], options["--context"], options["--absent"]
    answer = graph.explain(findings, absent, context)
    labels = _candidates(graph, answer, findings, question, told)
    names = labels if findings else [one for one in labels if not one.endswith(" use")]  # that a drug is of a class is no news
    if not names:
        return ""
    by_label = {answer.causal.label(one.iri): one.iri for one in answer.candidates}
    tests = dict.fromkeys(test.label for one in names[:3] if (test := answer.next_tests.get(by_label[one])))
    if not findings:
        watched = f"; worth testing: {listed(list(tests))}" if tests else ""
        shown = _SHOWN_LACKS if _OF_NUTRIENTS.search(question) else _SHOWN
        return f"With {listed(context)} look out for {listed(names[:shown], shown)}{watched}."
    first, *others = names[:3]
    then = f", then {' and '.join(others)}" if others else ""
    apart = next((one for one in tests if not any(one.removeprefix("serum ") in name for name in findings)), "")
    which = f"; {apart} would help to tell them apart" if apart and others else ""
    without = f" without {listed(absent)}" if absent else ""
    placed = _place(graph, names, told)
    return f"{placed}Of what the graph knows {first} would explain {listed(findings)}{without} best{then}{which}."


def _candidates(graph: AskedGraph, answer: Explanation, findings: list[str], question: str, told: Parts) -> list[str]:
    """The candidates that the question leaves in, the likeliest first; of several states of one nutrient the first."""
    left_out = {iri for iris in names_of(graph, told.set_aside).values() for iri in iris}
    found = [one.iri for one in answer.candidates if one.iri not in left_out]
    kinds = asked_class(question)
    if kinds or _OF_NUTRIENTS.search(question):
        of = nutrients_of(graph, [one for one in found if one in answer.nutritional])
        held = [one for one in found if one in of and (not kinds or of[one][1] in kinds)]
        if not findings:
            told_of: dict[tuple[str, str], str] = {}
            for one in held:
                told_of.setdefault((of[one][0], of[one][2]), one)
            held = list(told_of.values())
        found = held or found
    return [answer.causal.label(one) for one in found]


def _place(graph: AskedGraph, ranked: list[str], told: Parts) -> str:
    """At which place of the ranking a suspected cause stands, or that it is not among the first; empty where none is suspected."""
    roles = Roles(graph.rows)
    said = []
    for one in find_suspects(told):
        name = roles.play("lack", one) or roles.play("state", one)
        if name in ranked:
            said.append(f"{name} comes {_ORDINALS[ranked.index(name)]} among what would explain it")
        elif name:
            said.append(f"{name} is not among the first {len(ranked)} that would explain it")
    return f"{said[0][:1].upper()}{'; '.join(said)[1:]}. " if said else ""


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def describe_correction(graph: AskedGraph, words: Sequence[str], asks_back: bool) -> str:
    """What ends when a state is corrected, or what to correct so that a finding ends."""
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
    told = f"{told}; {listed(lasting)} may not go back wholly." if lasting else f"{told}."
    return f"How far {state} goes back no source of the graph says; reckoned from its routes: {told}" if asks_back else told
