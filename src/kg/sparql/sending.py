"""One query to an endpoint and its response: tried again where the trouble may pass, led on where the server leads, within one deadline.

SPARQLWrapper makes the request. It knows no deadline but one for each read, which a server that drips holds for ever, loses
the query on redirects, and its errors are many; so the request runs in a thread that is left behind at the deadline.
"""

from __future__ import annotations

import http.client
import time
from email.utils import parsedate_to_datetime
from http.client import HTTPMessage
from threading import Thread
from typing import IO, Any
from urllib.error import HTTPError, URLError
from urllib.parse import parse_qs, urljoin, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener, getproxies

from kg.errors import EngineError, KgError, LimitReached, QueryError, UsageError
from kg.sparql.address import Address, address, same_origin, without_passwords
from kg.sparql.refusals import detail, plain, printable, way_in

#: Answers that another try may mend, and how long to wait before each (seconds); a server's own Retry-After goes before.
PASSING = (429, 500, 502, 503, 504)
PAUSES = (0.2, 1.0)
#: Answers that tell of a wrong address, whatever words come with them.
NOT_THERE = (404, 405)
MOST_REDIRECTS = 5


class Sender:
    """Sends queries to one endpoint."""

    def __init__(self, url: str, timeout: float) -> None:
        self.address, self.timeout = address(url), timeout
        self._method = "POST"

    def response(self, text: str, accept: str, deadline: float) -> Any:
        """What the endpoint answers, its body unread.

        Raises:
            QueryError, LimitReached, EngineError: refused, too late, or failed; one line.
        """
        for pause in (*PAUSES, None):
            try:
                return self._ask(text, accept, deadline)
            except _Passing as trouble:
                wait = pause if trouble.wait is None else trouble.wait
                if pause is None or wait is None or time.monotonic() + wait >= deadline:
                    asks = f", and asks to wait {trouble.wait:,.0f} s" if trouble.wait else ""
                    raise self.failure(f"{trouble}{asks}; try again later or ask its keeper") from None
                time.sleep(wait)
        raise AssertionError

    def failure(self, words: str) -> EngineError:
        """An error of this endpoint."""
        return EngineError(f"{self.address.shown}: {printable(without_passwords(self.address.hide(words)))}")

    def late(self) -> LimitReached:
        """The error where time ran out."""
        return LimitReached(f"{self.address.shown}: no answer within {self.timeout:g} s; raise --timeout or narrow the query")

    def _ask(self, text: str, accept: str, deadline: float) -> Any:
        """One try, left behind at the deadline."""
        outcome: list[Any] = []

        def ask() -> None:
            try:
                outcome.append(self._follow(text, accept, deadline))
            except Exception as error:  # noqa: BLE001 (whatever it is, it is told in the thread that waits)
                outcome.append(error)

        thread = Thread(target=ask, daemon=True)
        thread.start()
        thread.join(max(0.0, deadline - time.monotonic()))
        if not outcome:
            raise self.late()
        if isinstance(outcome[0], KgError | _Passing):
            raise outcome[0]
        if isinstance(outcome[0], Exception):
            raise self._describe(outcome[0]) from None
        return outcome[0]

    def _follow(self, text: str, accept: str, deadline: float) -> Any:
        """The response at the end of the redirects; the query goes along, what lets one in stays with its server."""
        where, body = self.address, True
        for _ in range(MOST_REDIRECTS + 1):
            try:
                return self._sent(where, text, accept, deadline) if body else self._see_other(where, text, accept, deadline)
            except _Redirect as redirect:
                led = self._lead(where, redirect.location)
                kept = self.address.authorization if same_origin(self.address.url, led.url) else ""
                where, body = Address(led.url, led.shown, self.address.graphs, kept), redirect.code != 303
            except KgError as error:
                if where is self.address or where.shown in str(error):
                    raise
                raise type(error)(f"{error} (at {where.shown}, where it leads on to)") from None
        raise self.failure(f"leads on more than {MOST_REDIRECTS} times; check the address or ask its keeper")

    def _see_other(self, where: Address, text: str, accept: str, deadline: float) -> Any:
        """What stands where a 303 leads: an endpoint, which describes itself if it is not asked, or the answer."""
        if "query" in parse_qs(urlsplit(where.url).query):
            return self._sent(where, "", accept, deadline)
        try:
            return self._sent(where, text, accept, deadline, "GET")
        except (QueryError, EngineError) as refused:
            try:
                return self._sent(where, "", accept, deadline)
            except (QueryError, EngineError):
                raise refused from None

    def _lead(self, where: Address, location: str) -> Address:
        """The address that a redirect leads on to; one that is none, or is no safer, is not followed."""
        try:
            there = urljoin(where.url, location)
            led = address(there, led=True) if urlsplit(there).scheme in ("http", "https") else None
        except UsageError:
            raise self.failure(f"leads on to {location}, an update, which is not sent; ask its keeper") from None
        except (ValueError, EngineError):
            raise self.failure(f"leads on to {location}, which is not a valid address; ask its operator") from None
        if led is None or (where.url.startswith("https:") and there.startswith("http:")):
            raise self.failure(f"leads on to {there}, which is not followed; name that address if it is meant")
        return led

    def _sent(self, where: Address, text: str, accept: str, deadline: float, method: str = "") -> Any:
        method = method or self._method
        request = _request(where, text, method)
        request.add_header("Accept", accept)
        request.add_header("Accept-encoding", "gzip, deflate")
        if where.authorization:
            request.add_unredirected_header("Authorization", where.authorization)
        try:
            return build_opener(_NoRedirects).open(request, timeout=max(1.0, deadline - time.monotonic()))
        except HTTPError as error:
            if error.code in (301, 302, 303, 307, 308) and error.headers.get("Location"):
                raise _Redirect(error.code, error.headers["Location"]) from None
            if error.code in (405, 501) and method == "POST":
                self._method = "GET"
                return self._sent(where, text, accept, deadline)
            raise self._refuse(error) from None

    def _refuse(self, error: HTTPError) -> Exception:
        words = f"answered {error.code} {error.reason}"
        try:
            said = self.address.hide(error.read(4000).decode("utf-8", "replace"))
        except (OSError, http.client.HTTPException):
            said = ""
        if error.code == 400:
            return QueryError(f"{self.address.shown}: the query was refused: {printable(detail(said) or plain(said))}")
        if error.code in (401, 407):
            return self.failure(f"{words}{way_in(error, bool(self.address.authorization))}")
        if error.code in PASSING:
            return _Passing(
                f"failed: {plain(said)}" if error.code == 500 else words, _seconds(error.headers.get("Retry-After"))
            )
        told = "" if error.code in NOT_THERE else detail(said)
        return self.failure(f"{words}; {told or 'check the address or ask its keeper'}")

    def _describe(self, error: Exception) -> KgError:
        """What the libraries raise, in one line."""
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return self.late()
        if isinstance(error, http.client.HTTPException):
            return self.failure(f"what answers speaks no proper HTTP ({type(error).__name__}); check the address and the port")
        if isinstance(error, URLError | OSError):
            words = getattr(reason, "strerror", None) or str(reason)
            proxy = getproxies().get(urlsplit(self.address.url).scheme)
            through = f", and the proxy {proxy} that the environment names" if proxy else ""
            return self.failure(f"{words}; check the address and that the server runs{through}")
        return self.failure(f"{type(error).__name__}: {error}; check the address")


