"""Families: each member's case from shared facts and ties, each decided alone, splits shown."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safethird.cases.family import Family, build_family, is_family
from safethird.cases.faults import Faults
from safethird.cases.yamlfile import parse
from safethird.readings.together import decide_family

MOTHER = "{id: mother, facts: {age: 34, nationality: [COL]}}"
FATHER = "{id: father, facts: {age: 36, nationality: [COL]}}"
SON = "{id: son, facts: {age: 8, nationality: [COL]}}"
OF_SON = "{who: mother, relation: mother, of: son}"
HUSBAND = "{who: father, relation: husband, of: mother}"


def text(members, people=(), ties=(), mode="land_port", extra="kind: derived"):
    return "\n".join(
        [
            f"facts: {{claim_date: 2024-05-01, came_from: USA, mode: {mode}, entry_date: 2024-05-01}}",
            extra,
            *(f"{key}: [{', '.join(items)}]" for key, items in
              (("members", members), ("people", people), ("ties", ties))),
        ]
    )  # fmt: skip


def read(source) -> tuple[Family, list[str]]:
    raw, lines = parse(source)
    faults = Faults(lines)
    return build_family(raw, faults), [str(fault) for fault in faults.found]


def family(*args, **kwargs) -> Family:
    built, faults = read(text(*args, **kwargs))
    assert faults == []
    return built


def results(built):
    return {name: (answer.stca, answer.outcome) for name, answer in decide_family(built).members}


BAR, EXCEPTION, OUTSIDE = ("bar", "ineligible"), ("exception", "eligible"), ("outside", "eligible")
OPEN, UNDETERMINED = ("open", "open"), ("undetermined", "undetermined")
UNCLE = "{id: uncle, location: CAN, status: citizen, age: 40, proven: yes}"
BROTHER = "{who: uncle, relation: brother, of: mother}"
ROLES = "{id: aunt, facts: {age: 40, nationality: [COL]}}"
APART = "kind: derived\ntravelling_together: false"

# title, what the file says, the result of each member
EXAMPLES: list[tuple[str, dict[str, Any], dict[str, tuple[str, str]]]] = [
    (
        "a mother's brother is her child's uncle and lifts the bar for both",
        {"members": [MOTHER, SON], "people": [UNCLE], "ties": [OF_SON, BROTHER]},
        {"mother": EXCEPTION, "son": EXCEPTION},
    ),
    (
        "a tie that cannot be shown lifts it for nobody who depends on it",
        {"members": [MOTHER, SON], "people": [UNCLE], "ties": [OF_SON, BROTHER.replace("}", ", proven: no}")]},
        {"mother": UNDETERMINED, "son": UNDETERMINED},
    ),
    (
        "a tie between mother and son that cannot be shown leaves the mother her brother",
        {"members": [MOTHER, SON], "people": [UNCLE], "ties": [OF_SON.replace("}", ", proven: no}"), BROTHER]},
        {"mother": EXCEPTION, "son": UNDETERMINED},
    ),
    (
        "a child born in the United States is outside, its parents are not (2014 FC 431)",
        {
            "members": [MOTHER, FATHER, "{id: child, facts: {age: 2, nationality: [USA]}}"],
            "ties": [HUSBAND, *(f"{{who: {who}, relation: {who}, of: child}}" for who in ("mother", "father"))],
        },
        {"mother": BAR, "father": BAR, "child": OUTSIDE},
    ),
    (
        "a minor with the mother is not unaccompanied",
        {"members": [MOTHER, SON], "ties": [OF_SON]},
        {"mother": BAR, "son": BAR},
    ),
    (
        "a companion without a tie may be anyone",
        {"members": [MOTHER, SON]},
        {"mother": BAR, "son": UNDETERMINED},
    ),
    (
        "a mother elsewhere that day may be in either country",
        {"members": [MOTHER, SON], "ties": [OF_SON], "extra": APART},
        {"mother": BAR, "son": UNDETERMINED},
    ),
    (
        "a mother who crossed and travels apart is in Canada",
        {"members": [MOTHER, SON], "ties": [OF_SON], "extra": APART, "mode": "between_ports"},
        {"mother": BAR, "son": BAR},
    ),
    (
        "an uncle by the mother's sister's marriage is an open point",
        {
            "members": [MOTHER, SON],
            "people": [UNCLE, "{id: sister, location: COL}"],
            "ties": [OF_SON, "{who: sister, relation: sister, of: mother}",
                     "{who: uncle, relation: husband, of: sister}"],
        },
        {"mother": BAR, "son": OPEN},
    ),
    (
        "a guardian who is the aunt too counts as both",
        {
            "members": [ROLES, SON],
            "ties": ["{who: aunt, relation: aunt, of: son}", "{who: aunt, relation: legal_guardian, of: son}"],
        },
        {"aunt": BAR, "son": BAR},
    ),
    (
        "an aunt alone leaves a minor unaccompanied",
        {"members": [ROLES, SON], "ties": ["{who: aunt, relation: aunt, of: son}"]},
        {"aunt": BAR, "son": EXCEPTION},
    ),
    (
        "a father who qualifies through his own brother leaves the others an open point",
        {
            "members": [MOTHER, FATHER, SON],
            "people": [UNCLE],
            "ties": [HUSBAND, OF_SON, "{who: uncle, relation: brother, of: father}"],
        },
        {"mother": OPEN, "father": EXCEPTION, "son": OPEN},
    ),
    (
        "who holds that point settled is answered along the chain",
        {
            "members": [MOTHER, FATHER, "{id: grandmother, facts: {age: 60, nationality: [COL]}}"],
            "people": [UNCLE],
            "ties": [HUSBAND, "{who: grandmother, relation: mother, of: mother}",
                     "{who: uncle, relation: brother, of: father}"],
            "extra": "kind: derived\npositions: {same_day_referral: true}",
        },
        {"mother": EXCEPTION, "father": EXCEPTION, "grandmother": EXCEPTION},
    ),
    (
        "an answer that hangs on an undetermined one is undetermined",
        {
            "members": [MOTHER, FATHER],
            "people": [UNCLE.replace("CAN", "unknown")],
            "ties": [HUSBAND, "{who: uncle, relation: brother, of: father}"],
        },
        {"mother": UNDETERMINED, "father": UNDETERMINED},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("title", "said", "expected"), EXAMPLES, ids=[title for title, *_ in EXAMPLES])
def test_each_member_is_decided_alone(title, said, expected):
    assert results(family(**said)) == expected


def test_members_whose_answers_differ_are_shown_as_splits():
    said = next(said for title, said, _ in EXAMPLES if "2014 FC 431" in title)
    assert decide_family(family(**said)).splits == (("mother", "child"), ("father", "child"))


def test_the_open_point_of_a_wife_is_same_day_referral():
    said = next(said for title, said, _ in EXAMPLES if title.startswith("a father who"))
    answers = dict(decide_family(family(**said)).members)
    assert [point.name for point in answers["mother"].open_points] == ["same_day_referral"]


def test_an_answer_that_hangs_on_another_says_so_in_both_languages():
    said = next(said for title, said, _ in EXAMPLES if title.startswith("an answer that hangs"))
    answer = dict(decide_family(family(**said)).members)["mother"]
    assert "hangs on" in answer.warnings[-1].en
    assert "dépend de" in answer.warnings[-1].fr
    assert "father" in answer.warnings[-1].en
    assert "father" in answer.warnings[-1].fr


def test_an_adult_is_needed_for_a_claim_referred_the_same_day():
    child = "{id: child, facts: {age: 2, nationality: [USA]}}"
    tie = "{who: mother, relation: mother, of: child}"
    assert results(family([MOTHER, child], ties=[tie]))["mother"] == BAR
    assert results(family([MOTHER, child.replace("2", "18")], ties=[tie]))["mother"] == OPEN


def test_a_guardian_who_is_the_aunt_has_two_entries():
    said = next(said for title, said, _ in EXAMPLES if title.startswith("a guardian"))
    built = family(**said)
    aunt, son = built.members
    assert [relative["relative.relation"] for relative in son.relatives] == ["aunt", "legal_guardian"]
    assert [relative["relative.relation"] for relative in aunt.relatives] == ["nephew_or_niece", "ward"]
    assert built.between["aunt", "son"] == "aunt"
    assert son.facts["accompanied_by_parent"] is True


def test_a_guardian_stays_the_aunt_that_the_ties_make_her():
    aunt = "{id: aunt, location: CAN, status: work_permit, proven: yes}"
    ties = [OF_SON, "{who: aunt, relation: sister, of: mother}", "{who: aunt, relation: legal_guardian, of: son}"]
    built = family([MOTHER, SON], [aunt], ties)
    assert built.listed["son"] == ("aunt", "aunt", "mother")
    assert [relative["relative.relation"] for relative in built.members[1].relatives] == [
        "aunt",
        "legal_guardian",
        "mother",
    ]


@pytest.mark.parametrize(
    ("mode", "port_open", "place"),
    [
        ("land_port", "true", "border"),
        ("train", "true", "border"),
        ("airport", "unknown", "border"),
        ("land_port", "false", "CAN"),
        ("between_ports", "true", "CAN"),
        ("inland", "true", "CAN"),
        ("unknown", "true", None),
    ],
)
def test_the_others_are_at_the_border_or_over_it(mode, port_open, place):
    members = [MOTHER, SON.replace("{age", f"{{port_open: {port_open}, age")]
    mother = family(members, ties=[OF_SON], mode=mode).members[0]
    assert mother.relatives[0].get("relative.location") == place
    assert mother.relatives[0].get("relative.status") == "refugee_claimant"
    assert mother.relatives[0].get("relative.claim_status") == "not_yet_referred"


def test_what_a_member_states_wins_over_what_is_shared_or_inferred():
    son = SON.replace("{age", "{accompanied_by: [uncle], claim_date: 2024-05-02, age")
    mother, child = family([MOTHER.replace("{age", "{marital_status: widowed, age"), son], ties=[OF_SON]).members
    assert child.facts["accompanied_by_parent"] is False
    assert child.claim_date is not None
    assert child.claim_date.day == 2
    assert mother.facts["has_partner"] is False
    # Another day of claim: where the mother is by then, and what became of her claim, is not known.
    assert not {"relative.location", "relative.claim_status"} & set(child.relatives[0])


def test_a_tie_between_spouses_tells_that_they_have_partners():
    mother, father = family([MOTHER, FATHER], ties=[HUSBAND], extra="side: canada").members
    assert mother.facts["has_partner"] is True
    assert father.facts["has_partner"] is True


def test_relatives_written_out_come_first_and_belong_to_nobody_in_the_file():
    son = SON.replace("}}", "}, relatives: [{relation: cousin, location: CAN}], relatives_complete: false}")
    built = family([MOTHER, son], ties=[OF_SON], extra="relatives_complete: true")
    assert built.listed == {"mother": ("son",), "son": ("", "mother")}
    assert [case.complete for case in built.members] == [True, False]


def test_what_a_member_does_not_know_is_not_known_of_them_by_others():
    son = SON.replace("{age", "{unknown_facts: [age], age")
    assert "relative.age" not in family([MOTHER, son], ties=[OF_SON]).members[0].relatives[0]


def test_a_tie_that_a_parent_not_named_may_change_warns_both_in_both_languages():
    daughter = "{id: daughter, facts: {age: 5, nationality: [COL]}}"
    ties = [OF_SON, OF_SON.replace("son", "daughter")]
    mother, son, girl = family([MOTHER, SON, daughter], ties=ties).members
    assert mother.warnings == ()
    for case, other in ((son, "daughter"), (girl, "son")):
        [(en, fr)] = case.warnings
        assert other in en
        assert "half-sister or half-brother" in en
        assert other in fr
        assert "demi-sœur ou demi-frère" in fr
    answer = dict(decide_family(family([MOTHER, SON, daughter], ties=ties)).members)["son"]
    assert any("half-sister" in warning.en for warning in answer.warnings)


def test_a_person_without_a_tie_is_warned_of_in_both_languages():
    built = family([MOTHER, SON], [UNCLE], [OF_SON])
    [(en, fr)] = built.warnings
    assert "uncle has no tie" in en
    assert "uncle n’a de lien" in fr
    assert family([MOTHER]).warnings == ()


# title, what stands in the file, the faults: place, and words that they hold
FAULTY = [
    ("no members", text([]), [("members (line 3)", "no members")]),
    ("members is no list", "members: 3", [("members (line 1)", "must be a list")]),
    ("too many members", text([f"{{id: m{n}}}" for n in range(31)]), [("members (line 3)", "more than 30")]),
    ("a member is no mapping", text([MOTHER, "son"]), [("members[1]", "mapping"), ("members[1]", "needs an id")]),
    ("no id", text([MOTHER, "{facts: {age: 3}}"]), [("members[1] (line 3)", "Everyone needs an id")]),
    ("an id twice", text([MOTHER], ["{id: mother}"]), [("people[0].id (line 4)", "taken")]),
    ("an unknown key", text([MOTHER], extra="tie: []"), [("tie (line 2)", "Nearest: ties")]),
    (
        "an unknown key of a member",
        text(["{id: son, fact: {}}"]),
        [("members[0].fact (line 3)", "Nearest: facts")],
    ),
    (
        "an unknown fact of a person without a tie",
        text([MOTHER], ["{id: uncle, statuss: citizen, location: Kanada}"]),
        [("people[0].statuss (line 4)", "Nearest: status"), ("people[0].location (line 4)", "country code")],
    ),
    (
        "a person with several ties",
        text([MOTHER, SON], ["{id: uncle, status: citizn}"], [OF_SON, BROTHER]),
        [("people[0].status (line 4)", "Nearest: citizen")],
    ),
    (
        "a shared fact",
        text([MOTHER, SON], ties=[OF_SON], mode="landport"),
        [("facts.mode (line 1)", "not on the list")],
    ),
    ("a shared word", text([MOTHER, SON], extra="side: canda"), [("side (line 2)", "Nearest: canada")]),
    (
        "a shared position",
        text([MOTHER, SON], extra="positions: {half_blod: true}"),
        [("positions.half_blod (line 2)", "half_blood")],
    ),
    (
        "a member's own fact, told of by others too",
        text([MOTHER, SON.replace("8", "eight")], ties=[OF_SON]),
        [("members[1].facts.age (line 3)", "whole number")],
    ),
    (
        "a birth after the shared day of claim",
        text([MOTHER, SON.replace("age: 8", "birth_date: 2025-01-01")], ties=[OF_SON]),
        [("members[1].facts.birth_date (line 3)", "after the claim")],
    ),
    (
        "a stranger in a tie",
        text([MOTHER, SON], ties=[OF_SON.replace("of: son", "of: sun")]),
        [("ties[0].of (line 5)", "Nobody here has this id")],
    ),
    (
        "a tie to oneself",
        text([MOTHER], ties=["{who: mother, relation: aunt, of: mother}"]),
        [("ties[0] (line 5)", "themself")],
    ),
    ("half a tie", text([MOTHER], ties=["{who: mother}"]), [("ties[0] (line 5)", "lacks relation and of")]),
    (
        "a word that is no relation",
        text([MOTHER, SON], ties=["{who: mother, relation: mothr, of: son, proof: yes}"]),
        [("ties[0].proof (line 5)", "proven"), ("ties[0].relation (line 5)", "Nearest: mother")],
    ),
    (
        "two ties of kin for one pair",
        text([MOTHER, SON], ties=[OF_SON, OF_SON.replace("relation: mother", "relation: aunt")]),
        [("ties (line 5)", "members[0] is stated to be both the aunt and the mother of members[1]")],
    ),
    (
        "a circle",
        text([MOTHER, SON], ties=[OF_SON, "{who: son, relation: father, of: mother}"]),
        [("ties (line 5)", "both cannot hold")],
    ),
    (
        "neither yes nor no",
        text([MOTHER, SON], extra="travelling_together: sometimes"),
        [("travelling_together (line 2)", "neither yes nor no")],
    ),
    ("no mapping at all", "- a", [("file", "A family is a mapping")]),
]


@pytest.mark.parametrize(("title", "source", "expected"), FAULTY, ids=[title for title, *_ in FAULTY])
def test_a_fault_says_where_and_what_to_do_once(title, source, expected):
    _, found = read(source)
    assert len(found) == len(expected), found
    for message, (place, words) in zip(found, expected, strict=True):
        assert message.startswith(place), message
        assert words in message
        assert not any(wrote in message for wrote in ("citizn", "canda", "eight", "sometimes", "sun", "mothr"))


def test_all_faults_come_at_once():
    _, found = read(
        text(
            [MOTHER, "{id: son, facts: {age: x}}"],
            ["{id: mother}"],
            ["{who: mother, relation: mother, of: daughter}"],
            "boat",
            "sid: canada",
        )
    )
    assert [message.split(" ")[0] for message in found] == [
        "sid",
        "people[0].id",
        "ties[0].of",
        "facts.mode",
        "members[1].facts.age",
    ]


@pytest.mark.parametrize(
    ("raw", "answer"), [({"members": []}, True), ({"facts": {}, "relatives": []}, False), ([], False), (None, False)]
)
def test_a_family_is_told_from_a_case(raw, answer):
    assert is_family(raw) is answer


PEOPLE = ["ana", "bea", "cy", "dov"]


@st.composite
def families(draw) -> dict[str, Any]:
    """Four members of any age, some Americans, someone in Canada, a few ties that do not contradict each other."""
    ages, words = st.sampled_from([3, 17, 18, 40, None]), ["mother", "sister", "husband", "aunt", "half_brother"]
    pairs = [(one, two) for number, one in enumerate(PEOPLE) for two in PEOPLE[number + 1 :]]
    ties = [
        {"who": one, "relation": draw(st.sampled_from(words)), "of": two}
        for one, two in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=4))
    ]
    ties.append({"who": "uncle", "relation": "brother", "of": draw(st.sampled_from(PEOPLE))})
    if draw(st.booleans()):
        ties.append({"who": "ana", "relation": "legal_guardian", "of": "dov"})
    return {
        "kind": draw(st.sampled_from(["derived", "decision"])),
        "facts": {"claim_date": "2024-05-01", "came_from": "USA", "mode": "land_port"},
        "members": [
            {"id": name, "facts": {"age": draw(ages), "nationality": draw(st.sampled_from([["COL"], ["USA"]]))}}
            for name in PEOPLE
        ],
        "people": [{"id": "uncle", "location": "CAN", "status": "citizen", "proven": draw(st.booleans())}],
        "ties": ties,
        "relatives_complete": draw(st.booleans()),
    }


@settings(max_examples=40, deadline=None)
@given(families(), st.randoms(use_true_random=False))
def test_the_order_of_members_does_not_matter(raw, random):
    other = copy.deepcopy(raw)
    for key in ("members", "people", "ties"):
        random.shuffle(other[key])
    faults = Faults({})
    one, two = (build_family(each, faults) for each in (raw, other))
    assert faults.found == []
    first, second = decide_family(one), decide_family(two)
    assert dict(first.members) == dict(second.members)
    assert {frozenset(pair) for pair in first.splits} == {frozenset(pair) for pair in second.splits}
    assert one.between == two.between
