"""Neighbours of faults that were found before: names, places, addresses, time and memory of one process."""

import gc
import json
import os
import shutil
import threading
import time
import warnings
from io import BytesIO

import pytest

import kg
from kg import cli
from kg.authoring.naming import local_name
from kg.cli import deadline
from kg.cli.complaint import write_line
from kg.errors import UsageError
from kg.grounding.normalize import fold
from kg.rdf.xml import note_replaced, replace_forbidden
from kg.sparql.address import without_passwords
from kg.sparql.row_formats import write

from .endpoint import Reply, answering


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“leg cramp”", "leg cramp"),
        ("‘leg cramp’", "leg cramp"),
        ("«leg cramp»", "leg cramp"),
        ("PARÆSTHESIA", "paresthesia"),
        ("œdema", "edema"),
    ],
)
def test_quotes_and_joined_letters_do_not_matter(one, other):
    assert fold(one) == fold(other)


def test_the_host_of_an_iri_is_read_in_any_case(small):
    assert small.term("HTTPS://W3ID.ORG/nutrition-kg/muscle-cramp").label == "muscle cramp"


def test_nothing_near_is_looked_for_of_what_is_no_name(small):
    with pytest.raises(UsageError) as told:
        small.term("muscle cramp " * 400)
    assert told.value.nearest == ()


def test_a_name_too_long_for_an_address_is_refused():
    with pytest.raises(UsageError, match="has 300 letters; shorten it"):
        local_name("a" * 300)
    assert len(local_name("a" * 200)) == 200


@pytest.mark.parametrize(
    "file",
    [
        "../terms.ttl",
        "terms.ttl",
        "ontology/kg.ttl",
        "data/shapes.ttl",
        "data/terms/more.txt",
        "data/.terms/more.ttl",
        "data/.more.ttl",
    ],
)
def test_a_record_is_not_written_where_nobody_reads_it(repository, monkeypatch, capsys, file):
    monkeypatch.chdir(repository)
    before = {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()}
    words = ["new", "term", "brittle hair", "--kind", "Sign", "--definition", "Hair that breaks.", "--write", "--file", file]
    assert cli.main(words) == 2
    assert "a record there is not read; name a Turtle file below data" in capsys.readouterr().err
    assert {path: path.read_bytes() for path in repository.rglob("*") if path.is_file()} == before
    assert not (repository.parent / "terms.ttl").exists()


def test_a_folder_that_is_missing_is_made(repository, monkeypatch, capsys):
    monkeypatch.chdir(repository)
    words = ["new", "source", "Hair and what it tells", "--study-kind", "Review", "--access", "original"]
    assert cli.main([*words, "--url", "https://example.org/hair", "--write", "--file", "data/more/hair.ttl"]) == 0, (
        capsys.readouterr()
    )
    assert "Hair and what it tells" in (repository / "data" / "more" / "hair.ttl").read_text()


def test_a_graph_without_a_folder_of_terms_takes_the_first_term(tmp_path, monkeypatch, capsys):
    assert cli.main(["init", str(tmp_path / "sleep")]) == 0
    monkeypatch.chdir(tmp_path / "sleep")
    shutil.rmtree("data/claims")
    shutil.rmtree("data/terms")
    words = ["--source", ".", "new", "term", "daylight", "--kind", "Quantity", "--definition", "Light of the day.", "--write"]
    assert cli.main(words) in (0, 1), capsys.readouterr()
    assert "daylight" in (tmp_path / "sleep/data/terms/quantities.ttl").read_text()


def test_a_link_to_an_empty_folder_is_filled(tmp_path, capsys):
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to("empty")
    assert cli.main(["init", str(tmp_path / "link")]) == 0, capsys.readouterr()
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "empty" / "data").is_dir()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("leads on to ftp://me:s3cret@host/x", "leads on to ftp://***@host/x"),
        ("kg --source http://me:s3cret@host/sparql query -e 'ASK {}'", "kg --source http://***@host/sparql query -e 'ASK {}'"),
        ("see https://host/a; write to me@host", "see https://host/a; write to me@host"),
    ],
)
def test_no_password_of_any_address_is_shown(text, shown):
    assert without_passwords(text) == shown


