"""Boundary days and hours as tables: the day before, the day, the day after."""

from datetime import date, timedelta

import pytest

from safethird import explain, law_for, read_case

ADULT = {"nationality": ["COL"], "age": 30, "marital_status": "single", "visa_required_canada": True,
         "visa_required_us": True}  # fmt: skip


def answer(relatives=(), **facts):
    """The answer to a made-up case, where what is not said is not so."""
    raw = {"kind": "derived", "facts": {"came_from": "USA", **ADULT, **facts}, "relatives": list(relatives)}
    law, case = law_for(read_case(raw))
    return explain(law, case, smallest=False)


def result(relatives=(), **facts):
    found = answer(relatives, **facts)
    return found.stca, found.outcome


CITIZEN = {"relation": "mother", "location": "CAN", "status": "citizen", "age": 60, "proven": "yes"}


@pytest.mark.parametrize(
    ("claimed", "after", "expected"),
    [  # IRPR 159.4(1.1): fewer than 14 days after the day of entry; IRPA 101(1)(b.2) from 2025-06-03
        ("2024-06-14", 12, ("bar", "ineligible")),
        ("2024-06-14", 13, ("bar", "ineligible")),
        ("2024-06-14", 14, ("outside", "eligible")),
        ("2024-06-14", 15, ("outside", "eligible")),
        ("2025-06-02", 14, ("outside", "eligible")),
        ("2025-06-03", 13, ("bar", "ineligible")),
        ("2025-06-03", 14, ("outside", "ineligible")),
        ("2026-06-01", 13, ("bar", "ineligible")),
        ("2026-06-01", 14, ("outside", "ineligible")),
        ("2023-03-24", 0, ("outside", "eligible")),
        ("2023-03-25", 0, ("bar", "ineligible")),
        ("2023-03-26", 0, ("bar", "ineligible")),
    ],
)
def test_days_since_entry_between_ports(claimed, after, expected):
    entered = date.fromisoformat(claimed) - timedelta(days=after)
    assert result(claim_date=claimed, entry_date=str(entered), mode="between_ports") == expected


@pytest.mark.parametrize(
    ("entered", "claimed", "expected"),
    [  # Protocol para. 1 against IRPR 159.4(1.1): open point straddling_entry
        ("2023-03-24", "2023-03-25", ("open", "open")),
        ("2023-03-20", "2023-03-27", ("open", "open")),
        ("2023-03-11", "2023-03-25", ("outside", "eligible")),
        ("2023-03-25", "2023-03-27", ("bar", "ineligible")),
    ],
)
def test_entry_before_the_protocol_and_claim_after_is_open(entered, claimed, expected):
    assert result(claim_date=claimed, entry_date=entered, mode="between_ports") == expected


@pytest.mark.parametrize(
    ("claim_time", "expected"),
    [  # SOR/2023-58 came into force on 2023-03-25 at 00:01 EDT, 21:01 the evening before in British Columbia
        ("21:00-07:00", ("outside", "eligible")),
        ("21:01-07:00", ("bar", "ineligible")),
        ("2023-03-24T21:30-07:00", ("bar", "ineligible")),
        ("23:59-04:00", ("outside", "eligible")),
    ],
)
def test_the_hour_decides_on_the_eve_of_the_protocol(claim_time, expected):
    got = result(claim_date="2023-03-24", claim_time=claim_time, entry_date="2023-03-24", entry_time=claim_time,
                 mode="between_ports")  # fmt: skip
    assert got == expected


def test_near_the_protocols_hour_a_day_without_an_hour_says_how_it_is_read():
    notices = answer(claim_date="2023-03-24", entry_date="2023-03-24", mode="between_ports").warnings
    assert any("00:01, Ottawa time" in notice.en for notice in notices)


