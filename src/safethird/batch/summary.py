"""What a run found, counted: for programs as JSON, and for people as a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird import __version__
from safethird.batch.schema import JOIN
from safethird.law.facts import declared
from safethird.law.facts.declare import Words
from safethird.law.pact import Law

FOREIGN = "word of the other country's law about a relative, left out"
NOTE = Words(
    "This is information, not a decision: an officer decides each claim, and proof can fail.",
    "Ceci est de l’information et non une décision : un agent décide de chaque demande, et une preuve peut échouer.",
)
_STANDINGS = {
    "settled": {"stca": "stca", "outcome": "outcome"},
    "established": {"stca": "stca_established", "outcome": "outcome_established"},
}
_COMPARED = {"vs": {"stca": "stca_vs", "outcome": "outcome_vs"},
             "changed": {"stca": "stca_changed", "outcome": "outcome_changed"}}  # fmt: skip
_SETS = ("grounds", "exceptions")


@dataclass
class Summary:
    """The counts of a run, added up chunk by chunk."""

    rows: int = 0
    decided: int = 0
    set_aside: int = 0
    foreign: int = 0
    values: dict[str, Counter[str]] = field(default_factory=dict)
    hanging: Counter[str] = field(default_factory=Counter)

    def add(self, counts: Mapping[str, Any]) -> None:
        """Add the counts of one chunk."""
        self.rows += counts["rows"]
        self.decided += counts["decided"]
        self.set_aside += counts["set_aside"]
        self.foreign += counts["foreign"]
        self.hanging.update(counts["hanging"])
        for name, found in counts["values"].items():
            self.values.setdefault(name, Counter()).update(found)

    def as_json(
        self, laws: Iterable[Law], named: str | None, seconds: float, before: int, synthetic: bool = False
    ) -> dict[str, Any]:
        """The summary as data; ``before`` rows had been decided by a run that was interrupted."""
        checked = {what: day.isoformat() for law in laws for what, day in law.pact.checked.items()}
        data: dict[str, Any] = {
            "rows": self.rows,
            "decided": self.decided,
            "quarantined": self.set_aside,
            "laws": dict(sorted(self.values.get("law", Counter()).items())) or ({named: self.decided} if named else {}),
        }
        for standing, parts in _STANDINGS.items():
            data[standing] = {part: _ranked(self.values.get(name, Counter())) for part, name in parts.items()}
        for name in ("grounds", "exceptions"):
            data[name] = _ranked(self.values.get(name, Counter()))
        for compared, parts in _COMPARED.items():
            if any(name in self.values for name in parts.values()):
                data[compared] = {part: _ranked(self.values.get(name, Counter())) for part, name in parts.items()}
        done = self.rows - before
        return data | {
            "unknown_facts": [_fact(name, rows) for name, rows in self.hanging.most_common()],
            "cautions": {FOREIGN: self.foreign} if self.foreign else {},
            "synthetic": synthetic,
            "continued_after": before,
            "seconds": round(seconds, 3),
            "claims_per_second": round(done / seconds) if seconds > 0 else 0,
            "version": __version__,
            "last_checked": checked,
            "note": {"en": NOTE.en, "fr": NOTE.fr},
        }


def counts_of(
    result: pa.RecordBatch, rows: int, set_aside: int, foreign: int, hanging: Mapping[str, int]
) -> dict[str, Any]:
    """The counts of one chunk: of every coded column of its result, and of each label in a set.

    >>> result = pa.record_batch({"stca": pa.array(["bar", "bar"]).dictionary_encode()})
    >>> counts_of(result, 2, 0, 0, {})["values"]
    {'stca': {'bar': 2}}
    """
    values: dict[str, dict[str, int]] = {}
    wanted = [name for parts in (*_STANDINGS.values(), *_COMPARED.values()) for name in parts.values()]
    for name in (*wanted, "law", *_SETS):
        if name not in result.schema.names:
            continue
        column = result.column(name)
        if not pa.types.is_dictionary(column.type):
            column = pc.dictionary_encode(column)
        known = column.indices.drop_null().to_numpy(zero_copy_only=False)
        counted: Counter[str] = Counter()
        for word, count in zip(
            column.dictionary.to_pylist(), np.bincount(known, minlength=len(column.dictionary)).tolist(), strict=True
        ):
            for part in word.split(JOIN) if name in _SETS else (word,):
                if count and part:
                    counted[part] += count
        values[name] = dict(counted)
    return {
        "rows": rows, "decided": result.num_rows, "set_aside": set_aside, "foreign": foreign,
        "hanging": dict(hanging), "values": values,
    }  # fmt: skip


def _ranked(counted: Counter[str]) -> dict[str, int]:
    return dict(counted.most_common())


def _fact(name: str, rows: int) -> dict[str, Any]:
    label = declared[name].label if name in declared else Words(name, name)
    return {"fact": name, "rows": rows, "en": label.en, "fr": label.fr}
