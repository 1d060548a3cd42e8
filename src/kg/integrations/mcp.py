"""The graph as tools, resources and prompts of the Model Context Protocol, for programs that talk to language models.

Needs the extra ``mcp``. It speaks over standard input and output, or over HTTP on this machine (streamable HTTP), with the names of
Host and Origin checked, so that no web page reads one's own data through it.
"""

from __future__ import annotations

import ipaddress
import json
import socket
import sys
import warnings
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Any

from kg.errors import EngineError, KgError, NameNote, UsageError
from kg.rdf.namespaces import prefixes

if TYPE_CHECKING:
    from mcp.server import MCPServer

    from kg.graph import Graph

INSTRUCTIONS = """Causal claims about nutrition, physiology and symptoms, each with its evidence for and against, its status and its certainty.
Information from sources that were read, not medical advice: say so, and cite the sources that an answer lists.
Begin with `term` to see what a name means here; `explain` for findings, `paths` for how one state leads to another, `correct` for what ends with
a state, `questions` and `ask` for the library (foods, intakes, drugs, cut-offs, disputes), `evidence` for what stands behind one claim,
`sparql` for anything else. A claim with status refuted or contested must not be stated as a fact."""
TITLES = {
    "questions": "The library of questions",
    "ask": "Answer a question of the library",
    "term": "What the graph knows of a name",
    "paths": "How one state leads to another",
    "explain": "States that would explain findings",
    "correct": "What ends when states are corrected",
    "evidence": "The evidence of one claim",
    "sparql": "Ask in SPARQL",
}


#: What there is to know of the names of the call at hand.
_notes: ContextVar[list[str] | None] = ContextVar("notes", default=None)


def server(graph: Graph, source: str | None = None) -> MCPServer[Any]:
    """The server with its tools, resources and prompts, not yet running.

    Parameters:
        source: where the graph is from, as of :func:`kg.open`: a query of the client's own is run by a process of its own, which opens it anew.

    Raises:
        UsageError: the extra is not installed.
    """
    try:
        from mcp.server import MCPServer
        from mcp.types import ToolAnnotations
    except ImportError:
        raise UsageError("mcp: the package mcp is not installed; run pip install '.[mcp]' in the folder of the code") from None
    from kg.integrations.mcp_tools import Tools
    from kg.locations import __version__

    offered: MCPServer[Any] = _one_line(MCPServer)(
        "nutrition-kg", version=__version__, instructions=INSTRUCTIONS, log_level="CRITICAL"
    )
    _collect_notes()
    tools = Tools(graph, source)
    hints = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)
    for name, title in TITLES.items():
        offered.tool(title=title, annotations=hints)(_telling(getattr(tools, name)))
    _resources(offered, tools)
    _prompts(offered)
    return offered


def _one_line(usual: type[MCPServer[Any]]) -> type[MCPServer[Any]]:
    """The server with errors of one line each, which refuses arguments that a tool does not take."""
    from mcp.server.mcpserver.exceptions import ToolError
    from pydantic import ValidationError

    from kg.integrations.mcp_arguments import describe_mistakes, take_known

    class OneLine(usual):  # type: ignore[valid-type, misc]
        async def call_tool(self, name: str, arguments: dict[str, Any], context: Any = None) -> Any:
            try:
                return await super().call_tool(name, take_known(name, arguments, list(TITLES)), context)
            except UsageError as error:
                raise ToolError(str(error)) from None
            except ToolError as error:
                if isinstance(error.__cause__, ValidationError):
                    raise ToolError(f"{name}: {describe_mistakes(error.__cause__)}") from None
                raise

    return OneLine


def _telling(tool: Callable[..., Any]) -> Callable[..., Any]:
    """The tool, its mistakes told as the protocol has it: an error whose one line says what to do.

    What is to be known of a name that was asked for (an old one, an id that matches not exactly) stands in ``name_notes``.
    """
    from mcp.server.mcpserver.exceptions import ToolError

    @wraps(tool)
    def answer(*values: Any, **named: Any) -> Any:
        from kg.integrations.mcp_tools import advice

        notes: list[str] = []
        _notes.set(notes)
        try:
            found = tool(*values, **named)
        except KgError as error:
            raise ToolError("; ".join([*notes, advice(error)])) from None
        finally:
            _notes.set(None)
        return {**found, "name_notes": notes} if notes and isinstance(found, dict) else found

    return answer


