"""kg diff: what changed in the records, what changed in the conclusions, and which claim did it."""

import json
import shutil
from pathlib import Path

import pytest

from kg.build.store import build_graph
from kg.diff.conclusions import Conclusion
from kg.diff.record_changes import Change, Difference
from kg.diff.report import Report, report
from kg.diff.snapshot import side
from kg.diff.text import lines
from kg.graph import Graph
from kg.sparql.embedded import Embedded
from tests.command import kg

ROOT = Path(__file__).parent.parent
KG = "https://w3id.org/nutrition-kg/"


def graph(repository: Path) -> Graph:
    return Graph(Embedded(build_graph(str(repository))))


def changed(repository: Path, old: str, new: str, path: str = "data/small.ttl") -> Graph:
    """The graph of a repository after one replacement, which must find its text."""
    text = (repository / path).read_text()
    assert text.count(old) == 1
    (repository / path).write_text(text.replace(old, new))
    return graph(repository)


def compared(old: Graph, new: Graph) -> Report:
    return report(side(old), new)


CLAIM = """
claim:hypomagnesemia_promotes_muscle-tightness a kg:CausalClaim ;
    kg:cause kg:hypomagnesemia ;
    kg:relation kg:promotes ;
    kg:effect kg:muscle-tightness ;
    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .

claim:seeds_richIn_magnesium a kg:CompositionClaim"""
NEW = KG + "claim/hypomagnesemia_promotes_muscle-tightness"
AGAINST = (
    "    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ] .\n\nclaim:nerve-misfiring_promotes_muscle-cramp"
)
CERTAIN = KG + "claim/magnesium-deficiency_promotes_nerve-misfiring"


def test_equal_graphs_do_not_differ(small, repository):
    found = compared(small, graph(repository))
    assert (found.terms, found.claims, found.conclusions) == (type(found.terms)(), type(found.claims)(), ())
    assert list(lines(found)) == ["Nothing changed."]


def test_a_new_claim_is_held_responsible_for_what_it_changed(small, repository):
    found = compared(small, changed(repository, "claim:seeds_richIn_magnesium a kg:CompositionClaim", CLAIM))
    assert found.claims.added == ((NEW, "hypomagnesemia promotes muscle tightness"),)
    assert (found.claims.removed, found.claims.changed, bool(found.terms)) == ((), (), False)
    by_name = {(c.kind, c.name): (c.gone, c.new, c.claims) for c in found.conclusions}
    assert by_name["route", "magnesium deficiency -> muscle tightness"] == (("very low",), ("high",), (NEW,))
    assert all(claims == (NEW,) for _, _, claims in by_name.values())


def test_a_removed_claim_is_held_responsible_too(small, repository):
    richer = changed(repository, "claim:seeds_richIn_magnesium a kg:CompositionClaim", CLAIM)
    found = compared(richer, small)
    assert found.claims.removed == ((NEW, "hypomagnesemia promotes muscle tightness"),)
    assert {c.claims for c in found.conclusions} == {(NEW,)}
    assert ("route", ("high",), ("very low",)) in {(c.kind, c.gone, c.new) for c in found.conclusions}


def test_evidence_against_a_claim_changes_what_rests_on_it(small, repository):
    dispute = AGAINST.replace(" .\n", " ;\n    kg:evidence [ kg:source source:trials ; kg:stance kg:disputes ] .\n")
    found = compared(small, changed(repository, AGAINST, dispute))
    (change,) = found.claims.changed
    assert (change.iri, change.properties) == (
        CERTAIN,
        (
            ("kg:certainty", ("kg:highCertainty",), ("kg:veryLowCertainty",)),
            ("kg:evidence", ("supports source:textbook",), ("disputes source:trials", "supports source:textbook")),
            ("kg:prominence", ("2",), ("0",)),
            ("kg:status", ("kg:established",), ("kg:contested",)),
        ),
    )
    assert found.conclusions
    assert {claim for c in found.conclusions for claim in c.claims} == {CERTAIN}


