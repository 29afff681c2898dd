"""Family ties: the closed list, compositions, and what a few stated ties imply."""

from itertools import combinations, permutations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird.cases.kin import RELATIONS, Tie, TieError, canonical, compose, derive, inverse

# P is the first of Q, Q is the second of M: P is the … of M
COMPOSED = [
    ("brother", "mother", "uncle"),
    ("sister", "father", "aunt"),
    ("sibling", "parent", "aunt_or_uncle"),
    ("mother", "mother", "grandmother"),
    ("father", "parent", "grandfather"),
    ("parent", "mother", "grandparent"),
    ("father", "grandmother", "great_grandfather"),
    ("sister", "grandfather", "great_aunt"),
    ("uncle", "father", "great_uncle"),
    ("son", "sister", "nephew"),
    ("daughter", "brother", "niece"),
    ("child", "sibling", "nephew_or_niece"),
    ("grandson", "brother", "great_nephew"),
    ("son", "niece", "great_nephew"),
    ("daughter", "uncle", "cousin"),
    ("nephew", "mother", "cousin"),
    ("sister", "cousin", "cousin"),
    ("son", "son", "grandson"),
    ("daughter", "child", "granddaughter"),
    ("son", "grandchild", "great_grandchild"),
    ("mother", "brother", "mother"),
    ("sister", "son", "daughter"),
    ("grandmother", "sister", "grandmother"),
    ("uncle", "sister", "uncle"),
    ("brother", "sister", "brother"),
    ("mother", "aunt", "grandmother"),
    ("sister", "nephew", "niece"),
    ("niece", "daughter", "granddaughter"),
    ("brother", "grandchild", "grandson"),
    ("half_brother", "father", "half_uncle"),
    ("half_sister", "parent", "half_aunt"),
    ("son", "half_sister", "half_nephew"),
    ("half_sister", "brother", "half_sister"),
    ("brother", "half_sister", "half_brother"),
    ("daughter", "half_aunt", "cousin"),
    ("half_brother", "half_sister", None),
    ("half_brother", "son", None),
    ("husband", "aunt", "uncle_by_marriage"),
    ("wife", "uncle", "aunt_by_marriage"),
    ("nephew", "wife", "nephew_by_marriage"),
    ("husband", "sister", "brother_in_law"),
    ("sister", "husband", "sister_in_law"),
    ("mother", "wife", "mother_in_law"),
    ("wife", "son", "daughter_in_law"),
    ("wife", "father", "stepmother"),
    ("spouse", "mother", "step_parent"),
    ("son", "husband", "stepson"),
    ("stepmother", "sister", "stepmother"),
    ("son", "mother", None),
    ("child", "parent", None),
    ("child", "grandparent", None),
    ("sister", "aunt", None),
    ("nephew", "brother", None),
    ("parent", "child", None),
    ("father", "nephew", None),
    ("son", "stepmother", None),
    ("common_law_partner", "mother", None),
    ("common_law_partner", "sister", None),
    ("son", "cousin", None),
    ("friend", "mother", None),
    ("legal_guardian", "sister", None),
    ("second_cousin", "mother", None),
]

SPELLED = [
    ("step_mother", "stepmother"),
    ("Step-mother", "stepmother"),
    ("stepmother", "stepmother"),
    ("grand_father", "grandfather"),
    ("half brother", "half_brother"),
    ("Mother-in-law", "mother_in_law"),
    ("fiancé", "fiance"),
    ("fiancée", "fiancee"),
    ("common-law partner", "common_law_partner"),
    ("uncle or aunt", "aunt_or_uncle"),
    ("mom", "mother"),
]

