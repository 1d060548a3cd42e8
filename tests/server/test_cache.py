"""What the server keeps of its answers, and for how much."""

import pytest

from kg.server.http.cache import Cache, Kept

pytestmark = pytest.mark.slow

KILOBYTE = 1024


def kept(size: int) -> Kept:
    return Kept(200, [(b"content-type", b"text/csv"), (b"etag", b'"x"')], b"." * size, '"x"')


def test_the_answers_wanted_last_stay():
    cache = Cache(100 * KILOBYTE)
    for number in range(20):
        cache.put(number, kept(9 * KILOBYTE), 0)  # ten with what they take beside
        cache.get(0)
    assert [number for number in range(20) if cache.get(number)] == [0, *range(11, 20)]


def test_what_is_dropped_is_counted_as_it_was_when_it_was_kept():
    cache = Cache(100 * KILOBYTE)
    for number in range(10_000):
        cache.put(number, kept(100), 900)  # small answers to long questions
    assert 45 <= len([number for number in range(10_000) if cache.get(number)]) <= 50
    assert cache.held <= cache.size


def test_one_answer_never_drives_out_most_others():
    cache = Cache(100 * KILOBYTE)
    cache.put("large", kept(13 * KILOBYTE), 0)
    assert cache.get("large") is None


@pytest.mark.parametrize(
    ("if_none_match", "status"), [("", 200), ('"x"', 304), ('W/"x"', 304), ('"y", "x"', 304), ("*", 304), ('"y"', 200)]
)
def test_what_a_client_holds_is_not_sent_again(if_none_match, status):
    found, headers, body = kept(3).since(if_none_match)
    assert (found, (b"etag", b'"x"') in headers, body) == (status, True, b"..." if status == 200 else b"")


def test_what_changes_each_time_is_always_sent():
    assert Kept(200, [], b"1").since("*") == (200, [], b"1")
