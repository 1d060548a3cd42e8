"""The words around a name in a phrase: which of them may be set aside, and how a combined phrase falls apart.

Nothing here knows the graph. ``data/words/set_aside.tsv`` holds the words by kind, so that a curator can mend them:

- ``side``, ``degree``, ``course``, ``place``, ``telling``, ``filler``, ``tail``: say where, how much, how long and by whom
  it is told; a finding is the same finding without them. A place is also set aside as "of the feet".
- ``needs its place``: a word that means nothing without its place, so that "elbow pain" never becomes "pain".
- ``taking``: how a person comes to a drug, a diet, an operation; ``measure``: what a laboratory writes around a name.
- ``not``, ``not after``, ``low``, ``high``, ``normal``, ``eating``, ``mainly``, ``eating little``, ``eating much``: words that turn
  the meaning; they are never set aside but read, see :mod:`kg.grounding.phrases`.
- ``predicate``: what is said of a person by "is" and cannot stand after "no": tired, pale.
- ``figure``: a figure of speech, in which the words of the body mean something else ("cold feet before").
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import combinations

from kg.grounding.normalize import fold
from kg.rdf import word_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: What may be set aside around a finding, around the test of a laboratory, and around what a person takes or lives with.
FINDING = ("side", "degree", "course", "place", "telling", "filler", "tail")
TEST = ("measure", "degree", "filler")
CONTEXT = ("side", "degree", "course", "telling", "filler", "tail", "taking")

#: Folding writes "hour" as "hor", as it does "colour".
_UNIT = "(?:second|minute|hou?r|day|week|month|year|decade|yr|mo|wk|hr)"
_NUMBER = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|a few|many)"
_AMOUNT = "(?:l|liter|litre|ml|g|gram|mg|mcg|ug|iu|unit|cup|glass|glasse|tablet|pill|can|bottle|pack|drink)"
_SPAN = rf"{_NUMBER}(?: (?:to |or )?{_NUMBER})? {_UNIT}"
_TIMES = re.compile(
    rf"\b(?:(?:from|since|at) (?:the age of )?{_SPAN} (?:of age|old)|(?:for|over|since|in|during|within|about)(?: the)?(?: last| past| about| almost| nearly| over| more than)? (?:{_SPAN}|{_UNIT})"
    rf"|(?:about |almost |nearly |over |some )?{_SPAN} ago|lasting {_SPAN}|(?:\d+ to )?\d+ {_AMOUNT}(?: of| per day| a day| daily)?"
    rf"|(?:in |since )?(?:19|20)\d\d$|\b(?:stage|grade|nyha(?: class)?) (?:\d[ab]?|i{{1,3}}|iv|v)(?: [ab])?\b|(?<=ckd )\d[ab]?\b"
    rf"|per day|a day|(?:once|twice|{_NUMBER} time)(?: (?:a|per|every|each) (?:day|night|week|hou?r|month))?)\b|^{_SPAN}(?: of)?(?= )|(?<= ){_SPAN}$"
    r"|(?<= )x ?\d+(?: \w+)?$|(?<= )\++$|(?<= )\d+ ?cm\b|(?<= )like (?:an?|the) \w+(?: \w+)?$|(?<= )[1-4] ?\+"
    r"|(?<= )(?:when|whenever|while|if|after|every time|each time|as soon as) (?:i|you|he|she|we|my) .*$"
)
_OF = re.compile(r"(\S+(?: \S+)?) (?:of|in|at|around) (?:(?:the|both|all|an?|his|her|my|left|right) )*(\S+(?: \S+)?)")
#: More spans than this in one phrase are not tried in all combinations.
_MOST = 7


@lru_cache
def words(kind: str) -> tuple[str, ...]:
    """The folded words of a kind, longest first."""
    return tuple(sorted(_table().get(kind, ()), key=lambda word: (-len(word.split()), word)))


def all_words() -> frozenset[str]:
    """Each single word that stands in the table, folded."""
    return frozenset(word for told in _table().values() for words_of in told for word in words_of.split())


@lru_cache
def _table() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for kind, word in word_tables.read("words/set_aside.tsv"):
        found.setdefault(kind, set()).add(fold(word))
    return found


@lru_cache
def _pattern(kind: str) -> re.Pattern[str]:
    known = "|".join(map(re.escape, words(kind)))
    if kind == "place":
        first = rf"(?:the |both |all |one |each |his |her |my |left |right )*(?:{known})"
        listed = rf"(?:(?: and| or)?(?: the)? (?:{known}))*"
        known = rf"(?:of|in|on|at|around|over|affecting|involving) {first}{listed}|{first}(?: and (?:{known}))*"
    return re.compile(rf"\b(?:{known})\b")


def opening(kind: str, key: str) -> str | None:
    """What follows a word of this kind that opens the folded phrase, or None where none does."""
    for word in words(kind):
        if key.startswith(word + " "):
            return key[len(word) + 1 :]
    return None


def closing(kind: str, key: str) -> str | None:
    """What stands before a word of this kind that closes the folded phrase, or None where none does."""
    for word in words(kind):
        if key.endswith(" " + word):
            return key[: -len(word) - 1]
    return None


def is_figure(key: str) -> bool:
    """Whether a folded phrase holds a figure of speech: "sick of my job" is no sickness."""
    padded = f" {key} "  # hundreds of phrases: to compile one pattern of them all takes longer than to look for each
    return any(f" {figure} " in padded for figure in words("figure"))


def without(key: str, kinds: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The folded phrase with ever more of its words set aside: each form and what was set aside, the fullest form first.

    >>> list(without("severe leg weakness", ("degree", "place")))[1:]
    [('severe weakness', ('leg',)), ('leg weakness', ('severe',)), ('weakness', ('severe', 'leg'))]
    """
    spans = _spans(key, kinds)[:_MOST]
    choices = [chosen for count in range(len(spans) + 1) for chosen in combinations(spans, count)]
    seen = set()
    for chosen in sorted(choices, key=lambda chosen: sum(end - start for start, end in chosen)):
        rest, last = "", 0
        for start, end in chosen:
            rest, last = rest + key[last:start], end
        rest = " ".join((rest + key[last:]).split())
        if rest and rest not in seen and not (chosen and rest in words("needs its place")):
            seen.add(rest)
            yield rest, tuple(key[start:end] for start, end in chosen)


