"""The record of a model on the very series that are forecast, so that no forecast is shown without one."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from safethird.flows.backtest import APART, HORIZONS, ORIGINS, Backtest, backtest_sums
from safethird.flows.families import Family
from safethird.flows.models import DEFAULT, MODELS
from safethird.flows.policy import policy_events

LEAST, START = 5, 48
DRAWS = 400


def record(
    found: Family,
    names: Iterable[str],
    model: str = DEFAULT,
    *,
    horizons: int = HORIZONS,
    draws: int = DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> Backtest | None:
    """The model and the random walk on series and sums, at up to 19 origins three months apart; None if too few.

    The first origin knows at least 48 months. Sums are scored as sums over paths, against their parts as published.
    """
    months = found.past.value.shape[1]
    fitting = min(ORIGINS, (months - horizons - START) // APART + 1)
    if fitting < LEAST:
        return None
    at = [months - horizons - APART * back for back in reversed(range(fitting))]
    sums = {name: (found.members[name], found.observed(name)) for name in names}
    return backtest_sums(
        found.past,
        sums,
        {model: MODELS[model]},
        policy=[event.day for event in policy_events()],
        at=at,
        horizons=horizons,
        draws=draws,
        progress=progress,
    )
