"""Arrivals northbound by month: claims by office, province, channel, citizenship; interceptions; regular land."""

from __future__ import annotations

from datetime import date

import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows.frames import chosen, frame

NORTHBOUND = ("claims", "channel", "interceptions", "regular_land")


def arrivals(
    flow: str = "claims", channel: str | None = None, place: str | None = None, citizenship: str | None = None,
    since: object = None, until: object = None, as_known_on: date | None = None,
) -> pl.DataFrame:  # fmt: skip
    """Monthly counts, a row for each month and series.

    ``flow``: claims (by office type), channel (as received by CBSA and IRCC), interceptions (RCMP, between ports),
    regular_land (border claims minus interceptions, masked before April 2018). With ``citizenship`` claims are those of
    that citizenship, of Canada or of a ``place``. ``since`` and ``until`` are months, both included.

    Columns: month, flow, channel, place, citizenship, value, low, high, status, unit, source, vintage. ``value`` is
    null where nothing usable was printed; ``low`` and ``high`` bound the true figure: 0 and 5 where it is suppressed.
    Flows are different counts: a frame holds one, and they are not to be added.

    Raises:
        BadFile: a flow, channel, place, citizenship or month that does not exist.
        NotKnownThen: no release of any of them was out by that day.

    >>> rows = arrivals(channel="border", place="Saskatchewan", since="2020-04", until="2020-05")
    >>> rows.select("month", "value", "low", "high", "status").rows()
    [(datetime.date(2020, 4, 1), 0.0, 0.0, 2.5, 'rounded'), (datetime.date(2020, 5, 1), 0.0, 0.0, 2.5, 'rounded')]
    """
    if flow not in NORTHBOUND:
        raise BadFile(
            [Fault("flow", f"{flow!r} is no count of arrivals northbound.", f"There are: {', '.join(NORTHBOUND)}.")]
        )
    if citizenship is None:
        return frame(chosen(flow, channel, place), since, until, as_known_on)
    if flow != "claims":
        raise BadFile([Fault("citizenship", f"{flow} is not published by citizenship.", "Leave flow out: claims are.")])
    if place is not None and channel not in (None, "all"):
        do = "Leave out the one or the other."
        raise BadFile(
            [Fault("channel", "Claims by citizenship are published by office or by province, not by both.", do)]
        )
    found = chosen("claims_by_origin", channel if place is None else "all", place or "Canada", citizenship)
    return frame(found, since, until, as_known_on)
