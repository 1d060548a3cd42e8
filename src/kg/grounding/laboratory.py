"""Numbers of laboratories read against the cut-offs of the graph: "ferritin 9 ng/mL", "Ca 1.9 mmol/L", "K 2.8".

``data/tables/laboratory_tests.tsv`` holds the tests: names, the biomarker, the findings below and above, the unit that is assumed
where none is told, how units convert, and the bounds of what is read at all. What is low or high is said by the cut-offs of the
graph for the person's age, sex and pregnancy; where bodies disagree the majority decides, and each is named.
"""

from __future__ import annotations

import os
import re
from functools import lru_cache
from typing import NamedTuple

from kg import locations
from kg.grounding import qualifiers
from kg.grounding.cutoffs import concerns, says, sides
from kg.grounding.laboratory_marks import without_marks
from kg.grounding.normalize import fold
from kg.grounding.units import Conversion, Unit, convert, unit

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.grounding.cutoffs import Cutoff

VALUE = re.compile(
    r"^(?P<name>.*?[^\d.,])??\s*(?P<sign>[<>≤≥~]|>=|<=)?\s*(?P<value>\d+(?:[.,]\d+)?)\s*(?:(?:-|–|to)\s*(?P<to>\d+(?:[.,]\d+)?)\s*)?"
    r"(?P<unit>(?:[x×*]\s*)?10\s*[\^*e]?\s*[39]\s*/\s*\w+|/\s*(?:[uµμ]L|mm3)|[a-zA-Zµμ%][\wµμ%]*(?:\s*/\s*\w+(?:\s*/\s*1[.,]73\s*m[2²]?)?|\s+per\s+\w+)?)?"
    r"\s*(?:\((?:low|high|l|h)\)|[LH]|[↓↑])?\s*\.?$",
    re.IGNORECASE,
)
#: A name that ends in its number: K2, B12 and 25(OH)D3 are vitamins, no values.
_JOINED = re.compile(r"[A-Za-z]\d+$")
_PREGNANT = re.compile(r"\b(?:pregnan\w*|gravid)\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b(?:female|woman|girl|lady|she|her|periods?|menstruat\w*|menopaus\w*|\d+ ?f)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(?:male|man|boy|gentleman|he|his|\d+ ?m)\b", re.IGNORECASE)
_VITAMIN = re.compile(r"\s*(?:vit(?:amin)?s?\.?\b|b ?-?12|folate|folic acid|b ?-?[69])", re.IGNORECASE)
_CHILD_AGE, _YOUNG = 12.0, 5.0
#: Of a bare vitamin no level is so high that it would not rather be a dose.
_DOSE = 400
#: At most so many cut-offs stand in one sentence.
_TOLD = 3


class Test(NamedTuple):
    """A test of a laboratory; see the table."""

    biomarker: str
    low: str
    high: str
    unit: Unit
    least: float
    most: float
    how: Conversion


class Measured(NamedTuple):
    """A number as it was read.

    Attributes:
        phrase: as it was typed.
        biomarker: the IRI-less name of the biomarker.
        value, unit: as given; the unit that is assumed where none was.
        assumed: whether the unit is assumed.
        says: "low", "high", "normal", "borderline" where most bodies do not call it so, "unknown" where no cut-off applies,
            "implausible", or "unit needed" where the unit decides.
        finding: the name of the finding that it points to, empty where it is none.
        by: what each body says, as "body: < 15 ug/L (women): low"; of "unknown" for whom there are cut-offs, if for others.
    """

    phrase: str
    biomarker: str
    value: float
    unit: str
    assumed: bool
    says: str
    finding: str
    by: tuple[str, ...]


class Number(NamedTuple):
    """A test, a value and its unit, not yet judged; the units that it may have where none is given; the end of a span of values."""

    test: Test
    value: float
    units: tuple[Unit, ...]
    assumed: bool
    to: float | None = None


def number(phrase: str) -> Number | None:
    """The test and the value that a phrase tells, or None where it tells none.

    >>> found = number("ferritin 9 ng/mL")
    >>> found.test.biomarker, found.value, [unit.name for unit in found.units]
    ('serum-ferritin', 9.0, ['ng/mL'])
    >>> number("fatigue for 3 weeks")
    """
    match = VALUE.match(without_marks(phrase).phrase)
    if match is None or (not match["unit"] and _JOINED.search(phrase.strip())):
        return None
    tests = find_tests(match["name"] or "")
    told = unit(match["unit"]) if match["unit"] else None
    if not tests or (match["unit"] and told is None):
        return None
    value = float(match["value"].replace(",", "."))
    to = float(match["to"].replace(",", ".")) if match["to"] else None
    if told:
        test = next((one for one in tests if convert(1, told, one.unit, one.how) is not None), tests[0])
        return Number(test, value, (told,), False, to)
    test = next((one for one in tests if _possible(one, value)), tests[0])
    return Number(test, value, _possible(test, value), True, to)


def judge(phrase: str, found: Number, cutoffs: Sequence[Cutoff], whom: Iterable[str] = ()) -> Measured:
    """What the cut-offs say of a number, for people of these kinds ("women", "pregnant women", "children" ...).

    Of a span of values both ends have to lie on one side.
    """
    if found.to is not None:
        ends = [judge(phrase, found._replace(value=value, to=None), cutoffs, whom) for value in (found.value, found.to)]
        return ends[0] if ends[0].says == ends[1].says else ends[0]._replace(says="borderline", finding="")
    ways = [_judge_in(phrase, found, told, cutoffs, set(whom)) for told in found.units]
    if found.assumed and found.value >= _DOSE and _VITAMIN.match(phrase):
        by = tuple(f"{way.unit}: {way.says}" for way in ways)
        return Measured(phrase, found.test.biomarker, found.value, "", True, "unit needed", "", (*by, "mg, ug or IU: a dose"))
    if not ways:
        return Measured(phrase, found.test.biomarker, found.value, "", True, "implausible", "", ())
    if len({way.says for way in ways}) > 1:
        units = " or ".join(way.unit for way in ways)
        by = tuple(f"in {way.unit} it would be {way.says}" for way in ways)
        return Measured(phrase, found.test.biomarker, found.value, units, True, "unit needed", "", by)
    return ways[0]


