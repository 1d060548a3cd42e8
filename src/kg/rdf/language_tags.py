"""Tags of languages (BCP 47): whether one exists, and which of several fits a reader best."""

from __future__ import annotations

import re
from functools import cache

from kg.rdf import word_tables

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: The language in which every term has its label and definition.
ENGLISH = "en"
_PARTS = re.compile(r"[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8})*")


def fault(tag: str) -> str:
    """What is wrong with a tag, as words that follow it; empty where it is one of the registry.

    >>> fault("de"), fault("de-AT"), fault("sr-Latn"), fault("yue")
    ('', '', '', '')
    >>> fault("german")
    'is not a language of the registry; did you mean de?'
    >>> fault("de_AT")
    'is not a tag of a language; write de-AT'
    """
    if not _PARTS.fullmatch(tag):
        written = tag.replace("_", "-")
        return "is not a tag of a language; write " + (written if _PARTS.fullmatch(written) else "one such as de or pt-BR")
    language, *rest = tag.split("-")
    if language.lower() not in _registry()["language"]:
        near = _meant(language)
        return f"is not a language of the registry; {f'did you mean {near}?' if near else 'write one such as de or pt-BR'}"
    sort = 0
    for part in rest:
        if len(part) == 1:
            return ""  # what follows is an extension, or for private use
        at = next((at for at, one in enumerate(_ORDER) if at >= sort and part.lower() in _registry()[one]), None)
        if at is None or (at == sort - 1 and _ORDER[at] != "variant"):
            return f"holds {part!r}, which is not a script, region or variant of the registry in that place; write {language}"
        sort = at if _ORDER[at] == "variant" else at + 1
    return ""


#: What may follow the language, in this order.
_ORDER = ("script", "region", "variant")


#: Chinese as it is written in a region, where a reader names the region alone.
_WRITTEN = {"zh-tw": "zh-hant", "zh-hk": "zh-hant", "zh-mo": "zh-hant", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}


def canonical(tag: str) -> str:
    """A tag in the letters that are usual (BCP 47, 2.1.1), so that one language has one table.

    >>> canonical("DE"), canonical("pt-br"), canonical("ZH-hant-tw")
    ('de', 'pt-BR', 'zh-Hant-TW')
    """
    language, *rest = tag.lower().split("-")
    usual = {2: str.upper, 4: str.title}
    open_ = [len(one) == 1 for one in (language, *rest)]  # what follows a single letter stays small
    return "-".join(
        [language, *(one if any(open_[: at + 1]) else usual.get(len(one), str)(one) for at, one in enumerate(rest))]
    )


def fitting(wanted: str, available: Iterable[str]) -> str:
    """The tag among ``available`` that comes closest to the wanted one (RFC 4647, lookup); empty where none does.

    >>> fitting("de-AT", ["en", "de"]), fitting("DE", ["de"]), fitting("de", ["de-CH"]), fitting("sw", ["de"])
    ('de', 'de', 'de-CH', '')
    >>> fitting("zh-TW", ["zh", "zh-Hant"]), fitting("zh-TW", ["zh"])
    ('zh-Hant', 'zh')
    """
    known = {tag.lower(): tag for tag in sorted(available)}
    if wanted.lower() not in known and _WRITTEN.get(wanted.lower()) in known:
        return known[_WRITTEN[wanted.lower()]]
    parts = wanted.lower().split("-")
    while parts:
        if "-".join(parts) in known:
            return known["-".join(parts)]
        parts.pop()
        if parts and len(parts[-1]) == 1:
            parts.pop()
    language = wanted.lower().partition("-")[0]  # of another region is better than of another language
    return next((tag for low, tag in known.items() if low.partition("-")[0] == language), "")


def name_of(tag: str) -> str:
    """The English name of a language, or its tag where it has none of two letters.

    >>> name_of("de"), name_of("pt-BR"), name_of("yue")
    ('German', 'Portuguese (pt-BR)', 'yue')
    """
    name = _names().get(tag.lower().partition("-")[0], "")
    return f"{name} ({tag})" if name and "-" in tag else name or tag


def _meant(word: str) -> str:
    wanted = word.casefold()
    return next((tag for tag, name in _names().items() if wanted in (name.casefold(), *name.casefold().split())), "")


@cache
def _rows() -> list[list[str]]:
    return word_tables.read("words/languages.tsv")


@cache
def _registry() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for kind, subtags, _ in _rows():
        found.setdefault(kind, set()).update(subtags.lower().split())
    return {kind: frozenset(subtags) for kind, subtags in found.items()}


@cache
def _names() -> dict[str, str]:
    return {subtags: name for _, subtags, name in _rows() if name}