def _collect_notes() -> None:
    """Let what there is to know of a name, such as what replaced an old one, stand in the answer and not on standard error."""
    usual = warnings.showwarning

    def show(message: Warning | str, category: type[Warning], *place: Any, **more: Any) -> None:
        notes = _notes.get()
        if notes is None or not issubclass(category, NameNote):
            usual(message, category, *place, **more)
        elif str(message) not in notes:
            notes.append(str(message))

    warnings.simplefilter("always", NameNote)
    warnings.showwarning = show


def _resources(offered: MCPServer[Any], tools: Any) -> None:
    @offered.resource("kg://about", title="What this is and how to begin", mime_type="text/plain")
    def about() -> str:
        """What this graph is and how to begin."""
        return INSTRUCTIONS

    @offered.resource("kg://questions", title="The library of questions", mime_type="application/json")
    def questions() -> str:
        """The library of questions: names, what they answer, and their parameters."""
        return json.dumps(tools.questions(), ensure_ascii=False)

    @offered.resource("kg://prefixes", title="The prefixes of SPARQL queries", mime_type="application/json")
    def prefix_table() -> str:
        """The prefixes that a query may use without declaring them."""
        return json.dumps(prefixes())

    @offered.resource("kg://term/{name}", title="What the graph knows of a name", mime_type="application/json")
    def term(name: str) -> str:
        """What the graph knows of a name: label, definition, synonyms, claims."""
        return json.dumps(_telling(tools.term)(name), ensure_ascii=False)


def _prompts(offered: MCPServer[Any]) -> None:
    @offered.prompt(title="What could explain these findings?")
    def explain_findings(findings: str, context: str = "") -> str:
        """What could explain findings, with reasons, rivals, sources and what would tell them apart."""
        circumstances = f" Circumstances: {context}." if context else ""
        return (
            f"Findings: {findings}.{circumstances} Use the tool explain, then evidence for the claims that matter. Name the best states, why, "
            "what speaks against them, the rivals that are not nutritional and what would tell them apart, with sources. This is not a diagnosis."
        )

    @offered.prompt(title="How does one state lead to another?")
    def how_does_it_lead(cause: str, effect: str) -> str:
        """How one state leads to another, step by step, with sources and how certain each step is."""
        return (
            f"How does {cause} lead to {effect}? Use the tool paths, tell the best routes step by step, say for each step how certain it is, "
            "what disputes it, and cite the sources. Say so where no route is known."
        )


async def serve_lines(offered: MCPServer[Any]) -> None:
    """Serve over standard input and output until the client leaves."""
    from mcp.server.stdio import stdio_server
    from mcp.shared.message import SessionMessage
    from mcp.types import ErrorData, JSONRPCError

    from kg.integrations.mcp_lines import Sifted, refuse_line

    inner = offered._lowlevel_server
    async with stdio_server() as (lines, answers):

        async def refuse(fault: Exception) -> None:
            code, told = refuse_line(fault)
            await answers.send(SessionMessage(JSONRPCError(jsonrpc="2.0", id=None, error=ErrorData(code=code, message=told))))

        messages: Any = Sifted(lines, refuse)
        await inner.run(messages, answers, inner.create_initialization_options())


def serve_http(offered: MCPServer[Any], host: str, port: int) -> None:
    """Serve over streamable HTTP at ``/mcp`` until it is stopped.

    Raises:
        EngineError: the port is in use, or the host is none of this machine's.
    """
    from mcp.server.transport_security import TransportSecuritySettings

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
            port = tried.getsockname()[1]
    except UnicodeError:
        raise EngineError(f"{host}:{port}: not the name of a host; choose another --host") from None
    except OSError as error:
        raise EngineError(f"{host}:{port}: {error.strerror or error}; choose another --port or --host") from None
    names = {"127.0.0.1", "localhost", "[::1]", f"[{host}]" if ":" in host else host}
    if not ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback:
        print("kg: other machines can reach this server; --host 127.0.0.1 limits it to this one", file=sys.stderr, flush=True)
    allowed = sorted({one for name in names for one in (name, f"{name}:*")})
    security = TransportSecuritySettings(
        enable_dns_rebinding_protection=True, allowed_hosts=allowed, allowed_origins=[f"http://{one}" for one in allowed]
    )
    print(f"http://{f'[{host}]' if ':' in host else host}:{port}/mcp", flush=True)
    offered.run("streamable-http", host=host, port=port, transport_security=security)
