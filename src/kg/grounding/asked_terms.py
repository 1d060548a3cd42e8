"""The terms that a question holds, wherever they stand in it: its longest names first, by the one door for words.

What a nutrient is too little or too much of is read with it ("short of potassium" is its lack); words between the names that are no
words of a question are read as findings ("my heart racing"); what is still left is reported with the answer.
"""

from __future__ import annotations

from kg.grounding import phrases
from kg.grounding.asked_degrees import both_degrees, with_amount, with_degree, with_direction, with_shared_degree
from kg.grounding.asked_foods import find_foods, read_foods
from kg.grounding.asked_order import mark
from kg.grounding.asked_parts import FOODS, NUTRIENTS, STATES, Part, Parts
from kg.grounding.asked_people import find_people
from kg.grounding.asked_words import read_words, write_values
from kg.grounding.food_names import is_organ
from kg.grounding.name_lookup import Names
from kg.grounding.normalize import fold
from kg.grounding.question_cues import cues_in, plain_words, small_words
from kg.grounding.word_bags import word_key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.grounding.resolve import Asked, Term

#: The kinds of a name, the one that a question means most likely first.
_KINDS = (
    *NUTRIENTS, "NutrientStatus", "Condition", "Symptom", "Sign", "LabFinding", "PhysiologicalState", "Drug", "Exposure", *FOODS,
    "Biomarker", "Inhibitor", "Population", "Treatment", "Process", "Quantity", "Substance",
)  # fmt: skip
_LONGEST_NAME = 7

#: Names of classes of nutrients, which ask for their members after "which".
_CLASSES = frozenset(("electrolyte", "b vitamin", "nutrient", "trace element"))
#: Between these stand two things.
_JOINS = frozenset(("and", "or", "from", "than", "versus", "vs"))
#: After what drugs are taken for.
_DRUGS = tuple((fold(word),) for word in ("pill", "tablet", "medicine", "medication", "med", "meds", "drug"))
#: Whose part of the body it is.
_OWN = frozenset(("the", "my", "your", "our", "his", "her"))


def part(rows: Asked, question: str) -> Parts:
    """The parts of a question.

    >>> import kg
    >>> told = part(kg.open().rows, "Which foods help when potassium runs out?")
    >>> [(one.term.label, one.degree) for one in told.parts], sorted(told.cues)
    ([('potassium', 'lack')], ['foods', 'many', 'onset', 'treat', 'work'])
    """
    question, values = write_values(rows, question)
    words = read_words(question)
    cues = list(cues_in(words))
    told = {place for _, places in cues for place in places}
    plain = {at for at, word in enumerate(words) if word in plain_words() | small_words()}
    plain |= {place for _, places in cues if len(places) > 1 for place in places}
    plain -= {
        at + more for at, word in enumerate(words[:-1]) if word == "vitamin" and len(words[at + 1]) == 1 for more in (0, 1)
    }
    degrees = [(cue, places) for cue, places in cues if cue in ("lack", "excess")]
    people = [Part(start, end, stage=stage, diet=diet) for start, end, stage, diet in find_people(rows, words)]
    found = _names(rows, words, plain, people)
    found = [
        one for one in found if not (one.said in _CLASSES and one.start and words[one.start - 1] in ("which", "what", "any"))
    ]
    taken = {place for one in found for place in range(one.start, one.end)}
    longer = [one for one in people if _is_longer(one, found)]  # a pregnant teenager is more than pregnant
    found = [one for one in found if not any(stage.start <= one.start and one.end <= stage.end for stage in longer)]
    found += longer
    found += [one for one in people if not taken.intersection(range(one.start, one.end))]
    found += list(_felt(rows, words, plain | told, {place for one in found for place in range(one.start, one.end)}))
    taken = {place for one in found for place in range(one.start, one.end)}
    left = tuple(word for at, word in enumerate(words) if at not in taken | plain | told and not word.isdigit())
    states = [range(one.start, one.end) for one in found if one.term and one.term.kind in STATES]
    # "Too much zinc" is a state of its own, and its "too much" is said of no other nutrient.
    degrees = [(cue, places) for cue, places in degrees if not any(set(places) <= set(state) for state in states)]
    amounts = [(cue, places) for cue, places in cues if cue in ("lack", "much")]
    names = Names(rows)
    ways = {cue for cue, _ in cues} if len(found) > 1 else set()
    read = [with_direction(names, with_amount(names, with_degree(one, degrees, found), amounts), ways) for one in sorted(found)]
    read = [each for one in read for each in both_degrees(one, degrees, read)]
    read = [with_shared_degree(one, words, read) for one in read]
    marked = [_with_purpose(words, one) for one in mark(words, read)]
    aside = tuple(one for one in marked if one.how)
    if len(aside) < len(marked):  # what alone is named is what is asked about
        read = [one for one in marked if not one.how]
    else:
        aside = ()
    said = frozenset(cue for cue, places in cues if cue in ("drugs", "shuns") or not taken.issuperset(places))
    said |= {"opposites"} if len({(one.start, one.end) for one in read}) < len(read) else set()
    # A lack that is said of no nutrient is what is asked for: "what do old people run short of?"
    spoken = {"excess", "much", "plain"} | ({"lack"} if any(one.degree for one in read) else set())
    return Parts(words, tuple(read), said - spoken, left, values, aside)


