"""Offer the library, terms, routes and explanations as tools of the Model Context Protocol on standard input and output.

  kg mcp

A client starts it by itself: command kg, arguments mcp. Needs pip install 'nutrition-kg[mcp]'.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.graph import opened
from kg.integrations.mcp import server


def arguments(parser: ArgumentParser) -> None:
    """``kg mcp`` has no options of its own."""


def run(options: Namespace) -> int:
    """Serve until the client leaves."""
    server(opened(options.source, options.timeout)).run()
    return 0
