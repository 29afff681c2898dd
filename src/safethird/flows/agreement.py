"""Published counts under the Agreement: turned back, returned, removed, ineligible are different things, kept apart."""

from __future__ import annotations

import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, store

TABLE = "stca_statistics"
WHY = "They are different things in different sources, counted by different bodies over periods that overlap."


def measures() -> list[str]:
    """What is counted, each apart.

    >>> "claimants_turned_back_to_us" in measures()
    True
    """
    return sorted(store.table(TABLE)["measure"].unique())


def agreement_counts(measure: str | None = None, scope: str | None = None, region: str | None = None) -> pl.DataFrame:
    """The published counts of one measure, a row each: period, scope, region, citizenship, persons, source, vintage.

    There is no sum: measures are not added to one another, and the periods of one measure overlap.

    Raises:
        BadFile: no measure is named, or several; or there is none of that name.

    >>> agreement_counts("claimants_turned_back_to_us", scope="ports_of_entry")["persons"].to_list()
    [742, 1992, 744, 663, 259]
    >>> agreement_counts()
    Traceback (most recent call last):
    safethird.cases.faults.BadFile: measure: Counts under the Agreement are read one measure at a time: ...
    """
    there = measures()
    listed = f"Measures: {', '.join(there)}."
    if measure is None:
        raise BadFile(
            [
                Fault(
                    "measure",
                    f"Counts under the Agreement are read one measure at a time: none is named. {WHY}",
                    listed,
                )
            ]
        )
    named = [one for one in measure.replace("+", ",").split(",") if one.strip()]
    if len(named) != 1:
        raise BadFile([Fault("measure", f"Measures are never added or joined: {measure!r} names {len(named)}. {WHY}",
                             "Ask for each by itself.")])  # fmt: skip
    word = named[0].strip()
    if word not in there:
        raise BadFile([Fault("measure", f"There is no measure {word!r}.", codebook.near(word, there) or listed)])
    rows = store.table(TABLE).filter(pl.col("measure") == word)
    for column, given in (("scope", scope), ("region", region)):
        if given is None:
            continue
        known = sorted(rows[column].unique())
        if given not in known:
            raise BadFile([Fault(column, f"{word} has no {column} {given!r}.", f"There are: {', '.join(known)}.")])
        rows = rows.filter(pl.col(column) == given)
    return rows.sort("period_start", "period_end", "scope", "region")
