"""Between bits and bytes: planes of 64 rows to a word."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.readings.planes import FULL, Words

Bytes = npt.NDArray[np.uint8]


def packed(rows: npt.NDArray[np.bool_] | Bytes) -> Words:
    """A plane from a value for each row: whatever is not zero is so. Rows lie along the last axis.

    >>> hex(int(packed(np.array([1, 0, 1, 0], dtype=np.uint8))[0]))
    '0x5'
    """
    small = np.packbits(rows, axis=-1, bitorder="little")
    words = -(-rows.shape[-1] // 64)
    if small.shape[-1] == words * 8:
        return small.view(np.uint64)
    whole = np.zeros((*small.shape[:-1], words * 8), dtype=np.uint8)
    whole[..., : small.shape[-1]] = small
    return whole.view(np.uint64)


def unpacked(plane: Words, rows: int) -> Bytes:
    """0 or 1 for each row of a plane."""
    return np.unpackbits(plane.view(np.uint8), axis=-1, count=rows, bitorder="little")


def bits(buffer: pa.Buffer | None, offset: int, rows: int) -> Words:
    """The bits of an Arrow buffer as a plane; without a copy where they begin at a word. No buffer: all are so."""
    words = -(-rows // 64)
    if buffer is None:
        return np.full(words, FULL, dtype=np.uint64)
    if offset % 64 == 0 and buffer.size >= (offset // 64 + words) * 8:
        return np.frombuffer(buffer, dtype=np.uint64, count=words, offset=offset // 8)
    first = offset // 8
    some = np.frombuffer(buffer, dtype=np.uint8, offset=first, count=-(-(offset + rows) // 8) - first)
    return packed(np.unpackbits(some, bitorder="little")[offset % 8 : offset % 8 + rows])
