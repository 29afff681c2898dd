"""Options and files that every command with a picture shares: SVG, PNG, a page, CSV of exactly what is drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from safethird.law.facts.declare import Words

Svg = Annotated[Path | None, typer.Option("--svg", help="Write the picture as SVG.", metavar="FILE")]
Png = Annotated[Path | None, typer.Option("--png", help="Write the picture as PNG.", metavar="FILE")]
Html = Annotated[
    Path | None, typer.Option("--html", help="Write a page with picture and table; it fetches nothing.", metavar="FILE")
]
Csv = Annotated[Path | None, typer.Option("--csv", help="Write the plotted values as CSV.", metavar="FILE")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace files that exist.")]
_WRITTEN = Words("Written: {files}", "Fichiers écrits : {files}")


def save(
    spec_fn: Callable[[], dict[str, Any]], rows: list[dict[str, Any]] | None = None, *, svg: Path | None = None,
    png: Path | None = None, html: Path | None = None, csv: Path | None = None, lang: str = "en",
    overwrite: bool = False,
) -> list[Path]:  # fmt: skip
    """Write the files that are asked for, all or none; the picture is made only if there are any.

    ``spec_fn`` makes the specification; ``rows`` stand for its plotted values in CSV and table (None: those values).
    A file's end must be that of its option. Raises :class:`~safethird.cases.faults.BadFile` before anything is made.
    """
    from safethird.cases.faults import BadFile
    from safethird.flows.render import CannotDraw, write_all

    paths = targets(svg=svg, png=png, html=html, csv=csv, overwrite=overwrite)
    if not paths:
        return []
    try:
        written = write_all(spec_fn(), paths, rows, overwrite=overwrite)
    except CannotDraw as error:
        from safethird.cases.faults import Fault

        raise BadFile([Fault(", ".join(map(str, paths)), str(error), "")]) from None
    print(f"safethird: {_WRITTEN.text(lang).format(files=', '.join(map(str, written)))}", file=sys.stderr)
    return written


def targets(
    *, svg: Path | None = None, png: Path | None = None, html: Path | None = None, csv: Path | None = None,
    overwrite: bool = False,
) -> list[Path]:  # fmt: skip
    """The files asked for, checked: call it first, so that a command fails before it works.

    >>> from pathlib import Path
    >>> targets(svg=Path("picture.png"))
    Traceback (most recent call last):
    safethird.cases.faults.BadFile: --svg picture.png: the name does not end in .svg. Write picture.svg, or...
    """
    from safethird.cases.faults import BadFile, Fault
    from safethird.flows.render import checked

    given = {"svg": svg, "png": png, "html": html, "csv": csv}
    named = {kind: path for kind, path in given.items() if path is not None}
    faults = [
        Fault(f"--{kind} {path}", f"the name does not end in .{kind}.",
              f"Write {path.with_suffix(f'.{kind}')}, or use another option.")
        for kind, path in named.items() if path.suffix.lower() != f".{kind}"
    ]  # fmt: skip
    if faults:
        raise BadFile(faults)
    return checked(named.values(), overwrite=overwrite)


def spark(low: Iterable[float], high: Iterable[float], *, most: int = 60) -> str:
    """A line of blocks from zero, a block for one or more months; gaps stay gaps, hidden months are a dot.

    >>> nan = float("nan")
    >>> spark([0, 4, 8, nan, 0], [0, 4, 8, nan, 5])
    '▁▅█ ·'
    """
    import math

    pairs = list(zip(low, high, strict=True))
    size = max(1, -(-len(pairs) // most))
    groups = [pairs[i : i + size] for i in range(0, len(pairs), size)]
    top = max((b for _, b in pairs if not math.isnan(b)), default=0.0) or 1.0
    line = ""
    for group in groups:
        known = [(a, b) for a, b in group if not math.isnan(a)]
        if not known:
            line += " "
        elif all(a == 0 and b == 5 for a, b in known):
            line += "·"
        else:
            mean = sum((a + b) / 2 for a, b in known) / len(known)
            line += "▁▂▃▄▅▆▇█"[min(7, int(8 * mean / top))] if mean < top else "█"
    return line
