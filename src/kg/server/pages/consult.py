"""``/sheet``: one page to print and take along: findings by candidates, what tells them apart, foods, what may not go back."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from kg.causal.commonness import say_commonness
from kg.causal.foods.richest import richest
from kg.errors import UsageError
from kg.rdf.namespaces import KG

if TYPE_CHECKING:
    from kg.causal.candidate import Candidate
    from kg.causal.explain import Explanation
    from kg.causal.model import State
    from kg.server.pages.context import Stock

#: More columns than these fit on no page.
CANDIDATES = 5
_FOODS, _CUTOFFS, _LASTING = 3, 3, 3


def sheet(site: Stock, answer: Explanation) -> dict[str, Any]:
    """What the template of the sheet shows."""
    causal = site.graph.causal()
    findings = list(dict.fromkeys(term.iri for _, term in answer.findings))
    columns = []
    for one in answer.candidates[:CANDIDATES]:
        state = causal.states[one.iri]
        lacks = [found for found in map(causal.states.get, (one.iri, *one.stages)) if found and _is_lack(found)]
        nutrient = lacks[0].of if lacks else ""
        columns.append(
            {
                "iri": one.iri,
                "label": state.label,
                "common": say_commonness(one.commonness),
                "explains": [_say(one, iri) for iri in findings],
                "test": answer.next_tests.get(one.iri),
                "cutoffs": _cutoffs(site, nutrient) if nutrient else [],
                "foods": richest(site.graph.rows, [nutrient], _FOODS).get(nutrient, []) if nutrient else [],
                "lasting": _lasting(site, one.iri),
            }
        )
    return {
        "findings": [causal.label(iri) for iri in findings],
        "columns": columns,
        "told": [piece for piece in answer.pieces if piece.taken not in ("not understood",)],
        "unread": answer.unresolved,
        "flags": answer.red_flags,
    }


def _is_lack(state: State) -> bool:
    return state.deviation == "low" and state.kind == "NutrientStatus"


def _say(one: Candidate, finding: str) -> str:
    """What a candidate does with a finding; empty where it leaves it open."""
    if finding in one.explained or finding in (one.iri, *one.stages):
        return "explains it"
    return "is made likelier by it" if finding in one.context else ""


def _cutoffs(site: Stock, nutrient: str) -> list[str]:
    """One cut-off for each test of a nutrient, those that bear its name first."""
    found: dict[str, str] = {}
    for _, label, _, cutoff, unit, whom, body in site.ask("tests_for_nutrient", nutrient=nutrient):
        measure = re.sub(r"\bu(?=g|mol)", "µ", unit.value)
        found.setdefault(label.value, f"{label.value} {cutoff.value.replace('>=', '≥')} {measure} ({whom.value}; {body.value})")
    name = nutrient.removeprefix(KG).replace("-", " ")
    return list(islice((found[label] for label in sorted(found, key=lambda label: (name not in label, label))), _CUTOFFS))


def _lasting(site: Stock, iri: str) -> list[str]:
    """What may not go back once the state has brought it about; nothing for what cannot be corrected."""
    try:
        found = site.graph.correct(iri)
    except UsageError:
        return []
    label = found.causal.label
    return [label(state) for state in islice(found.may_not_reverse, _LASTING) if state.startswith(KG)]
