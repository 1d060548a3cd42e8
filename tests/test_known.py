"""kg validate remembers what has no problem, and --watch checks again after each change."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.checks import base_state, changed_records, known, validate
from kg.cli.watching import Watch
from tests.command import ROOT

GOOD = "kg:muscle-cramp"


@pytest.fixture
def own_memory(tmp_path, monkeypatch) -> Path:
    """A cache in which nothing is remembered yet."""
    monkeypatch.setenv("KG_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "validated.txt"


class Counted:
    """The checks, and how often they ran."""

    def __init__(self) -> None:
        self.runs = 0

    def __call__(self, root, only):
        self.runs += 1
        return validate(root, only)


def test_a_state_without_a_problem_is_checked_once(repository, own_memory):
    check, root = Counted(), str(repository)
    assert [known.validate_unless_known(check, root) for _ in range(3)] == [[], [], []]
    assert check.runs == 1
    one = str(repository / "data" / "small.ttl")
    assert known.validate_unless_known(check, root, [one]) == []
    assert check.runs == 1  # where the whole has no problem, no file has
    assert known.validate_unless_known(check, root, use_cache=False) == []
    assert check.runs == 2


def test_problems_are_never_remembered(repository, own_memory):
    path = repository / "data" / "small.ttl"
    path.write_text(path.read_text().replace(GOOD, "kg:muscle-crmap", 1))
    check = Counted()
    found = [known.validate_unless_known(check, str(repository)) for _ in range(2)]
    assert found[0] == found[1] == validate(str(repository)) != []
    assert check.runs == 2
    assert not own_memory.exists()


def change_query(root: Path) -> None:
    path = root / "queries" / "checks" / "no_self_loop.rq"
    path.write_text(path.read_text() + "# a comment\n")


def add_table(root: Path) -> None:
    (root / "data" / "languages").mkdir(exist_ok=True)
    (root / "data" / "languages" / "de.tsv").write_text("id\n")


def remove_file(root: Path) -> None:
    next((root / "queries" / "questions").glob("*.rq")).unlink()


def rename_file(root: Path) -> None:
    (root / "data" / "small.ttl").rename(root / "data" / "smaller.ttl")


def cite(root: Path) -> None:
    (root / "CITATION.cff").write_text("authors: []\n")


@pytest.mark.parametrize("change", [change_query, add_table, remove_file, rename_file, cite])
def test_whatever_a_check_can_read_makes_another_state(repository, own_memory, change):
    check = Counted()
    known.validate_unless_known(check, str(repository))
    change(repository)
    known.validate_unless_known(check, str(repository))
    assert check.runs == 2


def test_a_copy_elsewhere_is_the_same_state(repository, own_memory, tmp_path):
    check = Counted()
    shutil.copytree(repository, tmp_path / "copy")
    assert [known.validate_unless_known(check, str(root)) for root in (repository, tmp_path / "copy")] == [[], []]
    assert check.runs == 1


def test_a_draft_that_lies_elsewhere_is_checked_each_time(repository, own_memory, tmp_path):
    check, draft = Counted(), tmp_path / "draft.ttl"
    draft.write_text("")
    assert [known.validate_unless_known(check, str(repository), [str(draft)]) for _ in range(2)] == [[], []]
    draft.write_text("kg:x")
    assert known.validate_unless_known(check, str(repository), [str(draft)]) != []
    assert check.runs == 3


@pytest.fixture(scope="module")
def divided_once(tmp_path_factory) -> Path:
    """The small graph with its records in the folders of a large one, and no problem."""
    repository = tmp_path_factory.mktemp("divided") / "repository"
    shutil.copytree(ROOT / "tests" / "small", repository)
    for name in ("kg.ttl", "prefixes.ttl", "shapes.ttl"):
        shutil.copy(ROOT / "ontology" / name, repository / "ontology" / name)
    shutil.copytree(ROOT / "queries", repository / "queries")
    for path in (repository / "queries" / "checks").rglob("*.rq"):
        if path.stem not in changed_records.NEAR | changed_records.LACKS:
            path.unlink()  # a check of which another test says that it must be listed
    whole = repository / "data" / "small.ttl"
    head, *blocks = re.split(r"\n\n(?=[a-z]+:)", whole.read_text().rstrip("\n"))
    head = "\n".join(line for line in head.splitlines() if line.startswith("@"))
    whole.unlink()
    places: dict[str, list[str]] = {}
    for block in blocks:
        folder = {"claim": "claims/conditions", "source": "sources/all"}.get(block.partition(":")[0], "terms/all")
        places.setdefault(f"data/{folder}.ttl", []).append(block)
    write_records(repository, head, places)
    for problem in validate(str(repository)):
        target = problem.fix.removeprefix("Move it to ").removeprefix("move it to ")
        block = next(one for one in blocks if one.startswith(problem.record + " "))
        places["data/claims/conditions.ttl"].remove(block)
        places.setdefault(target, []).append(block)
    write_records(repository, head, places)
    return repository


@pytest.fixture
def divided(divided_once, tmp_path) -> Path:
    """The same, to be written to."""
    return Path(shutil.copytree(divided_once, tmp_path / "divided"))


def write_records(root: Path, head: str, places: dict[str, list[str]]) -> None:
    for name, blocks in places.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("\n\n".join([head, *blocks]) + "\n")


CRAMP = "claim:hypomagnesemia_promotes_muscle-cramp"
NEW = """
claim:magnesium-deficiency_promotes_muscle-cramp a kg:CausalClaim ;
    kg:cause kg:magnesium-deficiency ;
    kg:relation kg:promotes ;
    kg:effect kg:muscle-cramp ;
    kg:evidence [ kg:source source:textbook ; kg:stance kg:supports ; kg:note "Cramps come with it." ] .
