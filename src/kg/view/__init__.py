"""The pathway view: one self-contained HTML file that draws a causal graph and lets a reader question it.

    from kg.view import View, render
    View(render(graph, title="From magnesium to muscle"), title="From magnesium to muscle").save("magnesium.html")

The file needs nothing beside it and asks the network for nothing.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from kg.atomic import save
from kg.causal.model import CausalGraph
from kg.errors import UsageError

__all__ = ["Reading", "View", "build", "render"]

Reading = tuple[str, Sequence[tuple[str, str, str]]]


def render(graph: CausalGraph, **options: Any) -> str:
    """The whole HTML page of ``graph``; the parameters are those of :func:`build`."""
    from kg.view.page import page

    return page(build(graph, **options))


def build(
    graph: CausalGraph,
    *,
    title: str,
    subtitle: str = "",
    start: str | None = None,
    first: Iterable[str] = (),
    whole: CausalGraph | None = None,
    flow: tuple[Sequence[str], Sequence[str]] | None = None,
    reading: Reading | None = None,
    overview: Mapping[str, Any] | None = None,
    command: str = "",
    marks: Mapping[str, str] | None = None,
) -> Any:
    """The pyvis ``Network`` of ``graph``, dressed with our page. The same arguments give the same page, byte by byte.

    Up to 45 states are drawn at once. Of more, the most certain part is shown and the rest at a button's press; beyond 200
    the page draws the neighbourhood of one state at a time. The table holds every claim always.

    Parameters:
        start: the IRI of the state around which the page opens, on a phone and where the graph is large.
        first: the IRIs of the states to show first; without them, and where not all fit, the part nearest to ``start``.
        whole: the graph of which this one is a part: it says what is a hub, and what ends when states are corrected.
        flow: the IRIs of the causes and of the effects of a map of routes, which is laid out from the ones to the others.
        reading: a heading and lines that the page opens with: words, small words, and the IRI of the state they lead to.
        overview: the table of nutrients by organ systems that the page of the whole graph opens with.
        command: the command that makes this page again; it stands at the foot.
        marks: what stands in the box of a state in place of its label, as that with a number; everywhere else it has its label.

    Raises:
        UsageError: ``start`` is not a state of the graph.
        DataError: a claim joins a state that the graph does not hold.
    """
    # Late, so that importing this package costs nothing to those who do not draw.
    from kg.view.excerpt import DRAWN, READABLE, most_prominent
    from kg.view.layout.layout import lay_out
    from kg.view.page import dress
    from kg.view.page_data import part
    from kg.view.pyvis_network import check, network

    if start is not None and start not in graph.states:
        raise UsageError(f"{start} is not on this map: use the IRI of one of its {len(graph.states)} states")
    check(graph)
    drawn = {}
    first = set(first) & graph.states.keys()
    if len(graph.states) > READABLE:
        first = first or most_prominent(graph, [start] if start else [])
    if first and len(first) < len(graph.states) <= DRAWN:
        small = part(graph, first)
        drawn["part"] = (small, lay_out(small, flow, marks))
    if len(graph.states) <= DRAWN:
        drawn["all"] = (graph, lay_out(graph, flow, marks))
    net = network(graph, whole or graph, drawn, title, marks)
    facts = {"start": start, "flow": flow, "reading": reading, "overview": overview, "marks": marks or None}
    dress(net, graph, whole or graph, drawn, title=title, subtitle=subtitle, command=command, **facts)
    return net


class View:
    """A page. It shows itself in a notebook, and ``save`` writes it to a file.

    ``network`` is the :class:`pyvis.network.Network` behind it: what is added to it, or changed in its ``options``, is on the
    page when it is next rendered, and its own ``save_graph`` writes the same page.

    >>> import kg
    >>> view = kg.open().view("wet beriberi", depth=1)
    >>> view.network.add_node("my note", label="seen in 12 patients")
    >>> "seen in 12 patients" in view.html
    True
    """

    def __init__(self, html: str, title: str, network: Any = None) -> None:
        self._html = html
        self.title = title
        self.network = network

    @classmethod
    def of(cls, graph: CausalGraph, title: str, **options: Any) -> View:
        """The view of a graph; the options are those of :func:`build`."""
        return cls("", title, build(graph, title=title, **options))

    @property
    def html(self) -> str:
        """The whole page, as the network is now."""
        if self.network is None:
            return self._html
        from kg.view.page import page

        return page(self.network)

    def __repr__(self) -> str:
        return f"View({self.title!r})"

    def save(self, path: str | os.PathLike[str]) -> Path:
        """Write the page as UTF-8 and return where. Whoever reads ``path`` meanwhile sees the old page or the new one.

        Raises:
            UsageError: ``path`` is a folder, or its folder is missing or not writable.
        """
        return save(path, self.html.encode("utf-8"), "view.html")

    def _repr_html_(self) -> str:
        # A sandboxed frame of its own: several views fit one notebook, and none can touch it or another.
        return (
            f'<iframe title="{escape(self.title)}" srcdoc="{escape(self.html)}" width="100%" height="720" '
            'sandbox="allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox" '
            'style="border:1px solid #8884"></iframe>'
        )
