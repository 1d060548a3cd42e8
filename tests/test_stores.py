"""A large file is kept as a store in the cache: read once, opened from then on, told with its line where it is wrong."""

import os
import shutil
from pathlib import Path

import pytest

from kg import stores
from kg.authoring.lookup import connect_records
from kg.build import store_folders
from kg.errors import DataError
from kg.graph import connect

LINE = "<http://example.org/{}> <http://example.org/p> <http://example.org/o> .\n"
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


@pytest.fixture
def large(tmp_path, monkeypatch) -> Path:
    monkeypatch.setattr(stores, "LARGE", 100)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "large.nt"
    path.write_text("".join(LINE.format(number) for number in range(5)))
    return path


def count(path: Path) -> str:
    return connect(str(path)).query(COUNT)[0]["n"].value


def test_a_large_file_is_kept_once_and_read_anew_when_it_changes(large, tmp_path):
    assert [count(large), count(large)] == ["5", "5"]
    assert len(list((tmp_path / "cache").glob("*.store"))) == 1
    with large.open("a") as file:
        file.write(LINE.format("six"))
    assert count(large) == "6"


def test_of_many_stores_the_one_that_was_not_used_for_longest_goes(large, tmp_path, monkeypatch):
    monkeypatch.setattr(store_folders, "KEPT", 2)
    cache, first = tmp_path / "cache", count(large)
    [used] = cache.glob("*.store")
    os.utime(used, (1, 1))
    other = large.with_name("other.nt")
    other.write_text("".join(LINE.format(number) for number in range(7)))
    assert (first, count(other)) == ("5", "7")
    [unused] = set(cache.glob("*.store")) - {used}
    os.utime(unused, (2, 2))
    assert count(large) == "5"  # built first, and used last
    third = large.with_name("third.nt")
    third.write_text("".join(LINE.format(number) for number in range(9)))
    assert count(third) == "9"
    assert (used.exists(), unused.exists(), len(list(cache.glob("*.store")))) == (True, False, 2)


def test_a_wrong_line_of_a_large_file_is_told(large):
    with large.open("a") as file:
        file.write("<a b c .\n")
    with pytest.raises(DataError, match=r"large\.nt:6:"):
        count(large)


def test_a_large_file_of_an_unknown_kind_is_told(large):
    with pytest.raises(DataError, match="not a known kind of RDF file"):
        count(large.rename(large.with_suffix(".txt")))


def test_without_a_cache_a_large_file_is_read_each_time(large, tmp_path, monkeypatch):
    (tmp_path / "taken").write_text("no folder")
    monkeypatch.setenv("KG_CACHE", os.path.join(tmp_path, "taken"))
    assert count(large) == "5"


def test_a_repository_is_built_once_for_all_its_copies_and_again_when_it_changes(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    copy = shutil.copytree(repository, tmp_path / "copy")
    first = len(connect(repository).engine.store)
    assert [len(connect(one).engine.store) for one in (repository, copy)] == [first, first]
    assert len(list((tmp_path / "cache").glob("*.store"))) == 1
    with (copy / "data" / "small.ttl").open("a") as file:
        file.write('\nkg:twitch a kg:Symptom ; rdfs:label "twitch"@en .\n')
    assert connect(copy).term("twitch").kind == "Symptom"
    assert len(connect(repository).engine.store) == first
    assert len(list((tmp_path / "cache").glob("*.store"))) == 2


def test_a_new_record_is_checked_against_what_is_written_and_nothing_is_derived_for_it(repository, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    before = connect_records(str(repository))
    assert not (tmp_path / "cache").exists()
    built = connect(repository)
    after = connect_records(str(repository))
    names = ["magnesium", "nerve misfiring", "strict vegan diet", "source:textbook"]
    first, *others = [[(one.term(name).iri, one.term(name).kind) for name in names] for one in (before, built, after)]
    assert others == [first, first]
    assert (len(before.engine.store) < len(built.engine.store), len(after.engine.store)) == (True, len(built.engine.store))
