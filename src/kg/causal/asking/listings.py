"""Sentences of questions of the library that list: an opening, and the first rows by a pattern."""

from __future__ import annotations

from functools import partial

from kg.causal.asking.small_words import capital, count
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.small_words import Teller, Told

_CLAIM = "{subject_label} {relation_label} {object_label}"
#: What opens the sentence ("{about}" is what the question is about, "{n}" how many there are), and what is told of a row.
_LISTS = {
    "cutoffs_that_disagree": ("bodies disagree on the cut-offs of", "{biomarker_label}"),
    "deficiencies_that_mimic": ("{n} pairs of deficiencies share findings, such as", "{first_label} and {second_label}"),
    "excess_like_deficiency": ("an excess looks like a lack in {n} pairs, such as", "{excess_label} and {deficiency_label}"),
    "feedback_loops": ("the graph knows {n} loops:", "{first_label} - {second_label} - {third_label}"),
    "sources_read": ("{n} sources were read, first by the number of claims", "{source_label} ({claims} claims)"),
    "contents": ("the graph holds", "{number} {what}"),
    "coverage": ("{n} nutrients are covered:", "{nutrient_label} ({claims} claims)"),
    "mapping_coverage": ("mapped to public ontologies are", "{mapped} of {terms} terms of the kind {kind_label}"),
    "terms_without_mapping": ("{n} terms are not mapped, such as", "{label}"),
    "claims_on_weak_sources": ("{n} claims rest on weak sources, such as", _CLAIM),
    "claims_with_evidence_on_both_sides": ("{n} claims have evidence on both sides, such as", _CLAIM),
    "dispute_outranks_support": ("the evidence against weighs as much or more for {n} claims, such as", _CLAIM),
    "claims_about": ("{n} claims are about {about}, such as", _CLAIM),
    "joined_by": ("{about} is joined by", _CLAIM),
    "kept_if_corrected": ("with {about} corrected, other causes may keep up", "{finding_label}"),
    "rivals_of": ("causes of {about} that are no matter of nutrition:", "{rival_label}"),
    "candidates_for": ("most of the findings are reached from", "{candidate_label}"),
    "steps_between": ("{n} steps lie on the ways, such as", "{cause_label} {relation_label} {effect_label}"),
    "findings_by_organ_system": ("findings that the states of nutrients reach:", "{nutrient_label}: {findings} of {system_label}"),
    "statements": ("{n} statements of the articles are held, such as", "{statement_label} ({verdict_label})"),
    "statements_not_carried": ("{n} statements of the articles are contested or not spoken to, such as", "{statement_label} ({verdict_label})"),
    "statements_without_claim": ("statements that no claim expresses:", "{statement_label}"),
}  # fmt: skip


def _list(opening: str, pattern: str, rows: Told, about: str, _question: str) -> str:
    told = list(dict.fromkeys(pattern.format_map(row).removesuffix(" - ") for row in rows))
    return capital(f"{opening.format(n=len(told), about=about)} {listed(told)}.")


def list_rows(rows: Told, _about: str, _question: str) -> str:
    """The first rows of any other question, by their labels."""
    labels = [column for column in rows[0] if column.endswith("label")][:2] or list(rows[0])[:2]
    told = list(dict.fromkeys(" ".join(filter(None, (row[column] for column in labels))) for row in rows))
    return f"{count(len(told), 'row')} {'answers' if len(told) == 1 else 'answer'}, the first of them {listed(told)}."


#: By the name of the question.
TELLERS: dict[str, Teller] = {name: partial(_list, *told) for name, told in _LISTS.items()}
