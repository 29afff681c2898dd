"""Rows of a batch in groups that are decided apart and put together again in their order."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Rows = npt.NDArray[np.int64]


def apart(
    claims: pa.RecordBatch, which: Rows, decide: Callable[[int, pa.RecordBatch, Rows], pa.RecordBatch]
) -> pa.RecordBatch:
    """The results of every group, in the order of the claims; at least one group must be there.

    ``decide`` gets the group's number, its claims, and where they stand.
    """
    found = [int(group) for group in np.unique(which)]
    if len(found) == 1:
        return decide(found[0], claims, np.arange(claims.num_rows))
    order = [np.flatnonzero(which == group) for group in found]
    parts = [decide(group, claims.take(pa.array(rows)), rows) for group, rows in zip(found, order, strict=True)]
    whole = pa.Table.from_batches(parts).unify_dictionaries().combine_chunks()
    return whole.take(pa.array(np.argsort(np.concatenate(order)))).to_batches()[0]


def added(
    claims: pa.RecordBatch,
    result: pa.RecordBatch,
    which: Rows,
    count: Callable[[int, pa.RecordBatch, Rows, pa.RecordBatch], dict[str, int]],
) -> dict[str, int]:
    """The counts of every group, added up."""
    found = [int(group) for group in np.unique(which)]
    if not found:
        return {}
    if len(found) == 1:
        return count(found[0], claims, np.arange(claims.num_rows), result)
    total: dict[str, int] = {}
    for group in found:
        rows = np.flatnonzero(which == group)
        taken = pa.array(rows)
        for name, number in count(group, claims.take(taken), rows, result.take(taken)).items():
            total[name] = total.get(name, 0) + number
    return total
