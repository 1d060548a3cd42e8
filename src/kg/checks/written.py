"""What is wrong with a record as it is written: properties that the build derives, identifiers in another spelling than theirs."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Store

from kg.authoring.naming import identifier
from kg.checks.problems import Problem
from kg.checks.record_lines import Places
from kg.rdf.namespaces import DCTERMS, KG, iri_to_compact, kg

#: What only the build may write; by hand it would bypass the evidence.
DERIVED = (
    "promotes",
    "inhibits",
    "status",
    "certainty",
    "prominence",
    "listedAlone",
    "verdict",
    "nameKey",
    "wordKey",
    "kind",
    "concerns",
)


def find_misspelt_identifiers(store: Store, places: Places) -> Iterator[Problem]:
    """Identifiers of sources in another spelling than theirs, under which a source told twice is not seen."""
    for quad in store.quads_for_pattern(None, NamedNode(DCTERMS + "identifier"), None):
        value = quad.object.value if isinstance(quad.object, Literal) else ""
        if value and identifier(value) != value and str(quad.subject).startswith(f"<{KG}source/"):
            yield places.problem(quad.subject, f"the identifier is written {value!r}", f"write {identifier(value)!r}")


def find_hand_written(store: Store, places: Places) -> Iterator[Problem]:
    """What only the build may write, and stands in a file."""
    for predicate in map(kg, DERIVED):
        name = iri_to_compact(predicate.value)
        fix = "write a claim instead" if name in ("kg:promotes", "kg:inhibits") else "delete it; the build derives it"
        for quad in store.quads_for_pattern(None, predicate, None):
            yield places.problem(quad.subject, f"{name} is written by hand", fix)
    # How often an effect is there is written on the lines of a claim, and derived for the claim.
    for quad in store.quads_for_pattern(None, kg("evidence"), None):
        for _ in store.quads_for_pattern(quad.subject, kg("frequency"), None):
            fix = "write it on the evidence line that says so; the build sums them up"
            yield places.problem(quad.subject, "kg:frequency of a claim is written by hand", fix)
