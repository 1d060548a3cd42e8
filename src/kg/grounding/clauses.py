"""A text in clauses: its words, which of them are denied, and whether it speaks of the past, of someone else or of a mere fear.

Used where free words are searched for signs, see :mod:`kg.grounding.word_patterns`. A denial holds to the end of its clause,
for all of a list that is closed by "or", and for all that follows "denies": "no fever, cough or rash" denies three things. What
stands behind "after" or "since" is not denied by a plain "no": "no urine after days of vomiting".
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.grounding.normalize import fold

#: Words that deny what follows.
_NEGATORS = frozenset(
    {"no", "not", "without", "never", "deny", "denie", "denied", "denying", "nil", "negative", "free", "absence"}
)
_FAR = frozenset({"deny", "denie", "denied", "denying", "without", "negative"})
#: What follows these is told as a fact again: "no tears after days of diarrhea".
_FACTS = frozenset({"after", "since", "despite", "because", "following", "when", "whenever"})
#: A clause of these words alone, or one that ends with the last ones, denies what stands before it.
_ANSWERS = frozenset(
    {"no", "none", "absent", "denied", "negative", "never", "nil", "not present", "not there", "resolved", "normal"}
)
_ENDINGS = ("absent", "denied", "ruled out", "excluded", "not present", "resolved", "negative")
_PAST = re.compile(
    r"\b(?:history of|previous|previously|prior|former|formerly|used to|in the past|as a child|in childhood|once had|last year"
    r"|(?:year|month|decade) ago|status post|had an? \w+ in \d{4}|recovered from)\b"
)
_NEVER_MIND = re.compile(
    r"\b(?:family history|in the family|run in|fear of|afraid of|scared of|worried about|risk of|at risk|to prevent|prevention of"
    r"|in case of|screening for|vaccin\w*|read about|what is|can cause|could cause)\b"
)
_KIN = re.compile(r"\b(?:mother|father|brother|sister|uncle|aunt|grandmother|grandfather|cousin|relative|mum|mom|dad)\b")
_KIN_PAST = re.compile(r"\b(?:had|died|suffered|history|at age|at \d+)\b")
_LONG = re.compile(
    r"\b(?:chronic|chronically|longstanding|long standing|long term|lifelong|since (?:childhood|birth|infancy|adolescence)"
    r"|for (?:many |several |some |a few |\w+ )?(?:year|decade|month)|over (?:the )?(?:last |past )?(?:\w+ )?(?:year|month)|gradual\w*|slowly|year long)\b"
)
_CANNOT = re.compile(r"\b(?:can ?not|cant|unable to|not able to|could ?not|couldnt|not be able to|inability to)\b")
_SHORT = re.compile(r"\b(do|does|did|is|are|was|were|has|have|had|will|wo|would|should)n[’'`´]?t\b")
_STOPS = re.compile(r"[;.!?\n]+(?=\s|$)|[;\n]+|\bbut\b|\bhowever\b|\balthough\b|\bthough\b")


class Clause(NamedTuple):
    """One clause of a text.

    Attributes:
        words: its words, folded.
        denied_by: for each word the place of the word that denies it, or None.
        past: it speaks of what was.
        long: it speaks of what has lasted for long.
    """

    words: tuple[str, ...]
    denied_by: tuple[int | None, ...]
    past: bool = False
    long: bool = False


def clauses(text: str) -> list[Clause]:
    """The clauses of a text that say something of the person; what is said of others or only feared is left out.

    >>> [clause.words for clause in clauses("Chest pain, no fever; my mother had a stroke")]
    [('chest', 'pain'), ('no', 'fever')]
    """
    found: list[Clause] = []
    for sentence in _STOPS.split(_numbers_kept(_spell_out(text))):
        found += _of_sentence([" ".join(fold(piece).split()) for piece in re.split(r",|\s[-–—:]\s|[:()](?!\d)", sentence)])
    return found


def _spell_out(text: str) -> str:
    """Short forms of "not" in full: they deny, but "cannot" is something that a person feels."""
    text = text.casefold().replace("’", "'")
    text = re.sub(r"\bcan't\b", "cannot", text)
    text = _SHORT.sub(lambda match: ("will" if match[1] == "wo" else match[1]) + " not", text)
    return _CANNOT.sub("cannot", text)


def _numbers_kept(text: str) -> str:
    """The text with a raised dot in its decimal numbers, since folding takes points away and a comma parts clauses."""
    return re.sub(r"(\d)[.,](?=\d)", "\\1·", re.sub(r"(\d),(?=\d{3}\b)", r"\1", text))


def _of_sentence(pieces: list[str]) -> list[Clause]:
    pieces = [piece for piece in pieces if piece]
    read: list[Clause] = []
    listed = False  # a denial that is still open: of a list, or after "denies"
    for place, piece in enumerate(pieces):
        answer = pieces[place + 1] if place + 1 < len(pieces) else ""
        if piece in _ANSWERS and read:
            continue
        wholly = listed or answer in _ANSWERS or piece.endswith(_ENDINGS)
        clause = _clause(piece, wholly)
        opened = [word for word in clause.words if word in _NEGATORS]
        listed = listed or bool(opened and (_FAR & set(opened) or _closes_with_or(pieces[place + 1 :])))
        if not _of_no_concern(piece):
            read.append(clause)
    return read


def _closes_with_or(rest: list[str]) -> bool:
    """Whether a list goes on in short pieces to one with "or": "no fever, cough or rash"."""
    for piece in rest:
        if len(piece.split()) > 4 or set(piece.split()) & _NEGATORS:
            return False
        if re.search(r"\b(?:or|nor)\b", piece):
            return True
    return False


def _clause(piece: str, wholly: bool) -> Clause:
    words = piece.split()
    denied_by: list[int | None] = []
    by: int | None = -1 if wholly else None
    for place, word in enumerate(words):
        if word in _FACTS and by is not None and by >= 0 and words[by] not in _FAR:
            by = None
        denied_by.append(by)
        if word in _NEGATORS and by is None:
            by = place
    return Clause(tuple(words), tuple(denied_by), bool(_PAST.search(piece)), bool(_LONG.search(piece)))


def _of_no_concern(piece: str) -> bool:
    return bool(_NEVER_MIND.search(piece) or (_KIN.search(piece) and _KIN_PAST.search(piece)))
