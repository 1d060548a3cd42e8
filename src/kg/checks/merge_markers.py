"""Markers that a merge left in any other text file of a repository: documents, settings, scripts, notebooks.

Turtle, tables and queries are looked at where they are read.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from kg.build import read
from kg.checks.problems import Problem, show_path

#: What is read elsewhere, in these folders.
_READ = {"ontology": (".ttl", ".tsv"), "data": (".ttl", ".tsv"), "queries": (".rq",)}
#: Folders of tools, not of authors.
_FOREIGN = frozenset(("node_modules", "__pycache__", "venv", "out", "build", "dist", "site-packages"))
#: Larger files are data of others, or no text.
_LARGEST = 5_000_000


def of_other_texts(root: str, only: Iterable[str] = ()) -> Iterator[Problem]:
    """The first marker in each text file of a repository that no other check reads.

    Parameters:
        only: files and folders to report on; all by default.
    """
    wanted = [os.path.abspath(path) for path in only]
    for path in list_other_texts(root):
        whole = os.path.abspath(path)
        if wanted and not any(whole == one or whole.startswith(os.path.join(one, "")) for one in wanted):
            continue
        try:
            with open(path, "rb") as file:
                content = file.read()
        except OSError:
            continue  # what cannot be read is nobody's merge
        line = read.conflict(content.replace(b"\r\n", b"\n"))
        if line and b"\0" not in content:
            yield Problem(show_path(path), line, "", "conflict markers of a merge", "keep one side and delete the markers")


def list_other_texts(root: str) -> list[str]:
    """The files that :func:`of_other_texts` looks at, sorted."""
    found = []
    for place, folders, names in os.walk(root):
        folders[:] = [name for name in folders if _is_ours(place, name)]
        top = os.path.relpath(place, root).split(os.sep)[0]
        for name in names:
            path = os.path.join(place, name)
            if not name.endswith(_READ.get(top, ())) and os.path.isfile(path) and os.path.getsize(path) <= _LARGEST:
                found.append(path)
    return sorted(found)


def _is_ours(place: str, name: str) -> bool:
    """Whether a folder belongs to the authors: hidden ones of git and of tools do not, those of a forge do."""
    hidden = name.startswith(".") and not name.startswith(
        (".git", ".ci", ".forgejo", ".woodpecker", ".circleci", ".devcontainer")
    )
    if hidden or name in (".git", *_FOREIGN):
        return False
    return not os.path.exists(os.path.join(place, name, "pyvenv.cfg"))
