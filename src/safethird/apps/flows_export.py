"""Series written as CSV, whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import polars as pl

from safethird.apps.flows_tables import plain_rows
from safethird.apps.jsonform import dump
from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, store
from safethird.flows.catalogue import entry
from safethird.flows.frames import frame


def exported(
    names: Sequence[str], output: str, since: str | None, until: str | None, as_known_on: date | None, lang: str, *,
    overwrite: bool, as_json: bool,
) -> None:  # fmt: skip
    """Write the series named as CSV to a file, or to standard output where it is ``-``; JSON there with ``as_json``."""
    faults: list[Fault] = []
    parts = []
    for name in dict.fromkeys(names):
        try:
            of = entry(name)
            rows = frame([of], since, until, as_known_on)
        except BadFile as error:
            faults += [fault for fault in error.faults if fault not in faults]
            continue
        if rows.is_empty():
            faults.append(
                Fault(
                    of.name,
                    "It has no month in the time asked for.",
                    f"It runs from {of.first:%Y-%m} to {of.last:%Y-%m}.",
                )
            )
        parts.append(rows.select(
            "month", pl.lit(of.name).alias("series"), pl.lit(of.title.text(lang)).alias("title"), "value", "low",
            "high", "status", "unit", "source",
            pl.col("source").map_elements(_licences, return_dtype=pl.String).alias("licence"),
            "vintage",
        ))  # fmt: skip
    if faults:
        raise BadFile(faults)
    rows = pl.concat(parts).with_columns(
        pl.col(name).map_elements(_plain, return_dtype=pl.String) for name in ("value", "low", "high")
    )
    if as_json:
        print(dump(plain_rows(pl.concat(parts))))
    if output == "-":
        if not as_json:
            sys.stdout.write(rows.write_csv())
        return
    _write(Path(output), rows.write_csv(), overwrite)
    print(f"safethird: {rows.height} rows in {output}", file=sys.stderr)


def _licences(ids: str) -> str:
    known = store.sources()
    return ";".join(
        dict.fromkeys(codebook.licences()[known[one].licence].name.en for one in ids.split(";") if one in known)
    )


def _plain(value: float) -> str:
    return f"{value:g}" if not float(value).is_integer() else str(int(value))


def _write(path: Path, text: str, overwrite: bool) -> None:
    """Write beside the place and rename into it."""
    if path.is_dir():
        raise BadFile([Fault(str(path), "This is a folder.", "Name a file.")])
    if not path.name.lower().endswith(".csv"):
        raise BadFile([Fault(str(path), "Series are written as CSV.", "Let the name end in .csv.")])
    if path.exists() and not overwrite:
        raise BadFile([Fault(str(path), "It is there already.", "Choose another name, or replace it: --overwrite.")])
    making = path.with_name(f".{path.name}.{os.getpid()}.writing")
    try:
        making.write_text(text, encoding="utf-8", newline="")
        making.replace(path)
    except OSError as error:
        making.unlink(missing_ok=True)
        raise BadFile(
            [Fault(str(path), f"It cannot be written ({error.strerror}).", "Choose another place.")]
        ) from None
