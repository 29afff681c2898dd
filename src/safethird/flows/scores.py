"""How good a forecast was: WAPE, MASE, CRPS, coverage; hidden figures are scored as the publisher prints them.

Publishers hide counts of 0 to 5. Nobody can then know whether 2 or 4 was the better forecast, so the CRPS passes both
the forecast and the figure through the publisher's rule first: all counts up to 5 become one value. A hidden figure
and a forecast of 3 then agree. Thresholds below 5 are never scored, whatever was observed; leaving them out only where
a figure is hidden would reward a forecaster for moving its mass to 6 (the score would not be proper).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from safethird.flows.past import Floats

LEVELS = (0.5, 0.8, 0.95)
FIVE = np.array([0.025, 0.1, 0.5, 0.9, 0.975])


def printed(counts: Floats, floor: float) -> Floats:
    """Counts as the publisher's rule shows them: all up to ``floor`` are one value.

    >>> printed(np.array([0.0, 3.0, 6.0]), 5).tolist()
    [5.0, 5.0, 6.0]
    """
    return np.maximum(counts, floor)


def crps(draws: Floats, observed: Floats, floor: float = 0.0) -> Floats:
    """The continuous ranked probability score, in the unit of the counts; 0 is perfect.

    ``draws`` of shape (..., n) are equally likely, ``observed`` has shape (...). With one draw it is the absolute
    error.
    Source: Gneiting and Raftery 2007, equation 20.

    >>> crps(np.array([[10.0, 20.0]]), np.array([10.0])).tolist()
    [2.5]
    >>> crps(np.array([[0.0, 4.0]]), np.array([2.5]), floor=5).tolist()
    [0.0]
    """
    sample, seen = np.sort(printed(draws, floor), axis=-1), printed(observed, floor)
    n = sample.shape[-1]
    rank = (2 * np.arange(1, n + 1) - n - 1) / n**2
    score: Floats = np.abs(sample - seen[..., None]).mean(axis=-1) - (sample * rank).sum(axis=-1)
    return score


def five_quantiles(draws: Floats, observed: Floats) -> Floats:
    """Twice the pinball loss at 2.5, 10, 50, 90 and 97.5%, averaged: what the published record calls CRPS.

    It weighs the far tails less than the CRPS does, and comes out lower.

    >>> five_quantiles(np.array([[10.0, 10.0]]), np.array([20.0])).tolist()
    [10.0]
    """
    cut = np.quantile(draws, FIVE, axis=-1)
    level = FIVE.reshape(-1, *[1] * observed.ndim)
    loss: Floats = 2 * np.where(observed >= cut, level * (observed - cut), (1 - level) * (cut - observed)).mean(axis=0)
    return loss


def covered(draws: Floats, observed: Floats, level: float, floor: float = 0.0) -> NDArray[np.bool_]:
    """Whether the central interval holds the figure, both as the publisher prints them.

    >>> covered(np.arange(101.0), np.array(10.0), 0.8).tolist(), covered(np.arange(101.0), np.array(9.0), 0.8).tolist()
    (True, False)
    """
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=-1)
    seen = printed(observed, floor)
    inside: NDArray[np.bool_] = (printed(low, floor) <= seen) & (seen <= printed(high, floor))
    return inside


def wape(error: Floats, observed: Floats) -> float:
    """The sum of absolute errors over the sum of what was observed.

    >>> wape(np.array([1.0, 2.0]), np.array([10.0, 20.0]))
    0.1
    """
    return float(error.sum() / observed.sum())


def yearly_change(history: Floats) -> Floats:
    """The mean absolute change over twelve months, by series: the scale of MASE. ``history`` is (series, months).

    >>> yearly_change(np.array([[1.0] * 12 + [3.0] * 12])).tolist()
    [2.0]
    """
    scale: Floats = np.abs(history[:, 12:] - history[:, :-12]).mean(axis=1)
    return scale
