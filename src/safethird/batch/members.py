"""The relatives of a batch of claims as planes: the first of every claim, the second of every claim, and so on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.packing import Column
from safethird.batch.planed import Bytes, packed, unpacked
from safethird.batch.schema import MEMBER, RELATIVES
from safethird.readings.cells import Test
from safethird.readings.circuit import Node
from safethird.readings.planes import Words


def listed(batch: pa.RecordBatch) -> tuple[npt.NDArray[np.int32], pa.StructArray | None]:
    """How many relatives each claim lists, and all of them one after another."""
    if RELATIVES not in batch.schema.names:
        return np.zeros(batch.num_rows, dtype=np.int32), None
    array = batch.column(RELATIVES)
    if not array.null_count:
        offsets = np.frombuffer(array.buffers()[1], dtype=np.int32)[array.offset : array.offset + len(array) + 1]
        return np.diff(offsets), array.values.slice(offsets[0], offsets[-1] - offsets[0])
    counts = pc.fill_null(pc.list_value_length(array), 0).to_numpy(zero_copy_only=False)
    return counts.astype(np.int32), array.flatten()


class Members:
    """Planes of relatives, shaped *place in the list* × words; where a claim lists fewer, nobody is there."""

    def __init__(self, batch: pa.RecordBatch, tests: Mapping[str, Sequence[Test]]) -> None:
        counts, everyone = listed(batch)
        self.tests = tests
        self.rows = batch.num_rows
        self.everyone = everyone
        self.most = int(counts.max()) if len(counts) else 0
        self.shape = (self.most, -(-self.rows // 64))
        starts = np.cumsum(counts, dtype=np.int64) - counts
        places = np.arange(self.most)[:, None]
        there = places < counts
        nobody = len(everyone) if everyone is not None else 0
        self._rows = np.where(there, starts + places, nobody)
        self.there = packed(there) if self.most else np.zeros(self.shape, dtype=np.uint64)
        self._planes: dict[tuple[str, object], Words] = {}

    def plane(self, node: Node) -> Words:
        """The answers of every relative to one question."""
        fact = node.content.fact if isinstance(node.content, Test) else str(node.content)
        key = (node.op, node.content)
        if key not in self._planes:
            self._pack(fact, node)
        return self._planes[key]

    def _pack(self, fact: str, node: Node) -> None:
        """Everything that is asked of one column, a byte of answers at a time."""
        questions: list[tuple[str, object]] = [("known", fact), *(("true", test) for test in self.tests.get(fact, ()))]
        if (node.op, node.content) not in questions:
            questions.append((node.op, node.content))
        name = fact.removeprefix(MEMBER)
        if self.everyone is None or not self.most or self.everyone.type.get_field_index(name) < 0:
            for question in questions:
                self._planes[question] = np.zeros(self.shape, dtype=np.uint64)
            return
        column = Column(self.everyone.field(name), fact, ())
        known = unpacked(column.known(), column.rows)
        for start in range(0, len(questions), 8):
            some = questions[start : start + 8]
            answers = self._answers(column, some, known)
            spread = np.append(answers, np.uint8(0))[self._rows]
            for bit, question in enumerate(some):
                self._planes[question] = packed(spread & np.uint8(1 << bit))

    def _answers(self, column: Column, questions: Sequence[tuple[str, object]], known: Bytes) -> Bytes:
        tests = [test for _, test in questions if isinstance(test, Test)]
        answers = column.answers(tests, None) if tests else np.zeros(column.rows, dtype=np.uint8)
        if column.array.null_count:
            answers = answers * known
        if len(tests) == len(questions):
            return answers
        return (answers << np.uint8(1)) | known

    def count(self, wanted: Sequence[tuple[int, Words]]) -> list[Words]:
        """Of which claims it holds for at least so many relatives."""
        return [self._count(least, plane & self.there) for least, plane in wanted]

    def _count(self, least: int, plane: Words) -> Words:
        if least == 1:
            once: Words = np.bitwise_or.reduce(plane, axis=0)
            return once
        reached = np.zeros((least + 1, plane.shape[1]), dtype=np.uint64)
        reached[0] = ~reached[0]
        for one in plane:
            for number in range(least, 0, -1):
                reached[number] |= reached[number - 1] & one
        found: Words = reached[least]
        return found