def _with_purpose(words: tuple[str, ...], one: Part) -> Part:
    """What drugs are taken for, before a word for them, tells which drugs are meant: "blood pressure pills"."""
    state = one.term and one.term.kind in ("Condition", "Symptom", "Quantity", "LabFinding")
    return one._replace(how="purpose") if state and words[one.end : one.end + 1] in _DRUGS else one


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
    said = {(start, end): " ".join(words[start:end]) for start, end in spans}
    shared = _shared_heads(words, plain)
    for _ in range(2):
        known = {span: _terms(names, key) for span, key in said.items()}
        joined = {span: _terms(names, key) for span, key in shared.items()}
        names.fetch()
    foods = read_foods(rows)
    longer = [range(start, end) for start, end, _ in find_foods(foods, words, set(range(len(words))))]
    taken: set[int] = set()
    found: list[Part] = []
    for (start, end), terms in known.items():
        if (
            terms
            and terms[0].kind == "Exposure"
            and any(start in food and end - 1 in food and end - start < len(food) for food in longer)
        ):
            continue  # soy milk is no soy
        if start and words[start - 1] in _OWN and is_organ(words[start]):
            continue  # the liver is no food
        if words[start] in ("much", "many") and words[max(0, start - 1)] == "how":
            continue  # how much of it is asked, and no large amount is named
        if terms and not taken.intersection(range(start, end)):
            taken |= set(range(start, end))
            found.append(
                Part(start, end, terms[0], tuple(terms[1:]), " ".join(words[start:end]), diet=_diet_in(start, end, people))
            )
    found = [_food_first(one, foods) for one in found]
    for span, key in shared.items():
        terms = joined[span] or ([foods[key]] if key in foods else [])
        if terms and span[0] not in taken and words[span[0]] not in foods:
            taken.add(span[0])
            found.append(Part(*span, terms[0], tuple(terms[1:]), key))
    free = set(range(len(words))) - taken - plain
    return [
        *found,
        *(Part(start, end, term, said=" ".join(words[start:end])) for start, end, term in find_foods(foods, words, free)),
    ]


def _food_first(one: Part, foods: Mapping[str, Term]) -> Part:
    """A name that is also a food's: what is eaten bears it as well, and is meant after the food (milk, and eating lactose)."""
    terms = [term for term in (one.term, *one.others) if term]
    if one.said in foods and not any(term.kind in FOODS for term in terms):
        terms.append(foods[one.said])
    if terms and terms[0].kind == "Exposure":
        terms.sort(key=lambda term: term.kind not in FOODS)
    return one._replace(term=terms[0], others=tuple(terms[1:])) if terms else one


def _shared_heads(words: tuple[str, ...], plain: set[int]) -> dict[tuple[int, int], str]:
    """Words before "or" and "and" with the last word of what follows: in "brown or white rice" brown is brown rice."""
    return {
        (at - 1, at): f"{words[at - 1]} {words[at + 2]}"
        for at, word in enumerate(words)
        if word in _JOINS and at and at + 2 < len(words) and not plain & {at - 1, at + 1, at + 2}
    }


def _diet_in(start: int, end: int, people: Iterable[Part]) -> str:
    """The diet that the words of a name tell: who eats no meat is a vegetarian."""
    return next((one.diet for one in people if one.diet and start <= one.start and one.end <= end), "")


def _opens_and_closes(words: tuple[str, ...]) -> bool:
    """Whether a name may begin and end so; the A of a vitamin is no article, and what is high in a nutrient is no state."""
    small = small_words()
    if words[0] in ("high", "low", "rich") and words[1:2] == ("in",):
        return False
    return words[0] not in small and (words[-1] not in small or words[-2:-1] == ("vitamin",))


def _terms(names: Names, key: str) -> list[Term]:
    """The terms of a name, one of each kind, the likeliest first."""
    found = [term for kind in _KINDS if (term := names.find(key, (kind,)))]
    if " " not in key and (measured := names.find(f"serum {key}", ("Biomarker",))) and not found:
        return [measured]
    if not found and (used := names.find(f"{key} use", ("Exposure",))):
        return [used]
    if not found and " " in key and _JOINS.isdisjoint(key.split()):
        found = [term for term in names.by_words(word_key(key)) if term.kind in STATES][:1]
    return found


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
                sum(at not in plain for at in range(*span)) > len(one.aside) + (one.how != "set aside")
                or one.how in ("exact", "everyday", "written out")
            )
            and not used.intersection(range(*span))
        ):
            used |= set(range(*span))
            yield Part(*span, term=one.terms[0])
