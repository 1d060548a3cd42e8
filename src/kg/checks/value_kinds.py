"""Values of another kind than the range of their property: a text for a term, a term for a text, another datatype, a stranger's name."""

from __future__ import annotations

from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg.build.cells import slug
from kg.build.value_kinds import NAMES, kinds_of, mend
from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, XSD, iri_to_compact

#: A class of at most so many members, as of stances, is told whole.
_FEW = 8


class Values:
    """Looks at each value of a store once.

    Parameters:
        store: what is written in all files of Turtle.
    """

    def __init__(self, store: Store, places: Places) -> None:
        self.store, self.places = store, places
        self.kinds = kinds_of(store)
        #: Whether there was one that no rule of the build can go by.
        self.mixed = False
        terms: dict[Any, Any] = dict.fromkeys(self.kinds.terms, "")
        #: What each property is looked at for: an empty text for a term, else its datatype.
        self.wanted: dict[Any, Any] = {**terms, **self.kinds.data}

    def find(self, quad: Quad, literal: bool) -> Problem | None:
        """What is wrong with a value.

        Parameters:
            literal: whether it is a literal, which the caller knows.
        """
        wanted = self.wanted.get(quad.predicate, self)
        if wanted is self:
            return None
        if wanted == "":
            if not literal and (not isinstance(quad.object, NamedNode) or quad.object.value.startswith(KG)):
                return None
        elif literal and wanted is None:
            return self._of_name(quad) if quad.predicate in NAMES else None
        wrong = self.kinds.mix(quad)
        if wrong:
            self.mixed = True
            return self._tell(quad, wrong, self._meant(quad))
        return self._of_datatype(quad, wanted) if literal else self._of_stranger(quad)

    def _of_name(self, quad: Quad) -> Problem | None:
        if quad.object.value.isprintable() or not set("\n\r\t") & set(quad.object.value):  # type: ignore[union-attr]
            return None
        words = " ".join(quad.object.value.split())  # type: ignore[union-attr]
        return self._tell(quad, f"{iri_to_compact(quad.predicate.value)} goes over several lines", f'write "{words}"')

    def _of_datatype(self, quad: Quad, wanted: NamedNode) -> Problem | None:
        value: Any = quad.object
        if value.datatype == wanted:
            return None
        kind = f"xsd:{wanted.value.removeprefix(XSD)}" if wanted.value.startswith(XSD) else iri_to_compact(wanted.value)
        given = f"has the language {value.language}" if value.language else f"is an {iri_to_compact(value.datatype.value)}"
        named = iri_to_compact(quad.predicate.value)
        bare = f'"{value.value}"' if kind == "xsd:string" else f'"{value.value}"^^{kind}'
        return self._tell(quad, f'{named} "{value.value}" {given}, where an {kind} belongs', f"write {bare}")

    def _of_stranger(self, quad: Quad) -> Problem | None:
        if next(self.store.quads_for_pattern(quad.object, RDF_TYPE, None), None):  # type: ignore[arg-type]
            return None
        name = iri_to_compact(quad.object.value)  # type: ignore[union-attr]
        fix = f"name a term that is declared{self._choice(quad.predicate)}; {name} may be its skos:exactMatch"
        return self._tell(quad, f"{iri_to_compact(quad.predicate.value)} names {name}, which is declared nowhere", fix)

    def _tell(self, quad: Quad, problem: str, fix: str) -> Problem:
        record: Any = quad.subject
        while isinstance(record, BlankNode):  # what stands in [ ... ] is told of the record around it
            around = next(self.store.quads_for_pattern(None, None, record), None)
            if around is None or around.subject == record:
                break
            record = around.subject
        return self.places.problem(record, problem, fix)

    def _meant(self, quad: Quad) -> str:
        """What to write instead."""
        if not isinstance(quad.object, Literal):
            return "write the text itself, in quotes"
        if quad.predicate not in self.kinds.terms:
            return "write a number, without quotes"
        found = self._declared(quad.object.value)
        if found:
            wanted = self.kinds.terms[quad.predicate]
            found.sort(key=lambda name: Quad(NamedNode(name), RDF_TYPE, wanted) not in self.store if wanted else 0)
            return f"write {iri_to_compact(found[0])}"
        return self._choice(quad.predicate).removeprefix(": ") or mend(quad)

    def _declared(self, words: str) -> list[str]:
        """The terms that a text may mean: by their id, or by their label."""
        wanted, name = words.strip().casefold(), slug(words)
        ids = {f"{KG}{one}" for one in (name, words.strip().removeprefix("kg:"))}
        labelled = [
            quad.subject.value
            for quad in self.store.quads_for_pattern(None, RDFS_LABEL, None)
            if isinstance(quad.object, Literal)
            and quad.object.value.casefold() == wanted
            and isinstance(quad.subject, NamedNode)
        ]
        typed = [
            quad.subject.value
            for quad in self.store.quads_for_pattern(None, RDF_TYPE, None)
            if isinstance(quad.subject, NamedNode) and quad.subject.value in ids
        ]
        return sorted({*typed, *labelled})

    def _choice(self, predicate: NamedNode) -> str:
        """The members of a class of few, from which one is chosen."""
        wanted = self.kinds.terms.get(predicate)
        members = sorted(
            quad.subject.value
            for quad in self.store.quads_for_pattern(None, RDF_TYPE, wanted)
            if isinstance(quad.subject, NamedNode)
        )
        return f": write one of {', '.join(map(iri_to_compact, members))}" if wanted and 0 < len(members) <= _FEW else ""
