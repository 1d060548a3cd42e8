"""Every export goes out and comes back to the same graph or the same claims."""

import csv
import io
import subprocess
import sys

import networkx
import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import UsageError
from kg.export import FORMS, exported
from kg.export.claims import STANCES, assertions, terms
from kg.export.kgx import EDGE_COLUMNS, NODE_COLUMNS
from kg.export.rdf import REIFIES
from kg.graph import Graph, opened
from kg.rdf.namespaces import compact_to_iri

PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf12": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}


def one(graph: Graph, form: str) -> bytes:
    return next(iter(exported(graph, form).values()))


def lines(quads) -> set[str]:
    """Quads as text; the names of blank nodes, which no form keeps, are left out."""
    return {" ".join("[]" if str(term).startswith("_:") else str(term) for term in quad) for quad in quads}


def triples(graph: Graph) -> set[str]:
    return lines(graph.triples())


def asserted(graph: Graph) -> dict[NamedNode, Triple]:
    """Each claim's triple, read by a query of the test's own."""
    rows = graph.rows(
        """PREFIX kg: <https://w3id.org/nutrition-kg/>
        SELECT ?c ?s ?p ?o { ?c kg:subject ?s ; kg:relation ?p ; kg:object ?o ; kg:status ?x FILTER(?x != kg:refuted) }"""
    )
    return {row[0]: Triple(row[1], row[2], row[3]) for row in rows}


@pytest.mark.parametrize("form", PARSERS)
def test_an_rdf_form_comes_back_as_the_same_triples(small, form):
    quads = list(parse(one(small, form), format=PARSERS[form]))
    told = [quad.triple for quad in quads if quad.graph_name == DefaultGraph() and quad.predicate != REIFIES]
    assert lines(told) == triples(small)


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_each_claim_names_the_graph_that_holds_what_it_asserts(small, form):
    named = [quad for quad in parse(one(small, form), format=PARSERS[form]) if quad.graph_name != DefaultGraph()]
    assert {quad.graph_name: quad.triple for quad in named} == asserted(small)
    assert len(named) == len(asserted(small))


def test_each_claim_reifies_what_it_asserts_in_rdf_1_2(small):
    found = [quad for quad in parse(one(small, "rdf12"), format=RdfFormat.TURTLE) if quad.predicate == REIFIES]
    assert {quad.subject: quad.object for quad in found} == asserted(small)


def test_json_ld_has_short_keys(small):
    text = one(small, "jsonld").decode()
    assert '"kg:cause": "kg:magnesium-deficiency"' in text
    assert '"https://w3id.org/nutrition-kg/cause"' not in text


def facts(graph: Graph) -> dict[str, tuple]:
    return {
        claim.iri: (claim.subject, claim.relation, claim.object, claim.status, claim.certainty, *claim.sources.values())
        for claim in assertions(graph)
    }


def tsv(content: bytes) -> list[dict[str, str]]:
    head, *rows = (line.split("\t") for line in content.decode().splitlines())
    assert {len(row) for row in rows} == {len(head)}
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_kgx_comes_back_as_the_same_claims(small):
    nodes, edges = (tsv(content) for content in exported(small, "kgx").values())
    assert tuple(nodes[0]) == NODE_COLUMNS
    assert tuple(edges[0]) == EDGE_COLUMNS
    assert facts(small) == {
        edge["id"]: (
            edge["subject"],
            edge["original_predicate"].removeprefix("kg:"),
            edge["object"],
            edge["status"],
            edge["certainty"],
            *([name for name in edge[f"sources_{stance}"].split("|") if name] for stance in STANCES),
        )
        for edge in edges
    }
    assert {edge[end] for edge in edges for end in ("subject", "object")} <= {node["id"] for node in nodes}


def test_csv_comes_back_as_the_same_claims(small):
    rows = list(csv.DictReader(io.StringIO(one(small, "csv").decode())))
    assert facts(small) == {
        row["claim"]: (
            row["subject_id"],
            row["relation"],
            row["object_id"],
            row["status"],
            row["certainty"],
            *(row[stance].split() for stance in STANCES),
        )
        for row in rows
    }


def test_graphml_comes_back_as_the_same_claims(small):
    read = networkx.read_graphml(io.BytesIO(one(small, "graphml")), force_multigraph=True)
    assert facts(small) == {
        key: (cause, data["relation"], effect, data["status"], data["certainty"], *(data[s].split() for s in STANCES))
        for cause, effect, key, data in read.edges(keys=True, data=True)
    }
    assert {iri: data["label"] for iri, data in read.nodes(data=True)} == {term.iri: term.label for term in terms(small)}