CLASSES = {
    "kin": "child son daughter parent mother father sibling brother sister grandparent grandmother "
    "grandfather grandchild grandson granddaughter aunt uncle aunt_or_uncle nephew niece "
    "nephew_or_niece",
    "spouse": "spouse husband wife",
    "common_law": "common_law_partner",
    "guardian": "legal_guardian",
    "half": "half_brother half_sister half_sibling half_aunt half_uncle half_aunt_or_uncle "
    "half_nephew half_niece half_nephew_or_niece",
    "by_marriage": "aunt_by_marriage uncle_by_marriage aunt_or_uncle_by_marriage nephew_by_marriage "
    "niece_by_marriage nephew_or_niece_by_marriage",
    "none": "cousin brother_in_law sister_in_law mother_in_law father_in_law son_in_law "
    "daughter_in_law parent_in_law sibling_in_law child_in_law stepmother stepfather "
    "step_parent stepbrother stepsister step_sibling stepson stepdaughter step_child "
    "great_grandmother great_grandfather great_grandparent great_grandchild great_aunt "
    "great_uncle great_aunt_or_uncle great_nephew great_niece great_nephew_or_niece "
    "second_cousin fiance fiancee fiance_or_fiancee boyfriend girlfriend "
    "boyfriend_or_girlfriend former_spouse ex_husband ex_wife former_legal_guardian "
    "informal_guardian foster_mother foster_father foster_parent foster_child foster_sibling "
    "godmother godfather godparent godchild ward friend stranger other_relative other",
}

LABELS = [
    ("aunt_or_uncle", "aunt or uncle", "tante ou oncle"),
    ("half_brother", "half-brother", "demi-frère (un seul parent commun)"),
    ("stepmother", "stepmother", "belle-mère (conjointe du parent)"),
    ("mother_in_law", "mother-in-law", "belle-mère (mère du conjoint)"),
    ("common_law_partner", "common-law partner", "conjointe ou conjoint de fait"),
    ("daughter_in_law", "daughter-in-law", "bru (épouse de l’enfant)"),
    ("great_nephew", "great-nephew", "petit-neveu"),
]


@pytest.mark.parametrize(("first", "second", "expected"), COMPOSED)
def test_two_ties_make_a_third(first, second, expected):
    assert compose(first, second) == expected


@pytest.mark.parametrize(("word", "code"), SPELLED)
def test_spelling_does_not_matter(word, code):
    assert canonical(word) == code


@pytest.mark.parametrize(("code", "en", "fr"), LABELS)
def test_labels_are_in_both_languages(code, en, fr):
    assert (RELATIONS[code].en, RELATIONS[code].fr) == (en, fr)


def test_the_list_is_closed_and_classed():
    assert {code: word.kin_class for code, word in RELATIONS.items()} == {
        code: kin_class for kin_class, codes in CLASSES.items() for code in codes.split()
    }


def test_labels_are_whole_and_tell_relations_apart():
    for lang in ("en", "fr"):
        labels = [getattr(word, lang) for word in RELATIONS.values()]
        assert all(label.strip() == label != "" for label in labels)
        assert len(set(labels)) == len(labels)


def test_a_word_that_is_no_relation_is_told_the_nearest():
    with pytest.raises(ValueError, match=r"'unkle' is not a relation\. Nearest: uncle"):
        canonical("unkle")
    with pytest.raises(ValueError, match="other_relative"):
        canonical("zzzzz")


@pytest.mark.parametrize(
    ("relation", "sex", "expected"),
    [
        ("mother", None, "child"),
        ("mother", "female", "daughter"),
        ("uncle", "male", "nephew"),
        ("husband", "female", "wife"),
        ("husband", None, "spouse"),
        ("legal_guardian", None, "ward"),
        ("ward", None, "legal_guardian"),
        ("stepson", "female", "stepmother"),
        ("cousin", "female", "cousin"),
        ("fiance", "female", "fiancee"),
    ],
)
def test_a_tie_reads_the_other_way_round(relation, sex, expected):
    assert inverse(relation, sex) == expected


CODES = st.sampled_from(list(RELATIONS))


@given(CODES, st.sampled_from([None, "female", "male"]), st.sampled_from([None, "female", "male"]))
def test_the_inverse_of_the_inverse_is_of_the_same_class(code, one, two):
    assert RELATIONS[inverse(inverse(code, one), two)].kin_class == RELATIONS[code].kin_class


def test_composing_backwards_gives_the_inverse():
    for first, second in product(RELATIONS, repeat=2):
        forward, backward = compose(first, second), compose(inverse(second, None), inverse(first, None))
        assert backward == (None if forward is None else inverse(forward, None)), (first, second)


def ties(*sentences):
    return [Tie(*sentence.split()) for sentence in sentences]


