"""The roles that the terms of a question may play in its answer: a nutrient, its lack, a cause, an effect, a remedy, a group of people."""

from __future__ import annotations

from kg.errors import UnknownName, UsageError
from kg.grounding.asked_degrees import degree_of, nutrient_of
from kg.grounding.asked_parts import FOODS, NUTRIENTS, STATES
from kg.grounding.food_names import eaten
from kg.grounding.life_stages import group_of, life_stage
from kg.grounding.resolve import find
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.grounding.asked_parts import Part
    from kg.grounding.resolve import Asked, Term

_GROUPS = ("Population", "Exposure", "Condition", "Drug", "PhysiologicalState")
_CONTEXTS = ("Drug", "Exposure", "Population")
_ACTS = ("Drug", "Inhibitor", "Treatment", *FOODS)


class Roles:
    """The names under which parts of a question play roles, each looked up once."""

    def __init__(self, rows: Asked) -> None:
        self._rows = rows
        self._known: dict[tuple[str, Part], str] = {}

    def play(self, role: str, one: Part) -> str:
        """The name under which a part plays a role; empty where it cannot."""
        if (role, one) not in self._known:
            self._known[role, one] = self._find(role, one)
        return self._known[role, one]

    def _find(self, role: str, one: Part) -> str:
        if one.term is None or (role == "diet" and one.diet):
            person = group_of(one.stage) if one.stage else f"{one.diet} diet"
            return {
                "stage": one.stage,
                "diet": one.diet,
                "group": one.stage or one.diet,
                "person": person,
                "people": person,
            }.get(role, "")
        if role in ("one", "food") and one.term.kind in NUTRIENTS:
            return ""  # vitamin D is no milk that it was added to
        terms = [one.term, *one.others]
        if one.term.kind in FOODS:  # what a food brings is known of eating it; in all else it is the food
            eating = [term for term in terms if term.kind == "Exposure"]
            terms = [*(eating if role == "cause" else ()), *(term for term in terms if term not in eating)]
        for term in terms if role in _ROLES else ():
            try:
                if name := _ROLES[role](self._rows, one, term):
                    return name
            except UsageError:
                continue
        return ""

    def explain(self, parts: Sequence[Part]) -> tuple[list[str], tuple[Part, ...]] | None:
        """``kg explain`` of all that is felt or found, and of all that is taken and lived with."""
        findings: list[str] = []
        contexts: list[str] = []
        used: list[Part] = []
        for one in parts:
            about = self.play("person", one) if one.term is None or one.diet or one.term.kind in _CONTEXTS else ""
            if about:
                contexts += ["--context", about]
            elif one.term and (one.degree or one.term.kind not in NUTRIENTS) and (name := self.play("state", one)):
                findings.append(name)
            else:
                continue
            used.append(one)
        told = [one for one in used if one.term and one.term.kind not in _CONTEXTS]
        lacks = [one for one in told if one.degree or (one.term and one.term.kind == "NutrientStatus")]
        if lacks and len(told) - len(lacks) < 2:
            return None  # a lack does not explain itself, and beside one finding it is its cause
        return (["explain", *findings, *contexts], tuple(used)) if findings or contexts else None


def _lack(rows: Asked, one: Part, term: Term) -> str:
    if term.kind in NUTRIENTS:
        return degree_of(rows, term.label, one.degree or "lack")
    if term.kind in STATES:
        return term.label
    if term.kind == "Quantity" and (nutrient := nutrient_of(rows, one, term)):
        return degree_of(rows, nutrient, "lack")
    nutrient = nutrient_of(rows, one, term) if term.kind in ("Biomarker", "Treatment") else ""
    return degree_of(rows, nutrient, one.degree or "lack") if nutrient else ""


def _ill(rows: Asked, one: Part, term: Term) -> str:
    return "" if term.kind == "Exposure" else _state(rows, one, term)


def _trouble(rows: Asked, one: Part, term: Term) -> str:
    """An illness or what is felt; too little or too much of a nutrient is made good or stopped by what is eaten of it."""
    return "" if one.degree or term.kind == "NutrientStatus" else _ill(rows, one, term)


def _illness(rows: Asked, one: Part, term: Term) -> str:
    return "" if term.kind == "Exposure" else _lack(rows, one, term)


def _excess(rows: Asked, one: Part, term: Term) -> str:
    if term.kind in NUTRIENTS:
        return degree_of(rows, term.label, "excess")
    return term.label if term.kind == "NutrientStatus" else ""


def _medicine(rows: Asked, one: Part, term: Term) -> str:
    return term.label if term.kind == "Drug" or (term.kind == "Exposure" and term.english.endswith(" use")) else ""


