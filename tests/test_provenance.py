"""Where an answer comes from, and whether another release gives the same one."""

import hashlib
import json

import pytest

from kg.cli import main
from kg.cli.provenance import of_data

QUERY = ["query", "findings_reached_from", "--state", "magnesium deficiency", "--format", "csv"]


def told(err: str) -> dict[str, object]:
    return json.loads(err.strip().splitlines()[-1])


@pytest.fixture
def here(repository, monkeypatch):
    """The small repository, with the working folder in it and a place for releases beside."""
    monkeypatch.chdir(repository)
    monkeypatch.setenv("KG_RELEASES", str(repository.parent / "releases"))
    return repository


def test_an_answer_says_where_it_comes_from(here, capsys):
    words = ["--source", ".", *QUERY, "--provenance"]
    assert main(words) == 0
    out, err = capsys.readouterr()
    assert told(err) == {
        "kg": told(err)["kg"],
        "source": ".",
        "data": of_data(".")["data"],
        "asked": "kg --source . query findings_reached_from --state 'magnesium deficiency' --format csv --provenance",
        "answer": hashlib.sha256(out.encode()).hexdigest(),
    }
    path = here / "data" / "small.ttl"
    path.write_text(path.read_text().replace("Nerves fire unasked.", "Nerves fire by themselves."))
    assert main(words) == 0
    again = told(capsys.readouterr().err)
    assert again["data"] != told(err)["data"]
    assert again["answer"] == told(err)["answer"]


@pytest.mark.parametrize(
    "words",
    [
        ["paths", "magnesium deficiency", "muscle cramp", "--format", "json"],
        ["term", "muscle cramp"],
        ["correct", "magnesium deficiency"],
        ["explain", "muscle cramp", "--format", "json"],
    ],
)
def test_every_answer_can_say_it(here, capsys, words):
    assert main([*words, "--source", ".", "--provenance"]) == 0
    out, err = capsys.readouterr()
    assert told(err)["answer"] == hashlib.sha256(out.encode()).hexdigest()
    if "json" in words:
        json.loads(out)


def test_what_gives_no_answer_of_the_graph_has_none(here, capsys):
    assert main(["validate", "--provenance", "--source", "."]) == 2
    assert capsys.readouterr().err.startswith("kg: --provenance: kg validate gives no answer to prove; it belongs to query, ")


def test_a_file_an_endpoint_and_standard_input(tmp_path, monkeypatch):
    path = tmp_path / "own.nt"
    path.write_text("<http://example.org/s> <http://example.org/p> <http://example.org/o> .\n")
    assert of_data(str(path)) == {"source": str(path), "data": hashlib.sha256(path.read_bytes()).hexdigest()}
    assert of_data("https://me:secret@example.org/sparql") == {"source": "https://***@example.org/sparql", "data": None}
    assert of_data("-") == {"source": "standard input", "data": None}


def test_a_paper_s_query_gives_the_same_rows_from_the_release_that_was_kept(here, capsys):
    release = here.parent / "releases" / "0.0.9"
    release.parent.mkdir()
    assert main(["build", "-o", str(release), "--source", "."]) == 0
    digest = hashlib.sha256((release / "nutrition-kg.nt").read_bytes()).hexdigest()
    (release / "SHA256SUMS").write_text(f"{digest}  nutrition-kg.nt\n")
    capsys.readouterr()
    assert main(["--source", ".", *QUERY]) == 0
    paper = capsys.readouterr().out

    path = here / "data" / "small.ttl"  # and then the graph goes on
    path.write_text(path.read_text().replace('rdfs:label "muscle cramp"@en', 'rdfs:label "cramp of a muscle"@en'))
    assert main(["--release", "0.0.9", *QUERY, "--provenance"]) == 0
    out, err = capsys.readouterr()
    assert out == paper
    assert (told(err)["release"], told(err)["data"]) == ("0.0.9", digest)

    assert main(["--release", "0.0.9", *QUERY, "--compare", "0.0.9"]) == 0
    assert capsys.readouterr() == (paper, f"kg: 0.0.9 gives the same {paper.count(chr(10)) - 1} rows\n")
    assert main(["--source", ".", *QUERY, "--compare", "0.0.9"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert lines[0] == "kg: 0.0.9 gives other rows: 1 that are not here, 1 fewer of those here"
    assert lines[1].startswith("kg:   only there: muscle cramp, ")
    assert lines[2].startswith("kg:   only here : cramp of a muscle, ")


def test_a_release_that_is_not_there_is_said_before_anything_is_printed(here, capsys):
    assert main(["--source", ".", *QUERY, "--compare", "9.9.9"]) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith("kg: release 9.9.9")) == ("", True)
    assert main(["--source", ".", "query", "-e", "ASK { ?s ?p ?o }", "--compare", "now"]) == 2
    assert capsys.readouterr().err == "kg: --compare now: rows are compared, and this query answers with none\n"
