"""Faults of a file by what they say, each with the places where it is."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from safethird.cases.faults import BadFile, Fault

MOST_PLACES = 6
MOST = 60


@dataclass(slots=True)
class Placed:
    """Collects faults while a file is read; the same fault in many rows is told once, with its first places.

    >>> found = Placed()
    >>> for line in (3, 5):
    ...     found.add(f"line {line}", "claims is negative.", "Mend it.")
    >>> found.raise_if_any()
    Traceback (most recent call last):
    safethird.cases.faults.BadFile: line 3, line 5: claims is negative. Mend it.
    """

    found: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, place: str, what: str, do: str) -> None:
        """Note a fault at a place."""
        self.found[what, do].append(place)

    def places(self) -> set[str]:
        """Every place that has a fault."""
        return {place for places in self.found.values() for place in places}

    def raise_if_any(self) -> None:
        """Raise :class:`BadFile` if there is a fault."""
        if not self.found:
            return
        faults = [Fault(_few(places), what, do) for (what, do), places in self.found.items()]
        if len(faults) > MOST:
            faults = [
                *faults[:MOST],
                Fault("file", f"It has {len(faults) - MOST} more kinds of faults.", "Mend these first."),
            ]
        raise BadFile(faults)


def _few(places: list[str]) -> str:
    unique = list(dict.fromkeys(places))
    shown = ", ".join(unique[:MOST_PLACES])
    return f"{shown} and {len(unique) - MOST_PLACES} more" if len(unique) > MOST_PLACES else shown
