"""nutrition-kg: how nutrition becomes physiology becomes symptoms, as an RDF graph with evidence on every edge.

>>> import kg
>>> graph = kg.open()
>>> graph.term("pins and needles").label
'paresthesia'
"""

from __future__ import annotations

from kg.locations import __version__

__all__ = ["Chart", "Graph", "KgError", "Rows", "Table", "Term", "Triples", "View", "__version__", "errors", "open"]
#: Addresses of an earlier release are found in this folder and warn.
__path__.append(__path__[0] + "/moved")

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os

    from kg import errors
    from kg.charts import Chart
    from kg.errors import KgError
    from kg.graph import Graph
    from kg.grounding.resolve import Term
    from kg.sparql.results import Rows, Table, Triples
    from kg.view import View


def open(
    source: str | os.PathLike[str] | None = None,
    timeout: float | None = None,
    *,
    release: str | None = None,
    lang: str | None = None,
) -> Graph:
    """Open a graph.

    Parameters:
        source: nothing for the built-in graph (or what ``KG_SOURCE`` names); else a file (a path, or a ``file:`` address), a
            folder of RDF, or the URL of a SPARQL 1.1 endpoint.
        timeout: seconds that one call to a remote endpoint may take.
        release: in place of a source, a release that is kept on disk: its version, or the path of its folder.
        lang: the language in which labels are given where they are translated, such as ``"de"``.

    Raises:
        kg.errors.DataError: a file that cannot be read; a release that is not there, or damaged.
        kg.errors.UsageError: both a source and a release are given.
    """
    from kg.graph import connect

    if release is not None:
        from kg.errors import UsageError
        from kg.export.kept_releases import graph_of

        if source is not None:
            raise UsageError("both a source and a release were given; give one of them")
        source = graph_of(release)
    return connect(source, timeout, lang)


#: Where each public name lives; it is imported when it is first used, since a command needs few of them.
_HOMES = {
    "Chart": "kg.charts",
    "Graph": "kg.graph",
    "KgError": "kg.errors",
    "Rows": "kg.sparql.results",
    "Table": "kg.sparql.results",
    "Term": "kg.grounding.resolve",
    "Triples": "kg.sparql.results",
    "View": "kg.view",
}


def __getattr__(name: str) -> object:
    from importlib import import_module

    if name == "errors":
        return import_module("kg.errors")
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
