"""CITATION.cff: what is said there of the work and of who made it."""

from __future__ import annotations

import re
from typing import Any


def read_citation(text: str) -> dict[str, Any]:
    """The part of CITATION.cff that is said again: plain values, a folded text, lists in brackets, and the authors.

    >>> read_citation('title: "A graph"\\nauthors:\\n  - name: "The team"\\nkeywords: [iron, zinc]\\n')
    {'title': 'A graph', 'authors': [{'name': 'The team'}], 'keywords': ['iron', 'zinc']}
    """
    found: dict[str, Any] = {}
    for key, rest, below in re.findall(r"^([\w-]+):[ ]?(.*)\n((?:[ ]+.*\n)*)", text, flags=re.MULTILINE):
        if key == "authors":
            people = re.split(r"^ *- ", below, flags=re.MULTILINE)[1:]
            found[key] = [dict(re.findall(r'([\w-]+): "?([^"\n]*)"?', one)) for one in people]
        elif rest == ">-":
            found[key] = " ".join(below.split())
        elif rest.startswith("["):
            found[key] = [one.strip().strip('"') for one in rest.strip("[]").split(",")]
        elif rest:
            found[key] = rest.strip('"')
    return found


def list_authors(text: str) -> set[str]:
    """The names and ORCIDs of the authors, a person's given name before the family name.

    >>> sorted(list_authors("authors:\\n  - given-names: Ada\\n    family-names: Example\\n  - name: The team\\n"))
    ['Ada Example', 'The team']
    """
    found = set()
    for one in read_citation(text).get("authors", ()):
        found |= {one["orcid"].rstrip("/").rpartition("/")[2]} if "orcid" in one else set()
        name = one.get("name") or f"{one.get('given-names', '')} {one.get('family-names', '')}".strip()
        found |= {name} if name else set()
    return found
