"""DuckDB with the SQL that the law itself spells: generated, like the planes, from the law alone."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from benchmarks.batch import words as w
from safethird.batch.engines import DuckDB
from safethird.cases.designator import designated

# One statement in layers takes minutes beyond.
MOST_ROWS = 200_000


@cache
def _decider() -> DuckDB:
    return DuckDB(designated(w.LAW), {}, threads=2)


def run_all(table: pa.Table) -> pa.Table:
    """Every column, from the Arrow table."""
    (batch,) = table.combine_chunks().to_batches()
    return pa.Table.from_batches([_decider().decide(batch)])
