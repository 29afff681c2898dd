"""The words of a case file, printed from the same lists that read it."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding

from safethird.apps.jsonform import dump
from safethird.cases.fields import CLAIMANT, CODES, INSIDE, RELATIVE
from safethird.law.facts import declared


def show_facts(console: Console, lang: str, *, as_json: bool) -> None:
    """Print every field with its closed list, every fact of the law, and every unsettled point."""
    if as_json:
        print(dump(_everything()))
        return
    for title, fields in (
        ("facts", CLAIMANT),
        ("relatives[]", RELATIVE),
        *((f"facts.{n}", f) for n, f in INSIDE.items()),
    ):
        console.print(f"\n[bold underline]{title}[/]")
        for name, kind in fields.items():
            codes = CODES.get(f"{title.removeprefix('facts.')}.{name}") or CODES.get(name) or ()
            listed = f": {', '.join(codes)}" if codes and kind in ("code", "codes", "map") else ""
            console.print(Padding(f"[bold]{name}[/] [dim]{kind}[/]{escape(listed)}", (0, 0, 0, 2)))
    console.print(f"\n[bold underline]{'law' if lang == 'en' else 'droit'}[/]")
    for declaration in declared.values():
        text = f"{declaration.label.text(lang)} [dim]{declaration.role}, {declaration.provision}[/]"
        console.print(Padding(f"[bold]{declaration.field}[/] {text}", (0, 0, 0, 2)))


def _everything() -> dict[str, object]:
    return {
        "fields": {"facts": CLAIMANT, "relatives": RELATIVE, **INSIDE},
        "codes": {name: list(codes) for name, codes in CODES.items()},
        "facts": [
            {
                "name": d.name, "field": d.field, "kind": d.fact.kind, "role": d.role, "provision": d.provision,
                "us_provision": d.us_provision,
                "label": d.label._asdict(), "ask": d.ask._asdict(), "help": d.help._asdict(),
                "evidence": d.evidence._asdict(), "sensitive": d.sensitive,
                "positions": [{"holds": p.holds, **p.words._asdict(), "source": p.source} for p in d.positions],
            }
            for d in declared.values()
        ],
    }  # fmt: skip
