"""The command line: data on standard output, one clear line for each mistake, the right exit status, no traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.causal.verdict import ALONE
from kg.cli import COMMANDS
from tests.command import kg
from tests.seed import plant

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def place(tmp_path_factory) -> Path:
    """A folder of one's own with a warm cache, far from the checkout."""
    folder = tmp_path_factory.mktemp("elsewhere")
    plant(folder / "cache")
    return folder


@pytest.fixture
def run(place):
    def run(*arguments: str, status: int = 0, text: str = "", **environment: str) -> tuple[str, str]:
        code, out, err = kg(*arguments, cwd=place, said=text, **{"KG_CACHE": str(place / "cache"), **environment})
        assert code == status, (out[-500:], err[-2000:])
        assert "Traceback" not in err
        return out, err

    return run


@pytest.mark.slow
def test_demo_prints_both_great_routes_with_evidence_and_names_the_page(run, place):
    out, _ = run("demo")
    assert out.startswith(f"Can vitamin B12 deficiency lead to muscle tightness? {ALONE}\nWell sourced: ")
    assert out.count("Information, not medical advice.") == 1
    others = out.partition("Other ways, the strongest of each;")[2].splitlines()
    assert sum(line.startswith("  vitamin B12 deficiency ->") for line in others) == 5
    assert "vitamin B12 deficiency -> impaired myelin maintenance" in out
    assert "impaired myelin maintenance -> peripheral neuropathy" in out
    assert "vitamin B12 deficiency -> megaloblastic anemia" in out
    assert "megaloblastic anemia -> reduced oxygen delivery to tissues" in out
    assert "supports: NHLBI: Pernicious Anemia (authoritative fact sheet)" in out
    assert "no good source" in out
    assert "Information, not medical advice." in out
    assert "b12-to-muscle-tightness.html" in out.splitlines()[-1]
    assert "<title>" in (place / "b12-to-muscle-tightness.html").read_text(encoding="utf-8")


def test_query_answers_a_question_by_name(run):
    out, _ = run("query", "foods_richest_in", "--nutrient", "vitamin b12", "--format", "csv")
    assert out.splitlines()[1].startswith('"clams, cooked",3 oz,84.06,ug,3502,,,3502,98.89,')


@pytest.mark.parametrize("form", ["csv", "tsv", "json", "xml", "table", "md"])
def test_rows_come_in_every_form(run, form):
    out, _ = run("query", "-e", "SELECT ?l { kg:magnesium rdfs:label ?l }", "--format", form)
    assert "magnesium" in out


@pytest.mark.parametrize(
    ("form", "sign"), [("ttl", "kg:promotes"), ("nt", "<https://w3id.org/nutrition-kg/promotes>"), ("jsonld", "@id")]
)
def test_triples_come_in_every_form(run, form, sign):
    out, _ = run("query", "pathway", "--format", form)
    assert sign in out


def test_a_query_comes_from_a_file_standard_input_or_the_line(run, place):
    text = "SELECT (COUNT(?s) AS ?n) { ?s a kg:Statement }"
    (place / "own.rq").write_text(text)
    answers = {run("query", "own.rq")[0], run("query", "-", text=text)[0], run("query", "-e", text)[0]}
    assert answers == {"n\r\n334\r\n"} or answers == {"n\n334\n"}


def test_the_json_of_paths_is_as_promised(run):
    out, _err = run("paths", "B12 deficiency", "tight muscles", "--limit", "2", "--format", "json")
    found = json.loads(out)
    assert found["cause"] == {"iri": "https://w3id.org/nutrition-kg/vitamin-b12-deficiency", "label": "vitamin B12 deficiency"}
    assert len(found["paths"]) == 2
    path = found["paths"][0]
    assert (path["sign"], path["length"], path["certainty"]) == ("+", len(path["steps"]), "very low")
    assert set(path["steps"][0]) >= {"cause", "relation", "effect", "claim", "status", "sources"}
    assert "there are more" not in out


