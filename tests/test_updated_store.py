"""A store whose claims changed is made from the one before, and is the store that a whole build makes, line by line."""

import random
import re
import shutil
from pathlib import Path

import pytest

from kg.build import store
from kg.build.store import build_graph, fresh, ntriples
from tests.copies import copy
from tests.seed import plant
from tests.test_build import differences

ROOT = Path(__file__).parent.parent
CLAIMS = "data/claims/all.ttl"
LINE = "kg:evidence [ kg:source source:{} ; kg:stance kg:{} ]"
NEW = """
claim:nerve-misfiring_promotes_hypomagnesemia a kg:CausalClaim ;
    kg:cause kg:nerve-misfiring ;
    kg:relation kg:promotes ;
    kg:effect kg:hypomagnesemia ;
    kg:evidence [ kg:source source:trials ; kg:stance kg:supports ] .
"""
DIAGNOSED = NEW.replace(
    "nerve-misfiring_promotes_hypomagnesemia a kg:Causal", "serum-vitamin-b12_indicates_hypomagnesemia a kg:Diagnostic"
)


@pytest.fixture
def kept(repository: Path) -> Path:
    """The small graph with its claims in a file of their own, built and kept."""
    whole = repository / "data" / "small.ttl"
    text = whole.read_text(encoding="utf-8")
    start = text.index("claim:strict-vegan-diet_promotes_vitamin-b12-deficiency a")
    head = "".join(line for line in text.splitlines(keepends=True) if line.startswith("@prefix"))
    (repository / CLAIMS).parent.mkdir()
    (repository / CLAIMS).write_text(head + "\n" + text[start:], encoding="utf-8")
    whole.write_text(text[:start], encoding="utf-8")
    (repository / "data" / "verification").mkdir()
    columns = "line reader on text start length hash cause effect relation ends passage narrower verdict"
    rows = ("hypomagnesemia_promotes_muscle-cramp_trials", "nerve-misfiring_promotes_hypomagnesemia_trials")
    table = "".join(f"{row}\tAda\t2026-11-01{8 * chr(9)}both\t\t\tsupports\n" for row in rows)
    (repository / "data" / "verification" / "readings.tsv").write_text("\t".join(columns.split()) + "\n" + table)
    fresh(str(repository))
    return repository


def change(repository: Path, *replaced: tuple[str, str]) -> None:
    path = repository / CLAIMS
    text = path.read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def is_built_whole(root: Path, monkeypatch) -> bool:
    """Whether the store is built whole; it holds what a whole build gives in either case."""
    expected, built = ntriples(build_graph(str(root))), []
    monkeypatch.setattr(store, "_build", lambda *given, build=store._build: built.append(build(*given)))
    assert differences(ntriples(fresh(str(root))), expected) == ([], [])
    return bool(built)


TEXTBOOK = LINE.format("textbook", "supports")
UPDATED = {
    "a remark": (("claim:stretching", "# to be read again\nclaim:stretching"),),
    "a note": (('"no effect"', '"no effect at all"'),),
    "a place": (('"Signs"', '"Causes of hypomagnesemia"'),),
    "the source of a line": ((f"{TEXTBOOK} .", f"{LINE.format('encyclopedia', 'supports')} ."),),
    "one more line of the same source": ((f"{TEXTBOOK} .", f"{TEXTBOOK} ;\n    {TEXTBOOK} ."),),
    "a dispute": (("kg:stance kg:disputes ; kg:directness kg:indirect", "kg:stance kg:disputes"),),
    "a line that was read is gone": (
        ('" ] ;\n    kg:evidence [ kg:source source:trials ; kg:stance kg:disputes ; kg:directness kg:indirect ; kg:note "no effect" ]', '" ]'),
    ),
    "a frequency": (("kg:cause kg:hypomagnesemia ;", "kg:frequency kg:frequent ;\n    kg:cause kg:hypomagnesemia ;"),),
    "a gate": (("kg:cause kg:hypomagnesemia ;", "kg:onlyWhen kg:vegans ;\n    kg:cause kg:hypomagnesemia ;"),),
    "a claim that statements name gets evidence": (("kg:effect kg:nerve-misfiring .", f"kg:effect kg:nerve-misfiring ;\n    {TEXTBOOK} ."),),
    "evidence that is lent to a causal claim": (("kg:reading kg:low ;", f"kg:reading kg:low ;\n    {LINE.format('trials', 'supports')} ;"),),
    "a claim under another name": (("claim:stretching_treats_muscle-cramp a", "claim:stretching a"),),
    "a term between the claims": (("claim:stretching", 'kg:new a kg:Symptom ; rdfs:label "new"@en .\n\nclaim:stretching'),),
    "a second cause": (("kg:cause kg:hypomagnesemia ;", "kg:cause kg:vitamin-b12-deficiency , kg:hypomagnesemia ;"),),
    "a treatment": (("kg:onlyWhen kg:muscle-cramp", "kg:onlyWhen kg:vegans , kg:muscle-cramp"),),
    "a name of a claim": (("kg:onset", 'rdfs:label "x"@de ;\n    skos:altLabel "the claim of myelin" ;\n    kg:onset'),),
    "an end that is nobody's term": (("kg:ratherThan kg:magnesium-deficiency", "kg:ratherThan kg:nowhere"),),
    "a new claim whose line was read": (("claim:seeds", NEW.lstrip() + "\nclaim:seeds"),),
    "a new claim that lends evidence": (("claim:seeds", DIAGNOSED.lstrip().replace("kg:cause kg:nerve-misfiring", "kg:subject kg:serum-vitamin-b12").replace("effect", "object").replace("promotes", "indicates") + "\nclaim:seeds"),),
}  # fmt: skip


