"""``kg --release VERSION COMMAND``: any command on the graph as it was released."""

from __future__ import annotations

from kg.cli.version import WITH_VALUE
from kg.errors import UsageError
from kg.export.kept_releases import graph_of


def as_source(arguments: list[str]) -> list[str]:
    """The arguments with a release before the command, among its other options, as the source that it is.

    After the command it is left as it stands: some commands have an option of that name.
    """
    at = 0
    while at < len(arguments) and arguments[at].startswith("-") and arguments[at].partition("=")[0] != "--release":
        at += 2 if arguments[at] in WITH_VALUE else 1
    if at == len(arguments) or arguments[at].partition("=")[0] != "--release":
        return arguments
    _, joined, value = arguments[at].partition("=")
    rest = arguments[:at] + arguments[at + (1 if joined else 2) :]
    value = value if joined else (arguments[at + 1 : at + 2] or [""])[0]
    if not value:
        raise UsageError("--release: name the version of a release, or its folder, as in kg --release 0.1.0 query ...")
    if any(word.partition("=")[0] == "--source" for word in rest):
        raise UsageError("both --release and --source were given; give one of them")
    return ["--source", graph_of(value), *rest]
