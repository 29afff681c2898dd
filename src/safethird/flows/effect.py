"""What a series did after a policy date, against what it does between policy dates: placebo in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from safethird.cases.faults import BadFile, Fault
from safethird.flows.codebook import Text
from safethird.flows.months import Months, later
from safethird.flows.past import OFFSET, Floats
from safethird.flows.policy import DEFINITION, Change, changed_between, policy_events

if TYPE_CHECKING:
    from safethird.flows.events import Event
    from safethird.flows.series import Series

MONTHS, BEFORE, LEAST = 10, 3, 15
SHOWN = 12
_WALKS, _SEED = 4000, 20230325


@dataclass(frozen=True, slots=True)
class Effect:
    """A change after a policy date, as a ratio minus one, with a 95% interval and its rank among placebo dates.

    ``change`` compares the mean of ``months`` whole months after the date with the ``before`` months before it; the
    month in which it fell is left out unless it fell on a first. ``rank`` 1 is larger, up or down, than at every one of
    the placebo dates; no share smaller than ``smallest`` can come out. ``shown`` months and ``relative`` (count over
    the mean before, nan where not known) make the picture before and after; ``usual`` holds the same at each placebo
    date. ``apart`` is how many placebo dates do not overlap, ``hidden`` how many months used are suppressed.
    """

    series: str
    title: Text
    unit: str
    event: Event | None
    day: date
    months: int
    before: int
    change: float
    low: float
    high: float
    rank: int
    placebos: Months
    placebo_changes: Floats
    apart: int
    shown: Months
    relative: Floats
    usual: Floats
    also_changed: tuple[Change, ...]
    hidden: int
    sources: tuple[str, ...]
    vintage: date

    @property
    def smallest(self) -> float:
        """The smallest share of dates, the true one included, that this many placebo dates can show."""
        return 1 / (len(self.placebos) + 1)

    @property
    def share(self) -> float:
        """How many of the dates, the true one included, moved at least as much."""
        return self.rank / (len(self.placebos) + 1)

    @property
    def earlier(self) -> float:
        """The pre-trend: the ``before`` months over as many nine months earlier, a ratio minus one; nan if unknown."""
        first = self.relative[: self.before]
        return float(1 / first.mean() - 1) if not np.isnan(first).any() else float("nan")

    @property
    def beyond_ordinary(self) -> bool:
        """Whether the interval leaves out no change."""
        return self.low > 0 or self.high < 0

    @property
    def attributable(self) -> bool:
        """Whether the change may be put down to the event: beyond the ordinary, and nothing else changed then."""
        return self.beyond_ordinary and not self.also_changed


def effect(
    series: Series, day: date, months: int = MONTHS, *, before: int = BEFORE, event: Event | None = None
) -> Effect:
    """The change of a series after a day, with interval and rank by placebo in time.

    A placebo date is any month whose own months, before and after, touch no policy date that bears on the series, nor
    the day asked about. The interval is the change, give or take a multiple of the root mean square of the placebo
    changes, in logarithms; the multiple is the one with which it leaves out no change for one in twenty random walks
    measured at the same dates.

    Raises:
        BadFile: months are missing around the day, or fewer than 15 placebo dates are left.
    """
    value = series.midpoint()
    full = 0 if day.day == 1 else 1
    place = int((np.datetime64(day, "M") - series.months[0]).astype(int))
    _check(series, value, day, place, months, before, full)
    known = [event.day for event in policy_events() if event.id != DEFINITION] + [day]
    known += [one.day for one in series.breaks]
    bounds = {int((np.datetime64(other, "M") - series.months[0]).astype(int)) for other in known}
    placebos = placebo_places(value, bounds, months, before)
    if len(placebos) < LEAST:
        raise BadFile([Fault(
            series.name,
            f"Only {len(placebos)} placebo dates are left between policy dates; a rank needs at least {LEAST}.",
            "Give fewer --months, or a longer series.",
        )])  # fmt: skip
    ours = log_change(value, place, months, before, full)
    theirs = np.array([log_change(value, other, months, before, 1) for other in placebos])
    offsets = tuple(int(other) - int(placebos[0]) for other in placebos)
    half = multiple(offsets, place - int(placebos[0]), months, before, full) * float(np.sqrt(np.mean(theirs**2)))
    across = np.arange(-SHOWN, months + 1)
    window = series.months[max(0, place - before)], series.months[place + full + months - 1]
    used = np.r_[place - before : place, place + full : place + full + months]
    change, low, high = (float(np.expm1(log)) for log in (ours, ours - half, ours + half))
    return Effect(
        series.name, series.title, series.unit, event, day, months, before, change, low, high,
        rank=1 + int((np.abs(theirs) >= abs(ours)).sum()),
        placebos=series.months[placebos],
        placebo_changes=np.expm1(theirs),
        apart=_not_overlapping(placebos, months + before + 1),
        shown=series.months[0] + (place + across).astype("timedelta64[M]"),
        relative=_relative(value, place, across, before),
        usual=np.array([_relative(value, other, across, before) for other in placebos]),
        also_changed=changed_between(_day(window[0]), _day(later(window[1], 1), -1), [event.id] if event else []),
        hidden=int(np.isnan(series.value[used]).sum()),
        sources=series.sources, vintage=series.vintage,
    )  # fmt: skip


def log_change(value: Floats, place: int, months: int, before: int, full: int) -> float:
    """The logarithm of the mean of ``months`` after over the mean of ``before``; 2.5 is added to both against zeros.

    >>> round(float(np.exp(log_change(np.array([7.5, 7.5, 7.5, 99, 17.5, 17.5]), 3, 2, 3, 1))), 9)
    2.0
    """
    after = value[place + full : place + full + months].mean()
    return float(np.log((after + OFFSET) / (value[place - before : place].mean() + OFFSET)))


def placebo_places(value: Floats, bounds: set[int], months: int, before: int) -> list[int]:
    """The places whose months, ``before`` and after, are all known and touch none of ``bounds``.

    >>> placebo_places(np.ones(12), {6}, 2, 2)
    [2, 3, 9]
    """
    return [
        place
        for place in range(before, len(value) - months)
        if not bounds & set(range(place - before, place + months + 1))
        and not np.isnan(value[place - before : place + months + 1]).any()
    ]


@lru_cache(maxsize=64)
def multiple(placebos: tuple[int, ...], place: int, months: int, before: int, full: int) -> float:
    """How many root mean squares of placebo changes hold 95% of the changes of random walks, at the very same dates.

    Placebo dates overlap, and policy dates cluster, so neither the range of the placebos nor 1.96 would do. 4,000 walks
    with heavy-tailed steps (Student's t, 4 degrees) and one seed; the size of their steps hardly matters.

    >>> 2 < multiple(tuple(range(40)), 60, 10, 3, 1) < 3
    True
    """
    start = min(0, place) - before
    end = max(*placebos, place) + months + 2
    walks = np.cumsum(0.15 * np.random.default_rng(_SEED).standard_t(4, (_WALKS, end - start)), axis=1)
    total = np.concatenate([np.zeros((_WALKS, 1)), np.cumsum(np.exp(walks), axis=1)], axis=1)

    def changes(at: int, whole: int) -> Floats:
        where = at - start
        after = (total[:, where + whole + months] - total[:, where + whole]) / months
        earlier = (total[:, where] - total[:, where - before]) / before
        logs: Floats = np.log(after / earlier)
        return logs

    usual = np.sqrt(np.mean([changes(at, 1) ** 2 for at in placebos], axis=0))
    return float(np.quantile(np.abs(changes(place, full)) / usual, 0.95))


def _relative(value: Floats, place: int, across: Any, before: int) -> Floats:
    level = value[place - before : place].mean() + OFFSET
    where = place + across
    inside = (where >= 0) & (where < len(value))
    ratio: Floats = np.where(inside, (value[np.clip(where, 0, len(value) - 1)] + OFFSET) / level, np.nan)
    return ratio


def _not_overlapping(places: list[int], length: int) -> int:
    count, free = 0, -1
    for place in places:
        if place >= free:
            count, free = count + 1, place + length
    return count


def _check(series: Series, value: Floats, day: date, place: int, months: int, before: int, full: int) -> None:
    first, last = series.months[0], series.months[-1]
    if months < 1 or before < 1:
        raise BadFile([Fault("months", "At least one month before and one after are needed.", "Give --months 1.")])
    if place < before:
        raise BadFile([Fault(
            series.name, f"{before} whole months before {day} are needed, but figures begin in {first}.",
            "Choose a later event, or another series.",
        )])  # fmt: skip
    left = len(series.months) - place - full
    if left < months:
        raise BadFile([Fault(
            series.name, f"Figures end in {last}, {max(left, 0)} whole months after {day}; {months} were asked for.",
            f"Give --months {left}." if left > 0 else "Choose an earlier event, or add newer figures: flows add FILE.",
        )])  # fmt: skip
    window = np.r_[place - before : place, place + full : place + full + months]
    gone = window[np.isnan(value[window])]
    if len(gone):
        raise BadFile([Fault(
            series.name,
            f"No figure for {', '.join(str(series.months[at]) for at in gone)} (missing, or masked by a definition), so"
            " the months before and after cannot be compared.",
            "Choose another event or series.",
        )])  # fmt: skip


def _day(month: np.datetime64[Any], days: int = 0) -> date:
    found: date = (month.astype("datetime64[D]") + np.timedelta64(days, "D")).item()
    return found
