"""Where a new block belongs, and how it is put there: in the order of names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kg import locations
from kg.atomic import write
from kg.authoring import block_edit, written
from kg.authoring.claim_files import file_name, file_of, topics_of
from kg.authoring.credit import without_credit
from kg.authoring.turtle_format import format_turtle
from kg.build import retired
from kg.build.read import contents
from kg.errors import DataError, UsageError, of_system
from kg.rdf.namespaces import prefixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.resolve import Asked


#: Strings of Turtle, in which no name is looked for.
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')


@dataclass(frozen=True, slots=True)
class Block:
    """One record of a file in our style: its name, its text, and its first line counted from 0."""

    name: str
    text: str
    start: int


def blocks(text: str) -> Iterator[Block]:
    """The records of a text that :func:`kg.authoring.turtle_format.format_turtle` has shaped."""
    lines = text.splitlines()
    start = None
    for number, line in enumerate(lines):
        if start is None and line and line[0] not in "@#[ ":
            start = number
        if start is not None and line.endswith(" .") and (number + 1 == len(lines) or lines[number + 1][:1] != " "):
            found = "\n".join(lines[start : number + 1])
            yield Block(found.split(None, 1)[0], found, start)
            start = None


def files(folder: str) -> dict[str, str]:
    """The Turtle files of a folder by path, each as formatted text, in the order of their names; none where there is no folder.

    Raises:
        DataError: a file that cannot be read or is not Turtle.
    """
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    return {
        path: shape_file(path)
        for path in (os.path.join(folder, name) for name in names if locations.is_source(folder, name))
        if path.endswith(".ttl")
    }


def of_claim(root: str, ask: Asked, kind: str, subject: str, target: str) -> str:
    """The file of ``data/claims`` that a claim belongs in, see :mod:`kg.authoring.claim_files`.

    Parameters:
        ask: what answers a query text with rows.
        kind: the claim's class, as a local name.
        subject, target: IRIs of the two ends.
    """
    topics = topics_of(ask, [subject, target])
    return claim_path(root, file_of(kind, topics[subject], topics[target]))


def claim_path(root: str, name: str) -> str:
    """The path of a file of claims."""
    return os.path.join(root, "data", "claims", name)


def of_term(root: str, kind: str) -> str:
    """The file that holds most terms of a class (a local name); where none holds any, one of the class's name."""
    counts = {path: text.count(f" a kg:{kind} ") for path, text in files(os.path.join(root, "data", "terms")).items()}
    best = max(counts, key=lambda path: counts[path], default="")
    return best if best and counts[best] else os.path.join(root, "data", "terms", f"{file_name(kind)}.ttl")


def insert(path: str, block: str) -> int:
    """Put a block into a file, in the order of names, and return its line. The file is replaced whole or not at all.

    Raises:
        DataError: the file cannot be read, is not Turtle, or holds a record of this name.
        UsageError: it cannot be written.
    """
    text = shape_file(path) if os.path.exists(path) else head([block])
    name = block.split(None, 1)[0]
    same = next((known for known in blocks(text) if known.name == name), None)
    if same:
        raise DataError(f"{path}:{same.start + 1}: {name} already exists; add to that record")
    text = with_blocks(text, [block])
    replace_file(path, text)
    return next((known.start + 1 for known in blocks(text) if known.name == name), 1)


