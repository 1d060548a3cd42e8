"""Questions in plain words find the command that answers them; what is not recognised is said so, nothing is made up."""

import pytest

from kg.causal.asking.sentence import say
from kg.errors import UnknownName
from kg.grounding.asked import read
from kg.grounding.asked_forms import read_forms
from kg.grounding.asked_roles import _ROLES
from kg.grounding.question_cues import _table
from kg.server.pages.asked import address
from kg.sparql import library
from tests.command import kg as called

ASKED = """
magnesium rich foods vegan = query foods_richest_in --nutrient magnesium --diet vegan
Does the pill lower folate? = paths oral contraceptives folate deficiency
how does B12 deficiency lead to tingling? = paths vitamin B12 deficiency paresthesia
Can metformin cause tingling? = paths metformin paresthesia
What goes wrong if a child does not get enough iodine? = query findings_reached_from --state iodine deficiency
Why do I have brittle nails? = query causes_of --finding brittle nails
what are the symptoms of iron deficiency = query findings_reached_from --state iron deficiency
Which drugs deplete potassium? = query drugs_that_deplete --nutrient potassium
who is at risk of B12 deficiency? = query risk_groups --state vitamin B12 deficiency
does magnesium help cramps? = query treatments_of --state muscle cramp
should I test folate or B12? = query what_separates --first folate deficiency --second vitamin B12 deficiency
how much spinach for a day's magnesium? = query foods_for_a_days_need --nutrient magnesium
does coffee block iron? = query absorption_modifiers
which has more calcium, kale or milk? = compare kale, raw whole milk, with added vitamin D
Why do kidney patients get weak bones? = paths chronic kidney disease osteoporosis
What should I eat when I have diarrhea? = query treatments_of --state diarrhea
what separates folate deficiency from B12 deficiency? = query what_separates --first folate deficiency --second vitamin B12 deficiency
what is the normal range of ferritin = query cutoffs_of --biomarker serum ferritin
what do we need zinc for? = query needs_of --nutrient zinc
what ends if iron deficiency is corrected = correct iron deficiency
what is homocysteine? = term homocysteine
what happens if I don't get enough vitamin C = query findings_reached_from --state vitamin C deficiency
can you take too much selenium = query findings_reached_from --state selenium excess
What's in spinach? = term spinach
compare almonds and walnuts = compare almonds walnuts
Does goiter shrink once iodine is given? = query goes_back --state iodine deficiency
how rare is beriberi = query how_common --state beriberi
is fatigue a symptom of iron deficiency = paths iron deficiency fatigue
what level of vitamin D is too low = query cutoffs_of --biomarker 25-hydroxyvitamin D
I am tired and pale, what could it be? = explain fatigue pallor
show me a map of magnesium = view magnesium
how much iron does a pregnant woman need? = query need_at --nutrient iron --life_stage pregnancy 19-30 y
what is the upper limit of zinc for a 5 year old? = query need_at --nutrient zinc --life_stage children 4-8 y
is 3 g of vitamin C a day safe? = query need_at --nutrient vitamin C
is the nerve damage from B12 deficiency permanent? = query goes_back --state vitamin B12 deficiency
will my hair grow back after iron deficiency is treated? = query goes_back --state iron deficiency
can I eat kale while taking warfarin? = query interactions_of --drug warfarin use
which lactose-free foods are high in calcium? = query foods_richest_in --nutrient calcium --diet dairy-free
lactose free calcium sources = query foods_richest_in --nutrient calcium --diet dairy-free
what can a vegan eat for calcium? = query foods_richest_in --nutrient calcium --diet vegan
what should I eat if I am pregnant and low in iron? = query foods_richest_in --nutrient iron --life_stage pregnancy 19-30 y
how much iron is in spinach and lentils together? = plate spinach, raw=1 portion lentils, boiled=1 portion
which drugs cause which nutrient deficiencies? = query depletions
what could numb hands and a smooth tongue mean? = explain numbness glossitis
explain tired and pale in a woman with heavy periods = explain fatigue pallor heavy menstrual bleeding --context women
what would go away if I fix my magnesium deficiency? = correct magnesium deficiency
which test shows iron deficiency best? = query signs_of --state iron deficiency
what are signs of too little iodine in a child? = query findings_reached_from --state iodine deficiency
what can make my ankles swell? = explain leg swelling
which claims come from the study A Perspective on Tropical Sprue? = query claims_of_source --source A Perspective on Tropical Sprue
what is the recommended intake of magnesium? = query need_at --nutrient magnesium
what must be corrected so that fatigue ends? = correct --for fatigue
show me how iron deficiency leads to fatigue = view --from iron deficiency --to fatigue
"""


