"""Add a record: print it as a block to fill in, or write it to its file with --write.

  kg new claim 'magnesium deficiency' promotes 'restless legs' --read 'sleep and magnesium' --locator Results --write
  kg new claim 'iron tablets' treats fatigue --only-when 'low ferritin' --dose '80 mg a day' --read 'nonanemic menstruating women'
  kg new evidence hypomagnesemia promotes 'muscle cramp' --read TITLE --stance disputes --note 'found no effect'
  kg new term 'brittle hair' --kind Sign --definition 'Hair that breaks.' --of hair --deviation damaged --synonym 'fragile hair'
  kg new source 'Title as it stands' --study-kind Review --access original --url https://... --identifier DOI:...
  kg new translation 'muscle cramp' de Muskelkrampf --synonym Wadenkrampf
  kg new term 'a gene' --kind Gene --definition 'What it is.' --set encodes='a transporter'     a class of one's own
  kg new question foods_without --summary 'Foods without a nutrient'
  kg new check no_claim_of_one_word

On a terminal, kg asks for missing values; otherwise they are printed as FILL-IN. Any name that kg term knows is accepted.
"""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from kg.authoring import blocks, placement, properties
from kg.authoring.lookup import (
    choose_word,
    connect_records,
    external,
    find_identifier,
    find_source,
    skeleton,
    state_or_population,
)
from kg.authoring.naming import address_fault, identifier, identifier_fault, local_name, refuse_taken, refuse_unseen
from kg.authoring.relations import Relation, relation, relations
from kg.checks import validate
from kg.checks.known import validate_unless_known
from kg.checks.unread_queries import name_fault
from kg.cli.new_options import TREATMENT, arguments
from kg.cli.turns import in_turn
from kg.cli.written import NEXT, repository
from kg.errors import UnknownName, UsageError
from kg.graph import Graph, connect
from kg.rdf.namespaces import KG, iri_to_compact
from kg.sparql import library
from kg.sparql.library import nearest_names, reading

__all__ = ["arguments", "run"]


@in_turn
def run(options: Namespace) -> int:
    """Make the block; print it, or write and check it."""
    if options.record in ("question", "check"):
        return _query(options)
    if options.record == "translation":
        from kg.cli import new_translation

        return new_translation.run(options, repository(options.source))
    label = " ".join(" ".join(options.words).split()) if options.record in ("term", "source") else ""
    texts = [getattr(options, name.replace("-", "_")) for name in ("definition", "note", "locator", *TREATMENT)]
    refuse_unseen([label, *options.synonym, *filter(None, texts)])
    root = repository(options.source)
    graph = connect_records(root)
    shape = {"claim": _claim, "evidence": _evidence, "term": _term, "source": _source}[options.record]
    block, place, name = shape(options, graph, root)
    path = os.path.normpath(place)
    placement.refuse_elsewhere(root, path) if options.file else None
    if not options.write:
        print(block, end="" if block.endswith("\n") else "\n")
        print(f"kg: it belongs in {path}; --write puts it there", file=sys.stderr)
        return 0
    if blocks.MISSING in block:
        raise UsageError("something is still missing; " + blocks.list_missing(block))
    line = placement.add_evidence(path, name, block) if options.record == "evidence" else placement.insert(path, block)
    print(f"{path}:{line}")
    return _check(root, path, name if options.record == "evidence" else block.split(None, 1)[0])


def _check(root: str, path: str, name: str) -> int:
    """Tell the problems of the file. That nothing refers to the new record yet is not a problem but the next step."""
    problems = validate_unless_known(validate, root, [path], learn=False)
    problems = [problem for problem in problems if problem.problem not in NEXT or problem.record == name]
    for problem in problems:
        following = NEXT.get(problem.problem)
        print(f"kg: next, for {problem.record}: {following}" if following else problem, file=sys.stderr)
    return int(any(problem.problem not in NEXT for problem in problems))


