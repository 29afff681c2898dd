"""Contenders side by side: the same table, repetitions in turn (A B C A B C), memory and start-up in processes apart.

A contender is a module of this package with some of ``prepare`` and ``run_loaded`` (the outcome alone, from whatever
form it likes best, made beforehand), ``run_outcome`` and ``run_all`` (from the Arrow table, conversion counted), and
``run_parquet`` (from a file into a file). ``MOST_ROWS``, if it has that, are the most it is given.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

import pyarrow as pa
import pyarrow.ipc as ipc
import pyarrow.parquet as pq

from benchmarks.batch import words as w
from safethird.batch import schema
from safethird.batch.example import example
from safethird.law import sides

LOADED, OUTCOME, EVERY, PARQUET = LINES = (
    "outcome only, loaded beforehand",
    "outcome only, from the Arrow table",
    "all columns, from the Arrow table",
    "all columns, from Parquet to Parquet",
)
NAMES = {
    "planes": "safethird",
    "numpy_int8": "NumPy int8 by hand",
    "polars_by_hand": "Polars by hand",
    "duckdb_by_hand": "DuckDB by hand",
    "duckdb_generated": "DuckDB, SQL from the law",
    "openfisca_rules": "OpenFisca, two-valued",
}
_RUNS = {LOADED: "run_loaded", OUTCOME: "run_outcome", EVERY: "run_all", PARQUET: "run_parquet"}
READ, DECODE = "floor: reading every byte", "floor: decoding the Parquet"
# A contender that has taken so many seconds at one line and size sits out the remaining rounds, but for its second.
BUDGET = 4.0
_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Contender:
    """One of those who run on a line: what is made beforehand, and what is timed."""

    name: str
    line: str
    prepare: Callable[[Any], Any]
    run: Callable[[Any], Any]


@dataclass(slots=True)
class Lap:
    """What one contender took on one line at one size, in seconds."""

    name: str
    line: str
    rows: int
    seconds: list[float] = field(default_factory=list)
    memory: float | None = None  # MB over the input
    failed: str = ""

    @property
    def rate(self) -> tuple[float, float, float]:
        """Claims a second: the median, the least and the most."""
        return tuple(self.rows / s for s in (median(self.seconds), max(self.seconds), min(self.seconds)))  # type: ignore


def two_threads() -> None:
    """Two threads for everybody; to be called before the libraries of the contenders are imported."""
    for name in ("POLARS_MAX_THREADS", "NUMEXPR_MAX_THREADS"):
        os.environ.setdefault(name, "2")
    pa.set_cpu_count(2)


def synthetic(rows: int) -> pa.Table:
    """The synthetic table of ``safethird batch example``, with the columns that the law of the day reads."""
    listed = schema.columns([sides.of("canada").on(w.DAY)])
    return pa.Table.from_batches(example(rows, side="canada", listed=listed, seed=1)).combine_chunks()


def loaded_modules() -> tuple[dict[str, Any], dict[str, str]]:
    """The contenders that can be had here, and why the others cannot."""
    found: dict[str, Any] = {}
    missing: dict[str, str] = {}
    for module in NAMES:
        try:
            found[module] = importlib.import_module(f"benchmarks.batch.{module}")
        except ImportError as error:
            missing[NAMES[module]] = str(error)
    return found, missing


def contenders(modules: dict[str, Any], line: str, files: tuple[Path, Path], rows: int) -> Iterator[Contender]:
    """Those who run on a line with so many rows; the floors with them."""
    for module, code in modules.items():
        run = getattr(code, _RUNS[line], None)
        if run is None or rows > getattr(code, "MOST_ROWS", rows):
            continue
        if line == PARQUET:
            yield Contender(NAMES[module], line, lambda _: files, lambda both, run=run: run(*both))
        else:
            yield Contender(NAMES[module], line, code.prepare if line == LOADED else _same, run)
    if modules:
        from benchmarks.batch import floor

        if line == PARQUET:
            yield Contender(DECODE, line, lambda _: files, lambda both: floor.decode(*both))
        elif line != LOADED:
            yield Contender(READ, line, _same, floor.read)


def _same(table: pa.Table) -> pa.Table:
    return table


def race(modules: dict[str, Any], table: pa.Table, folder: Path, repeat: int) -> Iterator[Lap]:
    """Every line at one size, each contender in turn."""
    source, target = folder / "claims.parquet", folder / "decided.parquet"
    pq.write_table(table, source, compression="zstd", row_group_size=131_072)
    for line in LINES:
        running = [
            (contender, contender.prepare(table), Lap(contender.name, line, len(table)))
            for contender in contenders(modules, line, (source, target), len(table))
        ]
        for turn in range(repeat):
            for contender, state, lap in running:
                if lap.failed or (turn > 1 and sum(lap.seconds) > BUDGET):
                    continue
                gc.collect()
                start = time.perf_counter()
                try:
                    answer = contender.run(state)
                except Exception as error:  # one that fails on a line must not end the race of the others
                    lap.failed = f"{type(error).__name__}: {error}"
                    continue
                lap.seconds.append(time.perf_counter() - start)
                del answer
        yield from (lap for _, _, lap in running)
        del running


# --- in a process apart ---------------------------------------------------------------------------


def memory(module: str, line: str, folder: Path) -> float:
    """The most memory that one run takes, in MB over the table that it is given."""
    return float(_child("memory", module, line, str(folder))["peak"])


def start_up(module: str, folder: Path) -> float:
    """Seconds from the start of a process to its first decided table of a few rows."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        _child("start", module, EVERY, str(folder))
        best = min(best, time.perf_counter() - start)
    return best


def _child(*words: str) -> dict[str, Any]:
    # As for anybody: compiled once, not at every start.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "benchmarks.batch.harness", *words]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=env, cwd=_ROOT)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def save(table: pa.Table, file: Path) -> None:
    """Lay a table down for the processes apart."""
    with ipc.new_file(file, table.schema) as sink:
        sink.write_table(table)


def _inside(what: str, module: str, line: str, folder: Path) -> dict[str, Any]:
    two_threads()
    code = importlib.import_module(f"benchmarks.batch.{module}")
    run = getattr(code, _RUNS[line], None) or code.run_outcome
    name = "claims.arrow" if what == "memory" else "few.arrow"
    given: Any = (folder / "claims.parquet", folder / "decided.parquet")
    if line != PARQUET:
        # Read, not mapped: pages of a file that are first touched during the run would count against it.
        given = (ipc.open_file(pa.py_buffer((folder / name).read_bytes())).read_all().combine_chunks(),)
    if what == "start":
        run(*given)
        return {}
    gc.collect()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    before = _status("VmRSS")
    answer = run(code.prepare(*given)) if line == LOADED else run(*given)
    peak = _status("VmHWM")
    del answer
    return {"peak": (peak - before) / 1024}


def _status(name: str) -> int:
    for row in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if row.startswith(f"{name}:"):
            return int(row.split()[1])
    raise KeyError(name)


if __name__ == "__main__":
    print(json.dumps(_inside(sys.argv[1], sys.argv[2], sys.argv[3], Path(sys.argv[4]))))
