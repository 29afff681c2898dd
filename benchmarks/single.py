"""One case at a time: deciding, explaining, smallest sets, start-up."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from safethird import decide, explain, law_for, read_case
from safethird.cases import yamlfile
from safethird.cases.shipped import file_of
from safethird.readings.missing import missing

ROUNDS = 7
BARS = {"decide": 1.0, "decide and explain": 1.0, "smallest sets": 20.0}
CASE = """
facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port, nationality: [COL], age: 30}
relatives: [{relation: uncle, location: CAN, status: work_permit, age: 40, proven: yes}]
"""


def main() -> None:
    """Measure the shipped cases, in memory and as whole processes."""
    raw, _ = yamlfile.read(file_of("canada"))
    cases = [law_for(read_case(item)) for item in raw["cases"] if item.get("date")]
    full = [pair for pair, item in zip(cases, (i for i in raw["cases"] if i.get("date")), strict=True)
            if item["kind"] != "decision"]  # fmt: skip
    thin = [pair for pair in cases if pair not in full]
    table = Table(title="one case in memory, milliseconds (median of the case medians, and the slowest)")
    for column in ("what", "fully known", "slowest", "thinly reported", "slowest", "bar"):
        table.add_column(column, justify="right")
    for name, act in _acts().items():
        rows = [sorted(_timed(act, law, case) for law, case in group) for group in (full, thin)]
        cells = [f"{value:.2f}" for row in rows for value in (median(row), row[-1])]
        table.add_row(name, *cells, f"{BARS[name]:g}")
    console = Console()
    console.print(table)
    console.print(_processes())


def _acts() -> dict[str, Callable[[Any, Any], object]]:
    return {
        "decide": decide,
        "decide and explain": lambda law, case: explain(law, case, smallest=False),
        "smallest sets": lambda law, case: missing(law, case, decide(law, case)),
    }


def _timed(act: Callable[[Any, Any], object], law: Any, case: Any) -> float:
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        act(law, case)
        times.append(1000 * (time.perf_counter() - start))
    return median(times)


def _processes() -> Table:
    table = Table(title="whole processes, seconds (minimum and median)")
    for column in ("command", "minimum", "median", "bar"):
        table.add_column(column, justify="right")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.yaml"
        file.write_text(CASE, encoding="utf-8")
        commands = {
            "python -c pass": ([sys.executable, "-c", "pass"], None),
            "import safethird": ([sys.executable, "-c", "import safethird"], 0.15),
            "decide --no-sets": ([sys.executable, "-m", "safethird", "decide", str(file), "--no-sets"], 0.4),
            "decide": ([sys.executable, "-m", "safethird", "decide", str(file)], 1.2),
        }
        # As for anybody: compiled once, not at every start.
        as_installed = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, (command, _bar) in commands.items():
                start = time.perf_counter()
                subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=as_installed)
                taken[name].append(time.perf_counter() - start)
        for name, (_command, bar) in commands.items():
            table.add_row(
                name, f"{min(taken[name]):.3f}", f"{median(taken[name]):.3f}", "" if bar is None else f"{bar:g}"
            )
    return table
