"""Files as people have them: in any place, of any usual kind, packed, beside the locks of editors, with a mark before the text."""

import _thread
import gzip
import os
import re
from pathlib import Path

import pytest

import kg
from kg import locations
from kg.build import cells, formats
from kg.build.store import build_graph
from kg.cli import query_file
from kg.errors import DataError, EngineError
from tests import command

TURTLE = '@prefix x: <http://x/> .\nx:a x:p "A" .\n'
KINDS = {
    "a.ttl": TURTLE,
    "a.turtle": TURTLE,
    "A.TTL": TURTLE,
    "a.n3": TURTLE,
    "a.trig": TURTLE,
    "a.nt": '<http://x/a> <http://x/p> "A" .\n',
    "a.nq": '<http://x/a> <http://x/p> "A" .\n',
    "a.jsonld": '{"@id": "http://x/a", "http://x/p": "A"}',
    "a.json": '[{"@id": "http://x/a", "http://x/p": "A"}]',
    "a.rdf": '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    '<rdf:Description rdf:about="http://x/a"><x:p>A</x:p></rdf:Description></rdf:RDF>',
    "turtle.owl": TURTLE,
    "protege.owl": '<?xml version="1.0"?><!DOCTYPE rdf:RDF [ <!ENTITY x "http://x/" > ]>'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="http://x/">'
    '<rdf:Description rdf:about="&x;a"><x:p>A</x:p></rdf:Description></rdf:RDF>',
}
ASKED = "SELECT ?s ?o { ?s <http://x/p> ?o }"
ONE = [["http://x/a", "A"]]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_a_file_in_a_wide_encoding_is_told_by_its_name(tmp_path, encoding):
    (tmp_path / "a.ttl").write_bytes(TURTLE.encode(encoding))
    (tmp_path / "q.rq").write_bytes(ASKED.encode(encoding))
    called = encoding[:6].upper()
    with pytest.raises(DataError, match=rf"a\.ttl:1: {called}, not UTF-8; save the file as UTF-8"):
        kg.open(tmp_path / "a.ttl")
    with pytest.raises(DataError, match=rf"q\.rq: {called}, not UTF-8; save the file as UTF-8"):
        query_file.of_file(str(tmp_path / "q.rq"))
    (tmp_path / "t.tsv").write_bytes("a\tb\n1\t2\n".encode(encoding))
    with pytest.raises(DataError, match=rf"t\.tsv:1: {called}, not UTF-8; save the file as UTF-8"):
        cells.lines(str(tmp_path / "t.tsv"))


def test_zeros_here_and_there_are_no_wide_encoding():
    assert [formats.wide_encoding(text) for text in (b"", b"a\0bcdefgh", b"\xef\xbb\xbfab", b"\0\0\0\0\0")] == [""] * 4


@pytest.mark.parametrize("name", ["a.rdf", "protege.owl", "a.trig", "a.jsonld", "a.nt"])
@pytest.mark.parametrize("share", [0.7, 0.9, 0.97])
def test_a_file_that_is_broken_off_is_refused_and_not_half_read(tmp_path, name, share):
    """A parser of RDF/XML takes what came until the end for the whole."""
    text = {**KINDS, "a.trig": "<http://x/g> { <http://x/a> <http://x/p> 'A' . }"}[name].rstrip()
    (tmp_path / name).write_text(text[: int(len(text) * share)])
    with pytest.raises(DataError, match=rf"^{re.escape(str(tmp_path / name))}:\d+:\d+: [^\n]+; [^\n]+$"):
        kg.open(tmp_path / name)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("packed", [False, True])
def test_every_usual_kind_is_read(tmp_path, name, mark, packed):
    text = mark + KINDS[name].encode()
    path = tmp_path / (f"{name}.gz" if packed else name)
    path.write_bytes(gzip.compress(text) if packed else text)
    assert kg.open(path).query(ASKED).plain() == ONE


