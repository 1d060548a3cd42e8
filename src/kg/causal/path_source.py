"""Where a route may start: a state; or a drug, a food or a substance, which acts by what its use, its level and its absorption do."""

from __future__ import annotations

from typing import NamedTuple

from kg.causal.claim_rows import local, of
from kg.errors import UsageError
from kg.grounding.resolve import Term, find, resolve, spell_out

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Any

    from kg.grounding.resolve import Asked

#: What a thing does to a process, or supplies, stands for itself where it has no state: phytate weakens iron absorption.
MODIFIERS = frozenset({"Drug", "Food", "FoodGroup", "Inhibitor"})
#: Kinds of state that a thing acts by: a lack or an excess, what is eaten or taken, and the disease of its level.
ACTING = ("NutrientStatus", "Exposure", "Condition", "PhysiologicalState")


class Start(NamedTuple):
    """Where routes start: the term that was named, and the states that stand for it (itself, where it is one)."""

    term: Term
    states: tuple[Term, ...]

    def note(self, started: Collection[str] = ()) -> str:
        """What a person should know of how the name was taken; empty where it names a state.

        Parameters:
            started: the states that routes were found from (IRIs); where there is none, all of them are named.
        """
        if self.states == (self.term,) and self.term.kind not in MODIFIERS:
            return ""
        kind = spell_out(self.term.kind)
        said = f"{self.term.label} is {'an' if kind[0] in 'aeiou' else 'a'} {kind}"
        if self.states == (self.term,):
            return f"{said}; its routes start from what it supplies and what it does to a process"
        named = [one.label for one in self.states if one.iri in started] or [one.label for one in self.states]
        return f"{said}; its routes start from {', '.join(named)}"


def start(rows: Asked, name: str) -> Start:
    """The states that a route from what is called ``name`` starts from.

    A state starts its own routes, a drug those of its use and of the use of each class it belongs to, and what is eaten, or a
    substance, those of each of its states. A food-side factor without a state starts them itself, by what it does to a process
    and what it supplies.

    Raises:
        UnknownName: nothing is called so.
        UsageError: nothing is known of what is called so that would lead anywhere.
    """
    state = find(rows, name, "State")
    if state:
        return Start(state, (state,))
    try:
        thing = find(rows, name)
    except UsageError:
        thing = None
    if thing is None:
        thing = resolve(rows, name, "State")
    states = _uses(rows, thing) if thing.kind == "Drug" else _states(rows, thing)
    acting = [term for kind in ACTING for term in states if term.kind == kind and thing.kind != "Structure"]
    if thing.kind in MODIFIERS:
        eaten = [term for term in acting if term.kind == "Exposure"]
        if eaten or find_modified(rows, thing):
            return Start(thing, tuple(eaten) or (thing,))
    if acting:
        return Start(thing, tuple(acting))
    findings = f"; give one of its states: {'; '.join(term.label for term in states)}" if states else ""
    raise UsageError(
        f"{name!r} is not a state but a {spell_out(thing.kind)}, and no causal claim starts from it{findings or f'; kg term {name!r} shows what is known about it'}"
    )


def find_modified(rows: Asked, thing: Term) -> list[Any]:
    """The rows of ``queries/reading/modified_by.rq`` for a food-side factor."""
    return list(of(rows, "modified_by", "thing", [thing.iri]))


def _states(rows: Asked, thing: Term) -> list[Term]:
    told = of(rows, "states_of", "thing", [thing.iri])
    return [Term(state.value, label.value, local(kind)) for state, label, kind, _ in told]


def _uses(rows: Asked, drug: Term) -> list[Term]:
    """The use of a drug and of each class it belongs to, the narrowest first."""
    told = of(rows, "drug_uses", "named", [drug.iri])
    return [Term(use.value, label.value, local(kind)) for _, use, label, kind in told]