def test_explain_tells_routes_context_and_the_next_test_and_names_what_it_left_out(run):
    out, err = run("explain", "pins and needles", "MCV: high", "blue ears", "--context", "metformin", "--top", "2")
    lines = out.splitlines()
    assert lines[0] == "1. vitamin B12 deficiency"
    assert any(line.startswith("   explains paresthesia: vitamin B12 deficiency -> ") for line in lines)
    assert any(line.startswith("   likelier with metformin use: metformin use -> vitamin B12 deficiency ") for line in lines)
    assert any(" would best tell it from " in line for line in lines)
    assert "no diagnosis. Information, not medical advice." in out
    assert err == "kg: not understood and left out: blue ears\n"


def test_term_tells_what_the_use_of_a_drug_and_the_states_of_a_mineral_do(run):
    out, _ = run("term", "metformin")
    assert "Claims that start at metformin use\n" in out
    assert "  metformin use promotes vitamin B12 deficiency" in out
    out, _ = run("term", "zinc", "--format", "json")
    acts = {one["label"]: one["claims_out"] for one in json.loads(out)["acts_by"]}
    assert {"zinc deficiency", "zinc excess"} <= acts.keys()
    assert all(claim["subject"]["label"] == label for label, claims in acts.items() for claim in claims)
    out, _ = run("term", "zinc deficiency", "--format", "json")
    assert json.loads(out)["acts_by"] == []


def test_correct_tells_what_ends_and_the_smallest_sets(run):
    answer = json.loads(run("correct", "B12 deficiency", "--format", "json")[0])
    assert [one["label"] for one in answer["corrected"]] == ["vitamin B12 deficiency"]
    assert all({"iri", "label", "strength", "through"} <= set(one) for one in answer["kept"])
    assert "megaloblastic anemia" in [one["label"] for one in answer["lost"]]
    out, err = run("correct", "--for", "night blindness", "--limit", "1")
    assert out.splitlines()[0] == "night blindness comes most strongly from"
    assert "vitamin A deficiency" in out
    assert "kg: the first 1 causes and sets; there are more (--limit)" in err


def test_paths_says_when_there_are_more(run):
    assert "the first 2 routes; there are more (--limit)" in run("paths", "B12 deficiency", "tight muscles", "--limit", "2")[1]


def test_the_json_of_term_is_as_promised(run):
    found = json.loads(run("term", "Pins and Needles", "--format", "json")[0])
    assert (found["label"], found["kind"]) == ("paresthesia", "Symptom")
    assert "tingling" in found["synonyms"]
    assert {"predicate": "skos:exactMatch", "id": "HP:0003401"}.items() <= found["mappings"][0].items() or any(
        mapping["id"] == "HP:0003401" for mapping in found["mappings"]
    )


def test_the_json_of_queries_lists_parameters_with_defaults(run):
    found = {question["name"]: question for question in json.loads(run("queries", "--format", "json")[0])}
    assert found["foods_richest_in"]["parameters"][0] == {
        "name": "nutrient",
        "kind": "Nutrient",
        "default": "kg:magnesium",
        "about": "the nutrient to rank by",
    }


def test_view_writes_one_file_and_names_it(run, place):
    out, _ = run("view", "magnesium deficiency", "--depth", "1", "-o", "magnesium.html")
    assert out.strip() == "magnesium.html"
    assert (place / "magnesium.html").read_text(encoding="utf-8").lower().startswith("<!doctype html>")


@pytest.mark.slow
def test_view_draws_what_a_query_builds(run, place):
    out, _ = run("view", "--query", "pathway", "cause=folate deficiency", "effect=fatigue", "-o", "q.html")
    assert out == "q.html\n"
    assert (place / "q.html").stat().st_size > 100_000


