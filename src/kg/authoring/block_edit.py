"""Changing a record in place: one property or one line of evidence of a block, with all else of it as its author wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.authoring.turtle_format import Token, tokens

OPEN, CLOSE = ("[", "("), ("]", ")")


class Statements:
    """The statements about one subject, or within one pair of brackets: properties with their objects, as pieces of text."""

    def __init__(self, subject: str, entries: list[tuple[str, list[list[str]]]]) -> None:
        self.subject, self.entries = subject, entries

    def objects(self, name: str) -> list[list[str]]:
        """All objects of a property, each as its pieces."""
        return [one for known, objects in self.entries if known == name for one in objects]

    def put(self, name: str, values: Iterable[str], after: Sequence[str] = ()) -> None:
        """Give a property these objects alone, in its old place, or else after the last of the properties named; none takes it out."""
        objects = [[value] for value in values]
        places = [at for at, (known, _) in enumerate(self.entries) if known == name]
        if places:
            self.entries = [entry for at, entry in enumerate(self.entries) if at == places[0] or entry[0] != name]
            self.entries[places[0] : places[0] + 1] = [(name, objects)] if objects else []
        elif objects:
            before = [at for at, (known, _) in enumerate(self.entries) if known in after]
            at = before[-1] + 1 if before else len(self.entries)
            self.entries.insert(at, (name, objects))

    def add(self, name: str, value: str) -> None:
        """One more object of a property, as a statement of its own at the end."""
        self.entries.append((name, [[value]]))

    def replace(self, name: str, number: int, value: str) -> None:
        """Another object in the place of the one with this number (from 0) of a property."""
        seen = 0
        for known, objects in self.entries:
            if known == name:
                if number < seen + len(objects):
                    objects[number - seen] = [value]
                    return
                seen += len(objects)
        raise IndexError(number)

    def text(self) -> str:
        """The statements as a block."""
        told = " ;\n    ".join(f"{name} {_join(objects)}" for name, objects in self.entries)
        return f"{self.subject} {told} .\n"

    def bracket(self) -> str:
        """The statements within brackets."""
        return f"[ {' ; '.join(f'{name} {_join(objects)}' for name, objects in self.entries)} ]"


def block(text: str) -> Statements:
    """The statements of a block that is Turtle in our style."""
    found = [token for token in tokens(text) if token.kind != "comment"]
    return Statements(found[0].text, _entries(found[1:]))


def brackets(pieces: Sequence[str]) -> Statements:
    """The statements of an object written as ``[ ... ]``."""
    found = [token for token in tokens(" ".join(pieces)) if token.kind != "comment"]
    return Statements("", _entries(found[1:-1]))


def _entries(found: list[Token]) -> list[tuple[str, list[list[str]]]]:
    entries: list[tuple[str, list[list[str]]]] = []
    depth, name = 0, ""
    for token in found:
        text = token.text
        if depth == 0 and text in (";", "."):
            name = ""
        elif depth == 0 and not name:
            name = text
            entries.append((name, [[]]))
        elif depth == 0 and text == ",":
            entries[-1][1].append([])
        else:
            depth += (text in OPEN) - (text in CLOSE)
            pieces = entries[-1][1][-1]
            if pieces and (text == "^^" or (text.startswith("@") and pieces[-1][-1:] == '"') or pieces[-1].endswith("^^")):
                pieces[-1] += text  # a literal with its language or type is one piece
            else:
                pieces.append(text)
    return entries


def _join(objects: list[list[str]]) -> str:
    return " , ".join(" ".join(pieces) for pieces in objects)
