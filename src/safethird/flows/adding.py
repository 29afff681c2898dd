"""A newly published table, taken in whole or not at all: validated, held against what is kept, stored as a release."""

from __future__ import annotations

import contextlib
import json
import os
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow.parquet as pq

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, names, store
from safethird.flows.codebook import Table
from safethird.flows.incoming import Incoming, read_rows
from safethird.flows.sheet import Sheet, sheet

_STALE = 86_400.0
"""Seconds after which a half-written file is one that nobody writes any more."""


@dataclass(frozen=True, slots=True)
class Addition:
    """What an added release holds, and what it changes.

    ``revised`` has a row for each figure that stood before and is another now (key, then, now, then_vintage; null:
    suppressed); ``fresh`` counts rows that no release had; ``earlier`` those that differ from a later release, which
    stands; ``accepted`` the sums taken as printed. ``path`` is the file written, None where it was only tried.
    """

    table: str
    vintage: date
    source: str
    first: date
    last: date
    rows: int
    fresh: int
    revised: pl.DataFrame
    earlier: int
    accepted: tuple[tuple[str, str], ...]
    path: Path | None


def add(
    file: Path, table: str | None = None, vintage: date | None = None, source: str | None = None,
    url: str | None = None, licence: str | None = None, *, today: date | None = None, only_try: bool = False,
    as_printed: bool = False,
) -> Addition:  # fmt: skip
    """Take a newly published table into the user's folder; the releases kept before stay.

    The file has the columns of the codebook (CSV, Parquet, .xlsx), or is the immigration department's monthly sheet of
    claims by office and province. ``vintage`` is the day it came out, unless a column says it; ``source`` its title and
    publisher, unless the rows name a known source. With ``as_printed`` sums that do not add up are taken as the
    publisher prints them, and noted. With ``only_try`` nothing is written.

    Raises:
        BadFile: with every fault of the file, each with its place; nothing is written.
    """
    given = sheet(file)
    of = _recognised(file, given, table)
    incoming = read_rows(given, of, vintage, source, today or date.today(), as_printed=as_printed)
    _held_against(of, incoming)
    old, rows = store.every(of.name), incoming.rows
    if rows.join(
        old, on=list(dict.fromkeys([*of.key, "source_id", "vintage"])), how="anti", nulls_equal=True
    ).is_empty():
        what = "This release is kept already: it has no other figure and no new row."
        raise BadFile([Fault(file.name, what, "There is nothing to add.")])
    before, after = store.newest(old, of), store.newest(pl.concat([old, rows], how="diagonal"), of)
    first, last, day = rows[of.key[0]].min(), rows[of.key[0]].max(), rows["vintage"].max()
    assert isinstance(day, date)
    mine = store.newest(rows, of).join(after, on=list(of.key), nulls_equal=True, suffix="_stands")
    earlier = mine.filter(
        pl.col("vintage") < pl.col("vintage_stands"), pl.col(of.value).ne_missing(pl.col(f"{of.value}_stands"))
    )
    sources = _source(incoming, day, source, url, licence)
    return Addition(
        table=of.name, vintage=day, source="; ".join(rows["source_id"].unique().sort()), first=_day(first),
        last=_day(last), rows=rows.height,
        fresh=rows.join(before, on=list(of.key), how="anti", nulls_equal=True).height,
        revised=_revised(of, before, after), earlier=earlier.height, accepted=incoming.accepted,
        path=None if only_try else _write(of, rows, day, sources, incoming.accepted),
    )  # fmt: skip


