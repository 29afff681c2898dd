"""The readings of a claim: every defensible baseline and window, each a figure with proven bounds.

A fall can be measured from the month before, from the year before, from the peak; over one month or twelve. Each choice
is a reading. Bounds are carried through: a ratio lies between its lowest numerator over its highest denominator and the
other way round. Where the definition changed between baseline and window, there is no figure.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from safethird.flows.claim_said import BASELINES, Claim
from safethird.flows.months import Month, later
from safethird.flows.totals import Total, span, total

if TYPE_CHECKING:
    from safethird.flows.series import Series

Outcome = Literal["holds", "fails", "open", "unknown"]
WINDOWS = (1, 3, 6, 10, 12)


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a claim, and what comes out.

    ``baseline`` is of :data:`BASELINES`, or, of a rank, before, record, since or across; empty for a level. ``first``
    to ``last`` is the window, ``base_first`` to ``base_last`` what it is held against. ``low`` to ``high`` bound the
    change (a ratio minus one) or the count; ``value`` is that of the printed figures (nan where some are hidden).
    ``why`` tells why an outcome is unknown: unpublished, missing, masked, definition, zero. ``beyond``: further than
    was claimed.
    """

    baseline: str
    months: int
    first: Month
    last: Month
    base_first: Month | None
    base_last: Month | None
    low: float
    high: float
    value: float
    outcome: Outcome
    why: str
    vintage: Literal["now", "then"]
    beyond: bool = False


def readings(
    claim: Claim, one: Series, day: date | None, allowed: float, *, vintage: Literal["now", "then"] = "now"
) -> tuple[Reading, ...]:
    """Every reading of a claim on a series, narrowed to the baseline and months that the claim names."""
    if claim.sort == "level":
        return tuple(_level(claim, one, allowed, vintage))
    if claim.sort in ("highest", "lowest"):
        return tuple(_rank(claim, one, vintage))
    return tuple(_changes(claim, one, day, allowed, vintage))


def comparable(one: Series, first: Month, last: Month) -> bool:
    """Whether a definition stayed the same from the first month to the last.

    Breaks that the bounds of the series already take in (those of regular land claims) do not count.
    """
    return not any(
        np.datetime64(day, "M") > first and np.datetime64(day, "M") <= last
        for each in one.breaks
        if not each.id.startswith("regular-land")
        for day in (each.day, *([each.until] if each.until else []))
    )


def ratio(top: Total, base: Total) -> tuple[float, float, float]:
    """The change of the monthly mean, as a ratio minus one: low, high and as printed.

    >>> ratio(Total(1, 0, 5, math.nan, "suppressed"), Total(2, 200, 200, 200, "exact"))
    (-1.0, -0.95, nan)
    """
    low = top.low / top.months / (base.high / base.months) - 1 if base.high else math.nan
    high = top.high / top.months / (base.low / base.months) - 1 if base.low else math.inf
    if not (top.exact and base.exact) or not base.value:
        return low, high, math.nan
    return low, high, top.value / top.months / (base.value / base.months) - 1


def _changes(claim: Claim, one: Series, day: date | None, allowed: float, vintage: Any) -> Iterable[Reading]:
    for first, last in _windows(claim, day):
        for name in BASELINES if claim.baseline is None else (claim.baseline,):
            pivot = np.datetime64(day, "M") if day is not None else first
            base = _baseline(name, one, pivot, first, last)
            top = total(one, first, last)
            blank: dict[str, Any] = {"months": span(first, last), "first": first, "last": last, "vintage": vintage}
            if base is None:
                yield Reading(name, base_first=None, base_last=None, low=math.nan, high=math.nan, value=math.nan,
                              outcome="unknown", why="unpublished", **blank)  # fmt: skip
                continue
            bottom = total(one, *base)
            why = next((t.status for t in (top, bottom) if not t.known), "")
            why = why or ("" if comparable(one, min(base[0], first), last) else "definition")
            why = why or ("zero" if not bottom.high else "")
            low, high, value = (math.nan, math.nan, math.nan) if why else ratio(top, bottom)
            outcome: Outcome = "unknown"
            beyond = False
            if not why:
                outcome, beyond = _judged(claim, low, high, allowed)
            yield Reading(name, base_first=base[0], base_last=base[1], low=low, high=high, value=value,
                          outcome=outcome, why=why, beyond=beyond, **blank)  # fmt: skip


def _windows(claim: Claim, day: date | None) -> list[tuple[Month, Month]]:
    if claim.period is not None:
        return [claim.period]
    assert day is not None
    first = later(np.datetime64(day, "M"), 0 if day.day == 1 else 1)
    return [(first, later(first, n - 1)) for n in (WINDOWS if claim.months is None else (claim.months,))]