def test_provenance_and_redirects_show_no_password(capsys):
    def led(request):
        return Reply(b"", status=302, headers={"Location": "ftp://me:s3cret@host/x"}) if request.path == "/led" else Reply()

    with answering(led) as endpoint:
        named = endpoint.url.replace("//", "//me:s3cret@")
        assert cli.main(["--source", named, "query", "-e", "SELECT ?s { ?s ?p ?o }", "--provenance"]) == 0
        assert cli.main(["--source", f"{endpoint.url}/led", "query", "-e", "SELECT ?s { ?s ?p ?o }"]) == 3
    err = capsys.readouterr().err
    assert "s3cret" not in err
    assert "leads on to ftp://***@host/x, which is not followed" in err


def test_an_answer_let_go_in_another_thread_leaves_no_warning():
    with answering(Reply()) as endpoint, warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        kept = [iter(kg.open(endpoint.url).query("SELECT ?s { ?s ?p ?o }"))]
        next(kept[0])
        thread = threading.Thread(target=lambda: (kept.clear(), gc.collect()))
        thread.start()
        thread.join()
    assert [one for one in told if "Unclosed file" in str(one.message)] == []


@pytest.mark.parametrize(
    ("sent", "reported", "line"),
    [
        ({}, [], "kg: no answer within 0.01 s; raise --timeout or narrow the query\n"),
        (
            {"http://host/sparql": 3},
            [],
            "kg: http://host/sparql: no answer within 0.01 s, in which 3 queries were sent; raise --timeout or narrow the query\n",
        ),
        ({"http://host/sparql": 3}, ["kg: what was said"], ""),
    ],
)
def test_the_limit_of_a_command_names_the_endpoint_and_is_said_once(monkeypatch, capfd, sent, reported, line):
    from kg.sparql import remote

    def end(status):
        raise SystemExit(status)

    monkeypatch.setattr(remote, "SENT", sent)
    monkeypatch.setattr(deadline, "reported", reported)
    monkeypatch.setattr(deadline.os, "_exit", end)
    begun = time.monotonic()
    with pytest.raises(SystemExit) as ended:
        deadline._late(0.01)
    assert ended.value.code == 3
    assert time.monotonic() - begun < 0.9
    assert capfd.readouterr().err == line


def test_rows_with_blank_nodes_are_compared(tmp_path, capsys):
    (tmp_path / "a.ttl").write_text("[] <http://p> 1 . <http://a> <http://p> 2 .")
    (tmp_path / "b.ttl").write_text("<http://a> <http://p> 2 . _:x <http://p> 1 .")
    (tmp_path / "c.ttl").write_text("_:x <http://p> 1 . _:y <http://p> 1 . <http://a> <http://p> 2 .")
    words = ["--source", str(tmp_path / "a.ttl"), "query", "-e", "SELECT ?s ?o { ?s <http://p> ?o }", "--compare"]
    assert cli.main([*words, str(tmp_path / "b.ttl")]) == 0
    assert capsys.readouterr().err.strip().endswith("b.ttl gives the same 2 rows")
    assert cli.main([*words, str(tmp_path / "c.ttl")]) == 0
    assert "only there: _:, 1" in capsys.readouterr().err


def test_a_sheet_goes_to_a_descriptor_as_csv(repository, monkeypatch, tmp_path):
    monkeypatch.chdir(repository)
    with (tmp_path / "sheet").open("w+") as file:
        assert cli.main(["import", "--template", "terms", "-o", f"/dev/fd/{file.fileno()}"]) == 0
        assert "label,kind" in (tmp_path / "sheet").read_text()


def test_an_empty_name_is_not_all_claims(capsys):
    assert cli.main(["export", "nanopub", ""]) == 2
    assert capsys.readouterr() == ("", "kg: '' is not a name of a claim; kg term lists the claims of a term\n")


