"""Red flags: what needs care now is said, in whatever words; ordinary pictures of nutrition raise no alarm."""

import json

import pytest

from kg.errors import UsageError
from kg.grounding.clauses import clauses
from kg.grounding.red_flags import find_red_flags, tables, ways
from kg.grounding.word_patterns import fits, pattern
from tests.command import kg as called

#: Findings, parted by a bar, then after two bars the circumstances; and the flag that must be among those raised.
EMERGENCIES = """
face drooping on one side | slurred speech = stroke
my husband's mouth is crooked and he can't get his words out = stroke
sudden weakness of the right arm and leg = stroke
left-sided weakness since this morning = stroke
suddenly can't lift her left arm = stroke
crushing chest pain | pain down the left arm | sweating = heart-attack
tightness in the chest | short of breath | clammy = heart-attack
pressure on my chest and my jaw hurts = heart-attack
saddle numbness | back pain | cannot urinate = cauda-equina
numb between the legs and I wet myself, with sciatica = cauda-equina
can't pass urine = urinary-retention
fever | stiff neck | light hurts my eyes = meningitis
high fever, purple spots that do not fade under a glass = meningitis
fever | confusion | rapid breathing | low blood pressure = sepsis
infected wound, shivering, BP 85/50, heart rate 130 = sepsis
2 year old with diarrhea for 3 days | sunken eyes | no wet nappies | very sleepy = child-dehydration
my toddler keeps vomiting and will not drink || diarrhea = child-dehydration
vomiting blood = gastrointestinal-bleeding
black tarry stools | dizzy = gastrointestinal-bleeding
the bleeding will not stop = major-bleeding
K 7.1 | palpitations || chronic kidney disease = hyperkalemia
baby 4 months with fever, bulging soft spot, high pitched cry = meningitis
neck pain bending forward, fever, terrible headache = meningitis
infected foot, shivering, breathing fast = sepsis
baby with sunken eyes and no tears after days of diarrhea = child-dehydration
child 3y with watery stools, skin stays up when pinched = child-dehydration
18 month old, listless, no pee in 12 hours = child-dehydration
girl of 2 with gastroenteritis, drowsy = child-dehydration
melaena and fast pulse = gastrointestinal-bleeding
six year old, throwing up everything, sleepy = child-dehydration
nosebleed for half an hour that will not stop = major-bleeding
nose has been bleeding 45 minutes = major-bleeding
positive pregnancy test, shoulder tip pain, fainted = ectopic-pregnancy
weakness going up from the legs since 3 days, now hard to breathe = ascending-weakness
mixed alcohol with a bottle of sleeping pills = overdose
took last drink 2 days ago, shaking, seeing things = alcohol-withdrawal
suddenly lost the feeling in one half of the body = stroke
10 month old, runny poos, dry nappies since yesterday, hollow eyes = child-dehydration
ketones 5 mmol/L, abdominal pain, diabetes type 1 = diabetic-ketoacidosis
sudden blindness in one eye = sudden-vision-loss
hyperkalemia | peaked T waves = hyperkalemia
kidney failure | muscle weakness | peaked T waves = hyperkalemia
kidney failure, missed dialysis, very weak muscles and slow irregular pulse = hyperkalemia
wheezing | chest tightness | cannot finish a sentence = respiratory-distress
chest tightness | wheezing | pain down the left arm = heart-attack
type 1 diabetes | vomiting | fruity breath = diabetic-ketoacidosis
very thirsty, passing urine all the time, vomiting and drowsy = diabetic-ketoacidosis
on insulin, cannot be woken = severe-hypoglycemia
lips swelling after eating peanuts | wheezing = anaphylaxis
hives all over and can't breathe after a bee sting = anaphylaxis
7 weeks pregnant | one-sided lower abdominal pain | spotting | faint = ectopic-pregnancy
34 weeks pregnant with a bad headache, seeing spots = pre-eclampsia
Graves disease | fever 40 | agitation | racing heart = thyroid-storm
sudden shortness of breath | sharp pain when breathing in || long flight = pulmonary-embolism
left calf swollen, warm and painful = deep-vein-thrombosis
leg suddenly cold, white and numb = acute-limb-ischemia
Addison's disease | vomiting | low blood pressure = adrenal-crisis
stopped my prednisone, now faint and vomiting = adrenal-crisis
confusion | unsteady gait | nystagmus || alcohol = wernicke-encephalopathy
seizure lasting more than 10 minutes = seizure-emergency
I want to end my life = suicidality
took a whole bottle of paracetamol = overdose
man took 40 paracetamol = overdose
can't feel the right side of my body = stroke
sharp pain low on one side, positive pregnancy test, shoulder tip pain = ectopic-pregnancy
child swallowed iron tablets = overdose
severe abdominal pain, belly rigid = acute-abdomen
pain in the right lower abdomen | fever | vomiting = acute-abdomen
no gas or stool for 3 days | vomiting | swollen belly = bowel-obstruction
tearing pain between the shoulder blades = aortic-emergency
sudden severe testicular pain = testicular-torsion
severe eye pain | halos around lights | vomiting = acute-glaucoma
suddenly lost sight in one eye = sudden-vision-loss
a curtain came down over my right eye = sudden-vision-loss
worst headache of my life, came on in seconds = thunderclap-headache
fever 38.6 || chemotherapy last week = febrile-neutropenia
cannot speak a full sentence for lack of breath | blue lips = respiratory-distress
sodium low | seizure = severe-hyponatremia
Na 118 | headache | vomiting = severe-hyponatremia
low calcium | laryngospasm = severe-hypocalcemia
hypercalcemia | confusion = severe-hypercalcemia
anorexia nervosa | tube feeding started 2 days ago | swollen legs | palpitations = refeeding-syndrome
5 day old baby | will not feed = newborn-danger-signs
newborn with convulsions = newborn-danger-signs
6-week-old with a temperature of 38.5 = fever-of-young-baby
found unconscious = unconsciousness
weakness spreading up from the legs | trouble swallowing | short of breath = ascending-weakness
double vision | droopy eyelids | slurred speech || home-canned beans = botulism
ran a marathon in the heat and is confused = heatstroke
stopped drinking alcohol 2 days ago, shaking and seeing things, confused = alcohol-withdrawal
cola-coloured urine and severe muscle pain after a workout = rhabdomyolysis
"""

