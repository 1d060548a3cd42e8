"""What goes to standard error where a command fails: one line, also for a fault that nobody foresaw."""

from __future__ import annotations

import os
import re
import sys

#: What data of an unknown shape makes code that reads it raise.
_OF_DATA = (AttributeError, LookupError, TypeError, ValueError, ArithmeticError, RecursionError)
#: A message longer than this loses its middle: its begin says where, its end says what to do.
_LONGEST, _BEGIN, _END = 1200, 800, 300


def complain(message: str, status: int) -> int:
    """Print a message on standard error, and return the status."""
    line = f"kg: {write_line(message)}"
    if status and "kg.cli.deadline" in sys.modules:
        sys.modules["kg.cli.deadline"].reported.append(line)
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:  # nobody can be told; the status says it
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    return status


def write_line(message: str) -> str:
    """A message as one line of bounded length: nothing that steers a terminal, and no password of an address.

    Words of files and servers may stand in it.
    """
    if "://" in message and "@" in message:
        from kg.sparql.address import without_passwords

        message = without_passwords(message)
    message = _heal(message) or message
    if len(message) > _LONGEST:
        message = f"{message[:_BEGIN]} ... {message[-_END:]}"
    return "".join(
        letter if letter.isprintable() or letter in "\u00a0" else f"\\u{ord(letter):04x}"
        for letter in message.replace("\n", " ")
    )


def _heal(message: str) -> str:
    """Where the engine found a store of the cache damaged while it read: have it built again; empty where it found none."""
    found = re.search(r"Corruption: .*?(/\S.*?\.store)/", message) if "Corruption: " in message else None
    if not found:
        return ""
    from kg import locations

    if not locations.spoil(found[1]):
        return f"{found[1]}: damaged, and its cache cannot be written; name another folder in KG_CACHE"
    return f"{found[1]}: damaged, and is built again by the next command; run the command again"


def describe_fault(error: Exception, arguments: list[str]) -> str:
    """What an exception that nothing expected says: data of a shape that a command does not read, or a mistake of ours.

    The line names the place in the code; ``KG_DEBUG=1`` shows all of it.
    """
    if isinstance(error, MemoryError):
        return "not enough memory for this data; give the process more, or read less of it"
    found = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    source = _find_source(arguments)
    where = f"({found}, at {_find_place(error)})"
    if source and isinstance(error, _OF_DATA):
        return (
            f"{source}: its data does not have the shape that this command reads {where}; kg query and kg export nt read any, "
            "kg validate says what is wrong in a repository"
        )
    return f"this is a fault of kg {where}; report it, with what KG_DEBUG=1 shows"


def or_unset(source: str) -> str:
    """What else helps where a graph that is no repository was named by the environment, maybe long ago."""
    return ", or unset KG_SOURCE, which names this graph" if source == os.environ.get("KG_SOURCE") else ""


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
