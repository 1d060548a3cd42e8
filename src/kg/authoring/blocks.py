"""The blocks of new records, as a researcher would write them by hand.

A value that is missing becomes ``FILL-IN``, which no check accepts, so that a printed block can be completed in an editor.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.authoring import credit
from kg.authoring.naming import local_name
from kg.authoring.relations import Relation
from kg.authoring.written_text import quote
from kg.errors import UsageError
from kg.rdf.namespaces import iri_to_compact
from kg.rdf.vocabulary import STANCES

MISSING = "FILL-IN"


def claim_name(subject: str, asserted: str, effect: str) -> str:
    """The CURIE of a claim: what it asserts, from the IRIs of its ends."""
    return f"claim:{_local(subject)}_{asserted}_{_local(effect)}"


def claim(
    subject: str,
    asserted: Relation,
    target: str,
    evidence: Iterable[str],
    words: Mapping[str, str],
    scope: Mapping[str, Sequence[str]],
) -> str:
    """The block of a claim.

    Parameters:
        subject, target: IRIs of the two ends.
        asserted: what the claim states.
        evidence: lines made by :func:`evidence_line`.
        words: values of ``ratherThan`` (an IRI), ``onset``, ``dose`` and the like; empty ones are left out.
        scope: in whom it holds: IRIs of ``onlyWhen`` and ``population``, or :data:`MISSING`.
    """
    lines = [
        f"{claim_name(subject, asserted.name, target)} a kg:{asserted.kind}",
        f"kg:{asserted.first} {iri_to_compact(subject)}",
        f"kg:relation kg:{asserted.name}",
        f"kg:{asserted.last} {iri_to_compact(target)}",
    ]
    for name, value in words.items():
        if value:
            lines.append(f"kg:{name} {iri_to_compact(value) if name == 'ratherThan' else quote(value)}")
    for name, iris in scope.items():
        if iris:
            lines.append(f"kg:{name} {' , '.join(f'kg:{iri}' if iri == MISSING else iri_to_compact(iri) for iri in iris)}")
    return _block([*lines, *credit.lines(), "kg:evidence " + " , ".join(evidence)])


def evidence_line(source: str, stance: str, locator: str = "", note: str = "", indirect: bool = False, often: str = "") -> str:
    """What one source (an IRI, or empty where it is still missing) says of a claim, in brackets.

    Raises:
        UsageError: no stance is called so.
    """
    if stance not in STANCES:
        raise UsageError(f"{stance!r} is not a stance; choose one of {', '.join(STANCES)}")
    parts = [f"kg:source {iri_to_compact(source) if source else 'source:' + MISSING}", f"kg:stance kg:{stance}"]
    parts += ["kg:directness kg:indirect"] if indirect else []
    parts += [f"kg:frequency kg:{often}"] if often else []
    parts += [f"kg:locator {quote(locator)}"] if locator else []
    parts += [f"kg:note {quote(note)}"] if note else []
    return credit.credit_line(f"[ {' ; '.join(parts)} ]")


def term(
    label: str,
    kind: str,
    definition: str,
    synonyms: Iterable[str],
    of: str,
    deviation: str,
    name: str = "",
    disease_of: str = "",
    more: Iterable[str] = (),
) -> str:
    """The block of a term, under ``name`` or one made from its label.

    Parameters:
        of: the IRI of what a state is a state of; empty for what is not a state.
        disease_of: the IRI of the nutrient status whose own disease it is; empty for all others.
        more: further lines, property and value.
    """
    lines = [f"kg:{name or local_name(label)} a kg:{kind}", f"rdfs:label {quote(label)}@en"]
    names = sorted(dict.fromkeys(synonyms), key=str.casefold)
    lines += ["skos:altLabel " + " , ".join(f"{quote(name)}@en" for name in names)] if names else []
    lines.append(f"skos:definition {quote(definition or MISSING)}@en")
    if of or deviation:
        lines += [f"kg:stateOf {iri_to_compact(of) if of else 'kg:' + MISSING}", f"kg:deviation kg:{deviation or MISSING}"]
    lines += [f"kg:diseaseOf {iri_to_compact(disease_of)}"] if disease_of else []
    return _block([*lines, *more, *credit.lines()])


def source(title: str, study_kind: str, access: str, url: str, identifiers: Iterable[str], name: str = "") -> str:
    """The block of a source, under ``name`` or one made from its title; ``identifiers`` are as the text shows them, such as ``DOI:10.1000/1``."""
    lines = [f"source:{name or source_name(title)} a kg:Source", f"rdfs:label {quote(title)}@en"]
    lines += [f"kg:studyKind kg:{study_kind or MISSING}", f"kg:access kg:{access or MISSING}"]
    lines += ["dcterms:identifier " + " , ".join(map(quote, identifiers))] if identifiers else []
    lines += [f"dcterms:source <{url}>"] if url else []
    return _block([*lines, *credit.lines()])


def source_name(title: str) -> str:
    """The local name of a source: the first words of its title that make up to 60 letters.

    >>> source_name("Magnesium Citrate Monotherapy Improves Restless Legs Syndrome Symptoms")
    'magnesium-citrate-monotherapy-improves-restless-legs'
    """
    whole = local_name(title, longest=100 * len(title))  # a letter of another script may be spelt out in many
    return whole if len(whole) <= 60 else (whole[:61].rpartition("-")[0] or whole[:60])


def list_missing(block: str) -> str:
    """The lines of a block in which a value is still missing."""
    return "; ".join(line.strip(" ;.") for line in block.splitlines() if MISSING in line)


def camel(option: str) -> str:
    """The property that an option of several words stands for: ``treatedFor`` for ``treated-for``."""
    first, *rest = option.split("-")
    return first + "".join(word.capitalize() for word in rest)


def _local(iri: str) -> str:
    return iri_to_compact(iri).partition(":")[2]


def _block(lines: list[str]) -> str:
    return " ;\n    ".join(lines) + " .\n"
