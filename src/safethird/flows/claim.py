"""Check a claim about a count: the figure under every defensible baseline and window, as known then and as known now.

Nothing here understands language: a claim is its options (:mod:`safethird.flows.claim_text` may fill some from a text).
The verdict is one of "true", "depends on", "cannot be known" and, where no reading bears a claim out, "not borne out".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from safethird.cases.faults import BadFile, Fault
from safethird.flows.claim_cause import Cause, cause
from safethird.flows.claim_others import Other, others
from safethird.flows.claim_readings import Reading, readings
from safethird.flows.claim_said import Claim, faults_of, tolerance
from safethird.flows.claim_verdict import Verdict, verdict
from safethird.flows.events import Event, event
from safethird.flows.series import Series, series
from safethird.flows.vintages import NotKnownThen

__all__ = ["Checked", "Claim", "check"]


@dataclass(frozen=True, slots=True)
class Checked:
    """A claim with every reading of it, what moved the other way, what an effect estimate says, and the verdict."""

    claim: Claim
    series: Series
    event: Event | None
    day: date | None
    tolerance: float
    now: tuple[Reading, ...]
    then: tuple[Reading, ...]
    then_vintage: date | None
    not_kept: str
    others: tuple[Other, ...]
    cause: Cause | None
    verdict: Verdict


def check(claim: Claim) -> Checked:
    """Check a claim against the published figures.

    Raises :class:`~safethird.cases.faults.BadFile` where options do not fit or a day lies outside the series.

    >>> told = Claim("claims/border/Canada", "fell", event="E21", months=10, baseline="3")
    >>> check(told).verdict.code
    'true'
    """
    if faults := list(faults_of(claim)):
        raise BadFile(faults)
    one = series(claim.series)
    found = event(claim.event) if claim.event else None
    day = claim.day or (found.day if found else None)
    _inside(claim, one, day)
    allowed = tolerance(claim)
    now = readings(claim, one, day, allowed)
    then, vintage, missing = _then(claim, day, allowed)
    why = cause(claim, one, day, found) if claim.because else None
    return Checked(
        claim, one, found, day, allowed, now, then, vintage, missing, others(claim, one, day, now), why,
        verdict(claim, (*now, *then), why),
    )  # fmt: skip


def _then(claim: Claim, day: date | None, allowed: float) -> tuple[tuple[Reading, ...], date | None, str]:
    """The readings as known on the day it was said; where that is not kept, the words that say so."""
    if claim.said is None:
        return (), None, ""
    try:
        known = series(claim.series, claim.said)
    except NotKnownThen as error:
        return (), None, str(error)
    return readings(claim, known, day, allowed, vintage="then"), known.vintage, ""


def _inside(claim: Claim, one: Series, day: date | None) -> None:
    first, last = one.months[0], one.months[-1]
    do = f"Figures of {one.name} run from {first} to {last}."
    if day is not None and not first < np.datetime64(day, "M") <= last:
        where = "before" if np.datetime64(day, "M") <= first else "after"
        raise BadFile([Fault(f"{day}", f"The day is {where} the figures.", do)])
    if claim.period is not None and (claim.period[1] < first or claim.period[0] > last):
        raise BadFile([Fault("--period", "lies outside the figures.", do)])
