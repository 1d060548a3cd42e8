"""Synthetic graphs of any size with the shape of the real one, written as a stream.

A large graph is made of copies of the real graph whose records bear a number, so kinds, degrees, evidence, foods with
amounts and loops are those of the real graph by construction. Some causal claims lead into another copy, drawn by the
seed, so that all copies are one web. The first copy keeps its names: the questions of the library find their terms.
What is left over, and a graph smaller than the real one, is a part: claims nearest to the terms that the library asks
about, an equal share of all tables, and the terms and sources that these need.
"""

from __future__ import annotations

import random
from collections import defaultdict, deque
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from kg.build.read import rdf
from kg.build.store import ntriples
from kg.rdf.namespaces import KG, prefixes
from kg.sparql import library
from kg.stores import open_built

ROOT = Path(__file__).parent.parent
#: The share of causal claims that lead into another copy: enough to join the copies, too few to change their shape.
CROSSING = 0.06
#: Where the number of a copy goes in an IRI and in a name.
_IRI, _NAME = "\0", "\1"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_NAMES = {
    "<http://www.w3.org/2000/01/rdf-schema#label>",
    "<http://www.w3.org/2004/02/skos/core#altLabel>",
    f"<{KG}nameKey>",
}
_PLAIN = {f"<{KG}promotes>", f"<{KG}inhibits>"}
_ENDS = {f"<{KG}effect>", f"<{KG}object>"}

#: The folders of records that are derived from others or say something of them; they come along with these.
_FOLLOWING = ("influence", "reading", "commonness", "review", "standing")

#: The folders of records that come with what refers to them or not at all, and need not be there for it.
_OPTIONAL = ("claim/", "amount/", "statement/", "evidence/")

#: What ``bench/reasoning.py`` explains and finds routes between.
_OF_COMMANDS = (
    *("fatigue", "paresthesia", "gait-disturbance", "pallor", "muscle-weakness", "strict-vegan-diet", "metformin-use"),
    *("vitamin-b12-deficiency", "muscle-tightness"),
)

Triple = tuple[str, str, str]


