"""Print shell completion for commands, their options and values, and the names that the graph knows.

  source <(kg completion bash)                                        in ~/.bashrc
  source <(kg completion zsh)                                         in ~/.zshrc, after compinit
  kg completion fish > ~/.config/fish/completions/kg.fish
  kg completion names Nutrient magn                                   what the scripts ask for the names of a kind

Commands, options and their words stand in the script. Names are read from the built graph, if it has been built: nothing is built
or fetched at a keystroke.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace

from kg.cli.completion_shells import SHELLS
from kg.cli.completion_words import commands
from kg.errors import UsageError


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg completion``."""
    parser.add_argument("shell", metavar="bash|zsh|fish", help="bash, zsh or fish; names lists the names of a kind")
    parser.add_argument("words", nargs="*", metavar="WORD", help="for names: the kind, and how the name begins")


def run(options: Namespace) -> int:
    """Print the completion, or names."""
    if options.shell == "names" and options.words:
        from kg.cli.completion_names import names

        kind, *start = options.words
        sys.stdout.writelines(f"{name}\n" for name in names(kind, " ".join(start), options.source))
        return 0
    if options.shell not in SHELLS or options.words:
        given = " ".join([options.shell, *options.words])
        raise UsageError(f"{given}: no completion for this shell; choose one of {', '.join(SHELLS)}")
    sys.stdout.write(SHELLS[options.shell](commands()))
    return 0
