"""What somebody said of a count: its options, how exactly they are meant, and which do not fit together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from safethird.cases.faults import Fault
from safethird.flows.months import Month

BASELINES = ("same_months", "3", "6", "12", "month_before", "peak", "2019")
"""The same months a year before; the mean of 3, 6 and 12 months before; the month before; the highest month before; the
mean month of 2019, the last year before the pandemic."""
Sort = Literal["change", "level", "highest", "lowest", "fell", "rose"]
Sense = Literal["about", "at_least", "at_most"]


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody said of a series.

    ``sort`` and ``number``: a change as a ratio minus one (-0.9 is "fell 90%"), a level (a count), or a rank or
    direction (no number). ``sense`` is about, at_least or at_most; of a fall, "at least 90%" means 90% or more. A
    change is measured from ``day`` (an event's, or given), or for a ``period``; a level, highest or lowest is of a
    ``period``. ``months`` and ``baseline`` narrow the readings to what was said; ``since`` is the month of a "lowest
    since". ``said`` is the day it was said. ``because`` says that the event brought it about. ``tolerance`` is in the
    unit of ``number``; None takes half a unit of the last digit said, at most 5 points of a change or 5% of a level.
    """

    series: str
    sort: Sort
    number: float | None = None
    sense: Sense = "about"
    day: date | None = None
    event: str | None = None
    period: tuple[Month, Month] | None = None
    since: Month | None = None
    months: int | None = None
    baseline: str | None = None
    because: bool = False
    said: date | None = None
    tolerance: float | None = None
    text: str = ""


def tolerance(claim: Claim) -> float:
    """How far a figure may be from the one claimed, in its unit: half of the last digit said, within limits.

    >>> tolerance(Claim("", "change", -0.9)), tolerance(Claim("", "change", -0.97)), tolerance(Claim("", "level", 40))
    (0.05, 0.005, 2.0)
    """
    if claim.tolerance is not None:
        return claim.tolerance
    if claim.number is None:
        return 0.0
    said = round(abs(claim.number) * (100 if claim.sort == "change" else 1), 6)
    step = 1.0
    while said and said == int(said) and said % (step * 10) == 0:
        step *= 10
    if claim.sort == "change":
        return min(step / 2, 5.0) / 100
    return max(0.0, min(step / 2, 0.05 * said)) if step > 1 else 0.0


def faults_of(claim: Claim) -> Iterable[Fault]:
    """What is missing in a claim or does not fit together, each fault with what to do."""
    if claim.sort in ("change", "level") and claim.number is None:
        yield Fault(f"--{claim.sort}", "has no number.", "Give one: --change -90% or --level 39540.")
    if claim.sort == "change" and claim.number is not None and claim.number < -1:
        yield Fault("--change", "A count cannot fall by more than 100%.", "Write -90% for a fall of 90%.")
    if claim.sort == "level" and claim.number is not None and claim.number < 0:
        yield Fault("--level", "A count is not negative.", "Write the count, such as 39540.")
    if claim.sort in ("level", "highest", "lowest") and claim.period is None:
        yield Fault(
            "--period", "is needed: when was the count so high or low?", "Write 2022, 2022-12 or 2022-01..2022-06."
        )
    if claim.sort in ("change", "fell", "rose") and claim.period is None and claim.day is None and not claim.event:
        yield Fault("--event, --day or --period", "One of them is needed: since when?", "For example --event E21.")
    if claim.period is not None and (claim.day or claim.event) and claim.sort not in ("level", "highest", "lowest"):
        yield Fault("--period", "does not go with --event or --day.", "Give the day, and --months for how long after.")
    if claim.day and claim.event:
        yield Fault("--day", "does not go with --event.", "Give one of them.")
    if claim.period is not None and claim.period[0] > claim.period[1]:
        yield Fault("--period", "ends before it begins.", "Write the earlier month first.")
    if claim.baseline is not None and claim.baseline not in BASELINES:
        yield Fault("--baseline", f"{claim.baseline!r} is none.", f"Known: {', '.join(BASELINES)}.")
    if claim.months is not None and not 1 <= claim.months <= 60:
        yield Fault("--months", "takes 1 to 60.", "")
    if claim.tolerance is not None and claim.tolerance < 0:
        yield Fault("--tolerance", "is not negative.", "")
    if claim.since is not None and claim.sort not in ("highest", "lowest"):
        yield Fault("--since", "goes with --highest or --lowest.", "For a change give --event or --day.")
    elif claim.since is not None and claim.period is not None and claim.since >= claim.period[0]:
        yield Fault("--since", "is not before --period.", "Write the earlier month.")
    if claim.because and not (claim.event or claim.day):
        yield Fault("--because", "needs the event or day that is said to be the reason.", "For example --event E21.")
    if claim.because and claim.sort in ("level", "highest", "lowest"):
        yield Fault("--because", "goes with a change.", "Give --change, --fell or --rose.")
