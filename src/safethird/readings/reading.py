"""Which law a case is read under: its side, its day, and any notice of suspension that it supposes."""

from __future__ import annotations

from datetime import date

from safethird.cases.case import Case
from safethird.cases.values import Interval, When
from safethird.law import sides
from safethird.law.canada.suspension import suspension
from safethird.law.pact import Law, LawError, Pact


def pact_of(case: Case) -> Pact:
    """The side's pact, with the suspension that the case supposes, if any."""
    pact = sides.of(case.side)
    if not case.notice:
        return pact
    kind, published = case.notice.get("kind"), case.notice.get("published")
    if not isinstance(kind, str) or not isinstance(published, When):
        raise LawError("A suspension needs its kind and the day it was published. Add both.")
    days, start, listed = (case.notice.get(name) for name in ("days", "start", "provisions"))
    provisions = tuple(str(label) for label in listed) if isinstance(listed, list) else ()
    return pact + suspension(
        kind,
        published.first,
        days=days.low if isinstance(days, Interval) else None,
        start=start.first if isinstance(start, When) else None,
        provisions=provisions,
    )


def law_for(case: Case, on: date | None = None, known_on: date | None = None) -> tuple[Law, Case]:
    """The law that a case is read under, and the case with its day of claim filled in.

    Raises:
        LawError: no day is given anywhere, or no law was in force on it.
    """
    day = on or case.law_day
    if day is None:
        raise LawError(
            "The day of the claim is not known, and the law depends on it. Add claim_date to the case, or give "
            "--on DAY."
        )
    if "claim_date" not in case.facts or case.claim_date is None:
        case = case.claimed_on(day)
    return pact_of(case).on(day, known_on), case
