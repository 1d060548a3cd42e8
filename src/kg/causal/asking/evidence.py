"""Sentences about evidence: for and against a claim, what sources dispute, what rests on one of them, and what is not known."""

from __future__ import annotations

import re
from itertools import combinations

from kg.causal.asking.small_words import capital, count, is_lack, names, wholly_named
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.asking.small_words import Teller, Told


def _evidence(rows: Told, about: str, question: str) -> str:
    by_relation: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_relation.setdefault(row["relation_label"], []).append(row)
    told = []
    for relation, lines in by_relation.items():
        stances = [row["stance_label"] for row in lines]
        against, open_ = stances.count("disputes"), stances.count("mixed")
        verdict = f"{lines[0]['status_label']}, {describe_certainty(lines[0]['certainty_label'])}"
        held = f"{count(len(lines) - against - open_, 'line')} of evidence for it, {against} against"
        told.append(f"that {about} {relation} it is {verdict}: {held}{f', {open_} undecided' if open_ else ''}")
    named = f" Sources: {listed(list(dict.fromkeys(row['source_label'] for row in rows)))}." if _ASKS.search(question) else ""
    return f"{capital('; '.join(told))}.{named}"


#: Asks for the sources themselves.
_ASKS = re.compile(r"\b(?:sources?|studies|study|papers?|references?|who says|citations?)\b", re.IGNORECASE)


def _disputed(rows: Told, _about: str, question: str) -> str:
    named = [row for row in rows if wholly_named(row["subject_label"], question) or wholly_named(row["object_label"], question)]
    rows = named or rows
    told = list(dict.fromkeys(f"{row['subject_label']} {row['relation_label']} {row['object_label']}" for row in rows))
    return f"Sources disagree on {len(told)} claims, such as {listed(told[:3])}."


def _single(rows: Told, _about: str, question: str) -> str:
    question = re.sub(r"\brests? on\b", "", question)  # which names no rest
    named = [row for row in rows if wholly_named(row["subject_label"], question) or wholly_named(row["object_label"], question)]
    told = [f"{row['subject_label']} {row['relation_label']} {row['object_label']}" for row in named or rows]
    whose = f"{len(named)} speak of what you name, such as" if named else "the first of them are"
    return f"{count(len(rows), 'claim')} rest on one source; {whose} {listed(told)}."


def _gaps(rows: Told, _about: str, question: str) -> str:
    named = [row for row in rows if names(row["label"], question)]
    kinds: dict[str, int] = {}
    for row in named or rows:
        kinds[row["gap"]] = kinds.get(row["gap"], 0) + 1
    told = listed([f"{gap} ({number})" for gap, number in kinds.items()])
    examples = f", such as {listed([row['label'] for row in named])}" if named else ""
    return f"What is not known or weak{' of what you name' if named else ''}: {told}{examples}."


def _of_source(rows: Told, about: str, _question: str) -> str:
    against = sum(row["stance_label"] == "disputes" for row in rows)
    told = list(dict.fromkeys(f"{row['subject_label']} {row['relation_label']} {row['object_label']}" for row in rows))
    return f"{capital(about)} speaks to {count(len(told), 'claim')} ({count(against, 'line')} against), such as {listed(told)}."


def _shared(rows: Told, _about: str, question: str) -> str:
    """The steps that all the states of a question lead to; where it names less than two, those that most states lead to."""
    lacks_alone = not re.search(r"excess|overload|too much|toxic", question.casefold())
    known = dict.fromkeys(one for row in rows for one in row["which"].split(", "))
    named = [one for one in known if names(one, question) and (is_lack(one) or not lacks_alone)]
    if len(named) < 2:
        told = [f"{row['mechanism_label']} ({row['statuses']} states)" for row in rows[:3]]
        return f"The steps that most states of nutrients lead to: {listed(told)}."
    if shared := _shared_by(rows, named):
        return f"{capital(listed(named, 6))} share {listed(shared, 6)}."
    pairs = [
        f"{listed(list(pair))} share {listed(some, 3)}" for pair in combinations(named, 2) if (some := _shared_by(rows, pair))
    ]
    none = f"The graph knows no mechanism that {listed(named)} share."
    return f"{none} {capital('; '.join(pairs))}." if len(named) > 2 and pairs else none


def _shared_by(rows: Told, states: Sequence[str]) -> list[str]:
    """The mechanisms that all of some states lead to, the strongest first."""
    shared = [row for row in rows if set(states) <= set(row["which"].split(", "))]
    return [row["mechanism_label"] for row in sorted(shared, key=lambda row: -float(row["strongest"]))]


#: By the name of the question.
TELLERS: dict[str, Teller] = {
    "evidence_of": _evidence,
    "disputed_claims": _disputed,
    "steps_on_one_source": _single,
    "known_gaps": _gaps,
    "claims_of_source": _of_source,
    "shared_mechanisms": _shared,
}
