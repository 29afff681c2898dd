"""Forecasts: parts that add up path by path, whole counts, and clear words where none can be made."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safethird.cases.faults import BadFile
from safethird.flows import families
from safethird.flows.families import PARTS, family
from safethird.flows.forecast import forecast
from safethird.flows.joint import paths
from safethird.flows.models import MODELS
from safethird.flows.months import later
from safethird.flows.past import Past
from safethird.flows.series import series
from safethird.flows.vintages import NotKnownThen

CLAIMS = forecast("claims", draws=400)


def path_of(name):
    return CLAIMS.paths[:, CLAIMS.names.index(name)]


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        ("claims/all/Canada", ["claims/airport/Canada", "claims/border/Canada", "claims/inland/Canada", "claims/other/Canada"]),
        ("claims/all/Quebec", ["claims/airport/Quebec", "claims/border/Quebec", "claims/inland/Quebec"]),
        ("claims/border/Canada", [f"claims/border/{place}" for place in (
            "Quebec", "Ontario", "British Columbia", "Manitoba", "Alberta", "New Brunswick", "Saskatchewan", "Yukon",
            "Newfoundland and Labrador", "Nova Scotia")]),
    ],
)  # fmt: skip
def test_parts_add_up_to_totals_on_every_path(total, parts):
    assert np.array_equal(path_of(total), sum(path_of(part) for part in parts))


def test_every_leaf_is_in_the_national_total_once():
    members = family("claims").members
    assert sorted(members["claims/all/Canada"]) == list(range(len(family("claims").leaves)))
    by_place = [
        places for name, places in members.items() if name.startswith("claims/all/") and name != "claims/all/Canada"
    ]
    other = members["claims/other/Canada"]
    assert sorted([*(place for places in by_place for place in places), *other]) == sorted(members["claims/all/Canada"])


@pytest.mark.parametrize("flow", PARTS)
def test_forecasts_are_whole_counts_with_nested_intervals(flow):
    made = forecast(flow, months=12, draws=100)
    assert np.array_equal(made.paths, np.rint(made.paths))
    assert made.paths.min() >= 0
    for name in made.names[:5]:
        cut = made.quantiles(name)
        for inner, outer in ((50, 80), (80, 95)):
            assert (cut[f"low{outer}"] <= cut[f"low{inner}"]).all()
            assert (cut[f"high{inner}"] <= cut[f"high{outer}"]).all()
    assert str(made.months[0]) == str(later(made.last, 1))


def test_asking_for_less_changes_nothing():
    few = forecast(["claims/inland/Ontario", "claims/all/Canada"], draws=400)
    assert np.array_equal(few.paths[:, 0], path_of("claims/inland/Ontario"))
    assert np.array_equal(few.paths[:, 1], path_of("claims/all/Canada"))


def test_the_seed_draws_the_order_and_no_margin():
    other = forecast("claims", draws=400, seed=1)
    name = CLAIMS.names.index("claims/border/Quebec")
    assert not np.array_equal(other.paths[:, name], CLAIMS.paths[:, name])
    assert np.array_equal(np.sort(other.paths[:, name], axis=0), np.sort(CLAIMS.paths[:, name], axis=0))


@settings(max_examples=20)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(1, 6))
def test_tying_series_together_moves_no_margin(seed, series, horizons):
    chance = np.random.default_rng(seed)
    months = np.arange("2020-01", "2022-01", dtype="datetime64[M]")
    value = chance.poisson(50, (series, 24)).astype(float)
    past = Past(tuple("abcd"[:series]), months, value, np.zeros((series, 24), dtype=bool))
    quantiles = np.sort(chance.poisson(50, (series, horizons, 60)).astype(float), axis=-1)
    made = paths(past, quantiles, seed)
    assert np.array_equal(np.sort(made.transpose(1, 2, 0), axis=-1), quantiles)


def test_series_that_moved_together_make_a_wider_total():
    months = np.arange("2016-01", "2024-01", dtype="datetime64[M]")
    steps = np.random.default_rng(0).normal(0, 0.3, (3, len(months)))
    tied = np.exp(5 + np.cumsum(np.stack([steps[0], steps[0]]), axis=1))
    free = np.exp(5 + np.cumsum(steps[1:], axis=1))
    ordered = np.tile(np.arange(200.0), (2, 3, 1))
    wide, narrow = (
        paths(Past(("a", "b"), months, value, np.zeros(value.shape, dtype=bool)), ordered, 0).sum(axis=1).std()
        for value in (tied, free)
    )
    assert wide > 1.2 * narrow


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("claims/all/québec", "claims/all/Quebec"),
        ("CLAIMS/border/british-columbia", "claims/border/British Columbia"),
        ("claims/frontière/QC", "claims/border/Quebec"),
        ("encounters/between_ports/swanton sector", "encounters/between_ports/Swanton"),
    ],
)
def test_names_are_found_however_they_are_typed(typed, meant):
    assert forecast(typed, months=1, draws=40).names == (meant,)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"months": 13}, "Give 1 to 12"),
        ({"months": 0, "model": "magic", "draws": 3}, "There is no model 'magic'"),
        ({"until": "2015-06"}, r"There are 6 months \(2015-01 to 2015-06\)"),
        ({"until": "2014-06"}, "It has no month up to 2014-06"),
        ({"names": ["claims/border/Quebec", "interceptions/between_ports/Quebec"]}, "never added or drawn together"),
        ({"names": "regular_land/at_ports/Ontario"}, "its parts do not add up"),
        ({"names": "interceptions/between_ports/Newfoundland and Labrador"}, "Its figures end in 2020-12"),
        ({"names": "claims/border/Qubec"}, "Nearest: claims/border/Quebec"),
        ({"names": []}, "No series is named"),
    ],
)
def test_what_cannot_be_forecast_is_refused_with_the_reason(arguments, says):
    with pytest.raises(BadFile, match=says):
        forecast(**arguments)


def test_all_faults_of_a_request_are_told_at_once():
    with pytest.raises(BadFile) as told:
        forecast(months=40, model="magic", draws=1)
    assert len(told.value.faults) == 3


def test_a_missing_month_is_named_and_nothing_is_forecast(monkeypatch):
    def gap(name, known=None):
        found = series(name, known)
        if name != "claims/border/Ontario":
            return found
        value, low = found.value.copy(), found.low.copy()
        value[[50, 77]], low[[50, 77]] = np.nan, np.nan
        return replace(found, value=value, low=low)

    monkeypatch.setattr(families, "series", gap)
    with pytest.raises(BadFile, match=r"claims/border/Ontario: No figure for 2019-03, 2021-06\."):
        forecast("claims/all/Canada")


def test_what_was_not_known_is_not_pretended():
    with pytest.raises(NotKnownThen, match="2025-10-31"):
        forecast("claims/border/Quebec", as_known_on=date(2020, 1, 1))


def test_forgetting_months_is_forecasting_from_what_was():
    made = forecast("claims/border/Quebec", until="2022-06", months=3, draws=60)
    assert str(made.last) == "2022-06"
    past = family("claims").past
    quantiles = MODELS["seasonal-walk"](past.until(90), 3, 60)[past.names.index("claims/border/Quebec")]
    assert np.array_equal(np.sort(made.paths[:, 0], axis=0).T, quantiles)


def test_what_no_total_contains_is_said():
    assert forecast("interceptions", months=1, draws=40).left_out == {
        "interceptions/between_ports/Newfoundland and Labrador": "Its figures end in 2020-12, those of the others in 2023-06."
    }
