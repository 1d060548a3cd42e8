"""The colours, seen through the eyes of colour-blind readers (Machado, Oliveira and Fernandes 2009, full severity)."""

from itertools import combinations

import pytest

from kg import palette
from kg.view.page_data import KINDS

SIGHT = {
    "full": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
}
THEMES = {"light": palette.LIGHT, "dark": palette.DARK}
#: CIE76: 2.3 is a just noticeable difference; lines and outlines are thin, so we ask for several times as much.
PLAIN, CLEAR = 14, 30


def linear(colour: str) -> list[float]:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen(colour: str, sight: str) -> list[float]:
    own = linear(colour)
    return [min(1.0, max(0.0, sum(a * b for a, b in zip(row, own, strict=True)))) for row in SIGHT[sight]]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    red, green, blue = rgb
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.95047
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.08883
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def apart(one: str, other: str, sight: str) -> float:
    pairs = zip(lab(seen(one, sight)), lab(seen(other, sight)), strict=True)
    return sum((a - b) ** 2 for a, b in pairs) ** 0.5


def contrast(one: str, other: str) -> float:
    """WCAG's ratio."""
    light, dark = sorted(sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, other))[
        ::-1
    ]
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
def test_kinds_are_told_apart_by_their_outlines(theme, sight):
    lines = {kind: THEMES[theme][kind].split()[1] for kind in KINDS}
    close = {(a, b): apart(lines[a], lines[b], sight) for a, b in combinations(lines, 2)}
    assert min(close.values()) >= PLAIN, min(close, key=close.get)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("pair", [("promotes", "inhibits"), ("upstream", "downstream"), ("for", "against")])
def test_what_is_opposed_is_told_apart_clearly(theme, sight, pair):
    one, other = (THEMES[theme][name] for name in pair)
    assert apart(one, other, sight) >= CLEAR


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_is_read_on_its_ground(theme):
    colours = THEMES[theme]
    for kind in KINDS:
        fill, line = colours[kind].split()
        assert contrast(colours["ink"], fill) >= 7
        assert contrast(line, colours["ground"]) >= 3
    for name in ("ink", "quiet", "link", "promotes", "inhibits", "upstream", "downstream", "contested"):
        for ground in ("ground", "paper", "soft"):
            assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def test_the_simulation_knows_what_is_confused():
    """Red and green of one lightness are far apart to full sight and close to a deutan."""
    assert apart("#c03020", "#707000", "full") > 2 * apart("#c03020", "#707000", "deutan")
