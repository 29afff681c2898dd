"""What is wrong with rows: gathered over a whole file, first rows and counts, never what a person's row says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.schema import CLAIM_ID
from safethird.batch.words import Bools, Wrong
from safethird.cases.faults import BadFile, Fault
from safethird.cases.members import foreign_words

Numbers = npt.NDArray[np.int64]
FIRST = 5
QUARANTINE = "Correct them, or set such rows aside and decide the rest: --quarantine FILE."


@dataclass
class _Seen:
    do: str
    count: int = 0
    rows: list[int] = field(default_factory=list)
    words: dict[str, None] = field(default_factory=dict)


@dataclass
class Ledger:
    """The faults of files, by kind: how many rows have each, and the first of them.

    >>> ledger = Ledger()
    >>> ledger.note("claims.csv", Wrong("age", "not a whole number", "Correct it.", np.array([True])), np.array([7]))
    >>> print(ledger.faults()[0])
    claims.csv, column age: Row 7: not a whole number. Correct it.
    """

    seen: dict[tuple[str, str, str], _Seen] = field(default_factory=dict)

    def note(self, path: str, wrong: Wrong, numbers: Numbers) -> None:
        """Add the faults of one batch, the rows of which have these numbers in the file."""
        kind = self.seen.setdefault((path, wrong.column, wrong.what), _Seen(wrong.do))
        rows = numbers[wrong.rows]
        kind.count += len(rows)
        kind.rows = sorted({*kind.rows, *np.sort(rows)[:FIRST].tolist()})[:FIRST]
        if len(kind.words) < FIRST:
            kind.words.update(dict.fromkeys(wrong.words[: FIRST - len(kind.words)]))

    def __bool__(self) -> bool:
        return bool(self.seen)

    def faults(self) -> list[Fault]:
        """Every kind of fault, in the order in which they were met."""
        return [
            Fault(f"{path}, column {column}", f"{_rows(kind)}: {what}{_said(kind.words)}.", kind.do)
            for (path, column, what), kind in self.seen.items()
        ]

    def error(self) -> BadFile:
        """All of it as one error, with what can be done about all of it."""
        total = sum(kind.count for kind in self.seen.values())
        last = Fault("Nothing is written", f"{total:,} fault(s) of {len(self.seen)} kind(s).", QUARANTINE)
        return BadFile([*self.faults(), last])


def _rows(kind: _Seen) -> str:
    first = ", ".join(f"{number:,}" for number in kind.rows)
    if kind.count == 1:
        return f"Row {first}"
    return f"{kind.count:,} rows (first: {first})"


def _said(words: Iterable[str]) -> str:
    listed = ", ".join(f"“{word}”" for word in words)
    return f" ({listed})" if listed else ""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a row must be besides its words: ``begins`` is the first day of the law where no law was named."""

    begins: date | None


def row_faults(columns: dict[str, Any], repeated: Bools, rules: Rules) -> list[Wrong]:
    """The faults of canonical rows as wholes: identifiers, a day of claim, days in an order that can be.

    ``repeated`` marks the rows that share their identifier with another.
    """
    found = []

    def note(column: str, what: str, do: str, rows: Any) -> None:
        mask = rows if isinstance(rows, np.ndarray) else pc.fill_null(rows, False).to_numpy(zero_copy_only=False)
        if mask.any():
            found.append(Wrong(column, what, do, mask))

    note(CLAIM_ID, "no identifier", "Give every row one of its own.", pc.is_null(columns[CLAIM_ID]))
    note(CLAIM_ID, "an identifier that another row has too", "Keep one row for each claim.", repeated)
    claimed, entered = columns["claim_date"], columns.get("entry_date")
    if rules.begins is not None:
        do = "Correct it, or name one law for all rows: --law SIDE@DAY."
        note("claim_date", "no day of the claim, and the law depends on it", do, pc.is_null(claimed))
        early = pc.less(claimed, pa.scalar(rules.begins))
        note("claim_date", f"a day before the law begins ({rules.begins})", do, early)
    if entered is not None:
        note("entry_date", "an entry after the claim", "Check both days.", pc.greater(entered, claimed))
    first = columns.get("first_entry_after_2020_06_24")
    if first is not None:
        name = "first_entry_after_2020_06_24"
        note(name, "a first entry after the claim", "Check both days.", pc.greater(first, claimed))
        if entered is not None:
            late = pc.and_kleene(pc.greater(first, entered), pc.less_equal(first, claimed))
            note(name, "a first entry after the entry", "Check both days.", late)
    return found


def without_foreign(fields: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Relatives' columns without words of the other country's law, which settle nothing there; and how many there were.

    >>> word = lambda text: pa.array([text]).dictionary_encode()
    >>> without_foreign({"location": word("USA"), "status": word("citizen")})[0]["status"].to_pylist()
    [None]
    """
    left_out = 0
    if "location" not in fields:
        return fields, 0
    for name in ("status", "claim_status"):
        if name not in fields:
            continue
        place, word = fields["location"], fields[name]
        table = _foreign(tuple(place.dictionary.to_pylist()), name, tuple(word.dictionary.to_pylist()))
        # An unknown place or word is one more row and column of the table, where nothing is foreign.
        at = pc.fill_null(place.indices.cast(pa.int32()), len(place.dictionary)).to_numpy(zero_copy_only=False)
        of = pc.fill_null(word.indices.cast(pa.int32()), len(word.dictionary)).to_numpy(zero_copy_only=False)
        foreign = table[at, of]
        count = int(foreign.sum())
        if count:
            left_out += count
            kept = pc.if_else(pa.array(foreign), pa.scalar(None, word.indices.type), word.indices)
            fields = {**fields, name: pa.DictionaryArray.from_arrays(kept, word.dictionary)}
    return fields, left_out


@cache
def _foreign(places: tuple[str, ...], name: str, words: tuple[str, ...]) -> Bools:
    table = np.zeros((len(places) + 1, len(words) + 1), dtype=bool)
    for row, place in enumerate(places):
        for column, word in enumerate(words):
            table[row, column] = name in foreign_words({"relative.location": place, f"relative.{name}": word})
    return table


def prefixed(wrong: Wrong, prefix: str) -> Wrong:
    """The same fault, of a column of relatives."""
    return replace(wrong, column=f"{prefix}.{wrong.column}")