@pytest.mark.slow
def test_build_writes_the_same_bytes_again(run, place, repository):
    run("--source", str(repository), "build", "-o", "one")
    run("--source", str(repository), "build", "-o", "two")
    one, two = ((place / name / "nutrition-kg.nt").read_bytes() for name in ("one", "two"))
    assert one == two
    assert one.count(b"\n") > 1000


def test_validate_is_silent_on_good_data_and_told_on_bad(run, repository):
    assert run("--source", str(repository), "validate")[0] == ""
    with (repository / "data" / "small.ttl").open("a") as file:
        file.write("kg:x kg:y\n")
    out, _ = run("--source", str(repository), "validate", status=1)
    assert "small.ttl:" in out
    assert run("--source", str(repository), "validate", "--format", "github", status=1)[0].startswith("::error file=")
    assert json.loads(run("--source", str(repository), "validate", "--format", "json", status=1)[0])[0]["line"] > 1


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(run, command):
    out, _ = run(command, "--help")
    assert f"kg {command}" in out.split("options:")[0].split("\n\n", 1)[1]


@pytest.mark.parametrize(
    ("mixed", "plain"),
    [
        ("explain fatigue --top 1 paresthesia", "explain --top 1 fatigue paresthesia"),
        ("explain --top 1 -- fatigue", "explain fatigue --top 1"),
        ("queries --format json -- foods", "queries foods --format json"),
    ],
)
def test_words_of_a_list_may_stand_behind_options(run, mixed, plain):
    assert run(*mixed.split()) == run(*plain.split())


