"""The law and the shipped cases, as lists."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from safethird.apps.jsonform import dump
from safethird.cases import yamlfile
from safethird.cases.shipped import FILES
from safethird.law import sides
from safethird.law.pact import InForce, LawError, Repeal
from safethird.readings import words


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
    wanted = label.replace(" ", "").lower()
    found = [p for name, p in law.provisions.items() if name.replace(" ", "").lower().startswith(wanted)]
    history = [
        (amendment, change)
        for amendment in pact.amendments
        for change in amendment.changes
        if (change.label if isinstance(change, Repeal) else change.provision.label)
        .replace(" ", "")
        .lower()
        .startswith(wanted)
    ]
    if not history:
        near = [name for name in law.provisions if name.split("(")[0] == label.split("(")[0]][:6]
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
    show_cases(console, label, side, as_json=False)


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
