"""Sentences about states: causes, effects, tests, treatments, cut-offs, evidence, and what goes back."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import capital, count, distinct, is_named, names, span_in_words
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.small_words import Teller, Told


def _risk(rows: Told, about: str, question: str) -> str:
    asked = distinct([row for row in rows if is_named(row["label"], question, about)], "label")
    if asked and not re.match(r"(?:who|which|what)\b", question.casefold()):
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


def _findings(rows: Told, about: str, _question: str) -> str:
    return f"{capital(about)} may lead to {listed(distinct(rows, 'finding_label'), 6)}, the strongest first."


def _causes(rows: Told, about: str, question: str) -> str:
    if re.search(r"deficien|nutrient|vitamin|mineral", question.casefold()):
        lacks = [row for row in rows if row["kind_label"] == "nutrient status"]
        if lacks:
            return f"Nutrients whose lack or excess may bring about {about}, the strongest first: {listed(distinct(lacks, 'cause_label'))}."
    return f"{capital(about)} comes most strongly from {listed(distinct(rows, 'cause_label'))}."


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
    adults = [row for row in rows if re.search(r"adult|women|\bmen\b|all people|everyone", row["group"])] or list(rows)
    normal = re.search(r"normal|adequate|enough|healthy|range|optimal", question.casefold())
    first = ("adequate", "deficiency") if normal else ("deficiency", "adequate")
    wanted = sorted(adults, key=lambda row: first.index(row["interpretation"]) if row["interpretation"] in first else 2)
    by_body: dict[str, str] = {}
    for row in wanted:
        by_body.setdefault(
            row["body"], f"{row['interpretation']} {row['cutoff']} {row['unit']} ({row['group']}; {row['body']})"
        )
    return f"{capital(about)}: {listed(list(by_body.values()))}."


def _evidence(rows: Told, about: str, _question: str) -> str:
    against = sum(row["stance_label"] == "disputes" for row in rows)
    first = rows[0]
    verdict = f"{first['status_label']}, {describe_certainty(first['certainty_label'])}"
    return f"That {about} {first['relation_label']} it is {verdict}: {count(len(rows) - against, 'line')} of evidence for it, {against} against."


def _common(rows: Told, about: str, _question: str) -> str:
    told = []
    for row in rows:
        share = f" ({row['share']})" if row["share"] else ""
        told.append(f"{row['class_label']}{share} in {row['population_label'] or 'people at large'}")
    return f"{capital(about)} is {listed(told)}."


def _apart(rows: Told, _about: str, question: str) -> str:
    said = [row for row in rows if "source" in row["how"]]
    measured = [row for row in rows if row["kind_label"] in ("laboratory finding", "biomarker")]
    by_side: dict[str, list[str]] = {}
    # Where a source or a test speaks for one side only, the other is told of by what follows from it.
    for chosen in (said, measured if "test" in question.casefold() else [], rows):
        sides = set(by_side)
        for row in chosen:
            if row["points_to"] not in sides:
                by_side.setdefault(row["points_to"], []).append(row["feature_label"])
    told = [f"{listed(one)} {'point' if len(one) > 1 else 'points'} to {side}" for side, one in by_side.items()]
    return f"{capital('; '.join(told))}."


def _back(rows: Told, about: str, question: str) -> str:
    own = [row for row in rows if row["subject_label"] == about] or list(rows)
    asked = [row for row in own if names(row["object_label"], question)]
    if re.search(r"\b(?:how (?:long|soon|fast|quickly|many)|when|weeks|months|until)\b", question.casefold()):
        timed = [
            row
            for row in asked or own
            if row["recovery_from"] or row["recovery_to"] or re.search(r"week|month|day|year|hour", row["in_words"])
        ]
        asked = timed or asked
        if not timed:
            return f"In what time {about} goes back no source of the graph says. {_back(rows, about, '')}"
    head = "" if asked else f"What sources say of {about}: "
    told: dict[str, list[str]] = {}
    for row in asked or own:
        said = _GOES_BACK.get(row["goes_back"], row["in_words"])
        more = "; ".join(
            filter(None, (row["in_words"] if row["goes_back"] else "", span_in_words(row["recovery_from"], row["recovery_to"])))
        )
        detail = f" ({more})" if more else ""
        cause = f" from {row['subject_label']}" if row["object_label"] == about else ""
        told.setdefault(said, []).append(f"{row['object_label']}{cause}{detail}")
    return f"{head}{'; '.join(capital(f'{listed(effects)}: {said}') for said, effects in told.items())}."


_GOES_BACK = {
    "reversible": "goes back as a rule",
    "partly reversible": "goes back in part, or only when treated early",
    "irreversible": "stays as a rule",
}


def _disputed(rows: Told, _about: str, _question: str) -> str:
    told = list(dict.fromkeys(f"{row['subject_label']} {row['relation_label']} {row['object_label']}" for row in rows))
    return f"Sources disagree on {len(told)} claims, such as {listed(told[:3])}."


def _gaps(rows: Told, _about: str, _question: str) -> str:
    kinds: dict[str, int] = {}
    for row in rows:
        kinds[row["gap"]] = kinds.get(row["gap"], 0) + 1
    return f"What is not known or weak: {listed([f'{gap} ({count})' for gap, count in kinds.items()])}."


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
    "evidence_of": _evidence,
    "how_common": _common,
    "what_separates": _apart,
    "goes_back": _back,
    "disputed_claims": _disputed,
    "known_gaps": _gaps,
}
