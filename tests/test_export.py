"""Every export goes out and comes back to the same graph or the same claims."""

import csv
import io
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import networkx
import pytest
import rdflib
from pyoxigraph import CanonicalizationAlgorithm, Dataset, DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse
from rdflib.namespace import OWL

import kg
from kg.errors import DataError, UsageError
from kg.export import FORMS, export_graph
from kg.export.claims import STANCES, assertions, terms
from kg.export.kgx import EDGE_COLUMNS, NODE_COLUMNS
from kg.export.rdf import REIFIES
from kg.graph import Graph, connect
from kg.rdf.namespaces import compact_to_iri

ROOT = Path(__file__).parent.parent
PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "nq": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdf12": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
}


#: An export of a graph, made once for all tests that only read it.
once = cache(export_graph)


def one(graph: Graph, form: str) -> bytes:
    return next(iter(once(graph, form).values()))


def lines(quads) -> set[str]:
    """Quads as text; the names of blank nodes, which no form keeps, are left out."""
    return {" ".join("[]" if str(term).startswith("_:") else str(term) for term in quad) for quad in quads}


def canonical(turtle: bytes) -> set[str]:
    """The triples of a Turtle file, its blank nodes named by what they are."""
    found = Dataset(parse(turtle, format=RdfFormat.TURTLE))
    found.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return {str(quad.triple) for quad in found}


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


def unrefuted(graph: Graph) -> dict[str, tuple]:
    return {iri: told for iri, told in facts(graph).items() if told[3] != "refuted"}


def test_kgx_comes_back_as_the_same_claims(small):
    nodes, edges = (tsv(content) for content in export_graph(small, "kgx").values())
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
    assert unrefuted(small) == {
        key: (cause, data["relation"], effect, data["status"], data["certainty"], *(data[s].split() for s in STANCES))
        for cause, effect, key, data in read.edges(keys=True, data=True)
    }
    assert {iri: data["label"] for iri, data in read.nodes(data=True)} == {term.iri: term.label for term in terms(small)}


def test_low_x_never_comes_out_as_x(real):
    """A public export once turned "low folate triggers" into "folic acid triggers": the sign of a state must travel."""
    nodes, edges = (tsv(content) for content in once(real, "kgx").values())
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
    edges = tsv(list(once(real, "kgx").values())[1])
    assert refuted
    assert {edge["id"] for edge in edges if edge["negated"] == "true"} == refuted
    ends = tuple(f"> <{compact_to_iri(iri)}> .".encode() for iri in refuted)
    stated = [line for line in one(real, "nq").splitlines() if line.endswith(ends)]
    assert [line for line in stated if next(parse(line, format=RdfFormat.N_QUADS)).graph_name != DefaultGraph()] == []


def test_a_refuted_claim_is_no_edge_of_the_graphs_to_walk(real):
    refuted = {claim.iri for claim in assertions(real) if claim.status == "refuted"}
    drawn = networkx.read_graphml(io.BytesIO(one(real, "graphml")), force_multigraph=True)
    assert not refuted & {key for _, _, key in drawn.edges(keys=True)}
    walked = real.networkx()
    assert {compact_to_iri(iri) for iri in refuted} & {data["claim"] for _, _, data in walked.edges(data=True)} == set()
    signs = {"promotes": 1, "inhibits": -1}
    assert all(data["sign"] == signs[data["relation"]] for _, _, data in walked.edges(data=True) if "also" not in data)
    both = [data["sign"] for _, _, data in walked.edges(data=True) if "also" in data]
    assert walked.number_of_edges() + len(both) == sum(one.status != "refuted" for one in real.causal().claims)
    assert set(both) == {0}
    assert all(data["sign"] == signs.get(data["relation"], 0) for _, _, data in drawn.edges(data=True))


def test_every_edge_of_kgx_names_a_publication_and_its_source(real):
    edges = tsv(list(once(real, "kgx").values())[1])
    assert {edge["primary_knowledge_source"] for edge in edges} == {"infores:nutrition-kg"}
    names = [name for edge in edges for name in edge["publications"].split("|")]
    assert all(name.split(":")[0] in ("DOI", "PMID", "PMCID", "http", "https", "ISBN", "NCT") for name in names)
    assert all(edge["publications"] for edge in edges)