def pick(graph, question: str) -> list[str]:
    """The words of the command that answers a question of one part."""
    [one] = read(graph.rows, question)
    return one.command


@pytest.mark.parametrize("line", ASKED.strip().splitlines())
def test_a_question_finds_its_command(real, line):
    question, _, command = line.rpartition(" = ")
    assert " ".join(pick(real, question)) == command


@pytest.mark.parametrize("question", ["which foods are rich in unobtainium?", "what is the weather in Paris"])
def test_an_unknown_name_in_a_known_question_gets_the_nearest(real, question):
    with pytest.raises(UnknownName):
        pick(real, question)


@pytest.mark.parametrize(
    ("question", "command"),
    [
        (
            "What should be monitored on metformin and omeprazole?",
            ["explain", "--context", "metformin", "--context", "omeprazole"],
        ),
        ("my ferritin is 9 ng/mL, what does it mean?", ["explain", "low ferritin"]),
        ("is there a link between celiac disease and osteoporosis?", ["paths", "celiac disease", "osteoporosis"]),
        ("what ferritin is too low?", ["query", "cutoffs_of", "--biomarker", "serum ferritin"]),
        ("does boiling destroy vitamin C?", ["query", "foods_richest_in", "--nutrient", "vitamin C"]),
        ("why do I keep dropping things?", ["query", "causes_of", "--finding", "weak grip"]),
        ("what should someone who has had bariatric surgery watch for?", ["explain", "--context", "bariatric surgery"]),
    ],
)
def test_forms_of_questions_that_people_use(real, question, command):
    assert pick(real, question) == command


def test_a_page_answers_without_the_diet(real):
    where, _ = address(pick(real, "vegan sources of calcium") or [])
    assert where == "/question/foods_richest_in?nutrient=calcium"


def test_a_sum_with_an_unknown_food_says_what_it_leaves_out(real):
    said = str(real.ask("how much vitamin C is in an orange and a kiwi together?"))
    assert said.startswith("Of 'kiwi' this answer says nothing.")


@pytest.mark.parametrize("question", ["is there a link between Aberdeen and Bath?", "what should be monitored on Mars?"])
def test_a_question_about_unknown_names_says_so(real, question):
    with pytest.raises(UnknownName):
        pick(real, question)


def test_the_command_is_shown_and_run(tmp_path):
    code, out, err = called("--format", "csv", "ask", "who is at risk of B12 deficiency?", cwd=tmp_path)
    assert code == 0
    assert err.splitlines()[0] == "kg: the answer of: kg query risk_groups --state 'vitamin B12 deficiency'"
    assert "older adults" in out
    assert called("ask", "--dry", "what is homocysteine?", cwd=tmp_path)[:2] == (0, "kg term homocysteine\n")
    assert called("ask", "write me a poem", cwd=tmp_path)[0] == 2


