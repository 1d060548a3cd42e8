"""Where a route may start: a state, or a drug, food or food component through its use and what it does to a process."""

from __future__ import annotations

from kg.errors import UnknownName, UsageError
from kg.grounding.phrases import context
from kg.grounding.resolve import Term, resolve, spoken
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.grounding.resolve import Asked

#: What a thing does to a process stands for itself where it has no state: phytate weakens iron absorption.
MODIFIERS = frozenset({"Drug", "Food", "FoodGroup", "Inhibitor"})


def start(rows: Asked, name: str) -> Term:
    """The term that a route starts from: a state; the use of a drug or of what is eaten; or a food-side factor itself.

    Raises:
        UnknownName: nothing is called so.
        UsageError: what is called so is no state, and which of its states is meant has to be said.
    """
    try:
        return resolve(rows, name, "State")
    except UnknownName as unknown:
        try:
            thing = resolve(rows, name)
        except UsageError:
            raise unknown from None
    if thing.kind == "Drug" and (uses := context(rows, [thing.iri])[0].terms):
        return uses[0]
    states = _states(rows, thing)
    if thing.kind in MODIFIERS:
        eaten = [term for term, deviation in states if deviation == "present" and term.kind == "Exposure"]
        if len(eaten) == 1:
            return eaten[0]
        if modified(rows, thing):
            return thing
    choice = (
        f"give one of its states: {'; '.join(term.label for term, _ in states)}" if states else "and no state of it is known"
    )
    raise UsageError(f"{name!r} is no state but a {spoken(thing.kind)}; {choice}")


def modified(rows: Asked, thing: Term) -> list[Any]:
    """The rows of ``queries/reading/modified_by.rq`` for a food-side factor."""
    return list(rows(reading("modified_by").replace("kg:phytate", f"<{thing.iri}>")))


def _states(rows: Asked, thing: Term) -> list[tuple[Term, str]]:
    told = rows(reading("states_of").replace("kg:metformin", f"<{thing.iri}>"))
    return [
        (Term(state.value, label.value, kind.value.removeprefix(KG)), deviation.value.removeprefix(KG))
        for state, label, kind, deviation in told
    ]
