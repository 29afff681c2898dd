"""A forecast on the screen, as JSON and in files, with the model's record beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from safethird.apps.flows_pictures import save as save_pictures
from safethird.apps.flows_pictures import spark, targets
from safethird.apps.flows_record import record_json, show_record
from safethird.apps.jsonform import dump
from safethird.flows import saved
from safethird.flows.backtest import Backtest
from safethird.flows.chart_forecast import MOST as MOST_PANELS
from safethird.flows.chart_forecast import forecast_chart, forecast_rows
from safethird.flows.citing import figure, foot_of_forecast, per_month
from safethird.flows.codebook import Break
from safethird.flows.families import Family, family, family_of
from safethird.flows.forecast import Forecast, forecast
from safethird.flows.numerals import between, month, number
from safethird.flows.record import record
from safethird.flows.render import write_rows
from safethird.flows.series import Series
from safethird.law.facts.declare import Words
from safethird.readings.words import day as day_in_words

CHANNELS = ("claims/all/Canada", "claims/airport/Canada", "claims/border/Canada", "claims/inland/Canada")
WHOLE, BEFORE = 4, 6
"""Up to so many series are shown month by month; so many observed months stand before the forecast."""
_SAID = {
    "month": Words("Month", "Mois"),
    "median": Words("Count; median", "Chiffre; médiane"),
    "interval": Words("{level}% interval", "Intervalle {level}\u00a0%"),
    "here": Words("observations end", "fin des observations"),
    "end": Words("Observations end in {month}.", "Fin des observations : {month}."),
    "seen": Words("observed", "observé"),
    "series": Words("Series", "Série"),
    "last": Words("Last, {month}", "Dernier, {month}"),
    "at": Words("{month}, 80%", "{month}, 80 %"),
    "sum": Words(
        "A total is the sum of its parts, path by path; printed totals differ from it by rounding and hidden figures.",
        "Un total est la somme de ses parties, trajectoire par trajectoire; les totaux publiés s’en écartent par"
        " l’arrondi et les chiffres masqués.",
    ),
    "left": Words("Left out of every total: {name} ({why})", "Absente de tout total : {name} ({why})"),
    "break": Words("Break in {name}, {day}: {text}", "Rupture de {name}, {day} : {text}"),
    "kept": Words(
        "Kept in {file}; score it when newer months are added: safethird flows score {file}",
        "Conservé dans {file}; à évaluer quand des mois plus récents seront ajoutés : safethird flows score {file}",
    ),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be forecast, from what was known when."""

    names: list[str]
    months: int
    as_known_on: date | None
    until: str | None
    model: str | None
    seed: int

    def named(self) -> list[str]:
        """The series meant: ``all`` is every series of claims, nothing is claims by channel."""
        return ["claims" if name.casefold() in ("all", "tout", "tous") else name for name in self.names] or list(
            CHANNELS
        )

    def made(self, model: str | None = None) -> Forecast:
        """The forecast, or that of another model from the same months."""
        return forecast(
            self.named(), self.months, self.as_known_on, self.until, model=model or self.model, seed=self.seed
        )  # fmt: skip


def run(
    console: Console,
    asked: Asked,
    files: Mapping[str, Path | None],
    keep: Path | None,
    lang: str,
    *,
    with_record: bool,
    as_json: bool,
    overwrite: bool,
) -> None:
    """Forecast, keep, draw and print."""
    targets(**files, overwrite=overwrite)
    if keep is not None:
        saved.writable(keep, overwrite=overwrite)
    made = asked.made()
    found = family(family_of(made.names[0]), asked.as_known_on, asked.until)
    history = [found.history(name, asked.as_known_on) for name in made.names]
    _draw(made, history, files, lang, overwrite=overwrite)
    if keep is not None:
        saved.save(made, asked.made("walk"), keep, overwrite=overwrite)
    past = record(found, made.names, made.model) if with_record else None
    if as_json:
        print(dump(_plain(made, history, past)))
        return
    if len(made.names) <= WHOLE:
        for name, one in zip(made.names, history, strict=True):
            _show_one(console, made, name, one, lang)
    else:
        _show_many(console, made, history, lang)
    _show_notes(console, made, history, found, lang)
    if past is not None:
        show_record(console, past, made.model, lang)
    for text in foot_of_forecast(made, lang):
        console.print(f"[dim]{escape(text)}[/]")
    if keep is not None:
        console.print(escape(_SAID["kept"].text(lang).format(file=keep)))


