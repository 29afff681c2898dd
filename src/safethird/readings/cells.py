"""What a law asks of the cells of a table: tests on one column, days counted from the day of the claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal

from safethird.cases.values import Interval, Value, When, years_later, years_passed
from safethird.expr import Compare, Fact, Span
from safethird.law.pact import LawError
from safethird.readings.kleene import compare

CLAIMED = "claim_date"
EPOCH = date(1970, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Bound:
    """A day of reference: a fixed day, so many days from the claim, or where a number of years is last exceeded.

    ``number`` counts days since 1970-01-01 (``day``), days added to the day of the claim (``claim``), or years
    (``years``: the first day from which the claim is not more than that many years less one away).
    """

    base: Literal["day", "claim", "years"]
    number: int

    def on(self, claimed: int) -> int:
        """The day, in days since 1970-01-01, for a claim made on a day counted alike."""
        match self.base:
            case "day":
                return self.number
            case "claim":
                return claimed + self.number
            case "years":
                return not_yet(claimed, self.number)


@dataclass(frozen=True, slots=True)
class Test:
    """A question to one cell: it is true, is one of some words, has one of them, is at least a number or a day."""

    fact: str
    relation: Literal["true", "in", "has", ">="]
    right: tuple[str, ...] | int | Bound | None = None

    @property
    def of_relative(self) -> bool:
        """Whether the cell stands in the row of a relative."""
        return self.fact.startswith("relative.")


@dataclass(frozen=True, slots=True)
class Earlier:
    """That one bound comes before another, whatever the cells say but the day of the claim."""

    low: Bound
    high: Bound


@lru_cache(maxsize=65536)
def not_yet(claimed: int, years: int) -> int:
    """The first day from which a claim made on a day is fewer than so many (exceeded) years away.

    >>> str(EPOCH + timedelta(days=not_yet((date(2025, 8, 2) - EPOCH).days, 1)))
    '2024-08-02'
    """
    end = EPOCH + timedelta(days=claimed)
    start = years_later(end, -years) - 3 * _DAY
    while years_passed(start, end) >= years:
        start += _DAY
    return (start - EPOCH).days


def test_of(atom: Fact | Compare) -> tuple[Test, bool]:
    """The test that an atom of a law puts to a cell, and the answer with which the atom holds.

    Raises:
        LawError: the atom cannot be read off cells that hold whole days.
    """
    match atom:
        case Fact():
            return Test(atom.name, "true"), True
        case Compare(Fact() as fact, ("in" | "has") as relation, tuple(codes)):
            return Test(fact.name, relation, codes), True
        case Compare(Fact() as fact, relation, date() as moment):
            return Test(fact.name, ">=", Bound("day", _first_day(moment))), relation == ">="
        case Compare(Fact() as fact, relation, int(number)):
            return Test(fact.name, ">=", number), relation == ">="
        case Compare(Span(start, end, unit), relation, int(number)) if end.name == CLAIMED:
            bound = Bound("claim", 1 - number) if unit == "days" else Bound("years", number)
            return Test(start.name, ">=", bound), relation == "<"
        case _:
            raise LawError(f"'{atom}' cannot be read off a table. Tables hold words, numbers, days and yes or no.")


def _first_day(moment: date) -> int:
    """The first whole day that is on or after a day or moment."""
    day = moment.date() if isinstance(moment, datetime) else moment
    for candidate in (day, day + _DAY):
        answer = compare(When.day(candidate), ">=", moment)
        if answer is None:
            raise LawError(
                f"A rule turns on the hour {moment}; a table of whole days cannot tell. Decide case by case."
            )
        if answer:
            return (candidate - EPOCH).days
    raise AssertionError(moment)


def holds(test: Test, value: Value) -> bool:
    """The answer of a known value (other than a day) to a test."""
    match test.relation:
        case "true":
            return value is True
        case "in" | "has":
            return compare(value, test.relation, test.right) is True  # type: ignore[arg-type]
        case ">=":
            assert isinstance(value, Interval)
            assert isinstance(test.right, int)
            return value.low >= test.right
