"""The lists of words that code knows are those of the ontology, and stand in the code once."""

import re
from pathlib import Path

import rdflib

from kg.rdf.vocabulary import CERTAINTIES, CERTAINTY_NAMES, STANCES

ROOT = Path(__file__).parent.parent
KG = rdflib.Namespace("https://w3id.org/nutrition-kg/")
ONTOLOGY = rdflib.Graph().parse(ROOT / "ontology" / "kg.ttl")


def members(of: str) -> set[str]:
    return {str(one).removeprefix(KG) for one in ONTOLOGY.subjects(rdflib.RDF.type, KG[of])}


def test_the_stances_are_those_of_the_ontology():
    assert set(STANCES) == members("Stance")


def test_the_certainties_are_those_of_the_ontology_by_rank():
    ranked = sorted(CERTAINTY_NAMES, key=lambda name: int(ONTOLOGY.value(KG[name], KG["rank"])))
    assert set(ranked) == members("Certainty")
    assert tuple(CERTAINTY_NAMES[name] for name in ranked) == CERTAINTIES
    assert [str(ONTOLOGY.value(KG[name], rdflib.RDFS.label)) for name in ranked] == list(CERTAINTIES)


def test_every_relation_that_can_be_written_is_a_property_of_the_ontology():
    asserted = set(ONTOLOGY.objects(None, KG.asserts))
    assert len(asserted) == 12
    for name in asserted:
        assert (name, rdflib.RDF.type, rdflib.OWL.ObjectProperty) in ONTOLOGY, name


def test_each_list_stands_in_the_code_once():
    lists = re.compile(r'"supports", "disputes", "mixed"|"high", "moderate", "low"|"highCertainty"')
    found = [path for path in sorted((ROOT / "src" / "kg").rglob("*.py")) if lists.search(path.read_text(encoding="utf-8"))]
    assert [path.relative_to(ROOT).as_posix() for path in found] == ["src/kg/rdf/vocabulary.py"]
