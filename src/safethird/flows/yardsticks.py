"""Yardsticks of others: statsforecast and hierarchicalforecast, where installed; they only compare."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np
import polars as pl

from safethird.flows.models import Model
from safethird.flows.past import Floats, Past, counts

NEEDED = ("statsforecast", "hierarchicalforecast")
INSIDE = (10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98)
"""Central intervals asked of a yardstick, in per cent; what lies between is interpolated."""
YEAR = 12


class NotInstalled(ImportError):
    """The optional extra is not there; the message says how to get it."""


def yardsticks(series: Iterable[str]) -> Mapping[str, Model]:
    """Other models for a backtest, fitted to the logarithms of the series named (every other series stands still).

    AutoARIMA, AutoETS, AutoTheta, naive and seasonal naive by statsforecast; MinT-shrink on AutoETS (on counts, with
    channel and national totals) by hierarchicalforecast. Raises :class:`NotInstalled`.
    """
    gone = [name for name in NEEDED if find_spec(name) is None]
    if gone:
        raise NotInstalled(
            f"The yardsticks need {' and '.join(gone)}, which {'is' if len(gone) == 1 else 'are'} not installed."
            " Install the optional extra: pip install 'safethird[yardsticks]'. Everything else works without."
        )
    models = import_module("statsforecast.models")
    named = tuple(series)
    makers: dict[str, Callable[[], Any]] = {
        "naive": models.Naive,
        "seasonal-naive": lambda: models.SeasonalNaive(season_length=YEAR),
        "AutoARIMA": lambda: models.AutoARIMA(season_length=YEAR),
        "AutoETS": lambda: models.AutoETS(season_length=YEAR),
        "AutoTheta": lambda: models.AutoTheta(season_length=YEAR),
    }
    return {name: _alone(make, named) for name, make in makers.items()} | {"MinT": _reconciled(named)}


def spread(table: pl.DataFrame, column: str, series: tuple[str, ...], horizons: int, draws: int) -> Floats:
    """Evenly spaced quantiles (series, horizons, draws) from columns such as ``AutoETS``, ``AutoETS-lo-80``."""
    ends = [(0.5 - level / 200, f"{column}-lo-{level}") for level in reversed(INSIDE)]
    ends += [(0.5, column)] + [(0.5 + level / 200, f"{column}-hi-{level}") for level in INSIDE]
    levels = (np.arange(draws) + 0.5) / draws
    found = np.empty((len(series), horizons, draws))
    for place, name in enumerate(series):
        rows = table.filter(pl.col("unique_id") == name).sort("ds").select([key for _, key in ends]).to_numpy()
        for step in range(horizons):
            # A constant series gives no interval: its last value is all there is.
            row = np.where(np.isnan(rows[step]), rows[step][len(INSIDE)], rows[step])
            found[place, step] = np.interp(levels, [level for level, _ in ends], np.maximum.accumulate(row))
    return found


def _alone(make: Callable[[], Any], series: tuple[str, ...]) -> Model:
    def model(past: Past, horizons: int, draws: int) -> Floats:
        maker, fitting = make(), import_module("statsforecast")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known = _long(past, series, past.logs())
            fitted = fitting.StatsForecast(models=[maker], freq=1)
            table = fitted.forecast(df=known, h=horizons, level=list(INSIDE))
        return _placed(past, series, counts(spread(table, str(maker), series, horizons, draws)))

    return model


def _reconciled(series: tuple[str, ...]) -> Model:
    def model(past: Past, horizons: int, draws: int) -> Floats:
        fitting, models = import_module("statsforecast"), import_module("statsforecast.models")
        core, methods, utils = (import_module(f"hierarchicalforecast.{part}") for part in ("core", "methods", "utils"))
        flat = _long(past, series, past.value).select(
            pl.lit("all").alias("total"),
            pl.col("unique_id").str.split("/").list.slice(0, 2).list.join("-").alias("part"),
            pl.col("unique_id").alias("leaf"),
            "ds",
            "y",
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            known, sums, tags = utils.aggregate(flat, [["total"], ["total", "part"], ["total", "part", "leaf"]])
            fitted = fitting.StatsForecast(models=[models.AutoETS(season_length=YEAR)], freq=1)
            ahead = fitted.forecast(df=known, h=horizons, level=list(INSIDE), fitted=True)
            shrunk = core.HierarchicalReconciliation(reconcilers=[methods.MinTrace(method="mint_shrink")])
            table = shrunk.reconcile(
                Y_hat_df=ahead, Y_df=fitted.forecast_fitted_values(), S_df=sums, tags=tags, level=list(INSIDE)
            )
        column = "AutoETS/MinTrace_method-mint_shrink"
        table = table.with_columns(pl.col("unique_id").str.split("/").list.slice(2).list.join("/"))
        return _placed(past, series, np.maximum(np.rint(spread(table, column, series, horizons, draws)), 0.0))

    return model


def _long(past: Past, series: tuple[str, ...], values: Floats) -> pl.DataFrame:
    return pl.concat(
        pl.DataFrame({"unique_id": name, "ds": np.arange(values.shape[1]), "y": values[past.names.index(name)]})
        for name in series
    )


def _placed(past: Past, series: tuple[str, ...], found: Floats) -> Floats:
    whole = np.repeat(np.repeat(past.value[:, -1:, None], found.shape[1], axis=1), found.shape[2], axis=2)
    whole[[past.names.index(name) for name in series]] = found
    return whole
