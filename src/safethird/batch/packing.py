"""A record batch of claims, read by planes: an Arrow column of booleans already is two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.schema import COMPLETE, JOIN, MEMBER, RELATIVES
from safethird.cases.values import Value
from safethird.law.facts import declared
from safethird.readings.cells import CLAIMED, Bound, Earlier, Test, holds
from safethird.readings.circuit import Node
from safethird.readings.planes import Words

Bytes = npt.NDArray[np.uint8]


def packed(bits: npt.NDArray[np.bool_] | Bytes) -> Words:
    """A plane from one value for each row: whatever is not zero is so."""
    small = np.packbits(bits, bitorder="little")
    if len(small) % 8 == 0:
        return small.view(np.uint64)
    whole = np.zeros(-(-len(bits) // 64) * 8, dtype=np.uint8)
    whole[: len(small)] = small
    return whole.view(np.uint64)


def unpacked(plane: Words, rows: int) -> Bytes:
    """0 or 1 for each row of a plane."""
    return np.unpackbits(plane.view(np.uint8), count=rows, bitorder="little")


def _bits(buffer: pa.Buffer | None, offset: int, rows: int) -> Words:
    """The bits of an Arrow buffer as a plane; without a copy where they begin at a word."""
    words = -(-rows // 64)
    if buffer is None:
        return np.full(words, 0xFFFFFFFFFFFFFFFF, dtype=np.uint64)
    if offset % 64 == 0 and buffer.size >= (offset // 64 + words) * 8:
        return np.frombuffer(buffer, dtype=np.uint64, count=words, offset=offset // 8)
    first = offset // 8
    some = np.frombuffer(buffer, dtype=np.uint8, offset=first, count=-(-(offset + rows) // 8) - first)
    return packed(np.unpackbits(some, bitorder="little")[offset % 8 : offset % 8 + rows])


class _Column:
    """One column: its answers to tests, worked out when first asked and several at once."""

    def __init__(self, array: pa.Array, fact: str, rows: int) -> None:
        self.array = array.cast(array.type.storage_type) if isinstance(array, pa.ExtensionArray) else array
        self.kind = declared[fact].fact.kind if fact in declared else "bool"
        self.rows = rows
        self._known: Words | None = None
        self._true: dict[Test, Words] = {}

    def known(self) -> Words:
        if self._known is None:
            buffer = self.array.buffers()[0] if self.array.null_count else None
            self._known = _bits(buffer, self.array.offset, self.rows)
        return self._known

    def true(self, test: Test, together: Sequence[Test], claimed: _Claimed | None) -> Words:
        if test not in self._true:
            match self.kind:
                case "bool" | "point":
                    values = _bits(self.array.buffers()[1], self.array.offset, self.rows)
                    self._true[test] = values & self.known() if self.array.null_count else values
                case "code" | "codes":
                    self._words(list(together))
                case _:
                    bound: int | npt.NDArray[np.int32]
                    assert test.right is not None and not isinstance(test.right, tuple)
                    assert isinstance(test.right, int) or claimed is not None
                    bound = test.right if isinstance(test.right, int) else claimed.bound(test.right)  # type: ignore[union-attr]
                    plane = packed(_numbers(self.array) >= bound)
                    self._true[test] = plane & self.known() if self.array.null_count else plane
        return self._true[test]

    def _words(self, tests: list[Test]) -> None:
        """Eight tests at once: each word of the dictionary has its answers in one byte."""
        listed = tuple(self.array.dictionary.to_pylist())
        codes = np.frombuffer(self.array.indices.buffers()[1], dtype=self.array.indices.type.to_pandas_dtype())
        codes = codes[self.array.offset : self.array.offset + self.rows]
        for start in range(0, len(tests), 8):
            some = tests[start : start + 8]
            table = _table(self.kind, listed, tuple(some))
            if codes.itemsize == 1:
                answers = np.frombuffer(codes.tobytes().translate(table[:256].tobytes()), dtype=np.uint8)
            else:
                answers = table.take(codes, mode="clip")
            for bit, test in enumerate(some):
                plane = packed(answers & np.uint8(1 << bit))
                self._true[test] = plane & self.known() if self.array.null_count else plane


@lru_cache(maxsize=1024)
def _table(kind: str, listed: tuple[str | None, ...], tests: tuple[Test, ...]) -> Bytes:
    table = np.zeros(max(256, len(listed)), dtype=np.uint8)
    for place, word in enumerate(listed):
        value = _value(kind, word)
        table[place] = sum(holds(test, value) << bit for bit, test in enumerate(tests))
    return table


def _value(kind: str, word: str | None) -> Value:
    if kind == "codes":
        return frozenset(part for part in (word or "").split(JOIN) if part)
    return word or ""


def _numbers(array: pa.Array) -> npt.NDArray[np.integer]:  # type: ignore[type-arg]
    values = np.frombuffer(array.buffers()[1], dtype=_NUMPY[array.type])
    return values[array.offset : array.offset + len(array)]


_NUMPY = {pa.date32(): np.int32, pa.int8(): np.int8, pa.int16(): np.int16, pa.int32(): np.int32, pa.int64(): np.int64,
          pa.uint8(): np.uint8, pa.uint16(): np.uint16}  # fmt: skip


class _Claimed:
    """The day of each claim, and the days counted from it."""

    def __init__(self, days: npt.NDArray[np.int32]) -> None:
        self.days = days
        self._years: dict[int, npt.NDArray[np.int32]] = {}

    def bound(self, bound: Bound) -> npt.NDArray[np.int32] | int:
        if bound.base == "day":
            return bound.number
        if bound.base == "claim":
            return self.days + np.int32(bound.number)
        if bound.number not in self._years:
            days = self.days.astype("M8[D]")
            months = days.astype("M8[M]")
            # The same day of the month so many years back; past a short month's end it is the day after.
            back = (months - 12 * bound.number).astype("M8[D]") + (days - months.astype("M8[D]"))
            self._years[bound.number] = back.astype(np.int64).astype(np.int32)
        return self._years[bound.number]


class Packed:
    """The cells of one record batch as planes; ``fixed`` has for some facts where they are known, and so.

    Relatives lie one after another, those of a claim together.
    """

    def __init__(
        self, batch: pa.RecordBatch, tests: Mapping[str, Sequence[Test]], claimed: npt.NDArray[np.int32],
        fixed: Mapping[str, tuple[Words, Words]],
    ) -> None:  # fmt: skip
        self.rows = batch.num_rows
        self.batch = batch
        self.tests = tests
        self.fixed = fixed
        self.claimed = _Claimed(claimed)
        self.words = (-(-self.rows // 64),)
        self._columns: dict[str, _Column] = {}
        self.counts, members = _listed(batch)
        self.members: dict[str, pa.Array] = {}
        if members is not None:
            names = [members.type.field(place).name for place in range(members.type.num_fields)]
            self.members = {name: members.field(name) for name in names}
        self.relatives = int(self.counts.sum())
        self.words_of_relatives = (-(-self.relatives // 64),)
        filled = self.counts > 0
        self.filled = None if bool(filled.all()) else filled
        starts = np.cumsum(self.counts) - self.counts
        self.starts = starts if self.filled is None else starts[filled]

    def plane(self, node: Node) -> Words:
        """The answers to one question."""
        content = node.content
        if node.op == "unlisted":
            return self._unlisted()
        if isinstance(content, Earlier):
            low, high = self.claimed.bound(content.low), self.claimed.bound(content.high)
            return packed(np.broadcast_to(np.less(low, high), (self.rows,)))
        fact = content.fact if isinstance(content, Test) else str(content)
        if fact in self.fixed:
            known, true = self.fixed[fact]
            return known if node.op == "known" else true
        if fact == CLAIMED and isinstance(content, Test):
            assert isinstance(content.right, Bound)
            return packed(self.claimed.days >= self.claimed.bound(content.right))
        column = self._column(fact)
        if column is None:
            return np.zeros(self.words_of_relatives if node.of_relative else self.words, dtype=np.uint64)
        if isinstance(content, Test):
            plane = column.true(content, self.tests.get(fact, (content,)), self.claimed)
        else:
            plane = column.known()
        return plane

    def _column(self, fact: str) -> _Column | None:
        if fact not in self._columns:
            inside = fact.startswith(MEMBER)
            name = fact.removeprefix(MEMBER)
            if inside:
                array = self.members.get(name)
            else:
                array = self.batch.column(name) if name in self.batch.schema.names else None
            if array is None:
                return None
            self._columns[fact] = _Column(array, fact, self.relatives if inside else self.rows)
        return self._columns[fact]

    def _unlisted(self) -> Words:
        if COMPLETE not in self.batch.schema.names:
            return np.full(self.words, 0xFFFFFFFFFFFFFFFF, dtype=np.uint64)
        column = _Column(self.batch.column(COMPLETE), COMPLETE, self.rows)
        return ~column.true(Test(COMPLETE, "true"), (), None)

    def spread(self, plane: Words) -> Words:
        """A plane of claims as one of their relatives."""
        first = plane[0] if len(plane) else np.uint64(0)
        if first in (0, 0xFFFFFFFFFFFFFFFF) and bool((plane == first).all()):
            return np.full(self.words_of_relatives, first, dtype=np.uint64)
        return packed(np.repeat(unpacked(plane, self.rows), self.counts))

    def count(self, wanted: Sequence[tuple[int, Words]]) -> list[Words]:
        """For planes of relatives: of which claims it holds for at least so many relatives."""
        found: dict[int, Words] = {}
        once = [place for place, (least, _) in enumerate(wanted) if least == 1]
        for start in range(0, len(once), 8):
            some = once[start : start + 8]
            joined = np.zeros(self.relatives, dtype=np.uint8)
            for bit, place in enumerate(some):
                joined |= unpacked(wanted[place][1], self.relatives) << np.uint8(bit)
            answers = self._reduced(np.bitwise_or, joined)
            for bit, place in enumerate(some):
                found[place] = packed(answers & np.uint8(1 << bit))
        for place, (least, plane) in enumerate(wanted):
            if least > 1:
                many = self._reduced(np.add, unpacked(plane, self.relatives).astype(np.uint32))
                found[place] = packed(many >= least)
        return [found[place] for place in range(len(wanted))]

    def _reduced(self, join: np.ufunc, values: npt.NDArray[np.generic]) -> npt.NDArray[np.integer]:  # type: ignore[type-arg]
        if not self.relatives:
            return np.zeros(self.rows, dtype=values.dtype)
        some = join.reduceat(values, self.starts)
        if self.filled is None:
            return some  # type: ignore[no-any-return]
        result = np.zeros(self.rows, dtype=values.dtype)
        result[self.filled] = some
        return result


def _listed(batch: pa.RecordBatch) -> tuple[npt.NDArray[np.int32], pa.StructArray | None]:
    """How many relatives each claim lists, and all of them one after another."""
    if RELATIVES not in batch.schema.names:
        return np.zeros(batch.num_rows, dtype=np.int32), None
    array = batch.column(RELATIVES)
    if not array.null_count:
        offsets = np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
        return np.diff(offsets), array.values.slice(offsets[0], offsets[-1] - offsets[0])
    counts = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
    return counts.astype(np.int32), array.flatten()
