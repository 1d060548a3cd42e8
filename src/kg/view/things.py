"""Maps of things that are no states: foods as a lane before the nutrients they hold, nutrients with their foods, groups of people."""

from __future__ import annotations

from collections.abc import Sequence
from shlex import quote

from kg.causal.foods.card import GOOD, FoodCard, card
from kg.causal.foods.contents_and_needs import USUAL_LIFE_STAGE, contents, members, needs, percent
from kg.causal.foods.figures import figures
from kg.causal.foods.richest import richest
from kg.causal.loader import risks, with_evidence
from kg.causal.model import CausalGraph, Claim, Evidence, Source, State
from kg.causal.strength import weight
from kg.errors import UsageError
from kg.grounding.resolve import Term
from kg.grounding.term_sentence import listed
from kg.grounding.units import spell
from kg.rdf.namespaces import KG
from kg.sparql.remembered import remember
from kg.view import Reading, View
from kg.view.excerpt import READABLE, most_prominent
from kg.view.selection import around, draw_claims, widen

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kg.grounding.resolve import Asked

#: So many foods, nutrients, and effects of a lack stand on a map of foods.
FOODS, NUTRIENTS, EFFECTS = 6, 7, 4
#: Whether a nutrient's lack is seen in symptoms and conditions, or leads to steps of mechanism first.
_SEEN = frozenset({"Symptom", "Sign", "Condition"})
#: So many letters of a food's name stand in its box.
_ROOM = 40
#: How an amount of a table stands beside claims: it was measured.
_MEASURED = ("measured", "high")


def of_foods(rows: Asked, causal: CausalGraph, thing: Term) -> View:
    """From a food, or the foods of a group, to the nutrients that a usual portion holds, their lack, and what that leads to.

    Raises:
        UsageError: no amount of a nutrient is known of it.
    """
    rows = remember(rows)  # needs, limits and what takes up nutrients are the same for each food
    cards = [one for one in (card(rows, food.iri) for food in _foods(rows, thing)) if one.good]
    eaten = [one for one in cards if one.eaten_in_this_form] or cards
    cards = sorted(eaten, key=lambda one: -sum(min(share.percent_of_need or 0, 100) for share in one.good))[:FOODS]
    if not cards:
        raise UsageError(
            f"{thing.label}: no portion of it contains {GOOD} % of a day's need of a nutrient, so there is nothing to draw"
        )
    best: dict[str, float] = {}
    for share in (share for one in cards for share in one.good):
        lack = lack_of(causal, share.nutrient.iri)
        if lack:
            best[share.nutrient.iri] = max(best.get(share.nutrient.iri, 0), share.percent_of_need or 0)
    nutrients = sorted(best, key=lambda iri: -best[iri])[:NUTRIENTS]
    states, claims = {}, []
    for one in cards:
        states[one.food.iri] = State(one.food.iri, f"{one.food.label}, {one.portion.label}", "Food", _whose(one))
        for share in one.good:
            if share.nutrient.iri in nutrients:
                words = f"{figures(share.amount)} {spell(share.unit)}, {share.percent_of_need:.0f} %"
                label = f"{share.nutrient.label}: {words}" if len(cards) == 1 else share.nutrient.label
                about = "What it holds of a day's need." if len(cards) == 1 else ""
                states.setdefault(share.nutrient.iri, State(share.nutrient.iri, label, "Nutrient", about))
                note = f"{one.portion.label} ({one.portion.grams:g} g) holds {words} of the need of {one.life_stage.name}"
                claims.append(_supplies(one.food.iri, share.nutrient.iri, note, one.tables))
    for iri in nutrients:
        claims += _lack_claims(causal, iri, lack_of(causal, iri))
    title = f"From {thing.label} to what a lack of its nutrients does"
    return _map(
        causal, states, claims, title, f"kg view {quote(thing.label)}", thing.iri if thing.iri in states else cards[0].food.iri
    )


def has_foods(rows: Asked, thing: Term) -> bool:
    """Whether :func:`of_foods` has something to draw."""
    rows = remember(rows)
    return any(card(rows, food.iri).good for food in _foods(rows, thing))


def _foods(rows: Asked, thing: Term) -> Sequence[Term]:
    return [thing] if thing.kind == "Food" else members(rows, thing)


def of_nutrient(rows: Asked, causal: CausalGraph, nutrient: Term, centres: Sequence[str], depth: int) -> View:
    """The surroundings of a nutrient's states, with the foods that hold most of it as a lane before them."""
    need = next((one.need for one in needs(rows, USUAL_LIFE_STAGE) if one.nutrient.iri == nutrient.iri), None)
    foods = richest(rows, [nutrient.iri], FOODS).get(nutrient.iri, [])
    claims = around(causal, set(centres), depth)
    title, command = (
        f"Around {nutrient.label}: foods, lack, excess and what they do",
        f"kg view {quote(nutrient.label)} --depth {depth}",
    )
    lack = lack_of(causal, nutrient.iri)
    if not (foods and lack):
        return draw_claims(causal, claims, title, start=centres[0], always=centres, command=command)
    states = {
        nutrient.iri: State(
            nutrient.iri,
            nutrient.label,
            "Nutrient",
            f"A day's need of {USUAL_LIFE_STAGE}: {need.amount:g} {spell(need.unit)}." if need else "",
        )
    }
    more = [_counters(nutrient.iri, lack)]
    marks = {}
    for helping in foods:
        share = percent(helping.amount, helping.unit, need)
        words = f"{figures(helping.amount)} {spell(helping.unit)}" + (f", {share:.0f} %" if share is not None else "")
        states[helping.food.iri] = State(helping.food.iri, f"{helping.food.label}, {helping.portion}: {words}", "Food")
        marks[helping.food.iri] = f"{_in_short(helping.food.label)}: {_held(words)}"
        tables = next((one.table for one in contents(rows, helping.food.iri) if one.nutrient.iri == nutrient.iri), "")
        note = f"{helping.portion} ({helping.grams:g} g) holds {words} of a day's need of {USUAL_LIFE_STAGE}"
        more.append(_supplies(helping.food.iri, nutrient.iri, note, (tables,)))
    wide = widen(causal, states, more)
    shown = {state for claim in claims for state in (claim.cause, claim.effect)} | set(centres)
    part = CausalGraph({iri: state for iri, state in causal.states.items() if iri in shown}, tuple(claims))
    first = most_prominent(part, [lack], READABLE - len(states)) | states.keys() if len(shown) > READABLE - len(states) else ()
    opening: dict[str, Any] = {"start": nutrient.iri, "first": first, "reading": _too_little_or_much(causal, nutrient, lack)}
    return draw_claims(wide, [*claims, *more], title, always=centres, marks=marks, command=command, **opening)


