"""A page for each record: a term, a claim, a source, a food, a statement, and anything else as its bare triples."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.causal.links import add_links
from kg.errors import UnknownName, UsageError
from kg.grounding.credit import credit_of
from kg.grounding.resolve import Term
from kg.grounding.retired import Fate, fate
from kg.grounding.term_sentence import describe
from kg.grounding.term_summary import dossier
from kg.rdf.namespaces import DCTERMS, KG, prefixes
from kg.rdf.serializations import SERIALIZATIONS
from kg.rdf.xml import note_replaced, replace_in_document
from kg.server.http.messages import REPLACED
from kg.server.http.negotiation import GRAPHS
from kg.server.http.problem_details import Problem
from kg.server.pages import nutrition
from kg.server.pages.evidence import lines_by_claim
from kg.server.pages.links import iri_of, link
from kg.server.pages.responses import Reply, Visit, redirect
from kg.server.pages.sections import find_uses, sections
from kg.server.pages.views import chart_of
from kg.server.sparql.execution import nameable, no_triple_terms
from kg.sparql.library import reading
from kg.view.asked import can_draw, is_linked

if TYPE_CHECKING:
    from kg.server.pages.context import Stock

#: Endings of a record's path that ask for RDF whatever the browser accepts.
ENDINGS = {f".{form}": form for form in SERIALIZATIONS}
_MEDIA = {form: media for media, form in reversed(GRAPHS.items())}


def record(site: Stock, visit: Visit, folder: str, name: str) -> Reply:
    """The record at a path: a page, or RDF where the client or the path's ending wants it."""
    stem, dot, ending = name.rpartition(".")
    wanted = ENDINGS.get(dot + ending) if dot else None
    iri = iri_of(folder, stem if wanted else name)
    label, kind = _name(site, iri) if _valid(iri) else ("", "")
    if not kind and _valid(iri) and (became := fate(site.graph.rows, iris=_old(iri))):
        return _answer_retired(site, visit, became, wanted)
    if not kind and not (_valid(iri) and _find_known(site, iri)):
        if folder == "term":
            return redirect(link(_find_by_label(site, name)).href)  # a label or synonym in place of the name; or not found
        raise UnknownName(f"there is no {folder} {name[:200]!r} here")
    form = wanted or visit.form
    if form not in ("html", "json"):
        return _rdf(site, iri, form)
    if folder == "evidence":
        return _to_its_claim(site, visit, iri)
    values = {"iri": iri, "label": label or name, "kind": kind, "kind_label": site.kinds.get(kind, kind)}
    if form == "json":
        return _json(site, Term(iri, values["label"], kind))
    if folder == "food" and kind == "Food" and site.ours:
        template, more = "food", nutrition.food(site, visit, iri)
    else:
        maker = {"claim": _claim, "source": _source, "statement": _statement}.get(
            folder, _term if kind and folder == "term" else _bare
        )
        template, more = maker(site, iri)
    return site.page(template, visit, **{"title": values["label"], **values, **more})


def _find_by_label(site: Stock, name: str) -> str:
    try:
        return site.graph.term(name).iri
    except UnknownName:
        if "+" not in name:
            raise
    return site.graph.term(name.replace("+", " ")).iri  # blanks as a form writes them


def _old(iri: str) -> list[str]:
    """What may be retired where a record is not there: itself, or the claim that a line of evidence is named after."""
    folder, _, name = iri.removeprefix(KG).partition("/")
    words = name.split("_")
    return [f"{KG}claim/{'_'.join(words[:count])}" for count in (5, 3)] if folder == "evidence" else [iri]


def _answer_retired(site: Stock, visit: Visit, became: Fate, wanted: str | None) -> Reply:
    """An old address: the page of what replaced the record; where no single one did, a page that says what became of it."""
    if len(became.new) == 1:
        return redirect(link(became.new[0][0]).href + (f".{wanted}" if wanted else ""), 301)
    problem = Problem(300 if became.new else 410, str(became))
    return site.refuse(visit, problem, tuple(label for _, label, _ in became.new))


