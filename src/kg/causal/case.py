"""The description of a person, read as a case: findings, what is absent, and the circumstances, as terms of the graph."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.causal.clues import Case
from kg.causal.loader import kinds, risks
from kg.causal.upstream import Upstream
from kg.errors import UnknownName, UsageError
from kg.grounding import free_text, phrases
from kg.grounding.also_meant import offer_others
from kg.grounding.demographics import find_age
from kg.grounding.laboratory import people, sentence
from kg.grounding.resolve import Term
from kg.grounding.spelling import suggest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.causal.kept_steps import KeptSteps
    from kg.grounding.laboratory import Measured
    from kg.grounding.phrases import Reading
    from kg.grounding.resolve import Asked


class _Told(NamedTuple):
    """The phrases, read."""

    present: list[Reading]
    absent: list[Reading]
    context: list[Reading]


class Piece(NamedTuple):
    """A piece of the description, what it was taken for (present, absent, circumstance, number, not understood), and the terms."""

    text: str
    taken: str
    labels: tuple[str, ...]


class Inquiry(NamedTuple):
    """The description, as terms: the case, the part of the graph it is asked of, and how the words were taken."""

    case: Case
    causal: Upstream
    findings: tuple[tuple[str, Term], ...]
    unresolved: tuple[str, ...]
    notes: tuple[str, ...]
    numbers: tuple[Measured, ...] = ()
    pieces: tuple[Piece, ...] = ()


def understood(
    rows: Asked,
    findings: Sequence[str],
    absent: Sequence[str] = (),
    context: Sequence[str] = (),
    steps: KeptSteps | None = None,
) -> Inquiry:
    """Phrases as a case; see :func:`kg.causal.explain.explain_findings`."""
    if not findings and not context:
        raise UsageError(
            "no finding was given; name what is felt, seen or measured, as in kg explain fatigue 'MCV: high', or circumstances (--context)"
        )
    whom = people((*findings, *context), find_age(" ; ".join((*findings, *context))))
    said = free_text.heard(rows, findings, whom)
    told = _Told(said.present, phrases.findings(rows, absent, whom), [*phrases.context(rows, context), *said.context])
    present, ruled_out, circumstances, notes = _sort_out(told)
    _refuse_contradiction(told)
    if not present and (findings or not circumstances):
        raise _nothing_understood(rows, told)
    numbers = tuple(one.measured for one in (*told.present, *told.absent, *told.context) if one.measured)
    states = {iri: term for iri, term in circumstances.items() if term.kind not in ("Population", "Drug")}
    belongs = tuple(iri for iri, term in circumstances.items() if term.kind == "Population")
    groups = risks(rows, list(belongs))
    related = kinds(rows, [*present, *ruled_out])
    case = Case(
        tuple(present),
        tuple(iri for iri in ruled_out if iri not in present),
        tuple(states),
        tuple(claim for claim, _ in groups),
        tuple(dict.fromkeys(pair for pair, _ in related)),
        belongs,
    )
    ends = (*present.values(), *ruled_out.values(), *states.values(), *(term for _, term in related))
    causal = Upstream(rows, *ends, steps=steps)
    for claim, state in groups:
        causal.add_name(circumstances[claim.cause])
        causal.add_name(state)
    return Inquiry(
        case,
        causal,
        tuple((one.phrase, term) for one in told.present for term in one.terms if term.iri in present),
        free_text.find_left_over((*told.present, *told.absent, *told.context)),
        (*notes, *offer_others(told.present), *map(_take, said.context), *map(sentence, numbers)),
        numbers,
        _pieces(told),
    )


def _take(one: Reading) -> str:
    return f"{one.phrase!r} is taken as a circumstance: {', '.join(term.label for term in one.terms)}"


def _pieces(told: _Told) -> tuple[Piece, ...]:
    groups = ((told.present, False, ""), (told.absent, False, "absent"), (told.context, True, ""))
    return tuple(
        Piece(
            one.phrase,
            (said if said and one.understood and not one.measured else "") or free_text.kind(one, circumstance),
            tuple(term.label for term in (*one.terms, *one.ruled_out)),
        )
        for readings, circumstance, said in groups
        for one in readings
    )


def _sort_out(told: _Told) -> tuple[dict[str, Term], dict[str, Term], dict[str, Term], tuple[str, ...]]:
    present = {term.iri: term for one in (*told.present,) for term in one.terms}
    ruled_out = {term.iri: term for one in told.absent for term in one.terms}
    ruled_out.update({term.iri: term for one in (*told.present, *told.context) for term in one.ruled_out})
    circumstances = {term.iri: term for one in told.context for term in one.terms}
    notes = []
    for iri, term in list(present.items()):
        if term.kind == "Exposure":
            circumstances[iri] = present.pop(iri)
            notes.append(f"{term.label} is not a finding but an exposure; taken as context (--context)")
    return present, ruled_out, circumstances, tuple(notes)


def _refuse_contradiction(told: _Told) -> None:
    # Where words were set aside the two need not mean the same: weak legs and no weakness of the arms.
    there = {term.iri: one.phrase for one in told.present if not one.aside for term in one.terms}
    for one in (*told.absent, *told.present):
        for term in (*one.terms, *one.ruled_out) if one in told.absent else one.ruled_out:
            if term.iri in there and not one.aside:
                raise UsageError(
                    f"{there[term.iri]!r} and {one.phrase!r}: {term.label} is given both as present and as absent; leave one out"
                )


#: So many phrases are named where none was understood.
_NAMED = 8


def _nothing_understood(rows: Asked, told: _Told) -> UnknownName:
    read, what = (told.present, "no finding") if told.present else (told.context, "nothing")
    nearest = [name for one in read[:3] if not one.measured for name in suggest(rows, one.phrase, "State", 3)]
    unread = list(dict.fromkeys(repr(one.phrase) for one in read))
    words = "; ".join(unread[:_NAMED]) + (f" and {len(unread) - _NAMED} more" if len(unread) > _NAMED else "")
    hint = f"nearest: {'; '.join(dict.fromkeys(nearest))}" if nearest else "kg term shows what is known about a name"
    number = next((one.phrase for one in read if re.search(r"\s\d", one.phrase)), "")
    doubt = next((one.measured for one in read if one.measured and one.measured.says != "unknown"), None)
    if doubt and not nearest:
        hint = sentence(doubt).removeprefix(f"{doubt.phrase!r}: ")
    elif number and not nearest:
        test = re.split(r"\s\d", number)[0].strip(" :=<>")
        hint = f"the graph has no cut-off to read this number against; write '{test}: high' or '{test}: low'"
    return UnknownName(f"{what} is understood in {words}; {hint}", tuple(dict.fromkeys(nearest)))
