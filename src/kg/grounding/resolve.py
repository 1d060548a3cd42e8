"""From what a person types to a term of the graph: an IRI, a CURIE, a label or any synonym, in any spelling."""

from __future__ import annotations

import warnings

from kg.errors import MappedName, UnknownName, UsageError, text
from kg.grounding.normalize import fold
from kg.grounding.retired import Fate, fate, fates
from kg.grounding.spelled_ids import as_iris
from kg.rdf.language_tags import ENGLISH
from kg.rdf.namespaces import KG, iri_to_compact
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Asked = Callable[[str], Iterable[Any]]  # what answers a query text with rows


class Term:
    """A term that was found: its IRI, label and kind (the local name of its class)."""

    __slots__ = ("english", "iri", "kind", "label", "retired")

    def __init__(self, iri: str, label: str, kind: str) -> None:
        self.iri, self.label, self.kind = iri, label, kind
        self.english = label  # also where the label is shown in another language
        self.retired = False  # whether it was found by the name of a record that it replaced

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Term) and (self.iri, self.label, self.kind) == (other.iri, other.label, other.kind)

    def __hash__(self) -> int:
        return hash(self.iri)

    def __repr__(self) -> str:
        return f"Term({self.iri!r}, {self.label!r}, {self.kind!r})"


def resolve(rows: Asked, name: str, kind: str | None = None) -> Term:
    """The term called ``name``, restricted to a class where ``kind`` names one.

    An external IRI or CURIE is answered by the term that matches it exactly, else by the one that is mapped to it in another way,
    with a warning that says in which.

    Raises:
        UnknownName: nothing has that name; the error gives the nearest names.
        UsageError: several terms are called so.
    """
    found = find(rows, name, kind)
    if found is None:
        became = _fate(rows, name)
        if became:
            raise became.error()
        found = _otherwise_divided(rows, name, kind)
        if found is None:
            raise _unknown(rows, name, kind)
    return found


def _otherwise_divided(rows: Asked, name: str, kind: str | None) -> Term | None:
    """The one term with the same letters and digits in other words: "25 hydroxy vitamin D" for "25-hydroxyvitamin D"."""
    from urllib.parse import unquote

    wanted = "".join(fold(unquote(name)).split())
    if not 4 < len(wanted) <= _LONGEST:
        return None
    names = {row[0].value for row in rows(reading("term_names", **{"class": KG + kind if kind else None}))}
    same = sorted(known for known in names if "".join(fold(known).split()) == wanted)
    found = {term for known in same for term in _candidates(rows, known, kind)}
    return found.pop() if len(found) == 1 else None


def find(rows: Asked, name: str, kind: str | None = None) -> Term | None:
    """The same, and None where nothing is called so: to look for the nearest names takes its time.

    Raises:
        UsageError: several terms are called so.
    """
    found = _candidates(rows, text(name).strip(), kind)
    if len(found) > 1:
        key = fold(name)
        found = [term for term in found if key in (fold(term.label), fold(term.english))] or found
    if len(found) > 1:
        choice = ", ".join(f"kg:{term.iri.removeprefix(KG)} ({term.kind})" for term in found)
        raise UsageError(f"{name!r} is the name of several terms; choose one of {choice}")
    if found and found[0].retired:
        _fate(rows, name).warn()  # type: ignore[union-attr]
    return found[0] if found else _successor(rows, name, kind) or _mapped(rows, name, kind)


def _successor(rows: Asked, name: str, kind: str | None) -> Term | None:
    """The one term that replaced what bore the name, if it is of the kind."""
    became = _fate(rows, name)
    if became is None or len(became.new) != 1 or not became.new[0][2]:
        return None
    found = _candidates(rows, f"<{became.new[0][0]}>", kind)
    if not found:
        return None
    became.warn()
    return found[0]


def _fate(rows: Asked, name: str) -> Fate | None:
    name = name.strip()
    return fate(rows, fold(name), as_iris(name))


def warn_of_retired(rows: Asked, names: Iterable[str]) -> None:
    """Say what became of those names that no single term took over, so that nobody looks for them in vain."""
    gone = fates(rows)
    by_key = {fold(one.label): one for one in gone.values()}
    for name in names if gone else ():
        found = by_key.get(fold(name)) or next((gone[iri] for iri in as_iris(name) if iri in gone), None)
        if found is not None and len(found.new) != 1:
            found.warn()


def _candidates(rows: Asked, name: str, kind: str | None) -> list[Term]:
    """The terms that an identifier names or matches exactly; where it does neither, those that bear it as a name."""
    from pyoxigraph import Literal

    iris = as_iris(name)
    found = _terms(rows(reading("term_by_iri", iri=iris)), kind) if iris else []
    return found or _terms(rows(reading("term_by_name", key=[Literal(fold(name))])), kind, "retired")