def test_kgx_takes_public_ids_where_they_mean_the_same(real):
    own, mapped, public = (once(real, "kgx", **ids) for ids in ({}, {"ids": "mapped"}, {"ids": "public"}))
    name = "nutrition-kg_nodes.tsv"
    nodes = {row["iri"]: row for row in tsv(mapped[name])}
    assert {row["iri"] for row in tsv(own[name])} == set(nodes)
    assert len({row["id"] for row in nodes.values()}) == len(nodes)
    pain = nodes[compact_to_iri("kg:abdominal-pain")]
    assert (pain["id"], pain["same_as"]) == ("HP:0002027", "SYMP:0000457|kg:abdominal-pain")
    kept = {row["id"] for row in tsv(public[name])}
    assert kept == {row["id"] for row in nodes.values() if not row["id"].startswith("kg:")}
    edges = tsv(public["nutrition-kg_edges.tsv"])
    assert {edge[end] for edge in edges for end in ("subject", "object")} <= kept
    assert all(edge["original_subject"].startswith("kg:") for edge in edges)


HOSTILE = """
@prefix kg: <https://w3id.org/nutrition-kg/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<http://x.example/a b?c=1&d=2> kg:kind kg:Symptom ; rdfs:label "a\\u0001b\\u001B[2J <&> \\uFFFE" .
<http://x.example/_x2f_> kg:kind kg:Symptom ; rdfs:label "tab\\there" .
<http://x.example/c|1> a kg:Claim ; kg:kind kg:CausalClaim ; kg:subject <http://x.example/_x2f_> ; kg:relation kg:promotes ;
  kg:object <http://x.example/a b?c=1&d=2> ; kg:status kg:probable ; kg:certainty kg:lowCertainty .
""".replace("/a b?", "/a(b)?").replace("c|1", "c/1%20")


def test_no_label_and_no_iri_breaks_a_form(tmp_path):
    (tmp_path / "hostile.ttl").write_text(HOSTILE.replace("\\\\", "\\"), encoding="utf-8")
    graph = connect(str(tmp_path / "hostile.ttl"))
    document = one(graph, "graphml")
    drawn = networkx.read_graphml(io.BytesIO(document), force_multigraph=True)
    assert {data["label"] for _, data in drawn.nodes(data=True)} == {"a\ufffdb\ufffd[2J <&> \ufffd", "tab\there"}
    assert {data["iri"] for _, _, data in drawn.edges(data=True)} == {"http://x.example/c/1%20"}
    tokens = re.findall(r'(?:id|source|target)="([^"]*)"', document.decode())
    assert all(re.fullmatch(r"[A-Za-z0-9._:\-]+", token) for token in tokens)
    assert len(set(re.findall(r'<node id="([^"]*)"', document.decode()))) == 2
    nodes, _ = (tsv(content) for content in export_graph(graph, "kgx").values())
    assert {node["name"] for node in nodes} == {"a\ufffdb\ufffd[2J <&> \ufffd", "tab here"}


def test_the_ontology_comes_back_with_its_version(real):
    again, authored = canonical(one(real, "ontology")), canonical((ROOT / "ontology" / "kg.ttl").read_bytes())
    this = "https://w3id.org/nutrition-kg/"
    assert (authored - again, again - authored) == (
        set(),
        {
            f'<{this}> <{OWL.versionInfo}> "{kg.__version__}"',
            f"<{this}> <{OWL.versionIRI}> <{this}{kg.__version__}>",
        },
    )
    owl = rdflib.Graph().parse(data=export_graph(real, "ontology", style="owl")["nutrition-kg-ontology.ttl"], format="xml")
    assert len(owl) == len(authored) + 2


