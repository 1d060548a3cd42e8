"""kg rename, merge, split, retire: what refers to a record follows it, and who asks by the old name is told what replaced it."""

import asyncio
import json
import os
import re
import shutil
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.build import readings
from kg.build.store import build_graph
from kg.checks import validate
from kg.cli import main
from kg.errors import RetiredName
from kg.graph import Graph
from kg.server.pages.responses import Visit
from kg.server.pages.router import Site
from kg.sparql.embedded import Embedded

ROOT = Path(__file__).parent.parent
KG = "https://w3id.org/nutrition-kg/"


@pytest.fixture
def here(repository, monkeypatch) -> Path:
    """The small repository, with the working folder in it."""
    monkeypatch.chdir(repository)
    return repository


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def done(capsys, *words: str) -> tuple[int, str, str]:
    status = main(list(words))
    out, error = capsys.readouterr()
    return status, out, error


def block(here: Path, name: str) -> str:
    found = re.search(rf"^{re.escape(name)} .*? \.$", (here / "data/small.ttl").read_text(), re.DOTALL | re.MULTILINE)
    return found[0] if found else ""


def retired(here: Path) -> dict[str, list[str]]:
    rows = [line.split("\t") for line in (here / "data/tables/retired.tsv").read_text().splitlines()[1:]]
    return {row[0]: [*row[1:4], row[5]] for row in rows}


def test_a_renamed_term_takes_all_along_and_is_found_by_its_old_name(here, capsys):
    before = contents(here)
    words = ("rename", "charley horse", "sudden cramp", "--reason", "clearer")
    status, out, error = done(capsys, *words)
    assert (status, contents(here)) == (0, before)
    assert out.splitlines()[0] == "kg:muscle-cramp: is now kg:sudden-cramp 'sudden cramp'; 'muscle cramp' is a synonym"
    assert "nothing written; --write changes data" in error
    done(capsys, *words, "--write")
    assert "kg:muscle-cramp" not in (here / "data/small.ttl").read_text() + (here / "ontology/mappings.sssom.tsv").read_text()
    assert block(here, "kg:sudden-cramp").splitlines()[1:3] == [
        '    rdfs:label "sudden cramp"@en ;',
        '    skos:altLabel "charley horse"@en , "muscle cramp"@en ;',
    ]
    assert "kg:effect kg:sudden-cramp ;" in block(here, "claim:nerve-misfiring_promotes_sudden-cramp")
    assert "kg:sudden-cramp\tsudden cramp\t" in (here / "ontology/mappings.sssom.tsv").read_text()
    assert retired(here)["kg:muscle-cramp"] == ["muscle cramp", "renamed", "kg:sudden-cramp", "clearer"]
    assert retired(here)["claim:nerve-misfiring_promotes_muscle-cramp"][1:3] == [
        "renamed",
        "claim:nerve-misfiring_promotes_sudden-cramp",
    ]
    line = r"kg: muscle cramp \(kg:muscle-cramp\) was renamed on [\d-]+ \(clearer\); replaced by sudden cramp \(kg:sudden-cramp\)\n"
    for name in ("muscle cramp", "kg:muscle-cramp", KG + "muscle-cramp", "Muscle Cramps"):
        status, out, error = done(capsys, "term", name, "--source", ".", "--format", "json")
        assert (status, json.loads(out)["iri"]) == (0, KG + "sudden-cramp"), name
        assert re.fullmatch(line, error), (name, error)
    assert done(capsys, "term", "charley horse", "--source", ".")[2].count("renamed") == 0
    assert "renamed" not in done(capsys, "term", "kg:muscle-cramp", "--source", ".", "--quiet")[2]
    for words in (
        ("paths", "vitamin B12 deficiency", "kg:muscle-cramp"),
        ("explain", "muscle cramp"),
        ("query", "causes_of", "--finding", "kg:muscle-cramp"),
        ("correct", "--for", "kg:muscle-cramp"),
        ("view", "kg:muscle-cramp", "-o", "v.html"),
        ("claim", "nerve-misfiring_promotes_muscle-cramp"),
    ):
        status, out, error = done(capsys, *words, "--source", ".")
        assert (status, "replaced by" in error) == (0, True), (words, error)


