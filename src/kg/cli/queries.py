"""List the library of questions: name, what each answers, and its parameters with kind and default.

kg queries
kg queries food intake        those that contain these words
kg queries --format json
kg queries --format ttl       as SHACL SPARQL executables, for the tools that read the examples of sib-swiss;
                              with --source URL that endpoint is their target
"""

from __future__ import annotations

import json
import os
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


def run(options: Namespace) -> int:
    """Print the library."""
    found = [library.question(name) for name in (*library.names(), *library.names("federated"))]
    if options.words:
        found = [question for question in found if _holds(question, options.words)]
        if not found:
            raise UsageError(
                f"no question contains {' '.join(options.words)!r}; kg queries lists them all, kg ask reads a question"
            )
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

    named = source or os.environ.get("KG_SOURCE") or ""
    if not named.lower().startswith(("http://", "https://")):
        return ENDPOINT
    from kg.sparql.address import address

    return address(named).url


def _takes(question: library.Question) -> str:
    return " ".join(f"--{name} ({parameter.default})" for name, parameter in question.parameters.items())
