"""The floor: reading every byte of the input once, and decoding the Parquet file; nothing is decided."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

_PIECE = 1 << 20


def read(table: pa.Table) -> int:
    """The sum of every word in every buffer, on two threads: it has to be read to be had."""
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(lambda piece: int(piece.sum()), _pieces(table)))


def decode(source: Path, target: Path) -> None:
    """The Parquet file as an Arrow table; nothing is written."""
    pa.set_cpu_count(2)
    pq.read_table(source)


def _pieces(table: pa.Table) -> Iterator[np.ndarray]:
    for column in table.columns:
        for chunk in column.chunks:
            # The dictionaries are a few kilobytes, shared by all rows.
            for buffer in chunk.buffers():
                if buffer is not None:
                    words = np.frombuffer(buffer, np.uint64, buffer.size // 8)
                    yield from (words[start : start + _PIECE] for start in range(0, len(words), _PIECE))
