"""Series as tidy rows: a row for each month, with its bounds, status, unit, source and release."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, names
from safethird.flows.catalogue import CHANNELS, Entry, catalogue
from safethird.flows.codebook import Source
from safethird.flows.series import Series, series
from safethird.flows.vintages import NotKnownThen

_SCHEMA = {
    "month": pl.Date, "flow": pl.String, "channel": pl.String, "place": pl.String, "citizenship": pl.String,
    "value": pl.Float64, "low": pl.Float64, "high": pl.Float64, "status": pl.String, "unit": pl.String,
    "source": pl.String, "vintage": pl.Date,
}  # fmt: skip


def frame(
    entries: Iterable[Entry], since: object = None, until: object = None, as_known_on: date | None = None
) -> pl.DataFrame:
    """The months of several series below one another, from ``since`` to ``until``, both included.

    Where figures are asked for as known on a day, series without a release of that time are left out, unless none has
    one.

    Raises:
        NotKnownThen: none of them was out by that day.
    """
    parts, unknown = [], None
    for one in entries:
        try:
            parts.append(_rows(one, series(one.name, as_known_on)))
        except NotKnownThen as error:
            unknown = unknown or error
    if unknown and not parts:
        raise unknown
    found = pl.concat(parts) if parts else pl.DataFrame(schema=_SCHEMA)
    if since is not None:
        found = found.filter(pl.col("month") >= month(since))
    return found if until is None else found.filter(pl.col("month") <= month(until))


def month(given: object) -> date:
    """The first day of a month, given as a date, a datetime64 or a text YYYY-MM.

    >>> month("2023-04")
    datetime.date(2023, 4, 1)
    """
    text = str(given)
    try:
        return date.fromisoformat(f"{text}-01" if len(text) == 7 else text[:10]).replace(day=1)
    except ValueError:
        raise BadFile([Fault(text, "This is not a month.", "Write YYYY-MM.")]) from None


def chosen(
    flow: str, channel: str | None = None, place: str | None = None, citizenship: str | None = None
) -> list[Entry]:
    """The entries of a flow that fit; None takes all.

    Raises:
        BadFile: a word that no entry of the flow has; the words there are, are named.
    """
    within = [one for one in catalogue() if one.flow == flow]
    if not within:
        flows = list(dict.fromkeys(one.flow for one in catalogue()))
        raise BadFile([Fault("flow", f"There is no flow {flow!r}.", f"There are: {', '.join(flows)}.")])
    for what, given, kind in (
        ("channel", channel, "other"),
        ("place", place, "province"),
        ("citizenship", citizenship, "nation"),
    ):
        if given is None:
            continue
        there = {getattr(one, what) for one in within} - {""}
        fitting = {one for one in there if names.fold(given) in _written(one, kind)}
        if not fitting:
            do = (
                codebook.near(given, there)
                or f"There are: {', '.join(sorted(there)[:15])}{'…' if len(there) > 15 else ''}."
            )
            raise BadFile([Fault(what, f"{flow} has no {what} {given!r}{_so_far(channel, what)}.", do)])
        within = [one for one in within if getattr(one, what) in fitting]
    return within


def _so_far(channel: str | None, what: str) -> str:
    return f" in channel {channel!r}" if channel and what != "channel" else ""


def _written(name: str, kind: str) -> set[str]:
    return names.spellings(name, of=kind) | ({names.fold(w) for w in CHANNELS[name]} if name in CHANNELS else set())


def _rows(of: Entry, found: Series) -> pl.DataFrame:
    assert found.source_of is not None
    columns = {
        "month": found.months.astype("datetime64[D]"), "value": found.value, "low": found.low, "high": found.high,
        "status": found.status.tolist(), "source": found.source_of.tolist(), "vintage": found.vintage_of,
    }  # fmt: skip
    said = {
        "flow": of.flow,
        "channel": of.channel,
        "place": of.place,
        "citizenship": of.citizenship or None,
        "unit": of.unit,
    }
    rows = pl.DataFrame(columns).with_columns(pl.lit(value, _SCHEMA[name]).alias(name) for name, value in said.items())
    return rows.with_columns(pl.col("value", "low", "high").fill_nan(None)).select(
        pl.col(name).cast(kind) for name, kind in _SCHEMA.items()
    )


def cited(rows: pl.DataFrame) -> list[Source]:
    """The sources of the rows, in full."""
    from safethird.flows import store

    known = store.sources()
    ids = sorted({one for text in rows["source"].drop_nulls().unique() for one in text.split(";")})
    return [known[one] for one in ids if one in known]
