"""ES modules joined to one script, in the order in which a browser would evaluate them.

A page that is one file, opened from a disk, can load no module, and a build needs neither a network nor Node. So the imports and
the word ``export`` are taken off and what remains stands in one function, where each module sees the names that it imported
already. That needs a few plain forms, which are checked: ``import { name, other } from "./file.js";`` and ``import "./file.js";`` at
the head of a module, ``export`` before a declaration, and no name at the top of two modules (the script would not parse).
"""

from __future__ import annotations

import re
from collections.abc import Callable

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const|let|class)\b)", re.MULTILINE)
_LEFT = re.compile(r"^[ \t]*(?:import|export)\b(?! *[(.]).*", re.MULTILINE)
#: The names that a module's declarations at the top introduce; a list of them goes on in lines that are indented by two.
_DECLARED = re.compile(r"^export (?:async )?(?:function\*?|class) ([\w$]+)", re.MULTILINE)
_LISTED = re.compile(r"^export (?:const|let) (.*(?:\n  .*|\n[})\]].*)*)", re.MULTILINE)
_NAME = re.compile(r"^(?:  )?([\w$]+) =(?!=)|, ([\w$]+) =(?![=>])", re.MULTILINE)


def join(entry: str, read: Callable[[str], str]) -> str:
    """The script that evaluates a module and all that it imports.

    Parameters:
        entry: the file name of the module that begins.
        read: returns the text of a file.

    Raises:
        ValueError: a module has an import or export of another form, imports a name that the other does not export, or imports
            one that imports it.
    """
    texts: dict[str, str] = {}
    order: list[str] = []

    def visit(name: str, importers: tuple[str, ...]) -> None:
        if name in importers:
            circle = " imports ".join((*importers[importers.index(name) :], name))
            raise ValueError(f"{circle}: modules import in one direction; move what both need to a module of its own")
        if name in texts:
            return
        texts[name] = read(name)
        for _, imported in _IMPORT.findall(texts[name]):
            visit(imported, (*importers, name))
        order.append(name)

    visit(entry, ())
    for name in order:
        _check(name, texts)
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", texts[name])) for name in order)


def list_exports(text: str) -> set[str]:
    """The names that a module exports."""
    listed = {name for names in _LISTED.findall(text) for pair in _NAME.findall(names) for name in pair if name}
    return listed | set(_DECLARED.findall(text))


def _check(name: str, texts: dict[str, str]) -> None:
    rest = _EXPORT.sub("", _IMPORT.sub("", texts[name]))
    if left := _LEFT.search(rest):
        raise ValueError(f"{name}: {left[0].strip()!r} is a form of import or export that cannot be joined")
    for names, other in _IMPORT.findall(texts[name]):
        wanted = {one.strip() for one in names.split(",") if one.strip()}
        if missing := sorted(wanted - list_exports(texts[other])):
            raise ValueError(f"{name}: {other} does not export {', '.join(missing)}")
