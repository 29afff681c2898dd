"""What each table holds: title, unit, columns, sources, licences, coverage, definition, breaks; English and French."""

from __future__ import annotations

import csv
import difflib
import math
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

from safethird.cases.faults import BadFile, Fault
from safethird.law.facts.declare import Words as Text

__all__ = [
    "DATA", "Break", "Column", "Disagreement", "Licence", "Source", "Table", "Text", "breaks", "disagreements",
    "licences", "near", "source_of", "sources", "table_named", "tables", "units",
]  # fmt: skip

Kind = Literal["date", "int", "number", "bool", "text"]
DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, its kind (date, int, number, bool, text) and what it says."""

    name: str
    kind: Kind
    says: Text


@dataclass(frozen=True, slots=True)
class Break:
    """A day on which the definition of a count changed: figures before and after are not the same thing."""

    id: str
    day: date
    text: Text
    channels: tuple[str, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Licence:
    """The terms under which figures are carried."""

    id: str
    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that figures come from.

    ``released`` is the day it was surely out: of a month or a year its last day, and the day it was read where no day
    is printed; ``precision`` (day, month, year, read) tells which. ``licence`` is the id of a :class:`Licence`.
    """

    id: str
    title: str
    publisher: str
    published: str
    released: date | None
    precision: str
    url: str
    licence: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table: what its rows are, by which columns a row is found, how the publisher hides and rounds.

    ``rounding`` is the step to which the publisher rounds (0: exact), ``suppressed`` the column that marks a hidden
    figure, known to be 0 to ``suppressed_to`` (infinite: not bounded); ``absent`` says what a row that is not there
    means; ``apart`` names the column whose values are different things, never added to one another; ``secondary`` are
    sources used only where no other has the row; ``gaps`` are months that no release kept has; ``released`` is the day
    of the release, where it is not that of the source.
    """

    name: str
    title: Text
    unit: str
    time: Literal["month", "year", "period", "none"]
    coverage: tuple[date, date] | None
    key: tuple[str, ...]
    value: str
    columns: tuple[Column, ...]
    definition: Text
    breaks: tuple[Break, ...]
    suppressed: str
    suppressed_to: float
    rounding: int
    absent: Literal["missing", "zero"]
    apart: str
    secondary: tuple[str, ...]
    gaps: tuple[date, ...]
    released: date | None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
        return tuple(column.name for column in self.columns)


@cache
def _book() -> dict[str, Any]:
    return tomllib.loads((DATA / "codebook.toml").read_text(encoding="utf-8"))


@cache
def units() -> Mapping[str, Text]:
    """What is counted, in words.

    >>> units()["encounters"].en
    'encounters (events, not persons)'
    """
    return MappingProxyType({name: Text(*words) for name, words in _book()["units"].items()})


@cache
def licences() -> Mapping[str, Licence]:
    """The licences by id."""
    return MappingProxyType(
        {name: Licence(name, Text(en, fr), url) for name, (en, fr, url) in _book()["licences"].items()}
    )


@cache
def sources() -> Mapping[str, Source]:
    """The sources of the packaged tables by id.

    >>> sources()["ircc_odp_2025"].publisher
    'Immigration, Refugees and Citizenship Canada'
    """
    with (DATA / "sources.csv").open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["source_id"]: source_of(row) for row in csv.DictReader(file)})


def source_of(row: dict[str, str]) -> Source:
    """A source from its row of the list."""
    return Source(
        id=row["source_id"], title=row["title"], publisher=row["publisher"], published=row["published"],
        released=date.fromisoformat(row["released"]) if row["released"] else None, precision=row["precision"],
        url=row["url"], licence=row["licence"],
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A sum that the publisher's own figures do not keep: the table, the rule, and where."""

    table: str
    rule: str
    at: frozenset[str]
    text: Text


@cache
def disagreements() -> tuple[Disagreement, ...]:
    """Every known disagreement of printed figures with their printed total."""
    return tuple(
        Disagreement(one["table"], one["rule"], frozenset(one["at"]), Text(one["en"], one["fr"]))
        for one in _book()["disagreements"]
    )


@cache
def breaks() -> tuple[Break, ...]:
    """The changes of definition; ``until`` is the last day of one that ended."""
    return tuple(
        Break(
            name,
            one["day"],
            Text(one["en"], one["fr"]),
            tuple(one.get("where", {}).get("channel", ())),
            one.get("until"),
        )
        for name, one in _book()["breaks"].items()
    )


@cache
def tables() -> Mapping[str, Table]:
    """Every table by name.

    >>> tables()["claims_by_office_type_province_monthly"].rounding
    5
    """
    book = _book()
    columns = {name: Column(name, kind, Text(en, fr)) for name, (kind, en, fr) in book["columns"].items()}
    known = {one.id: one for one in breaks()}
    return MappingProxyType({name: _table(name, one, columns, known) for name, one in book["tables"].items()})


def _table(name: str, one: dict[str, Any], columns: dict[str, Column], breaks: dict[str, Break]) -> Table:
    coverage = one.get("coverage")
    return Table(
        name=name, title=Text(*one["title"]), unit=one["unit"], time=one["time"],
        coverage=(coverage[0], coverage[1]) if coverage else None, key=tuple(one["key"]), value=one.get("value", ""),
        columns=tuple(columns[column] for column in one["columns"]), definition=Text(*one["definition"]),
        breaks=tuple(breaks[each] for each in one.get("breaks", ())), suppressed=one.get("suppressed", ""),
        suppressed_to=math.inf if one.get("suppressed_to") == "open" else 5, rounding=one.get("rounding", 0),
        absent=one.get("absent", "missing"), apart=one.get("apart", ""), secondary=tuple(one.get("secondary", ())),
        gaps=tuple(one.get("gaps", ())), released=one.get("released"),
    )  # fmt: skip


def table_named(name: str) -> Table:
    """The table of this name.

    Raises:
        BadFile: there is none; it names the nearest.

    >>> table_named("policy_event")
    Traceback (most recent call last):
    safethird.cases.faults.BadFile: policy_event: There is no such table. Nearest: policy_events. All: ...
    """
    known = tables()
    if name not in known:
        do = f"{near(name, tuple(known))} All: safethird flows tables.".strip()
        raise BadFile([Fault(name, "There is no such table.", do)])
    return known[name]


def near(name: str, known: Iterable[str]) -> str:
    """The names nearest to a misspelt one, as a sentence; empty where none is near."""
    folded = {one.lower(): one for one in known}
    found = [folded[one] for one in difflib.get_close_matches(name.lower(), folded, n=3, cutoff=0.5)]
    return f"Nearest: {', '.join(found)}." if found else ""
