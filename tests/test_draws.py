"""Draws of evidence lines: the same seed gives the same lines, and a draw's verdicts give its precision."""

from pathlib import Path

import pytest

from kg.build.draws import COLUMNS, Precision, draw, tally, wilson
from kg.errors import DataError

LINES = [f"line-{number:03}" for number in range(40)]
DRAWS = Path(__file__).parents[1] / "data" / "verification" / "draws"


def row(line: str, verdict: str = "supports", fault: str = "", done: str = "") -> dict[str, str]:
    told = dict.fromkeys(COLUMNS, "") | {"number": "1", "line": line, "reader": "a reader", "on": "2026-11-29"}
    return told | {"verdict": verdict, "fault": fault, "done": done}


def written(folder: Path, *rows: dict[str, str]) -> str:
    path = folder / "draw.tsv"
    lines = ["# seed 1", "\t".join(COLUMNS), *("\t".join(told[name] for name in COLUMNS) for told in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_seed_draws_the_same_lines_whatever_their_order():
    first = draw(LINES, seed=7, number=5)
    assert first == draw(reversed(LINES), seed=7, number=5) == draw(LINES * 2, seed=7, number=5)
    assert (len(set(first)), first != draw(LINES, seed=8, number=5)) == (5, True)


def test_lines_read_before_are_not_drawn_and_a_small_pool_is_drawn_whole():
    assert set(draw(LINES, seed=7, number=50, without=LINES[:30])) == set(LINES[30:])
    assert draw([], seed=7, number=3) == []


@pytest.mark.parametrize(
    ("hits", "of", "limits"),
    [(59, 70, (0.740, 0.910)), (0, 10, (0.0, 0.278)), (10, 10, (0.722, 1.0)), (0, 0, (0.0, 1.0))],
)
def test_wilsons_interval(hits, of, limits):
    assert tuple(round(limit, 3) for limit in wilson(hits, of)) == limits


def test_lines_without_a_text_are_not_in_the_precision(tmp_path):
    told = tally(
        written(
            tmp_path,
            row("a"),
            row("b", "notFound"),
            row("c", "partly", "a neighbour of the state", "indirect"),
            row("d", "doesNot", "only one end", "removed"),
        )
    )
    assert told == Precision(drawn=4, supports=1, partly=1, does_not=1, contradicts=0, not_found=1)
    assert (told.read, round(told.as_written()[0], 3)) == (3, 0.333)


WRONG = {
    "an unknown verdict": ([row("a", "yes")], "verdict holds 'yes'; use one of"),
    "an unknown mend": ([row("a", done="deleted")], "done holds 'deleted'; use one of"),
    "a fault that is not told": ([row("a", "partly", done="removed")], "fault or done is empty; say what is wrong"),
    "a fault that nobody mended": ([row("a", "doesNot", "only one end")], "fault or done is empty; say what is wrong"),
    "a line drawn twice": ([row("a"), row("a")], "line names a twice; a line is drawn once"),
    "no line": ([row("")], "line is empty; fill it in or delete the row"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_row_that_cannot_be_is_one_line(tmp_path, name):
    rows, complaint = WRONG[name]
    with pytest.raises(DataError) as caught:
        tally(written(tmp_path, *rows))
    assert (complaint in str(caught.value), str(caught.value).count("\n")) == (True, 0)


@pytest.mark.parametrize("path", sorted(DRAWS.glob("*.tsv")), ids=lambda path: path.stem)
def test_every_draw_kept_names_its_seed_and_can_be_counted(path):
    assert path.read_text(encoding="utf-8").startswith("# seed ")
    told = tally(str(path))
    assert told.drawn == int(path.stem.rpartition("-")[2]) >= told.read > 0
