"""The measurements as tables: for the terminal, and in Markdown for the documentation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from benchmarks.batch.harness import LINES, NAMES, Lap

BEGIN, END = "<!-- batch-benchmark:start -->", "<!-- batch-benchmark:end -->"
_AGAINST = {"× OpenFisca": NAMES["openfisca_rules"], "× Polars": NAMES["polars_by_hand"]}
Grid = tuple[str, Sequence[str], list[Sequence[str]]]


def number(rate: float) -> str:
    """A rate in millions a second, to three digits."""
    millions = rate / 1e6
    return f"{millions:.0f} M" if millions >= 100 else f"{millions:.1f} M" if millions >= 10 else f"{millions:.2f} M"


def grids(laps: Sequence[Lap]) -> list[Grid]:
    """A table to a line: contenders down, sizes across."""
    made: list[Grid] = []
    sizes = sorted({lap.rows for lap in laps})
    for line in LINES:
        on_line = {(lap.name, lap.rows): lap for lap in laps if lap.line == line}
        names = list(dict.fromkeys(name for name, _ in on_line))
        head = ["claims a second", *(f"{size:,} claims" for size in sizes), *_AGAINST, "memory over the input"]
        body: list[Sequence[str]] = []
        for name in names:
            last = on_line.get((name, sizes[-1]))
            ratios = [_ratio(last, on_line.get((other, sizes[-1]))) for other in _AGAINST.values()]
            cell = "" if last is None or last.memory is None else f"{last.memory:,.0f} MB"
            body.append([name, *(_rate(on_line.get((name, size))) for size in sizes), *ratios, cell])
        if body:
            made.append((line, head, body))
    return made


def _rate(lap: Lap | None) -> str:
    if lap is None:
        return ""
    middle, least, most = map(number, lap.rate)
    return f"{middle} ({least.removesuffix(' M')}–{most.removesuffix(' M')})"


def _ratio(lap: Lap | None, other: Lap | None) -> str:
    return "" if lap is None or other is None else f"{lap.rate[0] / other.rate[0]:.2f}"


def starts(seconds: dict[str, float]) -> Grid:
    """How long each takes from the start of a process to its first answer."""
    return (
        "start-up: a process from its start to its first decided rows",
        ["contender", "seconds"],
        [[name, f"{taken:.2f}"] for name, taken in seconds.items()],
    )


def agreement(found: dict[str, Counter[str]], rows: int) -> Grid:
    """On how many rows each contender differs from the single-case reading."""
    columns = list(dict.fromkeys(name for counts in found.values() for name in counts))
    return (
        f"rows of {rows:,} on which a contender differs from the single-case reading",
        ["contender", *columns],
        [[name, *(str(counts[c]) if c in counts else "" for c in columns)] for name, counts in found.items()],
    )


def show(made: Iterable[Grid]) -> None:
    """Print the tables."""
    console = Console()
    for title, head, body in made:
        table = Table(title=title)
        for place, column in enumerate(head):
            table.add_column(column, justify="right" if place else "left")
        for row in body:
            table.add_row(*row)
        console.print(table)


def markdown(made: Iterable[Grid]) -> str:
    """The tables in Markdown."""
    parts = []
    for title, head, body in made:
        rules = [":--", *["--:"] * (len(head) - 1)]
        lines = [f"**{title[0].upper()}{title[1:]}**", ""]
        lines += [f"| {' | '.join(row)} |" for row in (head, rules, *body)]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def write(file: Path, text: str) -> None:
    """Put the text between the two markers of a file.

    Raises:
        ValueError: the file does not have both markers, in order.
    """
    page = file.read_text(encoding="utf-8")
    before, begun, rest = page.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{file} has no place for the table. Add the lines {BEGIN} and {END} where it belongs.")
    file.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")