def _risen(rows: Asked, one: Part, term: Term) -> str:
    return _excess(rows, one, term) if term.kind in NUTRIENTS and not one.degree else ""


def _state(rows: Asked, one: Part, term: Term) -> str:
    if term.kind in NUTRIENTS and one.degree:
        return degree_of(rows, term.label, one.degree)
    return term.label if term.kind in STATES else ""


def _cause(rows: Asked, one: Part, term: Term) -> str:
    return _state(rows, one, term) or (term.label if term.kind in (*NUTRIENTS, *_ACTS) else "")


def _effect(rows: Asked, one: Part, term: Term) -> str:
    return _lack(rows, one, term)


def _remedy(rows: Asked, one: Part, term: Term) -> str:
    if term.kind in (*NUTRIENTS, "Exposure", "Substance", "Treatment", *_ACTS):
        return "" if one.degree == "lack" else term.label
    return ""


def _of_kinds(*kinds: str) -> Callable[[Asked, Part, Term], str]:
    return lambda rows, one, term: term.label if term.kind in kinds else ""


def _thing(rows: Asked, one: Part, term: Term) -> str:
    if term.kind in FOODS and not term.iri:
        return _eaten(rows, one, term, alone=False)
    return _state(rows, one, term) or term.label


def _biomarker(rows: Asked, one: Part, term: Term) -> str:
    if term.kind == "Biomarker":
        return term.label
    if term.kind not in (*NUTRIENTS, "Quantity"):
        return ""
    name = term.label.removesuffix(" level")
    forms = (f"serum {name}", f"25-hydroxy{name}", f"blood {name}")
    found = next(filter(None, (find(rows, form, "Biomarker") for form in forms)), None)
    return found.label if found else ""


def _supply(rows: Asked, one: Part, term: Term) -> str:
    nutrient = nutrient_of(rows, one, term) if not one.degree else ""
    return degree_of(rows, nutrient, "lack") if nutrient else ""


def _given(rows: Asked, one: Part, term: Term) -> str:
    """The lack that a supplement makes good."""
    return _supply(rows, one, term) if term.kind in ("Exposure", "Treatment") else ""


def _short(rows: Asked, one: Part, term: Term) -> str:
    """The nutrient that is too low in a state, whose foods are asked for: potassium of hypokalemia."""
    if term.kind not in ("NutrientStatus", "Condition", "LabFinding"):
        return ""
    found = rows(reading("nutrients_of_states", state=[term.iri]))
    return next((row["nutrient_label"].value for row in found if row["deviation"].value.endswith("/low")), "")


def _felt(rows: Asked, one: Part, term: Term) -> str:
    return term.label if term.kind in ("Symptom", "Sign") else ""


def _eaten(rows: Asked, one: Part, term: Term, alone: bool) -> str:
    """The food that is said; by its name where the words of the question, without their endings, are none ("tomate")."""
    try:
        return eaten(rows, one.said or term.label, alone)
    except UnknownName:
        return eaten(rows, term.label, alone)


def _food(rows: Asked, one: Part, term: Term) -> str:
    return _eaten(rows, one, term, alone=False) if term.kind in FOODS else ""


def _one(rows: Asked, one: Part, term: Term) -> str:
    return _eaten(rows, one, term, alone=True) if term.kind in FOODS else ""


def _status(rows: Asked, one: Part, term: Term) -> str:
    return _state(rows, one, term) if term.kind in (*NUTRIENTS, "NutrientStatus") else ""


def _stage(rows: Asked, one: Part, term: Term) -> str:
    return (
        life_stage(rows, term.label).name if term.kind in ("Population", "PhysiologicalState", "Exposure", "Condition") else ""
    )


_ROLES: dict[str, Callable[[Asked, Part, Term], str]] = {
    "nutrient": nutrient_of,
    "lack": _lack,
    "excess": _excess,
    "illness": _illness,
    "ill": _ill,
    "trouble": _trouble,
    "state": _state,
    "cause": _cause,
    "effect": _effect,
    "remedy": _remedy,
    "thing": _thing,
    "biomarker": _biomarker,
    "medicine": _medicine,
    "prescribed": _of_kinds("Drug"),
    "risen": _risen,
    "measure": _of_kinds("Biomarker"),
    "drug": _of_kinds("Drug", "Exposure", "Treatment"),
    "food": _food,
    "one": _one,
    "sort": _of_kinds("FoodGroup"),
    "status": _status,
    "supply": _supply,
    "given": _given,
    "short": _short,
    "felt": _felt,
    "stage": _stage,
    "inhibitor": _of_kinds("Inhibitor"),
    "group": _of_kinds(*_GROUPS),
    "person": _of_kinds(*_GROUPS),
    "people": _of_kinds("Population"),
}
