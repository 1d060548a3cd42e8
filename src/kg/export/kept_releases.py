"""Releases kept on disk: the graph as it was when a paper asked it, checked against its sums before it answers.

A release is the folder that ``kg build --release`` writes. It is named by its path, or by its version where it lies in the
folder of releases: ``$KG_RELEASES``, by default ``nutrition-kg/releases`` in the user's data folder.
"""

from __future__ import annotations

import os
import sys

from kg.errors import DataError

#: The files of a release in which a graph is looked for, the first that is there.
GRAPHS = ("nutrition-kg.nt", "nutrition-kg.nt.gz", "nutrition-kg.ttl")
SUMS = "SHA256SUMS"


def folder() -> str:
    """The folder of releases.

    Follows the XDG Base Directory Specification, and the habits of macOS and Windows.
    """
    chosen = os.environ.get("KG_RELEASES")
    if chosen:
        return os.path.expanduser(chosen)
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Application Support")
    elif sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_DATA_HOME") or os.path.expanduser("~/.local/share")
    return os.path.join(base, "nutrition-kg", "releases")


def list_kept() -> list[str]:
    """The versions in the folder of releases, in the order of their numbers."""
    place = folder()
    found = os.listdir(place) if os.path.isdir(place) else []
    return sorted((name for name in found if os.path.exists(os.path.join(place, name, SUMS))), key=_numbers)


def graph_of(release: str) -> str:
    """The path of the graph of a release, given by version or by folder.

    Raises:
        DataError: there is no such release, or its graph is not the one that its sums speak of.
    """
    place = release if os.path.isdir(release) else os.path.join(folder(), release)
    if not os.path.isdir(place):
        known = ", ".join(list_kept()) or "none"
        raise DataError(
            f"release {release}: not on this disk (available: {known}); put the folder of the release into {folder()}, "
            "or name it by its path"
        )
    sums = _sums(place)
    for name in (*GRAPHS, *_own_graphs(place)):
        path = os.path.join(place, name)
        if os.path.exists(path):
            if sums.get(name) != _sum(path):
                fix = "it was damaged or changed; copy the release again"
                raise DataError(f"{path}: not the file that {SUMS} of the release lists; {fix}")
            return path
    raise DataError(f"{place}: contains none of {', '.join(GRAPHS)}; copy the release again")


def _own_graphs(place: str) -> list[str]:
    """The files of a release of a graph of one's own, which bear its name: those of which there are a ``.nt`` and a ``.ttl``."""
    names = sorted(os.listdir(place))
    return [name for name in names if name.endswith(".nt") and f"{name.removesuffix('.nt')}.ttl" in names]


def _sums(place: str) -> dict[str, str]:
    path = os.path.join(place, SUMS)
    try:
        with open(path, encoding="utf-8") as file:
            lines = [line.split() for line in file if line.strip()]
    except FileNotFoundError:
        raise DataError(f"{place}: has no file {SUMS}, so it is not a release; kg build --release writes one") from None
    except (OSError, ValueError) as error:
        raise DataError(
            f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'not UTF-8'}); copy the release again"
        ) from None
    return {line[1].lstrip("*"): line[0] for line in lines if len(line) == 2}


def _sum(path: str) -> str:
    from hashlib import file_digest

    with open(path, "rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _numbers(version: str) -> tuple[tuple[int, int | str], ...]:
    return tuple((0, int(part)) if part.isdigit() else (1, part) for part in version.split("."))