ANY_ORDER = """
Is it possible that my omeprazole is behind my tingling fingers? = paths omeprazole paresthesia
Why would furosemide give me cramps? = paths furosemide muscle cramp
are my cramps from furosemide? = paths furosemide muscle cramp
oedema + protein lack - link? = paths protein deficiency edema
Which foods would you give someone short of potassium? = query foods_richest_in --nutrient potassium
Which fish has the most vitamin D? = query foods_richest_in --nutrient vitamin D
How much calcium ought a woman of 70 to get each day? = query need_at --nutrient calcium --life_stage females 51-70 y
What amount of zinc does a breastfeeding mother need? = query need_at --nutrient zinc --life_stage lactation 19-30 y
At what dose does vitamin B6 become harmful? = query need_at --nutrient vitamin B6
Can you overdo vitamin A? = query findings_reached_from --state hypervitaminosis A
Who ought to be screened for low vitamin D? = query risk_groups --state vitamin D deficiency
Do old people absorb less vitamin B12? = query risk_groups --state vitamin B12 deficiency
Which blood test proves vitamin B12 deficiency? = query signs_of --state vitamin B12 deficiency
Does the dementia of pellagra go back? = correct pellagra
How long until anaemia clears up with iron? = query goes_back --state iron deficiency
How sure are we that vitamin D prevents falls? = query treatments_of --state falls
How do oranges and broccoli compare for vitamin C? = compare orange, raw broccoli, raw
Which foods are not good for someone with oxalate stones? = query foods_by_inhibitor --inhibitor oxalate
How much water-soluble vitamin B6 does a pregnant teenager need? = query need_at --nutrient vitamin B6 --life_stage pregnancy 14-18 y
Which epilepsy drugs lower folate? = query drugs_that_deplete --nutrient folate
Compare tofu with chicken for iron = compare tofu, firm, set with calcium sulfate chicken breast, meat only, raw
which deficiencies cause hair loss and how sure is it? = query causes_of --finding hair loss
what do vitamin D, calcium and magnesium deficiency share? = query shared_mechanisms
metformin b12 monitoring?? = explain --context metformin
What do vegans usually run short of? = explain --context strict vegan diet
What nutrients do people over 70 often lack? = explain --context older adults
What is the most vitamin A I can safely take while pregnant? = query need_at --nutrient vitamin A --life_stage pregnancy 19-30 y
How much vitamin C does a smoker need? = query need_at --nutrient vitamin C
How long do iron tablets take to work? = query goes_back --state iron deficiency
How do hyponatremia and hypernatremia differ? = query what_separates --first hyponatremia --second hypernatremia
Should calcium and iron tablets be taken at different times? = query absorption_modifiers
What ferritin level means iron deficiency in a pregnant woman? = query cutoffs_of --biomarker serum ferritin
Burning feet and a sore tongue, what is missing? = explain burning feet glossitis
Can you get too much vitamin C from tablets? = query findings_reached_from --state vitamin C excess
Which lab values point to magnesium deficiency? = query signs_of --state magnesium deficiency
Which minerals do I lose when I sweat a lot? = explain --context heavy sweating
Which conditions look like vitamin B12 deficiency? = query tells_apart --state vitamin B12 deficiency
What happens when copper and zinc are taken together? = query absorption_modifiers
Where do sources contradict each other about vitamin E? = query disputed_claims
Is night blindness from vitamin A deficiency curable? = query goes_back --state vitamin A deficiency
What do we not know about magnesium? = query known_gaps
What do babies need vitamin D for? = query needs_of --nutrient vitamin D
Can iron overload harm the liver? = paths iron overload liver damage
Which foods are good sources of zinc for someone who eats no meat? = query foods_richest_in --nutrient zinc --diet meat-free
What is the best test for iron stores? = query signs_of --state iron deficiency
When do symptoms of thiamine deficiency appear? = query onset_of --state thiamine deficiency
Does zinc shorten a cold? = query treatments_of --state common cold
Can hypothyroidism be due to lack of iodine or selenium? = paths iodine deficiency hypothyroidism
What besides iron deficiency can make someone pale? = query causes_of --finding pallor
On what do studies disagree about zinc? = query disputed_claims
How far apart should I take thyroid pills and calcium? = query interactions_of --drug levothyroxine use
Where can I get magnesium? I eat no nuts = query foods_richest_in --nutrient magnesium --diet nut-free
What blood test should I have if I am always cold and tired? = explain cold intolerance fatigue
My mother takes warfarin and omeprazole: what should we watch for? = explain --context women --context warfarin --context omeprazole
Does salmon or sardines have more calcium? = compare sockeye salmon, cooked sardines, canned in oil, drained, with bone
"""