def test_a_verdict_is_traced_to_the_claim_that_expresses_the_statement(small, repository):
    line = "kg:evidence [ kg:source source:nhlbi-pernicious-anemia ; kg:stance kg:supports ] .\n\nclaim:hypomagnesemia"
    found = compared(small, changed(repository, line, line.replace("supports", "disputes")))
    claim = KG + "claim/nerve-misfiring_promotes_muscle-cramp"
    assert ("verdict", "statement:S1-001", ("supported",), ("contested",), (claim,)) in [
        (c.kind, c.name, c.gone, c.new, c.claims) for c in found.conclusions
    ]


def test_words_change_no_conclusion_about_causes(small, repository):
    found = compared(small, changed(repository, '"charley horse"@en', '"charlie horse"@en'))
    (change,) = found.terms.changed
    assert (change.label, change.properties) == (
        "muscle cramp",
        (("skos:altLabel", ("charley horse",), ("charlie horse",)),),
    )
    assert [c for c in found.conclusions if c.kind != "answer"] == []


def test_the_report_reads_like_this(small, repository):
    found = compared(small, changed(repository, "claim:seeds_richIn_magnesium a kg:CompositionClaim", CLAIM))
    told = list(lines(found, markdown=True))
    assert told[0] == f"## Conclusions that changed: {len(found.conclusions)}"
    route = told.index("- route magnesium deficiency -> muscle tightness: very low -> high")
    assert told[route + 1 :] == [
        "  - by claim:hypomagnesemia_promotes_muscle-tightness",
        "",
        "## Claims: 1 added, 0 removed, 0 changed",
        "- + hypomagnesemia promotes muscle tightness (claim:hypomagnesemia_promotes_muscle-tightness)",
    ]
    plain = found.as_json()
    assert json.loads(json.dumps(plain))["claims"]["added"] == [
        {"iri": NEW, "label": "hypomagnesemia promotes muscle tightness"}
    ]
    assert set(plain) == {"terms", "claims", "conclusions", "responsible_claims_sought", "other_statements"}


def test_routes_that_changed_alike_are_told_as_one():
    names = [f"{start} -> finding {number}" for start in ("lack", "want") for number in range(8)]
    routes = tuple(Conclusion("route", name, (), ("low",), ("c",)) for name in names)
    assert list(lines(Report(Difference(), Difference(), routes, True))) == [
        "Conclusions that changed: 16",
        "  route lack, want -> finding 0, finding 1, finding 2, finding 3, finding 4 and 3 more: none -> low",
        "    by c",
    ]


def test_a_long_list_is_cut_and_mappings_are_counted():
    added = tuple((f"{KG}t{number}", f"t{number}") for number in range(32))
    mapped = Change(KG + "t", "t", (("skos:closeMatch", (), ("HP:1",)),))
    told = list(lines(Report(Difference(added, (), (mapped,)), Difference(), (), True)))
    assert told[0] == "Terms: 32 added, 0 removed, 1 changed"
    assert told[30:] == [
        "  + t29 (kg:t29)",
        "  2 more added; --format json has all",
        "  1 changed in their mappings to other ontologies alone",
    ]


def test_the_command_compares_two_folders(repository, tmp_path):
    shutil.copytree(repository, tmp_path / "later")
    assert kg("diff", "repository", "later", cwd=tmp_path) == (0, "Nothing changed.\n", "")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["gone.nt", "."], "kg: gone.nt: no such file or folder; check the path\n"),
        (["a.nt", "a.nt", "--format", "html"], "kg: --format html: kg diff writes text, md, json; choose one\n"),
        (["a.nt"], "kg diff: the following arguments are required: NEW; see kg diff --help\n"),
    ],
)
def test_wrong_use_is_one_line(tmp_path, words, told):
    (tmp_path / "a.nt").touch()
    assert kg("diff", *words, cwd=tmp_path) == (2, "", told)
