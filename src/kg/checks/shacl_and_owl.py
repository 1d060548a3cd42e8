"""The slow checks: the shapes of a good record (SHACL, by pySHACL) and the consistency of it all (OWL 2 DL, by HermiT).

Both are an extra of the package; HermiT comes with owlready2 and needs Java. The quick checks find what these find in
nearly all cases, with the file and line at once; these are what they are held against.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import Store

from kg.authoring import placement
from kg.build.store import build_graph
from kg.checks import Problem, own_shapes
from kg.errors import UsageError
from kg.rdf.namespaces import KG, iri_to_compact
from kg.sparql.to_rdflib import to_rdflib

#: Rows of tables and what is derived from claims, which no shape targets and a reasoner need not wade through.
_ROWS = ("amount/", "food/", "influence/", "inhibitor/", "intake/", "portion/", "range/")
#: A reasoner that lives for half a minute gains nothing from Java's second compiler, which takes much of its processor time.
JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
_RESULTS = """PREFIX sh: <http://www.w3.org/ns/shacl#>
SELECT DISTINCT ?record ?message { ?result sh:focusNode ?record ; sh:resultMessage ?message }"""


def problems(root: str, only: Iterable[str] = ()) -> list[Problem]:
    """What the shapes and the reasoner find in a repository.

    Parameters:
        root: the folder of the repository.
        only: files to report on (default: all); an inconsistency is of no one file and always told.

    Raises:
        UsageError: pySHACL, owlready2 or Java is missing.
    """
    _check_needs()
    data = records(build_graph(root))
    wanted = [os.path.abspath(path) for path in only]
    found = [*shapes(data, root), *consistency(data)]
    return [problem for problem in found if not wanted or not problem.line or os.path.abspath(problem.file) in wanted]


def records(store: Store) -> Any:
    """The graph as an ``rdflib.Graph`` without the rows of the tables."""
    return to_rdflib(store, tuple(KG + name for name in _ROWS))


def shapes(data: Any, root: str) -> Iterator[Problem]:
    """Each record that a shape of ``ontology/shapes.ttl`` and of own files complains of, with the message of the shape."""
    from pyshacl import validate

    rules = data.__class__()
    for path in (os.path.join(root, "ontology", "shapes.ttl"), *own_shapes.files(root)):
        rules.parse(path)
    _, results, _ = validate(data, shacl_graph=rules, inference="none", meta_shacl=False)
    for record, message in sorted(results.query(_RESULTS)):
        name = iri_to_compact(str(record))
        path, line = placement.where(root, name) or ("(built)", 0)
        yield Problem(os.path.relpath(path) if line else path, line, name, "a shape is violated", str(message).rstrip("."))


def consistency(data: Any) -> Iterator[Problem]:
    """Whether ontology and data contradict each other, and the classes that nothing can belong to."""
    import owlready2

    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "all.nt")
        data.serialize(path, format="nt", encoding="utf-8")
        world = owlready2.World()
        world.get_ontology("file://" + path).load()
        os.environ.setdefault("JDK_JAVA_OPTIONS", JAVA)
        try:
            with world.get_ontology("https://example.org/inferred#"):
                owlready2.sync_reasoner_hermit(world, debug=0)
        except owlready2.OwlReadyInconsistentOntologyError:
            fix = "undo the last change, or let robot explain --mode inconsistency name the axioms"
            yield Problem("(built)", 0, "(all)", "the reasoner HermiT finds that ontology and data contradict each other", fix)
            return
        for impossible in sorted(found.iri for found in world.inconsistent_classes()):
            yield Problem(
                "ontology/kg.ttl", 0, iri_to_compact(impossible), "nothing can belong to the class", "correct its superclasses"
            )


def _check_needs() -> None:
    from importlib.util import find_spec

    missing = [name for name in ("pyshacl", "owlready2") if find_spec(name) is None]
    if missing:
        raise UsageError(f"--full needs {' and '.join(missing)}; install them with pip install 'nutrition-kg[full]'")
    if shutil.which("java") is None:
        raise UsageError("--full needs Java for the reasoner HermiT; install a Java runtime (11 or newer)")
