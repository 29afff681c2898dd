"""Series and frames: what is printed, what is proven of it, and what is never passed off as a figure."""

import importlib
from datetime import date

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird import flows
from safethird.cases.faults import BadFile
from safethird.flows import agreement, codebook, store
from safethird.flows.catalogue import catalogue, entry
from safethird.flows.events import event, events

TWELVE = [
    f"claims/{c}/{p}"
    for c in ("airport", "border", "inland")
    for p in ("Ontario", "Quebec", "British Columbia", "Alberta")
]
NAMES = [one.name for one in catalogue()]

PRINTED = [
    # series, month, value, low, high, status, source
    ("claims/border/Quebec", "2022-12", 4780, 4777.5, 4782.5, "rounded", "IRCC open data, release of October 2025"),
    ("claims/all/Canada", "2015-01", 1165, 1162.5, 1167.5, "rounded", "IRCC open data, release of October 2025"),
    ("claims/airport/Alberta", "2015-01", None, 0, 5, "suppressed", "IRCC open data: printed --"),
    ("claims/border/Saskatchewan", "2020-04", 0, 0, 2.5, "rounded", "IRCC open data: printed 0"),
    ("channel/all/Canada", "2023-12", 15560, 15557.5, 15562.5, "rounded", "canada.ca, Asylum claims by year 2023"),
    ("interceptions/between_ports/Canada", "2017-01", 315, 315, 315, "exact", "canada.ca, Asylum claims by year 2017"),
    (
        "interceptions/between_ports/Quebec",
        "2022-06",
        3068,
        3068,
        3068,
        "exact",
        "canada.ca, Asylum claims by year 2022",
    ),
    ("regular_land/at_ports/Quebec", "2018-03", None, None, None, "masked", "definition changed in April 2018"),
    (
        "regular_land/at_ports/Quebec",
        "2018-04",
        21,
        18.5,
        23.5,
        "rounded",
        "2,500 at the border less 2,479 intercepted",
    ),
    (
        "regular_land/at_ports/Quebec",
        "2021-06",
        99,
        96.5,
        112.5,
        "rounded",
        "turn-back order: upper bound is the border count",
    ),
    (
        "regular_land/at_ports/Quebec",
        "2022-01",
        None,
        None,
        None,
        "masked",
        "more intercepted (2,367) than claims (2,355)",
    ),
    ("encounters/between_ports/Swanton", "2023-05", 459, 459, 459, "exact", "CBP nationwide encounters FY2020-2024"),
    ("encounters/at_ports/Boston", "2019-10", 1212, 1212, 1212, "exact", "CBP nationwide encounters FY2020-2024"),
    ("visas/visitor/Mexico", "2025-05", 133609, 133609, 133609, "exact", "Department of State, monthly issuances"),
    ("visas/all/All", "2019-05", None, None, None, "missing", "the report of May 2019 is not kept"),
    ("claims_by_origin/border/China", "2024-01", None, 0, 5, "suppressed", "IRCC open data: printed --"),
]


@pytest.mark.parametrize(("name", "month", "value", "low", "high", "status", "source"), PRINTED)
def test_a_month_says_what_was_printed_and_what_that_proves(name, month, value, low, high, status, source):
    found = flows.series(name)
    at = list(found.months).index(np.datetime64(month))
    shown = [None if np.isnan(x) else float(x) for x in (found.value[at], found.low[at], found.high[at])]
    assert (*shown, found.status[at]) == (value, low, high, status), source


def test_the_twelve_forecast_series_are_complete():
    for name in TWELVE:
        found = flows.series(name)
        assert (str(found.months[0]), str(found.months[-1]), len(found.months)) == ("2015-01", "2024-01", 109)
        assert not set(found.status) & {"missing", "masked"}


@pytest.mark.parametrize("one", [e for e in catalogue() if e.flow != "visas"], ids=lambda e: e.name)
def test_a_series_keeps_its_promises(one):
    found = flows.series(one.name)
    assert str(found.months[0]) == f"{one.first:%Y-%m}"
    assert str(found.months[-1]) == f"{one.last:%Y-%m}"
    assert (np.diff(found.months).astype(int) == 1).all()
    known = ~np.isin(found.status, ["missing", "masked"])
    assert (found.low[known] <= found.high[known]).all()
    assert (found.low[known] >= 0).all()
    assert np.isnan(found.low[~known]).all()
    assert np.isnan(found.value[~known]).all()
    printed = known & (found.status != "suppressed")
    assert np.isnan(found.value[found.status == "suppressed"]).all()
    assert ((found.low <= found.value) & (found.value <= found.high))[printed].all()
    assert ((found.low == found.high) == (found.status == "exact"))[printed].all()
    assert found.sources
    assert set(found.sources) <= set(store.sources())
    assert found.unit in codebook.units()
    assert found.title.en != "" != found.title.fr


