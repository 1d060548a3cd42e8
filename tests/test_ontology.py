"""The ontology: consistent to a reasoner, whole in words, and its shapes hold on the data and see what they target."""

import re
import shutil
import zlib
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize
from rdflib.namespace import OWL, RDF, RDFS, SKOS

from kg.checks.shacl_and_owl import JAVA
from kg.rdf.namespaces import RDF_TYPE, kg
from kg.sparql.to_rdflib import to_rdflib

ROOT = Path(__file__).parent.parent
KG = rdflib.Namespace("https://w3id.org/nutrition-kg/")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "kg.ttl")


@pytest.fixture(scope="module")
def claims_and_terms(real) -> rdflib.Graph:
    """The real graph without what no shape targets and a reasoner need not wade through: the rows of the food tables, and of
    the influences, which are alike, all but those that name a state at an end where none of the others does; of the readings,
    a quarter of the graph and alike too, every twentieth is there."""
    store = real.engine.store
    data = to_rdflib(store, tuple(KG + folder for folder in ("amount/", "intake/", "food/", "influence/", "reading/")))
    ends = {(end, quad.object): quad.subject for end in ("from", "to") for quad in store.quads_for_pattern(None, kg(end), None)}
    readings = {quad.subject for quad in store.quads_for_pattern(None, RDF_TYPE, kg("Reading"), None)}
    some = {name for name in readings if zlib.crc32(name.value.encode()) % 20 == 0}
    quads = [quad for name in sorted({*ends.values(), *some}, key=str) for quad in store.quads_for_pattern(name, None, None)]
    lines = serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES)
    return data.parse(data=lines, format="nt")


def test_the_header_says_who_made_what_and_when(ontology):
    header = ontology[KG[""]]
    said = {predicate for predicate, _ in header}
    names = ("creator", "created", "title", "description", "license", "source")
    assert said >= {*(rdflib.DCTERMS[name] for name in names), rdflib.FOAF.homepage}


def test_every_term_says_which_ontology_defines_it(ontology):
    ours = {s for s in ontology.subjects(RDFS.label) if str(s).startswith(str(KG)) and s != KG[""]}
    assert len(ours) > 250
    assert [s for s in sorted(ours) if list(ontology.objects(s, RDFS.isDefinedBy)) != [KG[""]]] == []


def test_classes_and_properties_are_matched_to_public_ones(ontology):
    matches = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch)
    found = {(s, o) for match in matches for s, o in ontology.subject_objects(match)}
    assert (KG.EvidenceLine, rdflib.URIRef("http://purl.obolibrary.org/obo/SEPIO_0000002")) in found
    spaces = {re.match(r".*(?:[/#]|_)", str(o))[0] for _, o in found}
    assert spaces >= {
        "https://w3id.org/biolink/vocab/",
        "https://schema.org/",
        "http://purl.obolibrary.org/obo/SEPIO_",
        "http://purl.obolibrary.org/obo/RO_",
    }


def test_every_term_of_ours_has_one_label_and_one_definition(ontology):
    ours = {
        s for s in ontology.subjects(RDF.type) if isinstance(s, rdflib.URIRef) and str(s).startswith(str(KG)) and s != KG[""]
    }
    wrong = [
        s
        for s in ours
        if len(list(ontology.objects(s, RDFS.label))) != 1 or len(list(ontology.objects(s, SKOS.definition))) != 1
    ]
    assert wrong == []
    assert len(ours) > 100


def test_every_class_and_property_has_an_example_whose_names_exist(ontology, real):
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    ours = {s for kind in kinds for s in ontology.subjects(RDF.type, kind) if str(s).startswith(str(KG))}
    assert sorted(s for s in ours if not list(ontology.objects(s, SKOS.example))) == []
    examples = " ".join(str(text) for text in ontology.objects(None, SKOS.example))
    names = sorted(
        {KG + name.replace("claim:", "claim/").removeprefix("kg:") for name in re.findall(r"(?:kg|claim):[\w-]+", examples)}
    )
    row = " ".join(f"<{name}>" for name in names)
    known = {row[0].value for row in real.rows(f"SELECT DISTINCT ?s {{ VALUES ?s {{ {row} }} ?s ?p ?o }}")}
    assert [name for name in names if name not in known] == []


def test_an_object_property_begins_with_a_verb_or_says_why_not(ontology):
    """A verb in the third person, as "promotes" and "countsFor"; a noun, as "cause", has a note."""
    ours = {str(s)[len(KG) :] for s in ontology.subjects(RDF.type, OWL.ObjectProperty) if str(s).startswith(str(KG))}
    noted = {name for name in ours if list(ontology.objects(KG[name], SKOS.editorialNote))}
    assert sorted(name for name in ours - noted if not re.match("[a-z]+s([A-Z]|$)", name)) == []


def test_no_definition_is_said_twice(ontology):
    definitions = [str(text) for text in ontology.objects(None, SKOS.definition)]
    assert len(definitions) == len(set(definitions))


def test_no_two_of_a_kind_bear_one_label(ontology):
    """A class and the property that leads to it may (source, status): a reader tells them apart by their place."""
    told = [
        (kind, str(label)) for term, kind in ontology.subject_objects(RDF.type) for label in ontology.objects(term, RDFS.label)
    ]
    assert sorted(pair for pair in set(told) if told.count(pair) > 1) == []


