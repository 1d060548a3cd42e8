"""What the repository knows already about the words of a new record: external ids, terms of the same name, and skeletons of queries."""

from __future__ import annotations

import os

from kg.authoring.naming import identifier as one_spelling
from kg.build.cells import rows
from kg.errors import UnknownName, UsageError
from kg.graph import Graph
from kg.grounding.normalize import fold
from kg.rdf.namespaces import KG, iri_to_compact
from kg.sparql import library
from kg.sparql.embedded import Embedded
from kg.sparql.library import reading
from kg.stores import open_records

QUESTION = """#+ summary: {summary}
#+ description: say here what a row means and what is left out.
#+ tags: [your-tag]
#+ parameter state: State. the state that is asked about
#+ example: kg query {name} --state {label}
PREFIX kg: <https://w3id.org/nutrition-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?effect_label ?certainty_label
WHERE {{
  VALUES ?state {{ {state} }}
  ?claim a kg:CausalClaim ; kg:cause ?state ; kg:effect ?effect ; kg:certainty/rdfs:label ?certainty_label .
  ?effect rdfs:label ?effect_label .
}}
ORDER BY ?effect_label
"""
CHECK = """# {summary}
PREFIX kg: <https://w3id.org/nutrition-kg/>

SELECT ?record ("say here what is wrong with it" AS ?problem) ("say here how to correct it" AS ?fix)
WHERE {{
  ?record a kg:Claim .
  MINUS {{ ?record kg:relation ?relation }}
}}
"""
SKELETONS = {"question": ("questions", QUESTION), "check": ("checks", CHECK)}


def connect_records(root: str) -> Graph:
    """The graph of a repository in which the names of a new record are looked up; nothing in it need be judged yet."""
    library.include(root)
    return Graph(Embedded(open_records(root)))


def external(root: str, names: list[str]) -> list[tuple[str, str]]:
    """The checked external ids whose label is one of the names, in any spelling: pairs of id and label."""
    keys = {fold(name) for name in names}
    path = os.path.join(root, "data", "tables", "ontology_terms.tsv")
    with open(path, encoding="utf-8") as file:
        columns = tuple(file.readline().rstrip("\r\n").split("\t"))
    found = ((cells.row["id"], cells.row["label"]) for cells in rows(path, columns))
    return [(name, label) for name, label in found if fold(label) in keys]


def skeleton(record: str, name: str, summary: str, graph: Graph) -> tuple[str, str]:
    """Path and text of a new question or check; both run as they stand, so that they can be changed step by step."""
    folder, text = SKELETONS[record]
    state, label = _example(graph) if record == "question" else ("", "")
    text = text.format(name=name, summary=summary or "say here what is asked", state=state, label=f"'{label}'")
    return os.path.join("queries", folder, f"{name}.rq"), text


def _example(graph: Graph) -> tuple[str, str]:
    """A state that a new question asks about until it is changed: CURIE and label."""
    try:
        found = graph.term("kg:magnesium-deficiency")
        return iri_to_compact(found.iri), found.label
    except UnknownName:
        causal = graph.causal()
        states = sorted({claim.cause for claim in causal.claims})
        return (iri_to_compact(states[0]), causal.label(states[0])) if states else ("kg:any-state", "a state")


def find_source(graph: Graph, words: str) -> str:
    """The IRI of a source: by its title or name, by an identifier such as ``PMID:1``, or by words that only its title holds.

    Raises:
        UnknownName: no source fits; the error gives the nearest titles.
        UsageError: several fit.
    """
    try:
        return graph.term(words, "Source").iri
    except UnknownName as error:
        key, told = fold(words), error
    known = find_identifier(graph, words)
    if known:
        return known
    titles = {}
    for row in graph.rows(reading("sources")):
        if key in fold(row["title"].value):
            titles[row["source"].value] = row["title"].value
    if not titles:
        raise UnknownName(f"{told}; add the source first, with kg new source", told.nearest)
    if len(titles) > 1:
        raise UsageError(
            f"{words!r} occurs in several titles; give more words of one of: {'; '.join(list(titles.values())[:5])}"
        )
    return str(next(iter(titles)))


def find_identifier(graph: Graph, identifier: str) -> str:
    """The IRI of the source that bears an identifier, in letters of either case; empty where none does."""
    key = one_spelling(identifier).casefold()
    for row in graph.rows(reading("sources")):
        if row["identifier"] is not None and one_spelling(row["identifier"].value).casefold() == key:
            return str(row["source"].value)
    return ""


def choose_word(graph: Graph, word: str, option: str, of: str) -> str:
    """The word, where the ontology declares it as one of the class ``of``; a word that is missing stays so.

    Raises:
        UsageError: it does not, or the word is empty; the error lists all choices.
    """
    choices = [row["choice"].value.rpartition("/")[2] for row in graph.rows(reading("choices", of=KG + of))]
    if word in choices:
        return word
    raise UsageError(f"--{option} {word or 'is missing'}: choose one of {', '.join(choices)}")


def state_or_population(graph: Graph, name: str) -> str:
    """The IRI of what a claim may need to hold: a state, or else a population.

    Raises:
        UnknownName: neither has that name; the error gives the nearest states.
    """
    try:
        return graph.term(name, "State").iri
    except UnknownName as error:
        try:
            return graph.term(name, "Population").iri
        except UnknownName:
            raise error from None
