"""The answer of ``kg paths``: routes as values, as a table, and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from kg.causal.answer import NOTICE, Answer, name_state, own_part, step
from kg.causal.different import LEAST_TOLD, Choice, different
from kg.causal.frozen import Frozen
from kg.causal.loader import add_evidence
from kg.causal.path_source import end, find_other_state, start
from kg.causal.route import Route
from kg.causal.route_search import MAX_STEPS, routes
from kg.causal.strength import unmet
from kg.causal.upstream import Upstream
from kg.causal.verdict import ask, choose, judge
from kg.errors import UnknownName
from kg.grounding.sourced import describe_certainty
from kg.sparql.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import Any, ClassVar

    from kg.causal.kept_steps import KeptSteps
    from kg.causal.model import CausalGraph, Claim
    from kg.causal.path_source import Start
    from kg.grounding.resolve import Asked, Term


class Routes(Answer, Frozen, Sequence[Route]):
    """The first routes from a cause to an effect, different ways first, each the strongest of its kind.

    Attributes:
        causal: the states and claims of the routes, with their evidence.
        cause, effect: the IRIs of both ends.
        found: the routes.
        more: whether there are others that are as worth telling.
        weaker: whether weaker ones were left out.
        told: the circumstances of the person (IRIs); they meet the gates of claims.
        notes: what a person should know of how the names were taken.
        mechanism: where only a claim itself leads there, the best chain that spells it out, too weak to be a route of its own.
    """

    _fields = ("causal", "cause", "effect", "found", "more", "weaker", "told", "notes", "mechanism")
    _defaults: ClassVar[dict[str, Any]] = {"weaker": False, "told": (), "notes": (), "mechanism": None}
    causal: CausalGraph
    cause: str
    effect: str
    found: tuple[Route, ...]
    more: bool
    weaker: bool
    told: tuple[str, ...]
    notes: tuple[str, ...]
    mechanism: Route | None

    def __len__(self) -> int:
        return len(self.found)

    def __getitem__(self, place: Any) -> Any:
        return self.found[place]

    def __iter__(self) -> Iterator[Route]:
        return iter(self.found)

    def table(self) -> Table:
        """A row for each route."""
        rows = [
            [one.sign, f"{one.strength:.3f}", one.certainty, str(len(one.claims)), chain(self.causal, one.claims)]
            for one in self
        ]
        return Table(("sign", "strength", "certainty", "steps", "route"), rows)

    def _repr_html_(self) -> str:
        """The routes as a card: a sentence, then each route as a list of its steps."""
        label = self.causal.label
        if not self.found:
            known = "causal route worth telling" if self.weaker else "causal route"
            return f"<p>No {known} leads from {escape(label(self.cause))} to {escape(label(self.effect))}.</p><p>{NOTICE}</p>"
        items = "".join(
            f"<li>{escape(chain(self.causal, one.claims))} <small>strength {one.strength:.2f}, the weakest step is {describe_certainty(one.certainty)}</small></li>"
            for one in self
        )
        best = choose(self)
        verdict = "".join(f"<p>{escape(words)}</p>" for words in judge(self.causal, best))
        weakly = f"<p>Weakly also {escape(chain(self.causal, self.mechanism.claims))}.</p>" if self.mechanism else ""
        return f"<h4>{escape(ask(self.causal, best))}</h4>{verdict}<ol>{items}</ol>{weakly}<p>{NOTICE}</p>"

    def to_dict(self) -> dict[str, Any]:
        ends = {"cause": name_state(self.causal, self.cause), "effect": name_state(self.causal, self.effect)}
        paths = [route_to_dict(self.causal, one, self.told) for one in self.found]
        told = [name_state(self.causal, iri) for iri in self.told]
        mechanism = route_to_dict(self.causal, self.mechanism, self.told) if self.mechanism else None
        left = {"more": self.more, "weaker": self.weaker}
        return {**ends, "told": told, "notes": list(self.notes), "paths": paths, "mechanism": mechanism, **left}


def answer(
    rows: Asked,
    cause: str,
    effect: str,
    max_steps: int = MAX_STEPS,
    limit: int = 10,
    least: float | None = None,
    context: Sequence[str] = (),
    steps: KeptSteps | None = None,
) -> Routes:
    """The first routes between what is called by two names; parameters as of :meth:`kg.Graph.paths`.

    Where none leads to what the name of the effect is read as, or only one too weak to be told, those to the other state that it is short for.

    Parameters:
        steps: the steps of the graph, where they are kept beside its store.
    """
    begin, (state, said) = start(rows, cause), end(rows, effect)
    found = between(rows, begin, state, max_steps, limit, least, context, said, steps)
    weak = not found or (least is None and next(iter(found)).strength < LEAST_TOLD)
    other = find_other_state(rows, effect) if weak else None
    if other is None:
        return found
    said = f"{effect!r} is read as {other.label}, since no route{' worth telling' if found else ''} leads to {state.label}"
    instead = between(rows, begin, other, max_steps, limit, least, context, said, steps)
    return found if found and not instead else instead


def between(
    rows: Asked,
    source: Start,
    effect: Term,
    max_steps: int = MAX_STEPS,
    limit: int = 10,
    least: float | None = None,
    context: Sequence[str] = (),
    said: str = "",
    steps: KeptSteps | None = None,
) -> Routes:
    """The first routes from a start to a state, read upstream of the state; parameters as of :meth:`kg.Graph.paths`.

    Parameters:
        said: how the name of the effect was read.
        steps: the steps of the graph, where they are kept beside its store.
    """
    circumstances, notes = _circumstances(rows, context)
    graph = Upstream(rows, *source.states, effect, steps=steps)
    for term in (source.term, *circumstances):
        graph.add_name(term)
    known = tuple(term.iri for term in circumstances)
    causes = [term.iri for term in source.states]
    told = different(graph, routes(graph, causes, effect.iri, max_steps, known), limit, least)
    if not told.routes or (least is None and told.routes[0].strength < LEAST_TOLD):
        told, narrower = _from_kinds(graph, told, causes, effect.iri, max_steps, limit, least, known)
        notes += narrower
    mechanism = add_evidence(rows, [told.mechanism])[0] if told.mechanism else None
    found = add_evidence(rows, told.routes)
    cause = causes[0] if len(causes) == 1 else source.term.iri
    claims = [claim for route in (*found, *filter(None, [mechanism])) for claim in route.claims]
    own = own_part(graph, claims, [cause, effect.iri, *known])
    taken = source.note({route.states[0] for route in found})
    every_note = tuple(filter(None, (taken, said, *notes)))
    return Routes(own, cause, effect.iri, tuple(found), told.more, told.weaker, known, every_note, mechanism)


def _from_kinds(
    graph: CausalGraph,
    told: Choice,
    causes: Sequence[str],
    effect: str,
    max_steps: int,
    limit: int,
    least: float | None,
    known: Collection[str],
) -> tuple[Choice, list[str]]:
    """The routes from the kinds of a state that hardly leads there by itself, with a note that says so: vomiting, if it is prolonged."""
    kinds = sorted({kind for cause in causes for kind in graph.meeting(cause)} - {*causes, effect})
    found = routes(graph, kinds, effect, max_steps, known) if kinds else iter(())
    own = (route for route in found if set(causes).isdisjoint(route.states))
    narrower = different(graph, own, limit, least)
    if not narrower.routes or (told.routes and narrower.routes[0].strength < LEAST_TOLD):
        return told, []
    started = dict.fromkeys(graph.label(route.states[0]) for route in narrower.routes)
    return narrower, [
        f"{graph.label(causes[0])} {'hardly leads there' if told.routes else 'is not known to lead there'}; the routes start from kinds of it: {', '.join(started)}"
    ]


def _circumstances(rows: Asked, phrases: Sequence[str]) -> tuple[list[Term], list[str]]:
    """The circumstances of the person, as terms, and what of them was not understood.

    Raises:
        UnknownName: a phrase was not understood at all.
    """
    if not phrases:
        return [], []
    from kg.grounding.phrases import context

    read = context(rows, phrases)
    for one in read:
        if not one.understood:
            raise UnknownName(f"no circumstance is understood in {one.phrase!r}; kg term shows what is known about a name")
    terms = {term.iri: term for one in read for term in one.terms if term.kind != "Drug"}
    unread = [piece for one in read for piece in one.unread]
    return list(terms.values()), [f"not understood, and left out: {'; '.join(unread)}"] if unread else []


def route_to_dict(causal: CausalGraph, found: Route, told: Collection[str] = ()) -> dict[str, Any]:
    """One route: its sign, its length, its strength, the certainty of its weakest step, and its steps with the gates left open."""
    gates = unmet(causal, found.claims, told)
    steps = [step(causal, claim, open_gates=open_gates) for claim, open_gates in zip(found.claims, gates, strict=True)]
    return {
        "sign": found.sign,
        "length": len(steps),
        "strength": round(found.strength, 4),
        "certainty": found.certainty,
        "steps": steps,
    }


def chain(causal: CausalGraph, claims: tuple[Claim, ...]) -> str:
    """A route in a line: what promotes (``->``) and what inhibits (``-|``) what."""
    steps = [f"{'-|' if claim.sign < 0 else '->'} {causal.label(claim.effect)}" for claim in claims]
    return " ".join([causal.label(claims[0].cause), *steps])