def test_months_cannot_be_written_over():
    with pytest.raises(ValueError, match="read-only"):
        flows.series("claims/border/Quebec").value[0] = 0


def test_until_takes_the_month_named_and_nothing_after_it():
    found = flows.series("claims/border/Quebec").until("2020-02")
    assert str(found.months[-1]) == "2020-02"
    assert found.source_of is not None
    assert found.vintage_of is not None
    assert len(found.source_of) == len(found.months) == len(found.vintage_of)
    with pytest.raises(BadFile, match=r"2015-01 to 2024-01"):
        flows.series("claims/border/Quebec").until("2010-01")
    with pytest.raises(BadFile, match="not a month"):
        flows.series("claims/border/Quebec").until("last year")


SPELLINGS = [
    ("CLAIMS/Border/quebec", "claims/border/Quebec"),
    ("Demandes/frontière/Québec", "claims/border/Quebec"),
    ("claims/border/colombie-britannique", "claims/border/British Columbia"),
    ("claims/border/BC", "claims/border/British Columbia"),
    ("claims/airport/british-columbia", "claims/airport/British Columbia"),
    ("interceptions/Terre-Neuve et Labrador", "interceptions/between_ports/Newfoundland and Labrador"),
    ("regular land/on", "regular_land/at_ports/Ontario"),
    ("encounters/between ports/Swanton Sector", "encounters/between_ports/Swanton"),
    ("encounters/at-ports/Boston Field Office", "encounters/at_ports/Boston"),
    ("visas/visitor_B/Mexique", "visas/visitor/Mexico"),
    ("visas/visitor/Côte d’Ivoire", "visas/visitor/Cote d'Ivoire"),
    ("claims_by_origin/all/HTI/Ontario", "claims_by_origin/all/Haiti/Ontario"),
    ("claims_by_origin/border/People's Republic of China, x", None),
    ("claims/boarder/Quebec", None),
    ("", None),
    ("///", None),
    ("claims/border/Quebec/extra", None),
    ("❄/❄/❄", None),
    ("a" * 10_000, None),
]


@pytest.mark.parametrize(("typed", "name"), SPELLINGS, ids=lambda x: str(x)[:40])
def test_a_name_is_found_however_it_is_typed_or_refused_with_the_nearest(typed, name):
    if name is not None:
        assert entry(typed).name == name
        return
    with pytest.raises(BadFile, match="no such series"):
        entry(typed)


def test_a_misspelt_name_gets_the_one_that_was_meant():
    with pytest.raises(BadFile, match="Nearest: claims/border/Quebec"):
        flows.series("claims/boarder/Quebec")


@given(name=st.sampled_from(NAMES), case=st.sampled_from([str.upper, str.lower, str.title]), gap=st.sampled_from("-_ "))
def test_no_two_series_share_a_spelling(name, case, gap):
    assert entry(case(name.replace(" ", gap))).name == name


def test_every_series_of_a_frame_is_the_series_itself():
    rows = flows.arrivals("claims", "border", "Québec")
    found = flows.series("claims/border/Quebec")
    assert rows["value"].to_list() == found.value.tolist()
    assert rows.columns == [
        "month",
        "flow",
        "channel",
        "place",
        "citizenship",
        "value",
        "low",
        "high",
        "status",
        "unit",
        "source",
        "vintage",
    ]
    assert rows["source"].null_count() == rows["vintage"].null_count() == rows["unit"].null_count() == 0


def test_each_row_of_a_frame_has_its_own_source():
    rows = flows.encounters("between_ports", "All")
    ends = rows.filter(pl.col("source") == "usbp_monthly_fy00_20")["month"].max()
    assert (ends, set(rows["source"])) == (date(2019, 9, 1), {"usbp_monthly_fy00_20", "cbp_aor_fy20_24"})


