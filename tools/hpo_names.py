"""Write data/tables/hpo_names.tsv from the ontology file of the Human Phenotype Ontology: python tools/hpo_names.py hp.obo

Kept are the names of terms, their identifiers, and the identifiers of what they are kinds of, up to three steps, where a term of
this graph is mapped to one of these. What turns a meaning (increased, decreased ...) has to stay on the way up.
"""

from __future__ import annotations

import sys
from pathlib import Path

from kg.grounding.normalize import fold
from kg.grounding.word_bags import content, word_key

ROOT = Path(__file__).parent.parent
STEPS = 3
TURNING = ("increase", "elevate", "high", "hyper", "decrease", "reduce", "low", "hypo", "absent", "prolong", "short", "loss")


def terms(path: Path) -> dict[str, tuple[str, list[str]]]:
    """Name and parents of each term that is in use."""
    found: dict[str, tuple[str, list[str]]] = {}
    for block in path.read_text(encoding="utf-8").split("\n[Term]\n")[1:]:
        lines = block.split("\n\n")[0].splitlines()
        cells = [line.partition(": ") for line in lines]
        values = {key: value for key, _, value in cells}
        if "is_obsolete" not in values and values["id"].startswith("HP:"):
            parents = [value.split(" ")[0] for key, _, value in cells if key == "is_a"]
            found[values["id"]] = (values["name"], parents)
    return found


def main() -> None:
    """Write the table."""
    known = terms(Path(sys.argv[1]))
    rows = (line.split("\t") for line in (ROOT / "ontology" / "mappings.sssom.tsv").read_text(encoding="utf-8").splitlines())
    mapped = {row[3] for row in rows if len(row) > 3 and row[2] in ("skos:exactMatch", "skos:closeMatch")}
    written = []
    for name_id, (name, _) in known.items():
        levels, level, seen = [], [name_id], {name_id}
        for _ in range(STEPS + 1):
            near = sorted(one for one in level if one in mapped and fitting(name, known[one][0]))
            if near:
                levels.append("|".join(near))
            level = sorted({parent for one in level for parent in known[one][1] if parent in known} - seen)
            seen.update(level)
        if levels:
            written.append("\t".join((word_key(name), name_id, name, ";".join(levels))))
    head = "words\tid\tname\tnearest"
    (ROOT / "data" / "tables" / "hpo_names.tsv").write_text("\n".join([head, *sorted(written)]) + "\n", encoding="utf-8")


def fitting(name: str, wider: str) -> bool:
    """Whether the wider name says more than "abnormal", keeps the direction of the narrower, and brings in none of its own."""
    said, kept = ({word for word in TURNING for one in content(fold(text)) if one.startswith(word)} for text in (name, wider))
    return kept == said and (name == wider or not wider.startswith(("Abnormal", "Pain")))


if __name__ == "__main__":
    main()
