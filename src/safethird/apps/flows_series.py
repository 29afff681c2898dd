"""Series chosen on the command line, and their table with spark lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from safethird.apps.flows_pictures import spark
from safethird.apps.jsonform import dump
from safethird.cases.faults import BadFile, Fault
from safethird.flows.chart_rows import series_rows
from safethird.flows.chart_time import said
from safethird.flows.citing import cite, figure, foot, in_words, per_month, releases_of
from safethird.flows.events import Event, events
from safethird.flows.months import between
from safethird.flows.numerals import month, number
from safethird.flows.page import STATUS
from safethird.flows.series import Series, series
from safethird.law.facts.declare import Words

MAIN = ("agreement", "border_order")
_FEW = 24
_SAID = {
    "month": Words("Month", "Mois"),
    "last": Words(
        "The last {n} of {all} months; --since shows more, --csv FILE writes all.",
        "Les {n} derniers mois sur {all}; --since en montre plus, --csv FICHIER écrit tout.",
    ),
    "break": Words("Break in {name}, {day}: {text}", "Rupture de {name}, {day} : {text}"),
}


def chosen_series(names: Sequence[str], since: str | None, until: str | None, as_known_on: str | None) -> list[Series]:
    """The series named, cut to the months asked for; every fault of the request at once."""
    faults: list[Fault] = []
    first, last = (_month(text, option, faults) for text, option in ((since, "--since"), (until, "--until")))
    day = _day(as_known_on, faults)
    if first is not None and last is not None and first > last:
        faults.append(Fault("--since", "is after --until.", "Write the earlier month first."))
    found: list[Series] = []
    for name in names:
        try:
            one = series(name, day)
        except BadFile as error:
            faults += error.faults
            continue
        if one.name in [other.name for other in found]:
            continue
        cut = _cut(one, first, last)
        if cut is None:
            do = f"Its figures run from {one.months[0]} to {one.months[-1]}."
            faults.append(Fault(one.name, "has no month in the time asked for.", do))
        else:
            found.append(cut)
    if len(found) > 24:
        faults.append(Fault("SERIES", f"{len(found)} series do not fit one picture.", "Name at most 24."))
    if faults:
        raise BadFile(faults)
    return found


def chosen_events(which: str) -> tuple[Event, ...]:
    """The policy events to mark: ``main``, ``all``, ``none``, or categories with commas between."""
    known = {event.category for event in events()}
    wanted = set(MAIN) if which == "main" else known if which == "all" else set()
    if which not in ("main", "all", "none"):
        wanted = {word.strip() for word in which.split(",")}
        if unknown := wanted - known:
            do = f"Known: main, all, none, {', '.join(sorted(known))}."
            raise BadFile([Fault("--events", f"no category is called {', '.join(sorted(unknown))}.", do)])
    return tuple(event for event in events() if event.category in wanted)


def show_series(console: Console, found: Sequence[Series], lang: str, *, whole: bool) -> None:
    """Print the series side by side, month by month, with a spark line each; then sources and citation."""
    first, last = min(one.months[0] for one in found), max(one.months[-1] for one in found)
    every = between(first, last)
    shown = every if whole or len(every) <= _FEW else every[-_FEW:]
    for one in found:
        line = spark(one.low, one.high, most=max(20, min(90, console.width - 4)))
        console.print(f"[bold]{escape(one.title.text(lang))}[/] [dim]{escape(one.name)}[/]")
        console.print(f"  [cyan]{line}[/]")
        told = in_words(one, lang).removeprefix(one.title.text(lang)).lstrip(" :\u00a0")
        console.print(f"  {escape(told)} {escape(per_month(one.unit, lang, capital=True))}.")
    table = Table()
    table.add_column(_SAID["month"].text(lang))
    for one in found:
        table.add_column(escape(one.title.text(lang)), justify="right", overflow="fold")
    for when in shown:
        table.add_row(month(when, lang), *(_cell(one, when, lang) for one in found))
    console.print(table)
    if len(shown) < len(every):
        words = _SAID["last"].text(lang).format(n=number(len(shown), lang), all=number(len(every), lang))
        console.print(f"[dim]{words}[/]")
    for one in found:
        for each in one.breaks:
            words = _SAID["break"].text(lang).format(
                name=one.name, day=said(each.day, "day", lang), text=each.text.text(lang))  # fmt: skip
            console.print(escape(words))
    for text in foot(found, lang, drawn=False):
        console.print(f"[dim]{escape(text)}[/]")


def print_json(found: Sequence[Series], marked: Sequence[Event], lang: str) -> None:
    """Print series, events and citation as JSON."""
    used = releases_of(found)
    print(dump({
        "series": [
            {"name": one.name, "title": one.title._asdict(), "unit": one.unit, "vintage": one.vintage.isoformat(),
             "sources": list(one.sources),
             "breaks": [{"day": b.day.isoformat(), "text": b.text._asdict()} for b in one.breaks],
             "months": [{k: row[k] for k in ("month", "value", "low", "high", "status")}
                        for row in series_rows([one], lang)]}
            for one in found
        ],
        "events": [{"id": e.id, "day": e.day.isoformat(), "title": e.title._asdict()} for e in marked],
        "citation": cite(used, (one.name for one in found), lang),
    }))  # fmt: skip


def parse_period(text: str) -> tuple[Any, Any]:
    """A period as its first and last month: a year, a month, a US fiscal year, or two months.

    >>> parse_period("2022"), parse_period("FY2023")
    ((np.datetime64('2022-01'), np.datetime64('2022-12')), (np.datetime64('2022-10'), np.datetime64('2023-09')))
    """
    wrong = BadFile([Fault("--period", f"{text!r} is no period.", "Write 2022, 2022-03, FY2023 or 2022-01..2022-06.")])
    if match := re.fullmatch(r"FY ?(\d{4})", text, re.IGNORECASE):
        year = int(match[1])
        return np.datetime64(f"{year - 1}-10"), np.datetime64(f"{year}-09")
    if re.fullmatch(r"\d{4}", text):
        return np.datetime64(f"{text}-01"), np.datetime64(f"{text}-12")
    ends = text.split("..")
    if len(ends) > 2 or not all(re.fullmatch(r"\d{4}-(?:0[1-9]|1[0-2])", end) for end in ends):
        raise wrong
    first, last = np.datetime64(ends[0], "M"), np.datetime64(ends[-1], "M")
    if first > last:
        raise wrong
    return first, last


def _cell(one: Series, when: Any, lang: str) -> str:
    place = np.flatnonzero(one.months == when)
    if not len(place):
        return ""
    status = str(one.status[place[0]])
    if status in ("missing", "masked"):
        word = STATUS[status]
        return f"[dim]{word.fr if lang == 'fr' else word.en}[/]"
    text = figure(one, int(place[0]), lang)
    return f"[yellow]{text}[/]" if status == "suppressed" else text


def _cut(one: Series, first: Any, last: Any) -> Series | None:
    kept = np.ones(len(one.months), dtype=bool)
    if first is not None:
        kept &= one.months >= first
    if last is not None:
        kept &= one.months <= last
    if not kept.any():
        return None
    return replace(one, **{name: getattr(one, name)[kept] for name in ("months", "low", "high", "value", "status")})


def _month(text: str | None, option: str, faults: list[Fault]) -> Any:
    if text is None:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2]))?(?:-\d\d)?", text)
    if not match:
        faults.append(Fault(option, f"{text!r} is no month.", "Write YYYY-MM."))
        return None
    return np.datetime64(f"{match[1]}-{match[2] or ('01' if option == '--since' else '12')}")


def _day(text: str | None, faults: list[Fault]) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(Fault("--as-known-on", f"{text!r} is no day.", "Write YYYY-MM-DD."))
        return None
