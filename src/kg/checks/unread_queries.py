"""Queries that parse, and that no command would ever run: in a folder or under a name that nobody looks at, or asking what the engine does not."""

from __future__ import annotations

import os
from collections.abc import Iterator

from kg.checks.problems import Problem, show_path
from kg.sparql.query_text import tokens

#: What Windows keeps for devices, whatever the ending: a repository with such a file cannot be checked out there.
DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{port}{number}" for port in ("COM", "LPT") for number in range(10))))


def name_fault(name: str) -> str:
    """What keeps a query from being called so, and what to do; nothing where it can be."""
    if name.upper() in DEVICES:
        return "is what Windows calls a device, so it cannot have a file of that name; choose another"
    return "" if is_name(name) else "is not a name for a query; use ASCII letters, digits and underscores, a letter first"


def is_name(name: str) -> bool:
    """Whether a query can be called so, on every system and in every shell."""
    return name.isascii() and name.isidentifier() and len(name) <= 100 and name.upper() not in DEVICES


def of_place(root: str, path: str, text: str) -> Iterator[Problem]:
    """What keeps a query of a repository from being run; nothing for a file that lies elsewhere."""
    parts = os.path.relpath(os.path.abspath(path), os.path.abspath(os.path.join(root, "queries"))).split(os.sep)
    if parts[0] == os.pardir:
        return
    if len(parts) != 2 and parts[:-1] != ["checks", "written"]:
        yield Problem(
            show_path(path),
            0,
            "",
            "no command reads a query in this folder",
            "move it to a folder of queries that is read, such as queries/questions",
        )
        return
    if parts[0] not in ("questions", "federated"):
        return
    name = parts[1].removesuffix(".rq")
    if not is_name(name):
        fix = "use letters, digits and underscores alone, a letter first"
        yield Problem(show_path(path), 0, "", "no question can have the name of this file", fix)
    found = next((word for word in tokens(text) if not word["quiet"] and word[0].upper() == "SERVICE"), None)
    if found is not None and parts[0] == "questions":
        line = text.count("\n", 0, found.start()) + 1
        words = "the question asks another endpoint, which the built-in engine does not do"
        yield Problem(show_path(path), line, "", words, "leave SERVICE out, or move the file to queries/federated")
