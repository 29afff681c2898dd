"""A named monthly series with what is proven of each month: exact, rounded, suppressed, missing or masked."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, store
from safethird.flows.catalogue import Entry, catalogue, entry
from safethird.flows.codebook import Break, Text
from safethird.flows.months import Months, between
from safethird.flows.vintages import NotKnownThen, known

__all__ = ["Break", "Entry", "Series", "catalogue", "entry", "series"]

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Series:
    """One count, month by month, with what is proven of each.

    ``months`` are consecutive, datetime64[M], shape (T,). ``low`` and ``high`` bound the true figure: equal where it is
    exact, 0 and 5 where it is suppressed, half a step around a rounded one, nan where it is missing or masked.
    ``value`` is what was printed, nan where nothing usable was. ``status`` is exact, rounded, suppressed, missing or
    masked. ``vintage`` is the day of the newest release used; ``source_of`` and ``vintage_of`` say it month by month
    (ids joined by a semicolon; NaT where no day is known). Unit: a key of :func:`safethird.flows.codebook.units`.
    """

    name: str
    title: Text
    unit: str
    months: Months
    low: Numbers
    high: Numbers
    value: Numbers
    status: NDArray[np.str_]
    sources: tuple[str, ...]
    vintage: date
    breaks: tuple[Break, ...]
    source_of: NDArray[np.str_] | None = None
    vintage_of: NDArray[np.datetime64] | None = None

    def until(self, month: Any) -> Series:
        """The months up to one, which is included.

        >>> series("claims/border/Quebec").until("2020-02").months[-1]
        np.datetime64('2020-02')
        """
        try:
            last = np.datetime64(month, "M")
        except ValueError:
            raise BadFile([Fault(self.name, f"{month!r} is not a month.", "Write YYYY-MM.")]) from None
        kept = self.months <= last
        if not kept.any():
            do = f"The series runs from {self.months[0]} to {self.months[-1]}."
            raise BadFile([Fault(self.name, f"It has no month up to {last}.", do)])
        return replace(
            self, months=self.months[kept], low=self.low[kept], high=self.high[kept], value=self.value[kept],
            status=self.status[kept], source_of=None if self.source_of is None else self.source_of[kept],
            vintage_of=None if self.vintage_of is None else self.vintage_of[kept],
        )  # fmt: skip

    def midpoint(self) -> Numbers:
        """The printed value; the middle of its bounds where it is suppressed; nan where nothing is known.

        >>> float(series("claims/airport/Alberta").midpoint()[0])
        2.5
        """
        return np.where(self.status == "suppressed", (self.low + self.high) / 2, self.value)


_kept: OrderedDict[object, Series] = OrderedDict()


def series(name: str, as_known_on: date | None = None) -> Series:
    """The series of a name, as printed now or as it was known on a day.

    Names are flow/channel/place, in any case, with French names and codes of places: see :func:`catalogue`.

    Raises:
        BadFile: there is no such series; the nearest names are given.
        NotKnownThen: no release of it was out by that day.

    >>> found = series("claims/border/quebec")
    >>> str(found.months[0]), float(found.value[0]), float(found.low[0]), float(found.high[0]), str(found.status[0])
    ('2015-01', 40.0, 37.5, 42.5, 'rounded')
    """
    of = entry(name)
    key = (of.name, as_known_on, store.stamp(of.table), store.stamp(entry(of.minus).table) if of.minus else ())
    if key not in _kept:
        _kept[key] = _difference(of, as_known_on) if of.minus else _read(of, as_known_on)
        if len(_kept) > 512:
            _kept.popitem(last=False)
    return _kept[key]


def _read(of: Entry, as_known_on: date | None) -> Series:
    table = codebook.table_named(of.table)
    try:
        chosen = known(of.table, as_known_on)
    except NotKnownThen:
        raise NotKnownThen(of.name, as_known_on or date.max, store.releases(of.table)) from None
    printed = (chosen["month"].min(), chosen["month"].max())
    rows = chosen.filter(*(pl.col(column) == value for column, value in of.rows.items()))
    if rows.is_empty():
        raise NotKnownThen(of.name, as_known_on or date.max, _releases(of))
    step = pl.lit(float(table.rounding))
    if "precision" in rows.columns:
        step = pl.col("precision").str.extract(r"rounded to (\d+)").cast(pl.Float64).fill_null(0.0)
    value, hidden = pl.col(table.value).cast(pl.Float64), pl.lit(False)
    if table.suppressed:
        hidden = pl.col(table.suppressed).fill_null(False)
    half = step / 2
    monthly = (
        rows.select(
            "month", "vintage", "source_id",
            pl.when(hidden).then(None).otherwise(value).alias("value"),
            pl.when(hidden).then(0.0).otherwise((value - half).clip(lower_bound=0.0)).alias("low"),
            pl.when(hidden).then(float(table.suppressed_to)).otherwise(value + half).alias("high"),
            hidden.alias("hidden"), (step > 0).alias("rounded"),
        )
        .group_by("month")
        .agg(
            pl.col("value", "low", "high").sum(),
            pl.col("low").null_count().alias("missing"), pl.col("hidden").any(), pl.col("rounded").any(),
            pl.col("source_id").unique().sort().str.join(";"), pl.col("vintage").max(),
        )
        .sort("month")
    )  # fmt: skip
    first, last = printed if table.absent == "zero" else (monthly["month"].min(), monthly["month"].max())
    months = _run(first, last)
    at = (monthly["month"].to_numpy().astype("datetime64[M]") - months[0]).astype(int)
    low, high, value_ = (np.full(len(months), np.nan) for _ in range(3))
    status = np.full(len(months), "missing", dtype="<U10")
    if table.absent == "zero":
        with_rows = np.isin(months, chosen["month"].unique().to_numpy().astype("datetime64[M]"))
        low[with_rows], value_[with_rows], high[with_rows] = 0.0, 0.0, table.rounding / 2
        status[with_rows] = "rounded" if table.rounding else "exact"
    gone = (monthly["missing"] > 0).to_numpy()
    hidden_ = monthly["hidden"].to_numpy() & ~gone
    whole = ~gone & ~hidden_
    low[at], high[at] = (np.where(gone, np.nan, monthly[side].to_numpy()) for side in ("low", "high"))
    value_[at] = np.where(whole, monthly["value"].to_numpy(), np.nan)
    status[at] = np.select(
        [gone, hidden_, monthly["rounded"].to_numpy()], ["missing", "suppressed", "rounded"], default="exact"
    )
    newest = monthly["vintage"].max()
    sources = sorted({one for text in monthly["source_id"] for one in text.split(";")})
    breaks = tuple(each for each in table.breaks if not each.channels or of.channel in each.channels)
    source_of, vintage_of = _origins(months, at, monthly, sources)
    return Series(
        of.name, of.title, of.unit, _still(months), _still(low), _still(high), _still(value_), _still(status),
        tuple(sources), newest if isinstance(newest, date) else date.min, breaks, _still(source_of), _still(vintage_of),
    )  # fmt: skip


def _run(first: object, last: object) -> Months:
    """The months from one to another, both included."""
    assert isinstance(first, date)
    assert isinstance(last, date)
    return between(np.datetime64(first, "M"), np.datetime64(last, "M"))


def _origins(months: Months, at: NDArray[np.int64], monthly: pl.DataFrame, sources: list[str]) -> tuple[Any, Any]:
    """Source and release of each month; a month without rows has all sources, and the newest release."""
    texts = monthly["source_id"].to_list()
    source_of = np.full(len(months), ";".join(sources), dtype=f"<U{max(map(len, [*texts, ';'.join(sources)]))}")
    source_of[at] = texts
    days = monthly["vintage"].to_numpy().astype("datetime64[D]")
    vintage_of = np.full(len(months), days.max() if len(days) else np.datetime64("NaT"), dtype="datetime64[D]")
    vintage_of[at] = days
    return source_of, vintage_of


def _difference(of: Entry, as_known_on: date | None) -> Series:
    """Border claims minus interceptions, where the two definitions allow it.

    Before April 2018 nothing is shown. Where people intercepted need not have made a claim, the upper bound is the
    whole border count. Where more were intercepted than claims counted, claims were made in another month: masked.
    """
    whole, part = series(f"claims/border/{of.place}", as_known_on), series(of.minus, as_known_on)
    first, last = max(whole.months[0], part.months[0]), min(whole.months[-1], part.months[-1])
    if first > last:
        raise NotKnownThen(of.name, as_known_on or date.max, _releases(of))
    months = between(first, last)
    one, other = ((s.months >= first) & (s.months <= last) for s in (whole, part))
    low = whole.low[one] - part.high[other]
    high = whole.high[one] - part.low[other]
    value = whole.value[one] - part.value[other]
    breaks = {each.id: each for each in codebook.breaks() if each.id.startswith("regular-land")}
    order, protocol, start = (np.datetime64(breaks[f"regular-land-{year}"].day, "M") for year in (2020, 2023, 2018))
    ended = np.datetime64(breaks["regular-land-2020"].until, "M")
    loose = ((months >= order) & (months <= ended)) | (months >= protocol)
    high = np.where(loose, whole.high[one], high)
    missing = np.isnan(low) | np.isnan(high)
    masked = ~missing & ((months < start) | (value < 0) | (high < 0))
    status = np.select(
        [missing, masked, np.isnan(value)], ["missing", "masked", "suppressed"], default="rounded"
    ).astype("<U10")
    out = missing | masked
    low, high = np.where(out, np.nan, np.maximum(low, 0.0)), np.where(out, np.nan, high)
    value = np.where(out, np.nan, value)
    source_of, vintage_of = _both(whole, one, part, other)
    return Series(
        of.name, of.title, of.unit, _still(months), _still(low), _still(high), _still(value), _still(status),
        tuple(sorted({*whole.sources, *part.sources})), max(whole.vintage, part.vintage),
        tuple(sorted(breaks.values(), key=lambda each: each.day)), _still(source_of), _still(vintage_of),
    )  # fmt: skip


def _both(whole: Series, one: NDArray[np.bool_], part: Series, other: NDArray[np.bool_]) -> tuple[Any, Any]:
    """Source and release of each month of a difference: both sources, the later release."""
    assert whole.source_of is not None
    assert part.source_of is not None
    assert whole.vintage_of is not None
    assert part.vintage_of is not None
    joined = np.char.add(np.char.add(whole.source_of[one], ";"), part.source_of[other])
    return joined, np.maximum(whole.vintage_of[one], part.vintage_of[other])


def _still(array: NDArray[Any]) -> NDArray[Any]:
    """The array, which nobody can write over: a series is kept and handed out again."""
    array.flags.writeable = False
    return array


def _releases(of: Entry) -> tuple[store.Release, ...]:
    """The releases that have rows of an entry."""
    rows = store.every(of.table).filter(*(pl.col(column) == value for column, value in of.rows.items()))
    found = rows.group_by("vintage").agg(pl.col("month").min().alias("a"), pl.col("month").max().alias("b"), pl.len())
    return tuple(
        store.Release(of.table, row["vintage"], row["a"], row["b"], row["len"], (), None, None)
        for row in found.sort("vintage", nulls_last=False).iter_rows(named=True)
    )