def test_the_names_others_rely_on_are_there(ontology):
    for name in ("Statement", "CausalClaim", "Claim", "Nutrient", "Food", "Symptom"):
        assert (KG[name], RDF.type, OWL.Class) in ontology
    for name in ("promotes", "inhibits"):
        assert (KG[name], RDF.type, OWL.ObjectProperty) in ontology
        assert (KG[name], RDFS.subPropertyOf, rdflib.URIRef("http://purl.obolibrary.org/obo/RO_0002410")) in ontology


def test_each_prefix_is_declared_once_and_used_alike_in_all_files():
    from kg.rdf.namespaces import prefixes

    for path in [*ROOT.glob("data/**/*.ttl"), *ROOT.glob("ontology/*.ttl")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@prefix "):
                _, name, space, _ = line.split()
                assert prefixes()[name[:-1]] == space[1:-1], path


def conforms(data: rdflib.Graph) -> tuple[bool, str]:
    from pyshacl import validate

    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    ok, _, text = validate(data, shacl_graph=shapes, inference="none", meta_shacl=False)
    return ok, text


@pytest.mark.slow
def test_the_real_data_conforms_to_the_shapes(claims_and_terms):
    ok, text = conforms(claims_and_terms)
    assert ok, text[:2000]


@pytest.mark.slow
def test_every_shape_looks_at_some_record(claims_and_terms):
    shapes = rdflib.Graph().parse(ROOT / "ontology" / "shapes.ttl")
    for shape in shapes.subjects(RDF.type, SH.NodeShape):
        by_class = any((None, RDF.type, target) in claims_and_terms for target in shapes.objects(shape, SH.targetClass))
        by_property = any((None, target, None) in claims_and_terms for target in shapes.objects(shape, SH.targetObjectsOf))
        by_property |= any((None, target, None) in claims_and_terms for target in shapes.objects(shape, SH.targetSubjectsOf))
        assert by_class or by_property, shape


@pytest.mark.parametrize(
    ("record", "message"),
    [
        ("claim:muscle-cramp_promotes_muscle-tightness kg:cause kg:magnesium .", "not the nutrient but its lack or excess"),
        (
            "claim:muscle-cramp_promotes_muscle-tightness kg:relation kg:treats .",
            "A causal claim says kg:promotes or kg:inhibits",
        ),
        ("kg:muscle-cramp kg:deviation kg:low .", "Say how it deviates: one kg:deviation"),
        ('kg:muscle-cramp rdfs:label "cramp"@en .', "Give the term one rdfs:label"),
        ("source:textbook kg:access kg:datasetCopy .", "how close the text that was read is to the original"),
        ("kg:muscle-cramp kg:commonness [ kg:source source:textbook ] .", "Say kg:commonnessClass: kg:veryCommon, kg:common"),
        ("kg:muscle-cramp kg:commonness [ kg:commonnessClass kg:rare ] .", "Name the one kg:source that says how common"),
        (
            "kg:muscle-cramp kg:commonness [ kg:commonnessClass kg:rare ; kg:source source:textbook ; kg:share 12.0 ] .",
            "kg:share is a decimal between 0 and 1",
        ),
        ("statement:S1-001 kg:verdict kg:supported , kg:unsupported .", "The build derives one kg:verdict"),
    ],
)
def test_a_bad_record_gets_the_message_that_says_the_fix(small, record, message):
    data = small.rdflib()
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in prefixes_of_test().items())
    data.parse(data=head + record, format="turtle")
    ok, text = conforms(data)
    assert not ok
    assert message in text


def prefixes_of_test() -> dict[str, str]:
    from kg.rdf.namespaces import prefixes

    return {name: prefixes()[name] for name in ("kg", "claim", "source", "statement", "rdfs")}


def reasoned(data: rdflib.Graph, folder: Path) -> list[str]:
    """The unsatisfiable classes HermiT finds; raises where the ontology is inconsistent."""
    import os

    import owlready2

    if shutil.which("java") is None:
        if os.environ.get("CI"):
            pytest.fail("Java is missing; CI must have it")
        pytest.skip("Java is not installed, which the reasoner HermiT needs")
    os.environ.setdefault("JDK_JAVA_OPTIONS", JAVA)
    path = folder / "all.nt"
    data.serialize(path, format="nt", encoding="utf-8")
    world = owlready2.World()
    world.get_ontology(path.as_uri()).load()
    with world.get_ontology("https://example.org/inferred#"):
        owlready2.sync_reasoner_hermit(world, debug=0)
    return [found.iri for found in world.inconsistent_classes()]


@pytest.mark.slow
def test_a_reasoner_finds_the_ontology_with_its_data_consistent(claims_and_terms, tmp_path):
    """Of the claims and their lines, which are alike, every fifth is there."""
    spare = {
        name
        for name in set(claims_and_terms.subjects())
        if str(name).startswith((KG + "claim/", KG + "evidence/")) and zlib.crc32(name.encode()) % 5 > 0
    }
    some = rdflib.Graph()
    for triple in claims_and_terms:
        if triple[0] not in spare:
            some.add(triple)
    assert reasoned(some, tmp_path) == []


def test_a_reasoner_finds_a_broken_ontology_inconsistent(small, tmp_path):
    import owlready2

    data = small.rdflib()
    data.add((KG["muscle-cramp"], RDF.type, KG.Nutrient))
    with pytest.raises(owlready2.OwlReadyInconsistentOntologyError):
        reasoned(data, tmp_path)
