"""The parser of the command line, and the check of ``--format``: imported where the short reader does not suffice."""

from __future__ import annotations

import sys
from argparse import SUPPRESS, ArgumentParser, Namespace, RawDescriptionHelpFormatter
from typing import TYPE_CHECKING, Any

from kg.errors import EmptySource, UsageError
from kg.locations import path_of

if TYPE_CHECKING:
    from types import ModuleType

#: What the words are called that name a file or a folder: in all of them ``~`` is the home folder.
PATHS = frozenset(("FILE", "FOLDER", "PATH", "OLD", "NEW", "RELEASE"))


def build_parser(commands: dict[str, str], only: ModuleType | None = None) -> ArgumentParser:
    """Build the parser of some commands, by name and help; the module of a single one declares its options."""
    forms = f": {', '.join(listed)}" if (listed := getattr(only, "FORMATS", ())) else ""

    class OneLine(ArgumentParser):
        def error(self, message: str):  # type: ignore[no-untyped-def]
            self.exit(2, f"{self.prog}: {message}; see {self.prog} --help\n")

        def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
            options, rest = super().parse_known_args(args, namespace)
            return options, _take_words(self, options, rest)

        def _print_message(self, message: str, file: Any = None) -> None:
            (file or sys.stderr).write(message)  # argparse's own passes over a disk that is full

    shared = OneLine(add_help=False)
    group = shared.add_argument_group("for every command")
    about = "a file, a folder of Turtle or the URL of a SPARQL endpoint (default: the built-in graph, or $KG_SOURCE)"
    group.add_argument("--source", metavar="SRC", default=SUPPRESS, help=about)
    group.add_argument("--format", metavar="FORMAT", default=SUPPRESS, help=f"the form of the output{forms}")
    spoken = "give names in this language where they are translated, such as de"
    group.add_argument("--lang", metavar="TAG", default=SUPPRESS, help=spoken)
    group.add_argument("--timeout", metavar="SECONDS", type=float, default=SUPPRESS, help="stop with an error after this time")
    proof = "end with a line of JSON on standard error: version, hash of the data, command, hash of the answer"
    group.add_argument("--provenance", action="store_true", default=SUPPRESS, help=proof)
    group.add_argument("--quiet", action="store_true", default=SUPPRESS, help="print only errors on standard error")
    parser = OneLine(
        prog="kg",
        parents=[shared],
        description="How nutrition becomes physiology becomes symptoms. Information, not medical advice.",
        epilog="Run kg COMMAND --help for the options and examples of a command. Start with: kg demo. kg completion --help completes names in your shell.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--release", metavar="VERSION", help="before the command: answer from a release kept on disk (its version or folder)"
    )
    parser.add_argument("--version", "-V", action="store_true", help="print the versions of the program and of the data")
    subparsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True, parser_class=OneLine)
    for name, about in commands.items():
        one = subparsers.add_parser(
            name,
            help=about,
            parents=[shared],
            description=_indent(only.__doc__ or "") if only else None,
            formatter_class=RawDescriptionHelpFormatter,
            allow_abbrev=False,
        )
        if only:
            only.arguments(one)
            for action in one._actions:  # argparse names among what is missing what may be left out, too
                action.required = action.required and (bool(action.option_strings) or action.nargs != "*")
                if action.metavar in PATHS and action.type is None and name != "merge-driver":  # whose names are git's
                    action.type = path_of
    return parser


def check_command(name: str | None, commands: dict[str, str]) -> None:
    """Refuse a word that is no command, with the one that comes closest."""
    if name is None or name in commands:
        return
    from difflib import get_close_matches

    near = get_close_matches(name, commands, n=1)
    hint = f"did you mean {near[0]}? " if near else ""
    raise UsageError(f"{name!r} is not a command; {hint}kg --help lists them all")


def check_source(arguments: list[str]) -> None:
    """Refuse a source that is given twice or is empty."""
    if sum(word.partition("=")[0] == "--source" for word in arguments) > 1:
        raise UsageError("--source is given more than once; give it once, as a file or a folder that contains them all")
    if "--source=" in arguments or any(arguments[at : at + 2] == ["--source", ""] for at in range(len(arguments))):
        raise EmptySource


def _take_words(parser: ArgumentParser, options: Namespace, rest: list[str]) -> list[str]:
    """Words that stand behind an option, added to the list that the others before it are in; argparse leaves them over.

    Returns:
        What is left: everything, where there is no such list or an option is unknown.
    """
    before, mark, after = (rest[: rest.index("--")], True, rest[rest.index("--") + 1 :]) if "--" in rest else (rest, False, [])
    lists = [
        one for one in parser._actions if not one.option_strings and one.nargs in ("*", "+") and one.type in (None, path_of)
    ]
    if not lists or not (before or mark) or any(word.startswith("-") and word != "-" for word in before):
        return rest
    words = [path_of(word) if lists[-1].type else word for word in (*before, *after)]
    setattr(options, lists[-1].dest, [*(getattr(options, lists[-1].dest) or []), *words])
    return []


def hint_of(rest: list[str], arguments: list[str]) -> str:
    """What somebody may have meant by words that a command does not take."""
    name, _, value = rest[0].partition("=")
    if name == "--release":
        at = arguments.index(rest[0])
        version = value or (arguments[at + 1] if at + 1 < len(arguments) else "VERSION")
        return f"; put it before the command, as in kg --release {version} ..."
    return "" if name.startswith("-") else "; quote a name of several words, as in 'iron deficiency'"


def check_format(command: str, module: ModuleType, form: str | None) -> None:
    """Refuse a form of the output that the command does not list in its ``FORMATS``."""
    if form is None or hasattr(module, "CHECKS_FORMAT"):
        return
    forms = getattr(module, "FORMATS", ())
    if not forms:
        raise UsageError(f"--format {form}: kg {command} has only one output format; leave --format out")
    if form not in forms:
        raise UsageError(f"--format {form}: kg {command} writes {', '.join(forms)}; choose one")


#: The commands that give names in other languages.
SPEAKING = (
    "term",
    "find",
    "compare",
    "plate",
    "ask",
    "claim",
    "query",
    "paths",
    "explain",
    "correct",
    "chart",
    "view",
    "export",
)


def check_language(command: str, language: str | None) -> None:
    """Refuse a language where the command has no names to give in it."""
    if language is not None and command not in SPEAKING:
        raise UsageError(f"--lang {language}: kg {command} has no names in other languages; leave --lang out")


def _indent(about: str) -> str:
    """A command's description with its examples set in: where only examples follow, the formatter takes their margin."""
    return "\n".join(f"  {line}" if line.startswith("kg ") else line for line in about.split("\n"))
