"""Forecasts kept in a file with the release they rest on, so that they can be scored when months have been added."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from safethird import __version__
from safethird.cases.faults import BadFile, Fault
from safethird.flows.forecast import Forecast
from safethird.flows.past import Floats

FORM = "safethird forecast 1"
KEPT = 200
"""Evenly spaced quantiles kept of each month in JSON; Parquet keeps every path."""
_META = b"safethird"


@dataclass(frozen=True, slots=True)
class Saved:
    """A forecast as read from a file: ``draws`` and ``walk`` (series, months, n) are equally likely counts.

    ``walk`` is the random walk made from the same months, so that a score never stands alone.
    """

    names: tuple[str, ...]
    unit: str
    months: tuple[str, ...]
    last: str
    vintage: date
    model: str
    version: str
    seed: int
    sources: tuple[str, ...]
    draws: Floats
    walk: Floats
    path: str


def save(made: Forecast, walk: Forecast, path: Path | str, *, overwrite: bool = False) -> Path:
    """Write a forecast and the random walk beside it, as ``.json`` (quantiles) or ``.parquet`` (every path).

    The file is written under another name and renamed, so it is whole or not there. Raises
    :class:`~safethird.cases.faults.BadFile`.
    """
    target = writable(path, overwrite=overwrite)
    meta = {
        "form": FORM,
        "version": __version__,
        "model": made.model,
        "seed": made.seed,
        "unit": made.unit,
        "vintage": made.vintage.isoformat(),
        "last": str(made.last),
        "months": [str(month) for month in made.months],
        "names": list(made.names),
        "sources": list(made.sources),
        "left_out": dict(made.left_out),
    }
    hidden = target.with_name(f".{target.name}.{uuid4().hex[:8]}")
    try:
        if target.suffix == ".json":
            hidden.write_text(json.dumps(meta | {"quantiles": _kept(made), "walk": _kept(walk)}), encoding="utf-8")
        else:
            table = _table(made, walk).replace_schema_metadata({_META: json.dumps(meta)})
            pq.write_table(table, hidden, compression="zstd")
        hidden.replace(target)
    except OSError as error:
        raise BadFile([Fault(str(target), f"cannot be written: {error.strerror}.", "Nothing was written.")]) from None
    finally:
        hidden.unlink(missing_ok=True)
    return target


def writable(path: Path | str, *, overwrite: bool = False) -> Path:
    """The file, if a forecast may be written there.

    >>> writable("forecast.txt")
    Traceback (most recent call last):
    safethird.cases.faults.BadFile: forecast.txt: forecasts are kept as .json or .parquet. Change the end of the name.
    """
    target = Path(path)
    if target.suffix not in (".json", ".parquet"):
        raise BadFile([Fault(str(path), "forecasts are kept as .json or .parquet.", "Change the end of the name.")])
    if not target.parent.is_dir():
        raise BadFile([Fault(str(path), f"there is no folder {target.parent}.", "Make it first. Nothing was written.")])
    if target.exists() and not overwrite:
        raise BadFile([Fault(str(path), "exists already.", "Give --overwrite, or another name. It was kept.")])
    return target


def load(path: Path | str) -> Saved:
    """Read a forecast that :func:`save` wrote; anything else is refused with the reason."""
    where = Path(path)
    try:
        if where.suffix == ".parquet":
            table = pq.read_table(where)
            meta = json.loads((table.schema.metadata or {}).get(_META, b"{}"))
            read = [np.asarray(table.column(name).combine_chunks().to_pylist(), float) for name in ("paths", "walk")]
        else:
            meta = json.loads(where.read_text(encoding="utf-8"))
            meta = meta if isinstance(meta, dict) else {}
            read = [np.asarray(meta.get(key, []), float) for key in ("quantiles", "walk")]
        if not isinstance(meta, dict) or meta.get("form") != FORM:
            raise BadFile([Fault(str(path), "This is no forecast kept by safethird.", f"Its form must be {FORM!r}.")])
        shape = (len(meta["names"]), len(meta["months"]), -1)
        draws, walk = (values.reshape(shape) for values in read)
        return Saved(
            tuple(meta["names"]),
            meta["unit"],
            tuple(meta["months"]),
            meta["last"],
            date.fromisoformat(meta["vintage"]),
            meta["model"],
            meta["version"],
            int(meta["seed"]),
            tuple(meta["sources"]),
            draws,
            walk,
            str(path),
        )
    except BadFile:
        raise
    except FileNotFoundError:
        raise BadFile([Fault(str(path), "There is no such file.", "Check the name.")]) from None
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        what = f"This kept forecast cannot be read ({type(error).__name__})."
        raise BadFile([Fault(str(path), what, "Use the file as it was written, or forecast anew.")]) from None


def _kept(made: Forecast) -> list[list[list[int]]]:
    levels = (np.arange(KEPT) + 0.5) / KEPT
    cut = np.quantile(made.paths, levels, axis=0, method="nearest").transpose(1, 2, 0)
    kept: list[list[list[int]]] = cut.astype(int).tolist()
    return kept


def _table(made: Forecast, walk: Forecast) -> Any:
    def column(of: Forecast) -> Any:
        flat = of.paths.transpose(1, 2, 0).reshape(-1, len(of.paths)).astype(np.int32)
        return pa.FixedSizeListArray.from_arrays(pa.array(flat.ravel()), flat.shape[1])

    return pa.table(
        {
            "series": np.repeat(made.names, len(made.months)).tolist(),
            "month": [str(month) for month in made.months] * len(made.names),
            "paths": column(made),
            "walk": column(walk),
        }
    )
