"""The summary of a run as a table for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.console import Console
from rich.table import Table

from safethird.apps.batch_progress import number
from safethird.apps.speech import OUTCOME, STCA
from safethird.law.facts.declare import Words
from safethird.readings import words
from safethird.readings.prose import reference

_HEAD = {
    "rows": Words("rows", "lignes"),
    "decided": Words("decided", "décidées"),
    "quarantined": Words("set aside", "mises de côté"),
    "second": Words("claims per second", "demandes par seconde"),
    "checked": Words("law last checked", "droit vérifié le"),
    "outcome": Words("Outcome", "Résultat"),
    "stca": Words("The pact", "Le pacte"),
    "settled": Words("on what is known", "d’après ce qui est connu"),
    "established": Words("on what is shown", "d’après ce qui est établi"),
    "grounds": Words("Grounds", "Motifs"),
    "exceptions": Words("Exceptions", "Exceptions"),
    "changed": Words("Decided differently", "Décidé autrement"),
    "unknown": Words("Not known, and the answer hangs on it", "Inconnu, et la réponse en dépend"),
    "cautions": Words(
        "Words of the other country’s law about a relative, left out",
        "Termes du droit de l’autre pays au sujet d’un membre de la parenté, laissés de côté",
    ),
    "synthetic": Words("Synthetic claims: of no real person.", "Demandes synthétiques : d’aucune personne réelle."),
}
_CHANGED = {
    "yes": Words("yes", "oui"), "no": Words("no", "non"), "undetermined": Words("undetermined", "non déterminé"),
    "open": Words("open", "ouvert"),
}  # fmt: skip
_MOST = 12


def show_summary(console: Console, data: Mapping[str, Any], lang: str) -> None:
    """Print what a run found: outcomes both ways, labels, and the facts on which most rows hang."""

    def said(name: str) -> str:
        return _HEAD[name].text(lang)

    colon = " : " if lang == "fr" else ": "
    line = f"[bold]{number(data['rows'], lang)}[/] {said('rows')}, {number(data['decided'], lang)} {said('decided')}"
    if data["quarantined"]:
        line += f", {number(data['quarantined'], lang)} {said('quarantined')}"
    console.print(f"{line}; {number(data['claims_per_second'], lang)} {said('second')}")
    for part, names in (("outcome", OUTCOME), ("stca", STCA)):
        table = Table(said(part), title_justify="left")
        found = {standing: counts for standing in ("settled", "established") if (counts := data[standing][part])}
        for standing in found:
            table.add_column(said(standing), justify="right")
        for code in dict.fromkeys(code for counts in found.values() for code in counts):
            label = names[code].text(lang) if code in names else code
            table.add_row(label, *(number(found[s].get(code, 0), lang) for s in found))
        console.print(table)
    for part in ("grounds", "exceptions"):
        _counted(console, said(part), {reference(label, lang): rows for label, rows in data[part].items()}, lang)
    for part, counts in data.get("changed", {}).items():
        _counted(
            console, f"{said('changed')} ({said(part)})", {_CHANGED[c].text(lang): n for c, n in counts.items()}, lang
        )
    _counted(console, said("unknown"), {fact[lang]: fact["rows"] for fact in data["unknown_facts"][:_MOST]}, lang)
    if data["cautions"]:
        console.print(f"{said('cautions')}{colon}{number(sum(data['cautions'].values()), lang)}")
    if data["last_checked"]:
        earliest = date.fromisoformat(min(data["last_checked"].values()))
        console.print(f"{said('checked')}{colon}{words.day(earliest, lang)}")
    if data["synthetic"]:
        console.print(said("synthetic"))
    console.print(f"[italic]{data['note'][lang]}[/]")


def _counted(console: Console, title: str, counts: Mapping[str, int], lang: str) -> None:
    if not counts:
        return
    table = Table(title, show_edge=True)
    table.add_column("", justify="right")
    for name, rows in counts.items():
        table.add_row(name, number(rows, lang))
    console.print(table)
