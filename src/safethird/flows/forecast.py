"""The coming months: paths by channel, province and total that add up, with intervals; counts, never below zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows.codebook import Text
from safethird.flows.families import Family, family, family_of
from safethird.flows.joint import paths
from safethird.flows.models import DEFAULT, MODELS
from safethird.flows.months import Months, following, later
from safethird.flows.past import Floats
from safethird.flows.scores import LEVELS

MOST = 12
LEAST = 24
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Forecast:
    """Paths of several series of one flow; see :func:`forecast`.

    ``paths`` has shape (draws, series, months) and holds whole counts; a sum over series, path by path, is the path of
    the total. ``last`` is the last month observed; ``vintage`` the day of the newest release used. ``left_out`` names
    the series of the flow that no total contains, and why.
    """

    names: tuple[str, ...]
    titles: tuple[Text, ...]
    unit: str
    months: Months
    paths: Floats
    last: np.datetime64[Any]
    vintage: date
    model: str
    seed: int
    sources: tuple[str, ...]
    left_out: Mapping[str, str] = field(default_factory=dict)

    def quantiles(self, name: str, levels: Iterable[float] = LEVELS) -> pl.DataFrame:
        """The median and central intervals of a series: month, median, low50, high50, low80, … for each level."""
        draws = self.paths[:, self.names.index(name)]
        columns: dict[str, Any] = {"month": self.months.astype("datetime64[D]"), "median": np.median(draws, axis=0)}
        for level in levels:
            low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2], axis=0)
            columns |= {f"low{round(100 * level)}": low, f"high{round(100 * level)}": high}
        return pl.DataFrame(columns)


def forecast(
    names: str | Iterable[str] | None = None,
    months: int = MOST,
    as_known_on: date | None = None,
    until: str | None = None,
    model: str | None = None,
    draws: int = DRAWS,
    seed: int = 0,
) -> Forecast:
    """The next 1 to 12 months of series of one flow (default: all asylum claims), from what was known.

    ``names`` are series, sums of them, or a flow; ``as_known_on`` reads the releases out by a day, ``until`` forgets
    the months after one (YYYY-MM), ``model`` is one of :data:`safethird.flows.models.MODELS` (default: the winner of
    the rolling backtest). The same arguments give the same paths; asking for fewer series does not change them.

    Raises:
        BadFile: an unknown name, names of two flows, too few months before ``until``, a missing month.
        NotKnownThen: nothing was out by that day.

    >>> made = forecast(["claims/border/Quebec", "claims/border/Canada"], months=3)
    >>> made.paths.shape, str(made.last), str(made.months[0])
    ((2000, 2, 3), '2024-01', '2024-02')
    """
    asked = [names] if isinstance(names, str) else list(names) if names is not None else ["claims"]
    chosen = model or DEFAULT
    _check(asked, months, chosen, draws)
    found = family(_one_flow(asked), as_known_on, until)
    listed = _listed(found, asked)
    whole = found.past.value.shape[1]
    if whole < LEAST + months:
        first, last = found.past.months[0], found.past.last
        raise BadFile([Fault(
            found.flow,
            f"There are {whole} months ({first} to {last}) to learn from; {months} ahead need {LEAST + months}.",
            f"Forecast from a month no earlier than {later(first, LEAST + months - 1)}, or fewer months.",
        )])  # fmt: skip
    try:
        margins = MODELS[chosen](found.past, months, draws)
    except ValueError as error:
        raise BadFile([Fault(found.flow, str(error), "Choose another flow.")]) from None
    made = paths(found.past, margins, seed)
    sums = np.stack([made[:, list(found.members[name])].sum(axis=1) for name in listed], axis=1)
    return Forecast(
        tuple(listed),
        tuple(found.titles[name] for name in listed),
        found.unit,
        following(found.past.last, months),
        sums,
        found.past.last,
        found.vintage,
        chosen,
        seed,
        tuple(sorted({source for leaf in found.leaves for source in leaf.sources})),
        found.left_out,
    )


def _check(asked: list[str], months: int, model: str, draws: int) -> None:
    faults = []
    if not asked:
        faults.append(Fault("names", "No series is named.", "Name one, or leave it out for all claims."))
    if not 1 <= months <= MOST:
        faults.append(Fault("months", f"{months} months ahead cannot be forecast.", f"Give 1 to {MOST}."))
    if model not in MODELS:
        faults.append(Fault("model", f"There is no model {model!r}.", f"There are: {', '.join(MODELS)}."))
    if draws < 40:
        faults.append(Fault("draws", f"{draws} draws cannot show a 95% interval.", "Give at least 40."))
    if faults:
        raise BadFile(faults)


def _one_flow(asked: list[str]) -> str:
    flows = list(dict.fromkeys(family_of(name) for name in asked))
    if len(flows) > 1:
        raise BadFile([Fault(
            "names", f"They are of {len(flows)} flows ({', '.join(flows)}), which are never added or drawn together.",
            "Forecast each apart.",
        )])  # fmt: skip
    return flows[0]


def _listed(found: Family, asked: list[str]) -> list[str]:
    listed: list[str] = []
    for name in asked:
        whole_flow = name.casefold() == found.flow
        listed += list(found.members) if whole_flow else [found.named(name)]
    return list(dict.fromkeys(listed))
