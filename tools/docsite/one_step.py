"""The map of one step on a term's page: what leads to it on the left, what it leads to on the right, as a small SVG with links."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any, NamedTuple

from kg.charts.svg import shorten, text_width
from kg.rdf.namespaces import KG
from kg.rdf.vocabulary import CERTAINTIES
from kg.server.pages.links import link

#: The most states on each side; the lists below the map have all of them.
MOST = 8
_WIDTH, _BOX, _TALL, _ROW, _TOP, _SIZE = 760, 228, 26, 34, 30, 13
#: Where the boxes of causes, of the term and of effects begin.
_LEFT, _MIDDLE, _RIGHT = 1, (_WIDTH - _BOX) / 2, _WIDTH - _BOX - 1
_STROKES = dict(zip(CERTAINTIES, ("2.8", "2.1", "1.5", "1"), strict=True))
_MARKS = (
    '<defs><marker id="promotes" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" '
    'orient="auto"><path class="promotes" d="M0 0 8 4 0 8z"/></marker><marker id="inhibits" viewBox="0 0 4 10" refX="2" refY="5" '
    'markerWidth="4" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path class="inhibits" d="M0 0h3v10h-3z"/></marker></defs>'
)


class Step(NamedTuple):
    """One claim next to the term: the other end, and how the two are joined."""

    iri: str
    label: str
    relation: str
    certainty: str
    status: str
    sources: int

    def order(self) -> tuple[int, int, str]:
        """The better certain first, then what more sources tell, then by name."""
        return CERTAINTIES.index(self.certainty), -self.sources, self.label


def drawing(iri: str, label: str, claims: Iterable[dict[str, Any]]) -> str:
    """The map around a term, or nothing where no state leads to it or from it.

    Parameters:
        claims: what a term's page lists, as of :func:`kg.grounding.term_summary.dossier`.
    """
    sides: tuple[dict[str, Step], dict[str, Step]] = {}, {}
    for claim in claims:
        relation = claim["relation"].removeprefix(KG)
        if relation in ("promotes", "inhibits") and claim["status"] != "refuted":
            forward = claim["subject"]["iri"] == iri
            other = claim["object" if forward else "subject"]
            step = Step(other["iri"], other["label"], relation, claim["certainty"], claim["status"], claim["sources"])
            side = sides[forward]
            side[step.iri] = min(side.get(step.iri, step), step, key=Step.order)
    if not any(sides):
        return ""
    causes, effects = (sorted(side.values(), key=Step.order)[:MOST] for side in sides)
    height = max(len(causes), len(effects)) * _ROW
    middle = _TOP + height / 2
    parts = [_head("Leads to it", len(causes), len(sides[0]), _LEFT), _head("It leads to", len(effects), len(sides[1]), _RIGHT)]
    for steps, x, ends in ((causes, _LEFT, (_LEFT + _BOX, _MIDDLE)), (effects, _RIGHT, (_MIDDLE + _BOX, _RIGHT))):
        for at, step in enumerate(steps):
            y = _TOP + (at + 0.5) * height / len(steps)
            parts += [_arrow(step, ends, (y, middle) if x == _LEFT else (middle, y)), _box(step.label, x, y, step.iri)]
    about = f"One step around {label}; the lists below have the same with their evidence"
    return (
        f'<div class="scroll steps" tabindex="0" role="group" aria-label="{escape(about)}">'
        f'<svg viewBox="0 0 {_WIDTH} {_TOP + height}" width="{_WIDTH}" height="{_TOP + height}">'
        f"{_MARKS}{''.join(parts)}{_box(label, _MIDDLE, middle)}</svg></div>"
    )


def _head(words: str, shown: int, all_: int, x: float) -> str:
    if not shown:
        return ""
    count = f"{shown} of {all_}" if shown < all_ else str(shown)
    return f'<text class="head" x="{x + 2:g}" y="18" font-size="{_SIZE}">{words} ({count})</text>'


def _arrow(step: Step, x: tuple[float, float], y: tuple[float, float]) -> str:
    bend = (x[1] - x[0]) / 2
    start, end = x[0], x[1] - 2
    dashes = ' stroke-dasharray="5 4"' if step.status == "contested" else ""
    path = f"M{start:g} {y[0]:.1f}C{start + bend:g} {y[0]:.1f} {end - bend:g} {y[1]:.1f} {end:g} {y[1]:.1f}"
    mark = f'stroke-width="{_STROKES[step.certainty]}" marker-end="url(#{step.relation})"{dashes}'
    return f'<path class="way {step.relation}" d="{path}" {mark}/>'


def _box(label: str, x: float, y: float, iri: str = "") -> str:
    size = _SIZE if text_width(label, _SIZE) < 1.15 * _BOX else _SIZE - 1
    words = escape(shorten(label, _BOX - 14, size * 0.92))
    inside = (
        f'<rect x="{x:g}" y="{y - _TALL / 2:.1f}" width="{_BOX}" height="{_TALL}" rx="5"/>'
        f'<text x="{x + _BOX / 2:g}" y="{y + 4.5:.1f}" font-size="{size}" text-anchor="middle">{words}</text><title>{escape(label)}</title>'
    )
    return f'<a href="{link(iri).href}">{inside}</a>' if iri else f'<g class="here">{inside}</g>'