MISTAKES = {
    "an unknown option behind a list": (["explain", "fatigue", "--top", "1", "--nope", "x"], "--nope is not known here"),
    "a word too many": (["paths", "iron", "deficiency", "fatigue"], "fatigue is not known here; quote a name of several words"),
    "no such command": (["quary"], "'quary' is not a command; did you mean query? kg --help lists them all"),
    "an unknown option": (["term", "fatigue", "--fomat", "json"], "--fomat is not known here"),
    "a missing argument": (["paths", "fatigue"], "the following arguments are required: EFFECT"),
    "a view of rows": (["view", "--query", "foods_richest_in"], "returns rows, which are not a map"),
    "a parameter of a view without its name": (
        ["view", "--query", "pathway", "folate"],
        "has no parameter before it; write PARAMETER=VALUE",
    ),
    "a misspelt parameter of a view": (["view", "--query", "pathway", "cuse=x"], "did you mean --cause?"),
    "a view of two things": (["view", "--query", "pathway", "--all"], "one view draws one thing: terms, or"),
    "a misspelt question": (["query", "foods_richst_in"], "did you mean foods_richest_in"),
    "a misspelt parameter": (["query", "foods_richest_in", "--nutrent", "iron"], "did you mean --nutrient?"),
    "a parameter without value": (
        ["query", "foods_richest_in", "--nutrient"],
        "--nutrient has no value; write --nutrient VALUE",
    ),
    "a parameter twice": (["query", "causes_of", "--finding", "a", "--finding", "b"], "--finding is given twice"),
    "a misspelt term": (["term", "magnesum deficiency"], "nearest: magnesium deficiency"),
    "a term of the wrong kind": (
        ["paths", "liver", "cramps"],
        "'liver' is not a state but a structure, and no causal claim starts from it; give one of its states: ",
    ),
    "a syntax error": (["query", "-e", "SELEC ?x {}"], "line 1, column"),
    "a missing file": (["query", "gone.rq"], "gone.rq: No such file or directory; check the path"),
    "a missing source": (["--source", "gone.ttl", "term", "x"], "gone.ttl: no such file or folder; check the path"),
    "an unknown kind of source": (["--source", "own.rq", "term", "x"], "not a known kind of RDF file"),
    "an unknown format": (["query", "statements", "--format", "xlsx"], "rows come as csv, tsv, json, xml, table, md"),
    "an unknown format of triples": (["query", "pathway", "--format", "csv"], "triples come as ttl, nt, jsonld"),
    "no query at all": (["query"], "no query was given; name one"),
    "two queries": (["query", "statements", "-e", "ASK {}"], "both statements and -e were given"),
    "nothing to draw": (["view"], "say what to draw"),
    "one end of a route": (["view", "--from", "dehydration"], "a route has two ends"),
    "ends that no route joins": (["view", "--from", "muscle tightness", "--to", "dehydration"], "no causal route leads from"),
    "an output that is a folder": (["view", "dehydration", "-o", "."], "is a folder"),
    "an output folder that is not there": (["view", "dehydration", "-o", "gone/x.html"], "gone"),
    "a depth of nothing": (["view", "dehydration", "--depth", "0"], "a neighbourhood is 1 claim wide or more"),
    "contradictory findings": (
        ["explain", "fatigue", "--absent", "tiredness"],
        "fatigue is given both as present and as absent",
    ),
    "findings nobody knows": (["explain", "xyzzy"], "no finding is understood in 'xyzzy'"),
    "no finding": (["explain"], "no finding was given; name what is felt"),
    "nothing to correct": (["correct"], "no state was given; name what is to be corrected, or give --for FINDING"),
    "a finding to correct": (["correct", "fatigue"], "'fatigue' is a finding and ends with its causes"),
    "states and a finding": (["correct", "low magnesium", "--for", "cramps"], "both states and --for were given"),
    "no set wanted": (["correct", "--for", "cramps", "--limit", "0"], "--limit is 1 or more"),
    "an unknown form of corrections": (
        ["correct", "low magnesium", "--format", "csv"],
        "--format csv: kg correct writes text, json; choose one",
    ),
    "no candidate wanted": (["explain", "fatigue", "--top", "0"], "--top is 1 or more"),
    "an unknown form of explanations": (
        ["explain", "fatigue", "--format", "xml"],
        "--format xml: kg explain writes text, json; choose one",
    ),
    "a limit of nothing": (["paths", "dehydration", "cramps", "--limit", "0"], "--max-steps and --limit are 1 or more"),
    "an empty query": (["query", "-e", ""], "the query is empty; write SELECT, ASK, CONSTRUCT or DESCRIBE"),
    "an update": (["query", "-e", "PREFIX x: <http://x/> INSERT DATA {}"], "INSERT would change the graph, which is only read"),
    "a prefix nobody declared": (
        ["query", "-e", "PREFIX x: <http://x/> ASK { x:a kg:promotes 'no:prefix', foo:bar }"],
        "the prefix foo: is not declared; declare it, or use one of ontology/prefixes.ttl",
    ),
    "a string that does not end": (["query", "-e", "ASK { ?s ?p 'foo:bar }"], "line 1, column"),
    "no time at all": (["--timeout", "0", "queries"], "--timeout 0: write a number of seconds, such as 30"),
    "a time that is not a number": (["--timeout", "nan", "queries"], "--timeout nan: write a number of seconds"),
    "a name without its quotes": (["term", "iron", "deficiency"], "quote a name of several words, as in 'iron deficiency'"),
    "a name of another kind": (
        ["correct", "magnesium"],
        "no State is called 'magnesium' (it is the name of a mineral); nearest: ",
    ),
    "a view as a picture": (["view", "dehydration", "-o", "x.png"], "x.png: what is written is HTML; name it x.html"),
    "a chart as a picture of points": (["chart", "foods", "-o", "x.png"], "x.png: what is written is SVG; name it x.svg"),
    "a form of views there is not": (
        ["view", "dehydration", "--format", "svg"],
        "--format svg: kg view writes html; choose one",
    ),
    "a word for a time": (["--timeout", "soon", "queries"], "invalid float value: 'soon'"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_gets_one_clear_line_and_exit_2(run, place, name):
    arguments, complaint = MISTAKES[name]
    (place / "own.rq").write_text("ASK {}")
    out, err = run(*arguments, status=2)
    assert out == ""
    assert complaint in err
    assert len(err.strip().splitlines()) == 1


def test_broken_turtle_as_source_is_told_with_line_and_column(run, place):
    (place / "broken.ttl").write_text("@prefix kg: <https://w3id.org/nutrition-kg/> .\nkg:a kg:b\n")
    _, err = run("--source", "broken.ttl", "query", "-e", "ASK {}", status=2)
    assert err.startswith("kg: broken.ttl:")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "causes_of: using the default --finding kg:muscle-cramp --strength 0.12"),
        (("--finding", "fatigue"), "causes_of: using the default --strength 0.12"),
        (("--finding", "fatigue", "--strength", "0.3"), ""),
        (("--quiet",), ""),
    ],
)
def test_a_person_is_told_what_a_question_was_asked_for_by_default(place, words, told):
    ours, theirs = os.openpty()  # a terminal to tell it to; a script gets the rows alone
    command = [sys.executable, "-m", "kg", "query", "causes_of", *words]
    done = subprocess.run(command, cwd=place, stdout=subprocess.PIPE, stderr=theirs, check=True, timeout=60)
    os.close(theirs)
    os.set_blocking(ours, False)
    try:
        said = os.read(ours, 4096).decode()
    except OSError:  # nothing was said before the other end was closed
        said = ""
    os.close(ours)
    assert said.strip() == told
    assert done.stdout.startswith(b"cause_label,")


