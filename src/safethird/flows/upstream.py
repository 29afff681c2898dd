"""Upstream signals: nonimmigrant visas that the United States issued, by nationality and month."""

from __future__ import annotations

from datetime import date

import polars as pl

from safethird.flows.frames import chosen, frame


def visas(
    nationality: str | None = None, class_group: str | None = None, since: object = None, until: object = None,
    as_known_on: date | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Monthly US nonimmigrant visas issued; without a nationality, those of all together.

    ``class_group``: visitor, student_exchange, work, other, or all (their total; never add it to them). May 2019 is
    missing. Columns as in :func:`safethird.flows.arrivals.arrivals`.

    Raises:
        BadFile: a nationality, group or month that does not exist.
        NotKnownThen: no release was out by that day.

    >>> visas("Haïti", "visitor", since="2025-05")["value"].to_list()
    [509.0]
    """
    return frame(chosen("visas", class_group, None, nationality or "All"), since, until, as_known_on)
