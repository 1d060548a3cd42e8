"""What a question leaves in of an answer: without what it excepts ("besides iron"), of a part of the body, of a class of nutrients."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import NamedTuple

from kg.causal.asking.left_out_foods import leave_out
from kg.errors import UsageError
from kg.grounding.asked_degrees import degree_of
from kg.grounding.asked_parts import NUTRIENTS
from kg.grounding.asked_roles import Roles
from kg.grounding.life_stages import group_of
from kg.grounding.normalize import fold
from kg.grounding.resolve import find
from kg.grounding.term_sentence import listed
from kg.rdf import word_tables
from kg.rdf.namespaces import KG
from kg.sparql import library
from kg.sparql.library import reading
from kg.sparql.results import Rows

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from typing import Any

    from kg.causal.asking.asked_graph import AskedGraph
    from kg.grounding.asked_parts import Part, Parts

    Row = tuple[dict[str, str], Any]  # a row as text, and as the engine gave it

#: The column with the term that a row is about, and the one with its label, by the name of the question.
_ABOUT = {
    "causes_of": ("cause", "cause_label"),
    "ways_into": ("way", "way_label"),
    "risk_groups": ("term", "label"),
    "findings_reached_from": ("finding", "finding_label"),
    "rivals_of": ("rival", "rival_label"),
    "treatments_of": ("", "treatment_label"),
    "drugs_that_deplete": ("", "use_label"),
    "interactions_of": ("", "what_label"),
    "foods_richest_in": ("food", "food_label"),
}
#: The column of the label of what a row is about.
LABELS = {name: label for name, (_, label) in _ABOUT.items()}
#: A way may be as strong as two others in a row but for rounding.
_ROUNDED = 0.002
_LABORATORY = re.compile(r"\b(?:blood|lab|laboratory) (?:values?|counts?|results?|findings?|levels?|changes?)\b", re.IGNORECASE)
_CLASSES = {
    "vitamin": ("Vitamin",),
    "mineral": ("Mineral",),
    "electrolyte": ("Mineral",),
    "salt": ("Mineral",),
    "trace element": ("Mineral",),
    "fatty acid": ("FattyAcid",),
}
_CLASS = re.compile(
    rf"\b(?:which|what|any|all|other|only|the|two|three|b) ?(?:other )?({'|'.join(_CLASSES)})s?\b(?! [a-z]?\d*\b(?<= .)| [a-ek]\b)",
    re.IGNORECASE,
)


class Filtered(NamedTuple):
    """Rows that are left, and the words that tell by what they were chosen, to stand before a sentence."""

    rows: list[Row]
    head: str = ""


class BodyPart(NamedTuple):
    """A word for a part of the body, the organ system it means, and what the names of its findings hold."""

    word: str
    system: str
    names: re.Pattern[str]


def choose_rows(graph: AskedGraph, name: str, about: str, rows: list[Row], told: Parts, question: str) -> Filtered:
    """The rows that a question leaves in."""
    if name not in _ABOUT or not rows:
        return Filtered(rows)
    heads = []
    term, label = _ABOUT[name]
    told = told._replace(set_aside=tuple(one for one in told.set_aside if one.how != "purpose"))
    if name == "causes_of" and "drugs" in told.cues:
        uses = {row["named"].value for row in graph.rows(reading("drug_uses", named=[row[1][term].value for row in rows]))}
        rows = [row for row in rows if row[1][term].value in uses] or rows
    if name == "causes_of" and (state := find(graph.rows, about)):  # its own stage is no cause
        own = {row["other"].value for row in graph.rows(reading("stages_of", state=state.iri))}
        rows = [row for row in rows if row[1][term].value not in own] or rows
    excepted = names_of(graph, told.set_aside)
    if excepted and name != "findings_reached_from":
        if name == "foods_richest_in":
            return Filtered(leave_out(graph, told.set_aside, rows), f"without {listed([one.said for one in told.set_aside])}")
        kept = _without(graph, excepted, about, rows, term, label)
        rows, said = kept, "with no" if all(one.how == "absent" for one in told.set_aside) else "besides"
        heads.append(f"{said} {listed(list(excepted))}")
    parts = body_parts(told.unread) if name == "findings_reached_from" else []
    if parts and (held := _of_parts(graph, parts, _all_effects(graph, about) or rows, term, label)):
        rows = held
        words = [found[0] if (found := re.search(rf"\b{one.word}s?\b", question, re.IGNORECASE)) else one.word for one in parts]
        heads.append(f"of the {listed(words)}")
    if name == "findings_reached_from" and _LABORATORY.search(question):
        held = [row for row in rows if row[0]["kind_label"] == "laboratory finding"]
        if held:
            rows = held
            heads.append("in the laboratory")
    kinds = asked_class(question)
    if kinds and name in ("causes_of", "ways_into", "risk_groups"):
        of = nutrients_of(graph, [row[1][term].value for row in rows])
        held = [row for row in rows if of.get(row[1][term].value, ("", "", ""))[1] in kinds]
        rows = held or rows
    return Filtered(rows, ", ".join(heads))


def select_rows(graph: AskedGraph, name: str, about: str, told: Parts, question: str) -> list[str]:
    """The labels of the rows that a question of one state leaves in, in their order; not those of whole groups of people."""
    parameter = next(iter(library.question(name).parameters))
    answer = graph.query(name, **{parameter: about})
    if not isinstance(answer, Rows):
        return []
    plain = [dict(zip(answer.columns, row, strict=True)) for row in answer.plain()]
    rows = choose_rows(graph, name, about, list(zip(plain, answer, strict=True)), told, question).rows
    return [row[LABELS[name]] for row, _ in rows if row.get("way") != "population"]


def count_by_system(graph: AskedGraph, state: str) -> dict[str, int]:
    """How many findings and illnesses that a state leads to belong to each organ system, the most first."""
    found = graph.rows(
        reading(
            "parts_of_findings", finding=[row[1]["finding"].value for row in _all_effects(graph, state)] or [KG + "nothing"]
        )
    )
    held = {(row["system_label"].value, row["finding"].value) for row in found if row["system_label"]}
    return dict(Counter(system for system, _ in sorted(held)).most_common())


def asked_class(question: str) -> tuple[str, ...]:
    """The kinds of nutrients that a question asks for; none where it asks for no class of them.

    >>> asked_class("which minerals fall in refeeding?"), asked_class("is vitamin D good?"), asked_class("any B vitamins?")
    (('Mineral',), (), ('Vitamin',))
    """
    found = _CLASS.search(question)
    return _CLASSES[found[1].casefold()] if found else ()


def names_of(graph: AskedGraph, parts: Iterable[Part]) -> dict[str, tuple[str, ...]]:
    """The states that parts of a question mean, by label, with their IRIs; a nutrient means its lack and its excess."""
    roles = Roles(graph.rows)
    found: dict[str, tuple[str, ...]] = {}
    for one in parts:
        if one.stage:
            found[group_of(one.stage)] = ()
            continue
        nutrient = roles.play("nutrient", one)
        label = roles.play("lack", one) or roles.play("state", one) or (one.term.label if one.term else "")
        if one.how == "excepted" and one.term and one.term.kind in NUTRIENTS and not one.degree and nutrient:
            label, states = nutrient, [_degree(graph, nutrient, degree) for degree in ("lack", "excess")]
        else:
            states = [label]
        terms = [find(graph.rows, state) for state in states if state]
        found[label] = tuple(term.iri for term in terms if term)
    return found


def nutrients_of(graph: AskedGraph, states: Collection[str]) -> dict[str, tuple[str, str, str]]:
    """The nutrient that is too low or too high in each of some states, by IRI: its label, its kind and the deviation."""
    if not states:
        return {}
    return {
        row["state"].value: (
            row["nutrient_label"].value,
            row["kind"].value.rpartition("/")[2],
            row["deviation"].value.rpartition("/")[2],
        )
        for row in graph.rows(reading("nutrients_of_states", state=list(states)))
    }


def body_parts(words: Sequence[str]) -> list[BodyPart]:
    """The parts of the body among words."""
    return [part for word in words for part in [_body().get(word)] if part]


def _degree(graph: AskedGraph, nutrient: str, degree: str) -> str:
    try:
        return degree_of(graph.rows, nutrient, degree)
    except UsageError:
        return ""


def _without(
    graph: AskedGraph, excepted: dict[str, tuple[str, ...]], about: str, rows: list[Row], term: str, label: str
) -> list[Row]:
    """The rows that are not what is excepted, no stage of it, and do not act by way of it."""
    dropped = {iri for iris in excepted.values() for iri in iris}
    if dropped:
        dropped |= {row["other"].value for row in graph.rows(reading("stages_of", state=sorted(dropped)))}
    effect = find(graph.rows, about) if term and dropped else None
    if effect:
        for row in graph.rows(reading("ways_by", through=sorted(dropped), end=effect.iri)):
            if float(row["strength"].value) >= float(row["last"].value) - _ROUNDED:
                dropped.add(row["from"].value)
    named = [re.compile(rf"(?<![\w-]){re.escape(fold(one))}(?![\w-])") for one in excepted]
    return [
        row
        for row in rows
        if not (term and row[1][term].value in dropped) and not any(one.search(fold(row[0][label])) for one in named)
    ]


def _all_effects(graph: AskedGraph, state: str) -> list[Row]:
    """What a state leads to, illnesses too: of a part of the body these are asked for as well."""
    found = find(graph.rows, state)
    rows = graph.rows(reading("effects_of", state=found.iri)) if found else []
    columns = ("finding", "finding_label", "way_strength", "weakest_certainty")
    return [({column: row[column].value for column in columns}, row) for row in rows]


def _of_parts(graph: AskedGraph, parts: Sequence[BodyPart], rows: list[Row], term: str, label: str) -> list[Row]:
    """The rows about findings of any of some parts of the body."""
    found = graph.rows(reading("parts_of_findings", finding=[row[1][term].value for row in rows]))
    systems = {part.system for part in parts} - {""}

    def is_held(name: str) -> bool:
        return any(part.names.search(name) for part in parts)

    own = {
        row["finding"].value
        for row in found
        if is_held(row["part_label"].value) or (row["system_label"] and row["system_label"].value in systems)
    }
    return [row for row in rows if row[1][term].value in own or is_held(row[0][label])]


@lru_cache(maxsize=1)
def _body() -> dict[str, BodyPart]:
    found: dict[str, BodyPart] = {}
    table = "words/body_parts.tsv"
    for words, system, names in word_tables.read(table):
        for word in words.split("|"):
            found.setdefault(fold(word), BodyPart(word, system, word_tables.compile_pattern(table, names, re.IGNORECASE)))
    return found
