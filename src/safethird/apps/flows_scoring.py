"""Kept forecasts scored, on the screen, as JSON and as CSV."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from safethird.apps.flows_pictures import targets
from safethird.apps.flows_record import HEADS, cell
from safethird.apps.jsonform import dump
from safethird.cases.faults import BadFile, Fault
from safethird.flows.citing import source_lines, unit_word
from safethird.flows.numerals import number
from safethird.flows.render import write_rows
from safethird.flows.scored import Scored, score
from safethird.law.facts.declare import Words
from safethird.readings.words import day as day_in_words

COLUMNS = ("model", "n", "wape", "crps_over_mean", "cover50", "cover80", "cover95")
_SAID = Words(
    "{file}: {n} figures scored, of {months} months after {last}. Forecast from the release of {then} (safethird"
    " {version}, seed {seed}); figures of the release of {now}.",
    "{file} : {n} chiffres notés, sur {months} mois après {last}. Prévision d’après la publication du {then} (safethird"
    " {version}, germe {seed}); chiffres de la publication du {now}.",
)


def run(
    console: Console, files: Sequence[Path], csv: Path | None, lang: str, *, as_json: bool, overwrite: bool
) -> None:
    """Score every file, print, write. Every file that cannot be scored is named at once, and nothing is written."""
    targets(csv=csv, overwrite=overwrite)
    found: list[Scored] = []
    faults: list[Fault] = []
    for path in files:
        try:
            found.append(score(path))
        except BadFile as error:
            faults.extend(error.faults)
    if faults:
        raise BadFile(faults)
    if csv is not None:
        write_rows([row for one in found for row in _rows(one)], csv, overwrite=overwrite)
    if as_json:
        print(dump([_plain(one) for one in found]))
        return
    for one in found:
        _show(console, one, lang)


def _show(console: Console, one: Scored, lang: str) -> None:
    kept = one.saved
    told = _SAID.text(lang).format(
        file=kept.path, n=number(one.count, lang), months=one.rows["month"].n_unique(), last=kept.last,
        then=day_in_words(kept.vintage, lang), version=kept.version, seed=kept.seed,
        now=day_in_words(one.against, lang))  # fmt: skip
    console.print(escape(told))
    table = Table()
    for key in COLUMNS:
        table.add_column(HEADS[key].text(lang), justify="left" if key == "model" else "right")
    for row in one.report().iter_rows(named=True):
        table.add_row(*(cell(key, row[key], lang) for key in COLUMNS))
    console.print(table)
    console.print(f"[dim]{escape(unit_word(kept.unit, lang))}[/]")
    for text in source_lines(((source, one.against) for source in kept.sources), lang):
        console.print(f"[dim]{escape(text)}[/]")


def _plain(one: Scored) -> dict[str, Any]:
    kept = one.saved
    return {
        "file": kept.path,
        "scored": one.count,
        "forecast_vintage": kept.vintage.isoformat(),
        "scored_against": one.against.isoformat(),
        "last_observed": kept.last,
        "newest": one.newest,
        "model": kept.model,
        "version": kept.version,
        "seed": kept.seed,
        "unit": kept.unit,
        "sources": list(kept.sources),
        "summary": one.report().to_dicts(),
        "rows": one.rows.to_dicts(),
    }


def _rows(one: Scored) -> list[dict[str, Any]]:
    kept = one.saved
    about = {"unit": kept.unit, "source": "; ".join(kept.sources), "forecast_vintage": kept.vintage.isoformat(),
             "vintage": one.against.isoformat(), "file": kept.path}  # fmt: skip
    return [row | about for row in one.rows.to_dicts()]