#: What has the name of a graph in it, as standard input may hold it.
GRAPHS = {
    "quads": '<http://x/a> <http://x/p> "A" <http://x/g> .\n',
    "quads behind triples": '# of old\n<http://x/b> <http://x/q> "B"@en .\n<http://x/a> <http://x/p> "A" _:g . # one\n',
    "trig": "@prefix x: <http://x/> .\nx:g { x:a x:p 'A' }\n",
    "trig with a word": "GRAPH <http://x/g> { <http://x/a> <http://x/p> 'A' }\n",
    "trig that quotes quads": '<http://x/g> { <http://x/a> <http://x/p> \'A\' ; <http://x/q> """\n<x:a> <x:p> <x:b> <x:g> .\n""" }\n',
}


@pytest.mark.parametrize("name", ["a.ttl", "a.nq", "a.jsonld", "a.rdf", *GRAPHS])
def test_standard_input_is_read_whatever_form_it_has(tmp_path, name):
    asked = ASKED.replace("{", "{ GRAPH ?g {") + "}" if name in GRAPHS else ASKED
    out = command.kg("--source", "-", "query", "-e", asked, cwd=tmp_path, said={**KINDS, **GRAPHS}[name])
    assert out == (0, "s,o\nhttp://x/a,A\n", "")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("<http://x/a> <http://x/p> <http://x/b> <http://x/g> .\n<http://x/a> nothing .\n", "standard input:2:"),
        ("<http://x/a> <http://x/p> <http://x/b> <http://x/g> ;\n", "standard input:1:40: A dot is expected"),
    ],
)
def test_what_is_wrong_in_standard_input_is_told_at_its_line(tmp_path, said, told):
    status, out, error = command.kg("--source", "-", "query", "-e", ASKED, cwd=tmp_path, said=said)
    assert (status, out, error.count("\n"), told in error) == (2, "", 1, True), error


@pytest.mark.parametrize("spelled", ["{p}", "file://{p}", "FILE://{p}", "file://localhost{p}", "file:{p}"])
def test_a_source_may_be_an_address_of_a_file(tmp_path, spelled):
    path = tmp_path / "ein Blatt ü.ttl"
    path.write_text(TURTLE)
    source = spelled.format(p=path.as_uri()[7:] if ":" in spelled else path)
    assert kg.open(source).query(ASKED).plain() == ONE


def test_a_source_may_be_a_path_and_begin_with_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / "a.ttl").write_text(TURTLE)
    for source in (tmp_path / "a.ttl", Path("~/a.ttl"), "~/a.ttl"):
        assert kg.open(source).query(ASKED).plain() == ONE


def test_subfolders_are_read_and_what_is_left_out_is_told(tmp_path):
    folder = tmp_path / "all"
    (folder / "deep" / "deeper").mkdir(parents=True)
    (folder / "deep" / "deeper" / "a.ttl").write_text(TURTLE)
    (folder / "notes.txt").write_text("words")
    told = command.kg("--source", str(folder), "query", "-e", ASKED, cwd=tmp_path)
    assert told == (0, "s,o\nhttp://x/a,A\n", f"kg: {folder}: not read, since not RDF: notes.txt\n")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.txt", TURTLE, "not a known kind of RDF file; use one of .ttl"),
        ("a", TURTLE, "not a known kind"),
        ("a.owl", "Prefix(:=<http://x/>)\nOntology()", "robot convert"),
        ("a.owl", '<?xml version="1.0"?>\n<Ontology xmlns="http://www.w3.org/2002/07/owl#"/>', "robot convert"),
        ("a.nt.gz", "not packed", "not a valid .gz file"),
        ("a.jsonld", '{"@context": "http://x/c", "p": 1}', "a JSON-LD context at another address, which is not fetched"),
    ],
)
def test_what_is_not_read_is_told_with_a_way_out(tmp_path, name, text, told):
    (tmp_path / name).write_text(text)
    with pytest.raises(DataError) as caught:
        kg.open(tmp_path / name)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"name": "a-package", "version": "1.0"}', "JSON, but not JSON-LD: it gives no triples"),
        ('{"head": {"vars": ["s"]}, "results": {"bindings": []}}', "JSON, but not JSON-LD: it gives no triples"),
        ("{}", ""),
    ],
)
def test_json_that_is_no_json_ld_is_not_passed_over_in_silence(tmp_path, capsys, text, told):
    (tmp_path / "a.json").write_text(text, encoding="utf-8")
    assert kg.open(tmp_path / "a.json").query(ASKED).plain() == []
    empty = "contains no triples, so every answer from it is empty"
    assert capsys.readouterr().err.splitlines() == [f"kg: {tmp_path / 'a.json'}: {line}" for line in (told, empty) if line]


