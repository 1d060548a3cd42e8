"""Links between the pages: from the paths of the server and of the repository to files beside each other."""

from __future__ import annotations

import re
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"
ROOT = DOCS.parent


def documents() -> dict[Path, str]:
    """The hand-written and generated Markdown with the names of its pages."""
    named = {path: path.stem for path in sorted(DOCS.glob("*.md"))}
    named |= {ROOT / f"{name}.md": name for name in ("CONTRIBUTING", "CHANGELOG", "SECURITY")} | {ROOT / "README.md": "start"}
    named |= {path: f"decisions/{path.stem}" for path in sorted((DOCS / "decisions").glob("[0-9]*.md"))}
    named |= {DOCS / folder / "README.md": folder for folder in ("decisions", "gallery")}
    return named | {ROOT / "tests" / "evaluation" / "README.md": "evaluation-cases"}


def pictures() -> dict[str, Path]:
    """The pictures of the documents by their place on the site."""
    return {path.relative_to(DOCS).as_posix(): path for ending in ("png", "svg") for path in sorted(DOCS.rglob(f"*.{ending}"))}


def linked(content: str, document: Path) -> str:
    """The HTML of a document with its links to other documents and pictures as links of the site; a link to a file that has no page becomes its text.

    Raises:
        FileNotFoundError: a link to what is not in the repository.
    """
    pages, shown = documents(), {path: name for name, path in pictures().items()}

    def place(path: str) -> str | None:
        target = (document.parent / path).resolve()
        if not target.exists():
            raise FileNotFoundError(f"{document}: links to {path}, which is not there")
        return f"{pages[target]}.html" if target in pages else shown.get(target)

    def turned(found: re.Match[str]) -> str:
        path, _, mark = found["path"].partition("#")
        name = place(path)
        if name is None:
            return found["text"] or ""
        whole = f'{found["before"]}"/{name}{"#" + mark if mark else ""}"{found["after"]}'
        return f"{whole}{found['text'] or ''}{'</a>' if found['text'] is not None else ''}"

    path = r'"(?!https?:|mailto:|#|/)(?P<path>[^"]+)"(?P<after>[^>]*>)'
    content = re.sub(rf"(?P<before><a href=){path}(?P<text>.*?)</a>", turned, content, flags=re.DOTALL)
    return re.sub(rf"(?P<before><img src=){path}(?P<text>(?!))?", turned, content)


def relative(html: str, name: str, known: set[str]) -> str:
    """The page with each link of the server turned into one to a file; a link to what is not a file becomes its text."""
    top = "../" * name.count("/")

    def file_of(path: str) -> str:
        path, _, mark = path.partition("#")
        path = path.partition("?")[0]
        file = path if path in known or path.startswith("assets/") else f"{path}.html"
        return f"{top}{file}{'#' + mark if mark else ''}" if file in known or path.startswith("assets/") else ""

    def anchor(found: re.Match[str]) -> str:
        file = file_of(found[2])
        return f'{found[1]}href="{file}"{found[3]}' if file else found[4]

    html = re.sub(r'(<a\b[^>]*?)href="/([^"]*)"([^>]*>(.*?)</a>)', anchor, html, flags=re.DOTALL)
    html = re.sub(r'\b(href|src)="/([^"]*)"', lambda found: f'{found[1]}="{file_of(found[2])}"', html)
    return html.replace('data-top="/"', f'data-top="{top}"')
