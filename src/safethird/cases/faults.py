"""Faults of a file, all together: each says where, what, and what to do; none repeats what a person wrote."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of a file: the place (a path and a line), what is wrong, and what to do."""

    place: str
    what: str
    do: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what} {self.do}".rstrip()


class BadFile(ValueError):
    """A file that cannot be used; ``faults`` lists every reason."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(map(str, self.faults)))


class Faults:
    """Collects faults while a file is read; knows on which line each field stands."""

    def __init__(self, lines: dict[str, int]) -> None:
        self._lines = lines
        self.found: list[Fault] = []

    def add(self, path: str, what: str, do: str = "") -> None:
        """Note a fault at a path such as ``relatives[0].status``."""
        line = self._lines.get(path)
        where = path or "file"
        self.found.append(Fault(f"{where} (line {line})" if line else where, what, do))

    def unknown_word(self, path: str, word: str, known: Iterable[str], what: str) -> None:
        """Note a word that is on no closed list, with the nearest that are."""
        known = list(known)
        near = difflib.get_close_matches(str(word).lower(), known, n=3, cutoff=0.6)
        do = (
            f"Nearest: {', '.join(near)}."
            if near
            else f"Known: {', '.join(known[:12])}{'…' if len(known) > 12 else ''}."
        )
        self.add(path, what, f"{do} All of them: safethird facts.")

    def raise_if_any(self) -> None:
        """Raise :class:`BadFile` if there is a fault."""
        if self.found:
            raise BadFile(self.found)
