"""Sentences about when and how often: how fast a state comes, whether and when it goes back, and how common it is."""

from __future__ import annotations

import re

from kg.causal.asking.small_words import capital, names, span_in_words, wholly_named
from kg.grounding.term_sentence import listed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.causal.asking.asked_graph import AskedGraph
    from kg.causal.asking.small_words import Teller, Told
    from kg.grounding.asked_parts import Parts


def _common(rows: Told, about: str, question: str) -> str:
    told = []
    for row in [row for row in rows if row["population_label"] and wholly_named(row["population_label"], question)] or rows:
        share = f" ({float(row['share']) * 100:g} of 100)" if row["share"] else ""
        told.append(f"{row['class_label']}{share} in {row['population_label'] or 'people at large'}")
    return f"{capital(about)} is {listed(told)}."


def _onset(rows: Told, about: str, question: str) -> str:
    asked = [row for row in rows if names(_other(row, about), question)] or list(rows)
    into = [f"from {row['subject_label']} ({row['onset']})" for row in asked if row["object_label"] == about]
    out = [f"{row['object_label']} ({row['onset']})" for row in asked if row["subject_label"] == about]
    parts = [f"comes {listed(into)}"] if into else []
    parts += [f"may lead to {listed(out)}"] if out else []
    return f"When it appears, as sources say: {about} {'; it '.join(parts)}."


def _other(row: dict[str, str], about: str) -> str:
    return row["subject_label"] if row["object_label"] == about else row["object_label"]


def _back(rows: Told, about: str, question: str) -> str:
    own = [row for row in rows if row["subject_label"] == about] or list(rows)
    named = re.sub(r"\b(?:permanent\w*|irreversible|lasting)\b", " ", question)  # which asks whether, and names no finding
    asked = [row for row in own if names(row["object_label"], named) or _of_nerves(row["object_label"], named)]
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


def leading_to(graph: AskedGraph, rows: Told, about: str, parts: Parts) -> tuple[str, Told] | None:
    """What is felt and of which no row speaks, with the rows about what leads to it: numbness by peripheral neuropathy."""
    labels = {row["object_label"] for row in rows if row["object_label"] != about}
    for one in parts.parts:
        term = one.term
        if term is None or term.kind not in ("Symptom", "Sign", "LabFinding", "Condition") or term.label in {*labels, about}:
            continue
        if any(names(label, one.said) or names(label, term.label) for label in labels):
            continue
        near = {
            label
            for label in labels
            if not label.startswith(("elevated ", "high ", "low "))
            and (route := next(iter(graph.paths(label, term.label, limit=1)), None))
            and len(route.claims) == 1
        }
        if near:
            return term.label, [row for row in rows if row["object_label"] in near]
    return None


def _of_nerves(label: str, question: str) -> bool:
    """Whether nerves are asked for and a label is of them, which it tells in Greek."""
    return bool(re.search(r"\bnerves?\b", question)) and bool(re.search(r"neuro|nerve|spinal cord", label))


_GOES_BACK = {
    "reversible": "goes back as a rule",
    "partly reversible": "goes back in part, or only when treated early",
    "irreversible": "stays as a rule",
}


#: By the name of the question.
TELLERS: dict[str, Teller] = {
    "goes_back": _back,
    "onset_of": _onset,
    "how_common": _common,
}
