"""What the value of each property has to be, as its range in the ontology says: a term, or a text or number of one datatype.

A text where a term belongs is the commonest slip of who writes Turtle for the first time, and no rule of the build can go by it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.build import read
from kg.errors import DataError
from kg.rdf.namespaces import RDF_TYPE, RDFS, RDFS_LABEL, SKOS, XSD, iri_to_compact

_OWL, _RANGE = "http://www.w3.org/2002/07/owl#", NamedNode(RDFS + "range")
_OBJECT, _DATA = NamedNode(_OWL + "ObjectProperty"), NamedNode(_OWL + "DatatypeProperty")
#: What a term is called by; the datatype is said by a language or left out.
NAMES = (RDFS_LABEL, *(NamedNode(SKOS + name) for name in ("prefLabel", "altLabel", "hiddenLabel")))
#: The numbers by which the rules of the build reckon, and how such a text is written.
_NUMBERS = {
    XSD + "integer": re.compile(r"\s*[+-]?[0-9]+\s*"),
    XSD + "decimal": re.compile(r"\s*[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*"),
}


class Kinds:
    """The properties of an ontology, each with what its values are.

    Parameters:
        ontology: what is written in it; quads of other things may be among them.
    """

    def __init__(self, ontology: Iterable[Quad] = ()) -> None:
        #: The datatype of each property whose values are texts or numbers, or None where any will do.
        self.data: dict[NamedNode, Any] = dict.fromkeys((*NAMES, NamedNode(SKOS + "definition")))
        #: The class of each property whose values are terms, or None.
        self.terms: dict[NamedNode, Any] = {}
        self.learn(ontology)

    def learn(self, ontology: Iterable[Quad]) -> None:
        """Take in the properties of one more file."""
        ranges = {}
        for quad in ontology:
            if quad.predicate == _RANGE:
                ranges[quad.subject] = quad.object
            elif quad.predicate == RDF_TYPE and isinstance(quad.subject, NamedNode):
                if quad.object == _OBJECT:
                    self.terms[quad.subject] = None
                elif quad.object == _DATA:
                    self.data[quad.subject] = None
        for kinds in (self.terms, self.data):
            kinds.update((name, ranges[name]) for name in kinds if name in ranges)

    def mix(self, quad: Quad) -> str:
        """What is wrong with a value that no rule can go by: a text for a term, a term for a text, no number; empty if nothing is."""
        predicate, value = quad.predicate, quad.object
        if isinstance(value, Literal):
            if predicate in self.terms:
                return f"{iri_to_compact(predicate.value)} is the text {_show(value)}, where a term belongs"
            number = _NUMBERS.get(getattr(self.data.get(predicate), "value", ""))
            if number and not number.fullmatch(value.value):
                return f"{iri_to_compact(predicate.value)} is {_show(value)}, where a number belongs"
        elif predicate in self.data:
            named = iri_to_compact(value.value) if isinstance(value, NamedNode) else "a record without a name"
            return f"{iri_to_compact(predicate.value)} is {named}, where a text or a number belongs"
        return ""


def kinds_of(store: Store) -> Kinds:
    """The properties of the ontology in a store."""
    patterns = ((RDF_TYPE, _OBJECT), (RDF_TYPE, _DATA), (_RANGE, None))
    return Kinds(quad for predicate, value in patterns for quad in store.quads_for_pattern(None, predicate, value))


def _show(value: Literal) -> str:
    text = value.value if len(value.value) < 60 else value.value[:57] + "..."
    return '"{}"'.format(" ".join(text.split()))


def mend(quad: Quad) -> str:
    """What to write instead of such a value, where nothing is known but the value."""
    if isinstance(quad.object, Literal) and not re.fullmatch(r"[\s\d.,+-]*", quad.object.value):
        words = " ".join(quad.object.value.replace("'", " ").split())[:60]
        return f"write a term, such as kg:{'-'.join(words.lower().split())}; kg term '{words}' finds it"
    return "write what belongs there"


def refuse_mixed(kinds: Kinds, path: str, quads: Sequence[Quad]) -> None:
    """Refuse a file with a value that no rule can go by.

    Raises:
        DataError: the first such value, with file, line and fix.
    """
    for quad in quads:
        wrong = kinds.mix(quad)
        if wrong:
            owner: Any = quad.subject
            for _ in range(9):  # an evidence line stands in the block of its claim
                owner = next((other.subject for other in quads if other.object == owner), owner) if _is_blank(owner) else owner
            name = iri_to_compact(owner.value) if isinstance(owner, NamedNode) else ""
            raise DataError(f"{path}:{_line(path, name)}: {name}: {wrong}; {mend(quad).replace('; ', ', ')}")


def _is_blank(node: Any) -> bool:
    return not isinstance(node, NamedNode | Literal)


def _line(path: str, name: str) -> int:
    """The line at which the block of a record begins; 1 where it is written in another way."""
    for number, line in enumerate(read.contents(path).decode("utf-8", "replace").splitlines(), 1):
        if name and line.startswith((f"{name} ", f"<{name}> ", f"{name}\t")):
            return number
    return 1
