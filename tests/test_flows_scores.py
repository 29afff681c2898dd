"""The scores: known values, the integral they stand for, and hidden figures scored as the publisher prints them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird.flows.scores import covered, crps, five_quantiles, printed, wape, yearly_change

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=12)


def integral(draws, observed, floor):
    """The CRPS as it is defined: squared distance of two distribution functions, over thresholds from the floor up."""
    grid = np.arange(floor, 80)
    forecast = (np.asarray(draws)[:, None] <= grid).mean(axis=0)
    return float(((forecast - (observed <= grid)) ** 2).sum())


@pytest.mark.parametrize(
    ("draws", "observed", "floor", "score"),
    [
        ([10], 14, 0, 4.0),  # one draw: the absolute error
        ([10, 20], 10, 0, 2.5),
        ([0, 100], 50, 0, 25.0),
        ([3], 2.5, 5, 0.0),  # both hidden: nobody can know more
        ([0, 5], 0, 5, 0.0),
        ([15], 2.5, 5, 10.0),  # the distance to the hidden range, not to its middle
        ([2], 15, 5, 10.0),
    ],
)
def test_a_score_is_what_it_should_be(draws, observed, floor, score):
    assert crps(np.array(draws, float), np.array(observed, float), floor) == pytest.approx(score)


@given(COUNTS, st.integers(0, 60), st.sampled_from([0, 5]))
def test_the_crps_is_the_integral(draws, observed, floor):
    assert crps(np.array(draws, float), np.array(float(observed)), floor) == pytest.approx(
        integral(draws, observed, floor)
    )


@given(COUNTS, st.integers(0, 5), st.integers(0, 5))
def test_what_the_publisher_hides_cannot_change_a_score(draws, one, other):
    made = np.array(draws, float)
    assert crps(made, np.array(float(one)), 5) == crps(made, np.array(float(other)), 5)


def test_hedging_just_above_the_hidden_range_earns_nothing():
    """On average over what may come, the true distribution scores best: also against mass moved to 6."""
    chance = np.random.default_rng(1)
    truth = chance.poisson(6, 4000).astype(float)
    outcomes = chance.poisson(6, 400).astype(float)
    hedged = np.where(truth <= 5, 6.0, truth)
    mean = [np.mean([crps(made, np.array(one), 5) for one in outcomes]) for made in (truth, hedged)]
    assert mean[0] < mean[1]


@given(COUNTS, st.integers(0, 60), st.integers(1, 20))
def test_the_crps_is_never_negative_and_moves_with_the_unit(draws, observed, times):
    made = np.array(draws, float)
    score = crps(made, np.array(float(observed)))
    assert score >= -1e-9
    assert crps(made * times, np.array(float(observed * times))) == pytest.approx(score * times)


def test_intervals_and_figures_are_compared_as_printed():
    draws = np.arange(0.0, 4.0)
    assert covered(draws, np.array(2.5), 0.5, 5)
    assert not covered(draws, np.array(9.0), 0.95, 5)
    assert printed(np.array([0.0, 5.0, 6.0]), 5).tolist() == [5.0, 5.0, 6.0]


def test_five_quantiles_are_twice_the_mean_pinball_loss():
    draws = np.arange(1001.0)
    observed = 700.0
    by_hand = np.mean([2 * max(level * (observed - q), (level - 1) * (observed - q))
                       for level, q in ((0.025, 25), (0.1, 100), (0.5, 500), (0.9, 900), (0.975, 975))])  # fmt: skip
    assert five_quantiles(draws, np.array(observed)) == pytest.approx(by_hand)


def test_wape_and_the_scale_of_mase():
    assert wape(np.array([5.0, 5.0]), np.array([10.0, 90.0])) == 0.1
    assert yearly_change(np.array([[0.0] * 12 + [4.0] * 6])).tolist() == [4.0]
