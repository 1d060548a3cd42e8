"""Show one claim: how well sourced it is, how often it holds, what was read and by whom, and what depends on it.

kg claim hypokalemia_promotes_muscle-cramp
kg claim hypokalemia_promotes_muscle-cramp --impact
kg claim hypokalemia_promotes_muscle-cramp --issues https://example.org/project/issues/new
"""

from __future__ import annotations

import json
import os
import sys
from argparse import ArgumentParser, Namespace
from typing import Any
from urllib.parse import urlencode

from kg.causal.claim_rows import read_evidence
from kg.cli.deadline import watch
from kg.errors import UnknownName, UsageError
from kg.graph import Graph, connect
from kg.grounding.credit import credit_of, credit_of_lines, in_words
from kg.grounding.retired import fate
from kg.grounding.sourced import describe_certainty, describe_reading
from kg.grounding.spelled_ids import claim_name
from kg.rdf.namespaces import KG
from kg.sparql import library

#: What a reviewer does.
JUDGES = {"agree": "agrees", "partly": "agrees in part", "disagree": "disagrees"}
#: At most so many conclusions of a kind are printed; JSON has all.
MOST = 12

#: The forms of the output, the usual one first.
FORMATS = ("text", "json")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg claim``."""
    parser.add_argument("claim", metavar="CLAIM", help="the name of a claim, as shown by kg term and on its page")
    parser.add_argument(
        "--impact", action="store_true", help="also list the answers, routes and verdicts that change without it"
    )
    about = "the address of an issue form, for links that pre-fill it (default: $KG_ISSUES)"
    parser.add_argument("--issues", metavar="URL", default=os.environ.get("KG_ISSUES"), help=about)


def run(options: Namespace) -> int:
    """Print the claim."""
    watch(options.timeout)
    form = options.format or "text"
    graph = connect(options.source, options.timeout, options.lang)
    if options.issues and not options.issues.lower().startswith(("http://", "https://")):
        raise UsageError(f"--issues {options.issues}: not the address of an issue form; write it as https://...")
    facts = describe_claim(graph, options.claim, options.issues)
    if options.impact:
        from kg.diff.impact import impact

        facts["impact"] = [
            {"kind": one.kind, "name": one.name, "with": one.gone, "without": one.new} for one in impact(graph, facts["iri"])
        ]
    if form == "json":
        json.dump(facts, sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        _print(facts)
    return 0


def describe_claim(graph: Graph, name: str, issues: str | None = None) -> dict[str, Any]:
    """What is known of a claim; the keys are those of ``kg claim --format json``."""
    local = claim_name(name)
    iri = f"{KG}claim/{local}"
    if not local or any(letter in local for letter in ' <>"{}|^`\\\n'):
        raise UsageError(f"{name!r} is not a name of a claim; write it as its page does, subject_relation_object")
    found = list(graph.rows(library.reading("claim", claim=iri)))
    became = None if found else fate(graph.rows, iris=[iri])
    if became is not None:
        if len(became.new) != 1:
            raise became.error()
        became.warn()
        return describe_claim(graph, became.new[0][0], issues)
    if not found:
        known = [row["claim"].value.rpartition("/")[2] for row in graph.rows(library.reading("claim_names"))]
        nearest = library.nearest_names(local, known)
        hint = f"did you mean {', '.join(nearest)}?" if nearest else "kg term lists the claims of a term"
        raise UnknownName(f"no claim is called {local!r}; {hint}", nearest)
    row = found[0]
    lines: dict[str, dict[str, Any]] = {}
    for one in read_evidence(graph.rows, [iri]):
        lines.setdefault(one["line"].value, _line(one, local, issues))
    for one in graph.rows(library.reading("claim_withdrawals", claim=iri)):
        lines[one["line"].value]["standing"] = one["standing"].value
    for line, made in credit_of_lines(graph, iri):
        lines[line]["credit"].append(made)
    for one in graph.rows(library.reading("claim_readings", claim=iri)):
        reading = {"by": one["reader"].value, "on": one["on"].value, "found": one["found"].value}
        lines[one["line"].value]["readings"].append(reading)
    return {
        "iri": iri,
        "sentence": f"{row['subject_label'].value} {row['relation_label'].value} {row['object_label'].value}",
        "status": row["status"].value.rpartition("/")[2],
        "certainty": row["certainty"].value,
        "lines": list(lines.values()),
        "credit": credit_of(graph, iri),
        "reviews": [
            {name: "" if one[name] is None else one[name].value for name in ("reviewer", "orcid", "on", "judgement", "comment")}
            for one in graph.rows(library.reading("claim_reviews", claim=iri))
        ],
    }


def issue(address: str, claim: str, source: str) -> str:
    """The address of a form for a new issue that says of which line of which claim it is.

    >>> issue("https://example.org/issues/new", "a_promotes_b", "A book")
    'https://example.org/issues/new?template=evidence.yml&title=claim%3Aa_promotes_b&claim=a_promotes_b&source=A+book'
    """
    asked = {"template": "evidence.yml", "title": f"claim:{claim}", "claim": claim, "source": source}
    return f"{address}{'&' if '?' in address else '?'}{urlencode(asked)}"


def _line(row: Any, claim: str, issues: str | None) -> dict[str, Any]:
    def text(name: str) -> str | None:
        return None if row[name] is None else str(row[name].value)

    line: dict[str, Any] = {name: text(name) for name in ("title", "url", "locator", "note", "study")}
    line |= {"stance": str(text("stance")).rpartition("/")[2], "access": str(text("access") or "").rpartition("/")[2]}
    line |= {"indirect": str(text("directness")).endswith("/indirect"), "standing": None, "readings": [], "credit": []}
    return line | ({"object_to_it": issue(issues, claim, str(line["title"]))} if issues else {})


def _print(facts: dict[str, Any]) -> None:
    print(f"{facts['sentence']}\n{facts['iri']}")
    print(f"{facts['status']}; {describe_certainty(facts['certainty'])} ({facts['certainty']} certainty)")
    for one in facts["credit"]:
        print(f"made by {in_words(one)}")
    for line in facts["lines"]:
        where = "; ".join(
            filter(None, (line["study"], line["standing"], "indirect" if line["indirect"] else "", line["locator"]))
        )
        print(f"\n{line['stance']:<9} {line['title']}  [{where}]")
        for words in (line["note"], line["url"], line.get("object_to_it")):
            print(f"          {words}") if words else None
        for one in line["credit"]:
            print(f"          written by {in_words(one)}")
        read = "; ".join(describe_reading(one["by"], one["on"], one["found"]) for one in line["readings"])
        print(f"          read again by {read}" if read else "          not read again")
    for one in facts["reviews"]:
        comment = f": {one['comment']}" if one["comment"] else ""
        print(f"\n{one['reviewer']} {JUDGES[one['judgement']]} ({one['on']}){comment}")
    if "impact" in facts:
        _print_impact(facts["impact"])
    print("\nInformation, not medical advice.", file=sys.stderr)


def _print_impact(changes: list[dict[str, Any]]) -> None:
    print(f"\nWithout it {len(changes)} conclusions change" + ("" if changes else "; others carry all that follows from it"))
    for kind in ("verdict", "answer", "route"):
        alike = [one for one in changes if one["kind"] == kind]
        for one in alike[:MOST]:
            if kind == "answer":
                print(f"  answer of {one['name']}: {len(one['with'])} rows go, {len(one['without'])} come")
            else:
                print(f"  {kind} {one['name']}: {'; '.join(one['with']) or 'none'} -> {'; '.join(one['without']) or 'none'}")
        if len(alike) > MOST:
            print(f"  {len(alike) - MOST} more {kind}s; --format json has all")
