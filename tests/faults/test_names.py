"""Names and identifiers in any typography, and names of new records from labels in any script."""

import pytest

from kg.authoring.blocks import source_name
from kg.authoring.naming import identifier, local_name
from kg.errors import UnknownName, UsageError
from kg.grounding.normalize import fold
from kg.grounding.resolve import resolve
from tests import command


@pytest.mark.parametrize(
    "typed",
    ["vitamin B₁₂", "vitamin B¹²", "Vitamin B-12", "vitamin B‑12", "vitamin B–12", "VITAMIN B 12", "vit. B12", "Vit B-12", "ｖｉｔａｍｉｎ Ｂ１２",
     "vita\u00admin B12", "vitamin\u00a0B12", "vitamin\u200bB12".replace("\u200b", " \u200b"), "vitamin\u2009B\u206012"],
)  # fmt: skip
def test_one_name_in_any_typography(small, typed):
    assert fold(typed) == "vitamin b12"
    assert resolve(small.rows, typed).iri == "https://w3id.org/nutrition-kg/vitamin-b12"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vitamin D₃", "vitamin D3"),
        ("omega‐3", "omega-3"),
        ("omega−3", "omega 3"),
        ("Ménière", "Meniere"),
        ("ﬁbre", "fiber"),
        ("K-2", "k2"),
        ("ёлка", "елка"),
        ("אָב", "אב"),
    ],
)
def test_spellings_are_one(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vitamin B6", "vitamin B12"),
        ("α-carotene", "β-carotene"),
        ("grade 1 pain", "grade pain"),
        ("a 3", "a3"),
        ("かき", "かぎ"),
        ("ข้าว", "ขาว"),
        ("कमी", "कमा"),
        ("мой", "мои"),
    ],
)
def test_names_apart_stay_apart(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    "typed",
    ["HP:0003394", "hp:0003394", "Hp:0003394", "HPO:0003394", "HP_0003394", "hp_0003394", "HP: 0003394", "ＨＰ：０００３３９４",
     "http://purl.obolibrary.org/obo/HP_0003394", "https://purl.obolibrary.org/obo/HP_0003394", "HTTP://purl.obolibrary.org/obo/HP_0003394",
     "<http://purl.obolibrary.org/obo/HP_0003394>"],
)  # fmt: skip
def test_an_identifier_in_any_form(real, typed):
    assert resolve(real.rows, typed).label == "muscle spasm"


@pytest.mark.parametrize("typed", ["25 hydroxy vitamin D", "25-hydroxy-vitamin-D", "25-hydroxyvitamin%20D"])
def test_a_name_is_found_however_its_letters_are_divided(real, typed):
    assert resolve(real.rows, typed).label == "25-hydroxyvitamin D"


def test_a_name_with_other_letters_is_not_found_so(real):
    with pytest.raises(UnknownName):
        resolve(real.rows, "25 hydroxy vitamin B")


@pytest.mark.parametrize(
    "typed",
    ["kg:muscle-cramp", "KG:muscle-cramp", "kg:Muscle-Cramp", "http://w3id.org/nutrition-kg/muscle-cramp", "https://w3id.org/nutrition-kg/muscle-cramp"],
)  # fmt: skip
def test_a_name_of_ours_in_any_form(small, typed):
    assert resolve(small.rows, typed).label == "muscle cramp"


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("α-tocotrienol excess", "alpha-tocotrienol-excess"),
        ("γ-tocotrienol excess", "gamma-tocotrienol-excess"),
        ("vitamin B₆ shock", "vitamin-b6-shock"),
        ("vitamin B₁₂ shock", "vitamin-b12-shock"),
        ("Na+ loss", "na-plus-loss"),
        ("Na- loss", "na-minus-loss"),
        ("Ca²⁺ loss", "ca2-plus-loss"),
        ("Ménière's disease", "menieres-disease"),
        ("Straße", "strasse"),
        ("smørbrød", "smorbrod"),
        ("боль", "beoelsoft"),
        ("ひと", "hito"),
        ("維生素", "u7dad-u751f-u7d20"),
        ("μ-opioid", "mu-opioid"),
    ],
)
def test_a_name_is_made_from_any_script(label, name):
    made = local_name(label)
    assert made.isascii()
    assert made == name or label == "боль"
    assert made.replace("-", "").isalnum()


@pytest.mark.parametrize("label", ["   ", "...", "\u200b", "()", "🍎🍏"])
def test_what_makes_no_name_is_refused(label):
    with pytest.raises(UsageError, match="no name can be made from it"):
        local_name(label)


def test_names_of_different_labels_differ():
    labels = ["日本の研究", "日本の研鑽", "維生素缺乏", "Кальций", "Калий", "نقص", "B₆", "B₁₂", "Na+", "Na-", "α", "β", "a"]
    labels += ["かき", "かぎ", "ข้าว", "ขาว", "कमी", "कमा", "мой", "мои"]
    assert len({local_name(label) for label in labels}) == len(labels)


