"""Forecasts made again at past origins and scored: each beside the random walk, on the same origins and months."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from safethird.cases.faults import BadFile, Fault
from safethird.flows.joint import paths
from safethird.flows.models import MODELS, Model
from safethird.flows.past import Floats, Past
from safethird.flows.scores import LEVELS, covered, crps, five_quantiles, yearly_change

HORIZONS, ORIGINS, APART = 6, 19, 3
"""The record's own layout: 19 origins three months apart, the last one six months before the end."""
DRAWS = 1000
REFERENCE = "walk"


@dataclass(frozen=True, slots=True)
class Backtest:
    """A row to a model, series, origin and horizon; see :func:`backtest`.

    Columns: model, series, origin, month, horizon, across (whether a policy date lies between origin and month),
    observed, hidden, median, error (absolute), scale (yearly change up to the origin), crps, five (five-quantile
    score), in50, in80, in95.
    """

    rows: pl.DataFrame
    policy: tuple[date, ...]
    floor: float

    def report(self, *by: str) -> pl.DataFrame:
        """WAPE, MASE, CRPS over the mean, coverage, and CRPS over the walk's, for each model and each of ``by``.

        ``by`` names columns such as "series", "horizon", "across". A ratio below 1 is better than the random walk.
        """
        keys = ["model", *by]
        table = self.rows.group_by(keys, maintain_order=True).agg(
            n=pl.len(),
            hidden=pl.col("hidden").sum(),
            mean=pl.col("observed").mean(),
            wape=pl.col("error").sum() / pl.col("observed").sum(),
            mase=(pl.col("error") / pl.col("scale")).filter(pl.col("scale") > 0).mean(),
            crps=pl.col("crps").mean(),
            crps_over_mean=pl.col("crps").sum() / pl.col("observed").sum(),
            five_over_mean=pl.col("five").sum() / pl.col("observed").sum(),
            cover50=pl.col("in50").mean(),
            cover80=pl.col("in80").mean(),
            cover95=pl.col("in95").mean(),
        )
        walk = table.filter(pl.col("model") == REFERENCE).select(*by, "n", walk_crps="crps", walk_n="n")
        joined = table.join(walk.drop("n"), on=list(by), how="left") if by else table.join(walk.drop("n"), how="cross")
        if joined.filter(pl.col("walk_n") != pl.col("n")).height:
            raise ValueError("A model was not scored on the origins of the random walk: nothing can be compared.")
        return joined.with_columns(over_walk=pl.col("crps") / pl.col("walk_crps")).drop("walk_crps", "walk_n")

    def paired(self, *, draws: int = 2000, seed: int = 0) -> pl.DataFrame:
        """CRPS over the walk's with a 95% interval, origins drawn anew: model, over_walk, low, high.

        Origins three months apart share months when horizons are longer, so the intervals are a little narrow.
        """
        sums = self.rows.group_by("model", "origin").agg(pl.col("crps").sum()).sort("origin")
        wide = sums.pivot("model", index="origin", values="crps")
        chance = np.random.default_rng(seed).integers(0, wide.height, (draws, wide.height))
        walk = wide[REFERENCE].to_numpy()
        found = []
        for name in self.rows["model"].unique(maintain_order=True):
            mine = wide[name].to_numpy()
            ratio = mine[chance].sum(axis=1) / walk[chance].sum(axis=1)
            low, high = np.quantile(ratio, [0.025, 0.975])
            found.append({"model": name, "over_walk": mine.sum() / walk.sum(), "low": float(low), "high": float(high)})
        return pl.DataFrame(found)


def origins(months: int, horizons: int = HORIZONS, count: int = ORIGINS, apart: int = APART) -> list[int]:
    """How many months are known at each origin, earliest first.

    >>> origins(109)[0], origins(109)[-1], len(origins(109))
    (49, 103, 19)
    """
    found = [months - horizons - apart * k for k in reversed(range(count))]
    if found[0] < 24:
        raise BadFile([Fault(
            "origins",
            f"{count} origins {apart} months apart, {horizons} ahead, need {apart * (count - 1) + horizons + 24}"
            f" months; there are {months}.",
            "Take fewer origins, or closer ones.",
        )])  # fmt: skip
    return found


def spans(origin: np.datetime64[Any], month: np.datetime64[Any], policy: Iterable[date]) -> bool:
    """Whether a policy date lies between: the month holds or follows it, and the origin is no full month after it.

    >>> day = [date(2023, 3, 25)]
    >>> spans(np.datetime64("2023-02"), np.datetime64("2023-03"), day)
    True
    >>> spans(np.datetime64("2023-03"), np.datetime64("2023-04"), day)
    True
    >>> spans(np.datetime64("2023-04"), np.datetime64("2023-05"), day)
    False
    """
    for day in policy:
        during = np.datetime64(day, "M")
        in_full = during if day.day == 1 else during + np.timedelta64(1, "M")
        if origin < in_full and during <= month:
            return True
    return False


