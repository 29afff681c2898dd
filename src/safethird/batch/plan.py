"""A law ready to decide tables: its programs, and the answers they spell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.planed import Bytes, packed, unpacked
from safethird.batch.table import Packed
from safethird.batch.verdicts import Verdict, conduct_matters, several, verdict
from safethird.law.facts import ADVERSE, declared
from safethird.law.pact import Law
from safethird.readings.cells import Test
from safethird.readings.circuit import Node, in_order
from safethird.readings.compiled import Compiled, Result, compiled
from safethird.readings.planes import Program, Words

Days = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
MOST_WAYS = 1 << 18


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
    for digit, plane in enumerate(planes):
        number |= unpacked(plane, rows) << np.uint8(digit)
    return number


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
        self._programs: dict[tuple[str, ...], Program] = {}

    def program(self, *names: str) -> Program:
        """The program for some parts of the answer, made when first needed."""
        if names not in self._programs:
            self._programs[names] = Program([node for name in names for node in self.nodes(name)])
        return self._programs[names]

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

    @cached_property
    def tests(self) -> dict[str, list[Test]]:
        """Every test that the law puts to a column."""
        everything = [f"{name} {which}" for name in ("settled", "established", "hangs") for which in self.results]
        everything += ["grounds", "exceptions"]
        found: dict[str, dict[Test, None]] = {}
        for node in in_order([node for name in everything for node in self.nodes(name)]):
            if node.op == "true" and isinstance(node.content, Test):
                found.setdefault(node.content.fact, {})[node.content] = None
        return {fact: list(tests) for fact, tests in found.items()}

    def cells(
        self, batch: pa.RecordBatch, claimed: Days, fixed: Mapping[str, tuple[Words, Words]] | None = None
    ) -> Packed:
        """A batch, read by the tests of this law."""
        return Packed(batch, self.tests, claimed, fixed or {})

    def doubts(self, batch: pa.RecordBatch, claimed: Days, doubted: Mapping[str, Flags]) -> dict[str, Flags]:
        """Of rows taken for open, those in which under some position on the engaged points a fact decides too.

        ``doubted`` has the rows by question: ``possible NAME`` (the settled standing), ``conduct NAME`` (the other).
        """
        found = {question: np.zeros(batch.num_rows, dtype=bool) for question in doubted}
        places = np.flatnonzero(np.logical_or.reduce(list(doubted.values())))
        if not len(places) or not self.points:
            return found
        some = batch.take(pa.array(places))
        engaged = self._engaged(some, claimed[places])
        many = engaged.sum(axis=0)
        some_way = np.flatnonzero(many > 1)  # where one point alone is engaged, both positions have been tried
        for chunk in _chunks(some_way, many):
            rows = np.repeat(chunk, 1 << many[chunk])
            cells = self.cells(some.take(pa.array(rows)), claimed[places[rows]], self._ways(engaged[:, chunk]))
            starts = np.cumsum(1 << many[chunk]) - (1 << many[chunk])
            for question, plane in zip(doubted, self.program(*doubted).run(cells), strict=True):
                answers = np.logical_or.reduceat(unpacked(plane, len(rows)), starts)
                found[question][places[chunk]] = answers.astype(bool)
        return {question: found[question] & doubted[question] for question in doubted}

    def _engaged(self, batch: pa.RecordBatch, claimed: Days) -> Flags:
        """For each unsettled point, the rows in which a result hangs on it."""
        engaged = np.zeros((len(self.points), batch.num_rows), dtype=bool)
        names = [f"engaged {name}" for name in self.results]
        planes = iter(self.program(*names).run(self.cells(batch, claimed)))
        for result, _ in self.results.values():
            for place, point in enumerate(self.points):
                if point in result.hangs:
                    engaged[place] |= unpacked(next(planes), batch.num_rows).astype(bool)
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


def _chunks(rows: npt.NDArray[np.int64], many: npt.NDArray[np.int64]) -> Iterator[npt.NDArray[np.int64]]:
    """Rows, so many at a time that all their ways together are not too many."""
    total = np.cumsum(1 << many[rows])
    for number in range(int(total[-1] - 1) // MOST_WAYS + 1 if len(rows) else 0):
        chunk = rows[(total - 1) // MOST_WAYS == number]
        if len(chunk):
            yield chunk
