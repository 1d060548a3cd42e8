"""What follows from the authored records: the rules in ``queries/derive``, certainty, verdicts and name keys."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Store

from kg import locations
from kg.build.certainty import is_listed_alone, judge, verdict
from kg.build.frequency import Said, frequency
from kg.build.prominence import measure_prominence
from kg.build.read import name_in_order
from kg.build.translations import part
from kg.build.voices import evidence
from kg.grounding.normalize import fold, without_umlauts
from kg.grounding.word_bags import word_key
from kg.rdf.namespaces import KG, RDF_TYPE, RDFS_LABEL, SKOS, kg
from kg.sparql.embedded import Embedded

EVIDENCE, SOURCE, LINE = kg("evidence"), kg("source"), kg("EvidenceLine")
#: What is written as ``[ ... ]`` and said by one source: by its property, the folder of its name and its class.
_SAID_BY_ONE = {EVIDENCE: ("evidence", LINE), kg("commonness"): ("commonness", kg("Commonness"))}
FREQUENCY = kg("frequency")
STATUS, CERTAINTY = kg("status"), kg("certainty")
#: What is judged from the evidence.
LISTED_ALONE = kg("listedAlone")
PROMINENCE = kg("prominence")
JUDGED = (STATUS, CERTAINTY, LISTED_ALONE, PROMINENCE, kg("verdict"))
#: Records with words that are no name to be found by: portions, samples, warnings, works and publishers.
_NAMELESS = tuple(KG + folder for folder in ("amount/", "inhibitor/", "red-flag/", "work/", "publisher/"))
#: The rules that must have run before a name is looked up, and then those before the evidence is judged, in this order.
_BEFORE_NAMES = ("01_superproperties", "02_kinds", "03_superclasses", "04_concerns")
_BEFORE_JUDGEMENT = ("04_evidence_of_articles", "05_evidence_of_composition", "05_evidence_of_cutoffs")


def name_evidence(authored: Iterable[Quad], file: str, taken: Counter[str]) -> Iterator[Quad]:
    """The quads of one file with what one source says, written as ``[ ... ]``, named after what it is said of and its source.

    So is each evidence line, and how common a state is. A name that is the same in every build lets a page, a remote engine or
    a later claim refer to the line. What else is blank is named by ``file`` and order.

    Parameters:
        taken: how often each name was given so far; a second line of one source to one record gets a number.
    """
    blank: list[tuple[Any, NamedNode, Any]] = []
    for quad in authored:
        if isinstance(quad.object, BlankNode) or isinstance(quad.subject, BlankNode):
            blank.append((quad.subject, quad.predicate, quad.object))
        else:
            yield quad
    yield from name_in_order(_name_lines(blank, taken), file)


def _name_lines(blank: list[tuple[Any, NamedNode, Any]], taken: Counter[str]) -> Iterator[Quad]:
    said_of = {value: (subject, predicate) for subject, predicate, value in blank if predicate in _SAID_BY_ONE}
    source_of = {subject: value for subject, predicate, value in blank if predicate == SOURCE and subject in said_of}
    names: dict[Any, NamedNode] = {}
    for line, (record, predicate) in said_of.items():
        folder, kind = _SAID_BY_ONE[predicate]
        source = source_of.get(line)
        name = f"{KG}{folder}/{_local(record)}_{_local(source) if source else 'no-source'}"
        taken[name] += 1
        names[line] = NamedNode(name if taken[name] == 1 else f"{name}_{taken[name]}")
        yield Quad(names[line], RDF_TYPE, kind)
    for subject, predicate, value in blank:
        yield Quad(names.get(subject, subject), predicate, names.get(value, value))


def lines(store: Store) -> set[str]:
    """The names of all evidence lines."""
    return {_local(quad.subject) for quad in store.quads_for_pattern(None, RDF_TYPE, LINE, None)}


def find_claimed_amounts(store: Store) -> set[tuple[str, str]]:
    """Food and nutrient of the amounts that a claim speaks of: of all amounts of food the rules read these alone.

    Parameters:
        store: holds the claims and the foods with their groups.
    """
    return {(_local(food), _local(nutrient)) for food, nutrient in Embedded(store).run(_text("claimed_amounts"))}


def derive(store: Store) -> None:
    """Add to ``store`` all that follows from it, by the rules of this version, wherever the records come from."""
    add_names(store)
    for name in _BEFORE_JUDGEMENT:
        _run(store, name)
    store.bulk_extend(_judgements(store))
    store.bulk_extend(_frequencies(store))
    store.bulk_extend(_verdicts(store, _text("statements")))
    _run(store, "06_plain_triples")


def add_names(store: Store) -> None:
    """Add the classes of records and the keys of their names, by which :meth:`kg.graph.Graph.term` finds them."""
    part(store)
    for name in _BEFORE_NAMES:
        _run(store, name)
    store.bulk_extend(_name_keys(store))


def label(store: Store) -> None:
    """Give each claim its sentence as a label, and each source its title under the name that others give it."""
    _run(store, "07_labels")


def _run(store: Store, name: str) -> None:
    # What a rule constructs stays within the engine, which is quicker than taking it out and putting it in again.
    store.update(_text(name).replace("CONSTRUCT {", "INSERT {", 1))


def judge_again(store: Store) -> None:
    """Replace certainty, status and verdicts by those that follow from the evidence as it now is."""
    for predicate in JUDGED:
        for quad in list(store.quads_for_pattern(None, predicate, None, None)):
            store.remove(quad)
    store.bulk_extend(_judgements(store))
    store.bulk_extend(_verdicts(store, _text("statements")))


def _judgements(store: Store) -> Iterator[Quad]:
    for claim, found in evidence(store, _text).items():
        status, certainty = judge(found.lines, found.treatment, found.definition)
        yield Quad(claim, STATUS, kg(status))
        yield Quad(claim, CERTAINTY, kg(_camel(certainty) + "Certainty"))
        if found.routed:
            yield Quad(claim, PROMINENCE, Literal(measure_prominence(found.lines)))
        if found.causal and is_listed_alone(found.lines):
            yield Quad(claim, LISTED_ALONE, Literal(True))


def _frequencies(store: Store) -> Iterator[Quad]:
    lines: defaultdict[NamedNode, dict[str, Said]] = defaultdict(dict)
    for claim, line, affected, examined, share, said, directness in Embedded(store).run(_text("frequencies")):
        lines[claim][line.value] = Said(
            None if affected is None else int(affected.value),
            None if examined is None else int(examined.value),
            None if share is None else float(share.value),
            "" if said is None else _local(said),
            direct=directness is None,
        )
    for claim, found in lines.items():
        if name := frequency(list(found.values())):
            yield Quad(claim, FREQUENCY, kg(name))


def _verdicts(store: Store, statements_query: str) -> Iterator[Quad]:
    judgements: defaultdict[NamedNode, list[tuple[str, str]]] = defaultdict(list)
    for statement, _, status, certainty in Embedded(store).run(statements_query):
        found = judgements[statement]
        if status is not None:
            found.append((_local(status), certainty.value))
    for statement, found in judgements.items():
        yield Quad(statement, kg("verdict"), kg(verdict(found)))


def _name_keys(store: Store) -> Iterator[Quad]:
    return (Quad(subject, kg("nameKey"), Literal(fold(name))) for subject, name in _names(store))


def word_keys(store: Store) -> Iterator[Quad]:
    """The words of each name without regard to order and endings, by which what people write is found."""
    for subject, name in _names(store):
        if words := word_key(name):
            yield Quad(subject, kg("wordKey"), Literal(words))


def _names(store: Store) -> Iterator[tuple[NamedNode, str]]:
    for predicate in (RDFS_LABEL, *(NamedNode(SKOS + name) for name in ("altLabel", "hiddenLabel", "prefLabel"))):
        for subject, _, name, _ in list(store.quads_for_pattern(None, predicate, None)):
            if isinstance(subject, NamedNode) and subject.value.startswith(KG) and not subject.value.startswith(_NAMELESS):
                yield subject, name.value
                if name.language and (written := without_umlauts(name.value, name.language)):
                    yield subject, written


def _text(name: str) -> str:
    with open(os.path.join(locations.files(), "queries", "derive", name + ".rq"), encoding="utf-8") as file:
        return file.read()


def _local(node: Any) -> str:
    return str(node.value).removeprefix(KG).split("/", 1)[-1]


def _camel(words: str) -> str:
    first, *rest = words.split()
    return first + "".join(word.capitalize() for word in rest)
