"""The models that may forecast; the default is the one that won the rolling backtest (``safethird flows backtest``)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from safethird.flows.past import Floats, Past
from safethird.flows.pooled import pooled
from safethird.flows.seasons import seasonal
from safethird.flows.walk import walk

Model = Callable[[Past, int, int], Floats]
"""From what was known, horizons and draws to ascending quantiles of counts: (series, horizons, draws)."""

SMOOTH = 0.8
FADE, RECENT = 0.4, 3


def pooled_walk(past: Past, horizons: int, draws: int) -> Floats:
    """The last count, with intervals from the errors of all series."""
    logs = past.logs()
    return pooled(past, np.repeat(logs[:, :, None], horizons, axis=2), draws)


def seasonal_walk(past: Past, horizons: int, draws: int) -> Floats:
    """The last count carried along the shrunk habit of the calendar, with intervals from the errors of all series."""
    logs = past.logs()
    habit = seasonal(logs, horizons, _first(past), past.sized())
    return pooled(past, logs[:, :, None] + habit, draws)


def local_level(past: Past, horizons: int, draws: int) -> Floats:
    """A smoothed level (four fifths of each new month) instead of the last count, otherwise the pooled walk."""
    logs = past.logs()
    level = logs.copy()
    for t in range(1, logs.shape[1]):
        level[:, t] = level[:, t - 1] + SMOOTH * (logs[:, t] - level[:, t - 1])
    return pooled(past, np.repeat(level[:, :, None], horizons, axis=2), draws)


def damped_trend(past: Past, horizons: int, draws: int) -> Floats:
    """The mean change of the last three months carried on and fading (0.4 a month), otherwise the pooled walk."""
    logs = past.logs()
    trend = np.zeros_like(logs)
    trend[:, RECENT:] = (logs[:, RECENT:] - logs[:, :-RECENT]) / RECENT
    fading = np.cumsum(FADE ** np.arange(1, horizons + 1))
    return pooled(past, logs[:, :, None] + trend[:, :, None] * fading, draws)


def halfway(past: Past, horizons: int, draws: int) -> Floats:
    """The pooled walk and the seasonal walk, averaged quantile by quantile."""
    return np.rint((pooled_walk(past, horizons, draws) + seasonal_walk(past, horizons, draws)) / 2)


def _first(past: Past) -> int:
    return int(past.months[0].astype("datetime64[M]").astype(int) % 12)


MODELS: Mapping[str, Model] = MappingProxyType(
    {
        "walk": walk,
        "pooled-walk": pooled_walk,
        "seasonal-walk": seasonal_walk,
        "local-level": local_level,
        "damped-trend": damped_trend,
        "halfway": halfway,
    }
)
DEFAULT = "seasonal-walk"
