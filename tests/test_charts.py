"""The charts: what is drawn is what the question answers, in SVG that is whole, legible and safe."""

import re
from xml.etree import ElementTree

import pytest

from kg.charts import CHARTS
from kg.charts.svg import Drawing, mix, shorten
from kg.errors import UnknownName, UsageError

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module", params=CHARTS)
def drawn(request, real):
    return real.chart(request.param)


def texts(chart) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(chart.svg).iter(SVG + "text")]


def test_a_chart_is_whole_titled_and_legible(drawn):
    root = ElementTree.fromstring(drawn.svg)
    assert root.find(SVG + "title").text == drawn.title == texts(drawn)[0]
    assert root.find(SVG + "desc").text
    assert min(float(element.get("font-size")) for element in root.iter(SVG + "text")) >= 12
    assert "medical advice" in " ".join(texts(drawn)) or "does not know" in " ".join(texts(drawn))
    height = float(root.get("height"))
    assert all(float(element.get("y")) <= height for element in root.iter(SVG + "text"))


def test_two_drawings_are_the_same(real, drawn):
    name = next(name for name in CHARTS if real.chart(name).title == drawn.title)
    assert real.chart(name).svg == drawn.svg


def test_bars_are_as_long_as_the_shares(real):
    found = real.query("foods_richest_in", nutrient="iron")
    rows = [row for row in found if row["portion_percent_of_intake"] is not None and row["eaten_in_this_form"] is None]
    shares = sorted((float(row["portion_percent_of_intake"].value) for row in rows), reverse=True)[:20]
    root = ElementTree.fromstring(real.chart("foods", nutrient="iron").svg)
    bars = [float(box.get("width")) for box in root.iter(SVG + "rect") if box.find(SVG + "title") is not None]
    assert [bar / bars[0] for bar in bars] == pytest.approx([share / shares[0] for share in shares], abs=0.002)


def test_what_stands_beside_a_bar_is_whole_round_and_clear_of_the_lines(real):
    root = ElementTree.fromstring(real.chart("foods", nutrient="magnesium").svg)
    beside = [text for text in root.iter("{http://www.w3.org/2000/svg}text") if " %  (" in text.text]
    assert len(beside) == 20
    assert beside[0].text == "66 %  (3 tbsp, 210 mg)"
    assert all(text.get("paint-order") == "stroke" and text.text.endswith(" mg)") for text in beside)


def test_every_range_of_a_biomarker_is_drawn(real):
    rows = list(real.query("cutoffs_of", biomarker="25-hydroxyvitamin D"))
    root = ElementTree.fromstring(real.chart("cutoffs", biomarker="25-hydroxyvitamin D").svg)
    hints = [box.find(SVG + "title").text for box in root.iter(SVG + "rect") if box.find(SVG + "title") is not None]
    assert len(hints) == len(rows)
    assert any("deficiency < 30 nmol/L" in hint for hint in hints)


def test_the_numbers_of_the_heat_map_are_those_of_the_question(real):
    told = sorted(row["findings"].value for row in real.query("findings_by_organ_system"))
    numbers = [text for text in texts(real.chart("systems")) if re.fullmatch(r"\d+", text)]
    assert sorted(numbers) == told


def test_the_organ_systems_hold_most_findings(real):
    """What falls to no system must stay the exception, or the overview says little."""
    counts = {}
    for row in real.query("findings_by_organ_system"):
        key = row["system_label"].value == "other"
        counts[key] = counts.get(key, 0) + int(row["findings"].value)
    assert counts[True] < 0.2 * counts[False]


def test_the_debate_lists_every_claim_with_both_sides(real):
    verdicts = [text for text in texts(real.chart("debate")) if re.match(r"(contested|probable|refuted), ", text)]
    assert len(verdicts) == len(real.query("claims_with_evidence_on_both_sides"))


def test_an_unknown_chart_or_parameter_is_told(real):
    with pytest.raises(UnknownName, match="there are foods, cutoffs, systems, debate"):
        real.chart("fods")
    with pytest.raises(UsageError, match="has no parameter nutrient; it takes biomarker"):
        real.chart("cutoffs", nutrient="iron")
    with pytest.raises(UsageError, match="it takes none"):
        real.chart("debate", nutrient="iron")
    with pytest.raises(UsageError, match="nothing to draw"):
        real.chart("cutoffs", biomarker="holotranscobalamin")


def test_a_text_cannot_leave_its_element():
    drawing = Drawing(300)
    hostile = '</text><script>alert(1)</script>" onload="x\x00\ud800'
    drawing.text(0, 20, hostile)
    drawing.box(0, 20, 10, 10, hint=hostile)
    root = ElementTree.fromstring(drawing.svg(hostile, hostile))
    assert not list(root.iter(SVG + "script"))
    assert all("onload" not in element.attrib for element in root.iter())


def test_long_words_are_cut_and_colours_mixed():
    assert shorten("short", 100) == "short"
    assert mix(0) == "#ffffff"


def test_a_chart_shows_itself_and_is_saved(real, tmp_path):
    chart = real.chart("foods")
    assert chart._repr_svg_().startswith("<svg ")
    assert chart.save(tmp_path / "foods.svg").read_text(encoding="utf-8") == chart.svg
    with pytest.raises(UsageError, match=rf"the folder {tmp_path}/gone does not exist; create it, or name another place$"):
        chart.save(tmp_path / "gone" / "foods.svg")
    with pytest.raises(UsageError, match=rf"{tmp_path} is a folder: name a file in it, such as {tmp_path}/chart.svg$"):
        chart.save(tmp_path)


@pytest.mark.parametrize("name", ["https://w3id.org/nutrition-kg/magnesium", "kg:magnesium", "Mg", "magnesium"])
def test_a_chart_is_titled_by_the_label_however_the_term_was_named(real, name):
    assert real.chart("foods", nutrient=name).title == "Foods by magnesium: what a usual portion holds"
