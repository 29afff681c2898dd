"""As known on a day, what was revised, and months scaled only where enough revisions were seen."""

from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird import flows
from safethird.cases.faults import BadFile
from safethird.flows import store, vintages
from safethird.flows.adding import add
from safethird.flows.catalogue import catalogue
from safethird.flows.nowcasting import TooFewRevisions
from safethird.flows.vintages import NotKnownThen
from tests.flows_releases import TABLE, months_after, release, written


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFETHIRD_DATA", str(tmp_path / "data"))


THEN = [
    # series, day, month, figure then, source of the figure
    ("interceptions/between_ports/Canada", date(2017, 3, 21), "2017-01", 476, "Winnipeg Sun, 2017-03-21"),
    ("interceptions/between_ports/Canada", date(2017, 4, 18), "2017-01", 476, "nothing came between"),
    ("interceptions/between_ports/Canada", date(2017, 4, 19), "2017-01", 315, "iPolitics, 2017-04-19"),
    ("interceptions/between_ports/British Columbia", date(2017, 3, 25), "2017-01", 207, "Winnipeg Sun, 2017-03-21"),
    ("interceptions/between_ports/Quebec", date(2017, 9, 18), "2017-02", 432, "iPolitics, 2017-04-19"),
    ("interceptions/between_ports/Quebec", date(2024, 5, 22), "2017-02", 452, "canada.ca, archived 2024-05-22"),
    ("interceptions/between_ports/Canada", date(2023, 8, 11), "2023-06", 36, "The Canadian Press, 2023-08-11"),
    ("interceptions/between_ports/Canada", date(2024, 5, 22), "2023-06", 60, "canada.ca, archived 2024-05-22"),
    ("encounters/between_ports/Swanton", date(2022, 1, 1), "2020-09", 9, "Border Patrol table FY2000-2020, of 2021"),
]


@pytest.mark.parametrize(("name", "day", "month", "figure", "source"), THEN)
def test_a_figure_is_the_one_of_the_newest_release_of_that_day(name, day, month, figure, source):
    found = flows.series(name, day).until(month)
    if name.startswith("encounters"):
        rows = store.every("usbp_northern_sector_monthly").filter(
            pl.col("source_id") == "usbp_monthly_fy00_20",
            pl.col("month") == date(2020, 9, 1),
            pl.col("sector") == "Swanton",
        )
        figure = rows["encounters"].item()
    assert (str(found.months[-1]), found.value[-1]) == (month, figure), source
    assert found.vintage <= day


@pytest.mark.parametrize(
    "table",
    ["claims_by_office_type_province_monthly", "us_niv_issuances_monthly", "claims_by_citizenship_office_monthly"],
)
def test_where_one_release_is_kept_a_day_before_it_is_refused_and_it_says_so(table):
    (only,) = store.releases(table)
    assert only.vintage is not None
    with pytest.raises(NotKnownThen, match=rf"Only one release is kept: {only.vintage}.*flows add FILE --vintage DAY"):
        vintages.known(table, only.vintage - timedelta(days=1))
    assert vintages.known(table, only.vintage).height == only.rows


def test_every_query_takes_the_day():
    day = date(2016, 1, 1)
    for asked in (
        lambda: flows.arrivals(as_known_on=day), lambda: flows.arrivals("interceptions", as_known_on=day),
        lambda: flows.arrivals("regular_land", as_known_on=day), lambda: flows.arrivals("channel", as_known_on=day),
        lambda: flows.arrivals(citizenship="Haiti", as_known_on=day), lambda: flows.encounters(as_known_on=day),
        lambda: flows.visas(as_known_on=day), lambda: flows.series("visas/all/All", day),
        lambda: flows.revisions("interceptions/between_ports/Canada", day), lambda: flows.revisions(TABLE, day),
    ):  # fmt: skip
        with pytest.raises(NotKnownThen):
            asked()


