"""Sums of a series over months, with what is proven of them: bounds add up, hidden figures stay bounds."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from safethird.flows.months import Month, between

if TYPE_CHECKING:
    from safethird.flows.series import Series


@dataclass(frozen=True, slots=True)
class Total:
    """What a series sums to over ``months``: proven bounds, the printed sum (nan unless every month is printed).

    ``status`` is exact, rounded, suppressed (a month is hidden), or, with bounds nan: unpublished (outside the series),
    missing or masked.
    """

    months: int
    low: float
    high: float
    value: float
    status: str

    @property
    def known(self) -> bool:
        """Whether there is anything to say."""
        return not math.isnan(self.low)

    @property
    def exact(self) -> bool:
        """Whether every month is printed, exactly or rounded."""
        return not math.isnan(self.value)


def total(one: Series, first: Month, last: Month) -> Total:
    """A series summed over months, both ends included.

    >>> import numpy as np
    >>> from safethird.flows.series import series
    >>> total(series("interceptions/between_ports/Canada"), np.datetime64("2023-04"), np.datetime64("2023-06")).value
    243.0
    """
    here = (one.months >= first) & (one.months <= last)
    count = span(first, last)
    if int(here.sum()) != count:
        return Total(count, math.nan, math.nan, math.nan, "unpublished")
    states = {str(status) for status in one.status[here]}
    for status in ("masked", "missing"):
        if status in states:
            return Total(count, math.nan, math.nan, math.nan, status)
    status = next((s for s in ("suppressed", "rounded") if s in states), "exact")
    value = math.nan if status == "suppressed" else float(one.value[here].sum())
    return Total(count, float(one.low[here].sum()), float(one.high[here].sum()), value, status)


def span(first: Month, last: Month) -> int:
    """How many months there are from the first to the last, both included."""
    return len(between(first, last))
