"""Which terms bear the names that a set of phrases could mean, asked of the graph at once.

A first reading of the phrases, to which nothing answers yet, tells every name that could matter; one query fetches
them; the next reading finds them. So a remote graph is asked two or three times, however many phrases there are.
"""

from __future__ import annotations

from pyoxigraph import Literal

from kg.errors import UsageError
from kg.grounding.cutoffs import cutoffs_of
from kg.grounding.demographics import Group
from kg.grounding.normalize import fold
from kg.grounding.resolve import Term, resolve
from kg.grounding.retired import fate
from kg.grounding.spelled_ids import as_iris
from kg.grounding.word_bags import word_key
from kg.rdf.language_tags import ENGLISH
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.grounding.cutoffs import Cutoff
    from kg.grounding.resolve import Asked

#: Each reading query with its variable that is asked for.
_VARIABLES = {"names": "key", "by_words": "key", "by_phenotype": "phenotype", "other_names": "term", "drug_uses": "named"}


class Names:
    """The names that phrases ask for: what is not known yet is noted, and :meth:`fetch` asks the graph for all of it."""

    def __init__(self, rows: Asked, whom: tuple[str, ...] = ()) -> None:
        self.rows, self.whom = rows, whom
        self._cutoffs: dict[str, list[Cutoff]] = {}
        self._want_cutoffs: set[str] = set()
        self._known: dict[str, dict[str, list[Any]]] = {name: {} for name in _VARIABLES}
        self._wanted: dict[str, set[str]] = {name: set() for name in _VARIABLES}
        self._groups: list[Group] | None = None
        self._want_groups = False

    def find(self, key: str, kinds: tuple[str, ...]) -> Term | None:
        """The term with this folded name, of the first of ``kinds`` that has one; None where two of a kind share it."""
        fitting = [term for term in self._of("names", key) if term.kind in kinds]
        best = sorted(fitting, key=lambda term: (kinds.index(term.kind), fold(term.label) != key))
        if len(best) > 1 and best[0].kind == best[1].kind and (fold(best[0].label) == key) == (fold(best[1].label) == key):
            return None
        if best and best[0].retired and (became := fate(self.rows, key)):
            became.warn()
        return best[0] if best else None

    def meant(self, name: str, kinds: tuple[str, ...]) -> Term | None:
        """The term that an IRI or CURIE names, if it is of one of ``kinds``."""
        if not as_iris(name):
            return None
        try:
            term = resolve(self.rows, name)
        except UsageError:
            return None
        return term if term.kind in kinds else None

    def by_words(self, key: str) -> list[Term]:
        """The terms that bear a name of these words, see :func:`kg.grounding.word_bags.word_key`."""
        return self._of("by_words", key)

    def in_any_order(self, key: str, kind: str) -> Term | None:
        """The one term of a kind with a name of these words in any order."""
        found = [term for term in self.by_words(word_key(key)) if term.kind == kind]
        return found[0] if len(found) == 1 else None

    def by_phenotype(self, iri: str) -> list[Term]:
        """The terms that are mapped to a term of the Human Phenotype Ontology."""
        return self._of("by_phenotype", iri)

    def names_of(self, term: Term) -> list[str]:
        """All folded names of a term."""
        return self._of("other_names", term.iri)

    def uses_of(self, term: Term) -> list[Term]:
        """The exposures that taking a drug is: of the drug itself, then of the classes it belongs to."""
        return self._of("drug_uses", term.iri)

    def cutoffs(self, biomarker: str) -> list[Cutoff]:
        """The cut-offs of a biomarker, by its IRI."""
        if biomarker not in self._cutoffs:
            self._want_cutoffs.add(biomarker)
        return self._cutoffs.get(biomarker, [])

    def groups(self) -> list[Group]:
        """The groups of people that age and sex make up."""
        self._want_groups = True
        return self._groups or []

    def fetch(self) -> bool:
        """Ask the graph for what was wanted and not known; False where there was nothing to ask."""
        asked = False
        if self._want_groups and self._groups is None:
            self._groups, asked = [_group(*row) for row in self.rows(reading("life_stages"))], True
        if self._want_cutoffs:
            self._ask_cutoffs(sorted(self._want_cutoffs))
            self._want_cutoffs.clear()
            asked = True
        for name, wanted in self._wanted.items():
            if wanted:
                self._ask(name, sorted(wanted))
                wanted.clear()
                asked = True
        return asked

    def _ask_cutoffs(self, biomarkers: list[str]) -> None:
        self._cutoffs.update({biomarker: [] for biomarker in biomarkers})
        self._cutoffs.update(cutoffs_of(self.rows(reading("cutoffs", biomarker=biomarkers))))

    def _of(self, name: str, key: str) -> list[Any]:
        known = self._known[name]
        if key not in known:
            self._wanted[name].add(key)
        return known.get(key, [])

    def _ask(self, name: str, keys: list[str]) -> None:
        known = self._known[name]
        known.update((key, []) for key in keys)
        variable = _VARIABLES[name]
        for key, *cells in self.rows(reading(name, **{variable: map(Literal, keys) if variable == "key" else keys})):
            found = known[key.value]
            answer = _answer(cells)
            twin = next((at for at, one in enumerate(found) if isinstance(one, Term) and one.iri == cells[0].value), None)
            if twin is None:
                found.append(answer)
            elif cells[1].language == ENGLISH:  # the label that is shown, of a term with labels of several languages
                found[twin] = answer


def _answer(cells: list[Any]) -> Any:
    values = [cell.value for cell in cells if cell is not None]
    if len(values) == 1:
        return values[0]
    term = Term(values[0], values[1], values[2].removeprefix(KG))
    term.retired = len(values) > 3
    return term


def _group(group: Any, label: Any, start: Any, below: Any, sex: Any) -> Group:
    return Group(group.value, label.value, float(start.value), float(below.value) if below else 200.0, sex.value if sex else "")
