"""A claim that an event brought a change about: held only against the effect estimate, never read off the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safethird.cases.faults import BadFile

if TYPE_CHECKING:
    from safethird.flows.claim_said import Claim
    from safethird.flows.effect import Effect
    from safethird.flows.events import Event
    from safethird.flows.series import Series


@dataclass(frozen=True, slots=True)
class Cause:
    """The effect estimate beside a claim of cause; ``blocked`` is why it does not bear it out, empty where it does."""

    effect: Effect | None
    blocked: str  # "" | no_estimate | ordinary | also_changed | outside
    words: str = ""


def cause(claim: Claim, one: Series, day: date | None, found: Event | None) -> Cause:
    """Estimate the effect for a claim and say whether it may be put down to the event."""
    from safethird.flows.effect import MONTHS, effect

    assert day is not None
    try:
        made = effect(one, day, claim.months or MONTHS, event=found)
    except (ValueError, BadFile) as error:
        return Cause(None, "no_estimate", str(error))
    if not made.beyond_ordinary:
        return Cause(made, "ordinary")
    if made.also_changed:
        return Cause(made, "also_changed")
    if claim.number is not None and claim.sort == "change" and not made.low <= claim.number <= made.high:
        return Cause(made, "outside")
    return Cause(made, "")
