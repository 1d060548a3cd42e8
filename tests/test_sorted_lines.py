"""Lines that are sorted in pieces are those that are sorted at once."""

import random
import tempfile

import pytest

from kg.rdf import sorted_lines
from kg.rdf.sorted_lines import sort_pieces


def sorted_of(content: bytes) -> tuple[list[bytes], int]:
    """The lines in order, and in how many pieces they came."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed by what reads it
    file.write(content)
    pieces = list(sort_pieces(file))
    assert file.closed
    return [line for piece in pieces for line in piece], len(pieces)


@pytest.mark.parametrize(
    ("content", "pieces"),
    [
        (b"", 1),
        (b"b\na\n", 1),
        (b"b\na\n" * 50, 3),
        (b"same\n" * 40, 3),
        ("".join(f"{n % 7}-é-{n}\n" for n in range(300)).encode(), 26),
        (b"short\n" + b"long" * 60 + b"\nend\n", 3),
        (b"".join(b"%d\n" % n for n in range(9000)), 200),
    ],
    ids=["nothing", "a few", "some twice", "all alike", "other letters", "a long line", "more parts than may be open"],
)
def test_the_pieces_follow_each_other_in_order(content, pieces, monkeypatch):
    monkeypatch.setattr(sorted_lines, "PIECE", 100)
    assert sorted_of(content) == (sorted(content.splitlines(True)), pieces)


def test_random_lines_come_in_the_order_of_their_bytes(monkeypatch):
    monkeypatch.setattr(sorted_lines, "PIECE", 512)
    draw = random.Random(1)
    lines = [draw.randbytes(draw.randrange(40)).replace(b"\n", b"") + b"\n" for _ in range(500)]
    assert sorted_of(b"".join(lines))[0] == sorted(lines)