REFUSED = [
    ({"flow": "crossings"}, "no count of arrivals"),
    ({"flow": "encounters"}, "no count of arrivals"),
    ({"channel": "boat"}, "no channel 'boat'"),
    ({"place": "Quebek"}, "Nearest: Quebec"),
    ({"citizenship": "Atlantis"}, "no citizenship"),
    ({"flow": "interceptions", "citizenship": "Haiti"}, "not published by citizenship"),
    ({"citizenship": "Haiti", "place": "Ontario", "channel": "border"}, "not by both"),
    ({"since": "2020"}, "not a month"),
    ({"until": "soon"}, "not a month"),
]


@pytest.mark.parametrize(("asked", "said"), REFUSED, ids=str)
def test_a_query_that_cannot_be_answered_is_refused_with_what_there_is(asked, said):
    with pytest.raises(BadFile, match=said):
        flows.arrivals(**asked)


def test_regular_land_agrees_with_the_years_that_the_department_printed():
    # canada.ca, deputy minister's binder 2024: land border without irregular entry, 2019 and 2022.
    mode = store.table("claims_by_mode_annual").filter(
        pl.col("mode_of_entry") == "land_border", pl.col("source_id") == "tb_dm_2024_asylum"
    )
    for year in (2019, 2022):
        rows = flows.arrivals("regular_land", place="Canada", since=f"{year}-01", until=f"{year}-12")
        printed = mode.filter(pl.col("period_start") == date(year, 1, 1))["claims"].item()
        assert abs(rows["value"].sum() / printed - 1) < 0.1


def test_regular_land_says_why_it_is_masked():
    breaks = flows.series("regular_land/at_ports/Quebec").breaks
    assert any("April 2018" in one.text.en and "avril 2018" in one.text.fr for one in breaks)


def test_visas_of_all_nationalities_are_the_sum_of_each():
    total = flows.visas(class_group="all")
    rows = store.table("us_niv_issuances_monthly").filter(
        pl.col("class_group") == "all", pl.col("month") == date(2025, 5, 1)
    )
    assert total.filter(pl.col("month") == date(2025, 5, 1))["value"].item() == rows["issuances"].sum()


NEVER = [
    "claimants_turned_back_to_us,claimants_returned_ineligible",
    "claimants_turned_back_to_us+removals_to_us_all_reasons",
    None,
    "",
    "all",
]


@pytest.mark.parametrize("measure", NEVER)
def test_counts_under_the_agreement_are_never_added_or_joined(measure):
    with pytest.raises(BadFile):
        agreement.agreement_counts(measure)


def test_one_measure_is_read_with_its_sources():
    rows = agreement.agreement_counts("claimants_returned_ineligible", scope="between_ports", region="Canada")
    assert rows["persons"].to_list() == [256, 638]
    assert rows["source_id"].null_count() == 0


def test_no_series_is_made_of_counts_that_are_kept_apart():
    assert not {one.table for one in catalogue()} & {name for name, of in codebook.tables().items() if of.apart}


def test_events_are_in_both_languages_with_a_source():
    assert len(events()) == 35
    for one in events():
        assert one.title.en
        assert one.title.fr
        assert one.title.en != one.title.fr
        assert bool(one.detail.en) == bool(one.detail.fr)
        assert one.source in store.sources()
    assert [one.day for one in events()] == sorted(one.day for one in events())


def test_an_event_is_found_by_id_or_by_a_day_of_its_own():
    assert event("e21").day == date(2023, 3, 25)
    assert event("2020-03-21").id == "E15"
    with pytest.raises(BadFile, match="2 events"):
        event("2024-06-04")
    with pytest.raises(BadFile, match="no such event"):
        event("E99")


def test_places_carry_coordinates_only_with_a_source():
    ports = flows.ports()
    assert ports.filter(pl.col("latitude").is_not_null(), pl.col("coord_source_id").is_null()).is_empty()
    assert ports.filter(pl.col("hours_text").is_not_null(), pl.col("hours_source_id").is_null()).is_empty()
    assert ports["latitude"].null_count() == 9
    assert flows.crossing_places().height == 13
    assert flows.border_cells()["nearest_port_id"].is_in(ports["port_id"].implode()).all()


def test_the_public_words_are_functions_whatever_was_imported_before():
    for name in ("arrivals", "series", "events"):
        importlib.import_module(f"safethird.flows.{name}")
    for name in (
        "arrivals",
        "series",
        "events",
        "catalogue",
        "table",
        "visas",
        "encounters",
        "revisions",
        "nowcast",
        "ports",
    ):
        assert callable(getattr(flows, name)), name
    with pytest.raises(AttributeError, match="It has: arrivals"):
        _ = flows.nothing
