"""What Python answers where it reasons: a table for a person, values for a program, the JSON of the command line."""

import pytest
from pyoxigraph import DefaultGraph, RdfFormat

from kg.causal.answer import NOTICE
from tests.command import kg

ANSWERS = {
    "paths": (
        lambda graph: graph.paths("strict vegan diet", "nerve misfiring"),
        ["paths", "strict vegan diet", "nerve misfiring"],
        [
            "sign  strength  certainty  steps  route",
            "+     0.063     very low   3      strict vegan diet -> vitamin B12 deficiency -> impaired myelin maintenance -> nerve misfiring",
        ],
    ),
    "explain": (
        lambda graph: graph.explain(["muscle cramp"], context=["strict vegan diet"], top=2),
        ["explain", "muscle cramp", "--context", "strict vegan diet", "--top", "2"],
        [
            "candidate               score  explains      leaves unexplained  absent, against it  likelier with      how common  next test",
            "vitamin B12 deficiency  2.79   muscle cramp                                          strict vegan diet              serum vitamin B12",
            "hypomagnesemia          0.52   muscle cramp                                                                         serum vitamin B12",
        ],
    ),
    "correct": (
        lambda graph: graph.correct("magnesium deficiency"),
        ["correct", "magnesium deficiency"],
        [
            "finding         what becomes of it  time  other causes",
            "hypomagnesemia  ends",
        ],
    ),
    "correct for": (
        lambda graph: graph.correct_for("muscle cramp"),
        ["correct", "--for", "muscle cramp"],
        [
            "what   strength or states  to correct",
            "cause  0.211               hypomagnesemia",
            "cause  0.168               magnesium deficiency",
            "set    2                   hypomagnesemia; magnesium deficiency",
        ],
    ),
}


@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_shows_itself_as_a_table(small, name):
    ask, _, lines = ANSWERS[name]
    answer = ask(small)
    assert repr(answer).splitlines() == [*lines, NOTICE]
    shown = answer._repr_html_()
    assert shown.count("<tr>") == len(lines) or (name == "paths" and shown.count("<li>") == len(lines) - 1)  # routes are a list
    assert shown.endswith(f"<p>{NOTICE}</p>")


@pytest.mark.parametrize("name", ANSWERS)
def test_its_json_is_that_of_the_command_line(small, name, tmp_path):
    ask, words, _ = ANSWERS[name]
    small.engine.store.dump(str(tmp_path / "small.ttl"), RdfFormat.TURTLE, from_graph=DefaultGraph())
    status, said, _ = kg("--source", "small.ttl", *words, "--format", "json", cwd=tmp_path)
    assert (status, said) == (0, ask(small).to_json() + "\n")


def test_a_table_goes_to_pandas(small):
    frame = small.explain(["muscle cramp"], context=["strict vegan diet"], top=2).to_pandas()
    assert frame["score"].tolist() == [2.79, 0.52]
    assert frame["likelier with"].isna().tolist() == [False, True]


def test_what_a_label_holds_is_no_markup(small):
    answer = small.paths("strict vegan diet", "nerve misfiring")
    answer.causal.states[answer.effect] = answer.causal.states[answer.effect]._replace(label="<b>&")
    assert "<b>" not in answer._repr_html_()
    assert "&lt;b&gt;&amp;" in answer._repr_html_()