@pytest.mark.parametrize("after", [1, 2])
def test_a_rename_that_was_stopped_and_begun_again_keeps_every_old_id(here, capsys, monkeypatch, after):
    replace, count = os.replace, iter(range(100))

    def stop(*paths: str) -> None:
        if next(count) == after:
            raise KeyboardInterrupt
        replace(*paths)

    words = ("rename", "nerve misfiring", "misfiring of nerves", "--write")
    before = contents(here)
    with monkeypatch.context() as stopped:
        stopped.setattr(os, "replace", stop)
        assert main(list(words)) == 130
    assert contents(here) != before
    assert done(capsys, *words)[0] == 0
    table = (here / "data" / "tables" / "retired.tsv").read_text().splitlines()
    assert {row.split("\t")[0] for row in table[1:]} == {
        "kg:nerve-misfiring",
        *(
            f"claim:{name}"
            for name in sorted(re.findall(r"claim:(\S*nerve-misfiring\S*) a ", before["data/small.ttl"].decode()))
        ),
    }
    assert validate(".") == []


def test_a_label_alone_is_renamed_where_the_id_is_kept(here, capsys):
    assert done(capsys, "rename", "hypomagnesemia", "low blood magnesium", "--keep-id", "--write")[0] == 0
    names = '    skos:altLabel "hypomagnesaemia"@en , "hypomagnesemia"@en ;'
    assert block(here, "kg:hypomagnesemia").splitlines()[1:3] == ['    rdfs:label "low blood magnesium"@en ;', names]
    assert not (here / "data/tables/retired.tsv").exists()


TWO = """
claim:magnesium-deficiency_promotes_hypomagnesemia a kg:CausalClaim ;
    kg:cause kg:magnesium-deficiency ;
    kg:relation kg:promotes ;
    kg:effect kg:hypomagnesemia ;
    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .

claim:nerve-misfiring_promotes_muscle-tightness a kg:CausalClaim ;
    kg:cause kg:nerve-misfiring ;
    kg:relation kg:promotes ;
    kg:effect kg:muscle-tightness ;
    kg:evidence [ kg:source source:trials ; kg:stance kg:disputes ] .
"""


def test_two_terms_become_one_with_the_evidence_of_both(here, capsys):
    with (here / "data/small.ttl").open("a") as file:
        file.write(TWO.split("\n\n")[1])
    between = re.findall(r"^(claim:\S+)", (here / "data/small.ttl").read_text(), re.MULTILINE)
    assert "claim:muscle-cramp_promotes_muscle-tightness" in between
    status, _, error = done(capsys, "merge", "muscle tightness", "muscle cramp", "--write")
    itself = (
        "would join kg:muscle-cramp with itself; retire it first, with kg retire claim:muscle-cramp_promotes_muscle-tightness"
    )
    assert (status, itself in error) == (2, True)
    text = (here / "data/small.ttl").read_text()
    text = text.replace(block(here, "claim:muscle-cramp_promotes_muscle-tightness"), "")
    (here / "data/small.ttl").write_text(re.sub(r"\n\n\n+", "\n\n", text))
    mappings = here / "ontology/mappings.sssom.tsv"
    row = mappings.read_text().splitlines()[1]
    mappings.write_text(
        mappings.read_text() + row.replace("kg:muscle-cramp\tmuscle cramp", "kg:muscle-tightness\tmuscle tightness") + "\n"
    )
    old = [name for name in between if "muscle-tightness" in name and name != "claim:muscle-cramp_promotes_muscle-tightness"]
    statements = (here / "data/articles/statements.tsv").read_text()
    (here / "data/articles/statements.tsv").write_text(statements.replace("muscle-cramp_promotes_muscle-tightness", ""))
    status, out, error = done(capsys, "merge", "muscle tightness", "muscle cramp", "--format", "json", "--write")
    told = json.loads(out)
    assert {row["id"] for row in told["retired"]} == {"kg:muscle-tightness", *old}
    assert '"muscle tightness"@en' in block(here, "kg:muscle-cramp")
    lines = [line for line in block(here, "claim:nerve-misfiring_promotes_muscle-cramp").splitlines() if "kg:evidence" in line]
    assert lines[-1] == "    kg:evidence [ kg:source source:trials ; kg:stance kg:disputes ] ."
    assert len(lines) > 1
    assert "muscle-tightness" not in (here / "data/small.ttl").read_text()
    assert "muscle-tightness" not in (here / "data/articles/statements.tsv").read_text()
    assert mappings.read_text().splitlines()[1:] == [row]
    term = done(capsys, "term", "kg:muscle-tightness", "--source", ".", "--format", "json")
    assert json.loads(term[1])["iri"] == KG + "muscle-cramp"
    assert "was merged with another record" in term[2]


