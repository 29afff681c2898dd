"""Tables, series and rows, printed for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import polars as pl
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as Grid

from safethird.apps.jsonform import dump
from safethird.cases.faults import BadFile, Fault
from safethird.flows import agreement, codebook, names, store
from safethird.flows.catalogue import Entry, catalogue
from safethird.flows.numerals import month, number
from safethird.law.facts.declare import Words

MOST = 400
_SAID = {
    "table": Words("Table", "Tableau"),
    "holds": Words("What it holds", "Contenu"),
    "unit": Words("Unit", "Unité"),
    "months": Words("From – to", "De – à"),
    "release": Words("Newest release", "Dernière diffusion"),
    "rows": Words("Rows", "Lignes"),
    "series": Words("Series", "Série"),
    "licence": Words("Licence", "Licence"),
    "releases": Words("Releases kept", "Diffusions gardées"),
    "columns": Words("Columns", "Colonnes"),
    "break": Words("Break", "Rupture"),
    "rounding": Words("Rounded to {n} by the publisher.", "Arrondi à {n} par l’éditeur."),
    "undated": Words("day not known", "jour inconnu"),
    "read": Words("out by {day}", "paru au plus tard le {day}"),
    "added": Words("added", "ajoutée"),
    "more": Words("{n} more; --json has all.", "{n} de plus; --json les donne toutes."),
    "one": Words("One table: safethird flows tables NAME. Named series: safethird flows tables --series.",
                 "Un tableau : safethird flows tables NOM. Séries nommées : safethird flows tables --series."),
}  # fmt: skip


def show_tables(console: Console, lang: str, *, as_json: bool) -> None:
    """Every table with its unit, its months and its newest release."""
    listed = [_summary(of, lang) for of in codebook.tables().values()]
    if as_json:
        print(dump(listed))
        return
    heads = ("table", "unit", "months", "release", "rows")
    grid = _grid(heads, lang, right=("rows",))
    for one in listed:
        when = str(one["release"] or _SAID["undated"].text(lang))
        rows = number(float(str(one["rows"])), lang)
        what = f"{escape(str(one['table']))}\n[dim]  {escape(str(one['title']))}[/]"
        grid.add_row(what, str(one["unit_words"]), str(one["span"]), when, rows)
    console.print(grid)
    console.print(f"[dim]{_SAID['one'].text(lang)}[/]")


def show_table(console: Console, name: str, lang: str, *, as_json: bool) -> None:
    """One table: definition, columns, breaks, licences, releases."""
    of = codebook.table_named(name)
    kept = store.releases(name)
    if as_json:
        print(dump(_summary(of, lang) | {
            "definition": of.definition._asdict(), "key": list(of.key), "rounding": of.rounding, "absent": of.absent,
            "columns": [{"name": c.name, "kind": c.kind, **c.says._asdict()} for c in of.columns],
            "breaks": [{"day": str(b.day), **b.text._asdict()} for b in of.breaks],
            "releases": [{"vintage": r.vintage and str(r.vintage), "first": r.first and str(r.first),
                          "last": r.last and str(r.last), "rows": r.rows, "sources": list(r.sources),
                          "added": r.added and str(r.added)} for r in kept],
        }))  # fmt: skip
        return
    console.print(f"[bold]{escape(of.title.text(lang))}[/] [dim]{of.name}[/]")
    console.print(Padding(escape(of.definition.text(lang)), (0, 0, 0, 2)))
    if of.rounding:
        console.print(f"  {_SAID['rounding'].text(lang).format(n=of.rounding)}")
    console.print(f"\n[bold]{_SAID['unit'].text(lang)}[/] {codebook.units()[of.unit].text(lang)}")
    licences = sorted(
        {codebook.licences()[store.sources()[s].licence].name.text(lang) for r in kept for s in r.sources}
    )
    console.print(f"[bold]{_SAID['licence'].text(lang)}[/] {escape('; '.join(licences))}")
    for one in of.breaks:
        console.print(
            Padding(f"[bold]{_SAID['break'].text(lang)}[/] {one.day}: {escape(one.text.text(lang))}", (0, 0, 0, 0))
        )
    console.print(f"\n[bold]{_SAID['columns'].text(lang)}[/]")
    for column in of.columns:
        console.print(Padding(f"{column.name} [dim]{column.kind}[/] {escape(column.says.text(lang))}", (0, 0, 0, 2)))
    console.print(f"\n[bold]{_SAID['releases'].text(lang)}[/]")
    for release in kept:
        console.print(Padding(escape(_release(release, lang)), (0, 0, 0, 2)))


def show_series(console: Console, word: str, lang: str, *, as_json: bool) -> None:
    """The named series, those whose name or title has every word."""
    wanted = names.fold(word).split()
    found = [
        one for one in catalogue() if all(w in names.fold(f"{one.name} {one.title.en} {one.title.fr}") for w in wanted)
    ]
    if not found:
        raise BadFile([Fault(word, "No series has these words.", "All: safethird flows tables --series.")])
    if as_json:
        print(dump([_entry(one) for one in found]))
        return
    grid = _grid(("series", "holds", "unit", "months"), lang)
    for one in found[:MOST]:
        span = f"{one.first:%Y-%m} – {one.last:%Y-%m}"
        grid.add_row(escape(one.name), escape(one.title.text(lang)), _short(one.unit, lang), span)
    console.print(grid)
    _more(console, len(found), lang)


def show_rows(console: Console, name: str, measure: str | None, lang: str, *, as_json: bool) -> None:
    """The rows of a table as they stand; of counts under the Agreement, one measure's."""
    of = codebook.table_named(name)
    if of.name == agreement.TABLE:
        rows = agreement.agreement_counts(measure)
    elif measure:
        raise BadFile([Fault("--measure", f"{name} is read whole.", f"It is for {agreement.TABLE}.")])
    else:
        rows = store.table(name)
    if as_json:
        print(dump(plain_rows(rows)))
        return
    other = "_fr" if lang == "en" else "_en"
    shown = rows.select(c for c in rows.columns if rows[c].null_count() < rows.height and not c.endswith(other))
    if of.time == "none":
        _records(console, shown.drop("vintage", strict=False))
    else:
        print_rows(console, shown, lang)
    console.print(f"[dim]{_SAID['unit'].text(lang)}: {codebook.units()[of.unit].text(lang)}[/]")


