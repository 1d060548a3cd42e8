"""List the library of questions: name, what each answers, and its parameters with kind and default.

kg queries
kg queries food need          those that contain these words
kg --source own queries       those that a graph of one's own can answer; --all lists the others too
kg queries --format json
kg queries --format ttl       as SHACL SPARQL executables, for the tools that read the examples of sib-swiss;
                              with --source URL that endpoint is their target
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from argparse import ArgumentParser, Namespace

from kg.cli.table import table
from kg.cli.terminal import print_styled
from kg.errors import UsageError
from kg.sparql import library

#: The forms of the output, the usual one first.
FORMATS = ("list", "table", "md", "json", "ttl")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg queries``."""
    parser.add_argument("words", nargs="*", metavar="WORD", help="only questions that contain all these words")
    parser.add_argument(
        "--all", action="store_true", help="of a graph of one's own: also questions about what it has no records of"
    )


def run(options: Namespace) -> int:
    """Print the library."""
    found = [library.question(name) for name in (*library.names(), *library.names("federated"))]
    left_out: list[library.Question] = []
    if not options.all and options.format != "ttl":
        found, left_out = _split(options, found)
    if options.words:
        found, left_out = ([one for one in some if _holds(one, options.words)] for some in (found, left_out))
        if not found and not left_out:
            raise UsageError(
                f"no question contains {' '.join(options.words)!r}; kg queries lists them all, kg ask reads a question"
            )
    if left_out and not options.quiet:
        those = "1 question is" if len(left_out) == 1 else f"{len(left_out)} questions are"
        print(f"kg: {those} about what this graph has no records of; --all lists them too", file=sys.stderr)
    form = options.format or ("list" if sys.stdout.isatty() else "table")
    if form == "json":
        json.dump([question.to_dict() for question in found], sys.stdout, indent=1)
        print()
    elif form in ("table", "md"):
        rows = [[question.name, question.summary, _takes(question)] for question in found]
        table(["question", "what it answers", "parameters"], rows, form)
    elif form == "list":
        wide = shutil.get_terminal_size().columns - 1
        for question in found:
            print_styled(f"{question.name} {_takes(question)}".rstrip(), "bold")
            print(textwrap.fill(question.summary, wide, initial_indent="    ", subsequent_indent="    "))
    else:
        from kg.sparql.shacl_examples import turtle

        sys.stdout.buffer.write(turtle(found, _endpoint(options.source)))
    return 0


def _split(options: Namespace, found: list[library.Question]) -> tuple[list[library.Question], list[library.Question]]:
    """The questions that the graph on disk can answer, and those that it cannot; nutrition-kg itself answers all."""
    source = options.source or ""
    if not source or source.lower().startswith(("http://", "https://")):
        return found, []
    from kg.graph import connect
    from kg.sparql.answerable import split_answerable

    graph = connect(source, options.timeout)
    return (found, []) if graph.header.native else split_answerable(graph.rows, found)


def _holds(question: library.Question, words: list[str]) -> bool:
    """Whether each word, or the beginning of one, is in the name, the texts, the tags or the columns of a question."""
    text = " ".join([question.name, question.summary, question.description, *question.tags, *question.parameters])
    known = re.findall(r"\w+", f"{text} {text.replace('_', ' ')}".casefold())
    return all(any(one.startswith(word.casefold()) for one in known) for word in words)


def _endpoint(source: str | None) -> str:
    """Where the questions are asked: the endpoint that ``--source`` or ``KG_SOURCE`` names, else the graph's own address.

    A user and a password that stand in it are left out.
    """
    from kg.sparql.shacl_examples import ENDPOINT

    named = source or ""
    if not named.lower().startswith(("http://", "https://")):
        return ENDPOINT
    from kg.sparql.address import address

    return address(named).url


def _takes(question: library.Question) -> str:
    return " ".join(f"--{name} ({parameter.default})" for name, parameter in question.parameters.items())