def parts(here: Path) -> None:
    """Two terms to split one into."""
    with (here / "data/small.ttl").open("a") as file:
        for name in ("calf", "foot"):
            file.write(
                f'\nkg:{name}-cramp a kg:Symptom ;\n    rdfs:label "{name} cramp"@en ;\n    skos:definition "A cramp."@en ;\n'
                "    kg:stateOf kg:myelin-maintenance ;\n    kg:deviation kg:disordered .\n"
            )


def test_a_term_is_split_with_its_claims_parted(here, capsys):
    parts(here)
    into = ("split", "muscle cramp", "calf cramp", "foot cramp")
    status, _, error = done(capsys, *into, "--claim", "claim:nerve-misfiring_promotes_muscle-cramp=foot cramp")
    assert (status, "what these are to refer to is not given: " in error) == (2, True)
    status, _, error = done(
        capsys, *into, "--claim", "claim:nerve-misfiring_promotes_muscle-cramp=foot cramp", "--rest", "calf cramp", "--write"
    )
    assert "kg:effect kg:foot-cramp" in block(here, "claim:nerve-misfiring_promotes_foot-cramp")
    assert "kg:cause kg:calf-cramp" in block(here, "claim:calf-cramp_promotes_muscle-tightness")
    status, out, error = done(capsys, "term", "muscle cramp", "--source", ".")
    assert (status, out) == (2, "")
    assert error.endswith("was split on " + error.partition("was split on ")[2])
    both = "replaced by calf cramp (kg:calf-cramp) and foot cramp (kg:foot-cramp)"
    assert f"{both}; choose one of them" in error
    for words in (["explain", "muscle cramp"], ["explain", "kg:muscle-cramp", "nerve misfiring"], ["find", "muscle cramp"]):
        assert both in done(capsys, *words, "--source", ".")[2], words


def test_what_nothing_refers_to_is_retired_with_its_reason(here, capsys):
    parts(here)
    shape = here / "ontology/own_shapes.ttl"
    shape.write_text("kg:CrampShape sh:hasValue kg:calf-cramp .\n")
    status, _, error = done(capsys, "retire", "calf cramp", "--write")
    assert (status, "ontology/own_shapes.ttl:1" in error) == (2, True)
    shape.unlink()
    assert done(capsys, "retire", "calf cramp", "--reason", "nobody uses it", "--replaced-by", "foot cramp", "--write")[0] in (
        0,
        1,
    )
    assert block(here, "kg:calf-cramp") == ""
    assert retired(here) == {"kg:calf-cramp": ["calf cramp", "retired", "kg:foot-cramp", "nobody uses it"]}
    status, out, error = done(capsys, "term", "calf cramp", "--source", ".", "--format", "json")
    assert (status, json.loads(out)["iri"]) == (0, KG + "foot-cramp")
    assert done(capsys, "retire", "foot cramp", "--reason", "nor this", "--write")[0] in (0, 1)
    status, out, error = done(capsys, "term", "kg:foot-cramp", "--source", ".")
    assert (status, out, "was retired on" in error, "(nor this)" in error) == (2, "", True, True)
    status, out, error = done(capsys, "term", "foot cramp", "--source", ".")
    assert (status, out, "was retired on" in error) == (2, "", True)
    assert done(capsys, "term", "kg:hand-cramp", "--source", ".")[:2] == (2, "")