#: Kinds of questions that were once answered by something else.
ROLES = """
Can I have calcium with spinach? = query absorption_modifiers
which mechanisms do copper and iron deficiency share? = query shared_mechanisms
what evidence is there that vitamin E prevents prostate cancer? = query evidence_of --subject vitamin E supplement use --object prostate cancer
which is better for magnesium, brown rice or white rice? = compare brown rice, cooked white rice, enriched, cooked
What should I eat if my potassium is low? = query foods_richest_in --nutrient potassium
which vitamins should somebody on blood thinners be careful with? = query interactions_of --drug warfarin
can I take potassium with spironolactone? = query interactions_of --drug spironolactone
what makes calcium in the blood fall? = query causes_of --finding hypocalcemia
my two-year-old drinks a litre of cow's milk a day, could that make him short of iron? = paths excess cow's milk in toddlers iron deficiency
why do people with Crohn's disease lack vitamin B12? = paths Crohn disease vitamin B12 deficiency
is 2000 IU of vitamin D too much for a 3 year old? = query need_at --nutrient vitamin D --life_stage children 1-3 y
what haemoglobin counts as anaemia in a pregnant woman? = query cutoffs_of --biomarker blood hemoglobin
which studies say that iron helps restless legs? = query evidence_of --subject iron supplementation --object restless legs syndrome
does vitamin D lower the risk of fractures? = query treatments_of --state bone fracture
what do I do if my potassium is 2.9? = query treatments_of --state hypokalemia
which deficiency makes hair fall out? = query causes_of --finding hair loss
who says that thiamine deficiency causes heart failure? = query evidence_of --subject thiamine deficiency --object heart failure
compare the effects of too much and too little iodine = compare iodine excess iodine deficiency
does coffee stop you absorbing iron? = query absorption_modifiers
how long should I wait between iron and levothyroxine? = query interactions_of --drug levothyroxine
how long before my B12 shots fix the tingling? = query goes_back --state vitamin B12 deficiency
do eggs or liver hold more vitamin A? = compare egg, whole, hard-boiled beef liver, raw
what's the most vitamin A I can take in pregnancy without hurting the baby? = query need_at --nutrient vitamin A --life_stage pregnancy 19-30 y
my gran takes warfarin and has started eating a lot of kale. Problem? = query interactions_of --drug warfarin
what can I give a toddler who won't drink milk for calcium? = query foods_richest_in --nutrient calcium --diet dairy-free --life_stage children 1-3 y
where do I get calcium if I'm allergic to milk? = query foods_richest_in --nutrient calcium --diet dairy-free
can low potassium kill you? = query findings_reached_from --state hypokalemia
how many vegans lack B12? = query how_common --state vitamin B12 deficiency
how much protein does a 75 year old man need? = query need_at --nutrient protein --life_stage males >70 y
which foods should I avoid on warfarin? = query interactions_of --drug warfarin
how do doctors treat severe hypokalemia? = query treatments_of --state hypokalemia
which claims in the articles turned out to be wrong? = query statements_not_carried
which claims does the study A Perspective on Tropical Sprue support? = query claims_of_source --source A Perspective on Tropical Sprue
which findings tell a zinc lack apart from a copper lack? = query what_separates --first zinc deficiency --second copper deficiency
could my thinning hair and brittle nails be from low iron? = explain hair loss brittle nails
would a cup of milk and a banana cover a woman's daily potassium? = plate whole milk, with added vitamin D=1 portion Bananas, raw=1 portion
does metformin raise homocysteine? = paths metformin elevated homocysteine
are vegans at risk of low zinc? = query risk_groups --state zinc deficiency
what is the connection between coeliac disease and low vitamin D? = paths celiac disease vitamin D deficiency
is it true that too much vitamin E makes you bleed? = paths vitamin E excess excessive bleeding
what can I eat instead of meat for zinc? = query foods_richest_in --nutrient zinc --diet meat-free
How long until anemia gets better with iron? = query goes_back --state iron deficiency
is 10 ng/mL of vitamin D low in a child? = explain low 25-hydroxyvitamin D --context children
how much zinc is in 100 g of beef? = term ground beef, 80% lean, raw
how much calcium is in milk? = term whole milk, with added vitamin D
how much vitamin C is in tomatoes? = term Tomatoes, red, ripe, raw, year round average
do lentils cause bloating? = paths gas-forming food bloating
Where does the claim that iron deficiency causes restless legs come from? = query evidence_of --subject iron deficiency --object restless legs syndrome
"""


@pytest.mark.parametrize("line", ROLES.strip().splitlines())
def test_the_roles_that_are_filled_choose_the_command(real, line):
    question, _, command = line.partition(" = ")
    assert [" ".join(one.command) for one in real.ask(question)] == [command]


