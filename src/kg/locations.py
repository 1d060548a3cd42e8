"""Where the graph's files lie, and where what is built from them is kept.

The ontology, data and queries travel in the wheel as ``kg/_files``; in a checkout they lie at the top level.
Imports nothing but :mod:`os` and :mod:`sys`, since every command passes through here.
"""

from __future__ import annotations

import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
_PACKED = os.path.join(HERE, "_files")
_FILES = _PACKED if os.path.isdir(_PACKED) else os.path.dirname(os.path.dirname(HERE))


def files() -> str:
    """The folder that holds ``ontology/``, ``data/`` and ``queries/``."""
    return _FILES


def sources(root: str | None = None) -> list[str]:
    """Every file that the built graph depends on, sorted: ontology, data, the rules of the build and its code."""
    root = root or files()
    found = []
    rules = os.path.join(files(), "queries", "derive")
    for folder in (os.path.join(root, "ontology"), os.path.join(root, "data"), rules, os.path.join(HERE, "build")):
        for place, _, names in os.walk(folder):
            found += [os.path.join(place, name) for name in names if name.endswith((".ttl", ".tsv", ".rq", ".py"))]
    return sorted(found)


def cache() -> str:
    """The user's cache folder for built stores; ``KG_CACHE`` overrides it.

    Follows the XDG Base Directory Specification, and the habits of macOS and Windows.
    """
    chosen = os.environ.get("KG_CACHE")
    if chosen:
        return chosen
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    elif sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "nutrition-kg")


def content_hash(root: str | None = None) -> str:
    """The hash of all sources: what a built store is named by."""
    from hashlib import sha256

    root = root or files()
    digest = sha256()
    for path in sources(root):
        digest.update(os.path.relpath(path, root).encode() + b"\0")
        with open(path, "rb") as file:
            digest.update(file.read() + b"\0")
    return digest.hexdigest()[:32]


def _fingerprint(root: str | None) -> str:
    # Reading all sources takes longer than a query; their names, sizes and times are enough to know them again.
    found = [root or files()]
    for path in sources(root):
        info = os.stat(path)
        found.append(f"{path}:{info.st_size}:{info.st_mtime_ns}")
    return f"{hash_of(found)}.stamp"


def hash_of(lines: list[str]) -> str:
    """A short hash of some lines of text."""
    from _blake2 import blake2b  # hashlib costs 3 ms, which every command would pay

    return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def stamped(root: str | None = None) -> str | None:
    """The path of the built store of the sources as they are now, or None where it has to be built."""
    try:
        with open(os.path.join(cache(), _fingerprint(root)), encoding="utf-8") as file:
            path = os.path.join(cache(), file.read())
    except OSError:
        return None
    return path if os.path.isdir(path) else None


def stamp(store: str, root: str | None = None) -> None:
    """Remember that ``store`` was built from the sources as they are now."""
    path = os.path.join(cache(), _fingerprint(root))
    beside = f"{path}.{os.getpid()}"
    with open(beside, "w", encoding="utf-8") as file:
        file.write(os.path.basename(store))
    os.replace(beside, path)
