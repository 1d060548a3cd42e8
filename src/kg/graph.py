"""The graph: one object that answers questions, finds terms and routes, and hands itself to other libraries."""

from __future__ import annotations

import os

from kg import locations
from kg.causal.lookups import Lookups
from kg.errors import UsageError, text
from kg.rdf.namespaces import prefixes
from kg.sparql import library
from kg.sparql.embedded import Embedded
from kg.sparql.results import Rows, Triples, stream
from kg.sparql.self_description import SelfDescribed
from kg.stores import load_placed, open_placed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    import networkx
    import rdflib

    from kg.causal.correct import Correction
    from kg.causal.explain import Explanation
    from kg.causal.model import CausalGraph
    from kg.causal.paths import Routes
    from kg.causal.remedies import Remedies
    from kg.charts import Chart
    from kg.grounding.resolve import Term
    from kg.sparql.remote import Remote
    from kg.view import View


class Graph(Lookups):
    """A nutrition knowledge graph behind an engine; made by :func:`kg.open`."""

    def __init__(self, engine: Embedded | Remote) -> None:
        self.engine = engine
        self._causal: CausalGraph | None = None

    def query(self, query: str, **parameters: object) -> Rows | Any:
        """Answer a question of the library by its name, or a SPARQL query of one's own.

        Parameters:
            query: a name such as ``"foods_richest_in"``, or a query text; a text may leave out the PREFIX lines of
                ``ontology/prefixes.ttl``.
            parameters: values for the question's parameters; terms by IRI, CURIE, label or synonym.

        Returns:
            Rows for SELECT, triples for CONSTRUCT and DESCRIBE, a truth value for ASK. A checker of types takes it for rows and
            lets it be used as the others. Python notices an interrupt only when the engine is done; ``kg query`` ends at once.

        Raises:
            kg.errors.UnknownName: no such question, parameter or term; the error gives the nearest names.
            kg.errors.QueryError: the query does not parse.

        >>> import kg
        >>> kg.open().query("foods_richest_in", nutrient="magnesium")[0]["food_label"].value
        'hemp seeds, hulled'
        """
        if text(query, "a query").isidentifier():
            values = {name: str(value) for name, value in parameters.items()}
            return self.translate(self.answer(self.bound(library.question(query), values)))
        if parameters:
            raise UsageError(f"the text of a query takes no parameters; write {', '.join(parameters)} into the query")
        answer = self.answer(query, prefixes())
        self.warn_of(query, answer)
        return answer

    def bound(self, question: library.Question, values: dict[str, str]) -> str:
        """The text of a library question with its parameters filled in."""
        if question.federates and isinstance(self.engine, Embedded):
            raise question.elsewhere()
        return question.bound({name: self._serialise(question, name, value) for name, value in values.items()})

    def _serialise(self, question: library.Question, name: str, value: str) -> str:
        parameter = question.parameters.get(name)
        if parameter is None:
            raise question.unknown(name)
        if parameter.kind == library.LIFE_STAGE:
            value = self.life_stage(value).name
        if parameter.kind in library.LITERAL_KINDS:
            return library.literal(parameter, value)
        return f"<{self.term(value, parameter.kind).iri}>"

    def answer(self, text: str, known: dict[str, str] | None = None) -> Rows | Triples | bool:
        """Answer a query text as it stands; ``known`` are prefixes it need not declare."""
        answer = self.stream(text, known)
        if isinstance(answer, Triples):
            return Triples(list(answer))
        return Rows(answer.columns, list(answer)) if isinstance(answer, Rows) else answer

    def stream(self, text: str, known: dict[str, str] | None = None) -> Rows | Triples | bool:
        """As :meth:`answer`, but rows and triples are read from the engine as they are used: once, and in this thread alone."""
        return stream(self.engine.run(text, known))

    def rows(self, text: str) -> list[Any]:
        """The rows of a SELECT of our own."""
        return self.speech.translate(self.engine.run(text)) if self.speech else list(self.engine.run(text))

    def triples(self) -> Iterator[Any]:
        """All triples of the default graph, from the store or over the wire."""
        if isinstance(self.engine, Embedded):
            return self.engine.triples()
        return iter(self.engine.run(library.reading("all_triples")))

    def term(self, name: str, kind: str | None = None) -> Term:
        """The term called ``name``; see :func:`kg.grounding.resolve.resolve`."""
        from kg.grounding.resolve import resolve
        from kg.grounding.term_card import ShownTerm

        return ShownTerm(resolve(self.rows, name, kind), self.rows)

    def causal(self) -> CausalGraph:
        """The causal part of the graph: states, claims and their evidence."""
        if self._causal is None:
            from kg.causal.loader import causal

            self._causal = causal(lambda text: list(self.engine.run(text)))
        if self.speech is None:
            return self._causal
        from kg.causal.translated import translate_graph

        return translate_graph(self._causal, self.speech)

    def paths(
        self,
        cause: str,
        effect: str,
        max_steps: int = 6,
        limit: int = 10,
        strength: float | None = None,
        context: Sequence[str] = (),
    ) -> Routes:
        """The first ``limit`` causal routes from a cause to an effect; :mod:`kg.causal.strength` says what one is worth.

        Parameters:
            cause: a state; a drug, food or substance, which acts by its use, its states, what it supplies and does to a process; or a group.
            strength: the least strength of a route, between 0 and 1; by default what is weak beside the first is left out.
            context: diet, drugs, conditions, age and sex; a claim that holds only in one of them then holds.
        """
        from kg.causal.paths import answer

        return answer(self.rows, cause, effect, max_steps, limit, strength, context, self._steps)

    def explain(
        self, findings: Sequence[str], absent: Sequence[str] = (), context: Sequence[str] = (), top: int = 10
    ) -> Explanation:
        """The states that would explain findings, best first: a ranking of what the graph knows, no diagnosis.

        Parameters:
            findings, absent: symptoms, signs and test results that are there, and that are not.
            context: diet, drugs, conditions, operations, age and sex.
            top: how many candidates.

        >>> import kg
        >>> answer = kg.open().explain(["pins and needles", "fatigue", "MCV: high"], context=["metformin"])
        >>> answer.causal.label(answer.candidates[0].iri)
        'vitamin B12 deficiency'
        """
        from kg.causal.explain import explain_findings

        return explain_findings(self.rows, findings, absent, context, top, self._steps)

    def correct(self, *states: str) -> Correction:
        """Which findings end when states are corrected, which improve, and which stay for another cause; see :mod:`kg.causal.correct`.

        Raises:
            kg.errors.UsageError: no state is given, or a finding, which ends only with its causes.
        """
        from kg.causal.correct import Correction, to_correct

        terms = to_correct([self.term(state, "State") for state in states])
        return Correction.of(self.upstream(*terms), [one.iri for one in terms])

    def correct_for(self, finding: str, limit: int = 10) -> Remedies:
        """The few causes to correct so that a finding ends, and the smallest sets of them; see :mod:`kg.causal.remedies`."""
        from kg.causal.remedies import Remedies

        term = self.term(finding, "State")
        return Remedies.of(self.upstream(term), term.iri, limit)

    def upstream(self, *ends: Term) -> CausalGraph:
        """The causal graph upstream of some states, read as it is walked and without evidence."""
        from kg.causal.upstream import Upstream

        return Upstream(self.rows, *ends, steps=self._steps)

    def view(
        self, *what: str | Triples | Explanation, depth: int = 2, cause: str | None = None, effect: str | None = None
    ) -> View:
        """A pathway view: around terms, of routes, of an answer, or of the whole causal graph.

        Parameters:
            what: states, foods, nutrients, drugs or groups of people whose neighbourhood is shown, ``depth`` claims wide; a state
                and a finding, whose routes are shown; or one answer, the triples of :meth:`query` or an explanation of :meth:`explain`.
            cause, effect: both ends of the routes to show; the cause as for :meth:`paths`.

        Raises:
            kg.errors.UsageError: nothing is there to draw, or only one end of a route is given.
        """
        from kg.view.asked import view

        return view(self, what, depth, cause, effect)

    def chart(self, name: str, **parameters: str) -> Chart:
        """A static chart of one question of the library; see :mod:`kg.charts`."""
        from kg.charts import chart

        return chart(self.query, lambda term: self.term(term).label, name, **parameters)

    def rdflib(self) -> rdflib.Graph:
        """The graph as an :class:`rdflib.Graph`, for everything that lives on rdflib."""
        from kg.sparql.to_rdflib import to_rdflib

        if not isinstance(self.engine, Embedded):
            raise UsageError(f"{self.engine.url}: a remote graph is not copied; use query()")
        return to_rdflib(self.engine.store)

    def networkx(self) -> networkx.DiGraph[str]:
        """The causal graph as a :class:`networkx.DiGraph`: states by IRI, claims as edge attributes."""
        from kg.causal.to_networkx import to_networkx

        return to_networkx(self.causal())

    def __repr__(self) -> str:
        place = f"{len(self.engine.store):,} triples" if isinstance(self.engine, Embedded) else self.engine.url
        return f"<kg.Graph {place}>"


def connect(source: str | os.PathLike[str] | None = None, timeout: float | None = None, language: str | None = None) -> Graph:
    """Open the built-in graph, a file, a folder of RDF, standard input (``-``), or the SPARQL endpoint at a URL."""
    graph = Graph(_engine(source, timeout))
    if language is not None:
        graph.speak(language)
    return graph


def _engine(source: str | os.PathLike[str] | None, timeout: float | None) -> Embedded | Remote:
    source = os.environ.get("KG_SOURCE") or None if source is None else os.fsdecode(source)
    if source is None:
        return SelfDescribed(*open_placed(), locations.find_stamped)
    if source.lower().startswith(("http://", "https://")):
        from kg.sparql.remote import Remote  # which most commands do not need

        return Remote(source, timeout)
    return Embedded(*load_placed(locations.path_of(source)))
