"""Writes what the documents take from the graph: ``make docs``. The audit of the articles, and the counts of the README."""

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from textwrap import wrap

import kg
from kg.atomic import write
from kg.build.reliability import Reliability, in_brief, in_words, reliability
from kg.graph import Graph
from kg.sparql import library

ROOT = Path(__file__).parent.parent
START, END = "<!-- counts: make docs -->", "<!-- end of counts -->"
READ, READ_END = "<!-- readings: make docs -->", "<!-- end of readings -->"
VERDICTS = ("supported", "partly supported", "contested", "unsupported", "not assessable")
STATUSES = ("established", "probable", "contested", "refuted", "unverified")


def counts(graph: Graph) -> str:
    """The counts of the README: records of each kind, claims by status, mappings, questions and checks."""
    found = {row["what"].value: int(row["number"].value) for row in graph.query("contents")}
    status = {name: found.pop(f"claims, {name}", 0) for name in STATUSES}
    found["questions"] = len(library.names())
    found["checks"] = len(list((ROOT / "queries" / "checks").rglob("*.rq")))
    claims, lines = found.pop("claims"), found.pop("evidence lines", 0)
    on_texts = len({row["line"].value for row in graph.rows(library.reading("lines_read"))})
    evidence_lines = (
        f"{lines:,} evidence lines ({on_texts:,} on a text, {lines - on_texts:,} on the articles or the table of foods)"
    )
    settled = ", ".join(f"{number:,} {name}" for name, number in status.items())
    rest = ", ".join(f"{number:,} {what}" for what, number in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))
    return f"{claims:,} claims ({settled}); {evidence_lines}; {rest}."


def readme(graph: Graph) -> str:
    """The README with the counts of ``graph`` between its two marks."""
    before, _, after = (ROOT / "README.md").read_text(encoding="utf-8").partition(START)
    return readings(graph, f"{before}{START}\n{counts(graph)}\n{END}{after.partition(END)[2]}", in_brief)


def readings(graph: Graph, text: str, tell: Callable[[Reliability], str] = in_words) -> str:
    """A page of Markdown with what was read of the evidence, and how often it errs, between its two marks."""
    before, _, after = text.partition(READ)
    known = reliability(graph.rows, library.reading("lines_read"), str(ROOT))
    words = "\n".join(wrap(tell(known), 150))
    return f"{before}{READ}\n{words}\n{READ_END}{after.partition(READ_END)[2]}"


def evidence(graph: Graph) -> str:
    """``docs/evidence.md`` with its figures."""
    return readings(graph, (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8"))


def audit(graph: Graph) -> str:
    """Every statement of the two articles with its verdict and the reasons, as one page of Markdown."""
    rows = [
        {name: value.value if value else "" for name, value in zip(found.columns, row, strict=True)}
        for found in [graph.query("statements")]
        for row in found
    ]
    lines = [
        "# The audit of the two articles",
        "",
        "Every factual statement of the two articles, in our own words, with the verdict that outside evidence gives it and the reasons. Written by",
        "`make docs` from `kg query statements`; the rules are in `src/kg/build/certainty.py`. Information, not medical advice.",
        "",
        "| verdict | " + " | ".join(sorted({row["article_label"] for row in rows})) + " |",
        "| --- |" + " ---: |" * len({row["article_label"] for row in rows}),
    ]
    tally = Counter((row["verdict_label"], row["article_label"]) for row in rows)
    for verdict in VERDICTS:
        lines.append(
            f"| {verdict} | "
            + " | ".join(str(tally[verdict, name]) for name in sorted({row["article_label"] for row in rows}))
            + " |"
        )
    for article, of_article in groupby(rows, lambda row: row["article_label"]):
        lines += ["", f"## {article}"]
        for section, of_section in groupby(of_article, lambda row: row["section"]):
            lines += ["", f"### {section}", ""]
            for row in of_section:
                lines += entry(row)
    return "\n".join(lines) + "\n"


def entry(row: dict[str, str]) -> list[str]:
    """One statement: the verdict first, then what it rests on."""
    reasons = [
        ("Claims", row["claims"]),
        ("For", row["sources_for"]),
        ("Against or mixed", row["sources_against"]),
        ("No claim", row["why_no_claim"]),
    ]
    told = [f"  - {name}: {escaped(text)}" for name, text in reasons if text]
    if row["claims"] and not row["sources_for"] and not row["sources_against"]:
        told.append("  - No outside source that was read speaks to it.")
    return [f"- **{row['verdict_label']}** {escaped(row['statement_label'])} ({row['id']})", *told]


def escaped(text: str) -> str:
    """The text with the characters that Markdown would read as markup told apart."""
    for mark in "\\`*_<[":
        text = text.replace(mark, "\\" + mark)
    return text


def main() -> None:
    """Write the files anew."""
    graph = kg.open()
    write(str(ROOT / "README.md"), readme(graph).encode())
    write(str(ROOT / "docs" / "audit.md"), audit(graph).encode())
    write(str(ROOT / "docs" / "evidence.md"), evidence(graph).encode())


if __name__ == "__main__":
    main()
