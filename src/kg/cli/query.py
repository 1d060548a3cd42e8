"""Answer a question of the library by its name, or a SPARQL query from a file, standard input (-) or -e.

  kg query foods_richest_in --nutrient magnesium
  kg query -e 'SELECT ?s { kg:magnesium-deficiency kg:promotes ?s }' --format csv
  kg query foods_richest_in --help      what it takes and answers; kg queries lists them all
  kg --release 0.1.0 query foods_richest_in --compare now --provenance

Rows are written as table (default on a terminal), csv (default in a pipe), tsv, json, xml or md; triples as ttl, nt or jsonld.
"""

from __future__ import annotations

import os
import sys
from itertools import islice

from kg.cli.deadline import watch
from kg.cli.query_hints import is_own, remember, say_hints
from kg.errors import UsageError
from kg.graph import Graph, connect
from kg.sparql import library
from kg.sparql.results import GRAPH_FORMATS, ROW_FORMATS, Rows, Triples

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace
    from collections.abc import Iterable

#: The options that are left over are the parameters of the question.
TAKES_MORE = True
#: The forms of the output; which of them an answer has is seen once it is there.
FORMATS = (*dict.fromkeys((*ROW_FORMATS, "table", "md", "text", *GRAPH_FORMATS)),)
CHECKS_FORMAT = True
#: The forms of a truth value.
TRUTH_FORMATS = ("text", "json", "xml", "csv", "tsv", "table", "md")
#: So many rows are printed on a terminal where no --limit asks for more.
SCREEN = 40


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg query``."""
    named = "a question of the library, a file, or - for standard input"
    parser.add_argument("question", nargs="?", metavar="NAME|FILE|-", help=named)
    parser.add_argument("-e", "--expression", metavar="SPARQL", help="a query text")
    parser.add_argument("--limit", type=int, metavar="N", help="maximum number of rows, or of triples")
    parser.add_argument("--diet", metavar="NAME", help="of a list of foods only what this diet eats: vegan, dairy-free ...")
    compared = "also say how the rows of a kept release (or a file, or now: the built-in graph) differ"
    parser.add_argument("--compare", metavar="RELEASE", help=compared)
    parser.add_argument("--fail", action="store_true", help="exit with status 1 if an ASK is false or a SELECT has no rows")


class Quick:
    """The options of a plain ``kg query NAME --PARAM VALUE ...``, without the parser that the full set needs."""

    expression = limit = timeout = lang = compare = diet = None
    quiet = fail = False

    def __init__(self, question: str, rest: list[str], form: str | None, source: str | None) -> None:
        self.question, self.rest, self.format, self.source = question, rest, form, source


def quick(words: list[str], source: str | None = None) -> Quick | None:
    """Read ``NAME --PARAM VALUE ... [--format FORMAT]``; None for any other words, which the full parser has to read."""
    if not words or not words[0].isidentifier() or len(words) % 2 == 0:
        return None
    try:
        known = library.question(words[0]).parameters
    except UsageError:
        return None
    rest: list[str] = []
    form: str | None = None
    for option, value in zip(words[1::2], words[2::2], strict=True):
        if value.startswith("-"):
            return None
        if option == "--format" and form is None:
            form = value
        elif option.startswith("--") and option[2:].replace("-", "_") in known:
            rest += [option, value]
        else:
            return None
    return Quick(words[0], rest, form, source)


def set_aside(arguments: list[str]) -> tuple[list[str], list[str]]:
    """Set aside parameters of a question that bear the name of an option, such as ``--source`` of ``claims_of_source``.

    After the name of the question they are its own; the graph is named before the command, as in ``kg --source FILE query``.
    """
    start = arguments.index("query") + 1 if "query" in arguments else len(arguments)
    name = next((at for at in range(start, len(arguments)) if arguments[at].isidentifier()), None)
    if name is None:
        return arguments, []
    try:
        known = library.question(arguments[name]).parameters
    except UsageError:
        return arguments, []
    left, aside = arguments[: name + 1], []
    words = iter(arguments[name + 1 :])
    for word in words:
        option, equals, _ = word.partition("=")
        if option in ("--source", "--format", "--timeout") and option[2:] in known:
            aside += [word] if equals else [word, *([following] if (following := next(words, None)) is not None else [])]
        else:
            left.append(word)
    return left, aside


def run(options: Namespace | Quick) -> int:
    """Answer and print."""
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    answer = _answer(graph, options)
    far = hasattr(graph.engine, "url")  # another server answers, which may break off
    if options.diet is not None:
        from kg.cli.diet_filter import leave_out

        answer = leave_out(graph, answer, options.diet)
    if options.compare is None:
        status = _show(answer, options, far)
        if graph.speech and not options.quiet and (line := graph.speech.fallback()):
            print(f"kg: {line}", file=sys.stderr)
        return status
    from kg.cli import compared

    if not isinstance(answer, Rows):
        raise UsageError(f"--compare {options.compare}: rows are compared, and this query answers with none")
    len(answer)  # read before it is written, which keeps nothing
    other = _answer(connect(compared.source_of(options.compare), options.timeout, options.lang), options)
    status = _show(answer, options, far)
    compared.tell(options.compare, answer.columns, answer, other)
    return status


def _answer(graph: Graph, options: Namespace | Quick) -> Rows | Triples | bool:
    name = options.question
    if name is not None and options.expression is None and name.isidentifier():
        return _of_library(graph, library.question(name), options)
    from kg.cli import query_file

    if options.expression is not None:
        if name is not None:
            raise UsageError(f"both {name} and -e were given; give one of them")
        return _own(graph, options.expression, options.rest, options.quiet)
    if name is None:
        raise UsageError("no query was given; name one (kg queries lists them) or write it after -e")
    if name == "-":
        return _own(graph, query_file.of_input(), options.rest, options.quiet)
    if name.lower().endswith((".rq", ".sparql")) or os.sep in name or (not name.isidentifier() and os.path.isfile(name)):
        return _own(graph, query_file.of_file(name), options.rest, options.quiet, query_file.is_check(name))
    return _of_library(graph, library.question(name), options)


def _of_library(graph: Graph, question: library.Question, options: Namespace | Quick) -> Rows | Triples | bool:
    given = parameters(question, options.rest)
    if sys.stderr.isatty() and not options.quiet:
        from kg.cli.query_help import tell_defaults

        tell_defaults(question, given)
    if not options.quiet:
        _say_life_stage(graph, question, given)
    return graph.translate(graph.stream(graph.bound(question, given)))


def _say_life_stage(graph: Graph, question: library.Question, given: dict[str, str]) -> None:
    """Say how the words for a life stage are read, where they are not the table's own."""
    for name, value in given.items():
        if question.parameters[name].kind == library.LIFE_STAGE:
            stage = graph.life_stage(value)
            assumed = f" ({stage.assumed} is assumed)" if stage.assumed else ""
            if stage.name != value:
                print(f"kg: {value!r} is read as {stage.name}{assumed}", file=sys.stderr)


