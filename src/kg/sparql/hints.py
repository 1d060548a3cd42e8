"""What a query asks for that is not in the graph: a misspelt name of ours finds nothing, in silence, and so does a label without its language."""

from __future__ import annotations

import re
from difflib import get_close_matches

from kg.rdf.namespaces import KG, iri_to_compact, prefixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    Asked = Callable[[str], Iterable[Any]]

#: A query names few things; of a longer list the first are looked at.
_MOST = 60
#: A shorter word is held by too many names to offer them; so many names are offered.
_SHORT = 3
_OFFERED = 3
#: Properties that other vocabularies have where this one has another, by their local name in small letters.
USUAL = {
    **dict.fromkeys(("label", "name", "preflabel", "title"), "rdfs:label"),
    **dict.fromkeys(("synonym", "altlabel", "alias", "alternatename"), "skos:altLabel"),
    **dict.fromkeys(("description", "comment", "definition"), "skos:definition"),
    "type": "a",
    **dict.fromkeys(("sameas", "seealso", "exactmatch"), "skos:exactMatch"),
    **dict.fromkeys(("subclassof", "broader", "ispartof"), "kg:kindOf"),
}
_STRING = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
_COMMENT = re.compile(r"(?m)(?:^|(?<=[\s;.,{}()]))#.*$")
_DECLARED = re.compile(r"(?i)\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>")
_IRI = re.compile(r"<([^<>\s]*)>")
_CURIE = re.compile(r"(?<![\w:?$<@\\-])([A-Za-z][\w-]*)?:([\w](?:[\w.:-]*[\w-])?)")
#: What a query can do without, so that a name in it that matches nothing does not show; and sums of a whole answer.
_HIDING = re.compile(r"(?i)\b(?:OPTIONAL|UNION|MINUS|EXISTS|VALUES|IN|COALESCE|IF|BOUND)\b|!=|\w\s*\|\s*\^?\w")
_TOTAL = re.compile(r"(?i)\b(?:COUNT|SUM|AVG|MIN|MAX|SAMPLE|GROUP_CONCAT)\s*\(")
#: A label that is written without its language, which all our labels have.
_BARE = re.compile(r'(rdfs:label|skos:altLabel|skos:definition)\s+("(?:[^"\\\n]|\\.)*")(?![@^"\w])')


def hints(rows: Asked, text: str) -> list[str]:
    """One line for each name of ours in a query that no triple of the graph holds, with the one that comes closest.

    >>> import kg
    >>> hints(kg.open().rows, "SELECT ?s { kg:magnesium-deficiency kg:promotse ?s }")
    ['kg:promotse is not in the graph; did you mean kg:promotes?']
    """
    names = names_of_ours(text)[:_MOST]
    told = []
    unknown = _unknown(rows, names)
    if unknown:
        known = _find_known(rows)
        for name in unknown:
            local = name.removeprefix(KG)
            told.append(f"{iri_to_compact(name)} is not in the graph; {_find_near(local, known)}")
    return told + [f"{one} is written without its language; the graph has {one}@en" for one in _bare(rows, text)]


def may_hide(text: str) -> bool:
    """Whether a query can have rows although a part of it matches nothing: one that is optional, an alternative, or ruled out."""
    return bool(_HIDING.search(_COMMENT.sub("", text)))


def is_nothing(text: str, row: Iterable[Any]) -> bool:
    """Whether the only row of an answer is what a query that counts or adds up says of nothing.

    >>> import kg
    >>> query = "SELECT (COUNT(*) AS ?n) { ?s kg:promotes kg:xyzzy }"
    >>> is_nothing(query, kg.open().rows("PREFIX kg: <https://w3id.org/nutrition-kg/> " + query)[0])
    True
    """
    return (
        bool(_TOTAL.search(text))
        and not re.search(r"(?i)\bGROUP\s+BY\b", text)
        and all(one is None or one.value in ("0", "") for one in row)
    )


