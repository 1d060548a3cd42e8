"""A small SVG writer: shapes and texts on a ground, every text escaped, every chart with a title that is read aloud."""

from __future__ import annotations

from html import escape

from kg.palette import LIGHT
from kg.rdf.xml import replace_forbidden

FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans Condensed, sans-serif"
#: Mean advance of a character of the font in em; room is left for wider ones.
ADVANCE = 0.54
#: The least size of a text, in pixels.
SMALL = 12


class Drawing:
    """Shapes in the order in which they are added; the height grows with what is drawn."""

    def __init__(self, width: float) -> None:
        self.width = width
        self.height = 0.0
        self._parts: list[str] = []

    def _add(self, part: str, bottom: float) -> None:
        self._parts.append(part)
        self.height = max(self.height, bottom)

    def text(
        self, x: float, y: float, words: str, *, size: float = SMALL, anchor: str = "start", bold: bool = False, fill: str = "ink",
        turn: float = 0, halo: bool = False,
    ) -> None:  # fmt: skip
        """Words with their baseline at ``y``; ``turn`` is in degrees around their start, a ``halo`` keeps lines off them."""
        weight = ' font-weight="bold"' if bold else ""
        turned = f' transform="rotate({_n(turn)} {_n(x)} {_n(y)})"' if turn else ""
        place = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" text-anchor="{anchor}" fill="{LIGHT.get(fill, fill)}"'
        clear = f' paint-order="stroke" stroke="{LIGHT["ground"]}" stroke-width="4" stroke-linejoin="round"' if halo else ""
        self._add(f"<text {place}{weight}{turned}{clear}>{escape(replace_forbidden(words))}</text>", y + size * 0.4)

    def box(
        self, x: float, y: float, width: float, height: float, *, fill: str = "none", line: str = "", hint: str = ""
    ) -> None:
        """A rectangle; ``hint`` is told where a pointer rests on it."""
        stroke = f' stroke="{LIGHT.get(line, line)}"' if line else ""
        inside = f"<title>{escape(replace_forbidden(hint))}</title>" if hint else ""
        place = f'x="{_n(x)}" y="{_n(y)}" width="{_n(max(0.0, width))}" height="{_n(height)}"'
        self._add(f'<rect {place} fill="{LIGHT.get(fill, fill)}"{stroke}>{inside}</rect>', y + height)

    def line(self, x0: float, y0: float, x1: float, y1: float, *, line: str = "line", width: float = 1, dash: str = "") -> None:
        """A straight line."""
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        place = f'x1="{_n(x0)}" y1="{_n(y0)}" x2="{_n(x1)}" y2="{_n(y1)}"'
        self._add(f'<line {place} stroke="{LIGHT.get(line, line)}" stroke-width="{_n(width)}"{dashes}/>', max(y0, y1))

    def svg(self, title: str, description: str) -> str:
        """The whole file."""
        width, height = _n(self.width), _n(self.height + 14)
        return "\n".join(
            [
                (
                    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
                    f'role="img" aria-label="{escape(replace_forbidden(title))}" font-family="{FONT}">'
                ),
                f"<title>{escape(replace_forbidden(title))}</title>",
                f"<desc>{escape(replace_forbidden(description))}</desc>",
                "<defs>"
                + _hatch("against", LIGHT["against"], LIGHT["paper"])
                + _hatch("mixed", LIGHT["contested"], LIGHT["paper"], step=5, turn=90)
                + "</defs>",
                f'<rect width="100%" height="100%" fill="{LIGHT["ground"]}"/>',
                *self._parts,
                "</svg>\n",
            ]
        )


def _hatch(name: str, line: str, ground: str, step: float = 6, turn: float = 45) -> str:
    return (
        f'<pattern id="{name}-hatch" width="{_n(step)}" height="{_n(step)}" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate({_n(turn)})"><rect width="{_n(step)}" height="{_n(step)}" fill="{ground}"/>'
        f'<line x1="0" y1="0" x2="0" y2="{_n(step)}" stroke="{line}" stroke-width="{_n(step * 0.9)}"/></pattern>'
    )


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")


def text_width(words: str, size: float = SMALL) -> float:
    """About how wide a text is, in pixels."""
    return len(words) * size * ADVANCE


def shorten(words: str, width: float, size: float = SMALL) -> str:
    """``words`` cut with an ellipsis where they are wider than ``width``.

    >>> shorten("erythrocyte glutathione reductase", 100)
    'erythrocyte gl…'
    """
    most = int(width / (size * ADVANCE))
    return words if len(words) <= most else words[: max(1, most - 1)].rstrip() + "…"


def mix(share: float, low: str = LIGHT["paper"], high: str = LIGHT["promotes"]) -> str:
    """A colour between two, at a share from 0 to 1."""
    pairs = [(int(low[at : at + 2], 16), int(high[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def value(cell: object) -> str:
    """The text of a cell of an answer, empty where nothing is bound."""
    return "" if cell is None else str(cell.value)  # type: ignore[attr-defined]
