"""Who makes a record and when: from one's own settings or git's, and never invented.

``KG_CREATOR`` goes first (an ORCID or a name; empty for no credit), then ``git config kg.orcid``, ``kg.creator`` and ``user.name``;
the tool, where one made the record, is ``KG_TOOL`` or ``git config kg.tool``.
"""

from __future__ import annotations

import datetime
import os
import re
import subprocess
from functools import lru_cache

from kg.authoring.written_text import quote
from kg.build.people import ORCID, fault, orcid_of
from kg.errors import UsageError


def creator() -> str:
    """An ORCID (its sixteen digits) or a name; empty where nobody said.

    Raises:
        UsageError: an ORCID whose digits do not agree.
    """
    given = os.environ.get("KG_CREATOR")
    settings = {} if given is not None else _of_git(os.getcwd())
    where, text = "KG_CREATOR", (given or "").strip()
    for name in ("kg.orcid", "kg.creator", "user.name"):
        if given is None and not text:
            where, text = f"git config {name}", settings.get(name, "").strip()
    if not text:
        return ""
    wrong = fault(text)
    if wrong or (where.endswith("orcid") and not orcid_of(text)):
        raise UsageError(f"{where}: {text!r} {wrong or 'is not an ORCID; it has four groups of four digits'}")
    return orcid_of(text) or text


def lines() -> list[str]:
    """What a new record says of who made it, as predicates and objects of Turtle; nothing where nobody said."""
    who = creator()
    if not who:
        return []
    tool = os.environ.get("KG_TOOL", _of_git(os.getcwd()).get("kg.tool", "")).strip()
    made = [f"dcterms:creator {f'<{ORCID}{who}>' if orcid_of(who) else quote(who)}"]
    made.append(f'dcterms:created "{datetime.date.today().isoformat()}"^^xsd:date')
    return [*made, *([f"kg:madeWith {quote(tool)}"] if tool else [])]


def credit_line(line: str) -> str:
    """A new line of evidence, in brackets, with who wrote it: a later line is seldom by who made the claim."""
    made = lines()
    return f"{line.removesuffix(' ]')} ; {' ; '.join(made)} ]" if made else line


#: What a record says of who made it; of several makers all are kept, of several days the first.
CREDIT = ("dcterms:creator", "dcterms:created", "kg:madeWith")
_SAID = re.compile(rf""" ; (?:{"|".join(CREDIT)}) (?:<[^>]*>|"(?:[^"\\]|\\.)*"(?:\s*\^\^\s*\S+)?)""")


def without_credit(line: str) -> str:
    """A line of evidence as it is told apart from others: two people may write down the same.

    >>> without_credit('[ kg:source source:a ; dcterms:creator "Ada" ; dcterms:created "2026-11-29"^^xsd:date ]')
    '[ kg:source source:a ]'
    """
    return _SAID.sub("", line)


def join_credit(name: str, ours: list[str], theirs: list[str]) -> list[str]:
    """The objects of a property of credit where two versions of a record become one.

    >>> join_credit("dcterms:creator", ['"Ada"'], ['"Bea"']), join_credit("dcterms:created", ['"2026-11-30"'], ['"2026-11-29"'])
    (['"Ada"', '"Bea"'], ['"2026-11-29"'])
    """
    both = list(dict.fromkeys([*ours, *theirs]))
    return [min(both)] if name == "dcterms:created" else both


@lru_cache(maxsize=4)
def _of_git(folder: str) -> dict[str, str]:
    """The settings of git that apply in a folder; none where git is not there."""
    command = ["git", "config", "--get-regexp", r"^(kg\.(orcid|creator|tool)|user\.name)$"]
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    pairs = (line.partition(" ") for line in done.stdout.splitlines())
    return {name: value for name, _, value in pairs}
