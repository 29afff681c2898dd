"""The commands ``safethird flows show`` and ``safethird flows map``."""

from __future__ import annotations

from typing import Annotated

import typer

from safethird.apps.flows_pictures import Csv, Html, Overwrite, Png, Svg

Lang = Annotated[str, typer.Option("--lang", "-l", help="Language: en or fr.", metavar="en|fr")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Known = Annotated[
    str | None,
    typer.Option("--as-known-on", help="Only what had been released by this day.", metavar="DAY"),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the group ``flows``."""
    app.command("show")(show)
    app.command("map")(draw_map)


def show(
    names: Annotated[list[str], typer.Argument(help="Series, such as claims/border/Quebec.", metavar="SERIES…")],
    since: Annotated[str | None, typer.Option("--since", help="First month.", metavar="YYYY-MM")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last month.", metavar="YYYY-MM")] = None,
    events: Annotated[
        str,
        typer.Option(
            "--events", help="Policy events in the picture: main, all, none, or categories.", metavar="main|all|none|…"
        ),
    ] = "main",
    as_known_on: Known = None,
    json: AsJson = False,
    svg: Svg = None,
    png: Png = None,
    html: Html = None,
    csv: Csv = None,
    overwrite: Overwrite = False,
    lang: Lang = "en",
) -> None:
    """Series as a table with a spark line, and as a picture: SVG, PNG, a page, CSV of exactly the plotted values.

    safethird flows show claims/border/Quebec claims/airport/Quebec --since 2019-01 --png quebec.png

    Suppressed figures are ranges (0 to 5), gaps are gaps. Up to four series share a panel; more get one each.
    """
    from safethird.apps.cli import _console, _language
    from safethird.apps.flows_series import chosen_events, chosen_series, print_json, show_series

    _language(lang)
    from safethird.apps.flows_pictures import save, targets

    targets(svg=svg, png=png, html=html, csv=csv, overwrite=overwrite)
    found = chosen_series(names, since, until, as_known_on)
    marked = chosen_events(events)

    def spec() -> dict[str, object]:
        from safethird.flows.charts import series_chart

        return series_chart(found, marked, lang=lang)

    save(spec, svg=svg, png=png, html=html, csv=csv, lang=lang, overwrite=overwrite)
    if json:
        print_json(found, marked, lang)
    else:
        show_series(_console(), found, lang, whole=since is not None or until is not None)


def draw_map(
    what: Annotated[
        str | None,
        typer.Argument(help="A flow and channel, such as claims/border; without it, ports and crossing places."),
    ] = None,
    period: Annotated[
        str | None,
        typer.Option("--period", help="A year, a month, FY2023, or MONTH..MONTH.", metavar="PERIOD"),
    ] = None,
    as_known_on: Known = None,
    json: AsJson = False,
    svg: Svg = None,
    png: Png = None,
    html: Html = None,
    csv: Csv = None,
    overwrite: Overwrite = False,
    lang: Lang = "en",
) -> None:
    """The border: ports and known crossing places; or counts of a period by province, sector or field office.

    safethird flows map --svg border.svg

    safethird flows map claims/border --period 2022 --png claims.png

    Where a coordinate is rough, table and map say so. A circle stands for a whole province, sector or office.
    """
    from safethird.apps.cli import _console, _language
    from safethird.apps.flows_maps import place_map, show_rows, value_map
    from safethird.apps.flows_pictures import save, targets
    from safethird.apps.jsonform import dump
    from safethird.flows.render import plotted

    _language(lang)
    targets(svg=svg, png=png, html=html, csv=csv, overwrite=overwrite)
    spec = place_map(period, as_known_on, lang) if what is None else value_map(what, period, as_known_on, lang)
    save(lambda: spec, svg=svg, png=png, html=html, csv=csv, lang=lang, overwrite=overwrite)
    if json:
        meta = spec["usermeta"]
        print(dump({"title": meta["heading"], "about": meta["under"], "notes": meta["foot"], "rows": plotted(spec)}))
    else:
        show_rows(_console(), spec, lang)
