"""What the graph answers by looking things up: words in texts, foods, two things side by side."""

from __future__ import annotations

from kg.errors import text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from kg.causal.asking.answer import Answer
    from kg.causal.asking.asked_graph import AskedGraph
    from kg.causal.compare import Comparison
    from kg.causal.foods.card import FoodCard
    from kg.causal.foods.plate import Plate
    from kg.causal.kept_steps import KeptSteps
    from kg.grounding.life_stages import LifeStage
    from kg.grounding.speech import Speech
    from kg.grounding.term_search import Hit
    from kg.sparql.header import Header
    from kg.sparql.results import Rows, Triples


#: What a graph's card counts, and what it offers to try.
_HOLDS = (
    ("Claim", "claims"),
    ("State", "states"),
    ("Source", "sources"),
    ("EvidenceLine", "lines of evidence"),
    ("Food", "foods"),
)
_TRIES = (
    'graph.term("pins and needles")',
    'graph.paths("vitamin B12 deficiency", "paresthesia")',
    'graph.explain(["fatigue", "pallor"], context=["vegan diet"])',
    'graph.food("spinach, boiled", "pregnant")',
    'graph.view("magnesium deficiency")',
)


#: Said of a query of which each part alone has a match.
_NOTHING_SINGLE = "each part of the query matches something, but nothing matches all of it"