def _own(graph: Graph, text: str, rest: list[str], quiet: bool, check: bool = False) -> Rows | Triples | bool:
    if rest:
        raise UsageError(f"{rest[0]}: your own query takes no parameters; write the value into the query")
    from kg.rdf.namespaces import prefixes

    if not quiet:
        remember(graph, text, check)
    return graph.stream(text, prefixes())


def parameters(question: library.Question, rest: list[str]) -> dict[str, str]:
    """The parameters of a question from the words ``--name value`` or ``--name=value`` of the command line."""
    values: dict[str, str] = {}
    words = iter(rest)
    for word in words:
        if not word.startswith("--"):
            raise UsageError(f"{question.name}: {word!r} has no parameter before it; write parameters as --name VALUE")
        name, equals, value = word[2:].partition("=")
        name = name.replace("-", "_")
        if name not in question.parameters:
            raise question.unknown(name)
        if not equals:
            following = next(words, None)
            if following is None:
                raise UsageError(f"{question.name}: --{name} has no value; write --{name} VALUE")
            value = following
        if name in values:
            raise UsageError(f"{question.name}: --{name} is given twice; give it once")
        values[name] = value
    return values


def _show(answer: Rows | Triples | bool, options: Namespace | Quick, far: bool) -> int:
    if options.limit is not None and options.limit < 0:
        raise UsageError(f"--limit {options.limit}: a number of rows is zero or more")
    if isinstance(answer, bool):
        from kg.cli.truth import spell_truth

        print(spell_truth(answer, _form(options.format or "text", TRUTH_FORMATS, "a truth value")))
        say_hints(answer)
        return int(options.fail and not answer)
    if isinstance(answer, Triples):
        if options.limit is not None:
            answer, more = answer.cut(options.limit)
            if more:
                print(f"kg: the first {options.limit:,} triples; the query has more", file=sys.stderr)
        found = answer.has_any() if is_own() else True
        answer.write(sys.stdout.buffer, _form(options.format or "ttl", GRAPH_FORMATS, "triples"))
        say_hints(found)
        return 0
    form = _form(options.format or ("table" if sys.stdout.isatty() else "csv"), (*ROW_FORMATS, "table", "md"), "rows")
    if options.limit is not None:
        answer = Rows(answer.columns, islice(answer, options.limit))
    first = next(iter(answer), None) if is_own() else None
    if form in ROW_FORMATS and far:
        from kg.cli.whole import write_whole

        count = write_whole(answer, form)
    elif form in ROW_FORMATS:
        count = answer.write(sys.stdout.buffer, form)
    else:
        from kg.cli.table import table

        count, rows = len(answer), answer.plain()
        if form == "table" and options.limit is None and sys.stdout.isatty() and count > SCREEN:
            rows = rows[:SCREEN]
            print(f"kg: the first {SCREEN} of {count:,} rows; --limit {count} prints all", file=sys.stderr)
        table(list(answer.columns), rows, form)
    say_hints(count > 0, first if count == 1 else None)
    return int(options.fail and count == 0)


def _form(form: str, known: Iterable[str], what: str) -> str:
    known = list(known)
    if form not in known:
        raise UsageError(f"--format {form}: {what} {'comes' if what[:2] == 'a ' else 'come'} as {', '.join(known)}")
    return form
