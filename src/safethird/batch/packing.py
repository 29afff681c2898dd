"""A record batch of claims, read by planes: an Arrow column of booleans already is two of them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.planed import bits, packed
from safethird.batch.schema import JOIN
from safethird.cases.values import Value
from safethird.law.facts import declared
from safethird.readings.cells import Bound, Test, holds
from safethird.readings.planes import Words

Numbers = npt.NDArray[np.integer]
MOST_COMPARED = 12


class Claimed:
    """The day of each claim, and the days counted from it (since 1970-01-01)."""

    def __init__(self, days: npt.NDArray[np.int32]) -> None:
        self.days = days
        self._found: dict[Bound, npt.NDArray[np.int32]] = {}

    def bound(self, bound: Bound) -> npt.NDArray[np.int32] | int:
        """A day of reference for each claim (one for all where it is fixed)."""
        if bound.base == "day":
            return bound.number
        if bound not in self._found:
            self._found[bound] = (
                self.days + np.int32(bound.number) if bound.base == "claim" else self._years(bound.number)
            )
        return self._found[bound]

    def _years(self, number: int) -> npt.NDArray[np.int32]:
        """The same day so many years before, worked out once for each day that occurs."""
        first, last = (int(self.days.min()), int(self.days.max())) if len(self.days) else (0, 0)
        return _back(np.arange(first, last + 1), number).take(self._since_first)

    @cached_property
    def _since_first(self) -> npt.NDArray[np.intp]:
        return (self.days - self.days.min()).astype(np.intp) if len(self.days) else np.zeros(0, dtype=np.intp)


def _back(claimed: Numbers, years: int) -> npt.NDArray[np.int32]:
    days = claimed.astype("M8[D]")
    months = days.astype("M8[M]")
    # The same day of the month so many years back; past a short month's end it is the day after.
    back = (months - np.timedelta64(12 * years, "M")).astype("M8[D]") + (days - months.astype("M8[D]"))
    found: npt.NDArray[np.int32] = back.astype(np.int64).astype(np.int32)
    return found


class Column:
    """One column: which cells are known, and of which a test holds."""

    def __init__(self, array: pa.Array, fact: str) -> None:
        self.array = array
        self.kind = declared[fact].fact.kind if fact in declared else "bool"
        self.rows = len(array)
        self._known: Words | None = None
        self._true: dict[Test, Words] = {}

    def known(self) -> Words:
        """The cells that are known."""
        if self._known is None:
            buffer = self.array.buffers()[0] if self.array.null_count else None
            self._known = bits(buffer, self.array.offset, self.rows)
        return self._known

    def true(self, test: Test, claimed: Claimed | None) -> Words:
        """The cells that are known, and of which a test holds."""
        if test not in self._true:
            match self.kind:
                case "bool" | "point":
                    self._true[test] = self._sure(bits(self.array.buffers()[1], self.array.offset, self.rows))
                case "code" | "codes":
                    self._true[test] = self._sure(self._look_up(test))
                case _:
                    self._true[test] = self._sure(packed(_numbers(self.array) >= _least(test, claimed)))
        return self._true[test]

    def _look_up(self, test: Test) -> Words:
        """The cells whose word meets a test: where few words do (or few do not), compared with each."""
        met = _met(self.kind, tuple(self.array.dictionary.to_pylist()), test)
        codes = _codes(self.array)
        few = np.flatnonzero(met)
        rare = len(few) <= len(met) // 2
        few = few if rare else np.flatnonzero(~met)
        if len(few) > MOST_COMPARED:
            return packed(met.take(self._places, mode="clip"))
        found = np.zeros(self.rows, dtype=bool)
        for code in few.astype(codes.dtype):
            found |= codes == code
        return packed(found) if rare else ~packed(found)

    @cached_property
    def _places(self) -> npt.NDArray[np.intp]:
        return _codes(self.array).astype(np.intp)

    def _sure(self, plane: Words) -> Words:
        return plane & self.known() if self.array.null_count else plane


def _least(test: Test, claimed: Claimed | None) -> npt.NDArray[np.int32] | int:
    if isinstance(test.right, int):
        return test.right
    assert isinstance(test.right, Bound)
    assert claimed is not None
    return claimed.bound(test.right)


@lru_cache(maxsize=4096)
def _met(kind: str, listed: tuple[str | None, ...], test: Test) -> npt.NDArray[np.bool_]:
    """Which words of a dictionary meet a test."""
    return np.array([holds(test, _value(kind, word)) for word in listed], dtype=bool)


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