@pytest.mark.parametrize("name", UPDATED)
def test_a_change_of_claims_is_an_update(kept, monkeypatch, name):
    change(kept, *UPDATED[name])
    assert not is_built_whole(kept, monkeypatch)


WHOLE = {
    "the table of composition": (("kg:relation kg:richIn", 'kg:note "x" ;\n    kg:relation kg:richIn'),),
    "an edge is gone": (("kg:relation kg:weakens", "kg:relation kg:enhances"),),
    "a claim is gone": ((NEW.strip().replace("x", ""), ""),),
    "a blank node of another kind": (("kg:onset", 'kg:madeUp [ rdfs:label "x" ] ;\n    kg:onset'),),
    "two blocks of one claim": (("claim:stretching", "claim:seeds_richIn_magnesium kg:note 'x' .\n\nclaim:stretching"),),
}


@pytest.mark.parametrize("name", WHOLE)
def test_what_an_update_is_not_sure_of_is_built_whole(kept, monkeypatch, name):
    if name == "a claim is gone":
        change(kept, ("claim:seeds", NEW.lstrip() + "\nclaim:seeds"))
        fresh(str(kept))
    change(kept, *WHOLE[name])
    assert is_built_whole(kept, monkeypatch)


def test_a_claim_that_moves_to_another_file_is_an_update_and_one_in_two_files_is_not(kept, monkeypatch):
    text = (kept / CLAIMS).read_text(encoding="utf-8")
    block = text[text.index("claim:stretching") : text.index("claim:muscle-tightness_distinguishes")]
    head = text[: text.index("\nclaim:")]
    (kept / "data/claims/treatments.ttl").write_text(head + "\n" + block, encoding="utf-8")
    (kept / CLAIMS).write_text(text.replace(block, ""), encoding="utf-8")
    assert not is_built_whole(kept, monkeypatch)
    (kept / CLAIMS).write_text(text, encoding="utf-8")
    assert is_built_whole(kept, monkeypatch)


SOURCE = """
source:new-review a kg:Source ;
    rdfs:label "A new review of cramps"@en ;
    kg:studyKind kg:Review ;
    kg:access kg:original .
"""


@pytest.mark.parametrize(
    ("cited", "whole"), [("source:new-review", False), ("source:trials", False), ("source:new-review ; kg:madeUp [ ]", True)]
)
def test_a_new_source_is_an_update_and_a_changed_one_is_not(kept, monkeypatch, cited, whole):
    (kept / "data" / "sources").mkdir()
    place = kept / "data" / "sources" / "new.ttl"
    head = "".join(line for line in (kept / CLAIMS).read_text().splitlines(keepends=True) if line.startswith("@prefix"))
    place.write_text(head + SOURCE)
    change(kept, ("source:textbook", cited))
    assert is_built_whole(kept, monkeypatch) is whole
    place.write_text(head + SOURCE.replace("kg:Review ", "kg:RandomizedTrial "))
    assert is_built_whole(kept, monkeypatch)


def test_a_source_that_was_cited_before_it_was_there_is_built_whole(kept, tmp_path, monkeypatch):
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))  # where no other store is to go by
    fresh(str(kept))
    change(kept, ("source:textbook", "source:new-review"))
    assert not is_built_whole(kept, monkeypatch)
    (kept / "data" / "sources").mkdir()
    head = "".join(line for line in (kept / CLAIMS).read_text().splitlines(keepends=True) if line.startswith("@prefix"))
    (kept / "data" / "sources" / "new.ttl").write_text(head + SOURCE)
    assert is_built_whole(kept, monkeypatch)


TERM = """
kg:twitch a kg:Symptom ;
    rdfs:label "twitch"@en ;
    skos:altLabel "little jerk"@en ;
    kg:stateOf kg:magnesium ;
    kg:deviation kg:low .
"""


