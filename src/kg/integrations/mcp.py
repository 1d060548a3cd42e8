"""The graph as tools of the Model Context Protocol over standard input and output, for programs that talk to language models.

Needs the extra ``nutrition-kg[mcp]``. Each tool answers with plain values, those of the command of the same name.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.errors import KgError, UsageError
from kg.sparql import library
from kg.sparql.results import Triples

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from kg.graph import Graph

NOTICE = "Information from sources that were read, not medical advice."


def server(graph: Graph) -> MCPServer[Any]:
    """The server with its tools, not yet running.

    Raises:
        UsageError: the extra is not installed.
    """
    try:
        from mcp.server import MCPServer
    except ImportError:
        raise UsageError("mcp: the package mcp is not installed; run pip install 'nutrition-kg[mcp]'") from None
    from kg import __version__

    offered: MCPServer[Any] = MCPServer("nutrition-kg", version=__version__, instructions=NOTICE, log_level="ERROR")
    tools = Tools(graph)
    for tool in (tools.questions, tools.ask, tools.term, tools.paths, tools.explain):
        offered.tool()(tool)
    return offered


class Tools:
    """What a client may call; a mistake comes back as the one line that the command line would print."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def questions(self) -> list[dict[str, Any]]:
        """The library of questions: name, what it answers, and the parameters it takes with kind and default."""
        found = (library.question(name) for name in library.names())
        return [
            {
                "name": question.name,
                "summary": question.summary,
                "parameters": {one.name: {"kind": one.kind, "default": one.default} for one in question.parameters.values()},
            }
            for question in found
        ]

    def ask(self, question: str, parameters: dict[str, str] | None = None, limit: int = 50) -> dict[str, Any]:
        """Answer a question of the library by its name; parameters are terms in plain words, or numbers."""
        try:
            if not question.isidentifier():
                raise UsageError(f"{question!r} is no name of a question; the tool questions lists them")
            found = self._graph.query(question, **(parameters or {}))
        except KgError as error:
            return {"error": str(error)}
        if isinstance(found, bool):
            return {"answer": found, "notice": NOTICE}
        if isinstance(found, Triples):
            return {"triples": [str(triple) for triple in found][:limit], "more": len(found) > limit, "notice": NOTICE}
        rows = found.plain()
        return {"columns": list(found.columns), "rows": rows[:limit], "more": len(rows) > limit, "notice": NOTICE}

    def term(self, name: str) -> dict[str, Any]:
        """What the graph knows of a name: label, definition, synonyms, external ids, claims in and out."""
        from kg.grounding.term_summary import dossier

        try:
            return {**dossier(self._graph.rows, self._graph.term(name)), "notice": NOTICE}
        except KgError as error:
            return {"error": str(error)}

    def paths(self, cause: str, effect: str, limit: int = 5) -> dict[str, Any]:
        """Causal routes from one state to another, best first, each step with its status, certainty and sources."""
        try:
            return {**self._graph.paths(cause, effect, limit=limit).to_dict(), "notice": NOTICE}
        except KgError as error:
            return {"error": str(error)}

    def explain(
        self, findings: list[str], absent: list[str] | None = None, context: list[str] | None = None, top: int = 5
    ) -> dict[str, Any]:
        """States that would explain findings, ranked, with reasons and rivals; no diagnosis."""
        try:
            return {**self._graph.explain(findings, absent or [], context or [], top).to_dict(), "notice": NOTICE}
        except KgError as error:
            return {"error": str(error)}
