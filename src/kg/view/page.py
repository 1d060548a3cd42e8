"""The page around the network: our template, the data as JSON, and a policy that lets only our own scripts run."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from kg.causal import CERTAINTIES, CausalGraph, Claim, Source, State
from kg.view.layout import Box, Layout, Point
from kg.view.network import network, vis_network

SCRIPTS = ("graph", "look", "map", "panel", "controls")
KINDS = {
    "Exposure": "Exposure",
    "NutrientStatus": "Nutrient status",
    "PhysiologicalState": "Mechanism",
    "Condition": "Condition",
    "Symptom": "Symptom",
    "Sign": "Sign",
    "LabFinding": "Lab finding",
}


def page(graph: CausalGraph, layout: Layout, *, title: str, subtitle: str, start: str | None) -> str:
    """The whole HTML: pyvis holds the network and renders our template around it."""
    from jinja2 import DictLoader, Environment, StrictUndefined
    from markupsafe import Markup

    style, script, library = asset("page.css"), _script(), vis_network()
    environment = Environment(loader=DictLoader({"page": asset("page.html.jinja")}), autoescape=True, undefined=StrictUndefined)
    environment.globals.update(
        graph=graph,
        title=title,
        subtitle=subtitle,
        kinds=_kinds(graph),
        policy=policy([library, script], style),
        style=Markup(style),
        library=Markup(library),
        script=Markup(script),
        link=link,
        data=Markup(_data(graph, layout, title, start)),
    )
    net = network(graph, layout, title)
    net.path, net.templateEnv = "page", environment
    html: str = net.generate_html("page.html")
    # A lone surrogate cannot be written as UTF-8: it becomes a question mark here, and no failure when saving.
    return html.encode("utf-8", "replace").decode("utf-8")


def policy(scripts: list[str], style: str) -> str:
    """The Content-Security-Policy: nothing from anywhere, only our own scripts and style by their hashes."""
    allowed = " ".join(map(_digest, scripts))
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; style-src-attr 'unsafe-inline'; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


#: Where an identifier leads, by its prefix.
RESOLVERS = {
    "DOI": "https://doi.org/",
    "PMID": "https://pubmed.ncbi.nlm.nih.gov/",
    "PMCID": "https://pmc.ncbi.nlm.nih.gov/articles/",
}


def link(source: Source) -> str:
    """The address of a source that a reader may follow (http or https with a host): its own, else by its identifier."""
    addresses = [source.url]
    for identifier in source.identifiers:
        prefix, _, rest = identifier.partition(":")
        addresses += [RESOLVERS[prefix] + rest] if prefix in RESOLVERS else []
    return next(filter(_followable, addresses), "")


def _followable(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable() and " " not in address


def to_json(value: object) -> str:
    """JSON that can end neither the script element it stands in nor a line of it."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def asset(name: str) -> str:
    """A file that lies beside this module."""
    return files("kg.view").joinpath("assets", name).read_text(encoding="utf-8")


@cache
def _script() -> str:
    body = "\n".join(asset(f"{name}.js") for name in SCRIPTS)
    return f'(() => {{\n"use strict";\n{body}\n}})();'


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def _kinds(graph: CausalGraph) -> list[tuple[str, str, int]]:
    present = Counter(state.kind for state in graph.states.values())
    known = [kind for kind in KINDS if kind in present]
    return [(kind, KINDS.get(kind, kind), present[kind]) for kind in [*known, *sorted(present.keys() - KINDS.keys())]]


def _data(graph: CausalGraph, layout: Layout, title: str, start: str | None) -> str:
    lines = {line.source.iri: line for claim in graph.claims for line in claim.evidence}
    numbers = {iri: number for number, iri in enumerate(lines)}
    return to_json(
        {
            "title": title,
            "start": start,
            "certainties": CERTAINTIES,
            "kinds": [(kind, name) for kind, name, _ in _kinds(graph)],
            "bands": [{"name": band.name, "left": round(band.left), "right": round(band.right)} for band in layout.bands],
            "nodes": [_node(state, layout.boxes[iri]) for iri, state in graph.states.items()],
            "sources": [[iri, line.source.title, link(line.source), line.study] for iri, line in lines.items()],
            "edges": [_edge(claim, line, numbers) for claim, line in zip(graph.claims, layout.routes, strict=True)],
        }
    )


def _node(state: State, box: Box) -> dict[str, Any]:
    return {
        "iri": state.iri,
        "label": state.label,
        "kind": state.kind,
        "definition": state.definition,
        "synonyms": state.synonyms,
        "x": round(box.x),
        "y": round(box.y),
        "w": round(box.width),
        "h": round(box.height),
        "lines": box.lines,
    }


def _edge(claim: Claim, line: tuple[Point, ...], numbers: dict[str, int]) -> dict[str, Any]:
    return {
        "id": claim.iri,
        "from": claim.cause,
        "to": claim.effect,
        "relation": claim.relation,
        "status": claim.status,
        "certainty": claim.certainty,
        "onset": claim.onset,
        "reversibility": claim.reversibility,
        "note": claim.note,
        "line": [round(number) for point in line for number in point],
        "evidence": [
            [numbers[line.source.iri], line.stance, line.locator, line.note]  # the page looks the source up by its number
            for line in claim.evidence
        ],
    }
