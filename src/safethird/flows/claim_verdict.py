"""From the readings of a claim to one verdict, with the parts of its reason (said by `claim_words`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from safethird.flows.claim_cause import Cause
    from safethird.flows.claim_readings import Reading
    from safethird.flows.claim_said import Claim

Code = Literal["true", "depends on", "cannot be known", "not borne out"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict and what it rests on.

    ``on`` names what it depends on: baseline, window, release, hidden. ``holds``, ``fails``, ``open`` and ``unknown``
    count the readings; ``whys`` are the distinct reasons why some are unknown. ``blocked`` tells why a "because of"
    cannot be settled: no_estimate, ordinary, also_changed, outside; empty where it can, or was not claimed.
    """

    code: Code
    on: tuple[str, ...]
    holds: int
    fails: int
    open: int
    unknown: int
    whys: tuple[str, ...]
    blocked: str = ""


def verdict(claim: Claim, found: Sequence[Reading], why: Cause | None) -> Verdict:
    """One verdict of all readings; a claim of cause also needs an effect estimate that bears it out."""
    counts = {outcome: [r for r in found if r.outcome == outcome] for outcome in ("holds", "fails", "open", "unknown")}
    decided = len(counts["holds"]) + len(counts["fails"])
    if counts["holds"] and counts["fails"]:
        code: Code = "depends on"
    elif not decided or (counts["open"] and not decided):
        code = "cannot be known"
    elif counts["open"]:
        code = "depends on"
    else:
        code = "true" if counts["holds"] else "not borne out"
    blocked = why.blocked if why is not None else ""
    if blocked and code in ("true", "depends on"):
        code = "cannot be known"
    whys = tuple(dict.fromkeys(r.why for r in counts["unknown"]))
    on = _on([r for r in found if r.outcome != "unknown"]) if code == "depends on" else ()
    held, failed, left, unknown = (len(counts[name]) for name in ("holds", "fails", "open", "unknown"))
    return Verdict(code, on, held, failed, left, unknown, whys, blocked)


def _on(known: Sequence[Reading]) -> tuple[str, ...]:
    """Along which choices the outcome changes while the others stay the same."""
    found = []
    for name in ("baseline", "window", "release"):
        groups: dict[object, set[str]] = {}
        for one in known:
            rest = {
                "baseline": (one.months, one.vintage),
                "window": (one.baseline, one.vintage),
                "release": (one.baseline, one.months),
            }[name]
            groups.setdefault(rest, set()).add(one.outcome)
        if any({"holds", "fails"} <= outcomes for outcomes in groups.values()):
            found.append(name)
    if any(reading.outcome == "open" for reading in known):
        found.append("hidden")
    return tuple(found or ("baseline", "window"))
