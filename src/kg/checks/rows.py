"""The rows of the tables that the checks can tell apart: most amounts of food repeat names and units of others."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Quad, Store

from kg.build import amounts, tables
from kg.build.cells import Cells
from kg.vocabulary import kg

#: The table with nine thousand rows; of these one in six tells a check or a rule something of its own.
LARGE = "food_composition.tsv"
_CLAIMED = """PREFIX kg: <https://w3id.org/nutrition-kg/>
SELECT ?group ?nutrient { ?claim a kg:CompositionClaim ; kg:subject ?group ; kg:object ?nutrient }"""


def telling(root: str, claims: Store) -> Iterator[Quad]:
    """The triples of the rows, of the large table only those that hold something new or are read by a composition claim.

    New is a food, a source, a nutrient with its unit. Of two amounts under one name both are told. A mistake of names is found
    in the first row that makes it; who wants every such row has to read the table whole.

    Raises:
        DataError: the first row that cannot be read, left out or not.
    """
    claimed = {(group.value, nutrient.value) for group, nutrient in claims.query(_CLAIMED)}  # type: ignore[union-attr]
    groups: dict[str, list[str]] = {}
    seen: set[object] = set()
    left_out: dict[object, Cells] = {}
    for row, mapping in tables.read(root):
        if mapping is not amounts.content:
            if "member_of" in row.row:
                groups[row.row["food"]] = [kg(group).value for group in row.many("member_of")]
            yield from mapping(row)
            continue
        food, nutrient, source, unit = amounts.content_names(row)
        key, names = (food, nutrient, source), {food, source, (nutrient, unit)}
        read = any((group, kg(nutrient).value) in claimed for group in groups.get(food, ()))
        if read or key in seen or not names <= seen:
            if key in left_out:
                yield from mapping(left_out.pop(key))
            yield from mapping(row)
        else:
            left_out[key] = row
        seen |= {key, *names}
