"""The address of an endpoint: looked at before anything is sent, shown without its password, and what is needed to be let in."""

from __future__ import annotations

import base64
import json
import os
import re
from html import escape
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from kg.errors import EngineError, UsageError


class Address(NamedTuple):
    """An endpoint: the address to ask, how it is shown, the graphs that are asked, and the header that lets one in."""

    url: str
    shown: str
    graphs: list[str]
    authorization: str

    def hide(self, words: str) -> str:
        """Words of a server without what lets one in, which it may repeat: the header, the token, the password in any spelling."""
        kind, _, value = self.authorization.partition(" ")
        pair = base64.b64decode(value).decode() if kind == "Basic" else ""
        password = pair.partition(":")[2]
        spelled = (pair, value, password, quote(password, safe=""), json.dumps(password)[1:-1], escape(password))
        for secret in spelled:
            words = words.replace(secret, "***") if len(secret) > 2 else words  # of two letters any word may consist
        return words


def address(url: str, led: bool = False) -> Address:
    """Read an address.

    A user and a password may stand in it, in ``KG_USER`` and ``KG_PASSWORD``, a token in ``KG_TOKEN``, or both in ``~/.netrc``.

    Parameters:
        led: a server leads on to it, which may have put the query into it.

    Raises:
        EngineError: it is none, with what is wrong about it.
        UsageError: whoever asks it would change the graph there, or ask a query that stands in it.
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        bare = parts.netloc.rpartition("@")[2].encode("idna").decode() if host.isascii() else _international(host, parts.port)
    except (ValueError, UnicodeError) as error:
        raise EngineError(f"{_mask(url)}: not a valid address ({_reason(error)}); write it as https://host/path") from None
    wrong = next((letter for letter in url if letter.isspace() or not letter.isprintable()), "")
    if wrong or not host or ".." in host:
        what = f"it contains U+{ord(wrong):04X}" if wrong else "it names no host" if not host else "its host has an empty part"
        raise EngineError(f"{_mask(url)}: not a valid address ({what}); write it as https://host/path")
    given = parse_qsl(parts.query, keep_blank_values=True)
    if any(name == "update" for name, _ in given):  # the protocol's own word for a text that changes a graph
        raise UsageError(f"{_mask(url)}: the address holds an update, and kg only reads; leave out update=")
    if not led and any(name == "query" for name, _ in given):  # of two queries an engine answers which it likes
        raise UsageError(f"{_mask(url)}: the address holds a query of its own; leave out query=")
    graphs = [value for name, value in given if name == "default-graph-uri"]
    query = urlencode([(name, value) for name, value in given if name != "default-graph-uri"])
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    whole = urlunsplit((parts.scheme.lower(), bare, path, query, ""))
    shown = urlunsplit((parts.scheme, f"***@{bare}" if "@" in parts.netloc else bare, parts.path, parts.query, ""))
    return Address(whole, shown, graphs, _authorization(host, parts.username, parts.password))


def same_origin(one: str, other: str) -> bool:
    """Whether two addresses are of one server, which may see the same credentials."""
    first, second = urlsplit(one), urlsplit(other)
    return (first.scheme, first.netloc.rpartition("@")[2]) == (second.scheme, second.netloc.rpartition("@")[2])


def _international(host: str, port: int | None) -> str:
    return host.encode("idna").decode() + (f":{port}" if port else "")


def _mask(url: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in without_passwords(url))


def without_passwords(text: str) -> str:
    """A text with ``***`` for the user and the password of each address in it; a password may hold any letter but a blank.

    >>> without_passwords("https://me:s/e@c@host/sparql and http://host/a@b")
    'https://***@host/sparql and http://host/a@b'
    """
    return re.sub(r"\b([a-z][a-z0-9+.-]*://)(?:[^\s/@]*|[^\s/@:]*:(?!\d+/)[^\s]*)@", r"\1***@", text, flags=re.IGNORECASE)


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    return (
        "its host is none"
        if isinstance(error, UnicodeError)
        else "its port is not a number"
        if "ort" in words
        else words.lower()
    )


def _authorization(host: str, user: str | None, password: str | None) -> str:
    if user is not None:
        return _basic(unquote(user), unquote(password or ""))
    if os.environ.get("KG_TOKEN"):
        return _header(f"Bearer {os.environ['KG_TOKEN'].strip()}")
    if os.environ.get("KG_USER"):
        return _basic(os.environ["KG_USER"], os.environ.get("KG_PASSWORD", ""))
    import netrc

    path = os.environ.get("NETRC") or os.path.expanduser("~/.netrc")
    try:
        found = netrc.netrc(path).authenticators(host)
    except FileNotFoundError:
        return ""
    except (OSError, netrc.NetrcParseError, UnicodeError):
        raise EngineError(f"{path} cannot be read; correct it, or set KG_USER and KG_PASSWORD") from None
    return _basic(found[0] or "", found[2] or "") if found else ""


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def _header(value: str) -> str:
    if not (value.isascii() and value.isprintable()):
        raise EngineError("KG_TOKEN contains characters that are not allowed in a header; set it again")
    return value