def backtest(
    past: Past,
    models: Mapping[str, Model] | None = None,
    *,
    series: Iterable[str] | None = None,
    policy: Iterable[date] = (),
    at: Iterable[int] | None = None,
    horizons: int = HORIZONS,
    draws: int = DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Score models at past origins. Each sees a copy of the first months alone; nothing later is in its reach.

    ``past`` holds every series that models learn from; ``series`` names those to score (default: all). ``at`` gives how
    many months are known at each origin (default: 19 origins). ``progress`` is told how many forecasts are done, of
    how many. The random walk is always among the models.
    """
    chosen = {REFERENCE: MODELS[REFERENCE]} | dict(MODELS if models is None else models)
    named = tuple(series) if series is not None else past.names
    unknown = set(named) - set(past.names)
    if unknown:
        do = "Name series of one flow, not sums."
        raise BadFile(
            [Fault(name, "It is not among the series that models learn from.", do) for name in sorted(unknown)]
        )
    places = [past.names.index(name) for name in named]
    known = list(at) if at is not None else origins(past.value.shape[1], horizons)
    days = tuple(policy)
    observed, hidden = past.value[places], past.hidden[places]
    frames: list[pl.DataFrame] = []
    for done, (count, name) in enumerate((c, n) for c in known for n in chosen):
        if progress is not None:
            progress(done, len(known) * len(chosen))
        ahead = chosen[name](past.until(count), horizons, draws)[places]
        frames.extend(_scored(name, ahead, named, past, observed, hidden, count, days))
    if progress is not None:
        progress(len(known) * len(chosen), len(known) * len(chosen))
    return Backtest(pl.concat(frames), days, past.floor)


def backtest_sums(
    past: Past,
    sums: Mapping[str, tuple[tuple[int, ...], Floats]],
    models: Mapping[str, Model],
    *,
    policy: Iterable[date] = (),
    at: Iterable[int] | None = None,
    horizons: int = HORIZONS,
    draws: int = DRAWS,
    progress: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Score sums over paths against published totals, at past origins.

    ``sums`` gives for each name the places among the series of ``past`` that it adds up, and its published counts.
    """
    chosen = {REFERENCE: MODELS[REFERENCE]} | dict(models)
    days = tuple(policy)
    observed = np.stack([published for _, published in sums.values()])
    hidden = np.zeros(observed.shape, dtype=bool)
    frames: list[pl.DataFrame] = []
    at_each = list(at) if at is not None else origins(past.value.shape[1], horizons)
    for done, count in enumerate(at_each):
        if progress is not None:
            progress(done + 1, len(at_each))
        known = past.until(count)
        for name, model in chosen.items():
            made = paths(known, model(known, horizons, draws), seed=count)
            ahead = np.stack([made[:, list(places)].sum(axis=1).T for places, _ in sums.values()])
            frames.extend(_scored(name, ahead, tuple(sums), past, observed, hidden, count, days))
    return Backtest(pl.concat(frames), days, past.floor)


def _scored(
    model: str,
    ahead: Floats,
    names: tuple[str, ...],
    past: Past,
    value: Floats,
    hidden: NDArray[np.bool_],
    count: int,
    days: tuple[date, ...],
) -> Iterator[pl.DataFrame]:
    horizons = ahead.shape[1]
    observed = value[:, count : count + horizons]
    median = np.median(ahead, axis=-1)
    score, five = crps(ahead, observed, past.floor), five_quantiles(ahead, observed)
    inside = {f"in{round(100 * level)}": covered(ahead, observed, level, past.floor) for level in LEVELS}
    scale = yearly_change(value[:, :count])
    origin = past.months[count - 1]
    for step in range(horizons):
        month = past.months[count + step]
        yield pl.DataFrame(
            {
                "model": model,
                "series": list(names),
                "origin": origin.astype("datetime64[D]").item(),
                "month": month.astype("datetime64[D]").item(),
                "horizon": step + 1,
                "across": spans(origin, month, days),
                "observed": observed[:, step],
                "hidden": hidden[:, count + step],
                "median": median[:, step],
                "error": np.abs(median[:, step] - observed[:, step]),
                "scale": scale,
                "crps": score[:, step],
                "five": five[:, step],
                **{key: hits[:, step] for key, hits in inside.items()},
            }
        )
