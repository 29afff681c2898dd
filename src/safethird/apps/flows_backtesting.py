"""A backtest on the screen, as JSON and CSV: by model, by series, by horizon, outside and across policy dates."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from safethird.apps.flows_pictures import targets
from safethird.apps.flows_record import how_to_read, model_table
from safethird.apps.jsonform import dump
from safethird.cases.faults import BadFile, Fault
from safethird.flows.backtest import APART, HORIZONS, ORIGINS, REFERENCE, Backtest, backtest, backtest_sums, origins
from safethird.flows.citing import source_lines, unit_word
from safethird.flows.families import PARTS, Family, family, family_of
from safethird.flows.models import DEFAULT, MODELS, Model
from safethird.flows.numerals import number
from safethird.flows.policy import policy_events
from safethird.flows.render import write_rows
from safethird.flows.upstream_terms import TERMS
from safethird.law.facts.declare import Words
from safethird.readings.words import day as day_in_words

TWELVE = tuple(
    f"claims/{office}/{province}"
    for office in ("airport", "border", "inland")
    for province in ("Ontario", "Quebec", "British Columbia", "Alberta")
)
"""The series of the published record: three offices in four provinces."""
_SAID = {
    "running": Words("Forecasting at past origins", "Prévisions aux origines passées"),
    "title": Words("{series} series, {origins} origins, 1 to {months} months ahead",
                   "{series} séries, {origins} origines, 1 à {months} mois à l’avance"),
    "paired": Words("CRPS over the random walk’s, 95% interval, origins drawn anew: {all}",
                    "CRPS rapporté à celui de la marche, intervalle à 95 %, origines retirées : {all}"),
    "five": Words("Five-quantile score over the mean (the record’s “CRPS”): {all}",
                  "Score à cinq quantiles rapporté à la moyenne (le « CRPS » du bilan publié) : {all}"),
    "more": Words("By series, by months ahead, and totals: --full, --csv FILE or --json.",
                  "Par série, par horizon, et totaux : --full, --csv FICHIER ou --json."),
    "series": Words("By series", "Par série"),
    "horizon": Words("By months ahead", "Par horizon (mois)"),
    "sums": Words("Totals, as sums over paths", "Totaux, sommes de trajectoires"),
    "default": Words("Default model: {model}. Hidden figures scored: {hidden} of {n} (0 to 5 are one value, for"
                     " forecast and figure alike).",
                     "Modèle par défaut : {model}. Chiffres masqués notés : {hidden} sur {n} (0 à 5 sont une seule"
                     " valeur, pour la prévision comme pour le chiffre)."),
    "unit": Words("Unit: {unit} per month. Release of {vintage}.",
                  "Unité : {unit} par mois. Publication du {vintage}."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Layout:
    """Which series, models and origins."""

    names: list[str]
    models: tuple[str, ...] = ()
    months: int = HORIZONS
    origins: int = ORIGINS
    every: int = APART
    yardsticks: bool = False


def run(
    console: Console,
    layout: Layout,
    csv: Path | None,
    lang: str,
    *,
    full: bool,
    as_json: bool,
    overwrite: bool,
    quiet: bool,
) -> None:
    """Backtest, print, write."""
    targets(csv=csv, overwrite=overwrite)
    found = family(_flow(layout.names))
    series = _series(found, layout.names)
    models = _models(layout, series)
    at = origins(found.past.value.shape[1], layout.months, layout.origins, layout.every)
    days = [event.day for event in policy_events()]
    with progress(_SAID["running"].text(lang), quiet=quiet) as tell:
        past = backtest(found.past, models, series=series, policy=days, at=at, horizons=layout.months, progress=tell)
    sums = _sums(found, layout, at) if full or as_json or csv is not None else None
    if csv is not None:
        write_rows(_rows(past, sums, found), csv, overwrite=overwrite)
    if as_json:
        print(dump(_plain(past, sums, found)))
    else:
        _show(console, past, sums, found, lang)


@contextmanager
def progress(text: str, *, quiet: bool) -> Iterator[Callable[[int, int], None] | None]:
    """A bar on standard error, where that is a terminal; a line at the start elsewhere."""
    if quiet:
        yield None
        return
    if not sys.stderr.isatty():
        print(f"safethird: {text}…", file=sys.stderr)
        yield None
        return
    columns = (TextColumn(text), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _flow(names: list[str]) -> str:
    flows = list(dict.fromkeys(family_of(name) for name in names)) or ["claims"]
    if len(flows) > 1:
        do = "Backtest each apart."
        raise BadFile([Fault("SERIES", f"They are of {len(flows)} flows: {', '.join(flows)}.", do)])
    return flows[0]


def _series(found: Family, names: list[str]) -> tuple[str, ...]:
    if not names:
        return TWELVE
    listed: list[str] = []
    for name in names:
        if name.casefold() in PARTS:
            sized = found.past.sized()
            listed += [leaf for leaf, large in zip(found.past.names, sized, strict=True) if large]
        else:
            listed.append(found.named(name))
    sums = [name for name in listed if name not in found.past.names]
    if sums:
        do = "Name its parts; totals are scored below the table in any case."
        raise BadFile([Fault(name, "It is a sum: models learn from its parts.", do) for name in sums])
    return tuple(dict.fromkeys(listed))


def _models(layout: Layout, series: tuple[str, ...]) -> Mapping[str, Model]:
    known: dict[str, Model] = {**MODELS, **(TERMS if series[0].startswith("claims/") else {})}
    if layout.yardsticks:
        from safethird.flows.yardsticks import NotInstalled, yardsticks

        try:
            known |= yardsticks(series)
        except NotInstalled as error:
            raise BadFile([Fault("--yardsticks", str(error), "")]) from None
    unknown = [name for name in layout.models if name not in known]
    if unknown:
        do = f"There are: {', '.join(known)}{'' if layout.yardsticks else '; more with --yardsticks'}."
        raise BadFile([Fault("--models", f"There is no model {name!r}.", do) for name in unknown])
    return {name: known[name] for name in layout.models} if layout.models else known


def _sums(found: Family, layout: Layout, at: list[int]) -> Backtest:
    whole = {name: places for name, places in found.members.items() if name.split("/")[2] in ("Canada", "All")}
    observed = {name: (places, found.history(name).midpoint()[-found.past.value.shape[1] :])
                for name, places in whole.items() if len(places) > 1}  # fmt: skip
    days = [event.day for event in policy_events()]
    return backtest_sums(found.past, observed, {DEFAULT: MODELS[DEFAULT]}, policy=days, at=at, horizons=layout.months)


def _show(console: Console, past: Backtest, sums: Backtest | None, found: Family, lang: str) -> None:
    rows = past.rows
    title = _SAID["title"].text(lang).format(
        series=rows["series"].n_unique(), origins=rows["origin"].n_unique(), months=rows["horizon"].max())  # fmt: skip
    console.print(model_table(past.report(), title, lang))
    console.print(model_table(past.report("across"), title, lang))
    pairs = [f"{row['model']} {number(row['over_walk'], lang, 3)} [{number(row['low'], lang, 3)}, "
             f"{number(row['high'], lang, 3)}]" for row in past.paired().iter_rows(named=True)
             if row["model"] != REFERENCE]  # fmt: skip
    console.print(escape(_SAID["paired"].text(lang).format(all="; ".join(pairs))))
    fives = [f"{row['model']} {number(row['five_over_mean'], lang, 3)}" for row in past.report().iter_rows(named=True)]
    console.print(escape(_SAID["five"].text(lang).format(all="; ".join(fives))))
    shown = [REFERENCE, DEFAULT] if DEFAULT in rows["model"].unique() else rows["model"].unique(maintain_order=True)[:2]
    for by, one in (("series", past), ("horizon", past), ("sums", sums)) if sums is not None else ():
        column = "series" if by == "sums" else by
        report = one.report(column, "across").filter(pl.col("model").is_in(shown)).with_columns(_short(column))
        order = report.sort(column, "model", descending=[False, True], maintain_order=True)
        console.print(model_table(order, _SAID[by].text(lang), lang, column))
    if sums is None:
        console.print(escape(_SAID["more"].text(lang)))
    default = rows.filter(pl.col("model") == REFERENCE)
    console.print(escape(_SAID["default"].text(lang).format(
        model=DEFAULT, hidden=number(int(default["hidden"].sum()), lang), n=number(default.height, lang))))  # fmt: skip
    console.print(f"[dim]{escape(how_to_read(past, lang))}[/]")
    unit = unit_word(found.unit, lang)
    console.print(
        f"[dim]{escape(_SAID['unit'].text(lang).format(unit=unit, vintage=day_in_words(found.vintage, lang)))}[/]"
    )
    for text in source_lines(((one, leaf.vintage) for leaf in found.leaves for one in leaf.sources), lang):
        console.print(f"[dim]{escape(text)}[/]")


def _short(column: str) -> pl.Expr:
    name = pl.col(column)
    return name.str.split("/").list.slice(1).list.join("/") if column == "series" else name


def _rows(past: Backtest, sums: Backtest | None, found: Family) -> list[dict[str, Any]]:
    about = {"unit": f"{found.unit} per month", "vintage": found.vintage.isoformat(),
             "source": "; ".join(sorted({one for leaf in found.leaves for one in leaf.sources}))}  # fmt: skip
    side = pl.when(pl.col("across")).then(pl.lit("across")).otherwise(pl.lit("outside")).alias("across")
    reports = [one.report("series", "horizon", "across").with_columns(side) for one in (past, sums) if one is not None]
    return [row | about for row in pl.concat(reports).rename({"across": "policy_dates"}).to_dicts()]


def _plain(past: Backtest, sums: Backtest | None, found: Family) -> dict[str, Any]:
    return {
        "default": DEFAULT,
        "models": past.report().to_dicts(),
        "by_side": past.report("across").to_dicts(),
        "by_series": past.report("series", "across").to_dicts(),
        "by_horizon": past.report("horizon", "across").to_dicts(),
        "totals": sums.report("series", "across").to_dicts() if sums is not None else [],
        "paired": past.paired().to_dicts(),
        "origins": [day.isoformat()[:7] for day in past.rows["origin"].unique().sort()],
        "policy_dates": [day.isoformat() for day in past.policy],
        "floor": past.floor,
        "unit": found.unit,
        "vintage": found.vintage.isoformat(),
        "sources": sorted({one for leaf in found.leaves for one in leaf.sources}),
    }
