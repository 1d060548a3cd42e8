"""The built graph: put together from its sources, kept on disk by their hash, opened read-only at once; and large files likewise."""

from __future__ import annotations

import mmap
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from pyoxigraph import DefaultGraph, Quad, RdfFormat, Store, serialize

from kg import locations
from kg.build import (
    derive,
    formats,
    kept_claims,
    read,
    readings,
    retired,
    reviews,
    tables,
    translations,
    withdrawal_lookups,
)
from kg.build.causal_scan import scan_causal
from kg.build.influence import influences
from kg.build.steps import keep_steps
from kg.build.store_folders import make_folder
from kg.build.updated_store import update
from kg.build.value_kinds import Kinds, refuse_mixed
from kg.rdf.collector import pause_collector
from kg.rdf.nesting import refuse_broken_off, refuse_what_kills
from kg.rdf.scratch import Scratch
from kg.rdf.sorted_lines import sort_pieces

#: So many triples are put on disk at a time: more cost memory, fewer cost time.
BATCH = 50_000


@pause_collector()
def build_graph(root: str | None = None) -> Store:
    """The built graph in memory.

    Raises:
        kg.errors.DataError: a source that cannot be read, with file, line and fix.
    """
    store, more = _derive(root or locations.files())
    for first in more:
        store.bulk_extend([first, *islice(more, BATCH)])
    return store


@pause_collector()
def build_records(root: str) -> Store:
    """What is written but for the amounts of food, with the classes and keys by which a name is found, in memory.

    Raises:
        kg.errors.DataError: a source that cannot be read, with file, line and fix.
    """
    store = Store()
    store.bulk_extend(_sources(root))
    derive.add_names(store)
    derive.label(store)
    return store


def _derive(root: str, folder: str | None = None) -> tuple[Store, Iterator[Quad]]:
    """The graph but for what no rule and no check reads, and this: more than half of it, which need not be in memory.

    Parameters:
        folder: where its causal steps are kept for walks.
    """
    store = Store()
    store.bulk_extend(_sources(root))
    claimed = derive.find_claimed_amounts(store)
    store.bulk_extend(_contents(root, lambda amount: amount in claimed))
    derive.derive(store)
    return store, chain(_complete(store, root, folder), _contents(root, lambda amount: amount not in claimed))


def _complete(store: Store, root: str, folder: str | None = None) -> Iterator[Quad]:
    """Add to a store what is looked up in it and no rule asks of; what is derived or told of it besides is returned."""
    store.bulk_extend(list(derive.word_keys(store)))
    derive.label(store)
    store.bulk_extend(list(reviews.quads(root, store)))
    store.bulk_extend(list(withdrawal_lookups.quads(root, store)))
    graph = scan_causal(store)
    if folder:
        keep_steps(folder, store, graph)
    return chain(influences(graph), readings.quads(root, derive.lines(store)))


def _sources(root: str) -> Iterator[Quad]:
    """What is written in files and tables, but for the amounts of food."""
    yield from _read_sources(root)
    yield from tables.quads(root, [name for name in tables.TABLES if name != tables.CONTENTS])
    yield from retired.quads(root)
    yield from translations.quads(root)


def _contents(root: str, wanted: Callable[[tuple[str, str]], bool]) -> Iterator[Quad]:
    """The amounts of food whose food and nutrient are ``wanted``."""
    for row, mapping in tables.read(root, [tables.CONTENTS]):
        if wanted((row.row["food"], row.row["nutrient"])):
            yield from mapping(row)


def _read_sources(root: str) -> Iterator[Quad]:
    taken: Counter[str] = Counter()
    kinds = Kinds()
    for path in read.list_sources(root):  # the ontology comes first
        written, name = read.parse_turtle(path), os.path.relpath(path, root).replace(os.sep, "/")
        if name.startswith("ontology/"):
            kinds.learn(written)
        refuse_mixed(kinds, path, written)
        yield from derive.name_evidence(written, name, taken)


def ntriples(store: Store) -> bytes:
    """The graph as sorted N-Triples, equal byte by byte for equal graphs."""
    return b"".join(chain.from_iterable(sort_statements(store)))


