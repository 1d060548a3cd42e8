"""Show what the graph knows about a name: label, definition, kind, synonyms, external ids, and claims to and from it.

kg term 'pins and needles'
kg term 'SOB on exertion'
kg term metformin
kg term kg:magnesium-deficiency --format json
kg term Muskelkrampf --lang de
kg term 'spinach, boiled' --life-stage pregnant
"""

from __future__ import annotations

import json
import sys
import textwrap
from argparse import ArgumentParser, Namespace
from typing import Any

from kg.causal.foods.contents_and_needs import members
from kg.causal.foods.sentence import portion_gives
from kg.cli.deadline import watch
from kg.cli.fallback import say_untranslated
from kg.cli.food_card import print_card, print_members
from kg.cli.terminal import print_styled
from kg.errors import UnknownName, UsageError
from kg.graph import Graph, connect
from kg.grounding.as_said import read_as_said
from kg.grounding.credit import credit_of, in_words
from kg.grounding.resolve import Term, find
from kg.grounding.sourced import describe_certainty
from kg.grounding.term_sentence import describe
from kg.grounding.term_summary import dossier
from kg.sparql.empty_patterns import is_ours

#: Of the claims of a state by which a thing acts so many are printed.
MOST = 12
#: The forms of the output, the usual one first.
FORMATS = ("text", "json")


def arguments(parser: ArgumentParser) -> None:
    """Declare the options of ``kg term``."""
    parser.add_argument("term", metavar="TERM", help="an IRI, a CURIE, a label or any synonym")
    parser.add_argument(
        "--life-stage", metavar="WORDS", help="for a food: the life stage to compare with, such as pregnant or 'man of 70'"
    )
    parser.add_argument(
        "--portion", metavar="PORTION", help="for a food: the portion, such as '100 g' (default: the usual one)"
    )


def run(options: Namespace) -> int:
    """Print the dossier."""
    watch(options.timeout)
    graph = connect(options.source, options.timeout, options.lang)
    term = _meant(graph, options.term)
    if term.kind != "Food" and (options.life_stage or options.portion):
        raise UsageError(f"{term.label} is not a food; --life-stage and --portion are for foods")
    facts = {
        **dossier(graph.rows, term, graph.language),
        "acts_by": _acts_by(graph, term),
        "credit": credit_of(graph, term.iri),
    }
    card = graph.food(term.iri, options.life_stage, options.portion) if term.kind == "Food" else None
    foods = members(graph.rows, term) if term.kind == "FoodGroup" else []
    form = options.format or "text"
    if form == "json":
        if card:
            facts["food"] = card.to_dict()
        if foods:
            facts["foods"] = [{"iri": one.iri, "label": one.label} for one in foods]
        json.dump(facts, sys.stdout, indent=1, ensure_ascii=False)
        print()
    else:
        holds = portion_gives(card) if card else f"is a group of {len(foods)} foods of the table" if foods else ""
        _print(facts, describe(graph.rows, term, facts, holds))
        if card:
            print_card(card)
        if foods:
            print_members(term, foods)
        print("\nInformation, not medical advice.", file=sys.stderr)
    ends = [(claim[end]["iri"], claim[end]["label"]) for claim in claims_of(facts) for end in ("subject", "object")]
    say_untranslated(graph, [(term.iri, term.label), *ends], options.quiet)
    return 0


