"""Claims that stand in another file than the rule of :mod:`kg.authoring.claim_files` names."""

from __future__ import annotations

import os
from collections.abc import Iterator

from pyoxigraph import Store

from kg.authoring.claim_files import Topic, file_of, topics_of
from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.rdf.namespaces import KG
from kg.sparql.embedded import Embedded
from kg.sparql.library import reading


def find_misplaced(store: Store, root: str, places: Places) -> Iterator[Problem]:
    """The claims of ``data/claims`` that belong in another of its files; a draft elsewhere has no place yet."""
    ask = Embedded(store).run
    topics = topics_of(ask)
    folder = os.path.abspath(os.path.join(root, "data", "claims"))
    nothing = Topic("")
    for claim, kind, subject, target in ask(reading("claim_ends")):
        place = places.of(claim.value)
        if place and os.path.dirname(place[0]) == folder:
            local = kind.value.removeprefix(KG)
            name = file_of(local, topics.get(subject.value, nothing), topics.get(target.value, nothing))
            if os.path.basename(place[0]) != name:
                yield places.problem(
                    claim, "the claim stands in another file than its topic's", f"move it to data/claims/{name}"
                )
