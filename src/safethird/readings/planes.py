"""A law over a whole table: 64 claims to a machine word, NumPy alone.

Every question that a circuit puts to the table is a plane: one bit for each claim (or for each relative). A
:class:`Program` joins planes; where they come from is for the table to say (:class:`Cells`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from safethird.readings.circuit import Node, in_order
from safethird.readings.pairs import Step, paired

Words = npt.NDArray[np.uint64]
FULL = np.uint64(0xFFFFFFFFFFFFFFFF)
_JOIN: dict[str, Callable[..., Words]] = {"and": np.bitwise_and, "or": np.bitwise_or}


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
    """Nodes of a circuit as a list of operations on numbered planes, with room used again.

    >>> from safethird.readings.circuit import Circuit
    >>> circuit = Circuit()
    >>> Program([circuit.any((circuit.known("age"), circuit.known("entry")))]).steps
    1
    """

    def __init__(self, roots: Iterable[Node]) -> None:
        self.roots = [node.number for node in roots]
        steps = paired(list(in_order(roots)))
        self.steps = sum(step.op in ("and", "or", "not") for step in steps)
        self._phases = _phases(steps)
        self._place: dict[int, int] = {}
        self._own: dict[int, bool] = {}
        self._assign([step for phase in self._phases for step in phase])

    def _assign(self, steps: list[Step]) -> None:
        """A place for each plane; a place whose plane nobody needs any more is given to another of its kind."""
        source = {step.number: step.parts[0] for step in steps if step.op == "spread"}
        reads = {s.number: {*s.parts, *(source[part] for part in s.parts if part in source)} for s in steps}
        last = {part: step.number for step in steps for part in reads[step.number]}
        kept = set(self.roots)
        free: dict[bool, list[int]] = {False: [], True: []}
        size = 0
        for step in steps:
            owned = step.op in ("and", "or", "not")
            if owned and free[step.of_relative]:
                self._place[step.number] = free[step.of_relative].pop()
            else:
                self._place[step.number] = size
                if owned:
                    self._own[size] = step.of_relative
                size += 1
            for part in reads[step.number]:
                place = self._place[part]
                if last[part] == step.number and part not in kept and place in self._own:
                    free[self._own[place]].append(place)
        self._size = size

    def run(self, cells: Cells) -> list[Words]:
        """The planes of the roots, in their order."""
        room: list[Words] = [np.empty(0, np.uint64)] * self._size
        for place, of_relative in self._own.items():
            room[place] = np.empty(cells.words_of_relatives if of_relative else cells.words, dtype=np.uint64)
        at = self._place
        for phase in self._phases:
            counted = [step for step in phase if step.op == "count"]
            for step in phase:
                match step.op:
                    case "and" | "or":
                        one, other = step.parts
                        _JOIN[step.op](room[at[one]], room[at[other]], room[at[step.number]])
                    case "not":
                        np.bitwise_not(room[at[step.parts[0]]], room[at[step.number]])
                    case "spread":
                        room[at[step.number]] = cells.spread(room[at[step.parts[0]]])
                    case "const":
                        room[at[step.number]] = np.full(cells.words, FULL if step.content else 0, dtype=np.uint64)
                    case "count":
                        pass
                    case _:
                        assert step.node is not None
                        room[at[step.number]] = cells.plane(step.node)
            if counted:
                wanted = [(int(str(step.content)), room[at[step.parts[0]]]) for step in counted]
                for step, plane in zip(counted, cells.count(wanted), strict=True):
                    room[at[step.number]] = plane
        return [room[at[number]] for number in self.roots]


def _phases(steps: list[Step]) -> list[list[Step]]:
    """Steps in rounds: what is counted among relatives is counted together, at the end of a round."""
    rank: dict[int, int] = {}
    counts = {step.number for step in steps if step.op == "count"}
    for step in steps:
        rank[step.number] = max((rank[part] + (part in counts) for part in step.parts), default=0)
    rounds: list[list[Step]] = [[] for _ in range(max(rank.values(), default=0) + 1)]
    for step in steps:
        rounds[rank[step.number]].append(step)
    return [sorted(steps, key=lambda step: step.op == "count") for steps in rounds]
