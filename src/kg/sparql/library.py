"""The library of questions: one ``.rq`` file each, whose header says what it answers and what it takes.

A header line starts with ``#+``; together they are YAML (:mod:`kg.sparql.question_header`). A parameter is a variable with a ``VALUES`` row of its own
in the query, the same wherever it stands; the row holds the default and is the only place where a value is put, as a
serialised term. So the same text runs unchanged when pasted into any SPARQL 1.1 endpoint, and a value can never become part of the query's syntax.
"""

from __future__ import annotations

import os

from kg import locations
from kg.errors import UnknownName, UsageError
from kg.sparql.binding import MissingRow, bind, example, serialise
from kg.sparql.question_header import Header

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Literal

#: Kinds of parameter that are no class of the ontology, with the XSD type of their literal.
LITERAL_KINDS = {"integer": "integer", "decimal": "decimal", "text": "string", "LifeStage": "string"}
#: The kind of a parameter that is a life stage of the table of reference intakes, said in any words.
LIFE_STAGE = "LifeStage"


class Parameter:
    """A parameter of a question: its name, its kind (a class of the ontology or a literal kind) and what it is for."""

    __slots__ = ("about", "default", "kind", "name")

    def __init__(self, name: str, kind: str, about: str, default: str) -> None:
        self.name, self.kind, self.about, self.default = name, kind, about, default


class Question:
    """A question of the library, as its file says it."""

    __slots__ = ("asked", "description", "example", "federates", "name", "parameters", "summary", "tags", "text")

    def __init__(self, name: str, text: str) -> None:
        header = Header(text).values
        self.name, self.text = name, text
        self.summary = header.get("summary", "")
        self.description = header.get("description", "")
        self.example = header.get("example", f"kg query {name}")
        #: The endpoint that it asks besides, by SERVICE; empty where it asks the graph alone.
        self.federates = text.partition("SERVICE <")[2].partition(">")[0]
        #: How people ask it, with the names of its parameters in braces; for ``kg ask``.
        self.asked = [form.strip() for form in header.get("ask", "").split(";") if form.strip()]
        self.tags = [tag.strip() for tag in header.get("tags", "").strip("[]").split(",") if tag.strip()]
        self.parameters: dict[str, Parameter] = {}
        for key, value in header.items():
            if key.startswith("parameter "):
                parameter, (kind, _, about) = key.removeprefix("parameter "), value.partition(". ")
                self.parameters[parameter] = Parameter(parameter, kind, about, example(text, parameter))

    def to_dict(self) -> dict[str, object]:
        """What the header says, as plain values."""
        parameters = self.parameters.values()
        return {
            "name": self.name,
            "summary": self.summary,
            "description": self.description,
            "tags": self.tags,
            "example": self.example,
            "parameters": [{key: getattr(one, key) for key in ("name", "kind", "default", "about")} for one in parameters],
        }

    def bound(self, values: Mapping[str, str]) -> str:
        """The query with each named parameter's row replaced by a serialised term.

        Raises:
            kg.errors.UnknownName: a name that the question does not take.
        """
        text = self.text
        for name, term in values.items():
            if name not in self.parameters:
                raise self.unknown(name)
            text = bind(text, name, [term])
        return text

    def elsewhere(self) -> UsageError:
        """The error where the engine at hand is not asked to fetch."""
        return UsageError(
            f"{self.name}: this question sends a SERVICE request to {self.federates}, which the built-in engine does not do; load the graph "
            f"into an engine that allows SERVICE, then run kg --source URL query {self.name} (docs/engines.md)"
        )

    def unknown(self, name: str) -> UnknownName:
        """The error for a parameter that the question does not take."""
        if name in _OF_ALL_COMMANDS:
            return UnknownName(
                f"{self.name}: no parameter --{name}; put it before the command: kg --{name} ... query {self.name}"
            )
        nearest = nearest_names(name, self.parameters)
        takes = ", ".join("--" + known for known in self.parameters) or "no parameters"
        hint = f"did you mean --{nearest[0]}? It" if nearest else "it"
        return UnknownName(f"{self.name}: no parameter --{name}; {hint} takes {takes}", nearest)


#: Options that stand before the command.
_OF_ALL_COMMANDS = frozenset({"release", "source"})
#: Questions and texts that were read, by their file, with its time: reading one takes longer than answering many.
_read: dict[str, tuple[int, Question]] = {}
_texts: dict[str, tuple[int, str]] = {}