def test_half_of_a_packed_file_is_told(tmp_path):
    (tmp_path / "a.nt.gz").write_bytes(gzip.compress(KINDS["a.nt"].encode() * 100)[:-20])
    with pytest.raises(DataError, match=r"not a valid \.gz file"):
        kg.open(tmp_path / "a.nt.gz")


LOCKS = {
    ".#iron.ttl": None,  # Emacs: a link that leads nowhere
    "._iron.ttl": b"\0\5\26\7",  # macOS
    ".iron.ttl.swp": b"b0VIM",
    "#iron.ttl#": b"half",
    "~$foods.tsv": b"lock",  # Office
    ".~lock.foods.tsv#": b",ann,host",
    ".hidden.ttl": b"no turtle",
    "gone.ttl": None,
}


@pytest.mark.parametrize("name", LOCKS)
def test_what_editors_leave_is_no_source(repository, name):
    before = len(build_graph(str(repository)))
    path = repository / "data" / name
    if LOCKS[name] is None:
        os.symlink("ann@host.1:2", path)
    else:
        path.write_bytes(LOCKS[name])
    assert len(build_graph(str(repository))) == before
    assert command.kg("--source", str(repository), "query", "-e", "ASK {}", cwd=repository)[:2] == (0, "true\n")
    assert command.kg("format", cwd=repository)[0] == 0
    assert command.kg("validate", cwd=repository)[0] == 0 or name == "gone.ttl"


def test_folders_of_the_system_are_not_walked_into(tmp_path):
    (tmp_path / "system").symlink_to("/proc")
    assert [place for place, _, _ in locations.walk(str(tmp_path))] == [str(tmp_path)]


def test_where_no_thread_starts_is_one_line(tmp_path, monkeypatch):
    """The engine ended the process in a container whose limit on processes was reached."""
    (tmp_path / "a.ttl").write_text("<x:a> <x:p> 1 .", encoding="utf-8")
    monkeypatch.setattr(_thread, "start_new_thread", lambda *_: (_ for _ in ()).throw(RuntimeError("can't start new thread")))
    with pytest.raises(EngineError, match="the system starts no more threads"):
        kg.open(tmp_path).rows("ASK {}")


def test_a_file_with_two_names_is_read_once(tmp_path):
    (tmp_path / "v2.ttl").write_text("@prefix x: <http://x/> . [] x:q 2 .", encoding="utf-8")
    (tmp_path / "latest.ttl").symlink_to("v2.ttl")
    assert len(list(kg.open(tmp_path).query("SELECT ?s { ?s ?p ?o }"))) == 1


def test_a_linked_folder_is_read_once_and_a_circle_of_links_ends(tmp_path):
    (tmp_path / "fold").mkdir()
    (tmp_path / "other").mkdir()
    (tmp_path / "fold" / "a.ttl").write_text("<x:a> <x:p> 1 .")
    (tmp_path / "other" / "o.ttl").write_text("<x:o> <x:p> 1 .")
    (tmp_path / "fold" / "linked").symlink_to("../other")
    (tmp_path / "other" / "back").symlink_to("../fold")
    found = kg.open(tmp_path / "fold").query("SELECT ?s { ?s ?p ?o } ORDER BY ?s")
    assert [row["s"].value for row in found] == ["x:a", "x:o"]
