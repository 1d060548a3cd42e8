"""codemeta.json and .zenodo.json say what CITATION.cff and pyproject.toml say, in one version."""

import json
from pathlib import Path

from tools import generate_metadata as metadata

import kg

ROOT = Path(__file__).parent.parent


def test_both_files_are_what_the_tool_writes():
    for name, text in metadata.made().items():
        assert (ROOT / name).read_text(encoding="utf-8") == text, f"python tools/generate_metadata.py writes {name}"


def test_all_say_the_version_of_the_program():
    told = [json.loads(text)["version"] for text in metadata.made().values()]
    assert {*told, metadata.read_citation((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]} == {kg.__version__}


def test_people_with_and_without_an_orcid():
    cite = metadata.read_citation(
        'title: "T"\ntype: dataset\nabstract: >-\n  One\n  two.\nauthors:\n  - name: "The team"\n'
        '  - given-names: "Ada"\n    family-names: "Example"\n    orcid: "https://orcid.org/0000-0002-1825-0097"\n'
        "version: 1.2.3\ndate-released: 2026-11-24\nkeywords: [iron]\n"
    )
    assert metadata.zenodo(cite)["creators"] == [{"name": "The team"}, {"name": "Example, Ada", "orcid": "0000-0002-1825-0097"}]
    project = {"name": "n", "description": "d", "requires-python": ">=3.11", "dependencies": ["rdflib>=7.6,<8", "jinja2>=3.1"]}
    found = metadata.codemeta(cite, project)
    assert found["author"][1] == {
        "@type": "Person",
        "givenName": "Ada",
        "familyName": "Example",
        "@id": "https://orcid.org/0000-0002-1825-0097",
    }
    assert (found["softwareRequirements"], cite["abstract"]) == (["jinja2", "rdflib"], "One two.")
