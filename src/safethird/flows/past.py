"""What was known when a forecast was made: several series over the same months, up to the origin and no further."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from safethird.flows.months import Months

Floats = NDArray[np.float64]
OFFSET = 2.5
"""Added before the logarithm: half the step of 5 to which the tables are rounded, and the middle of a hidden 0 to 5."""


@dataclass(frozen=True, slots=True)
class Past:
    """Monthly counts of ``names`` over consecutive ``months``, as they were known.

    ``value`` has shape (series, months); a hidden figure (0 to 5) stands at its middle and is marked in ``hidden``.
    ``floor`` is the largest count that the publisher hides: 0 where none is hidden. ``redefined`` marks the months from
    which a figure counts something else than in the month before: a change into them is not a change of flow.

    >>> months = np.arange("2020-01", "2020-05", dtype="datetime64[M]")
    >>> past = Past(("a",), months, np.array([[10.0, 2.5, 20.0, 30.0]]), np.array([[False, True, False, False]]), 5)
    >>> past.until(2).value.tolist(), str(past.until(2).last)
    ([[10.0, 2.5]], '2020-02')
    """

    names: tuple[str, ...]
    months: Months
    value: Floats
    hidden: NDArray[np.bool_]
    floor: float = 0.0
    redefined: NDArray[np.bool_] | None = None

    @property
    def last(self) -> np.datetime64[Any]:
        """The last month observed: the origin."""
        return self.months[-1]  # type: ignore[no-any-return]

    def until(self, count: int) -> Past:
        """The first ``count`` months alone, copied: nothing later can be reached from what is returned."""
        return replace(
            self,
            months=self.months[:count].copy(),
            value=self.value[:, :count].copy(),
            hidden=self.hidden[:, :count].copy(),
            redefined=None if self.redefined is None else self.redefined[:, :count].copy(),
        )

    def logs(self) -> Floats:
        """The logarithm of count plus 2.5, shape (series, months)."""
        return np.log(self.value + OFFSET)

    def sized(self) -> NDArray[np.bool_]:
        """Which series count more than ten a month on average so far: from these, sizes of error can be learnt."""
        large: NDArray[np.bool_] = self.value.mean(axis=1) > 10
        return large

    def unbroken(self, months: int) -> NDArray[np.bool_]:
        """For each series and origin, whether it still counts the same thing ``months`` later: (series, months left).

        >>> when = np.arange("2018-02", "2018-06", dtype="datetime64[M]")
        >>> flag = np.array([[False, False, True, False]])
        >>> past = Past(("a",), when, np.ones((1, 4)), np.zeros((1, 4), dtype=bool), redefined=flag)
        >>> past.unbroken(1).tolist(), past.unbroken(2).tolist()
        ([[True, False, True]], [[False, False]])
        """
        if self.redefined is None:
            return np.ones((len(self.names), self.value.shape[1] - months), dtype=bool)
        breaks = np.cumsum(self.redefined, axis=1)
        same: NDArray[np.bool_] = breaks[:, months:] == breaks[:, :-months]
        return same


def counts(logs: Floats) -> Floats:
    """Whole counts, never below zero, from logarithms as :meth:`Past.logs` makes them.

    >>> counts(np.log(np.array([2.5, 12.5, 13.1]))).tolist()
    [0.0, 10.0, 11.0]
    """
    return np.maximum(np.rint(np.exp(logs) - OFFSET), 0.0)
