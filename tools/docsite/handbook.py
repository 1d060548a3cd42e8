"""The pages that are not of the graph: the first one, the Markdown of the repository, and the references."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path

from docsite.frozen import Frozen
from docsite.links import ROOT, documents, linked
from docsite.markdown import rendered
from docsite.reference import commands, python

#: The doors of the first page: each with its pages and what they are for.
GROUPS = {
    "I read": {
        "questions": "the library, each question with its answer",
        "audit": "the verdict on every statement of the two articles",
        "gallery": "what the views look like",
        "explain": "how explanations are ranked",
        "evidence": "how often the lines of evidence were read, and how often they err",
    },
    "I ask in SPARQL or Python": {
        "start": "get the code, and the first commands",
        "ask": "the whole graph and an engine in this browser, without a server",
        "commands": "what each command does",
        "python": "the same from a program or notebook",
        "model": "how knowledge is written, and why",
        "engines": "the same on a remote engine",
    },
    "I add": {
        "CONTRIBUTING": "a claim, many claims, a term, a question, code: five recipes",
        "extending": "which tool to use for what",
        "strength": "how strong a route is, with its weaknesses",
        "decisions": "what was chosen, why, and what was given up",
    },
}
#: What is asked of software besides, in one line below the doors.
MORE = ("evaluation", "performance", "scale", "SECURITY", "CHANGELOG")
FIRST = (
    *("vitamin-b12-deficiency", "magnesium-deficiency", "iron-deficiency", "vitamin-d-deficiency"),
    *("muscle-cramp", "fatigue", "paresthesia", "restless-legs-syndrome"),
)


def pages(site: Frozen) -> dict[str, tuple[str, str, str]]:
    """The pages by their files: title, what it is, HTML."""
    told = {name: _document(path) for path, name in documents().items()}
    told["commands"], told["python"] = ("Commands", commands()), ("Python", python())
    made = {f"{name}.html": (title, "page", site.written(name, title, html)) for name, (title, html) in told.items()}
    titles = {name: title for name, (title, _) in told.items()}
    titles |= {"questions": "The library of questions", "ask": "Ask in SPARQL", "start": "Start"}
    made["index.html"] = ("nutrition-kg", "page", site.written("index", "nutrition-kg", _first(site, titles), "wide"))
    return made


def _document(path: Path) -> tuple[str, str]:
    text = path.read_text(encoding="utf-8")
    html = linked(rendered(text), path)

    def drawn(found: re.Match[str]) -> str:
        return (path.parent / Path(found[1]).name).read_text(encoding="utf-8")  # in the page it takes the page's colours

    return text.split("\n", 1)[0].lstrip("# ").replace("`", ""), re.sub(r'<img src="/(model\.svg)"[^>]*>', drawn, html)


def _first(site: Frozen, titles: dict[str, str]) -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## ", 1)[0]
    words = linked(rendered(readme.partition("\n![")[0].partition("\n")[2]), ROOT / "README.md")
    picture = linked(rendered("![" + readme.partition("\n![")[2].partition("\n")[0]), ROOT / "README.md")
    labels = {name.iri.rpartition("/")[2]: name.label for name in site.index.names}
    start = ", ".join(f'<a href="/term/{name}">{escape(labels[name])}</a>' for name in FIRST)
    doors = "".join(
        f"<section><h2>{group}</h2><ul>{_doors(entries, titles)}</ul></section>" for group, entries in GROUPS.items()
    )
    more = ", ".join(f'<a href="/{name}.html">{titles[name]}</a>' for name in MORE)
    return (
        '<div class="hero"><h1>How nutrition becomes physiology becomes symptoms</h1></div>'
        f'<div class="opening"><div>{words}<p>Start with {start}; or type any name, as people say it, into the field above.</p></div>'
        f'<div>{picture}</div></div><div class="doors">{doors}</div><p class="quiet">Also: {more}.</p>'
    )


def _doors(entries: dict[str, str], titles: dict[str, str]) -> str:
    return "".join(
        f'<li><a href="/{name}.html">{titles[name]}</a><span class="quiet">{about}</span></li>'
        for name, about in entries.items()
    )
