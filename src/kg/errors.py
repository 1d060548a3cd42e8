"""The exceptions of kg, one tree. Each message is one line that says where, what and the fix.

KgError
├── UsageError          wrong use or wrong input         exit 2
│   ├── EmptySource     a source that is named and empty
│   ├── UnknownName     a term, question or parameter that does not exist
│   ├── QueryError      a query that does not parse
│   └── DataError       Turtle or a table that cannot be read
└── EngineError         the source or engine failed, or the disk is full   exit 3
    └── LimitReached    time or rows ran out
"""

import errno

#: What is said where the system gives no thread; the engine would end the process.
NO_THREADS = "the system starts no more threads (a limit on processes or memory); raise the limit, or end other programs"


class KgError(Exception):
    """Base of all errors that kg raises on purpose; ``exit_status`` is what the command line answers."""

    exit_status = 3


class UsageError(KgError):
    """Wrong use or wrong input."""

    exit_status = 2


class EmptySource(UsageError):
    """A source that is named and empty, as a variable of a script that was not set."""

    def __init__(self) -> None:
        super().__init__("the source is empty; name a file, a folder or an address, or leave it out for the built-in graph")


class UnknownName(UsageError):
    """A name that nothing carries; ``nearest`` holds the names that come closest, best first."""

    def __init__(self, message: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.nearest = nearest


class NameNote(UserWarning):
    """Something to know about a name that was asked for; the command line prints it."""


class MappedName(NameNote):
    """An external id was given that matches a term, but not exactly; the message says how. The answer is that of the term."""


class RetiredName(NameNote):
    """A record was asked for by an old name; the message says what replaced it. The answer is that of what replaced it."""


class QueryError(UsageError):
    """A SPARQL query that does not parse; the message names line and column."""


class DataError(UsageError):
    """Turtle or a table that cannot be read; the message names file and line."""


class EngineError(KgError):
    """The engine or the endpoint failed."""


class LimitReached(EngineError):
    """The time or the number of rows allowed ran out."""


#: What the system says of a name, for which whoever gave it can give another.
_OF_NAMES = frozenset(
    getattr(errno, name, None)
    for name in [
        "ENOENT",
        "EACCES",
        "EPERM",
        "ENOTDIR",
        "EISDIR",
        "ENAMETOOLONG",
        "ELOOP",
        "EROFS",
        "EEXIST",
        "ENOTEMPTY",
        "EINVAL",
        "EXDEV",
        "ENXIO",
    ]
)


def of_system(place: str, error: OSError, fix: str) -> KgError:
    """What a file that cannot be read or written is to the user: wrong use where its name is at fault, else a failure, as of a full disk."""
    kind = UsageError if error.errno in _OF_NAMES else EngineError
    return kind(f"{place}: {error.strerror or error}{fix and '; '}{fix}")


def text(given: object, what: str = "a name") -> str:
    """A text that a caller of the library gave; where it is none, the mistake is named and not the method that it lacks.

    Raises:
        UsageError: it is no text.
    """
    if not isinstance(given, str):
        raise UsageError(f"{given!r}: {what} is a text, and this is of type {type(given).__name__}")
    return given


def texts(given: object, what: str) -> tuple[str, ...]:
    """Several texts; a single one, whose letters are not meant, stands for itself.

    Raises:
        UsageError: something else is among them.
    """
    if isinstance(given, str):
        return (given,)
    if not hasattr(given, "__iter__"):
        raise UsageError(f"{given!r}: give {what} as a list of texts")
    return tuple(text(one, f"each of {what}") for one in given)