@pytest.mark.parametrize(
    ("born", "claimed", "expected"),
    [  # Interpretation Act s. 30: an age is reached at the start of the birthday
        ("2001-12-12", "2019-12-11", ("exception", "eligible")),
        ("2001-12-12", "2019-12-12", ("bar", "ineligible")),
        ("2004-02-29", "2022-02-28", ("exception", "eligible")),
        ("2004-02-29", "2022-03-01", ("bar", "ineligible")),
    ],
)
def test_the_eighteenth_birthday(born, claimed, expected):
    facts = {**ADULT, "birth_date": born, "claim_date": claimed, "mode": "land_port", "accompanied_by": []}
    facts.pop("age")
    raw = {"kind": "derived", "facts": {"came_from": "USA", **facts}, "relatives": []}
    law, case = law_for(read_case(raw))
    found = explain(law, case, smallest=False)
    assert (found.stca, found.outcome) == expected


@pytest.mark.parametrize(
    ("first", "claimed", "expected"),
    [  # IRPA 101(1)(b.1), 101(1.1); Interpretation Act s. 28
        ("2024-08-01", "2025-08-01", "eligible"),
        ("2024-08-01", "2025-08-02", "ineligible"),
        ("2024-06-02", "2025-06-02", "eligible"),
        ("2021-05-05", "2025-06-02", "eligible"),
        ("2021-05-05", "2025-06-03", "ineligible"),
        ("2020-06-24", "2026-05-01", "eligible"),
        ("2020-06-25", "2026-05-01", "ineligible"),
        ("2024-02-29", "2025-06-03", "ineligible"),
        ("2025-02-28", "2026-02-28", "eligible"),
        ("2025-02-28", "2026-03-01", "ineligible"),
    ],
)
def test_the_one_year_bar(first, claimed, expected):
    assert (
        answer(claim_date=claimed, came_from="other", mode="inland", first_entry_after_2020_06_24=first).outcome
        == expected
    )


@pytest.mark.parametrize(
    ("day", "open_port", "expected"),
    [  # R2, R26: a closed port is no port of entry
        ("2019-02-02", True, ("bar", "ineligible")),
        ("2019-02-02", False, ("outside", "eligible")),
        ("2023-03-24", False, ("outside", "eligible")),
        ("2023-03-25", False, ("bar", "ineligible")),
        ("2024-02-02", False, ("bar", "ineligible")),
    ],
)
def test_port_hours(day, open_port, expected):
    assert result(claim_date=day, entry_date=day, mode="land_port", port_open=open_port) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2009-07-22", ("exception", "eligible")), ("2009-07-23", ("bar", "ineligible"))],  # SOR/2009-210
)
def test_the_moratorium_exception_ends(day, expected):
    assert result(claim_date=day, mode="land_port", nationality=["BDI"]) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [  # S.C. 2001, c. 27; SOR/2004-217
        ("2002-06-28", ("outside", "eligible")),
        ("2004-12-28", ("outside", "eligible")),
        ("2004-12-29", ("bar", "ineligible")),
    ],
)
def test_the_first_day_of_the_agreement(day, expected):
    assert result(claim_date=day, mode="land_port") == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [  # SOR/2020-55 and the orders; the end is recalled
        ("2020-03-20", "eligible"),
        ("2020-03-21", "direct_back"),
        ("2021-11-20", "direct_back"),
        ("2021-11-21", "eligible"),
    ],
)
def test_the_turn_back_orders(day, expected):
    assert result(claim_date=day, entry_date=day, mode="between_ports") == ("outside", expected)


def test_a_family_tie_lifts_the_bar_within_the_days_and_not_after_them():
    inside = result([CITIZEN], claim_date="2026-04-18", entry_date="2026-04-05", mode="between_ports")
    after = result([CITIZEN], claim_date="2026-04-19", entry_date="2026-04-05", mode="between_ports")
    assert inside == ("exception", "eligible")
    assert after == ("outside", "ineligible")


