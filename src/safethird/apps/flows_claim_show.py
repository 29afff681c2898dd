"""A checked claim on the screen, as JSON and as rows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from safethird.apps.jsonform import dump
from safethird.flows.citing import cite, releases_of, source_lines
from safethird.flows.claim import Checked
from safethird.flows.claim_readings import Reading
from safethird.flows.claim_words import BASES, cell, headline, reasons, span_of, window
from safethird.flows.numerals import changes, month, months
from safethird.law.facts.declare import Words
from safethird.readings.words import day as day_in_words

MARKS = {"holds": "●", "fails": "○", "open": "?", "unknown": "–"}
COLOURS = {"true": "green", "depends on": "yellow", "cannot be known": "blue", "not borne out": "red"}
_SAID = {
    "claim": Words("Claim", "Affirmation"),
    "understood": Words("Understood from the words", "Compris d’après les mots"),
    "otherwise": Words("give options to mean otherwise", "donnez des options pour dire autre chose"),
    "against": Words("Against", "Par rapport"),
    "now": Words("As known now (release of {day})", "Selon ce qui est connu maintenant (publication du {day})"),
    "then": Words("As known then (release of {day})", "Selon ce qui était connu alors (publication du {day})"),
    "legend": Words("● as claimed   ○ not as claimed   ? left open by hidden or rounded figures   – no figure",
                    "● comme avancé   ○ pas comme avancé   ? laissé ouvert par des chiffres masqués ou arrondis   "
                    "– sans chiffre"),
    "others": Words("The other way, {span}", "En sens inverse, {span}"),
    "series": Words("Series", "Série"), "change": Words("Change", "Changement"),
}  # fmt: skip


def show_claim(console: Console, found: Checked, understood: dict[str, str], lang: str) -> None:
    """Print the verdict with its reasons, the readings, what moved the other way, the sources."""
    colon = "\u00a0: " if lang == "fr" else ": "
    claim = found.claim
    title = escape(claim.text or found.series.title.text(lang))
    lines = "\n".join(escape(text) for text in reasons(found, lang))
    head = f"[bold {COLOURS[found.verdict.code]}]{escape(headline(found, lang))}[/]"
    console.print(Panel(f"{head}\n{lines}", title=title, title_align="left"))
    if understood:
        said = " ".join(f"{option} {value}".strip() for option, value in understood.items())
        words = f"{_SAID['understood'].text(lang)}{colon}{said} ({_SAID['otherwise'].text(lang)})"
        console.print(escape(words))
    for name, some, vintage in (("now", found.now, found.series.vintage), ("then", found.then, found.then_vintage)):
        if some and vintage is not None and (name == "now" or any(r.outcome != "unknown" for r in some)):
            console.print(f"\n[bold]{_SAID[name].text(lang).format(day=day_in_words(vintage, lang))}[/]")
            console.print(_table(found, some, lang))
    console.print(f"[dim]{_SAID['legend'].text(lang)}[/]")
    if found.others:
        console.print(_others(found, lang))
    used = releases_of([found.series, *(o.series for o in found.others)])
    for text in (*source_lines(used, lang), cite(used, [found.series.name], lang)):
        console.print(f"[dim]{escape(text)}[/]")


def rows_of(found: Checked) -> list[dict[str, Any]]:
    """The readings as rows: what is held against what, the figure with its bounds, the outcome."""
    return [
        {
            "series": found.series.name, "vintage": r.vintage, "baseline": r.baseline, "months": r.months,
            "first": f"{r.first}-01", "last": f"{r.last}-01",
            "base_first": None if r.base_first is None else f"{r.base_first}-01",
            "base_last": None if r.base_last is None else f"{r.base_last}-01",
            "value": _plain(r.value), "low": _plain(r.low), "high": _plain(r.high), "outcome": r.outcome, "why": r.why,
            "unit": found.series.unit, "source": "; ".join(found.series.sources),
            "release": str(found.series.vintage if r.vintage == "now" else found.then_vintage),
        }
        for r in (*found.now, *found.then)
    ]  # fmt: skip


def as_json(found: Checked, understood: dict[str, str], lang: str) -> str:
    """Everything as JSON text."""
    verdict, effect = found.verdict, found.cause.effect if found.cause else None
    return dump({
        "claim": found.claim.text, "series": found.series.name, "understood": understood,
        "day": found.day.isoformat() if found.day else None, "event": found.event.id if found.event else None,
        "sort": found.claim.sort, "number": found.claim.number, "sense": found.claim.sense,
        "tolerance": found.tolerance,
        "verdict": {"code": verdict.code, "on": list(verdict.on), "headline": headline(found, lang),
                    "reasons": reasons(found, lang), "holds": verdict.holds, "fails": verdict.fails,
                    "open": verdict.open, "unknown": verdict.unknown},
        "readings": rows_of(found),
        "as_known_then": {"said": found.claim.said.isoformat() if found.claim.said else None,
                          "release": str(found.then_vintage) if found.then_vintage else None,
                          "not_kept": found.not_kept},
        "other_way": [{"series": o.series.name, "kind": o.kind, "low": _plain(o.low), "high": _plain(o.high),
                       "value": _plain(o.value)} for o in found.others],
        "because": None if found.cause is None else {
            "blocked": found.cause.blocked, "change": effect.change if effect else None,
            "low": effect.low if effect else None, "high": effect.high if effect else None,
            "rank": effect.rank if effect else None,
            "placebos": len(effect.placebos) if effect else None},
        "citation": cite(releases_of([found.series]), [found.series.name], lang),
    })  # fmt: skip


def _table(found: Checked, some: Sequence[Reading], lang: str) -> Table:
    """Baselines down, windows across; one line for a level or a rank."""
    if found.claim.sort in ("level", "highest", "lowest"):
        table = Table(show_header=False)
        for r in some:
            table.add_row(BASES[r.baseline].text(lang), months(r.first, r.last, lang), _cell(found, r, lang))
        return table
    windows = list(dict.fromkeys((r.first, r.last) for r in some))
    table = Table()
    table.add_column(_SAID["against"].text(lang), no_wrap=True)
    for first, last in windows:
        count = next(r.months for r in some if (r.first, r.last) == (first, last))
        end = f"{'à' if lang == 'fr' else 'to'} {month(last, lang, short=True)}"
        table.add_column(f"{window(count, lang)}\n[dim]{end}[/]", justify="right", overflow="fold", min_width=7)
    for name in dict.fromkeys(r.baseline for r in some):
        row = {(r.first, r.last): r for r in some if r.baseline == name}
        table.add_row(BASES[name].text(lang), *(_cell(found, row[one], lang) for one in windows))
    return table


def _cell(found: Checked, r: Reading, lang: str) -> str:
    figure = cell(found, r, lang)
    return figure if r.outcome == "unknown" else f"{escape(figure)} {MARKS[r.outcome]}"


def _others(found: Checked, lang: str) -> Table:
    from safethird.flows.claim_others import main_reading

    main = main_reading(found.claim, found.now)
    span = span_of(main, lang) if main is not None else ""
    table = Table(title=escape(_SAID["others"].text(lang).format(span=span)), title_justify="left")
    table.add_column(_SAID["series"].text(lang))
    table.add_column(_SAID["change"].text(lang), justify="right")
    for o in found.others:
        figure = changes(o.low, o.high, lang) if math.isnan(o.value) else changes(o.value, o.value, lang)
        table.add_row(escape(o.series.title.text(lang)), figure)
    return table


def _plain(value: float) -> float | None:
    return None if math.isnan(value) or math.isinf(value) else value
