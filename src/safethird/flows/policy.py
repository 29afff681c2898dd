"""Which days count as policy dates, and what else changed for travellers that the table of events does not hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from safethird.flows.codebook import Text

if TYPE_CHECKING:
    from safethird.flows.events import Event

POLICY = ("E12", "E15", "E18", "E21", "E24")
"""The events across which forecasts are scored apart: the count of April 2018, the turn-back order of 2020 and its end,
the Protocol of 2023, the Mexican visa of 2024."""
DEFINITION = "E12"
SAME = {"E20": ("E21",), "E21": ("E20",), "E15": ("E18",), "E18": ("E15",)}
"""Rows that are one change: a measure and its announcement the day before; an order and its end."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something else that changed: its first and last day, what it was, and where that is written."""

    id: str
    day: date
    end: date | None
    title: Text
    source: str


ALONGSIDE = (
    Change(
        "A01", date(2020, 3, 18), date(2022, 9, 30),
        Text("Pandemic limits on entry to Canada", "Limites d’entrée au Canada liées à la pandémie"),
        "CAPA, Canada suspends air travel from all countries except the US from 18-Mar-2020; Montréal–Trudeau Airport, "
        "COVID-19: Border measures, 2021-03-18; Prothom Alo, 2022-09-26 (removed from 1 October 2022)",
    ),
    Change(
        "A02", date(2021, 9, 7), None,
        Text("Canada reopens to vaccinated foreign visitors", "Réouverture du Canada aux visiteurs étrangers vaccinés"),
        "Sky TG24, 2021-07-19",
    ),
    Change(
        "A03", date(2023, 2, 28), date(2023, 12, 31),
        Text(
            "Visitor visas: some requirements waived for applications in the inventory (dates recalled, not read)",
            "Visas de visiteur : certaines exigences levées pour les demandes en attente (dates de mémoire, non lues)",
        ),
        "IRCC, Temporary public policy to facilitate the processing of temporary resident visa applications in "
        "inventory",
    ),
)  # fmt: skip
"""Limits on travel and visas, which move claims at airports above all."""


def policy_events() -> tuple[Event, ...]:
    """The events of :data:`POLICY`, earliest first.

    >>> [str(event.day) for event in policy_events()]
    ['2018-04-01', '2020-03-21', '2021-11-21', '2023-03-25', '2024-02-29']
    """
    from safethird.flows.events import events

    return tuple(event for event in events() if event.id in POLICY)


def changed_between(first: date, last: date, but: Sequence[str] = ()) -> tuple[Change, ...]:
    """What began or ended from ``first`` to ``last``, both included, but for some events and what is one with them.

    >>> [change.id for change in changed_between(date(2023, 3, 20), date(2023, 7, 1), but=["E21"])]
    ['E14', 'E22']
    """
    from safethird.flows.events import events

    left_out = {*but, *(other for name in but for other in SAME.get(name, ()))}
    listed = [Change(one.id, one.day, one.end, one.title, one.source) for one in events()]
    found = [
        change
        for change in (*listed, *ALONGSIDE)
        if change.id not in left_out
        and (first <= change.day <= last or (change.end is not None and first <= change.end <= last))
    ]
    return tuple(sorted(found, key=lambda change: (change.day, change.id)))
