"""The command line. Data goes to standard output, everything else to standard error.

Each command is a module of its own, imported only when it is called: a query must not wait for what it does not use.
"""

from __future__ import annotations

import os
import sys

from kg.cli.terminal import guard, guard_errors
from kg.errors import KgError, UsageError, of_system

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType
    from typing import Any

#: Each command with the line that ``kg --help`` shows, in the order a newcomer needs them.
COMMANDS = {
    "demo": "show how B12 deficiency leads to muscle tightness: routes, evidence and a picture",
    "term": "show what the graph knows about a name",
    "find": "search names, definitions and notes for a word",
    "compare": "compare two foods, states or drugs",
    "plate": "compare a day's foods with the need and upper limit of a life stage",
    "ask": "answer a question in plain words with the command that fits it",
    "claim": "show one claim: its evidence, who read it, and what depends on it",
    "queries": "list the library of questions",
    "query": "answer a question of the library, or a SPARQL query of your own",
    "paths": "find causal routes from one state to another",
    "explain": "rank the states that could explain findings",
    "correct": "show which findings end when states are corrected, or what to correct to end a finding",
    "view": "draw a pathway as one HTML file",
    "chart": "draw foods, cut-offs, coverage or disagreements as SVG",
    "serve": "serve a SPARQL endpoint and pages over HTTP",
    "mcp": "offer the library, terms, routes, explanations and evidence as tools for language models",
    "validate": "check the ontology, the data and the queries; report file, line and fix",
    "verify": "check evidence lines against the texts that were read",
    "review": "write a sheet on which an expert judges claims offline, and import it again",
    "init": "create a graph of one's own: a folder on which every command works",
    "new": "add a claim, term, source, question or check",
    "import": "import claims and mappings in bulk: sheets, SSSOM, KGX, Turtle",
    "ids": "add external ids from a release file, or compare them with a newer one",
    "rename": "rename a term; references follow, the old name stays known",
    "merge": "merge two terms into one, with the names, claims and evidence of both",
    "split": "split a term into several and divide its claims among them",
    "retire": "retire a term, claim or source that is no longer used; its id stays known",
    "merge-driver": "merge files of records by records, for git",
    "diff": "show what changed between two graphs, conclusions included",
    "format": "format Turtle files, keeping comments",
    "build": "write the built graph",
    "export": "export the graph as Turtle, JSON-LD, TriG, RDF 1.2, KGX, GraphML or CSV; the ontology and the mappings alone",
    "completion": "print shell completion for bash, zsh or fish",
}


def main(arguments: list[str] | None = None) -> int:
    """Run a command and return its exit status."""
    try:
        arguments = _utf8(sys.argv[1:] if arguments is None else arguments)
        if {"--version", "-V"}.isdisjoint(arguments) or not module_of("version").is_all(arguments):
            status = _run(arguments)
        else:
            status = module_of("version").tell(arguments)
        sys.stdout.flush()
        return status
    except KgError as error:
        return _report(str(error), error.exit_status)
    except SystemExit as done:  # of the parser, which has printed its help or what is wrong
        return _flush(done)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return _stop_quietly()
    except OSError as error:
        # The engine's own, as of a SERVICE that cannot be reached, has no number.
        where = error.filename or ("output" if error.errno else "the query could not be run")
        told = of_system(os.fsdecode(where) if isinstance(where, bytes) else str(where), error, "")
        return _report(str(told), told.exit_status if error.filename else 3)
    except Exception as error:
        if os.environ.get("KG_DEBUG"):
            raise
        from kg.cli.complaint import describe_fault

        return _report(describe_fault(error, arguments or []), 3)


def _stop_quietly() -> int:
    """Whoever read us has seen enough, as in kg query ... | head. Python must not complain at exit either."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _flush(done: SystemExit) -> int:
    """The exit status of the parser once its words are out; a help that cannot be printed has failed."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _stop_quietly()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _report(f"output: {error.strerror}", 3)
    return done.code if isinstance(done.code, int) else int(done.code is not None)


def _utf8(arguments: list[str]) -> list[str]:
    """Arguments and output in UTF-8 whatever the locale says: names and answers are full of letters it may not know."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:  # closed by whoever started us, as with >&-
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 (it stays open)
    for stream in (sys.stdout, sys.stderr):  # a file's name that is not UTF-8 goes out as it came
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="surrogateescape")
    guard_errors()
    return [_word(os.fsencode(word)) for word in arguments]


def _word(raw: bytes) -> str:
    """An argument, which is UTF-8; a file or folder may have any name."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        if os.path.exists(raw):
            return raw.decode("utf-8", "surrogateescape")
        raise UsageError(f"{raw.decode('utf-8', 'backslashreplace')}: not UTF-8; write it in UTF-8") from None


