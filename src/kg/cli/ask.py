"""Answer a question in plain words: choose the command that fits it, print that command, and run it.

Questions are matched against the patterns of data/words/questions.tsv; nothing is guessed, and an unknown question is reported.

kg ask 'which foods are rich in magnesium?'
kg ask 'how does B12 deficiency lead to tingling?'
kg ask 'what separates folate deficiency from B12 deficiency?' --dry
"""

from __future__ import annotations

import shlex
import sys

from kg.errors import UsageError
from kg.graph import connect
from kg.grounding.questions import pick

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

#: The form is that of the command that is picked, which checks it.
CHECKS_FORMAT = True


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg ask``."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="a question in plain words")
    parser.add_argument("--dry", action="store_true", help="print the command without running it")


def run(options: Namespace) -> int:
    """Print the command that was picked, and its answer."""
    question = " ".join(options.question)
    command = pick(connect(options.source, options.timeout).rows, question)
    if command is None:
        raise UsageError(
            f"{question!r}: no command answers a question of this form; kg queries lists the questions, and kg explain reads findings"
        )
    if options.dry:
        print(shlex.join(["kg", *command]))
        return 0
    print(f"kg: the answer of: {shlex.join(['kg', *command])}", file=sys.stderr)
    from kg.cli import main

    told = {"--source": options.source, "--format": options.format, "--timeout": options.timeout, "--lang": options.lang}
    settings = [word for name, value in told.items() if value is not None for word in (name, str(value))]
    return main([*settings, *command])
