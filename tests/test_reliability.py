"""How far the evidence was checked and how often it errs: counted, the same words everywhere."""

from pathlib import Path

import pytest

from kg.build.draws import COLUMNS, Precision
from kg.build.reliability import Draw, Reliability, draws, in_brief, in_words, of_draw, reliability
from kg.build.store import build_graph
from kg.errors import DataError
from kg.graph import Graph
from kg.rdf import void
from kg.sparql import library
from kg.sparql.embedded import Embedded
from tests.test_verify import row, written

HEAD = "# seed 7; pool 100 lines; drawn and read on 2026-11-29\n"


def drawn(repository: Path, *verdicts: str, head: str = HEAD, name: str = "first") -> None:
    """A table of a draw in which a reader found these."""
    folder = repository / "data" / "verification" / "draws"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        "\t".join([str(at), f"line-{at}", "a reader", "2026-11-29", "", verdict, *(["", ""] if verdict in ("supports", "notFound") else ["a fault", "kept"])])
        for at, verdict in enumerate(verdicts, 1)
    ]  # fmt: skip
    (folder / f"{name}.tsv").write_text(head + "\n".join(["\t".join(COLUMNS), *rows]) + "\n", encoding="utf-8")


def test_lines_are_counted_once_however_often_they_were_read(repository):
    graph = Graph(Embedded(build_graph(str(repository))))
    lines = sorted({one["line"].value.rpartition("/")[2] for one in graph.rows(library.reading("lines_read"))})
    first, second, third, *_ = lines
    written(
        repository,
        row(line=first),
        row(line=first, reader="another", verdict="partly"),
        row(line=second, reader="names-in-passage-1", verdict="named"),
        row(line=third, text="", start="", length="", hash="", verdict="notFound", ends="none"),
    )
    drawn(repository, "supports", "supports", "partly", "notFound")
    graph = Graph(Embedded(build_graph(str(repository))))
    found = reliability(graph.rows, library.reading("lines_read"), str(repository))
    precision = Precision(drawn=4, supports=2, partly=1, does_not=0, contradicts=0, not_found=1)
    assert found == Reliability(len(lines), 1, 1, (Draw("first", "7", "2026-11-29", precision),))
    assert in_words(found) == (
        "4 lines were drawn (seed 7, 2026-11-29) and 3 could be read again: 67 % say what the claim says (95 % interval 21 to 94), "
        f"1 in part, 0 not. Of {len(lines)} lines of evidence on a text 1 were held against their text by a second reader, and in 1 a program finds "
        "the names of both ends; the others were read by their author alone."
    )


def test_many_draws_are_one_sentence_on_a_page():
    one, other = (
        Draw("a", "7", "2026-11-29", Precision(12, 8, 1, 1, 0, 2)),
        Draw("b", "8", "2026-11-30", Precision(4, 2, 1, 0, 1, 0)),
    )
    readers = (
        " Of 90 lines of evidence on a text 5 were held against their text by a second reader, "
        "and in 3 a program finds the names of both ends; the others were read by their author alone."
    )
    unread = Draw("c", "9", "2026-11-30", Precision(2, 0, 0, 0, 0, 2))
    assert in_brief(Reliability(90, 5, 3, (one, other, unread))) == (
        "In 2 random draws of 16 lines 14 could be read again: 50 to 80 %, draw by draw, say what the claim says, 2 in part, 2 not."
        + readers
    )
    assert in_brief(Reliability(90, 5, 3, (one,))) == (
        "In 1 random draw of 12 lines 10 could be read again: 80 % say what the claim says, 1 in part, 1 not." + readers
    )
    assert in_brief(Reliability(90, 5, 3, (unread,))) == readers.strip()
    assert in_brief(Reliability(0, 0, 0, (one,))) == ""


def test_nothing_is_said_of_a_graph_without_evidence():
    assert in_words(Reliability(0, 0, 0, ())) == ""


def test_a_draw_of_which_nothing_was_at_hand_claims_nothing():
    told = of_draw(Draw("a", "7", "2026-11-29", Precision(2, 0, 0, 0, 0, 2)))
    assert "0 could be read again: 0 % say what the claim says (95 % interval 0 to 100)" in told


@pytest.mark.parametrize("head", ["", "# drawn on 2026-11-29\n", "# seed 7\n"])
def test_a_draw_without_its_seed_or_day_is_one_error(repository, head):
    drawn(repository, "supports", head=head)
    with pytest.raises(DataError, match=r"first\.tsv:1: the seed or the day is missing; write '# seed NUMBER; "):
        draws(str(repository))


def test_a_draw_that_was_cut_short_is_one_error(repository):
    drawn(repository, "supports", "partly")
    path = repository / "data" / "verification" / "draws" / "first.tsv"
    path.write_text(path.read_text(encoding="utf-8")[:-12], encoding="utf-8")
    with pytest.raises(DataError, match=r"first\.tsv:4: "):
        draws(str(repository))


def test_the_description_of_the_data_says_it(small):
    told = void.describe("https://example.org/#data", "1", void.statistics(small.rows), measured="80 % of 10 lines.").write(
        "ttl"
    )
    assert b'rdfs:comment "80 % of 10 lines."' in told
