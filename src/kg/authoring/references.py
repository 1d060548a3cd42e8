"""Where records are referred to by name: in Turtle and queries as CURIEs, in tables as local names in certain columns."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping

from kg import locations
from kg.build.read import contents, list_sources
from kg.rdf.namespaces import KG, iri_to_compact

#: The columns of tables that hold names of terms, several parted by ``|``; by the end of the table's path.
TERMS = {
    "tables/foods.tsv": ("member_of",),
    "tables/food_composition.tsv": ("nutrient",),
    "tables/inhibitor_content.tsv": ("inhibitor",),
    "tables/reference_intakes.tsv": ("nutrient",),
    "tables/reference_ranges.tsv": ("biomarker", "state", "nutrient"),
    "tables/laboratory_tests.tsv": ("biomarker", "low", "high"),
    "tables/red_flags.tsv": ("state",),
    "mappings.sssom.tsv": ("subject_id",),
}
#: Those that hold names of claims; a line of evidence begins with the name of its claim.
CLAIMS = {"articles/statements.tsv": ("states", "summarises"), "data/reviews/": ("claim",), "data/verification/": ("line",)}
#: Tables of what people found when they read a claim: they stay as they are when it is given up, and hold nobody back from that.
_HISTORY = ("data/verification/", "data/reviews/")
#: Those that hold names of sources, beside every column ``source``.
SOURCES = ("source", "article")
#: What of Turtle and SPARQL is passed over as a whole: strings, comments; and the names that are looked at.
_TOKEN = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"|#[^\n]*(?=\n|$)|<[^<>\s]*>|(?<![\w:.-])[A-Za-z]\w*:[\w-]+(?:\.[\w-]+)*',
    re.DOTALL,
)

#: From an IRI to the one that takes its place, or None where it stays.
Moves = Callable[[str], str | None]


def in_text(text: str, moves: Moves) -> str:
    """A text of Turtle or SPARQL with names replaced; strings and comments stay."""

    def replace_match(match: re.Match[str]) -> str:
        word = match[0]
        if word[0] in '"#':
            return word
        iri = word[1:-1] if word[0] == "<" else _iri(word)
        new = moves(iri) if iri.startswith(KG) else None
        if new is None:
            return word
        return f"<{new}>" if word[0] == "<" else iri_to_compact(new)

    return _TOKEN.sub(replace_match, text)


def _iri(curie: str) -> str:
    prefix, _, local = curie.partition(":")
    folders = {"kg": "", "claim": "claim/", "source": "source/"}
    return f"{KG}{folders[prefix]}{local}" if prefix in folders else ""


def in_table(path: str, text: str, moves: Moves) -> str:
    """A table with names replaced in the columns that hold them."""
    lines = text.split("\n")
    start = next((at for at, line in enumerate(lines) if not line.startswith("#")), 0)
    header = lines[start].split("\t")
    columns = _columns(path, header)
    if not columns:
        return text
    for at in range(start + 1, len(lines)):
        cells = lines[at].split("\t")
        if len(cells) != len(header):
            continue
        changed = False
        for place, folder in columns.items():
            new = (
                "|".join(dict.fromkeys(_cell(part, folder, moves) for part in cells[place].split("|"))) if cells[place] else ""
            )
            changed = changed or new != cells[place]
            cells[place] = new
        if changed:
            lines[at] = "\t".join(cells)
    return "\n".join(lines)


def tables(root: str) -> list[str]:
    """The tables that may refer to records."""
    return [*_files(os.path.join(root, "data"), ".tsv"), *_files(os.path.join(root, "ontology"), ".tsv")]


def queries(root: str) -> list[str]:
    """The queries of a repository."""
    return _files(os.path.join(root, "queries"), ".rq")


def shapes(root: str) -> list[str]:
    """The SHACL shapes of a repository, which are no part of the graph but name terms."""
    return [path for folder in ("ontology", "data") for path in _files(os.path.join(root, folder), "shapes.ttl")]


def uses(root: str, iris: set[str]) -> Mapping[str, list[str]]:
    """The places that refer to some records, but for their own blocks: ``file:line`` by IRI."""
    found: dict[str, list[str]] = {iri: [] for iri in iris}
    whole = {*queries(root), *shapes(root)}  # no block in these is that of a record
    for path in [*list_sources(root), *sorted(whole), *tables(root)]:
        text = contents(path).decode("utf-8", "replace")
        if not any(iri.rpartition("/")[2] in text for iri in iris) or path.endswith("retired.tsv"):
            continue
        header = next((line for line in text.split("\n") if not line.startswith("#")), "")
        for number, line in enumerate(text.split("\n"), 1):
            seen: list[str] = []

            def note(iri: str, seen: list[str] = seen) -> None:
                if iri in found:
                    seen.append(iri)

            if path.endswith(".tsv"):
                in_table(path, f"{header}\n{line}", note)
            elif path in whole or line[:1] in (" ", "\t"):
                in_text(line, note)
            for iri in dict.fromkeys(seen):
                found[iri].append(f"{os.path.normpath(path)}:{number}")
    return found


def is_history(place: str) -> bool:
    """Whether a place (``file:line``) is a reading or a review, which outlives its claim."""
    return any(part in place.replace(os.sep, "/") for part in _HISTORY)


def _cell(part: str, folder: str, moves: Moves) -> str:
    if folder == "evidence/":
        words = part.split("_")
        for count in (5, 3):  # a claim that tells apart also names the rival
            new = moves(f"{KG}claim/{'_'.join(words[:count])}") if len(words) > count else None
            if new is not None:
                return "_".join([new.removeprefix(KG + "claim/"), *words[count:]])
        return part
    bare = part.removeprefix("kg:")
    new = moves(f"{KG}{folder}{bare}")
    return part if new is None else part[: len(part) - len(bare)] + new.removeprefix(KG + folder)


def _columns(path: str, header: list[str]) -> dict[int, str]:
    """The places of columns that hold names, each with the folder of the records it names."""
    plain = path.replace(os.sep, "/")
    found: dict[int, str] = {}
    for ending, names in TERMS.items():
        if plain.endswith(ending):
            found |= {header.index(name): "" for name in names if name in header}
    if "data/languages/" in plain and "id" in header:
        found[header.index("id")] = ""
    for part, names in CLAIMS.items():
        if part in plain:
            folder = "evidence/" if "verification" in part else "claim/"
            found |= {header.index(name): folder for name in names if name in header}
    return found | {header.index(name): "source/" for name in SOURCES if name in header}


def _files(folder: str, ending: str) -> list[str]:
    found = []
    for place, _, names in locations.walk(folder):
        found += [os.path.join(place, name) for name in names if name.endswith(ending) and name[0] not in ".~#"]
    return sorted(found)
