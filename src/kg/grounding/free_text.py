"""A pasted sentence in pieces: what is there, what is not, what is a circumstance, what is a number, and what was not understood.

A phrase that is understood as it stands is left alone. Any other is parted at its sentences and commas, each piece is read as a
finding and then as a circumstance; what remains is reported, never dropped.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.grounding import phrases, qualifiers, tails
from kg.grounding.normalize import fold
from kg.grounding.other_languages import plain_marks, small_words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.grounding.reading import Reading
    from kg.grounding.resolve import Asked

_ENDS = re.compile(r"[;!?\n]+|(?<!\bvit)(?<!\bvits)\.(?!\d)", re.IGNORECASE)
_COMMA = re.compile(r",(?!\d)")
#: How a person begins to tell; it says nothing by itself.
_OPENING = re.compile(
    r"^(?:(?:and|also|plus|but|then|now|with|well|hi|hello|please|so)\b,? *"
    r"|(?:i|she|he|they|we|patient|pt|the patient|my (?:son|daughter|husband|wife|child|baby))\b *(?:am|is|are|'m|'s|'ve|have|has|had|feels?|gets?|got|been|also|complains? of|presents? with|suffers? from)\b *"
    r"|(?:there is|there are|it is|have|has|had|been|a bit|quite|really|always having|keep having)\b *)+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s(?:and|&|\+|plus)\s", re.IGNORECASE)
_TAKING = re.compile(r"(?:on|taking|takes|using|uses)\s+", re.IGNORECASE)
#: Of a longer text the rest is reported as not understood: nobody reads the answer to more.
_MOST_PIECES = 60


class Heard(NamedTuple):
    """What was heard in some phrases.

    Attributes:
        present: the readings as findings, one for each piece.
        context: the readings of pieces that are circumstances.
    """

    present: list[Reading]
    context: list[Reading]


def heard(rows: Asked, told: Sequence[str], whom: tuple[str, ...] = ()) -> Heard:
    """Phrases and sentences, piece by piece.

    >>> import kg
    >>> said = heard(kg.open().rows, ["Tired, takes statins, no fever. Ferritin 9 ng/mL"])
    >>> [(one.phrase, one.how) for one in said.present], [one.phrase for one in said.context]
    ([('Tired', 'exact'), ('no fever', 'denied'), ('Ferritin 9 ng/mL', 'number')], ['takes statins'])
    """
    whole = _findings(rows, [plain_marks(text) for text in told], whom)
    left = [reading for reading in whole if not _is_settled(reading)]
    parted = {reading.phrase: pieces(reading.phrase) for reading in left}
    texts = list(dict.fromkeys(piece for found in parted.values() for piece in found))[:_MOST_PIECES]
    as_findings = dict(zip(texts, _findings(rows, texts, whom), strict=True))
    if halved := {text: _halves(text) for text, one in as_findings.items() if _drops_half(one)}:
        parted = {whole: [half for text in found for half in halved.get(text, [text])] for whole, found in parted.items()}
        halves = list(dict.fromkeys(half for found in halved.values() for half in found))
        as_findings |= dict(zip(halves, _findings(rows, halves, whom), strict=True))
        texts = list(dict.fromkeys(piece for found in parted.values() for piece in found))
    unread = [text for text in texts if not (as_findings[text].understood or as_findings[text].measured)]
    as_context = dict(zip(unread, phrases.context(rows, map(small_words, unread)), strict=True))
    doubtful = [text for text in texts if text in as_context or as_findings[text].how == "wider"]
    if cuts := {text: parts for text in doubtful if (parts := tails.cut(text))}:
        parts = list(dict.fromkeys(part for found in cuts.values() for part in found))[:_MOST_PIECES]
        of_parts = dict(zip(parts, _findings(rows, parts, whom), strict=True))
        cuts = {text: found for text, found in cuts.items() if any(_is_whole(of_parts.get(part)) for part in found[:-1])}
        parted = {whole: [part for text in found for part in cuts.get(text, [text])] for whole, found in parted.items()}
        as_findings |= of_parts
        unread = [part for found in cuts.values() for part in found if not _is_whole(of_parts.get(part))]
        told_alone = [small_words(tails.drop_opening(part)) for part in unread]
        as_context |= dict(zip(unread, phrases.context(rows, told_alone), strict=True))
    present, context = [], []
    for reading in whole:
        if reading.phrase not in parted:
            present.append(reading)
            continue
        for piece in parted[reading.phrase]:
            if piece in as_context and as_context[piece].terms:
                context.append(as_context[piece])
            else:
                present.append(as_findings.get(piece) or phrases.Reading(piece))
    return Heard(present, context)


def _findings(rows: Asked, texts: Sequence[str], whom: tuple[str, ...]) -> list[Reading]:
    """Each text as a finding; one that no name fits is read with the small words of other languages in English."""
    found = phrases.findings(rows, texts, whom)
    english = {text: small_words(text) for text, one in zip(texts, found, strict=True) if one.how != "exact"}
    changed = {text: words for text, words in english.items() if words != " ".join(text.split())}
    again = dict(zip(changed, phrases.findings(rows, list(changed.values()), whom), strict=True)) if changed else {}
    return [again.get(text, one)._replace(phrase=text) for text, one in zip(texts, found, strict=True)]


def pieces(text: str) -> list[str]:
    """The pieces of a text; a list of which all is denied stays one piece.

    >>> pieces("I am tired, have no fever, cough or rash; and vegan.")
    ['tired', 'no fever, cough or rash', 'vegan']
    """
    found: list[str] = []
    for sentence in _ENDS.split(text):
        parts = [part.strip() for part in _COMMA.split(sentence)]
        place = 0
        while place < len(parts):
            piece, end = parts[place], place + 1
            if _denies(piece):
                last = next((at for at in range(end, len(parts)) if re.search(r"\b(?:or|nor)\b", parts[at])), None)
                if last is not None and not any(_denies(part) for part in parts[end : last + 1]):
                    piece, end = ", ".join(parts[place : last + 1]), last + 1
            found.append(_OPENING.sub("", piece).strip())
            place = end
    return [piece for piece in found if piece] or [text.strip()]


def kind(reading: Reading, as_context: bool) -> str:
    """What a piece was taken for."""
    if reading.measured:
        return "number"
    if not reading.understood:
        return "not understood"
    if as_context or (reading.terms and all(term.kind == "Exposure" for term in reading.terms)):
        return "circumstance"
    return "absent" if reading.ruled_out and not reading.terms else "present"


def find_left_over(readings: Iterable[Reading]) -> tuple[str, ...]:
    """What was not understood: whole phrases, and the parts of others."""
    return tuple(dict.fromkeys(text for one in readings for text in (one.unread if one.understood else (one.phrase,))))


def _is_settled(reading: Reading) -> bool:
    """Whether a phrase is understood as a whole."""
    if reading.measured or (reading.understood and not reading.unread):
        return not _drops_half(reading) and not (
            reading.how in ("wider", "denied") and _ENDS.search(reading.phrase.rstrip(".!? "))
        )
    return False


def _is_whole(reading: Reading | None) -> bool:
    """Whether a part of a phrase is a name by itself, and not a phrase within which a name was found."""
    return reading is not None and reading.understood and reading.how != "wider" and not reading.unread


def _drops_half(reading: Reading) -> bool:
    """Whether a name was found within one half of "... and ..." or "... after ...", and nothing would be said of the other half."""
    return reading.how == "wider" and (len(_halves(reading.phrase)) > 1 or bool(tails.cut(reading.phrase)))


def _halves(text: str) -> list[str]:
    """Both sides of an "and"; what opens the first opens the second: "on a PPI and thiazide"."""
    halves = [half.strip() for half in _AND.split(text) if half.strip()]
    opening = _TAKING.match(halves[0]) if halves else None
    return [halves[0], *(f"{opening[0]}{half}" if opening else half for half in halves[1:])]


def _denies(piece: str) -> bool:
    key = fold(small_words(_OPENING.sub("", piece)))
    return qualifiers.opening("not", key) is not None