def test_a_pipe_that_does_not_wait_gets_every_byte(tmp_path):
    """As a program hands it over that reads when it can; what did not fit was lost without a word."""
    file = tmp_path / "big.nt"
    file.write_text("".join(f'<http://x/{number}> <http://x/p> "{"a" * 60}" .\n' for number in range(3000)))
    ours, theirs = os.pipe()
    os.set_blocking(theirs, False)
    command = [sys.executable, "-m", "kg", "--source", str(file), "export", "nt"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=theirs, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}) as running:
        os.close(theirs)
        time.sleep(0.5)  # more is waiting than a pipe holds
        with open(ours, "rb") as reader:
            assert len(reader.read().splitlines()) == 3000
    assert running.returncode == 0


def test_fail_turns_false_and_nothing_into_exit_1(run):
    run("query", "-e", "ASK { kg:a kg:b kg:c }", "--fail", status=1)
    run("query", "statements_without_claim", "--fail", status=1)
    run("query", "-e", "ASK {}", "--fail", status=0)


def test_the_timeout_ends_a_query_that_would_run_for_ever(run):
    start = time.monotonic()
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    _, err = run("--timeout", "1", "query", "-e", query, status=3)
    assert "no answer within 1 s; raise --timeout or narrow the query" in err
    assert time.monotonic() - start < 10


def test_ctrl_c_ends_a_running_query_at_once_with_130(place):
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KG_CACHE": str(place / "cache")}
    command = [sys.executable, "-m", "kg", "query", "-e", query]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, start_new_session=True) as process:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=5) == 130
        assert b"Traceback" not in process.stderr.read()


def test_a_reader_that_has_seen_enough_is_no_error(place):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KG_CACHE": str(place / "cache")}
    line = f"{sys.executable} -m kg query foods_richest_in | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", line], env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_an_odd_locale_and_a_read_only_home_do_no_harm(run):
    out, _ = run("query", "-e", "SELECT ('β-carotene' AS ?x) {}", LC_ALL="C", PYTHONUTF8="0", HOME="/nonexistent")
    assert "carotene" in out


def test_a_view_goes_to_standard_output(run, place):
    out, _ = run("view", "dehydration", "--depth", "1", "-o", "-")
    assert out.startswith("<!DOCTYPE html>")
    assert not (place / "-").exists()


def test_a_closed_stream_is_no_traceback(place):
    command = f"{sys.executable} -m kg term iron"
    for closed in ("<&-", ">&-", "2>&-"):
        done = subprocess.run(
            f"{command} {closed}",
            shell=True,
            check=False,
            capture_output=True,
            text=True,
            cwd=place,
            env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "KG_CACHE": str(place / "cache")},
        )
        assert done.returncode == 0
        assert "Traceback" not in done.stderr


