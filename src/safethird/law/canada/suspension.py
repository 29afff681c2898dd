"""Suspending, renewing or ending the pact's rules under 159.7: amendments with dates."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

from safethird.expr import ALWAYS
from safethird.law.canada.draft import regulation
from safethird.law.pact import Amendment, LawError, Repeal, Substitute

KINDS = ("159.7(1)(a)", "159.7(1)(b)", "159.7(1)(c)", "159.7(1)(d)")
_SUSPENDABLE = ("IRPR 159.2", "IRPR 159.3", "IRPR 159.4", "IRPR 159.5", "IRPR 159.6")
_ALL = ("IRPR 159.2", "IRPR 159.3", "IRPR 159.4*", "IRPR 159.5*", "IRPR 159.6*")


def suspension(
    kind: str,
    published: date,
    *,
    days: int | None = None,
    start: date | None = None,
    provisions: tuple[str, ...] = (),
) -> Amendment:
    """A notice under 159.7 as an amendment.

    (1)(a) starts the day after publication; (b), (c) and (d) are published at least seven days ahead.

    Raises:
        LawError: an unknown kind, a period over three months, or notice given too late.

    >>> notice = suspension("159.7(1)(a)", date(2027, 1, 10), days=60)
    >>> notice.commences, notice.until
    (datetime.date(2027, 1, 11), datetime.date(2027, 3, 12))
    """
    if kind not in KINDS:
        raise LawError(f"'{kind}' is no kind of notice. Kinds: {', '.join(KINDS)}.")
    begins = start or (published + timedelta(days=1 if kind == KINDS[0] else 7))
    if kind == KINDS[0] and begins != published + timedelta(days=1):
        raise LawError(f"A notice under {kind} starts the day after it is published, {published + timedelta(days=1)}.")
    if kind != KINDS[0] and begins < published + timedelta(days=7):
        raise LawError(
            f"A notice under {kind} is published at least seven days before it starts, by "
            f"{begins - timedelta(days=7)}; it was published on {published}."
        )
    if kind == KINDS[2] and (not provisions or days is None):
        raise LawError(f"A notice under {kind} lists its provisions and its days. Give 'provisions' and 'days'.")
    if strange := [name for name in provisions if not name.startswith(_SUSPENDABLE)]:
        raise LawError(f"A notice can only take out 159.2 to 159.6, not {', '.join(strange)}.")
    until = None if kind == KINDS[3] or days is None else begins + timedelta(days=days)
    if kind in KINDS[:2] and (until is None or until > _three_months_after(begins)):
        raise LawError(
            f"A suspension under {kind} states a period of at most three months; give 'days', up to "
            f"{(_three_months_after(begins) - begins).days}."
        )
    taken_out = {KINDS[2]: provisions, KINDS[3]: ("IRPR 159.1*", *_ALL)}.get(kind, _ALL)
    label = "159.7"
    return Amendment(
        instrument=f"Notice under IRPR {kind}, published {published}",
        commences=begins,
        enacted=published,
        until=until,
        on_top=True,
        changes=(
            *(Repeal(name) for name in taken_out),
            Substitute(
                regulation(
                    label,
                    ALWAYS,
                    f"By notice under {kind}, provisions of the pact do not operate.",
                    f"Par avis selon {kind}, des dispositions du pacte sont inopérantes.",
                    role="scope",
                    treaty="Agreement art. 10",
                    related=(f"IRPR {kind}",),
                )
            ),
        ),
        en="The pact’s rules end." if kind == KINDS[3] else "The pact’s rules are suspended.",
        fr="Les règles du pacte prennent fin." if kind == KINDS[3] else "Les règles du pacte sont suspendues.",
    )


def _three_months_after(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month + 2, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