HONEST = """
Can I have calcium with spinach? = Spinach, raw was found to hold up to 592 mg of oxalate
which mechanisms do copper and iron deficiency share? = Copper deficiency and iron deficiency share low hemoglobin,
what haemoglobin counts as anaemia in a pregnant woman? = Of anemia this answer says nothing. Blood hemoglobin: deficiency < 11.0 g/dL (pregnant women;
what cut-off for vitamin D deficiency does the Endocrine Society set? = Of Endocrine Society this answer says nothing.
ferritin is 22, what does it mean? = Ferritin 22 is read as low ferritin (bodies differ:
My calcium came back 1.9 mmol/L. What symptoms would you expect? = Calcium 1.9 mmol/L is read as hypocalcemia. Hypocalcemia may lead to
what foods are low in potassium? = The graph ranks foods by how much potassium they hold and not by how little;
my gran takes warfarin and has started eating a lot of kale. Problem? = Kale, raw gives
what treats restless legs besides iron? = Besides iron: said to help restless legs syndrome: magnesium supplementation
What foods give potassium if I don't eat bananas? = Without banana: most potassium in a usual portion
Is it true you cannot eat grapefruit with statins? = With statins: eating grapefruit promotes muscle weakness (probable, thinly sourced), eating grapefruit promotes myalgia (probable, thinly sourced) and eating grapefruit promotes rhabdomyolysis
who found out that vitamin C cures scurvy? = Of when and by whom it was found this answer says nothing.
who should take folic acid? = Folic acid supplementation prevents neural tube defect in women of childbearing age (established) and folic acid supplementation prevents congenital heart disease
where do I get calcium with no fish or dairy? = Without dairy: most calcium in a usual portion, the most first: fortified
I can't eat oranges, where else can I get vitamin C? = Without orange: most vitamin C in a usual portion, the most first: sweet pepper
can I drink milk with tetracycline? = Whole milk, with added vitamin D gives 28 % of a day's calcium in a portion. With
which blood pressure pills raise potassium? = Which drugs are taken for blood pressure the graph does not tell. Hyperkalemia
how common is vitamin D deficiency in children? = Vitamin D deficiency is very common (15 of 100) in children.
should I avoid spinach if I take iron tablets? = Spinach, raw was found to hold up to
at what ferritin does the WHO call a woman iron deficient? = Serum ferritin: deficiency < 15 ug/L (apparently healthy women; World Health Organization
Which nutrients do I need more of in pregnancy? = Pregnant women of 19 to 30 years need more a day than women of 19 to 30 years (in brackets), by a tenth or more, the most risen first: protein 71 g (46), folate 600 ug (400), iron 27 mg (18),
Which vitamins can you overdose on? = An upper limit a day is set (women of 31 to 50 years) for folate 1000 ug
Which foods are high in both iron and zinc? = Most of iron and zinc at once in a usual portion, of a day's need: fortified
Which of spinach, kale and broccoli has the most calcium? = Kale, raw gives the most calcium of the 3
Does tea affect zinc absorption? = Of what tea and coffee polyphenols does to zinc absorption the graph knows nothing. Known is that
What is a normal haemoglobin for women? = Blood hemoglobin: adequate 12 to 16 g/dL (women;
can kids get too much vitamin D = Children of 4 to 8 years need 15 ug of vitamin D a day (RDA); the upper limit is 75 ug.
What are good sources of omega-3? = The tables of foods give omega-3 and essential fatty acids as alpha-linolenic acid, DHA, EPA.
Does prednisone lower calcium? = Can corticosteroid use lead to hypocalcemia? Yes:
"""


@pytest.mark.parametrize("line", HONEST.strip().splitlines())
def test_an_answer_tells_what_it_read_and_what_it_lacks(real, line):
    question, _, beginning = line.partition(" = ")
    assert str(real.ask(question)).startswith(beginning)


@pytest.mark.parametrize("line", ANY_ORDER.strip().splitlines())
def test_a_question_in_any_words_is_read_by_its_cues_and_terms(real, line):
    question, _, command = line.partition(" = ")
    assert [" ".join(one.command) for one in read(real.rows, question)] == [command]


@pytest.mark.parametrize(
    "text",
    [
        "write me a poem",
        "drop table states",
        "",
        "?",
        "a" * 5000,
        "{a} {b}",
        "what should I wear today?",
        "yes",
        "what moves the tides?",
    ],
)
def test_what_is_no_question_of_ours_has_no_command(real, text):
    assert [(one.question, one.command, one.left) for one in read(real.rows, text)] == [(text, [], ())]