class _NoRedirects(HTTPRedirectHandler):
    """Follows none: urllib's own way turns a POST into a GET without the query, and fails at an address that is none."""

    def http_error_302(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> None:
        """Leave the answer as it came."""

    http_error_301 = http_error_303 = http_error_307 = http_error_308 = http_error_302


class _Redirect(Exception):
    def __init__(self, code: int, location: str) -> None:
        super().__init__(location)
        self.code, self.location = code, location


class _Passing(Exception):
    """A trouble that may pass; ``wait`` is how many seconds the server asks for."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        super().__init__(message)
        self.wait = wait


def _request(where: Address, text: str, method: str) -> Any:
    """The request for a query; without one, for what an address names."""
    from SPARQLWrapper import SPARQLWrapper

    class Query(SPARQLWrapper):
        def isSparqlUpdateRequest(self) -> bool:  # guessed from the words of the text, those of its comments included
            return False

    if not text:
        return Request(where.url)
    base, _, query = where.url.partition("?")
    wrapper = Query(where.url if method == "POST" else base)
    for graph in where.graphs:
        wrapper.addDefaultGraph(graph)
    wrapper.setMethod(method)
    wrapper.setOnlyConneg(True)
    wrapper.setQuery(text)
    request = wrapper._createRequest()
    if method == "GET" and query:
        request.full_url += "&" + query
    return request


def _seconds(words: str | None) -> float | None:
    """How long a Retry-After asks to wait, which names seconds or a date."""
    if not words:
        return None
    if words.strip().isdigit():
        return float(words)
    try:
        return max(0.0, parsedate_to_datetime(words).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
