"""Where the graph's files lie, and where what is built from them is kept.

The ontology, data and queries travel in the wheel as ``kg/_files``; in a checkout they lie at the top level.
Imports nothing but :mod:`os` and :mod:`sys`, since every command passes through here.
"""

from __future__ import annotations

import os
import stat
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: The version of the package and of the data in it, written here once.
__version__ = "0.1.0"

HERE = os.path.dirname(os.path.abspath(__file__))
_PACKED = os.path.join(HERE, "_files")
_FILES = _PACKED if os.path.isdir(_PACKED) else os.path.dirname(os.path.dirname(HERE))
#: How the names of hidden files and of an editor's locks and copies begin.
_NO_SOURCES = ".~#"
#: The rooms whose code decides what is in the built graph: the build, the strength of influences and the keys of names.
BUILT_BY = ("build", "causal", "grounding")


def files() -> str:
    """The folder that holds ``ontology/``, ``data/`` and ``queries/``."""
    return _FILES


def home(source: str | None = None) -> str:
    """The repository that ``--source`` (or ``KG_SOURCE``) names; the built-in one where it names none, or another kind of graph."""
    root = path_of(source or os.environ.get("KG_SOURCE") or "")
    return root if root and os.path.isdir(os.path.join(root, "ontology")) else files()


def sources(root: str | None = None) -> list[str]:
    """Every file that the built graph depends on, sorted: ontology, data, the rules of the build and its code."""
    return [path for path in _possible_sources(root or files()) if os.path.isfile(path)]


def _possible_sources(root: str) -> list[str]:
    """The sources by their names, sorted; what is no file is among them."""
    found = []
    rules = [os.path.join(files(), "queries", folder) for folder in ("derive", "reading")]
    code = [os.path.join(HERE, room) for room in BUILT_BY]
    for folder in (os.path.join(root, "ontology"), os.path.join(root, "data"), *rules, *code):
        for place, _, names in walk(folder):
            wanted = [name for name in names if name.endswith((".ttl", ".tsv", ".rq", ".py"))]
            found += [os.path.join(place, name) for name in wanted if name[0] not in _NO_SOURCES]
    return sorted(found)


def is_source(place: str, name: str) -> bool:
    """Whether a file of a folder is there to be read: no lock or copy of an editor, no hidden file, no link that
    leads nowhere, and no pipe or device, which may never end."""
    return name[0] not in _NO_SOURCES and os.path.isfile(os.path.join(place, name))