def _judge_in(phrase: str, found: Number, told: Unit, cutoffs: Sequence[Cutoff], whom: set[str]) -> Measured:
    test, value, _, assumed, _ = found
    if convert(value, told, test.unit, test.how) is None:
        return Measured(phrase, test.biomarker, value, told.name, assumed, "unknown", "", ())
    if not _fits(test, value, told):
        return Measured(phrase, test.biomarker, value, told.name, assumed, "implausible", "", ())
    said = [(cutoff, way) for cutoff in cutoffs if concerns(cutoff, whom) and (way := says(cutoff, value, told, test.how))]
    verdict = "unknown" if not said else "normal"
    for side in ("low", "high"):
        # Only a body that draws a line on this side has a say on it.
        votes: dict[str, bool] = {}
        for cutoff, way in said:
            if side in sides(cutoff):
                votes[cutoff.body] = votes.get(cutoff.body, False) or way == side
        if any(votes.values()):
            verdict = side if sum(votes.values()) * 2 >= len(votes) else "borderline"
    finding = {"low": test.low, "high": test.high}.get(verdict, "")
    by = tuple(dict.fromkeys(f"{one.body}: {one.text} {one.unit} ({one.group}): {way}" for one, way in said))
    if not said and whom and cutoffs:
        groups = dict.fromkeys(one.group for one in cutoffs)
        by = (f"none for {' or '.join(sorted(whom))}, but for {', '.join(groups)}",)
    return Measured(phrase, test.biomarker, value, told.name, assumed, verdict, finding, by)


def people(texts: Iterable[str], age: float | None) -> tuple[str, ...]:
    """The kinds of people, as the cut-offs name them, that a person is known to belong to."""
    text = " ; ".join(texts)
    if _PREGNANT.search(text):
        return ("pregnant women",)
    if age is not None and age < _CHILD_AGE:
        return ("children", "young children") if age < _YOUNG else ("children",)
    if _FEMALE.search(text):
        return ("women",)
    return ("men",) if _MALE.search(text) else ()


def _possible(test: Test, value: float) -> tuple[Unit, ...]:
    """The units that a bare number may have, the usual one first: those in which it can be a value at all."""
    fraction = unit("L/L") if test.unit.name == "%" else None
    known = {one.name: one for one in (test.unit, test.how.mass, test.how.amount, fraction) if one}
    return tuple(one for one in known.values() if _fits(test, value, one))


def _fits(test: Test, value: float, told: Unit) -> bool:
    usual = convert(value, told, test.unit, test.how)
    return usual is not None and test.least <= usual <= test.most


def fold_name(text: str) -> str:
    return " ".join(word for word in fold(text).split() if word not in qualifiers.words("around a test"))


def find_tests(name: str) -> tuple[Test, ...]:
    """The tests of this name, one for each kind of unit; that blood was taken fasting matters only where it is part of the name."""
    key = fold_name(re.sub(r"(?<=[A-Za-z])(?:\d?\+)+", " ", name.replace("=", " ").replace("~", " ")))
    return read_tests().get(key) or read_tests().get(" ".join(word for word in key.split() if word != "fasting")) or ()


@lru_cache(maxsize=1)
def read_tests() -> dict[str, tuple[Test, ...]]:
    found: dict[str, tuple[Test, ...]] = {}
    with open(os.path.join(locations.files(), "data", "tables", "laboratory_tests.tsv"), encoding="utf-8") as file:
        for line in list(file)[1:]:
            biomarker, names, low, high, usual, least, most, mass, mole, factor, valence, _ = line.rstrip("\n").split("\t")
            how = Conversion(unit(mass), unit(mole), float(factor or 0), float(valence or 0))
            base = unit(usual)
            assert base is not None, usual
            test = Test(biomarker, low, high, base, float(least), float(most), how)
            for name in names.split("|"):
                found[fold_name(name)] = (*found.get(fold_name(name), ()), test)
    return found


def sentence(said: Measured) -> str:
    """What became of a number, for a person: how it was read, by whose cut-offs, and what was assumed."""
    assumed = (
        f" (no unit is given; {said.unit} is assumed)"
        if said.assumed and said.unit not in ("", "ratio") and said.says != "unit needed"
        else ""
    )
    if said.says == "implausible":
        return f"{said.phrase!r}: no such value occurs in this test{' in ' + said.unit if said.unit else ''}; check the number and the unit"
    if said.says == "unit needed":
        return f"{said.phrase!r}: the unit decides, {'; '.join(said.by)}; write the unit"
    if said.says == "unknown":
        known = f" ({said.by[0]})" if said.by else ""
        return f"{said.phrase!r}: the graph has no cut-off for this test and person{known}"
    decisive = [one for one in said.by if one.endswith(said.says)] or list(said.by)
    more = f"; and {len(decisive) - _TOLD} more" if len(decisive) > _TOLD else ""
    return f"{said.phrase!r} is read as {said.says}{assumed}: {'; '.join(decisive[:_TOLD])}{more}"
