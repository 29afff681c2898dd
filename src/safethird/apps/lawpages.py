"""The law and the shipped cases, as lists."""

from __future__ import annotations

import re
from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from safethird.apps.jsonform import dump
from safethird.cases import yamlfile
from safethird.cases.shipped import FILES
from safethird.law import sides
from safethird.law.facts.declare import Words
from safethird.law.pact import InForce, LawError, Repeal
from safethird.law.proposals import PROPOSALS
from safethird.readings import words

STATUS = {
    "exploratory": Words("exploratory", "exploratoire"),
    "proposed": Words("proposed", "proposé"),
    "under review": Words("under review", "à l’étude"),
    "enacted": Words("enacted", "édicté"),
    "lapsed": Words("lapsed", "caduc"),
}


def show_law(console: Console, side: str, day: date, known_on: date | None, lang: str, *, as_json: bool) -> None:
    """Print every provision in force on a day."""
    law = sides.of(side).on(day, known_on)
    if as_json:
        print(dump([_row(found) for found in law.provisions.values()]))
        return
    console.print(f"[bold]{law.name}[/] · {', '.join(a.instrument for a in law.amendments)}")
    checked = law.pact.last_checked
    if day > checked:
        console.print({"en": f"Law as last checked on {checked}.", "fr": f"Droit vérifié le {checked}."}[lang])
    for found in law.provisions.values():
        _show_provision(console, found, lang)


def show_label(
    console: Console, side: str, label: str, day: date, known_on: date | None, lang: str, *, as_json: bool
) -> None:
    """Print one provision on a day, its history, and the cases about it."""
    pact = sides.of(side)
    law = pact.on(day, known_on)
    wanted = _loose(label)
    found = [p for name, p in law.provisions.items() if _loose(name).startswith(wanted)]
    history = [
        (amendment, change)
        for amendment in pact.amendments
        for change in amendment.changes
        if _loose(change.label if isinstance(change, Repeal) else change.provision.label).startswith(wanted)
    ]
    if not history:
        near = [name for name in law.provisions if wanted[:8] in _loose(name) or label.split("(")[0] in name][:6]
        raise LawError(f"There is no provision {label!r}. Near it: {', '.join(near) or 'none'}. All: safethird law.")
    if as_json:
        print(dump([_row(item) for item in found]))
        return
    for item in found:
        _show_provision(console, item, lang, long=True)
    if not found:
        console.print(
            {"en": f"Not in force for a claim of {day}.", "fr": f"Pas en vigueur pour une demande du {day}."}[lang]
        )
    console.print()
    for amendment, change in history:
        verb = {
            "Add": ("added", "ajouté"),
            "Substitute": ("changed", "modifié"),
            "Repeal": ("repealed", "abrogé"),
        }
        name = change.label if isinstance(change, Repeal) else change.provision.label
        start = amendment.claims_from or amendment.commences
        console.print(
            f"{start}  {escape(name)} {verb[type(change).__name__][lang == 'fr']}: {escape(amendment.instrument)}"
        )
    try:
        show_cases(console, label, None, as_json=False)
    except LawError:
        console.print({"en": "No shipped case is about it.", "fr": "Aucun dossier fourni n’en traite."}[lang])


def show_cases(console: Console, label: str | None, side: str | None, *, as_json: bool) -> None:
    """Print the shipped cases, all of them or those about a provision."""
    rows = []
    for file in FILES:
        raw, _ = yamlfile.read(file)
        for item in raw["cases"]:
            expected = item["expected"]
            about = [str(name) for name in expected.get("provision", [])]
            if side is not None and item["side"] != side:
                continue
            if label is None or any(name.replace(" ", "").startswith(label.replace(" ", "")) for name in about):
                rows.append({"id": item["id"], "title": item["title"], "kind": item["kind"], "source": item["source"],
                             "provisions": about, "expected": expected})  # fmt: skip
    if not rows:
        raise LawError("No shipped case is about that. All of them: safethird cases.")
    if as_json:
        print(dump(rows))
        return
    console.print(f"{len(rows)} case(s)")
    for row in rows:
        result = f"{row['expected']['stca']} / {row['expected']['outcome']}"
        console.print(f"[bold]{escape(row['id'])}[/] {escape(row['title'])}: {result}")
        console.print(
            Padding(
                f"[dim]{row['kind']} · {escape(', '.join(row['provisions']))} · {escape(str(row['source']))}[/]",
                (0, 0, 0, 4),
            )
        )


def _loose(label: str) -> str:
    """A label as it is looked up: letters and figures alone, the instrument where it is left out."""
    plain = re.sub(r"[^a-z0-9.]", "", label.lower())
    return f"irpr{plain}" if plain[:3] == "159" else f"irpa{plain}" if re.match(r"(99|10\d|11\d)\d*", plain) else plain


def _show_provision(console: Console, found: InForce, lang: str, *, long: bool = False) -> None:
    provision = found.provision
    console.print(f"[bold]{escape(provision.label)}[/]  {escape(provision.text(lang))}")
    since = words.day(found.by.claims_from or found.by.commences, lang)
    treaty = f" · {provision.treaty}" if provision.treaty else ""
    line = f"{found.by.instrument} · {since} · {found.confidence}, {provision.basis}{treaty}"
    console.print(Padding(f"[dim]{escape(line)}[/]", (0, 0, 0, 4)))
    if long:
        console.print(Padding(f"{provision.rule if provision.rule is not None else '–'}", (0, 0, 0, 4)), markup=False)
        console.print(Padding(provision.address(lang), (0, 0, 0, 4)), markup=False)


def _row(found: InForce) -> dict[str, object]:
    provision = found.provision
    return {
        "label": provision.label,
        "role": provision.role,
        "rule": None if provision.rule is None else str(provision.rule),
        "en": provision.en,
        "fr": provision.fr,
        "instrument": found.by.instrument,
        "since": str(found.by.claims_from or found.by.commences),
        "treaty": provision.treaty,
        "link": provision.link,
        "link_fr": provision.address("fr"),
        "confidence": found.confidence,
        "basis": provision.basis,
        "related": list(provision.related),
    }


def show_proposals(console: Console, lang: str, *, as_json: bool) -> None:
    """Print the built-in proposals with source, status and needs."""
    if as_json:
        print(dump([
            {
                "name": p.name, "title": p.title._asdict(), "what": p.what._asdict(), "source": p.source,
                "history": [list(step) for step in p.history], "needs": [n._asdict() for n in p.needs],
                "sides": list(p.changes),
            }
            for p in PROPOSALS.values()
        ]))  # fmt: skip
        return
    for proposal in PROPOSALS.values():
        console.print(f"[bold]{proposal.name}[/]  {escape(proposal.title.text(lang))}")
        status = ", ".join(f"{STATUS[state].text(lang)} {day}" for day, state in proposal.history)
        needs = ", ".join(need.text(lang) for need in proposal.needs)
        needed = {"en": "needs", "fr": "exige"}[lang]
        for line in (proposal.what.text(lang), f"{proposal.source} · {status}", f"{needed}: {needs}"):
            console.print(Padding(escape(line), (0, 0, 0, 4), expand=False))