def _draw(
    made: Forecast, history: list[Series], files: Mapping[str, Path | None], lang: str, *, overwrite: bool
) -> None:
    table = files["csv"]
    if len(made.names) > MOST_PANELS and table is not None and not any(files[kind] for kind in ("svg", "png", "html")):
        write_rows(forecast_rows(made, history, lang), table, overwrite=overwrite)
        return
    if any(files.values()):
        save_pictures(
            lambda: forecast_chart(made, history, lang=lang), svg=files["svg"], png=files["png"], html=files["html"],
            csv=table, lang=lang, overwrite=overwrite,
        )  # fmt: skip


def _show_one(console: Console, made: Forecast, name: str, one: Series, lang: str) -> None:
    console.print(f"[bold]{escape(one.title.text(lang))}[/] [dim]{escape(name)}[/]")
    console.print(f"  [cyan]{spark(one.low, one.high, most=max(20, min(90, console.width - 4)))}[/]")
    table = Table(title=escape(per_month(made.unit, lang, capital=True)), title_justify="left")
    table.add_column(_SAID["month"].text(lang), no_wrap=True)
    heads = [_SAID["median"].text(lang), *(_SAID["interval"].text(lang).format(level=level) for level in (50, 80, 95))]
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for place in range(max(0, len(one.months) - BEFORE), len(one.months)):
        table.add_row(
            month(one.months[place], lang), figure(one, place, lang), *[f"[dim]{_SAID['seen'].text(lang)}[/]"] * 3
        )
    table.add_section()
    table.add_row(f"[italic]{_SAID['here'].text(lang)}[/]")
    table.add_section()
    for row in made.quantiles(name).iter_rows(named=True):
        bands = [between(row[f"low{level}"], row[f"high{level}"], lang) for level in (50, 80, 95)]
        table.add_row(month(row["month"], lang), f"[bold]{number(row['median'], lang)}[/]", *bands)
    console.print(table)
    console.print(f"[italic]{_SAID['end'].text(lang).format(month=month(made.last, lang))}[/]")


def _show_many(console: Console, made: Forecast, history: list[Series], lang: str) -> None:
    steps = sorted({0, len(made.months) - 1})
    table = Table(title=escape(per_month(made.unit, lang, capital=True)), title_justify="left")
    table.add_column(_SAID["series"].text(lang), no_wrap=True)
    table.add_column(_SAID["last"].text(lang).format(month=month(made.last, lang, short=True)), justify="right")
    for step in steps:
        when = month(made.months[step], lang, short=True)
        table.add_column(escape(_SAID["at"].text(lang).format(month=when)), justify="right")
    for name, one in zip(made.names, history, strict=True):
        cut = made.quantiles(name, [0.8])
        cells = [
            f"[bold]{number(row['median'], lang)}[/] ({between(row['low80'], row['high80'], lang)})"
            for row in (cut.row(step, named=True) for step in steps)
        ]
        table.add_row(escape(name), figure(one, len(one.months) - 1, lang), *cells)
    console.print(table)
    console.print(f"[italic]{_SAID['end'].text(lang).format(month=month(made.last, lang))}[/]")


def _show_notes(console: Console, made: Forecast, history: list[Series], found: Family, lang: str) -> None:
    if any(len(found.members[name]) > 1 for name in made.names):
        console.print(escape(_SAID["sum"].text(lang)))
    told: dict[str, tuple[str, Break]] = {}
    for one in history:
        for each in one.breaks:
            told.setdefault(each.id, (one.name, each))
    for name, each in told.values():
        day = day_in_words(each.day, lang)
        console.print(escape(_SAID["break"].text(lang).format(name=name, day=day, text=each.text.text(lang))))
    for name, why in made.left_out.items():
        console.print(escape(_SAID["left"].text(lang).format(name=name, why=why)))


def _plain(made: Forecast, history: list[Series], past: Backtest | None) -> dict[str, Any]:
    return {
        "series": [
            {
                "name": name,
                "title": one.title._asdict(),
                "unit": made.unit,
                "observed": [
                    {"month": str(when), "value": _or_none(value), "low": _or_none(low), "high": _or_none(high)}
                    for when, value, low, high in zip(one.months, one.value, one.low, one.high, strict=True)
                ],
                "breaks": [{"day": each.day.isoformat(), "text": each.text._asdict()} for each in one.breaks],
                "forecast": made.quantiles(name).with_columns(pl.col("month").dt.strftime("%Y-%m")).to_dicts(),
            }
            for name, one in zip(made.names, history, strict=True)
        ],
        "last_observed": str(made.last),
        "model": made.model,
        "seed": made.seed,
        "draws": len(made.paths),
        "vintage": made.vintage.isoformat(),
        "sources": list(made.sources),
        "left_out": dict(made.left_out),
        "record": None if past is None else record_json(past),
    }


def _or_none(value: float) -> float | None:
    return None if value != value else float(value)
