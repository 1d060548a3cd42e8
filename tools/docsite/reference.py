"""The references: commands as ``--help`` tells them, Python as the docstrings do."""

from __future__ import annotations

import inspect
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html import escape
from importlib import import_module
from typing import Any

from docsite.markdown import rendered, slug
from kg.cli import COMMANDS

#: What the Python reference shows.
MODULES = ("kg", "kg.graph", "kg.sparql.results", "kg.errors")
_SECTION = re.compile(r"(Parameters|Raises|Returns|Yields):\n")


def commands() -> str:
    """Each command with its help."""
    environment = {**os.environ, "COLUMNS": "88"}
    parts = ["# Commands\n\nData on standard output, all else on standard error.\n"]
    for name, about in COMMANDS.items():
        command = [sys.executable, "-m", "kg", name, "--help"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
        parts.append(f"## kg {name}\n\n{about[:1].upper()}{about[1:]}.\n\n```\n{done.stdout}```\n")
    return rendered("\n".join(parts))


def python() -> str:
    """Each public name of the modules with its signature and docstring."""
    parts = [rendered("# Python\n\n" + "\n\n".join(f"## {name}\n\n{name}" for name in MODULES))]
    for name in MODULES:
        told = docstring(import_module(name)) + "".join(_names(name))
        parts[0] = parts[0].replace(f"<p>{name}</p>", told, 1)
    return parts[0]


def _names(module: str) -> Iterator[str]:
    for public, thing in sorted(vars(import_module(module)).items()):
        if public.startswith("_") or getattr(thing, "__module__", "") != module or not callable(thing):
            continue
        yield _named(public, thing)
        for member, part in vars(thing).items() if inspect.isclass(thing) else ():
            if not member.startswith("_") and (inspect.isfunction(part) or isinstance(part, property)):
                yield _named(f"{public}.{member}", part)


def _named(name: str, thing: Any) -> str:
    signature = f'<span class="signature">{escape(_signature(thing))}</span>' if inspect.isfunction(thing) else ""
    return (
        f'<h3 class="named" id="{slug(name.replace(".", "-"))}"><code>{escape(name)}</code>{signature}</h3>{docstring(thing)}'
    )


class _Written(str):
    """An annotation as it stands in the source, without quotes."""

    __repr__ = str.__str__


def _signature(thing: Any) -> str:
    found = inspect.signature(thing)
    own = [one for name, one in found.parameters.items() if name != "self"]
    written = [one if one.annotation is one.empty else one.replace(annotation=_Written(one.annotation)) for one in own]
    returned = found.return_annotation
    return str(found.replace(parameters=written, return_annotation=returned if returned is found.empty else _Written(returned)))


def docstring(thing: Any) -> str:
    """A docstring as HTML: paragraphs, examples, and lists of parameters and errors."""
    return "".join(_part(part) for part in (inspect.getdoc(thing) or "").split("\n\n"))


def _part(text: str) -> str:
    section = _SECTION.match(text)
    if section:
        entries = re.findall(r"^    (\S[^:\n]*): (.*(?:\n     +.*)*)", text, flags=re.MULTILINE)
        told = "".join(f"<dt>{escape(name)}</dt><dd>{_inline(words)}</dd>" for name, words in entries)
        return f'<p class="kind">{section[1]}</p><dl class="facts">{told}</dl>' if entries else f"<p>{_inline(text)}</p>"
    if text.startswith((">>>", " ", "KgError")):
        return f'<pre tabindex="0">{escape(text)}</pre>'
    return f"<p>{_inline(text)}</p>"


def _inline(text: str) -> str:
    words = escape(" ".join(text.split()), quote=False)
    return re.sub(r"(?::\w+:)?(`{1,2})~?([^`]+)\1", r"<code>\2</code>", words)
