"""Of the commands that speak of the same terms the one that has an answer: a claim may speak of the use of what a question names.

The order: what is asked for itself; what is given, taken or lacked of it; what joins the same two things in another way.
"""

from __future__ import annotations

import re

from kg.errors import UsageError
from kg.grounding.asked_parts import NUTRIENTS
from kg.grounding.asked_roles import Roles
from kg.grounding.resolve import find
from kg.sparql import library
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from kg.grounding.asked_parts import Part, Parts
    from kg.grounding.resolve import Asked, Term

#: What the giving of a nutrient is called after its name.
_GIVEN = ("supplementation", "supplement use", "injection", "intake", "therapy", "use")
#: The kinds of what a claim speaks of, the one that a bare name means most likely first.
_KINDS = ("Treatment", "Exposure", "Drug", "Substance", "NutrientStatus", "Condition")


def find_nearest(rows: Asked, command: Sequence[str], told: Parts) -> list[str]:
    """The command itself, or the nearest one that has an answer where the graph says of the same terms that it has none."""
    try:
        found = _in_blood(rows, command, told)
        refine = _REFINED.get(found[1] if found[0] == "query" else found[0])
        if found[0] == "correct" and "back" in told.cues and told.words[:1] not in (("what",), ("which",)):
            refine = _corrected
        return (refine(rows, found, list(told.parts)) if refine else None) or found
    except UsageError:  # a name of several things: the command itself says so
        return list(command)


def _in_blood(rows: Asked, command: Sequence[str], told: Parts) -> list[str]:
    """The command about the level in blood, where the words ask for that and a state of its own is known: hypocalcemia."""
    if not _OF_BLOOD.search(" ".join(told.words)):
        return list(command)
    names = {find(rows, word, "NutrientStatus") for word in command[1:] if not word.startswith("-")} - {None}
    levels = {
        one.label: next((row["label"].value for row in rows(reading("states_alike", state=one.iri))), "")
        for one in names
        if one
    }
    return [levels.get(word) or word for word in command]