#: Folders of questions of the repositories that were opened, beside our own.
_own: list[str] = []


def include(source: str) -> None:
    """Add the questions of a repository, ``queries/questions``, to the library; a name of the library keeps its meaning."""
    folder = os.path.join(os.path.abspath(locations.path_of(source)), "queries", "questions")
    if folder not in _own and folder != _folder("questions") and os.path.isdir(folder):
        _own.append(folder)


def names(folder: str = "questions") -> list[str]:
    """The names of all questions that the graph answers, sorted; of those that also ask another endpoint with ``"federated"``."""
    found = [name for place in _folders(folder) for name in os.listdir(place)]
    return sorted({name[:-3] for name in found if name.endswith(".rq") and name[0] not in ".~#"})


def asked_in_words() -> list[Question]:
    """The questions whose headers say how people ask them."""
    return [one for one in map(question, names()) if one.asked]


def question(name: str) -> Question:
    """A question by its name.

    Raises:
        kg.errors.UnknownName: no question has this name; the nearest ones are named.
    """
    try:
        if not name.replace("_", "").isalnum() or len(name) > 100:
            raise FileNotFoundError
        for folder in (*_folders("questions"), _folder("federated")):
            try:  # no contextlib: it costs what every query would pay
                return _current(os.path.join(folder, name + ".rq"), name)
            except FileNotFoundError:
                pass
        raise FileNotFoundError
    except FileNotFoundError:
        nearest = nearest_names(name, names() + names("federated"))
        hint = f"did you mean {', '.join(nearest)}?" if nearest else "kg queries lists them all"
        raise UnknownName(f"no question is called {name!r}; {hint}", nearest) from None


def _current(path: str, name: str) -> Question:
    written = os.stat(path).st_mtime_ns
    if _read.get(path, (0, None))[0] != written:
        _read[path] = (written, Question(name, _text(path)))
    return _read[path][1]


def _text(path: str) -> str:
    written = os.stat(path).st_mtime_ns
    if _texts.get(path, (0, ""))[0] != written:
        with open(path, encoding="utf-8-sig") as file:
            _texts[path] = (written, file.read())
    return _texts[path][1]


def reading(name: str, /, **values: str | Iterable[str | Literal] | None) -> str:
    """The text of a query that the code itself asks, from ``queries/reading``, with its rows ``VALUES`` filled in.

    Parameters:
        name: the name of the file without its ending.
        values: for each variable one IRI, several IRIs and literals, or None to ask about all there are.

    Raises:
        kg.errors.UsageError: what should be an IRI is none, or the query has no row for a variable.
    """
    path = os.path.join(_folder("reading"), name + ".rq")
    text = _text(path)
    for variable, given in values.items():
        terms = None if given is None else map(serialise, [given] if isinstance(given, str) else given)
        try:
            text = bind(text, variable, terms)
        except MissingRow as error:
            raise MissingRow(f"{path}: {error}") from None
    return text


def nearest_names(name: str, known: object) -> tuple[str, ...]:
    """Up to three names that come close to ``name``, best first."""
    from difflib import get_close_matches

    return tuple(get_close_matches(name, list(known), n=3, cutoff=0.5))  # type: ignore[call-overload]


def literal(parameter: Parameter, value: str) -> str:
    """The serialised literal of a typed value.

    Raises:
        kg.errors.UsageError: the value is not of the parameter's kind.
    """
    from pyoxigraph import Literal, NamedNode

    from kg.rdf.namespaces import XSD

    kind = LITERAL_KINDS[parameter.kind]
    if kind != "string":
        number = value.strip().removeprefix("-")
        digits = number.replace(".", "", 1) if kind == "decimal" else number
        if not (digits.isascii() and digits.isdigit()):
            raise UsageError(
                f"--{parameter.name}: {value!r} is not {'an' if parameter.kind == 'integer' else 'a'} {parameter.kind}; write it in digits"
            )
    return str(Literal(value.strip() if kind != "string" else value, datatype=NamedNode(XSD + kind)))


def _folders(name: str) -> list[str]:
    return [_folder(name), *filter(os.path.isdir, _own if name == "questions" else ())]


def _folder(name: str) -> str:
    return os.path.join(locations.files(), "queries", name)
