"""The model grows by ontology, shape, query and template alone: a gene that encodes a transporter, an interaction of two drugs.

The recipe is that of docs/extending.md, performed on a new graph; no line of Python is written.
"""

import ast
import json
import re
from pathlib import Path

import axe_playwright_python
import pytest

import kg
from kg.authoring.starter import create
from kg.build.store import build_graph
from kg.cli import main
from kg.server.pages.responses import Visit
from kg.server.pages.router import Site
from kg.sparql import library

GUIDE = (Path(__file__).parent.parent / "docs" / "extending.md").read_text(encoding="utf-8")


def recipe(language: str) -> list[str]:
    """The blocks of one language below the heading of the recipe."""
    section = GUIDE.split("## Growing the model\n")[1].split("\n## ")[0]
    return re.findall(rf"^```{language}\n(.*?)^```", section, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture
def grown(tmp_path: Path, monkeypatch) -> Path:
    """A new graph with the recipe's classes, properties, relation, shape and question; one stands in it."""
    monkeypatch.setattr(library, "_own", [])
    create(str(tmp_path / "own"), "Genes and drugs")
    monkeypatch.chdir(tmp_path / "own")
    ontology, shape = recipe("turtle")
    for name, block in (("own.ttl", ontology), ("own_shapes.ttl", shape)):
        path = Path("ontology", name)
        path.write_text(path.read_text(encoding="utf-8") + "\n" + block, encoding="utf-8")
    Path("queries/questions/encoded_by.rq").write_text(recipe("sparql")[0], encoding="utf-8")
    return tmp_path / "own"


def on_it(capfd, *words: str) -> tuple[int, str, str]:
    capfd.readouterr()
    status = main(["--source", ".", *words])
    return status, *capfd.readouterr()


TRANSPORTER = ["new", "term", "example transporter", "--kind", "Structure", "--definition", "What carries a substance."]
GENE = [
    "new",
    "term",
    "example gene",
    "--kind",
    "Gene",
    "--definition",
    "A gene, for this test.",
    "--set",
    "encodes=example transporter",
]
INTERACTION = ["new", "claim", "drug one", "raisesLevelOf", "drug two", "--read", "Example source", "--write"]


@pytest.fixture
def filled(grown, capfd) -> Path:
    """The same with a transporter, its gene, two drugs and what one does to the other, all by commands."""
    assert on_it(capfd, *TRANSPORTER, "--write")[:2] == (0, "data/terms/structures.ttl:5\n")
    assert on_it(capfd, *GENE, "--write")[:2] == (0, "data/terms/genes.ttl:5\n")
    for name in ("one", "two"):
        words = ["new", "term", f"drug {name}", "--kind", "Drug", "--definition", f"Drug {name} of this test.", "--write"]
        assert on_it(capfd, *words)[0] == 0
    assert on_it(capfd, *INTERACTION)[:2] == (0, "data/claims/drug_interactions.ttl:5\n")
    return grown


def test_the_recipe_has_no_problems(filled, capfd):
    assert on_it(capfd, "validate", "--quiet") == (0, "", "")
    assert on_it(capfd, "format", "--check", "--quiet") == (0, "", "")
    assert Path("data/terms/genes.ttl").read_text(encoding="utf-8").split("\n\n")[1] == (
        'kg:example-gene a kg:Gene ;\n    rdfs:label "example gene"@en ;\n'
        '    skos:definition "A gene, for this test."@en ;\n    kg:encodes kg:example-transporter .\n'
    )
    assert "a kg:DrugInteraction ;\n    kg:subject kg:drug-one ;\n    kg:relation kg:raisesLevelOf ;" in Path(
        "data/claims/drug_interactions.ttl"
    ).read_text(encoding="utf-8")


#: A record as it is, what is made of it, and what is said of it: by the new shape, or by the checks that read the ontology.
WRONG = {
    "a gene that encodes nothing": (
        "data/terms/genes.ttl", " ;\n    kg:encodes kg:example-transporter .", " .",
        "data/terms/genes.ttl:5: kg:example-gene: the shape kg:GeneShape does not hold. Say what the gene encodes: one kg:encodes",
    ),
    "a gene that encodes a symptom": (
        "data/terms/genes.ttl", "kg:example-transporter", "kg:example-finding",
        "data/terms/genes.ttl:5: kg:example-gene: the shape kg:GeneShape does not hold. Say what the gene encodes: one kg:encodes",
    ),
    "an interaction with a habit": (
        "data/claims/drug_interactions.ttl", "kg:subject kg:drug-one", "kg:subject kg:example-habit",
        "data/claims/drug_interactions.ttl:5: claim:drug-one_raisesLevelOf_drug-two: the subject kg:example-habit is not a kg:Drug. ",
    ),
    "a relation of another class": (
        "data/claims/drug_interactions.ttl", "kg:relation kg:raisesLevelOf", "kg:relation kg:treats",
        "data/claims/drug_interactions.ttl:5: claim:drug-one_raisesLevelOf_drug-two: a drug interaction does not assert kg:treats. ",
    ),
    "a class that is misspelt": (
        "data/claims/exposures.ttl", "claim:example-habit_promotes_example-finding a kg:CausalClaim", "claim:example-habit_promotes_example-finding a kg:CausalClam",
        "data/claims/exposures.ttl:5: claim:example-habit_promotes_example-finding: the class kg:CausalClam is not in the ontology. ",
    ),
}  # fmt: skip


def test_a_wrong_record_is_refused_with_file_and_line(filled, capfd):
    for name, (path, old, new, complaint) in WRONG.items():
        text = Path(path).read_text(encoding="utf-8")
        assert text.count(old) == 1, name
        Path(path).write_text(text.replace(old, new), encoding="utf-8")
        status, problems, _ = on_it(capfd, "validate", "--quiet")
        Path(path).write_text(text, encoding="utf-8")
        assert status == 1
        assert any(line.startswith(complaint) for line in problems.splitlines()), f"{name}: {problems}"


#: A mark in the ontology that draws nothing, and what is reported of it.
UNDRAWN = {
    "a word": ("kg:shown true ;\n    kg:drawn true", 'kg:drawn "yes"', "kg:encodes: kg:drawn is neither true nor false. Write kg:drawn true"),
    "a class": ("skos:closeMatch <https://w3id.org/biolink/vocab/Gene>", "kg:drawn true", "kg:Gene: kg:drawn is on what does not join two terms."),
    "no label": ('rdfs:label "encodes"@en ;\n', "", "kg:encodes: it is drawn and has no label."),
}  # fmt: skip


def test_what_cannot_be_drawn_is_reported(filled, capfd):
    path = Path("ontology/own.ttl")
    text = path.read_text(encoding="utf-8")
    for name, (old, new, complaint) in UNDRAWN.items():
        assert old in text, name
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        status, problems, _ = on_it(capfd, "validate", "--quiet")
        assert status == 1
        assert complaint in problems, f"{name}: {problems}"


def lines(view) -> list[tuple[str, str, str, bool]]:
    """What a map draws: from where, what, to where, and whether that is causal."""
    labels = {node["id"]: node["label"] for node in view.network.nodes}
    edges = [(labels[one["from"]], one["relation"], labels[one["to"]]) for one in view.network.edges]
    return [(*edge, f"<td>{edge[1]}<td>{edge[2]}<td>not causal" not in view.html) for edge in edges]


ENCODES = ("example gene", "encodes", "example transporter", False)
RAISES = ("drug one", "raises the level of", "drug two", False)
PROMOTES = ("example habit", "promotes", "example finding", True)


def test_maps_draw_it_and_routes_do_not_walk_it(filled, capfd):
    graph = kg.open(".")
    assert lines(graph.view("example gene")) == lines(graph.view("example transporter")) == [ENCODES]
    assert lines(graph.view("drug two")) == [RAISES]
    assert lines(graph.view("example habit")) == [PROMOTES]
    assert sorted(lines(graph.view())) == sorted([ENCODES, RAISES, PROMOTES])
    built = graph.query("CONSTRUCT { ?gene kg:encodes ?what } WHERE { ?gene kg:encodes ?what }")
    assert lines(graph.view(built)) == [ENCODES]
    assert [claim.relation for claim in graph.causal().claims] == ["promotes"]
    status, out, said = on_it(capfd, "paths", "drug one", "drug two")
    assert (status, out) == (2, "")
    assert "'drug one' is not a state but a drug, and no causal claim starts from it" in said


@pytest.mark.slow
def test_the_page_of_a_map_shows_it_beside_causes_and_effects(filled, browser):
    """One page for all: the legend, the panel, the accessible rules of axe, and that nothing walks the line."""
    page = browser.new_page()
    try:
        page.set_content(kg.open(".").view().html, wait_until="domcontentloaded")
        page.wait_for_selector("html[data-ready=true]")
        assert "another relation, not causal" in page.inner_text(".legend")
        assert page.inner_text("#words") == "6 states, 1 claim, 2 other relations"
        gene, transporter = (f"https://w3id.org/nutrition-kg/example-{name}" for name in ("gene", "transporter"))
        page.evaluate("iri => kgView.select(iri)", gene)
        panel = page.inner_text("#panel")
        assert "Other relations, not causal (1)\nencodes →\nexample transporter" in panel
        assert "Direct effects" not in panel
        assert page.evaluate("kgView.highlighted()") == {"upstream": [], "downstream": []}
        assert page.evaluate("([a, b]) => kgView.paths(a, b).paths", [gene, transporter]) == []
        page.evaluate("iri => kgView.select(iri)", f"{gene}#encodes-example-transporter")
        assert "Relation, not causal\n\nexample gene encodes example transporter" in page.inner_text("#panel")
        axe = next(Path(axe_playwright_python.__file__).parent.rglob("axe.min.js")).read_text(encoding="utf-8")
        page.evaluate(axe + "; undefined")
        assert page.evaluate("axe.run().then(r => r.violations.map(v => v.id))") == []
    finally:
        page.close()


def test_the_map_of_a_state_joins_what_it_is_a_state_of(filled, capfd):
    words = ["--of", "example transporter", "--deviation", "low", "--definition", "Too little of it.", "--write"]
    assert on_it(capfd, "new", "term", "transporter deficiency", "--kind", "PhysiologicalState", *words)[0] == 0
    claim = ["transporter deficiency", "promotes", "example finding", "--read", "Example source", "--write"]
    assert on_it(capfd, "new", "claim", *claim)[0] == 0
    leads = ("transporter deficiency", "promotes", "example finding", True)
    beside = ("transporter deficiency", "state of", "example transporter", False)
    graph = kg.open(".")
    assert sorted(lines(graph.view("example transporter"))) == sorted([ENCODES, leads, beside])
    assert lines(graph.view("transporter deficiency")) == [leads]
    assert graph.paths("transporter deficiency", "example finding")[0].states[0].endswith("/transporter-deficiency")


def test_it_is_asked_shown_and_given_out(filled, capfd):
    asked = ["query", "encoded_by", "--structure", "example transporter", "--format", "csv"]
    assert on_it(capfd, *asked)[:2] == (0, "gene_label\r\nexample gene\r\n")
    assert "\nencodes: example transporter\n" in on_it(capfd, "term", "example gene")[1]
    site = Site(build_graph("."))
    pages = {path: site.answer(Visit(path, [], "html", "http://localhost")) for path in (
        "/term/example-gene", "/term/drug-two", "/claim/drug-one_raisesLevelOf_drug-two", "/question/encoded_by",
    )}  # fmt: skip
    assert {path: page.status for path, page in pages.items()} == dict.fromkeys(pages, 200)
    assert '<dt>encodes</dt><dd><a href="/term/example-transporter"' in pages["/term/example-gene"].body.decode()
    assert "raises the level of" in pages["/claim/drug-one_raisesLevelOf_drug-two"].body.decode()
    assert (
        'src="/view?term=https%3A//w3id.org/nutrition-kg/example-gene&amp;depth=1"' in pages["/term/example-gene"].body.decode()
    )
    assert "Draw it among its neighbours" in pages["/claim/drug-one_raisesLevelOf_drug-two"].body.decode()
    assert "kg:raisesLevelOf kg:drug-two" in on_it(capfd, "export", "ttl")[1]
    assert on_it(capfd, "query", "-e", "ASK { kg:drug-one kg:raisesLevelOf kg:drug-two }")[1] == "true\n"
    assert "drug one,raisesLevelOf,drug two" in on_it(capfd, "export", "csv")[1]
    assert on_it(capfd, "export", "kgx", "-o", "kgx")[0] == 0
    edges = Path("kgx/genes-and-drugs_edges.tsv").read_text(encoding="utf-8")
    nodes = Path("kgx/genes-and-drugs_nodes.tsv").read_text(encoding="utf-8")
    assert "\tbiolink:related_to\tkg:drug-two\t" in edges
    assert "kg:drug-one\tbiolink:Drug\t" in nodes
    assert "biolink:Gene" in on_it(capfd, "export", "sssom")[1]


#: A question in plain words, and what answers it: by the pattern of the question's header, or by the label of a relation.
ASKED = {
    "which genes make the example transporter?": "query encoded_by --structure 'example transporter'",
    "Where does example transporter come from": "query encoded_by --structure 'example transporter'",
    "what encodes the example transporter?": "query joined_by --term 'example transporter' --relation encodes",
    "which gene encodes example transporter": "query joined_by --term 'example transporter' --relation encodes",
    "what does the example gene encode?": "query joined_by --term 'example gene' --relation encodes",
    "what raises the level of drug two": "query joined_by --term 'drug two' --relation 'raises the level of'",
    "what does drug one raise the level of?": "query joined_by --term 'drug one' --relation 'raises the level of'",
}


def test_it_is_asked_in_plain_words(filled, capfd):
    for question, command in ASKED.items():
        assert on_it(capfd, "ask", question, "--dry") == (0, f"kg {command}\n", ""), question
    status, out, _ = on_it(capfd, "ask", "what does drug one raise the level of?", "--format", "csv")
    assert (status, out.splitlines()[1].split(",")[:3]) == (0, ["drug one", "raises the level of", "drug two"])
    status, out, said = on_it(capfd, "ask", "what encodes the exemple transporter?")
    assert (status, out) == (2, "")
    assert said.startswith("kg: nothing is called 'exemple transporter'; nearest: example transporter")


def test_questions_about_what_is_not_there_are_left_out(filled, capfd):
    status, out, said = on_it(capfd, "queries", "--format", "json")
    names = {one["name"] for one in json.loads(out)}
    assert (status, {"encoded_by", "joined_by", "ways_into"} <= names) == (0, True)
    assert not names & {"foods_richest_in", "intake_limits", "cutoffs_of", "treatments_of", "statements"}
    whole = {one["name"] for one in json.loads(on_it(capfd, "queries", "--all", "--format", "json")[1])}
    assert said == f"kg: {len(whole - names)} questions are about what this graph has no records of; --all lists them too\n"
    assert on_it(capfd, "queries", "intake", "--format", "json")[:2] == (0, "[]\n")
    page = Site(build_graph(".")).answer(Visit("/questions", [], "html", "http://localhost")).body.decode()
    listed, _, rest = page.partition("<details")
    assert 'href="/question/encoded_by"' in listed
    assert 'href="/question/intake_limits"' not in listed
    assert 'href="/question/intake_limits"' in rest


def test_sheets_know_the_new_words(grown, capfd):
    Path("terms.csv").write_text(
        "label,kind,definition,encodes\nexample gene,Gene,A gene for this test.,example quantity\n", encoding="utf-8"
    )
    status, report, _ = on_it(capfd, "import", "terms.csv", "--format", "csv")
    assert (status, "no Structure is called 'example quantity'" in report) == (1, True)
    assert on_it(capfd, *TRANSPORTER, "--write")[0] == 0
    for name in ("one", "two"):
        words = ["new", "term", f"drug {name}", "--kind", "Drug", "--definition", f"Drug {name} of this test.", "--write"]
        assert on_it(capfd, *words)[0] == 0
    text = Path("terms.csv").read_text(encoding="utf-8").replace("example quantity", "example transporter")
    Path("terms.csv").write_text(text, encoding="utf-8")
    assert on_it(capfd, "import", "terms.csv", "--write", "--format", "csv")[0] == 0
    assert "kg:encodes kg:example-transporter ." in Path("data/terms/genes.ttl").read_text(encoding="utf-8")
    Path("claims.csv").write_text(
        "subject,relation,object,source\ndrug one,raises the level of,drug two,Example source\n", encoding="utf-8"
    )
    assert on_it(capfd, "import", "claims.csv", "--write", "--format", "csv")[0] == 0
    assert on_it(capfd, "validate", "--quiet") == (0, "", "")


def test_a_difference_says_what_was_added(filled, capfd):
    create("../before", "Genes and drugs")
    capfd.readouterr()
    assert main(["diff", "../before", "."]) == 0
    told = capfd.readouterr().out
    assert "+ drug one raises the level of drug two (claim:drug-one_raisesLevelOf_drug-two)" in told
    assert "+ example gene (kg:example-gene)" in told


#: What cannot be said of a term, and what is answered.
REFUSED = {
    "no such property": ("encods=example quantity", "'encods' is not a property of terms; did you mean encodes?"),
    "no value": ("encodes=", "--set encodes=: write PROPERTY=VALUE, as in encodes='a transporter'"),
    "no name": ("=x", "--set =x: write PROPERTY=VALUE, as in encodes='a transporter'"),
    "another kind of term": ("encodes=example quantity", "no Structure is called 'example quantity'"),
    "no number": ("fromAge=ten", "kg:fromAge is 'ten', not a decimal"),
    "half a number": ("fromAge=1.", "kg:fromAge is '1.', not a decimal"),
    "no truth": ("unexplained=yes", "kg:unexplained is 'yes', not a boolean"),
    "a relation of claims": ("promotes=example finding", "'promotes' is not a property of terms; "),
}


def test_what_cannot_be_said_is_one_line(grown, capfd):
    words = ["new", "term", "example gene", "--kind", "Gene", "--definition", "A gene.", "--write", "--set"]
    for name, (said, complaint) in REFUSED.items():
        status, out, told = on_it(capfd, *words, said)
        assert (status, out, told.count("\n")) == (2, "", 1), name
        assert told.startswith(f"kg: {complaint}"), told
    assert not Path("data/terms/genes.ttl").exists()


#: The classes and relations that are of nutrition alone.
NUTRITION = {
    "Nutrient",
    "Vitamin",
    "Mineral",
    "FattyAcid",
    "NutrientStatus",
    "Food",
    "FoodGroup",
    "Inhibitor",
    "richIn",
    "sourceOf",
}
NUTRITION |= {"NutrientContent", "InhibitorContent", "ReferenceIntake", "Portion"}


def names_in(path: Path) -> set[str]:
    """The names of nutrition that stand as words in a module, its descriptions apart."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)}
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in told}
    return {
        name for word in words if isinstance(word, str) for name in {word.removeprefix("kg:"), *re.findall(r"kg:(\w+)", word)}
    }


def test_what_knows_nutrition_is_listed_in_one_place():
    source = Path(__file__).parent.parent / "src" / "kg"
    known = {path.relative_to(source).with_suffix("").as_posix() for path in source.rglob("*.py") if NUTRITION & names_in(path)}
    section = GUIDE.split("## What Python knows of nutrition\n")[1]
    assert known == set(re.findall(r"^\| `([^`]+)` \|", section, flags=re.MULTILINE))
