"""The command line as a person calls it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.forked import Forker

ROOT = Path(__file__).parent.parent
_FORKER = Forker()


def kg(*words: str, cwd: Path, said: str = "", **environment: str) -> tuple[int, str, str]:
    """Exit status, standard output and standard error of ``kg WORDS``; ``said`` is typed in, ``environment`` holds more variables."""
    whole = {**os.environ, "PYTHONPATH": str(ROOT / "src"), **environment}
    if _FORKER.suits(whole):
        return _FORKER.run(words, str(cwd), whole, said, 60)
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words],
        cwd=cwd,
        env=whole,
        capture_output=True,
        encoding="utf-8",
        input=said,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr
