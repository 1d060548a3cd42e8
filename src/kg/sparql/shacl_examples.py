"""The library as SHACL SPARQL executables, the form in which sparql-examples of the SIB and their tools hold questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from kg.rdf.namespaces import KG, RDF_TYPE, RDFS, XSD, prefixes
from kg.sparql.library import Question

SH = "http://www.w3.org/ns/shacl#"
SCHEMA = "https://schema.org/"
SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
#: Each form of query with its class and the property that holds its text.
FORMS = {
    "SELECT": (SH + "SPARQLSelectExecutable", SH + "select"),
    "ASK": (SH + "SPARQLAskExecutable", SH + "ask"),
    "CONSTRUCT": (SH + "SPARQLConstructExecutable", SH + "construct"),
    "DESCRIBE": (SPEX + "SPARQLDescribeExecutable", SPEX + "describe"),
}


#: Where the graph is asked when nobody says where: the address that will lead to its endpoint.
ENDPOINT = KG + "sparql"


def turtle(questions: Iterable[Question], endpoint: str = ENDPOINT) -> bytes:
    """Turtle with one executable for each question, and the prefixes that they use.

    Parameters:
        endpoint: the address of the endpoint that the questions are asked of (``schema:target``).
    """
    triples = executables(questions, endpoint)
    named = {**prefixes(), "schema": SCHEMA, "spex": SPEX, "question": KG + "question/"}
    return serialize(triples, format=RdfFormat.TURTLE, prefixes=named) or b""


def executables(questions: Iterable[Question], endpoint: str = ENDPOINT) -> list[Triple]:
    """The triples of :func:`turtle`."""
    found = [triple for question in questions for triple in _executable(question, endpoint)]
    return [*_prefixes(), *found]


def _prefixes() -> Iterator[Triple]:
    """The prefix table as SHACL declares prefixes."""
    table = NamedNode(KG + "question/")
    yield Triple(table, RDF_TYPE, NamedNode("http://www.w3.org/2002/07/owl#Ontology"))
    for name, space in sorted(prefixes().items()):
        node = NamedNode(f"{KG}question/prefix/{name}")
        yield Triple(table, NamedNode(SH + "declare"), node)
        yield Triple(node, NamedNode(SH + "prefix"), Literal(name))
        yield Triple(node, NamedNode(SH + "namespace"), Literal(space, datatype=NamedNode(XSD + "anyURI")))


def _executable(question: Question, endpoint: str) -> Iterator[Triple]:
    node = NamedNode(f"{KG}question/{question.name}")
    kind, holds = FORMS[form(question.text)]
    yield Triple(node, RDF_TYPE, NamedNode(SH + "SPARQLExecutable"))
    yield Triple(node, RDF_TYPE, NamedNode(kind))
    yield Triple(node, NamedNode(RDFS + "label"), Literal(question.summary, language="en"))
    yield Triple(node, NamedNode(RDFS + "comment"), Literal(question.description, language="en"))
    yield Triple(node, NamedNode(SH + "prefixes"), NamedNode(KG + "question/"))
    yield Triple(node, NamedNode(SCHEMA + "target"), NamedNode(endpoint))
    for tag in question.tags:
        yield Triple(node, NamedNode(SCHEMA + "keywords"), Literal(tag))
    if question.federates:
        yield Triple(node, NamedNode(SPEX + "federatesWith"), NamedNode(question.federates))
    yield Triple(node, NamedNode(holds), Literal(question.text))


def form(text: str) -> str:
    """The form of a query of the library: SELECT, ASK, CONSTRUCT or DESCRIBE."""
    lines = (line for line in text.splitlines() if not line.startswith(("#", "PREFIX")))
    return next(word for line in lines for word in line.split()[:1] if word in FORMS)
