"""The cache heals: whatever is damaged in it, the next answer is right, and one line says that it was built anew."""

import os
import shutil
from pathlib import Path

import pytest

import kg
from kg import locations
from tests import command
from tests.seed import plant

ASKED = ("query", "-e", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")


@pytest.fixture
def large(tmp_path, monkeypatch) -> Path:
    """A file that is kept as a store in the cache."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    path = tmp_path / "large.nt"
    path.write_text("".join(f'<http://example.org/{number}> <http://example.org/p> "{"x" * 60}" .\n' for number in range(5000)))
    assert asked(path) == (0, "n\n5000\n", "")
    return path


def test_a_file_saved_while_the_graph_is_built_is_in_the_graph(repository, tmp_path, monkeypatch):
    """The store of the text before was kept for ever as that of the file as it is now."""
    from kg.build import store as built

    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    data, build, times = repository / "data" / "small.ttl", built._build, []

    def build_meanwhile(folder: str, root: str) -> None:
        build(folder, root)
        if not times:
            data.write_text(data.read_text().replace('"muscle cramp"@en', '"sudden spasm"@en'))
        times.append(root)

    monkeypatch.setattr(built, "_build", build_meanwhile)
    ask = "ASK { kg:muscle-cramp rdfs:label 'sudden spasm'@en }"
    assert [kg.open(repository).query(ask) for _ in range(2)] == [True, True]
    assert len(times) == 2


def asked(path: Path) -> tuple[int, str, str]:
    return command.kg("--source", str(path), *ASKED, cwd=path.parent)


def store(path: Path) -> Path:
    [found] = (path.parent / "cache").glob("*.store")
    return found


def emptied(path: Path) -> None:
    shutil.rmtree(path)
    path.mkdir()


def files(path: Path, pattern: str) -> list[Path]:
    return [one for one in path.glob(pattern) if one.stat().st_size]


def flipped(path: Path) -> None:
    [largest] = sorted(path.glob("*.sst"), key=lambda one: one.stat().st_size)[-1:]
    content = bytearray(largest.read_bytes())
    for place in range(0, len(content), 50):
        content[place] ^= 0xFF
    largest.write_bytes(content)
    os.utime(largest, (1, 1))


DAMAGES = {
    "a truncated manifest": lambda path: [os.truncate(one, 20) for one in path.glob("MANIFEST*")],
    "an empty manifest": lambda path: [os.truncate(one, 0) for one in path.glob("MANIFEST*")],
    "no manifest": lambda path: [one.unlink() for one in path.glob("MANIFEST*")],
    "no CURRENT": lambda path: (path / "CURRENT").unlink(),
    "another CURRENT": lambda path: (path / "CURRENT").write_text("MANIFEST-000099\n"),
    "tables gone": lambda path: [one.unlink() for one in path.glob("*.sst")],
    "tables cut": lambda path: [os.truncate(one, one.stat().st_size // 2) for one in path.glob("*.sst")],
    "tables flipped": flipped,
    "no list": lambda path: (path / "contents.kg").unlink(),
    "half a list": lambda path: os.truncate(path / "contents.kg", 30),
    "an empty folder": emptied,
    "a file in its place": lambda path: (shutil.rmtree(path), path.write_text("foreign")),
    "a link to nowhere in its place": lambda path: (shutil.rmtree(path), path.symlink_to("nowhere")),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_store_of_a_file_is_built_anew(large, damage):
    DAMAGES[damage](store(large))
    status, out, told = asked(large)
    assert (status, out) == (0, "n\n5000\n")
    assert told == f"kg: {large.parent / 'cache'}: a store of the cache is damaged; it is built again\n"
    assert asked(large) == (0, "n\n5000\n", "")
    assert [one for one in os.listdir(large.parent / "cache") if not one.endswith(".store")] == []


def test_a_store_that_is_gone_is_built_again(large):
    shutil.rmtree(store(large))
    assert asked(large) == (0, "n\n5000\n", "")


def test_a_file_replaced_by_one_of_the_same_size_and_time_is_read(large):
    info = large.stat()
    lines = large.read_text().splitlines(keepends=True)
    large.write_text("".join(lines[:-1]) + lines[0])
    os.utime(large, ns=(info.st_atime_ns, info.st_mtime_ns))
    assert large.stat().st_size != 0
    assert asked(large)[1] == "n\n4999\n"


def test_what_killed_builders_left_is_swept_away(large):
    left = large.parent / "cache" / ".building-x"
    left.mkdir()
    (left / "000001.sst").write_bytes(b"half")
    shutil.rmtree(store(large))
    asked(large)
    assert not left.exists()


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["tables gone"])
def test_the_built_graph_heals_too(tmp_path, monkeypatch, damage):
    monkeypatch.setenv("KG_CACHE", str(plant(tmp_path / "cache")))
    heals(tmp_path, damage, *ASKED)


@pytest.mark.parametrize("damage", ["a truncated manifest", "tables gone", "a file in its place"])
def test_so_does_that_of_ones_own(repository, tmp_path, monkeypatch, damage):
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    assert command.kg("--source", str(repository), "build", "-o", str(tmp_path / "out"), cwd=tmp_path)[0] == 0
    heals(tmp_path, damage, "--source", str(repository), *ASKED)


def heals(folder: Path, damage: str, *words: str) -> None:
    """A question is answered as before the damage to the one store of the cache, and one line tells of it."""
    right = command.kg(*words, cwd=folder)
    assert (right[0], right[2]) == (0, "")
    [found] = (folder / "cache").glob("*.store")
    DAMAGES[damage](found)
    healed = command.kg(*words, cwd=folder)
    assert healed == (0, right[1], f"kg: {folder / 'cache'}: a store of the cache is damaged; it is built again\n")
    assert command.kg(*words, cwd=folder) == right


def test_a_stamp_that_leads_elsewhere_is_not_followed(tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(plant(tmp_path / "cache")))
    right = command.kg(*ASKED, cwd=tmp_path)
    [found] = (tmp_path / "cache").glob("*.store")
    shutil.copytree(found, tmp_path / "away.store", copy_function=shutil.copy2)
    [stamp] = (tmp_path / "cache").glob("*.stamp")
    for foreign in ("../away.store", str(tmp_path / "away.store"), "\0", ""):
        stamp.write_text(foreign)
        assert command.kg(*ASKED, cwd=tmp_path) == right
        assert stamp.read_text() == found.name
    stamp.unlink()
    (stamp / "a folder in its place").mkdir(parents=True)
    assert command.kg(*ASKED, cwd=tmp_path) == right
    assert stamp.read_text() == found.name


@pytest.mark.parametrize("home", ["", "relative"])
def test_without_a_home_nothing_is_left_behind(tmp_path, monkeypatch, home):
    monkeypatch.delenv("KG_CACHE")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setenv("HOME", home)
    (tmp_path / "a.ttl").write_text("<http://x/a> <http://x/p> 1 .")
    assert command.kg("--source", "a.ttl", *ASKED, cwd=tmp_path) == (0, "n\n1\n", "")
    assert os.listdir(tmp_path) == ["a.ttl"]


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="modes and owners are POSIX's")
@pytest.mark.parametrize("change", ["anybody may write", "another user's"])
def test_a_cache_that_others_can_change_is_not_used(large, change):
    folder = large.parent / "cache"
    if change == "anybody may write":
        folder.chmod(0o777)
    elif os.geteuid() == 0:
        os.chown(folder, 12345, -1)
    else:
        pytest.skip("only root can give a folder away")
    status, out, error = asked(large)
    assert (status, out) == (0, "n\n5000\n")
    assert error == (
        f"kg: {folder}: others can write to this cache, so it is not used; run chmod o-w on it, or name another in KG_CACHE\n"
    )


def test_two_stores_that_were_swapped_are_built_again(large):
    other = large.parent / "other.nt"
    other.write_text(large.read_text().replace("/p>", "/q>") + "<x:a> <x:b> <x:c> .\n")
    first = store(large)
    assert asked(other) == (0, "n\n5001\n", "")
    [second] = {*(large.parent / "cache").glob("*.store")} - {first}
    aside = first.with_name("aside")
    for old, new in ((first, aside), (second, first), (aside, second)):
        old.rename(new)
    for path, count in ((large, 5000), (other, 5001)):
        told = f"kg: {large.parent / 'cache'}: a store of the cache is damaged; it is built again\n"
        assert asked(path) == (0, f"n\n{count}\n", told)
        assert asked(path) == (0, f"n\n{count}\n", "")


@pytest.mark.parametrize("kind", ["a file", "a dangling link", "a link in a circle", "below a file"])
def test_a_cache_that_cannot_be_made_costs_no_answer(large, monkeypatch, kind):
    place = large.parent / "no-cache"
    if kind in ("a file", "below a file"):
        place.write_text("file")
    else:
        place.symlink_to("nowhere/at-all" if kind == "a dangling link" else "no-cache")
    monkeypatch.setenv("KG_CACHE", str(place / "deeper" if kind == "below a file" else place))
    status, out, told = asked(large)
    assert (status, out, told.count("\n") <= 1) == (0, "n\n5000\n", True)


def test_a_damaged_store_in_a_cache_that_may_only_be_read_costs_no_answer(tmp_path, monkeypatch, capsys):
    from kg.build import store as built

    monkeypatch.setattr(built, "_keep", lambda _: str(tmp_path / "gone.store"))
    monkeypatch.setattr(built, "build_graph", lambda _: "in memory")
    assert built.fresh() == "in memory"
    assert capsys.readouterr().err.endswith("; the graph is built in memory each time\n")


def test_a_refused_cache_of_a_built_graph_is_one_line(tmp_path, monkeypatch, capsys):
    (tmp_path / "cache").mkdir(mode=0o777)
    (tmp_path / "cache").chmod(0o777)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(locations, "_refused", [])
    assert locations.cache() != str(tmp_path / "cache")
    locations.say_uncached("Not a directory")
    assert capsys.readouterr().err == (
        f"kg: {tmp_path / 'cache'}: others can write to this cache, so it is not used; run chmod o-w on it, or name another in KG_CACHE\n"
    )


def test_the_home_folder_may_be_written_short(monkeypatch):
    monkeypatch.setenv("HOME", "/users/ann")
    monkeypatch.setenv("KG_CACHE", "~/kept")
    assert locations.cache() == "/users/ann/kept"
