"""Offer the graph as tools of the Model Context Protocol, on standard input and output or over HTTP on this machine.

  kg mcp                       a client starts it by itself: command kg, arguments mcp
  kg mcp --http --port 8765    streamable HTTP at http://127.0.0.1:8765/mcp

Needs the extra mcp: pip install '.[mcp]' in the folder of the code.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.errors import UsageError
from kg.graph import connect
from kg.integrations.mcp import serve_http, serve_lines, server


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg mcp``."""
    parser.add_argument("--http", action="store_true", help="serve over streamable HTTP instead")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on with --http (default 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8765, help="the port with --http (default 8765; 0 for any that is free)")


def run(options: Namespace) -> int:
    """Serve until the client leaves, or until stopped."""
    if not 0 <= options.port <= 65535:
        raise UsageError(f"--port {options.port}: a port is between 0 and 65535")
    offered = server(connect(options.source, options.timeout), options.source)
    if options.http:
        serve_http(offered, options.host, options.port)
    else:
        import anyio

        anyio.run(serve_lines, offered)
    return 0
