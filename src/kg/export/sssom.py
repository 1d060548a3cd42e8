"""SSSOM of the mappings to public ontologies, with what the table in ``ontology/`` says of each: how it was made, how sure it is.

A mapping of the graph that the table does not have (of one's own data, or of another release) is there too, its justification unspecified.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from kg import locations
from kg.errors import DataError
from kg.locations import __version__
from kg.rdf.namespaces import KG, iri_to_compact, prefixes
from kg.rdf.xml import replace_forbidden
from kg.sparql.library import reading

if TYPE_CHECKING:
    from kg.graph import Graph

COLUMNS = (
    *("subject_id", "subject_label", "predicate_id", "object_id", "object_label"),
    *("mapping_justification", "author_label", "object_source_version", "confidence", "comment"),
)
#: Namespaces that the columns use besides those of the ids.
_SEMAPV = "https://w3id.org/semapv/vocab/"
_MANUAL = "semapv:ManualMappingCuration"
_AUTHOR = "{} contributors"
#: What the SSSOM schema gives these prefixes itself, and lets nobody else give them.
_BUILT_IN = {"skos": "http://www.w3.org/2004/02/skos/core#", "semapv": _SEMAPV}
_HEAD = """# mapping_set_id: {iri}mappings
# mapping_set_version: "{version}"
# mapping_set_title: Mappings of {name} to public ontologies
# license: {licence}
# creator_label:
#   - {author}
# comment: "exactMatch stands only where kind and meaning agree"
# curie_map:
{prefixes}
"""


def sssom(graph: Graph, root: str | None = None) -> tuple[bytes]:
    """The table with its header.

    Parameters:
        root: the repository whose tables are read; by default that of the built-in graph.
    """
    known = _find_known(root or locations.files())
    releases = _releases(root or locations.files())
    about = graph.header
    curator = _AUTHOR.format(about.name or "nutrition-kg")
    lines = []
    for subject, label, predicate, target, target_label in graph.rows(reading("export_mappings")):
        ids = iri_to_compact(subject.value), iri_to_compact(predicate.value), iri_to_compact(target.value)
        told = known.get(ids, {})
        justified = told.get("mapping_justification", "semapv:UnspecifiedMatching")
        author = curator if justified == _MANUAL else ""
        cells = (
            *(ids[0], label.value if label else "", ids[1], ids[2], target_label.value if target_label else ""),
            *(justified, author, releases.get(ids[2], ""), told.get("confidence", ""), told.get("comment", "")),
        )
        lines.append("\t".join(" ".join(replace_forbidden(cell).split()) for cell in cells))
    if not lines:
        raise DataError("the graph contains no mappings (skos:exactMatch and its like); kg export nt exports any graph")
    used = {name.partition(":")[0] for line in lines for name in line.split("\t")[:4:3]} | {"kg"}
    spaces = {name: space for name, space in prefixes().items() if name in used} | _BUILT_IN
    named = "\n".join(f"#   {name}: {space}" for name, space in sorted(spaces.items()))
    head = _HEAD.format(
        iri=about.iri or KG,
        name=about.name or "nutrition-kg",
        licence=about.licence or "https://creativecommons.org/licenses/by/4.0/",
        version=__version__,
        author=curator,
        prefixes=named,
    )
    return ((head + "\n".join(["\t".join(COLUMNS), *lines]) + "\n").encode(),)


def _find_known(root: str) -> dict[tuple[str, str, str], dict[str, str]]:
    rows = _table(os.path.join(root, "ontology", "mappings.sssom.tsv"))
    return {(row["subject_id"], row["predicate_id"], row["object_id"]): row for row in rows}


def _releases(root: str) -> dict[str, str]:
    rows = _table(os.path.join(root, "data", "tables", "ontology_terms.tsv"))
    return {row["id"]: row["release"] for row in rows}


def _table(path: str) -> list[dict[str, str]]:
    try:
        with open(path, encoding="utf-8-sig") as file:
            lines = [line.rstrip("\n") for line in file if line.strip() and not line.startswith("#")]
    except OSError:
        return []
    columns = lines[0].split("\t") if lines else []
    return [dict(zip(columns, line.split("\t"), strict=False)) for line in lines[1:]]
