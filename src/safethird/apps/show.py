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
from safethird.readings.decide import Standing
from safethird.readings.prose import reference

_COLON = {"en": ": ", "fr": " : "}


class _Bilingual(Protocol):
    @property
    def en(self) -> str: ...
    @property
    def fr(self) -> str: ...


def show(console: Console, answer: Answer, lang: str, *, full: bool = False) -> None:
    """Print one answer; ``full`` adds the reasons of provisions that do not apply."""
    console.print(Group(*_parts(answer, lang, full)))


def _parts(answer: Answer, lang: str, full: bool) -> Iterator[RenderableType]:
    """Eligibility and the pact, what to read first, what follows, what could be shown; then provision by provision."""
    yield _head(answer, lang)
    confidence = CONFIDENCE[answer.confidence].text(lang)
    yield Text.from_markup(f"{HEAD['confidence'].text(lang)}{_COLON[lang]}{confidence}. {_said(answer.note, lang)}")
    if answer.warnings:
        yield _title("notices", lang)
        yield from (_line(_said(notice, lang)) for notice in answer.warnings)
    if answer.consequences:
        yield _title("follows", lang)
        yield from (_line(f"[bold]{_cited(f.label, lang)}[/]  {_said(f, lang)}") for f in answer.consequences)
    if answer.missing:
        yield _title("missing", lang)
        for option in answer.missing:
            yield from _missing(option, lang)
    if answer.open_points:
        yield _title("open_points", lang)
        for point in answer.open_points:
            yield _line(f"[bold]{_cited(point.label, lang)}[/]  {_said(point, lang)} [dim]{point.name}[/]")
            for held in point.positions:
                says = RESULT["yes" if held.holds else "no"].text(lang)
                yield _note(f"{says}{_COLON[lang]}{_said(held, lang)} [dim]({_cited(held.source, lang)})[/]")
    if answer.unknown:
        yield _title("unknown", lang)
        told = dict.fromkeys(_said(item, lang) for item in answer.unknown)
        yield from (_line(f"– {text}") for text in told)
    yield _title("grounds", lang)
    yield from _findings(answer.grounds, lang, full, "red")
    yield _title("scope", lang)
    yield from _findings([f for f in answer.scope if full or f.result != "no"], lang, full, "blue")
    yield _title("exceptions", lang)
    yield from _findings(answer.exceptions, lang, full, "green")
    yield Text.from_markup(f"\n[dim]{HEAD['legend'].text(lang)}[/]")


def _head(answer: Answer, lang: str) -> RenderableType:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="bold")
    table.add_column()
    for name, standing in (("settled", answer.settled), ("established", answer.established)):
        table.add_row(HEAD[name].text(lang), "")
        asked = HEAD["eligibility" if answer.side == "canada" else "screening"].text(lang)
        table.add_row(f"  {asked}", OUTCOME[standing.outcome].text(lang))
        table.add_row(f"  {HEAD['pact'].text(lang)}", _pact(answer, standing, lang))
    known = f", {HEAD['known_on'].text(lang)} {words.day(answer.known_on, lang)}" if answer.known_on else ""
    checked = f"{HEAD['checked'].text(lang)} {words.day(answer.last_checked, lang)}"
    title = f"{answer.id + ' · ' if answer.id else ''}{answer.law}{known} · {checked}"
    return Panel(table, title=escape(title), title_align="left", expand=False)


def _findings(findings: Iterable[Finding], lang: str, full: bool, colour: str) -> Iterator[RenderableType]:
    for found in findings:
        mark = {"yes": f"[bold {colour}]●[/]", "no": "[dim]○[/]", "unknown": "[yellow]?[/]"}[found.result]
        version = f"[dim]({_cited(found.instrument, lang)}, {found.since})[/]"
        result = RESULT[found.result].text(lang)
        yield _line(f"{mark} [bold]{_cited(found.label, lang)}[/] {result} – {_said(found, lang)} {version}")
        if full or (found.result == "yes" and colour != "blue"):
            for reason in found.because:
                label = f"[dim]{_cited(reason.label, lang)}[/] " if reason.label != found.label else ""
                yield _note(f"{label}{_said(reason, lang)}")


def _missing(option: Missing, lang: str) -> Iterator[RenderableType]:
    facts = " + ".join(_said(item, lang) for item in option.show)
    after = f"{OUTCOME[option.outcome].text(lang)}; {STCA[option.stca].text(lang)}"
    yield _line(f"[bold]{_cited(', '.join(option.provisions), lang)}[/]  {facts}")
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


def _pact(answer: Answer, standing: Standing, lang: str) -> str:
    """The pact result; where only *why* it does not bar is not settled, that much is said."""
    settled = standing is answer.settled
    if settled and standing.stca in ("undetermined", "open") and answer.barred == "no":
        return HEAD["not_barred"].text(lang)
    return STCA[standing.stca].text(lang)


def _cited(label: str, lang: str) -> str:
    """A citation as the language's own readers know it."""
    return escape(reference(label, lang))


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
