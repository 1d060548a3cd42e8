"""Two things side by side: foods by what a portion of them holds, anything else by the claims that they share or have alone."""

from __future__ import annotations

from typing import Any, NamedTuple

from kg.causal.foods.card import FoodCard, Share, card
from kg.causal.path_source import start
from kg.errors import UnknownName, UsageError
from kg.grounding.resolve import Term, resolve, spell_out
from kg.grounding.term_summary import dossier

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.grounding.resolve import Asked

#: Certainty, best first, as claims of every kind have it.
_RANK = {"high": 0, "moderate": 1, "low": 2, "very low": 3}


class FoodLine(NamedTuple):
    """One nutrient in a portion of each of two foods; None where it is not known."""

    nutrient: Term
    unit: str
    first: Share | None
    second: Share | None


class ClaimLine(NamedTuple):
    """What is said of one of two things, or of both: the sentence without its subject, and how certain it is of each."""

    words: str
    other: Term
    first: str
    second: str

    @property
    def whose(self) -> str:
        """``both``, ``first`` or ``second``."""
        return "both" if self.first and self.second else "first" if self.first else "second"


class Comparison(NamedTuple):
    """Two things side by side. ``cards`` are there for foods alone."""

    first: Term
    second: Term
    lines: tuple[FoodLine, ...] | tuple[ClaimLine, ...]
    cards: tuple[FoodCard, FoodCard] | None = None

    def to_dict(self) -> dict[str, Any]:
        """The values of ``kg compare --format json``."""
        told: dict[str, Any] = {"first": _name(self.first), "second": _name(self.second)}
        if self.cards:
            told["life_stage"] = self.cards[0].life_stage.name
            told["portions"] = [one.portion._asdict() for one in self.cards]
        told["lines"] = [_food_line(line) if isinstance(line, FoodLine) else _claim_line(line) for line in self.lines]
        return told


def _name(term: Term) -> dict[str, str]:
    return {"iri": term.iri, "label": term.label, "kind": term.kind}


def _food_line(line: FoodLine) -> dict[str, Any]:
    def side(share: Share | None) -> dict[str, Any] | None:
        return share and {name: getattr(share, name) for name in ("per_100g", "amount", "percent_of_need", "percent_of_limit")}

    return {**_name(line.nutrient), "unit": line.unit, "first": side(line.first), "second": side(line.second)}


def _claim_line(line: ClaimLine) -> dict[str, Any]:
    return {**line._asdict(), "other": _name(line.other), "whose": line.whose}


def compare(rows: Asked, first: str, second: str, stage: str | None = None, portion: str | None = None) -> Comparison:
    """Two foods, states, drugs, nutrients or other terms side by side.

    Foods are compared by a usual portion of each, or by 100 g where ``portion`` says so.

    Raises:
        UnknownName: one of the names is not known; the nearest ones are listed.
        UsageError: both names mean the same, or one is a food and the other none.
    """
    one, two = _meant(rows, first), _meant(rows, second)
    if one == two:
        raise UsageError(f"{first!r} and {second!r} are both {one.label}; give two different things")
    if "Food" in (one.kind, two.kind):
        if one.kind != two.kind:
            other = two if one.kind == "Food" else one
            raise UsageError(
                f"{other.label!r} is not a food but a {spell_out(other.kind)}; compare two foods, or two of other kinds"
            )
        return _foods(card(rows, one.iri, stage, portion), card(rows, two.iri, stage, portion))
    if stage:
        raise UsageError("a life stage applies only where foods are compared; leave it out")
    return Comparison(one, two, tuple(_claims(_sayings(rows, one), _sayings(rows, two))))


def _meant(rows: Asked, name: str) -> Term:
    """A term by its name; of a name with several meanings the state, and of a drug that is not a state its use."""
    try:
        return resolve(rows, name)
    except UnknownName:
        raise
    except UsageError as unclear:
        for kind in ("State", "Food"):
            try:
                return resolve(rows, name, kind)
            except UsageError:
                continue
        raise unclear from None


def _foods(one: FoodCard, two: FoodCard) -> Comparison:
    sides = [{share.nutrient.iri: share for share in side.shares} for side in (one, two)]
    nutrients = {share.nutrient.iri: share for side in (two, one) for share in side.shares}
    lines = [
        FoodLine(share.nutrient, share.unit, sides[0].get(iri), sides[1].get(iri))
        for iri, share in nutrients.items()
        if all(iri not in side or side[iri].unit == share.unit for side in sides)
    ]

    def order(line: FoodLine) -> tuple[float, str]:
        shares = [side.percent_of_need for side in (line.first, line.second) if side and side.percent_of_need is not None]
        return (-max(shares) if shares else 1, line.nutrient.label)

    return Comparison(one.food, two.food, tuple(sorted(lines, key=order)), (one, two))


def _sayings(rows: Asked, term: Term) -> dict[tuple[str, str], tuple[Term, str]]:
    """What is said of a term and, of a drug or a thing that is eaten, of its use: by sentence and other end, with certainty."""
    try:
        terms = dict.fromkeys((term, *start(rows, term.iri).states)) if term.kind == "Drug" else {term: None}
    except UsageError:
        terms = {term: None}
    found: dict[tuple[str, str], tuple[Term, str]] = {}
    for one in terms:
        facts = dossier(rows, one)
        for claim in (*facts["claims_out"], *facts["claims_in"]):
            out = claim["subject"]["iri"] == one.iri
            other = claim["object"] if out else claim["subject"]
            words = f"{claim['relation_label']} {other['label']}" if out else f"{other['label']} {claim['relation_label']} it"
            certainty = claim["status"] if claim["status"] in ("contested", "refuted") else claim["certainty"]
            found.setdefault((words, other["iri"]), (Term(other["iri"], other["label"], ""), certainty))
    return found


def _claims(one: dict[tuple[str, str], tuple[Term, str]], two: dict[tuple[str, str], tuple[Term, str]]) -> Iterable[ClaimLine]:
    lines = [
        ClaimLine(words, (one.get(key) or two[key])[0], one[key][1] if key in one else "", two[key][1] if key in two else "")
        for key in {**one, **two}
        for words in [key[0]]
    ]
    whose = ("both", "first", "second")
    return sorted(lines, key=lambda line: (whose.index(line.whose), _RANK.get(line.first or line.second, 4), line.words))