def _name(site: Stock, iri: str) -> tuple[str, str]:
    """Label and kind of a record, empty where it has none."""
    found = site.ask("record", record=iri)
    label = next((value.value for property, _, value, _ in found if property.value.endswith("#label")), "")
    kind = next((value.value.removeprefix(KG) for property, _, value, _ in found if property.value == KG + "kind"), "")
    return label, kind


def _valid(iri: str) -> bool:
    return iri.isprintable() and not any(letter in iri for letter in ' <>"{}|^`\\')


def _find_known(site: Stock, iri: str) -> bool:
    return bool(site.ask("record", record=iri)) or bool(site.ask("pointers", record=iri))


def _rdf(site: Stock, iri: str, form: str) -> Reply:
    triples = site.graph.engine.run(reading("described", record=iri, node=iri))
    known = prefixes() if form in ("ttl", "rdf") else None
    if form == "jsonld":
        triples = no_triple_terms(triples)
    elif form == "rdf":
        triples = nameable(triples, known)
    body = ox.serialize(triples, format=SERIALIZATIONS[form], prefixes=known) or b""
    if form != "rdf":
        return Reply(200, _MEDIA[form], body)
    with note_replaced() as replaced:
        body = replace_in_document(body)
    return Reply(200, _MEDIA[form], body, {REPLACED: str(replaced)} if replaced else {})


def _json(site: Stock, term: Term) -> Reply:
    import json

    facts = dossier(site.graph.rows, term, site.graph.language)
    return Reply(200, "application/json", json.dumps(facts, ensure_ascii=False).encode())


def _term(site: Stock, iri: str) -> tuple[str, dict[str, Any]]:
    label, kind = _name(site, iri)
    facts = dossier(site.graph.rows, Term(iri, label, kind), site.graph.language)
    evidence = lines_by_claim(site.ask("evidence_near", about=iri, claim=iri))
    states = [[node.value for node in row] for row in site.ask("states_of", thing=iri)]
    is_state = site.ours and iri in site.graph.causal().states
    states.sort(key=lambda state: (state[2] != KG + "NutrientStatus", state[3] != KG + "low", state[1]))
    kind_of = {iri: state.kind for iri, state in site.graph.causal().states.items()} if site.ours else {}
    parts = [(iri, "", section) for section in sections(facts, kind_of)]
    for use in find_uses(site.graph.rows, iri) if kind == "Drug" else []:
        parts += [(use.iri, use.label, section) for section in sections(dossier(site.graph.rows, use), kind_of)]
        evidence |= lines_by_claim(site.ask("evidence_near", about=use.iri, claim=use.iri))
    members = nutrition.group(site, iri, label) if kind == "FoodGroup" else []
    return "term", {
        "facts": facts,
        "said": describe(site.graph.rows, Term(iri, label, kind), facts, nutrition.count_foods(members)),
        "english": site.english(iri, label),
        "credit": credit_of(site.graph, iri),
        "evidence": evidence,
        "states": states,
        "parts_of_page": parts,
        "is_state": is_state,
        "drawn": _find_centre(site, iri, kind, states) if site.ours else "",
        "chart": chart_of(site, iri, kind) if site.ours else None,
        "nutrient": nutrition.nutrient(site, iri, label) if kind in nutrition.NUTRIENTS else None,
        "members": members,
    }


def _find_centre(site: Stock, iri: str, kind: str, states: list[list[str]]) -> str:
    """What the map on a term's page is drawn around: the term, or its first state; empty where no claim joins it."""
    causal = site.graph.causal()
    if kind in nutrition.NUTRIENTS or kind in ("FoodGroup", "Population"):
        return iri if can_draw(site.graph, iri) else ""
    if is_linked(add_links(site.graph.rows, causal), iri):
        return iri
    around = iri if iri in causal.states else states[0][0] if states else ""
    return around if any(around in side for side in (causal.out, causal.into)) else ""


