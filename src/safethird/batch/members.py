"""The relatives of a batch of claims as planes: all of them one after another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.packing import Column
from safethird.batch.planed import Bytes, packed, unpacked
from safethird.batch.schema import MEMBER, RELATIVES
from safethird.readings.cells import Test
from safethird.readings.circuit import Node
from safethird.readings.planes import Words


def listed(batch: pa.RecordBatch) -> tuple[npt.NDArray[np.int32], pa.StructArray | None]:
    """Where the relatives of each claim begin (and the last end), and all of them one after another."""
    if RELATIVES not in batch.schema.names:
        return np.zeros(batch.num_rows + 1, dtype=np.int32), None
    array = batch.column(RELATIVES)
    offsets = np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    if array.null_count and np.diff(offsets)[array.is_null().to_numpy(zero_copy_only=False)].any():
        # Something lies behind a list that is not known: it is no relative of anybody.
        counts = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
        return np.append(np.int32(0), np.cumsum(counts, dtype=np.int32)), array.flatten()
    return offsets - offsets[0], array.values.slice(offsets[0], offsets[-1] - offsets[0])


class Members:
    """Planes of relatives, shaped (words,): those of one claim stand side by side, in the order of the claims."""

    def __init__(self, batch: pa.RecordBatch) -> None:
        starts, self.everyone = listed(batch)
        self.counts = np.diff(starts)
        self.number = len(self.everyone) if self.everyone is not None else 0
        self.shape = (-(-self.number // 64),)
        # Of a claim without relatives it is the place after the last one, which is always zero.
        self._first = np.where(self.counts > 0, starts[:-1], self.number).astype(np.intp)
        self._columns: dict[str, Column | None] = {}

    def plane(self, node: Node) -> Words:
        """The answers of every relative to one question."""
        fact = node.content.fact if isinstance(node.content, Test) else str(node.content)
        if fact not in self._columns:
            self._columns[fact] = self._column(fact)
        column = self._columns[fact]
        if column is None:
            return np.zeros(self.shape, dtype=np.uint64)
        return column.true(node.content, None) if isinstance(node.content, Test) else column.known()

    def _column(self, fact: str) -> Column | None:
        name = fact.removeprefix(MEMBER)
        if self.everyone is None or not self.number or self.everyone.type.get_field_index(name) < 0:
            return None
        return Column(self.everyone.field(name), fact)

    @cached_property
    def _owners(self) -> npt.NDArray[np.int64]:
        return np.repeat(np.arange(len(self.counts)), self.counts)

    def spread(self, plane: Words) -> Words:
        """A plane of claims as one of their relatives."""
        return packed(unpacked(plane, len(self.counts)).take(self._owners))

    def count(self, wanted: Sequence[tuple[int, Words]]) -> list[Words]:
        """Of which claims it holds for at least so many relatives."""
        if not self.number:
            return [np.zeros(-(-len(self.counts) // 64), dtype=np.uint64) for _ in wanted]
        found: list[Words] = []
        for start in range(0, len(wanted), 8):
            some = wanted[start : start + 8]
            reached = np.zeros(self.number + 1, dtype=np.uint8)
            for least, plane in reversed(some):
                np.add(reached, reached, out=reached)
                reached[:-1] |= unpacked(self._any(plane), self.number) if least == 1 else self._many(plane, least)
            by_claim = reached.take(self._first)
            found += [packed(by_claim & np.uint8(1 << bit)) for bit in range(len(some))]
        return found

    @cached_property
    def _same(self) -> list[Words]:
        """Of whom the next, the second, the fourth, the eighth… after is a relative of the same claim."""
        begins = np.zeros(self.number + 1, dtype=np.uint8)
        begins[self._first] = 1
        begins[-1] = 1
        same = [packed(begins[1:] == 0)]
        while 1 << len(same) < self.counts.max():
            same.append(same[-1] & _ahead(same[-1], 1 << (len(same) - 1)))
        return same

    def _any(self, plane: Words) -> Words:
        """Whether it holds for one or for a later relative of the same claim."""
        for step, same in enumerate(self._same):
            reached = _ahead(plane, 1 << step)
            reached &= same
            reached |= plane
            plane = reached
        return plane

    def _many(self, plane: Words, least: int) -> Bytes:
        so_far = np.cumsum(np.append(np.uint8(0), unpacked(plane, self.number)), dtype=np.int64)
        first = np.minimum(self._first, self.number)
        enough = so_far[first + np.where(first < self.number, self.counts, 0)] - so_far[first] >= least
        found = np.zeros(self.number + 1, dtype=np.uint8)
        found[self._first] = enough
        return found[:-1]


def _ahead(plane: Words, distance: int) -> Words:
    """Every bit where the one at some distance after it was."""
    words, rest = divmod(distance, 64)
    plane = plane[words:] if words else plane
    found = plane >> np.uint64(rest)
    if rest:
        found[:-1] |= plane[1:] << np.uint64(64 - rest)
    return np.append(found, np.zeros(words, dtype=np.uint64)) if words else found
