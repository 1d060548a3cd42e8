"""Records of sources against their own addresses and titles."""

from pathlib import Path

import pytest

from kg.authoring.naming import identifiers_of
from kg.checks import validate
from kg.checks.sources import is_raw

PREFIXES = """@prefix kg: <https://w3id.org/nutrition-kg/> .
@prefix source: <https://w3id.org/nutrition-kg/source/> .
@prefix work: <https://w3id.org/nutrition-kg/work/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
"""


def problems(repository: Path, text: str) -> list[str]:
    """What validation says of sources of our own, besides that nobody cites them."""
    (repository / "data" / "more.ttl").write_text(PREFIXES + text, encoding="utf-8")
    found = [f"{one.record}: {one.problem}. {one.fix}" for one in validate(str(repository))]
    return [one for one in found if "refers to the source" not in one]


def source(name: str, title: str, more: str = "") -> str:
    return f'source:{name} a kg:Source ; rdfs:label "{title}"@en ; kg:studyKind kg:Review ; kg:access kg:original {more} .\n'


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/owner/book/blob/0123abc/chapters/magnesium.xml",
        "https://github.com/owner/book/tree/main/docs",
        "https://www.github.com/owner/book/raw/main/a.md",
        "https://raw.githubusercontent.com/owner/book/main/a.md",
        "https://gitlab.com/owner/book/-/blob/main/a.md",
    ],
)
def test_no_reader_is_sent_to_a_raw_file(repository, address):
    assert problems(repository, source("raw", "Raw", f"; dcterms:source <{address}>")) == [
        f"source:raw: {address} is a file of a repository, not a page. give the address of the publisher, and this one as kg:readAt"
    ]


@pytest.mark.parametrize(
    "address", ["https://github.com/owner/book", "https://owner.github.io/book/blob/a", "https://blob.example/a/b/blob/c"]
)
def test_a_page_is_no_raw_file(address):
    assert is_raw(address) is False


@pytest.mark.parametrize(
    ("address", "identifiers"),
    [
        ("https://pubmed.ncbi.nlm.nih.gov/123/", ["PMID:123"]),
        ("https://pubmed.ncbi.nlm.nih.gov/123/?dopt=Abstract", ["PMID:123"]),
        ("http://www.ncbi.nlm.nih.gov/pubmed/123", ["PMID:123"]),
        ("https://www.pubmed.gov/123/", ["PMID:123"]),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC45/table/T1", ["PMCID:PMC45"]),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmc45/", ["PMCID:PMC45"]),
        ("https://doi.org/10.1000/AB.1", ["DOI:10.1000/AB.1"]),
        ("https://link.example/article/10.1007%2Fs1-2", ["DOI:10.1007/s1-2"]),
        ("https://example.org/doi/10.1000/j.1.x/abstract", ["DOI:10.1000/j.1.x"]),
        ("https://example.org/content/10.1101/2020.07.01v2.full.txt", ["DOI:10.1101/2020.07.01"]),
        ("https://example.org/cdsr/doi/10.1002/1.CD1.pub3//pl", ["DOI:10.1002/1.CD1.pub3"]),
        ("https://example.org/10.1186/s4-1-y/tables/2", ["DOI:10.1186/s4-1-y"]),
        ("https://example.org/version/3.10.1002/x", []),
        ("https://example.org/10.1/short", []),
        ("https://example.org/page", []),
    ],
)  # fmt: skip
def test_what_an_address_tells(address, identifiers):
    assert identifiers_of(address) == identifiers


def test_an_identifier_of_the_address_is_one_of_the_record(repository):
    text = source("a", "A", "; dcterms:source <https://pubmed.ncbi.nlm.nih.gov/123/>")
    text += source("b", "B", '; dcterms:identifier "DOI:10.1000/1" ; dcterms:source <https://example.org/10.1000/1/behind>')
    assert problems(repository, text) == [
        'source:a: its address holds PMID:123, which is none of its identifiers. add "PMID:123"'
    ]


BOOK = 'work:book a kg:Work ; rdfs:label "Book"@en .\n' + source("one", "Book: one", "; kg:partOfWork work:book")


@pytest.mark.parametrize(
    ("more", "told"),
    [
        (source("two", "Book: two"), ["source:two: its title begins as those of work:book do, and it would count beside it. add kg:partOfWork work:book"]),
        (source("two", "Book"), ["source:two: its title begins as those of work:book do, and it would count beside it. add kg:partOfWork work:book"]),
        (source("two", "Book: two", "; kg:partOfWork work:book"), []),
        (source("two", "Booklet: two"), []),
        # reports of a trial have titles of their own
        ('work:trial a kg:Study ; rdfs:label "T"@en .\n' + source("n", "Institute: trial", "; kg:partOfWork work:trial") + source("two", "Institute: skin"), []),
        # a name that two works share tells nothing
        ('work:other a kg:Work ; rdfs:label "Other"@en .\n' + source("b", "Book: b", "; kg:partOfWork work:other") + source("two", "Book: two"), []),
    ],
)  # fmt: skip
def test_a_chapter_counts_with_its_book(repository, more, told):
    assert problems(repository, BOOK + more) == told
