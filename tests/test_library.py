"""Every question: its header, its answer on the small graph, a sane answer on the real one, the same rows from rdflib."""

import re
import time
from pathlib import Path

import pytest
import rdflib

import kg
from kg.errors import UnknownName, UsageError
from kg.sparql import library
from kg.sparql.answerable import split_answerable
from kg.sparql.shacl_examples import turtle
from tests.answer import answer

ANSWERS = Path(__file__).parent / "answers"
NAMES = library.names()
#: Questions whose answer is meant to be empty: a row would be a defect.
EMPTY = {"statements_without_claim"}


@pytest.mark.parametrize("name", NAMES)
def test_the_answer_on_the_small_graph(small, name):
    assert answer(small, name) == (ANSWERS / f"{name}.csv").read_text(encoding="utf-8")


def test_no_answer_is_kept_for_a_question_that_is_gone():
    assert sorted(path.stem for path in ANSWERS.glob("*.csv")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_real_graph_answers(real, name):
    assert (len(real.query(name)) == 0) == (name in EMPTY)


#: A yardstick that is as busy as the machine: all names of the graph, some 17 ms where 50 ms is what a question may take.
ALL_NAMES = "SELECT ?term ?name { ?term rdfs:label ?name }"
#: Questions that read the whole graph, and so take a little longer; see docs/performance.md.
LONG = {"coverage", "statements", "steps_on_one_source"}


def least(graph, query: str, enough: float = 0.0) -> float:
    """The least processor time of five turns, or the first that is small enough."""
    times: list[float] = []
    while len(times) < 5 and (not times or min(times) > enough):
        start = time.process_time()
        len(graph.query(query))
        times.append(time.process_time() - start)
    return min(times)


@pytest.mark.slow
def test_no_question_takes_more_than_five_times_the_reading_of_all_names():
    stored = kg.open()
    once = least(stored, ALL_NAMES)
    limits = {name: (8 if name in LONG else 5) * once for name in NAMES}
    slow = {name: round(took / once, 1) for name in NAMES if (took := least(stored, name, limits[name])) > limits[name]}
    assert slow == {}


@pytest.fixture(scope="module")
def small_in_rdflib(small):
    return small.rdflib()


@pytest.mark.parametrize("name", NAMES)
def test_rdflib_gives_the_same_rows(small, small_in_rdflib, name):
    text = library.question(name).text
    found = small.answer(text)
    if not hasattr(found, "columns"):
        theirs = small_in_rdflib.query(text).graph
        assert len(theirs) == len(found)
        return
    ours = sorted(tuple(None if v is None else _plain(v.value) for v in row) for row in found)
    theirs = sorted(tuple(None if v is None else _plain(str(v)) for v in row) for row in small_in_rdflib.query(text))
    assert ours == theirs


def _plain(value: str) -> str:
    # 345 and 345.0 are the same number in two spellings.
    return str(float(value)) if re.fullmatch(r"-?\d+(\.\d+)?(E\d+)?", value) else value


@pytest.mark.parametrize("name", NAMES)
def test_a_header_says_what_is_asked_and_how(name):
    question = library.question(name)
    assert question.summary
    assert question.description.endswith(".")
    assert question.tags
    assert question.example.startswith("kg query " + name)
    kinds = {"integer", "decimal", "text"}
    for parameter in question.parameters.values():
        assert parameter.kind in kinds or parameter.kind[0].isupper(), parameter.name
        assert parameter.about
    assert set(re.findall(r"--(\w+)", question.example)) <= {*question.parameters, "format"}


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_parameter_holds_the_same_default(name):
    question = library.question(name)
    for parameter in question.parameters.values():
        rows = re.findall(rf"VALUES \?{parameter.name} \{{ (.*?) \}}", question.text)
        assert set(rows) == {parameter.default}


@pytest.mark.parametrize("name", NAMES)
def test_closures_stand_alone_in_a_subquery(name):
    """A property path joined with other patterns grows with the product of its ends (and fails on some engines)."""
    body = re.sub(r"#.*", "", library.question(name).text)
    for group in re.findall(r"\{[^{}]*\}", body):
        closures = re.findall(r"\?\w+ (?:a kg:\w+ ; )?\(?kg:(?:promotes|inhibits)[^ ]*[*+]", group)
        assert len(closures) <= 1
        assert "NOT EXISTS" not in group or not closures


def test_a_value_is_put_in_as_a_term_and_never_as_text(small):
    with pytest.raises(UnknownName):
        small.query("causes_of", finding="kg:muscle-cramp } ?s ?p ?o . VALUES ?x { 1")
    question = library.question("foods_richest_in")
    with pytest.raises(UnknownName, match="is not a life stage of the table"):
        small.bound(question, {"life_stage": '"} INSERT { ?s ?p ?o'})
    hostile = library.literal(question.parameters["life_stage"], '"} INSERT { ?s ?p ?o')
    bound = question.bound({"life_stage": hostile})
    assert 'VALUES ?life_stage { "\\"} INSERT { ?s ?p ?o"' in bound
    assert len(small.answer(bound)) == 2


@pytest.mark.parametrize(
    ("parameters", "complaint"),
    [
        ({"release": "0.1.0"}, "no parameter --release; put it before the command: kg --release ... query "),
        ({"nutrien": "magnesium"}, "no parameter --nutrien; did you mean --nutrient? It takes --nutrient, --life_stage"),
        ({"nutrient": "magnesia"}, "no Nutrient is called 'magnesia'; nearest: magnesium"),
        ({"nutrient": "vegans"}, "no Nutrient is called 'vegans'"),
    ],
)
def test_a_wrong_parameter_is_told(small, parameters, complaint):
    with pytest.raises(UnknownName) as caught:
        small.query("foods_richest_in", **parameters)
    assert complaint in str(caught.value)


def test_an_unknown_question_gets_the_nearest(small):
    with pytest.raises(UnknownName, match="no question is called 'food_richest_in'; did you mean foods_richest_in"):
        small.query("food_richest_in")


@pytest.mark.parametrize(("kind", "value"), [("integer", "ten"), ("integer", "1.5"), ("decimal", "1,5"), ("decimal", "NaN")])
def test_a_number_must_be_one(kind, value):
    with pytest.raises(UsageError, match="write it in digits"):
        library.literal(library.Parameter("n", kind, "a number", "1"), value)


def test_the_library_comes_as_shacl_executables():
    questions = [library.question(name) for name in NAMES]
    found = rdflib.Graph().parse(data=turtle(questions), format="turtle")
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    texts = {
        str(node).rsplit("/", 1)[1]: str(text)
        for holds in (sh.select, sh.construct)
        for node, text in found.subject_objects(holds)
    }
    assert texts == {question.name: question.text for question in questions}
    assert len(set(found.subjects(rdflib.RDF.type, sh.SPARQLExecutable))) == len(NAMES)
    assert {str(comment) for comment in found.objects(None, rdflib.RDFS.comment)} == {q.description for q in questions}


def test_there_are_questions_enough():
    assert len(NAMES) >= 30


def labels(rows, *columns: str) -> list[tuple[str, ...]]:
    return [tuple(row[column].value for column in columns) for row in rows]


def test_deficiencies_that_look_alike_and_what_tells_them_apart(real):
    pairs = {(row["first_label"].value, row["second_label"].value): row for row in real.query("deficiencies_that_mimic")}
    folate = pairs["folate deficiency", "vitamin B12 deficiency"]
    assert "elevated homocysteine" in folate["findings"].value.split(", ")
    assert "elevated methylmalonic acid" in folate["told_apart_by"].value.split(", ")
    first = labels(real.query("what_separates", second="folate deficiency"), "points_to", "feature_label", "how")[0]
    assert first == ("vitamin B12 deficiency", "elevated methylmalonic acid", "a source tells them apart by it")


def test_an_excess_that_brings_about_a_deficiency_comes_first(real):
    rows = list(real.query("excess_like_deficiency"))
    brought = [row for row in rows if row["brought_about_by"] is not None]
    assert rows[: len(brought)] == brought
    row = next(
        row
        for row in brought
        if (row["excess_label"].value, row["deficiency_label"].value) == ("zinc excess", "copper deficiency")
    )
    assert row["brought_about_by"].value.endswith("claim/zinc-excess_promotes_copper-deficiency")


@pytest.mark.slow
def test_the_loops_of_the_library_have_the_sign_of_the_routes(real):
    """Routes leave out a loop with a step whose gate is not met; the library, which looks at the edges alone, has it."""
    causal, agreed = real.causal(), 0
    for row in real.query("feedback_loops"):
        state = row["first"].value
        third = row["third_label"]
        middle = [row["second_label"].value, *([third.value] if third else [])]
        signs = {tuple(map(causal.label, loop.states[1:-1])): loop.sign for loop in real.paths(state, state, max_steps=3)}
        sign = {"holds itself back": "-", "feeds itself": "+"}[row["feedback"].value]
        assert signs.get(tuple(middle), sign) == sign
        agreed += tuple(middle) in signs
    assert agreed


def test_a_food_that_nobody_eats_as_measured_comes_last(real):
    rows = real.query("foods_richest_in", nutrient="vitamin B12")
    raw = [row["food_label"].value for row in rows if row["eaten_in_this_form"] is not None]
    assert {"beef liver, raw", "lamb liver, raw", "eel, raw"} <= set(raw)
    assert raw == [row["food_label"].value for row in rows][-len(raw) :]


@pytest.mark.parametrize(
    ("nutrient", "food", "portion", "limit", "share"),
    [
        ("selenium", "Brazil nuts", "1 oz (6 kernels)", "UL 400 ug", "136.0"),
        ("zinc", "eastern oysters, wild, cooked", "3 oz", "UL 40 mg", "167.0"),
        ("vitamin A", "beef liver, pan-fried", "1 slice", "UL 3000 ug (preformed vitamin A (retinol) only)", "209.0"),
        ("vitamin A", "sweet potato, baked", '1 medium (2" dia, 5" long, raw)', "UL 3000 ug (preformed vitamin A (retinol) only)", "0.0"),
        ("magnesium", "wheat bran", ".25 cup", "UL 350 mg (supplements and medicines only, not food)", None),
    ],
)  # fmt: skip
def test_the_upper_limit_stands_beside_the_amount(real, nutrient, food, portion, limit, share):
    row = next(row for row in real.query("foods_richest_in", nutrient=nutrient) if row["food_label"].value == food)
    told = row["portion_percent_of_ul"]
    assert (row["portion"].value, row["upper_limit"].value) == (portion, limit)
    assert (told if told is None else str(float(told.value))) == share


def test_no_source_is_said_to_contest_what_only_our_mark_misses(real):
    ask = """SELECT ?claim { ?claim a kg:CompositionClaim ; kg:status kg:contested .
      FILTER NOT EXISTS { ?claim kg:evidence [ kg:stance kg:disputes ; kg:source ?who ] FILTER(?who != source:usda-sr-28) } }"""
    assert real.query(ask).plain() == []


def test_a_treatment_is_printed_with_those_it_helps(real):
    rows = real.query("treatments_of", state="fatigue")
    assert {(row["treatment_label"].value, row["in_whom"].value, row["dose"].value) for row in rows} == {
        ("iron supplementation", "low ferritin", "80 mg of iron a day by mouth")
    }


def test_what_only_an_article_says_comes_last(real):
    told = [row["status_label"].value == "unverified" for row in real.query("tells_apart", state="vitamin B12 deficiency")]
    assert told == sorted(told)


def test_only_uptake_is_an_absorption_modifier(real):
    assert all("absorption" in row["process_label"].value for row in real.query("absorption_modifiers"))


def test_nutrition_kg_has_records_for_every_question(real):
    assert split_answerable(real.rows, [library.question(name) for name in library.names()])[1] == []
