"""What the calendar month usually adds: each series' own habit, shrunk to what all series share, and that to none."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from safethird.flows.past import Floats

OWN, SHARED, LARGEST = 10.0, 4.0, 0.5
"""Years of evidence that the shared habit weighs against the own one, and that none weighs against the shared one; the
largest change of a month that counts, in logarithms. Round numbers, set once for all series."""


def seasonal(logs: Floats, horizons: int, first: int, sized: NDArray[np.bool_]) -> Floats:
    """The usual change from each month to the next ones, as known in that month: (series, months, horizons).

    ``first`` is the calendar month (0 to 11) of the first column. A value at month t rests on months up to t alone.
    Over a year the habit adds up to nothing, so no growth is carried on. ``sized`` says which series tell the shared
    habit.

    >>> habit = seasonal(np.tile(np.log([100.0, 200.0] * 6), (2, 5)), 2, 0, np.array([True, True]))
    >>> bool(habit[0, -1, 0] < -0.2), bool(abs(habit[0, -1, 1]) < 0.05)
    (True, True)
    """
    series, months = logs.shape
    change = np.clip(np.diff(logs, axis=1), -LARGEST, LARGEST)
    added = np.zeros((months, series, 12))
    seen = np.zeros((months, 12))
    for t in range(1, months):
        added[t], seen[t] = added[t - 1], seen[t - 1]
        added[t, :, (first + t) % 12] += change[:, t - 1]
        seen[t, (first + t) % 12] += 1
    mean = added / np.maximum(seen, 1)[:, None]
    shared = mean[:, sized].mean(axis=1) * seen / (seen + SHARED) if sized.any() else np.zeros((months, 12))
    habit = (added + OWN * shared[:, None]) / (seen[:, None] + OWN)
    habit -= habit.mean(axis=2, keepdims=True)
    to = (first + np.arange(months)[:, None] + np.arange(1, horizons + 1)) % 12
    step = np.take_along_axis(habit.transpose(1, 0, 2), np.broadcast_to(to, (series, months, horizons)), axis=2)
    ahead: Floats = np.cumsum(step, axis=2)
    return ahead
