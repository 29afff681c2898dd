"""Encounters at the northern border of the United States: Border Patrol sectors and field offices at ports."""

from __future__ import annotations

from datetime import date

import polars as pl

from safethird.flows.frames import chosen, frame


def encounters(
    channel: str | None = None, place: str | None = None, since: object = None, until: object = None,
    as_known_on: date | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Monthly US encounters, southbound; events, so that one person may count more than once.

    ``channel``: between_ports (Border Patrol sectors, from October 1999; one exact source per month) or at_ports (field
    offices, from October 2019: people found inadmissible for many reasons, most of them not asylum). The two are not to
    be added. ``place`` is a sector, a field office, or All. Columns as in :func:`safethird.flows.arrivals.arrivals`.

    Raises:
        BadFile: a channel, place or month that does not exist.
        NotKnownThen: no release was out by that day.

    >>> encounters("between_ports", "Swanton", since="2023-05")["value"].to_list()
    [459.0]
    """
    return frame(chosen("encounters", channel, place), since, until, as_known_on)
