"""Values that may be known only within bounds: numbers as intervals, days as spans of days."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, datetime, time

# A day given without an hour starts here: instruments of the pact commence at 00:01, and the one minute
# before is not worth an undetermined answer.
_FIRST_MINUTE = time(0, 1)
_LAST_MINUTE = time(23, 59, 59)
NEVER_ENDS = 200


@dataclass(frozen=True, slots=True)
class Interval:
    """A whole number known to lie between two others, both included.

    >>> Interval(18, NEVER_ENDS)  # "18+"
    Interval(low=18, high=200)
    """

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class When:
    """A day, or the days between which it lies; ``at`` is the moment in Ottawa time where known."""

    first: date
    last: date
    at: datetime | None = None

    @classmethod
    def day(cls, day: date) -> When:
        """A single known day."""
        return cls(day, day)

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def earliest(self) -> datetime:
        """The first moment that it can be."""
        return self.at or datetime.combine(self.first, _FIRST_MINUTE)

    def latest(self) -> datetime:
        """The last moment that it can be."""
        return self.at or datetime.combine(self.last, _LAST_MINUTE)


Value = bool | str | frozenset[str] | Interval | When


def years_later(day: date, years: int) -> date:
    """The same calendar number so many years on, or the month's last day (Interpretation Act, s. 28).

    >>> years_later(date(2024, 2, 29), 1)
    datetime.date(2025, 2, 28)
    """
    year = day.year + years
    return date(year, day.month, min(day.day, calendar.monthrange(year, day.month)[1]))


def years_passed(start: date, end: date) -> int:
    """How many whole years are *exceeded*: the same calendar day a year on is still within the year.

    >>> years_passed(date(2024, 8, 1), date(2025, 8, 1)), years_passed(date(2024, 8, 1), date(2025, 8, 2))
    (0, 1)
    """
    years = max(end.year - start.year, 0)
    return years if years_later(start, years) < end else max(years - 1, 0)


def age_on(birth: When, day: date) -> Interval:
    """Age in whole years: reached at the start of the birthday (Interpretation Act, s. 30).

    >>> age_on(When.day(date(2001, 12, 12)), date(2019, 12, 12))
    Interval(low=18, high=18)
    """
    return Interval(_age(birth.last, day), _age(birth.first, day))


def _age(birth: date, day: date) -> int:
    return max(day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day)), 0)
