"""The ends of a route, by name.

A route starts at a state; at a drug, a food or a substance, which acts by what its use, its level and its absorption do; at the
giving of a nutrient, by its use and its excess; or at a group of people, by what it is at risk of. It ends at a state. A name that no term bears is read as ``kg explain`` reads it.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.causal.claim_rows import local, of
from kg.causal.model import GROUP
from kg.errors import UnknownName, UsageError
from kg.grounding.resolve import Term, find, resolve, spell_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from kg.grounding.as_said import Said
    from kg.grounding.resolve import Asked

#: What a thing does to a process, or supplies, stands for itself where it has no state: phytate weakens iron absorption.
MODIFIERS = frozenset({"Drug", "Food", "FoodGroup", "Inhibitor"})
#: What stands for itself at the start of a route without being a state.
ACTORS = MODIFIERS | {GROUP}
#: Kinds of state that a thing acts by: a lack or an excess, what is eaten or taken, and the disease of its level.
ACTING = ("NutrientStatus", "Exposure", "Condition", "PhysiologicalState")
#: How the name of the treatment ends that is the giving of a nutrient.
_GIVING = " supplementation"
#: In the name of the exposure that is its use.
_SUPPLEMENT = "supplement"


class Start(NamedTuple):
    """Where routes start: the term that was named, and the states that stand for it (itself, where it is one)."""

    term: Term
    states: tuple[Term, ...]
    said: str = ""

    def note(self, started: Collection[str] = ()) -> str:
        """What a person should know of how the name was taken; empty where it names a state.

        Parameters:
            started: the states that routes were found from (IRIs); where there is none, all of them are named.
        """
        return "; ".join(filter(None, (self.said, self._taken(started))))

    def _taken(self, started: Collection[str]) -> str:
        if self.term in self.states and self.term.kind not in ACTORS:
            return ""
        kind = spell_out(self.term.kind)
        said = f"{self.term.label} is {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        if self.term.kind == GROUP:
            return f"{said}; its routes start from what it is at risk of"
        named = [one for one in self.states if one.iri in started] or self.states
        itself = "what it supplies and what it does to a process"
        starts = [itself if one == self.term else one.label for one in named]
        return f"{said}; its routes start from {', '.join(starts)}"


def start(rows: Asked, name: str) -> Start:
    """The states that a route from what is called ``name`` starts from.

    A state starts its own routes, a drug those of its use and of the use of each class it belongs to, the giving of a nutrient
    those of its use as a supplement and of its excess, and what is eaten, or a substance, those of each of its states. A food-side factor without a state starts them itself, by what it does to a process
    and what it supplies, and by the state that its name may mean too (spinach: a diet high in oxalate), and a group of people by what it is at risk of.

    Raises:
        UnknownName: nothing is called so.
        UsageError: nothing is known of what is called so that would lead anywhere.
    """
    state = find(rows, name, "State")
    if state:
        other = find_other_state(rows, name)
        return Start(state, (state, other), _read_as_both(name, state, other)) if other else Start(state, (state,))
    try:
        thing = find(rows, name)
    except UsageError:
        thing = None
    if thing is None:
        try:
            thing = resolve(rows, name, "State")
        except UnknownName:
            said = _start_as_said(rows, name)
            if said is None:
                raise
            return said
    states = {"Drug": _uses, "Treatment": _given}.get(thing.kind, _states)(rows, thing)
    acting = [term for kind in ACTING for term in states if term.kind == kind and thing.kind != "Structure"]
    if thing.kind in MODIFIERS:
        eaten = [term for term in acting if term.kind == "Exposure"]
        other = find_other_state(rows, name)
        if eaten or other or find_modified(rows, thing):
            return Start(thing, (*(eaten or (thing,)), *((other,) if other else ())))
    if thing.kind == GROUP and find_risks(rows, thing):
        return Start(thing, (thing,))
    if acting:
        return Start(thing, tuple(acting))
    findings = f"; give one of its states: {'; '.join(term.label for term in states)}" if states else ""
    raise UsageError(
        f"{name!r} is not a state but a {spell_out(thing.kind)}, and no causal claim starts from it{findings or f'; kg term {name!r} shows what is known about it'}"
    )


def find_other_state(rows: Asked, name: str) -> Term | None:
    """The other state that a name is short for: diabetes of any type beside type 2 diabetes."""
    from kg.grounding.also_meant import find_other

    other = find_other(name)
    return find(rows, other, "State") if other else None


def _read_as_both(name: str, state: Term, other: Term) -> str:
    return f"{name!r} is read as {state.label} and as {other.label}"


def _start_as_said(rows: Asked, name: str) -> Start | None:
    """The start that a name is read as which no term bears."""
    from kg.grounding import phrases
    from kg.grounding.as_said import read_as_said

    said = _degree_said(rows, name) or read_as_said(rows, name, (phrases.context, phrases.findings), whole=True)
    if said is None:
        return None
    first = start(rows, said.terms[0].iri) if len(said.terms) == 1 else Start(said.terms[0], said.terms)
    return first._replace(said=said.note)


def _degree_said(rows: Asked, name: str, supplements: bool = True) -> Said | None:
    """The lack or excess that a name says, or what is taken as a supplement."""
    from kg.grounding.as_said import Said
    from kg.grounding.said_degrees import find_degree

    found = find_degree(rows, name)
    if found is None or (found.kind == "Treatment" and not supplements):
        return None
    return Said((found,), f"{name!r} is read as {found.label}")


def end(rows: Asked, name: str) -> tuple[Term, str]:
    """The state that a route to what is called ``name`` ends at, and how the name was read where no state bears it.

    Raises:
        UnknownName: no state is called so, and the name is read as none.
    """
    try:
        return resolve(rows, name, "State"), ""
    except UnknownName:
        from kg.grounding import phrases
        from kg.grounding.as_said import read_as_said

        said = _degree_said(rows, name, supplements=False) or read_as_said(rows, name, (phrases.findings,), whole=True)
        if said is None:
            raise
        return said.terms[0], said.note


def find_modified(rows: Asked, thing: Term) -> list[Any]:
    """The rows of ``queries/reading/modified_by.rq`` for a food-side factor."""
    return list(of(rows, "modified_by", "thing", [thing.iri]))


def find_risks(rows: Asked, group: Term) -> list[Any]:
    """The rows of ``queries/reading/risks.rq`` for a group of people."""
    return list(of(rows, "risks", "group", [group.iri]))


def _states(rows: Asked, thing: Term) -> list[Term]:
    told = of(rows, "states_of", "thing", [thing.iri])
    return [Term(state.value, label.value, local(kind)) for state, label, kind, _ in told]


def _given(rows: Asked, treatment: Term) -> list[Term]:
    """What the giving of a nutrient may do beside what it is given for: its use as a supplement, and its excess."""
    name = treatment.english
    nutrient = find(rows, name.removesuffix(_GIVING), "Nutrient") if name.endswith(_GIVING) else None
    if nutrient is None:
        return _states(rows, treatment)
    told = of(rows, "states_of", "thing", [nutrient.iri])
    high = [Term(state.value, label.value, local(kind)) for state, label, kind, how in told if local(how) == "high"]
    return [term for term in high if term.kind == "NutrientStatus" or (term.kind == "Exposure" and _SUPPLEMENT in term.iri)]


def _uses(rows: Asked, drug: Term) -> list[Term]:
    """The use of a drug and of each class it belongs to, the narrowest first."""
    told = of(rows, "drug_uses", "named", [drug.iri])
    return [Term(use.value, label.value, local(kind)) for _, use, label, kind in told]