def _run(arguments: list[str]) -> int:
    asked = arguments
    if any(word.partition("=")[0] == "--release" for word in arguments):
        from kg.cli.release_option import as_source

        arguments = as_source(arguments)
    source, words = (arguments[1], arguments[2:]) if arguments[:1] == ["--source"] and arguments[1:] else (None, arguments)
    if source or os.environ.get("KG_SOURCE"):
        _include(source)
    if words[:1] == ["query"]:
        from kg.cli import query

        plain = query.quick(words[1:], source)
        if plain:
            guard("query", plain.format)
            _tell_of_old_names(quiet=False)
            return query.run(plain)
    # Only the command that is called gets its parser built: the others would cost more than a query does.
    from argparse import Namespace

    from kg.cli.parser import build_parser, check_command, check_format, check_language, check_source, hint_of

    name = next((word for word in _without_options(arguments) if not word.startswith("-")), None)
    aside: list[str] = []
    if name == "query":
        from kg.cli import query

        arguments, aside = query.set_aside(arguments)
        if {"--help", "-h"} & set(arguments) and module_of("query-help").help_of(arguments):
            return 0
    check_source(arguments)
    check_command(name, COMMANDS)
    parser = build_parser({name: COMMANDS[name]}, module_of(name)) if name in COMMANDS else build_parser(COMMANDS)
    if name is None and not arguments:
        parser.print_help()
        return 2
    options, rest = parser.parse_known_args(
        arguments, Namespace(source=None, format=None, timeout=None, quiet=False, lang=None, provenance=False)
    )
    module = module_of(options.command)
    if rest and not hasattr(module, "TAKES_MORE"):
        parser.exit(
            2, f"kg {options.command}: {rest[0]} is not known here{hint_of(rest, arguments)}; see kg {options.command} --help\n"
        )
    if options.timeout is not None and not 0 < options.timeout < 1e9:
        parser.exit(2, f"kg: --timeout {options.timeout:g}: write a number of seconds, such as 30\n")
    check_format(options.command, module, options.format)
    check_language(options.command, options.lang)
    options.rest = rest + aside
    if options.source and options.source != source:
        _include(options.source)
    elif options.command != "init":  # which opens no graph; any other reads and writes one, whichever way it was named
        options.source = source or os.environ.get("KG_SOURCE") or None
    guard(options.command, options.format)
    _tell_of_old_names(options.quiet)
    if options.provenance:
        from kg.cli.provenance import check_provenance, proven

        check_provenance(options.command, options.provenance)
        return proven(options, asked, module.run)
    return int(module.run(options))


def _include(source: str | None) -> None:
    """Add the questions of the repository that is named, if it is one."""
    from kg.sparql import library

    library.include(source or os.environ["KG_SOURCE"])


def _tell_of_old_names(quiet: bool) -> None:
    """Say on standard error, once each, what replaced a record that was asked for by an old name, or how an external id matches."""
    import warnings

    from kg.errors import NameNote

    usual, told = warnings.showwarning, set[str]()

    def show(message: Warning | str, category: type[Warning], *more: Any, **named: Any) -> None:
        if not issubclass(category, NameNote):
            usual(message, category, *more, **named)
        elif not quiet and str(message) not in told:
            told.add(str(message))
            _report(str(message), 0)

    warnings.simplefilter("always", NameNote)
    warnings.showwarning = show


def module_of(command: str) -> ModuleType:
    """The module of a command; one that is a word of Python's own has an underscore after its name, a hyphen is one."""
    from importlib import import_module
    from keyword import iskeyword

    return import_module(f"kg.cli.{command.replace('-', '_')}{'_' if iskeyword(command) else ''}")


def _without_options(arguments: list[str]) -> list[str]:
    """The arguments without the global options that take a value, so that the command is the first plain word."""
    left, skip = [], False
    for word in arguments:
        if skip:
            skip = False
        elif word in ("--source", "--format", "--timeout", "--lang"):
            skip = True
        else:
            left.append(word)
    return left


def _report(message: str, status: int) -> int:
    from kg.cli.complaint import complain

    return complain(message, status)
