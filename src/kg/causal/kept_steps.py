"""The causal steps of a built graph, kept as one text beside its store: a walk reads them many times faster than it asks for them.

The text says what the queries ``claims_into``, ``claims_from``, ``kind_steps`` and ``all_scopes`` of ``queries/reading`` answer, in five
parts with an empty line between them: the states; for each state the claims into it; for each state what claims from it lead to; the
pairs of a state and a wider one; and the scopes of claims. A claim is taken apart only where a walk comes to it.
"""

from __future__ import annotations

import os
from functools import lru_cache

from kg.causal.model import Claim, State

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: The file in the folder of a store.
FILE = "steps.kg"
#: What stands between the claims into a state.
_CLAIMS = "\f"
#: The last part, which says that the text is whole.
_END = "whole\n"


class KeptSteps:
    """What a walk asks for, from the text: claims by their ends, states, and which states are kinds of which."""

    def __init__(self, text: str) -> None:
        states, claims, effects, kinds, scopes, end = text.split("\n\n")
        if end != _END:
            raise ValueError("the text of the steps is not whole")
        self._states = dict(line.split("\t", 1) for line in states.split("\n") if line)
        self._into = dict(line.split("\t", 1) for line in claims.split("\n") if line)
        self._effects = dict(line.split("\t", 1) for line in effects.split("\n") if line)
        self._known: dict[str, list[Claim]] = {}
        #: The pairs of a state, or a group of people, and a wider one that it is directly a kind of.
        self.kinds = [(narrower, wider) for narrower, wider in (line.split("\t") for line in kinds.split("\n") if line)]
        #: What these pairs name, and what claims hold only in, or the body answers.
        self.named = dict.fromkeys([*(iri for pair in self.kinds for iri in pair), *filter(None, scopes.split("\n"))])

    def claims_into(self, state: str) -> list[Claim]:
        """The claims whose effect is a state."""
        found = self._known.get(state)
        if found is None:
            lines = self._into[state].split(_CLAIMS) if state in self._into else ()
            found = self._known[state] = [_claim(state, line) for line in lines]
        return found

    def claims_from(self, state: str) -> list[Claim]:
        """The claims whose cause is a state."""
        effects = dict.fromkeys(self._effects[state].split(" ")) if state in self._effects else ()
        return [claim for effect in effects for claim in self.claims_into(effect) if claim.cause == state]

    def state(self, iri: str) -> State:
        """A state, or another scope of a claim, by its IRI.

        Raises:
            KeyError: no step names it.
        """
        label, kind, about, deviation = self._states[iri].split("\t")
        return State(iri, label, kind, of=about, deviation=deviation)


def _claim(effect: str, line: str) -> Claim:
    cause, iri, relation, status, certainty, onset, frequency, gates, answered, defined, listed, prominence = line.split("\t")
    return Claim(
        *(iri, cause, relation, effect, status, certainty),
        onset=onset,
        frequency=frequency,
        only_when=tuple(gates.split(" ")) if gates else (),
        compensates_for=answered,
        by_definition=bool(defined),
        listed=bool(listed),
        prominence=int(prominence),
    )


@lru_cache(maxsize=2)
def read_steps(folder: str) -> KeptSteps | None:
    """The steps that are kept in the folder of a store; None where there are none."""
    try:
        with open(os.path.join(folder, FILE), encoding="utf-8", newline="\n") as file:
            return KeptSteps(file.read())
    except (OSError, ValueError):
        return None


def write_steps(
    folder: str, states: Iterable[State], claims: Sequence[Claim], kinds: Iterable[tuple[str, str]], scopes: Iterable[str]
) -> None:
    """Keep the steps of a graph in the folder of its store.

    Parameters:
        states: the states, and what else claims, kinds and scopes name.
        kinds: the pairs of what is directly a kind of what.
        scopes: what claims hold only in, or the body answers.

    Raises:
        OSError: the folder cannot be written.
    """
    into = [f"{effect}\t{_CLAIMS.join(map(_tell, found))}" for effect, found in _by("effect", claims).items()]
    out = [_line(cause, " ".join(claim.effect for claim in found)) for cause, found in _by("cause", claims).items()]
    known = [_line(one.iri, one.label, one.kind, one.of, one.deviation) for one in states]
    parts = known, into, out, [_line(*pair) for pair in kinds], scopes
    with open(os.path.join(folder, FILE), "w", encoding="utf-8", newline="\n") as file:
        file.write("\n\n".join([*("\n".join(part) for part in parts), _END]))


def _by(end: str, claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    found: dict[str, list[Claim]] = {}
    for claim in claims:
        found.setdefault(getattr(claim, end), []).append(claim)
    return found


def _tell(claim: Claim) -> str:
    known = claim.cause, claim.iri, claim.relation, claim.status, claim.certainty, claim.onset, claim.frequency
    marks = "true" * claim.by_definition, "true" * claim.listed
    return _line(*known, " ".join(claim.only_when), claim.compensates_for, *marks, str(claim.prominence))


def _line(*cells: str) -> str:
    return "\t".join(" ".join(cell.split()) for cell in cells)