@pytest.mark.parametrize("url", ["", "https://host/?a=b", "https://host/#a", 'https://host/"><script>', "https://host/a{b}"])
def test_an_address_that_cannot_stand_in_links_is_refused(capsys, url):
    assert cli.main(["serve", "--port", "0", "--public-url", url]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_damage_that_the_engine_finds_while_it_reads_is_mended_by_the_next_command(tmp_path):
    store = tmp_path / "0.store"
    store.mkdir()
    (store / "contents.kg").write_text("whole\n")
    told = write_line(
        f"the query could not be run: Corruption: block checksum mismatch: stored = 1 in {store}/000009.sst offset 67"
    )
    assert told == f"{store}: damaged, and is built again by the next command; run the command again"
    assert not (store / "contents.kg").exists()


def test_a_release_of_a_graph_of_ones_own_answers(tmp_path, capsys):
    assert cli.main(["init", str(tmp_path / "sleep")]) == 0
    assert cli.main(["--source", str(tmp_path / "sleep"), "build", "--release", "-o", str(tmp_path / "kept")]) == 0
    capsys.readouterr()
    words = ["query", "-e", "ASK { kg:example-habit kg:promotes kg:example-finding }", "--format", "json"]
    assert cli.main(["--release", str(tmp_path / "kept"), *words]) == 0
    assert json.loads(capsys.readouterr().out)["boolean"] is True


def test_a_label_of_a_release_with_a_letter_that_nobody_sees_is_refused(repository, monkeypatch, capsys):
    monkeypatch.chdir(repository)
    path = repository.parent / "hp.obo"
    path.write_text("format-version: 1.2\n\n[Term]\nid: HP:0009999\nname: Muscle \u202espasm\n")
    assert cli.main(["ids", "add", "HP:0009999", "--from", str(path)]) == 2
    assert "the label of HP:0009999 contains U+202E, which cannot be seen" in capsys.readouterr().err


NESTED = "<x:s> <x:p> " + "<<( <x:s> <x:p> " * 5000 + "<x:o>" + " )>>" * 5000 + " ."


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("deep.ttl", NESTED, "deep.ttl: triple terms nested more than 100 deep. Nest it less"),
        (
            "bad.rq",
            "SELECT ?s { ?s",
            "bad.rq:1: the query does not parse: the query ends with 1 { not closed. Correct the query",
        ),
        ("write.rq", "DELETE WHERE { ?s ?p ?o }", "write.rq:1: the query does not parse: DELETE would change the graph"),
        ("t.tsv", "a\tb\n<<<<<<< HEAD\nc\td\n", "t.tsv:2: conflict markers of a merge. Keep one side and delete the markers"),
        (
            "page.ttl",
            "<!DOCTYPE html>\n<title>Sign in</title>",
            "page.ttl:1: an HTML page. Fetch the file itself, not the page that shows it",
        ),
        (
            "tag.ttl",
            '<x:s> <x:p> "a\U000e0041" .',
            "tag.ttl:1: the line contains U+E0041, which cannot be seen. Delete it, or write a blank",
        ),
        (
            "filler.ttl",
            '<x:s> <x:p> "a\\u3164" .',
            "filler.ttl:1: the line contains U+3164, which cannot be seen. Delete it, or write a blank",
        ),
        (
            "none.ttl",
            '<x:s> <x:p> "a\\U0000FFFE" .',
            "none.ttl:1: the line contains U+FFFE, which cannot be seen. Delete it, or write a blank",
        ),
        ("q.rq", "<<<<<<< HEAD\nASK {}\n", "q.rq:1: conflict markers of a merge. Keep one side and delete the markers"),
    ],
)
def test_a_named_file_is_looked_at_wherever_it_lies(repository, tmp_path, monkeypatch, capsys, name, text, told):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / name).write_text(text)
    monkeypatch.chdir(tmp_path / "elsewhere")
    for named in (name, "."):
        assert cli.main(["--source", str(repository), "validate", named]) == 1
        assert capsys.readouterr().out.startswith(told)


@pytest.mark.parametrize(
    "words", [["--source", "", "query", "-e", "ASK {}"], ["--source=", "term", "iron"], ["--source", "", "validate"]]
)
def test_an_empty_source_is_no_built_in_graph(capsys, words):
    """A variable of a script that was not set would ask another graph without a word."""
    assert cli.main(words) == 2
    assert "source is empty; name a file, a folder or an address, or leave it out" in capsys.readouterr().err


def test_an_empty_variable_is_none(monkeypatch, capsys):
    monkeypatch.setenv("KG_SOURCE", "")
    assert cli.main(["query", "-e", "ASK { ?s ?p ?o }"]) == 0


