"""The documentation site, as plain files: ``python docs/website.py OUT`` (``make docs``).

A page for each term, claim, source, food and question comes from the server's own templates; the hand-written pages are the
Markdown beside this file; the command reference is what ``--help`` says and the Python reference what docstrings say. All links
are relative, nothing asks the network, and the search is one small index with a few lines of script.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from importlib import import_module
from importlib.resources import files
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markupsafe import Markup

from kg import library
from kg.build.store import built
from kg.cli import COMMANDS
from kg.server.pages.links import link
from kg.server.pages.reply import Reply, Visit
from kg.server.pages.site import Site

HERE = Path(__file__).parent
ROOT = HERE.parent
#: The hand-written pages that stand in the head of each page; all others are in the list on the first one.
HEAD = {"model": "Model", "extending": "Extending", "engines": "Engines", "commands": "Commands", "python": "Python"}
#: What the Python reference shows.
MODULES = ("kg", "kg.graph", "kg.results", "kg.errors")
_SEARCH = """"use strict";
const field = document.querySelector("#find"), list = document.querySelector("#found");
field.addEventListener("input", () => {
  const typed = field.value.trim().toLowerCase();
  const hits = typed.length < 2 ? [] : window.kgIndex.filter(([name]) => name.toLowerCase().includes(typed));
  hits.sort((a, b) => a[0].toLowerCase().indexOf(typed) - b[0].toLowerCase().indexOf(typed) || a[0].length - b[0].length);
  list.replaceChildren(...hits.slice(0, 12).map(([name, about, href]) => {
    const item = document.createElement("li"), to = document.createElement("a"), more = document.createElement("span");
    to.href = document.documentElement.dataset.top + href;
    to.textContent = name;
    more.className = "quiet";
    more.textContent = about;
    item.append(to, more);
    return item;
  }));
  list.hidden = hits.length === 0;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && document.activeElement !== field) { event.preventDefault(); field.focus(); }
  if (event.key === "Escape") { list.hidden = true; }
});
"""
_BASE = """<!DOCTYPE html>
<html lang="en" data-top="/">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:">
<title>{{ title }}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/site.css">
<script src="/assets/index.js" defer></script>
<script src="/assets/search.js" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
  <a class="name" href="/index.html">nutrition-kg</a>
  <div class="find"><label class="away" for="find">Find a page</label>
  <input id="find" type="search" placeholder="Find a page ( / )" autocomplete="off"><ul id="found" class="suggested" hidden></ul></div>
  <nav aria-label="Main"><a href="/questions.html">Questions</a>
  {% for name, label in head.items() %}<a href="/{{ name }}.html">{{ label }}</a>
  {% endfor %}</nav>
</header>
<main id="main" tabindex="-1" class="{% block layout %}text{% endblock %}">
{% block main %}{{ content }}{% endblock %}
</main>
<footer><p><strong>Information, not medical advice.</strong> These pages tell what sources say; they do not know you.</p>
<p>Data <a href="https://creativecommons.org/licenses/by/4.0/" rel="license noopener noreferrer">CC BY 4.0</a>, version {{ version }}.</p></footer>
</body>
</html>
"""


class Frozen(Site):
    """The server's pages without what needs a server: forms, downloads, drawings, the editor."""

    def __init__(self) -> None:
        super().__init__(built(str(ROOT)))
        texts = {entry.name: entry.read_text(encoding="utf-8") for entry in files("kg.server").joinpath("templates").iterdir()}
        texts["base.html"] = _BASE
        texts["plain.html"] = '{% extends "base.html" %}'
        texts["parts.html"] = re.sub(
            r"(macro as_rdf\(iri\) %}).*?({% endmacro)",
            r"\1<p class='formats'>Its name is <code>{{ iri }}</code>.</p>\2",
            texts["parts.html"],
            flags=re.DOTALL,
        )
        texts["question.html"] = re.sub(
            r"<form class=\"ask\".*?</form>|<p class=\"formats\">.*?</p>|<a class=\"button\".*?</a>",
            "",
            texts["question.html"],
            flags=re.DOTALL,
        )
        self.templates.loader.mapping.update(texts)  # type: ignore[union-attr]
        self.templates.cache.clear()  # type: ignore[union-attr]
        self.templates.globals["head"] = HEAD

    def page(self, template: str, visit: Visit, status: int = 200, **values: Any) -> Reply:
        """A page without its drawing, and without the foods' link to a question with a parameter."""
        return super().page(
            template, visit, status, **{**values, **{name: "" for name in ("drawn", "causal") if name in values}}
        )

    def html(self, path: str) -> str:
        """The page at a path of the server."""
        reply = self.answer(Visit(path, [], "html", ""))
        if reply.status != 200:
            raise ValueError(f"{path}: {reply.status} {reply.body.decode()[:300]}")
        return reply.body.decode()

    def written(self, title: str, content: str) -> str:
        """A page from HTML of our own."""
        return self.page("plain", Visit("", [], "html", ""), title=title, content=Markup(content)).body.decode()


