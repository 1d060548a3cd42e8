"""The sentence at the head of a term, made from its claims: what it leads to, where it comes from, what shows and treats it.

The same stands above ``kg term``, on the page of the term and on its card in a notebook; a drug is told by its use, a nutrient
by its lack. Within each part the best sourced come first; what sources disagree on is left out, unless nothing else is said.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.grounding.resolve import Term, spell_out
from kg.grounding.term_summary import dossier
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from kg.grounding.resolve import Asked

#: So many names stand in each part.
_NAMED = 3
#: So many parts are told of a term.
_PARTS_TOLD = 5
#: So many sentences stand at the head.
_SENTENCES = 3
_RANK = {"high": 0, "moderate": 1, "low": 2, "very low": 3}
#: Claims that carry no part of a sentence about what is so.
_DOUBTED = frozenset(("contested", "refuted"))


class _Part(NamedTuple):
    """The relations that a part speaks of, whether the term is their subject, and its words, for sure things and for others."""

    relations: tuple[str, ...]
    out: bool
    sure: str
    unsure: str


_EFFECTS = _Part(("promotes",), True, "can lead to", "may lead to")
_LOWERS = _Part(("inhibits",), True, "holds back", "may hold back")
_CAUSES = _Part(("promotes",), False, "can come from", "may come from")
_TESTS = _Part(("indicates",), False, "is shown by", "is shown by")
_POINTS = _Part(("indicates",), True, "points to", "may point to")
_TREATED = _Part(("treats",), False, "is treated with", "may be treated with")
_PREVENTED = _Part(("prevents",), False, "is prevented by", "may be prevented by")
_TREATS = _Part(("treats",), True, "treats", "may treat")
_PREVENTS = _Part(("prevents",), True, "prevents", "may prevent")
_RISK = _Part(("atRiskOf",), True, "are at risk of", "are said to be at risk of")
_WHOM = _Part(("atRiskOf",), False, "is a risk of", "is said to be a risk of")
_NEEDED = _Part(("requiredFor",), True, "is needed for", "is said to be needed for")
_NEEDS = _Part(("requiredFor",), False, "needs", "is said to need")
_HELPED = _Part(("strengthens",), False, "is helped by", "may be helped by")
_HINDERED = _Part(("weakens",), False, "is hindered by", "may be hindered by")
_HELPS = _Part(("strengthens",), True, "helps", "may help")
_HINDERS = _Part(("weakens",), True, "hinders", "may hinder")
_SOURCES = _Part(("sourceOf", "richIn"), False, "is found in", "is found in")
_SOURCE_OF = _Part(("sourceOf", "richIn"), True, "is a source of", "is a source of")
_TELLS = _Part(("distinguishes",), True, "helps to recognise", "may help to recognise")

_ILL = (_EFFECTS, _LOWERS, _CAUSES, _WHOM, _TESTS, _TREATED, _PREVENTED)
#: By the kind of the term; of other kinds all parts may be told.
_PARTS = {
    **dict.fromkeys(("Symptom", "Sign", "LabFinding"), (_CAUSES, _POINTS, _TELLS, _EFFECTS, _TREATED, _PREVENTED)),
    **dict.fromkeys(("Condition", "PhysiologicalState", "NutrientStatus"), _ILL),
    "Exposure": (_EFFECTS, _LOWERS, _CAUSES, _TREATS, _PREVENTS),
    "Population": (_RISK,),
    "Biomarker": (_POINTS, _TELLS),
    "Treatment": (_TREATS, _PREVENTS, _EFFECTS),
    "Process": (_NEEDS, _HELPED, _HINDERED, _CAUSES, _EFFECTS),
}
#: What is told as sure from moderate certainty on: it makes nobody ill.
_SURE_SOON = (_NEEDED, _NEEDS, _RISK, _WHOM)
_OTHERS = (_NEEDED, _SOURCES, _EFFECTS, _LOWERS, _SOURCE_OF, _HELPS, _HINDERS, _TREATS, _PREVENTS, _POINTS, _TELLS, _RISK)


def describe(rows: Asked, term: Term, facts: Mapping[str, Any], holds: str = "") -> str:
    """One to three sentences about a term; empty for a food of which nothing is told.

    Parameters:
        facts: its dossier, see :func:`kg.grounding.term_summary.dossier`.
        holds: for a food, what a portion of it gives; for a group of foods, how many it has.

    >>> import kg
    >>> from kg.grounding.term_summary import dossier
    >>> graph = kg.open()
    >>> term = graph.term("vegans")
    >>> describe(graph.rows, term, dossier(graph.rows, term)).startswith("Vegans are ")
    True
    """
    label, kind = facts["label"], facts["kind"]
    told = _tell(facts, _PARTS.get(kind, _OTHERS))
    sentences = [_join(label, told)] if told else []
    if holds:
        sentences.insert(0, f"{label} {holds}.")
    for state in _acting(rows, term) if kind not in _PARTS and kind != "Food" else ():
        effects = _tell(state, (_EFFECTS, _LOWERS))
        if effects and len(sentences) < _SENTENCES:
            sentences.append(_join(state["label"], effects))
    if not sentences and kind != "Food":
        sort = spell_out(kind)
        sentences = [f"{label} is {'an' if sort[:1] in 'aeiou' else 'a'} {sort}; no claim speaks of it."]
    return " ".join(_capital(one) for one in sentences)


def _acting(rows: Asked, term: Term) -> Iterable[Mapping[str, Any]]:
    """The dossiers of the states by which a thing acts: the uses of a drug, the lack and the excess of a nutrient."""
    if term.kind == "Drug":
        states = [[use, label, kind] for _, use, label, kind in rows(reading("drug_uses", named=term.iri))]
    else:
        found = [list(row) for row in rows(reading("states_of", thing=term.iri))]
        states = sorted(found, key=lambda row: _order_of_state(*(one.value for one in row)))
    for state, label, kind, *_ in states:
        yield dossier(rows, Term(state.value, label.value, kind.value.removeprefix(KG)))


def _order_of_state(_state: str, label: str, kind: str, deviation: str) -> tuple[bool, bool, str]:
    """What is short before what is in excess, and both before what is measured."""
    return (kind != f"{KG}NutrientStatus", deviation != f"{KG}low", label)


def listed(names: Sequence[str], most: int = _NAMED) -> str:
    """Names as people list them, the first ones and how many more there are.

    >>> listed(["a", "b"]), listed(["a", "b", "c", "d", "e"])
    ('a and b', 'a, b, c and 2 more')
    """
    first = list(dict.fromkeys(names))
    more = len(first) - most
    if more == 1:
        more, most = 0, most + 1
    shown = first[:most]
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _join(label: str, told: Sequence[str]) -> str:
    return f"{label} {'; it '.join(told)}." if not told[0].startswith("are ") else f"{label} {'; they '.join(told)}."


def _tell(facts: Mapping[str, Any], parts: Iterable[_Part]) -> list[str]:
    """The parts that claims speak of, each with its best sourced names."""
    told: list[str] = []
    for part in parts:
        side = "object" if part.out else "subject"
        claims = [one for one in facts["claims_out" if part.out else "claims_in"] if one["relation"] in part.relations]
        agreed = sorted((one for one in claims if one["status"] not in _DOUBTED), key=_order)
        names = [_name(one, side, facts["label"]) for one in agreed if one[side]["label"] != facts["label"]]
        names.sort(key=lambda name: " (in " in name)  # what helps some only comes after what helps
        if len(told) == _PARTS_TOLD:
            break
        if names:
            enough = ("high", "moderate") if part in _SURE_SOON else ("high",)
            sure = all(one["certainty"] in enough for one in agreed[:_NAMED])
            told.append(f"{part.sure if sure else part.unsure} {listed(names)}")
        elif claims and part is not _LOWERS:
            told.append(f"{part.unsure} {listed([one[side]['label'] for one in claims])}, on which sources disagree")
    return told


def _name(claim: Mapping[str, Any], side: str, about: str) -> str:
    """The other end of a claim; of a treatment with in whom it holds, where that is told."""
    whom = claim["object"]["label"].removeprefix(about).removeprefix(" in: ") if side == "subject" else ""
    told = claim["relation"] in ("treats", "prevents") and whom != claim["object"]["label"] and whom not in ("", about)
    return f"{claim['subject']['label']} (in {whom})" if told else str(claim[side]["label"])


def _order(claim: Mapping[str, Any]) -> tuple[bool, int, int]:
    """What is settled or nearly so first, by the number of its sources; what has no good source last."""
    return (claim["status"] == "unverified", max(1, _RANK.get(claim["certainty"], 4)), -claim["sources"])


def _capital(text: str) -> str:
    """The text with a capital, but for names that begin with a small letter and a number or a capital after it."""
    return text if text[1:2].isupper() or text[1:2].isdigit() else text[:1].upper() + text[1:]
