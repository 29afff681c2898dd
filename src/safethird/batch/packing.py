"""A record batch of claims, read by planes: an Arrow column of booleans already is two of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.planed import Bytes, bits, packed, unpacked
from safethird.batch.schema import JOIN
from safethird.cases.values import Value
from safethird.law.facts import declared
from safethird.readings.cells import Bound, Test, holds
from safethird.readings.planes import Words

Numbers = npt.NDArray[np.integer]


class Claimed:
    """The day of each claim, and the days counted from it (since 1970-01-01)."""

    def __init__(self, days: npt.NDArray[np.int32]) -> None:
        self.days = days
        self._years: dict[int, npt.NDArray[np.int32]] = {}

    def bound(self, bound: Bound) -> npt.NDArray[np.int32] | int:
        """A day of reference for each claim (one for all where it is fixed)."""
        if bound.base == "day":
            return bound.number
        if bound.base == "claim":
            return self.days + np.int32(bound.number)
        if bound.number not in self._years:
            first, last = (int(self.days.min()), int(self.days.max())) if len(self.days) else (0, 0)
            self._years[bound.number] = _back(np.arange(first, last + 1), bound.number)[self.days - first]
        return self._years[bound.number]


def _back(claimed: Numbers, years: int) -> npt.NDArray[np.int32]:
    days = claimed.astype("M8[D]")
    months = days.astype("M8[M]")
    # The same day of the month so many years back; past a short month's end it is the day after.
    back = (months - np.timedelta64(12 * years, "M")).astype("M8[D]") + (days - months.astype("M8[D]"))
    found: npt.NDArray[np.int32] = back.astype(np.int64).astype(np.int32)
    return found


class Column:
    """One column: which cells are known, and their answers to tests, several worked out at once."""

    def __init__(self, array: pa.Array, fact: str, tests: Sequence[Test]) -> None:
        self.array = array
        self.kind = declared[fact].fact.kind if fact in declared else "bool"
        self.tests = tests
        self.rows = len(array)
        self._known: Words | None = None
        self._true: dict[Test, Words] = {}

    def known(self) -> Words:
        """The cells that are known."""
        if self._known is None:
            buffer = self.array.buffers()[0] if self.array.null_count else None
            self._known = bits(buffer, self.array.offset, self.rows)
        return self._known

    def true(self, test: Test, claimed: Claimed) -> Words:
        """The cells that are known, and of which a test holds."""
        if test not in self._true:
            for several in self._together(test):
                answers = self.answers(several, claimed)
                for bit, one in enumerate(several):
                    self._true[one] = self._sure(packed(answers & np.uint8(1 << bit)))
            if test not in self._true:
                values = bits(self.array.buffers()[1], self.array.offset, self.rows)
                self._true[test] = self._sure(values)
        return self._true[test]

    def _together(self, test: Test) -> list[tuple[Test, ...]]:
        if self.kind in ("bool", "point"):
            return []
        asked = [test, *(other for other in self.tests if other != test)] if self.kind in ("code", "codes") else [test]
        return [tuple(asked[start : start + 8]) for start in range(0, len(asked), 8)]

    def _sure(self, plane: Words) -> Words:
        return plane & self.known() if self.array.null_count else plane

    def answers(self, tests: Sequence[Test], claimed: Claimed | None) -> Bytes:
        """A byte for each row with the answer to each of up to eight tests; where the cell is not known, anything."""
        match self.kind:
            case "bool" | "point":
                values = bits(self.array.buffers()[1], self.array.offset, self.rows)
                return unpacked(values, self.rows)
            case "code" | "codes":
                table = _table(self.kind, tuple(self.array.dictionary.to_pylist()), tuple(tests))
                codes = _codes(self.array)
                if codes.itemsize == 1:
                    return np.frombuffer(codes.tobytes().translate(table[:256].tobytes()), dtype=np.uint8)
                return table.take(codes, mode="clip")
            case _:
                found = np.zeros(self.rows, dtype=np.uint8)
                for bit, test in enumerate(tests):
                    bound = test.right
                    assert isinstance(bound, int) or (isinstance(bound, Bound) and claimed is not None)
                    least = bound if isinstance(bound, int) else claimed.bound(bound)  # type: ignore[union-attr]
                    found |= (_numbers(self.array) >= least).view(np.uint8) << np.uint8(bit)
                return found


@lru_cache(maxsize=1024)
def _table(kind: str, listed: tuple[str | None, ...], tests: tuple[Test, ...]) -> Bytes:
    """For each word of a dictionary, its answers to the tests in one byte."""
    table = np.zeros(max(256, len(listed)), dtype=np.uint8)
    for place, word in enumerate(listed):
        value = _value(kind, word)
        table[place] = sum(holds(test, value) << bit for bit, test in enumerate(tests))
    return table


def _value(kind: str, word: str | None) -> Value:
    if kind == "codes":
        return frozenset(part for part in (word or "").split(JOIN) if part)
    return word or ""


def _codes(array: pa.DictionaryArray) -> Numbers:
    kind = array.indices.type.to_pandas_dtype()
    return np.frombuffer(array.indices.buffers()[1], dtype=kind)[array.offset : array.offset + len(array)]


_NUMPY: Mapping[pa.DataType, type] = {
    pa.date32(): np.int32, pa.int8(): np.int8, pa.int16(): np.int16, pa.int32(): np.int32, pa.int64(): np.int64,
    pa.uint8(): np.uint8, pa.uint16(): np.uint16,
}  # fmt: skip


def _numbers(array: pa.Array) -> Numbers:
    values: Numbers = np.frombuffer(array.buffers()[1], dtype=_NUMPY[array.type])
    return values[array.offset : array.offset + len(array)]
