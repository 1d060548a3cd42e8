"""Names of terms and sources by the thousand: each is looked up once, by the rules of ``kg new``."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

from kg.authoring import lookup
from kg.authoring.naming import identifier
from kg.authoring.relations import relations
from kg.errors import UnknownName, UsageError
from kg.graph import Graph
from kg.grounding.normalize import fold
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

#: So many unknown names get the nearest ones told: to find those takes longest.
TOLD = 40


class Names:
    """The names of a graph; each method answers with an IRI, or raises the error of one line that ``kg new`` would."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._found = cache(self._term)
        self._refused: dict[tuple[str, str], UsageError] = {}
        self.source = cache(self._source)
        self.choices = cache(self._choices)
        self.relations = relations(graph.rows)
        self._labels: dict[str, str] = {}
        self._kinds: dict[str, str] = {}
        self._by_key: defaultdict[str, set[str]] = defaultdict(set)
        for row in graph.rows(reading("bulk_names")):
            iri = row["term"].value
            self._kinds[iri] = row["kind"].value.removeprefix(KG)
            self._labels[iri] = row["label"].value
            self._by_key[row["key"].value].add(iri)
        self._members: dict[str, set[str]] = {}
        self._unknown = 0
        self._sources: dict[str, str] | None = None

    def label(self, iri: str) -> str:
        """The label of a term or source; its IRI where it has none."""
        return self._labels.get(iri, iri)

    def kind(self, iri: str) -> str:
        """The class of a term, as a local name."""
        return self._kinds.get(iri, "")

    def is_a(self, iri: str, kind: str) -> bool:
        """Whether a term is of a class or of one below it."""
        return iri in self.members(kind)

    def members(self, kind: str) -> set[str]:
        """The terms of a class and of those below it."""
        if kind not in self._members:
            text = reading("choices", of=KG + kind)
            self._members[kind] = {row["choice"].value for row in self.graph.rows(text)}
        return self._members[kind]

    def term(self, name: str, kinds: str = "") -> str:
        """The IRI of a term, by its name and the classes it may be of; a wrong name too is looked up once, however often it stands.

        Raises:
            UsageError: none is called so, or several are.
        """
        if (name, kinds) in self._refused:
            raise self._refused[name, kinds].with_traceback(None)
        try:
            return self._found(name, kinds)
        except UsageError as error:
            self._refused[name, kinds] = error
            raise

    def _term(self, name: str, kinds: str = "") -> str:
        """The IRI of the term called ``name``, of the first of some classes (parted by ``|``) that has one.

        Raises:
            UsageError: none is called so, or several are.
        """
        found = self._by_key.get(fold(name), set())
        wanted = kinds.split("|") if kinds else [""]
        for kind in wanted:
            fitting = [iri for iri in found if not kind or self.is_a(iri, kind)]
            exact = [iri for iri in fitting if fold(self._labels[iri]) == fold(name)]
            if len(exact) == 1 or len(fitting) == 1:
                return (exact if len(exact) == 1 else fitting)[0]
        if not found and not _may_be_iri(name):
            self._unknown += 1
            if self._unknown > TOLD:
                called = f"no {wanted[0]} is called" if wanted[0] else "nothing is called"
                raise UnknownName(f"{called} {name!r}; kg term shows what is known about a name")
        problem: UsageError | None = None
        for kind in wanted:
            try:
                return str(self.graph.term(name, kind or None).iri)
            except UnknownName as error:
                problem = problem or error
        raise problem or UnknownName(f"nothing is called {name!r}")

    def _source(self, words: str) -> str:
        """The IRI of a source: by title, name, identifier, or words that only its title holds.

        Raises:
            UsageError: none fits, or several do.
        """
        if self._sources is None:
            self._sources = {}
            for row in self.graph.rows(reading("sources")):
                self._sources[row["source"].value] = row["source"].value
                self._sources[fold(row["title"].value)] = row["source"].value
                if row["identifier"] is not None:
                    self._sources[row["identifier"].value.casefold()] = row["source"].value
        for key in (_expand(words), fold(words), identifier(words).casefold()):
            if key in self._sources and len(self._by_key.get(key, ())) <= 1:
                return self._sources[key]
        self._unknown += 1
        if self._unknown > TOLD:
            raise UnknownName(f"no Source is called {words!r}; add the source first, with kg new source")
        return lookup.find_source(self.graph, words)

    def _choices(self, kind: str) -> tuple[str, ...]:
        """The members of a class of choices, as local names."""
        text = reading("choices", of=kind if "://" in kind else KG + kind)
        return tuple(row["choice"].value.rpartition("/")[2] for row in self.graph.rows(text))


def _expand(name: str) -> str:
    """The IRI of a CURIE of ours; any other name as it is."""
    return KG + "source/" + name.removeprefix("source:") if name.startswith("source:") else name.strip("<>")


def _may_be_iri(name: str) -> bool:
    return ":" in name or "_" in name or name.startswith("<")
