"""Sources, revisions and nowcasts, printed for people or as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from safethird.apps.flows_tables import plain_rows, print_rows
from safethird.apps.jsonform import dump
from safethird.flows import codebook, store
from safethird.flows.catalogue import entry
from safethird.flows.nowcasting import ENOUGH, nowcast
from safethird.flows.revisions import revisions
from safethird.law.facts.declare import Words

_SAID = {
    "none": Words("No figure was changed by a later release.",
                  "Aucun chiffre n’a été changé par une diffusion ultérieure."),
    "only": Words("Only one release is kept: {day}.", "Une seule diffusion est gardée : {day}."),
    "unit": Words("Unit: {unit}. then: as first printed; now: in the newest release; empty: hidden (0 to 5).",
                  "Unité : {unit}. then : première impression; now : dernière diffusion; vide : masqué (0 à 5)."),
    "nowcast": Words(
        "Printed figures times the ratios of last to first print observed for months of the same age "
        "(at least {n}); 80% and 95% of those ratios. Unit: {unit}.",
        "Chiffres imprimés multipliés par les rapports entre dernière et première impression observés pour des mois "
        "du même âge (au moins {n}); 80 % et 95 % de ces rapports. Unité : {unit}."),
    "used": Words("used in", "utilisée dans"),
}  # fmt: skip


def show_sources(console: Console, name: str | None, lang: str, *, as_json: bool) -> None:
    """Sources in full: all, one, or those of a table or a series."""
    known = store.sources()
    used = {table: _cited(store.every(table)) for table in codebook.tables()}
    if name is None:
        ids = sorted(known)
    elif name in known:
        ids = [name]
    elif name in used:
        ids = sorted(used[name] & set(known))
    else:
        of = entry(name)
        rows = store.every(of.table).filter(*(pl.col(c) == v for c, v in of.rows.items()))
        ids = sorted(set(rows["source_id"].unique()) | (_ids(entry(of.minus)) if of.minus else set()))
    if as_json:
        print(dump([_plain(known[one]) | {"tables": [t for t, u in used.items() if one in u]} for one in ids]))
        return
    for one in ids:
        source = known[one]
        licence = codebook.licences()[source.licence].name.text(lang)
        when = f", {source.published}" if source.published else ""
        console.print(f"[bold]{one}[/] {escape(source.title)}. {escape(source.publisher)}{when}.")
        tables = ", ".join(t for t, u in used.items() if one in u)
        more = " · ".join(
            part for part in (source.url, licence, f"{_SAID['used'].text(lang)} {tables}" if tables else "") if part
        )
        console.print(Padding(f"[dim]{escape(more)}[/]", (0, 0, 0, 2)))


def show_revisions(console: Console, name: str, day: date | None, lang: str, *, as_json: bool) -> None:
    """The figures that a later release changed."""
    rows = revisions(name, day)
    of = codebook.tables().get(name) or codebook.table_named(entry(name).table)
    if as_json:
        print(dump(plain_rows(rows)))
        return
    if rows.is_empty():
        console.print(_SAID["none"].text(lang))
        days = sorted({r.vintage for r in store.releases(of.name) if r.vintage})
        if len(days) == 1:
            console.print(_SAID["only"].text(lang).format(day=days[0]))
        return
    print_rows(console, rows, lang)
    console.print(f"[dim]{_SAID['unit'].text(lang).format(unit=codebook.units()[of.unit].text(lang))}[/]")


def show_nowcast(console: Console, name: str, day: date | None, lang: str, *, as_json: bool) -> None:
    """Recent months scaled by the revisions observed."""
    rows = nowcast(name, day)
    if as_json:
        print(dump(plain_rows(rows)))
        return
    numbers = pl.col("printed", "estimate", "low80", "high80", "low95", "high95").round(0)
    print_rows(console, rows.with_columns(numbers).drop("unit"), lang)
    unit = codebook.units()[entry(name).unit].text(lang)
    console.print(f"[dim]{_SAID['nowcast'].text(lang).format(n=ENOUGH, unit=unit)}[/]")


def _ids(of: Any) -> set[str]:
    rows = store.every(of.table).filter(*(pl.col(c) == v for c, v in of.rows.items()))
    return set(rows["source_id"].unique())


def _cited(rows: pl.DataFrame) -> set[str]:
    columns = [c for c in ("source_id", "coord_source_id", "hours_source_id", "derived_from") if c in rows.columns]
    return {one for column in columns for text in rows[column].drop_nulls().unique() for one in text.split(";")}


def _plain(source: codebook.Source) -> dict[str, Any]:
    return {
        "id": source.id, "title": source.title, "publisher": source.publisher, "published": source.published,
        "released": source.released and str(source.released), "precision": source.precision, "url": source.url,
        "licence": source.licence, "licence_name": codebook.licences()[source.licence].name._asdict(),
    }  # fmt: skip
