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
_STRING = re.compile(r'"""[\s\S]*?"""|\'\'\'[\s\S]*?\'\'\'|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')
_COMMENT = re.compile(r"(?m)(?:^|(?<=[\s;.,{}()]))#.*$")
_DECLARED = re.compile(r"(?i)\bPREFIX\s+([\w.-]*):\s*<([^<>\s]*)>")
_IRI = re.compile(r"<([^<>\s]*)>")
_CURIE = re.compile(r"(?<![\w:?$<@\\-])([A-Za-z][\w-]*)?:([\w](?:[\w.:-]*[\w-])?)")
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
            near = get_close_matches(local, [one for one in known if ("/" in one) == ("/" in local)], n=1, cutoff=0.7)
            hint = f"did you mean {iri_to_compact(KG + near[0])}?" if near else "kg find and kg term look for names"
            told.append(f"{iri_to_compact(name)} is not in the graph; {hint}")
    return told + [f"{one} is written without its language; the graph has {one}@en" for one in _bare(rows, text)]


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
