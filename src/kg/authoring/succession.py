"""Giving records up without losing them: renamed, merged, split or retired, with all that refers to them led to what replaces them.

All is made in a draft; nothing reaches the disk before the whole is found good.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from kg.authoring import block_edit, placement, references, written
from kg.authoring.claim_files import Topic, file_of, topics_of
from kg.authoring.claim_merge import join_claims
from kg.authoring.draft import Draft
from kg.authoring.table_rows import Row, lines, with_rows
from kg.build import retired, translations
from kg.build.read import contents, list_sources
from kg.errors import UsageError
from kg.graph import Graph
from kg.grounding.resolve import Term
from kg.rdf.namespaces import KG, iri_to_compact

#: What takes the place of the old record, for a claim (its IRI) or, of an empty one, for all else; None where nobody said.
Pick = Callable[[str], str | None]


@dataclass
class Plan:
    """The changes of one command: the draft, and a line about each record."""

    draft: Draft = field(default_factory=Draft)
    told: list[tuple[str, str]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


class Succession:
    """One record given up, in a repository and the graph of it."""

    def __init__(self, root: str, graph: Graph, old: Term, how: str, reason: str = "") -> None:
        self.root, self.graph, self.old, self.how, self.reason = root, graph, old, how, reason
        self.plan = Plan()
        self.claims = written.claims(root)
        self.name = iri_to_compact(old.iri)
        place = placement.where(root, self.name)
        if place is None:
            raise UsageError(f"{self.name}: is not in a Turtle file of data; change the row of its table")
        self.path = place[0]
        self.block = self.plan.draft.block(self.path, self.name)

    def give_up(self, iri: str, label: str, successors: Iterable[str], how: str = "") -> None:
        """Note in the table of retired records what replaces one."""
        names = "|".join(map(iri_to_compact, successors))
        today = datetime.date.today().isoformat()
        row = {"id": iri_to_compact(iri), "label": label, "how": how or self.how, "replaced_by": names, "on": today}
        self.plan.rows.append(row | {"reason": self.reason})

    def repoint(self, pick: Pick) -> None:
        """Lead all that refers to the old record to what replaces it, but for its own block."""
        moved = self._move_claims(pick)
        missing: list[str] = []

        def moves(claim: str) -> references.Moves:
            def new(iri: str) -> str | None:
                if iri != self.old.iri:
                    return moved.get(iri)
                found = pick(claim)
                if found is None:
                    missing.append(iri_to_compact(claim) if claim else "what is not a claim")
                return found

            return new

        waiting: list[tuple[str, str]] = []
        words = [iri.rpartition("/")[2] for iri in (self.old.iri, *moved)]
        for path in list_sources(self.root):
            text = placement.shape_file(path) if _mentions(path, words) else ""
            for block in placement.blocks(text):
                if block.name == self.name:
                    continue
                iri = _iri(block.name)
                new = references.in_text(block.text, moves(iri if iri in self.claims else ""))
                if iri in moved:
                    waiting.append((iri, new))
                    self.plan.draft.change(path, block.name, "")
                elif new != block.text:
                    self.plan.draft.change(path, block.name, new)
                    self.plan.told.append((block.name, "refers to what replaces it"))
        for iri, new in waiting:
            self._put(iri, moved[iri], new)
        for path in (*references.tables(self.root), *references.queries(self.root), *references.shapes(self.root)):
            if _mentions(path, words) and not path.endswith(retired.TABLE.rpartition("/")[2]):
                text = self.plan.draft.text(path)
                changed = (
                    references.in_table(path, text, moves("")) if path.endswith(".tsv") else references.in_text(text, moves(""))
                )
                if changed != text:
                    self.plan.draft.put(path, translations.join_rows(path, changed))
                    self.plan.told.append((os.path.normpath(path), "refers to what replaces it"))
        if missing:
            some = ", ".join(dict.fromkeys(missing))
            raise UsageError(
                f"what these are to refer to is not given: {some}; write --claim CLAIM=TERM, or --rest TERM for all others"
            )

    def finish(self) -> Plan:
        """The plan, with the table of retired records."""
        path = retired.path(self.root)
        text = self.plan.draft.text(path) if os.path.exists(path) else "\t".join(retired.COLUMNS) + "\n"
        gone = {row["id"]: row["replaced_by"] for row in self.plan.rows}
        earlier = lines(path, retired.COLUMNS) if os.path.exists(path) else []
        for row in earlier:  # what was replaced by a record that is given up now is replaced by what replaces that one
            parts = [new for part in row["replaced_by"].split("|") for new in gone.get(part, part).split("|") if new]
            if "|".join(dict.fromkeys(parts)) != row["replaced_by"]:
                self.plan.rows.append(row | {"replaced_by": "|".join(dict.fromkeys(parts))})
        self.plan.draft.put(path, with_rows(text, retired.COLUMNS, self.plan.rows, ("id",)))
        return self.plan

    def _move_claims(self, pick: Pick) -> dict[str, str]:
        """The claims whose ends change, with the IRIs that follow from their new ends."""
        moved = {}
        for claim in self.claims.values():
            if self.old.iri not in (claim.subject, claim.object, *claim.facts.get("ratherThan", ())):
                continue
            new = pick(claim.iri)
            if new is None:
                continue  # told with all that nobody said
            ends = [new if end == self.old.iri else end for end in (claim.subject, claim.object)]
            if ends[0] == ends[1]:
                raise UsageError(
                    f"{os.path.normpath(claim.path)}: {iri_to_compact(claim.iri)} would join {iri_to_compact(new)} with itself; retire it first, "
                    f"with kg retire {iri_to_compact(claim.iri)}"
                )
            words = claim.iri.removeprefix(KG + "claim/").split("_")
            local, other = self.old.iri.removeprefix(KG), new.removeprefix(KG)
            name = "_".join(other if word == local else word for word in words)
            if name != "_".join(words):  # a claim is named after what it joins
                moved[claim.iri] = f"{KG}claim/{name}"
        return moved

    def _put(self, iri: str, new: str, text: str) -> None:
        """A claim under its new name: in its place, or joined with the claim that is there."""
        claim, name = self.claims[iri], iri_to_compact(new)
        there = self.claims.get(new)
        label = iri.rpartition("/")[2].replace("_", " ").replace("-", " ")
        if there is not None:
            draft = self.plan.draft
            draft.change(there.path, name, join_claims(draft.block(there.path, name), text, there.path, iri_to_compact(iri)))
            self.give_up(iri, label, [new], "merged")
            self.plan.told.append((iri_to_compact(iri), f"its evidence goes to {name}"))
            return
        renamed = block_edit.block(text)
        ends = [renamed.objects(f"kg:{end}") for end in ("cause", "subject", "effect", "object")]
        subject, target = ((first or second)[0][0] for first, second in (ends[:2], ends[2:]))
        path = (
            self._place(claim.kind, _iri(subject), _iri(target))
            if os.path.dirname(claim.path).endswith("claims")
            else claim.path
        )
        self.plan.draft.add(path, text if text.endswith("\n") else text + "\n")
        self.give_up(iri, label, [new], "renamed")
        self.plan.told.append((iri_to_compact(iri), f"is now {name}"))

    def _place(self, kind: str, subject: str, target: str) -> str:
        topics = topics_of(self.graph.rows, [subject, target, self.old.iri])
        own = topics.get(self.old.iri, Topic(""))
        return placement.claim_path(self.root, file_of(kind, topics.get(subject, own), topics.get(target, own)))


def _mentions(path: str, words: list[str]) -> bool:
    text = contents(path)
    return any(word.encode() in text for word in words)


def _iri(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{KG}{local}" if prefix == "kg" else f"{KG}{prefix}/{local}"
