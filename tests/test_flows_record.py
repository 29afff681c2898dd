"""The record of the forecasts, held to what is said of it: on the published figures, at past origins."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from safethird.flows.backtest import backtest, origins
from safethird.flows.effect import effect
from safethird.flows.families import family
from safethird.flows.forecast import forecast
from safethird.flows.models import DEFAULT, MODELS
from safethird.flows.policy import policy_events
from safethird.flows.series import series

TWELVE = [
    f"claims/{channel}/{place}"
    for channel in ("airport", "border", "inland")
    for place in ("Ontario", "Quebec", "British Columbia", "Alberta")
]


@pytest.fixture(scope="module")
def past():
    return family("claims").past


@pytest.fixture(scope="module")
def record(past):
    return backtest(past, {DEFAULT: MODELS[DEFAULT]}, series=TWELVE, policy=[event.day for event in policy_events()])


def of(report, model, column):
    return report.filter(pl.col("model") == model)[column].item()


def test_the_random_walk_reproduces_its_published_record(record):
    # WAPE .370 and CRPS over the mean .200 on the twelve series, 19 origins, 1 to 6 months ahead.
    report = record.report()
    assert of(report, "walk", "n") == 12 * 19 * 6
    assert of(report, "walk", "wape") == pytest.approx(0.370, abs=0.005)
    assert of(report, "walk", "five_over_mean") == pytest.approx(0.200, abs=0.01)


def test_the_default_is_no_worse_than_the_random_walk_on_the_same_origins(record):
    assert of(record.report(), DEFAULT, "over_walk") <= 1.0
    assert of(record.paired(), DEFAULT, "high") < 1.0


def test_intervals_hold_what_they_say_outside_policy_dates(record):
    outside = record.report("across").filter(~pl.col("across"))
    assert 0.75 <= of(outside, DEFAULT, "cover80") <= 0.85
    assert 0.92 <= of(outside, DEFAULT, "cover95") <= 0.97


@pytest.mark.parametrize("model", MODELS)
def test_nothing_after_an_origin_reaches_the_forecast_made_there(past, model):
    for known in origins(past.value.shape[1])[::6]:
        changed = past.value.copy()
        changed[:, known:] = 99_999
        one = MODELS[model](past.until(known), 6, 50)
        other = MODELS[model](replace(past, value=changed).until(known), 6, 50)
        assert np.array_equal(one, other)


def test_totals_are_the_sums_of_their_parts_path_by_path():
    made = forecast("claims", months=6, draws=200)
    at = {name: place for place, name in enumerate(made.names)}
    for where in ("Quebec", "Ontario"):
        parts = [at[name] for name in at if name.endswith(f"/{where}") and "/all/" not in name]
        assert np.array_equal(made.paths[:, parts].sum(axis=1), made.paths[:, at[f"claims/all/{where}"]])
    offices = [at[f"claims/{channel}/Canada"] for channel in ("airport", "border", "inland", "other")]
    assert np.array_equal(made.paths[:, offices].sum(axis=1), made.paths[:, at["claims/all/Canada"]])
    assert (made.paths >= 0).all()
    assert np.array_equal(made.paths, np.rint(made.paths))


def test_a_series_without_an_effect_shows_one_in_two_to_eight_of_a_hundred():
    pattern = series("claims/all/Canada")
    event = next(event for event in policy_events() if event.id == "E21")
    found = 0
    for seed in range(200):
        chance = np.random.default_rng(seed)
        count = np.rint(1000 * np.exp(np.cumsum(0.15 * chance.standard_normal(len(pattern.months))) * 0.7))
        made = replace(pattern, value=count, low=count, high=count, status=np.full(len(count), "exact"), breaks=())
        found += effect(made, event.day, event=event).beyond_ordinary
    assert 4 <= found <= 16, found


@pytest.mark.parametrize(
    ("name", "event", "change"),
    # Ratios recomputed by hand from the printed months: mean of ten whole months after, over three before.
    [
        ("claims/border/Canada", "E21", -0.71),
        ("claims/airport/Canada", "E21", 1.47),
        ("claims/all/Canada", "E21", 0.22),
    ],
)
def test_an_effect_is_the_ratio_of_the_printed_months(name, event, change):
    day = next(one.day for one in policy_events() if one.id == event)
    found = effect(series(name), day)
    assert found.change == pytest.approx(change, abs=0.01)
    assert found.low < found.change < found.high
    assert not found.attributable  # other things changed then: no cause may be named
