"""What a check found, and what an added release changes, printed for people or as JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from safethird.apps.flows_tables import plain_rows, print_rows
from safethird.apps.jsonform import dump
from safethird.flows import codebook
from safethird.flows.adding import Addition
from safethird.flows.checking import check
from safethird.flows.numerals import number
from safethird.law.facts.declare import Words

_SAID = {
    "well": Words("Tables: {tables}; things verified: {checked}. All in order.",
                  "Tableaux : {tables}; vérifications : {checked}. Tout est en ordre."),
    "wrong": Words("{wrong} things are wrong ({checked} verified).", "{wrong} anomalies ({checked} vérifications)."),
    "known": Words("Known disagreements of the publishers’ own figures",
                   "Désaccords connus des chiffres mêmes des éditeurs"),
    "added": Words("Added.", "Ajouté."),
    "tried": Words("Nothing written; this is what would be added.", "Rien n’est écrit; voici ce qui serait ajouté."),
    "holds": Words("{table}, release of {day}: {rows} rows, {first} to {last}, {fresh} of them new.",
                   "{table}, diffusion du {day} : {rows} lignes, de {first} à {last}, dont {fresh} nouvelles."),
    "revised": Words("It revises {n} figures (then → now; empty: hidden):",
                     "Elle révise {n} chiffres (then → now; vide : masqué) :"),
    "same": Words("It revises no earlier figure.", "Elle ne révise aucun chiffre antérieur."),
    "earlier": Words("{n} figures differ from a later release that is kept; that one stands.",
                     "{n} chiffres diffèrent d’une diffusion ultérieure déjà gardée; c’est elle qui vaut."),
    "as_printed": Words("Taken as printed, though they do not add up: {n} sums.",
                        "Repris tels quels, bien qu’ils ne s’additionnent pas : {n} totaux."),
    "kept": Words("Earlier releases are kept. Written: {path}",
                  "Les diffusions antérieures sont gardées. Écrit : {path}"),
}  # fmt: skip


def show_checks(console: Console, names: Sequence[str], lang: str, *, everything: bool, as_json: bool) -> int:
    """Print what was verified; 1 where something is wrong."""
    found = check(names)
    wrong = [one for one in found if one.faults]
    if as_json:
        print(dump([
            {"table": one.table, "checked": one.checked, "what": one.text.text(lang),
             "faults": [f.text(lang) for f in one.faults], "known": [k.text(lang) for k in one.known]}
            for one in found
        ]))  # fmt: skip
        return 1 if wrong else 0
    for one in found if everything else wrong:
        mark = "[red]✗[/]" if one.faults else "[green]✓[/]"
        console.print(f"{mark} {one.table}: {escape(one.text.text(lang))} ({number(one.checked, lang)})")
        for fault in one.faults:
            console.print(Padding(escape(fault.text(lang)), (0, 0, 0, 4)))
    known: dict[tuple[str, str], list[str]] = {}
    for one in found:
        for text in one.known:
            at, _, said = text.text(lang).partition(" : " if lang == "fr" else ": ")
            known.setdefault((one.table, said), []).append(at)
    if known:
        console.print(f"[bold]{_SAID['known'].text(lang)}[/]")
        for (table, said), places in known.items():
            console.print(Padding(escape(f"{table}: {said}"), (0, 0, 0, 2)))
            console.print(Padding(f"[dim]{escape('; '.join(places))}[/]", (0, 0, 0, 4)))
    checked = number(sum(one.checked for one in found), lang)
    if wrong:
        count = number(sum(len(one.faults) for one in wrong), lang)
        console.print(f"[bold red]{_SAID['wrong'].text(lang).format(wrong=count, checked=checked)}[/]")
        return 1
    tables = number(len({one.table for one in found}), lang)
    console.print(f"[bold green]{_SAID['well'].text(lang).format(tables=tables, checked=checked)}[/]")
    return 0


def show_added(console: Console, made: Addition, lang: str, *, as_json: bool) -> None:
    """Print what an added release holds and revises."""
    if as_json:
        print(dump({
            "table": made.table, "vintage": str(made.vintage), "source": made.source, "first": str(made.first),
            "last": str(made.last), "rows": made.rows, "new": made.fresh, "earlier": made.earlier,
            "as_printed": [f"{rule} {at}" for rule, at in made.accepted], "revised": plain_rows(made.revised),
            "path": str(made.path) if made.path else None,
        }))  # fmt: skip
        return
    form = "%Y" if codebook.table_named(made.table).time == "year" else "%Y-%m"
    console.print(_SAID["added" if made.path else "tried"].text(lang))
    text = _SAID["holds"].text(lang).format(
        table=made.table, day=made.vintage, rows=number(made.rows, lang), first=f"{made.first:{form}}",
        last=f"{made.last:{form}}", fresh=number(made.fresh, lang),
    )  # fmt: skip
    console.print(escape(text))
    if made.revised.is_empty():
        console.print(_SAID["same"].text(lang))
    else:
        console.print(_SAID["revised"].text(lang).format(n=number(made.revised.height, lang)))
        print_rows(console, made.revised, lang)
    for key, count in (("earlier", made.earlier), ("as_printed", len(made.accepted))):
        if count:
            console.print(_SAID[key].text(lang).format(n=number(count, lang)))
    if made.path:
        console.print(f"[dim]{escape(_SAID['kept'].text(lang).format(path=made.path))}[/]")
