"""Questions that ask another endpoint by SERVICE: the answer with a stand-in for that endpoint, which is a ``kg serve`` of its own."""

import subprocess
import sys

import pytest
import rdflib

from kg.errors import UsageError
from kg.sparql import library

from .conftest import ROOT

pytestmark = pytest.mark.slow

STAND_IN = ROOT / "tests" / "federated"
NAMES = library.names("federated")
#: What the question reads of the graph: rdflib takes a minute to parse the whole.
READ = """CONSTRUCT { ?s ?p ?o } WHERE {
  VALUES ?p { skos:exactMatch skos:closeMatch rdfs:label rdf:type kg:promotes }
  ?s ?p ?o .
}"""


@pytest.fixture(scope="module")
def wikidata(start) -> str:
    return start(source=str(STAND_IN / "wikidata.ttl")).url + "/sparql"


def text(name: str, endpoint: str) -> str:
    question = library.question(name)
    assert question.text.count(question.federates) == 1
    return question.text.replace(question.federates, endpoint)


def expected(name: str) -> str:
    return (STAND_IN / f"{name}.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_with_a_stand_in(real, wikidata, name):
    assert real.answer(text(name, wikidata)).to_csv().replace("\r\n", "\n") == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows(real, wikidata, name):
    part = rdflib.Graph().parse(data="\n".join(f"{triple} ." for triple in real.query(READ)), format="nt")
    rows = part.query(text(name, wikidata))
    assert rows.serialize(format="csv").decode().replace("\r\n", "\n") == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_without_an_engine_that_may_fetch_it_says_why_and_where_to_run_it(real, name):
    with pytest.raises(UsageError, match=f"run kg --source URL query {name} "):
        real.query(name)
    command = [sys.executable, "-m", "kg", "query", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)


def test_the_header_names_the_endpoint_and_a_parameter_is_put_into_each_row(real):
    question = library.question("symptoms_in_wikidata")
    assert (question.federates, question.tags) == ("https://query.wikidata.org/sparql", ["federated"])
    bound = question.bound({"state": f"<{real.term('iron deficiency').iri}>"})
    assert bound.count("VALUES ?state { <https://w3id.org/nutrition-kg/iron-deficiency> }") == 2
    assert library.question("causes_of").federates == ""
