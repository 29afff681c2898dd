"""Claims as the two plain tables that the law as SQL reads: words are text, days are whole numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.deciding import claimed
from safethird.batch.packing import Claimed
from safethird.batch.plan import Plan
from safethird.batch.schema import CLAIM_ID, COMPLETE, RELATIVES, Column, columns
from safethird.batch.statement import years
from safethird.readings.cells import CLAIMED, Bound
from safethird.readings.sql import back

_PLAIN: Mapping[str, pa.DataType] = {
    "bool": pa.bool_(), "code": pa.string(), "codes": pa.string(), "number": pa.int32(), "day": pa.int32(),
}  # fmt: skip


def asked(plan: Plan) -> tuple[list[Column], list[Column]]:
    """The columns of claims that a plan reads, without ``claim_date``, and those of relatives."""
    found = columns([plan.law])
    return [c for c in found if not c.of_relative and c.name != CLAIMED], [c for c in found if c.of_relative]


def claims_of(batch: pa.RecordBatch, plan: Plan, ids: pa.Array | None = None) -> pa.RecordBatch:
    """The table ``claims`` of a canonical batch: a row for each claim, in the same order.

    A column that the batch does not have is NULL throughout; a claim without a day has that of the law. ``ids`` stand
    in for the claims' own identifiers.

    >>> from safethird.batch.example import example
    >>> from safethird.cases.designator import designated
    >>> flat = claims_of(next(example(10)), Plan(designated("canada@2026-06-15"), {}))
    >>> flat.column("claim_date_back_1y").type
    DataType(int32)
    """
    days = claimed(batch, plan.law)
    counted = Claimed(days)
    own, _ = asked(plan)
    made = {CLAIM_ID: batch.column(CLAIM_ID) if ids is None else ids}
    made |= {column.name: _plain(batch, column.name, _PLAIN[column.kind]) for column in own}
    made[COMPLETE] = _plain(batch, COMPLETE, pa.bool_())
    made[CLAIMED] = pa.array(days, pa.int32())
    made |= {back(number): pa.array(counted.bound(Bound("years", number)), pa.int32()) for number in years(plan)}
    return pa.RecordBatch.from_pydict(made)


def relatives_of(batch: pa.RecordBatch, plan: Plan, ids: pa.Array | None = None) -> pa.RecordBatch:
    """The table ``relatives`` of a canonical batch: a row for each relative, with the identifier of its claim."""
    ids = batch.column(CLAIM_ID) if ids is None else ids
    none = pa.nulls(batch.num_rows, pa.list_(pa.struct([])))
    lists = batch.column(RELATIVES) if RELATIVES in batch.schema.names else none
    members = pc.list_flatten(lists)
    whose = pc.take(ids, pc.list_parent_indices(lists))
    given = dict(zip((field.name for field in members.type), members.flatten(), strict=True))
    inside = pa.RecordBatch.from_pydict({**given, CLAIM_ID: whose})
    made = {CLAIM_ID: whose}
    made |= {column.name: _plain(inside, column.name, _PLAIN[column.kind]) for column in asked(plan)[1]}
    return pa.RecordBatch.from_pydict(made)


def numbered(rows: int) -> pa.Array:
    """Identifiers that count the rows from 0."""
    return pa.array(np.arange(rows, dtype=np.int64))


def flat(batches: Sequence[pa.RecordBatch], plan: Plan) -> tuple[pa.Table, pa.Table]:
    """Both tables of some canonical batches."""
    both: Iterator[tuple[pa.RecordBatch, pa.RecordBatch]] = (
        (claims_of(batch, plan), relatives_of(batch, plan)) for batch in batches
    )
    claims, relatives = zip(*both, strict=True)
    return pa.Table.from_batches(claims), pa.Table.from_batches(relatives)


def _plain(batch: pa.RecordBatch, name: str, kind: pa.DataType) -> pa.Array:
    if name not in batch.schema.names:
        return pa.nulls(batch.num_rows, kind)
    array = batch.column(name)
    if pa.types.is_dictionary(array.type):
        return array.dictionary_decode().cast(kind)
    return array.cast(kind)