def test_low_x_never_comes_out_as_x(real):
    """A public export once turned "low folate triggers" into "folic acid triggers": the sign of a state must travel."""
    nodes, edges = (tsv(content) for content in exported(real, "kgx").values())
    node = {row["id"]: row for row in nodes}
    lack = node["kg:folate-deficiency"]
    assert (lack["name"], lack["state_of"], lack["deviation"]) == ("folate deficiency", "kg:folate", "low")
    causal = [edge for edge in edges if edge["kind"] == "kg:CausalClaim"]
    states = {
        "kg:NutrientStatus",
        "kg:Exposure",
        "kg:PhysiologicalState",
        "kg:Condition",
        "kg:Symptom",
        "kg:Sign",
        "kg:LabFinding",
    }
    assert {node[edge[end]]["kind"] for edge in causal for end in ("subject", "object")} <= states
    assert all(node[edge["subject"]]["deviation"] for edge in causal)
    drawn = networkx.read_graphml(io.BytesIO(one(real, "graphml")), force_multigraph=True)
    assert drawn.nodes["kg:folate-deficiency"]["deviation"] == "low"
    rows = csv.DictReader(io.StringIO(one(real, "csv").decode()))
    assert all(row["subject_id"] != "kg:folate" for row in rows if row["kind"] == "CausalClaim")


def test_a_refuted_claim_is_no_positive_edge(real):
    refuted = {claim.iri for claim in assertions(real) if claim.status == "refuted"}
    edges = tsv(list(exported(real, "kgx").values())[1])
    assert refuted
    assert {edge["id"] for edge in edges if edge["negated"] == "true"} == refuted
    assert not {compact_to_iri(iri) for iri in refuted} & {
        quad.graph_name.value for quad in parse(one(real, "nq"), format=RdfFormat.N_QUADS) if quad.graph_name != DefaultGraph()
    }


def test_every_kind_and_relation_has_a_biolink_name(real):
    nodes, edges = (tsv(content) for content in exported(real, "kgx").values())
    assert all(row["category"].startswith("biolink:") for row in nodes)
    assert all(row["predicate"].startswith("biolink:") for row in edges)


@pytest.mark.parametrize("form", ["ttl", "trig", "rdf12"])
def test_an_exported_file_answers_as_the_graph_does(small, tmp_path, form):
    name = FORMS[form][2][0]
    (tmp_path / name).write_bytes(one(small, form))
    again = opened(str(tmp_path / name))
    ends = {"cause": "vitamin B12 deficiency", "effect": "muscle cramp"}
    assert again.query("steps_between", **ends).plain() == small.query("steps_between", **ends).plain()


@pytest.mark.parametrize("form", FORMS)
def test_equal_graphs_export_equal_bytes(small, form):
    again = Store()
    again.extend(sorted((Quad(*triple) for triple in small.triples()), key=str, reverse=True))
    assert exported(Graph(type(small.engine)(again)), form) == exported(small, form)


def test_a_form_that_is_none_is_told(small):
    with pytest.raises(UsageError, match=r"xlsx: no form to export; choose one of ttl, nt"):
        exported(small, "xlsx")


def command(*words: str, cwd) -> subprocess.CompletedProcess:
    return subprocess.run([sys.executable, "-m", "kg", "export", *words], cwd=cwd, capture_output=True, check=False, timeout=60)


@pytest.fixture
def source(small, tmp_path) -> str:
    path = tmp_path / "small.nt"
    path.write_bytes(one(small, "nt"))
    return str(path)


def test_the_command_writes_to_standard_output_or_a_file(small, source, tmp_path):
    assert command("csv", "--source", source, cwd=tmp_path).stdout == one(small, "csv")
    done = command("kgx", "-o", "there", "--source", source, cwd=tmp_path)
    assert done.stdout.decode().split() == ["there/nutrition-kg_nodes.tsv", "there/nutrition-kg_edges.tsv"]
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == exported(small, "kgx")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["kgx"], "kg: kgx is more than one file; name a folder with -o FOLDER\n"),
        (["xlsx"], "kg: xlsx: no form to export; choose one of ttl, nt, nq, trig, rdf12, jsonld, kgx, graphml, csv\n"),
        (["csv", "-o", "small.nt/claims.csv"], "kg: small.nt/claims.csv: File exists; name a place you may write to\n"),
    ],
)
def test_wrong_use_of_the_command_is_one_line(source, tmp_path, words, told):
    done = command(*words, "--source", source, cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (2, told)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.nt"]
