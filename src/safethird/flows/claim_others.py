"""What moved the other way at the same time: other channels, other provinces or sectors, the other direction.

A fall in one count beside a rise in another does not say that people moved from one to the other; it is shown so that
nobody reads one count alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from safethird.cases.faults import BadFile
from safethird.flows.catalogue import catalogue
from safethird.flows.claim_readings import Reading, comparable, ratio
from safethird.flows.series import Series, series
from safethird.flows.totals import total

if TYPE_CHECKING:
    from safethird.flows.claim_said import Claim

Kind = Literal["channel", "place", "direction"]
CHANNELS = ("airport", "border", "inland")
_TOTAL = {"claims": "Canada", "interceptions": "Canada", "regular_land": "Canada", "encounters": "All"}


@dataclass(frozen=True, slots=True)
class Other:
    """Another series over the same window and baseline: its change with bounds, and in what it differs."""

    series: Series
    kind: Kind
    low: float
    high: float
    value: float


def others(claim: Claim, one: Series, day: date | None, now: Sequence[Reading]) -> tuple[Other, ...]:
    """The series that surely moved the other way, over the window and baseline of the claim (or the widest known).

    Empty where the claim is no change, or no reading of it is known.
    """
    main = _main(claim, now)
    if main is None or main.base_first is None or main.base_last is None:
        return ()
    sign = 1 if main.low > 0 else -1 if main.high < 0 else 0
    found = []
    for name, kind in beside(one.name):
        try:
            other = series(name)
        except BadFile:
            continue
        top, base = total(other, main.first, main.last), total(other, main.base_first, main.base_last)
        if not (top.known and base.known and base.high and comparable(other, main.base_first, main.last)):
            continue
        low, high, value = ratio(top, base)
        if (sign < 0 and low > 0) or (sign > 0 and high < 0):
            found.append(Other(other, kind, low, high, value))
    return tuple(found)


def main_reading(claim: Claim, now: Sequence[Reading]) -> Reading | None:
    """The reading over which other series are compared: the longest window, a year before if that is known."""
    return _main(claim, now)


def beside(name: str) -> Iterable[tuple[str, Kind]]:
    """The names of the series beside one: other channels, other places, the other direction.

    >>> [other for other, kind in beside("interceptions/between_ports/Canada") if kind == "direction"]
    ['encounters/between_ports/All']
    """
    flow, channel, place = name.split("/")[0], name.split("/")[1], name.split("/")[-1]
    known = {entry.name for entry in catalogue()}
    northbound = flow != "encounters"
    listed: list[tuple[str, Kind]] = []
    if northbound and flow != "visas":
        spot = place if f"claims/border/{place}" in known else "Canada"
        listed += [(f"claims/{other}/{spot}", "channel") for other in CHANNELS if (flow, channel) != ("claims", other)]
        if flow != "interceptions":
            listed.append((f"interceptions/between_ports/{spot}", "channel"))
    prefix = name.rsplit("/", 1)[0]
    whole = _TOTAL.get(flow, "")
    if flow not in ("visas", "claims_by_origin"):
        listed += [(other, "place") for other in sorted(known) if other.rsplit("/", 1)[0] == prefix
                   and other.rsplit("/", 1)[1] not in (place, whole)]  # fmt: skip
    away = "encounters/between_ports/All" if northbound else "interceptions/between_ports/Canada"
    return [(other, kind) for other, kind in [*listed, (away, "direction")] if other in known]


def _main(claim: Claim, now: Sequence[Reading]) -> Reading | None:
    if claim.sort in ("level", "highest", "lowest"):
        return None
    known = [r for r in now if r.outcome != "unknown"]
    if not known:
        return None
    longest = max(r.months for r in known)
    wide = [r for r in known if r.months == longest]
    return next((r for name in ("same_months", "12", "3") for r in wide if r.baseline == name), wide[0])