def _causes(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """The high level in blood, where it is asked what raises a nutrient: of that the causes are told."""
    state = find(rows, command[-1], "NutrientStatus")
    if state is None or not any(one.term and one.term.kind in NUTRIENTS and not one.degree for one in parts):
        return None
    alike = [row["label"].value for row in rows(reading("states_alike", state=state.iri))]
    return [*command[:-1], alike[0]] if alike else None


#: A level in blood and no test of it.
_OF_BLOOD = re.compile(
    r"\bin (?:the |my )?blood\b|\b(?:serum|plasma|blood) (?!test|pressure|sugar|loss|thinner|cell|work)\w+|\w+ levels?\b"
)


def _treated(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """The evidence of what a remedy does to a state, where it is no treatment of it: a supplement may bring an illness on."""
    ill = find(rows, command[-1])
    roles = Roles(rows)
    remedy = next((one for one in parts if one.term and roles.play("remedy", one) and not _same(one, ill)), None)
    if ill is None or remedy is None:
        return _milder(rows, ill) if ill else None
    given = [one for one in _forms(rows, remedy) if one.kind not in ("NutrientStatus", "Condition")]  # to lack it is no remedy
    joined = _joined(rows, given, [ill])
    if not joined or any(row["claim_kind"].value.endswith("TreatmentClaim") for row in joined):
        return None
    return ["query", "evidence_of", "--subject", joined[0]["label"].value, "--object", ill.label]


def _milder(rows: Asked, ill: Term) -> list[str] | None:
    """What treats the state itself, where nothing is known to treat its severe form."""
    wider = find(rows, ill.english.removeprefix("severe ")) if ill.english.startswith("severe ") else None
    told = wider and list(rows(library.question("treatments_of").bound({"state": f"<{ill.iri}>"})))
    return ["query", "treatments_of", "--state", wider.label] if wider and not told else None


def _evidence(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """The evidence of what is given or lacked of a thing, where no claim speaks of the thing by its bare name."""
    subject, outcome = find(rows, command[3]), find(rows, command[5])
    if subject is None or outcome is None or _joined(rows, [subject], [outcome]):
        return None
    one = next((one for one in parts if one.term == subject or subject in one.others), None)
    joined = _joined(rows, _forms(rows, one) if one else _named(rows, subject), [outcome])
    return [*command[:3], joined[0]["label"].value, *command[4:]] if joined else None


def _interaction(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """What taking a drug does to the nutrient that is named, where the one does not change the uptake of the other."""
    drug = find(rows, command[-1])
    nutrient = next((one.term for one in parts if one.term and one.term.kind in NUTRIENTS), None)
    if drug is None:
        return None
    told = list(rows(library.question("interactions_of").bound({"drug": f"<{drug.iri}>"})))
    if not told and nutrient is None:
        return ["explain", "--context", drug.label]
    own = re.compile(rf"(?<![\w-]){re.escape(nutrient.english)}(?![\w-])", re.IGNORECASE) if nutrient else None
    if own and any(own.search(row["what_label"].value) for row in told):
        return None
    joined = _joined(rows, _named(rows, drug), _states(rows, nutrient)) if nutrient else []
    return ["paths", joined[0]["label"].value, joined[0]["outcome_label"].value] if joined else None


def _at_risk(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """The route from a way of living to a state, where the table of those at risk does not name it."""
    state = find(rows, command[-1])
    group = next(
        (
            one.term
            for one in parts
            if one.term
            and one.term.kind in ("Drug", "Exposure", "Condition")
            and not _same(one, state)
            and Roles(rows).play("supply", one) != command[-1]  # who takes it is asked, and it brings on no lack of itself
        ),
        None,
    )
    if state is None or group is None:
        return None
    if group.kind == "Drug":
        use = next((one for one in _named(rows, group) if one.kind == "Exposure"), group)
        return ["paths", use.label, state.label]
    told = rows(library.question("risk_groups").bound({"state": f"<{state.iri}>"}))
    named = {row["term"].value for row in told}
    return None if group.iri in named else ["paths", group.label, state.label]


def _goes_back(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """What is reckoned to end with a state, where no source says how far it goes back."""
    state = find(rows, command[-1])
    told = state and list(rows(library.question("goes_back").bound({"state": f"<{state.iri}>"})))
    return ["correct", state.label] if state and not told and state.kind in ("NutrientStatus", "Condition") else None


def _onset(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """When the lack comes about whose own disease a state is, where no source says it of the disease: vitamin C deficiency for scurvy."""
    state = find(rows, command[-1])
    if state is None:
        return None
    told = rows(library.question("onset_of").bound({"state": f"<{state.iri}>"}))
    if any(row["object_label"].value == state.label for row in told):
        return None
    for row in rows(reading("own_diseases")):
        if row["disease"].value == state.iri and (lack := find(rows, f"<{row['status'].value}>")):
            return [*command[:-1], lack.label]
    return None


def _corrected(rows: Asked, command: list[str], parts: list[Part]) -> list[str] | None:
    """What sources say of how far a state goes back, where they do and that is asked."""
    state = find(rows, command[-1]) if len(command) == 2 else None
    told = state and list(rows(library.question("goes_back").bound({"state": f"<{state.iri}>"})))
    return ["query", "goes_back", "--state", state.label] if told and state else None


_REFINED: dict[str, Callable[[Asked, list[str], list[Part]], list[str] | None]] = {
    "treatments_of": _treated,
    "evidence_of": _evidence,
    "interactions_of": _interaction,
    "risk_groups": _at_risk,
    "causes_of": _causes,
    "goes_back": _goes_back,
    "onset_of": _onset,
}


def _same(one: Part, term: Term | None) -> bool:
    return term is not None and term in (one.term, *one.others)


def _forms(rows: Asked, one: Part) -> list[Term]:
    """What a part of a question may mean in a claim: itself, and what is given, taken or lacked of it."""
    terms = [term for term in (one.term, *one.others) if term and term.iri]
    return list(dict.fromkeys(form for term in terms for form in _named(rows, term)))


def _named(rows: Asked, term: Term) -> list[Term]:
    found: list[Term | None] = [term, *(find(rows, f"{term.english} {word}") for word in _GIVEN)]
    if term.kind in ("Drug", "Exposure"):
        found += [find(rows, f"<{row[1].value}>") for row in rows(reading("drug_uses", named=[term.iri]))]
    if term.kind in NUTRIENTS:
        found += _states(rows, term)
    return [one for one in found if one]


def _states(rows: Asked, nutrient: Term) -> list[Term]:
    found = [find(rows, f"<{row['state'].value}>") for row in rows(reading("states_of", thing=nutrient.iri))]
    return [one for one in found if one and one.kind in ("NutrientStatus", "Condition")]


def _joined(rows: Asked, things: Sequence[Term], outcomes: Sequence[Term]) -> list[Any]:
    """The claims that join a thing to an outcome, in the order of the things."""
    if not things or not outcomes:
        return []
    order = [one.iri for one in things]
    found = rows(reading("claims_joining", thing=order, outcome=[one.iri for one in outcomes]))
    return sorted(found, key=lambda row: (order.index(row["thing"].value) > 0, _rank(row), order.index(row["thing"].value)))


def _rank(row: Any) -> int:
    kind = row["kind"].value.rpartition("/")[2]
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)
