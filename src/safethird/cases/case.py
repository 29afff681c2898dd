"""A case: one person, their relatives, and what is known of both, in the law's own facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from safethird.cases.values import Value, When

Facts = Mapping[str, Value]


@dataclass(frozen=True)
class Case:
    """What is known of a person's case; a fact that is absent is unknown.

    ``relatives`` hold facts named ``relative.…``. ``complete`` says that there are no others.
    For the established standing ``presumed`` stands in where a fact is unknown, and ``burden`` holds in any case.
    ``testimony`` and ``told`` name facts shown by words alone, or told and not shown.
    """

    facts: Facts
    relatives: tuple[Facts, ...] = ()
    complete: bool = False
    side: str = "canada"
    id: str = ""
    presumed: Facts = field(default_factory=dict)
    burden: Facts = field(default_factory=dict)
    testimony: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    us_status: str | None = None
    warnings: tuple[tuple[str, str], ...] = ()
    notice: Mapping[str, Any] | None = None

    @property
    def claim_date(self) -> date | None:
        """The local day of the claim, where a single day is known."""
        when = self.facts.get("claim_date")
        return when.first if isinstance(when, When) and when.exact else None

    @property
    def law_day(self) -> date | None:
        """The day (or Ottawa moment, where the hour is known) on which the law is read."""
        when = self.facts.get("claim_date")
        if not isinstance(when, When) or not when.exact:
            return None
        return when.at or when.first

    def with_facts(self, facts: Facts) -> Case:
        """The same case with more known."""
        return replace(self, facts={**self.facts, **facts})

    def claimed_on(self, day: date) -> Case:
        """The same case, with the claim on another day."""
        at = day if isinstance(day, datetime) else None
        plain = day.date() if isinstance(day, datetime) else day
        return self.with_facts({"claim_date": When(plain, plain, at)})
