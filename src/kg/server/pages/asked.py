"""What a search that names no record may have meant: a question in plain words, findings in a sentence, a word of a definition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlencode

from kg.errors import UsageError
from kg.grounding import free_text
from kg.grounding.term_search import find
from kg.sparql import library

if TYPE_CHECKING:
    from kg.graph import Graph
    from kg.grounding.resolve import Term

#: So many records are listed whose definition or note holds the word.
_HELD = 12
#: Kinds of term that say something of a person, and are no finding.
_CIRCUMSTANCES = frozenset({"Exposure", "Population", "Drug"})


class Meant(NamedTuple):
    """What a search may have meant.

    Attributes:
        question: address and words of the page that answers it as a question, empty where none does.
        sentence: the answer to it in words.
        findings: the terms that were understood in it.
        explained: the address of the page that would explain them, empty where there is nothing to explain.
        held: records whose definition or note holds the words.
    """

    question: tuple[str, str]
    sentence: str
    findings: list[Term]
    explained: str
    held: list[Any]


def meant(graph: Graph, text: str) -> Meant:
    """What a search that found no name may have meant."""
    rows = graph.rows
    question, sentence = _question(graph, text)
    said = free_text.heard(rows, [text])
    understood = list(dict.fromkeys(term for one in (*said.present, *said.context) for term in one.terms))
    context = [term.label for term in understood if term.kind in _CIRCUMSTANCES]
    names = [term.label for term in understood if term.kind not in _CIRCUMSTANCES]
    if not names and "causes_of" in question[0]:
        names = [question[1].rpartition(": ")[2]]
    told = [("finding", name) for name in names] + [("context", name) for name in context]
    explained = f"/explain?{urlencode(told)}" if names else ""
    try:
        held = find(rows, text)[:_HELD]
    except UsageError:
        held = []
    return Meant(question, sentence, understood, explained, held)


def _question(graph: Graph, text: str) -> tuple[tuple[str, str], str]:
    """The page that answers the first part of a question that has one, and what the answer says."""
    try:
        answer = graph.ask(text)
    except UsageError:
        return ("", ""), ""
    found = next((where for one in answer if one.command and (where := address(list(one.command)))[0]), ("", ""))
    return found, " ".join(one.sentence for one in answer if one.sentence)


def address(command: list[str]) -> tuple[str, str]:
    """Where the site answers a command, and what it answers there; empty where it has no page for it.

    >>> address(["paths", "magnesium deficiency", "muscle cramp"])
    ('/view?from=magnesium+deficiency&to=muscle+cramp', 'How magnesium deficiency leads to muscle cramp, as a map')
    """
    name, *words = command
    if name == "query":
        question = library.question(words[0])
        given = ((option.removeprefix("--"), value) for option, value in zip(words[1::2], words[2::2], strict=False))
        values = {name: value for name, value in given if name in question.parameters}  # a page has no --diet
        told = f": {', '.join(values.values())}" if values else ""
        return f"/question/{question.name}?{urlencode(values)}", question.summary + told
    if name == "paths" and len(words) == 2:
        return f"/view?{urlencode({'from': words[0], 'to': words[1]})}", f"How {words[0]} leads to {words[1]}, as a map"
    if name == "explain" and words and not any(word.startswith("--") for word in words):
        return f"/explain?{urlencode([('finding', word) for word in words])}", f"What would explain {', '.join(words)}"
    if name == "correct" and len(words) == 1:
        return f"/correct?{urlencode({'state': words[0]})}", f"What ends when {words[0]} is corrected"
    if name == "term" and len(words) == 1:
        return f"/search?{urlencode({'q': words[0]})}", f"All that is known of {words[0]}"
    return "", ""
