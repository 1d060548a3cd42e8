"""A release that is kept on disk answers as it did; one that is missing or damaged is refused in one line."""

import shutil

import pytest

import kg
from kg.cli import main
from kg.errors import DataError, UsageError
from kg.export import kept_releases
from tests import command

LABEL = "SELECT ?label { kg:muscle-cramp rdfs:label ?label }"
OLD = '<https://w3id.org/nutrition-kg/muscle-cramp> <http://www.w3.org/2000/01/rdf-schema#label> "cramp of a muscle"@en .\n'


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder of releases with two of them."""
    from hashlib import sha256

    for version in ("0.10.0", "0.2.0"):
        place = tmp_path / "releases" / version
        place.mkdir(parents=True)
        text = OLD.replace("cramp of", f"{version} cramp of")
        (place / "nutrition-kg.nt").write_text(text, encoding="utf-8")
        sums = f"{sha256(text.encode()).hexdigest()}  nutrition-kg.nt\n"
        (place / "SHA256SUMS").write_text(sums, encoding="utf-8")
    monkeypatch.setenv("KG_RELEASES", str(tmp_path / "releases"))
    return tmp_path / "releases"


def test_a_release_answers_by_version_and_by_folder(kept):
    assert kept_releases.list_kept() == ["0.2.0", "0.10.0"]
    assert kg.open(release="0.2.0").query(LABEL).plain() == [["0.2.0 cramp of a muscle"]]
    assert kg.open(release=str(kept / "0.10.0")).query(LABEL).plain() == [["0.10.0 cramp of a muscle"]]
    for words in (["--release", "0.2.0"], ["--release=0.2.0"], ["--release", str(kept / "0.2.0")]):
        assert command.kg(*words, "query", "-e", LABEL, "--format", "csv", cwd=kept)[1] == "label\n0.2.0 cramp of a muscle\n"


def test_a_release_may_stand_among_other_options_before_the_command(kept, capfd):
    for words in (["--format", "csv", "--release", "0.2.0"], ["--quiet", "--release=0.2.0", "--format=csv"]):
        assert main([*words, "query", "-e", LABEL]) == 0
        assert capfd.readouterr().out.split("\r\n") == ["label", "0.2.0 cramp of a muscle", ""]
    for words in (["--release", "0.2.0"], ["--release=0.2.0"]):
        assert main(["--lang", "de", "term", "muscle cramp", *words]) == 2
        assert capfd.readouterr().err == (
            f"kg term: {words[0]} is not known here; put it before the command, as in kg --release 0.2.0 ...; see kg term --help\n"
        )


@pytest.mark.parametrize(
    ("words", "exit_status", "told"),
    [
        (
            ["--release", "9.9"],
            2,
            "release 9.9: not on this disk (available: 0.2.0, 0.10.0); put the folder of the release into",
        ),
        (["--release="], 2, "--release: name the version of a release, or its folder"),
        (["--release", "0.2.0", "--source", "x.ttl"], 2, "both --release and --source were given; give one of them"),
    ],
)
def test_what_is_wrong_is_said_in_a_line(kept, words, exit_status, told):
    status, out, err = command.kg(*words, "query", "coverage", cwd=kept)
    assert (status, out, err.count("\n")) == (exit_status, "", 1)
    assert told in err


def test_a_damaged_release_does_not_answer(kept):
    (kept / "0.2.0" / "nutrition-kg.nt").write_text(OLD, encoding="utf-8")
    with pytest.raises(DataError, match="not the file that SHA256SUMS of the release lists"):
        kg.open(release="0.2.0")
    (kept / "0.2.0" / "nutrition-kg.nt").unlink()
    with pytest.raises(DataError, match=r"contains none of nutrition-kg\.nt"):
        kg.open(release="0.2.0")
    (kept / "0.10.0" / "SHA256SUMS").write_bytes(b"\xff\xfe\n")
    with pytest.raises(DataError, match="cannot be read"):
        kg.open(release="0.10.0")
    shutil.rmtree(kept / "0.2.0")
    (kept / "0.2.0").mkdir()
    with pytest.raises(DataError, match="has no file SHA256SUMS, so it is not a release"):
        kg.open(release="0.2.0")


def test_a_source_and_a_release_exclude_each_other(kept):
    with pytest.raises(UsageError, match="both a source and a release"):
        kg.open("x.ttl", release="0.2.0")
