"""One HTML file with the whole graph, its questions as forms and a SPARQL engine: to be mailed, and opened from a disk without a network.

The graph is Turtle, compressed; the engine is Oxigraph, compiled to WebAssembly (``assets/VENDORED.md``), in a worker of the
page. The page's policy lets it ask nothing of any address.
"""

from __future__ import annotations

import gzip
import re
from base64 import b64encode
from importlib.resources import files
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.export.rdf import sort_triples, write_statements
from kg.locations import __version__
from kg.rdf.namespaces import KG, prefixes
from kg.sparql import library
from kg.templates import environment
from kg.view.modules import join
from kg.view.page import policy
from kg.view.page_data import to_json

if TYPE_CHECKING:
    from typing import Any

    from kg.graph import Graph

#: The version of the engine in ``assets``.
ENGINE = "0.5.11"


def offline(graph: Graph) -> tuple[bytes]:
    """The page of a graph.

    Raises:
        UsageError: the graph contains triple terms, which the page's engine does not read.
    """
    from markupsafe import Markup
    from pyoxigraph import RdfFormat, Triple

    triples = list(sort_triples(graph))
    if any(isinstance(triple.object, Triple) for triple in triples):
        raise UsageError("html: the graph contains triple terms, which the page's engine cannot read; export rdf12")
    turtle = write_statements(triples, RdfFormat.TURTLE)
    script = join("offline_page.js", _text)
    page = environment({"page": _text("offline.html.jinja")}).get_template("page")
    style = _style()
    html = page.render(
        policy=policy([script], style, worker=True),
        style=Markup(style),
        script=Markup(script),
        facts=Markup(to_json(_facts(triples))),
        graph=Markup(_pack(turtle)),
        wasm=Markup(b64encode(_asset("oxigraph.wasm.gz")).decode("ascii")),
        worker=Markup(_pack(_worker().encode("utf-8"))),
        questions=len(library.names()),
        credit=graph.header.credit(__version__),
        name=graph.header.name or "a graph",
        engine=ENGINE,
    )
    return (html.encode("utf-8"),)


def _facts(triples: list[Any]) -> dict[str, Any]:
    """What the page knows beside the graph: the questions, the prefixes, and the names that queries may use."""
    used = {term.value for triple in triples for term in triple if getattr(term, "value", "").startswith(KG)}
    return {
        "prefixes": prefixes(),
        "names": sorted(name.removeprefix(KG) for name in used if "/" not in name.removeprefix(KG)),
        "questions": [{**one.to_dict(), "text": one.text} for one in map(library.question, library.names())],
    }


def _worker() -> str:
    """The script of the worker. A page on a disk may start no worker that is a module, so the engine's exports are taken off."""
    module = gzip.decompress(_asset("oxigraph.js.gz")).decode("utf-8")
    plain = re.sub(r"^export (?=class |function )|^export \{.*\};$", "", module, flags=re.MULTILINE)
    return plain.replace("import.meta.url", "self.location.href") + "\n" + _text("engine.js")


def _style() -> str:
    from kg import palette

    return palette.rules() + _text("offline.css")


def _pack(content: bytes) -> str:
    """Compressed and in base64, the same bytes for the same content."""
    return b64encode(gzip.compress(content, 9, mtime=0)).decode("ascii")


def _asset(name: str) -> bytes:
    return files("kg.export").joinpath("assets", name).read_bytes()


def _text(name: str) -> str:
    return _asset(name).decode("utf-8")
