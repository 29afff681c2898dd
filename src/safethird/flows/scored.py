"""Kept forecasts scored against months that were added after they were made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows.families import Family, family, family_of
from safethird.flows.past import Floats
from safethird.flows.saved import Saved, load
from safethird.flows.scores import LEVELS, covered, crps


@dataclass(frozen=True, slots=True)
class Scored:
    """A kept forecast against months that came later: a row to a model, series and month; see :func:`score`."""

    saved: Saved
    rows: pl.DataFrame
    against: date
    newest: str

    @property
    def count(self) -> int:
        """How many figures were scored."""
        return self.rows.filter(pl.col("model") == self.saved.model).height

    def report(self) -> pl.DataFrame:
        """WAPE, CRPS over the mean and coverage, for the forecast and for the random walk."""
        return self.rows.group_by("model", maintain_order=True).agg(
            n=pl.len(),
            mean=pl.col("observed").mean(),
            wape=pl.col("error").sum() / pl.col("observed").sum(),
            crps=pl.col("crps").mean(),
            crps_over_mean=pl.col("crps").sum() / pl.col("observed").sum(),
            **{f"cover{level}": pl.col(f"in{level}").mean() for level in (50, 80, 95)},
        )


def score(path: Path | str) -> Scored:
    """Score a kept forecast against the newest figures of the months after its last observation.

    The observation of a total is the sum of its parts as now printed. A revised month counts as it now stands; the
    release of the forecast and that of the figures are both named in what is returned.

    Raises:
        BadFile: the file is no forecast, or no month after its last observation has been published or added.
    """
    kept = load(path)
    found = family(family_of(kept.names[0]))
    after = [month for month in kept.months if np.datetime64(month, "M") <= found.past.last]
    if not after:
        raise BadFile([Fault(
            str(path),
            f"No newer months: it forecasts {kept.months[0]} to {kept.months[-1]}, and the newest figures end in"
            f" {found.past.last} (release of {found.vintage}).",
            "Add the newer table first: safethird flows add FILE.",
        )])  # fmt: skip
    unknown = [name for name in kept.names if name not in found.members]
    if unknown:
        what = f"There are no figures any more for {', '.join(unknown)}."
        raise BadFile([Fault(str(path), what, f"Newest release: {found.vintage}.")])
    steps = [kept.months.index(month) for month in after]
    observed = np.stack([_observed(found, name, after) for name in kept.names])
    frames = [
        _scored(model, draws[:, steps], observed, kept.names, after, found.past.floor)
        for model, draws in {"walk": kept.walk, kept.model: kept.draws}.items()
    ]
    return Scored(kept, pl.concat(frames), found.vintage, str(found.past.last))


def _observed(found: Family, name: str, months: Sequence[str]) -> Floats:
    places = [int((np.datetime64(month, "M") - found.past.months[0]).astype(int)) for month in months]
    total: Floats = found.past.value[np.ix_(found.members[name], places)].sum(axis=0)
    return total


def _scored(
    model: str, draws: Floats, observed: Floats, names: Sequence[str], months: Sequence[str], floor: float
) -> pl.DataFrame:
    median = np.median(draws, axis=-1)
    inside = {round(100 * level): covered(draws, observed, level, floor) for level in LEVELS}
    score_ = crps(draws, observed, floor)
    return pl.DataFrame(
        {
            "model": [model] * observed.size,
            "series": np.repeat(names, len(months)),
            "month": list(months) * len(names),
            "observed": observed.ravel(),
            "median": median.ravel(),
            "error": np.abs(median - observed).ravel(),
            "crps": score_.ravel(),
            **{f"in{level}": hits.ravel() for level, hits in inside.items()},
        }
    )