def _claim(options: Namespace, graph: Graph, root: str) -> tuple[str, str, str]:
    subject, asserted, target = _ends(options, graph)
    name = blocks.claim_name(subject, asserted.name, target)
    known = placement.where(root, name)
    if known:
        again = " ".join(f"'{word}'" for word in options.words)
        raise UsageError(f"{known[0]}:{known[1]}: {name} already exists; add your source with kg new evidence {again}")
    placement.refuse_retired(root, name, "if it holds after all, take out its row there")
    rival = graph.term(options.rather_than, "State").iri if options.rather_than else ""
    kind = asserted.kind
    words = {name: getattr(options, name) for name in ("onset", "reversibility")}
    words |= {blocks.camel(name): getattr(options, name.replace("-", "_")) for name in TREATMENT}
    scope = _scope(options, graph, kind)
    line = _line(options, graph)
    block = blocks.claim(subject, asserted, target, [line], {"ratherThan": rival, **words}, scope)
    return block, options.file or placement.of_claim(root, graph.rows, kind, subject, target), name


def _scope(options: Namespace, graph: Graph, kind: str) -> dict[str, list[str]]:
    """In whom a claim holds, as IRIs by property; of a treatment it must be said."""
    needed = [state_or_population(graph, name) for name in options.only_when]
    people = [graph.term(name, "Population").iri for name in options.population]
    if kind == "TreatmentClaim" and not (needed or people):
        asked = _ask(
            "in whom it holds: a state (the treated one where in all who have it), exposure or population", blocks.MISSING
        )
        needed = [asked if asked == blocks.MISSING else state_or_population(graph, asked)]
    reading = [KG + choose_word(graph, options.reading, "reading", "Deviation")] if options.reading else []
    return {"onlyWhen": needed, "population": people, "reading": reading}


def _evidence(options: Namespace, graph: Graph, root: str) -> tuple[str, str, str]:
    subject, asserted, target = _ends(options, graph)
    name = blocks.claim_name(subject, asserted.name, target)
    known = placement.where(root, name)
    if known is None:
        raise UsageError(
            f"no such claim exists yet; write it with kg new claim {' '.join(repr(word) for word in options.words)}"
        )
    return _line(options, graph), known[0], name


def _ends(options: Namespace, graph: Graph) -> tuple[str, Relation, str]:
    words = options.words
    if len(words) != 3:
        words = [_ask("subject"), _ask("relation", "promotes"), _ask("object")]
    asserted = relation(relations(graph.rows), words[1])
    options.words = words
    subject, target = graph.term(words[0], asserted.domain or None), graph.term(words[2], asserted.range or None)
    if subject.iri == target.iri:
        raise UsageError(f"both ends are {subject.label}; a claim joins two terms")
    return subject.iri, asserted, target.iri


def _line(options: Namespace, graph: Graph) -> str:
    read = options.read or _ask("title of the source that was read", blocks.MISSING)
    locator = options.locator or _ask("where in the source", " ").strip()
    note = options.note or _ask("what it says, in your own words", " ").strip()
    source = "" if read == blocks.MISSING else find_source(graph, read)
    often = choose_word(graph, options.frequency, "frequency", "Frequency") if options.frequency else ""
    return blocks.evidence_line(source, options.stance, locator, note, options.indirect, often)


