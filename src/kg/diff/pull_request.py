"""The difference of two repositories as one comment for a pull request: support, conclusions, records, style and checks.

What a pull request holds is written by anybody, and stands in the comment as words: no mark-up, address or name of a user of theirs works.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.diff.record_changes import Facts
from kg.diff.report import Report
from kg.diff.text import Line, parts, some
from kg.rdf.namespaces import iri_to_compact

#: The first line of the comment, by which the last one is found again and replaced.
MARK = "<!-- kg diff -->"
#: The largest comment that GitHub takes has 65,536 letters.
LARGEST = 60_000
_CUT = "\n\n*Cut here: `kg diff OLD NEW --format md` has the rest.*\n"
_SPECIAL = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;", "#": "&#35;", "\\": "&#92;"}
_SPECIAL |= {letter: f"\\{letter}" for letter in "*_[]`|~"}


def comment(
    found: Report,
    old: Mapping[str, Facts],
    new: Mapping[str, Facts],
    unformatted: Iterable[str] | None = None,
    problems: Iterable[object] | None = None,
) -> str:
    """The comment as Markdown.

    Parameters:
        found: the difference.
        old, new: the claims of both graphs, by IRI.
        unformatted: files of the new one that ``kg format`` would change; None where it is not a repository.
        problems: what ``kg validate`` finds in the new one, each as the line that it prints; None where it is not a repository.
    """
    sections = [("Support", list(_support(found, old, new)))]
    sections += [(heading, list(lines)) for heading, lines in parts(found)]
    if unformatted is not None:
        sections.append(("Style", [(0, f"{path} would change: run kg format") for path in unformatted]))
    if problems is not None:
        sections.append(("Checks", list(some([[(0, str(problem))] for problem in problems], "problems"))))
    told = [MARK, f"**{_summary(found, sections)}**"]
    for heading, lines in sections:
        if lines:
            told += ["", f"### {heading}", *("  " * depth + "- " + _safe(words) for depth, words in lines)]
    text = "\n".join(told) + "\n"
    return text if len(text) <= LARGEST else text[: LARGEST - len(_CUT)].rpartition("\n")[0] + _CUT


def _summary(found: Report, sections: list[tuple[str, list[Line]]]) -> str:
    counts = {heading: len([line for line in lines if not line[0]]) for heading, lines in sections}
    words = [
        f"Claims: {len(found.claims.added)} added, {len(found.claims.removed)} removed, {len(found.claims.changed)} changed",
        f"conclusions: {len(found.conclusions)} changed",
    ]
    if "Style" in counts:
        words.append(f"files to format: {counts['Style'] or 'none'}")
    if "Checks" in counts:
        words.append(f"problems: {'listed below' if counts['Checks'] else 'none'}")
    return "; ".join(words)


def _support(found: Report, old: Mapping[str, Facts], new: Mapping[str, Facts]) -> Iterator[Line]:
    """What sources say now and did not before, and the other way round; and each standing that changed by it."""
    entries: list[list[Line]] = []
    for iri in found.claims.iris:
        before, after = (side.get(iri, {}).get("kg:evidence", ()) for side in (old, new))
        gained, lost = [line for line in after if line not in before], [line for line in before if line not in after]
        standing = [_standing(side[iri]) if iri in side else "" for side in (old, new)]
        if not (gained or lost or standing[0] != standing[1]):
            continue
        name = iri_to_compact(iri)
        if not standing[0]:
            head = f"new: {name}, {standing[1]}"
        elif not standing[1]:
            head = f"gone: {name}, was {standing[0]}"
        else:
            head = f"{name}, " + (f"{standing[0]} -> {standing[1]}" if standing[0] != standing[1] else standing[1])
        if iri in new and not any(line.startswith("supports ") for line in after):
            head += "; NO SOURCE SUPPORTS IT"
        lines: list[Line] = [(0, head)]
        lines += [(1, f"new: {line}") for line in gained]
        lines += [(1, f"lost: {line}") for line in lost]
        entries.append(lines)
    yield from some(entries, "claims")


def _standing(facts: Facts) -> str:
    names = [facts.get(f"kg:{name}", ("",))[0].removeprefix("kg:") for name in ("status", "certainty")]
    return ", ".join(filter(None, names))


def _safe(words: str) -> str:
    """Words that a comment shows as they stand: what was meant as code stays code, anything else is escaped."""
    words = " ".join(words.split())
    if len(words) > 2 and words[0] == words[-1] == "`":
        return "`" + words[1:-1].replace("`", "'") + "`"
    return "".join(_SPECIAL.get(letter, letter) for letter in words).replace("://", ":&#47;&#47;")
