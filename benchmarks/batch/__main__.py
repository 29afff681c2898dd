"""Race the batch reading against what else there is: ``python -m benchmarks.batch``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from rich.console import Console

from benchmarks.batch import checking, harness, table

SAMPLE = 1_000
# Claims that fit beside every contender's own copy in one gigabyte.
PER_GIGABYTE = 1_000_000


def main() -> None:
    """Check, race, weigh, and print; with ``--write``, put the table into the documentation."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.batch", description=__doc__)
    asked.add_argument("--rows", default="10000,100000,1000000", help="sizes, with commas between them")
    asked.add_argument("--repeat", type=int, default=5, help="rounds of each contender, one after the other in turn")
    asked.add_argument("--only", default="", help="contenders by module name, with commas between them")
    asked.add_argument("--no-memory", action="store_true", help="leave memory and start-up out")
    asked.add_argument("--write", type=Path, help="the page whose table to replace")
    options = asked.parse_args()
    sizes = sorted(int(float(size)) for size in options.rows.split(","))
    console = Console(stderr=True)
    free = _free_gigabytes()
    if sizes[-1] / PER_GIGABYTE > free:
        asked.error(f"{sizes[-1]:,} claims need about {sizes[-1] / PER_GIGABYTE:.0f} GB; {free:.0f} GB are free.")

    harness.two_threads()
    modules, missing = harness.loaded_modules()
    if options.only:
        modules = {name: code for name, code in modules.items() if name in options.only.split(",")}
    for name, why in missing.items():
        console.print(f"{name} does not run: {why}", style="yellow")

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = harness.synthetic(SAMPLE)
        grids = [table.agreement(checking.agreement(modules, sample), SAMPLE)]
        laps = []
        for size in sizes:
            console.print(f"{size:,} claims…", style="dim")
            claims = harness.synthetic(size)
            laps += list(harness.race(modules, claims, folder, options.repeat))
        for lap in laps:
            if lap.failed:
                console.print(f"{lap.name}, {lap.line}, {lap.rows:,} claims: {lap.failed}", style="red", markup=False)
        laps = [lap for lap in laps if not lap.failed]
        starts = {}
        if not options.no_memory:
            console.print("memory and start-up…", style="dim")
            harness.save(claims, folder / "claims.arrow")
            harness.save(sample.slice(0, 64), folder / "few.arrow")
            for module in modules:
                starts[harness.NAMES[module]] = harness.start_up(module, folder)
            for lap in laps:
                module = next((m for m in modules if harness.NAMES[m] == lap.name), None)
                if module is not None and lap.rows == sizes[-1]:
                    lap.memory = harness.memory(module, lap.line, folder)
    grids = [*table.grids(laps), *([table.starts(starts)] if starts else []), *grids]
    table.show(grids)
    if options.write:
        table.write(options.write, table.markdown(grids))


def _free_gigabytes() -> float:
    for row in Path("/proc/meminfo").read_text(encoding="ascii").splitlines():
        if row.startswith("MemAvailable:"):
            return int(row.split()[1]) / (1 << 20)
    return float("inf")


if __name__ == "__main__":
    main()