def test_a_table_leaves_out_the_columns_that_a_narrow_terminal_has_no_room_for(run):
    out, err = run("query", "foods_richest_in", "--limit", "2", "--format", "table", COLUMNS="60")
    lines = out.splitlines()
    assert max(map(len, lines)) <= 60
    assert next(line for line in lines if "food" in line).split()[:4] == ["food", "portion", "portion", "unit"]
    assert "(2 rows; " in err
    assert "too narrow for upper_limit, " in err
    assert "which --format csv has)" in err


def test_a_service_that_is_not_there_is_told(run):
    _, err = run("query", "-e", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", status=3)
    assert err.startswith("kg: the query could not be run: ")


def test_version_is_that_of_the_package_and_of_the_data(run):
    import kg
    from kg import locations

    assert run("--version")[0] == f"kg {kg.__version__} (data {locations.content_hash()[:12]})\n"


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        ("--quiet --version", 0, "kg {} (data "),
        ("-V --provenance --format=json", 0, "kg {} (data "),
        ("--source {own} --version", 0, "kg {} (data "),
        ("--version --source {own}/data/small.ttl", 0, "kg {}\n"),
        ("--version --source", 2, ""),
        ("--version --unknown", 2, ""),
        ("--version=2", 2, ""),
    ],
)
def test_the_version_is_told_among_options_of_every_command(repository, capsys, words, status, told):
    import kg
    from kg import cli, locations

    assert cli.main(words.format(own=repository).split()) == status
    out = capsys.readouterr().out
    assert out.startswith(told.format(kg.__version__))
    assert out.count("\n") == (status == 0)
    if words == "--source {own} --version":
        assert locations.content_hash(str(repository))[:12] in out


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["--version"], ["queries"], ["completion", "bash"]])
def test_what_could_not_be_written_is_no_success(words):
    with open("/dev/full", "w") as full:
        done = subprocess.run([sys.executable, "-m", "kg", *words], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (3, "kg: output: No space left on device\n")


@pytest.mark.parametrize(
    ("arguments", "unwanted"),
    [
        (["--version"], ["argparse", "pyoxigraph", "re"]),
        (
            ["query", "foods_richest_in"],
            ["argparse", "rdflib", "networkx", "pyvis", "SPARQLWrapper", "kg.build.store", "re", "enum"],
        ),
        (["paths", "dehydration", "cramps"], ["rdflib", "networkx", "pyvis", "SPARQLWrapper", "dataclasses", "csv", "json"]),
        (
            ["explain", "fatigue", "paresthesia", "--context", "vegan diet"],
            ["rdflib", "networkx", "pyvis", "SPARQLWrapper", "dataclasses", "csv", "json", "difflib"],
        ),
        (["correct", "--for", "night blindness"], ["rdflib", "networkx", "pyvis", "SPARQLWrapper", "dataclasses", "json"]),
        (["term", "fatigue"], ["rdflib", "networkx", "pyvis", "SPARQLWrapper", "kg.causal.model"]),
        (["view", "dehydration", "--depth", "1"], ["rdflib", "SPARQLWrapper"]),
    ],
)
def test_no_command_imports_what_it_does_not_use(run, place, arguments, unwanted):
    run("query", "statements")  # the store is there, as it is at any call but the first
    code = f"import sys; sys.stdout = open({os.devnull!r}, 'w'); from kg.cli import main; main({arguments!r}); sys.stderr.write(' '.join(sys.modules))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "KG_CACHE": str(place / "cache")}
    done = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={**environment, "PYTHONPATH": os.pathsep.join([environment["PYTHONPATH"], *sys.path])},
        capture_output=True,
        check=False,
        text=True,
        cwd=place,
    )
    assert [name for name in unwanted if name in done.stderr.split()] == []
