"""Dated acts of both governments and their courts that a count may have met."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, store
from safethird.flows.codebook import Text


@dataclass(frozen=True, slots=True)
class Event:
    """One policy event.

    ``day`` is the first day of the month or year where only that is known (``precision``: day, month, year); ``end`` is
    its last day, where it has one. ``direction`` is a judgement on whom it was meant to touch, often empty: no finding.
    """

    id: str
    day: date
    end: date | None
    precision: str
    jurisdiction: str
    category: str
    direction: str
    title: Text
    detail: Text
    source: str


@cache
def events() -> tuple[Event, ...]:
    """Every policy event, oldest first.

    >>> next(event.day for event in events() if event.id == "E21")
    datetime.date(2023, 3, 25)
    """
    found = [
        Event(
            row["event_id"], row["date"], row["end_date"], row["date_precision"], row["jurisdiction"], row["category"],
            row["expected_direction"] or "", Text(row["title_en"], row["title_fr"]),
            Text(row["detail_en"] or "", row["detail_fr"] or ""), row["source_id"],
        )
        for row in store.table("policy_events").iter_rows(named=True)
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda event: (event.day, event.id)))


def event(name: str) -> Event:
    """The event of an id, or the only one of a day.

    Raises:
        BadFile: there is none, or the day has several.

    >>> event("e21").title.fr[:20]
    'Entrée en vigueur du'
    """
    found = [one for one in events() if name.upper() == one.id or name == one.day.isoformat()]
    if len(found) == 1:
        return found[0]
    if found:
        said = "; ".join(f"{one.id} {one.title.en}" for one in found)
        raise BadFile([Fault(name, f"That day has {len(found)} events: {said}.", "Name one by its id.")])
    do = (
        f"{codebook.near(name, [one.id for one in events()])} All: safethird flows tables policy_events --rows.".strip()
    )
    raise BadFile([Fault(name, "There is no such event.", do)])
