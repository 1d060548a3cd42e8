"""The terms that a question holds, wherever they stand in it: its longest names first, by the one door for words.

What a nutrient is too little or too much of is read with it ("short of potassium" is its lack); words between the names that are no
words of a question are read as findings ("my heart racing"); what is still left is reported with the answer.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.errors import UsageError
from kg.grounding import phrases
from kg.grounding.amounts import leave_out
from kg.grounding.diet_names import find_diet
from kg.grounding.life_stages import life_stage, words_of_people
from kg.grounding.name_lookup import Names
from kg.grounding.normalize import fold
from kg.grounding.question_cues import cues_in, plain_words, small_words
from kg.grounding.resolve import Term
from kg.grounding.word_bags import word_key
from kg.rdf.namespaces import KG
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.grounding.resolve import Asked

STATES = ("NutrientStatus", "Condition", "Symptom", "Sign", "LabFinding", "PhysiologicalState", "Exposure")
NUTRIENTS = ("Vitamin", "Mineral", "FattyAcid", "Nutrient")
FOODS = ("FoodGroup", "Food")
#: The kinds of a name, the one that a question means most likely first.
_KINDS = (
    *NUTRIENTS, "NutrientStatus", "Condition", "Symptom", "Sign", "LabFinding", "PhysiologicalState", "Drug", "Exposure", *FOODS,
    "Biomarker", "Inhibitor", "Population", "Treatment", "Process", "Quantity", "Substance",
)  # fmt: skip
_LONGEST_NAME = 7
_MARKS = re.compile(r"[?!\"()\[\]:;]|\.(?!\d)|(?<=\s)[-–—+&](?=\s)")

#: An amount is no name: mg is no magnesium.
_SOLUBLE = re.compile(r"\b(?:water|fat)[- ]soluble\b", re.IGNORECASE)
_OLD = re.compile(r"\b(?:old|older) (?:people|folk|persons)\b|\bthe (?:old|aged)\b(?= |$)|\bold age\b", re.IGNORECASE)


class Part(NamedTuple):
    """A part of a question that means something.

    Attributes:
        start, end: where its words stand.
        term: the term that it names; None for a diet and a stage of life.
        others: terms of other kinds that bear the same name: coffee is a food, and to drink it an exposure.
        said: the words themselves, folded.
        degree: "lack" or "excess" of a nutrient, where that is said beside it.
        stage, diet: the name of the life stage or the diet that it is.
    """

    start: int
    end: int
    term: Term | None = None
    others: tuple[Term, ...] = ()
    said: str = ""
    degree: str = ""
    stage: str = ""
    diet: str = ""


class Parts(NamedTuple):
    """A question in parts: its folded words, what they mean, the cues among them, and the words that nothing was made of."""

    words: tuple[str, ...]
    parts: tuple[Part, ...]
    cues: frozenset[str]
    unread: tuple[str, ...]


def part(rows: Asked, question: str) -> Parts:
    """The parts of a question.

    >>> import kg
    >>> told = part(kg.open().rows, "Which foods help when potassium runs out?")
    >>> [(one.term.label, one.degree) for one in told.parts], sorted(told.cues)
    ([('potassium', 'lack')], ['foods', 'many', 'treat'])
    """
    words = tuple(fold(_OLD.sub("elderly people", leave_out(_SOLUBLE.sub(" ", _MARKS.sub(" ", question))))).split())
    cues = list(cues_in(words))
    told = {place for _, places in cues for place in places}
    plain = {at for at, word in enumerate(words) if word in plain_words() | small_words()}
    plain |= {place for _, places in cues if len(places) > 1 for place in places}
    plain -= {
        at + more for at, word in enumerate(words[:-1]) if word == "vitamin" and len(words[at + 1]) == 1 for more in (0, 1)
    }
    degrees = [(cue, places) for cue, places in cues if cue in ("lack", "excess")]
    people = list(_people(rows, words))
    found = _names(rows, words, plain, people)
    taken = {place for one in found for place in range(one.start, one.end)}
    longer = [one for one in people if one.stage and _is_longer(one, found)]  # a pregnant teenager is more than pregnant
    found = [one for one in found if not any(stage.start <= one.start and one.end <= stage.end for stage in longer)]
    found += longer
    found += [one for one in people if not taken.intersection(range(one.start, one.end))]
    found += list(_felt(rows, words, plain | told, {place for one in found for place in range(one.start, one.end)}))
    taken = {place for one in found for place in range(one.start, one.end)}
    left = tuple(word for at, word in enumerate(words) if at not in taken | plain | told and not word.isdigit())
    read = [_with_degree(one, degrees, found) for one in sorted(found)]
    said = frozenset(cue for cue, places in cues if cue == "drugs" or not taken.issuperset(places))
    return Parts(words, tuple(read), said - {"lack", "excess", "plain"}, left)


def _is_longer(stage: Part, found: Iterable[Part]) -> bool:
    """Whether a stage of life says more than the names within it, and cuts none in two."""
    places = set(range(stage.start, stage.end))
    within = [one for one in found if places.intersection(range(one.start, one.end))]
    return bool(within) and all(places > set(range(one.start, one.end)) for one in within)


def _names(rows: Asked, words: tuple[str, ...], plain: set[int], people: list[Part]) -> list[Part]:
    """The names among the words, the longest first; a name of words that every question has is none."""
    names = Names(rows)
    spans = [
        (start, start + size)
        for size in range(min(_LONGEST_NAME, len(words)), 0, -1)
        for start in range(len(words) - size + 1)
        if not plain.issuperset(range(start, start + size)) and _opens_and_closes(words[start : start + size])
    ]
    for _ in range(2):
        known = {span: _terms(names, " ".join(words[span[0] : span[1]])) for span in spans}
        names.fetch()
    diets = {(one.start, one.end): one.diet for one in people if one.diet}
    taken: set[int] = set()
    found: list[Part] = []
    for (start, end), terms in known.items():
        if terms and not taken.intersection(range(start, end)):
            taken |= set(range(start, end))
            found.append(
                Part(start, end, terms[0], tuple(terms[1:]), " ".join(words[start:end]), diet=diets.get((start, end), ""))
            )
    left = [at for at in range(len(words)) if at not in taken | plain]
    foods = _foods(rows) if left else {}
    return [*found, *(Part(at, at + 1, foods[words[at]], said=words[at]) for at in left if words[at] in foods)]


def _opens_and_closes(words: tuple[str, ...]) -> bool:
    """Whether a name may begin and end so; the A of a vitamin is no article."""
    small = small_words()
    return words[0] not in small and (words[-1] not in small or words[-2:-1] == ("vitamin",))


def _terms(names: Names, key: str) -> list[Term]:
    """The terms of a name, one of each kind, the likeliest first."""
    found = [term for kind in _KINDS if (term := names.find(key, (kind,)))]
    if not found and " " in key:
        found = [term for term in names.by_words(word_key(key)) if term.kind in STATES][:1]
    return found


def _foods(rows: Asked) -> dict[str, Term]:
    """A food by the first word of its name, where that is all that people say: kale is "kale, raw"."""
    found: dict[str, Term] = {}
    for row in rows(reading("term_names", **{"class": KG + "Food"})):
        first, comma, _ = row[0].value.partition(",")
        key = fold(first).removeprefix("whole ")
        if comma and key not in found and " " not in key:
            found[key] = Term("", first, "Food")
    return found


def _people(rows: Asked, words: tuple[str, ...]) -> Iterator[Part]:
    """Diets, and stages of life that words of people and of age make up: "a woman of 70"."""
    at = 0
    while at < len(words):
        for size in (2, 1):
            diet = find_diet(" ".join(words[at : at + size])) if at + size <= len(words) else None
            if diet:
                yield Part(at, at + size, diet=diet)
                at += size
                break
        else:
            end = at
            while end < len(words) and (words[end] in words_of_people() or (words[end].isdigit() and end > at)):
                end += 1
            stage = _stage(rows, words[at:end]) if end > at else ""
            if stage:
                yield Part(at, end, stage=stage)
            at = max(end, at + 1)


def _stage(rows: Asked, words: tuple[str, ...]) -> str:
    if all(words_of_people().get(word, ("", None)) == ("", None) for word in words):
        return ""
    try:
        return life_stage(rows, " ".join(words)).name
    except UsageError:
        return ""


def _felt(rows: Asked, words: tuple[str, ...], plain: set[int], taken: set[int]) -> Iterator[Part]:
    """What is left between names and words of questions, read as a finding where the whole of it is one."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(words):
        end = at
        while end < len(words) and end not in taken and end not in plain:
            end += 1
        if end > at:
            runs.append((at, end))
        at = max(end, at + 1)
    wide = [(max(0, start - 2), min(len(words), end + 2), start, end) for start, end in runs]
    tried = {
        (first, last): " ".join(words[first:last])
        for low, high, start, end in wide
        for first in range(low, start + 1)
        for last in range(end, high + 1)
        if not taken.intersection(range(first, last))
    }
    if not tried:
        return
    read = dict(zip(tried, phrases.findings(rows, tried.values()), strict=True))
    used: set[int] = set()
    for span in sorted(read, key=lambda span: (span[0] - span[1], span)):
        one = read[span]
        if (
            len(one.terms) == 1
            and not (one.ruled_out or one.unread or one.measured)
            and one.how != "wider"
            and (
                sum(at not in plain for at in range(*span)) > 1 + len(one.aside)
                or one.how in ("exact", "everyday", "written out")
            )
            and not used.intersection(range(*span))
        ):
            used |= set(range(*span))
            yield Part(*span, term=one.terms[0])


def _with_degree(one: Part, degrees: list[tuple[str, list[int]]], found: Iterable[Part]) -> Part:
    """A nutrient with the word that says it is too little or too much; it stands nearest to it of all nutrients."""
    if one.term is None or one.term.kind not in NUTRIENTS:
        return one
    others = [other for other in found if other.term and other.term.kind in NUTRIENTS and other != one]
    for degree, places in sorted(degrees, key=lambda told: _far(one, told[1])):
        if all(_far(one, places) <= _far(other, places) for other in others):
            return one._replace(degree=degree)
    return one


def _far(one: Part, places: list[int]) -> int:
    return min(abs(place - edge) for place in places for edge in (one.start, one.end - 1))
