"""Sentences about evidence: for and against a claim, what sources dispute, what rests on one of them, and what is not known."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import count, names
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.small_words import Teller, Told


def _evidence(rows: Told, about: str, _question: str) -> str:
    against = sum(row["stance_label"] == "disputes" for row in rows)
    first = rows[0]
    verdict = f"{first['status_label']}, {describe_certainty(first['certainty_label'])}"
    return f"That {about} {first['relation_label']} it is {verdict}: {count(len(rows) - against, 'line')} of evidence for it, {against} against."


def _disputed(rows: Told, _about: str, question: str) -> str:
    named = [row for row in rows if names(row["subject_label"], question) or names(row["object_label"], question)]
    rows = named or rows
    told = list(dict.fromkeys(f"{row['subject_label']} {row['relation_label']} {row['object_label']}" for row in rows))
    return f"Sources disagree on {len(told)} claims, such as {listed(told[:3])}."


def _single(rows: Told, _about: str, question: str) -> str:
    question = re.sub(r"\brests? on\b", "", question)  # which names no rest
    named = [row for row in rows if names(row["subject_label"], question) or names(row["object_label"], question)]
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


#: By the name of the question.
TELLERS: dict[str, Teller] = {
    "evidence_of": _evidence,
    "disputed_claims": _disputed,
    "steps_on_one_source": _single,
    "known_gaps": _gaps,
}
