"""Sentences about what is eaten and taken: foods, needs, limits, uptake, and what drugs lower."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import agree, capital, count, distinct, is_named, mentions, names
from kg.grounding.amounts import find_amount
from kg.grounding.life_stages import in_words
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.small_words import Teller, Told


def _richest(rows: Told, about: str, question: str) -> str:
    if re.search(r"cook|boil|heat|fry|steam|bake|roast", question.casefold()):
        return _cooked(rows, about)
    varied = _varied([row for row in rows if row["per_portion"]], question)
    told = [
        f"{row['food_label']} ({_portion(row['portion'])}: {row['per_portion']} {row['unit']}{_share(row['portion_percent_of_intake'])})"
        for row in varied
    ]
    return f"Most {about} in a usual portion, the most first: {'; '.join(told)}."


def _portion(label: str) -> str:
    return f"0{label}" if label.startswith(".") else label


def _share(percent: str) -> str:
    return f", {percent} % of a day's need" if percent else ""


def _varied(rows: Told, question: str, most: int = 3) -> Told:
    """The foods that the question names, else the first of each sort: three cuts of beef tell less than beef, clams and yeast."""
    named = [row for row in rows if names(row["food_label"], question)]
    kept: dict[str, dict[str, str]] = {}
    for row in named or rows:
        kept.setdefault(row["food_label"] if named else re.split(r"[ ,]", row["food_label"])[0], row)
    return list(kept.values())[:most]


def _cooked(rows: Told, about: str) -> str:
    """What cooking leaves, of the foods that were measured raw and cooked."""
    by_food: dict[str, dict[str, dict[str, str]]] = {}
    for row in rows:
        food, _, form = row["food_label"].partition(", ")
        by_food.setdefault(food, {})[form] = row
    told = []
    for food, forms in by_food.items():
        cooked = next((form for form in forms if re.search(r"boiled|cooked|roasted|baked", form)), "")
        if "raw" in forms and cooked and float(forms["raw"]["per_100g"]) > 0:
            told.append(f"{food} {forms['raw']['per_100g']} raw and {forms[cooked]['per_100g']} {cooked}")
    unit = rows[0]["unit"]
    return f"In 100 g, {unit} of {about}: {'; '.join(told[:4])} (water that is lost or taken up counts too)." if told else ""


def _days_need(rows: Told, about: str, question: str) -> str:
    told = [f"{row['grams']} g of {row['food_label']}" for row in _varied(rows, question)]
    first = rows[0]
    return f"A day's {about} ({first['intake_kind']} {first['need']} {first['unit']}) is in {' or in '.join(told)}."


def _limits(rows: Told, about: str, _question: str) -> str:
    kinds = [row for row in rows if row["life_stage"] in ("females 31-50 y", "males 31-50 y")]
    need = [
        f"{in_words(row['life_stage'])} {row['amount']} {row['unit']} ({row['kind']})"
        for row in kinds
        if row["kind"] in ("RDA", "AI")
    ]
    limit = [f"{row['amount']} {row['unit']}{_note(row)}" for row in kinds if row["kind"] == "UL"]
    ends = f"; the upper limit is {' or '.join(dict.fromkeys(limit))}" if limit else "; no upper limit is set"
    return f"Need of {about} a day: {', '.join(need)}{ends}." if need else ""


def _need_at(rows: Told, about: str, question: str) -> str:
    who = in_words(rows[0]["life_stage"])
    told = {row["kind"]: f"{row['amount']} {row['unit']}" for row in rows}
    kind = next((one for one in ("RDA", "AI") if one in told), "")
    highest = next((row for row in rows if row["kind"] == "UL"), None)
    need = f"{who} need {told[kind]} of {about} a day ({kind})" if kind else f"no need of {about} is set for {who}"
    limit = f"the upper limit is {highest['amount']} {highest['unit']}{_note(highest)}" if highest else "no upper limit is set"
    lowest = next((row for row in rows if row["kind"] == kind), None)
    enough = re.search(r"\b(?:enough|suffice|sufficient|cover)\b", question.casefold())
    beside = _beside(highest, question, "upper limit", about)
    if enough:  # what is enough may be too much
        beside = f"{_beside(lowest, question, 'need', about)}{beside if ' is above ' in beside else ''}"
    return f"{beside}{capital(need)}; {limit}."


def _beside(bound: dict[str, str] | None, question: str, what: str, about: str) -> str:
    """Whether an amount that the question gives lies above the upper limit, or below the need; empty where it gives none."""
    given = find_amount(question)
    if given is None or bound is None:
        return ""
    form = next((one for one in _OTHER_FORM.findall(question.casefold()) if one not in f"{about} {bound['note']}"), "")
    if form:
        return f"{given.words} of {form} is not compared with the {what}, which is counted as {about}. "
    share = given.compare(float(bound["amount"]), bound["unit"])
    if share is None:
        return f"{given.words} is not compared with the {what}, which is counted in {bound['unit']} a day. "
    side = "below" if what == "need" else "above"
    beyond = share < 1 if what == "need" else share > 1
    return f"{given.words} is {side if beyond else f'not {side}'} the {what}. "


#: Forms and compounds of a nutrient, whose milligrams are not those in which its need is counted.
_OTHER_FORM = re.compile(
    r"\b(?:salt|folic acid|(?:beta-)?carotene|(?:hydr)?oxide|chloride|iodide"
    r"|(?:carbon|citr|sul[fp]h?|glucon|fumar|phosph|mal|(?:bis)?glycin|picolin|lact|aspart|orot|threon|nitr|acet)ate)\b"
)


def _note(row: dict[str, str]) -> str:
    return f" ({row['note']})" if row["note"] else ""


def _holding(rows: Told, about: str, _question: str) -> str:
    told = [f"{row['sample_label'][:1].lower()}{row['sample_label'][1:]} ({row['per_100g']} {row['unit']})" for row in rows[:6]]
    return f"Most {about} in 100 g: {', '.join(told)}; {count(len(rows), 'sample')} in all."


def _drugs(rows: Told, about: str, question: str) -> str:
    asked = distinct([row for row in rows if is_named(row["use_label"], question, about)], "use_label")
    if asked:
        return f"Of what lowers {about}, the graph names {listed(asked, 6)}, the strongest first, beside {count(len(distinct(rows, 'use_label')) - len(asked), 'other')}."
    return f"Drugs that lower {about or rows[0]['state_label']}, the strongest first: {listed(distinct(rows, 'use_label'))}."


def _interactions(rows: Told, about: str, question: str) -> str:
    told = []
    named = [row for row in rows if mentions(row["what_label"], question) and not names(about, row["what_label"])]
    for row in named or sorted(rows, key=lambda row: row["relation_label"] == "promotes"):
        note = f": {row['note'].rstrip('.')}" if row["note"] else ""
        verdict = f"{row['status_label']}, {describe_certainty(row['certainty_label'])}{note}"
        told.append(f"{row['what_label']} {agree(row['what_label'], row['relation_label'])} {row['object_label']} ({verdict})")
    return f"With {about}: {listed(told)}."


def _depletions(rows: Told, _about: str, _question: str) -> str:
    by_nutrient: dict[str, list[str]] = {}
    for row in rows:
        by_nutrient.setdefault(row["nutrient_label"], []).append(row["use_label"])
    first = sorted(by_nutrient.items(), key=lambda one: (-len(one[1]), one[0]))
    return f"Drugs lower {len(by_nutrient)} nutrients directly: {'; '.join(f'{name} by {listed(uses)}' for name, uses in first[:4])}."


#: By the name of the question.
TELLERS: dict[str, Teller] = {
    "foods_richest_in": _richest,
    "foods_for_a_days_need": _days_need,
    "intake_limits": _limits,
    "need_at": _need_at,
    "foods_by_inhibitor": _holding,
    "drugs_that_deplete": _drugs,
    "interactions_of": _interactions,
    "depletions": _depletions,
}
