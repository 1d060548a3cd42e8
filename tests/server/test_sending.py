"""What goes out where clients are slow or no worker could answer: the applications alone, with a pool that is made up."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest

from kg.server.http.cache import Cache
from kg.server.http.limits import Limits
from kg.server.http.messages import SLICE
from kg.server.http.problem_details import Problem
from kg.server.pages.asgi import Visits
from kg.server.sparql.endpoint import Endpoint
from kg.server.sparql.service_description import Service

pytestmark = pytest.mark.slow

LIMITS = Limits(sending=10 * SLICE)
SERVICE = Service({"version": "1", "all": 1, "triples": 1, "graphs": {}}, LIMITS, "", built_in=False)


def run(scene):
    """What a coroutine gives, in a thread: in this one the browser of other tests may have a loop."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(scene())).result()


class Large:
    """A pool whose answers have six pieces."""

    def ask(self, message, then):
        then(b"200\ttext/csv\t0\t\n" + b"." * (6 * SLICE))


class Failing:
    async def reply(self, message):
        raise Problem(503, "the query ran longer than 10 s <and> was ended")


def scope(path: str, query: bytes = b"", accept: bytes = b"*/*"):
    headers = [(b"host", b"127.0.0.1"), (b"accept", accept)]
    return {"type": "http", "method": "GET", "scheme": "http", "path": path, "query_string": query, "headers": headers}


class Client:
    """Takes an answer in, from when it may."""

    def __init__(self, app, asked, ready: bool = True):
        self.app, self.asked = app, asked
        self.ready, self.pieces, self.status, self.headers = asyncio.Event(), [], 0, {}
        if ready:
            self.ready.set()

    async def get(self):
        async def sent(message):
            await self.ready.wait()
            if message["type"] == "http.response.start":
                self.status, self.headers = message["status"], dict(message["headers"])
            else:
                self.pieces.append(message.get("body", b""))

        await self.app(self.asked, None, sent)
        return self


def test_a_large_answer_goes_out_in_pieces_and_what_slow_clients_hold_is_bounded():
    async def scene():
        endpoint = Endpoint(Large(), Cache(0), SERVICE, LIMITS, "")
        asked = scope("/sparql", b"query=ASK%7B%7D")
        slow = Client(endpoint, asked, ready=False)
        waiting = asyncio.create_task(slow.get())
        await asyncio.sleep(0)
        refused = await Client(endpoint, asked).get()
        slow.ready.set()
        await waiting
        return slow, refused, await Client(endpoint, asked).get()

    slow, refused, later = run(scene)
    assert (refused.status, refused.headers[b"retry-after"]) == (503, b"2")
    for client in (slow, later):
        assert client.status == 200
        assert [len(piece) for piece in client.pieces] == [SLICE] * 6 + [0]
        assert client.headers[b"content-length"] == b"%d" % (6 * SLICE)


@pytest.mark.parametrize(
    ("accept", "media", "told"),
    [
        (b"text/html,*/*;q=0.8", b"text/html; charset=utf-8", b"<p>The query ran longer than 10 s &lt;and&gt; was ended.</p>"),
        (b"application/json", b"application/problem+json", b'"detail": "the query ran longer than 10 s <and> was ended"'),
    ],
)
def test_a_page_that_no_worker_made_is_told_to_people_as_a_page_and_to_programs_as_a_problem(accept, media, told):
    visits = Visits(Failing(), Cache(0), SERVICE)
    client = run(Client(visits, scope("/correct", accept=accept)).get)
    assert (client.status, client.headers[b"content-type"]) == (503, media)
    assert told in b"".join(client.pieces)