@pytest.mark.parametrize(
    ("added", "whole"),
    [
        ("", False),
        ("kg:kindOf kg:muscle-cramp ;\n    ", True),
        ("kg:commonness [ kg:source source:textbook ; kg:commonnessClass kg:rare ] ;\n    ", True),
    ],
)
def test_a_new_term_is_an_update_unless_it_is_a_kind_of_another(kept, monkeypatch, added, whole):
    (kept / "data" / "terms").mkdir()
    place = kept / "data" / "terms" / "new.ttl"
    head = "".join(line for line in (kept / CLAIMS).read_text().splitlines(keepends=True) if line.startswith("@prefix"))
    place.write_text(head + TERM.replace("kg:stateOf", f"{added}kg:stateOf"))
    assert is_built_whole(kept, monkeypatch) is whole


def test_a_new_claim_on_a_new_term_is_an_update_and_a_term_that_was_named_before_or_changes_is_not(kept, tmp_path, monkeypatch):
    head = "".join(line for line in (kept / CLAIMS).read_text().splitlines(keepends=True) if line.startswith("@prefix"))
    (kept / "data" / "terms").mkdir()
    (kept / "data" / "terms" / "new.ttl").write_text(head + TERM)
    on_it = NEW.lstrip().replace("hypomagnesemia", "twitch") + "\nclaim:seeds"
    change(kept, ("claim:seeds", on_it))
    assert not is_built_whole(kept, monkeypatch)
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))  # where no other store is to go by
    (kept / "data" / "terms" / "new.ttl").unlink()
    fresh(str(kept))
    (kept / "data" / "terms" / "new.ttl").write_text(head + TERM)
    assert is_built_whole(kept, monkeypatch)
    shutil.rmtree(tmp_path / "cache")
    fresh(str(kept))
    (kept / "data" / "terms" / "new.ttl").write_text(head + TERM.replace("Symptom", "Sign"))
    assert is_built_whole(kept, monkeypatch)


def test_a_prefix_that_the_file_does_not_declare_is_told_as_ever(kept):
    change(kept, ("@prefix dcterms: <http://purl.org/dc/terms/> .\n", ""))
    fresh(str(kept))
    change(kept, ('kg:onset "years"', 'dcterms:creator "Ada" ;\n    kg:onset "years"'))
    with pytest.raises(Exception, match=r"all.ttl:18:5: The prefix dcterms: has not been declared"):
        fresh(str(kept))


def test_a_term_that_changed_too_is_built_whole(kept, monkeypatch):
    change(kept, ('"no effect"', '"none"'))
    with (kept / "data" / "small.ttl").open("a") as file:
        file.write('\nkg:new a kg:Nutrient ; rdfs:label "new"@en .\n')
    assert is_built_whole(kept, monkeypatch)


@pytest.mark.slow
def test_random_changes_of_the_real_claims_are_those_of_a_whole_build(tmp_path, monkeypatch):
    """One whole build, which takes seconds, for a chain of changes, each made from the store of the one before."""
    cache, root, chance = plant(tmp_path / "cache"), tmp_path / "repository", random.Random(20)
    monkeypatch.setenv("KG_CACHE", str(cache))
    for name in ("ontology", "data", "queries"):
        copy(name, root / name)
    files = sorted(path for path in (root / "data" / "claims").glob("*.ttl") if "CausalClaim" in path.read_text())
    terms = re.findall(r"^(kg:[\w-]+) a kg:Symptom", (root / "data/terms/symptoms.ttl").read_text(), re.MULTILINE)
    whole: list[None] = []
    monkeypatch.setattr(store, "_build", lambda *given, build=store._build: whole.append(build(*given)))
    for number in range(3):
        path = chance.choice(files)
        blocks = path.read_text(encoding="utf-8").split("\n\n")
        at = chance.choice([at for at, block in enumerate(blocks) if "kg:evidence" in block and "CausalClaim" in block])
        block = blocks[at].rstrip("\n")
        sources = re.findall(r"source:[\w-]+", blocks[chance.randrange(1, len(blocks))]) or ["source:nowhere"]
        line = f" ;\n    kg:evidence [ kg:source {sources[0]} ; kg:stance kg:supports ] ."
        new = f"claim:made-{number} a kg:CausalClaim ;\n    kg:cause {chance.choice(terms)} ;\n    kg:relation kg:promotes ;\n    kg:effect {chance.choice(terms)}{line}"
        blocks[at] = (block.removesuffix(" .") + line, f"{block}\n\n{new}", re.sub('kg:note "', 'kg:note "Read: ', block))[
            number % 3
        ] + "\n" * (at + 1 == len(blocks))
        path.write_text("\n\n".join(blocks), encoding="utf-8")
        updated = fresh(str(root))
    assert differences(ntriples(updated), ntriples(build_graph(str(root)))) == ([], [])
    assert len(whole) <= 1  # where a change meets what an update is not sure of