def test_a_claim_that_was_read_and_reviewed_is_retired_and_its_readings_stay(here, capsys):
    claim = next(
        name
        for name in re.findall(r"^claim:(\S+) a kg:", (here / "data/small.ttl").read_text(), re.MULTILINE)
        if name not in (here / "data/articles/statements.tsv").read_text()
    )
    line = min(
        row["line"].value.rpartition("/")[2]
        for row in Graph(Embedded(build_graph("."))).rows(f"SELECT ?line {{ <{KG}claim/{claim}> <{KG}evidence> ?line }}")
    )
    (here / "data/verification").mkdir()
    given = {"line": line, "reader": "one", "on": "2026-11-29", "ends": "both", "verdict": "doesNot"}
    reading = "\t".join(given.get(column, "") for column in readings.COLUMNS)
    (here / "data/verification/one.tsv").write_text("\t".join(readings.COLUMNS) + "\n" + reading + "\n")
    assert done(capsys, "verify", "--source", ".")[0] == 0
    assert done(capsys, "retire", f"claim:{claim}", "--reason", "a reader says no", "--write")[0] in (0, 1)
    assert retired(here)[f"claim:{claim}"][1:] == ["retired", "", "a reader says no"]
    assert reading in (here / "data/verification/one.tsv").read_text()
    assert "no such evidence line" not in "".join(map(str, done(capsys, "verify", "--source", ".")))
    # A retired term excuses no reading of a claim that begins with its name.
    with (here / "data/tables/retired.tsv").open("a") as table:
        table.write("kg:old-state\told state\tretired\t\t2026-11-29\t\n")
    with (here / "data/verification/one.tsv").open("a") as table:
        table.write(reading.replace(line, "old-state_promotes_muscle-cramp_textbook") + "\n")
    assert "no such evidence line" in "".join(map(str, done(capsys, "verify", "--source", ".")))


REFUSED = {
    "a name in use": (["rename", "hypomagnesemia", "charley horse"], "'charley horse' is a name of kg:muscle-cramp (Symptom) already"),
    "an id in use": (["rename", "hypomagnesemia", "new words", "--name", "muscle-cramp"], "kg:muscle-cramp already exists; give another name"),
    "an id that was": (["rename", "hypomagnesemia", "old thing"], "kg:old-thing was the id of another record, and ids are never reused"),
    "its own name": (["rename", "hypomagnesemia", "hypomagnesemia"], "'hypomagnesemia' is already the label of kg:hypomagnesemia"),
    "no name": (["rename", "hypomagnesemia", " "], "'' is not a name; choose another name"),
    "a bad id": (["rename", "hypomagnesemia", "x", "--name", "New Id"], "--name New Id: a name is lower-case words joined by hyphens, such as new-id"),
    "an unknown term": (["rename", "no such", "x"], "nothing is called 'no such'"),
    "what names a file": (["rename", "magnesium", "Mg"], "kg:magnesium names files of data; rename its label alone: add --keep-id"),
    "one with itself": (["merge", "charley horse", "muscle cramp"], "name the same term, kg:muscle-cramp; there is nothing to merge"),
    "other kinds": (["merge", "magnesium", "hypomagnesemia"], "a term can be replaced only by one of its kind"),
    "one part": (["split", "muscle cramp", "muscle tightness"], "is split into two terms or more"),
    "no part of it": (["split", "muscle cramp", "muscle tightness", "nerve misfiring", "--rest", "hypomagnesemia"], "'hypomagnesemia' is none of the parts"),
    "half a claim": (["split", "muscle cramp", "muscle tightness", "nerve misfiring", "--claim", "x"], "--claim x: write it as CLAIM=PART"),
    "no such claim": (["retire", "claim:a_promotes_b"], "no claim is called 'claim:a_promotes_b'"),
    "what is in use": (["retire", "muscle cramp"], "kg:muscle-cramp is referred to at data/small.ttl:"),
    "a source in use": (["retire", "Textbook"], "source:textbook is referred to at data/small.ttl:"),
    "a claim in use": (["retire", "claim:nerve-misfiring_promotes_muscle-cramp"], "claim:nerve-misfiring_promotes_muscle-cramp is referred to at data/articles/statements.tsv:"),
    "itself": (["retire", "muscle cramp", "--replaced-by", "charley horse"], "'muscle cramp' cannot replace itself"),
    "a row of a table": (["retire", "lettuce"], "is not in a Turtle file of data; change the row of its table"),
    "another form": (["retire", "muscle cramp", "--format", "csv"], "--format csv: kg retire writes text, json; choose one"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_is_one_line_and_changes_nothing(here, capsys, case):
    words, complaint = REFUSED[case]
    (here / "data/tables/retired.tsv").write_text(
        "id\tlabel\thow\treplaced_by\ton\treason\nkg:old-thing\told thing\tretired\t\t2026-01-01\t\n"
    )
    before = contents(here)
    status, out, error = done(capsys, *words, "--write")
    assert (status, out, error.count("\n")) == (2, "", 1), error
    assert complaint in error
    assert contents(here) == before


def test_a_chain_of_replacements_leads_to_its_end_and_never_round(here, capsys):
    assert done(capsys, "rename", "muscle cramp", "first name", "--write")[0] in (0, 1)
    assert done(capsys, "rename", "first name", "second name", "--write")[0] in (0, 1)
    assert {retired(here)[name][2] for name in ("kg:muscle-cramp", "kg:first-name")} == {"kg:second-name"}
    before = contents(here)
    status, _, error = done(capsys, "rename", "second name", "muscle cramp", "--write")
    assert (status, "kg:muscle-cramp was the id of another record" in error) == (2, True)
    assert contents(here) == before


def problems(capsys) -> list[str]:
    main(["validate", "--quiet"])
    return [line for line in capsys.readouterr().out.splitlines() if "retire" in line or "replace" in line or "circle" in line]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (
            "kg:muscle-cramp\tcramp\tmerged\tkg:muscle-tightness\t2026-01-01\t",
            "kg:muscle-cramp: the record is written, and is retired in data/tables/retired.tsv. Take out the record, or its row there",
        ),
        (
            "kg:old\told\tmerged\tkg:older\t\t\nkg:older\tolder\tmerged\tkg:old\t\t",
            "retired.tsv:3: replaced_by holds kg:old, whose own replacement leads back to this record. ",
        ),
        ("kg:old\told\tmerged\tkg:no such\t\t", "replaced_by holds 'kg:no such'. Write an id as kg:..."),
        ("kg:old\told\teaten\tkg:muscle-cramp\t\t", "how holds 'eaten'. Use one of merged, renamed, retired, split"),
    ],
)
def test_the_checks_refuse_uses_and_circles(here, capsys, row, told):
    (here / "data/tables/retired.tsv").write_text(f"id\tlabel\thow\treplaced_by\ton\treason\n{row}\n")
    main(["validate", "--quiet"])
    assert told in capsys.readouterr().out


