"""Months counted on and back: the unit is always said, which newer NumPy insists on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Month = np.datetime64[Any]
Months = NDArray[np.datetime64[Any]]


def later(month: Month, by: int) -> Month:
    """The month so many months later; earlier, if ``by`` is negative.

    >>> str(later(np.datetime64("2023-11"), 3)), str(later(np.datetime64("2023-01"), -1))
    ('2024-02', '2022-12')
    """
    found: Month = month + np.timedelta64(by, "M")
    return found


def between(first: Month, last: Month) -> Months:
    """The months from one to another, both included; none if the first is later.

    >>> [str(month) for month in between(np.datetime64("2023-11"), np.datetime64("2024-01"))]
    ['2023-11', '2023-12', '2024-01']
    """
    return np.arange(first, later(last, 1), dtype="datetime64[M]")


def following(month: Month, count: int) -> Months:
    """The next so many months.

    >>> [str(month) for month in following(np.datetime64("2023-11"), 2)]
    ['2023-12', '2024-01']
    """
    return between(later(month, 1), later(month, count))