@pytest.mark.parametrize(
    ("point", "holds", "facts", "relative", "expected"),
    [
        ("straddling_entry", True, {"claim_date": "2023-03-27", "entry_date": "2023-03-20", "mode": "between_ports"}, None, "bar"),
        ("straddling_entry", False, {"claim_date": "2023-03-27", "entry_date": "2023-03-20", "mode": "between_ports"}, None, "outside"),
        ("sea_crossing", True, {"claim_date": "2024-05-01", "entry_date": "2024-05-01", "mode": "coast"}, None, "bar"),
        ("sea_crossing", False, {"claim_date": "2024-05-01", "entry_date": "2024-05-01", "mode": "coast"}, None, "outside"),
        ("inland_after_land_port", True, {"claim_date": "2018-05-01", "mode": "inland", "entry_mode": "land_port"}, None, "bar"),
        ("inland_after_land_port", False, {"claim_date": "2018-05-01", "mode": "inland", "entry_mode": "land_port"}, None, "outside"),
        ("transit_decided_claim", True, {"claim_date": "2012-05-01", "mode": "airport_transit_us_removal", "us_claim_decided": True}, None, "bar"),
        ("transit_decided_claim", False, {"claim_date": "2012-05-01", "mode": "airport_transit_us_removal", "us_claim_decided": True}, None, "outside"),
        ("long_residents", True, {"claim_date": "2022-05-01", "mode": "land_port", "us_habitual_residence": True}, None, "outside"),
        ("long_residents", False, {"claim_date": "2022-05-01", "mode": "land_port", "us_habitual_residence": True}, None, "bar"),
        ("spouse_under_18", True, {"claim_date": "2018-05-01", "mode": "land_port", "age": 17, "marital_status": "married"}, None, "bar"),
        ("spouse_under_18", False, {"claim_date": "2018-05-01", "mode": "land_port", "age": 17, "marital_status": "married"}, None, "exception"),
        ("half_blood", True, {"claim_date": "2022-05-01", "mode": "land_port"}, "half_sister", "exception"),
        ("half_blood", False, {"claim_date": "2022-05-01", "mode": "land_port"}, "half_sister", "bar"),
        ("by_marriage", True, {"claim_date": "2022-05-01", "mode": "land_port"}, "uncle_by_marriage", "exception"),
        ("by_marriage", False, {"claim_date": "2022-05-01", "mode": "land_port"}, "uncle_by_marriage", "bar"),
        ("moratorium_stateless", True, {"claim_date": "2008-05-01", "mode": "land_port", "nationality": ["STATELESS"], "habitual_residence": "HTI"}, None, "exception"),
        ("moratorium_stateless", False, {"claim_date": "2008-05-01", "mode": "land_port", "nationality": ["STATELESS"], "habitual_residence": "HTI"}, None, "bar"),
        ("moratorium_excluded", True, {"claim_date": "2008-05-01", "mode": "land_port", "nationality": ["HTI"], "excluded_from_removal_stay": True}, None, "bar"),
        ("moratorium_excluded", False, {"claim_date": "2008-05-01", "mode": "land_port", "nationality": ["HTI"], "excluded_from_removal_stay": True}, None, "exception"),
    ],
)  # fmt: skip
def test_an_open_point_is_open_and_each_position_decides_it(point, holds, facts, relative, expected):
    relatives = [{**CITIZEN, "relation": relative}] if relative else []
    raw = {"kind": "derived", "facts": {"came_from": "USA", **ADULT, **facts}, "relatives": relatives}
    law, case = law_for(read_case(raw))
    undecided = explain(law, case, smallest=False)
    assert undecided.stca == "open"
    assert point in [p.name for p in undecided.open_points]
    law, case = law_for(read_case({**raw, "positions": {point: holds}}))
    assert explain(law, case, smallest=False).stca == expected


@pytest.mark.parametrize(
    ("point", "holds", "facts", "expected"),
    [
        ("minors_policy_scope", True, {"claim_date": "2026-06-01", "entry_date": "2026-05-01", "mode": "between_ports", "age": 15, "marital_status": "married"}, "eligible"),
        ("minors_policy_scope", False, {"claim_date": "2026-06-01", "entry_date": "2026-05-01", "mode": "between_ports", "age": 15, "marital_status": "married"}, "ineligible"),
        ("turn_back_exceptions", True, {"claim_date": "2020-06-01", "entry_date": "2020-06-01", "mode": "between_ports", "age": 15}, "eligible"),
        ("turn_back_exceptions", False, {"claim_date": "2020-06-01", "entry_date": "2020-06-01", "mode": "between_ports", "age": 15}, "direct_back"),
    ],
)  # fmt: skip
def test_an_open_point_of_outcome_is_open_and_each_position_decides_it(point, holds, facts, expected):
    raw = {"kind": "derived", "facts": {"came_from": "USA", **ADULT, **facts}, "relatives": []}
    law, case = law_for(read_case(raw))
    assert explain(law, case, smallest=False).outcome == "open"
    law, case = law_for(read_case({**raw, "positions": {point: holds}}))
    assert explain(law, case, smallest=False).outcome == expected


