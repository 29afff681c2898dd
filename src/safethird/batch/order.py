"""Rows in the order of their identifiers: checked while they stream, and joined with their relatives on the way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.check import Numbers
from safethird.batch.chunks import Raw, identifiers
from safethird.batch.schema import CLAIM_ID
from safethird.batch.sources import Source
from safethird.batch.words import Bools

ROW = "safethird.row"


class Unsorted(Exception):
    """The identifiers of a source do not ascend (text by its bytes, numbers by size)."""

    def __init__(self, source: Source) -> None:
        super().__init__(f"{source.path} is not sorted by {CLAIM_ID}")
        self.source = source


def raws(claims: Source, relatives: Source | None, kind: Any, skip: int = 0) -> Iterator[Raw]:
    """The claims after the first ``skip``, with the relatives of each, merged as both stream.

    ``kind`` is the canonical type of the identifiers. What is left of the relatives comes last, without claims.

    Raises:
        Unsorted: the claims, or the relatives, are not in order.
    """
    theirs = _Relatives(relatives, kind) if relatives is not None else None
    # One row is read again to know what came before.
    rows = numbered(claims, max(skip - 1, 0))
    before: Any = None
    held: tuple[pa.RecordBatch, Numbers, Any, Any] | None = None
    if skip:
        batch, numbers = next(rows)
        before = identifiers(batch, kind)[0]
        rows = _from(rows, batch.slice(1), numbers[1:])
        if theirs is not None:
            theirs.drop(before)
    for batch, numbers in rows:
        if not batch.num_rows:
            continue
        ids = identifiers(batch, kind)
        if held is not None:
            yield _raw(held, ids[0], theirs)
        _check(ids, before, claims)
        held = batch, numbers, ids, before
        before = _last(ids) or before
    if held is not None:
        yield _raw(held, None, theirs)
    empty = pa.RecordBatch.from_arrays([pa.nulls(0, t) for t in claims.schema.types], schema=claims.schema)
    if ROW in empty.schema.names:
        empty = empty.drop_columns([ROW])
    for batch, numbers in theirs.rest() if theirs is not None else ():
        yield Raw(empty, np.zeros(0, dtype=np.int64), np.zeros(0, dtype=bool), batch, numbers)


def _raw(held: tuple[pa.RecordBatch, Numbers, Any, Any], after: Any, theirs: _Relatives | None) -> Raw:
    batch, numbers, ids, before = held
    repeated = _repeated(ids, before, after)
    if theirs is None:
        return Raw(batch, numbers, repeated)
    relatives, counted = theirs.upto(_last(ids))
    return Raw(batch, numbers, repeated, relatives, counted)


class _Relatives:
    """The second table as it streams: rows are handed out as their claims come by."""

    def __init__(self, source: Source, kind: Any) -> None:
        self.source, self.kind = source, kind
        self.rows = numbered(source, 0)
        self.before: Any = None
        self.waiting: list[tuple[pa.RecordBatch, Numbers, Any]] = []

    def _more(self) -> bool:
        for batch, numbers in self.rows:
            ids = identifiers(batch, self.kind)
            _check(ids, self.before, self.source)
            self.before = _last(ids) or self.before
            self.waiting.append((batch, numbers, ids))
            return True
        return False

    def upto(self, last: Any) -> tuple[pa.RecordBatch, Numbers]:
        """The rows of claims up to this one."""
        taken: list[tuple[pa.RecordBatch, Numbers]] = []
        while last is not None and (self.waiting or self._more()):
            batch, numbers, ids = self.waiting[0]
            place = pc.index(pc.greater(ids, last), True).as_py()
            if place < 0:
                taken.append((batch, numbers))
                self.waiting.pop(0)
                continue
            taken.append((batch.slice(0, place), numbers[:place]))
            self.waiting[0] = (batch.slice(place), numbers[place:], ids.slice(place))
            break
        return self._together(taken)

    def drop(self, last: Any) -> None:
        """Pass over the rows of claims up to this one."""
        while self.waiting or self._more():
            batch, numbers, ids = self.waiting.pop(0)
            place = pc.index(pc.greater(ids, last), True).as_py()
            if place >= 0:
                self.waiting.insert(0, (batch.slice(place), numbers[place:], ids.slice(place)))
                return

    def rest(self) -> Iterator[tuple[pa.RecordBatch, Numbers]]:
        """Whatever is left."""
        while self.waiting or self._more():
            batch, numbers, _ = self.waiting.pop(0)
            yield batch, numbers

    def _together(self, taken: list[tuple[pa.RecordBatch, Numbers]]) -> tuple[pa.RecordBatch, Numbers]:
        if len(taken) == 1:
            return taken[0]
        if taken:
            return pa.concat_batches([batch for batch, _ in taken]), np.concatenate([numbers for _, numbers in taken])
        names = [item for item in self.source.schema if item.name != ROW]
        return pa.RecordBatch.from_arrays([pa.nulls(0, f.type) for f in names], schema=pa.schema(names)), np.zeros(
            0, dtype=np.int64
        )


def numbered(source: Source, skip: int) -> Iterator[tuple[pa.RecordBatch, Numbers]]:
    """Batches with the numbers of their rows in the file that somebody gave, from 1."""
    start = skip
    for batch in source.batches(skip):
        if ROW in batch.schema.names:
            yield batch.drop_columns([ROW]), batch.column(ROW).to_numpy()
        else:
            yield batch, np.arange(start + 1, start + batch.num_rows + 1, dtype=np.int64)
        start += batch.num_rows


def _from(
    rows: Iterator[tuple[pa.RecordBatch, Numbers]], batch: pa.RecordBatch, numbers: Numbers
) -> Iterator[tuple[pa.RecordBatch, Numbers]]:
    yield batch, numbers
    yield from rows


def _check(ids: Any, before: Any, source: Source) -> None:
    known = ids.drop_null() if ids.null_count else ids
    if not len(known):
        return
    falls = pc.any(pc.less(known[1:], known[:-1])).as_py()
    if falls or (before is not None and pc.less(known[0], before).as_py()):
        raise Unsorted(source)


def _last(ids: Any) -> Any:
    known = ids.drop_null() if ids.null_count else ids
    return known[-1] if len(known) else None


def _repeated(ids: Any, before: Any, after: Any) -> Bools:
    """The rows whose neighbour has the same identifier; in sorted rows, all that share one."""
    found = np.zeros(len(ids), dtype=bool)
    same = pc.fill_null(pc.equal(ids[1:], ids[:-1]), False).to_numpy(zero_copy_only=False)
    found[1:] |= same
    found[:-1] |= same
    for place, neighbour in ((0, before), (-1, after)):
        if neighbour is not None and neighbour.is_valid and ids[place].is_valid and ids[place].equals(neighbour):
            found[place] = True
    return found
