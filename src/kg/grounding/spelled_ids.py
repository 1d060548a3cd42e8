"""What an identifier may mean, however it is spelt: an IRI or a CURIE in any case, with marks, blanks or percent signs in it, an address of a page.

Nothing is asked of the graph here: the IRIs are candidates, and those that are in no graph cost nothing.
"""

from __future__ import annotations

from kg.grounding.normalize import plain
from kg.rdf.namespaces import KG, prefixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_OBO = "http://purl.obolibrary.org/obo/"
#: An id of an OBO ontology has so many digits.
_DIGITS = 7
#: What people put around an identifier.
_AROUND = {"<": ">", "[": "]", "(": ")", '"': '"', "'": "'", "`": "`"}


def as_iris(name: str) -> list[str]:
    """The IRIs that a name may mean, the likeliest first; none where it is no identifier.

    >>> as_iris("hp 3401")
    ['http://purl.obolibrary.org/obo/HP_3401', 'http://purl.obolibrary.org/obo/HP_0003401']
    >>> as_iris("HTTPS://w3id.org/nutrition-kg/Vitamin_B12/")[-1]
    'https://w3id.org/nutrition-kg/vitamin-b12'
    >>> as_iris("vitamin B12"), as_iris("MCV: high")
    ([], [])
    """
    bare = _bare(name)
    found = _of_address(bare) if "/" in bare else _of_short_form(bare)
    return list(dict.fromkeys(iri for iri in found if not any(letter in ' <>"{}|\\^`' for letter in iri)))


def claim_name(name: str) -> str:
    """The local name of a claim, from any spelling of its id.

    >>> claim_name("<HTTPS://w3id.org/nutrition-kg/claim/Iron-Deficiency_promotes_fatigue/>"), claim_name("CLAIM:a_promotes_b")
    ('iron-deficiency_promotes_fatigue', 'a_promotes_b')
    """
    bare = _bare(name).partition("?")[0].rstrip("/#")
    return bare.rpartition("/")[2].lower().removeprefix("claim:").strip()


def _bare(name: str) -> str:
    """An identifier without what stands around it, and without percent signs for letters."""
    name = (name if name.isascii() else plain(name)).strip()
    while len(name) > 2 and _AROUND.get(name[0]) == name[-1]:
        name = name[1:-1].strip()
    if "%" in name:
        from urllib.parse import unquote

        name = plain(unquote(name)).strip()
    return name.rstrip(".,;").strip() if ":" in name or "_" in name else name


def _of_address(address: str) -> Iterator[str]:
    scheme, separator, rest = address.partition("://")
    if separator and not scheme.isalpha():
        return
    if not separator:
        scheme, rest = "https", address
    if scheme.casefold() not in ("http", "https"):
        yield f"{scheme}://{rest}"
        return
    host, slash, path = rest.partition("/")
    rest = f"{host.lower()}{slash}{path}"
    shorter = rest.partition("?")[0].rstrip("/#")
    if separator:
        for whole in dict.fromkeys((rest, shorter)):
            yield from (f"{one}://{whole}" for one in ("http", "https"))
    folded = shorter.removeprefix("www.").casefold()
    for space in sorted(prefixes().values(), key=len, reverse=True):
        start = space.partition("://")[2].casefold()
        if folded.startswith(start) and len(folded) > len(start):
            yield from _forms(space, shorter.removeprefix("www.")[len(start) :])
    *folders, last = shorter.split("/")
    yield from _of_short_form(last)
    space = prefixes().get(folders[-1], "") if folders and folders[-1] != "term" else KG
    if folders and space.startswith(KG):  # a page of ours, wherever it is served
        yield from _forms(space, last)


def _of_short_form(name: str) -> Iterator[str]:
    """A CURIE, or an id whose prefix and number are joined by another mark or a blank."""
    prefix, colon, local = (part.strip() for part in name.partition(":"))
    if colon and prefix.casefold() == "obo":
        yield _OBO + local
        yield from _of_short_form(local)
    elif not colon:
        place = next((at for at, letter in enumerate(name) if not letter.isalpha()), len(name))
        prefix, local = name[:place], name[place:].lstrip(" _-#").strip()
        # Without a colon only a number makes it an id: "iron 3" is none, since no ontology is called iron.
        if not local[-1:].isdigit() or not local.lstrip("CcDd").isdigit():
            return
    for space in _spaces(prefix) if local else ():
        yield from _forms(space, local)


#: The name of an ontology where people write it for the prefix of its ids.
_ONTOLOGIES = {"hpo": "hp"}


def _spaces(prefix: str) -> list[str]:
    wanted = _ONTOLOGIES.get(prefix.casefold(), prefix.casefold())
    return [space for known, space in prefixes().items() if known.casefold() == wanted]


def _forms(space: str, local: str) -> Iterator[str]:
    """The spellings of the name in a namespace: as it is, in small and in large letters, and as the namespace writes its names."""
    first, colon, rest = local.partition(":")
    if colon and _spaces(first) == [space]:  # hp:HP:0003401, as some catalogues write it
        local = rest
    yield space + local
    if space.startswith(KG):
        yield space + local.lower()
        yield space + "-".join(local.lower().replace("_", " ").split())
    elif local.isdigit() and space.startswith(_OBO):
        yield space + local.zfill(_DIGITS)
    else:
        yield from (space + local.lower(), space + local.upper())
