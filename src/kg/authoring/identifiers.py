"""The table of checked external ids: terms of a release put in, and what a newer release says of those that are there."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from kg.authoring.draft import Draft
from kg.authoring.ontology_files import Entry, Release, curie
from kg.authoring.table_rows import Row, lines, with_rows, without_rows
from kg.build import obsolete
from kg.build.cells import UNSEEN
from kg.build.tables import TABLES
from kg.errors import UnknownName, UsageError
from kg.rdf.namespaces import prefixes
from kg.sparql.library import nearest_names

CHECKED, MAPPINGS = "data/tables/ontology_terms.tsv", "ontology/mappings.sssom.tsv"
COLUMNS = ("id", "label", "ontology", "release")


class Change(NamedTuple):
    """What a release says of one id. ``touches`` are our terms that are mapped to it, each with the place of the mapping."""

    id: str
    outcome: str
    old: str
    new: str
    touches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ids:
    """What became of ids, and the draft that holds it."""

    changes: list[Change]
    draft: Draft


def add(root: str, names: list[str], found: Release, said: str) -> Ids:
    """Put ids of a release into the table: new, already there, or with another label or release.

    Parameters:
        said: the release in words, where the file does not say it.

    Raises:
        UsageError: an id of an unknown ontology, or one that is obsolete or not in the file; nothing is put in.
    """
    path = os.path.join(root, *CHECKED.split("/"))
    known = {row["id"]: row for row in lines(path, COLUMNS)}
    rows: list[Row] = []
    changes = []
    for name in dict.fromkeys(map(curie, names)):
        entry = _current(name, found)
        row = _row(name, entry, found, said, known)
        old = known.get(name)
        outcome = "new" if old is None else "already there" if old["label"] == row["label"] else "changed"
        rows += [row] if outcome != "already there" else []
        changes.append(
            Change(name, outcome, f"{old['label']} ({old['release']})" if old else "", f"{row['label']} ({row['release']})")
        )
    draft = Draft()
    if rows:
        draft.put(path, with_rows(draft.text(path), COLUMNS, rows, ("id",)))
    return Ids(changes, draft)


def update(root: str, found: Release, said: str) -> Ids:
    """What a release says of the ids that are there: another label, obsolete, replaced, or gone.

    The draft brings labels and releases up to date, and moves obsolete ids to their own table.
    """
    path, mapped = (os.path.join(root, *name.split("/")) for name in (CHECKED, MAPPINGS))
    own = {name.casefold(): name for name in prefixes()}.get(found.ontology.casefold(), "")
    mappings = _mappings(mapped)
    changes: list[Change] = []
    fresh: list[Row] = []
    gone: list[Row] = []
    for row in lines(path, COLUMNS):
        name, entry = row["id"], found.terms.get(row["id"])
        if own and not name.startswith(f"{own}:"):
            continue  # another ontology's, of which this file may hold an older copy
        touches = tuple(mappings.get(name, ()))
        if entry is None:
            if own:
                changes.append(Change(name, "not in the release", row["label"], "", touches))
        elif entry.obsolete:
            changes.append(
                Change(
                    name, "replaced" if entry.replaced_by else "obsolete", row["label"], "|".join(entry.replaced_by), touches
                )
            )
            gone.append(
                {
                    "id": name,
                    "label": row["label"],
                    "replaced_by": "|".join(entry.replaced_by),
                    "release": _release(name, found, said, {}),
                }
            )
        else:
            new = _row(name, entry, found, said, {name: row})
            if new["label"] != row["label"]:
                changes.append(Change(name, "label", row["label"], new["label"], touches))
            fresh += [new] if new != row else []
    draft = Draft()
    if fresh or gone:
        text = with_rows(draft.text(path), COLUMNS, fresh, ("id",))
        draft.put(path, without_rows(text, COLUMNS, "id", [row["id"] for row in gone]))
    labels = {row["id"]: row["label"] for row in fresh}
    relabelled = [
        row | {"object_label": labels[row["object_id"]]}
        for row in lines(mapped, TABLES[MAPPINGS][0])
        if labels.get(row["object_id"], row["object_label"]) != row["object_label"]
    ]
    if relabelled:
        draft.put(
            mapped, with_rows(draft.text(mapped), TABLES[MAPPINGS][0], relabelled, ("subject_id", "predicate_id", "object_id"))
        )
    if gone:
        place = obsolete.path(root)
        text = draft.text(place) if os.path.exists(place) else "\t".join(obsolete.COLUMNS) + "\n"
        draft.put(place, with_rows(text, obsolete.COLUMNS, gone, ("id",)))
    return Ids(changes, draft)


def newer(root: str, found: Release) -> str:
    """The latest day of a release that ids of the same ontology were checked against, where it comes after the file's; else nothing."""
    day = re.fullmatch(r"\d{4}-\d\d-\d\d", found.version)
    releases = [
        row["release"]
        for row in lines(os.path.join(root, *CHECKED.split("/")), COLUMNS)
        if row["ontology"].casefold() == found.ontology.casefold()
    ]
    latest = max((one for release in releases for one in re.findall(r"\d{4}-\d\d-\d\d", release)), default="")
    return latest if day and latest > found.version else ""