def put_place_first(key: str) -> str | None:
    """The folded phrase with the place in front: "pain in both leg" is "leg pain", "loss of hair" is "hair loss"."""
    match = _OF.fullmatch(key)
    return f"{match[2]} {match[1]}" if match else None


def _spans(key: str, kinds: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where words that may be set aside stand, the longest where they overlap, from left to right."""
    found = [match.span() for kind in kinds for match in _pattern(kind).finditer(key)]
    found += [match.span() for match in _TIMES.finditer(key)] if "tail" in kinds else []
    apart: list[tuple[int, int]] = []
    for start, end in sorted(set(found), key=lambda span: (span[0] - span[1], span)):
        if all(end <= other[0] or start >= other[1] for other in apart):
            apart.append((start, end))
    return sorted(apart)


def alternatives(phrase: str) -> list[str]:
    """The pieces of a list of which all are denied at once: "fever, chills or cough"."""
    return [
        piece
        for piece in (piece.strip() for piece in re.split(r"[,;]|(?<!\b\w)/|/(?!\w\b)| (?:and|or|nor) |^(?:and|or) ", phrase))
        if piece
    ] or [phrase]


def resumes(phrase: str) -> bool:
    """Whether a denial ends at a comma, since what follows cannot stand after "no": "no fever, tired".

    >>> resumes("no fever, tired"), resumes("no fever, cough"), resumes("not dizzy, tired or pale")
    (True, False, False)
    """
    first, *others = phrase.split(",")
    listed = re.search(r"\b(?:or|nor)\b", phrase) or not re.match(r"\s*(?:no|without)\b", first, re.IGNORECASE)
    return not listed and any(opening("predicate", f"{fold(other)} ") is not None for other in others)


def parts(phrase: str) -> list[str]:
    """The pieces of a list told in one phrase: between commas, semicolons, slashes, plus and "but".

    >>> parts("leg pain, swelling but no fever")
    ['leg pain', 'swelling', 'no fever']
    """
    pieces = re.split(r"[,;/+]| plus | but ", phrase)
    return [piece for piece in (piece.strip().removeprefix("and ").strip() for piece in pieces) if piece]


def split_at_with(phrase: str) -> tuple[str, str] | None:
    """What stands before and after "with"; "without" turns to "no". None where neither word is there.

    >>> split_at_with("fatigue without fever")
    ('fatigue', 'no fever')
    """
    head, _, tail = phrase.replace(" without ", " with no ").partition(" with ")
    return (head.strip(), tail.strip()) if head.strip() and tail.strip() else None


_TREATMENT = re.compile(
    r"\s+(?:(?:is |was )?(?:now |currently )?(?:treated with|managed with|controlled with|taking|takes|using|on))\s+",
    re.IGNORECASE,
)


def split_at_treatment(phrase: str) -> tuple[str, str] | None:
    """What stands before and after the last word that may lead to a treatment. None where there is none.

    >>> split_at_treatment("type 2 diabetes treated with metformin")
    ('type 2 diabetes', 'metformin')
    """
    found = list(_TREATMENT.finditer(phrase))
    head, tail = (phrase[: found[-1].start()].strip(), phrase[found[-1].end() :].strip()) if found else ("", "")
    return (head, tail) if head and tail else None


def share_words(one: str, other: str) -> tuple[list[str], list[str]]:
    """Readings of the two sides of "and", each with what it may share with the other, the fullest first.

    >>> share_words("arm", "leg weakness")[0][-2:]
    ['arm weakness', 'arm']
    >>> share_words("low sodium", "potassium")[1][1]
    'low potassium'
    """
    left, right = one.split(), other.split()
    firsts = [" ".join([*left, *right[start:]]) for start in range(1, len(right) + 1)]
    seconds = [" ".join([*left[:end], *right]) for end in range(len(left), -1, -1)]
    return firsts, seconds


def outcomes(phrase: str) -> Iterator[tuple[str, str]]:
    """The test that a phrase may tell a result of, and the result: low, high or normal.

    >>> list(outcomes("MCV: very high"))
    [('mcv', 'high')]
    """
    test, colon, outcome = phrase.rpartition(":")
    key = fold(outcome if colon else phrase)
    for direction in ("normal", "low", "high"):
        if colon:
            if any(rest in words(direction) for rest, _ in without(key, ("degree",))):
                yield fold(test), direction
        elif rest := opening(direction, key) or closing(direction, key):
            yield rest, direction


def remark(phrase: str) -> tuple[str, tuple[str, ...]]:
    """The phrase without what it says in brackets, and that."""
    head, opened, rest = phrase.partition("(")
    inside, closed, tail = rest.partition(")")
    return (f"{head.strip()} {tail.strip()}".strip(), (inside.strip(),)) if opened and closed and head.strip() else (phrase, ())
