"""Claims as nanopublications: four graphs, each claim by itself, and nothing that nobody asserts."""

import pyoxigraph as ox
import pytest

from kg.cli import main
from kg.errors import UnknownName, UsageError
from kg.export import export_graph
from kg.graph import connect

CLAIM = "magnesium-deficiency_promotes_nerve-misfiring"
BASE = f"http://purl.org/nanopub/temp/{CLAIM}#"
KG = "https://w3id.org/nutrition-kg/"


def quads(graph, claims: str = "") -> list[ox.Quad]:
    return list(ox.parse(export_graph(graph, "nanopub", claims=claims)["nutrition-kg.nanopub.trig"], format=ox.RdfFormat.TRIG))


def lines(found: list[ox.Quad], graph: str) -> list[str]:
    """The triples of one of its graphs, with short names."""
    told = [str(one.triple) for one in found if one.graph_name.value == BASE + graph]
    return sorted(line.replace(f"<{BASE}", "<#").replace(f"<{KG}", "<").replace(f"claim/{CLAIM}", "claim") for line in told)


def test_a_claim_is_asserted_with_what_it_rests_on_and_who_published_it(small):
    found = quads(small, CLAIM)
    assert {one.graph_name.value for one in found} == {BASE + name for name in ("Head", "assertion", "provenance", "pubinfo")}
    assert lines(found, "assertion") == [
        "<claim> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <CausalClaim>",
        '<claim> <http://www.w3.org/2000/01/rdf-schema#label> "magnesium deficiency promotes nerve misfiring"@en',
        "<claim> <object> <nerve-misfiring>",
        "<claim> <relation> <promotes>",
        "<claim> <subject> <magnesium-deficiency>",
        "<magnesium-deficiency> <promotes> <nerve-misfiring>",
    ]
    assert [one for one in lines(found, "provenance") if one.startswith("<#")][-1] == (
        "<#assertion> <http://www.w3.org/ns/prov#wasDerivedFrom> <evidence/magnesium-deficiency_promotes_nerve-misfiring_textbook>"
    )
    assert lines(found, "pubinfo") == [
        "<#> <http://purl.org/dc/terms/isPartOf> <>",
        "<#> <http://purl.org/dc/terms/license> <https://creativecommons.org/licenses/by/4.0/>",
        "<#> <http://purl.org/dc/terms/publisher> <>",
        '<#> <http://www.w3.org/2002/07/owl#versionInfo> "0.1.0"',
    ]


def test_all_claims_but_those_that_are_refuted(small):
    heads = {one.graph_name.value for one in quads(small) if one.graph_name.value.endswith("#Head")}
    rows = small.rows(
        "PREFIX kg: <https://w3id.org/nutrition-kg/> SELECT ?c ?s { ?c a kg:Claim ; kg:status ?s ; kg:subject ?any }"
    )
    good = {row["c"].value.removeprefix(KG + "claim/") for row in rows if not row["s"].value.endswith("refuted")}
    assert heads == {f"http://purl.org/nanopub/temp/{name}#Head" for name in good}


def test_a_claim_that_is_not_there_or_refuted_and_claims_of_another_form(repository, small, capsys):
    with pytest.raises(UnknownName, match=f"no claim is called 'magnesium-deficiency_promotes_nerve'; did you mean {CLAIM}"):
        quads(small, "claim:magnesium-deficiency_promotes_nerve")
    path = repository / "data" / "small.ttl"
    text = path.read_text()
    block = text[text.index(f"claim:{CLAIM} a") :].split("\n\n", 1)[0]
    text = text.replace(block, block.replace("kg:stance kg:supports", "kg:stance kg:disputes"))
    path.write_text(text.replace("kg:studyKind kg:Textbook", "kg:studyKind kg:SystematicReview"))
    graph = connect(repository)
    with pytest.raises(UsageError, match="the claim is refuted; there is nothing to assert"):
        quads(graph, CLAIM)
    assert main(["export", "csv", CLAIM, "--source", str(repository)]) == 2
    assert capsys.readouterr().err == f"kg: {CLAIM}: claims are named for kg export nanopub; leave them out\n"


def test_who_made_a_claim_is_its_author(repository):
    path = repository / "data" / "small.ttl"
    made = f"claim:{CLAIM} a kg:CausalClaim ;\n    dcterms:creator <https://orcid.org/0000-0002-1825-0097> ;"
    path.write_text(path.read_text().replace(f"claim:{CLAIM} a kg:CausalClaim ;", made))
    found = quads(connect(repository), CLAIM)
    assert "<#> <http://purl.org/dc/terms/creator> <https://orcid.org/0000-0002-1825-0097>" in lines(found, "pubinfo")
    assert "<#assertion> <http://www.w3.org/ns/prov#wasAttributedTo> <https://orcid.org/0000-0002-1825-0097>" in lines(
        found, "provenance"
    )
