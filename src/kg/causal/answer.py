"""What every answer of the reasoning shares: a table to read, JSON as on the command line, a notice beneath."""

from __future__ import annotations

from kg.causal.model import CausalGraph

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    import pandas

    from kg.causal.model import Claim
    from kg.sparql.results import Table

#: What stands under every table.
NOTICE = "What the graph knows; information, not medical advice."


class Answer:
    """An answer that shows itself as a table, in a notebook and where it is printed."""

    def table(self) -> Table:
        """The answer in rows of plain text."""
        raise NotImplementedError

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, in the form of ``kg ... --format json``."""
        raise NotImplementedError

    def to_json(self) -> str:
        """The JSON of the command line."""
        import json

        return json.dumps(self.to_dict(), indent=1, ensure_ascii=False)

    def to_csv(self) -> str:
        """The table as CSV."""
        return self.table().to_csv()

    def to_pandas(self) -> pandas.DataFrame:
        """The table as a :class:`pandas.DataFrame`; an empty cell is missing.

        Raises:
            kg.errors.UsageError: pandas is not installed.
        """
        return self.table().to_pandas()

    def __repr__(self) -> str:
        return f"{self.table()}\n{NOTICE}"

    def _repr_html_(self) -> str:
        return f"{self.table()._repr_html_()}<p>{NOTICE}</p>"


def name_state(causal: CausalGraph, iri: str) -> dict[str, str]:
    """A state by its IRI and label."""
    return {"iri": iri, "label": causal.label(iri)}


def step(
    causal: CausalGraph,
    claim: Claim,
    sources: Mapping[str, Sequence[str]] | None = None,
    open_gates: Sequence[str] | None = None,
) -> dict[str, Any]:
    """One step of a route, with the sources of its claim.

    ``frequency``, ``only_when`` and ``onset`` are there only where the claim has them.

    Parameters:
        open_gates: the gates of the claim that nothing on the route meets; by default all of them.
    """
    lines = [line.source.iri for line in claim.evidence] if sources is None else sources.get(claim.iri, [])
    gates = list(claim.only_when if open_gates is None else open_gates)
    found: dict[str, Any] = {
        "cause": name_state(causal, claim.cause),
        "relation": claim.relation,
        "effect": name_state(causal, claim.effect),
        "claim": claim.iri,
        "status": claim.status,
        "certainty": claim.certainty,
        "sources": list(dict.fromkeys(lines)),
    }
    more = {"onset": claim.onset, "frequency": claim.frequency, "only_when": gates}
    return {**found, **{name: value for name, value in more.items() if value}}


def own_part(causal: CausalGraph, claims: Iterable[Claim], states: Iterable[str] = ()) -> CausalGraph:
    """The part of a graph that an answer holds: some claims, some states, and all that the claims name."""
    kept = sorted(dict.fromkeys(claims), key=lambda claim: claim.iri)
    named = {iri for claim in kept for iri in (claim.cause, claim.effect, claim.compensates_for, *claim.only_when)}
    known = {iri: causal.states[iri] for iri in sorted({*named, *states}) if iri in causal.states}
    return CausalGraph(known, tuple(kept), {iri: kinds for iri, kinds in causal.kinds.items() if iri in known})
