"""``kg --release VERSION COMMAND``: any command on the graph as it was released."""

from __future__ import annotations

from kg.errors import UsageError
from kg.export.kept_releases import graph_of


def as_source(arguments: list[str]) -> list[str]:
    """The arguments with a release in front of the command as the source that it is."""
    _, joined, value = arguments[0].partition("=")
    value, rest = (value, arguments[1:]) if joined else ((arguments[1:2] or [""])[0], arguments[2:])
    if not value:
        raise UsageError("--release: name the version of a release, or its folder, as in kg --release 0.1.0 query ...")
    if any(word.partition("=")[0] == "--source" for word in rest):
        raise UsageError("both --release and --source were given; give one of them")
    return ["--source", graph_of(value), *rest]
