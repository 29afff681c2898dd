"""Whether two laws decide a claim differently, for each claim of a batch."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from safethird.batch.answers import RESULTS, worded
from safethird.batch.plan import Days, Plan, spelled
from safethird.batch.planed import packed
from safethird.batch.schema import CLAIM_ID
from safethird.law.pact import Law
from safethird.readings.compiled import differences
from safethird.readings.decide import OPEN, UNDETERMINED

_WORD = pa.dictionary(pa.int8(), pa.string())


class Comparison:
    """Two laws of one side over the same cells."""

    def __init__(self, one: Law, other: Law, positions: Mapping[str, bool]) -> None:
        first, second, different = differences(one, other, positions)
        self.one = Plan(one, positions, first)
        self.other = Plan(other, positions, second)
        # The points of either law can decide whether they differ.
        points = tuple(dict.fromkeys((*first.points, *second.points)))
        self.different = {name: Plan.of_result(one, first, result, points) for name, result in different.items()}

    def schema(self, claim_id: pa.DataType) -> pa.Schema:
        """The schema of the result."""
        names = [name + end for name in RESULTS for end in ("", "_vs", "_changed")]
        return pa.schema([(CLAIM_ID, claim_id), *((name, _WORD) for name in names)])

    def of(self, batch: pa.RecordBatch, claimed: Days) -> dict[str, pa.Array]:
        """The columns of the comparison."""
        columns: dict[str, pa.Array] = {}
        for name in RESULTS:
            for end, plan, question in (
                ("", self.one, name),
                ("_vs", self.other, name),
                ("_changed", self.different[name], "changed"),
            ):
                columns[name + end] = _settled(plan, question, batch, claimed)
        return columns

    def hanging(self, batch: pa.RecordBatch, claimed: Days, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many claims it hangs on it whether a result differs."""
        found: dict[str, np.ndarray[tuple[int, ...], np.dtype[np.uint64]]] = {}
        for name, plan in self.different.items():
            column = result.column(f"{name}_changed")
            unsettled = packed(np.array(column.to_pylist()) == UNDETERMINED)
            if not unsettled.any():
                continue
            planes = plan.program("hangs changed").run(plan.cells(batch, claimed))
            for fact, plane in zip(plan.results["changed"][0].hangs, planes, strict=True):
                if fact not in plan.points:
                    found[fact] = (plane & unsettled) | found.get(fact, np.uint64(0))
        return {fact: number for fact, plane in found.items() if (number := int(np.bitwise_count(plane).sum()))}


def _settled(plan: Plan, name: str, batch: pa.RecordBatch, claimed: Days) -> pa.DictionaryArray:
    digits = plan.program(f"settled {name}").run(plan.cells(batch, claimed))
    found = spelled(digits, batch.num_rows)
    words = plan.settled[name].words
    question = f"possible {name}"
    doubted = {question: found == words.index(OPEN)}
    found[plan.doubts(batch, claimed, doubted)[question]] = words.index(UNDETERMINED)
    return worded(found, words)
