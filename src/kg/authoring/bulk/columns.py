"""The columns of a sheet of claims: one row for each line of evidence; what holds for the whole claim stands in its first row."""

from __future__ import annotations

from typing import NamedTuple


class Column(NamedTuple):
    """A column that stands for a property.

    Attributes:
        of: what ``kind`` needs: the class of a term (several parted by ``|``) or of a choice.
        kind: text, term, choice, number, flag (yes or nothing), source, duration.
        many: whether a cell may hold several, parted by ``|``.
    """

    property: str
    kind: str
    of: str
    about: str
    many: bool = False


#: What holds for the claim, whatever its evidence.
OF_CLAIM = {
    "only_when": Column("onlyWhen", "term", "State|Population", "what the claim needs to hold", True),
    "population": Column("population", "term", "Population", "the people it holds for", True),
    "reading": Column("reading", "choice", "Deviation", "low or high: the value of a biomarker that indicates a state"),
    "rather_than": Column("ratherThan", "term", "State", "the rival, for a claim that tells apart", True),
    "onset": Column("onset", "text", "", "when the effect begins, as the source says it"),
    "onset_from": Column("onsetFrom", "duration", "", "the shortest time, such as P6M"),
    "onset_to": Column("onsetTo", "duration", "", "the longest time, such as P2Y"),
    "reversibility": Column("reversibility", "text", "", "whether the effect goes back, as the source says it"),
    "reverses": Column("reverses", "choice", "Reversibility", "whether the effect goes back, as a class"),
    "recovery_from": Column("recoveryFrom", "duration", "", "the shortest time to recovery, such as P1W"),
    "recovery_to": Column("recoveryTo", "duration", "", "the longest time to recovery"),
    "dose": Column("dose", "text", "", "of a treatment, as the source says it"),
    "treated_for": Column("treatedFor", "text", "", "the length of a treatment"),
    "endpoint": Column("endpoint", "text", "", "the measured end of a treatment"),
    "compensates_for": Column("compensatesFor", "term", "State", "what the body answers with this effect", True),
    "by_definition": Column("byDefinition", "flag", "", "yes, where the effect is part of what the cause is"),
}
#: What one source says of it.
OF_LINE = {
    "source": Column("source", "source", "", "title, some words that only this title holds, or PMID:..., DOI:..."),
    "stance": Column("stance", "choice", "Stance", "supports (default), disputes or mixed"),
    "directness": Column("directness", "choice", "Directness", "indirect, where the source speaks of something near the claim"),
    "locator": Column("locator", "text", "", "where in the source"),
    "note": Column("note", "text", "", "what the source says, in your own words"),
    "frequency": Column("frequency", "choice", "Frequency", "how often the effect is there, by this source"),
    "line_kind": Column("lineKind", "choice", "LineKind", "what the passage is within its source"),
    "affected": Column("affected", "number", "", "of how many the effect was seen"),
    "examined": Column("examined", "number", "", "how many were examined"),
    "share": Column("share", "number", "", "a share between 0 and 1"),
}
ENDS = {
    "subject": "one end: a state, for promotes and inhibits; any name that kg term knows",
    "relation": "what the claim says",
    "object": "the other end",
}
#: Which claim and which of its lines a row is about; filled by an export, empty in new rows.
KEYS = {
    "claim": "filled by kg; empty in new rows",
    "line": "filled by kg: which line of evidence; empty in new rows",
    "exported": "filled by kg: a mark by which rows that were changed or deleted are known; leave it as it is",
}
COLUMNS = ("claim", "line", *ENDS, *OF_LINE, *OF_CLAIM, "exported")
NOTES = {**ENDS, **KEYS, **{name: column.about for name, column in {**OF_LINE, **OF_CLAIM}.items()}}