class Lookups:
    """The part of :class:`kg.Graph` that looks things up; ``rows`` answers a query text."""

    speech: Speech | None = None

    def rows(self, text: str) -> list[Any]:
        """The rows of a SELECT."""
        raise NotImplementedError

    def speak(self, language: str) -> None:
        """Give labels in another language from now on, where there are some: a tag such as ``de`` or ``pt-BR``.

        Raises:
            kg.errors.UsageError: no such language.

        >>> import kg
        >>> graph = kg.open()
        >>> graph.speak("de")
        >>> graph.term("muscle cramp").label
        'Muskelkrampf'
        """
        from kg.grounding.speech import Speech

        self.speech = None
        self.speech = Speech(self.rows, language)

    def translate(self, answer: Rows | Triples | bool) -> Rows | Triples | bool:
        """The answer to a question of the library with its labels in the language of :meth:`speak`."""
        if self.speech is None or not hasattr(answer, "columns"):
            return answer
        from kg.sparql.results import Rows

        return Rows(answer.columns, self.speech.translate(answer))

    @property
    def _steps(self) -> KeptSteps | None:
        """The causal steps that are kept beside a built store; none in another language, in which the graph is asked for its labels."""
        folder = getattr(getattr(self, "engine", None), "folder", None)
        if self.speech is not None or folder is None:
            return None
        from kg.causal.kept_steps import read_steps

        return read_steps(folder)

    @property
    def language(self) -> str:
        """The tag of the language in which labels are given; empty for English."""
        return self.speech.wanted if self.speech else ""

    def _repr_html_(self) -> str:
        """The card of a graph in a notebook: how much it holds of what, and what to ask it."""
        from html import escape

        from kg.sparql.library import reading

        counts = {row["kind"].value.rpartition("/")[2]: int(row["count"].value) for row in self.rows(reading("counts"))}
        cells = "".join(
            f'<td style="padding:.2em 1.2em .2em 0;text-align:left"><b>{counts[kind]:,}</b><br>{name}</td>'
            for kind, name in _HOLDS
            if kind in counts
        )
        place = repr(self).strip("<>").removeprefix("kg.Graph ").replace("http", "records at http")
        tries = "".join(f"<li><code>{escape(one)}</code></li>" for one in _TRIES)
        return f"<h4>A graph of {escape(place)}</h4><table><tr>{cells}</tr></table><ul>{tries}</ul><p><small>Information, not medical advice.</small></p>"

    @property
    def header(self) -> Header:
        """What the graph says of itself: title, description, licence."""
        from kg.sparql.header import header

        return header(self.rows)

    def find(self, word: str) -> list[Hit]:
        """The terms whose names, definitions or notes hold a word, names first; see :mod:`kg.grounding.term_search`.

        Raises:
            kg.errors.UnknownName: nothing holds it; the nearest names are listed.

        >>> import kg
        >>> kg.open().find("angular cheilitis")[0].kind
        'Sign'
        """
        from kg.grounding.term_search import find

        return find(self.rows, word)

    def ask(self: AskedGraph, question: str) -> Answer:
        """Answer a question in plain words: for each part the command that answers it, a sentence, and what was left out.

        Raises:
            kg.errors.UsageError: no command answers a question of this form.
            kg.errors.UnknownName: it does but for a name; the error gives the nearest names.

        >>> import kg
        >>> print(kg.open().ask("how much iron does a pregnant woman need?"))
        Pregnant women of 19 to 30 years need 27 mg of iron a day (RDA); the upper limit is 45 mg.
        """
        from kg.causal.asking.answer import answer_question

        return answer_question(self, text(question, "a question"))

    def hints(self, query: str) -> list[str]:
        """What a query text asks for that is not in the graph: misspelt names of ours, labels without their language.

        >>> import kg
        >>> kg.open().hints("SELECT ?s { ?s kg:promotse kg:muscle-cramp }")
        ['kg:promotse is not in the graph; did you mean kg:promotes?']
        """
        from kg.sparql.hints import hints

        return [*self.warn_of_large(query), *hints(self.rows, query)]

    def warn_of_large(self, query: str) -> list[str]:
        """One line for each integer of a query that the built-in engine cannot compare; none where another engine answers."""
        from kg.sparql.large_integers import warn_of_large

        return warn_of_large(query) if hasattr(getattr(self, "engine", None), "store") else []

    def explain_emptiness(self, query: str) -> list[str]:
        """Why a query has no rows: names that are not in the graph, else the first pattern that nothing fits, with what nearly does.

        Of a graph without our vocabulary only names of ours are looked up. Nothing is said where the engine fails or is slow.

        >>> import kg
        >>> kg.open().explain_emptiness("SELECT ?c { ?c kg:certainty kg:high }")
        ['nothing has kg:certainty kg:high; did you mean kg:highCertainty?']
        """
        from kg.errors import KgError
        from kg.sparql.empty_patterns import explain_emptiness, is_ours

        try:
            if not is_ours(self.rows):
                return self.hints(query)
            return self.hints(query) or explain_emptiness(self.rows, query) or [_NOTHING_SINGLE]
        except KgError:  # the query has its answer; an engine that fails at a hint takes nothing from it
            return []

    def warn_of(self, query: str, answer: Rows | Triples | bool) -> None:
        """Warn of what an empty answer, or one that counts nothing, comes from; see :meth:`explain_emptiness`."""
        import warnings

        if isinstance(answer, bool) or len(answer) > 1:
            for hint in self.warn_of_large(query):  # a filter that is never true may not show
                warnings.warn(hint, UserWarning, stacklevel=3)
            return
        from kg.sparql.hints import is_nothing
        from kg.sparql.results import Rows

        if not len(answer) or (isinstance(answer, Rows) and is_nothing(query, answer[0])):
            for hint in self.explain_emptiness(query):
                warnings.warn(hint, UserWarning, stacklevel=3)

    def life_stage(self, words: str) -> LifeStage:
        """The life stage of the table of reference intakes that words such as "pregnant" mean.

        >>> import kg
        >>> kg.open().life_stage("man of 70").name
        'males 51-70 y'
        """
        from kg.grounding.life_stages import life_stage

        return life_stage(self.rows, words)

    def food(self, name: str, life_stage: str | None = None, portion: str | None = None) -> FoodCard:
        """A food's card: what a portion gives, what helps its uptake, what a lack would lead to; see :mod:`kg.causal.foods.card`.

        Raises:
            kg.errors.UnknownName: the food or the life stage is not known; the nearest ones are listed.

        >>> import kg
        >>> kg.open().food("almonds").good[0].nutrient.label
        'vitamin E'
        """
        from kg.causal.foods.card import card

        return card(self.rows, name, life_stage, portion)

    def plate(self, foods: Mapping[str, float | str], life_stage: str | None = None, diet: str | None = None) -> Plate:
        """A day's foods against the need and the upper limit of a life stage; see :mod:`kg.causal.foods.plate`.

        Raises:
            kg.errors.UnknownName: a food, the life stage or the diet is not known; the nearest ones are listed.

        >>> import kg
        >>> kg.open().plate({"spinach, raw": 100}, "pregnant, 25 years").life_stage.name
        'pregnancy 19-30 y'
        """
        from kg.causal.foods.plate import plate

        return plate(self.rows, foods, life_stage, diet)

    def compare(self, first: str, second: str, life_stage: str | None = None, portion: str | None = None) -> Comparison:
        """Two foods, states, drugs or other terms side by side; see :mod:`kg.causal.compare`.

        Raises:
            kg.errors.UsageError: both names mean the same, or one is a food and the other none.

        >>> import kg
        >>> kg.open().compare("almonds", "walnuts").lines[0].nutrient.label
        'manganese'
        """
        from kg.causal.compare import compare

        return compare(self.rows, first, second, life_stage, portion)