# stated ties, then derived ones; "~" marks an unsure pair
FAMILIES = [
    ("mother's brother", ["Ana mother Bea", "Cy brother Ana"], ["Cy uncle Bea", "Bea nephew_or_niece Cy"]),
    (
        "same two parents",
        ["Ana mother Bea", "Ana mother Cy", "Dov father Bea", "Dov father Cy", "Cy uncle Eve"],
        ["Cy brother Bea", "Bea sibling Cy"],
    ),
    (
        "one shared parent, two others",
        ["Ana mother Bea", "Ana mother Cy", "Dov father Bea", "Eli father Cy"],
        ["Bea half_sibling Cy"],
    ),
    ("one shared parent, others unknown", ["Ana mother Bea", "Ana mother Cy"], ["~Bea half_sibling Cy"]),
    (
        "children of one parent",
        ["Bea daughter Ana", "Cy son Ana"],
        ["~Bea half_sister Cy", "~Cy half_brother Bea"],
    ),
    ("a stated sister stays one", ["Ana mother Bea", "Ana mother Cy", "Bea sister Cy"], ["Cy sibling Bea"]),
    (
        "a mother is the brother's mother",
        ["Ana mother Bea", "Cy brother Bea"],
        ["Ana mother Cy", "Cy son Ana"],
    ),
    ("three brothers", ["Ari brother Ben", "Ben brother Cy"], ["Ari brother Cy", "Cy sibling Ari"]),
    (
        "a sibling's sibling's mother",
        ["Ana mother Bea", "Bea sister Cy", "Cy brother Dov"],
        ["Ana mother Dov", "Bea sister Dov"],
    ),
    ("mother's husband may be the father", ["Ana mother Bea", "Dov husband Ana"], ["~Dov stepfather Bea"]),
    (
        "father's wife beside a named mother",
        ["Ana mother Bea", "Dov father Bea", "Eve wife Dov"],
        ["Eve stepmother Bea", "Bea step_child Eve"],
    ),
    (
        "the named father is no stepfather",
        ["Ana mother Bea", "Dov father Bea", "Dov husband Ana"],
        ["Dov father Bea"],
    ),
    (
        "brother's father, mother's husband",
        ["Ana mother Bea", "Dov husband Ana", "Dov father Cy", "Cy brother Bea"],
        ["Dov father Bea"],
    ),
    ("three steps", ["Ana mother Bea", "Cy brother Ana", "Dov son Cy"], ["Dov cousin Bea", "Bea cousin Dov"]),
    (
        "aunt's husband",
        ["Ana mother Bea", "Eve sister Ana", "Dov husband Eve"],
        ["Dov uncle_by_marriage Bea"],
    ),
    (
        "an unsure link makes an unsure end",
        ["Ana mother Bea", "Ana mother Cy", "Dov son Cy"],
        ["~Dov half_nephew Bea"],
    ),
    (
        "conflicting sexes fall back to neutral",
        ["Ana mother Bea", "Ana brother Cy"],
        ["Ana aunt_or_uncle Dov"],
    ),
]


@pytest.mark.parametrize(("title", "stated", "expected"), FAMILIES, ids=[title for title, _, _ in FAMILIES])
def test_a_few_ties_imply_the_rest(title, stated, expected):
    told = ties(*stated)
    if title.startswith("conflicting"):
        told.append(Tie("Dov", "child", "Cy"))
    people = sorted({person for tie in told for person in (tie.who, tie.of)})
    relations, unsure = derive(told, people)
    for sentence in expected:
        who, relation, of = sentence.lstrip("~").split()
        assert relations[who, of] == relation
        assert ((who, of) in unsure) is sentence.startswith("~")
    for tie in told:
        assert relations[tie.who, tie.of] == tie.relation


def test_people_without_a_tie_have_no_relation():
    assert derive([], ["Ana", "Bea"]).relations == {}
    assert derive(ties("Ana friend Bea"), ["Ana", "Bea", "Cy"]).relations == {
        ("Ana", "Bea"): "friend",
        ("Bea", "Ana"): "friend",
    }


def test_a_path_of_four_steps_is_too_long():
    told = ties("Ana mother Bea", "Bea mother Cy", "Cy mother Dov", "Dov mother Eve")
    relations, _ = derive(told, ["Ana", "Bea", "Cy", "Dov", "Eve"])
    assert relations["Ana", "Dov"] == "great_grandmother"
    assert ("Ana", "Eve") not in relations


