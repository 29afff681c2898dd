"""A law over a whole table: 64 claims to a machine word, NumPy alone.

Every question that a circuit puts to the table is a plane: one bit for each claim (or for each relative). A
:class:`Program` joins planes; where they come from is for the table to say (:class:`Cells`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from safethird.readings.circuit import Node, in_order

Words = npt.NDArray[np.uint64]
_FULL = np.uint64(0xFFFFFFFFFFFFFFFF)


class Cells(Protocol):
    """A table, read by planes."""

    @property
    def words(self) -> tuple[int, ...]:
        """The shape of a plane of claims."""

    @property
    def words_of_relatives(self) -> tuple[int, ...]:
        """The shape of a plane of relatives."""

    def plane(self, node: Node) -> Words:
        """The answers to one question (``true``, ``known``, ``earlier`` or ``unlisted``)."""

    def spread(self, plane: Words) -> Words:
        """A plane of claims as one of their relatives."""

    def count(self, wanted: Sequence[tuple[int, Words]]) -> list[Words]:
        """For planes of relatives: of which claims it holds for at least so many relatives."""


class Program:
    """Nodes of a circuit, in an order in which they can be worked out, with room reused.

    >>> from safethird.readings.circuit import Circuit
    >>> circuit = Circuit()
    >>> Program([circuit.any((circuit.known("age"), circuit.known("entry")))]).steps
    1
    """

    def __init__(self, roots: Sequence[Node]) -> None:
        self.roots = tuple(roots)
        rank: dict[int, int] = {}
        nodes = list(in_order(roots))
        for node in nodes:
            rank[node.number] = max((rank[part.number] + (part.op == "count") for part in node.parts), default=0)
        self._phases: list[tuple[list[Node], list[Node]]] = [
            (
                [n for n in nodes if rank[n.number] == at and n.op != "count"],
                [n for n in nodes if rank[n.number] == at and n.op == "count"],
            )
            for at in range(max(rank.values(), default=0) + 1)
        ]
        self._last: dict[int, Node] = {}
        order = [node for phase in self._phases for part in phase for node in part]
        for node in order:
            for part in node.parts:
                self._last[part.number] = node
        self._kept = {node.number for node in roots}
        self.steps = sum(max(len(node.parts) - 1, 1) for node in nodes if node.parts)

    def run(self, cells: Cells) -> list[Words]:
        """The planes of the roots, in their order."""
        return _Run(self, cells).roots()

    def frees(self, node: Node) -> list[int]:
        """The parts that nobody needs once this node is worked out."""
        return [p.number for p in node.parts if self._last[p.number] is node and p.number not in self._kept]

    @property
    def phases(self) -> list[tuple[list[Node], list[Node]]]:
        """Nodes to join, and nodes to count, by turns."""
        return self._phases


class _Run:
    def __init__(self, program: Program, cells: Cells) -> None:
        self.program = program
        self.cells = cells
        self.planes: dict[int, Words] = {}
        self.spreads: dict[int, Words] = {}
        self.own: dict[int, bool] = {}
        self.free: dict[bool, list[Words]] = {False: [], True: []}

    def roots(self) -> list[Words]:
        for joined, counted in self.program.phases:
            for node in joined:
                self.planes[node.number] = self._joined(node)
                self._release(node)
            if counted:
                wanted = []
                for node in counted:
                    assert isinstance(node.content, int)
                    wanted.append((node.content, self._part(node.parts[0], True)))
                for node, plane in zip(counted, self.cells.count(wanted), strict=True):
                    self.planes[node.number] = plane
                    self._release(node)
        return [self.planes[node.number] for node in self.program.roots]

    def _joined(self, node: Node) -> Words:
        if node.op == "const":
            return np.full(self.cells.words, _FULL if node.content else 0, dtype=np.uint64)
        if not node.parts:
            return self.cells.plane(node)
        out = self._room(node)
        first, *rest = (self._part(part, node.of_relative) for part in node.parts)
        if node.op == "not":
            return np.bitwise_not(first, out=out)
        join = np.bitwise_and if node.op == "and" else np.bitwise_or
        join(first, rest[0], out=out)
        for plane in rest[1:]:
            join(out, plane, out=out)
        return out

    def _part(self, node: Node, of_relative: bool) -> Words:
        plane = self.planes[node.number]
        if not of_relative or node.of_relative:
            return plane
        if node.number not in self.spreads:
            self.spreads[node.number] = self.cells.spread(plane)
        return self.spreads[node.number]

    def _room(self, node: Node) -> Words:
        self.own[node.number] = node.of_relative
        free = self.free[node.of_relative]
        shape = self.cells.words_of_relatives if node.of_relative else self.cells.words
        return free.pop() if free else np.empty(shape, dtype=np.uint64)

    def _release(self, node: Node) -> None:
        for number in self.program.frees(node):
            plane = self.planes.pop(number, None)
            self.spreads.pop(number, None)
            if plane is not None and number in self.own:
                self.free[self.own[number]].append(plane)
