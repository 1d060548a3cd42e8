"""What may follow a command: its options and what each takes, its words, and the kind of names to look up."""

from __future__ import annotations

import argparse
from argparse import Action, ArgumentParser
from collections.abc import Callable
from typing import NamedTuple

from kg.cli import COMMANDS, module_of
from kg.sparql import library

#: What is completed with the paths of files.
FILE = "file"
#: What the words of help stand for, by metavar: names of terms, files, or names of another kind (see completion_names).
_KINDS = {
    **dict.fromkeys(
        ("TERM", "STATE", "FINDING", "CAUSE", "EFFECT", "A", "B", "F", "C", "TOPIC", "RECORD", "INTO", "PART"), "term"
    ),
    **dict.fromkeys(("FILE", "FOLDER", "SRC", "PATH", "OLD", "NEW", "NAME|FILE|-", "NAME=FILE"), FILE),
    "CLAIM": "claim",
    "TAG": "language",
    "VERSION": "release",
    "RELEASE": "release",
    "TITLE": "source",
}
#: Options whose metavar does not say what they take.
_OF_OPTION = {
    "--life-stage": "LifeStage",
    "--stance": "choice:Stance",
    "--frequency": "choice:Frequency",
    "--deviation": "choice:Deviation",
    "--reading": "choice:Deviation",
    "--study-kind": "choice:StudyKind",
    "--access": "choice:Access",
    "--kind": "class",
    "--context": "term",
}


class Value(NamedTuple):
    """What an option takes, or what may follow a command: words that are known, and the kind of names to look up."""

    words: tuple[str, ...] = ()
    kind: str = ""


class Command(NamedTuple):
    """A command with what may follow it: its own words, and its options with what each takes (None: nothing)."""

    name: str
    about: str
    value: Value
    options: dict[str, Value | None]
    #: The options that a question of the library adds, by its name.
    questions: dict[str, dict[str, Value | None]]


def commands() -> list[Command]:
    """Every command of ``kg`` with its options, as its own parser declares them."""
    return [_command(name, about) for name, about in COMMANDS.items()]


def global_options(formats: tuple[str, ...] = ()) -> dict[str, Value | None]:
    """The options of every command; those that take no value have None."""
    return {
        "--source": Value((), FILE),
        "--format": Value(formats),
        "--lang": Value((), "language"),
        "--timeout": Value(),
        "--provenance": None,
        "--quiet": None,
        "--help": None,
    }


def _command(name: str, about: str) -> Command:
    module = module_of(name)
    parser = ArgumentParser(add_help=False)
    module.arguments(parser)
    options = global_options(tuple(getattr(module, "FORMATS", ())))
    words, kind = list(_WORDS.get(name, tuple)()), ""
    for action in parser._actions:
        for option in action.option_strings:
            options[option] = _value(option, action)
        if isinstance(action, argparse._SubParsersAction):
            for inner, declared in action.choices.items():
                words.append(inner)
                options |= {option: _value(option, one) for one in declared._actions for option in one.option_strings}
        elif not action.option_strings:
            words += [str(choice) for choice in action.choices or ()]
            kind = kind or _KINDS.get(_metavar(action), "")
    questions = {one: _parameters(one) for one in library.names()} if name == "query" else {}
    return Command(name, about, Value(tuple(words), kind), options, questions)


def _value(option: str, action: Action) -> Value | None:
    if action.nargs == 0:
        return None
    if action.choices or option in _VALUES:
        return Value(tuple(str(one) for one in action.choices or _VALUES[option]()))
    return Value((), _OF_OPTION.get(option) or _KINDS.get(_metavar(action), ""))


def _metavar(action: Action) -> str:
    return action.metavar if isinstance(action.metavar, str) else ""


def _parameters(question: str) -> dict[str, Value | None]:
    found = library.question(question).parameters
    return {
        f"--{one.name}": Value((), "" if one.kind in ("decimal", "integer", "text") else one.kind) for one in found.values()
    }


def _forms() -> tuple[str, ...]:
    from kg.export import FORMS

    return tuple(FORMS)


def _charts() -> tuple[str, ...]:
    from kg.charts import CHARTS

    return tuple(CHARTS)


def _styles() -> tuple[str, ...]:
    from kg.export.ontology import FORMS

    return tuple(FORMS)


def _ids() -> tuple[str, ...]:
    from kg.export.kgx import IDS

    return IDS


def _templates() -> tuple[str, ...]:
    from kg.authoring.bulk.templates import TEMPLATES

    return TEMPLATES


def _diets() -> tuple[str, ...]:
    from kg.causal.foods.diets import list_diets

    return tuple(list_diets())


#: The words that follow a command and that its parser does not know.
_WORDS: dict[str, Callable[[], tuple[str, ...]]] = {
    "query": lambda: tuple(library.names()),
    "export": _forms,
    "chart": _charts,
    "completion": lambda: ("bash", "zsh", "fish"),
}
#: The words that an option takes and that its parser does not know.
_VALUES: dict[str, Callable[[], tuple[str, ...]]] = {
    "--as": _styles,
    "--ids": _ids,
    "--template": _templates,
    "--diet": _diets,
    "--query": lambda: tuple(library.names()),
}
