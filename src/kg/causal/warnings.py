"""The red flags of a description, with the page that says so, for every answer that ranks.

:mod:`kg.grounding.red_flags` finds them; here each gets the title and address of its source from the graph.
"""

from __future__ import annotations

from kg.causal.claim_rows import of
from kg.grounding.red_flags import find_red_flags

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.grounding.red_flags import RedFlag
    from kg.grounding.resolve import Asked


def warnings(
    rows: Asked,
    findings: Sequence[str],
    absent: Sequence[str] = (),
    context: Sequence[str] = (),
    terms: Iterable[str] = (),
    ruled_out: Iterable[str] = (),
) -> tuple[RedFlag, ...]:
    """The red flags in a description, each with its source as "title, address"; see :func:`kg.grounding.red_flags.find_red_flags`."""
    found = find_red_flags(findings, terms, absent, context, ruled_out)
    if not found:
        return ()
    pages = {
        source.value: f"{title.value}, {page.value}" if page else title.value
        for source, title, page in of(rows, "source_pages", "source", sorted({flag.source for flag in found}))
    }
    return tuple(flag._replace(source=pages.get(flag.source, flag.source)) for flag in found)


def as_plain(flags: Iterable[RedFlag]) -> list[dict[str, str]]:
    """The red flags of the JSON of ``kg explain``."""
    return [{"label": flag.label, "advice": flag.advice, "source": flag.source, "iri": flag.iri} for flag in flags]


def as_lines(flags: Iterable[RedFlag]) -> list[str]:
    """The red flags as lines of text, to stand before everything else."""
    return [line for flag in flags for line in (f"! {flag.label}", f"  {flag.advice}", f"  Source: {flag.source}")]


def as_html(flags: Iterable[RedFlag]) -> str:
    """The red flags as a piece of HTML for a notebook."""
    from html import escape

    return "".join(
        f'<p role="alert"><strong>{escape(flag.label)}.</strong> {escape(flag.advice)} <small>Source: {escape(flag.source)}</small></p>'
        for flag in flags
    )