def pages(site: Frozen) -> dict[str, tuple[str, str, str]]:
    """Every page by its file: title, what it is, HTML with links as the server has them."""
    made: dict[str, tuple[str, str, str]] = {}
    for name in library.names():
        made[f"question/{name}.html"] = (library.question(name).summary, "question", site.html(f"/question/{name}"))
    made["questions.html"] = ("Questions", "page", site.html("/questions"))
    for record, label, kind in {(name.iri, name.label, name.kind) for name in site.index.names}:
        path = link(record).href
        if path.count("/") > 2:  # a row of a table
            continue
        made[path[1:] + ".html"] = (label, site.kinds.get(kind, kind), site.html(path))
    for claim in _claims(site):
        path = link(claim).href
        html = site.html(path)
        title = re.search(r"<title>(.*?)</title>", html)
        made[path[1:] + ".html"] = (title[1] if title else claim, "claim", html)
    made.update(_handbook(site))
    return made


def _claims(site: Frozen) -> list[str]:
    rows = site.graph.query("SELECT DISTINCT ?claim { ?claim a kg:Claim ; kg:evidence ?line } ORDER BY ?claim")
    return [row[0].value for row in rows]  # type: ignore[union-attr]


def _handbook(site: Frozen) -> dict[str, tuple[str, str, str]]:
    markdown = MarkdownIt("commonmark").enable("table")
    made = {}
    for path, name in documents().items():
        text = path.read_text(encoding="utf-8")
        title = text.split("\n", 1)[0].lstrip("# ")
        content = re.sub(
            r'<img src="([\w-]+\.svg)"[^>]*>',
            lambda found, path=path: (path.parent / found[1]).read_text(encoding="utf-8"),
            markdown.render(text),
        )
        made[f"{name}.html"] = (title, "page", site.written(title, linked(content, path)))
    made["commands.html"] = ("Commands", "page", site.written("Commands", _commands(markdown)))
    made["python.html"] = ("Python", "page", site.written("Python", _python(markdown)))
    listed = "".join(f'<li><a href="/{name}">{title}</a></li>' for name, (title, _, _) in sorted(made.items()))
    readme = ROOT / "README.md"
    home = linked(markdown.render(readme.read_text(encoding="utf-8").split("## Two commands", 1)[0]), readme)
    made["index.html"] = ("nutrition-kg", "page", site.written("nutrition-kg", f"{home}<h2>Pages</h2><ul>{listed}</ul>"))
    return made


def documents() -> dict[Path, str]:
    """The hand-written and generated Markdown with the names of its pages."""
    named = {path: path.stem for path in sorted(HERE.glob("*.md"))}
    named |= {ROOT / f"{name}.md": name for name in ("CONTRIBUTING", "DECISIONS", "CHANGELOG", "THREAT_MODEL")}
    return named | {HERE / "gallery" / "README.md": "gallery", ROOT / "tests" / "evaluation" / "README.md": "evaluation-cases"}


def pictures() -> dict[str, Path]:
    """The pictures of the documents by their place on the site."""
    return {path.relative_to(HERE).as_posix(): path for ending in ("png", "svg") for path in HERE.rglob(f"*.{ending}")}


