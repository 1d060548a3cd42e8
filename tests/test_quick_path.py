"""``kg query NAME`` reads its plain form without argparse: whatever the short reader takes, argparse reads alike."""

import shlex
from argparse import Namespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.cli import COMMANDS, main, module_of
from kg.cli.parser import build_parser, check_format
from kg.cli.query import quick, set_aside
from kg.errors import UsageError
from kg.sparql import library

NAMES = st.sampled_from(
    [
        "foods_richest_in",
        "claims_of_source",
        "pathway",
        "statements",
        "symptoms_in_wikidata",
        "no_such_question",
        "-",
        "a.rq",
        "",
    ]
)
OPTIONS = [
    "nutrient",
    "life_stage",
    "life-stage",
    "start",
    "format",
    "limit",
    "fail",
    "quiet",
    "source",
    "timeout",
    "e",
    "nutrent",
]
WORDS = st.one_of(
    st.sampled_from([f"--{name}" for name in OPTIONS] + ["-e", "-h", "-V", "--", "-", "-5", "--format="]),
    st.sampled_from([f"--{name}=x" for name in OPTIONS]),
    st.sampled_from(["iron", "low iron", "csv", "json", "", "5", "kg:iron", "a=b", "statements"]),
    st.text(max_size=4),
)
FIELDS = ("question", "rest", "expression", "format", "limit", "timeout", "source", "quiet", "fail")


def parsed(words: list[str]) -> Namespace:
    """What the full parser reads."""
    left, aside = set_aside(["query", *words])
    options, rest = build_parser({"query": ""}, module_of("query")).parse_known_args(
        left, Namespace(source=None, format=None, timeout=None, quiet=False)
    )
    options.rest = rest + aside
    return options


@given(NAMES, st.lists(WORDS, max_size=6))
def test_both_readers_agree_on_whatever_the_short_one_takes(name, words):
    short = quick([name, *words])
    if short is not None:
        whole = parsed([name, *words])
        assert {field: getattr(short, field) for field in FIELDS} == {field: getattr(whole, field) for field in FIELDS}


@pytest.mark.parametrize(
    ("words", "rest", "form"),
    [
        (["statements"], [], None),
        (["foods_richest_in", "--nutrient", "iron"], ["--nutrient", "iron"], None),
        (
            ["foods_richest_in", "--life-stage", "men", "--nutrient", "iron"],
            ["--life-stage", "men", "--nutrient", "iron"],
            None,
        ),
        (["foods_richest_in", "--format", "csv", "--nutrient", "low iron"], ["--nutrient", "low iron"], "csv"),
    ],
)
def test_the_plain_form_is_read_by_the_short_reader(words, rest, form):
    short = quick(words, "a.ttl")
    assert (short.question, short.rest, short.format, short.source) == (words[0], rest, form, "a.ttl")


@pytest.mark.parametrize(
    "more",
    [
        ["--format=csv"],
        ["--format"],
        ["--format", "csv", "--format", "json"],
        ["--nutrient=iron"],
        ["--nutrient"],
        ["--nutrient", "--format", "csv"],
        ["--nutrient", "-5"],
        ["--limit", "3"],
        ["--nutrent", "iron"],
        ["iron"],
        ["--quiet"],
        ["-h"],
    ],
)
def test_all_else_is_left_to_the_parser(more):
    assert quick(["foods_richest_in", *more]) is None


def test_a_parameter_may_bear_the_name_of_three_options_alone():
    options = {"quiet", "help", "version", "expression", "limit", "fail"}
    for name in (*library.names(), *library.names("federated")):
        assert not options & set(library.question(name).parameters), name


@pytest.mark.parametrize(
    ("words", "source", "rest"),
    [
        (["claims_of_source", "--source", "Textbook"], None, ["--source", "Textbook"]),
        (["claims_of_source", "--source=Textbook", "--quiet"], None, ["--source=Textbook"]),
        (["claims_of_source", "--quiet", "--source", "Textbook"], None, ["--source", "Textbook"]),
        (["--source", "a.ttl", "claims_of_source", "--limit", "3", "--source", "Textbook"], "a.ttl", ["--source", "Textbook"]),
        (["claims_of_source", "--limit", "3", "--source"], None, ["--source"]),
        (["foods_richest_in", "--limit", "3", "--source", "a.ttl"], "a.ttl", []),
        (["-e", "SELECT ?s { ?s ?p ?o }", "--source", "a.ttl"], "a.ttl", []),
    ],
)
def test_the_source_of_a_question_is_not_the_source_of_the_graph(words, source, rest):
    found = parsed(words)
    assert (found.source, found.rest) == (source, rest)


@pytest.mark.slow
@pytest.mark.parametrize("name", library.names())
def test_the_example_of_every_question_runs_as_it_stands(name, capsys):
    program, *words = shlex.split(library.question(name).example)
    assert program == "kg"
    if words[0] == "query":
        assert main(words) == 0, capsys.readouterr().err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_lists_its_forms_and_refuses_others(command):
    module = module_of(command)
    forms = getattr(module, "FORMATS", ())
    for form in forms:
        check_format(command, module, form)
    if not hasattr(module, "CHECKS_FORMAT"):
        fix = f"kg {command} writes {', '.join(forms)}; choose one" if forms else "leave --format out"
        with pytest.raises(UsageError, match=f"--format xlsy: .*{fix}"):
            check_format(command, module, "xlsy")
