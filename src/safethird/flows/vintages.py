"""What was known on a day: the releases that were out, never a later one passed off as theirs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, store

_FEW = 4


class NotKnownThen(BadFile):
    """No release of a figure is kept that was out on the day asked for; the message says which are kept."""

    def __init__(self, what: str, day: date, kept: Iterable[store.Release]) -> None:
        listed = [one for one in kept if one.vintage is not None]
        shown = listed if len(listed) <= _FEW else [*listed[: _FEW - 1], listed[-1]]
        told = "; ".join(f"{one.vintage} ({_months(one)})" for one in shown) or "none whose day is known"
        if len(listed) > _FEW:
            told += f"; and {len(listed) - _FEW} more between them (safethird flows tables NAME)"
        first = min((one.vintage for one in listed if one.vintage), default=None)
        later = f"Ask for {first} or a later day, or read" if first else "Read"
        one = "Only one release is kept" if len(listed) == 1 else "Releases kept"
        super().__init__([Fault(
            what, f"What was known of it on {day} is not kept. {one}: {told}.",
            f"{later} the months up to {day:%Y-%m} as they are printed now (without --as-known-on), "
            "or add a release of that time: safethird flows add FILE --vintage DAY.",
        )])  # fmt: skip


def known(name: str, as_known_on: date | None = None) -> pl.DataFrame:
    """A table as known on a day: per key the newest release out by then; None is now.

    A release whose day is not known is used only where nothing is asked about a day. Of a release known by its month
    or year, the last day of it stands.

    Raises:
        NotKnownThen: no release was out by then.

    >>> from datetime import date
    >>> known("us_niv_issuances_monthly", date(2020, 1, 1))
    Traceback (most recent call last):
    safethird.flows.vintages.NotKnownThen: us_niv_issuances_monthly: What was known of it on 2020-01-01 is not ...
    """
    return _known(name, as_known_on, store.stamp(name))


@lru_cache(maxsize=32)
def _known(name: str, as_known_on: date | None, _stamp: object) -> pl.DataFrame:
    if as_known_on is None:
        return store.table(name)
    rows = store.every(name).filter(pl.col("vintage") <= as_known_on)
    if rows.is_empty():
        raise NotKnownThen(name, as_known_on, store.releases(name))
    return store.newest(rows, codebook.table_named(name))


def _months(release: store.Release) -> str:
    if release.first is None or release.last is None:
        return f"{release.rows} rows"
    first, last = f"{release.first:%Y-%m}", f"{release.last:%Y-%m}"
    return first if first == last else f"{first} to {last}"
