"""kg validate names markers of a merge in every text file of a repository."""

import pytest

from kg.checks.merge_markers import of_other_texts
from kg.cli import main

MARKED = "a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n"
#: Files of a repository that no check of records reads.
PLACES = [
    "README.md",
    "CITATION.cff",
    "codemeta.json",
    "pyproject.toml",
    "Makefile",
    "LICENSE",
    ".gitattributes",
    ".github/workflows/ci.yml",
    "docs/a/b.rst",
    "tools/x.py",
    "notebooks/one.ipynb",
    "tests/data.ttl",
    "data/notes.md",
    "queries/README.md",
    "ontology/about.txt",
    "src/style.css",
    "src/no_ending",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_marker_is_named_with_file_and_line(tmp_path, monkeypatch, place):
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MARKED, encoding="utf-8", newline="\r\n" if "docs" in place else "\n")
    monkeypatch.chdir(tmp_path)
    assert list(map(str, of_other_texts("."))) == [
        f"{place}:2: conflict markers of a merge. Keep one side and delete the markers"
    ]
    assert list(map(str, of_other_texts(".", [str(path.parent)]))) != []
    assert list(of_other_texts(".", [str(tmp_path / "elsewhere")])) == []


@pytest.mark.parametrize(
    ("place", "content"),
    [
        ("README.md", b"Git writes <<<<<<< and >>>>>>> where two sides differ.\n"),
        ("a.rst", b"Title\n=======\n"),
        ("a.sh", b"cat <<EOF >>log\n<<<<<<<<<< ten\n"),
        ("picture.png", b"\x89PNG\0\n<<<<<<< HEAD\n"),
        (".git/MERGE_MSG", MARKED.encode()),
        ("node_modules/x/readme.md", MARKED.encode()),
        (".venv/lib/x.py", MARKED.encode()),
        ("env/lib/x.py", MARKED.encode()),
        ("out/x.ttl", MARKED.encode()),
        ("data/claims/x.ttl", MARKED.encode()),
    ],
)
def test_what_is_no_marker_or_not_of_the_authors_is_passed_over(tmp_path, place, content):
    (tmp_path / "env").mkdir()
    (tmp_path / "env" / "pyvenv.cfg").touch()
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    assert list(of_other_texts(str(tmp_path))) == []


def test_the_command_reports_a_marker_in_a_document(repository, monkeypatch, capsys):
    (repository / "CITATION.cff").write_text(MARKED)
    (repository / "gone.md").symlink_to("nowhere")
    monkeypatch.chdir(repository)
    assert main(["validate"]) == 1
    assert "CITATION.cff:2: conflict markers of a merge. Keep one side and delete the markers\n" in capsys.readouterr().out