"""
READ = """
source:newer a kg:Source ;
    rdfs:label "A newer textbook"@en ;
    kg:studyKind kg:Textbook ;
    kg:access kg:original .
"""


def append(root: Path, name: str, text: str) -> None:
    with (root / "data" / name).open("a") as file:
        file.write(text)


def find_file(root: Path, record: str) -> Path:
    return next(path for path in root.glob("data/claims/*.ttl") if f"{record} a" in path.read_text())


def reword(root: Path) -> None:
    path = find_file(root, CRAMP)
    path.write_text(path.read_text().replace("kg:stance kg:supports", 'kg:stance kg:supports ; kg:note "In other words."', 1))


def comment(root: Path) -> None:
    append(root, "sources/all.ttl", "# a remark\n")


def add_claim(root: Path) -> None:
    append(root, "claims/magnesium.ttl", NEW)


def add_claim_and_source(root: Path) -> None:
    append(root, "sources/all.ttl", READ)
    append(root, "claims/magnesium.ttl", NEW.replace("source:textbook", "source:newer"))


@pytest.mark.parametrize("change", [reword, comment, add_claim, add_claim_and_source])
def test_of_changed_records_that_are_good_the_others_are_not_checked(divided, own_memory, change):
    check = Counted()
    known.validate_unless_known(check, str(divided))
    change(divided)
    assert known.validate_unless_known(check, str(divided)) == []
    assert check.runs == 1
    assert validate(str(divided)) == []


#: What is appended to a file, or replaced in it; each is a problem of a kind of its own.
WRONG = {
    "no evidence": ("", NEW.rpartition("    kg:evidence")[0].rstrip(" ;\n") + " .\n"),
    "unknown source": ("", NEW.replace("source:textbook", "source:textbok")),
    "unknown end": ("", NEW.replace("kg:muscle-cramp", "kg:muscle-crmap")),
    "no state": ("", NEW.replace("kg:cause kg:magnesium-deficiency", "kg:cause kg:magnesium")),
    "a food": ("", NEW.replace("kg:cause kg:magnesium-deficiency", "kg:cause food:pumpkin-seed-kernels")),
    "twice in another order": ("", NEW.replace("claim:", "claim:again-").replace("magnesium-deficiency ;", "hypomagnesemia ;")),
    "against another": (
        "",
        NEW.replace("claim:", "claim:no-")
        .replace("magnesium-deficiency ;", "hypomagnesemia ;")
        .replace("promotes ;", "inhibits ;"),
    ),
    "scope": ("", NEW.replace("Cramps come with it", "In severe deficiency")),
    "derived": ("", NEW.replace("kg:relation", "kg:status kg:established ;\n    kg:relation")),
    "other file": (
        "",
        NEW.replace("kg:effect kg:muscle-cramp", "kg:effect kg:nerve-misfiring").replace(
            "cause kg:magnesium-deficiency", "cause kg:muscle-cramp"
        ),
    ),
    "unknown property": ("", NEW.replace("kg:note", "kg:nte")),
    "unseen letter": ("", NEW.replace("come with", "come\u200bwith")),
    "language": ("", NEW.replace('it."', 'it."@german')),
    "no date": (
        "",
        NEW.replace("kg:relation", 'dcterms:created "2026-13-01"^^xsd:date ;\n    kg:relation')
        .replace("dcterms:", "<http://purl.org/dc/terms/created>")
        .replace("<http://purl.org/dc/terms/created>created", "<http://purl.org/dc/terms/created>")
        .replace("xsd:date", "<http://www.w3.org/2001/XMLSchema#date>"),
    ),
    "record twice": ("", NEW.replace("claim:magnesium-deficiency_promotes_muscle-cramp", CRAMP)),
    "syntax": ("", NEW.rstrip(" .\n")),
    "uncited source": ("sources", READ),
    "source of the same title": ("both", READ.replace("A newer textbook", "Textbook")),
    "source without kind": ("both", READ.replace("    kg:studyKind kg:Textbook ;\n", "")),
}


def read_state(root: Path) -> tuple[base_state.State, dict[str, bytes]]:
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.ttl") if "shapes" not in path.name}
    state = base_state.split(files, "")
    return state, {name: text for name, text in files.items() if name not in state.texts}


@pytest.mark.parametrize("name", ["good", "good with its source", *WRONG])
def test_no_kind_of_wrong_record_passes_for_good(divided_once, name):
    """Nothing is written: the short way alone is called, on the texts; the random changes below hold it against whole runs."""
    base, others = read_state(divided_once)
    where, text = {"good": ("", NEW), "good with its source": ("both", READ), **WRONG}[name]
    texts = dict(base.texts)
    if where:
        title = re.search(r'source:textbook a[^.]*?rdfs:label "([^"]+)"', texts["data/sources/all.ttl"].decode())
        texts["data/sources/all.ttl"] += text.replace('Textbook"@en', f'{title[1]}"@en').encode()
    if where != "sources":
        texts["data/claims/magnesium.ttl"] += (NEW.replace("source:textbook", "source:newer") if where else text).encode()
    good = changed_records.is_still_good(str(divided_once), base, base_state.State(base.rest, texts), others)
    assert good == name.startswith("good")


def test_a_claim_that_is_removed_leaves_a_finding_without_cause(divided, own_memory):
    known.validate_unless_known(validate, str(divided))
    path = find_file(divided, "claim:muscle-cramp_promotes_muscle-tightness")
    for record in ("claim:muscle-cramp_promotes_muscle-tightness", "claim:strict-vegan-diet_promotes_muscle-tightness"):
        path = find_file(divided, record)
        path.write_text(re.sub(rf"{record} a .*?\n\n|\n{record} a .*\Z", "", path.read_text(), flags=re.DOTALL))
    assert known.validate_unless_known(validate, str(divided)) == validate(str(divided)) != []


def test_every_check_of_the_library_is_known_to_the_short_way():
    folder = ROOT / "queries" / "checks"
    names = {path.stem for path in folder.rglob("*.rq")}
    assert names == changed_records.NEAR | changed_records.LACKS, (
        "add a new check to one of the two lists, by what their comments say"
    )
    assert not changed_records.NEAR & changed_records.LACKS


@pytest.mark.parametrize("name", ["queries/checks/no_claim_of_one_word.rq", "ontology/own_shapes.ttl"])
def test_with_checks_of_ones_own_everything_is_checked(divided, own_memory, name):
    own = 'SELECT ?record ("is wrong" AS ?problem) ("correct it" AS ?fix) WHERE { ?record <https://example.org/none> ?x }'
    (divided / name).write_text(own if name.endswith(".rq") else "")
    check = Counted()
    known.validate_unless_known(check, str(divided))
    add_claim(divided)
    assert known.validate_unless_known(check, str(divided)) == []
    assert check.runs == 2


@pytest.mark.parametrize("damage", [b"", b"other", None])
def test_a_damaged_state_is_not_compared_with(divided, own_memory, damage):
    known.validate_unless_known(validate, str(divided))
    [kept] = own_memory.parent.glob("validated-*.base")
    kept.write_bytes(kept.read_bytes().replace(b"muscle-cramp", b"muscle-crmap", 1) if damage is None else damage)
    add_claim(divided)
    check = Counted()
    assert known.validate_unless_known(check, str(divided)) == []
    assert check.runs == 1
    reword(divided)
    assert known.validate_unless_known(check, str(divided)) == []
    assert check.runs == 1  # it was kept again


def swap(chance: random.Random, text: str, pattern: str) -> str:
    """The text with one match of a pattern replaced by another match of it."""
    found = list(re.finditer(pattern, text))
    if not found:
        return text
    one, other = chance.choice(found), chance.choice(found)
    return text[: one.start()] + other[0] + text[one.end() :]


SOURCES = ("textbook", "encyclopedia", "trials", "nhlbi-pernicious-anemia")
STANCES = ("supports", "supports", "disputes")


def test_random_changes_of_records_give_what_a_whole_run_gives(divided, own_memory):
    """Ends, sources, stances, lines and whole records are swapped, doubled and dropped: the short way never hides a problem."""
    known.validate_unless_known(validate, str(divided))
    chance, short = random.Random(11), 0
    files = sorted(divided.glob("data/claims/*.ttl"))
    patterns = [r"source:[\w-]+(?= ;)", r"kg:stance kg:\w+", r"(?<=kg:effect )kg:[\w-]+", r"(?<=\n)    kg:evidence .* ;(?=\n)"]
    patterns += [r"(?<=kg:relation )kg:\w+", r"kg:access kg:\w+", r'"[^"]*"', r"\n\nclaim:[^\n]*(?:\n[^\n]+)*"]
    for _ in range(14):
        path = chance.choice(files)
        before = path.read_text()
        if chance.random() < 0.6:
            line = f"    kg:evidence [ kg:source source:{chance.choice(SOURCES)} ; kg:stance kg:{chance.choice(STANCES)} ] ;\n"
            starts = [found.end() for found in re.finditer(r" a kg:CausalClaim ;\n", before)]
            at = chance.choice(starts or [len(before)])
            path.write_text(before[:at] + line + before[at:])
        else:
            path.write_text(swap(chance, before, chance.choice(patterns)))
        check = Counted()
        known.validate_unless_known(check, str(divided))
        if not check.runs and path.read_text() != before:
            short += 1
            assert validate(str(divided)) == []
        path.write_text(before)
    assert short


def test_random_edits_give_what_a_whole_run_gives(repository, own_memory):
    """Lines are taken out, doubled and misspelt, and half of the edits are undone: the memory never hides or adds a problem."""
    chance = random.Random(20)
    files = [*repository.glob("data/**/*.ttl"), *repository.glob("queries/checks/*.rq")]
    outcomes = set()
    for _ in range(7):
        path = chance.choice(files)
        before = path.read_text()
        lines = before.splitlines(keepends=True)
        at = chance.randrange(len(lines))
        lines[at] = chance.choice(["", lines[at] * 2, lines[at].replace("e", "ee", 1), lines[at] + "# said\n"])
        path.write_text("".join(lines))
        only = chance.choice([[], [str(path)]])
        whole = validate(str(repository), only)
        assert known.validate_unless_known(validate, str(repository), only) == whole
        outcomes.add(bool(whole))
        if chance.random() < 0.8:
            path.write_text(before)
    assert outcomes == {True, False}


@pytest.mark.parametrize("content", ["", "another program's\n", "\x00\xff", "kg validate: states without a problem, 0\nabc\n"])
def test_a_foreign_memory_is_reported_once_and_written_again(repository, own_memory, capsys, content):
    own_memory.parent.mkdir()
    own_memory.write_text(content, encoding="latin-1")
    check = Counted()
    assert [known.validate_unless_known(check, str(repository)) for _ in range(2)] == [[], []]
    assert check.runs == 1
    assert capsys.readouterr().err == f"kg: {own_memory}: not a list of kg validate; it is written again\n"


def test_without_a_cache_everything_is_checked(repository, monkeypatch):
    monkeypatch.setenv("KG_CACHE", os.devnull)
    check = Counted()
    assert [known.validate_unless_known(check, str(repository)) for _ in range(2)] == [[], []]
    assert check.runs == 2


def test_the_oldest_states_are_forgotten(repository, own_memory, monkeypatch):
    monkeypatch.setattr(known, "KEPT", 2)
    for number in range(3):
        (repository / "data" / "more.ttl").write_text(f"# {number}\n")
        assert known.validate_unless_known(validate, str(repository)) == []
    assert len(own_memory.read_text().splitlines()) == 3  # the head and two states


def test_a_watch_names_what_changed_came_and_went(tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("1")
    watch = Watch(lambda: [str(one), str(two)], interval=0.01)
    two.write_text("2")
    one.unlink()
    assert watch.wait() == [str(one), str(two)]
    one.write_text("back")
    assert watch.wait() == [str(one)]


class Watching:
    """``kg validate --watch`` in a process of its own, and what it prints on both outputs."""

    def __init__(self, root: Path, *words: str) -> None:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUNBUFFERED": "1"}
        command = [sys.executable, "-m", "kg", "--source", ".", "validate", "--watch", *words]
        self.process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )

    def read_block(self) -> str:
        """The lines up to the one that counts the problems."""
        lines = []
        while not lines or not re.match(r"\d+ problems? in |kg: ", lines[-1]):
            line = self.process.stdout.readline()
            assert line, "".join(lines)
            lines.append(line)
        return re.sub(r"\d\d:\d\d:\d\d", "TIME", "".join(lines[:-1])) + lines[-1].partition(" in ")[0].rstrip()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no SIGINT to one process")
def test_watching_prints_one_block_for_each_change_and_ends_on_ctrl_c(repository):
    path = repository / "data" / "small.ttl"
    good = path.read_text()
    watching = Watching(repository, str(path))
    try:
        assert watching.read_block() == "0 problems"
        path.write_text(good.replace("kg:effect kg:muscle-cramp", "kg:effect kg:muscle-crmap", 1))
        found = watching.read_block()
        assert found.startswith("\nTIME data/small.ttl changed\ndata/small.ttl:")
        assert "kg:muscle-crmap is used and declared nowhere. Did you mean kg:muscle-cramp?" in found
        path.unlink()
        assert watching.read_block() == (f"\nTIME data/small.ttl changed\nkg: {path}: no such file or folder; check the path")
        path.write_text(good)
        assert watching.read_block() == "\nTIME data/small.ttl changed\n0 problems"
        watching.process.send_signal(signal.SIGINT)
        assert watching.process.wait(10) == 130
    finally:
        watching.process.kill()
        rest = watching.process.stdout.read()
        watching.process.stdout.close()
    assert "Traceback" not in rest
