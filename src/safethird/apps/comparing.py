"""Two laws compared, on the screen, as JSON, and as case files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from safethird.apps.jsonform import dump
from safethird.apps.speech import OUTCOME, STCA
from safethird.cases.case import Case
from safethird.cases.export import export
from safethird.cases.values import Value
from safethird.law.facts import declared
from safethird.law.facts.declare import Words
from safethird.law.pact import Law
from safethird.readings import words
from safethird.readings.compare import Box, Comparison, Difference
from safethird.readings.decide import decide
from safethird.readings.explain import explain
from safethird.readings.prose import reference
from safethird.readings.twin import EXISTS

DIRECTION = {
    "newly barred": Words("newly barred", "nouvellement empêchés"),
    "newly let through": Words("newly let through", "nouvellement admis"),
    "other result": Words("other result", "autre résultat"),
    "ground only": Words("ground only", "motif seulement"),
}
KIND = {
    "outcome": Words("overall outcome", "issue globale"),
    "stca": Words("pact result", "résultat du pacte"),
    "ground": Words("ground", "motif"),
}
_ASIDE = {
    "en": "Departures from an unremarkable case: an adult at a land port, from the other country, nothing else to help "
    "or hurt; a relative is an uncle in the country, tie shown. Unsettled points as usually taken unless named.",
    "fr": "Écarts par rapport à un cas ordinaire : un adulte à un point d’entrée terrestre, venant de l’autre pays; "
    "un membre de la famille est un oncle au pays, lien établi. Points non tranchés selon la pratique, sauf mention.",
}


def show_comparison(console: Console, found: Comparison, lang: str) -> None:
    """Print who is decided differently, in both directions."""
    names = f"[bold]{escape(found.one.name)}[/] → [bold]{escape(found.other.name)}[/]"
    if found.equal:
        proved = {"en": "they decide every case alike (proved, any number of relatives)",
                  "fr": "ils décident tout cas de même façon (prouvé, quel que soit le nombre de proches)"}  # fmt: skip
        console.print(f"{names}: {proved[lang]}")
        return
    counted = {
        "en": f"complete up to {found.most_relatives} relative(s)",
        "fr": f"complet jusqu’à {found.most_relatives} proche(s)",
    }
    console.print(f"{names} ({counted[lang]})\n[dim]{_ASIDE[lang]}[/]")
    for kind in ("outcome", "stca", "ground"):
        for difference in (d for d in found.differences if d.kind == kind):
            _show(console, found, difference, lang)
    if found.unmapped:
        label = {
            "en": "Words without a mirror image on the other side",
            "fr": "Mots sans image miroir de l’autre côté",
        }[lang]
        console.print(f"\n[bold]{label}[/]: {escape(', '.join(found.unmapped))}")


def as_data(found: Comparison) -> dict[str, Any]:
    """A comparison as plain data, each difference with its two cases and their explanations in short."""
    return {
        "one": found.one.name,
        "other": found.other.name,
        "equal": found.equal,
        "complete_up_to_relatives": found.most_relatives,
        "unmapped": list(found.unmapped),
        "differences": [
            {
                "kind": d.kind, "direction": d.direction, "before": d.before, "after": d.after,
                "because": [list(_because(law, case)) for law, case in ((found.one, d.one), (found.other, d.other))],
                "departures": {"en": _choices(d, "en"), "fr": _choices(d, "fr")}, "cases": list(witness(found, d)),
            }
            for d in found.differences
        ],
    }  # fmt: skip


def witness(found: Comparison, difference: Difference) -> tuple[dict[str, Any], dict[str, Any]]:
    """The two case files of a witness, with expectations: they paste into ``safethird check``."""
    files = []
    for law, case in ((found.one, difference.one), (found.other, difference.other)):
        settled = decide(law, case).settled
        raw = export(case)
        answer = explain(law, case, smallest=False)
        hit = [ground.label for ground in answer.grounds if ground.result == "yes"]
        raw["expected"] = {"stca": settled.stca, "outcome": settled.outcome, "provision": hit}
        raw["id"] = f"{law.name} {difference.before or 'none'}-{difference.after or 'none'}".replace(" ", "-")
        raw["title"] = "; ".join(_choices(difference, "en"))
        raw["source"] = f"comparison of {found.one.name} and {found.other.name}"
        files.append(raw)
    return files[0], files[1]


def save_witnesses(found: Comparison, folder: Path) -> int:
    """Write the witnesses of both laws as two files of cases; how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    pairs = [witness(found, difference) for difference in found.differences]
    for name, place in (("one.yaml", 0), ("other.yaml", 1)):
        cases = [{**pair[place], "id": f"{number:03d}-{pair[place]['id']}"} for number, pair in enumerate(pairs)]
        beside = folder / f".{name}.tmp"
        beside.write_text(yaml.safe_dump({"cases": cases}, sort_keys=False, allow_unicode=True), encoding="utf-8")
        beside.replace(folder / name)
    return len(pairs)


