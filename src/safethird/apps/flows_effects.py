"""Policy effects on the screen, as JSON and in files; without an event, the list of events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from safethird.apps.flows_pictures import save, spark, targets
from safethird.apps.jsonform import dump
from safethird.cases.faults import BadFile, Fault
from safethird.flows.chart_effect import effect_chart, effect_rows
from safethird.flows.citing import cite, source_lines
from safethird.flows.effect import Effect, effect
from safethird.flows.effect_words import also, sentences
from safethird.flows.events import Event, event, events
from safethird.flows.numerals import change
from safethird.flows.policy import POLICY
from safethird.flows.render import write_rows
from safethird.flows.series import series
from safethird.law.facts.declare import Words
from safethird.readings.words import day as day_in_words

SERIES = ("claims/airport/Canada", "claims/border/Canada", "claims/inland/Canada", "claims/all/Canada")
_SAID = {
    "event": Words("Event", "Événement"),
    "day": Words("Day", "Jour"),
    "series": Words("Series", "Série"),
    "change": Words("Change, 95% interval", "Changement, intervalle à 95 %"),
    "rank": Words("Rank", "Rang"),
    "policy": Words("Bold: the policy dates across which forecasts are scored apart.",
                    "En gras : les dates de politique aux alentours desquelles les prévisions sont notées à part."),
    "next": Words("One of them: safethird flows effect E21 [SERIES]",
                  "L’un d’eux : safethird flows effect E21 [SÉRIE]"),
    "no": Words("No estimate: {why}", "Pas d’estimation : {why}"),
}  # fmt: skip


def list_events(console: Console, lang: str, *, as_json: bool) -> None:
    """Print every event, with its id, day and title."""
    if as_json:
        print(dump([{"id": one.id, "day": one.day.isoformat(), "end": one.end and one.end.isoformat(),
                     "title": one.title._asdict(), "policy_date": one.id in POLICY} for one in events()]))  # fmt: skip
        return
    table = Table()
    for key in ("event", "day"):
        table.add_column(_SAID[key].text(lang), no_wrap=True)
    table.add_column("")
    for one in events():
        style = "bold" if one.id in POLICY else ""
        table.add_row(one.id, one.day.isoformat(), escape(one.title.text(lang)), style=style)
    console.print(table)
    console.print(_SAID["policy"].text(lang))
    console.print(escape(_SAID["next"].text(lang)))


def run(
    console: Console,
    which: str,
    names: list[str],
    months: int,
    as_known_on: date | None,
    files: Mapping[str, Path | None],
    lang: str,
    *,
    as_json: bool,
    overwrite: bool,
) -> None:
    """Estimate the effect on each series, draw, print."""
    targets(**files, overwrite=overwrite)
    found, day = _event(which)
    made: list[Effect] = []
    faults: list[Fault] = []
    for name in names or SERIES:
        try:
            made.append(effect(series(name, as_known_on), day, months, event=found))
        except BadFile as error:
            faults += error.faults
    if faults and (names or not made):
        raise BadFile(faults)
    _files(made, files, lang, overwrite=overwrite)
    if as_json:
        print(dump([_plain(one, lang) for one in made]))
        return
    what = f"{found.id}: {found.title.text(lang)}, " if found is not None else ""
    console.print(f"[bold]{escape(what)}{day_in_words(day, lang)}[/]")
    if len(made) > 1:
        console.print(_table(made, lang))
    for one in made:
        _show(console, one, lang)
    for text in also(made[0], lang):
        console.print(escape(text))
    for fault in faults:
        console.print(escape(_SAID["no"].text(lang).format(why=fault)))
    used = [(source, one.vintage) for one in made for source in one.sources]
    for text in (*source_lines(used, lang), cite(used, (one.series for one in made), lang, more=f", {day}")):
        console.print(f"[dim]{escape(text)}[/]")


def _event(which: str) -> tuple[Event | None, date]:
    try:
        day = date.fromisoformat(which)
    except ValueError:
        found = event(which)
        return found, found.day
    same = [one for one in events() if one.day == day]
    return (same[0] if len(same) == 1 else None), day


def _files(made: list[Effect], files: Mapping[str, Path | None], lang: str, *, overwrite: bool) -> None:
    table = files["csv"]
    if len(made) == 1:
        save(
            lambda: effect_chart(made[0], lang=lang), svg=files["svg"], png=files["png"], html=files["html"], csv=table,
            lang=lang, overwrite=overwrite,
        )  # fmt: skip
    elif any(files[kind] for kind in ("svg", "png", "html")):
        do = f"Name one series, such as {made[0].series}; --csv takes several."
        raise BadFile([Fault("SERIES", f"A picture shows one series, not {len(made)}.", do)])
    elif table is not None:
        write_rows([row for one in made for row in effect_rows(one, lang)], table, overwrite=overwrite)


def _table(made: list[Effect], lang: str) -> Table:
    table = Table()
    for key in ("series", "change", "rank"):
        table.add_column(_SAID[key].text(lang))
    for one in made:
        table.add_row(escape(one.title.text(lang)), _range(one, lang), f"{one.rank} / {len(one.placebos) + 1}")
    return table


def _range(one: Effect, lang: str) -> str:
    return f"{change(one.change, lang)} \\[{change(one.low, lang)}, {change(one.high, lang)}]"


def _show(console: Console, one: Effect, lang: str) -> None:
    console.print(f"\n[bold]{escape(one.title.text(lang))}[/] [dim]{escape(one.series)}[/]")
    console.print(f"  [cyan]{spark(one.relative, one.relative)}[/]  {one.shown[0]} – {one.shown[-1]}")
    for text in sentences(one, lang):
        console.print(escape(text))


def _plain(one: Effect, lang: str) -> dict[str, Any]:
    return {
        "series": one.series,
        "title": one.title._asdict(),
        "unit": one.unit,
        "event": one.event and one.event.id,
        "day": one.day.isoformat(),
        "months": one.months,
        "before": one.before,
        "change": one.change,
        "low": one.low,
        "high": one.high,
        "rank": one.rank,
        "dates": len(one.placebos) + 1,
        "smallest_share": one.smallest,
        "not_overlapping": one.apart,
        "earlier": None if one.earlier != one.earlier else one.earlier,
        "beyond_ordinary": one.beyond_ordinary,
        "attributable": one.attributable,
        "also_changed": [
            {"id": each.id, "day": each.day.isoformat(), "end": each.end and each.end.isoformat(),
             "title": each.title._asdict(), "source": each.source}
            for each in one.also_changed
        ],
        "words": sentences(one, lang),
        "around": effect_rows(one, lang)[: len(one.shown)],
        "placebos": [
            {"month": str(month), "change": float(moved)}
            for month, moved in zip(one.placebos, one.placebo_changes, strict=True)
        ],
        "sources": list(one.sources),
        "vintage": one.vintage.isoformat(),
    }  # fmt: skip
