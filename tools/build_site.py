"""The documentation site, as plain files: ``python tools/build_site.py OUT`` (``make docs``).

``python tools/build_site.py OUT PATTERN`` writes, of the pages of claims and foods, only those whose name the pattern is found in: for
a look at a change, and for the tests, in half of the time. What leads to another one is plain text then.

A page for each term, claim, source, food and question comes from the server's own templates (``web.frozen``); the handbook is
the Markdown of the repository with the references (``web.handbook``). All links are relative (``web.links``), nothing asks the
network, and the search is one small index with a few lines of script.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import shutil
import sys
from html import unescape
from importlib.resources import files
from pathlib import Path

from docsite import handbook
from docsite.frozen import ASK, Frozen
from docsite.links import ROOT, pictures, relative

import kg
from kg.export import export_graph
from kg.server.pages.links import link
from kg.sparql import library

WEB = Path(__file__).parent / "docsite"
#: A page: its title, what it is, and its HTML with links as the server has them.
Page = tuple[str, str, str]


def pages(site: Frozen, pattern: str) -> dict[str, Page]:
    """Every page by its file; of claims and foods those whose name the pattern is found in."""
    asked = {"questions.html": ("/questions", "page")}
    asked |= {f"question/{name}.html": (f"/question/{name}", "question") for name in library.names()}
    for record, kind in {(name.iri, name.kind) for name in site.index.names} | {(claim, "claim") for claim in site.claims()}:
        path = link(record).href
        _, folder, *name = path.split("/")
        wanted = folder not in ("claim", "food") or re.search(pattern, "/".join(name))
        if len(name) <= 1 and wanted:  # deeper is a row of a table
            asked[path[1:] + ".html"] = (path, site.kinds.get(kind, kind))
    made = {}
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), _serve, (site,)) as pool:
        for name, html in pool.imap_unordered(_page, [(name, path) for name, (path, _) in asked.items()], chunksize=50):
            title = re.search(r"<title>(.*?)(?: – nutrition-kg)?</title>", html)
            made[name] = (unescape(title[1]) if title else name, asked[name][1], html)
    return made | handbook.pages(site)


def _serve(site: Frozen) -> None:
    global _site  # the graph comes with the fork
    _site = site


def _page(asked: tuple[str, str]) -> tuple[str, str]:
    name, path = asked
    return name, _site.html(path)


def main(out: Path, pattern: str = "") -> None:
    """Write the site into a folder, which is replaced."""
    site = Frozen(ROOT)
    made, shown = pages(site, pattern), pictures()
    beside = out.with_name(f".{out.name}.part")
    shutil.rmtree(beside, ignore_errors=True)
    known = {*made, *shown, ASK}
    for name, (_, _, html) in made.items():
        _write(beside / name, relative(html, name, known))
    for place, picture in shown.items():
        (beside / place).parent.mkdir(exist_ok=True)
        shutil.copy(picture, beside / place)
    (beside / ASK).write_bytes(export_graph(kg.open(ROOT), "html")["nutrition-kg.html"])
    assets = files("kg.server").joinpath("assets")
    _write(beside / "assets/icon.svg", assets.joinpath("icon.svg").read_text(encoding="utf-8"))
    style = assets.joinpath("site.css").read_text(encoding="utf-8") + (WEB / "site.css").read_text(encoding="utf-8")
    _write(beside / "assets/site.css", style)
    for script in sorted(WEB.glob("*.js")):
        shutil.copy(script, beside / "assets")
    found = sorted({(title, about, name) for name, (title, about, _) in made.items()} | _synonyms(site, known))
    _write(beside / "assets/index.js", f"window.kgIndex = {json.dumps(found, ensure_ascii=False, separators=(',', ':'))};\n")
    shutil.rmtree(out, ignore_errors=True)
    beside.rename(out)
    print(f"{out}: {len(made):,} pages")


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _synonyms(site: Frozen, known: set[str]) -> set[Page]:
    named = ((name.name, name.label, link(name.iri).href[1:] + ".html") for name in site.index.names if name.name != name.label)
    return {(name, f"another name of {label}", file) for name, label, file in named if file in known}


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "out/docs"), *sys.argv[2:])
