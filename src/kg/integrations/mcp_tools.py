"""What a client of the Model Context Protocol may call: each answers with plain values, bounded, its sources named so that they can be cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BeforeValidator, Field

from kg.errors import KgError, UsageError
from kg.grounding.retired import fate
from kg.grounding.spelled_ids import claim_name
from kg.grounding.term_summary import dossier
from kg.integrations.mcp_size import fit
from kg.integrations.own_query import answer
from kg.rdf.namespaces import KG
from kg.sparql import library
from kg.sparql.results import Triples

if TYPE_CHECKING:
    from kg.graph import Graph

NOTICE = "Information from sources that were read, not medical advice."
#: Seconds that a query of the client's own may run.
SECONDS = 20.0
#: Commands that an error may advise, and the tools that stand for them here.
_COMMANDS = {
    "queries": "questions",
    "query": "ask",
    "term": "term",
    "paths": "paths",
    "explain": "explain",
    "correct": "correct",
}

Name = Annotated[str, Field(min_length=1, max_length=200, description="a name in plain words, any synonym, a CURIE or an IRI")]
Cause = Annotated[
    str, Field(min_length=1, max_length=200, description="the state (or drug, or food component) that it starts from")
]
Effect = Annotated[str, Field(min_length=1, max_length=200, description="the state or finding that it leads to")]
Words = Annotated[str, Field(min_length=1, max_length=200)]
Findings = Annotated[
    list[Words], Field(min_length=1, max_length=20, description="symptoms, signs or laboratory results, in plain words")
]
# What may be left out is described on the parameter itself, where clients look, and not within one of its forms.
Absent = Annotated[
    Annotated[list[Words], Field(max_length=20)] | None, Field(description="findings that were looked for and are not there")
]
Context = Annotated[
    Annotated[list[Words], Field(max_length=20)] | None, Field(description="circumstances: diet, drugs, conditions, age group")
]
States = Annotated[
    Annotated[list[Words], Field(max_length=10)] | None,
    Field(description="the states that are corrected; leave out where finding is given"),
]
Finding = Annotated[
    str, Field(max_length=200, description="a finding that is to end: asks for the smallest sets of states to correct")
]


def _refuse_truth(value: Any) -> Any:
    if isinstance(value, bool):
        raise ValueError("a number is wanted, not true or false")  # noqa: TRY004 - the validator reports no other error
    return value


Limit = Annotated[int, Field(ge=1, le=200, description="the maximum number of rows"), BeforeValidator(_refuse_truth)]
Few = Annotated[
    int, Field(ge=1, le=25, description="the maximum number of answers, best first"), BeforeValidator(_refuse_truth)
]
Question = Annotated[
    str, Field(min_length=1, max_length=100, description="the name of a question, as the tool questions lists them")
]
Parameters = Annotated[
    Annotated[dict[str, str | int | float | bool], Field(max_length=20)] | None,
    Field(description="a value for each parameter that is not to be the default: a term in plain words, or a number"),
]
Claim = Annotated[
    str,
    Field(min_length=1, max_length=400, description="the IRI of a claim, or its CURIE (claim:...), as the other tools give it"),
]
Sparql = Annotated[
    str,
    Field(
        min_length=1,
        max_length=20_000,
        description="a SPARQL 1.1 query; it reads only, and may leave out the usual PREFIX lines",
    ),
]


class Tools:
    """The tools of one graph."""

    def __init__(self, graph: Graph, source: str | None = None) -> None:
        self._graph, self._source = graph, source

    def questions(self) -> list[dict[str, Any]]:
        """The library of questions: name, what it answers, and the parameters it takes with kind and default."""
        found = (library.question(name) for name in library.names())
        return [
            {
                "name": question.name,
                "summary": question.summary,
                "parameters": {
                    one.name: {"kind": one.kind, "default": one.default, "about": one.about}
                    for one in question.parameters.values()
                },
            }
            for question in found
        ]

    def ask(self, question: Question, parameters: Parameters = None, limit: Limit = 50) -> dict[str, Any]:
        """Answer a question of the library by its name."""
        called = "_".join(question.replace("-", " ").casefold().split())
        if not called.isidentifier():
            raise UsageError(f"{question[:60]!r} is not the name of a question; the tool questions lists them")
        values = {name: str(value) for name, value in (parameters or {}).items()}
        found = self._graph.answer(self._graph.bound(library.question(called), values))
        if isinstance(found, bool):
            return {"answer": found, "notice": NOTICE}
        if isinstance(found, Triples):
            triples = [str(triple) for triple in found]
            return fit({"triples": triples[:limit], "more": len(triples) > limit, "notice": NOTICE}, "triples")
        rows = found.plain()
        return fit({"columns": list(found.columns), "rows": rows[:limit], "more": len(rows) > limit, "notice": NOTICE}, "rows")

    def term(self, name: Name, limit: Limit = 40) -> dict[str, Any]:
        """What the graph knows of a name: label, definition, synonyms, external ids, claims in and out (up to limit of each)."""
        facts = dossier(self._graph.rows, self._graph.term(name))
        more = {key: len(value) - limit for key, value in facts.items() if isinstance(value, list) and len(value) > limit}
        cut = {key: value[:limit] if isinstance(value, list) else value for key, value in facts.items()}
        return fit({**cut, "more": more, "notice": NOTICE}, *(key for key, value in cut.items() if isinstance(value, list)))

    def paths(self, cause: Cause, effect: Effect, limit: Few = 5, context: Context = None) -> dict[str, Any]:
        """Causal routes from one state to another, best first: each step with its status, certainty and sources."""
        found = self._graph.paths(cause, effect, limit=limit, context=context or []).to_dict()
        return fit(found, "paths", finish=self._cite)

    def explain(self, findings: Findings, absent: Absent = None, context: Context = None, top: Few = 5) -> dict[str, Any]:
        """States that would explain findings, ranked, with reasons and rivals; no diagnosis."""
        found = self._graph.explain(findings, absent or [], context or [], top).to_dict()
        return fit(found, "candidates", finish=self._cite)

    def correct(self, states: States = None, finding: Finding = "", limit: Few = 10) -> dict[str, Any]:
        """Which findings end when states are corrected and which another cause keeps; or, for a finding, what to correct so that it ends."""
        if bool(states) == bool(finding):
            raise UsageError("give either states or a finding: the states that are corrected, or the finding that is to end")
        found = self._graph.correct_for(finding, limit) if finding else self._graph.correct(*(states or ()))
        told = {**found.to_dict(), "notice": NOTICE}
        return fit(told, *(key for key, value in told.items() if isinstance(value, list)))

    def evidence(self, claim: Claim) -> dict[str, Any]:
        """What stands behind one claim: each source for, against or mixed, with its title, identifiers, kind of study and what it says."""
        iri = f"{KG}claim/{claim_name(claim)}"
        lines = list(self._graph.rows(library.reading("claim_evidence", claim=iri)))
        became = None if lines else fate(self._graph.rows, iris=[iri])
        if became is not None:
            if len(became.new) != 1:
                raise became.error()
            became.warn()
            return self.evidence(became.new[0][0])
        if not lines:
            raise UsageError(
                f"{claim[:100]!r} is not a claim with evidence; the tools term, paths and explain give the IRIs of claims"
            )
        keys = ("stance", "source", "study", "directness", "locator", "note")
        told = [{key: _text(row[key]) for key in keys if row[key] is not None} for row in lines]
        facts = {key: _text(lines[0][key]) for key in ("subject", "relation", "object", "status", "certainty")}
        return {
            **facts,
            "claim": iri,
            "evidence": told,
            **self._sources({row["source"].value for row in lines}),
            "notice": NOTICE,
        }

    def sparql(self, query: Sparql, limit: Limit = 50) -> dict[str, Any]:
        """Ask the graph in SPARQL 1.1, read-only, within a limit of time and size. SERVICE is refused."""
        return fit({**answer(self._source, query, limit, SECONDS), "notice": NOTICE}, "rows", "triples")

    def _cite(self, told: dict[str, Any]) -> dict[str, Any]:
        return {**told, **self._sources(set(_name_sources(told))), "notice": NOTICE}

    def _sources(self, iris: set[str]) -> dict[str, Any]:
        """Title, identifiers and address of each source, so that it can be cited."""
        found: dict[str, dict[str, Any]] = {}
        ordered = sorted(iris)
        for start in range(0, len(ordered), 200):
            for row in self._graph.rows(library.reading("source_facts", source=ordered[start : start + 200])):
                source = found.setdefault(row["source"].value, {"title": row["title"].value, "identifiers": []})
                identifier = row["identifier"]
                if identifier is not None and identifier.value not in source["identifiers"]:
                    source["identifiers"].append(identifier.value)
                if row["url"] is not None:
                    source["url"] = row["url"].value
        return {"sources": found}


def advice(error: KgError) -> str:
    """The line of an error in terms of tools, with the names that come near."""
    text = re.sub(
        r"\bkg (\w+)", lambda found: f"the tool {_COMMANDS[found[1]]}" if found[1] in _COMMANDS else found[0], str(error)
    )
    text = re.sub(r"--(\w+)", r"\1", text)
    nearest = [name for name in getattr(error, "nearest", ()) if name not in text]
    return f"{text}; nearest: {', '.join(nearest)}" if nearest else text


def _name_sources(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("sources", "source") and isinstance(inner, list | str):
                yield from (one for one in ([inner] if isinstance(inner, str) else inner) if isinstance(one, str))
            else:
                yield from _name_sources(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _name_sources(inner)


def _text(node: Any) -> str:
    return str(node.value).removeprefix(KG) if "/source/" not in str(node.value) else str(node.value)
