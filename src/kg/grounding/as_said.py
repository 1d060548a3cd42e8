"""A name that no term bears, read as ``kg explain`` reads what people say: "long-term metformin use" is metformin use."""

from __future__ import annotations

from typing import NamedTuple

from kg.grounding import phrases
from kg.grounding.normalize import fold
from kg.grounding.retired import fate
from kg.grounding.spelled_ids import as_iris

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from kg.grounding.reading import Reading
    from kg.grounding.resolve import Asked, Term

    Reader = Callable[[Asked, Iterable[str]], Sequence[Reading]]


#: Readings that look for something known within what was said.
_WITHIN = frozenset({"everyday", "wider"})
#: A phrase of which such a reading leaves more words aside says more than one thing.
_MOST_ASIDE = 2


class Said(NamedTuple):
    """The terms that a phrase is read as (several for a drug: its use and that of its classes), and the sentence that says so."""

    terms: tuple[Term, ...]
    note: str


def read_as_said(
    rows: Asked, phrase: str, readers: Sequence[Reader] = (phrases.findings, phrases.context), whole: bool = False
) -> Said | None:
    """What a phrase is read as by the first reader that understands all of it as one thing; None where none does.

    Parameters:
        readers: :func:`kg.grounding.phrases.findings` and :func:`~kg.grounding.phrases.context`, in the order to be tried.
        whole: whether the phrase must be of one thing, and not only hold it.
    """
    # An identifier says one thing or nothing, and what became of a retired name is said already.
    if as_iris(phrase) or fate(rows, fold(phrase)) is not None:
        return None
    for read in readers:
        [reading] = read(rows, [phrase])
        if whole and reading.how in _WITHIN and len(reading.aside) > _MOST_ASIDE:
            continue
        if (len(reading.terms) == 1 or (reading.terms and reading.how == "drug")) and not (reading.ruled_out or reading.unread):
            aside = f", leaving aside {'; '.join(map(repr, reading.aside))}" if reading.aside else ""
            return Said(reading.terms, f"{phrase!r} is read as {reading.terms[0].label}{aside}")
    return None
