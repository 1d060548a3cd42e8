"""Parameters of questions that name what the graph does not have: without a word the question would have no answer."""

from __future__ import annotations

import os
from collections.abc import Iterator
from difflib import get_close_matches

from pyoxigraph import NamedNode, Store

from kg import locations
from kg.build import read
from kg.build.formats import BOM
from kg.checks.problems import Problem, show_path
from kg.errors import KgError
from kg.rdf.namespaces import KG, RDF_TYPE, prefixes
from kg.sparql.library import LITERAL_KINDS, Parameter, Question

_CLASS = NamedNode("http://www.w3.org/2002/07/owl#Class")


def find_unknown_parameters(store: Store, root: str) -> Iterator[Problem]:
    """Kinds of parameters that are no class, and defaults that are no term, in the questions that a repository adds to the library's.

    Parameters:
        store: the graph of the repository, with its ontology.
        root: the repository.
    """
    classes = {
        quad.subject.value for quad in store.quads_for_pattern(None, RDF_TYPE, _CLASS) if isinstance(quad.subject, NamedNode)
    }
    known = [*LITERAL_KINDS, *sorted(iri.removeprefix(KG) for iri in classes if iri.startswith(KG))]
    folder = os.path.join(root, "queries", "questions")
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        path = os.path.join(folder, name)
        if not name.endswith(".rq") or not locations.is_source(folder, name):
            continue
        content = read.contents(path)
        if _is_of_the_library(root, name, content):
            continue
        text = content.removeprefix(BOM).decode("utf-8", "replace")
        try:
            parameters = Question(name.removesuffix(".rq"), text).parameters.values()
        except KgError:  # a parameter without its row, which is told of the query
            continue
        for one in parameters:
            found = [*_of_kind(one, known), *_of_default(one, store)]
            if found:
                line = next((at for at, told in enumerate(text.splitlines(), 1) if f" parameter {one.name}:" in told), 1)
                yield from (Problem(show_path(path), line, "", problem, fix) for problem, fix in found)


def _of_kind(one: Parameter, known: list[str]) -> Iterator[tuple[str, str]]:
    if one.kind not in known:
        near = get_close_matches(one.kind, known, n=1)
        fix = f"did you mean {near[0]}? Else name" if near else "name"
        fix += f" a class of the ontology, such as State, or one of {', '.join(LITERAL_KINDS)}"
        yield f"the parameter {one.name} is of the kind {one.kind!r}, which is no class", fix


def _of_default(one: Parameter, store: Store) -> Iterator[tuple[str, str]]:
    for term in one.default.split():
        iri = _iri(term)
        if iri.startswith(KG) and not any(store.quads_for_pattern(NamedNode(iri), None, None)):
            yield f"the default {term} of {one.name} is not in the graph", "use a term that it has: kg find WORD lists them"


def _is_of_the_library(root: str, name: str, content: bytes) -> bool:
    """Whether a question is the library's own, which may be kept beside other data, where its defaults are not."""
    path = os.path.join(locations.files(), "queries", "questions", name)
    return os.path.isfile(path) and not os.path.samefile(root, locations.files()) and read.contents(path) == content


def _iri(term: str) -> str:
    """The address that a term of a query stands for; empty for a literal."""
    if term.startswith("<"):
        return term.strip("<>")
    prefix, colon, local = term.partition(":")
    return prefixes().get(prefix, "") + local if colon and prefix in prefixes() else ""
