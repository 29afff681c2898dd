"""What a case file states of the claimant, with the rules on what absence means in this file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from safethird.cases.faults import Faults

OTHER_SIDE = {"canada": "USA", "united_states": "CAN"}


@dataclass(frozen=True, slots=True)
class Stated:
    """The fields of one case, read; ``closed`` files are those in which what is absent is not so."""

    fields: Mapping[str, Any]
    closed: bool
    hidden: frozenset[str]
    side: str
    path: str
    faults: Faults

    def get(self, name: str) -> Any:
        """The value of a field, None where it is not stated."""
        return self.fields.get(name)

    def denies(self, *names: str) -> bool:
        """Whether leaving these fields out says that they are not so."""
        return self.closed and not self.hidden & set(names)

    def fault(self, name: str, what: str, do: str) -> None:
        """Note a fault of a field."""
        self.faults.add(f"{self.path}.{name}", what, do)
