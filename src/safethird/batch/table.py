"""The cells of one record batch, as a law's programs read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.members import Members
from safethird.batch.packing import Claimed, Column
from safethird.batch.planed import packed
from safethird.batch.schema import COMPLETE
from safethird.readings.cells import CLAIMED, Bound, Earlier, Test
from safethird.readings.circuit import Node
from safethird.readings.planes import Words


class Packed:
    """One record batch as planes, each packed when first asked for; ``fixed`` has for some facts what they are.

    ``fixed`` gives two planes a fact: where it is known, and where it is known to be so.
    """

    def __init__(
        self,
        batch: pa.RecordBatch,
        claimed: npt.NDArray[np.int32],
        fixed: Mapping[str, tuple[Words, Words]],
    ) -> None:
        self.rows = batch.num_rows
        self.batch = batch
        self.fixed = fixed
        self.claimed = Claimed(claimed)
        self.words = (-(-self.rows // 64),)
        self._columns: dict[str, Column | None] = {}
        self._members: Members | None = None
        self._planes: dict[int, Words] = {}

    @property
    def members(self) -> Members:
        """The relatives."""
        if self._members is None:
            self._members = Members(self.batch)
        return self._members

    @property
    def words_of_relatives(self) -> tuple[int, ...]:
        """The shape of a plane of relatives."""
        return self.members.shape

    def plane(self, node: Node) -> Words:
        """The answers to one question."""
        if node.number not in self._planes:
            self._planes[node.number] = self.members.plane(node) if node.of_relative else self._plane(node)
        return self._planes[node.number]

    def _plane(self, node: Node) -> Words:
        content = node.content
        if node.op == "unlisted":
            complete = self._column(COMPLETE)
            none = np.zeros(self.words, dtype=np.uint64)
            return ~(none if complete is None else complete.true(Test(COMPLETE, "true"), self.claimed))
        if isinstance(content, Earlier):
            low, high = self.claimed.bound(content.low), self.claimed.bound(content.high)
            return packed(np.broadcast_to(np.less(low, high), (self.rows,)))
        fact = content.fact if isinstance(content, Test) else str(content)
        if fact in self.fixed:
            known, true = self.fixed[fact]
            return known if node.op == "known" else true
        if fact == CLAIMED and isinstance(content, Test):
            assert isinstance(content.right, Bound)
            return packed(self.claimed.days >= self.claimed.bound(content.right))
        column = self._column(fact)
        if column is None:
            return np.zeros(self.words, dtype=np.uint64)
        return column.true(content, self.claimed) if isinstance(content, Test) else column.known()

    def _column(self, fact: str) -> Column | None:
        if fact not in self._columns:
            there = fact in self.batch.schema.names
            self._columns[fact] = Column(self.batch.column(fact), fact) if there else None
        return self._columns[fact]

    def spread(self, plane: Words) -> Words:
        """A plane of claims as one of their relatives."""
        return self.members.spread(plane)

    def count(self, wanted: Sequence[tuple[int, Words]]) -> list[Words]:
        """For planes of relatives: of which claims it holds for at least so many relatives."""
        return self.members.count(wanted)
