"""Sentences about states: who is at risk, causes, effects, tests, cut-offs and treatments."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import capital, count, distinct, is_lack, is_named, names
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.small_words import Teller, Told


def _risk(rows: Told, about: str, question: str) -> str:
    asked = distinct([row for row in rows if is_named(row["label"], question, about)], "label")
    if asked and re.match(r"(?:is|are|do|does|can|could|may|might|will|would|should)\b", question.casefold()):
        by_name = {row["label"]: row for row in rows}
        told = [f"{name} ({_way(by_name[name])})" for name in asked[:3]]
        return f"Yes: of those at risk of {about} the graph names {listed(told)}, beside {count(len(distinct(rows, 'label')) - len(told), 'other')}."
    people = distinct([row for row in rows if row["way"] == "population"], "label")
    ways = distinct([row for row in rows if row["way"] != "population"], "label")
    parts = [f"At risk of {about} are {listed(people)}"] if people else []
    parts += (
        [f"{'the' if people else f'Into {about} lead, the'} strongest ways in {'are ' if people else 'first: '}{listed(ways)}"]
        if ways
        else []
    )
    return "; ".join(parts) + "."


def _way(row: dict[str, str]) -> str:
    return (
        f"a group at risk, {describe_certainty(row['certainty_label'])}"
        if row["way"] == "population"
        else f"{'a direct way' if row['steps'] == '1' else 'a way in ' + row['steps'] + ' steps'}, {describe_certainty(row['certainty_label'])}"
    )


def _signs(rows: Told, about: str, _question: str) -> str:
    return f"{capital(about)} is shown by {listed(distinct(rows, 'indicator_label'))}."


def _findings(rows: Told, about: str, question: str) -> str:
    named = distinct([row for row in rows if is_named(row["finding_label"], question, about)], "finding_label")
    if named:
        return f"Of what you name, {about} may lead to {listed(named, 6)}, beside {count(len(distinct(rows, 'finding_label')) - len(named), 'other finding')}."
    return f"{capital(about)} may lead to {listed(distinct(rows, 'finding_label'), 6)}, the strongest first."


def _causes(rows: Told, about: str, question: str) -> str:
    if re.search(r"\b(?:which|what) (?:drugs?|medicines?|medications?|pills?)\b", question.casefold()):
        drugs = distinct([row for row in rows if re.search(r"(?<!supplement) use$", row["cause_label"])], "cause_label")
        if drugs:
            return f"Drugs that may bring about {about}, the strongest first: {listed(drugs, 6)}."
    if re.search(
        r"\b(?:which|what|any) (?:\w+ )?(?:vitamin|mineral|nutrient|deficien)|deficiencies|nutrients|vitamins|minerals|what is missing|am i missing|\black|short of",
        question.casefold(),
    ):
        lacks = [row for row in rows if row["kind_label"] == "nutrient status"]
        short = [row for row in lacks if is_lack(row["cause_label"])]
        if short and re.search(r"deficien|\black", question.casefold()):
            return f"Nutrients whose lack may bring about {about}, the strongest first: {listed(distinct(short, 'cause_label'), 6)}."
        if lacks:
            return f"Nutrients whose lack or excess may bring about {about}, the strongest first: {listed(distinct(lacks, 'cause_label'))}."
    return _most(distinct(rows, "cause_label"), about)


def _most(causes: list[str], about: str) -> str:
    return f"{capital(about)} comes most strongly from {listed(causes)}."


def _ways_into(rows: Told, about: str, _question: str) -> str:
    return f"Into {about} lead, the strongest first, {listed(distinct(rows, 'way_label'))}."


def _needs(rows: Told, about: str, _question: str) -> str:
    return f"{capital(about)} is needed for {listed(distinct(rows, 'process_label'))}."


def _treatments(rows: Told, about: str, question: str) -> str:
    claims: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        claims.setdefault(row["claim"], []).append(row)
    named = [lines for lines in claims.values() if names(lines[0]["treatment_label"], question)]
    if named:
        return "; ".join(_trial(lines) for lines in named[:2]) + "."
    asked = _REMEDY.search(question)
    silent = (
        f"of {asked[1]} against {about} the graph knows nothing; " if asked and asked[1].casefold() not in _NO_REMEDY else ""
    )
    agreed = [lines[0] for lines in claims.values() if lines[0]["status_label"] != "contested"]
    debated = [lines[0] for lines in claims.values() if lines[0]["status_label"] == "contested"]
    parts = [f"Said to help {about}: {listed(distinct(agreed, 'treatment_label'))}"] if agreed else []
    parts += [f"sources disagree on {listed(distinct(debated, 'treatment_label'))}"] if debated else []
    return capital(silent + "; ".join(part if not silent else part[:1].lower() + part[1:] for part in parts)) + "."


_REMEDY = re.compile(
    r"\b(?:that|does|do|can|will|would|could|should) ((?!i |you |we )[\w -]+?) "
    r"(?:help|treat|prevent|cure|work|good|useful|ease|relieve|reduce|improve|shorten)",
    re.IGNORECASE,
)
#: Words in the place of a remedy that name none.
_NO_REMEDY = frozenset(("it", "this", "anything", "something", "there anything", "the", "a"))


def _trial(lines: list[dict[str, str]]) -> str:
    first = lines[0]
    stances = [line["stance_label"] for line in lines]
    dose = next((f", {line['dose']}" for line in lines if line["dose"]), "")
    whom = f" in {first['in_whom']}" if first["in_whom"] else ""
    verdict = f"{first['status_label']}, {describe_certainty(first['certainty_label'])}"
    against = stances.count("disputes")
    said = f"{count(len(stances) - against, 'line')} of evidence for it, {against} against"
    return f"{capital(first['treatment_label'])} {first['relation_label']} it{whom}{dose}: {verdict} ({said})"


def _cutoffs(rows: Told, about: str, question: str) -> str:
    rows = [row for row in rows if is_named(row["body"], question, about)] or rows
    named = [
        row
        for row in rows
        if not re.search(r"\bnot? ?-?pregnant|\bnon-", row["group"]) and is_named(row["group"], question, about)
    ]
    adults = (
        _of_people(rows, question)
        or named
        or [row for row in rows if re.search(r"adult|women|\bmen\b|all people|everyone", row["group"])]
        or list(rows)
    )
    normal = re.search(r"normal|adequate|enough|healthy|range|optimal", question.casefold())
    first = ("adequate", "deficiency") if normal else ("deficiency", "adequate")
    wanted = sorted(adults, key=lambda row: first.index(row["interpretation"]) if row["interpretation"] in first else 2)
    by_body: dict[str, str] = {}
    for row in wanted:
        by_body.setdefault(
            row["body"], f"{row['interpretation']} {row['cutoff']} {row['unit']} ({row['group']}; {row['body']})"
        )
    return f"{capital(about)}: {listed(list(by_body.values()))}."


#: Words of a question for people of a group, and what the name of a group of a table holds that is theirs.
_PEOPLE = (
    (r"pregnan", r"(?<!not )(?<!non-)pregnan"),
    (r"\b(?:infants?|bab(?:y|ies))\b", r"infant|month"),
    (r"\b(?:child|children|kids?|toddlers?|boys?|girls?)\b", r"child|infant"),
    (r"\b(?:teen\w*|adolescents?)\b", r"adolescent|12-14 y"),
    (r"\b(?:elderly|older|seniors?)\b", r"older people|older adult"),
    (r"\b(?:women|woman|female|females|lady|ladies)\b", r"\bwomen\b(?<!(?<!non-)pregnant women)"),
    (r"\b(?:men|man|male|males)\b", r"\bmen\b"),
)


def _of_people(rows: Told, question: str) -> Told:
    """The rows of the people that a question names; none where it names none, or the table has no row of theirs."""
    for said, held in _PEOPLE:
        if re.search(said, question.casefold()):
            return [row for row in rows if re.search(held, row["group"])]
    return []


def _tests(rows: Told, about: str, _question: str) -> str:
    """Each test with the limit below which it speaks for the state; where no body sets one, with the adequate range."""
    by_test: dict[str, dict[str, str]] = {}
    for row in rows:
        kept = by_test.setdefault(f"{row['reading']} {row['biomarker_label']}", row)
        if row["cutoff"] and (not kept["cutoff"] or row["interpretation"] == "deficiency" != kept["interpretation"]):
            by_test[f"{row['reading']} {row['biomarker_label']}"] = row
    told = [f"{test}{_limit(row)}" for test, row in by_test.items()]
    return f"{capital(about)} is shown by {listed(told)}."


def _limit(row: dict[str, str]) -> str:
    if not row["cutoff"]:
        return ""
    return f" ({row['interpretation']}: {row['cutoff']} {row['unit']}, {row['group']}; {row['body']})"


def _rivals(rows: Told, about: str, _question: str) -> str:
    others = [one for row in rows for one in (row["speaks_for"], row["speaks_against"]) if one and one != about]
    by = distinct([row for row in rows if about in (row["speaks_for"], row["speaks_against"])], "feature_label")
    return f"{capital(about)} is told from {listed(list(dict.fromkeys(others)), 6)}, by {listed(by)}."


def _apart(rows: Told, _about: str, question: str) -> str:
    said = [row for row in rows if "source" in row["how"]]
    measured = [row for row in rows if row["kind_label"] in ("laboratory finding", "biomarker")]
    by_side: dict[str, list[str]] = {}
    # Where a source or a test speaks for one side only, the other is told of by what follows from it.
    for chosen in (said, measured if re.search(r"test|blood|lab", question.casefold()) else [], rows):
        sides = set(by_side)
        for row in chosen:
            if row["points_to"] not in sides:
                by_side.setdefault(row["points_to"], []).append(row["feature_label"])
    told = [f"{listed(one)} {'point' if len(one) > 1 else 'points'} to {side}" for side, one in by_side.items()]
    return f"{capital('; '.join(told))}."


#: By the name of the question.
TELLERS: dict[str, Teller] = {
    "risk_groups": _risk,
    "signs_of": _signs,
    "findings_reached_from": _findings,
    "causes_of": _causes,
    "ways_into": _ways_into,
    "needs_of": _needs,
    "treatments_of": _treatments,
    "cutoffs_of": _cutoffs,
    "what_separates": _apart,
    "tells_apart": _rivals,
    "biomarkers_for": _tests,
}