def test_a_path_of_bytes_is_a_path(tmp_path):
    (tmp_path / "a.ttl").write_text("<x:s> <x:p> 1 .")
    assert kg.open(os.fsencode(tmp_path / "a.ttl")).query("SELECT ?o { ?s ?p ?o }").plain() == [["1"]]
    with pytest.raises(UsageError, match="the source is empty"):
        kg.open("")


def test_letters_that_xml_cannot_hold_are_replaced_and_that_is_said(tmp_path, capfdbinary):
    path = tmp_path / "control.nt"
    path.write_text('<http://a> <http://p> "x\\u0001y\\u0002\\u0001z\\n" .\n')
    assert cli.main(["--source", str(path), "query", "--format", "xml", "-e", "SELECT ?o { ?s ?p ?o }"]) == 0
    out, err = capfdbinary.readouterr()
    assert "<literal>x\ufffdy\ufffd\ufffdz\n</literal>" in out.decode()
    told = b"kg: 3 letters that XML cannot hold were replaced by U+FFFD (U+0001, U+0002); JSON and N-Triples keep them\n"
    assert err == told
    assert cli.main(["--source", str(path), "query", "--format", "json", "-e", "SELECT ?o { ?s ?p ?o }"]) == 0
    out, err = capfdbinary.readouterr()
    assert (b"x\\u0001y" in out, err) == (True, b"")


def test_a_filled_sheet_says_what_it_could_not_hold(repository, tmp_path, capsys):
    data = repository / "data" / "small.ttl"
    data.write_text(data.read_text().replace('"magnesium"@en', '"magne\\u0001sium"@en'))
    sheet = str(tmp_path / "sheet.xlsx")
    assert cli.main(["--source", str(repository), "import", "--template", "claims", "--filled", "-o", sheet]) == 0
    assert "replaced by U+FFFD (U+0001)" in capsys.readouterr().err


def test_no_writer_tells_of_what_another_replaced(capsys):
    replace_forbidden("\x01")  # nobody asked
    with note_replaced() as outer:
        replace_forbidden("\x02")
        with note_replaced() as inner:
            replace_forbidden("\x03\x03")
        assert write("xml", ["o"], [], BytesIO()) == 0
    assert (outer, inner, capsys.readouterr().err) == (["\x02"], ["\x03", "\x03"], "")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.nt", b"<!doctype HTML><p>", "an HTML page; fetch the file itself, not the page that shows it"),
        (
            "a.json",
            b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\n",
            "a pointer of Git LFS, which stands for the file; fetch the file with git lfs pull",
        ),
        ("a.ttl", b"PK\x03\x04\0\0", "a zip archive or a workbook; unpack it, and name the file in it"),
        ("b.ttl", b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/>', "RDF/XML; let its name end in .rdf"),
        ("a.nq", b"@prefix x: <http://x/> .\nx:a x:b x:c .", "Turtle or TriG; let its name end in .ttl or .trig"),
    ],
)
def test_a_file_of_another_kind_is_called_by_its_kind(tmp_path, capsys, name, content, told):
    (tmp_path / name).write_bytes(content)
    assert cli.main(["--source", str(tmp_path / name), "query", "-e", "ASK {}"]) == 2
    assert capsys.readouterr().err == f"kg: {tmp_path / name}:1: {told}\n"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda graph: graph.term(["iron"]), "['iron']: a name is a text, and this is of type list"),
        (lambda graph: graph.paths(None, "muscle cramp"), "None: a name is a text, and this is of type NoneType"),
        (lambda graph: graph.correct(["muscle cramp"]), "['muscle cramp']: a name is a text, and this is of type list"),
        (lambda graph: graph.query(5), "5: a query is a text, and this is of type int"),
        (lambda graph: graph.ask(["x"]), "['x']: a question is a text, and this is of type list"),
        (lambda graph: graph.explain([1]), "1: each of the findings and circumstances is a text, and this is of type int"),
        (lambda graph: graph.plate("seeds"), "'seeds': give foods with their amounts, as in {'spinach, raw': 100}"),
    ],
)
def test_what_is_no_text_is_named_and_not_the_method_that_it_lacks(small, ask, told):
    with pytest.raises(UsageError) as error:
        ask(small)
    assert str(error.value) == told


def test_a_single_finding_may_stand_without_a_list(small):
    assert small.explain("muscle cramp").candidates == small.explain(["muscle cramp"]).candidates