def _find_near(local: str, known: list[str]) -> str:
    """What to write for a name that is not there: the one spelled most alike, else those that hold it as words."""
    if local.lower() in USUAL:
        return f"write {USUAL[local.lower()]}"
    alike = [one for one in known if ("/" in one) == ("/" in local)]
    near = [one for one in alike if one.lower() == local.lower()] or get_close_matches(local, alike, n=1, cutoff=0.9)
    if not near and len(local) > _SHORT:
        words = local.lower().replace("_", "-")
        holding = [one for one in alike if f"-{words}-" in f"-{_hyphens(one)}-"]
        near = sorted(holding, key=lambda one: (len(one), one))[:_OFFERED]
    elsewhere = [one for one in known if one.rpartition("/")[2] == local.rpartition("/")[2]]
    near = near or elsewhere[:1] or get_close_matches(local, alike, n=1, cutoff=0.7)
    if not near:
        usual = get_close_matches(local.lower(), USUAL, n=1, cutoff=0.8)
        return f"write {USUAL[usual[0]]}" if usual else "kg find looks for names, and docs/model.md lists properties"
    return f"did you mean {' or '.join(iri_to_compact(KG + one) for one in near)}?"


def _hyphens(name: str) -> str:
    """The words of a name with a hyphen between them: ``moderateCertainty`` and ``low-ferritin`` alike."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _bare(rows: Asked, text: str) -> list[str]:
    """The labels that a query writes without a language, where the graph has them in English alone."""
    found = []
    for label, literal in list(dict.fromkeys(_BARE.findall(_COMMENT.sub("", text))))[:_MOST]:
        prefix, _, local = label.partition(":")
        named = f"<{prefixes()[prefix]}{local}>"
        query = f"SELECT ?s {{ ?s {named} {literal}@en . FILTER NOT EXISTS {{ ?other {named} {literal} }} }} LIMIT 1"
        found += [literal] if list(rows(query)) else []
    return list(dict.fromkeys(found))


def names_of_ours(text: str) -> list[str]:
    """The IRIs of our namespace that a query names, whole or by a prefix, in the order in which it does.

    >>> names_of_ours('CONSTRUCT { kg:anemia ?p ?o } { kg:anemia ?p ?o } # not kg:fatigue')
    ['https://w3id.org/nutrition-kg/anemia']
    """
    return list(dict.fromkeys(_names(_COMMENT.sub("", _STRING.sub('""', text)))))


def _names(text: str) -> Iterable[str]:
    spaces = {**prefixes(), **dict(_DECLARED.findall(text))}
    body = _DECLARED.sub("", text)
    for iri in _IRI.findall(body):
        if iri.startswith(KG) and len(iri) > len(KG):
            yield iri
    for prefix, local in _CURIE.findall(_IRI.sub("", body)):
        space = spaces.get(prefix, "")
        if space.startswith(KG):
            yield space + local


def _unknown(rows: Asked, names: list[str]) -> list[str]:
    if not names:
        return []
    values = " ".join(f"<{name}>" for name in names)
    query = f"""SELECT ?name {{
      VALUES ?name {{ {values} }}
      FILTER NOT EXISTS {{ ?name ?p1 ?o1 }} FILTER NOT EXISTS {{ ?s2 ?name ?o2 }} FILTER NOT EXISTS {{ ?s3 ?p3 ?name }}
    }}"""
    missing = {row[0].value for row in rows(query)}
    return [name for name in names if name in missing]


def _find_known(rows: Asked) -> list[str]:
    """The local parts of all our names that have a label, and of the properties in use."""
    query = f"""SELECT DISTINCT ?name {{ ?name <http://www.w3.org/2000/01/rdf-schema#label> ?label . FILTER(STRSTARTS(STR(?name), "{KG}")) }}"""
    return sorted({row[0].value.removeprefix(KG) for row in rows(query)})