def _claim(site: Stock, iri: str) -> tuple[str, dict[str, Any]]:
    rows = site.ask("claim", claim=iri)
    if not rows:
        return _bare(site, iri)
    found = {variable: value.value if value is not None else "" for variable, value in zip(_CLAIM, rows[0], strict=True)}
    known = site.graph.causal() if site.ours else None
    causal = known and iri in {claim.iri for claim in known.out.get(found["subject"], ())}
    linked = known and iri in {claim.iri for claim in add_links(site.graph.rows, known).links.values()}
    return "claim", {
        "claim": found,
        "lines": lines_by_claim(site.ask("evidence_near", about=iri, claim=iri)).get(iri, []),
        "credit": credit_of(site.graph, iri),
        "reviews": _reviews(site, iri),
        "causal": causal or linked,
        "title": f"{found['reading']} {found['subject_label']} {found['relation_label']} {found['object_label']}".strip(),
    }


def _reviews(site: Stock, iri: str) -> list[dict[str, str]]:
    """What people who reviewed a claim say of it, the oldest first."""
    rows = site.ask("claim_reviews", claim=iri)
    return [{str(name): one.value if one is not None else "" for name, one in zip(_REVIEW, row, strict=True)} for row in rows]


_DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"
#: What a page says in words.
_CREDIT = frozenset({f"{DCTERMS}creator", f"{DCTERMS}created", f"{KG}madeWith"})
_REVIEW = ("reviewer", "orcid", "on", "judgement", "comment")
_CLAIM = (
    "kind_label", "subject", "subject_label", "relation", "relation_label", "object", "object_label", "status", "status_label",
    "certainty", "onset", "reversibility", "note", "population", "population_label", "rather", "rather_label",
    "reading", "needed", "dose", "treated_for", "endpoint",
)  # fmt: skip


def _source(site: Stock, iri: str) -> tuple[str, dict[str, Any]]:
    claims: dict[str, dict[str, Any]] = {}
    for row in site.ask("source_claims", source=iri):
        claim = claims.setdefault(
            row["claim"].value, {"row": row, "stance": row["stance"].value.removeprefix(KG), "places": []}
        )
        place = (row["locator"].value if row["locator"] else "", row["note"].value if row["note"] else "")
        if place not in claim["places"]:
            claim["places"].append(place)
    facts = site.ask("record", record=iri)
    if any(value.value == KG + "otherSiteCopy" for _, _, value, _ in facts):
        facts = [row for row in facts if row[0].value != DCTERMS + "source"]  # a mere copy elsewhere is no citation
    facts = [row for row in facts if row[0].value not in _CREDIT]
    return "source", {"facts": facts, "claims": claims, "credit": credit_of(site.graph, iri)}


def _statement(site: Stock, iri: str) -> tuple[str, dict[str, Any]]:
    about: dict[str, list[tuple[str, str]]] = {}
    for property, _, value, label in site.ask("record", record=iri):
        about.setdefault(property.value.removeprefix(KG), []).append((value.value, (label or value).value))
    if not (site.ours and about.get("article")):
        return _bare(site, iri)
    verdict = about.get("verdict", [("", "")])[0]
    described = site.ask("record", record=verdict[0]) if verdict[0] else []
    meaning = next((value.value for property, _, value, _ in described if property.value == _DEFINITION), "")
    claims = {claim: found for claim, _ in about.get("expressedBy", ()) if (found := _claim(site, claim)[1]).get("claim")}
    return "statement", {
        "about": about,
        "verdict": {"label": verdict[1], "definition": meaning} if verdict[0] else None,
        "claims": claims,
    }


def _bare(site: Stock, iri: str) -> tuple[str, dict[str, Any]]:
    return "bare", {"facts": site.ask("record", record=iri), "pointers": site.ask("pointers", record=iri)}


def _to_its_claim(site: Stock, visit: Visit, iri: str) -> Reply:
    for subject, _, property, _ in site.ask("pointers", record=iri):
        if property.value == KG + "evidence":
            return redirect(f"{link(subject.value).href}#{iri.rpartition('/')[2]}")
    raise UsageError(f"{iri}: no claim names this line of evidence")
