"""Whether the rows of a new table are all there: none twice, no month or row missing, totals that add up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import polars as pl

from safethird.flows import codebook, store, sums
from safethird.flows.codebook import Table
from safethird.flows.placed import MOST_PLACES, Placed

FOLLOW = "Months must follow one another."


def incomplete(frame: pl.DataFrame, of: Table, faults: Placed, *, as_printed: bool) -> list[tuple[str, str]]:
    """Note what is missing, twice there, or does not add up; with ``as_printed`` such sums are returned instead.

    ``frame`` has the place of each row in ``_place``, and in ``_marred`` whether it has a fault of its own: such a row
    is not looked at again, and nothing is found missing in its month.
    """
    key = _key(of)
    sound = frame.filter(~pl.col("_marred"))
    _once(sound, key, faults)
    first = of.key[0]
    spoilt = frame.filter(pl.col("_marred") | frame.select(key).is_duplicated())[first]
    if of.time == "month" and not sound.is_empty() and not spoilt.has_nulls():
        kept = store.table(of.name)
        _follows(set(frame["month"]), kept, of, faults)
        if of.absent == "missing":
            _every_row(frame, kept, set(spoilt), of, faults)
    whole = sound.filter(~pl.col(first).is_in(spoilt.implode()))
    return [one for rule in sums.SUMS.get(of.name, ()) for one in _adds(whole, of, rule, faults, as_printed)]


def _key(of: Table) -> list[str]:
    """What tells the rows of a file apart: where several sources stand side by side, the source too."""
    return list(dict.fromkeys([*of.key, *(["source_id"] if of.secondary else [])]))


def _once(frame: pl.DataFrame, key: list[str], faults: Placed) -> None:
    for _, part in frame.filter(frame.select(key).is_duplicated()).group_by(key, maintain_order=True):
        faults.add(" and ".join(part["_place"]), "The same row is there more than once.", "Keep one.")


def _follows(there: set[date], kept: pl.DataFrame, of: Table, faults: Placed) -> None:
    """No month missing in the file, nor between it and the months that are kept."""
    first, last, starts, ends = min(there), max(there), kept["month"].min(), kept["month"].max()
    assert isinstance(starts, date)
    assert isinstance(ends, date)
    if gaps := [day for day in _range(first, last) if day not in there and day not in of.gaps]:
        faults.add("file", f"{_listed(gaps)} missing between {first:%Y-%m} and {last:%Y-%m}.", FOLLOW)
    if between := _range(ends, first)[1:-1]:
        what = f"It begins in {first:%Y-%m}; {_listed(between)} missing after {ends:%Y-%m}, the last month kept."
        faults.add("file", what, "Add the release with those months first, or one that has them too.")
    if before := _range(last, starts)[1:-1]:
        faults.add("file", f"It ends in {last:%Y-%m}; {_listed(before)} missing before {starts:%Y-%m}.", FOLLOW)


def _every_row(frame: pl.DataFrame, kept: pl.DataFrame, spoilt: set[date], of: Table, faults: Placed) -> None:
    """Each row of the table in each month: those that are kept to their end, and those that the file begins."""
    if of.rounding == 10 or of.secondary:  # such publishers leave small cells out
        return
    thing = [name for name in of.key if name != "month"]
    there, ends = set(frame["month"]), kept["month"].max()
    first, last = min(there), max(there)
    spans = kept.group_by(thing).agg(pl.col("month").min().alias("begins"), pl.col("month").max().alias("stops"))
    known = {row[:-2]: (row[-2], row[-1]) for row in spans.iter_rows()}
    mine = {key: set(part["month"]) for key, part in frame.filter(~pl.col("_marred")).group_by(thing)}
    going_on = {key for key, (_, stops) in known.items() if stops == ends}
    for key in sorted({*mine, *going_on}, key=str):
        begins, stops = known.get(key, (min(mine.get(key, {first})), last))
        until = last if key in going_on else max(stops, max(mine.get(key, {stops})))
        lacking = [
            day for day in _range(max(first, begins), min(last, until)) if day in there - spoilt - mine.get(key, set())
        ]
        if lacking:
            do = "Each row of the table must be there in each month."
            faults.add(" / ".join(map(str, key)), f"{_listed(lacking)} missing.", do)


def _adds(frame: pl.DataFrame, of: Table, rule: sums.Sum, faults: Placed, as_printed: bool) -> list[tuple[str, str]]:
    accepted = []
    listed = {at for one in codebook.disagreements() if (one.table, one.rule) == (of.name, rule.name) for at in one.at}
    for row in sums.broken(frame, of, rule)[1].iter_rows(named=True):
        where = " ".join(str(row[name]) for name in rule.by)
        if where in listed:
            continue
        if as_printed:
            accepted.append((rule.name, where))
            continue
        total = frame.filter(rule.total, *(pl.col(name).eq_missing(pl.lit(row[name])) for name in rule.by))
        what = (
            f"{where}: {rule.text.en} does not add up: the parts are "
            f"{row['low']:g} to {row['high']:g}, the total {row['total_low']:g} to {row['total_high']:g}."
        )
        faults.add(
            ", ".join(total["_place"]), what, "Check the figures; if the publisher prints them so: --as-printed."
        )
    return accepted


def _range(first: date, last: date) -> list[date]:
    """The months from one to another, both included; none where they are the wrong way round."""
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [date(number // 12, number % 12 + 1, 1) for number in months]


def _listed(days: Iterable[date]) -> str:
    days = list(days)
    more = f" and {len(days) - MOST_PLACES} more" if len(days) > MOST_PLACES else ""
    return f"{', '.join(f'{day:%Y-%m}' for day in days[:MOST_PLACES])}{more} {'is' if len(days) == 1 else 'are'}"
