"""A term that shows itself in a notebook: what it is, what leads to it, and what it leads to."""

from __future__ import annotations

from kg.grounding.resolve import Term

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

        from kg.grounding.term_summary import dossier

        facts = dossier(self._rows, self)
        synonyms = f"<p>Also called: {escape(', '.join(facts['synonyms'][:_SHOWN]))}</p>" if facts["synonyms"] else ""
        return (
            f"<h4>{escape(self.label)} <small>{escape(facts['kind'])}</small></h4><p>{escape(facts['definition'] or '')}</p>{synonyms}"
            f"{_claims('Starts here', facts['claims_out'])}{_claims('Leads here', facts['claims_in'])}"
            f"<p><small>{escape(self.iri)}. Information, not medical advice.</small></p>"
        )


def _claims(title: str, claims: list[dict[str, Any]]) -> str:
    if not claims:
        return ""
    from html import escape

    lines = "".join(
        f"<li>{escape(one['subject']['label'])} <em>{escape(one['relation_label'])}</em> {escape(one['object']['label'])} "
        f"<small>{escape(one['status'])}, {escape(one['certainty'])}</small></li>"
        for one in claims[:_SHOWN]
    )
    more = f"<p>and {len(claims) - _SHOWN} more: graph.query('claims_about', ...)</p>" if len(claims) > _SHOWN else ""
    return f"<details open><summary>{title} ({len(claims)})</summary><ul>{lines}</ul>{more}</details>"