#: Pictures as dietitians and family doctors meet them every day: nothing here cannot wait for an appointment.
ORDINARY = """
wheezing | cough at night | chest tightness | shortness of breath
drooping eyelids | double vision | muscles tire with use | trouble swallowing
drooping eyelids in the evening, trouble swallowing at the end of a meal, double vision, better after rest
fatigue | pallor | brittle nails | heavy periods
tingling in both feet | sore tongue | fatigue || vegan diet
nosebleeds in winter, stop after a few minutes
hasn't peed much today, hot day, tired
listless since the flu
ketogenic diet, ketones 1.2, tired
half the strength I had last year, tired
neck pain bending forward at the computer
takes sleeping pills, tired
pregnancy test positive, tired, nauseous
chills without fever || underactive thyroid
muscle cramps at night | twitching eyelid || diuretics
tired all the time, hair loss, cold hands
bone pain | muscle weakness || little sun
bleeding gums | easy bruising | corkscrew hairs || no fruit or vegetables
night blindness | dry eyes | dry skin
restless legs | craving ice
MCV: high | fatigue || metformin for 6 years
short of breath on exertion | pale | fatigue
dizzy when I stand up | tired || blood pressure tablets
palpitations | fatigue | low ferritin
headache | fatigue | pica || heavy periods
brain fog | constipation | feeling cold | weight gain
goiter | dry skin || no iodized salt
diarrhea for 3 months | weight loss | bloating
pins and needles around the mouth | muscle spasms
cracks at the corners of the mouth | sore tongue
numb toes | unsteady at night || gastric bypass 5 years ago
burning feet || alcohol
low potassium | muscle weakness | constipation || diuretics
nausea and vomiting || 8 weeks pregnant
swollen ankles by the evening || pregnant 30 weeks
leg cramps at night || pregnant 28 weeks
heartburn | bloating | black stools || iron tablets
child 3 years | pale | poor appetite | cow milk 1 litre a day
infant 8 months | pale | irritability
toddler with bowed legs | late walking
baby 6 months exclusively breastfed | poor weight gain || vegan mother
elderly | falls | low vitamin D
osteoporosis | back pain
low back pain for years | stiffness
slow wound healing | loss of taste
acne | hair thinning
frequent colds | fatigue
depressed mood | fatigue | poor sleep
anxiety | palpitations | coffee 6 cups a day
migraine since my teens | low magnesium
chronic headache | tired
insomnia | irritability | muscle twitches
constipation for years | low fiber diet
kidney stones 2 years ago || high oxalate diet
gout | high uric acid
blood in stool sometimes | hemorrhoids | tired
easy bruising || warfarin
no chest pain, no shortness of breath | fatigue
denies fever, stiff neck or headache | tiredness
fatigue | my mother had a stroke
weight loss | good appetite | loose stools
memory loss | depression || age 75
tremor | weight loss | feeling hot || hyperthyroidism
dry mouth | thirst
frequent urination | thirst | tired
type 2 diabetes | tingling feet || metformin
muscle aches | tired || statin
muscle pain and tenderness | low vitamin D
joint pain | stiffness in the morning
irregular periods | underweight
eats very little | hair loss | feeling cold || anorexia nervosa
poor appetite | weight loss || age 82
hot flushes | night sweats || menopause
difficulty walking at night | loss of vibration sense
weak legs climbing stairs for 6 months | bone pain
ferritin low | MCV: low | hemoglobin: low
calcium: low | phosphate: low | ALP raised
sodium: low | tired || thiazide
high calcium on a blood test | constipation | thirst
hand numbness at night | thumb tingling
eye twitching | tired
peeling skin | dry lips
yellow palms || carrots every day
bitot spots | dry eyes || child 4 years
low mood after childbirth | fatigue | hair loss
celiac disease | fatigue | mouth ulcers
Crohn's disease | fatigue | low B12
epilepsy since childhood | low folate || phenytoin
fit and well | wants to check vitamin D
sweating at night | menopause
puffy face | hoarse voice | cold intolerance | weight gain
vomits after meals for a year | dental erosion
no appetite | nausea || chronic kidney disease
"""


