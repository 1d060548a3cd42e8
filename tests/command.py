"""The command line as a person calls it, in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def kg(*words: str, cwd: Path, said: str = "") -> tuple[int, str, str]:
    """Exit status, standard output and standard error of ``kg WORDS``; ``said`` is typed in."""
    done = subprocess.run(
        [sys.executable, "-m", "kg", *words],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        input=said,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stdout, done.stderr