def _term(options: Namespace, graph: Graph, root: str) -> tuple[str, str, str]:
    label = " ".join(" ".join(options.words).split()) or _ask("label")
    _warn_of_twins(graph, [label, *options.synonym])
    name = _free(root, "kg", options.name or local_name(label))
    kind = options.kind or _ask("class, such as Symptom, Sign, Condition or Exposure")
    asked = reading("choices", of="http://www.w3.org/2002/07/owl#Class")
    classes = [row["choice"].value.rpartition("/")[2] for row in graph.rows(asked)]
    if kind not in classes:
        nearest = " or ".join(nearest_names(kind, classes))
        raise UsageError(
            f"--kind {kind}: not a class of the ontology; {f'did you mean {nearest}?' if nearest else 'see ontology/kg.ttl'}"
        )
    deviation = choose_word(graph, options.deviation, "deviation", "Deviation") if options.deviation else ""
    definition = options.definition or _ask("definition in your own words", blocks.MISSING)
    of = graph.term(options.of).iri if options.of else ""
    own = graph.term(options.disease_of, "NutrientStatus").iri if options.disease_of else ""
    path = options.file or placement.of_term(root, kind)
    for public, found in external(root, [label, *options.synonym]):
        print(
            f"kg: {public} {found!r} has this name; where kind and meaning agree, map it in ontology/mappings.sssom.tsv",
            file=sys.stderr,
        )
    more = [properties.line(graph, *properties.split_pair("--set", one)) for one in options.set]
    return blocks.term(label, kind, definition, options.synonym, of, deviation, name, own, more), path, ""


def _free(root: str, space: str, name: str) -> str:
    """A local name, where no record bears it yet."""
    if name != local_name(name):
        raise UsageError(f"--name {name}: a name is lower-case words joined by hyphens, such as {local_name(name)}")
    placement.refuse_retired(root, f"{space}:{name}")
    known = placement.where(root, f"{space}:{name}")
    if known:
        raise UsageError(
            f"{known[0]}:{known[1]}: {space}:{name} already exists; use that record, or give another name with --name"
        )
    return name


def _warn_of_twins(graph: Graph, names: list[str]) -> None:
    for name in names:
        try:
            twin = graph.term(name)
        except UnknownName:
            continue
        raise UsageError(
            f"{name!r} is a name of {iri_to_compact(twin.iri)} ({twin.kind}) already; use that term, or another name"
        )


def _source(options: Namespace, graph: Graph, root: str) -> tuple[str, str, str]:
    title = " ".join(" ".join(options.words).split()) or _ask("title")
    _warn_of_twins(graph, [title])
    name = _free(root, "source", options.name or blocks.source_name(title))
    options.identifier = [identifier(one) for one in options.identifier]
    if options.url and (wrong := address_fault(options.url)):
        raise UsageError(f"--url {options.url}: {wrong}")
    for one in options.identifier:
        if wrong := identifier_fault(one):
            raise UsageError(f"--identifier {one}: {wrong}")
        known = find_identifier(graph, one)
        if known:
            raise UsageError(f"{one} is already {iri_to_compact(known)}; cite that with --read {one}")
    kind = options.study_kind or _ask("kind of study", blocks.MISSING)
    access = options.access or _ask("how close to the original is what you read", blocks.MISSING)
    if options.write:
        kind = choose_word(graph, kind.replace(blocks.MISSING, ""), "study-kind", "StudyKind")
        access = choose_word(graph, access.replace(blocks.MISSING, ""), "access", "Access")
    path = options.file or os.path.join(root, "data", "sources", "literature.ttl")
    return blocks.source(title, kind, access, options.url, options.identifier, name), path, ""


def _query(options: Namespace) -> int:
    name = "_".join(options.words) or _ask("name")
    if wrong := name_fault(name):
        raise UsageError(f"{name!r} {wrong}")
    root = repository(options.source) if options.write or options.source else ""
    path, text = skeleton(options.record, name, options.summary, connect(root))
    path = os.path.normpath(os.path.join(root, path))
    if not options.write:
        print(text, end="")
        return 0
    folder = os.path.dirname(path)
    refuse_taken(folder, name, library.names() if options.record == "question" else [])
    from kg.atomic import write

    os.makedirs(folder, exist_ok=True)
    write(path, text.encode())
    print(path)
    return 0


def _ask(what: str, default: str = "") -> str:
    """An answer from the terminal; elsewhere the default, and an error where there is none."""
    if not sys.stdin.isatty():
        if default:
            return default
        raise UsageError(f"the {what} is missing; see kg new --help")
    print(f"{what}: ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip() or default
