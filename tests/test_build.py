"""The build: the same bytes every time, kept on disk whole or not at all, rebuilt when a source changed."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg import locations
from kg.atomic import write
from kg.build import cells, derive, tables
from kg.build.cells import MEASURES
from kg.build.store import _complete, _sources, build_graph, fresh, ntriples
from kg.errors import DataError

ROOT = Path(__file__).parent.parent
KG = "https://w3id.org/nutrition-kg/"


def differences(one: bytes, other: bytes) -> tuple[list[bytes], list[bytes]]:
    """The first lines that one text alone holds, and the other: to compare 60 MB in words takes minutes where they differ."""
    lines, others = set(one.splitlines()), set(other.splitlines())
    return sorted(lines - others)[:5], sorted(others - lines)[:5]


@pytest.fixture(scope="module")
def whole(real) -> bytes:
    """The real graph, as it is kept."""
    return ntriples(real.engine.store)


@pytest.mark.slow
def test_a_build_is_the_same_bytes_as_the_one_that_is_kept(whole):
    assert differences(whole, ntriples(build_graph(str(ROOT)))) == ([], [])


@pytest.mark.slow
def test_what_follows_is_the_same_with_every_amount_in_sight_of_the_rules(whole):
    store = Store()
    store.bulk_extend(_sources(str(ROOT)))
    store.bulk_extend(tables.quads(str(ROOT), [tables.CONTENTS]))
    derive.derive(store)
    store.bulk_extend(list(_complete(store, str(ROOT))))
    assert differences(ntriples(store), whole) == ([], [])


def test_an_edge_is_derived_from_its_claim(small):
    assert small.query("ASK { kg:nerve-misfiring kg:promotes kg:muscle-cramp }") is True


def test_a_refuted_claim_keeps_its_node_and_gives_no_edge(small):
    assert small.query("ASK { claim:strict-vegan-diet_promotes_muscle-tightness kg:status kg:refuted }") is True
    assert small.query("ASK { kg:strict-vegan-diet kg:promotes kg:muscle-tightness }") is False


def test_evidence_is_named_after_claim_and_source(small):
    rows = small.query("SELECT ?line { claim:nerve-misfiring_promotes_muscle-cramp kg:evidence ?line } ORDER BY ?line")
    name = "evidence/nerve-misfiring_promotes_muscle-cramp"
    assert [row[0].value.removeprefix(KG) for row in rows] == [f"{name}_article", f"{name}_nhlbi-pernicious-anemia"]


def test_evidence_of_the_composition_table_is_computed(small):
    rows = small.query(
        "SELECT ?stance ?note { claim:seeds_richIn_magnesium kg:evidence [ kg:stance ?stance ; kg:note ?note ] }"
    )
    assert rows.plain() == [
        ["kg:supports", "1 of 1 foods reach 20 % of the adult Daily Value in 100 g or a portion; they hold 82 %"]
    ]


def test_only_the_bad_ontology_lists_are_blank(real):
    assert real.query("ASK { ?blank ?property ?value FILTER(isBlank(?blank)) ?blank kg:source ?source }") is False


def test_the_store_is_kept_and_found_again(repository):
    root = str(repository)
    assert locations.find_stamped(root) is None
    first = fresh(root)
    assert ntriples(first) == ntriples(build_graph(root))
    assert locations.find_stamped(root) is not None


def test_a_changed_source_is_built_anew(repository):
    root = str(repository)
    fresh(root)
    old = locations.find_stamped(root)
    with (repository / "data" / "small.ttl").open("a") as file:
        file.write('\nkg:new a kg:Nutrient ; rdfs:label "new"@en .\n')
    assert locations.find_stamped(root) is None
    fresh(root)
    assert locations.find_stamped(root) not in (None, old)


def test_where_the_cache_cannot_be_written_the_graph_is_built_in_memory(repository, tmp_path, monkeypatch, capsys):
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    monkeypatch.setenv("KG_CACHE", str(blocked / "cache"))
    assert len(fresh(str(repository))) > 1000
    assert "the graph is built in memory each time" in capsys.readouterr().err


def test_processes_that_build_at_once_do_not_disturb_each_other(repository, small, tmp_path):
    ask = "SELECT * { ?s ?p ?o }"
    code = "import sys, kg; kg_open = kg.open; sys.stdin.read(); print(len(kg_open(sys.argv[1]).query(sys.argv[2])))"
    environment = {**os.environ, "KG_CACHE": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", code, str(repository), ask]
    running = [
        subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    time.sleep(1)  # all have started, and wait for the word
    for process in running:
        process.stdin.close()
        process.stdin = None
    assert [process.communicate(timeout=60)[0].strip() for process in running] == [str(len(small.query(ask)))] * 4
    assert not [name for name in os.listdir(tmp_path / "cache") if name.startswith(".building")]


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "graph.nt"
    path.write_bytes(b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write(str(path), b"new")
    assert path.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["graph.nt"]


BAD_TURTLE = {
    "syntax": ("kg:x a kg:Nutrient\nkg:y a kg:Nutrient .", r"small.ttl:\d+:\d+: .*; mend the line and try again"),
    "prefix": ("nope:x a kg:Nutrient .", r"small.ttl:\d+:\d+: The prefix nope: has not been declared"),
    "conflict": ("<<<<<<< ours\nkg:x a kg:Nutrient .\n=======\n>>>>>>> theirs", r"small.ttl:\d+: conflict markers"),
    "half": ('kg:x rdfs:label "half', r"small.ttl:\d+:\d+: "),
}


@pytest.mark.parametrize("name", BAD_TURTLE)
def test_broken_turtle_is_told_with_file_and_line(repository, name):
    text, complaint = BAD_TURTLE[name]
    with (repository / "data" / "small.ttl").open("a") as file:
        file.write(text)
    with pytest.raises(DataError, match=complaint):
        build_graph(str(repository))


def test_another_encoding_is_told(repository):
    (repository / "data" / "latin.ttl").write_bytes('# café\n<http://a> <http://b> "é" .'.encode("latin-1"))
    with pytest.raises(DataError, match=r"latin.ttl:\d+: not UTF-8; save the file as UTF-8"):
        build_graph(str(repository))


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (
            "food\tunit\nndb-1\tm\ndb-2\tµg\n".encode("latin-1"),
            "t.tsv:3: unit holds the byte B5, which is not UTF-8; save the file as UTF-8",
        ),
        (
            "food\tEinheit für\n".encode("latin-1"),
            "t.tsv:1: the line holds the byte FC, which is not UTF-8; save the file as UTF-8",
        ),
        ("food\tunit\n".encode("utf-16"), "t.tsv:1: UTF-16, not UTF-8; save the file as UTF-8"),
        ("food\tunit\n".encode("utf-16-le"), "t.tsv:1: UTF-16, not UTF-8; save the file as UTF-8"),
    ],
    ids=["cell", "header", "marked", "unmarked"],
)
def test_a_table_in_another_encoding_is_told_with_line_and_column(tmp_path, content, complaint):
    (tmp_path / "t.tsv").write_bytes(content)
    with pytest.raises(DataError) as caught:
        cells.lines(str(tmp_path / "t.tsv"))
    assert str(caught.value).endswith(complaint)


BAD_CELLS = {
    "ragged": ("ndb-1\tmagnesium\t1\tmg", "4 cells instead of 7; check the tabs"),
    "word": ("ndb-1\tmagnesium\tmuch\tmg\tusda-sr-28\t\t", "amount_per_100g holds 'much'; write a decimal number"),
    "comma": ("ndb-1\tmagnesium\t1,5\tmg\tusda-sr-28\t\t", "amount_per_100g holds '1,5'; write a decimal number"),
    "negative": ("ndb-1\tmagnesium\t-1\tmg\tusda-sr-28\t\t", "amounts are zero or more"),
    "infinite": ("ndb-1\tmagnesium\tInfinity\tmg\tusda-sr-28\t\t", "write a decimal number with a point"),
    "zeros": ("ndb-1\tmagnesium\t007\tmg\tusda-sr-28\t\t", "holds '007'; leave out the zeros before the number"),
    "header": (
        "food\tnutrient\tamount_per_100g\tunit\tsource\tdata_points\tdoubt",
        "the header stands here again; delete the line",
    ),
    "formula": ("ndb-1\tmagnesium\t=1+1\tmg\tusda-sr-28\t\t", "write a decimal number"),
    "unit": (
        "ndb-1\tmagnesium\t1\tmcg\tusda-sr-28\t\t",
        "unit holds 'mcg'; use one of % of energy, L, g, g/kg, kcal, mg, mg/MJ, ug",
    ),
    "empty": ("ndb-1\t\t1\tmg\tusda-sr-28\t\t", "nutrient is empty; fill it in or delete the row"),
}


RANGE = "serum-vitamin-b12\t\t{nutrient}\t{meaning}\t{sign}\t{value}\t{unit}\tadults\twomen|men\tThe body\ttextbook\t"
GOOD_RANGE = {"nutrient": "vitamin-b12", "meaning": "deficiency", "sign": "<", "value": "148", "unit": "pmol/L"}
BAD_RANGES = {
    "unit": (
        {"unit": "mcg/l"},
        f"unit holds 'mcg/l'; use one of {', '.join(sorted(MEASURES))}",
    ),
    "meaning": ({"meaning": "low"}, "interpretation holds 'low'; use one of adequate, deficiency, excess, insufficiency"),
    "sign": ({"sign": "under"}, "comparator holds 'under'; use one of <, <=, >, >=, range"),
    "value": ({"value": "about 148"}, "value holds 'about 148'; write a decimal number with a point"),
    "half a range": ({"sign": "range"}, "value holds '148'; write one number, or two with a hyphen for a range"),
    "three limits": ({"value": "1-2-3"}, "value holds '1-2-3'; write one number, or two with a hyphen for a range"),
}


@pytest.mark.parametrize("name", BAD_CELLS)
def test_a_wrong_cell_is_told_with_file_and_line(repository, name):
    row, complaint = BAD_CELLS[name]
    path = repository / "data" / "tables" / "food_composition.tsv"
    path.write_text(path.read_text() + row + "\n")
    with pytest.raises(DataError) as caught:
        build_graph(str(repository))
    assert "food_composition.tsv:5: " in str(caught.value)
    assert complaint in str(caught.value)


@pytest.mark.parametrize("name", BAD_RANGES)
def test_a_wrong_cut_off_is_told_with_file_and_line(repository, name):
    changed, complaint = BAD_RANGES[name]
    path = repository / "data" / "tables" / "reference_ranges.tsv"
    path.write_text(path.read_text() + RANGE.format(**GOOD_RANGE | changed) + "\n")
    with pytest.raises(DataError) as caught:
        build_graph(str(repository))
    assert "reference_ranges.tsv:5: " + complaint in str(caught.value)


def test_a_cut_off_keeps_its_limits_as_numbers_and_says_what_it_points_to(small):
    rows = small.query(
        """SELECT ?cutoff ?lower ?upper ?state WHERE {
             ?range a kg:ReferenceRange ; kg:cutoff ?cutoff .
             OPTIONAL { ?range kg:lower ?lower } OPTIONAL { ?range kg:upper ?upper } OPTIONAL { ?range kg:pointsTo ?state }
           } ORDER BY ?cutoff"""
    )
    assert rows.plain() == [
        ["148 to 222", "148", "222", "kg:vitamin-b12-deficiency"],
        ["< 148", "", "148", "kg:vitamin-b12-deficiency"],
        [">= 200", "200", "", ""],
    ]


def test_a_cut_off_is_evidence_that_its_biomarker_indicates_the_state(small):
    rows = small.query(
        """SELECT ?note WHERE {
             claim:serum-vitamin-b12_indicates_vitamin-b12-deficiency kg:evidence [ kg:source source:trials ; kg:note ?note ]
           }"""
    )
    assert rows.plain() == [
        ["sets or quotes cut-offs: 148 to 222 pmol/L (insufficiency; all ages); < 148 pmol/L (deficiency; all ages)"]
    ]


def test_a_changed_header_is_told(repository):
    path = repository / "data" / "tables" / "foods.tsv"
    path.write_text(path.read_text().replace("label", "name", 1))
    with pytest.raises(DataError, match=r"foods.tsv:1: the header is not food label .*; restore the header line"):
        build_graph(str(repository))


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(repository):
    before = ntriples(build_graph(str(repository)))
    for path in (repository / "data" / "tables").glob("*.tsv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert ntriples(build_graph(str(repository))) == before
