"""A table put into the order of its identifiers on disk, in memory that does not grow with it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.chunks import identifiers
from safethird.batch.order import ROW, numbered
from safethird.batch.sources import CHUNK_ROWS, Source

PART_ROWS = 250_000
MOST_PARTS = 400


def sorted_on_disk(source: Source, kind: Any, folder: Path, name: str) -> Source:
    """The same rows in order, in a file of a folder, with the number that each row had; memory stays bounded.

    Rows are dealt out by ranges of identifiers into temporary files, and each of these is sorted by itself.
    A file that a run before this one finished is used again.
    """
    done = folder / f"{name}.sorted.arrow"
    if done.exists():
        return Source(done, "arrow")
    bounds = _bounds(source, kind)
    parts = [folder / f"{name}.range{number}.tmp" for number in range(len(bounds) + 1)]
    schema = source.schema.append(pa.field(ROW, pa.int64()))
    try:
        _deal(source, kind, bounds, parts, schema)
        making = folder / f"{name}.sorted.tmp"
        with pa.OSFile(str(making), "wb") as file, pa.ipc.new_stream(file, schema) as writer:
            for part in parts:
                for batch in _sorted_part(part, kind):
                    writer.write_batch(batch)
        making.replace(done)
    finally:
        for part in parts:
            part.unlink(missing_ok=True)
    return Source(done, "arrow")


def _bounds(source: Source, kind: Any) -> list[Any]:
    """Identifiers that split the rows into parts of about 250,000, from a sample of them."""
    rng, sample, rows = random.Random(1), [], 0
    for batch in source.batches():
        ids = identifiers(batch, kind).drop_null()
        rows += batch.num_rows
        sample += ids.take(pa.array(sorted(rng.sample(range(len(ids)), min(2_000, len(ids)))), pa.int64())).to_pylist()
        if len(sample) > 1_000_000:
            sample = rng.sample(sample, 500_000)
    parts = min(rows // PART_ROWS + 1, MOST_PARTS)
    sample.sort()
    return sorted({sample[len(sample) * n // parts] for n in range(1, parts)}) if sample else []


def _deal(source: Source, kind: Any, bounds: list[Any], parts: list[Path], schema: pa.Schema) -> None:
    with ExitStack() as stack:
        writers = [
            stack.enter_context(pa.ipc.new_stream(stack.enter_context(pa.OSFile(str(part), "wb")), schema))
            for part in parts
        ]
        for batch, numbers in numbered(source, 0):
            rows = batch.append_column(pa.field(ROW, pa.int64()), pa.array(numbers))
            ids = identifiers(batch, kind)
            order = pc.sort_indices(ids)
            ids, ordered = ids.take(order), rows.take(order)
            low = 0
            for writer, bound in zip(writers, [*bounds, None], strict=True):
                high = len(ids) if bound is None else _below(ids, bound)
                if high > low:
                    writer.write_batch(ordered.slice(low, high - low))
                low = max(low, high)


def _below(ids: Any, bound: Any) -> int:
    """How many of some sorted identifiers, nulls last, come before a bound."""
    low, high = 0, len(ids) - ids.null_count
    while low < high:
        middle = (low + high) // 2
        if ids[middle].as_py() < bound:
            low = middle + 1
        else:
            high = middle
    return low


def _sorted_part(part: Path, kind: Any) -> Iterator[pa.RecordBatch]:
    with pa.memory_map(str(part)) as mapped, pa.ipc.open_stream(mapped) as reader:
        batches = list(reader)
    if not batches:
        return
    batch = pa.concat_batches(batches)
    keys = pa.table({"id": identifiers(batch, kind), "row": batch.column(ROW)})
    ordered = batch.take(pc.sort_indices(keys, sort_keys=[("id", "ascending"), ("row", "ascending")]))
    for start in range(0, ordered.num_rows, CHUNK_ROWS):
        yield ordered.slice(start, CHUNK_ROWS)
