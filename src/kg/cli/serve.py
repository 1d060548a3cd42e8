"""Serve the graph over HTTP: a SPARQL 1.1 endpoint at /sparql, pages for people, an editor at /query.

  kg serve
  kg serve --port 8080 --timeout 30
  kg --source data.nq serve            any RDF file, named graphs included
  kg serve --public-url https://host/kg/    behind a proxy, also below a path

The server is read-only and fetches nothing. Only this machine can reach it unless --host is given. Ctrl-C stops it.
"""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from kg.errors import UsageError


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg serve``."""
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen on (default 127.0.0.1; 0.0.0.0 for all)")
    parser.add_argument("--port", type=int, default=8000, help="the port (default 8000; 0 for any that is free)")
    parser.add_argument("--public-url", metavar="URL", help="the address under which a proxy shows the server")
    parser.add_argument(
        "--cors", metavar="ORIGIN", help="the web origin that may read answers (default * for the built-in graph)"
    )
    parser.add_argument("--workers", type=int, default=4, metavar="N", help="maximum number of queries at once (default 4)")
    parser.add_argument(
        "--slow",
        type=int,
        default=12,
        metavar="N",
        help="maximum number of long-running queries, which run at lower priority (default 12)",
    )
    parser.add_argument("--queue", type=int, default=200, metavar="N", help="maximum number of waiting queries (default 200)")
    parser.add_argument(
        "--max-rows", type=int, default=1_000_000, metavar="N", help="maximum number of rows in an answer (default 1000000)"
    )
    parser.add_argument("--max-size", type=int, default=256, metavar="MB", help="maximum size of an answer (default 256)")
    parser.add_argument(
        "--memory", type=int, default=768, metavar="MB", help="maximum memory of a query, without the data (default 768)"
    )
    parser.add_argument(
        "--client-timeout",
        type=float,
        default=10.0,
        metavar="SECONDS",
        help="time allowed for a client to send a request (default 10)",
    )


#: The largest values that any machine has use for.
MOST = {"workers": 256, "slow": 1000, "queue": 100_000, "max_rows": 10**9, "max_size": 10**5, "memory": 10**6}


def run(options: Namespace) -> int:
    """Serve until stopped."""
    if not 0 <= options.port <= 65535:
        raise UsageError(f"--port {options.port}: a port is between 0 and 65535")
    for name, most in MOST.items():
        given, least = getattr(options, name), 0 if name == "queue" else 1
        if not least <= given <= most:
            raise UsageError(f"--{name.replace('_', '-')} {given}: give a number from {least} to {most:,}")
    if options.public_url is not None:
        _refuse_address("--public-url", options.public_url)
    if options.cors and options.cors != "*":
        _refuse_address("--cors", options.cors)
    seconds = 10.0 if options.timeout is None else options.timeout
    if not 0 < seconds <= 86_400:
        raise UsageError(f"--timeout {seconds:g}: a query may run for more than 0 and at most 86400 seconds")
    if not 0 < options.client_timeout <= 3600:
        raise UsageError(f"--client-timeout {options.client_timeout:g}: use more than 0 and at most 3600 seconds")
    from kg.server import Limits, serve
    from kg.server.http.limits import MEGABYTE

    limits = Limits(
        seconds=seconds,
        rows=options.max_rows,
        size=options.max_size * MEGABYTE,
        memory=options.memory * MEGABYTE,
        workers=options.workers,
        slow=options.slow,
        queue=options.queue,
        reading=options.client_timeout,
    )
    return serve(options.source, options.host, options.port, limits, options.public_url or "", options.cors)


def _refuse_address(option: str, given: str) -> None:
    """Refuse what is not an address of a site: it goes into headers and links of every answer."""
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(given)
        good = (
            not parts.query
            and not parts.fragment
            and not set('"<>\\^`{|}') & {*given}
            and parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
        )
    except ValueError:
        good = False
    if not good or not (given.isascii() and given.isprintable()) or " " in given or "@" in given:
        raise UsageError(
            f"{option} {given}: not the address of a site; write it as https://host, https://host:port or https://host/path/"
        )