def told(line: str) -> tuple[list[str], list[str]]:
    findings, _, context = line.partition(" || ")
    return [one.strip() for one in findings.split(" | ")], [one.strip() for one in context.split(" | ") if one]


def raised(line: str) -> list[str]:
    findings, context = told(line)
    return [flag.iri.rpartition("/")[2] for flag in find_red_flags(findings, context=context)]


@pytest.mark.parametrize("line", EMERGENCIES.strip().splitlines())
def test_an_emergency_is_recognised(line):
    words, _, flag = line.rpartition(" = ")
    assert flag in raised(words)


@pytest.mark.parametrize("line", ORDINARY.strip().splitlines())
def test_an_ordinary_picture_raises_no_alarm(line):
    assert raised(line) == []


def test_every_flag_is_raised_by_some_emergency():
    known = {flag.iri.rpartition("/")[2] for flag, _ in tables()[0]}
    assert known == {line.rpartition(" = ")[2] for line in EMERGENCIES.strip().splitlines()} | {
        "chest-pain-care",
        "bleeding-on-blood-thinner",
        "hypokalemia",
    }
    assert "chest-pain-care" in raised("chest pain | passed out")
    assert "bleeding-on-blood-thinner" in raised("fell and hit his head || warfarin")
    assert "hypokalemia" in raised("K 2.1 | muscle weakness")


@pytest.mark.parametrize(
    "line",
    [
        "no face drooping, no slurred speech",
        "chest pain: no | sweating: no",
        "denies chest pain, sweating and shortness of breath",
        "never had a seizure",
        "family history of heart attack and stroke",
        "history of stroke 5 years ago | tired",
        "afraid of a heart attack",
        "meningitis ruled out",
        "not suicidal",
        "not pregnant | lower abdominal pain on the left side",
        "thunderclap absent",
        "saddle of the bicycle is hard",
        "took 500 mg paracetamol",
        "took 30 iron tablets over a month",
        "tongue swelling | bruising of the legs",
        "hereditary hemorrhagic telangiectasia",
        "sudden weight loss | chest pain",
        "cold sore on the lip",
        "",
        "?" * 2000,
    ],
)
def test_what_is_denied_feared_past_or_of_others_raises_nothing(line):
    assert raised(line) == []