@given(
    day=st.dates(date(2017, 1, 1), date(2026, 12, 31)),
    one=st.sampled_from([e for e in catalogue() if e.flow in ("interceptions", "encounters")]),
)
def test_nothing_later_than_the_day_is_ever_shown(day, one):
    try:
        found = flows.series(one.name, day)
    except NotKnownThen:
        return
    assert found.vintage <= day
    assert found.vintage_of is not None
    assert (found.vintage_of <= pl.Series([day]).to_numpy()[0]).all()


def test_months_that_no_release_of_the_time_had_are_missing_not_filled():
    found = flows.series("interceptions/between_ports/Quebec", date(2018, 12, 31))
    assert "missing" in set(found.status)
    assert len(found.months) < 24


def test_a_release_without_a_day_is_never_said_to_have_been_known():
    rows = store.every("rcmp_interceptions_monthly")
    assert rows.filter(pl.col("vintage").is_null()).height > 0
    assert vintages.known("rcmp_interceptions_monthly", date(2026, 12, 31))["vintage"].null_count() == 0


def test_revisions_name_both_prints_and_their_sources():
    rows = flows.revisions("interceptions/between_ports/British Columbia")
    first = rows.row(0, named=True)
    assert (first["then"], first["then_vintage"], first["then_source"]) == (
        207,
        date(2017, 3, 21),
        "winnipegsun_2017_03",
    )
    assert (first["now"], first["now_source"]) == (46, "stca_dataset")
    assert {r["then"]: r["now"] for r in rows.iter_rows(named=True)} == {207: 46, 0: 35, 100: 104, 59: 61, 71: 73}


def test_a_second_source_that_rounds_is_not_a_revision():
    assert flows.revisions("usbp_northern_sector_monthly").is_empty()


def test_revisions_of_what_does_not_exist_are_refused():
    with pytest.raises(BadFile, match="no such series"):
        flows.revisions("interceptions/Atlantis")


def monthly_releases(tmp_path, count, ratio):
    """A release a month, each with one month more; Quebec's border claims rise by ``ratio`` in every later print."""
    months = months_after(date(2024, 2, 1), count)
    base = {
        row["month"]: row["claims"]
        for row in release(count=count)
        if (row["office_type"], row["province"]) == ("Border", "Quebec")
    }
    for last in range(1, count + 1):
        plus = {month: round(base[month] * (ratio - 1) / 5) * 5 for month in months[: last - 1]}
        day = months_after(months[last - 1], 2)[1] + timedelta(days=14)
        add(written(tmp_path / "new.csv", release(count=last, plus=plus)), vintage=day)
    return months, base


def test_a_recent_month_is_scaled_once_eight_revisions_of_its_age_were_seen(tmp_path):
    months, base = monthly_releases(tmp_path, 9, 1.2)
    rows = flows.nowcast("claims/border/Quebec")
    assert rows["month"].to_list() == [months[-1]]
    row = rows.row(0, named=True)
    assert (row["age"], row["printed"], row["observed"], row["unit"]) == (1, base[months[-1]], 8, "claims")
    assert row["low95"] <= row["low80"] <= row["estimate"] <= row["high80"] <= row["high95"]
    assert row["estimate"] / row["printed"] == pytest.approx(1.2, abs=0.02)


def test_with_seven_revisions_it_refuses_and_counts_them(tmp_path):
    monthly_releases(tmp_path, 8, 1.2)
    with pytest.raises(
        TooFewRevisions, match=r"7 figures were printed again .*\(7 at 1 months\).*At least 8 of the same age"
    ):
        flows.nowcast("claims/border/Quebec")


def test_a_nowcast_of_a_day_uses_only_what_was_revised_by_then(tmp_path):
    monthly_releases(tmp_path, 9, 1.2)
    with pytest.raises(TooFewRevisions):
        flows.nowcast("claims/border/Quebec", as_known_on=date(2024, 10, 20))


@pytest.mark.parametrize(
    "name", ["claims/border/Quebec", "interceptions/between_ports/Canada", "encounters/at_ports/All", "visas/all/All"]
)
def test_the_packaged_figures_allow_no_nowcast(name):
    with pytest.raises(TooFewRevisions, match="figures were printed again"):
        flows.nowcast(name)