@pause_collector()
def build_sorted(root: str) -> tuple[Store, Iterator[list[bytes]]]:
    """The built graph as the pieces of its sorted N-Triples, and in memory what the rules read and gave.

    Raises:
        kg.errors.DataError: a source that cannot be read, with file, line and fix.
    """
    store, more = _derive(root)
    return store, (list(dict.fromkeys(piece)) for piece in sort_statements(store, more))


def sort_statements(store: Store, more: Iterable[Quad] = ()) -> Iterator[list[bytes]]:
    """The lines of a graph as N-Triples, sorted, in pieces; ``more`` is what belongs to it and is not in the store."""
    file = Scratch()
    store.dump(file, format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
    serialize((quad.triple for quad in more), file, format=RdfFormat.N_TRIPLES)
    return sort_pieces(file)


def fresh(root: str | None = None) -> Store:
    """The graph built anew and kept on disk; in memory alone where the cache folder is not writable."""
    path = _keep(root)
    try:
        return Store.read_only(path) if path else build_graph(root)
    except (OSError, RuntimeError) as error:
        locations.say_uncached(error)
        return build_graph(root)


def find_updated(root: str) -> Store | None:
    """The store made from the one before, where only a few claims changed since; None where all would have to be built."""
    mark, final = locations.fingerprint(root), _place(root)
    try:
        if not update(final, root) or not _stamp(final, root, mark):
            return None
        return Store.read_only(final)
    except (OSError, RuntimeError):
        return None


def _place(root: str | None) -> str:
    return os.path.join(locations.cache(), locations.content_hash(root) + ".store")


def _keep(root: str | None) -> str | None:
    """Build the store beside its final place and rename it there, so that no one ever opens half a store."""
    try:
        for _ in range(_TRIES):
            mark, final = locations.fingerprint(root), _place(root)
            known = locations.intact(final)
            if not known and not update(final, root or locations.files()):
                make_folder(final, lambda beside: _build(beside, root or locations.files()))
            if _stamp(final, root, mark, known):
                locations.touch(final)
                return final
    except OSError as error:
        locations.say_uncached(error.strerror or error)
        return None
    locations.say_uncached("the files change while they are read")
    return None


def _stamp(final: str, root: str | None, mark: str, known: bool = False) -> bool:
    """Keep a store as that of the sources as they were when ``mark`` was taken; False where somebody wrote since.

    Parameters:
        known: the store was there before, whole; one made since may hold a part of what was and of what is.
    """
    if locations.fingerprint(root) == mark:
        locations.stamp(final, mark)
        return True
    if not known:
        locations.spoil(final)
    return False


#: So often a store is built where somebody writes while its files are read.
_TRIES = 3


@pause_collector()
def _build(folder: str, root: str) -> None:
    before = kept_claims.read_sources(root).mark()
    _write(folder, lambda store: _fill(store, *_derive(root, folder)))
    made = kept_claims.read_sources(root)
    if made.mark() == before:  # nobody wrote while we read
        kept_claims.write(folder, made)


def _write(folder: str, fill: Callable[[Store], None]) -> None:
    store = Store(folder)
    fill(store)
    store.optimize()
    store.flush()


def _fill(store: Store, graph: Store, more: Iterator[Quad]) -> None:
    triples = chain(more, graph)
    for first in triples:
        store.bulk_extend(chain((first,), islice(triples, BATCH)))


def keep_file(path: str, final: str) -> bool:
    """Make the store ``final`` of a large RDF file; False where the cache folder cannot be written or the kind is unknown.

    Raises:
        kg.errors.DataError: a syntax error, with line and column.
    """
    if not formats.is_known(path) or path.lower().endswith(".gz"):
        return False
    try:
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
            form = formats.form_of(path, text[:4000])
            refuse_what_kills(path, text, form)
            refuse_broken_off(path, text, form)
            file.seek(len(formats.BOM) if text[:3] == formats.BOM else 0)
            make_folder(
                final,
                lambda beside: _write(beside, lambda store: store.bulk_load(file, format=form, base_iri=read.address(path))),
            )
    except (SyntaxError, ValueError):
        read.rdf(path)  # tells it in our words
        return False
    except OSError:
        return False
    return True
