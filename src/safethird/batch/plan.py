"""A law ready to decide tables: its programs, and the answers they spell."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from threading import Lock

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.planed import Bytes, packed, unpacked
from safethird.batch.table import Packed
from safethird.batch.verdicts import Verdict, conduct_matters, several, verdict
from safethird.law.facts import ADVERSE, declared
from safethird.law.pact import Law
from safethird.readings.circuit import Node
from safethird.readings.compiled import Compiled, Result, compiled
from safethird.readings.planes import Program, Words

Days = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]
MOST_WAYS = 1 << 18
BLOCK = 1 << 19
# Making a program adds to its circuit, which threads share.
_MAKING = Lock()


class Speller:
    """Some answers, of which each row gets one: their numbers in binary, a node for each digit."""

    def __init__(self, compiled: Compiled, answers: Mapping[str, Node]) -> None:
        self.words = tuple(answers)
        circuit = compiled.circuit
        self.digits = [
            circuit.any(node for place, node in enumerate(answers.values()) if place >> digit & 1)
            for digit in range((len(self.words) - 1).bit_length())
        ]


def spelled(planes: Sequence[Words], rows: int) -> Bytes:
    """The number that the digits spell in each row."""
    number = np.zeros(rows, dtype=np.uint8)
    for plane in reversed(planes):
        number += number
        number |= unpacked(plane, rows)
    return number


def blocks_of(rows: int) -> list[slice]:
    """Rows in blocks whose planes stay near the processor."""
    return [slice(start, min(start + BLOCK, rows)) for start in range(0, rows, BLOCK)]


class Plan:
    """One law, with the positions taken on unsettled points."""

    def __init__(self, law: Law, positions: Mapping[str, bool], ready: Compiled | None = None) -> None:
        ready = ready or compiled(law, positions)
        self._set(law, ready, {"stca": ready.stca, "outcome": ready.outcome}, ready.points)

    @classmethod
    def of_result(cls, law: Law, ready: Compiled, result: Result, points: tuple[str, ...]) -> Plan:
        """A plan for one more result, ``changed``, that has no established standing."""
        plan = cls.__new__(cls)
        plan._set(law, ready, {"changed": result}, points)
        return plan

    def _set(self, law: Law, ready: Compiled, results: Mapping[str, Result], points: tuple[str, ...]) -> None:
        self.law = law
        self.compiled = ready
        self.points = points
        self.results: dict[str, tuple[Result, Verdict]] = {
            name: (result, verdict(ready, result, points)) for name, result in results.items()
        }
        self.settled = {name: Speller(ready, v.settled) for name, (_, v) in self.results.items()}
        self.established = {name: Speller(ready, v.established) for name, (_, v) in self.results.items()}
        # Nobody knows the answer to an unsettled point, unless a position is taken.
        self.unknown = ready.circuit.given(dict.fromkeys(points, None))
        self._programs: dict[tuple[str, ...], tuple[Program, dict[str, int]]] = {}

    def run(self, cells: Packed, *names: str) -> dict[str, list[Words]]:
        """The planes of some parts of the answer; the program for them is made when first needed."""
        with _MAKING:
            if names not in self._programs:
                nodes = {name: self.nodes(name) for name in names}
                program = Program([node for some in nodes.values() for node in some])
                self._programs[names] = program, {name: len(some) for name, some in nodes.items()}
            program, sizes = self._programs[names]
        planes = iter(program.run(cells))
        return {name: list(islice(planes, size)) for name, size in sizes.items()}

    def nodes(self, name: str) -> list[Node]:
        """The nodes of one part of the answer."""
        part, _, which = name.partition(" ")
        match part:
            case "settled":
                return self.settled[which].digits
            case "established":
                return self.established[which].digits
            case "ambiguous":
                return [self.results[which][1].ambiguous]
            case "possible":
                return [several(self.compiled.circuit, self.results[which][0].possible.values())]
            case "engaged":
                hangs = self.results[which][0].hangs
                return [self.unknown(hangs[point]) for point in self.points if point in hangs]
            case "conduct":
                # The established standing follows a settled practice, whatever position is tried.
                usual = {point: None for point in self.points if declared[point].unshown != ADVERSE}
                return [self.compiled.circuit.given(usual)(conduct_matters(self.compiled, self.results[which][0]))]
            case "grounds" | "exceptions":
                return list(map(self.unknown, getattr(self.compiled, part).values()))
            case "hangs":
                return list(map(self.unknown, self.results[which][0].hangs.values()))
            case _:
                raise KeyError(name)

    def cells(
        self, batch: pa.RecordBatch, claimed: Days, fixed: Mapping[str, tuple[Words, Words]] | None = None
    ) -> Packed:
        """A batch as planes."""
        return Packed(batch, claimed, fixed or {})

    def blocks(self, batch: pa.RecordBatch, claimed: Days) -> list[Packed]:
        """A batch as planes, in blocks."""
        return [self.cells(batch.slice(b.start, b.stop - b.start), claimed[b]) for b in blocks_of(batch.num_rows)]

    def doubts(self, batch: pa.RecordBatch, claimed: Days, doubted: Mapping[str, Flags]) -> dict[str, Flags]:
        """Of rows taken for open, those in which under some position on the engaged points a fact decides too.

        ``doubted`` has the rows by question: ``possible NAME`` (the settled standing), ``conduct NAME`` (the other).
        """
        found = {question: np.zeros(batch.num_rows, dtype=bool) for question in doubted}
        places = np.flatnonzero(np.logical_or.reduce(list(doubted.values())))
        if not len(places) or not self.points:
            return found
        some, claimed = batch.take(pa.array(places)), claimed[places]
        engaged = self._engaged(some, claimed, {question.partition(" ")[2] for question in doubted})
        for question, rows in doubted.items():
            points = engaged[question.partition(" ")[2]]
            many = points.sum(axis=0)
            # Where one point alone is engaged, both positions have been tried.
            for chunk in _chunks(np.flatnonzero((many > 1) & rows[places]), many):
                found[question][places[chunk]] = self._any_way(question, some, claimed, points, chunk)
        return found

    def _any_way(self, question: str, some: pa.RecordBatch, claimed: Days, points: Flags, rows: Rows) -> Flags:
        """Whether the answer is yes for a row under some position on each of its points."""
        ways = 1 << points[:, rows].sum(axis=0)
        each = np.repeat(rows, ways)
        cells = self.cells(some.take(pa.array(each)), claimed[each], self._ways(points[:, rows]))
        (plane,) = self.run(cells, question)[question]
        return np.logical_or.reduceat(unpacked(plane, len(each)), np.cumsum(ways) - ways)

    def _engaged(self, batch: pa.RecordBatch, claimed: Days, results: Collection[str]) -> dict[str, Flags]:
        """By result, for each unsettled point, the rows in which the result hangs on it."""
        asked = {name: f"engaged {name}" for name in self.results if name in results}
        planes = self.run(self.cells(batch, claimed), *asked.values())
        engaged = {name: np.zeros((len(self.points), batch.num_rows), dtype=bool) for name in asked}
        for name, part in asked.items():
            places = [place for place, point in enumerate(self.points) if point in self.results[name][0].hangs]
            for place, plane in zip(places, planes[part], strict=True):
                engaged[name][place] = unpacked(plane, batch.num_rows)
        return engaged

    def _ways(self, engaged: Flags) -> dict[str, tuple[Words, Words]]:
        """Every way to take positions on the engaged points of each row, the others being left unknown."""
        sizes = 1 << engaged.sum(axis=0)
        number = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        place = np.maximum(np.cumsum(engaged, axis=0) - 1, 0)
        found: dict[str, tuple[Words, Words]] = {}
        for row, point in enumerate(self.points):
            known = np.repeat(engaged[row], sizes)
            held = (number >> np.repeat(place[row], sizes)) & 1
            found[point] = (packed(known), packed(known & (held == 1)))
        return found


def _chunks(rows: Rows, many: Rows) -> Iterator[Rows]:
    """Rows, so many at a time that all their ways together are not too many."""
    total = np.cumsum(1 << many[rows])
    for number in range(int(total[-1] - 1) // MOST_WAYS + 1 if len(rows) else 0):
        chunk = rows[(total - 1) // MOST_WAYS == number]
        if len(chunk):
            yield chunk
