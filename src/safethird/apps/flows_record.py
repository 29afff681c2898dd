"""The record of a model beside the random walk, as a table: outside policy dates, and across them."""

from __future__ import annotations

from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table

from safethird.flows.backtest import REFERENCE, Backtest
from safethird.flows.numerals import number
from safethird.law.facts.declare import Words

HEADS = {
    "model": Words("Model", "Modèle"),
    "n": Words("Scored", "Notés"),
    "wape": Words("WAPE", "WAPE"),
    "mase": Words("MASE", "MASE"),
    "crps_over_mean": Words("CRPS / mean", "CRPS / moy."),
    "over_walk": Words("CRPS / walk’s", "CRPS / marche"),
    "cover50": Words("50%", "50 %"),
    "cover80": Words("80%", "80 %"),
    "cover95": Words("95%", "95 %"),
}
SAID = {
    "title": Words(
        "Record at {origins} past origins, up to {months} months ahead",
        "Bilan à {origins} origines passées, jusqu’à {months} mois à l’avance",
    ),
    "outside": Words("outside policy dates", "hors dates de politique"),
    "across": Words("across policy dates", "à travers une date de politique"),
    "read": Words(
        "WAPE: absolute errors over what was observed. MASE: over the mean change in a year. CRPS: how far off the"
        " whole distribution was; below 1 over the walk’s is better than carrying on the last figure. Under 50%, 80%,"
        " 95%: the share of figures that these intervals held. Policy dates: {days}.",
        "WAPE : erreurs absolues sur l’observé. MASE : sur le changement moyen en un an. CRPS : écart de toute la"
        " distribution; inférieur à 1 par rapport à la marche : mieux que prolonger le dernier chiffre. Sous 50 %,"
        " 80 %, 95 % : la part des chiffres que ces intervalles contenaient. Dates de politique : {days}.",
    ),
}


def show_record(console: Console, past: Backtest, model: str, lang: str) -> None:
    """Print the record of a model and of the random walk."""
    rows = past.rows
    title = SAID["title"].text(lang).format(origins=rows["origin"].n_unique(), months=rows["horizon"].max())
    console.print(model_table(past.report("across").filter(pl.col("model").is_in([model, REFERENCE])), title, lang))
    console.print(f"[dim]{how_to_read(past, lang)}[/]")


def how_to_read(past: Backtest, lang: str) -> str:
    """What the columns say, and which days are policy dates."""
    return SAID["read"].text(lang).format(days=", ".join(day.isoformat() for day in past.policy))


def model_table(report: pl.DataFrame, title: str, lang: str, by: str | None = None) -> Table:
    """A report by model, by side of policy dates where it has that column, and by one column more."""
    table = Table(title=title, title_justify="left")
    if by is not None:
        table.add_column("", overflow="fold")
    for key, words in HEADS.items():
        table.add_column(words.text(lang), justify="left" if key == "model" else "right")
    for side, part in sides(report):
        if side and part.height:
            table.add_row(f"[italic]{SAID[side].text(lang)}[/]")
        previous = None
        for row in part.iter_rows(named=True):
            lead = [] if by is None else ["" if row[by] == previous else str(row[by])]
            table.add_row(*lead, *(cell(key, row[key], lang) for key in HEADS))
            previous = row[by] if by is not None else None
        table.add_section()
    return table


def sides(report: pl.DataFrame) -> list[tuple[str, pl.DataFrame]]:
    """A report outside and across policy dates, or whole where it is not split."""
    if "across" not in report.columns:
        return [("", report)]
    return [("outside", report.filter(~pl.col("across"))), ("across", report.filter(pl.col("across")))]


def cell(key: str, value: Any, lang: str) -> str:
    """A figure of a report, as it is printed."""
    if isinstance(value, str):
        return value
    if value is None:
        return "–"
    if key == "n":
        return number(value, lang)
    return number(value, lang, 2 if key in ("mase", "cover50", "cover80", "cover95") else 3)


def record_json(past: Backtest) -> dict[str, Any]:
    """A record as plain data."""
    return {
        "origins": past.rows["origin"].n_unique(),
        "policy_dates": [day.isoformat() for day in past.policy],
        "by_side": past.report("across").to_dicts(),
        "by_series": past.report("series").to_dicts(),
    }
