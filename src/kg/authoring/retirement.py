"""The four ways to give a record up, each as a plan that is shown first and written when asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kg.authoring import block_edit, placement, references, written
from kg.authoring.naming import local_name
from kg.authoring.succession import Plan, Succession
from kg.authoring.written_text import quote
from kg.build import retired
from kg.errors import UsageError
from kg.graph import Graph
from kg.grounding.resolve import Term, find
from kg.grounding.spelled_ids import claim_name
from kg.rdf.namespaces import KG, iri_to_compact

#: Kinds of terms whose ids name files of claims.
_NAMES_OF_FILES = ("Nutrient", "Vitamin", "Mineral", "FattyAcid", "OrganSystem")
_ONCE = frozenset(
    {
        "a",
        "rdfs:label",
        "skos:altLabel",
        "skos:prefLabel",
        "skos:definition",
        "kg:stateOf",
        "kg:deviation",
        "kg:diseaseOf",
        "kg:unexplained",
    }
)

#: The properties that name a term.
_NAMES = ("rdfs:label", "skos:prefLabel", "skos:altLabel")


def rename(root: str, graph: Graph, name: str, label: str, local: str = "", keep_id: bool = False, reason: str = "") -> Plan:
    """Give a term another label; its id follows unless it is kept. The old label stays as a synonym.

    Raises:
        UsageError: the new name is in use, or was.
    """
    label = " ".join(label.split())
    old = graph.term(name)
    known = find(graph.rows, label) if label else None
    if not label or (known is not None and known.iri != old.iri):
        told = f"is a name of {iri_to_compact(known.iri)} ({known.kind}) already" if known else "is not a name"
        raise UsageError(f"{label!r} {told}; choose another name, or merge the two: kg merge")
    if label == old.label:
        raise UsageError(f"{label!r} is already the label of {iri_to_compact(old.iri)}; choose another name")
    new = old.iri if keep_id else KG + (local or local_name(label))
    if local and local != local_name(local):
        raise UsageError(f"--name {local}: a name is lower-case words joined by hyphens, such as {local_name(local)}")
    if new != old.iri:
        _refuse_taken(root, iri_to_compact(new))
        if old.kind in _NAMES_OF_FILES:
            raise UsageError(f"{iri_to_compact(old.iri)} names files of data; rename its label alone: add --keep-id")
    work = Succession(root, graph, old, "renamed", reason)
    block = block_edit.block(work.block)
    block.subject = iri_to_compact(new)
    synonyms = [_words(one) for one in block.objects("skos:altLabel") if _plain(_words(one)) != label]
    block.put(
        "rdfs:label",
        [f"{quote(label)}@en", *[one for one in map(_words, block.objects("rdfs:label")) if not one.endswith("@en")]],
    )
    block.put("skos:altLabel", [*synonyms, f"{quote(old.label)}@en"], ("rdfs:label",))
    work.plan.told.append((work.name, f"is now {iri_to_compact(new)} {label!r}; {old.label!r} is a synonym"))
    if new == old.iri:
        work.plan.draft.change(work.path, work.name, block.text())
        _relabel_mappings(work, new, label)
        return work.plan
    work.plan.draft.change(work.path, work.name, "")
    work.plan.draft.add(work.path, block.text())
    work.repoint(lambda claim: new)
    _relabel_mappings(work, new, label)
    work.give_up(old.iri, old.label, [new])
    return work.finish()


def merge(root: str, graph: Graph, name: str, into: str, reason: str = "") -> Plan:
    """Lead a term to another one, which takes over its names, claims and all that refers to it.

    Raises:
        UsageError: the two are one, of other kinds, or have claims that contradict.
    """
    old, new = graph.term(name), graph.term(into)
    if old.iri == new.iri:
        raise UsageError(f"{name!r} and {into!r} name the same term, {iri_to_compact(old.iri)}; there is nothing to merge")
    _refuse_other_kind(graph, old, new)
    work = Succession(root, graph, old, "merged", reason)
    place = placement.where(root, iri_to_compact(new.iri))
    if place is None:
        raise UsageError(f"{iri_to_compact(new.iri)}: is not in a Turtle file of data; merge the other way round")
    work.plan.told.append((work.name, f"is merged into {iri_to_compact(new.iri)}, which bears its names"))
    work.repoint(lambda claim: new.iri)
    taken = block_edit.block(references.in_text(work.block, lambda iri: new.iri if iri == old.iri else None))
    block = block_edit.block(work.plan.draft.block(place[0], iri_to_compact(new.iri)))
    names = [_words(one) for key in _NAMES for one in taken.objects(key)]
    own = {_plain(_words(one)) for key in _NAMES for one in block.objects(key)}
    more = [one for one in names if _plain(one) not in own]
    block.put("skos:altLabel", [*[_words(one) for one in block.objects("skos:altLabel")], *more], ("rdfs:label",))
    for key in dict.fromkeys(key for key, _ in taken.entries if key not in _ONCE):
        given = [" ".join(one) for one in taken.objects(key)]
        have = [" ".join(one) for one in block.objects(key)]
        add = [one for one in given if one not in have and one != block.subject]
        if add:
            block.put(key, [*have, *add])
            work.plan.told.append((block.subject, f"takes over {key}"))
    _relabel_mappings(work, new.iri, new.label)
    work.plan.draft.change(place[0], block.subject, block.text())
    work.plan.draft.change(work.path, work.name, "")
    work.give_up(old.iri, old.label, [new.iri])
    return work.finish()


def split(
    root: str, graph: Graph, name: str, parts: Sequence[str], claims: Mapping[str, str], rest: str, reason: str = ""
) -> Plan:
    """Part a term into others that are there; each claim goes to the one that is said, all else to ``rest``.

    Raises:
        UsageError: fewer than two parts, or nobody said where something goes.
    """
    old = graph.term(name)
    found = [graph.term(part) for part in parts]
    if len({term.iri for term in found} - {old.iri}) < 2:
        raise UsageError(f"{name!r} is split into two terms or more, other than itself; write them first, with kg new term")
    for term in found:
        _refuse_other_kind(graph, old, term)
    known = {term.iri for term in found}
    work = Succession(root, graph, old, "split", reason)

    def part(word: str) -> str:
        iri = graph.term(word).iri
        if iri not in known:
            raise UsageError(f"{word!r} is none of the parts; choose one of {', '.join(term.label for term in found)}")
        return iri

    given = {_claim(work.claims, claim): part(word) for claim, word in claims.items()}
    remaining = part(rest) if rest else None
    work.plan.told.append((work.name, f"is split into {' and '.join(iri_to_compact(term.iri) for term in found)}"))
    work.repoint(lambda claim: given.get(claim, remaining))
    work.plan.draft.change(work.path, work.name, "")
    work.give_up(old.iri, old.label, [term.iri for term in found])
    return work.finish()


def retire(root: str, graph: Graph, name: str, replaced_by: Sequence[str], reason: str = "") -> Plan:
    """Give up a term, claim or source that nothing refers to any more. Readings and reviews of a claim stay as its history.

    Raises:
        UsageError: something refers to it; the error names the places.
    """
    old = _record(root, graph, name)
    successors = [_record(root, graph, one) for one in replaced_by]
    if any(one.iri == old.iri for one in successors):
        raise UsageError(f"{name!r} cannot replace itself; name another record")
    work = Succession(root, graph, old, "retired", reason)
    used = [place for place in references.uses(root, {old.iri})[old.iri] if not references.is_history(place)]
    if used:
        more = f" and {len(used) - 5} more" if len(used) > 5 else ""
        fix = "take them out first, or lead them elsewhere with kg merge or kg split"
        raise UsageError(f"{work.name} is referred to at {', '.join(used[:5])}{more}; {fix}")
    work.plan.draft.change(work.path, work.name, "")
    work.plan.told.append((work.name, "is retired"))
    work.give_up(old.iri, old.label, [one.iri for one in successors])
    return work.finish()


def _record(root: str, graph: Graph, name: str) -> Term:
    """A term or source by any name, or a claim by its own."""
    if name.strip("<>").removeprefix(KG).startswith(("claim/", "claim:")):
        known = written.claims(root)
        iri = _claim(known, name)
        return Term(iri, iri.rpartition("/")[2].replace("_", " ").replace("-", " "), known[iri].kind)
    return graph.term(name)


def _claim(known: Mapping[str, written.Written], name: str) -> str:
    iri = f"{KG}claim/" + claim_name(name)
    if iri not in known:
        raise UsageError(f"no claim is called {name!r}; kg term lists the claims of a term")
    return iri


def _refuse_other_kind(graph: Graph, old: Term, new: Term) -> None:
    states = [find(graph.rows, f"<{term.iri}>", "State") is not None for term in (old, new)]
    if old.kind != new.kind and not all(states):
        raise UsageError(
            f"{old.label} is a {old.kind} and {new.label} a {new.kind}; a term can be replaced only by one of its kind"
        )


def _refuse_taken(root: str, name: str) -> None:
    place = placement.where(root, name)
    if place:
        raise UsageError(
            f"{place[0]}:{place[1]}: {name} already exists; give another name with --name, or merge the two: kg merge"
        )
    for cells in retired.read(root):
        if cells.row["id"] == name:
            raise UsageError(
                f"{cells.path}:{cells.line}: {name} was the id of another record, and ids are never reused; give another with --name"
            )


def _relabel_mappings(work: Succession, iri: str, label: str) -> None:
    import os

    path = os.path.join(work.root, "ontology", "mappings.sssom.tsv")
    found = work.plan.draft.text(path).split("\n")
    name = iri_to_compact(iri)
    own = ["\t".join([name, label, *line.split("\t")[2:]]) if line.startswith(f"{name}\t") else line for line in found]
    seen: set[tuple[str, ...]] = set()
    changed: list[str] = []
    for line in own:  # two terms that became one may have been mapped to the same
        cells = line.split("\t")
        key = (cells[0], cells[2], cells[3]) if cells[0] == name and len(cells) > 3 else (line, str(len(changed)))
        changed += [] if key in seen else [line]
        seen.add(key)
    if changed != found:
        work.plan.draft.put(path, "\n".join(changed))


def _words(pieces: list[str]) -> str:
    return " ".join(pieces)


def _plain(literal: str) -> str:
    """The words of a literal without quotes and language."""
    return literal.rpartition('"')[0][1:]