def test_a_claim_on_a_retired_term_is_told_with_what_to_use(here, capsys):
    (here / "data/tables/retired.tsv").write_text(
        "id\tlabel\thow\treplaced_by\ton\treason\nkg:old-cramp\told cramp\tmerged\tkg:muscle-cramp\t2026-01-01\t\n"
    )
    text = (here / "data/small.ttl").read_text()
    (here / "data/small.ttl").write_text(text.replace("kg:effect kg:muscle-cramp ;", "kg:effect kg:old-cramp ;", 1))
    main(["validate", "--quiet"])
    assert "kg:old-cramp is used, and is retired. Use kg:muscle-cramp" in capsys.readouterr().out


def test_old_addresses_lead_on_for_good(here, capsys):
    parts(here)
    done(capsys, "rename", "muscle tightness", "tight muscle", "--write")
    done(capsys, "retire", "calf cramp", "--reason", "unused", "--write")
    site = Site(build_graph(str(here)))

    def get(path: str, form: str = "html") -> tuple[int, str]:
        reply = site.answer(Visit(path, [], form, "http://here"))
        return reply.status, reply.headers.get("Location", "")

    assert get("/term/muscle-tightness") == (301, "/term/tight-muscle")
    assert get("/term/muscle-tightness.ttl") == (301, "/term/tight-muscle.ttl")
    assert get("/claim/muscle-cramp_promotes_muscle-tightness") == (301, "/claim/muscle-cramp_promotes_tight-muscle")
    assert get("/term/calf-cramp") == (410, "")
    assert "was retired" in site.answer(Visit("/term/calf-cramp", [], "html", "http://here")).body.decode()


def test_the_difference_tells_what_became_of_a_record(here, capsys, tmp_path):
    shutil.copytree(here, tmp_path / "old")
    done(capsys, "rename", "hypomagnesemia", "low blood magnesium", "--reason", "plain", "--write")
    status, out, _ = done(capsys, "diff", str(tmp_path / "old"), ".")
    assert status == 0
    assert re.search(
        r"^  - hypomagnesemia \(kg:hypomagnesemia\) was renamed on [\d-]+ \(plain\); "
        r"replaced by low blood magnesium \(kg:low-blood-magnesium\)$",
        out,
        re.MULTILINE,
    )
    gone = json.loads(done(capsys, "diff", str(tmp_path / "old"), ".", "--format", "json")[1])["terms"]["removed"]
    assert gone == [
        {
            "iri": KG + "hypomagnesemia",
            "label": "hypomagnesemia",
            "how": "renamed",
            "replaced_by": [KG + "low-blood-magnesium"],
            "reason": "plain",
        }
    ]


