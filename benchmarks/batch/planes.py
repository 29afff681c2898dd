"""safethird's own batch reading. Only this contender is written by nobody: it is generated from the law."""

from __future__ import annotations

import contextlib
import io
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from benchmarks.batch import words as w
from safethird.batch import deciding
from safethird.batch.answers import worded
from safethird.batch.plan import spelled
from safethird.batch.verdicts import OPEN, UNDETERMINED

BLOCK = 131_072


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


def _outcome(batch: pa.RecordBatch, cells: Any) -> pa.Array:
    plan = _decider().plan
    words = plan.settled["outcome"].words
    places = spelled(plan.program("settled outcome").run(cells), batch.num_rows)
    doubted = {"possible outcome": places == words.index(OPEN)}
    places[plan.doubts(batch, _days(batch), doubted)["possible outcome"]] = words.index(UNDETERMINED)
    return worded(places, words)


def _gather(table: pa.Table, parts: list[pa.Array]) -> pa.Table:
    return pa.table({"claim_id": table["claim_id"], "outcome": pa.chunked_array(parts)})


def prepare(table: pa.Table) -> tuple[pa.Table, list[tuple[pa.RecordBatch, Any]]]:
    """The table with its planes, packed beforehand."""
    blocks = [(batch, _cells(batch)) for batch in _blocks(table)]
    for batch, cells in blocks:
        _outcome(batch, cells)
    return table, blocks


def run_loaded(state: tuple[pa.Table, list[tuple[pa.RecordBatch, Any]]]) -> pa.Table:
    """The outcome alone, on planes packed beforehand."""
    table, blocks = state
    with ThreadPoolExecutor(2) as pool:
        return _gather(table, list(pool.map(lambda block: _outcome(*block), blocks)))


def run_outcome(table: pa.Table) -> pa.Table:
    """The outcome alone, from the table."""
    with ThreadPoolExecutor(2) as pool:
        return _gather(table, list(pool.map(lambda batch: _outcome(batch, _cells(batch)), _blocks(table))))


def run_all(table: pa.Table) -> pa.Table:
    """Every column, from the table."""
    with ThreadPoolExecutor(2) as pool:
        return pa.Table.from_batches(pool.map(_decider().decide, _blocks(table)))


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
