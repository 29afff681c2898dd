"""Where tables live: those of the package, and the releases that a user has added in a folder of their own."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook
from safethird.flows.codebook import DATA, Source, Table

KINDS: Mapping[str, Any] = {
    "date": pl.Date,
    "int": pl.Int64,
    "number": pl.Float64,
    "bool": pl.Boolean,
    "text": pl.String,
}
ABOUT = b"safethird"
"""The key of a release file under which its table, source and day stand as JSON."""


@dataclass(frozen=True, slots=True)
class Release:
    """One release of a table: the day it came out (None: not known), what it covers, where its rows are.

    ``first`` and ``last`` are the first and last month, year or period start; ``path`` is None for the package's own.
    """

    table: str
    vintage: date | None
    first: date | None
    last: date | None
    rows: int
    sources: tuple[str, ...]
    path: Path | None
    added: date | None


def folder() -> Path:
    """The folder of added releases: ``SAFETHIRD_DATA`` where it is set, else the platform's place for user data."""
    if given := os.environ.get("SAFETHIRD_DATA"):
        return Path(given).expanduser()
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "safethird"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "safethird"
    return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "safethird"


def table(name: str) -> pl.DataFrame:
    """A table in its newest release: a row for each key, with the day of its release in ``vintage``.

    Where several releases print a figure, the newest one's stands. Units and columns: the codebook.

    Raises:
        BadFile: there is no such table, or an added release cannot be read.

    >>> table("policy_events").columns[:3]
    ['event_id', 'date', 'end_date']
    """
    return newest(every(name), codebook.table_named(name))


def every(name: str) -> pl.DataFrame:
    """All rows of a table from all its releases, each with its ``vintage`` (null: the day is not known)."""
    return _every(name, stamp(name))


def releases(name: str) -> tuple[Release, ...]:
    """The releases kept of a table, oldest first; those whose day is not known come first.

    >>> [str(one.vintage) for one in releases("us_niv_issuances_monthly")]
    ['2025-08-31']
    """
    found: list[Release] = []
    for path in (None, *added(name)):
        rows = _packaged(name) if path is None else _read(path, path.stat().st_mtime_ns)
        days = rows["vintage"].unique().sort(nulls_last=False)
        for day in days:
            of = rows.filter(pl.col("vintage").eq_missing(pl.lit(day, pl.Date)))
            first, last = _span(of, codebook.table_named(name))
            sources = tuple(sorted(of["source_id"].drop_nulls().unique()))
            when = date.fromisoformat(about(path)["added"]) if path else None
            found.append(Release(name, day, first, last, of.height, sources, path, when))
    return tuple(sorted(found, key=lambda one: (one.vintage or date.min, one.path is not None)))


def sources() -> dict[str, Source]:
    """Every source by id, those of added releases included."""
    found = dict(codebook.sources())
    for name in codebook.tables():
        for path in added(name):
            for one in about(path)["sources"]:
                found.setdefault(one["id"], codebook.source_of({"source_id": one["id"], **one}))
    return found


def added(name: str) -> tuple[Path, ...]:
    """The files of a table's added releases."""
    return tuple(sorted((folder() / "tables" / name).glob("[0-9]*.parquet")))


def about(path: Path) -> dict[str, Any]:
    """What an added release says of itself."""
    try:
        found = json.loads(pq.read_schema(path).metadata[ABOUT])
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError):
        raise _broken(path) from None
    assert isinstance(found, dict)
    return found


def stamp(name: str) -> tuple[tuple[str, int], ...]:
    """What tells whether a table's added releases have changed since they were read."""
    return tuple((str(path), path.stat().st_mtime_ns) for path in added(name))


def newest(rows: pl.DataFrame, of: Table) -> pl.DataFrame:
    """Of the rows of several releases those that stand: per key the newest one's.

    Where a row that is absent means zero, the newest release that has a month stands for the whole month.
    """
    rank = pl.col("source_id").is_in(of.secondary) if of.secondary else pl.lit(False)
    kept = rows.with_columns(rank.alias("_rank")).sort(
        ["_rank", "vintage", "source_id"], descending=[False, True, False], nulls_last=True, maintain_order=True
    )
    if of.absent == "zero":
        kept = kept.filter(pl.col("vintage").eq_missing(pl.col("vintage").max().over(of.key[0])))
    order = [*of.names, *(name for name in rows.columns if name not in of.names)]
    return (
        kept.unique(list(of.key), keep="first", maintain_order=True).sort(list(of.key), nulls_last=True).select(order)
    )


def _every(name: str, stamped: tuple[tuple[str, int], ...]) -> pl.DataFrame:
    return pl.concat([_packaged(name), *(_read(Path(path), time) for path, time in stamped)], how="diagonal")


@lru_cache(maxsize=64)
def _packaged(name: str) -> pl.DataFrame:
    of = codebook.table_named(name)
    kinds = {column.name: KINDS[column.kind] for column in of.columns}
    comma = DATA / f"{name}.csv"
    try:
        if comma.is_file():
            rows = pl.read_csv(comma.read_bytes(), schema=kinds)
        else:
            rows = pl.read_parquet((DATA / f"{name}.parquet").read_bytes())
    except (OSError, pl.exceptions.PolarsError):
        raise BadFile(
            [Fault(name, "The table that comes with the program cannot be read.", "Install it again.")]
        ) from None
    if "vintage" in rows.columns:
        return rows
    if of.released:
        return rows.with_columns(pl.lit(of.released, pl.Date).alias("vintage"))
    known = {one.id: one.released for one in codebook.sources().values()}
    return rows.with_columns(
        pl.col("source_id").replace_strict(known, default=None, return_dtype=pl.Date).alias("vintage")
    )


@lru_cache(maxsize=64)
def _read(path: Path, _time: int) -> pl.DataFrame:
    try:
        return pl.read_parquet(path.read_bytes())
    except (OSError, pl.exceptions.PolarsError):
        raise _broken(path) from None


def _broken(path: Path) -> BadFile:
    return BadFile([Fault(str(path), "This added release cannot be read.", "Remove it, and add the table again.")])


def _span(rows: pl.DataFrame, of: Table) -> tuple[date | None, date | None]:
    column = {"month": "month", "year": "year", "period": "period_start"}.get(of.time)
    if column is None or rows.is_empty():
        return None, None
    ends: list[date | None] = []
    for value in (rows[column].min(), rows["period_end" if of.time == "period" else column].max()):
        ends.append(date(value, 1, 1) if isinstance(value, int) else value if isinstance(value, date) else None)
    return ends[0], ends[1]
