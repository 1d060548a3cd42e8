"""What the graph gains and loses where claims were added, changed or removed, or sources and terms added: derived from these and what they hang on.

The rules of the build run on a small store, which holds these records, all that a rule reads beside them, and nothing else. They run
on the claims as they were, too, and what they give then has to be what the built graph says of them. Where it is not, or where
a claim is of a kind whose evidence stands in tables, there is no result, and the whole graph is built.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.build import derive
from kg.build.certainty import verdict
from kg.build.derived_claims import (
    CAUSE,
    EFFECT,
    OBJECT,
    RELATION,
    STATUS,
    SUBJECT,
    derive_claims,
    find_between,
    list_facts,
    list_plain,
)
from kg.build.value_kinds import kinds_of
from kg.errors import DataError
from kg.rdf.collector import pause_collector
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, kg
from kg.rdf.nesting import refuse_broken_off, refuse_what_kills
from kg.rdf.turtle_blocks import Uncut, cut, expand, trim

#: More claims than so many are not looked at one by one.
MOST = 60
_CERTAINTY, _EXPRESSED_BY, _VERDICT = map(kg, ("certainty", "expressedBy", "verdict"))
_ACCESS = kg("access")
#: What a term says of others that changes what is walked from them.
_KINDS = frozenset(map(kg, ("kindOf", "diseaseOf")))
_DIAGNOSTIC, _CAUSAL, _COMPOSITION = map(kg, ("DiagnosticClaim", "CausalClaim", "CompositionClaim"))
#: What the strength of a route is made of.
_COUNTS_FOR_ROUTES = frozenset(
    (
        *(RDF_TYPE, CAUSE, EFFECT, RELATION, STATUS, _CERTAINTY, derive.FREQUENCY, derive.LISTED_ALONE, derive.PROMINENCE),
        *map(kg, ("onlyWhen", "compensatesFor", "byDefinition")),
    )
)


class Change(NamedTuple):
    """The triples that a graph loses and gains, influences apart; the records that go and come; the ends of steps that changed."""

    lost: set[Triple]
    gained: set[Triple]
    gone: set[str]
    come: set[str]
    steps: set[tuple[str, str]]


@pause_collector()
def find_change(built: Store, old: dict[str, bytes], new: dict[str, bytes]) -> Change | None:
    """The change of a built graph where files of claims or sources changed; None where the whole graph has to be built.

    Parameters:
        old: the texts of all files of claims, sources and terms that the graph was built from, by path.
        new: the same as they are now.
    """
    try:
        before, after = _list_changed(old, new)
        if not before and not after:
            return Change(set(), set(), set(), set(), set())
        return _compare(built, before, after) if len(before.keys() | after.keys()) <= MOST else None
    except (_Unsure, Uncut, DataError, SyntaxError, ValueError, KeyError):
        return None


class _Unsure(Exception):
    """More hangs on a claim than is looked at here."""


class _Block(NamedTuple):
    """A record as it is written: its file, the prefixes of that file, and its text."""

    path: str
    head: bytes
    text: bytes


def _list_changed(old: dict[str, bytes], new: dict[str, bytes]) -> tuple[dict[str, _Block], dict[str, _Block]]:
    """The blocks of the records that changed, or stand in another file, as they were and as they are."""
    changed = [name for name in old.keys() | new.keys() if old.get(name) != new.get(name)]
    before, after = (_cut_all({name: texts[name] for name in changed if name in texts}) for texts in (old, new))
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    others = [text for name, text in new.items() if name not in changed]
    for name in touched:
        line = f"\n{name} ".encode()
        added = name not in before and name.startswith(("source:", "kg:"))
        if not (added or name.startswith("claim:")) or any(line in text for text in others):
            raise _Unsure
    return {name: before[name] for name in touched & before.keys()}, {name: after[name] for name in touched & after.keys()}


def _cut_all(texts: dict[str, bytes]) -> dict[str, _Block]:
    found: dict[str, _Block] = {}
    for path, text in texts.items():
        refuse_what_kills(path, text, RdfFormat.TURTLE)
        refuse_broken_off(path, text, RdfFormat.TURTLE)
        blocks = cut(text)
        if not found.keys().isdisjoint(blocks):
            raise _Unsure
        first = len(text) - sum(map(len, blocks.values()))
        head = b"".join(line for line in text[:first].splitlines(True) if line.startswith(b"@prefix"))
        found |= {name: _Block(path, head, trim(block) + b"\n") for name, block in blocks.items()}
    return found


def _compare(built: Store, before: dict[str, _Block], after: dict[str, _Block]) -> Change:
    own = {NamedNode(expand(name)) for name in before.keys() | after.keys()}
    for node in (NamedNode(expand(name)) for name in after.keys() - before.keys() if not name.startswith("claim:")):
        uses = (built.quads_for_pattern(None, None, node, None), built.quads_for_pattern(None, node, None, None))
        if any(next(found, None) for found in uses):
            raise _Unsure  # what was there before names it
    written = [_read(blocks, own) for blocks in (before, after)]
    if any(map(kinds_of(built).mix, written[1])):
        raise _Unsure  # the build of the whole says what is wrong
    claims = own | {claim for quads in written for claim in _find_supported(built, quads, own)}
    was, now = (derive_claims(built, claims, own, quads) for quads in written)
    known = list_facts(built, claims)
    said, says = list_facts(was, claims), list_facts(now, claims)
    if said != known:
        raise _Unsure
    _check_names(built, claims, said, says)
    lost, gained = known - says, says - known
    if list_plain(was, claims) - list_plain(now, claims):  # whether something else says it is not known here
        raise _Unsure
    gained |= list_plain(now, claims) - list_plain(was, claims)
    for triples, verdicts in ((lost, _judge(built, claims, was)), (gained, _judge(built, claims, now))):
        triples |= verdicts
    same = lost & gained
    there, then = _list_records(said), _list_records(says)
    return Change(lost - same, gained - same, there - then, then - there, _find_steps(known, says))


def _list_records(said: set[Triple]) -> set[str]:
    """The claims that are judged, the lines of evidence and the sources, which tables of reviews, readings and look-ups may name."""
    return {
        triple.subject.value  # type: ignore[union-attr]
        for triple in said
        if triple.predicate in (STATUS, _ACCESS) or (triple.predicate, triple.object) == (RDF_TYPE, derive.LINE)
    }


def _read(blocks: dict[str, _Block], own: set[NamedNode]) -> list[Quad]:
    """What is written in blocks of claims, sources and terms, and of nothing else."""
    quads: list[Quad] = []
    for head in {block.head for block in blocks.values()}:
        text = head + b"".join(block.text for block in blocks.values() if block.head == head)
        quads += derive.name_evidence(parse(text, format=RdfFormat.TURTLE), "claims", Counter())
    lines = {quad.object for quad in quads if quad.predicate == derive.EVIDENCE}
    if not {quad.subject for quad in quads} <= own | lines:
        raise _Unsure
    if any(isinstance(quad.object, BlankNode) or quad.object == _COMPOSITION or quad.predicate in _KINDS for quad in quads):
        raise _Unsure
    return quads


def _find_supported(built: Store, written: list[Quad], own: set[NamedNode]) -> Iterator[Any]:
    """The claims to which a claim that a finding tells of a state lends its evidence."""
    ends = {(quad.subject, quad.predicate): quad.object for quad in written}
    for quad in written:
        if quad.predicate == RDF_TYPE and quad.object == _DIAGNOSTIC:
            cause, effect = ends[quad.subject, OBJECT], ends[quad.subject, SUBJECT]
            yield from find_between(built, CAUSE, cause, EFFECT, effect)
        if quad.predicate == RDF_TYPE and quad.object == _CAUSAL:
            found = find_between(built, CAUSE, ends[quad.subject, CAUSE], EFFECT, ends[quad.subject, EFFECT])
            if not found <= own and any(
                find_between(built, OBJECT, ends[quad.subject, CAUSE], SUBJECT, ends[quad.subject, EFFECT])
            ):
                raise _Unsure  # two of the same ends, one of which the evidence is lent to


def _check_names(built: Store, claims: set[NamedNode], said: set[Triple], says: set[Triple]) -> None:
    """Refuse a line of evidence that belongs to another claim too, or whose name another one has or would get."""
    lines = [[triple.object for triple in triples if triple.predicate == derive.EVIDENCE] for triples in (said, says)]
    for line in {*lines[0], *lines[1]}:
        if not isinstance(line, NamedNode) or lines[0].count(line) > 1 or lines[1].count(line) > 1:
            raise _Unsure
        for name in (line, NamedNode(f"{line.value}_2")):
            if not {quad.subject for quad in built.quads_for_pattern(None, derive.EVIDENCE, name, None)} <= claims:
                raise _Unsure


def _judge(built: Store, claims: set[NamedNode], derived: Store) -> set[Triple]:
    """The verdicts on the statements that name some of the claims, which are judged as ``derived`` has them."""
    found = set()
    for statement in {quad.subject for claim in claims for quad in built.quads_for_pattern(None, _EXPRESSED_BY, claim, None)}:
        judgements = []
        for quad in built.quads_for_pattern(statement, _EXPRESSED_BY, None, None):
            store = derived if quad.object in claims else built
            claim: Any = quad.object
            for status in store.quads_for_pattern(claim, STATUS, None, None):
                [certainty] = store.quads_for_pattern(claim, _CERTAINTY, None, None)
                label: Any = next(built.quads_for_pattern(certainty.object, RDFS_LABEL, None, None)).object  # type: ignore[arg-type]
                judgements.append((status.object.value.removeprefix(KG), label.value))  # type: ignore[union-attr]
        found.add(Triple(statement, _VERDICT, kg(verdict(judgements))))
    return found


def _find_steps(said: set[Triple], says: set[Triple]) -> set[tuple[str, str]]:
    """The ends of causal claims of which something changed that counts for routes, as they were and as they are."""
    before, after = ({triple for triple in triples if triple.predicate in _COUNTS_FOR_ROUTES} for triples in (said, says))
    changed = {triple.subject for triple in before ^ after}
    steps = set()
    for triples in (before, after):
        for claim in changed:
            ends = [[one.object for one in triples if (one.subject, one.predicate) == (claim, end)] for end in (CAUSE, EFFECT)]
            steps |= {(cause.value, effect.value) for cause, effect in product(*ends)}  # type: ignore[union-attr]
    return steps
