"""Questions that name a relation by its label ("what encodes the transporter"), for relations that no pattern knows."""

from __future__ import annotations

import re

from kg.errors import UnknownName, UsageError
from kg.sparql.library import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.grounding.resolve import Asked

_WHO = r"(?:what|who|which(?: \w+){1,3}?)"


def ask_relation(rows: Asked, text: str, name: Callable[[str], str]) -> list[str] | None:
    """The command that lists what a relation joins a term to; None where the question names no relation that a term has.

    Parameters:
        name: the label of the term that words name; raises a UsageError where they name none.

    Raises:
        UnknownName: it names a relation, and nothing is called like the term.
    """
    problem: UnknownName | None = None
    for row in rows(reading("relation_labels")):
        label = row["label"].value
        first, _, rest = label.casefold().partition(" ")
        after = f" {re.escape(rest)}" if rest else ""
        verb, plain = re.escape(first), "|".join(map(re.escape, _bare_forms(first)))
        forms = (
            rf"{_WHO} (?:{verb}|{plain}){after} (?P<term>.+)",
            rf"(?:what|who|which(?: \w+){{0,3}}) (?:does|do) (?P<term>.+) (?:{plain}){after}",
            rf"does (?P<term>.+) (?:{plain}){after} .+",
            rf"what (?:is|are) (?P<term>.+) {verb}{after}",
        )
        for form in forms:
            match = re.fullmatch(form, text)
            if match:
                try:
                    return ["query", "joined_by", "--term", name(match["term"]), "--relation", label]
                except UnknownName as error:
                    problem = problem or error
                except UsageError:
                    continue
    if problem:
        raise problem
    return None


def _bare_forms(verb: str) -> list[str]:
    """How a verb in the third person may read without its ending.

    >>> _bare_forms("encodes"), _bare_forms("carries"), _bare_forms("member")
    (['encode', 'encod', 'encodes'], ['carrie', 'carri', 'carry', 'carries'], ['member'])
    """
    if not verb.endswith("s") or len(verb) < 4:
        return [verb]
    forms = [verb[:-1], *([verb[:-2]] if verb.endswith("es") else []), *([f"{verb[:-3]}y"] if verb.endswith("ies") else [])]
    return [*forms, verb]