def test_in_python_an_old_name_is_a_warning(here, capsys):
    done(capsys, "rename", "hypomagnesemia", "low blood magnesium", "--write")
    graph = Graph(Embedded(build_graph(str(here))))
    with pytest.warns(RetiredName, match="replaced by low blood magnesium"):
        assert graph.term("kg:hypomagnesemia").label == "low blood magnesium"


def test_what_goes_out_as_rdf_says_it_as_others_do(here, capsys):
    done(capsys, "rename", "hypomagnesemia", "low blood magnesium", "--write")
    text = done(capsys, "export", "nt", "--source", ".")[1]
    old, new = f"<{KG}hypomagnesemia>", f"<{KG}low-blood-magnesium>"
    for line in (
        f'{old} <http://www.w3.org/2002/07/owl#deprecated> "true"^^<http://www.w3.org/2001/XMLSchema#boolean> .',
        f"{old} <http://purl.org/dc/terms/isReplacedBy> {new} .",
        f"{old} <http://purl.obolibrary.org/obo/IAO_0100001> {new} .",
    ):
        assert line in text.splitlines()


@pytest.mark.parametrize(
    "words",
    [
        ("rename", "charley horse", "sudden\u200bcramp"),
        ("rename", "charley horse", "sudden cramp", "--reason", "a\x1b[2J"),
        ("retire", "muscle cramp", "--reason", "\u202ea"),
        ("merge", "muscle cramp", "muscle tightness", "--reason", "a\x00b"),
    ],
)
def test_words_with_letters_that_nobody_sees_are_refused(here, capsys, words):
    before = contents(here)
    status, out, error = done(capsys, *words, "--write")
    assert (status, out, contents(here)) == (2, "", before)
    assert "which cannot be seen; leave it out" in error


def test_the_tools_for_language_models_say_what_replaced_a_name(here, capsys, monkeypatch):
    from kg.integrations.mcp import server

    monkeypatch.setattr(warnings, "showwarning", warnings.showwarning)
    done(capsys, "rename", "muscle cramp", "sudden cramp", "--reason", "clearer", "--write")
    offered = server(Graph(Embedded(build_graph("."))), ".")
    said = "muscle cramp (kg:muscle-cramp) was renamed on"
    for tool, asked in {
        "term": {"name": "kg:muscle-cramp"},
        "paths": {"cause": "magnesium deficiency", "effect": "kg:muscle-cramp"},
        "evidence": {"claim": "claim:nerve-misfiring_promotes_muscle-cramp"},
        "ask": {"question": "causes_of", "parameters": {"finding": "kg:muscle-cramp"}},
    }.items():
        with warnings.catch_warnings():
            warnings.simplefilter("always")
            with ThreadPoolExecutor(1) as pool:  # a browser of an earlier test leaves its loop in this thread
                result = pool.submit(asyncio.run, offered.call_tool(tool, asked)).result()
        answer = json.dumps(result.structured_content if hasattr(result, "structured_content") else result[1])
        assert "sudden-cramp" in answer, tool
        assert ("was renamed on" if tool == "evidence" else said) in answer, tool


#: Rows of replacements that never end, and what is reported of the last of them.
CIRCLES = {
    "itself": (["kg:a kg:a"], 2, "holds kg:a, which is the record itself"),
    "two": (["kg:a kg:b", "kg:b kg:a"], 3, "holds kg:a, whose own replacement leads back to this record"),
    "three, one of them split": (
        ["kg:a kg:b|kg:muscle-cramp", "kg:b kg:c", "kg:c kg:a"],
        4,
        "holds kg:a, whose own replacement leads back to this record",
    ),
}


def test_replacements_in_a_circle_are_reported_at_their_row(here, capsys):
    path = here / "data" / "tables" / "retired.tsv"
    for name, (pairs, line, problem) in CIRCLES.items():
        rows = [
            f"{pair.split()[0]}\tan old name {at}\tmerged\t{pair.split()[1]}\t2026-11-29\t" for at, pair in enumerate(pairs)
        ]
        path.write_text("\n".join(["id\tlabel\thow\treplaced_by\ton\treason", *rows]) + "\n", encoding="utf-8")
        status, out, _ = done(capsys, "validate", "--quiet")
        assert status == 1, name
        assert f"data/tables/retired.tsv:{line}: replaced_by {problem}. Write what replaced it in the end, or nothing" in out, (
            out
        )
