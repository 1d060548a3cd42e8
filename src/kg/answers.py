"""What :class:`kg.graph.Graph` answers where it reasons: values to go on with, a table to read, JSON as on the command line."""

from __future__ import annotations

from kg import replies
from kg.correct import Consequences, Sets, consequences, sets_for
from kg.inquiry import Explanation
from kg.paths import Route
from kg.results import Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    import pandas

    from kg.causal import CausalGraph, Claim

#: What stands under every table.
NOTICE = "What the graph knows; information, not medical advice."


class Answer:
    """An answer that shows itself as a table, in a notebook and where it is printed."""

    def table(self) -> Table:
        """The answer in rows of plain text."""
        raise NotImplementedError

    def reply(self) -> dict[str, Any]:
        """The answer as plain values, in the form of ``kg ... --format json``."""
        raise NotImplementedError

    def to_json(self) -> str:
        """The JSON of the command line."""
        import json

        return json.dumps(self.reply(), indent=1, ensure_ascii=False)

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


class Routes(Answer, list[Route]):
    """The first routes from a cause to an effect, best first; ``more`` says whether there are others."""

    def __init__(self, causal: CausalGraph, cause: str, effect: str, found: Iterable[Route], more: bool) -> None:
        super().__init__(found)
        self.causal, self.cause, self.effect, self.more = causal, cause, effect, more

    def table(self) -> Table:
        """A row for each route."""
        rows = [[one.sign, one.certainty, str(len(one.claims)), chain(self.causal, one.claims)] for one in self]
        return Table(("sign", "certainty", "steps", "route"), rows)

    def reply(self) -> dict[str, Any]:
        return replies.paths(self.causal, self.cause, self.effect, self, self.more)


class Ranking(Answer, Explanation):
    """An :class:`kg.inquiry.Explanation` that shows itself."""

    def table(self) -> Table:
        """A row for each candidate."""
        columns = ("candidate", "score", "explains", "leaves unexplained", "absent, against it", "likelier with", "next test")
        rows = []
        for one in self.candidates:
            test = self.next_tests[one.iri].label if one.iri in self.next_tests else ""
            lists = [self._labels(group) for group in (one.explained, one.unexplained, one.contradicted, one.context)]
            rows.append([self.causal.label(one.iri), f"{one.score:.2f}", *lists, test])
        return Table(columns, rows)

    def reply(self) -> dict[str, Any]:
        return replies.explanation(self)

    def _labels(self, states: Iterable[str]) -> str:
        return "; ".join(map(self.causal.label, states))


class Correction(Answer, Consequences):
    """:class:`kg.correct.Consequences` that show themselves."""

    causal: CausalGraph

    @classmethod
    def of(cls, causal: CausalGraph, states: Sequence[str]) -> Correction:
        """What becomes of the findings when states (IRIs) are corrected."""
        answer = cls(*consequences(causal, states))
        answer.causal = causal
        return answer

    def table(self) -> Table:
        """A row for each finding: whether it ends, and what else leads to it."""
        label = self.causal.label
        ended = [[label(iri), "ends", ""] for iri in self.lost]
        stays = [[label(iri), "stays", "; ".join(map(label, through))] for iri, through in self.kept.items()]
        return Table(("finding", "what becomes of it", "through"), ended + stays)

    def reply(self) -> dict[str, Any]:
        return replies.consequences(self.causal, self)


class Remedies(Answer, Sets):
    """:class:`kg.correct.Sets` that show themselves."""

    causal: CausalGraph
    finding: str

    @classmethod
    def of(cls, causal: CausalGraph, finding: str, limit: int) -> Remedies:
        """The first ``limit`` smallest sets to correct so that a finding (IRI) ends."""
        answer = cls(*sets_for(causal, finding, limit))
        answer.causal, answer.finding = causal, finding
        return answer

    def table(self) -> Table:
        """A row for each set of states."""
        rows = [[str(len(one)), "; ".join(map(self.causal.label, one))] for one in self.sets]
        return Table(("states", "to correct"), rows)

    def reply(self) -> dict[str, Any]:
        return replies.minimal_sets(self.causal, self.finding, self)


def chain(causal: CausalGraph, claims: tuple[Claim, ...]) -> str:
    """A route in a line: what promotes (``->``) and what inhibits (``-|``) what."""
    steps = [f"{'-|' if claim.sign < 0 else '->'} {causal.label(claim.effect)}" for claim in claims]
    return " ".join([causal.label(claims[0].cause), *steps])
