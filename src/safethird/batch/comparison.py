"""Whether two laws decide a claim differently, for each claim of a batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pyarrow as pa

from safethird.batch.answers import RESULTS, worded
from safethird.batch.plan import Days, Plan, blocks_of, spelled
from safethird.batch.planed import packed
from safethird.batch.schema import CLAIM_ID
from safethird.batch.table import Packed
from safethird.law.pact import Law
from safethird.readings.compiled import differences
from safethird.readings.decide import OPEN, UNDETERMINED
from safethird.readings.planes import Words

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
        blocks = self._blocks(batch, claimed)
        for name in RESULTS:
            for end, plan, question in (
                ("", self.one, name),
                ("_vs", self.other, name),
                ("_changed", self.different[name], "changed"),
            ):
                columns[name + end] = _settled(plan, question, blocks, batch, claimed)
        return columns

    def _blocks(self, batch: pa.RecordBatch, claimed: Days) -> list[Packed]:
        # Both laws, and their difference, are in one circuit: a batch is read once for all.
        return self.one.blocks(batch, claimed)

    def hanging(self, batch: pa.RecordBatch, claimed: Days, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many claims it hangs on it whether a result differs."""
        unsettled = {name: np.array(result.column(f"{name}_changed").to_pylist()) == UNDETERMINED for name in RESULTS}
        unsettled = {name: rows for name, rows in unsettled.items() if rows.any()}
        total: Counter[str] = Counter()
        for rows, cells in zip(
            blocks_of(batch.num_rows), self._blocks(batch, claimed) if unsettled else (), strict=False
        ):
            found: dict[str, Words] = {}
            for name in unsettled:
                plan, undetermined = self.different[name], packed(unsettled[name][rows])
                planes = plan.run(cells, "hangs changed")["hangs changed"]
                for fact, plane in zip(plan.results["changed"][0].hangs, planes, strict=True):
                    if fact not in plan.points:
                        found[fact] = (plane & undetermined) | found.get(fact, np.uint64(0))
            total.update({fact: int(np.bitwise_count(plane).sum()) for fact, plane in found.items()})
        return {fact: number for fact, number in total.items() if number}


def _settled(
    plan: Plan, name: str, blocks: Sequence[Packed], batch: pa.RecordBatch, claimed: Days
) -> pa.DictionaryArray:
    part = f"settled {name}"
    found = np.concatenate([spelled(plan.run(cells, part)[part], cells.rows) for cells in blocks])
    words = plan.settled[name].words
    question = f"possible {name}"
    doubted = {question: found == words.index(OPEN)}
    found[plan.doubts(batch, claimed, doubted)[question]] = words.index(UNDETERMINED)
    return worded(found, words)