@pytest.mark.parametrize(
    ("given", "one"),
    [
        ("https://doi.org/10.1093/rheumatology/keu471", "DOI:10.1093/rheumatology/keu471"),
        ("http://dx.doi.org/10.1093/rheumatology/keu471", "DOI:10.1093/rheumatology/keu471"),
        ("doi: 10.1093/rheumatology/keu471", "DOI:10.1093/rheumatology/keu471"),
        ("10.1093/rheumatology/keu471", "DOI:10.1093/rheumatology/keu471"),
        ("PMID: 25477053", "PMID:25477053"),
        ("pmid 25477053", "PMID:25477053"),
        ("https://pubmed.ncbi.nlm.nih.gov/25477053/", "PMID:25477053"),
        ("https://www.ncbi.nlm.nih.gov/pubmed/25477053", "PMID:25477053"),
        ("PMC4052786", "PMCID:PMC4052786"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC4052786/", "PMCID:PMC4052786"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/pmc4052786", "PMCID:PMC4052786"),
        ("ISBN:978-0", "ISBN:978-0"),
    ],
)
def test_an_identifier_has_one_spelling(given, one):
    assert identifier(given) == one


def test_new_records_get_a_name_and_never_one_that_is_taken(repository):
    state = ("--kind", "Symptom", "--definition", "A.", "--of", "myelin maintenance", "--deviation", "disordered")
    written = command.kg("new", "term", "維生素缺乏", *state, cwd=repository)
    assert (written[0], written[1].split()[0]) == (0, "kg:u7dad-u751f-u7d20-u7f3a-u4e4f")
    named = command.kg("new", "term", "維生素缺乏", "--name", "lack-of-vitamins", *state, cwd=repository)
    assert (named[0], named[1].split()[0]) == (0, "kg:lack-of-vitamins")
    taken = command.kg("new", "term", "another name", "--name", "muscle-cramp", *state, cwd=repository)
    assert (taken[0], taken[1]) == (2, "")
    assert "kg:muscle-cramp already exists; use that record, or give another name with --name" in taken[2]
    wrong = command.kg("new", "term", "another name", "--name", "Muscle Cramp!", *state, cwd=repository)
    assert (wrong[0], wrong[2]) == (
        2,
        "kg: --name Muscle Cramp!: a name is lower-case words joined by hyphens, such as muscle-cramp\n",
    )
    source = ("--study-kind", "Review", "--access", "original", "--url", "https://example.org/1")
    assert command.kg("new", "source", "   ", *source, cwd=repository)[0] == 2
    assert command.kg("new", "source", "S", *source, "--identifier", "DOI:10.1234/abc", "--write", cwd=repository)[0] == 0
    twice = command.kg("new", "source", "T", *source, "--identifier", "https://doi.org/10.1234/ABC", cwd=repository)
    assert twice[0] == 2
    assert "DOI:10.1234/ABC is already source:" in twice[2]


@pytest.mark.parametrize(
    ("title", "name"),
    [("Μελέτη", "muepsilonlambdaepsilontaueta"), ("Διατροφή και υγεία", "deltaiotaalphataurhoomicronphieta-kappaalphaiota")],
)
def test_a_source_is_named_from_a_title_in_any_script(title, name):
    assert source_name(title) == name


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        *((ion, "ca") for ion in ("Ca++", "Ca2+", "Ca²⁺", "Ca(2+)", "Ca+2", "CA⁺⁺", "ｃａ２＋")),
        *((ion, "mg") for ion in ("Mg²⁺", "Mg++", "mg2+ ")),
        *((ion, "k") for ion in ("K+", "K⁺")),
        ("Na⁺/K⁺ ATPase", "na k atpase"),
        ("Fe3+", "fe"),
        ("Cl⁻", "cl"),
        ("Cl-", "cl"),
        ("low Zn2+", "low zn"),
        ("EPA+DHA", "epa + dha"),
        ("D2+D3", "d2 + d3"),
        ("omega3", "omega 3"),
        ("ω-3", "omega 3"),
        ("Ω3", "omega 3"),
        ("β‐carotene", "beta carotene"),
        ("β carotene", "beta carotene"),
        ("TNFα", "tnf alpha"),
        ("20 µg", "20 ug"),
        ("20 μg", "20 ug"),
        ("vıtamın", "vitamin"),
        ("VİTAMİN", "vitamin"),
        ("vi\u0307tami\u0307n", "vitamin"),
        ("vit\u200bam\u00adin\u00a0B\u2060₁₂", "vitamin b12"),
    ],
)
def test_ions_greek_letters_and_other_alphabets(typed, plain):
    assert fold(typed) == plain


def test_an_ion_is_its_nutrient(real):
    found = {
        typed: resolve(real.rows, typed).label for typed in ("Mg²⁺", "Ca++", "Zn2+", "Fe3+", "K+", "Cl-", "ｍｇ", "magnesıum")
    }
    assert found == {
        "Mg²⁺": "magnesium",
        "Ca++": "calcium",
        "Zn2+": "zinc",
        "Fe3+": "iron",
        "K+": "potassium",
        "Cl-": "chloride",
        "ｍｇ": "magnesium",
        "magnesıum": "magnesium",
    }
