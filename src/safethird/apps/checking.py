"""Checked cases on the screen."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from safethird.apps.jsonform import dump
from safethird.cases import yamlfile
from safethird.cases.shipped import file_of
from safethird.law.sides import SIDES
from safethird.readings.check import Checked, check


def show_checked(console: Console, file: Path, side: str | None, *, as_json: bool) -> int:
    """Check a file of cases and print the result; the exit code."""
    raw, lines = yamlfile.read(file)
    checked = list(check(raw, lines, side))
    unreadable = [item for item in checked if not item.got and not item.ok]
    failed = [item for item in checked if not item.ok and not item.consistent]
    if as_json:
        print(dump([{name: getattr(item, name) for name in Checked.__slots__} for item in checked]))
    else:
        _table(console, [item for item in checked if not item.ok])
        _summary(console, checked)
    return 2 if unreadable else 1 if failed else 0


def show_demo(console: Console) -> bool:
    """Decide every shipped case of the sides that are here; whether one came out otherwise than expected."""
    failed = False
    for side in SIDES:
        raw, lines = yamlfile.read(file_of(side))
        titles = {item["id"]: str(item["title"]) for item in raw["cases"]}
        checked = list(check(raw, lines, side))
        console.print(f"\n[bold underline]safethird · {side}[/]")
        for item in checked:
            mark = "[green]✓[/]" if item.ok else "[yellow]~[/]" if item.consistent else "[red]✗[/]"
            result = f"{item.got.get('stca')} / {item.got.get('outcome')}"
            console.print(f"{mark} [bold]{item.id}[/] {escape(titles[item.id])}: [bold]{result}[/]")
        _summary(console, checked)
        failed = failed or any(not item.ok and not item.consistent for item in checked)
    return failed


def _table(console: Console, items: list[Checked]) -> None:
    for item in items:
        unread = "[red]cannot be read[/]" if not item.got else "[red]mismatch[/]"
        mark = "[yellow]consistent[/]" if item.consistent else unread
        console.print(f"{mark} [bold]{escape(item.id)}[/] {escape(item.why)}")


def _summary(console: Console, checked: list[Checked]) -> None:
    passed = sum(item.ok for item in checked)
    consistent = sum(item.consistent for item in checked)
    console.print(
        f"{len(checked)} cases: {passed} as expected, {consistent} consistent with the thin facts reported, "
        f"{len(checked) - passed - consistent} otherwise"
    )
