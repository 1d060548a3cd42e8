"""Who makes a record and when: from one's own settings or git's, and never invented.

``KG_CREATOR`` goes first (an ORCID or a name; empty for no credit), then ``git config kg.orcid``, ``kg.creator`` and ``user.name``;
the tool, where one made the record, is ``KG_TOOL`` or ``git config kg.tool``.
"""

from __future__ import annotations

import datetime
import os
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
