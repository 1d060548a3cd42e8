"""A sheet on which an expert judges the claims of a topic without our tools, and the file that comes back."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from hashlib import sha256
from importlib.resources import files
from typing import Any

from kg.build import reviews
from kg.build.cells import day_of
from kg.build.people import is_orcid
from kg.causal.claim_rows import read_evidence
from kg.errors import DataError, UsageError
from kg.graph import Graph
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_summary import dossier
from kg.locations import __version__
from kg.rdf.namespaces import KG
from kg.sparql import library
from kg.templates import environment
from kg.view.page import policy

FORMAT = "nutrition-kg review 1"
#: A review of a whole topic is some hundred kilobytes; what is larger is something else.
LARGEST = 5_000_000
_KEYS = {"format", "topic", "release", "reviewer", "orcid", "on", "answers"}


def sheet(graph: Graph, topic: str) -> str:
    """The page for the claims that a term takes part in.

    Parameters:
        topic: a term by any of its names.

    Raises:
        UsageError: the term takes part in no claim.
    """
    from markupsafe import Markup

    term = graph.term(topic)
    facts = dossier(graph.rows, term)
    names = [claim["claim"] for claim in (*facts["claims_out"], *facts["claims_in"])]
    if not names:
        raise UsageError(f"{term.label}: no claim mentions it, so there is nothing to review")
    claims = [_claim(graph, iri) for iri in dict.fromkeys(names)]
    folder = files("kg.authoring")
    style, script = (folder.joinpath(name).read_text(encoding="utf-8") for name in ("sheet.css", "sheet.js"))
    known = {
        "format": FORMAT,
        "topic": term.label,
        "slug": re.sub(r"[^a-z0-9]+", "-", term.label.casefold()).strip("-") or "topic",
        "release": __version__,
        "evidence": {claim["name"]: claim["evidence"] for claim in claims},
    }
    text = folder.joinpath("sheet.html.jinja").read_text(encoding="utf-8")
    page = environment({"sheet": text}).get_template("sheet")
    data = json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")
    policies = policy([script, data], style)
    return page.render(
        topic=term.label, claims=claims, facts=Markup(data), style=Markup(style), script=Markup(script), policy=policies
    )


def fingerprint(graph: Graph, claim: str) -> str:
    """A short hash of what a reviewer is shown of a claim's evidence, so that a later change of it is seen."""
    lines = sorted(json.dumps(line, sort_keys=True) for line in _lines(graph, claim))
    return sha256("\n".join(lines).encode()).hexdigest()[:16]


def read_back(graph: Graph, path: str) -> tuple[list[dict[str, str]], list[str]]:
    """The rows of ``data/reviews`` that a saved review makes, and what to report of them.

    Raises:
        DataError: the file cannot be read, was cut short, is not a review, or was changed so that it fits no more; nothing of it is taken.
    """
    review = _parse(path)
    known = {row["claim"].value.removeprefix(KG + "claim/") for row in graph.rows(library.reading("claim_names"))}
    rows, told = [], []
    for claim, given in review["answers"].items():
        if not isinstance(given, dict) or given.get("verdict") not in reviews.JUDGEMENTS:
            raise DataError(
                f"{path}: {claim}: the judgement is not one of {', '.join(reviews.JUDGEMENTS)}; save the sheet again"
            )
        if claim not in known:
            told.append(f"{path}: {claim}: no claim of this release; its judgement is left out and stays in the file")
            continue
        now = fingerprint(graph, KG + "claim/" + claim)
        if given.get("evidence") != now:
            told.append(f"{path}: {claim}: its evidence is another than on the sheet; the judgement is of the earlier")
        row = {"claim": claim, "reviewer": review["reviewer"], "orcid": review["orcid"], "on": review["on"]}
        row |= {
            "judgement": given.get("verdict", ""),
            "comment": given.get("comment", ""),
            "evidence": given.get("evidence", ""),
        }
        rows.append({name: " ".join(str(value).split()) for name, value in row.items()})
    return rows, told


def _parse(path: str) -> dict[str, Any]:
    try:
        if os.path.getsize(path) > LARGEST:
            raise DataError(f"{path}: larger than any review; name the file that the sheet saved")
        with open(path, encoding="utf-8") as file:
            review = json.load(file)
    except OSError as error:
        raise DataError(f"{path}: {error.strerror or error}; check the path and its permissions") from None
    except (ValueError, RecursionError):
        raise DataError(f"{path}: not valid JSON; it was cut short or edited. Ask for the file as the sheet saved it") from None
    if not isinstance(review, dict) or review.get("format") != FORMAT:
        raise DataError(f"{path}: not a review of this kind ({FORMAT}); name the file that the sheet saved")
    if missing := sorted(_KEYS - review.keys()):
        raise DataError(f"{path}: {missing[0]} is missing; ask for the file as the sheet saved it")
    if not isinstance(review["answers"], dict) or not all(isinstance(review[key], str) for key in _KEYS - {"answers"}):
        raise DataError(f"{path}: edited, and no longer in the form of a review; ask for the file as the sheet saved it")
    if not review["reviewer"].strip():
        raise DataError(f"{path}: it is not signed; fill in the name on the sheet and save it again")
    if review["orcid"] and not is_orcid(review["orcid"]):
        raise DataError(f"{path}: {review['orcid']!r} is not an ORCID; copy it from orcid.org, or leave it out")
    if day_of(review["on"]) is None:
        raise DataError(f"{path}: {review['on']!r} is not a date; save the sheet again")
    return review


def _claim(graph: Graph, iri: str) -> dict[str, Any]:
    (row, *_) = graph.rows(library.reading("claim", claim=iri))
    certainty = row["certainty"].value
    often = [one[0].value for one in graph.rows(library.reading("claim_frequency", claim=iri))]
    return {
        "name": iri.removeprefix(KG + "claim/"),
        "sentence": f"{row['subject_label'].value} {row['relation_label'].value} {row['object_label'].value}",
        "status": row["status_label"].value,
        "sourced": describe_certainty(certainty),
        "frequency": often[0] if often else "",
        "lines": list(_lines(graph, iri)),
        "evidence": fingerprint(graph, iri),
    }


def _lines(graph: Graph, iri: str) -> Iterator[dict[str, Any]]:
    seen = set()
    for row in read_evidence(graph.rows, [iri]):
        if row["line"].value in seen:
            continue
        seen.add(row["line"].value)
        line = {name: row[name].value if row[name] is not None else "" for name in ("title", "url", "study", "locator", "note")}
        line["stance"] = row["stance"].value.removeprefix(KG)
        line["url"] = line["url"] if line["url"].startswith(("https://", "http://")) else ""
        yield line | {"indirect": row["directness"] is not None and row["directness"].value == KG + "indirect"}