def claims_of(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The claims of a dossier, from the term and to it."""
    return [*facts["claims_out"], *facts["claims_in"]]


def _acts_by(graph: Graph, term: Term) -> list[dict[str, Any]]:
    """The states by which what is not a state acts (the use of a drug, a lack, an excess), each with the claims that start there."""
    if find(graph.rows, term.iri, "State"):
        return []
    from kg.causal.path_source import start

    try:
        states = start(graph.rows, term.iri).states
    except UsageError:
        return []
    found = [(state, dossier(graph.rows, state)["claims_out"]) for state in states if state != term]
    return [{"iri": state.iri, "label": state.label, "claims_out": claims} for state, claims in found if claims]


def _meant(graph: Graph, phrase: str) -> Term:
    """The term of that name; else the one that the phrase is read as, as kg explain reads it, which is said."""
    try:
        return graph.term(phrase)
    except UnknownName:
        return _read(graph, phrase)
    except UsageError:
        food = find(graph.rows, phrase, "Food")  # almonds are a food and the group of it
        if food is None:
            raise
        return food


def _read(graph: Graph, phrase: str) -> Term:
    """The term that a phrase is read as, as kg explain reads it, which is said; else the error that names the nearest."""
    try:
        return graph.term(phrase)
    except UnknownName:
        said = read_as_said(graph.rows, phrase)
        if said is None or len(said.terms) > 1:
            if not is_ours(graph.rows):  # what it calls so is no term of ours
                raise UsageError(
                    f"this source contains no claims of nutrition-kg, so kg term knows no names in it, such as {phrase!r}; "
                    "ask for its labels with kg query -e 'SELECT * { ?thing rdfs:label ?label }'"
                ) from None
            raise
        print(f"kg: {said.note}", file=sys.stderr)
        return said.terms[0]


def _print(facts: dict[str, Any], said: str) -> None:
    print_styled(f"{facts['label']}  ({facts['kind']})", "bold")
    if said:
        print(textwrap.fill(said, 100))
    print(facts["iri"])
    for text in (facts["definition"], *facts["notes"]):
        print(textwrap.fill(text, 100)) if text else None
    if facts["state_of"] and facts["deviation"]:
        print(f"state of: {facts['state_of']['label']}, {facts['deviation']['label']}")
    if facts["synonyms"]:
        print(textwrap.fill("also called: " + ", ".join(facts["synonyms"]), 100, subsequent_indent="  "))
    if facts["names"]:
        print("in other languages: " + "; ".join(f"{tag} {name}" for tag, name in sorted(facts["names"].items())))
    for one in facts.get("more", ()):
        print(f"{one['property']}: {one['label']}")
    for one in facts["translations"]:
        if one["language"] == facts["definition_language"] or facts["label"] == facts["names"].get(one["language"]):
            print(f"{one['language']}: {credit_translation(one)}")
    if facts["member_of"]:
        print("member of: " + ", ".join(group["label"] for group in facts["member_of"]))
    for one in facts["credit"]:
        print(f"made by {in_words(one)}")
    for mapping in facts["mappings"]:
        print(f"{mapping['predicate'].removeprefix('skos:')}: {mapping['id']} {mapping['label']}")
    for title, claims in (("Claims that start here", facts["claims_out"]), ("Claims that lead here", facts["claims_in"])):
        if claims:
            print(f"\n{title}")
            for claim in claims:
                print("  " + _line(claim))
    for state in facts["acts_by"]:
        print(f"\nClaims that start at {state['label']}")
        for claim in state["claims_out"][:MOST]:
            print("  " + _line(claim))
        if len(state["claims_out"]) > MOST:
            print(f"  and {len(state['claims_out']) - MOST} more: kg term {state['label']!r}")


def credit_translation(one: dict[str, str]) -> str:
    """Who translated the names of a term, and whether anybody has read that since."""
    on = f", {one['on']}" if one["on"] else ""
    read = f"read by {one['read_by']}" if one["read_by"] else "not yet read by a native clinician"
    return f"by {one['by']}{on}; {read}"


def _line(claim: dict[str, Any]) -> str:
    certainty = (
        "no good source" if claim["status"] == "unverified" else f"{claim['status']}, {describe_certainty(claim['certainty'])}"
    )
    sources = f"{claim['sources']} source{'' if claim['sources'] == 1 else 's'}"
    return f"{claim['subject']['label']} {claim['relation_label']} {claim['object']['label']}  [{certainty}; {sources}]"