def test_a_question_of_two_parts_has_two_answers(real):
    told = read(real.rows, "What causes rickets and how is it treated?")
    assert [" ".join(one.command) for one in told] == [
        "query causes_of --finding rickets",
        "query treatments_of --state rickets",
    ]


def test_every_question_of_the_library_is_asked_for_in_words():
    asked = {words[1] for form in read_forms() if (words := form.command.split())[0] == "query"}
    asked |= {one.name for one in library.asked_in_words()}
    assert asked == {*library.names(), *library.names("federated")}


def test_every_cue_and_role_of_the_forms_is_known():
    cues = set().union(*(form.cues | form.barred for form in read_forms()))
    roles = set().union(*(set(form.roles) | set(form.also) for form in read_forms()))
    assert cues <= _table().keys() | {"figure", "opposites", "unnamed"}
    assert roles <= _ROLES.keys() | {"findings", "diet"}


def test_a_part_that_names_nothing_is_about_what_the_part_before_named(real):
    told = read(real.rows, "Is there a test for copper deficiency and what is the cut-off?")
    assert [" ".join(one.command) for one in told] == [
        "query signs_of --state copper deficiency",
        "query biomarkers_for --state copper deficiency",
    ]


def test_a_part_that_is_not_answered_has_no_command(real):
    told = read(real.rows, "What causes rickets and who invented the bicycle?")
    assert [one.command for one in told] == [["query", "causes_of", "--finding", "rickets"], []]


def test_what_plays_no_part_in_the_answer_is_named(tmp_path):
    _, _, err = called("ask", "Which vegetables are rich in iron?", cwd=tmp_path)
    assert err.splitlines()[1] == "kg: not used in the answer: vegetable"


def test_a_graph_answers_in_sentences(real):
    told = real.ask("Is half a gram of magnesium a day safe?")
    assert (told[0].line, told[0].left) == ("kg query need_at --nutrient magnesium", ())
    assert str(told).startswith("0.5 gram a day is above the upper limit. Women of 31 to 50 years need 320 mg")


TURNED = """
Which vegetables have the most folate? = Of 'vegetables' this answer says nothing. Most folate in a usual portion, the most first: fortified bran breakfast cereal (0.5 cup (1 NLEA serving): 681.38 ug, 170 % of a day's need); edamame, prepared (1 cup: 482.05 ug, 121 % of a day's need); lentils, boiled (1 cup: 358.38 ug, 90 % of a day's need).
May I take levothyroxine with my coffee? = The graph holds nothing on coffee with levothyroxine; what it holds: calcium weakens levothyroxine absorption (established, well sourced) and iron weakens levothyroxine absorption (established, well sourced).
How much vitamin C does a smoker need? = Tobacco smoking: increased vitamin C requirement; the tables of needs set no amount for it. Women of 31 to 50 years need 75 mg of vitamin C a day (RDA); the upper limit is 2000 mg.
Which deficiencies cause night blindness? = Nutrients whose lack may bring about night blindness, the strongest first: vitamin A deficiency, vitamin E deficiency and zinc deficiency.
How long does metformin take to cause B12 deficiency? = When it appears, as sources say: vitamin B12 deficiency comes from metformin use (higher dose and longer use raise the risk).
Why does vitamin D cause rickets? = The graph knows no way in which vitamin D leads to rickets; but vitamin D deficiency leads to it: kg paths 'vitamin D deficiency' rickets.
Does spinach give you iron poisoning? = The graph knows no way in which spinach leads to iron poisoning.
How sure are we that vitamin D prevents falls? = Of vitamin D this answer says nothing. The graph does not know what treats or prevents falls.
Is a microgram of vitamin B12 a day enough for an adult? = 1 microgram a day is below the need. Women of 31 to 50 years need 2.4 ug of vitamin B12 a day (RDA); no upper limit is set.
Which drugs do not lower vitamin B12? = The graph holds what does, not what does not. Drugs that lower vitamin B12, the strongest first: nitrous oxide use, metformin use, antiseizure drug use and 13 more.
"""


