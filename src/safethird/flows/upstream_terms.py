"""Upstream terms as candidates: US visas issued some months ago, and announced ends of temporary status.

They enter a forecast only where they make it better out of sample. In the backtest they do not, so none of them
forecasts anything.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from safethird.flows.catalogue import catalogue
from safethird.flows.events import events
from safethird.flows.models import Model
from safethird.flows.past import Floats, Past
from safethird.flows.pooled import pooled
from safethird.flows.seasons import seasonal
from safethird.flows.series import series

LAG, WINDOW, RIDGE, MOST = 2, 6, 5.0, 1.0
AFTER = 3
"""Visas are out two months later; six months are compared with the same six a year before. The weight of a term is
learnt from errors made so far, shrunk by five units of its square; three months after an end of status count."""


def visas(past: Past, horizons: int, draws: int) -> Floats:
    """The seasonal walk, airport claims leaning on the growth of US visitor visas to the nations that claim most."""
    first = int(past.months[0].astype(int))
    term = np.array([visa_growth(first + t) for t in range(len(past.months))])
    return _leaning(past, horizons, draws, term, "airport")


def status_ends(past: Past, horizons: int, draws: int) -> Floats:
    """The seasonal walk, border claims leaning on ends of temporary status announced in the three months before."""
    known = [event.day for event in events() if event.category == "tps" and event.direction == "northbound"]
    ends = np.array([np.datetime64(day, "M") for day in known])
    age = past.months[:, None] - ends[None]
    term = ((age >= np.timedelta64(0, "M")) & (age < np.timedelta64(AFTER, "M"))).any(axis=1).astype(float)
    return _leaning(past, horizons, draws, term, "border")


TERMS: dict[str, Model] = {"visas": visas, "status-ends": status_ends}


@cache
def visa_growth(month: int) -> float:
    """Visitor visas of the half year known in a month (months since 1970) over those of a year before, in logarithms.

    0 where either half year is not known in full; May 2019 was not published and is left out of both.
    """
    issued = _issued()
    known = [issued.get(month - LAG - back) for back in range(WINDOW)]
    before = [issued.get(month - LAG - back - 12) for back in range(WINDOW)]
    pairs = [(now, then) for now, then in zip(known, before, strict=True) if now is not None and then is not None]
    if len(pairs) < WINDOW - 1:
        return 0.0
    growth = np.log(sum(now for now, _ in pairs) + 1) - np.log(sum(then for _, then in pairs) + 1)
    return float(np.clip(growth, -MOST, MOST))


@cache
def _issued() -> dict[int, float]:
    claiming = {one.citizenship for one in catalogue() if one.flow == "claims_by_origin" and one.citizenship != "All"}
    total: dict[int, float] = {}
    for one in catalogue():
        if one.flow == "visas" and one.channel == "visitor" and one.citizenship in claiming:
            found = series(one.name)
            for month, count in zip(found.months.astype(int), found.midpoint(), strict=True):
                if not np.isnan(count):
                    total[int(month)] = total.get(int(month), 0.0) + float(count)
    return total


def _leaning(past: Past, horizons: int, draws: int, term: Floats, channel: str) -> Floats:
    logs, sized = past.logs(), past.sized()
    centre = logs[:, :, None] + seasonal(logs, horizons, int(past.months[0].astype(int)) % 12, sized)
    rows = np.array([name.split("/")[1] == channel for name in past.names])
    told = rows & sized
    months = logs.shape[1]
    if told.any():
        for step in range(1, horizons + 1):
            error = np.clip(logs[told, step:] - centre[told, : months - step, step - 1], -MOST, MOST).mean(axis=0)
            along = np.cumsum(error * term[: months - step])
            square = np.cumsum(term[: months - step] ** 2)
            for t in range(step, months):
                centre[rows, t, step - 1] += along[t - step] / (square[t - step] + RIDGE) * term[t]
    return pooled(past, centre, draws)