class Shape:
    """The real graph, sorted out for copying: what bears a number, what does not, and which claims may cross."""

    def __init__(self, text: bytes) -> None:
        vocabulary = {str(quad.subject) for quad in rdf(str(ROOT / "ontology" / "kg.ttl"))}
        self.triples = [_split(line) for line in text.decode().splitlines()]
        own = {subject for subject, _, _ in self.triples if subject.startswith(f"<{KG}")}
        self.records = own - vocabulary
        self.causal = {s for s, p, o in self.triples if p == _TYPE and o == f"<{KG}CausalClaim>"} & self.records
        self.claims_of = self._claims_of()

    def template(self, triples: list[Triple]) -> tuple[str, str, list[tuple[str, str]]]:
        """What is written once, what is written for each copy, and the steps of causal claims with their ends to be drawn."""
        once, each = [], []
        steps: defaultdict[str, str] = defaultdict(str)
        ends: dict[str, str] = {}
        for subject, predicate, value in triples:
            if subject in self.causal and predicate in _ENDS:
                steps[subject] += f"{self._marked(subject)} {predicate} \2 .\n"
                ends[subject] = value
            elif predicate not in _PLAIN:
                line = f"{self._marked(subject)} {predicate} {self._object(subject, predicate, value)} .\n"
                (each if subject in self.records else once).append(line)
        self._plain(triples, steps, ends)
        return "".join(once), "".join(each), [(text, ends[claim][:-1]) for claim, text in sorted(steps.items())]

    def _plain(self, triples: list[Triple], steps: dict[str, str], ends: dict[str, str]) -> None:
        for triple in triples:
            for claim in self.claims_of.get(triple, ()):
                if claim in ends:
                    steps[claim] += f"{self._marked(triple[0])} {triple[1]} \2 .\n"

    def _claims_of(self) -> dict[Triple, list[str]]:
        """The claims behind each plain causal triple."""
        said: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for subject, predicate, value in self.triples:
            if subject in self.causal:
                said[subject][predicate] = value
        found: defaultdict[Triple, list[str]] = defaultdict(list)
        for claim, parts in said.items():
            found[parts[f"<{KG}cause>"], parts[f"<{KG}relation>"], parts[f"<{KG}effect>"]].append(claim)
        return {triple: found[triple] for triple in self.triples if triple in found}

    def _marked(self, term: str) -> str:
        return term[:-1] + _IRI + ">" if term in self.records else term

    def _object(self, subject: str, predicate: str, value: str) -> str:
        if predicate in _NAMES and subject in self.records:
            words, quote, tail = value.rpartition('"')
            return words + _NAME + quote + tail
        return self._marked(value)

    def part(self, wanted: int, joins: Joins) -> list[Triple]:
        """Triples of a part of the graph, ``wanted`` or a few more."""
        order = self._order()
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if joins.count(joins.kept(order[:middle])) < wanted else (low, middle)
        kept = joins.kept(order[:low])
        found = [triple for triple in self.triples if joins.is_whole(triple, kept)]
        matched = {value for subject, _, value in found if subject in kept}
        return [triple for triple in found if triple[0].startswith(f"<{KG}") or triple[0] in matched]

    def _order(self) -> list[str]:
        """All records but terms and sources, which follow those that need them: nearest claims first, tables evenly mixed in."""
        kind = {s: o for s, p, o in self.triples if p == f"<{KG}kind>" and s in self.records}
        lists: defaultdict[str, list[str]] = defaultdict(list)
        near = self._nearness()
        for record in sorted(self.records):
            path = record[len(KG) + 1 :].partition("/")
            if path[1] and path[0] not in ("source", "food", "evidence", *_FOLLOWING):
                lists[path[0] if path[0] != "claim" else kind.get(record, "")].append(record)
        for name in lists:
            lists[name].sort(key=lambda record: (near.get(record, (99, 99)), record))
        ranked = [(rank / len(found), record) for found in lists.values() for rank, record in enumerate(found)]
        return [record for _, record in sorted(ranked)]

    def _nearness(self) -> dict[str, tuple[int, int]]:
        """Steps from the terms that are the library's defaults, along claims and what claims join, either way; then those of its farthest end."""
        beside: defaultdict[str, set[str]] = defaultdict(set)
        for subject, predicate, value in self.triples:
            if predicate in (f"<{KG}subject>", f"<{KG}object>", f"<{KG}nutrient>", f"<{KG}biomarker>"):
                beside[subject].add(value)
                beside[value].add(subject)
        near = dict.fromkeys(sorted(_defaults()), 0)
        queue = deque(near)
        while queue:
            here = queue.popleft()
            for other in sorted(beside[here]):
                if other not in near:
                    near[other] = near[here] + 1
                    queue.append(other)
        return {
            record: (steps, max(near[other] for other in beside[record])) for record, steps in near.items() if beside[record]
        }