def linked(content: str, document: Path) -> str:
    """The HTML of a document with its links to other documents and pictures as links of the site."""
    pages, shown = documents(), {path: name for name, path in pictures().items()}

    def turned(found: re.Match[str]) -> str:
        attribute, (path, _, mark) = found[1], found[2].partition("#")
        target = (document.parent / path).resolve()
        if target in pages:
            return f'{attribute}="/{pages[target]}.html{"#" + mark if mark else ""}"'
        return f'{attribute}="/{shown.get(target, path)}"'

    return re.sub(r'\b(href|src)="(?!https?:|#|/)([^"]+)"', turned, content)


def _commands(markdown: MarkdownIt) -> str:
    environment = {**os.environ, "COLUMNS": "100"}
    parts = ["# Commands\n\nData on standard output, all else on standard error.\n"]
    for name, about in COMMANDS.items():
        done = subprocess.run(
            [sys.executable, "-m", "kg", name, "--help"], capture_output=True, text=True, check=True, env=environment
        )
        parts.append(f"## kg {name}\n\n{about[:1].upper()}{about[1:]}.\n\n```\n{done.stdout}```\n")
    return markdown.render("\n".join(parts))


def _python(markdown: MarkdownIt) -> str:
    parts = ["# Python\n"]
    for name in MODULES:
        module = import_module(name)
        parts.append(f"## {name}\n\n```\n{inspect.cleandoc(module.__doc__ or '')}\n```\n")
        for public, thing in sorted(vars(module).items()):
            if public.startswith("_") or getattr(thing, "__module__", "") != name or not callable(thing):
                continue
            parts.append(_told(public, thing))
            members = vars(thing).items() if inspect.isclass(thing) else ()
            parts += [
                _told(f"{public}.{member}", part)
                for member, part in members
                if inspect.isfunction(part) and not member.startswith("_")
            ]
    return markdown.render("\n".join(parts))


def _told(name: str, thing: Any) -> str:
    signature = str(inspect.signature(thing)) if inspect.isfunction(thing) else ""
    return f"### `{name}{signature}`\n\n```\n{inspect.getdoc(thing) or ''}\n```\n"


def relative(html: str, name: str, known: set[str]) -> str:
    """The page with each link of the server turned into one to a file; a link to what is not a file becomes plain text."""
    top = "../" * name.count("/")

    def turned(found: re.Match[str]) -> str:
        attribute, path, mark = found[1], found[2].split("?")[0].split("#")[0], found[2].partition("#")[2]
        file = path if path in known or path.startswith("assets/") else f"{path}.html"
        if file in known or path.startswith("assets/"):
            return f'{attribute}="{top}{file}{"#" + mark if mark else ""}"'
        return 'class="away-from-here"'

    html = re.sub(r'\b(href|src)="/([^"]*)"', turned, html)
    return html.replace('data-top="/"', f'data-top="{top}"')


def main(out: Path) -> None:
    """Write the whole site into a folder, which is replaced."""
    site = Frozen()
    made = pages(site)
    beside = out.with_name(f".{out.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    assets = beside / "assets"
    assets.mkdir(parents=True)
    for name in ("site.css", "icon.svg"):
        (assets / name).write_bytes(files("kg.server").joinpath("assets", name).read_bytes())
    for place, picture in pictures().items():
        (beside / place).parent.mkdir(exist_ok=True)
        shutil.copy(picture, beside / place)
    (assets / "search.js").write_text(_SEARCH, encoding="utf-8")
    found = sorted({(title, about, name) for name, (title, about, _) in made.items()} | _synonyms(site, set(made)))
    (assets / "index.js").write_text(f"window.kgIndex = {json.dumps(found, ensure_ascii=False)};\n", encoding="utf-8")
    for name, (_, _, html) in made.items():
        path = beside / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(relative(html, name, {*made, *pictures()}), encoding="utf-8")
    shutil.rmtree(out, ignore_errors=True)
    beside.rename(out)
    print(f"{out}: {len(made):,} pages")


def _synonyms(site: Frozen, known: set[str]) -> set[tuple[str, str, str]]:
    named = ((name.name, name.label, link(name.iri).href[1:] + ".html") for name in site.index.names if name.name != name.label)
    return {(name, f"another name of {label}", file) for name, label, file in named if file in known}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/docs"))
