"""Answer a question in plain words: choose the command that fits it, print that command, answer in a sentence, and run it.

A question is read by its cues (data/words/question_cues.tsv) and the terms that it holds, in whatever order; one of several parts is
answered part by part. Nothing is guessed; what plays no part in the answer is named.
Without --format, tables are printed for people, the first rows of long ones.

kg ask 'which foods are rich in magnesium?'
kg ask 'how much iron does a pregnant woman need?'
kg ask 'how does B12 deficiency lead to tingling?'
kg ask 'what separates folate deficiency from B12 deficiency?' --dry
"""

from __future__ import annotations

import sys
import textwrap

from kg.causal.asking.answer import answer_question
from kg.cli.terminal import print_styled
from kg.cli.wrapping import find_width
from kg.graph import connect

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from kg.causal.asking.answer import Answered

#: Commands whose output begins with the sentence itself.
OPENS = ("paths",)
#: So many rows of a table follow the sentence.
SHOWN = 15
#: The form is that of the command that is picked, which checks it.
CHECKS_FORMAT = True


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg ask``."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="a question in plain words")
    parser.add_argument("--dry", action="store_true", help="print the command without running it")


def run(options: Namespace) -> int:
    """Print the commands that were picked, and their answers."""
    graph = connect(options.source, options.timeout, options.lang)
    for_people = options.format in (None, "text", "table")
    answer = answer_question(graph, " ".join(options.question), for_people and not options.dry, OPENS)
    if options.dry:
        print("\n".join(one.line for one in answer if one.command))
        return 0
    status, run_before = 0, False
    for one in answer:
        if not one.command:
            print(f"kg: not answered: {one.question}", file=sys.stderr)
        elif run_before and not for_people:  # two answers in one output would be no JSON and no CSV
            print(f"kg: the other part is answered by: {one.line}", file=sys.stderr)
        else:
            if run_before:
                print()
            status, run_before = max(status, _print(one, options)), True
    return status


def _print(one: Answered, options: Namespace) -> int:
    """Print the command of one part, its sentence and its rows."""
    from kg.cli import main

    print(f"kg: the answer of: {one.line}", file=sys.stderr)
    if one.left:
        print(f"kg: not used in the answer: {'; '.join(one.left)}", file=sys.stderr)
    if one.sentence:
        print_styled(textwrap.fill(one.sentence, find_width() or 100) if sys.stdout.isatty() else one.sentence, "bold")
        print(flush=True)
    command = list(one.command)
    told = {"--source": options.source, "--format": options.format, "--timeout": options.timeout, "--lang": options.lang}
    if command[0] == "query" and options.format is None:
        told["--format"] = "table"
        command += ["--limit", str(SHOWN)]
        print(f"kg: the first {SHOWN} rows at most; the command above prints all", file=sys.stderr)
    settings = [word for name, value in told.items() if value is not None for word in (name, str(value))]
    return main([*settings, *command])
