"""A built store whose claims or sources changed, made from the one before: its files are linked, and only what changed is written."""

from __future__ import annotations

import contextlib
import os
import shutil

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from kg import locations
from kg.build import influence, kept_claims, read, readings, reviews, withdrawal_lookups
from kg.build.causal_scan import scan_causal
from kg.build.claim_change import Change, find_change
from kg.build.kept_claims import Made
from kg.build.steps import keep_steps
from kg.build.store_folders import make_folder
from kg.rdf.collector import pause_collector
from kg.rdf.namespaces import KG, kg

#: The files of a store that belong to its folder and not to its content.
_OWN = ("LOCK", "LOG", locations.CONTENTS, kept_claims.FILE)


def update(final: str, root: str) -> bool:
    """Make the store ``final`` from one of the cache that differs in a few records alone; False where there is none, or it is not sure.

    Raises:
        OSError: the cache cannot be written.
    """
    made = kept_claims.read_sources(root)
    like = sorted(
        kept_claims.find_like(made), key=lambda one: sum(made.texts.get(name) != text for name, text in one[1].items())
    )
    for base, texts in like[:1]:
        with contextlib.suppress(OSError, RuntimeError):  # it was removed in the meantime, or is damaged
            built = Store.read_only(base)
            change = find_change(built, texts, made.texts)
            if change is None or not _read_tables(built, root, change):
                return False
            _link(base, final, made, change)
            return True
    return False


@pause_collector()
def _link(base: str, final: str, made: Made, change: Change) -> None:
    def begin(folder: str) -> None:
        for entry in os.scandir(base):
            if entry.name not in _OWN:
                _copy(entry.path, os.path.join(folder, entry.name))
        if change.lost or change.gained:
            store = Store(folder)
            _apply(store, change.lost, change.gained)
            graph = scan_causal(store)
            if change.steps:
                _apply(store, *influence.find_changed(store, graph, change.steps))
            store.flush()
            keep_steps(folder, store, graph)
        kept_claims.write(folder, made)

    make_folder(final, begin)


def _copy(source: str, target: str) -> None:
    """The engine never writes to a file of rows again, so two stores may share one; the others are copied."""
    if source.endswith(".sst"):
        with contextlib.suppress(OSError):  # a file system without links
            os.link(source, target)
            return
    shutil.copy2(source, target)


def _apply(store: Store, lost: set[Triple], gained: set[Triple]) -> None:
    if lost:
        store.update(f"DELETE DATA {{ {' . '.join(map(str, lost))} }}")
    store.extend(Quad(triple.subject, triple.predicate, triple.object, DefaultGraph()) for triple in gained)


def _read_tables(built: Store, root: str, change: Change) -> bool:
    """Add to a change the readings of lines that come or go; False where a claim does that was reviewed, or a source that was looked up."""
    gone, come = ({iri.removeprefix(KG) for iri in records} for records in (change.gone, change.come))
    lookups = os.path.join(root, *withdrawal_lookups.FILE.split("/"))
    tables = [*reviews.files(root), *([lookups] if os.path.exists(lookups) else ())]
    texts = [read.contents(path) for path in tables]
    records = [name.partition("/")[2].encode() for name in gone | come if name.startswith(("claim/", "source/"))]
    if any(name in text for name in records for text in texts):
        return False
    for line in gone:
        for quad in built.quads_for_pattern(None, kg("readingOf"), NamedNode(KG + line), None):
            change.lost.update(other.triple for other in built.quads_for_pattern(quad.subject, None, None, None))
    lines = {name.removeprefix("evidence/") for name in come if name.startswith("evidence/")}
    texts = [read.contents(path) for path in readings.files(root)] if lines else []
    if any(line.encode() in text for line in lines for text in texts):
        change.gained.update(quad.triple for quad in readings.quads(root, lines))
    return True
