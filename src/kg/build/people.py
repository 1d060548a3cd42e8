"""Who made something: a person by ORCID, or a name as it is written."""

from __future__ import annotations

import re

from pyoxigraph import Literal, NamedNode

from kg.build.cells import Cells

ORCID = "https://orcid.org/"
_FORM = re.compile(r"(?:https?://(?:www\.)?orcid\.org/|orcid:\s*)?(\d{4}-?\d{4}-?\d{4}-?\d{3}[\dXx])/?", re.IGNORECASE)


def orcid_of(text: str) -> str:
    """The sixteen digits of an ORCID in their usual groups, however it is written; empty where the text is none.

    >>> orcid_of("https://orcid.org/0000-0002-1825-0097"), orcid_of("0000000218250097"), orcid_of("machine translation")
    ('0000-0002-1825-0097', '0000-0002-1825-0097', '')
    """
    found = _FORM.fullmatch(text.strip())
    if not found:
        return ""
    digits = found[1].replace("-", "").upper()
    return "-".join(digits[at : at + 4] for at in range(0, 16, 4))


def check_digit(orcid: str) -> str:
    """The last digit that an ORCID must have, by ISO 7064 (MOD 11-2).

    >>> check_digit("0000-0002-1825-0097"), check_digit("0000-0002-9079-593X")
    ('7', 'X')
    """
    total = 0
    for digit in orcid.replace("-", "")[:-1]:
        total = (total + int(digit)) * 2
    left = (12 - total % 11) % 11
    return "X" if left == 10 else str(left)


def is_orcid(text: str) -> bool:
    """Whether sixteen digits in four groups are an ORCID, by their check digit.

    >>> is_orcid("0000-0002-1825-0097"), is_orcid("0000-0002-1825-0098")
    (True, False)
    """
    return re.fullmatch(r"(\d{4}-){3}\d{3}[\dX]", text, re.ASCII) is not None and check_digit(text) == text[-1]


def fault(text: str) -> str:
    """What is wrong with the name of somebody, as words that follow it; empty where nothing is.

    >>> fault("0000-0002-1825-0097"), fault("Ada Example")
    ('', '')
    >>> fault("0000-0002-1825-0098")
    'is not an ORCID: its last digit would be 7; copy it from the page of the person'
    """
    if not text.strip():
        return "is empty; write a name or an ORCID"
    known = orcid_of(text)
    if known and check_digit(known) != known[-1]:
        return f"is not an ORCID: its last digit would be {check_digit(known)}; copy it from the page of the person"
    if not known and ("orcid.org" in text.casefold() or re.fullmatch(r"[\dXx-]{8,}", text.strip())):
        return "is not an ORCID: it has four groups of four digits; copy it from the page of the person"
    return ""


def name_person(text: str) -> Literal | NamedNode:
    """The person as an RDF term: the IRI of an ORCID, or the name."""
    known = orcid_of(text)
    return NamedNode(ORCID + known) if known else Literal(text.strip())


def agent(cells: Cells, column: str) -> Literal | NamedNode:
    """The person or program of a cell.

    Raises:
        kg.errors.DataError: an ORCID whose digits do not agree.
    """
    wrong = fault(cells.text(column))
    if wrong:
        problem, _, fix = wrong.partition("; ")
        raise cells.wrong(column, f"holds {cells.row[column]!r}, which {problem}", fix)
    return name_person(cells.row[column])
