"""The random walk reproduces its published record, and the default model beats it on the same origins."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from safethird.apps.flows_backtesting import TWELVE
from safethird.flows import upstream_terms
from safethird.flows.backtest import backtest, backtest_sums, origins, spans
from safethird.flows.families import family
from safethird.flows.models import DEFAULT, MODELS
from safethird.flows.policy import policy_events
from safethird.flows.upstream_terms import TERMS

PAST = family("claims").past
DAYS = [event.day for event in policy_events()]
MODELS_AND_TERMS = {**MODELS, **TERMS}


@pytest.fixture(scope="module")
def tested():
    """Every candidate, at the 19 origins of the record."""
    return backtest(PAST, MODELS_AND_TERMS, series=TWELVE, policy=DAYS)


def row(report, model, **where):
    chosen = report.filter(pl.col("model") == model, *(pl.col(key) == value for key, value in where.items()))
    assert chosen.height == 1
    return chosen.row(0, named=True)


def test_the_walk_reproduces_its_record():
    """12 series, 19 origins, horizons 1 to 6; source: an earlier test of these series, see docs/flows-forecast.md."""
    as_printed = replace(PAST, floor=0.0)  # the record did not score hidden cells as censored
    found = row(backtest(as_printed, {}, series=TWELVE, policy=DAYS).report(), "walk")
    assert found["n"] == 12 * 19 * 6
    assert found["wape"] == pytest.approx(0.370, abs=0.001)
    assert found["five_over_mean"] == pytest.approx(0.200, abs=0.010)
    assert found["cover80"] == pytest.approx(0.74, abs=0.015)
    assert found["cover95"] == pytest.approx(0.90, abs=0.015)


def test_the_origins_are_those_of_the_record():
    months = [str(PAST.months[count - 1]) for count in origins(len(PAST.months))]
    assert (months[0], months[-1], len(months)) == ("2019-01", "2023-07", 19)


def test_the_default_is_what_wins_the_backtest(tested):
    report = tested.report()
    best = report.filter(pl.col("model") != DEFAULT)["crps"].min()
    assert row(report, DEFAULT)["crps"] <= best
    assert set(report["model"]) == set(MODELS_AND_TERMS)


def test_the_default_is_no_worse_than_the_walk_on_the_same_origins(tested):
    assert row(tested.report(), DEFAULT)["over_walk"] <= 1.0
    assert row(tested.report(), DEFAULT)["five_over_mean"] <= row(tested.report(), "walk")["five_over_mean"]
    pair = tested.paired().filter(pl.col("model") == DEFAULT).row(0, named=True)
    assert pair["low"] < pair["over_walk"] < pair["high"] < 1.0


def test_outside_policy_dates_the_intervals_cover_what_they_say(tested):
    found = row(tested.report("across"), DEFAULT, across=False)
    assert 0.75 <= found["cover80"] <= 0.85
    assert 0.92 <= found["cover95"] <= 0.97


def test_across_policy_dates_no_interval_holds_what_it_says(tested):
    """This is known, and shown beside every forecast: rules change what no series can tell."""
    assert row(tested.report("across"), DEFAULT, across=True)["cover80"] < 0.75


def test_totals_as_sums_over_paths_cover_what_they_say_outside_policy_dates():
    found = family("claims")
    names = [f"claims/{office}/Canada" for office in ("airport", "border", "inland", "all")]
    sums = {name: (found.members[name], found.history(name).midpoint()) for name in names}
    tested = backtest_sums(PAST, sums, {DEFAULT: MODELS[DEFAULT]}, policy=DAYS)
    outside = row(tested.report("across"), DEFAULT, across=False)
    assert 0.72 <= outside["cover80"] <= 0.88
    assert 0.92 <= outside["cover95"] <= 0.985
    assert row(tested.report(), DEFAULT)["over_walk"] < 1.0


def test_upstream_terms_do_not_improve_the_forecast(tested):
    """So none of them enters it."""
    base = row(tested.report(), DEFAULT)["crps"]
    for name in TERMS:
        assert row(tested.report(), name)["crps"] >= base
    assert DEFAULT not in TERMS


@pytest.mark.parametrize(
    ("origin", "month", "across"),
    [
        ("2023-02", "2023-03", True),  # the Protocol came on the 25th: March is partly after it
        ("2023-03", "2023-06", True),  # and partly before it
        ("2023-04", "2023-10", False),
        ("2018-03", "2018-04", True),  # a change on the first: the month is wholly after it
        ("2018-04", "2018-05", False),
        ("2019-01", "2020-02", False),
    ],
)
def test_months_with_a_policy_date_between_them_and_their_origin_stand_apart(origin, month, across):
    assert spans(np.datetime64(origin), np.datetime64(month), DAYS) is across


@pytest.mark.parametrize("name", MODELS_AND_TERMS)
def test_nothing_after_an_origin_changes_the_forecast_made_there(name):
    model, count = MODELS_AND_TERMS[name], 80
    changed, hidden = PAST.value.copy(), PAST.hidden.copy()
    changed[:, count:] = changed[:, count:][:, ::-1] * 7 + 3
    hidden[:, count:] = ~hidden[:, count:]
    other = replace(PAST, value=changed, hidden=hidden)
    assert np.array_equal(model(PAST.until(count), 6, 50), model(other.until(count), 6, 50))
    kept, anew = (
        backtest(past, {name: model}, series=TWELVE[:2], at=[count], policy=DAYS, draws=60).rows
        for past in (PAST, other)
    )
    assert kept["median"].equals(anew["median"])
    assert not kept["observed"].equals(anew["observed"])


def test_visas_issued_after_an_origin_change_nothing(monkeypatch):
    """A term lags what it is read from by two months: later visas cannot enter."""
    before = TERMS["visas"](PAST.until(80), 6, 50)
    known = dict(upstream_terms._issued())
    last = int(PAST.months[79].astype(int)) - upstream_terms.LAG
    for month, changes in ((last + 1, False), (last, True)):
        monkeypatch.setattr(upstream_terms, "_issued", lambda month=month: known | {month: 10 * known[month]})
        upstream_terms.visa_growth.cache_clear()
        assert (not np.array_equal(TERMS["visas"](PAST.until(80), 6, 50), before)) is changes
    monkeypatch.undo()
    upstream_terms.visa_growth.cache_clear()


def test_a_model_cannot_reach_beyond_its_origin():
    """What it is given is a copy of the first months, not a view of the table."""

    def reaching(past, horizons, draws):
        assert past.value.shape[1] == past.hidden.shape[1] == len(past.months) == 60
        assert past.value.base is None
        assert past.value.flags.owndata
        return MODELS["walk"](past, horizons, draws)

    backtest(PAST, {"reaching": reaching}, at=[60], draws=40)


def test_errors_across_a_change_of_definition_teach_nothing_about_size():
    border = PAST.names.index("claims/border/Quebec")
    assert PAST.redefined is not None
    break_at = int(np.flatnonzero(PAST.redefined[border])[0])
    assert str(PAST.months[break_at]) == "2018-04"
    assert not PAST.unbroken(3)[border, break_at - 3 : break_at].any()
    assert PAST.unbroken(3)[PAST.names.index("claims/airport/Quebec")].all()
