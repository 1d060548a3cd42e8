"""Markdown as pages want it: headings that can be linked to, a list of them, tables that scroll by themselves."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt

#: So many headings of the second rank call for a list of them.
MANY = 4
_MARKDOWN = MarkdownIt("commonmark").enable("table")


def rendered(text: str) -> str:
    """The HTML of a Markdown text, and of the list of its sections where there are many."""
    html = shaped(_MARKDOWN.render(text))
    sections = re.findall(r'<h2 id="([^"]+)">(.*?)</h2>', html, flags=re.DOTALL)
    if len(sections) < MANY:
        return html
    entries = "".join(f'<li><a href="#{name}">{re.sub("<[^>]+>", "", title)}</a></li>' for name, title in sections)
    contents = f'<details class="contents"><summary>On this page</summary><ul>{entries}</ul></details>'
    return re.sub(r"(</h1>)", lambda found: found[1] + contents, html, count=1)


def shaped(html: str) -> str:
    """Headings with names, tables and code that can be scrolled by keyboard."""
    taken: dict[str, int] = {}

    def named(found: re.Match[str]) -> str:
        name = slug(found[2])
        taken[name] = taken.get(name, 0) + 1
        return f'<{found[1]} id="{name if taken[name] == 1 else f"{name}-{taken[name] - 1}"}">{found[2]}</{found[1]}>'

    html = re.sub(r"<(h[23])>(.*?)</\1>", named, html, flags=re.DOTALL)
    html = re.sub(r"<table>(.*?)</table>", _table, html, flags=re.DOTALL)
    return html.replace("<pre>", '<pre tabindex="0">')


def _table(found: re.Match[str]) -> str:
    head, _, body = found[1].partition("</thead>")
    if not re.sub(r"<[^>]+>", "", head).strip():  # no words in its head: pictures, each with what it shows
        return f'<table class="plates" role="presentation">{body}</table>'
    whole = f'<table class="data">{found[1]}</table>'
    return f'<div class="scroll" tabindex="0" role="group" aria-label="Table">{whole}</div>'


def slug(title: str) -> str:
    """The name of a heading, as code hosts make it.

    >>> slug("What a <code>kg:State</code> is, and isn't")
    'what-a-kgstate-is-and-isnt'
    """
    words = re.sub(r"<[^>]+>|&\w+;", "", title).lower()
    return re.sub(r"[^\w\- ]", "", words).strip().replace(" ", "-")