@pytest.mark.parametrize("line", TURNED.strip().splitlines())
def test_an_answer_of_no_or_unknown_says_so_first(real, line):
    question, _, sentence = line.partition(" = ")
    assert str(real.ask(question)) == sentence


ASKED_AND_NOT_SAID = """
What should someone on dialysis not eat? = Of what to avoid this answer says nothing. With hemodialysis look out for
What is the best time of day to take magnesium? = Of when to take it this answer says nothing.
Who should not take iron supplements? = Of for whom it is not safe this answer says nothing. Iron supplement use may lead to
Which deficiency does not cause fatigue? = The graph holds what does, not what does not.
How far apart should I take thyroid pills and calcium? = Of how far apart this answer says nothing. With levothyroxine use:
"""


@pytest.mark.parametrize("line", ASKED_AND_NOT_SAID.strip().splitlines())
def test_what_is_asked_and_not_answered_is_said_first(real, line):
    question, _, beginning = line.partition(" = ")
    assert str(real.ask(question)).startswith(beginning)


SENTENCES = """
how much iron does a pregnant woman need? = Pregnant women of 19 to 30 years need 27 mg of iron a day (RDA); the upper limit is 45 mg.
is 3 g of vitamin C a day safe? = 3 g a day is above the upper limit. Women of 31 to 50 years need 75 mg of vitamin C a day (RDA); the upper limit is 2000 mg.
is the nerve damage from B12 deficiency permanent? = Peripheral neuropathy (within 3 months) and subacute combined degeneration of spinal cord: goes back in part, or only when treated early; Permanent nerve damage (may stay when untreated): stays as a rule.
how sure is it that vitamin E helps against cramps? = Of vitamin E against muscle cramp the graph knows nothing; said to help muscle cramp: stretching, vitamin D supplementation and vitamin K supplementation; sources disagree on magnesium supplementation.
does coffee block iron? = Tea and coffee polyphenols weaken iron absorption (established, 3 sources).
how much calcium do milk and yogurt give together? = 244 g of whole milk, with added vitamin D and 170 g of yogurt, plain, low fat together give 586.8 mg of calcium, 59 % of a day's need (women of 31 to 50 years).
how much spinach for a day's magnesium? = A day's magnesium (RDA 320 mg) is in 368 g of spinach, boiled or in 405 g of spinach, raw.
"""


@pytest.mark.parametrize("line", SENTENCES.strip().splitlines())
def test_an_answer_begins_with_a_sentence(real, line):
    question, _, sentence = line.partition(" = ")
    assert say(real, pick(real, question) or [], question) == sentence


def test_an_answer_for_programs_has_no_sentence(tmp_path):
    _, out, _ = called("--format", "csv", "ask", "vegan sources of calcium", cwd=tmp_path)
    assert out.startswith("food_label,portion,")
    assert ("milk, with" in out, "tofu" in out) == (False, True)


@pytest.mark.parametrize(("words", "said"), [("vegn", "did you mean vegan?"), ("", "the known ones are")])
def test_a_diet_that_is_not_known_is_named(tmp_path, words, said):
    code, _, err = called("query", "foods_richest_in", "--diet", words, cwd=tmp_path)
    assert (code, said in err) == (2, True)


def test_a_diet_chooses_from_foods_alone(tmp_path):
    code, _, err = called("query", "known_gaps", "--diet", "vegan", cwd=tmp_path)
    assert (code, err.count("has no column of foods")) == (2, 1)


def test_a_phrase_is_a_term_by_the_same_door(tmp_path):
    code, out, err = called("term", "SOB x 3 days", cwd=tmp_path)
    assert (code, out.splitlines()[0]) == (0, "dyspnea  (Symptom)")
    assert "is read as dyspnea" in err
    assert called("term", "wibble wobble", cwd=tmp_path)[0] == 2


@pytest.mark.parametrize(
    ("question", "command"),
    [
        ("Too much vitamin D: what does it do to calcium?", "kg paths 'hypervitaminosis D' hypercalcemia"),
        ("Too much zinc - what does it do to copper?", "kg paths 'zinc excess' 'copper deficiency'"),
        ("How does kidney failure affect potassium?", "kg paths 'kidney failure' hyperkalemia"),
    ],
)
def test_what_is_done_to_a_nutrient_is_what_the_cause_leads_to_most(real, question, command):
    assert [part.line for part in real.ask(question)] == [command]