def test_a_graph_without_a_vocabulary_has_no_ontology(tmp_path):
    (tmp_path / "plain.nt").write_text("<http://x.example/s> <http://x.example/p> <http://x.example/o> .\n")
    with pytest.raises(DataError, match="declares no owl:Ontology"):
        export_graph(connect(str(tmp_path / "plain.nt")), "ontology")


def test_every_mapping_of_the_table_is_exported_with_what_it_says(real):
    head, *rows = one(real, "sssom").decode().split("\n# curie_map:\n")[1].splitlines()
    lines = [line.split("\t") for line in [head, *rows] if not line.startswith("#")]
    told = {tuple(line[0:1] + line[2:4]): (line[5], line[8], line[9]) for line in lines[1:]}
    authored = [line.split("\t") for line in (ROOT / "ontology" / "mappings.sssom.tsv").read_text().splitlines()]
    table = {(line[0], line[2], line[3]): tuple(line[5:8]) for line in authored if line[0].startswith("kg:")}
    assert {name: told[name] for name in table} == table
    assert len(told) >= len(table) > 2000


def test_a_mapping_that_the_table_lacks_is_of_unspecified_origin(tmp_path):
    (tmp_path / "own.nt").write_text(
        "<https://w3id.org/nutrition-kg/x> <http://www.w3.org/2004/02/skos/core#exactMatch> <http://purl.obolibrary.org/obo/HP_1> .\n"
    )
    row = one(connect(str(tmp_path / "own.nt")), "sssom").decode().splitlines()[-1]
    assert row.split("\t") == ["kg:x", "", "skos:exactMatch", "HP:1", "", "semapv:UnspecifiedMatching", "", "", "", ""]


def test_every_kind_and_relation_has_a_biolink_name(real):
    nodes, edges = (tsv(content) for content in once(real, "kgx").values())
    assert all(row["category"].startswith("biolink:") for row in nodes)
    assert all(row["predicate"].startswith("biolink:") for row in edges)


@pytest.mark.parametrize("form", ["ttl", "trig", "rdf12"])
def test_an_exported_file_answers_as_the_graph_does(small, tmp_path, form):
    name = FORMS[form][2][0]
    (tmp_path / name).write_bytes(one(small, form))
    again = connect(str(tmp_path / name))
    ends = {"cause": "vitamin B12 deficiency", "effect": "muscle cramp"}
    assert again.query("steps_between", **ends).plain() == small.query("steps_between", **ends).plain()


@pytest.mark.parametrize("form", FORMS)
def test_equal_graphs_export_equal_bytes(small, form):
    again = Store()
    again.extend(sorted((Quad(*triple) for triple in small.triples()), key=str, reverse=True))
    assert export_graph(Graph(type(small.engine)(again)), form) == export_graph(small, form)


def test_a_form_that_is_none_is_told(small):
    with pytest.raises(UsageError, match=r"xlsx: not an export format; choose one of ttl, nt"):
        export_graph(small, "xlsx")


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
    assert {path.name: path.read_bytes() for path in (tmp_path / "there").iterdir()} == export_graph(small, "kgx")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["kgx"], "kg: kgx consists of several files; name a folder with -o FOLDER\n"),
        (
            ["xlsx"],
            "kg: xlsx: not an export format; choose one of ttl, nt, nq, trig, rdf12, jsonld, kgx, graphml, csv, html, ontology, nanopub, sssom\n",
        ),
        (["csv", "--as", "owl"], "kg: --as belongs to kg export ontology; leave it out\n"),
        (["ontology", "--as", "pdf"], "kg: --as pdf: choose one of ttl, owl, obo\n"),
        (["kgx", "--ids", "all", "-o", "x"], "kg: --ids all: choose one of own, mapped, public\n"),
        (
            ["csv", "-o", "small.nt/claims.csv"],
            "kg: small.nt/claims.csv: Not a directory; name a place that you can write to\n",
        ),
    ],
)
def test_wrong_use_of_the_command_is_one_line(source, tmp_path, words, told):
    done = command(*words, "--source", source, cwd=tmp_path)
    assert (done.returncode, done.stderr.decode()) == (2, told)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.nt"]