def walk(folder: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """The folders below one, in order of name, as of :func:`os.walk`: without hidden ones, and with those that a link leads to,
    each once, and none of the system's own."""
    seen: set[str] = {"/dev", "/proc", "/sys"}
    for place, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(place)
        folders[:] = [] if real in seen else sorted(name for name in folders if not name.startswith("."))
        if real not in seen:
            seen.add(real)
            yield place, folders, names


def path_of(source: str) -> str:
    """The path that a person means: ``~`` is the home folder, and a ``file:`` address is the file's."""
    if source[:5].lower() == "file:":
        from urllib.parse import urlsplit
        from urllib.request import url2pathname

        parts = urlsplit(source)
        if parts.netloc in ("", "localhost"):
            return url2pathname(parts.path)
    return os.path.expanduser(source)


def cache() -> str:
    """The user's cache folder for built stores; ``KG_CACHE`` overrides it.

    Follows the XDG Base Directory Specification, and the habits of macOS and Windows.
    """
    folder = os.path.expanduser(os.environ.get("KG_CACHE") or _usual_cache())
    return folder if _own(folder) else os.path.join(os.devnull, "nutrition-kg")


def say_uncached(reason: object) -> None:
    """Say that a graph is not kept and why; nothing more where the cache folder was refused, which was said."""
    folder = os.environ.get("KG_CACHE") or _usual_cache()
    if not _refused:
        print(f"kg: {folder}: {reason}; the graph is built in memory each time", file=sys.stderr)


def _own(folder: str) -> bool:
    """Whether nobody else can change what is in a folder: who can, can change what the graph says."""
    try:
        info = os.stat(folder)
    except OSError:
        return True  # it is made when it is needed
    if not hasattr(os, "geteuid") or (info.st_uid in (os.geteuid(), 0) and not info.st_mode & stat.S_IWOTH):
        return True
    if folder not in _refused:
        _refused.append(folder)
        fix = "run chmod o-w on it, or name another in KG_CACHE"
        print(f"kg: {folder}: others can write to this cache, so it is not used; {fix}", file=sys.stderr)
    return False


#: Cache folders that were refused, so that each is said once.
_refused: list[str] = []


def _usual_cache() -> str:
    if sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    elif sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser("~")
    else:
        base = os.environ.get("XDG_CACHE_HOME", "")
        if not os.path.isabs(base):  # which the specification says to ignore
            base = os.path.expanduser("~/.cache") if os.environ.get("HOME", "~") else ""
    # A user without a home has no cache either: no folder can be made within what is not a folder.
    return os.path.join(base if os.path.isabs(base) else os.devnull, "nutrition-kg")


def content_hash(root: str | None = None) -> str:
    """The hash of all sources: what a built store is named by. Copies in other folders, and the wheel, have the same."""
    from hashlib import sha256

    digest = sha256()
    for name, path in named_sources(root):
        digest.update(name.encode() + b"\0")
        with open(path, "rb") as file:
            digest.update(file.read() + b"\0")
    return digest.hexdigest()[:32]


def named_sources(root: str | None = None) -> list[tuple[str, str]]:
    """The sources with their names, which are alike wherever they lie, in order of name."""
    root, named = root or files(), []
    for path in sources(root):
        code = path.endswith(".py")  # which lies elsewhere beside the data in a wheel than in a checkout
        start = HERE if code else root if path.startswith(os.path.join(root, "")) else files()
        named.append((os.path.relpath(path, start), path))
    return sorted(named)


def fingerprint(root: str | None) -> str:
    # Reading all sources takes longer than a query; their names, sizes and times are enough to know them again.
    found = [root or files()]
    for path in _possible_sources(found[0]):
        try:
            info = os.stat(path)
        except OSError:  # a link that leads nowhere
            continue
        if stat.S_ISREG(info.st_mode):
            found.append(f"{path}:{info.st_size}:{info.st_mtime_ns}:{info.st_ctime_ns}")
    return f"{hash_of(found)}.stamp"


def hash_of(lines: list[str]) -> str:
    """A short hash of some lines of text."""
    from _blake2 import blake2b  # hashlib costs 3 ms, which every command would pay

    return blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()


def find_stamped(root: str | None = None) -> str | None:
    """The path of the built store of the sources as they are now, or None where it has to be built."""
    try:
        with open(os.path.join(cache(), fingerprint(root)), encoding="utf-8") as file:
            name = file.read()
    except (OSError, ValueError):
        return None
    path = os.path.join(cache(), name)
    if name != os.path.basename(name) or not name.endswith(".store") or not intact(path):
        return None
    touch(path)
    return path


def find_by_content(root: str | None = None) -> str | None:
    """The path of the built store of equal sources, such as those of another checkout; None where there is none."""
    path = os.path.join(cache(), content_hash(root) + ".store")
    return path if intact(path) else None


def touch(store: str) -> None:
    """Note that a store is in use: of many the one that was not used for longest is removed."""
    try:  # noqa: SIM105 (contextlib costs what every command would pay)
        os.utime(store)
    except OSError:  # a cache that may only be read is not tidied either
        pass


#: The file of a store that lists its files with their sizes and times, written when it is whole.
CONTENTS = "contents.kg"


def intact(store: str) -> bool:
    """Whether the store of this name is there with all of its files as they were written."""
    try:
        with open(os.path.join(store, CONTENTS), encoding="utf-8") as file:
            name, *marks, end = file.read().splitlines()
        return (
            name == os.path.basename(store)
            and end == "whole"
            and all(mark == describe_file(store, mark.split("\t")[0]) for mark in marks)
        )
    except (OSError, ValueError):
        return False


def spoil(store: str) -> bool:
    """Mark a store as damaged, so that it is built again; False in a cache that may only be read."""
    try:
        os.unlink(os.path.join(store, CONTENTS))
    except FileNotFoundError:
        pass
    except OSError:
        return False
    return True


def describe_file(store: str, name: str) -> str:
    """A file of a store as its list of contents has it: name, size and time."""
    info = os.stat(os.path.join(store, name))
    return f"{name}\t{info.st_size}\t{int(info.st_mtime)}"


def stamp(store: str, mark: str) -> None:
    """Remember that ``store`` was built from the sources as they were when ``mark`` was taken (:func:`fingerprint`)."""
    path = os.path.join(cache(), mark)
    beside = f"{path}.{os.getpid()}"
    with open(beside, "w", encoding="utf-8") as file:
        file.write(os.path.basename(store))
    if os.path.isdir(path):  # nothing of ours: it would be in the way for ever
        import shutil

        shutil.rmtree(path)
    os.replace(beside, path)
