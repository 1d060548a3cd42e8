"""What goes to standard error where a command fails: one line, also for a fault that nobody foresaw."""

from __future__ import annotations

import os

#: What data of an unknown shape makes code that reads it raise.
_OF_DATA = (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, RecursionError, MemoryError)
#: A message longer than this loses its middle: its begin says where, its end says what to do.
_LONGEST, _BEGIN, _END = 1200, 800, 300


def write_line(message: str) -> str:
    """A message as one line of bounded length: nothing that steers a terminal, and no password of an address.

    Words of files and servers may stand in it.
    """
    if "://" in message and "@" in message:
        from kg.sparql.address import without_passwords

        message = without_passwords(message)
    if len(message) > _LONGEST:
        message = f"{message[:_BEGIN]} ... {message[-_END:]}"
    return "".join(
        letter if letter.isprintable() or letter in "\u00a0" else f"\\u{ord(letter):04x}"
        for letter in message.replace("\n", " ")
    )


def describe_fault(error: Exception, arguments: list[str]) -> str:
    """What an exception that nothing expected says: data of a shape that a command does not read, or a mistake of ours.

    The line names the place in the code; ``KG_DEBUG=1`` shows all of it.
    """
    found = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    source = _find_source(arguments)
    where = f"({found}, at {_find_place(error)})"
    if source and isinstance(error, _OF_DATA):
        return (
            f"{source}: its data does not have the shape that this command reads {where}; kg query and kg export nt read any, "
            "kg validate says what is wrong in a repository"
        )
    return f"this is a fault of kg {where}; report it, with what KG_DEBUG=1 shows"


def _find_source(arguments: list[str]) -> str:
    for word, following in zip(arguments, [*arguments[1:], ""], strict=True):
        if word == "--source":
            return following
        if word.startswith("--source="):
            return word.removeprefix("--source=")
    return os.environ.get("KG_SOURCE", "")


def _find_place(error: Exception) -> str:
    """The innermost line of ours that an exception passed."""
    place, trace = "", error.__traceback__
    ours = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    while trace is not None:
        path = trace.tb_frame.f_code.co_filename
        if path.startswith(ours):
            place = f"{os.path.relpath(path, ours)}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
