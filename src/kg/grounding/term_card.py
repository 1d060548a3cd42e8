"""A term that shows itself in a notebook: what it is, what leads to it, and what it leads to."""

from __future__ import annotations

from kg.grounding.resolve import Term
from kg.grounding.sourced import describe_certainty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.grounding.resolve import Asked

#: So many claims stand on each side of a card.
_SHOWN = 8


class ShownTerm(Term):
    """A term with the graph it was found in; equal to the bare one, and pickled as such."""

    __slots__ = ("_rows",)

    def __init__(self, term: Term, rows: Asked) -> None:
        super().__init__(term.iri, term.label, term.kind)
        self.retired = term.retired
        self._rows = rows

    def __eq__(self, other: object) -> bool:
        return Term.__eq__(self, other)

    __hash__ = Term.__hash__

    def __reduce__(self) -> tuple[Any, ...]:
        return Term, (self.iri, self.label, self.kind)

    def _repr_html_(self) -> str:
        # Here, not above: a query resolves names too, and must not wait for what only a notebook shows.
        from html import escape

        from kg.grounding.term_sentence import describe
        from kg.grounding.term_summary import dossier

        facts = dossier(self._rows, self)
        said = describe(self._rows, self, facts)
        synonyms = f"<p>Also called: {escape(', '.join(facts['synonyms'][:_SHOWN]))}</p>" if facts["synonyms"] else ""
        return (
            f"<h4>{escape(self.label)} <small>{escape(facts['kind'])}</small></h4>"
            f"{f'<p><strong>{escape(said)}</strong></p>' if said else ''}<p>{escape(facts['definition'] or '')}</p>{synonyms}"
            f"{_claims('Starts here', facts['claims_out'], self.label)}{_claims('Leads here', facts['claims_in'], self.label)}"
            f"<p><small>{escape(self.iri)}. Information, not medical advice.</small></p>"
        )


def _judge(claim: dict[str, Any]) -> str:
    status = "no good source" if claim["status"] == "unverified" else claim["status"]
    return f"{status}, {describe_certainty(claim['certainty'])}"


def _claims(title: str, claims: list[dict[str, Any]], term: str) -> str:
    if not claims:
        return ""
    from html import escape

    lines = "".join(
        f"<li>{escape(one['subject']['label'])} <em>{escape(one['relation_label'])}</em> {escape(one['object']['label'])} "
        f"<small>{escape(_judge(one))}</small></li>"
        for one in claims[:_SHOWN]
    )
    all_of_them = escape(f'graph.query("claims_about", term="{term}")')
    more = f"<p>and {len(claims) - _SHOWN} more: <code>{all_of_them}</code></p>" if len(claims) > _SHOWN else ""
    return f"<details open><summary>{title} ({len(claims)})</summary><ul>{lines}</ul>{more}</details>"