def print_json(found: Comparison) -> None:
    """Print a comparison as JSON."""
    print(dump(as_data(found)))


def _because(law: Law, case: Case) -> tuple[str, ...]:
    """The provisions that decide a witness under a law: grounds that hit, else what lifts or limits the bar."""
    answer = explain(law, case, smallest=False)
    hits = [found.label for found in answer.grounds if found.result == "yes"]
    lifts = [found.label for found in (*answer.scope, *answer.exceptions) if found.result == "yes"]
    return tuple(hits or lifts)


def _show(console: Console, found: Comparison, d: Difference, lang: str) -> None:
    table = OUTCOME if d.kind == "outcome" else STCA
    names = [table[code].text(lang) if code in table else code for code in (d.before, d.after)]
    direction = DIRECTION[d.direction].text(lang)
    head = f"\n[bold]{KIND[d.kind].text(lang)}[/] – {direction}: {escape(names[0] or '–')} → {escape(names[1] or '–')}"
    console.print(head)
    for line in _choices(d, lang):
        console.print(Padding(escape(line), (0, 0, 0, 4), expand=False))
    for law, case in ((found.one, d.one), (found.other, d.other)):
        labels = ", ".join(reference(label, lang) for label in _because(law, case)) or "–"
        console.print(Padding(f"[dim]{escape(law.name)}: {escape(labels)}[/]", (0, 0, 0, 4), expand=False))


def _choices(d: Difference, lang: str) -> list[str]:
    lines = [_box(d.core, lang)]
    if d.together:
        lines.append({"en": "together with any one of:", "fr": "avec l’un de :"}[lang])
        lines += [f"– {_box(box, lang)}" for box in d.together]
    return [line for line in lines if line]


def _box(box: Box, lang: str) -> str:
    return "; ".join(_fact(name, values, member, lang) for (member, name), values in box)


def _fact(name: str, values: tuple[Value | timedelta, ...], member: int, lang: str) -> str:
    colon = {"en": ": ", "fr": " : "}[lang]
    if name == EXISTS:
        return {"en": "there is a relative", "fr": "il y a un membre de la parenté"}[lang]
    declaration = declared[name]
    label = declaration.label.text(lang)
    who = {"en": "relative – ", "fr": "proche – "}[lang] if member >= 0 else ""
    if isinstance(values[0], timedelta):
        days = sorted(value.days for value in values if isinstance(value, timedelta))
        listed = ", ".join(map(str, days))
        before = {"en": f"{listed} day(s) before the claim", "fr": f"{listed} jour(s) avant la demande"}[lang]
        return f"{who}{label}{colon}{before}"
    shown = [words.value(declaration.fact, value, lang) for value in values if not isinstance(value, timedelta)]
    joined = {"en": " or ", "fr": " ou "}[lang].join(dict.fromkeys(shown))
    return f"{who}{label}{colon}{joined}"
