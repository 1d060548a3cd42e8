"""Sentences about whom something is for: in whom a remedy is given, and what raises a need that no table of needs is kept for."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import capital
from kg.grounding.asked_roles import Roles
from kg.grounding.resolve import find
from kg.grounding.term_sentence import listed
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked_parts import Parts

_WHO_TAKES = re.compile(r"^(?:who|which people|what people)\b.*\b(?:take|need|have|get|give|supplement)", re.IGNORECASE)
_GIVEN = ("supplementation", "supplement use", "injection")


def describe_whom(graph: AskedGraph, command: Sequence[str], question: str, told: Parts) -> str:
    """What is to be said first of the people of a question; empty where there is nothing."""
    if command[1] == "risk_groups" and _WHO_TAKES.match(question):
        return _given_to(graph, told)
    if command[1] == "need_at" and "--nutrient" in command and "--life_stage" not in command:
        return _raised_need(graph, command[command.index("--nutrient") + 1], told)
    return ""


def _given_to(graph: AskedGraph, told: Parts) -> str:
    """In whom the remedy of a question treats or prevents something."""
    roles = Roles(graph.rows)
    remedies = [
        term.iri
        for one in told.parts
        for name in {one.term.label.removesuffix(" use") if one.term else "", roles.play("nutrient", one)} - {""}
        for word in _GIVEN
        if (term := find(graph.rows, f"{name} {word}"))
    ]
    whom: dict[str, list[str]] = {}
    for row in graph.rows(reading("given_to", remedy=remedies)) if remedies else ():
        claim = f"{row['remedy_label'].value} {row['relation_label'].value} {row['outcome_label'].value}"
        whom.setdefault(f"{claim} ({row['status_label'].value})", []).append(row["whom_label"].value)
    settled = sorted(whom.items(), key=lambda one: "(established)" not in one[0])
    said = [f"{claim.rpartition(' (')[0]} in {listed(people)} ({claim.rpartition(' (')[2]}" for claim, people in settled]
    return f"{capital(listed(said))}. " if said else ""


def _raised_need(graph: AskedGraph, nutrient: str, told: Parts) -> str:
    """That what a question names raises the need of a nutrient, where that is no stage of life."""
    raised = find(graph.rows, f"increased {nutrient} requirement")
    groups = [one.term for one in told.parts if one.term and one.term.kind in ("Exposure", "Condition") and one.term.iri]
    if raised is None or not groups:
        return ""
    found = graph.rows(reading("claims_joining", thing=[group.iri for group in groups], outcome=[raised.iri]))
    named = list(dict.fromkeys(row["label"].value for row in found))
    return f"{capital(listed(named))}: {raised.label}; the tables of needs set no amount for it. " if named else ""
