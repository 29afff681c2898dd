"""The reference: next month is like this month, give or take what months differed by so far."""

from __future__ import annotations

import numpy as np

from safethird.flows.past import Floats, Past, counts


def walk(past: Past, horizons: int, draws: int) -> Floats:
    """The random walk with empirical intervals: the last count, and past changes over as many months, either way.

    Returns evenly spaced quantiles, ascending, of shape (series, horizons, draws). Each series stands alone: no month
    of another is used. Changes are of logarithms; each is taken up and down, so that the median is the last count.

    >>> months = np.arange("2020-01", "2020-04", dtype="datetime64[M]")
    >>> past = Past(("a",), months, np.array([[10.0, 20.0, 10.0]]), np.zeros((1, 3), dtype=bool))
    >>> walk(past, 1, 3).tolist()
    [[[4.0, 10.0, 20.0]]]
    """
    logs = past.logs()
    levels = (np.arange(draws) + 0.5) / draws
    ahead = []
    for months in range(1, horizons + 1):
        change = logs[:, months:] - logs[:, :-months]
        either = np.concatenate([change, -change], axis=1)
        ahead.append(logs[:, -1:] + np.quantile(either, levels, axis=1).T)
    return counts(np.stack(ahead, axis=1))
