"""No source sends a reader to a proxy, an upload or a mirror."""

import pytest

from kg.build.readings import COLUMNS
from kg.checks import validate

TABLE = "host\tkind\treason\nscribd.example\tupload\tuploads of strangers\ncode.example/someone/leak\tleak\ta leaked course\n"


def problems(repository, statement: str) -> list[str]:
    (repository / "data" / "sources").mkdir(exist_ok=True)
    (repository / "data" / "sources" / "refused_hosts.tsv").write_text(TABLE, encoding="utf-8")
    small = repository / "data" / "small.ttl"
    text = small.read_text(encoding="utf-8").replace(
        "source:textbook a kg:Source ;", f"source:textbook a kg:Source ; {statement} ;"
    )
    prefixes = "@prefix dcterms: <http://purl.org/dc/terms/> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
    small.write_text(prefixes + text, encoding="utf-8")
    return [f"{problem.record}: {problem.problem}" for problem in validate(str(repository))]


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("https://scribd.example/document/1", "uploads of strangers"),
        ("http://fr.scribd.example/document/1", "uploads of strangers"),
        ("https://FR.Scribd.Example./1", "uploads of strangers"),
        ("https://scribd.example:2400/1", "uploads of strangers"),
        ("https://code.example/Someone/Leak/blob/1/book.md", "a leaked course"),
    ],
)
def test_a_refused_address_is_told_at_its_source(repository, address, reason):
    assert problems(repository, f"dcterms:source <{address}>") == [f"source:textbook: {address} leads to {reason}"]


def test_the_copy_that_was_read_is_no_way_around(repository):
    found = problems(repository, 'kg:readAt "https://scribd.example/1"^^xsd:anyURI')
    assert found == ["source:textbook: https://scribd.example/1 leads to uploads of strangers"]


def test_a_reading_names_no_such_text_either(repository):
    table = repository / "data" / "verification" / "readings.tsv"
    table.parent.mkdir(parents=True, exist_ok=True)
    row = dict.fromkeys(COLUMNS, "") | {
        "line": "any",
        "reader": "somebody",
        "on": "2026-11-29",
        "ends": "none",
        "verdict": "supports",
    }
    refused = row | {"text": "https://fr.scribd.example/1"}
    table.write_text(
        "\n".join(["\t".join(cells) for cells in (COLUMNS, row.values(), refused.values())]) + "\n", encoding="utf-8"
    )
    assert problems(repository, "dcterms:source <https://other.example/>") == [
        ": https://fr.scribd.example/1 leads to uploads of strangers"
    ]


@pytest.mark.parametrize(
    "address",
    ["https://notscribd.example/1", "https://scribd.example.org/", "https://code.example/someone/else", "https://other.example/scribd.example"],
)  # fmt: skip
def test_a_host_that_only_looks_like_one_is_none(repository, address):
    assert problems(repository, f"dcterms:source <{address}>") == []


def test_a_table_of_hosts_that_cannot_be_read_is_one_problem(repository):
    problems(repository, "dcterms:source <https://other.example/>")
    (repository / "data" / "sources" / "refused_hosts.tsv").write_text("host\treason\n", encoding="utf-8")
    (problem,) = validate(str(repository))
    assert "the header is not host kind reason" in problem.problem
