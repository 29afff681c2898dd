"""Two laws: comparing them, proving them equal, building a diagram."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

from rich.console import Console
from rich.table import Table

from safethird.cases.designator import designated
from safethird.expr import any_of
from safethird.readings.compare import compare
from safethird.readings.twin import Twin

ROUNDS = 5


def main() -> None:
    """Measure comparisons of laws that are already loaded."""
    before, after = designated("canada@2023-03-24"), designated("canada@2023-03-25")
    now, us = designated("canada@2026-06-01"), designated("us@2026-06-01")
    same = designated("canada@2026-06-01")
    acts: dict[str, tuple[Callable[[], object], float | None]] = {
        "all smallest witnesses, 2023-03-24 against 2023-03-25": (lambda: compare(before, after), 0.2),
        "a law against itself": (lambda: compare(now, same), 0.1),
        "a law against the next day (proof)": (lambda: compare(now, designated("canada@2026-06-02")), None),
        "Canada against the United States": (lambda: compare(now, us), None),
        "diagram of a law": (lambda: Twin(now, now, 1).of(0, any_of(*(e for _, e in now.pact.outcome))), 0.5),
    }
    table = Table(title="two laws, seconds (median)")
    for column in ("what", "median", "bar"):
        table.add_column(column, justify="right")
    for name, (act, bar) in acts.items():
        times = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            act()
            times.append(time.perf_counter() - start)
        table.add_row(name, f"{median(times):.3f}", "" if bar is None else f"{bar:g}")
    Console().print(table)
