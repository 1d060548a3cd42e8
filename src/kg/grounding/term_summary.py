"""What the graph knows of one term, as plain values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.grounding.resolve import Term
from kg.grounding.speech import best
from kg.rdf.namespaces import KG, iri_to_compact
from kg.sparql.library import reading

if TYPE_CHECKING:
    from kg.grounding.resolve import Asked

MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")


def dossier(rows: Asked, term: Term, language: str = "") -> dict[str, Any]:
    """Label, definition, kind, synonyms, mappings and claims of a term; the keys are those of ``kg term --format json``.

    Parameters:
        language: the one in which definition and synonyms are wanted, where they are there in it.
    """
    facts: dict[str, Any] = {
        "iri": term.iri,
        "label": term.label,
        "kind": term.kind,
        "names": {},
        "translations": [],
        "definition": "",
        "definition_language": "",
        "synonyms": [],
        "state_of": None,
        "deviation": None,
        "member_of": [],
        "notes": [],
        "mappings": [],
    }
    about = list(_about(rows, "term", term.iri))
    for what, value, label in about:
        _put(facts, what.value, value, label)
    said = {
        name: best([value for what, value, _ in about if what.value == name], language) for name in ("definition", "synonym")
    }
    if said["definition"]:
        facts["definition"], facts["definition_language"] = said["definition"][0].value, said["definition"][0].language or ""
    facts["synonyms"] = [value.value for value in said["synonym"]]
    if facts["names"]:
        facts["translations"] = [
            {name: "" if row[name] is None else row[name].value for name in ("language", "by", "on", "read_by")}
            for row in _about(rows, "translators", term.iri)
        ]
    claims = [_claim(row) for row in _about(rows, "term_claims", term.iri)]
    facts["claims_out"] = [claim for claim in claims if claim["subject"]["iri"] == term.iri]
    facts["claims_in"] = [claim for claim in claims if claim["object"]["iri"] == term.iri]
    return facts


def _put(facts: dict[str, Any], what: str, value: Any, label: Any) -> None:
    named = {"iri": value.value, "label": label.value if label else ""}
    if what == "name":
        facts["names"][value.language or ""] = value.value
    elif what == "note":
        facts["notes"].append(value.value)
    elif what in MATCHES:
        facts["mappings"].append({"predicate": f"skos:{what}", "id": iri_to_compact(value.value), **named})
    elif what == "member of":
        facts["member_of"].append(named)
    elif what.startswith("= "):  # a property that the ontology marks as shown, under its label
        facts.setdefault("more", []).append({"property": what[2:], **named, "label": named["label"] or value.value})
    elif what in ("state of", "deviation"):
        facts[what.replace(" ", "_")] = named


def _claim(row: Any) -> dict[str, Any]:
    return {
        "claim": row["claim"].value,
        "subject": {"iri": row["subject"].value, "label": row["subject_label"].value},
        "relation": row["relation"].value.removeprefix(KG),
        "relation_label": row["relation_label"].value,
        "object": {"iri": row["object"].value, "label": row["object_label"].value},
        "status": row["status"].value.removeprefix(KG),
        "certainty": row["certainty"].value,
        "sources": int(row["sources"].value),
    }


def _about(rows: Asked, name: str, iri: str) -> Any:
    return rows(reading(name, term=iri))