def test_a_same_day_referral_is_open_both_ways():
    husband = {"relation": "husband", "location": "CAN", "status": "refugee_claimant", "age": 40, "proven": "yes",
               "claim_status": "referred_same_day"}  # fmt: skip
    facts = {"claim_date": "2024-05-01", "mode": "land_port"}
    assert result([husband], **facts) == ("open", "open")


def test_an_unproven_day_of_entry_counts_against_the_person_and_is_flagged():
    found = answer(claim_date="2024-06-14", mode="between_ports", unknown_facts=["entry_date"])
    assert found.settled.stca == "undetermined"
    assert found.established.stca == "bar"
    assert "entry_date_burden" in [point.name for point in found.open_points]


def test_between_ports_in_2026_with_unknown_days_is_ineligible_either_way():
    found = answer(claim_date="2026-06-01", mode="between_ports", unknown_facts=["entry_date"],
                   first_entry_after_2020_06_24="2026-05-01")  # fmt: skip
    assert (found.settled.stca, found.settled.outcome) == ("undetermined", "ineligible")


US = {"side": "united_states", "kind": "derived", "relatives": []}
SOMALI = {"came_from": "CAN", "nationality": ["SOM"], "age": 30, "marital_status": "single", "visa_required_canada": True,
          "visa_required_us": True, "claim_date": "2024-05-15"}  # fmt: skip
