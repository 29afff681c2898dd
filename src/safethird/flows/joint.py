"""Series that move together: marginal forecasts tied into paths by months that were lived through together."""

from __future__ import annotations

import numpy as np

from safethird.flows.past import Floats, Past


def paths(past: Past, quantiles: Floats, seed: int) -> Floats:
    """Ascending quantiles (series, horizons, draws) put in the order of history: (draws, series, horizons).

    Each draw picks one past month for all series, and up or down. The changes that the series then went through, over
    1, 2, … months, say which of its quantiles each takes (Clark and others 2004, the Schaake shuffle). So every margin
    stays what it was, and sums over series and months are as wide as series and months were tied.

    >>> months = np.arange("2020-01", "2022-01", dtype="datetime64[M]")
    >>> value = np.abs(np.random.default_rng(1).normal(100, 30, (2, 24)))
    >>> past = Past(("a", "b"), months, value, np.zeros((2, 24), dtype=bool))
    >>> ordered = np.tile(np.arange(5.0), (2, 3, 1))
    >>> made = paths(past, ordered, seed=1)
    >>> made.shape, bool((np.sort(made, axis=0) == ordered.transpose(2, 0, 1)).all())
    ((5, 2, 3), True)
    """
    logs = past.logs()
    series, horizons, draws = quantiles.shape
    chance = np.random.default_rng(seed)
    starts = chance.integers(0, logs.shape[1] - horizons, draws)
    way = chance.choice([-1.0, 1.0], draws)
    ties = chance.random((series, draws))
    made = np.empty((draws, series, horizons))
    for step in range(1, horizons + 1):
        lived = way * (logs[:, starts + step] - logs[:, starts])
        order = np.lexsort((ties, lived), axis=1)
        placed = np.empty((series, draws))
        np.put_along_axis(placed, order, quantiles[:, step - 1], axis=1)
        made[:, :, step - 1] = placed.T
    return made
