"""What a server says when it refuses, in words for whoever asked."""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from urllib.error import HTTPError


def way_in(refusal: HTTPError, sent: bool) -> str:
    """What lets one in where a server asks who asks; ``sent`` where a user and password, or a token, were given in vain."""
    header = "Proxy-Authenticate" if refusal.code == 407 else "WWW-Authenticate"
    asked = re.findall(r"(?:^|,)\s*([A-Za-z][\w-]*)(?=\s+[^\s=,]|\s*(?:,|$))", ",".join(refusal.headers.get_all(header) or ()))
    if asked and not {one.lower() for one in asked} & {"basic", "bearer"}:
        return (
            f" and asks for {', '.join(asked)}; kg can give a user and password (Basic) or a token (Bearer), so ask its keeper"
        )
    if sent:
        return " to the user and password, or the token, that were sent; correct them"
    return "; set KG_USER and KG_PASSWORD, or KG_TOKEN, to what it asks for"


def detail(words: str) -> str:
    """What a refusal by RFC 9457 (``application/problem+json``) says in its ``detail``; nothing where it is none."""
    found = re.search(r'"detail": ?"((?:[^"\\]|\\.)*)"', words)
    return " ".join(found[1].replace("\\", "").split()) if found else ""


def plain(words: str) -> str:
    """The first words of an answer, without its markup."""
    title = re.search(r"<title>(.*?)</title>", words, re.DOTALL | re.IGNORECASE)
    bare = re.sub(r"<(?:style|script).*?</(?:style|script)>|<[^>]*>", " ", words, flags=re.DOTALL | re.IGNORECASE)
    text = " ".join(bare.split()) if not title else " ".join(f"{title[1]} {bare.replace(title[1], ' ', 1)}".split())
    return text[:200]


def printable(words: str) -> str:
    """Foreign words on one line, with what steers a terminal shown by its code point."""
    return "".join(letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in " ".join(words.split()))