def test_what_is_absent_is_respected():
    assert find_red_flags(["fever", "light hurts"], absent=["stiff neck"]) == ()
    assert find_red_flags(["chest pain"], absent=["sweating", "nausea"]) == ()
    assert find_red_flags(["black tarry stools"], context=["iron tablets"]) == ()


def test_every_sign_of_every_rule_is_in_the_table_and_every_sign_is_used():
    flags, signs = tables()
    used = {
        name
        for _, found in flags
        for way in found
        for name in (*way.needed, *way.barred, *(one for _, choices in way.counted for one in choices))
    }
    assert used - {"long-standing"} == set(signs)


def test_terms_of_the_graph_count_beside_words():
    kg = "https://w3id.org/nutrition-kg/"
    [flag] = find_red_flags(["ECG"], terms=[kg + "hyperkalemia", kg + "peaked-t-waves"])
    assert (flag.iri, flag.signs) == (kg + "red-flag/hyperkalemia", ("high-potassium", "ecg-change"))
    assert find_red_flags(["ECG"], terms=[kg + "hyperkalemia", kg + "peaked-t-waves"], ruled_out=[kg + "hyperkalemia"]) == ()


@pytest.mark.parametrize(
    ("words", "text", "there"),
    [
        ("face/mouth droop* -eyelid", "His mouth droops", True),
        ("face/mouth droop* -eyelid", "eyelid and face drooping", False),
        ("left_side weak*", "weakness of the left side", True),
        ("left_side weak*", "left weak side", False),
        ("not drink*", "will not drink", True),
        ("drink*", "will not drink", False),
        ("temperature >37.9", "temperature of 38.4 C", True),
        ("temperature >37.9", "temperature 37.2", False),
        ("temperature >37.9", "temperature 101.5 F", True),
        ("bp <91", "BP 120/80", False),
        ("chest pain", "fever but no chest pain", False),
        ("chest pain", "no fever but chest pain", True),
        ("chest pain", "no fever, chest pain since noon", True),
        ("chest pain", "no fever, chest pain or cough", False),
        ("chest pain", "chest pain - denied", False),
        ("cannot breathe", "can't breathe", True),
        ("cannot urinate", "she is unable to urinate", True),
    ],
)
def test_a_pattern_fits_what_it_says(words, text, there):
    assert any(fits(pattern(words), clause) for clause in clauses(text)) is there


def test_a_rule_is_read_as_it_is_written():
    [one, other] = ways("tarry + not takes-iron | fever + 2 of (confusion, mottled)")
    assert (one.needed, one.barred) == (("tarry",), ("takes-iron",))
    assert other.counted == ((2, ("confusion", "mottled")),)


def test_the_command_says_it_first_even_where_no_word_is_known(tmp_path):
    code, out, _ = called("explain", "numb between the legs and I wet myself", "sciatica", cwd=tmp_path)
    assert code == 0
    assert out.splitlines()[0] == "! Possible pressure on the nerves at the end of the spine (cauda equina syndrome)"
    assert out.splitlines()[2].startswith("  Source: Evaluation and management of cauda equina syndrome")


def test_json_has_the_flags_and_an_empty_list_without(tmp_path):
    found = json.loads(called("--format", "json", "explain", "face droops", "slurred speech", cwd=tmp_path)[1])
    assert [sorted(flag) for flag in found["red_flags"]] == [["advice", "iri", "label", "source"]]
    assert json.loads(called("--format", "json", "explain", "fatigue", cwd=tmp_path)[1])["red_flags"] == []


def test_a_table_and_a_notebook_show_the_flags(real):
    answer = real.explain(["facial weakness on the left", "muscle weakness"])
    assert repr(answer).startswith("! Possible stroke\n")
    assert answer._repr_html_().startswith('<p role="alert"><strong>Possible stroke.')


def test_without_a_flag_an_unknown_finding_is_refused_as_before(real):
    with pytest.raises(UsageError):
        real.explain(["wibble wobbledy"])
