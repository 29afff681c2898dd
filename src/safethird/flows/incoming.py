"""The rows of a newly published table, typed and held against the codebook: every fault is told with its place."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date

import polars as pl

from safethird.flows import codebook, names, store
from safethird.flows.codebook import Table
from safethird.flows.placed import Placed
from safethird.flows.sheet import Sheet
from safethird.flows.wholeness import incomplete

_BESIDE = {"basis", "is_preferred", "agreeing_sources", "vintage", "vintage_precision"}
_HIDDEN = {"--", "–", "—", "x", "D"}
_TRUE, _FALSE = {"true", "yes", "oui", "1", "t", "vrai"}, {"false", "no", "non", "0", "f", "faux", ""}
_PLACES = {"province": "province", "citizenship": "nation", "nationality": "nation"}


@dataclass(frozen=True, slots=True)
class Incoming:
    """Rows in the form of the codebook, with the day of their release."""

    rows: pl.DataFrame
    accepted: tuple[tuple[str, str], ...] = ()


def read_rows(
    given: Sheet, of: Table, vintage: date | None, source: str | None, today: date, *, as_printed: bool = False
) -> Incoming:
    """The rows of a file, typed.

    ``as_printed`` takes sums that do not add up, and returns them beside the rows.

    Raises:
        BadFile: with every fault: columns, words, figures, rows twice, missing months and rows, totals that do not add.
    """
    faults = Placed()
    columns = _columns(given, of, faults)
    faults.raise_if_any()
    rows, places = _typed(given, of, columns, faults)
    _dated(rows, given, columns, places, vintage, source, of, today, faults)
    marred = faults.places()
    kinds = {column.name: store.KINDS[column.kind] for column in of.columns} | {"vintage": pl.Date}
    frame = pl.DataFrame(rows, schema=kinds, orient="row", strict=False).with_columns(
        pl.Series("_place", places, pl.String), pl.Series("_marred", [place in marred for place in places], pl.Boolean)
    )
    accepted = incomplete(frame, of, faults, as_printed=as_printed)
    faults.raise_if_any()
    return Incoming(frame.drop("_place", "_marred"), tuple(accepted))


def _columns(given: Sheet, of: Table, faults: Placed) -> dict[str, int]:
    """Where each column of the table stands in the file."""
    written = [names.fold(column).replace(" ", "_") for column in given.columns]
    for name, times in Counter(written).items():
        if times > 1 and name:
            faults.add("columns", f"{name} is there {times} times.", "Keep one.")
    there = {name: place for place, name in enumerate(written)}
    for name in [*of.key, of.value]:
        if name not in there and name != "source_id":
            near = codebook.near(name, tuple(n for n in written if n not in of.names))
            faults.add(
                "columns", f"{of.name} has a column {name}; this file has not.", near or "Has the definition changed?"
            )
    allowed = {*of.names, *_BESIDE}
    for name in written:
        if name not in allowed:
            near = codebook.near(name, tuple(n for n in of.names if n not in there))
            do = (
                near
                or f"Columns of {of.name}: {', '.join(of.names)}. If the definition has changed, it is another table."
            )
            faults.add("columns", f"{name or 'a column without a name'} is no column of {of.name}.", do)
    return {name: place for name, place in there.items() if name in allowed}


def _typed(
    given: Sheet, of: Table, columns: dict[str, int], faults: Placed
) -> tuple[list[dict[str, object]], list[str]]:
    closed = _closed(of)
    rows: list[dict[str, object]] = []
    places: list[str] = []
    for cells, place in zip(given.rows, given.places, strict=True):
        if not any(cells):
            continue
        text = {name: cells[at].strip() for name, at in columns.items()}
        if text.get("is_preferred", "true").lower() in _FALSE:
            continue
        row: dict[str, object] = {}
        for column in of.columns:
            if column.name in text and column.name not in (of.value, of.suppressed, "vintage", "vintage_precision"):
                row[column.name] = _value(column.name, column.kind, text[column.name], of, closed, place, faults)
        _figure(row, text, of, place, faults)
        rows.append(row)
        places.append(place)
    if not rows:
        faults.add("file", "It has no rows.", "Download it again.")
    return rows, places


def _value(
    name: str, kind: str, text: str, of: Table, closed: dict[str, dict[str, str]], place: str, faults: Placed
) -> object:
    if not text:
        if name in of.key and name != "source_id":
            faults.add(place, f"{name} is empty.", "Fill it.")
        return None
    match kind:
        case "date":
            return _day(name, text, of, place, faults)
        case "int" | "number":
            number = _number(text)
            if number is None or (kind == "int" and number != int(number)):
                faults.add(place, f"{name}: {text[:30]!r} is no number.", "Mend it.")
                return None
            return int(number) if kind == "int" else number
        case "bool":
            return text.lower() in _TRUE
    if name not in closed:
        return text
    text = names.ONE_NAME.get(text, text) if name == "nationality" else text
    found = closed[name].get(names.fold(text))
    if found is not None:
        return found
    if _PLACES.get(name) == "nation" and names.iso3(text):
        return text
    near = codebook.near(text, tuple(dict.fromkeys(closed[name].values())))
    faults.add(
        place,
        f"{name}: {text[:60]!r} is not known.",
        near or f"Known: {', '.join(sorted(set(closed[name].values()))[:14])}.",
    )
    return None


def _closed(of: Table) -> dict[str, dict[str, str]]:
    """For each column of words that are part of the key: every way to write a known one, and that one."""
    kept = store.every(of.name)
    found = {}
    for name in of.key:
        if kept.schema[name] == pl.String and name != "source_id":
            words = list(kept[name].drop_nulls().unique().sort())
            if name == "province":
                words += [word for word in names.PROVINCES if word not in words and word != "Not stated"]
            found[name] = {
                spelt: word for word in words for spelt in names.spellings(word, of=_PLACES.get(name, "other"))
            }
    return found


def _day(name: str, text: str, of: Table, place: str, faults: Placed) -> date | None:
    try:
        day = date.fromisoformat(f"{text}-01" if re.fullmatch(r"\d{4}-\d\d", text) else text[:10])
    except ValueError:
        faults.add(place, f"{name}: {text[:30]!r} is not a day that exists.", "Write YYYY-MM-DD.")
        return None
    if name == "month" and of.time == "month" and day.day != 1:
        faults.add(place, f"month: {text[:30]} is not the first of a month.", "Write a month by its first day.")
        return None
    return day


def _number(text: str) -> float | None:
    plain = re.sub(r"(?<=\d)[,\u00a0\u202f ](?=\d{3}\b)", "", text).replace("−", "-")
    try:
        return float(plain) if re.fullmatch(r"-?\d+(\.\d+)?", plain) else None
    except ValueError:
        return None


def _figure(row: dict[str, object], text: dict[str, str], of: Table, place: str, faults: Placed) -> None:
    """The figure of a row, and whether it is hidden: an empty one must be marked, a marked one must be empty."""
    printed = text[of.value]
    marked = text.get(of.suppressed, "").lower() if of.suppressed else ""
    if marked not in _TRUE | _FALSE:
        faults.add(place, f"{of.suppressed}: {marked[:30]!r} is neither true nor false.", "Write true or false.")
    hidden = marked in _TRUE or (bool(of.suppressed) and printed in _HIDDEN)
    if of.suppressed:
        row[of.suppressed] = hidden
    row[of.value] = None
    if printed in _HIDDEN or not printed:
        if not hidden:
            do = f"Mark it in {of.suppressed}, print --, or give the figure." if of.suppressed else "Give the figure."
            faults.add(place, f"{of.value} is {'hidden' if printed else 'empty'}, and an empty figure is not zero.", do)
        return
    number = _number(printed)
    if number is None or number != int(number):
        faults.add(place, f"{of.value}: {printed[:30]!r} is not a whole number.", "Mend it.")
        return
    if number < 0:
        faults.add(place, f"{of.value} is negative.", "A count is never under zero.")
    elif hidden:
        faults.add(
            place, f"{of.value} is printed and marked as hidden.", f"Empty the figure, or {of.suppressed} is false."
        )
    elif of.rounding and number % of.rounding:
        faults.add(place, f"{of.value}: figures of this table are rounded to {of.rounding}; this is not.",
                   "The definition has changed: it is another table.")  # fmt: skip
    elif number >= 2**53:
        faults.add(place, f"{of.value} is too large.", "Mend it.")
    row[of.value] = int(number)


def _dated(
    rows: list[dict[str, object]], given: Sheet, columns: dict[str, int], places: list[str], vintage: date | None,
    source: str | None, of: Table, today: date, faults: Placed,
) -> None:  # fmt: skip
    """The day of release and the source of each row."""
    known = store.sources()
    several = {str(row.get("source_id") or "") for row in rows}
    if source and len(several) > 1:
        faults.add("file", f"Its rows name {len(several)} sources.", "Leave --source out, or the column source_id.")
    if source and not all(part.strip() for part in source.rpartition(",")[::2]):
        faults.add("--source", "It names no title and publisher.", 'Write --source "TITLE, PUBLISHER".')
    written = dict(zip(given.places, given.rows, strict=True))
    for row, place in zip(rows, places, strict=True):
        text = written[place][columns["vintage"]] if "vintage" in columns else ""
        found = re.search(r"(\d{4})[-_](\d\d)[-_](\d\d)", text)
        day = vintage
        if day is None and found:
            try:
                day = date(*map(int, found.groups()))
            except ValueError:
                faults.add(place, f"vintage: {text[:30]!r} is not a day that exists.", "Write YYYY-MM-DD.")
                continue
        if day is None:
            faults.add("file", "It does not say on which day it came out.", "Give that day: --vintage YYYY-MM-DD.")
        elif day > today:
            faults.add(
                "file" if vintage else place,
                f"The day of release {day} has not come yet.",
                "Give the day it came out: --vintage DAY.",
            )
        row["vintage"] = day
        if "vintage_precision" in of.names:
            row["vintage_precision"] = "day"
        last = row.get(of.key[0]) if of.time == "month" else row.get("period_end")
        if isinstance(last, date) and day is not None and last > day:
            faults.add(place, f"{last:%Y-%m} comes after the day of release, {day}.", "Check --vintage, and the month.")
        name = "" if source else str(row.get("source_id") or "")
        if name in known:
            continue
        if not source:
            what = f"There is no source {name!r}." if name else "It does not say where it is from."
            faults.add("file", what, 'Name it: --source "TITLE, PUBLISHER" [--url ADDRESS].')
        row["source_id"] = f"{names.fold(source or 'added').replace(' ', '_')[:40]}_{day}"
