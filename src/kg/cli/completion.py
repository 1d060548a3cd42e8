"""Print shell completion for commands, their options, and the names of questions, charts and formats.

  source <(kg completion bash)                                        in ~/.bashrc
  source <(kg completion zsh)                                         in ~/.zshrc, after compinit
  kg completion fish > ~/.config/fish/completions/kg.fish

It works without the graph and without starting another program.
"""

from __future__ import annotations

import argparse
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from typing import NamedTuple

from kg.cli import COMMANDS, module_of
from kg.errors import UsageError
from kg.sparql import library

#: The options of every command, with whether they take a value.
_SHARED = {"--source": True, "--format": True, "--timeout": True, "--quiet": False, "--help": False}


class Command(NamedTuple):
    """A command with what may follow it: its own words, and its options with whether they take a value."""

    name: str
    about: str
    words: tuple[str, ...]
    options: dict[str, bool]


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg completion``."""
    parser.add_argument("shell", metavar="SHELL", help="bash, zsh or fish")


def run(options: Namespace) -> int:
    """Print the completion."""
    if options.shell not in SHELLS:
        raise UsageError(f"{options.shell}: no completion for this shell; choose one of {', '.join(SHELLS)}")
    sys.stdout.write(SHELLS[options.shell](commands()))
    return 0


def commands() -> list[Command]:
    """Every command of ``kg`` with its options, as its own parser declares them."""
    return [_command(name, about) for name, about in COMMANDS.items()]


def _command(name: str, about: str) -> Command:
    parser = ArgumentParser(add_help=False)
    module_of(name).arguments(parser)
    options = dict(_SHARED)
    words = list(_WORDS.get(name, tuple)())
    for action in parser._actions:
        for option in action.option_strings:
            options[option] = action.nargs != 0
        if isinstance(action, argparse._SubParsersAction):
            for inner, declared in action.choices.items():
                words.append(inner)
                options |= {option: one.nargs != 0 for one in declared._actions for option in one.option_strings}
        elif not action.option_strings and action.choices:
            words += [str(choice) for choice in action.choices]
    return Command(name, about, tuple(words), options)


def _forms() -> tuple[str, ...]:
    from kg.export import FORMS

    return tuple(FORMS)


def _charts() -> tuple[str, ...]:
    from kg.charts import CHARTS

    return tuple(CHARTS)


#: The words that follow a command and that its parser does not know.
_WORDS: dict[str, Callable[[], tuple[str, ...]]] = {
    "query": lambda: tuple(library.names()),
    "export": _forms,
    "chart": _charts,
    "completion": lambda: tuple(SHELLS),
}


def bash(known: list[Command]) -> str:
    """A completion for bash (also of version 3)."""
    cases = "\n".join(f'    {one.name}) words="{" ".join(one.words)}" options="{" ".join(one.options)}" ;;' for one in known)
    return f"""# bash completion of kg; source it, or put it into the folder of completions
_kg() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" command="" words="" options="" word at
  for ((at = 1; at < COMP_CWORD; at++)); do
    word="${{COMP_WORDS[at]}}"
    case "$word" in
      --source|--format|--timeout) ((at++)) ;;
      -*) ;;
      *) command="$word"; break ;;
    esac
  done
  case "$command" in
    "") words="{" ".join(one.name for one in known)}" options="--source --format --timeout --quiet --version --help" ;;
{cases}
  esac
  COMPREPLY=()
  case "$before" in
    {_with_files(known)}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  if [[ "$current" == -* ]]; then COMPREPLY=($(compgen -W "$options" -- "$current"))
  else COMPREPLY=($(compgen -W "$words" -- "$current")); fi
}}
complete -o default -F _kg kg
"""


def _with_files(known: list[Command]) -> str:
    found = {name for one in known for name, value in one.options.items() if value and name in ("-o", "--output", "--texts")}
    return "|".join(["--source", *sorted(found)])


def zsh(known: list[Command]) -> str:
    """A completion for zsh."""
    named = "\n".join(f"    {_quote(f'{one.name}:{one.about}')}" for one in known)
    cases = "\n".join(f"    {one.name}) compadd -- {' '.join(one.words)} {' '.join(one.options)}; _files ;;" for one in known)
    return f"""#compdef kg
_kg() {{
  local command="" word skip=0
  local -a commands
  commands=(
{named}
  )
  for word in "${{(@)words[2,CURRENT-1]}}"; do
    if (( skip )); then skip=0; continue; fi
    case "$word" in
      --source|--format|--timeout) skip=1 ;;
      -*) ;;
      *) command="$word"; break ;;
    esac
  done
  case "$command" in
    "") _describe command commands; compadd -- --source --format --timeout --quiet --version --help ;;
{cases}
  esac
}}
if (( $+functions[compdef] )); then compdef _kg kg; fi
"""


def fish(known: list[Command]) -> str:
    """A completion for fish."""
    lines = ["# fish completion of kg", "complete -c kg -n __fish_use_subcommand -l version -d 'print the version'"]
    for one in known:
        lines.append(f"complete -c kg -n __fish_use_subcommand -f -a {one.name} -d {_quote(one.about)}")
        seen = f"'__fish_seen_subcommand_from {one.name}'"
        if one.words:
            lines.append(f"complete -c kg -n {seen} -a {_quote(' '.join(one.words))}")
        for option, value in one.options.items():
            kind = "-l" if option.startswith("--") else "-s"
            lines.append(f"complete -c kg -n {seen} {kind} {option.lstrip('-')}{' -r' if value else ''}")
    return "\n".join(lines) + "\n"


def _quote(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "'\\''") + "'"


SHELLS: dict[str, Callable[[list[Command]], str]] = {"bash": bash, "zsh": zsh, "fish": fish}
