"""The command ``safethird flows claim``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safethird.apps.flows_pictures import Overwrite


def register(app: typer.Typer) -> None:
    """Add the command to the group ``flows``."""
    app.command("claim")(claim)


def claim(
    text: Annotated[str, typer.Argument(help="The claim in words: a label, from which options may be read.")] = "",
    name: Annotated[str | None, typer.Option("--series", help="The series it is about.", metavar="SERIES")] = None,
    change: Annotated[
        str | None, typer.Option("--change", help="It changed by so much: -90%, +20%.", metavar="PERCENT")
    ] = None,
    level: Annotated[str | None, typer.Option("--level", help="It was so many, in --period.", metavar="NUMBER")] = None,
    doubled: Annotated[bool, typer.Option("--doubled", help="It at least doubled.")] = False,
    highest: Annotated[bool, typer.Option("--highest", help="--period was the highest.")] = False,
    lowest: Annotated[bool, typer.Option("--lowest", help="--period was the lowest.")] = False,
    fell: Annotated[bool, typer.Option("--fell", help="It fell, by whatever.")] = False,
    rose: Annotated[bool, typer.Option("--rose", help="It rose, by whatever.")] = False,
    at_least: Annotated[bool, typer.Option("--at-least", help="By at least so much, or at least so many.")] = False,
    at_most: Annotated[bool, typer.Option("--at-most", help="By at most so much, or at most so many.")] = False,
    event: Annotated[
        str | None, typer.Option("--event", help="Since this policy event (E21: the Protocol).", metavar="ID")
    ] = None,
    day: Annotated[str | None, typer.Option("--day", help="Since this day.", metavar="DAY")] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="A year, a month, FY2023, or MONTH..MONTH.", metavar="PERIOD")
    ] = None,
    since: Annotated[
        str | None, typer.Option("--since", help="With --highest or --lowest: since this month.", metavar="YYYY-MM")
    ] = None,
    months: Annotated[
        int | None, typer.Option("--months", help="Over so many months (default: 1, 3, 6, 10 and 12).")
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(
            "--baseline", help="same_months, 3, 6, 12, month_before, peak or 2019 (default: all).", metavar="NAME"
        ),
    ] = None,
    because: Annotated[bool, typer.Option("--because", help="The event is said to be the reason.")] = False,
    said: Annotated[
        str | None, typer.Option("--said", help="The day it was said: also as known then.", metavar="DAY")
    ] = None,
    tolerance: Annotated[
        str | None, typer.Option("--tolerance", help="How far off still counts: 2% or 100.", metavar="AMOUNT")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
    csv: Annotated[Path | None, typer.Option("--csv", help="Write the readings as CSV.", metavar="FILE")] = None,
    overwrite: Overwrite = False,
    lang: Annotated[str, typer.Option("--lang", "-l", help="Language: en or fr.", metavar="en|fr")] = "en",
) -> None:
    """Check a claim: every defensible baseline and window, as known then and now, and what moved the other way.

    safethird flows claim "irregular crossings fell 90% after the Protocol"

    safethird flows claim --series claims/border/Quebec --change -70% --event E21 --said 2024-03-01

    The verdict: true, depends on, cannot be known, or not borne out by any reading; always with the reason. No language
    model: options are read from the words only where they leave no doubt, and what was understood is said.
    """
    from safethird.apps.cli import _console, _language
    from safethird.apps.flows_claim_options import Given, claim_of
    from safethird.apps.flows_claim_show import as_json, rows_of, show_claim
    from safethird.apps.flows_pictures import targets
    from safethird.flows.claim import check

    _language(lang)
    targets(csv=csv, overwrite=overwrite)
    made, understood = claim_of(
        Given(text, name, change, level, doubled, highest, lowest, fell, rose, at_least, at_most, event, day, period,
              since, months, baseline, because, said, tolerance), lang,
    )  # fmt: skip
    found = check(made)
    if csv is not None:
        import sys

        from safethird.flows.render import write_rows

        write_rows(rows_of(found), csv, overwrite=overwrite)
        print(f"safethird: {'Fichier écrit : ' if lang == 'fr' else 'Written: '}{csv}", file=sys.stderr)
    if json:
        print(as_json(found, understood, lang))
    else:
        show_claim(_console(), found, understood, lang)
