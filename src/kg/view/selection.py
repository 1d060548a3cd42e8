"""Which part of the causal graph a view shows: the surroundings of terms, some routes, what a query built, or all of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from shlex import quote

from kg.causal.model import KIND, CausalGraph, Claim, State
from kg.causal.route import Route
from kg.causal.route_search import routes
from kg.errors import UsageError
from kg.grounding.term_sentence import listed
from kg.rdf.namespaces import KG
from kg.view import Reading, View
from kg.view.excerpt import most_prominent

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.causal.candidate import Candidate
    from kg.causal.explain import Explanation
    from kg.grounding.resolve import Term

#: A picture of routes holds the best of them; beyond this they no longer add states that matter.
MOST_ROUTES = 40
#: Of these it shows first what a reader can follow with the eye: so many states and claims.
STATES, CLAIMS = 26, 40
#: And of a map one claim wide so many states.
ONE_STEP = 24


def everything(causal: CausalGraph, overview: Mapping[str, Any] | None = None) -> View:
    """The view of the whole causal graph; ``overview`` is the table that the page opens with (:mod:`kg.view.overview`).

    Raises:
        UsageError: it contains no claim.
    """
    claims = (*causal.claims, *causal.links.values())
    if not claims:
        raise UsageError("the graph contains no causal claims, and so nothing to draw; kg query works with any graph")
    lacking = [row for row in overview["rows"] if row["lack"]] if overview else []
    start = max(lacking, key=lambda row: sum(row["counts"]))["lack"] if lacking else None
    return draw_claims(causal, claims, "The whole causal graph", start=start, overview=overview, command="kg view --all")


def surroundings(causal: CausalGraph, centres: Sequence[str], depth: int) -> View:
    """The view of all that lies within ``depth`` claims of the states ``centres``, up- and downstream."""
    title = "Around " + " and ".join(causal.label(iri) for iri in centres)
    command = f"kg view {' '.join(quote(causal.label(iri)) for iri in centres)} --depth {depth}"
    claims = around(causal, set(centres), depth)
    opening: dict[str, Any] = {"start": centres[0], "first": _near(causal, claims, centres) if depth == 1 else ()}
    return draw_claims(causal, claims, title, always=centres, command=command, **opening)


def _near(causal: CausalGraph, claims: Sequence[Claim], centres: Sequence[str]) -> set[str]:
    """The most certain of the states one claim away: they stand in few columns, and more would not stand in the window."""
    shown = {state for claim in claims for state in (claim.cause, claim.effect)} | set(centres)
    part = CausalGraph({iri: causal.states[iri] for iri in shown}, tuple(claims))
    return most_prominent(part, centres, ONE_STEP) if len(shown) > ONE_STEP else set()


def of_routes(causal: CausalGraph, found: Sequence[Route], start: Term | None = None) -> View:
    """The view of routes that share both ends; ``start`` is the cause where it is not a state, as a food component is not."""
    causes, effect = tuple(dict.fromkeys(route.states[0] for route in found)), found[0].states[-1]
    if start is not None and start.iri not in causal.states:
        causal = widen(causal, {start.iri: State(start.iri, start.label, start.kind)})
    claims = {claim.iri: claim for route in found for claim in route.claims}
    name = start.label if start is not None and len(causes) > 1 else causal.label(causes[0])
    title = f"From {name} to {causal.label(effect)}"
    command = f"kg view --from {quote(name)} --to {quote(causal.label(effect))}"
    return draw_claims(
        causal, claims.values(), title, start=causes[0], first=best(found), flow=(causes, (effect,)), command=command
    )


def of_triples(
    causal: CausalGraph, triples: Iterable[Any], named: Sequence[str] = (), command: str = "", title: str = ""
) -> View:
    """The view of the claims whose plain triples (``kg:promotes``, ``kg:inhibits``) a CONSTRUCT has built.

    Parameters:
        named: the states that the query names. Two of them that a route joins are the ends of a map of routes; else it opens around the first.

    Raises:
        UsageError: it built none.
    """
    told = {(one.subject.value, one.predicate.value.removeprefix(KG), one.object.value) for one in triples}
    claims = [claim for claim in causal.claims if (claim.cause, claim.relation, claim.effect) in told]
    claims += [link for key, link in causal.links.items() if key in told]
    if not claims:
        raise UsageError("the query built no causal edge (kg:promotes, kg:inhibits), so there is nothing to draw")
    drawable = {state for claim in claims for state in (claim.cause, claim.effect)}
    ends = [iri for iri in named if iri in drawable]
    if len(ends) == 2:
        built = CausalGraph({iri: causal.states[iri] for iri in drawable}, tuple(claims))
        for cause, effect in (ends, ends[::-1]):
            if found := list(islice(routes(built, cause, effect), MOST_ROUTES)):
                title = f"From {causal.label(cause)} to {causal.label(effect)}"
                flow = (cause,), (effect,)
                return draw_claims(causal, claims, title, start=cause, first=best(found), flow=flow, command=command)
    names = " and ".join(causal.label(iri) for iri in ends)
    title = title or (f"What the query built around {names}" if 0 < len(ends) < 4 else "What the query built")
    start = ends[0] if ends else _source(claims)
    return draw_claims(causal, claims, title, start=start, command=command)


def of_explanation(causal: CausalGraph, answer: Explanation) -> View:
    """The view of an explanation: the routes from its candidates to the findings, and from circumstances to candidates."""
    routes = [route for one in answer.candidates for route in (*one.explained.values(), *one.context.values())]
    wanted = {claim.iri for route in routes for claim in route.claims}
    wanted |= {claim.iri for one in answer.candidates for claim in _to_what_stands_for_it(causal, one)}
    claims = [claim for claim in causal.claims if claim.iri in wanted]
    if not claims:
        raise UsageError("no state of the graph explains any of these findings, so there is nothing to draw")
    findings = tuple(dict.fromkeys(term.iri for _, term in answer.findings))
    candidates = tuple(one.iri for one in answer.candidates)
    title = "What would explain " + listed([term.label for _, term in answer.findings])
    lines = [
        (f"{place}. {causal.label(one.iri)}", "; ".join(_told(causal, answer, one)), one.iri)
        for place, one in enumerate(answer.candidates, 1)
    ]
    urgent = "".join(f"{flag.label}: {flag.advice} " for flag in answer.red_flags)
    reading = (f"{urgent}Candidates, the likeliest first: a ranking, no diagnosis", lines)
    marks = {iri: f"{causal.label(iri)} (told)" for one in answer.candidates for iri in one.context if iri in causal.states}
    marks |= {iri: f"{place}. {causal.label(iri)}" for place, iri in enumerate(candidates, 1)}
    options: dict[str, Any] = {"always": findings, "flow": (candidates, findings), "reading": reading, "marks": marks}
    return draw_claims(causal, claims, title, start=candidates[0], command=_command(answer), **options)


def _to_what_stands_for_it(causal: CausalGraph, candidate: Candidate) -> list[Claim]:
    """The claims from a candidate to the state where a route begins that was found for it, as its anemia is for a lack of iron."""
    begun = {route.claims[0].cause for route in candidate.explained.values() if route.claims} - {candidate.iri}
    return [claim for claim in causal.out.get(candidate.iri, ()) if claim.effect in begun and claim.relation != KIND]


def _told(causal: CausalGraph, answer: Explanation, candidate: Candidate) -> Iterator[str]:
    """What stands below a candidate beside the map: what it explains, how strong it is, the test that decides."""
    yield f"explains {len(candidate.explained)} of {len({term.iri for _, term in answer.findings})}"
    if candidate.context:
        yield f"told, and may lead to it: {listed([causal.label(iri) for iri in candidate.context])}"
    if candidate.unexplained:
        yield f"leaves open {listed([causal.label(iri) for iri in candidate.unexplained])}"
    first = answer.candidates[0]
    if candidate is not first and first.score > 0:
        yield f"{max(candidate.score, 0) / first.score:.0%} as strong as the first"
    if candidate.iri in answer.next_tests and answer.findings:
        rival = answer.rival if candidate is first else first.iri
        yield f"{answer.next_tests[candidate.iri].label} would best tell it from {causal.label(rival)}"


def _command(answer: Explanation) -> str:
    """The command that draws an explanation again, from the pieces of the description."""
    said = [piece.text for piece in answer.pieces if piece.taken in ("present", "number")]
    ruled_out = [label for piece in answer.pieces if piece.taken == "absent" for label in piece.labels]
    circumstances = [piece.text for piece in answer.pieces if piece.taken == "circumstance"]
    options = [("--absent", ruled_out), ("--context", circumstances)]
    words = [quote(text) for text in said] + [f"{name} {quote(text)}" for name, texts in options for text in texts]
    return f"kg view --explain {' '.join(words)}" if said else ""


def best(found: Iterable[Route]) -> set[str]:
    """The states of as many routes, from the first on, as a reader follows with the eye."""
    states: set[str] = set()
    claims: set[str] = set()
    for route in found:
        more = claims.union(claim.iri for claim in route.claims)
        if states and (len(states.union(route.states)) > STATES or len(more) > CLAIMS):
            break
        states.update(route.states)
        claims = more
    return states


def _source(claims: Iterable[Claim]) -> str:
    """The state from which most of the claims are reached, where a map without a centre starts."""
    after: dict[str, list[str]] = {}
    for claim in claims:
        after.setdefault(claim.cause, []).append(claim.effect)

    def reach(state: str) -> int:
        found = {state}
        waiting = [state]
        for one in waiting:
            waiting += [effect for effect in dict.fromkeys(after.get(one, ())) if effect not in found]
            found.update(after.get(one, ()))
        return len(found)

    return max(sorted(after), key=reach)


def widen(causal: CausalGraph, states: Mapping[str, State], claims: Iterable[Claim] = ()) -> CausalGraph:
    """The graph with more states and claims, and with the credit of the whole."""
    known = set(causal.claims)
    wide = CausalGraph({**causal.states, **states}, (*causal.claims, *(claim for claim in claims if claim not in known)))
    wide.credit, wide.links = causal.credit, causal.links
    return wide


def around(causal: CausalGraph, centres: set[str], depth: int) -> list[Claim]:
    """The claims within ``depth`` claims of some states, up- and downstream, and the drawn relations alike."""
    chosen: dict[str, Claim] = {}
    links = CausalGraph({}, tuple(causal.links.values()))
    for side, beside, end in ((causal.out, links.out, "effect"), (causal.into, links.into, "cause")):
        reached = edge = set(centres)
        for _ in range(depth):
            near = [claim for state in sorted(edge) for claim in (*side.get(state, ()), *beside.get(state, ()))]
            claims = [claim for claim in near if claim.relation != KIND]
            chosen.update((claim.iri, claim) for claim in claims)
            edge = {getattr(claim, end) for claim in claims} - reached
            reached = reached | edge
    return list(chosen.values())


def draw_claims(
    causal: CausalGraph,
    claims: Iterable[Claim],
    title: str,
    *,
    start: str | None = None,
    always: Iterable[str] = (),
    first: Iterable[str] = (),
    flow: tuple[Sequence[str], Sequence[str]] | None = None,
    reading: Reading | None = None,
    overview: Mapping[str, Any] | None = None,
    command: str = "",
    marks: Mapping[str, str] | None = None,
) -> View:
    """The view of some claims of a graph and of the states ``always``; the rest as for :func:`kg.view.render`."""
    kept = sorted(claims, key=lambda claim: claim.iri)
    shown = {state for claim in kept for state in (claim.cause, claim.effect)} | set(always)
    part = CausalGraph({iri: state for iri, state in causal.states.items() if iri in shown}, tuple(kept))
    opening: dict[str, Any] = {"start": start, "first": first, "flow": flow, "reading": reading, "overview": overview}
    return View.of(part, title, whole=causal, command=command, marks=marks, **opening)