def _revised(of: Table, before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """The figures that stood and stand no more; a row that is not printed is zero where zeros are left out."""
    key, value = list(of.key), of.value
    both = before.select(*key, pl.col(value).alias("then"), pl.col("vintage").alias("then_vintage")).join(
        after.select(*key, pl.col(value).alias("now"), pl.col("vintage").alias("now_vintage")), on=key, how="full",
        coalesce=True, nulls_equal=True,
    )  # fmt: skip
    if of.absent == "zero":
        both = both.filter(pl.col(key[0]).is_in(before[key[0]].unique().implode())).with_columns(
            then=pl.when(pl.col("then_vintage").is_null()).then(0).otherwise("then"),
            now=pl.when(pl.col("now_vintage").is_null()).then(0).otherwise("now"),
        )
    else:
        both = both.filter(pl.col("then_vintage").is_not_null() | pl.col("then").is_not_null())
    return both.filter(pl.col("then").ne_missing(pl.col("now"))).sort(key).select(*key, "then", "now", "then_vintage")


def _recognised(file: Path, given: Sheet, table: str | None) -> Table:
    """The table that a file is: as named, or the one whose columns it has."""
    if table is not None:
        of = codebook.table_named(table)
        if of.time == "none" or not of.value:
            raise BadFile(
                [
                    Fault(
                        "--table", f"{table} is no table of counts; it takes no release.", "See safethird flows tables."
                    )
                ]
            )
        return of
    if given.wide:
        return codebook.table_named("claims_by_office_type_province_monthly")
    there = {names.fold(column).replace(" ", "_") for column in given.columns}
    fitting = [
        of
        for of in codebook.tables().values()
        if of.value and of.time != "none" and {*of.key, of.value} - {"source_id"} <= there
    ]
    named = [of for of in fitting if file.name.startswith(of.name)]
    most = max((len(of.key) for of in fitting), default=0)
    best = named or [of for of in fitting if len(of.key) == most]
    if len(best) == 1:
        return best[0]
    if best:
        what = f"Its columns fit several tables: {', '.join(of.name for of in best)}."
        raise BadFile([Fault(file.name, what, "Say which: --table NAME.")])
    closest = max(
        (of for of in codebook.tables().values() if of.value), key=lambda of: len({*of.key, of.value} & there)
    )
    lacking = ", ".join(sorted({*closest.key, closest.value} - there - {"source_id"}))
    raise BadFile([Fault(
        file.name,
        f"Its columns ({', '.join(given.columns[:12])}) are those of no table; "
        f"nearest is {closest.name}, without {lacking}.",
        "See safethird flows tables NAME for the columns, and say which it is: --table NAME.",
    )])  # fmt: skip


def _held_against(of: Table, incoming: Incoming) -> None:
    """Refuse a second release of one day with other figures."""
    kept = store.every(of.name)
    same = incoming.rows.join(kept, on=[*of.key, "vintage"], how="inner", nulls_equal=True, suffix="_kept")
    other = same.filter(pl.col(of.value).ne_missing(pl.col(f"{of.value}_kept")))
    if other.height:
        days = ", ".join(str(day) for day in other["vintage"].unique().sort())
        raise BadFile([Fault(
            f"{other.height} rows", f"A release of {days} is kept already and has other figures there.",
            "If this is a later release, give its own day: --vintage DAY.",
        )])  # fmt: skip


def _source(
    incoming: Incoming, day: date, title: str | None, url: str | None, licence: str | None
) -> list[dict[str, Any]]:
    """The source that this release brings, where its rows name none that is known."""
    known = store.sources()
    new = [one for one in incoming.rows["source_id"].unique().sort() if one not in known]
    text, _, publisher = (title or "").rpartition(",")
    return [
        {
            "id": one, "title": (text or title or "").strip(), "publisher": publisher.strip() if text else "",
            "published": day.isoformat(), "released": day.isoformat(), "precision": "day", "url": url or "",
            "licence": licence if licence in codebook.licences() else "user",
        }
        for one in new
    ]  # fmt: skip


def _write(
    of: Table, rows: pl.DataFrame, day: date, sources: list[dict[str, Any]], accepted: tuple[tuple[str, str], ...]
) -> Path:
    """Write the release beside its place and rename it into it; nobody's file is overwritten."""
    place = store.folder() / "tables" / of.name
    said = {
        "table": of.name,
        "vintage": day.isoformat(),
        "added": date.today().isoformat(),
        "sources": sources,
        "accepted": accepted,
    }
    try:
        place.mkdir(parents=True, exist_ok=True)
        for old in place.glob(".*.writing"):
            if time.time() - old.stat().st_mtime > _STALE:
                old.unlink(missing_ok=True)
        making = place / f".{os.getpid()}.writing"
        with making.open("wb") as file:
            table = rows.to_arrow().replace_schema_metadata(
                {store.ABOUT: json.dumps(said, ensure_ascii=False).encode()}
            )
            pq.write_table(table, file, compression="zstd")
            file.flush()
            os.fsync(file.fileno())
        for number in range(1, 1000):
            path = place / (f"{day}.parquet" if number == 1 else f"{day}.{number}.parquet")
            with contextlib.suppress(FileExistsError):
                os.link(making, path)
                making.unlink()
                return path
    except OSError as error:
        raise BadFile([Fault(str(place), f"Nothing can be written there ({error.strerror}).",
                             "Choose another folder with SAFETHIRD_DATA.")]) from None  # fmt: skip
    raise BadFile([Fault(str(place), f"It holds a thousand files of {day} already.", "Remove those not needed.")])


def _day(value: object) -> date:
    return value if isinstance(value, date) else date(int(str(value)), 1, 1)
