"""The colours of every picture, light and dark; the tests look at them through the eyes of colour-blind readers.

No colour tells anything alone: kinds differ in shape, signs in dash and arrowhead, certainties in width and in pips.
"""

from __future__ import annotations

#: Fill and outline of each kind of state; outlines that a colour-blind reader sees in one hue differ in lightness.
Theme = dict[str, str]

LIGHT: Theme = {
    "ground": "#fcfcfa",
    "paper": "#ffffff",
    "ink": "#1b1d1f",
    "quiet": "#565b60",
    "line": "#d6d9d3",
    "soft": "#f1f2ee",
    "link": "#14568c",
    "promotes": "#1f5f9e",
    "inhibits": "#b2410b",
    "upstream": "#8f4a00",
    "downstream": "#00735f",
    "contested": "#a0307f",
    "for": "#1f5f9e",
    "against": "#b2410b",
    "Exposure": "#fdecd9 #b06a15",
    "NutrientStatus": "#fff4bf #6c5100",
    "PhysiologicalState": "#ebe7f9 #443a8e",
    "Condition": "#ddeff9 #2f628c",
    "Symptom": "#fde3e7 #a3203f",
    "Sign": "#f7e2f2 #c34db9",
    "LabFinding": "#dff2e4 #0a4924",
    "other": "#eeeeee #555555",
}

DARK: Theme = {
    "ground": "#14171a",
    "paper": "#1a1e22",
    "ink": "#eef0f2",
    "quiet": "#a9b0b6",
    "line": "#3b4147",
    "soft": "#23282d",
    "link": "#8cc4f2",
    "promotes": "#7db8ec",
    "inhibits": "#f3935f",
    "upstream": "#f4b45e",
    "downstream": "#4fd6bd",
    "contested": "#ee8fd0",
    "for": "#7db8ec",
    "against": "#f3935f",
    "Exposure": "#38291a #dc894a",
    "NutrientStatus": "#35300f #f2df74",
    "PhysiologicalState": "#2b2644 #bda5f8",
    "Condition": "#142f3d #53bed2",
    "Symptom": "#421c27 #eda5a3",
    "Sign": "#3b1c35 #bf68a0",
    "LabFinding": "#17341f #b0f4ac",
    "other": "#2c2f32 #b9bec2",
}


def variables(theme: Theme) -> str:
    """The theme as CSS custom properties; a kind has two, its fill and its outline.

    >>> variables({"ink": "#000", "Sign": "#fff #bf68a0"})
    '--ink: #000; --Sign: #fff; --Sign-line: #bf68a0;'
    """
    found = []
    for name, value in theme.items():
        fill, _, line = value.partition(" ")
        found.append(f"--{name}: {fill};" + (f" --{name}-line: {line};" if line else ""))
    return " ".join(found)


def rules() -> str:
    """Style rules that set the custom properties of both themes: dark where the screen asks for it, or the page by ``data-theme``."""
    light, dark = variables(LIGHT), variables(DARK) + " color-scheme: dark;"
    # Dark before a script has run, and without one; paper is light, whatever the screen was.
    return (
        f":root {{ {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme]) {{ {dark} }} }}\n"
        f'@media screen {{ [data-theme="dark"] {{ {dark} }} }}\n'
    )