def _terms(rows: Iterable[Any], kind: str | None, retired: str = "") -> list[Term]:
    """The terms of rows with term, label, kind and class, of the class ``kind`` where that names one."""
    found: dict[str, Term] = {}
    for row in rows:
        if kind is None or row["class"].value == KG + kind:
            term = Term(row["term"].value, row["label"].value, row["kind"].value.removeprefix(KG))
            plain_row: Any = getattr(row, "plain", row)
            english = plain_row["label"]
            term.english = english.value
            term.retired = bool(retired) and row[retired] is not None
            if english.language == ENGLISH:  # a graph that is not ours may have labels of several languages side by side
                found[term.iri] = term
            found.setdefault(term.iri, term)
    return list(found.values())


def _mapped(rows: Asked, name: str, kind: str | None) -> Term | None:
    """The one term that is mapped to an external id otherwise than exactly; who asks is told how.

    Raises:
        UsageError: several terms are mapped to it.
    """
    iris = as_iris(name)
    found = list(rows(reading("term_by_mapping", iri=iris))) if iris else []
    terms = _terms(found, kind)
    how = {row["term"].value: row["relation"].value.rpartition("#")[2] for row in reversed(found)}
    said = iri_to_compact(found[0]["iri"].value) if found else ""
    if len(terms) > 1:
        choice = ", ".join(f"kg:{term.iri.removeprefix(KG)} ({how[term.iri]})" for term in terms)
        raise UsageError(f"{said} matches no term exactly; choose one of {choice}")
    if not terms:
        return None
    warnings.warn(
        f"{said} {_RELATIONS[how[terms[0].iri]]} {terms[0].label} ({iri_to_compact(terms[0].iri)}), which is taken",
        MappedName,
        stacklevel=3,
    )
    return terms[0]


#: What a mapping says of the external term, in words that lead on to ours.
_RELATIONS = {
    "closeMatch": "means nearly the same as",
    "broadMatch": "is wider than",
    "narrowMatch": "is narrower than",
    "relatedMatch": "has to do with",
}


def _unknown(rows: Asked, name: str, kind: str | None) -> UnknownName:
    nearest = nearest_terms(rows, name, kind)
    called = f"no {kind} is called" if kind else "nothing is called"
    other = _candidates(rows, name.strip(), None) if kind else []
    aside = f" (it is the name of a {spell_out(other[0].kind)})" if other else ""
    hint = f"nearest: {'; '.join(nearest)}" if nearest else "kg term shows what is known about a name"
    return UnknownName(f"{called} {name!r}{aside}; {hint}", nearest)


def spell_out(kind: str) -> str:
    """The local name of a class as words: ``FoodGroup`` is a food group."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in kind).strip()


#: Words that say on which side of a norm a value lies, folded.
_DIRECTIONS = frozenset(
    map(
        fold,
        (
            "low",
            "high",
            "elevated",
            "raised",
            "increased",
            "decreased",
            "reduced",
            "prolonged",
            "lowered",
            "deficiency",
            "excess",
        ),
    )
)


_NEARLY = 0.8
#: What is longer than this is no name that was misspelt, and to look for one that comes close would take minutes.
_LONGEST = 150


def nearest_terms(rows: Asked, name: str, kind: str | None = None, count: int = 5) -> tuple[str, ...]:
    """Up to ``count`` names that come close to ``name``, best first.

    Beside a number no name is suggested that says low or high: what the number means is not for likeness to decide.
    """
    import re
    from difflib import get_close_matches

    if len(name) > _LONGEST:
        return ()
    by_key: dict[str, str] = {}
    foreign: dict[str, str] = {}
    found_names = {
        (row[0].value, row[0].language or "") for row in rows(reading("term_names", **{"class": KG + kind if kind else None}))
    }
    for spelling, language in sorted(found_names):
        (by_key if language.partition("-")[0] in ("", ENGLISH) else foreign).setdefault(fold(spelling), spelling)
    key = fold(name)
    close = get_close_matches(key, by_key, n=count, cutoff=0.6)
    words = set(key.split())
    shared = sorted((k for k in by_key if words & set(k.split())), key=lambda k: (-len(words & set(k.split())), len(k), k))
    # A name in another language answers only what is nearly it: English is not met with German.
    for one in reversed(get_close_matches(key, foreign.keys() - by_key.keys(), n=count, cutoff=_NEARLY)):
        by_key[one] = foreign[one]
        close.insert(0, one)
    found = dict.fromkeys(by_key[k] for k in [*close, *shared])
    if re.search(r"(?:^|[\s:=<>])\d+(?:[.,]\d+)?(?![\w-])", name):
        return tuple(one for one in found if _DIRECTIONS.isdisjoint(fold(one).split()))[:count]
    return tuple(found)[:count]