class Joins:
    """What records of a graph need of each other; sorted out once, since a part of the right size is sought in many steps."""

    def __init__(self, shape: Shape) -> None:
        self.records, self.claims_of = shape.records, shape.claims_of
        self.defaults = _defaults() & shape.records
        self.lines: defaultdict[str, list[str]] = defaultdict(list)
        self.needs: defaultdict[str, list[str]] = defaultdict(list)
        self.followers: defaultdict[str, list[str]] = defaultdict(list)
        self.of: defaultdict[str, list[Triple]] = defaultdict(list)
        relations = {value for _, predicate, value in shape.triples if predicate == f"<{KG}relation>"}
        for triple in shape.triples:
            self._sort_out(triple, relations)

    def _sort_out(self, triple: Triple, relations: set[str]) -> None:
        subject, predicate, value = triple
        place = subject[len(KG) + 1 :].partition("/")[0] if subject in self.records else ""
        if predicate == f"<{KG}evidence>":
            self.lines[subject].append(value)
        if value in self.records:
            if predicate not in relations and not value[len(KG) + 1 :].startswith(_OPTIONAL):
                self.needs[subject].append(value)
            if place in _FOLLOWING:
                self.followers[subject].append(value)
        elif place in _FOLLOWING:
            self.followers.setdefault(subject, [])  # it follows whatever is kept
        self.of[subject if subject in self.records else ""].append(triple)

    def kept(self, chosen: list[str]) -> set[str]:
        """The chosen records with the terms and sources they refer to, and what follows from these alone."""
        kept = {*chosen, *self.defaults}
        kept |= {line for claim in kept for line in self.lines.get(claim, ())}
        queue = list(kept)
        while queue:
            for value in self.needs.get(queue.pop(), ()):
                if value not in kept:
                    kept.add(value)
                    queue.append(value)
        return kept | {record for record, values in self.followers.items() if kept.issuperset(values)}

    def count(self, kept: set[str]) -> int:
        """How many triples the records have that are kept, with those of the vocabulary and of what the records are matched to."""
        found = [triple for record in kept for triple in self.of.get(record, ()) if self.is_whole(triple, kept)]
        matched = {value for subject, _, value in found if subject in kept}
        others = [triple for triple in self.of[""] if triple[0].startswith(f"<{KG}") or triple[0] in matched]
        return len(found) + sum(self.is_whole(triple, kept) for triple in others)

    def is_whole(self, triple: Triple, kept: set[str]) -> bool:
        """Whether all that a triple speaks of is kept."""
        if triple[1] in _PLAIN:
            return any(claim in kept for claim in self.claims_of.get(triple, ()))
        return all(term in kept or term not in self.records for term in (triple[0], triple[2]))


def stream(triples: int, seed: int = 1) -> Iterator[str]:
    """N-Triples of a graph of about ``triples`` triples, copy by copy; the same for the same seed and sources."""
    shape = _shape()
    draw = random.Random(seed)
    once, each, steps = _whole()
    size = len(shape.triples) - once.count("\n")
    whole = max(0, (triples - once.count("\n")) // size)
    rest = triples - once.count("\n") * bool(whole) - whole * size
    if whole:
        yield _numbered(once, 0)
        for number in range(whole):
            yield from _copy(number, each, steps, whole, draw)
    if rest > size / 50 or not whole:
        vocabulary = once.count("\n") if whole else 0
        once, each, steps = shape.template(shape.part(rest + vocabulary, _joins()))
        yield "" if whole else _numbered(once, 0)
        yield from _copy(whole, each, steps, whole, draw)


@cache
def _shape() -> Shape:
    """The real graph; sorted out once for all sizes that a process makes."""
    return Shape(ntriples(open_built(str(ROOT))))


@cache
def _joins() -> Joins:
    return Joins(_shape())


@cache
def _whole() -> tuple[str, str, list[tuple[str, str]]]:
    return _shape().template(_shape().triples)


def _copy(number: int, each: str, steps: list[tuple[str, str]], copies: int, draw: random.Random) -> Iterator[str]:
    yield _numbered(each, number)
    found = []
    for text, end in steps:
        other = draw.randrange(copies) if copies and draw.random() < CROSSING else number
        found.append(_numbered(text, number).replace("\2", f"{end}{_tag(other)}>"))
    yield "".join(found)


def _numbered(text: str, number: int) -> str:
    return text.replace(_IRI, _tag(number)).replace(_NAME, f" {number}" if number else "")


def _tag(number: int) -> str:
    return f"-copy-{number}" if number else ""


def _split(line: str) -> Triple:
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest[:-2]


def _defaults() -> set[str]:
    """The terms that the questions ask for by default, and those of the commands that are measured."""
    found = {f"<{KG}{name}>" for name in _OF_COMMANDS}
    for name in library.names():
        for parameter in library.question(name).parameters.values():
            prefix, _, local = parameter.default.partition(":")
            if parameter.default.startswith("<"):
                found.add(parameter.default)
            elif prefix in prefixes():
                found.add(f"<{prefixes()[prefix]}{local}>")
    return found


def write(path: Path, triples: int, seed: int = 1) -> None:
    """A synthetic graph as an N-Triples file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(stream(triples, seed))