def _too_little_or_much(causal: CausalGraph, nutrient: Term, lack: str) -> Reading:
    """What stands beside the map of a nutrient: its lack and its excesses, which no food leads to on it, each with what it does."""
    own = [one for one in causal.states.values() if one.of == nutrient.iri and one.kind == "NutrientStatus"]
    own.sort(key=lambda one: (one.iri != lack, one.deviation != "low", one.label))
    words = {"low": "too little of it", "high": "too much of it"}
    lines = []
    for one in own:
        leads = [causal.label(claim.effect) for claim in _effects(causal, one.iri)]
        small = "; ".join([words.get(one.deviation, ""), f"may lead to {listed(leads)}" if leads else ""]).strip("; ")
        lines.append((one.label, small, one.iri))
    return f"Too little and too much {nutrient.label}", lines


def _in_short(label: str) -> str:
    """A food's name as a box has room for it: up to the bracket or the comma before which it is short enough."""
    label = label.partition(" (")[0]
    while len(label) > _ROOM and ", " in label:
        label = label.rpartition(", ")[0]
    return label


def _held(words: str) -> str:
    """An amount whose figures stay with their units."""
    return words.replace(" ", "\xa0").replace(",\xa0", ", ")


def of_population(rows: Asked, causal: CausalGraph, group: Term) -> View | None:
    """From a group of people to what it is at risk of and what that leads to; None where no claim says so."""
    known = with_evidence(rows, [claim for claim, _ in risks(rows, [group.iri])])
    at_risk = [
        claim._replace(relation="promotes", note=f"At risk of it. {claim.note}".strip())
        for claim in known
        if claim.effect in causal.states
    ]
    if not at_risk:
        return None
    claims = list(at_risk)
    for claim in at_risk:
        claims += _effects(causal, claim.effect)
    states = {group.iri: State(group.iri, group.label, "Population")}
    title = f"What {group.label} are at risk of, and what that does"
    return _map(causal, states, claims, title, f"kg view {quote(group.label)}", group.iri)


def has_risks(rows: Asked, causal: CausalGraph, group: Term) -> bool:
    """Whether :func:`of_population` has something to draw."""
    return any(claim.effect in causal.states for claim, _ in risks(rows, [group.iri]))


def _map(causal: CausalGraph, states: dict[str, State], claims: Sequence[Claim], title: str, command: str, start: str) -> View:
    wide = widen(causal, states, claims)
    return draw_claims(wide, {claim.iri: claim for claim in claims}.values(), title, start=start, command=command)


def _whose(one: FoodCard) -> str:
    return f"{one.portion.label} is {one.portion.grams:g} g; shares are of a day's need of {one.life_stage.name}."


def _supplies(food: str, nutrient: str, note: str, tables: Sequence[str]) -> Claim:
    lines = tuple(Evidence(Source(f"table:{table}", table), "supports", "food composition table") for table in tables if table)
    name = f"supplies:{food.removeprefix(KG)}:{nutrient.removeprefix(KG)}"
    return Claim(name, food, "promotes", nutrient, *_MEASURED, lines, note=note)


def _counters(nutrient: str, lack: str) -> Claim:
    return Claim(
        f"counters:{nutrient.removeprefix(KG)}",
        nutrient,
        "inhibits",
        lack,
        *_MEASURED,
        note="A lack of it is what too little of it is called.",
        by_definition=True,
    )


def lack_of(causal: CausalGraph, nutrient: str) -> str:
    """The plain lack of a nutrient: of several states of its being low, the one of the shortest name."""
    found = [s for s in causal.states.values() if s.of == nutrient and s.deviation == "low" and s.kind == "NutrientStatus"]
    return min(found, key=lambda state: (len(state.label), state.label)).iri if found else ""


def _lack_claims(causal: CausalGraph, nutrient: str, lack: str) -> list[Claim]:
    return [_counters(nutrient, lack), *_effects(causal, lack)]


def _effects(causal: CausalGraph, state: str) -> list[Claim]:
    claims = [one for one in causal.out.get(state, ()) if one.sign > 0 and one.status in ("established", "probable")]
    return sorted(
        claims, key=lambda one: (causal.states[one.effect].kind not in _SEEN, -weight(one), causal.label(one.effect))
    )[:EFFECTS]
