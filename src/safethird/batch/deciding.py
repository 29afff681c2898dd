"""Deciding a batch of claims: under one law, each under that of its own day, or under two and how they differ."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from threading import Lock
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.answers import Answers
from safethird.batch.comparison import Comparison
from safethird.batch.groups import Rows, added, apart
from safethird.batch.plan import Days, Plan
from safethird.batch.schema import CLAIM_ID, formula, versions
from safethird.cases.designator import designated
from safethird.law import sides
from safethird.law.pact import Law, LawError
from safethird.readings.cells import CLAIMED, EPOCH


class Decider(Protocol):
    """Decides canonical batches; safe to be used by several threads."""

    schema: pa.Schema

    def decide(self, claims: pa.RecordBatch) -> pa.RecordBatch:
        """The result for each claim, in the same order."""

    def hanging(self, claims: pa.RecordBatch, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many of these claims a settled answer hangs on it, the fact not being known."""


def laws_of(law: str | None, side: str, vs: str | None = None) -> list[Law]:
    """The laws that a table may be read under: the one named, else every version of a side; and the other.

    >>> [law.name for law in laws_of("canada@2024-06-01", "canada")]
    ['canada@2024-06-01']
    """
    own = [designated(law)] if law else versions(sides.of(side))
    return [*own, *([designated(vs)] if vs else [])]


def decider(
    law: str | None,
    side: str = "canada",
    *,
    vs: str | None = None,
    positions: Mapping[str, bool] | None = None,
    missing: bool = False,
) -> Decider:
    """What decides tables under a law by name, or (None) each claim under the law of its own day.

    Raises:
        LawError: an unknown law, or one that turns on something that no column holds.
    """
    held = dict(positions or {})
    if vs is None:
        return One(designated(law), held, missing) if law else Own(side, held, missing)
    if law is None:
        raise LawError("A comparison needs both laws. Name the first with --law, for instance canada@2024-06-01.")
    return Two(designated(law), designated(vs), held)


class One:
    """Every claim under one law; a claim whose day is not given is read as made on the day of the law."""

    def __init__(self, law: Law, positions: Mapping[str, bool], missing: bool = False) -> None:
        self.plan = Plan(law, positions)
        self.answers = Answers(self.plan, missing)
        self.schema = self.answers.schema(pa.string())

    def decide(self, claims: pa.RecordBatch) -> pa.RecordBatch:
        """The result for each claim, in the same order."""
        days = claimed(claims, self.plan.law)
        return _whole(self.schema, claims, self.answers.of(claims, days) if claims.num_rows else {})

    def hanging(self, claims: pa.RecordBatch, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many of these claims a settled answer hangs on it, the fact not being known."""
        return self.answers.hanging(claims, claimed(claims, self.plan.law), result)


class Two:
    """Every claim under two laws, and whether they decide it differently."""

    def __init__(self, one: Law, other: Law, positions: Mapping[str, bool]) -> None:
        if one.pact.side != other.pact.side:
            raise LawError("Tables are compared under two laws of one side: its columns are the facts of that side.")
        self.comparison = Comparison(one, other, positions)
        self.schema = self.comparison.schema(pa.string())

    def decide(self, claims: pa.RecordBatch) -> pa.RecordBatch:
        """The result for each claim, in the same order."""
        days = claimed(claims, self.comparison.one.law)
        return _whole(self.schema, claims, self.comparison.of(claims, days) if claims.num_rows else {})

    def hanging(self, claims: pa.RecordBatch, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many of these claims it hangs on it whether they are decided differently."""
        return self.comparison.hanging(claims, claimed(claims, self.comparison.one.law), result)


class Own:
    """Each claim under the law of its own day."""

    def __init__(self, side: str, positions: Mapping[str, bool], missing: bool) -> None:
        self.laws = versions(sides.of(side))
        self.positions = positions
        self.missing = missing
        self.first = np.array([(_plain(law.day) - EPOCH).days for law in self.laws])
        self._made: dict[tuple[tuple[str, int], ...], Answers] = {}
        self._lock = Lock()
        self.schema = Answers.empty(missing, pa.string(), law=True)

    def _of(self, version: int) -> Answers:
        law = self.laws[version]
        key = formula(law)
        with self._lock:
            if key not in self._made:
                self._made[key] = Answers(Plan(law, self.positions), self.missing)
            return self._made[key]

    def _versions(self, claims: pa.RecordBatch) -> tuple[Days, Rows]:
        """The day of each claim, and the number of the version of the law that it falls under."""
        days = claimed(claims, None)
        which = np.searchsorted(self.first, days, side="right") - 1
        if len(which) and which.min() < 0:
            raise LawError(f"Claims made before {self.laws[0].day} have no law of this pact to be read under.")
        return days, which

    def decide(self, claims: pa.RecordBatch) -> pa.RecordBatch:
        """The result for each claim, in the same order."""
        days, which = self._versions(claims)

        def one(version: int, some: pa.RecordBatch, at: Rows) -> pa.RecordBatch:
            first = pa.array(np.zeros(len(at), dtype=np.int16))
            name = pa.DictionaryArray.from_arrays(first, [self.laws[version].name])
            return _whole(self.schema, some, {"law": name, **self._of(version).of(some, days[at])})

        return apart(claims, which, one) if claims.num_rows else _whole(self.schema, claims, {})

    def hanging(self, claims: pa.RecordBatch, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many of these claims a settled answer hangs on it, the fact not being known."""
        days, which = self._versions(claims)

        def one(version: int, some: pa.RecordBatch, at: Rows, found: pa.RecordBatch) -> dict[str, int]:
            return self._of(version).hanging(some, days[at], found)

        return added(claims, result, which, one)


def _whole(schema: pa.Schema, claims: pa.RecordBatch, columns: Mapping[str, pa.Array]) -> pa.RecordBatch:
    """The result, with the identifier of each claim before it."""
    if not claims.num_rows:
        identifiers = schema.field(0).with_type(claims.schema.field(CLAIM_ID).type)
        return pa.RecordBatch.from_pylist([], schema.set(0, identifiers))
    return pa.RecordBatch.from_arrays([claims.column(CLAIM_ID), *columns.values()], [CLAIM_ID, *columns])


def claimed(claims: pa.RecordBatch, law: Law | None) -> Days:
    """The day of each claim, in days since 1970-01-01; where it is not given, the day of the law."""
    column = claims.column(CLAIMED) if CLAIMED in claims.schema.names else pa.nulls(claims.num_rows, pa.date32())
    if column.null_count:
        if law is None:
            raise LawError("A claim has no day, and the law depends on it. Fill claim_date, or name a law with --law.")
        column = pc.fill_null(column, pa.scalar(_plain(law.day), pa.date32()))
    days: Days = column.cast(pa.int32()).to_numpy()
    return days


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day
