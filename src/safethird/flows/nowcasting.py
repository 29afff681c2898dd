"""Recent months scaled by what later releases did to months of the same age, where that was observed often enough."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows.catalogue import entry
from safethird.flows.revisions import prints

ENOUGH = 8
"""How many figures of an age must have been printed again before that age is scaled."""
RECENT = 12


class TooFewRevisions(BadFile):
    """Too few figures were printed again to say what a later release does to a recent one; the message counts them."""


def nowcast(name: str, as_known_on: date | None = None, enough: int = ENOUGH) -> pl.DataFrame:
    """The recent months of a series, each with what it will probably be in a later release.

    The figure printed is multiplied by the ratios of last to first print that were observed for months of the same age
    (months between the month and the release). A month is scaled only where at least ``enough`` ratios of its age were
    observed, prints that changed nothing included. Columns: month, age, printed, estimate (median), low80, high80,
    low95, high95, observed (ratios of its age), unit, vintage.

    With ``as_known_on`` only the releases out by that day are used, for the ratios too.

    Raises:
        TooFewRevisions: no recent month can be scaled; the message counts what was observed.

    >>> nowcast("claims/border/Quebec")
    Traceback (most recent call last):
    safethird.flows.nowcasting.TooFewRevisions: claims/border/Quebec: No month can be scaled: ...
    """
    of = entry(name)
    found = prints(of.name)
    if as_known_on is not None:
        found = found.filter(pl.col("vintage") <= as_known_on)
    found = found.filter(pl.col("value").is_not_null())
    first = found.sort("vintage").group_by("month", maintain_order=True).agg(
        pl.col("age").first(), pl.col("value").first(), pl.col("value").last().alias("last"),
        pl.col("vintage").n_unique().alias("times"), pl.col("vintage").last(), pl.col("age").last().alias("age_now"),
    )  # fmt: skip
    # A figure of zero has no ratio; it is counted as seen, not scaled.
    again = first.filter((pl.col("times") > 1) & (pl.col("value") > 0)).with_columns(
        ratio=pl.col("last") / pl.col("value")
    )
    ratios = {age: part["ratio"].to_numpy() for (age,), part in again.group_by("age")}
    rows = []
    for row in first.filter(pl.col("age_now") <= RECENT).sort("month").iter_rows(named=True):
        seen = ratios.get(row["age_now"], np.array([]))
        if len(seen) >= enough:
            low95, low80, middle, high80, high95 = row["last"] * np.quantile(seen, (0.025, 0.1, 0.5, 0.9, 0.975))
            rows.append((row["month"], row["age_now"], row["last"], middle, low80, high80, low95, high95, len(seen),
                         of.unit, row["vintage"]))  # fmt: skip
    if not rows:
        raise TooFewRevisions([_refused(of.name, first, ratios, enough)])
    columns = (
        "month",
        "age",
        "printed",
        "estimate",
        "low80",
        "high80",
        "low95",
        "high95",
        "observed",
        "unit",
        "vintage",
    )
    return pl.DataFrame(rows, schema=list(columns), orient="row")


def _refused(name: str, first: pl.DataFrame, ratios: dict[object, np.ndarray], enough: int) -> Fault:
    counted = sum(len(seen) for seen in ratios.values())
    by_age = ", ".join(
        f"{len(seen)} at {age} months" for age, seen in sorted(ratios.items(), key=lambda one: str(one[0]))
    )
    recent = first.filter(pl.col("age_now") <= RECENT).height
    what = (
        f"No month can be scaled: {counted} figures were printed again by a later release"
        f"{f' ({by_age})' if by_age else ''}, and {recent} months are at most {RECENT} months old in theirs."
    )
    return Fault(
        name, what, f"At least {enough} of the same age are needed. Add releases as they come: safethird flows add."
    )
