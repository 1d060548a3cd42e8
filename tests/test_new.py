"""kg new: from an idea to a checked record in its place, on a copy of the repository; mistakes leave every file as it was."""

import fcntl
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg import cli
from kg.authoring import blocks, placement
from kg.errors import DataError, EngineError
from tests.command import kg
from tests.copies import copy

ROOT = Path(__file__).parent.parent
KG = "https://w3id.org/nutrition-kg/"


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    folder = tmp_path / "checkout"
    for name in ("ontology", "data", "queries"):
        copy(name, folder / name)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


CLAIM = ("claim", "magnesium deficiency", "promotes", "brittle bones")
SOURCE = "source:nhlbi-restless-legs-syndrome"


@pytest.mark.parametrize("name", ["日本", "größe", "What_A_State_Leads_To", "a-b", "_" * 101])
def test_a_question_gets_a_name_that_validate_takes(repository, name):
    assert kg("new", "question", "what_a_state_leads_to", "--summary", "S", "--write", cwd=repository)[0] == 0
    before = contents(repository)
    status, out, told = kg("new", "question", name, "--summary", "S", "--write", cwd=repository)
    assert (status, out, told.count("\n")) == (2, "", 1)
    assert contents(repository) == before


@pytest.mark.skipif(sys.platform == "win32", reason="no locks")
def test_commands_that_write_take_turns(repository):
    term = ("new", "term", "odd sensation", "--kind", "Symptom", "--definition", "A feeling that is hard to name.")
    folder = os.open(repository / "data", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with ThreadPoolExecutor(1) as pool:
        printed = kg(*term, cwd=repository)  # writes nothing, waits for nobody
        waiting = pool.submit(kg, *term, "--write", cwd=repository)
        time.sleep(2)
        held = not waiting.done()
        fcntl.flock(folder, fcntl.LOCK_UN)
        _, place, told = waiting.result(60)
    os.close(folder)
    assert held
    assert printed[0] == 0
    assert told.startswith(f"kg: another command writes to {repository}; waiting until it is done\n")
    path, _, line = place.partition(":")
    assert (repository / path).read_text().splitlines()[int(line) - 1].startswith("kg:odd-sensation a kg:Symptom")


@pytest.mark.skipif(sys.platform == "win32", reason="no locks")
def test_files_are_formatted_in_turn_too_and_looked_at_at_any_time(repository):
    unshaped = repository / "data" / "claims.ttl"
    unshaped.write_text("@prefix kg: <https://w3id.org/nutrition-kg/> .\nkg:one   a kg:Symptom .\n")
    folder = os.open(repository / "data", os.O_RDONLY)
    fcntl.flock(folder, fcntl.LOCK_EX)
    with ThreadPoolExecutor(1) as pool:
        looked_at = kg("format", "--check", cwd=repository)
        waiting = pool.submit(kg, "format", cwd=repository)
        time.sleep(1)
        held = not waiting.done() and "kg:one   a" in unshaped.read_text()
        fcntl.flock(folder, fcntl.LOCK_UN)
        done = waiting.result(60)
    os.close(folder)
    assert held
    assert looked_at == (1, "data/claims.ttl\n", "1 file would change\n")
    assert done == (
        0,
        "data/claims.ttl\n",
        f"kg: another command writes to {repository}; waiting until it is done\n1 file changed\n",
    )


def test_a_printed_claim_is_one_block_to_fill_in(checkout):
    assert kg("new", "claim", "Mg deficiency", "promotes", "brittle nails", cwd=checkout) == (
        0,
        """claim:magnesium-deficiency_promotes_brittle-nails a kg:CausalClaim ;
    kg:cause kg:magnesium-deficiency ;
    kg:relation kg:promotes ;
    kg:effect kg:brittle-nails ;
    kg:evidence [ kg:source source:FILL-IN ; kg:stance kg:supports ] .
""",
        "kg: it belongs in data/claims/magnesium.ttl; --write puts it there\n",
    )


@pytest.mark.slow
def test_a_claim_with_evidence_for_and_against_is_written_checked_and_answers(checkout):
    ends = ("magnesium deficiency", "promotes", "brittle nails")
    read = ("--read", SOURCE, "--locator", "Causes", "--note", 'says "so"')
    status, place, told = kg("new", "claim", *ends, *read, "--write", cwd=checkout)
    path, line = place.strip().split(":")
    assert (status, path, told) == (0, "data/claims/magnesium.ttl", "")
    status, again, told = kg("new", "evidence", *ends, "--read", SOURCE, "--stance", "disputes", "--write", cwd=checkout)
    assert (status, again, told) == (0, place, "")
    block = (checkout / path).read_text().splitlines()[int(line) - 1 :][:7]
    assert block == [
        "claim:magnesium-deficiency_promotes_brittle-nails a kg:CausalClaim ;",
        "    kg:cause kg:magnesium-deficiency ;",
        "    kg:relation kg:promotes ;",
        "    kg:effect kg:brittle-nails ;",
        f'    kg:evidence [ kg:source {SOURCE} ; kg:stance kg:supports ; kg:locator "Causes" ; kg:note "says \\"so\\"" ] ;',
        f"    kg:evidence [ kg:source {SOURCE} ; kg:stance kg:disputes ] .",
        "",
    ]
    assert kg("format", "--check", cwd=checkout)[0] == 0
    status, routes, _ = kg("paths", *ends[::2], "--source", ".", cwd=checkout)
    assert "magnesium deficiency -> brittle nails   [contested; thinly sourced]" in routes


def test_a_treatment_claim_says_in_whom(checkout):
    words = ("new", "claim", "magnesium supplementation", "treats", "insomnia", "--read", SOURCE)
    status, block, _ = kg(*words, cwd=checkout)
    assert (status, "    kg:onlyWhen kg:FILL-IN ;\n" in block) == (0, True)
    assert kg(*words, "--write", cwd=checkout) == (2, "", "kg: something is still missing; kg:onlyWhen kg:FILL-IN\n")
    scope = ("--only-when", "low magnesium", "--only-when", "athletes", "--population", "older adults")
    status, block, _ = kg(
        *words, *scope, "--dose", "300 mg a day", "--treated-for", "8 weeks", "--endpoint", "hours", cwd=checkout
    )
    assert (status, block) == (
        0,
        """claim:magnesium-supplementation_treats_insomnia a kg:TreatmentClaim ;
    kg:subject kg:magnesium-supplementation ;
    kg:relation kg:treats ;
    kg:object kg:insomnia ;
    kg:dose "300 mg a day" ;
    kg:treatedFor "8 weeks" ;
    kg:endpoint "hours" ;
    kg:onlyWhen kg:magnesium-deficiency , kg:athletes ;
    kg:population kg:older-adults ;
    kg:evidence [ kg:source source:nhlbi-restless-legs-syndrome ; kg:stance kg:supports ] .
""",
    )


def test_how_often_stands_on_the_line_of_the_source_that_says_it(checkout):
    words = ("new", "claim", "magnesium deficiency", "promotes", "brittle nails", "--read", SOURCE)
    _, block, _ = kg(*words, "--frequency", "occasional", "--only-when", "pregnancy", cwd=checkout)
    assert block.splitlines()[4:] == [
        "    kg:onlyWhen kg:pregnancy ;",
        f"    kg:evidence [ kg:source {SOURCE} ; kg:stance kg:supports ; kg:frequency kg:occasional ] .",
    ]


@pytest.mark.slow
def test_a_term_is_put_in_the_order_of_names_and_told_what_comes_next(checkout):
    term = ("new", "term", "brittle lashes", "--kind", "Sign", "--definition", "Lashes that break.", "--of", "hair")
    status, place, told = kg(*term, "--deviation", "damaged", "--synonym", "fragile lashes", "--write", cwd=checkout)
    path, _ = place.strip().split(":")
    assert (status, path) == (0, "data/terms/signs.ttl")
    assert told == (
        "kg: next, for kg:brittle-lashes: add the claim that leads to it with kg new claim, "
        "or say kg:kindOf or kg:unexplained true\n"
    )
    names = [block.name for block in placement.blocks((checkout / path).read_text())]
    assert names[names.index("kg:brittle-lashes") - 1] < "kg:brittle-lashes" < names[names.index("kg:brittle-lashes") + 1]


@pytest.mark.slow
def test_a_synonym_that_a_public_ontology_knows_does_not_name_the_term(checkout):
    """The word must be a label of the table of checked ids that no term of ours bears."""
    known = (checkout / "data/tables/ontology_terms.tsv").read_text().splitlines()
    (checkout / "data/tables/ontology_terms.tsv").write_text(
        "\n".join([*known, "HP:9999999\tfluttering lashes\tHP\tnone"]) + "\n"
    )
    term = ("new", "term", "restless lashes", "--kind", "Sign", "--definition", "Lashes that move.", "--of", "hair")
    status, block, told = kg(*term, "--deviation", "damaged", "--synonym", "fluttering lashes", cwd=checkout)
    assert (status, block.splitlines()[0]) == (0, "kg:restless-lashes a kg:Sign ;")
    assert told.startswith("kg: HP:9999999 'fluttering lashes' has this name")


def test_a_disease_is_written_with_the_lack_whose_own_it_is(checkout):
    term = ("new", "term", "copper lack pallor", "--kind", "Condition", "--definition", "Pale skin.", "--of", "skin")
    status, block, _ = kg(*term, "--deviation", "altered", "--disease-of", "copper deficiency", cwd=checkout)
    assert (status, block.splitlines()[-1]) == (0, "    kg:diseaseOf kg:copper-deficiency .")


@pytest.mark.parametrize("record", ["question", "check"])
def test_a_new_query_runs_as_it_stands(checkout, record):
    name = "no_claim_of_mine" if record == "check" else "effects_of"
    status, path, _ = kg("new", record, name, "--summary", "What a state leads to", "--write", cwd=checkout)
    assert (status, path) == (0, f"queries/{record}s/{name}.rq\n")
    status, rows, told = kg("query", path.strip(), "--format", "csv", cwd=checkout)
    assert (status, told) == (0, "")
    assert len(rows.splitlines()) == 1 if record == "check" else len(rows.splitlines()) > 3
    assert kg("new", record, name, "--write", cwd=checkout) == (
        2,
        "",
        f"kg: {path.strip()} already exists; choose another name\n",
    )


WRONG = {
    "an unknown end": (["claim", "magnesium deficency", "promotes", "muscle cramp"], "no State is called 'magnesium deficency'; nearest: "),
    "a substance as cause": (["claim", "magnesium", "promotes", "muscle cramp"], "no State is called 'magnesium' (it is the name of a mineral); nearest: "),
    "an unknown relation": (["claim", "magnesium deficiency", "causes", "muscle cramp"], "'causes' is not a relation; choose one of promotes, inhibits"),
    "a claim that is there": (["claim", "magnesium deficiency", "promotes", "hypomagnesemia"], "data/claims/magnesium.ttl:"),
    "evidence for no claim": (["evidence", "magnesium deficiency", "promotes", "scurvy"], "no such claim exists yet; write it with kg new claim"),
    "an unknown source": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--read", "no such title"], "no Source is called 'no such title'"),
    "an unknown stance": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--stance", "likes"], "'likes' is not a stance; choose one of supports, disputes, mixed"),
    "a substance as what it needs": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--only-when", "magnesium"], "no State is called 'magnesium'"),
    "a state as population": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--population", "insomnia"], "no Population is called 'insomnia'"),
    "a frequency in other words": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--frequency", "often"], "--frequency often: choose one of "),
    "nothing read": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--write"], "something is still missing; kg:evidence [ kg:source source:FILL-IN"),
    "no words": (["claim"], "the subject is missing; see kg new --help"),
    "a name that is taken": (["term", "charley horse", "--kind", "Symptom"], "'charley horse' is a name of kg:muscle-cramp (Symptom) already; use that term"),
    "an id that is retired": (["claim", "gout", "promotes", "high uric acid"], "claim:gout_promotes_high-uric-acid (gout promotes high uric acid) is retired, and an id is never used again; if it holds after all"),
    "a synonym that is taken": (["term", "new pain", "--kind", "Symptom", "--synonym", "charley horse"], "'charley horse' is a name of kg:muscle-cramp"),
    "an unknown class": (["term", "new pain", "--kind", "Symptum"], "--kind Symptum: not a class of the ontology; did you mean Symptom"),
    "a deviation there is not": (["term", "new pain", "--kind", "Symptom", "--deviation", "odd", "--write"], "--deviation odd: choose one of altered, "),
    "a claim of one end": (["claim", "magnesium deficiency", "promotes", "low magnesium"], "both ends are magnesium deficiency; a claim joins two terms"),
    "an identifier of no kind": (["source", "A title", "--identifier", "38738598"], "--identifier 38738598: say what kind it is, as in PMID:38738598"),
    "half an address": (["source", "A title", "--url", "example.org"], "--url example.org: write the whole address, from https:// on"),
    "a source not written yet": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--read", "PMID:1"], "; add the source first, with kg new source"),
    "words of several titles": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--read", "magnesium"], "'magnesium' occurs in several titles; give more words of one of: "),
    "an unknown kind of study": (["source", "A title", "--study-kind", "Trial", "--access", "original", "--write"], "--study-kind Trial: choose one of CompositionTable, ConsumerArticle, "),
    "no access": (["source", "A title", "--study-kind", "Review", "--write"], "--access is missing: choose one of datasetCopy, original, originalFirstPart, otherSiteCopy"),
    "a source twice": (["source", "NHLBI: Restless Legs Syndrome"], "is a name of source:nhlbi-restless-legs-syndrome (Source) already"),
    "a paper twice": (["source", "Another title", "--identifier", "pmid:29120993"], "PMID:29120993 is already source:restless-legs-syndrome-and-nocturnal-leg-cramps-review; cite that"),
    "a label with a letter nobody sees": (["term", "new\u200bpain", "--kind", "Symptom"], "contains U+200B, which cannot be seen"),
    "a note that steers a terminal": (["claim", "magnesium deficiency", "promotes", "brittle nails", "--note", "a\x1b[2Jb"], "contains U+001B, which cannot be seen"),
    "a synonym with a hard blank": (["term", "new pain", "--kind", "Symptom", "--synonym", "odd\u00a0pain"], "contains U+00A0, which cannot be seen"),
    "a name that Windows keeps": (["check", "Con"], "'Con' is what Windows calls a device, so it cannot have a file of that name; choose another"),
    "a bad name for a query": (["question", "what-now?"], "'what-now?' is not a name for a query; use ASCII letters, digits and underscores, a letter first"),
}  # fmt: skip


@pytest.mark.slow
def test_only_the_new_record_is_told_its_next_step(repository):
    for title in ("One paper", "Another paper"):
        words = ["new", "source", title, "--study-kind", "Review", "--access", "original", "--write"]
        status, _, told = kg(*words, cwd=repository)
    cite = "cite the source with --read in kg new claim or kg new evidence"
    assert (status, told) == (0, f"kg: next, for source:another-paper: {cite}\n")


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_a_mistake_is_one_line_and_no_file_changes(checkout, name):
    words, complaint = WRONG[name]
    before = contents(checkout)
    status, out, told = kg("new", *words, cwd=checkout)
    assert (status, out) == (2, "")
    assert complaint in told
    assert told.count("\n") == 1
    assert contents(checkout) == before


@pytest.mark.parametrize(
    ("words", "status"), [(["Glass‑Knee"], 2), (["odd", "pain", "--name", "glass-knee"], 2), (["glass shin"], 0)]
)
def test_the_id_of_a_retired_term_is_not_handed_out(repository, capsys, words, status):
    table = repository / "data" / "tables" / "retired.tsv"
    table.write_text("id\tlabel\thow\treplaced_by\ton\treason\nkg:glass-knee\tglass knee\tretired\t\t2026-11-30\tgone\n")
    before = contents(repository)
    term = ["new", "term", *words, "--kind", "Symptom", "--definition", "Of the leg.", *(["--write"] if status else [])]
    assert cli.main(["--source", str(repository), *term]) == status
    told = (
        "retired.tsv:2: kg:glass-knee (glass knee) is retired, and an id is never used again; give another name with --name\n"
    )
    assert (told in capsys.readouterr().err) == (status == 2)
    assert contents(repository) == before


def test_outside_a_repository_the_fix_is_told(tmp_path):
    told = "kg: no folders ontology and data here; go to the top of the repository\n"
    assert kg("new", *CLAIM, cwd=tmp_path) == (2, "", told)


@pytest.mark.parametrize("read", ["nhlbi: restless legs", "PMID:29120993", "NINDS: Restless Legs Syndrome"])
def test_a_source_is_named_by_its_title_by_words_of_it_or_by_its_identifier(checkout, read):
    status, block, _ = kg("new", "claim", *CLAIM[1:], "--read", read, cwd=checkout)
    named = {
        "n": SOURCE,
        "P": "source:restless-legs-syndrome-and-nocturnal-leg-cramps-review",
        "N": "source:ninds-restless-legs-syndrome",
    }
    assert (status, f"kg:source {named[read[0]]} ;" in block) == (0, True)


FILE = """@prefix kg: <https://w3id.org/nutrition-kg/> .

# first
kg:b a kg:Sign ;
    kg:note "x" .

kg:d a kg:Sign .
"""


def test_a_block_goes_between_its_neighbours(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(FILE)
    assert placement.insert(str(path), "kg:c a kg:Sign .\n") == 7
    assert path.read_text() == FILE.replace("kg:d", "kg:c a kg:Sign .\n\nkg:d")


def test_the_first_block_by_name_goes_before_the_others(tmp_path):
    path = tmp_path / "x.ttl"
    path.write_text(FILE)
    assert placement.insert(str(path), "kg:a a kg:Sign .\n") == 4
    assert path.read_text() == FILE.replace("kg:b a", "kg:a a kg:Sign .\n\nkg:b a")


def test_a_new_file_gets_the_prefixes_it_needs(tmp_path):
    path = tmp_path / "new.ttl"
    assert placement.insert(str(path), "kg:a a kg:Sign .\n") == 3
    assert path.read_text() == "@prefix kg: <https://w3id.org/nutrition-kg/> .\n\nkg:a a kg:Sign .\n"


@pytest.mark.parametrize(
    ("text", "block", "told"),
    [
        (FILE, "kg:d a kg:Sign .\n", "x.ttl:7: kg:d already exists; add to that record"),
        (FILE, "kg:e a kg:Sign\n", "x.ttl:9:1: "),
        ("kg:b a\n", "kg:e a kg:Sign .\n", "x.ttl:1:1: "),
    ],
)
def test_what_cannot_be_written_leaves_the_file_as_it_was(tmp_path, text, block, told):
    path = tmp_path / "x.ttl"
    path.write_text(text)
    with pytest.raises(DataError) as caught:
        placement.insert(str(path), block)
    assert told in str(caught.value)
    assert path.read_text() == text
    assert [file.name for file in tmp_path.iterdir()] == ["x.ttl"]


def test_a_full_disk_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "x.ttl"
    path.write_text(FILE)
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(EngineError, match=r"x.ttl: No space left on device; the file is unchanged"):
        placement.insert(str(path), "kg:c a kg:Sign .\n")
    assert path.read_text() == FILE
    assert [file.name for file in tmp_path.iterdir()] == ["x.ttl"]


def test_words_cannot_end_the_string_they_stand_in():
    assert blocks.quote('a "b"\n\\ c') == '"a \\"b\\" \\\\ c"'


@pytest.mark.parametrize(
    ("words", "file"),
    [
        (("asthma", "promotes", "insomnia"), "breathing-system-symptoms.ttl"),
        (("asthma", "promotes", "edema"), "breathing-system.ttl"),
        (("hypertension", "promotes", "insomnia"), "heart-and-vessels-symptoms.ttl"),
        (("metformin use", "promotes", "vitamin B6 deficiency"), "vitamin-b6.ttl"),
        (("overuse", "promotes", "dizziness"), "exposures.ttl"),
        (("celiac disease", "promotes", "insomnia"), "nervous-system.ttl"),
        (("iron supplementation", "treats", "insomnia"), "treatments.ttl"),
        (("iron supplementation", "treats", "vitamin C deficiency"), "vitamin-c.ttl"),
        (("athletes", "at risk of", "scurvy"), "populations.ttl"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_claim_goes_to_the_file_of_its_topic(words, file):
    status, _, told = kg("new", "claim", *words, cwd=ROOT)
    assert (status, told) == (0, f"kg: it belongs in data/claims/{file}; --write puts it there\n")


def test_a_claim_in_another_file_is_told_with_its_own(checkout):
    claims = checkout / "data" / "claims"
    lines = (claims / "iron.ttl").read_text().splitlines(keepends=True)
    start = next(number for number, line in enumerate(lines) if line.startswith("claim:iron-deficiency_promotes_koilonychia "))
    end = next(number for number in range(start, len(lines)) if lines[number].endswith(" .\n"))
    moved, rest = lines[start : end + 1], lines[:start] + lines[end + 2 :]
    (claims / "iron.ttl").write_text("".join(rest))
    with (claims / "zinc.ttl").open("a") as file:
        file.write("\n" + "".join(moved))
    status, told, _ = kg("validate", cwd=checkout)
    fix = "claim:iron-deficiency_promotes_koilonychia: the claim stands in another file than its topic's. Move it to data/claims/iron.ttl"
    assert (status, told.split(": ", 1)[1].strip()) == (1, fix)