def _baseline(name: str, one: Series, pivot: Month, first: Month, last: Month) -> tuple[Month, Month] | None:
    match name:
        case "same_months":
            years = 12 * math.ceil(span(first, last) / 12)
            return later(first, -years), later(last, -years)
        case "3" | "6" | "12":
            return later(pivot, -int(name)), later(pivot, -1)
        case "month_before":
            return later(pivot, -1), later(pivot, -1)
        case "2019":
            year = np.datetime64("2019-01"), np.datetime64("2019-12")
            return year if year[1] < first else None
        case _:
            before = (one.months < pivot) & ~np.isnan(one.low)
            before &= np.array([comparable(one, month, last) for month in one.months])
            if not before.any():
                return None
            top = one.months[before][int(np.argmax(one.midpoint()[before]))]
            return top, top


def _level(claim: Claim, one: Series, allowed: float, vintage: Any) -> Iterable[Reading]:
    assert claim.period is not None
    first, last = claim.period
    found = total(one, first, last)
    outcome, beyond = _judged(claim, found.low, found.high, allowed) if found.known else ("unknown", False)
    yield Reading("", span(first, last), first, last, None, None, found.low, found.high, found.value, outcome,
                  "" if found.known else found.status, vintage, beyond)  # fmt: skip


def _rank(claim: Claim, one: Series, vintage: Any) -> Iterable[Reading]:
    """Whether the period is the highest (lowest) of its length: among earlier months, and among all.

    Months before a change of definition are not compared with later ones; that reading has no figure.
    """
    assert claim.period is not None
    first, last = claim.period
    ours = total(one, first, last)
    cuts = [np.datetime64(b.day, "M") for b in one.breaks if not b.id.startswith("regular-land")]
    begins = max([cut for cut in cuts if cut <= first], default=one.months[0])
    if claim.since is not None:
        begins = max(begins, later(claim.since, 1))
    before = later(first, -1)
    if claim.since is not None:
        listed = [("since", begins, before)]
    else:
        listed = [("before", begins, before), ("record", begins, one.months[-1])]
        if begins > one.months[0]:
            listed.append(("across", one.months[0], later(begins, -1)))
    for name, start, end in listed:
        outcome: Outcome = "unknown"
        why = "definition" if name == "across" else "" if ours.known else ours.status
        if not why:
            outcome = _outranks(claim, one, start, end, first, last, ours)
            why = "missing" if outcome == "unknown" else ""
        yield Reading(
            name, ours.months, first, last, start, end, ours.low, ours.high, ours.value, outcome, why, vintage
        )


def _outranks(
    claim: Claim, one: Series, start: Month, end: Month, first: Month, last: Month, ours: Total
) -> Outcome:  # fmt: skip
    """Against every period of the same length within ``start`` to ``end`` that does not overlap it."""
    count = ours.months
    spans = [(m, later(m, count - 1)) for m in one.months]
    rivals = [total(one, m, n) for m, n in spans if start <= m and n <= end and (n < first or m > last)]
    if not rivals:
        return "unknown"
    known = [r for r in rivals if r.known]
    sign = 1 if claim.sort == "highest" else -1
    low, high = (ours.low, ours.high) if sign > 0 else (-ours.high, -ours.low)
    lows = [r.low if sign > 0 else -r.high for r in known]
    highs = [r.high if sign > 0 else -r.low for r in known]
    if any(low_other > high for low_other in lows):
        return "fails"
    if any(high_other > low for high_other in highs) or len(known) < len(rivals):
        return "open"
    return "holds"


def _judged(claim: Claim, low: float, high: float, allowed: float) -> tuple[Outcome, bool]:
    """What bounds say of a claim: within what was claimed, outside it, or across its edge; and whether beyond it."""
    if claim.sort == "fell":
        return _side(-math.inf, 0.0, low, high, strict=True), False
    if claim.sort == "rose":
        return _side(0.0, math.inf, low, high, strict=True), False
    assert claim.number is not None
    at_least = claim.sense == "at_least"
    down = claim.sort == "change" and claim.number < 0
    floor, ceiling = claim.number - allowed, claim.number + allowed
    if claim.sense != "about":
        # "Fell by at least 90%" is a change of -90% or less.
        if at_least != down:
            ceiling = math.inf
        else:
            floor = -math.inf
    outcome = _side(floor, ceiling, low, high)
    beyond = outcome == "fails" and (high < floor if down else low > ceiling)
    return outcome, beyond


def _side(floor: float, ceiling: float, low: float, high: float, *, strict: bool = False) -> Outcome:
    slack = 0.0 if strict else 1e-9
    if math.isnan(low) or math.isnan(high):
        return "open"
    if strict:
        inside = floor < low and high < ceiling
        outside = high <= floor or low >= ceiling
    else:
        inside = floor - slack <= low and high <= ceiling + slack
        outside = high < floor - slack or low > ceiling + slack
    return "holds" if inside else "fails" if outside else "open"
