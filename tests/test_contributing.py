"""The recipes of CONTRIBUTING.md, performed on a copy of the repository with the very commands that stand there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.seed import plant

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
GUIDE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def recipe(heading: str, language: str) -> list[str]:
    """The code blocks of one language below a heading."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", GUIDE, flags=re.DOTALL | re.MULTILINE).group(1)
    return re.findall(rf"^```{language}\n(.*?)^```", section, flags=re.DOTALL | re.MULTILINE)


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What a clone holds, changes not yet committed included."""
    folder = tmp_path / "clone"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\n")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    # What is compiled and built already need not be so once more: the copies have the same times and hashes.
    for compiled in (ROOT / "src").rglob("__pycache__"):
        shutil.copytree(compiled, folder / compiled.relative_to(ROOT), copy_function=shutil.copy2)
    plant(folder.parent / "cache")
    return folder


def shell(script: str, cwd: Path) -> str:
    """What the commands print; a command that fails ends them."""
    # `make demo` and `activate` put kg and python on the path; here the tests' own interpreter stands in for them.
    head = f'set -euo pipefail\nkg() {{ "{sys.executable}" -m kg "$@"; }}\npython() {{ "{sys.executable}" "$@"; }}\n'
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(cwd / "src"), "KG_CACHE": str(cwd.parent / "cache")}
    environment.pop("COLUMNS", None)  # a width that somebody exported would cut tables in a pipe too
    done = subprocess.run(
        ["bash", "-c", head + script], cwd=cwd, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_a_claim_with_evidence_for_and_against(clone):
    told = shell("\n".join(recipe("A claim", "bash")), clone)
    assert "1. magnesium deficiency may lead to restless legs syndrome\n   1 step; strength " in told
    assert re.search(
        r"^ +magnesium deficiency -> restless legs syndrome   \[contested; (hardly|thinly) sourced\]$", told, re.MULTILINE
    )
    assert recipe("A claim", "turtle")[0] in (clone / "data" / "claims" / "magnesium.ttl").read_text(encoding="utf-8")


@pytest.mark.slow
def test_many_claims_come_by_a_sheet(clone):
    told = shell("\n".join(recipe("Many claims", "bash")), clone)
    assert told.count("claim:magnesium-deficiency_promotes_restless-legs-syndrome  new ") == 2
    assert "claim:magnesium-deficiency_promotes_restless-legs-syndrome" in told.rpartition("magnesium.xlsx")[2]
    assert "changed" not in told


@pytest.mark.slow
def test_a_term_is_found_by_its_synonym(clone):
    told = shell("\n".join(recipe("A term", "bash")), clone)
    assert "twitching thumb  (Symptom)" in told


@pytest.mark.slow
def test_a_question_is_answered_and_its_answer_kept(clone):
    told = shell("\n".join(recipe("A question", "bash")), clone)
    assert " passed" in told
    answer = (clone / "tests" / "answers" / "effects_told_of.csv").read_text(encoding="utf-8").splitlines()
    assert answer == ["effect_label,certainty_label", "hypomagnesemia,high", "nerve misfiring,high"]


@pytest.mark.slow
def test_code_of_ones_own_is_reached_from_the_command(clone):
    module, row = recipe("Code", "python")
    first, text = module.split("\n", 1)
    (clone / first.removeprefix("# ")).write_text(text, encoding="utf-8")
    table = clone / row.split(",")[0].removeprefix("# ")
    table.write_text(
        table.read_text(encoding="utf-8").replace("] = {\n", "] = {\n" + row.split("\n", 1)[1], 1), encoding="utf-8"
    )
    if (ROOT / ".mypy_cache").exists():  # what is checked already need not be so once more
        shutil.copytree(ROOT / ".mypy_cache", clone / ".mypy_cache", copy_function=shutil.copy2)
    assert " passed" in shell("\n".join(recipe("Code", "bash")), clone)
    assert "magnesium deficiency promotes hypomagnesemia\n" in (clone / "out" / "claims.txt").read_text(encoding="utf-8")


def test_every_command_of_the_guide_belongs_to_a_recipe_that_is_tried():
    tried = [
        block for heading in ("A claim", "Many claims", "A term", "A question", "Code") for block in recipe(heading, "bash")
    ]
    assert re.findall(r"^```bash\n(.*?)^```", GUIDE, flags=re.DOTALL | re.MULTILINE) == tried
