"""safethird's own batch reading. Only this contender is written by nobody: it is generated from the law."""

from __future__ import annotations

import contextlib
import io
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.batch import words as w
from safethird.batch import deciding
from safethird.batch.answers import worded
from safethird.batch.plan import spelled
from safethird.batch.verdicts import OPEN, UNDETERMINED

BLOCK = 1 << 19


@cache
def _decider() -> deciding.One:
    decider = deciding.decider(w.LAW, "canada")
    assert isinstance(decider, deciding.One)
    return decider


def _blocks(table: pa.Table) -> list[pa.RecordBatch]:
    return table.to_batches(max_chunksize=BLOCK)


def _days(batch: pa.RecordBatch) -> Any:
    return deciding.claimed(batch, _decider().plan.law)


def _cells(batch: pa.RecordBatch) -> Any:
    return _decider().plan.cells(batch, _days(batch))


def _numbers(cells: Any) -> Any:
    return spelled(_decider().plan.run(cells, "settled outcome")["settled outcome"], cells.rows)


def _outcome(table: pa.Table, cells: Any) -> pa.Table:
    """The outcome of every row: rows that several unsettled points could open are gone through once for all."""
    plan = _decider().plan
    words = plan.settled["outcome"].words
    with ThreadPoolExecutor(2) as pool:
        places = np.concatenate(list(pool.map(cells, range(len(_blocks(table))))))
        halves = np.array_split(np.arange(len(table)), 2)
        list(pool.map(lambda rows: _resolve(table, places, rows), [half for half in halves if len(half)]))
    return pa.table({"claim_id": table["claim_id"], "outcome": worded(places, words)})


def _resolve(table: pa.Table, places: Any, rows: Any) -> None:
    plan = _decider().plan
    words = plan.settled["outcome"].words
    some = table.slice(rows[0], len(rows)).to_batches()[0]
    mine = places[rows[0] : rows[-1] + 1]
    doubted = {"possible outcome": mine == words.index(OPEN)}
    mine[plan.doubts(some, _days(some), doubted)["possible outcome"]] = words.index(UNDETERMINED)


def prepare(table: pa.Table) -> tuple[pa.Table, list[Any]]:
    """The table with its planes, packed beforehand."""
    table = table.combine_chunks()
    cells = [_cells(batch) for batch in _blocks(table)]
    for some in cells:
        _numbers(some)
    return table, cells


def run_loaded(state: tuple[pa.Table, list[Any]]) -> pa.Table:
    """The outcome alone, on planes packed beforehand."""
    table, cells = state
    return _outcome(table, lambda place: _numbers(cells[place]))


def run_outcome(table: pa.Table) -> pa.Table:
    """The outcome alone, from the table."""
    table = table.combine_chunks()
    blocks = _blocks(table)
    return _outcome(table, lambda place: _numbers(_cells(blocks[place])))


def run_all(table: pa.Table) -> pa.Table:
    """Every column, from the table."""
    with ThreadPoolExecutor(2) as pool:
        halves = table.combine_chunks().to_batches(max_chunksize=max(BLOCK, -(-len(table) // 2)))
        return pa.Table.from_batches(pool.map(_decider().decide, halves)).unify_dictionaries()


def run_parquet(source: Path, target: Path) -> None:
    """Every column, from one Parquet file into another, by the command itself."""
    from safethird.apps.cli import app

    target.unlink(missing_ok=True)
    said = io.StringIO()
    try:
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            app(["batch", str(source), "-o", str(target), "--law", w.LAW], standalone_mode=False)
    except SystemExit as end:
        if end.code:
            raise RuntimeError(said.getvalue() or f"safethird batch ended with {end.code}") from end
    if not target.exists():
        raise RuntimeError(said.getvalue() or "safethird batch wrote nothing")