CONTRADICTIONS = [
    (["Ana mother Bea", "Bea mother Ana"], ["Ana", "Bea", "both cannot hold", "Remove or correct"]),
    (
        ["Ana sister Bea", "Ana cousin Bea"],
        ["Ana is stated to be both the cousin and the sister of Bea", "Keep"],
    ),
    (["Ana sister Bea", "Ana brother Bea"], ["both the brother and the sister"]),
    (["Ana mother Bee"], ["Bee is not one of the people", "Did you mean Bea?", "Add them"]),
    (["Ana sister Ana"], ["Ana cannot be tied to themself", "Remove"]),
    (["Ana unkle Bea"], ["'unkle' is not a relation", "uncle"]),
    (["Ana mother Bea", "Bea mother Cy", "Cy mother Ana"], ["Ana, Bea and Cy", "wrong way round"]),
    (["Ana grandmother Bea", "Bea parent Cy", "Ana child Cy"], ["Ana, Bea and Cy"]),
]


@pytest.mark.parametrize(("stated", "parts"), CONTRADICTIONS)
def test_a_contradiction_says_what_to_do(stated, parts):
    with pytest.raises(TieError) as caught:
        derive(ties(*stated), ["Ana", "Bea", "Cy"])
    assert len(caught.value.messages) == 1
    for part in parts:
        assert part in caught.value.messages[0]


def test_all_contradictions_come_at_once():
    told = ties("Ana sister Ana", "Ana mother Zed", "Bea mother Cy", "Cy mother Bea")
    with pytest.raises(TieError) as caught:
        derive(told, ["Ana", "Bea", "Cy"])
    assert len(caught.value.messages) == 3


@pytest.mark.parametrize(
    "stated",
    [
        ["Ana mother Bea", "Bea daughter Ana"],
        ["Ana sister Bea", "Ana sibling Bea"],
        ["Ana former_legal_guardian Bea", "Bea ward Ana"],
        ["Ana legal_guardian Bea", "Bea ward Ana"],
        ["Ana mother Bea", "Ana mother Bea"],
    ],
)
def test_saying_it_twice_is_no_contradiction(stated):
    first = Tie(*stated[0].split())
    relations, _ = derive(ties(*stated), ["Ana", "Bea"])
    assert relations[first.who, first.of] == first.relation


PEOPLE = ["Ana", "Bea", "Cy", "Dov", "Eve"]


@st.composite
def family(draw):
    """A few ties, one at most for each pair, everyone's elders coming first."""
    pairs = draw(st.lists(st.sampled_from(list(combinations(PEOPLE, 2))), unique=True, max_size=7))
    words = [
        "mother",
        "father",
        "sister",
        "sibling",
        "husband",
        "aunt",
        "half_brother",
        "stepmother",
        "grandparent",
    ]
    return [Tie(who, draw(st.sampled_from(words)), of) for who, of in pairs]


@given(family(), st.randoms(use_true_random=False))
def test_the_order_of_ties_and_people_does_not_matter(told, random):
    expected = derive(told, PEOPLE)
    shuffled, people = told[:], PEOPLE[:]
    random.shuffle(shuffled)
    random.shuffle(people)
    assert derive(shuffled, people) == expected


def test_two_equally_close_ties_are_chosen_between_in_any_order():
    told = ties(
        "Ana mother Bea",
        "Ana mother Cy",
        "Ana mother Dov",
        "Bea mother Cy",
        "Bea mother Eve",
        "Ana sister Eve",
        "Bea sister Dov",
    )
    expected = derive(told, PEOPLE)
    for people in permutations(PEOPLE):
        assert derive(told, people) == expected


@given(family())
def test_stated_ties_survive(told):
    relations, unsure = derive(told, PEOPLE)
    for who, relation, of in told:
        assert relations[who, of] == relation
        assert (who, of) not in unsure


@given(family())
def test_every_relation_reads_back_as_its_inverse(told):
    relations, unsure = derive(told, PEOPLE)
    for (one, two), code in relations.items():
        assert RELATIONS[relations[two, one]].neutral == RELATIONS[code].inverse
        assert ((one, two) in unsure) == ((two, one) in unsure)
