"""What foreign words may not do to a terminal: move its cursor, rename its window, turn the order of its letters round.

Labels, notes and file names may be anyone's. What people read passes through here, and what would steer a terminal is shown by its
code point; what programs read (csv, json, RDF) is left as it is, but where it goes to a terminal.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

#: Control characters but for tab and line end, and what turns the direction of writing.
_STEERING = {
    code: f"\\u{code:04x}"
    for code in (*range(32), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))
    if code not in (9, 10, 13)
}
#: Forms and commands whose output is for programs.
_FORMS = frozenset(("csv", "tsv", "json", "xml", "ttl", "nt", "jsonld", "sarif", "html", "svg"))
#: Commands that print sentences and lists, whose lines are folded on a terminal; tables have their own layout.
_FOLDED = frozenset(("demo", "paths", "explain", "claim", "correct"))
_COMMANDS = frozenset(("view", "chart", "export", "completion", "serve", "mcp", "format", "new"))


def harmless(text: str) -> str:
    """The text with what steers a terminal shown by its code point; line ends stay."""
    text = text.translate(_STEERING)
    if "\r" in text:
        text = text.replace("\r\n", "\0").replace("\r", "\\u000d").replace("\0", "\r\n")
    return text


def guard(command: str, form: str | None) -> None:
    """Put the guard before standard output, where people read it."""
    for_programs = form in _FORMS or command in _COMMANDS
    if not isinstance(sys.stdout, _Guarded) and (not for_programs or sys.stdout.isatty()):
        folded = command in _FOLDED and form in (None, "text") and sys.stdout.isatty()
        sys.stdout = _Guarded(sys.stdout, _find_fold() if folded else None)


def _find_fold() -> Callable[[str], str] | None:
    """What folds long lines to the width of this terminal; loaded only where it is needed."""
    from functools import partial

    from kg.cli.wrapping import find_width, wrap

    width = find_width()
    return partial(wrap, width=width) if width else None


def guard_errors() -> None:
    """Put the guard before standard error alone, and let all that is written wait for its reader."""
    let_output_wait()
    if not isinstance(sys.stderr, _Guarded):
        sys.stderr = _Guarded(sys.stderr)


def let_output_wait() -> None:
    """Let what is written wait for its reader: a pipe that whoever started us opened otherwise takes a part and drops the rest."""
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 (contextlib costs what every command would pay)
            os.set_blocking(stream.fileno(), True)
        except (AttributeError, OSError, ValueError):  # no descriptor, or a system that has none to set
            pass


def print_styled(line: str, style: str) -> None:
    """Print a line bold or dim where a terminal can; plainly in a pipe, and where ``NO_COLOR`` is set or the terminal is dumb."""
    if not (sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM", "dumb") != "dumb"):
        print(line)
        return
    stream = getattr(sys.stdout, "_stream", sys.stdout)
    stream.write(f"\x1b[{_STYLES[style]}m{harmless(line)}\x1b[0m\n")


_STYLES = {"bold": 1, "dim": 2}


class _Guarded:
    """A stream of text whose words pass through :func:`harmless`; ``fold`` breaks its long lines."""

    def __init__(self, stream: Any, fold: Callable[[str], str] | None = None) -> None:
        self._stream = stream
        self._fold = fold

    def write(self, text: str) -> int:
        if self._fold:
            self._stream.write(self._fold(harmless(text)))
            return len(text)
        self._stream.write(text if text.isascii() and text.isprintable() else harmless(text))
        return len(text)

    @property
    def buffer(self) -> Any:
        return _GuardedBytes(self._stream) if self._stream.isatty() else self._stream.buffer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class _GuardedBytes:
    """The bytes of a terminal, which are UTF-8 and come in whole lines."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(harmless(bytes(data).decode("utf-8", "replace")))
        return len(data)

    def flush(self) -> None:
        self._stream.flush()
