"""The cell magic ``%%sparql`` for Jupyter: a cell that is a SPARQL query, with its rows as the cell's answer.

Load it with ``%load_ext kg.magic``. The line takes the source (a file, a folder or an endpoint; nothing for the built-in graph)
and, after ``>>``, the name that keeps the answer: ``%%sparql http://localhost:3030/kg >> rows``.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING, Any

from kg.errors import KgError, UsageError
from kg.sparql.hints import is_nothing
from kg.sparql.results import Rows

if TYPE_CHECKING:
    from kg.graph import Graph

_graphs: dict[str, Graph] = {}


def load_ipython_extension(shell: Any) -> None:
    """What ``%load_ext kg.magic`` calls."""

    def sparql(line: str, cell: str) -> Any:
        """A SPARQL query; the prefixes of the graph need no PREFIX line."""
        source, _, name = (part.strip() for part in line.partition(">>"))
        if name and not name.isidentifier():
            raise UsageError(f"%%sparql: {name!r} is not a name for a variable; write %%sparql SOURCE >> name")
        try:
            graph = _open(source)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # said below, in a line of the cell
                answer = graph.query(cell)
            empty = not answer or (isinstance(answer, Rows) and len(answer) == 1 and is_nothing(cell, answer[0]))
            for hint in graph.explain_emptiness(cell) if empty else graph.hints(cell):
                print(f"kg: {hint}")
        except KgError as error:
            print(f"kg: {error}")  # one line, as on the command line; a traceback would hide it
            return None
        if name:
            shell.push({name: answer})
            return None
        return answer

    shell.register_magic_function(sparql, magic_kind="cell")


def _open(source: str) -> Graph:
    from kg.graph import connect

    if source not in _graphs:
        _graphs[source] = connect(source or None)
    return _graphs[source]
