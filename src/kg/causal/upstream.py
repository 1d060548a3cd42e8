"""A causal graph that is read as it is walked: the same on an engine in this process and on a remote endpoint.

Where the steps of a built graph are kept beside its store, they are read there, many times faster; any other graph is asked.
"""

from __future__ import annotations

from kg.causal.claim_rows import join_gates, local, local_or_none, of, read_claim, span, text
from kg.causal.kinds import closure
from kg.causal.model import GROUP, CausalGraph, Claim, State, kind_step, note_cap
from kg.causal.path_source import ACTORS, find_modified, find_risks
from kg.causal.reversal import Reversal
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from kg.causal.kept_steps import KeptSteps
    from kg.grounding.resolve import Asked, Term


class Upstream(CausalGraph):
    """A causal graph that is read as it is walked: claims without their evidence, mostly against their direction.

    Only what lies upstream of the states it was made with is fetched, one query for each step back; and what some
    circumstance leads to, where that is asked for.

    Parameters:
        steps: the steps of the graph, where they are kept beside its store.
    """

    def __init__(self, rows: Asked, *ends: Term, steps: KeptSteps | None = None) -> None:
        self.rows, self.steps = rows, steps
        self.into: dict[str, list[Claim]] = {}
        self.out: dict[str, list[Claim]] = {}
        self.read_onward: set[str] = set()
        self.led_out: set[tuple[str, str]] = set()
        self.states: dict[str, State] = {end.iri: State(end.iri, end.label, end.kind) for end in ends}
        self.modified: dict[str, list[Claim]] = {}
        self.ends = tuple(end.iri for end in ends)
        self.kinds: dict[str, frozenset[str]] = {}
        self.kinds_read: list[Claim] | None = None
        self.diseases_read: dict[str, str] | None = None
        self.known_caps: dict[tuple[str, str, int], list[Claim]] = {}
        for end in ends:
            if end.kind in ACTORS:
                self._let_modify(end)

    @property
    def caps(self) -> dict[tuple[str, str, int], list[Claim]]:
        """The claims that cap chains, as far as they were read."""
        return self.known_caps

    @property
    def diseases(self) -> dict[str, str]:
        """The diseases that are a nutrient status's own; fetched where they are first asked for."""
        if self.diseases_read is None:
            self.diseases_read = {disease.value: status.value for disease, status in self.rows(reading("own_diseases"))}
        return self.diseases_read

    def add_name(self, term: Term) -> None:
        """Let a thing that is not a state, such as a group of people, be shown by its label."""
        self.states.setdefault(term.iri, State(term.iri, term.label, term.kind))

    def _let_modify(self, thing: Term) -> None:
        """Let what is not a state act: a food-side factor by what it does to a process, a group of people by what it is at risk of."""
        found = (find_risks if thing.kind == GROUP else find_modified)(self.rows, thing)
        for claim, cause, relation, effect, status, certainty, onset, prominence, _label, _kind in found:
            acting = read_claim(claim, cause, relation, effect, status, certainty, onset, prominence=prominence)
            how = "promotes" if thing.kind == GROUP else acting.relation
            self.modified.setdefault(effect.value, []).append(acting._replace(relation=how))

    def ahead(self, states: Iterable[str]) -> None:
        """Fetch the claims into those of ``states`` whose claims are not known yet."""
        self._learn_once()
        unread = sorted(set(states).difference(self.into))
        found = [claim for state in unread for claim in self.modified.get(state, ())]
        found += self._with_kinds("effect", unread, self._fetch("claims_into", "effect", unread))
        self.into.update((state, []) for state in unread)
        for claim in sorted(found):
            self.into[claim.effect].append(claim)
            self._lead_out(claim)

    def onward(self, states: Iterable[str]) -> None:
        """Fetch the claims out of those of ``states`` whose effects are not all known yet."""
        self._learn_once()
        unread = sorted(set(states) - self.read_onward)
        self.read_onward.update(unread)
        for claim in sorted(self._with_kinds("cause", unread, self._fetch("claims_from", "cause", unread))):
            self._lead_out(claim)

    def reversals(self, claims: Iterable[Claim]) -> dict[str, Reversal]:
        """Read whether and in what time the effects of claims go back."""
        return {
            claim.value: Reversal(local_or_none(reverses), text(words), span(text(soonest), text(latest)))
            for claim, reverses, words, soonest, latest in of(
                self.rows, "reversals", "claim", sorted({claim.iri for claim in claims})
            )
        }

    def _learn_once(self) -> None:
        """Fetch what every walk needs: what is a kind of what, what gates are, and how the ends deviate, in a question each."""
        if self.kinds_read is not None:
            return
        pairs = self._ask_kinds() if self.steps is None else self._take_kinds(self.steps)
        self.kinds = closure(pairs)
        self.kinds_read = [kind_step(*pair) for pair in pairs if self.states[pair[0]].kind != GROUP]
        for *facts, _narrower in of(self.rows, "scopes", "state", sorted(self.ends)):
            self._note(*facts)

    def _ask_kinds(self) -> list[tuple[str, str]]:
        """Ask for the pairs of a state and a wider one, and for what claims hold only in; both are noted by name."""
        pairs = []
        for row in self.rows(reading("kind_steps")):
            narrower, wider = [*row][:5], [*row][5:]
            self._note(*narrower)
            self._note(*wider)
            pairs.append((narrower[0].value, wider[0].value))
        for row in self.rows(reading("all_scopes")):
            self._note(*row)
        return pairs

    def _take_kinds(self, steps: KeptSteps) -> list[tuple[str, str]]:
        """The same from the steps that are kept."""
        for iri in steps.named:
            self._note_kept(steps, iri)
        return steps.kinds

    def _note(self, state: Any, label: Any, kind: Any, about: Any, deviation: Any) -> None:
        known = self.states.get(state.value)
        if known is None or not known.of:
            facts = State(state.value, label.value, local(kind), of=text(about), deviation=local_or_none(deviation))
            self.states[state.value] = facts

    def _note_kept(self, steps: KeptSteps, iri: str) -> None:
        known = self.states.get(iri)
        if known is None or not known.of:
            self.states[iri] = steps.state(iri)

    def _with_kinds(self, end: str, states: list[str], claims: list[Claim]) -> list[Claim]:
        """The claims into or out of some states, and the steps to what is wider that no claim joins."""
        wanted, joined = set(states), {(claim.cause, claim.effect) for claim in claims}
        steps = [one for one in self.kinds_read or () if getattr(one, end) in wanted and (one.cause, one.effect) not in joined]
        return [*claims, *steps]

    def _fetch(self, query: str, end: str, states: list[str]) -> list[Claim]:
        if self.steps is not None:
            read = self.steps.claims_into if end == "effect" else self.steps.claims_from
            claims = [claim for state in states for claim in read(state)]
            for claim in claims:
                self._note_kept(self.steps, claim.cause if end == "effect" else claim.effect)
                note_cap(self.known_caps, claim)
            return claims
        found: dict[str, Claim] = {}
        for row in of(self.rows, query, end, states):
            claim, cause, relation, effect, *facts, label, kind, about, deviation = row
            self._note(cause if end == "effect" else effect, label, kind, about, deviation)
            claim = read_claim(claim, cause, relation, effect, *facts)
            found[claim.iri] = join_gates(found.get(claim.iri), claim)
        for claim in found.values():
            note_cap(self.known_caps, claim)
        return list(found.values())

    def _lead_out(self, claim: Claim) -> None:
        # A claim may be met from both of its ends.
        if (claim.iri, claim.effect) not in self.led_out:
            self.led_out.add((claim.iri, claim.effect))
            self.out.setdefault(claim.cause, []).append(claim)
