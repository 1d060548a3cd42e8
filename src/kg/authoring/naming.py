"""Names of new records: local names from words in any script, and identifiers in their one spelling."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable
from urllib.parse import quote, unquote

from kg.build.cells import UNSEEN
from kg.errors import UsageError
from kg.grounding.normalize import fold, plain

_LATIN = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ŋ": "ng"}
_SIGNS = {"%": " percent ", "&": " and ", "<": " below ", ">": " above ", "=": " equals "}
_SCRIPTS = re.compile(r"(?:LETTER|SYLLABLE|SIGN|MARK|DIGIT|LIGATURE|POINT) (?:SMALL |FINAL |WITH )*(.+)$|IDEOGRAPH-(.+)$")
_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:?\s*)?(10\.[0-9]{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(
    r"(?:https?://(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pubmed)/|(?:pmid|pubmed):?\s*)([0-9]+)/?",
    re.IGNORECASE,
)
_PMCID = re.compile(
    r"(?:https?://(?:www\.)?(?:pmc\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov/pmc)/articles/|pmcid:?\s*|pmc:?\s*(?=pmc))?"
    r"(PMC[0-9]+)/?",
    re.IGNORECASE,
)


def refuse_unseen(words: Iterable[str]) -> None:
    """Refuse words that are to be written with a letter that nobody sees: it would be found only when the files are checked.

    Raises:
        UsageError: with the code point of the letter.
    """
    for word in words:
        letter = UNSEEN.search(word)
        if letter:
            raise UsageError(f"{word!r} contains U+{ord(letter[0]):04X}, which cannot be seen; leave it out, or write a blank")


def refuse_taken(folder: str, name: str, known: Iterable[str]) -> None:
    """Refuse the name of a query that another one bears, also in other letter case: some systems tell the two apart, some do not.

    Parameters:
        folder: where its file would be.
        known: names of the library.

    Raises:
        UsageError: with what bears it.
    """
    for there in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if there.lower() == f"{name}.rq".lower():
            raise UsageError(f"{os.path.join(folder, there)} already exists; choose another name")
    if name.lower() in map(str.lower, known):
        raise UsageError(f"{name} is a question of the library; choose another name")


def local_name(words: str, longest: int = 200) -> str:
    """Lower-case words joined by hyphens, from a label or title in any script.

    >>> local_name("Ménière's disease"), local_name("α-tocotrienol"), local_name("vitamin B₁₂"), local_name("Na+ loss")
    ('menieres-disease', 'alpha-tocotrienol', 'vitamin-b12', 'na-plus-loss')

    Raises:
        UsageError: no letter and no digit is left of it, or more than ``longest``, which no address or file should bear.
    """
    text = re.sub(r"(?<=\w)[+⁺](?=\W|$)", " plus ", words)
    text = re.sub(r"(?<=\w)[-−⁻](?=\s|$)", " minus ", text)
    text = plain("".join(_SIGNS.get(letter, letter) for letter in text)).lower()
    name = "-".join("".join(map(_spell, text)).split())
    if len(name) > longest:
        raise UsageError(
            f"{words[:60]!r}...: the name made from it has {len(name)} letters; shorten it, or give a name with --name"
        )
    if not name:
        raise UsageError(f"{words!r}: no name can be made from it; use words with letters, or a name with --name")
    return name


def _spell(letter: str) -> str:
    if letter.isascii():
        return letter if letter.isalnum() else "" if letter in "'`" else " "
    if letter in _LATIN:
        return _LATIN[letter]
    kind = unicodedata.category(letter)
    if kind in ("Cf", "Sk") or letter in "’ʼ":
        return ""
    if kind[0] not in "LNM":
        return " "
    if "α" <= letter <= "ω":
        return "mu" if letter == "μ" else fold(letter)
    found = _SCRIPTS.search(unicodedata.name(letter, ""))
    spelled = re.sub("[^a-z0-9]", "", ((found[1] or "u" + found[2]) if found else f"u{ord(letter):x}").lower())
    return spelled if found and found[1] else f" {spelled} "


#: What an IRI may not contain, in whatever place.
_NOT_OF_AN_ADDRESS = re.compile(r'[\s<>"{}|\\^`]')


def address_fault(url: str) -> str:
    """How to correct the address of a source; empty where it can stand as it is.

    >>> address_fault("https://example.org/a"), address_fault("https://example.org/a b"), address_fault("example.org")
    ('', "an address contains no ' '; write %20", 'write the whole address, from https:// on')
    """
    if not url.startswith(("http://", "https://")) or not url.partition("://")[2]:
        return "write the whole address, from https:// on"
    wrong = _NOT_OF_AN_ADDRESS.search(url)
    return f"an address contains no {wrong[0]!r}; write {quote(wrong[0])}" if wrong else ""


def identifier_fault(text: str) -> str:
    """How to correct an identifier in its one spelling; empty where it can stand as it is.

    >>> identifier_fault("PMID:12"), identifier_fault("12"), identifier_fault("PMID:1 2")
    ('', 'say what kind it is, as in PMID:12', 'write it without blanks')
    """
    if " " in text:
        return "write it without blanks"
    kind, _, rest = text.partition(":")
    return "" if kind and rest else f"say what kind it is, as in PMID:{text.strip(':')}"


def identifier(text: str) -> str:
    """An identifier of a source in its one spelling: ``DOI:...``, ``PMID:...``, ``PMCID:PMC...``; any other as it is.

    >>> identifier("https://doi.org/10.1000/1"), identifier("pmid: 12"), identifier("https://pubmed.ncbi.nlm.nih.gov/12/")
    ('DOI:10.1000/1', 'PMID:12', 'PMID:12')
    """
    text = " ".join(text.split())
    if match := _DOI.fullmatch(text):
        return f"DOI:{match[1].rstrip('.,;')}"
    if match := _PMID.fullmatch(text):
        return f"PMID:{match[1].lstrip('0') or '0'}"
    if match := _PMCID.fullmatch(text):
        return f"PMCID:{match[1].upper()}"
    return text


#: What publishers put behind a DOI in the address of a page.
_BEHIND = re.compile(
    r"(?:v\d+)?(?:\.full(?:\.txt|\.pdf)?|/(?:full|abstract|html|pdf|epdf|meta|tables?|figures?|part-).*|/+[a-z]{2}|(?<=-\d\d)/[a-z][\w-]*)?$",
    re.IGNORECASE,
)
_IN_PATH = re.compile(r"(?<![0-9.])10\.[0-9]{4,9}/[^?#&\s]+")


def identifiers_of(address: str) -> list[str]:
    """The identifiers that an address tells: of PubMed, of PMC, or a DOI in its path.

    >>> identifiers_of("https://pmc.ncbi.nlm.nih.gov/articles/PMC12/?term=x"), identifiers_of("https://example.org/doi/10.1000/1/full")
    (['PMCID:PMC12'], ['DOI:10.1000/1'])
    """
    path = unquote(address)
    whole = identifier(path.partition("?")[0].partition("#")[0])
    if whole.startswith(("PMID:", "PMCID:")):
        return [whole]
    if match := re.search(r"ncbi\.nlm\.nih\.gov/(?:pmc/)?articles/(PMC[0-9]+)", path, re.IGNORECASE):
        return [f"PMCID:{match[1].upper()}"]
    if match := re.search(r"(?:^https?://)(?:www\.)?(?:pubmed\.gov|pubmed\.com|identifiers\.org/pubmed)[/:]([0-9]+)", path):
        return [f"PMID:{match[1]}"]
    found = _IN_PATH.search(path)
    return [identifier(_BEHIND.sub("", found[0].rstrip("/.,;")))] if found else []
