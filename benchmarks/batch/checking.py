"""Whether a contender answers as the law does, on a sample of the rows that it is to be timed on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from benchmarks.batch import words as w
from benchmarks.batch.harness import NAMES
from safethird.batch.rows import case_of
from safethird.readings.decide import decide
from safethird.readings.kleene import Kleene
from safethird.readings.reading import law_for

SETTLED = ("stca", "outcome")
SHOWN = ("stca_established", "outcome_established")
LABELS = ("grounds", "exceptions")


def agreement(modules: Mapping[str, Any], table: pa.Table) -> dict[str, Counter[str]]:
    """What each contender answers otherwise than the law does."""
    rows = table.to_pylist()
    reference = by_law(rows)
    found = {}
    for module, code in modules.items():
        answers = (getattr(code, "run_all", None) or code.run_outcome)(table)
        if "n" in answers.column_names:
            answers = answers.sort_by("n").drop_columns(["n"])
        if module == "openfisca_rules":
            # Two-valued: what it calls the outcome is what is established.
            answers = answers.rename_columns({"outcome": "outcome_established"})
        found[NAMES[module]] = differences(rows, reference, answers, two_valued=module == "openfisca_rules")
    return found


def by_law(rows: list[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Every row's columns, one case after the other."""
    return [_one(row) for row in rows]


def _one(row: Mapping[str, Any]) -> dict[str, str]:
    law, case = law_for(case_of(row, row["relatives"] or ()), w.DAY)
    kleene = Kleene(law, case)
    decision = decide(law, case, kleene)

    def hold(labels: tuple[str, ...]) -> str:
        return "|".join(label for label in labels if kleene.decide(law.cited(label)))

    return {
        "stca": decision.settled.stca,
        "outcome": decision.settled.outcome,
        "stca_established": decision.established.stca,
        "outcome_established": decision.established.outcome,
        "grounds": hold(w.GROUNDS),
        "exceptions": hold(w.EXCEPTIONS),
    }


def differences(
    rows: list[Mapping[str, Any]], reference: list[dict[str, str]], answers: pa.Table, two_valued: bool = False
) -> Counter[str]:
    """How many rows a contender answers otherwise, by column.

    A settled answer that a contender leaves undetermined is no difference, nor is a label that it leaves out: plain
    three-valued logic sees less than there is. For those who know two values only, rows that are open or undetermined
    are left out. Rows without place of origin or manner of entry are not compared.
    """
    found: Counter[str] = Counter()
    given = answers.slice(0, len(rows)).to_pylist()
    for row, right, answer in zip(rows, reference, given, strict=True):
        for name in answers.column_names:
            if two_valued and right.get(name) in (w.OPEN, w.UNDETERMINED):
                continue
            if name in SETTLED:
                found[name] += answer[name] not in (right[name], w.UNDETERMINED)
                found[f"{name} left undetermined"] += answer[name] == w.UNDETERMINED and right[name] not in (
                    w.UNDETERMINED,
                    w.OPEN,
                )
            elif (name in SHOWN and row["came_from"] is not None and row["entry"] is not None) or name in LABELS:
                found[name] += answer[name] != right[name]
    return found
