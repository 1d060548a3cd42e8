"""A question in the words that the rest reads: turns of speech of ``data/words/question_turns.tsv``, values of a laboratory, folded words.

"What lowers the risk of fractures" asks what prevents them, and "my potassium is 2.9" is a finding.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kg.grounding import phrases
from kg.grounding.amounts import leave_out
from kg.grounding.normalize import fold
from kg.grounding.question_cues import small_words
from kg.rdf import word_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from kg.grounding.laboratory import Measured
    from kg.grounding.resolve import Asked

#: What may stand between the name of a measure and its value.
_BETWEEN = r"(?:,? (?:levels?|values?|results?|is|was|of|at|comes?|came|back|only|now|about|around|just|has|gone|dropped|fallen|risen|down|up|to|as|been))*"
_VALUE = re.compile(
    rf"\b(?P<name>(?:[\w-]+ ){{0,2}}[\w-]+?){_BETWEEN}[ :=]+(?P<value>\d+(?:\.\d+)?)(?![\d.,]*\d)"
    r"(?! ?(?:-|years?|months?|weeks?|days?|hours?|yo?\b|g\b|mg\b|mcg\b|ug\b|iu\b|grams?|milligrams?|micrograms?|times|x|tablets?|old|people|portions?|cups?)(?!/))"
    r"(?: ?(?P<unit>(?:[munpµμ]?(?:g|mol|eq|iu|u)|cells?)/ ?(?:d?l|ml|l)|%|fl))?",
    re.IGNORECASE,
)


def turn(question: str) -> str:
    """The question with its turns of speech in plain words.

    >>> turn("Does vitamin D lower the risk of falls?"), turn("What makes calcium fall?")
    ('Does vitamin D prevent falls?', 'What makes low calcium ?')
    """
    for pattern, words in _turns():
        question = pattern.sub(words, question)
    return question


def write_values(rows: Asked, question: str) -> tuple[str, tuple[str, ...]]:
    """The question with the finding that a value is in the place of the value, and what was read so."""
    found = _VALUE.search(question)
    if found is None:
        return question, ()
    names = found["name"].split()
    number = f"{found['value']} {found['unit'] or ''}".strip()
    while names and (names[-1].casefold() in small_words() or re.fullmatch(_BETWEEN, f" {names[-1].casefold()}")):
        names.pop()
    starts = [at for at, name in enumerate(names) if name.casefold() not in small_words()]
    tried = [f"{' '.join(names[at:])} {number}" for at in starts]
    for at, said, one in zip(starts, tried, phrases.findings(rows, tried), strict=True):
        if one.measured and len(one.terms) == 1:
            start = found.start("name") + len(" ".join(names[:at])) + (1 if at else 0)
            label = one.terms[0].label
            return f"{question[:start]}{label}{question[found.end() :]}", (f"{said} is read as {label}{_others(one.measured)}",)
    return question, ()


def _others(measured: Measured) -> str:
    """A body that calls a value normal by a limit of the same side, beside one that does not; empty where all agree."""
    calling = [by for by in measured.by if by.endswith(f": {measured.says}")]
    sides = {side for by in calling for side in re.findall("[<>]", by)}
    own = {by.partition(":")[0] for by in calling}
    normal = [
        by
        for by in measured.by
        if by.endswith(": normal") and sides & set(re.findall("[<>]", by)) and by.partition(":")[0] not in own
    ]
    return f" (bodies differ: {calling[-1]}; {normal[0]})" if normal else ""


@lru_cache(maxsize=1)
def _turns() -> tuple[tuple[re.Pattern[str], str], ...]:
    table = "words/question_turns.tsv"
    return tuple((word_tables.compile_pattern(table, turn, re.IGNORECASE), words) for turn, words in word_tables.read(table))


_MARKS = re.compile(r"[?!\"()\[\]:;]|\.(?!\d)|(?<=\s)[-–—+&](?=\s)")
#: An amount is no name: mg is no magnesium.
_SOLUBLE = re.compile(r"\b(?:water|fat)[- ]soluble\b", re.IGNORECASE)
#: To drink is no drink.
_DRINK = re.compile(r"\b(i|you|we|they|he|she|to|not|people|who|can|should|never) drinks?\b", re.IGNORECASE)
#: How a diet is told by what it leaves out.
_WITHOUT = re.compile(
    r"\b(?:do not|don't|dont|cannot|can't|never|without|not|avoid|avoids|instead of|in place of|other than|apart from)(?: (?:eat|eating|have|having|drink|drinking|any|all)){0,2}"
    r" (?=(?:meat|fish|dairy|milk|lactose|nuts|eggs|gluten)\b)",
    re.IGNORECASE,
)
_OLD = re.compile(r"\b(?:old|older) (?:people|folk|persons)\b|\bthe (?:old|aged)\b(?= |$)|\bold age\b", re.IGNORECASE)


def read_words(question: str) -> tuple[str, ...]:
    """The words of a question.

    >>> read_words("Which foods give 5 mg of iron, if I don't eat meat?")
    ('which', 'food', 'give', 'of', 'iron', 'if', 'i', 'eat', 'no', 'meat')
    """
    return tuple(
        fold(
            _OLD.sub(
                "elderly people",
                leave_out(_SOLUBLE.sub(" ", _DRINK.sub(r"\1 have", _WITHOUT.sub("eat no ", _MARKS.sub(" ", question))))),
            )
        ).split()
    )