def with_blocks(text: str, added: Iterable[str]) -> str:
    """A formatted text with more blocks, each after the last one whose name comes before its own."""
    added = list(added)
    text = with_prefixes(text, added)
    found = list(blocks(text))
    lines = text.splitlines()
    for block in sorted(added, key=lambda one: one.split(None, 1)[0], reverse=True):
        name = block.split(None, 1)[0]
        before = [known for known in found if known.name < name][-1:]
        at = before[0].start + before[0].text.count("\n") + 1 if before else _body(lines, found)
        new = block.rstrip("\n").split("\n")
        lines[at:at] = ["", *new] if before else [*new, ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def with_prefixes(text: str, added: Iterable[str]) -> str:
    """A formatted text that declares the prefixes which more blocks need."""
    plain = _STRING.sub('""', "\n".join(added))
    lines = text.splitlines()
    at = max((number for number, line in enumerate(lines, 1) if line.startswith("@prefix ")), default=0)
    known = [name for name in prefixes() if re.search(rf"(?<![\w:.<-]){name}:", plain)]
    new = [f"@prefix {name}: <{prefixes()[name]}> ." for name in known if f"@prefix {name}:" not in text]
    if not at or not new:
        return text
    return "\n".join([*lines[:at], *new, *lines[at:]]) + "\n"


def in_order(text: str) -> str:
    """A formatted text with its records in the order of names; as it is where comments stand between them."""
    found = list(blocks(text))
    names = [known.name for known in found]
    if names == sorted(names):
        return text
    lines = text.splitlines()
    body = lines[found[0].start :]
    if any(line.startswith(("#", "@")) for line in body):
        return text
    ordered = sorted(found, key=lambda known: known.name)
    return "\n".join([*lines[: found[0].start], "\n\n".join(known.text for known in ordered)]) + "\n"


def rewritten(text: str, changed: Mapping[str, str]) -> str:
    """A formatted text with other blocks in the place of those named; an empty one takes its record out."""
    lines = text.splitlines()
    for known in reversed(list(blocks(text))):
        if known.name in changed:
            end = known.start + known.text.count("\n") + 1
            new = changed[known.name].rstrip("\n")
            if not new and end < len(lines) and not lines[end]:
                end += 1  # and the blank line after it
            lines[known.start : end] = new.split("\n") if new else []
    return "\n".join(lines).rstrip("\n") + "\n"


def add_evidence(path: str, name: str, line: str) -> int:
    """Put an evidence line onto the claim ``name`` of a file, and return the line of the claim."""
    text = shape_file(path)
    block = next((block for block in blocks(text) if block.name == name), None)
    if block is None:
        raise DataError(f"{path}: contains no record {name}; check the name")
    known = [" ".join(pieces) for pieces in block_edit.block(block.text).objects("kg:evidence")]
    if without_credit(line) in map(without_credit, known):
        raise UsageError(f"{path}:{block.start + 1}: {name} has this line of evidence already; nothing was written")
    richer = block.text.removesuffix(" .") + f" ;\n    kg:evidence {line} ."
    text = with_prefixes(text.replace(block.text, richer, 1), [line])
    replace_file(path, text)
    return next((found.start + 1 for found in blocks(text) if found.name == name), block.start + 1)


def where(root: str, name: str) -> tuple[str, int] | None:
    """File and line of a record of ``data/`` (a CURIE)."""
    for path in written.paths(root):
        if name.encode() in contents(path):
            for block in blocks(shape_file(path)):
                if block.name == name:
                    return path, block.start + 1
    return None


def refuse_retired(root: str, name: str, fix: str = "give another name with --name") -> None:
    """Refuse the id of a record that is retired (a CURIE): who has it in a notebook would find another thing under it.

    Raises:
        UsageError: with the row that says what became of the record.
    """
    gone = retired.find(root, name)
    if gone:
        raise UsageError(
            f"{gone.path}:{gone.line}: {name} ({gone.row['label']}) is retired, and an id is never used again; {fix}"
        )


def refuse_elsewhere(root: str, path: str) -> None:
    """Refuse a file that no command would read: a record in it would be lost.

    Raises:
        UsageError: the file is not in ``data``, is hidden, or is not Turtle.
    """
    inside = os.path.relpath(os.path.abspath(path), os.path.abspath(root)).split(os.sep)
    hidden = any(part.startswith(".") for part in inside) or inside[-1][0] in "~#"
    if inside[0] != "data" or len(inside) < 2 or hidden or not path.endswith(".ttl") or path.endswith("shapes.ttl"):
        example = os.path.join(root, "data", "terms", "more.ttl")
        raise UsageError(f"--file {path}: a record there is not read; name a Turtle file below data, such as {example}")


def replace_file(path: str, text: str) -> None:
    """Replace a Turtle file by a text, shaped, whole or not at all."""
    try:
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        write(path, format_turtle(text.encode(), path))
    except OSError as error:
        raise of_system(path, error, "the file is unchanged") from None


def shape_file(path: str) -> str:
    """A Turtle file as formatted text.

    Raises:
        DataError: it cannot be read or is not Turtle.
    """
    return format_turtle(contents(path), path).decode()


def _body(lines: list[str], found: list[Block]) -> int:
    return found[0].start if found else len(lines)


def head(added: Iterable[str]) -> str:
    """The prefixes that some blocks need, for a new file."""
    text = "\n".join(added)
    used = [name for name in prefixes() if f"{name}:" in text]
    return "".join(f"@prefix {name}: <{prefixes()[name]}> .\n" for name in used) + "\n"
