"""The page around the network: our template, the data as JSON, and a policy that lets only our own scripts run."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from kg import palette
from kg.causal.model import KIND, CausalGraph
from kg.locations import __version__
from kg.templates import environment
from kg.view.layout.layout import Layout
from kg.view.modules import join
from kg.view.page_data import data, kinds, link, ranks, sources, to_json
from kg.view.pyvis_network import vis_network
from kg.view.shown import read_shown

#: Whose work the picture is, which its licence asks to name wherever it is shown.
CREDIT = f"nutrition-kg {__version__}, CC BY 4.0, https://w3id.org/nutrition-kg/"


def dress(
    net: Any,
    graph: CausalGraph,
    whole: CausalGraph,
    layouts: Mapping[str, tuple[CausalGraph, Layout]],
    *,
    title: str,
    subtitle: str,
    command: str,
    **facts: Any,
) -> None:
    """Give a pyvis network our page: from here on its ``generate_html`` and ``save_graph`` write that, made of what it holds then."""
    from markupsafe import Markup

    library, packed = vis_network()
    credit = whole.credit or graph.credit or CREDIT
    bands = {name: layout.bands for name, (_, layout) in layouts.items()}

    def picture(nodes: list[dict[str, Any]], edges: list[dict[str, Any]], options: str) -> dict[str, Any]:
        found = read_shown(nodes, edges, graph, tuple(bands))
        known = {
            **_there(facts, found.graph),
            "title": title,
            "credit": credit,
            "command": command,
            "options": json.loads(options),
        }
        known["palette"] = {"light": palette.LIGHT, "dark": palette.DARK}
        return {
            "graph": found.graph,
            "kinds": kinds(found.graph),
            "ranks": ranks(found.graph),
            "cited": sources(found.graph),
            "causal": sum(claim.causal for claim in found.graph.claims),
            "beside": sum(not claim.causal for claim in found.graph.claims),
            "voice": lambda iri: _voice(found.graph, iri),
            "heading": _speak(title, found.graph),
            "data": Markup(to_json(data(found, whole, bands, **known))),
        }

    drawn = environment({"page": asset("page.html.jinja")})
    drawn.globals.update(
        picture=picture,
        title=title,
        subtitle=subtitle,
        credit=credit,
        command=command,
        policy=policy([library, _script()], style()),
        style=Markup(style()),
        library=Markup(packed),
        script=Markup(_script()),
        link=link,
        words=_words,
        does=lambda claim: "is a kind of" if claim.relation == KIND else claim.relation,
    )
    net.path, net.templateEnv = "page", drawn


def _there(facts: dict[str, Any], graph: CausalGraph) -> dict[str, Any]:
    """What the page opens with, without what was taken off the map."""
    start, flow, reading = (facts.get(name) for name in ("start", "flow", "reading"))
    if flow and not all(iri in graph.states for ends in flow for iri in ends):
        flow = None
    if reading:
        reading = (reading[0], [line for line in reading[1] if line[2] in graph.states])
    return {
        "start": start if start in graph.states else None,
        "flow": flow,
        "reading": reading,
        "overview": facts.get("overview"),
        "marks": facts.get("marks"),
    }


def page(net: Any) -> str:
    """The whole HTML of a network that was dressed: pyvis renders our template around what it holds."""
    html: str = net.generate_html("page.html")
    # A lone surrogate cannot be written as UTF-8: it becomes a question mark here, and no failure when saving.
    return html.encode("utf-8", "replace").decode("utf-8")


def policy(scripts: list[str], style: str, worker: bool = False) -> str:
    """The Content-Security-Policy: nothing from anywhere, only our own scripts and style by their hashes.

    Parameters:
        worker: whether the page starts a worker made of its own text, with an engine in WebAssembly.
    """
    allowed = " ".join([*(["'wasm-unsafe-eval'"] if worker else []), *map(_digest, scripts)])
    started = "worker-src blob:; " if worker else ""
    return started + (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; style-src-attr 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


@cache
def asset(name: str) -> str:
    """A file that lies beside this module."""
    return files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def style() -> str:
    """The style sheet: the palette as variables, light and dark, and the rules."""
    return palette.rules() + asset("page.css")


@cache
def _script() -> str:
    return f'(async () => {{\n"use strict";\n{join("main.js", asset)}\n}})();'


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _voice(graph: CausalGraph, iri: str) -> Any:
    """Language and direction of the cell that holds the label of a state, where it is not English."""
    from markupsafe import Markup

    tag = graph.states[iri].language
    return Markup(' lang="{}" dir="auto"').format(tag) if tag else ""


def _speak(text: str, graph: CausalGraph) -> Any:
    """A text with its language and direction on each name of a state in it that is not English."""
    from markupsafe import Markup, escape

    tongues = {state.label: state.language for state in graph.states.values() if state.language}
    if not tongues:
        return text
    names = "|".join(re.escape(name) for name in sorted(tongues, key=len, reverse=True))
    parts = re.split(rf"(?<!\w)({names})(?!\w)", text)
    spoken = [
        Markup('<bdi lang="{}">{}</bdi>').format(tongues[part], part) if at % 2 else escape(part)
        for at, part in enumerate(parts)
    ]
    return Markup("").join(spoken)


def _words(claim: Any) -> str:
    words = "no good source" if claim.status == "unverified" else str(claim.status)
    return words if claim.causal else f"not causal, {words}"
