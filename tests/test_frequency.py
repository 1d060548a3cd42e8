"""How often an effect is there: each row of the rule's table, and the claim that the build derives it for."""

import pytest

from kg.build.frequency import CLASSES, Said, class_of, frequency
from kg.build.store import build_graph
from kg.graph import Graph
from kg.sparql.embedded import Embedded

RULE = {
    "counts are pooled": ([Said(12, 100), Said(3, 50)], "occasional"),
    "and go before shares": ([Said(12, 100), Said(share=0.9)], "occasional"),
    "and before classes": ([Said(90, 100), Said(frequency="veryRare")], "veryFrequent"),
    "of one line as well": ([Said(12, 100, 0.9, "veryRare")], "occasional"),
    "nine are too few": ([Said(9, 9), Said(frequency="occasional")], "occasional"),
    "ten are enough": ([Said(9, 10), Said(frequency="occasional")], "veryFrequent"),
    "few are better than nothing": ([Said(2, 4)], "frequent"),
    "all of few is not always": ([Said(12, 12)], "veryFrequent"),
    "none of few is not never": ([Said(0, 12)], "veryRare"),
    "all of thirty is": ([Said(30, 30)], "obligate"),
    "none of thirty is": ([Said(0, 30)], "excluded"),
    "the median of shares": ([Said(share=0.02), Said(share=0.4), Said(share=0.9)], "frequent"),
    "the smaller of two shares": ([Said(share=0.02), Said(share=0.4)], "veryRare"),
    "shares go before classes": ([Said(share=0.4), Said(frequency="veryRare"), Said(frequency="veryRare")], "frequent"),
    "the median of classes": ([Said(frequency=one) for one in ("obligate", "occasional", "frequent")], "frequent"),
    "the rarer of two classes": ([Said(frequency=one) for one in ("veryFrequent", "occasional")], "occasional"),
    "nothing": ([], ""),
    "nobody examined": ([Said(0, 0)], ""),
    "no known class": ([Said(frequency="usually")], ""),
}


@pytest.mark.parametrize("name", RULE)
def test_the_rule(name):
    lines, expected = RULE[name]
    assert frequency(lines) == expected
    assert frequency(lines[::-1]) == expected


@pytest.mark.parametrize("share", [0.8, 0.3, 0.05])
def test_a_class_begins_at_its_least_share(share):
    assert CLASSES.index(class_of(share)) == CLASSES.index(class_of(share - 1e-9)) + 1


def test_the_build_derives_it_and_a_route_uses_it(repository):
    path = repository / "data" / "small.ttl"
    text = path.read_text(encoding="utf-8")
    start = text.index("[", text.index("kg:evidence", text.index("claim:magnesium-deficiency_promotes")))
    path.write_text(text[: start + 1] + " kg:affected 12 ; kg:examined 100 ;" + text[start + 1 :], encoding="utf-8")
    graph = Graph(Embedded(build_graph(str(repository))))
    counted = [claim for claim in graph.causal().claims if claim.frequency]
    assert [(claim.cause.rpartition("/")[2], claim.frequency) for claim in counted] == [("magnesium-deficiency", "occasional")]
    [route] = graph.paths(counted[0].cause, counted[0].effect, max_steps=1)
    assert route.claims[0].frequency == "occasional"
    assert (
        graph.paths(counted[0].cause, counted[0].effect, max_steps=1).to_dict()["paths"][0]["steps"][0]["frequency"]
        == "occasional"
    )
