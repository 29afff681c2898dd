"""How far a run over a table has come: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from safethird.law.facts.declare import Words

EVERY = 5.0
SAID = {
    "sorting": Words(
        "The table is not sorted by claim_id: sorting it on disk first. The result will be in that order.",
        "La table n’est pas triée par claim_id : tri sur disque d’abord. Le résultat suivra cet ordre.",
    ),
    "continuing": Words("Continuing after {rows} rows.", "Reprise après {rows} lignes."),
    "stopped": Words(
        "Stopped after {rows} rows. Give the same command again to continue there.",
        "Arrêt après {rows} lignes. Redonnez la même commande pour reprendre à cet endroit.",
    ),
    "stopped_early": Words("Stopped; nothing was kept.", "Arrêt; rien n’a été conservé."),
}
_ROWS = Words("{rows} rows decided", "{rows} lignes décidées")
_OF = Words("{rows} of {total} rows decided", "{rows} lignes décidées sur {total}")
_DECIDING = Words("Deciding", "Décision")


class Told:
    """Tells of a run on standard error; use with ``with``."""

    def __init__(self, total: int | None, lang: str, *, quiet: bool) -> None:
        self.total, self.lang, self.quiet = total, lang, quiet
        self.last = time.monotonic()
        self.bar: Progress | None = None
        if not quiet and sys.stderr.isatty():
            self.bar = Progress(
                TextColumn(_DECIDING.text(lang)), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
                console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self.task = self.bar.add_task("", total=total)

    def __enter__(self) -> Self:
        if self.bar is not None:
            self.bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()

    def rows(self, rows: int) -> None:
        """So many rows are decided."""
        if self.bar is not None:
            self.bar.update(self.task, completed=rows)
        elif not self.quiet and time.monotonic() - self.last >= EVERY:
            self.last = time.monotonic()
            words = _ROWS if self.total is None else _OF
            done, total = number(rows, self.lang), number(self.total or 0, self.lang)
            self._print(words.text(self.lang).format(rows=done, total=total))

    def say(self, what: str, rows: int) -> None:
        """Something that whoever waits should know, quiet or not."""
        self._print(SAID[what].text(self.lang).format(rows=number(rows, self.lang)))

    def _print(self, text: str) -> None:
        if self.bar is not None:
            self.bar.console.print(text)
        else:
            print(f"safethird: {text}", file=sys.stderr, flush=True)


def number(value: int, lang: str) -> str:
    """A number with its thousands apart.

    >>> number(1_234_567, "en"), number(1_234_567, "fr")
    ('1,234,567', '1 234 567')
    """
    return f"{value:,}".replace(",", " ") if lang == "fr" else f"{value:,}"
