"""The commands ``safethird flows forecast``, ``backtest``, ``score`` and ``effect``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safethird.apps.flows_pictures import Csv, Html, Overwrite, Png, Svg

Lang = Annotated[str, typer.Option("--lang", "-l", help="Language: en or fr.", metavar="en|fr")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Known = Annotated[
    str | None, typer.Option("--as-known-on", help="Only what had been released by this day.", metavar="DAY")
]
CsvTable = Annotated[Path | None, typer.Option("--csv", help="Write the scores as CSV.", metavar="FILE")]


def register(app: typer.Typer) -> None:
    """Add the commands to the group ``flows``."""
    for command in (forecast, backtest, score, effect):
        app.command(command.__name__)(command)


def forecast(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Series, sums of series, a flow, or all (every series of claims); without any, claims by channel.",
            metavar="[SERIES|FLOW|all]…",
        ),
    ] = None,
    months: Annotated[int, typer.Option("--months", help="How many months ahead, 1 to 12.")] = 12,
    as_known_on: Known = None,
    until: Annotated[
        str | None, typer.Option("--until", help="Forget the months after this one.", metavar="YYYY-MM")
    ] = None,
    model: Annotated[
        str | None, typer.Option("--model", help="Another model than the winner of the backtest.", metavar="MODEL")
    ] = None,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same paths.", min=0)] = 0,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="Keep the forecast (.json or .parquet), to be scored later.", metavar="FILE"),
    ] = None,
    record: Annotated[
        bool, typer.Option("--record/--no-record", help="Also how the model did at past origins.")
    ] = True,
    json: AsJson = False,
    svg: Svg = None,
    png: Png = None,
    html: Html = None,
    csv: Csv = None,
    overwrite: Overwrite = False,
    lang: Lang = "en",
) -> None:
    """The coming months, with 50, 80 and 95% intervals from paths that add up, and the model's record beside them.

    safethird flows forecast claims/border/Quebec --months 6 --save quebec.json

    safethird flows forecast all --csv all.csv

    A forecast carries on what was. It knows no policy that is to come: see the record across policy dates.
    """
    from safethird.apps.cli import _console, _day, _language
    from safethird.apps.flows_forecasting import Asked, run

    _language(lang)
    asked = Asked(names or [], months, _day(as_known_on, "--as-known-on"), until, model, seed)
    files = {"svg": svg, "png": png, "html": html, "csv": csv}
    run(_console(), asked, files, save, lang, with_record=record, as_json=json, overwrite=overwrite)


def backtest(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Series of one flow, or a flow (default: the twelve series of the record).", metavar="[SERIES|FLOW]…"
        ),
    ] = None,
    models: Annotated[
        str | None, typer.Option("--models", help="Only these, with commas between.", metavar="MODEL,…")
    ] = None,
    months: Annotated[int, typer.Option("--months", help="How many months ahead, 1 to 12.", min=1, max=12)] = 6,
    count: Annotated[int, typer.Option("--origins", help="How many past origins.", min=2)] = 19,
    every: Annotated[int, typer.Option("--every", help="How many months apart they are.", min=1)] = 3,
    yardsticks: Annotated[
        bool, typer.Option("--yardsticks", help="Also AutoARIMA, AutoETS, AutoTheta, naive rules, MinT (extra).")
    ] = False,
    full: Annotated[
        bool,
        typer.Option("--full", help="Also by series, by months ahead, and totals (--json, --csv have them always)."),
    ] = False,
    json: AsJson = False,
    csv: CsvTable = None,
    overwrite: Overwrite = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
    lang: Lang = "en",
) -> None:
    """How good forecasts would have been: WAPE, MASE, CRPS, coverage, always beside the random walk.

    Each model forecasts again at past origins from what precedes them alone. Months with a policy date between them and
    their origin are reported apart. --csv writes every series, horizon and side of policy dates.
    """
    from safethird.apps.cli import _console, _language
    from safethird.apps.flows_backtesting import Layout, run

    _language(lang)
    layout = Layout(names or [], tuple(models.split(",")) if models else (), months, count, every, yardsticks)
    run(_console(), layout, csv, lang, full=full, as_json=json, overwrite=overwrite, quiet=quiet)


def score(
    files: Annotated[list[Path], typer.Argument(help="Forecasts kept with --save.", metavar="FILE…")],
    json: AsJson = False,
    csv: CsvTable = None,
    overwrite: Overwrite = False,
    lang: Lang = "en",
) -> None:
    """Score kept forecasts against months that were added since, beside the random walk kept with them.

    Newer months come with a newer table: safethird flows add FILE. Where there are none, this says so and ends with 2.
    """
    from safethird.apps.cli import _console, _language
    from safethird.apps.flows_scoring import run

    _language(lang)
    run(_console(), files, csv, lang, as_json=json, overwrite=overwrite)


def effect(
    event: Annotated[
        str | None,
        typer.Argument(help="An event (E21) or a day; without one, the events are listed.", metavar="[EVENT|DAY]"),
    ] = None,
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Series (default: claims at airports, the land border, inland, and in all).", metavar="[SERIES]…"
        ),
    ] = None,
    months: Annotated[int, typer.Option("--months", help="How many whole months after it.", min=1)] = 10,
    as_known_on: Known = None,
    json: AsJson = False,
    svg: Svg = None,
    png: Png = None,
    html: Html = None,
    csv: Csv = None,
    overwrite: Overwrite = False,
    lang: Lang = "en",
) -> None:
    """What a series did after a policy date, with interval and rank by placebo in time, and what else changed then.

    safethird flows effect E21 claims/border/Canada --png border.png

    A change beyond the ordinary is put down to the measure only where nothing else changed in the same months.
    """
    from safethird.apps.cli import _console, _day, _language
    from safethird.apps.flows_effects import list_events, run

    _language(lang)
    if event is None:
        list_events(_console(), lang, as_json=json)
        return
    files = {"svg": svg, "png": png, "html": html, "csv": csv}
    day = _day(as_known_on, "--as-known-on")
    run(_console(), event, names or [], months, day, files, lang, as_json=json, overwrite=overwrite)
