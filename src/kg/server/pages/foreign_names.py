"""Names in another language in the text of an English page: each bears its language, so that it is read out and laid out as it should."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from html import escape

_TAG = re.compile(r"(<[^<>]*>)")
_WORD = re.compile(r"\w+")
#: Elements whose text is no text of the page, or holds no other element.
_CLOSED = re.compile(r"<(script|style|title|textarea|option|svg|code|pre)\b")


class Names:
    """Names with the tag of their language.

    >>> Names({"Durst": "de"}).mark("<p>Draw its routes to Durst, or Durstfieber.</p>")
    '<p>Draw its routes to <bdi lang="de">Durst</bdi>, or Durstfieber.</p>'
    """

    def __init__(self, tags: Mapping[str, str]) -> None:
        self._by_word: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for name in sorted(tags, key=len, reverse=True):
            first = _WORD.match(escape(name))
            if first:
                self._by_word[first[0]].append((escape(name), tags[name]))

    def mark(self, html: str) -> str:
        """The page with an element around each name in its text; what says its language already is left."""
        return "".join(self._parts(html)) if self._by_word else html

    def _parts(self, html: str) -> Iterator[str]:
        closed = ""
        before = ""
        for at, part in enumerate(_TAG.split(html)):
            if at % 2 == 0:
                yield part if closed or " lang=" in before or not part.strip() else self._marked(part)
                continue
            if closed:
                closed = "" if part.startswith(f"</{closed}") else closed
            elif found := _CLOSED.match(part):
                closed = found[1]
            before = part
            yield part

    def _marked(self, text: str) -> str:
        found: list[str] = []
        done = 0
        for word in _WORD.finditer(text):
            start = word.start()
            if start < done or word[0] not in self._by_word:
                continue
            for name, tag in self._by_word[word[0]]:
                end = start + len(name)
                if text.startswith(name, start) and not (text[end : end + 1].isalnum()):
                    found += [text[done:start], f'<bdi lang="{escape(tag)}">{name}</bdi>']
                    done = end
                    break
        return "".join([*found, text[done:]]) if found else text
