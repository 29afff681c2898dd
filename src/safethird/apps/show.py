"""An answer on the screen: eligibility first, then the pact, then what follows and what could still be shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from safethird.apps.speech import CONFIDENCE, HEAD, OUTCOME, RESULT, STCA
from safethird.readings import words
from safethird.readings.answer import Answer, Finding, Missing

_COLON = {"en": ": ", "fr": " : "}
_FEW = 3


class _Bilingual(Protocol):
    @property
    def en(self) -> str: ...
    @property
    def fr(self) -> str: ...


def show(console: Console, answer: Answer, lang: str, *, full: bool = False) -> None:
    """Print one answer; ``full`` adds the reasons of provisions that do not apply."""
    console.print(Group(*_parts(answer, lang, full)))


def _parts(answer: Answer, lang: str, full: bool) -> Iterator[RenderableType]:
    yield _head(answer, lang)
    confidence = CONFIDENCE[answer.confidence].text(lang)
    yield Text.from_markup(f"{HEAD['confidence'].text(lang)}{_COLON[lang]}{confidence}. {_said(answer.note, lang)}\n")
    yield _title("grounds", lang)
    yield from _findings(answer.grounds, lang, full)
    yield _title("scope", lang)
    yield from _findings([f for f in answer.scope if full or f.result != "no"], lang, full)
    yield _title("exceptions", lang)
    yield from _findings(answer.exceptions, lang, full)
    if answer.consequences:
        yield _title("follows", lang)
        yield from (_line(f"[bold]{escape(found.label)}[/]  {_said(found, lang)}") for found in answer.consequences)
    if answer.missing:
        yield _title("missing", lang)
        for option in answer.missing:
            yield from _missing(option, lang)
    if answer.open_points:
        yield _title("open_points", lang)
        for point in answer.open_points:
            yield _line(f"[bold]{escape(point.label)}[/]  {_said(point, lang)} [dim]{point.name}[/]")
            for held in point.positions:
                says = RESULT["yes" if held.holds else "no"].text(lang)
                yield _note(f"{says}{_COLON[lang]}{_said(held, lang)} [dim]({escape(held.source)})[/]")
    if answer.unknown:
        yield _title("unknown", lang)
        yield from (_line(f"{_said(item, lang)}  [dim]{escape(item.fact)}[/]") for item in answer.unknown)
    if answer.warnings:
        yield _title("notices", lang)
        yield from (_line(_said(notice, lang)) for notice in answer.warnings)


def _head(answer: Answer, lang: str) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column()
    for name, standing in (("settled", answer.settled), ("established", answer.established)):
        table.add_row(HEAD[name].text(lang), "")
        table.add_row(f"  {HEAD['eligibility'].text(lang)}", OUTCOME[standing.outcome].text(lang))
        table.add_row(f"  {HEAD['pact'].text(lang)}", STCA[standing.stca].text(lang))
    known = f", {HEAD['known_on'].text(lang)} {words.day(answer.known_on, lang)}" if answer.known_on else ""
    checked = f"{HEAD['checked'].text(lang)} {words.day(answer.last_checked, lang)}"
    title = f"{answer.id + ' · ' if answer.id else ''}{answer.law}{known} · {checked}"
    return Panel(table, title=escape(title), title_align="left", expand=False)


def _findings(findings: Iterable[Finding], lang: str, full: bool) -> Iterator[RenderableType]:
    for found in findings:
        mark = {"yes": "[bold red]●[/]", "no": "[dim]○[/]", "unknown": "[yellow]?[/]"}[found.result]
        version = f"[dim]({escape(found.instrument)}, {found.since})[/]"
        result = RESULT[found.result].text(lang)
        yield _line(f"{mark} [bold]{escape(found.label)}[/] {result} – {_said(found, lang)} {version}")
        reasons = [reason for reason in found.because if full or found.result == "yes" or reason.result == "unknown"]
        if found.result == "no" and not full:
            continue
        shown = reasons if full or found.result == "yes" else reasons[:_FEW]
        for reason in shown:
            label = f"[dim]{escape(reason.label)}[/] " if reason.label != found.label else ""
            yield _note(f"{label}{_said(reason, lang)}")
        if len(reasons) > len(shown):
            yield _note(f"[dim]… (+{len(reasons) - len(shown)}, --full)[/]")


def _missing(option: Missing, lang: str) -> Iterator[RenderableType]:
    facts = " + ".join(_said(item, lang) for item in option.show)
    after = f"{OUTCOME[option.outcome].text(lang)}; {STCA[option.stca].text(lang)}"
    yield _line(f"[bold]{escape(', '.join(option.provisions))}[/]  {facts}")
    evidence = {item.evidence_fr if lang == "fr" else item.evidence_en for item in option.show} - {""}
    if evidence:
        yield _note(f"[dim]{HEAD['evidence'].text(lang)} {escape('; '.join(sorted(evidence)))}[/]")
    yield _note(f"→ {HEAD['then'].text(lang)}{_COLON[lang]}{after}")


def _title(name: str, lang: str) -> RenderableType:
    return Text.from_markup(f"\n[bold underline]{HEAD[name].text(lang)}[/]")


def _line(text: str) -> RenderableType:
    return Padding(Text.from_markup(text), (0, 0, 0, 2), expand=False)


def _note(text: str) -> RenderableType:
    return Padding(Text.from_markup(text), (0, 0, 0, 6), expand=False)


def _said(item: _Bilingual, lang: str) -> str:
    return escape(item.fr if lang == "fr" else item.en)


def show_family(console: Console, answers: list[Answer], splits: tuple[tuple[str, str], ...], lang: str) -> None:
    """Print the members of a family side by side, and say where they are split."""
    table = Table(title=HEAD["together"].text(lang))
    for column in (
        "",
        HEAD["eligibility"].text(lang),
        HEAD["pact"].text(lang),
        HEAD["established"].text(lang),
    ):
        table.add_column(column, overflow="fold")
    for answer in answers:
        table.add_row(
            escape(answer.id),
            OUTCOME[answer.outcome].text(lang),
            STCA[answer.stca].text(lang),
            f"{OUTCOME[answer.established.outcome].text(lang)}; {STCA[answer.established.stca].text(lang)}",
        )
    console.print(table)
    if splits:
        pairs = ", ".join(f"{one} / {other}" for one, other in splits)
        console.print(f"[bold]{HEAD['split'].text(lang)}[/]: {escape(pairs)}")