def _current(name: str, found: Release) -> Entry:
    prefix, colon, local = name.partition(":")
    if not colon or not local or " " in name or prefix not in prefixes() or prefix in ("kg", "claim", "source"):
        near = nearest_names(prefix, prefixes())
        hint = f"did you mean {near[0]}:{''.join(local.split())}?" if near and local else "write it as HP:0003394"
        raise UsageError(f"{name!r} is not an id of a public ontology that ontology/prefixes.ttl knows; {hint}")
    entry = found.terms.get(name)
    if entry is None or not (entry.label or entry.obsolete):
        near = nearest_names(name, [known for known in found.terms if known.startswith(f"{prefix}:")][:20_000])
        hint = f"did you mean {', '.join(near)}?" if near else f"it contains no {prefix} ids; name a release of that ontology"
        raise UnknownName(f"{found.path}: contains no {name}; {hint}", near)
    if entry.obsolete:
        instead = (
            f"add {' or '.join(entry.replaced_by)} in its place"
            if entry.replaced_by
            else "nothing replaces it; take another term"
        )
        raise UsageError(f"{found.path}: {name} ({entry.label}) is obsolete; {instead}")
    unseen = UNSEEN.search(entry.label)
    if unseen:
        raise UsageError(
            f"{found.path}: the label of {name} contains U+{ord(unseen[0]):04X}, which cannot be seen; fetch the release again"
        )
    return entry


def _row(name: str, entry: Entry, found: Release, said: str, known: dict[str, Row]) -> Row:
    prefix = name.partition(":")[0]
    return {"id": name, "label": entry.label, "ontology": prefix, "release": _release(name, found, said, known)}


def _release(name: str, found: Release, said: str, known: dict[str, Row]) -> str:
    """The release in words: by the name that the table has for the ontology, and the version that the file or its reader says."""
    prefix = name.partition(":")[0]
    version = said or found.version
    if not version:
        raise UsageError(f"{found.path}: states neither a release nor a date; give one with --release")
    if said:
        return said
    names = Counter(row["release"].split(" ")[0] for row in known.values() if row["ontology"] == prefix)
    called = names.most_common(1)[0][0] if names else prefix
    own = not found.ontology or found.ontology.casefold() == prefix.casefold()
    return f"{called} {version}" if own else f"{called} terms in {found.ontology.upper()} {version}"


def _mappings(path: str) -> dict[str, list[str]]:
    from kg.build.cells import rows

    found: dict[str, list[str]] = {}
    for cells in rows(path, TABLES[MAPPINGS][0]):
        found.setdefault(cells.row["object_id"], []).append(
            f"{cells.row['subject_id']} ({os.path.normpath(path)}:{cells.line})"
        )
    return found
