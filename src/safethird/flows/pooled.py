"""Intervals from the errors of all series together: one shape for each horizon, one size for each level of count."""

from __future__ import annotations

import numpy as np

from safethird.flows.past import OFFSET, Floats, Past

BURN = 3
"""Origins left out at the start: with fewer months there is nothing to forecast from."""
POWER = 0.25
"""Errors are measured on the fourth root of count plus 2.5: between logarithms, on which a crash mirrored upwards is a
wild rise, and counts, on which it is none."""


def pooled(past: Past, centre: Floats, draws: int) -> Floats:
    """Quantiles of the coming months, ascending whole counts: (series, horizons, draws).

    ``centre`` (series, months, horizons) is what was expected in each month of the months after it, in logarithms as of
    :meth:`Past.logs`. For each horizon, the errors made so far at earlier origins give the expected size of an error at
    each expected count (:func:`size_by_level`); errors over their expected size, all series together and either way,
    give the shape. No error is used before its month was observed, none across a change of definition, none of a series
    that hardly counts.

    >>> months = np.arange("2020-01", "2020-09", dtype="datetime64[M]")
    >>> past = Past(("a",), months, np.array([[98.0, 108] * 4]), np.zeros((1, 8), dtype=bool))
    >>> pooled(past, past.logs()[:, :, None], 3).tolist()
    [[[98.0, 108.0, 119.0]]]
    """
    logs, sized = past.logs(), past.sized()
    seen, expected = np.exp(POWER * logs), np.exp(POWER * centre)
    months = logs.shape[1]
    levels = (np.arange(draws) + 0.5) / draws
    ahead = []
    for step in range(1, centre.shape[2] + 1):
        use = past.unbroken(step) & sized[:, None]
        use[:, :BURN] = False
        if not use.any():
            raise ValueError(f"{months} months of {len(logs)} series are too few or small to forecast {step} ahead.")
        then, now = centre[:, : months - step, step - 1], centre[:, -1:, step - 1]
        error = (seen[:, step:] - expected[:, : months - step, step - 1])[use]
        base, power = size_by_level(np.abs(error), then[use])
        shape = error / np.exp(base + power * then[use])
        shape = np.quantile(np.concatenate([shape, -shape]), levels, method="median_unbiased")
        root = np.exp(POWER * now) + np.exp(base + power * now) * shape
        ahead.append(np.maximum(root, 0.0) ** (1 / POWER) - OFFSET)
    found: Floats = np.maximum(np.rint(np.stack(ahead, axis=1)), 0.0)
    return found


def size_by_level(size: Floats, level: Floats, turns: int = 15) -> tuple[float, float]:
    """The line ``log E size = base + power * level`` by gamma likelihood, in which a zero size does no harm.

    >>> level = np.linspace(0, 3, 50)
    >>> base, power = size_by_level(np.exp(1 - 0.5 * level), level)
    >>> round(base, 3), round(power, 3)
    (1.0, -0.5)
    """
    middle = level.mean()
    terms = np.stack([np.ones_like(level), level - middle], axis=1)
    gain = np.linalg.pinv(terms.T @ terms)
    line = np.array([np.log(size.mean() + 1e-9), 0.0])
    for _ in range(turns):
        line = line + gain @ (terms.T @ (size / np.exp(terms @ line) - 1))
    return float(line[0] - line[1] * middle), float(line[1])