BROTHER = {"relation": "brother", "location": "USA", "age": 40, "proven": "yes"}
FATHER_IN_CANADA = {"relation": "father", "location": "CAN", "status": "none", "age": 50, "proven": "yes"}
US_POINTS = [
    ("us_other_status", {"mode": "land_port", "age": 16, "us_status": "withholding_of_removal"}, [FATHER_IN_CANADA], "bar", "outside"),
    ("us_day_fourteen", {"mode": "between_ports", "entry_date": "2024-05-01"}, [], "bar", "outside"),
    ("us_transit_public_interest", {"mode": "transit_canada_removal", "public_interest_determination": True}, [], "exception", "bar"),
    ("us_other_status", {"mode": "land_port"}, [{**BROTHER, "status": "parolee"}], "exception", "bar"),
    ("us_court_2023", {"mode": "between_ports", "entry_date": "2024-05-10", "forum": "immigration_court"}, [], "bar", "outside"),
    ("us_ferry", {"mode": "ferry"}, [], "bar", "outside"),
    ("us_dependants", {"mode": "land_port", "principal_excepted": True}, [], "exception", "bar"),
    ("us_half_blood", {"mode": "land_port"}, [{**BROTHER, "relation": "half_brother", "status": "usc"}], "exception", "bar"),
    ("us_waters", {"mode": "coast", "entry_date": "2024-05-10"}, [], "bar", "outside"),
    ("us_stateless_transit", {"mode": "transit_canada_removal", "nationality": ["STATELESS"], "habitual_residence": "CAN"}, [], "bar", "exception"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("point", "facts", "relatives", "yes", "no"), US_POINTS, ids=[f"{p[0]}-{n}" for n, p in enumerate(US_POINTS)]
)
def test_a_united_states_point_is_open_and_each_position_decides_it(point, facts, relatives, yes, no):
    raw = {**US, "facts": {**SOMALI, **facts}, "relatives": relatives}
    law, case = law_for(read_case(raw))
    undecided = explain(law, case, smallest=False)
    assert undecided.stca == "open"
    assert point in [p.name for p in undecided.open_points]
    for holds, expected in ((True, yes), (False, no)):
        law, case = law_for(read_case({**raw, "positions": {point: holds}}))
        assert explain(law, case, smallest=False).stca == expected


def test_an_unproven_crossing_is_listed_before_an_officer_and_counts_in_court():
    raw = {**US, "facts": {**SOMALI, "mode": "between_ports", "unknown_facts": ["entry_date"]}}
    law, case = law_for(read_case(raw))
    answer = explain(law, case, smallest=False)
    assert (answer.settled.stca, answer.established.stca) == ("undetermined", "bar")
    assert "us_entry_date_burden" in [p.name for p in answer.open_points]


@pytest.mark.parametrize("mode", ["inland", "airport"])
def test_in_a_made_up_example_who_is_not_said_to_come_from_the_other_country_does_not(mode):
    raw = {
        "kind": "derived",
        "facts": {"claim_date": "2024-05-01", "mode": mode, "nationality": ["COL"]},
        "relatives": [],
    }
    law, case = law_for(read_case(raw))
    assert explain(law, case, smallest=False).stca == "not_engaged"


def united_states(relatives=(), kind="derived", **facts):
    raw = {"side": "united_states", "kind": kind, "facts": facts, "relatives": list(relatives)}
    return explain(*law_for(read_case(raw)), smallest=False)


@pytest.mark.parametrize("mode", ["land_port", "train", "between_ports"])
def test_the_united_states_has_two_land_borders_so_nobody_is_taken_to_come_from_canada(mode):
    facts = {**SOMALI, "mode": mode, "entry_date": "2024-05-15"}
    del facts["came_from"]
    assert united_states(**facts).stca == "undetermined"
    assert united_states(**facts, came_from="MEX").stca == "not_engaged"


@pytest.mark.parametrize(("name", "word"), [("status", "citizen"), ("status", "permanent_resident"), ("status", "work_permit"),
                                        ("claim_status", "rejected_appeal_pending")])  # fmt: skip
def test_a_word_of_canadian_law_settles_nothing_about_a_relative_in_the_united_states(name, word):
    brother = {**BROTHER, "status": "none", "claim_status": "none", name: word}
    found = united_states([brother], **SOMALI, mode="land_port")
    assert found.stca == "undetermined"
    assert any(f"relatives[0].{name}" in notice.en for notice in found.warnings)
    assert united_states([{**brother, name: "none"}], **SOMALI, mode="land_port").stca == "bar"


def test_a_word_of_united_states_law_settles_nothing_about_a_relative_in_canada():
    facts = {"claim_date": "2024-06-01", "came_from": "USA", "mode": "land_port", "nationality": ["COL"], "age": 30}
    brother = {"relation": "brother", "location": "CAN", "status": "refugee", "age": 40, "proven": "yes"}
    found = explain(*law_for(read_case({"kind": "derived", "facts": facts, "relatives": [brother]})), smallest=False)
    assert found.stca == "undetermined"
    assert any("relatives[0].status" in notice.fr for notice in found.warnings)


def test_a_spouse_who_arrives_too_is_flagged_and_decided_alone():
    wife = {"relation": "wife", "location": "border", "status": "none", "age": 30, "proven": "yes"}
    found = united_states([wife], **SOMALI, mode="land_port")
    assert found.stca == "bar"
    assert any("208.30(b)" in notice.en for notice in found.warnings)


def test_what_a_bar_takes_with_it_is_cited_for_the_forum_that_decides():
    before_officer = united_states(**SOMALI, mode="land_port")
    in_court = united_states(**SOMALI, mode="land_port", forum="immigration_court")
    label = "8 CFR 1240.11(g)(4)"
    assert label not in [c.label for c in before_officer.consequences]
    assert label in [c.label for c in in_court.consequences]


def test_a_united_states_answer_asks_and_cites_by_united_states_law():
    found = united_states(kind="", claim_date="2024-05-15", came_from="CAN", mode="between_ports", nationality=["SOM"],
                          visa_required_canada=True, visa_required_us=True)  # fmt: skip
    assert found.unknown
    assert not any("Canada" in unknown.en for unknown in found.unknown if "habitual" not in unknown.fact)
    # whether a visa to Canada is needed is itself a fact of the United States exception, and Canadian law answers it
    assert [label for label in found.cited if label.startswith("IRP")] == ["IRPR 190", "IRPR Schedule 1.1"]
