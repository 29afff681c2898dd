"""Visa suggestions: dated, sourced, and silent where the lists do not say."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird.law.canada.visas import moratorium_countries, visa_for_canada, visa_for_us
from safethird.law.countries import COUNTRIES

# nationality, day, visa needed for Canada by land, confidence, source
CANADA = [
    ("MEX", "2024-02-28", False, "high", "SOR/2024-34"),
    ("MEX", "2024-02-29", None, "medium", "SOR/2024-34; hour (recalled)"),
    ("MEX", "2024-03-01", True, "high", "SOR/2024-34"),
    ("MEX", "2009-06-30", False, "low", "IRPR 190 (recalled)"),
    ("MEX", "2009-07-13", None, "low", "IRPR 190, not read before 2020-04"),
    ("MEX", "2009-08-01", True, "low", "IRPR 190 (recalled)"),
    ("MEX", "2016-11-30", True, "low", "IRPR 190 (recalled)"),
    ("MEX", "2016-12-01", None, "low", "IRPR 190, not read before 2020-04"),
    ("MEX", "2017-01-01", False, "low", "IRPR 190 (recalled)"),
    ("QAT", "2025-11-24", True, "high", "SOR/2025-234"),
    ("QAT", "2025-11-25", False, "high", "SOR/2025-234"),
    ("KOR", "2008-11-16", False, "low", "IRPR 190 (recalled)"),
    ("KOR", "2024-05-05", False, "high", "IRPR 190, Schedule 1.1"),
    ("POL", "2008-03-15", None, "low", "IRPR 190, not read before 2020-04"),
    ("POL", "2008-04-01", False, "low", "IRPR 190 (recalled)"),
    ("BGR", "2024-05-05", False, "high", "IRPR 190, Schedule 1.1"),
    ("BGR", "2020-03-31", None, "low", "IRPR 190, not read before 2020-04"),
    ("BGR", "2020-04-01", False, "high", "IRPR 190, Schedule 1.1"),
    ("BGR", "2026-06-15", False, "medium", "IRPR 190, Schedule 1.1"),
    ("ROU", "2024-05-05", None, "high", "IRPR 190(2.1)"),
    ("HKG", "2024-05-05", False, "high", "IRPR 190"),
    ("TWN", "2024-05-05", False, "high", "IRPR 190"),
    ("ISR", "2024-05-05", False, "high", "IRPR 190"),
    ("VAT", "2024-05-05", False, "high", "IRPR 190"),
    ("GBR", "2024-05-05", False, "high", "IRPR 190"),
    ("BMU", "2024-05-05", None, "medium", "IRPR 190"),
    ("BRA", "2024-05-05", True, "medium", "IRPR 190, Schedule 1.1; IRPR 7.01"),
    ("IDN", "2026-05-25", True, "medium", "IRPR 190, Schedule 1.1"),
    ("IDN", "2026-05-26", True, "medium", "IRPR 190, Schedule 1.1; IRPR 7.01"),
    ("COL", "2024-05-05", True, "medium", "IRPR 190, Schedule 1.1"),
    ("STATELESS", "2024-05-05", True, "medium", "IRPR 190, Schedule 1.1"),
    ("USA", "2024-05-05", False, "high", "IRPR 190"),
    ("USA", "2010-05-05", False, "low", "IRPR 190 (recalled)"),
    ("CAN", "2010-05-05", False, "medium", "citizens enter by right"),
    ("PRI", "2024-05-05", False, "high", "IRPR 190"),
    ("NCL", "2024-05-05", False, "high", "IRPR 190, Schedule 1.1"),
]

# nationality, day, visa needed for the United States, confidence, source
UNITED_STATES = [
    ("KOR", "2008-11-16", True, "medium", "8 CFR 217.2(a)"),
    ("KOR", "2008-11-17", False, "medium", "73 FR 67712"),
    ("MLT", "2008-12-29", True, "medium", "8 CFR 217.2(a)"),
    ("MLT", "2008-12-30", False, "medium", "73 FR 79597"),
    ("GRC", "2009-12-31", True, "medium", "8 CFR 217.2(a)"),
    ("GRC", "2010-04-05", None, "medium", "75 FR 15992"),
    ("GRC", "2011-01-01", False, "medium", "75 FR 15992"),
    ("TWN", "2012-06-01", None, "medium", "77 FR 64411"),
    ("TWN", "2013-01-01", False, "medium", "77 FR 64411"),
    ("CHL", "2014-03-30", True, "medium", "8 CFR 217.2(a)"),
    ("CHL", "2014-03-31", False, "medium", "79 FR 17854"),
    ("POL", "2019-10-31", True, "medium", "8 CFR 217.2(a)"),
    ("POL", "2019-11-08", None, "medium", "84 FR 60318"),
    ("POL", "2019-12-01", False, "medium", "84 FR 60318"),
    ("HRV", "2020-12-31", True, "low", "8 CFR 217.2(a) (recalled)"),
    ("HRV", "2021-06-01", None, "low", "8 CFR 217.2(a) (recalled)"),
    ("HRV", "2022-01-01", False, "low", "8 CFR 217.2(a) (recalled)"),
    ("ISR", "2024-01-01", False, "low", "8 CFR 217.2(a) (recalled)"),
    ("QAT", "2025-01-01", False, "low", "8 CFR 217.2(a) (recalled)"),
    ("FRA", "2017-05-05", False, "medium", "8 CFR 217.2(a)"),
    ("FRA", "2004-12-28", None, "low", "8 CFR 217.2(a), not read before 2004-12-29"),
    ("GBR", "2024-05-05", False, "medium", "8 CFR 217.2(a)"),
    ("BGR", "2024-05-05", True, "low", "8 CFR 217.2(a) (recalled)"),
    ("ROU", "2026-05-05", True, "low", "8 CFR 217.2(a) (recalled)"),
    ("MEX", "2017-05-05", True, "medium", "8 CFR 217.2(a)"),
    ("BHS", "2024-05-05", None, "low", "8 CFR 212.1, not read"),
    ("BMU", "2024-05-05", None, "low", "8 CFR 212.1, not read"),
    ("MHL", "2024-05-05", None, "low", "8 CFR 212.1, not read"),
    ("CAN", "2024-05-05", False, "medium", "8 CFR 212.1 (recalled)"),
    ("USA", "2024-05-05", False, "medium", "nationals enter by right"),
    ("GUM", "2024-05-05", False, "medium", "nationals enter by right"),
]


@pytest.mark.parametrize(("code", "day", "required", "confidence", "source"), CANADA)
def test_the_canadian_visa_follows_the_list_of_the_day(code, day, required, confidence, source):
    found = visa_for_canada([code], date.fromisoformat(day))
    assert (found.required, found.confidence, found.source) == (required, confidence, source)


@pytest.mark.parametrize(("code", "day", "required", "confidence", "source"), UNITED_STATES)
def test_the_american_visa_follows_the_list_of_the_day(code, day, required, confidence, source):
    found = visa_for_us([code], date.fromisoformat(day))
    assert (found.required, found.confidence, found.source) == (required, confidence, source)


@pytest.mark.parametrize(
    ("at", "required"),
    [((0, 0), False), ((23, 29), False), ((23, 30), True), ((23, 59), True)],
)
def test_mexico_is_decided_by_the_hour_in_ottawa(at, required):
    day = date(2024, 2, 29)
    assert visa_for_canada(["MEX"], day, datetime(2024, 2, 29, *at)).required is required


def test_mexico_without_an_hour_says_that_it_hangs_on_the_hour():
    found = visa_for_canada(["MEX"], date(2024, 2, 29))
    assert "23:30" in found.note_en
    assert "23 h 30" in found.note_fr
    assert found.labels == ("IRPR 190", "SOR/2024-34")


def test_the_hour_is_checked():
    day = date(2024, 2, 29)
    with pytest.raises(ValueError, match="not an Ottawa time on 2024-02-29"):
        visa_for_canada(["MEX"], day, datetime(2024, 3, 1, 0, 0))
    with pytest.raises(ValueError, match="without a zone"):
        visa_for_canada(["MEX"], day, datetime(2024, 2, 29, 12, 0, tzinfo=UTC))


def test_romania_hangs_on_the_passport_and_says_so():
    found = visa_for_canada(["ROU"], date(2025, 11, 25))
    assert "electronic passport" in found.note_en
    assert "passeport électronique" in found.note_fr
    assert found.labels == ("IRPR 190(2.1)",)


def test_brazil_is_told_that_the_authorization_serves_by_air_only():
    found = visa_for_canada(["BRA"], date(2025, 1, 1))
    assert "by air only" in found.note_en
    assert "IRPR 7.01" in found.labels


def test_a_permanent_resident_of_the_united_states_needs_neither_visa():
    """IRPR 190(1)(c), and so 159.5(g)(ii) fails."""
    canada = visa_for_canada(["NGA"], date(2022, 5, 5), us_status="lpr")
    assert (canada.required, canada.labels, canada.confidence) == (False, ("IRPR 190(1)(c)",), "high")
    assert visa_for_us(["NGA"], date(2022, 5, 5), us_status="lpr").required is False
    assert visa_for_canada(["NGA"], date(2022, 5, 5), us_status="b2").required is True
    assert visa_for_us(["NGA"], date(2022, 5, 5), us_status="usc").required is False


@pytest.mark.parametrize(
    ("codes", "required"),
    [
        (["COL", "ESP"], False),
        (["ESP", "COL"], False),
        (["ROU", "COL"], None),
        (["COL", "VEN"], True),
        ([], None),
    ],
)
def test_one_visa_free_nationality_is_enough(codes, required):
    assert visa_for_canada(codes, date(2024, 5, 5)).required is required


def test_an_unknown_code_is_told_the_nearest():
    with pytest.raises(ValueError, match="MEX"):
        visa_for_canada(["MX"], date(2024, 5, 5))
    with pytest.raises(ValueError, match="not a list"):
        visa_for_us("MEX", date(2024, 5, 5))


DAYS = st.dates(date(2000, 1, 1), date(2030, 12, 31))


@given(
    st.lists(st.sampled_from([*COUNTRIES, "STATELESS"]), max_size=3),
    DAYS,
    st.sampled_from([None, "lpr", "f1"]),
)
def test_every_suggestion_has_a_source_and_both_notes(codes, day, us_status):
    for visa in (visa_for_canada, visa_for_us):
        found = visa(codes, day, us_status=us_status)
        assert found.source
        assert found.note_en
        assert found.note_fr
        assert found.confidence in ("high", "medium", "low")
        assert found == visa(codes, day, us_status=us_status)


@given(st.sampled_from(list(COUNTRIES)), st.sampled_from(list(COUNTRIES)), DAYS)
def test_a_further_nationality_never_adds_a_visa(first, second, day):
    for visa in (visa_for_canada, visa_for_us):
        if visa([first], day).required is False:
            assert visa([first, second], day).required is False


def test_before_the_pact_nothing_is_said_of_the_waiver():
    assert visa_for_us(["COL"], date(2004, 12, 28)).required is None


@pytest.mark.parametrize(("day", "count"), [("2004-12-28", 0), ("2004-12-29", 8), ("2009-07-22", 8), ("2009-07-23", 0)])
def test_the_moratorium_ends_with_its_paragraph(day, count):
    """CIC notices; SOR/2009-210, section 1."""
    found = moratorium_countries(date.fromisoformat(day))
    assert len(found) == count
    assert set(found) <= set(COUNTRIES)
    assert set(found.values()) <= {"high"}
