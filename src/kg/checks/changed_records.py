"""Whether a repository that had no problem still has none, from the records that changed and those that they hang on.

This proves that nothing is wrong, or it proves nothing: where it finds a problem, or cannot tell, everything is checked. It looks
at claims that were added, or changed without losing what they name, and at sources that were added. Such a change can only spoil
the records themselves, or claims with the same ends: what lacks a claim or a citation lacks no more than before.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad, RdfFormat, Store, parse

from kg.build import derive, retired, tables
from kg.checks import credit, hosts, languages, own_shapes, sources, texts
from kg.checks.base_state import State
from kg.checks.ill_typed import ill_typed
from kg.checks.misplaced import find_misplaced
from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.checks.scope_words import find_unsaid_scopes
from kg.checks.stored_queries import folders_of_checks, list_checks, of_checks
from kg.checks.value_kinds import Values
from kg.checks.written import find_hand_written, find_misspelt_identifiers
from kg.errors import DataError
from kg.rdf.namespaces import KG, RDF_TYPE, iri_to_compact, kg
from kg.rdf.turtle_blocks import Uncut, cut, expand, index, join, list_names, trim

#: Checks of what lacks a claim, a citation or a use. Of records that did not change nothing lacks more than before.
LACKS = frozenset(
    (
        *("no_cutoff_without_claim", "no_finding_without_cause", "no_nutrient_without_route", "no_own_disease_without_claim"),
        *("no_source_nobody_cites", "no_statement_without_verdict", "no_term_nobody_uses", "no_undeclared_term"),
    )
)
#: Checks that look at one record and what it names, or at two that share their ends, an identifier, a title or an address.
NEAR = frozenset(
    (
        *("no_amount_told_twice", "no_biomarker_without_reading", "no_causal_end_that_is_no_state"),
        *("no_claim_on_old_sources_alone", "no_claim_told_twice", "no_claim_with_wrong_end", "no_claim_without_evidence"),
        *("no_commonness_against_its_share", "no_contradiction_of_direction", "no_drawn_property_without_terms"),
        "no_evidence_from_what_is_no_source",
        *("no_evidence_without_stance_or_source", "no_exact_match_of_another_kind", "no_id_that_two_terms_match_exactly"),
        *("no_incomplete_claim", "no_kinds_over_four_levels", "no_lack_named_by_a_measurement", "no_mapping_to_the_opposite"),
        *("no_note_that_only_says_listed", "no_own_disease_of_another_class", "no_record_of_two_disjoint_classes"),
        *("no_relation_of_another_class", "no_self_loop", "no_source_without_kind", "no_state_without_what_it_is_of"),
        *("no_term_without_words", "no_treatment_without_whom", "no_two_sources_of_one_identifier"),
        *("no_two_sources_of_one_title_or_address", "no_two_terms_of_one_name", "no_unexplained_finding_with_a_cause"),
        *("no_units_that_cannot_be_compared", "no_unknown_class", "no_unknown_property", "no_use_of_what_is_retired"),
        *("no_introduction_that_counts_as_a_result", "no_place_told_twice", "no_withdrawn_work_that_weighs"),
    )
)
#: More than so many records that changed, or that share ends with them, are not looked at one by one.
MOST = 200
#: Properties whose values thousands of claims share.
_OF_ALL = frozenset((RDF_TYPE.value, KG + "relation"))
STATEMENTS = "data/articles/statements.tsv"


def is_still_good(root: str, base: State, now: State, others: dict[str, bytes]) -> bool:
    """Whether it is certain that nothing is wrong.

    Parameters:
        base: the state that had no problem; all but its records is as it was.
        others: the other Turtle files of the repository, by their relative paths.
    """
    if base.rest != now.rest or not base.texts.keys() <= now.texts.keys() or not _is_library(root):
        return False
    try:
        changed = {name: text for name, text in now.texts.items() if text != base.texts.get(name)}
        return _Change(root, base, now, others, changed).is_good()
    except (Uncut, DataError, SyntaxError, ValueError, KeyError):
        return False


def _is_library(root: str) -> bool:
    """Whether a repository is checked by nothing but the checks that are known here."""
    names = {
        name.removesuffix(".rq")
        for folder in folders_of_checks(root)
        for place in (folder, os.path.join(folder, "written"))
        for name in list_checks(place)
    }
    return names <= LACKS | NEAR and not own_shapes.files(root)


class _Change:
    """The records of a repository that changed, and what they hang on."""

    def __init__(self, root: str, base: State, now: State, others: dict[str, bytes], changed: dict[str, bytes]) -> None:
        self.root, self.now, self.changed = root, now, changed
        self.old: dict[str, bytes] = {}
        self.new: dict[str, bytes] = {}
        self.file_of: dict[str, str] = {}
        self.known: dict[str, bytes] = {}
        for name, text in {**now.texts, **{name: text for name, text in others.items() if name.startswith("data/")}}.items():
            for record, block in (cut(text) if name in changed else index(text)).items():
                if record in self.known:
                    raise Uncut
                self.known[record] = block
                if name in changed:
                    self.new[record], self.file_of[record] = block, name
        for name in changed:
            for record, block in index(base.texts.get(name, b"")).items():
                self.old[record] = block
                if self.file_of.get(record, name) != name:  # it was moved
                    raise Uncut
        self.touched = {record for record, block in self.new.items() if trim(block) != trim(self.old.get(record, b""))}
        self.ontology = [text for name, text in others.items() if name.startswith("ontology/")]

    def is_good(self) -> bool:
        """Whether no problem is possible."""
        if not self.old.keys() <= self.new.keys() or len(self.touched) > MOST or not all(map(self._is_simple, self.touched)):
            return False
        for name, text in self.changed.items():
            path = os.path.join(self.root, name)
            if any(texts.of_turtle(path, text)) or any(languages.of_turtle(path, text)):
                return False
        return not self.touched or not any(self._problems())

    def _is_simple(self, record: str) -> bool:
        """Whether a record was added, or names all that it named; and is of a kind that is looked at here."""
        block = self.new[record]
        if record not in self.old:
            return record.startswith(("claim:", "source:"))
        if not record.startswith("claim:") or b"Under the name" in block:
            return False
        return _list_facts(self.old[record]) <= _list_facts(block)

    def _problems(self) -> Iterator[object]:
        """What may be wrong; anything at all has everything checked."""
        mates = self._list_mates()
        near = {*mates, *self.touched}
        sources_too = any(record.startswith("source:") for record in self.touched)
        statements = [
            quad
            for cells, mapping in tables.read(self.root, [STATEMENTS])
            if not near.isdisjoint(f"claim:{name}" for column in ("states", "summarises") for name in cells.many(column))
            for quad in mapping(cells)
        ]
        articles = {iri_to_compact(quad.object.value) for quad in statements if quad.predicate == kg("article")}  # type: ignore[union-attr]
        blocks = self._close({*near, *articles})
        if len(mates) > MOST or blocks is None:
            yield "too much"
            return
        store = Store()
        for text in self.ontology:
            store.load(text, format=RdfFormat.TURTLE)
        if sources_too:
            blocks |= {
                record: block
                for name, text in self.now.texts.items()
                if name.startswith("data/sources/")
                for record, block in index(text).items()
            }
        store.load(join(blocks.values()), format=RdfFormat.TURTLE)
        yield from self._find(store, near, sources_too, statements)

    def _find(self, store: Store, near: set[str], sources_too: bool, statements: list[Quad]) -> Iterator[object]:
        places = _Near(self.root, {expand(record): os.path.join(self.root, self.file_of[record]) for record in self.touched})
        yield from (*find_hand_written(store, places), *find_misspelt_identifiers(store, places))
        yield from ill_typed(store, places, Values(store, places))
        store.bulk_extend(retired.quads(self.root))
        store.bulk_extend(statements)
        folders = folders_of_checks(self.root)
        for folder in folders:
            yield from _ask(store, os.path.join(folder, "written"), places, near)
        derive.derive(store)
        for record in near:
            node = NamedNode(expand(record))
            facts = {(quad.predicate, quad.object) for quad in store.quads_for_pattern(node, None, None)}
            refuted = (kg("status"), kg("refuted")) in facts
            by_tables = any((RDF_TYPE, kg(kind)) in facts for kind in ("DiagnosticClaim", "CompositionClaim"))
            if refuted or by_tables:  # whose evidence stands in tables too; a claim that is refuted takes a step from routes
                yield record
        for folder in folders:
            yield from _ask(store, folder, places, near)
        yield from find_misplaced(store, self.root, places)
        yield from credit.problems(store, self.root, places)
        yield from find_unsaid_scopes(store, places)
        if sources_too:
            yield from (*sources.problems(store, places), *hosts.find_refused(store, self.root, places))

    def _list_mates(self) -> set[str]:
        """The claims that name two or more of the records that a touched one names itself: its ends are among them."""
        mates = set()
        for record in self.touched:
            facts = _list_facts(self.new[record])
            named = {value for subject, name, value in facts if subject == expand(record) and name not in _OF_ALL}
            names = [iri_to_compact(iri).encode() for iri in named if iri.startswith(KG)]
            for other, block in self.known.items():
                if other.startswith("claim:") and sum(name in block for name in names) > 1:
                    mates.add(other)
        return mates - self.touched

    def _close(self, names: set[str]) -> dict[str, bytes] | None:
        """The blocks of some records and of all that they name, however far; None where that leads to another claim."""
        found: dict[str, bytes] = {}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in found or name not in self.known:
                continue
            if name.startswith("claim:") and name not in names:
                return None
            found[name] = self.known[name]
            waiting += list_names(found[name])
        # What names a term, as a system its parts, decides in which file a claim stands.
        systems = {name: block for name, block in self.known.items() if b" a kg:OrganSystem" in block}
        return {**systems, **found}


class _Near(Places):
    """The files of the records that changed; others are not looked up, since no problem is shown."""

    def __init__(self, root: str, files: dict[str, str]) -> None:
        super().__init__(root)
        self._files = files

    def of(self, iri: str) -> tuple[str, int] | None:
        """The file of a record that changed, from its root on."""
        return (os.path.abspath(self._files[iri]), 1) if iri in self._files else None


def _ask(store: Store, folder: str, places: Places, near: set[str]) -> Iterator[Problem]:
    """The rows of the checks of a folder; of those of what is lacking only the rows of some records."""
    yield from of_checks(store, folder, places, NEAR)
    yield from (problem for problem in of_checks(store, folder, places, LACKS) if problem.record in near)


def _list_facts(block: bytes) -> set[tuple[str, str, str]]:
    """Subject, property and value of what a block says of things with a name; a subject without one is empty."""
    return {
        (
            getattr(quad.subject, "value", "") if isinstance(quad.subject, NamedNode) else "",
            quad.predicate.value,
            quad.object.value,
        )
        for quad in parse(join([block]), format=RdfFormat.TURTLE)
        if isinstance(quad.object, NamedNode)
    }
