"""What later releases changed: each figure as it was printed then, and as it is printed now."""

from __future__ import annotations

from datetime import date

import polars as pl

from safethird.flows import codebook, store
from safethird.flows.catalogue import entry
from safethird.flows.vintages import known


def revisions(name: str, as_known_on: date | None = None) -> pl.DataFrame:
    """The figures of a series or a table that a later release changed, oldest month first, each as first printed so.

    Columns: the key of the row, ``then`` (null: suppressed), ``then_vintage`` (null: the day is not known),
    ``then_source``, ``now``, ``now_vintage``, ``now_source``. Unit: that of the table.

    With ``as_known_on`` only the releases out by that day are held against one another.

    Raises:
        BadFile: there is no such series or table.
        NotKnownThen: no release was out by that day.

    >>> row = revisions("interceptions/between_ports/Canada").row(0, named=True)
    >>> str(row["month"]), row["then"], str(row["then_vintage"]), row["now"], str(row["now_vintage"])
    ('2017-01-01', 476, '2017-03-21', 315, '2024-05-22')
    """
    of = None if name in codebook.tables() else entry(name)
    table = of.table if of else name
    rows = store.every(table)
    if as_known_on is not None:
        known(table, as_known_on)
        rows = rows.filter(pl.col("vintage") <= as_known_on)
    if of is not None:
        rows = rows.filter(*(pl.col(column) == value for column, value in of.rows.items()))
    return changed(rows, codebook.table_named(table))


def changed(rows: pl.DataFrame, of: codebook.Table) -> pl.DataFrame:
    """Of the rows of several releases those that differ from what the newest release has for the same thing."""
    thing = [name for name in of.key if name != "source_id"]
    if not of.value or not thing:
        return pl.DataFrame(schema=dict.fromkeys(thing, pl.String) | {"then": pl.Int64, "now": pl.Int64})
    first = rows.filter(~pl.col("source_id").is_in(of.secondary))
    # An empty figure that is not marked as hidden was not printed.
    hidden = pl.col(of.suppressed).fill_null(False) if of.suppressed else pl.lit(False)
    first = first.filter(pl.col(of.value).is_not_null() | hidden)
    now = first.sort("vintage", "source_id", descending=[True, False], nulls_last=True).unique(thing, keep="first")
    pairs = first.join(now, on=thing, how="inner", suffix="_now", nulls_equal=True)
    different = (
        pairs.filter(pl.col(of.value).ne_missing(pl.col(f"{of.value}_now")))
        .sort("vintage", "source_id", nulls_last=True)
        .unique([*thing, of.value], keep="first", maintain_order=True)
    )
    return different.select(
        *thing, pl.col(of.value).alias("then"), pl.col("vintage").alias("then_vintage"),
        pl.col("source_id").alias("then_source"), pl.col(f"{of.value}_now").alias("now"),
        pl.col("vintage_now").alias("now_vintage"), pl.col("source_id_now").alias("now_source"),
    ).sort(*thing, "then_vintage", "then_source", nulls_last=True)  # fmt: skip


def prints(name: str) -> pl.DataFrame:
    """Each figure of a series in each release whose day is known: month, vintage, age, value (null: suppressed).

    ``age`` is the whole months from the month to that of the release: of a month printed in the next one, 1.
    """
    of = entry(name)
    table = codebook.table_named(of.table)
    rows = store.every(of.table).filter(
        *(pl.col(column) == value for column, value in of.rows.items()),
        pl.col("vintage").is_not_null(), ~pl.col("source_id").is_in(table.secondary),
    )  # fmt: skip
    one = rows.sort("vintage", "source_id").unique([*table.key, "vintage"], keep="first")
    value = pl.col(table.value)
    return (
        one.group_by("month", "vintage")
        .agg(pl.when(value.null_count() == 0).then(value.sum()).otherwise(None).alias("value"))
        .with_columns(_months(pl.col("vintage")).sub(_months(pl.col("month"))).alias("age"))
        .sort("month", "vintage")
        .select("month", "vintage", "age", "value")
    )


def _months(day: pl.Expr) -> pl.Expr:
    return day.dt.year().cast(pl.Int64) * 12 + day.dt.month().cast(pl.Int64)