def print_rows(console: Console, rows: pl.DataFrame, lang: str) -> None:
    """Rows as a grid, as many as a screen bears."""
    numeric = [name for name, kind in rows.schema.items() if kind.is_numeric() and name != "year"]
    grid = Grid(box=None, header_style="bold", pad_edge=False)
    for name in rows.columns:
        if rows.height > 1 and rows[name].n_unique() == 1 and rows.schema[name] == pl.String:
            # What is the same in every row is said once.
            console.print(f"{name}: {escape(str(rows[name][0]))}")
            rows = rows.drop(name)
            continue
        short = name in numeric or rows.schema[name] == pl.Date
        grid.add_column(name, justify="right" if name in numeric else "left", overflow="fold", no_wrap=short)
    for row in rows.head(MOST).iter_rows(named=True):
        grid.add_row(*(_cell(value, name in numeric, lang) for name, value in row.items()))
    console.print(grid)
    _more(console, rows.height, lang)


def _cell(value: object, counted: bool, lang: str) -> str:
    if value is None:
        return ""
    whole = counted and isinstance(value, int | float) and float(value).is_integer()
    return number(float(str(value)), lang) if whole else escape(str(value))


def _records(console: Console, rows: pl.DataFrame) -> None:
    """Rows with many words below one another: the first column as a head, the others where they say something."""
    for row in rows.iter_rows(named=True):
        (_, first), *rest = row.items()
        said = " · ".join(f"{name} {value}" for name, value in rest if value is not None)
        console.print(f"[bold]{escape(str(first))}[/] {escape(said)}", soft_wrap=False)


def plain_rows(rows: pl.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain data, days as text."""
    return rows.with_columns(pl.selectors.date().cast(pl.String)).to_dicts()


def _more(console: Console, count: int, lang: str) -> None:
    if count > MOST:
        console.print(f"[dim]{_SAID['more'].text(lang).format(n=number(count - MOST, lang))}[/]")


def _grid(heads: Sequence[str], lang: str, right: Iterable[str] = ()) -> Grid:
    grid = Grid(box=None, header_style="bold", pad_edge=False)
    for head in heads:
        whole = head in ("series", "months", "release")
        grid.add_column(
            _SAID[head].text(lang), justify="right" if head in right else "left", overflow="fold", no_wrap=whole
        )
    return grid


def _summary(of: codebook.Table, lang: str) -> dict[str, Any]:
    kept = store.releases(of.name)
    firsts, lasts = [r.first for r in kept if r.first], [r.last for r in kept if r.last]
    known = store.sources()
    dated = [r for r in kept if r.vintage and any(known[s].precision != "read" for s in r.sources)] or [
        r for r in kept if r.vintage
    ]
    newest = max(dated, key=lambda r: r.vintage or date.min, default=None)
    form = "%Y" if of.time == "year" else "%Y-%m"
    return {
        "table": of.name, "title": of.title.text(lang), "unit": of.unit, "unit_words": _short(of.unit, lang),
        "span": f"{min(firsts):{form}} – {max(lasts):{form}}" if firsts and lasts else "",
        "release": _when(newest, lang) if newest else None, "rows": sum(r.rows for r in kept),
        "licences": sorted({store.sources()[s].licence for r in kept for s in r.sources}),
    }  # fmt: skip


def _short(unit: str, lang: str) -> str:
    return codebook.units()[unit].text(lang).split(" (")[0]


def _when(release: store.Release, lang: str) -> str:
    """The day of a release as exactly as it is known."""
    if release.vintage is None:
        return _SAID["undated"].text(lang)
    exact = {
        s.precision for one in release.sources if (s := store.sources().get(one)) and s.released == release.vintage
    }
    if exact == {"month"}:
        return month(release.vintage, lang)
    if exact == {"year"}:
        return str(release.vintage.year)
    return _SAID["read"].text(lang).format(day=release.vintage) if exact == {"read"} else str(release.vintage)


def _release(one: store.Release, lang: str) -> str:
    span = f", {one.first:%Y-%m} – {one.last:%Y-%m}" if one.first and one.last else ""
    added = f", {_SAID['added'].text(lang)} {one.added}" if one.added else ""
    rows = f"{number(one.rows, lang)} {_SAID['rows'].text(lang).lower()}"
    return f"{_when(one, lang)}{' :' if lang == 'fr' else ':'} {rows}{span} ({', '.join(one.sources)}){added}"


def _entry(one: Entry) -> dict[str, Any]:
    return {
        "name": one.name, "title": one.title._asdict(), "unit": one.unit, "flow": one.flow, "channel": one.channel,
        "place": one.place, "citizenship": one.citizenship, "first": f"{one.first:%Y-%m}", "last": f"{one.last:%Y-%m}",
        "table": one.table,
    }  # fmt: skip
