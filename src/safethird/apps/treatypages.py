"""The Agreement on the screen: an article with both laws that carry it out, and where the two differ."""

from __future__ import annotations

from datetime import date
from itertools import zip_longest

from rich.console import Console, Group, RenderableType
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safethird.apps.jsonform import dump
from safethird.apps.speech import CONFIDENCE, STCA
from safethird.law.differences import DIFFERENCES, SideDifference
from safethird.law.facts.declare import Words
from safethird.law.pact import InForce
from safethird.law.treaty import Article, Instrument, article, implementations, instrument
from safethird.readings import words

SIDE = {"canada": Words("Canada", "Canada"), "united_states": Words("United States", "États-Unis")}
BASIS = {
    "read": Words("read", "lu"),
    "derived": Words("derived", "déduit"),
    "recalled": Words("recalled", "de mémoire"),
}
HEAD = {
    "signed": Words("signed", "signature"),
    "in_force": Words("in force since", "en vigueur depuis le"),
    "goes_with": Words("goes with the Agreement, no day of its own", "accompagne l’Entente, sans date propre"),
    "not_yet": Words("Not in force on", "Pas en vigueur le"),
    "nobody": Words(
        "No provision in force that day carries it out.", "Aucune disposition en vigueur ce jour-là ne le met en œuvre."
    ),
    "confidence": Words("confidence", "confiance"),
    "topic": Words("Topic", "Sujet"),
    "title": Words("One agreement, two laws: where they differ", "Une entente, deux droits : où ils diffèrent"),
    "same_person": Words("One person, decided by each", "Une même personne, selon chacun"),
    "no_example": Words("No pact result shows this.", "Aucun résultat du pacte ne le montre."),
}
_COLON = {"en": ": ", "fr": " : "}


def show_article(console: Console, label: str, day: date, lang: str, *, as_json: bool) -> None:
    """Print one article, and the provisions of each side that carry it out on a day, side by side.

    Raises:
        LawError: there is no such article.
    """
    found = article(label)
    text = instrument(found.label)
    carried_out = implementations(found.label, day)
    if as_json:
        print(dump(_article_data(found, text, day, carried_out)))
        return
    console.print(f"[bold]{escape(found.label)}[/]  {escape(found.text(lang))}")
    how = f"{CONFIDENCE[found.confidence].text(lang)}, {BASIS[found.basis].text(lang)}"
    _aside(console, f"{HEAD['confidence'].text(lang)}{_COLON[lang]}{how} · {found.source}")
    _aside(console, found.link)
    _aside(console, _history(text, lang))
    if not text.binds(day):
        console.print(f"{HEAD['not_yet'].text(lang)} {words.day(day, lang)}.")
    if not any(carried_out.values()):
        console.print(HEAD["nobody"].text(lang))
        return
    table = Table(show_lines=True, expand=True)
    for side in carried_out:
        table.add_column(SIDE[side].text(lang), ratio=1, overflow="fold")
    for row in zip_longest(*carried_out.values()):
        table.add_row(*(_cell(provision, lang) for provision in row))
    console.print(table)


def show_differences(console: Console, lang: str, *, as_json: bool) -> None:
    """Print every topic on which the two sides carry the Agreement out differently."""
    if as_json:
        print(dump([_difference_data(row) for row in DIFFERENCES]))
        return
    table = Table(title=HEAD["title"].text(lang), show_lines=True, expand=True)
    table.add_column(HEAD["topic"].text(lang), ratio=2, overflow="fold")
    for name in SIDE.values():
        table.add_column(name.text(lang), ratio=4, overflow="fold")
    for row in DIFFERENCES:
        results = [Words(STCA[code].en, STCA[code].fr) for code in row.results or ()]
        sides = zip_longest((row.canada, row.united_states), (row.canada_labels, row.us_labels), results)
        table.add_row(
            Group(Text(row.topic.text(lang), style="bold"), *_about_example(row, lang)),
            *(_side(says, labels, result, lang) for says, labels, result in sides),
        )
    console.print(table)


def _about_example(row: SideDifference, lang: str) -> list[RenderableType]:
    if row.results is None:
        return [Text(HEAD["no_example"].text(lang), style="dim")]
    return [Text(row.note.text(lang), style="dim")] if row.note is not None else []


def _side(says: Words, labels: tuple[str, ...], result: Words | None, lang: str) -> RenderableType:
    lines: list[RenderableType] = [Text(says.text(lang))]
    if labels:
        lines.append(Text("; ".join(labels), style="dim"))
    if result is not None:
        lines.append(Text(f"{HEAD['same_person'].text(lang)}{_COLON[lang]}{result.text(lang)}", style="italic"))
    return Group(*lines)


def _cell(found: InForce | None, lang: str) -> RenderableType:
    if found is None:
        return Text("")
    provision = found.provision
    since = words.day(found.by.claims_from or found.by.commences, lang)
    how = f"{CONFIDENCE[found.confidence].text(lang)}, {BASIS[provision.basis].text(lang)}"
    return Group(
        Text.assemble((provision.label, "bold"), "  ", provision.text(lang)),
        Text(
            f"{found.by.instrument} · {since}\n{HEAD['confidence'].text(lang)}{_COLON[lang]}{how} · {provision.treaty}",
            style="dim",
        ),
    )


def _history(text: Instrument, lang: str) -> str:
    signed = "; ".join(f"{place.text(lang)}, {words.day(day, lang)}" for place, day in text.signed)
    force = (
        f"{HEAD['in_force'].text(lang)} {words.day(text.in_force, lang)}"
        if text.in_force is not None
        else HEAD["goes_with"].text(lang)
    )
    parts = (
        text.full.text(lang),
        f"{HEAD['signed'].text(lang)}{_COLON[lang]}{signed}" if signed else "",
        force,
        text.citation,
    )
    return " · ".join(part for part in parts if part)


def _aside(console: Console, text: str) -> None:
    console.print(Padding(Text(text, style="dim"), (0, 0, 0, 4)))


def _article_data(
    found: Article, text: Instrument, day: date, carried_out: dict[str, list[InForce]]
) -> dict[str, object]:
    return {
        "label": found.label, "en": found.en, "fr": found.fr, "source": found.source, "link": found.link,
        "confidence": found.confidence, "basis": found.basis, "day": str(day), "in_force": text.binds(day),
        "instrument": {
            "name": text.name, **text.full._asdict(), "citation": text.citation, "link": text.link,
            "signed": [{**place._asdict(), "day": str(signed)} for place, signed in text.signed],
            "since": None if text.in_force is None else str(text.in_force),
        },
        "implementations": {side: [_provision_data(p) for p in list_] for side, list_ in carried_out.items()},
    }  # fmt: skip


def _provision_data(found: InForce) -> dict[str, object]:
    provision = found.provision
    return {
        "label": provision.label, "role": provision.role, "en": provision.en, "fr": provision.fr,
        "treaty": provision.treaty, "instrument": found.by.instrument,
        "since": str(found.by.claims_from or found.by.commences), "confidence": found.confidence,
        "basis": provision.basis, "link": provision.link, "link_fr": provision.address("fr"),
        "related": list(provision.related),
    }  # fmt: skip


def _difference_data(row: SideDifference) -> dict[str, object]:
    return {
        "topic": row.topic._asdict(), "canada": row.canada._asdict(), "united_states": row.united_states._asdict(),
        "canada_labels": list(row.canada_labels), "us_labels": list(row.us_labels), "example": row.example,
        "results": row.results, "note": None if row.note is None else row.note._asdict(),
    }  # fmt: skip
