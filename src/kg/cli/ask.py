"""Answer a question in plain words: choose the command that fits it, print that command, answer in a sentence, and run it.

Questions are matched against the patterns of data/words/questions.tsv; nothing is guessed, and an unknown question is reported.
Without --format, tables are printed for people, the first rows of long ones.

kg ask 'which foods are rich in magnesium?'
kg ask 'how much iron does a pregnant woman need?'
kg ask 'how does B12 deficiency lead to tingling?'
kg ask 'what separates folate deficiency from B12 deficiency?' --dry
"""

from __future__ import annotations

import shlex
import sys
import textwrap

from kg.cli.terminal import print_styled
from kg.cli.wrapping import find_width
from kg.errors import UsageError
from kg.graph import connect
from kg.grounding.questions import pick

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

#: So many rows of a table follow the sentence.
SHOWN = 15
#: The form is that of the command that is picked, which checks it.
CHECKS_FORMAT = True


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg ask``."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="a question in plain words")
    parser.add_argument("--dry", action="store_true", help="print the command without running it")


def run(options: Namespace) -> int:
    """Print the command that was picked, and its answer."""
    question = " ".join(options.question)
    graph = connect(options.source, options.timeout, options.lang)
    command = pick(graph.rows, question)
    if command is None:
        raise UsageError(
            f"{question!r}: no command answers a question of this form; kg queries lists the questions, and kg explain reads findings"
        )
    if options.dry:
        print(shlex.join(["kg", *command]))
        return 0
    print(f"kg: the answer of: {shlex.join(['kg', *command])}", file=sys.stderr)
    from kg.cli import main
    from kg.cli.ask_sentence import say

    for_people = options.format in (None, "text", "table")
    said = say(graph, command, question) if for_people else ""
    if said:
        print_styled(textwrap.fill(said, find_width() or 100) if sys.stdout.isatty() else said, "bold")
        print(flush=True)
    told = {"--source": options.source, "--format": options.format, "--timeout": options.timeout, "--lang": options.lang}
    if command[0] == "query" and options.format is None:
        told["--format"] = "table"
        command += ["--limit", str(SHOWN)]
        print(f"kg: the first {SHOWN} rows at most; the command above prints all", file=sys.stderr)
    settings = [word for name, value in told.items() if value is not None for word in (name, str(value))]
    return main([*settings, *command])
