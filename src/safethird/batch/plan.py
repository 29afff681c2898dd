"""A law ready to decide tables: its programs, and the answers they spell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.packing import Bytes, Packed, packed, unpacked
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
                return [conduct_matters(self.compiled, self.results[which][0])]
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

    def cells(self, batch: pa.RecordBatch, claimed: Days, fixed: Mapping[str, tuple[Words, Words]] | None = None) -> Packed:
        """A batch, read by the tests of this law."""
        return Packed(batch, self.tests, claimed, fixed or {})

    def doubts(self, name: str, batch: pa.RecordBatch, claimed: Days, rows: Flags, *, shown: bool = False) -> Flags:
        """Of rows taken for open, those in which under some position on the engaged points a fact decides too."""
        found = np.zeros(batch.num_rows, dtype=bool)
        result, _ = self.results[name]
        points = [point for point in self.points if point in result.hangs]
        places = np.flatnonzero(rows)
        if not len(places) or not points:
            return found
        some = batch.take(pa.array(places))
        planes = self.program(f"engaged {name}").run(self.cells(some, claimed[places]))
        engaged = np.array([unpacked(plane, len(places)) for plane in planes], dtype=bool)
        if shown:  # on the others a settled practice is followed
            engaged &= np.array([[declared[point].unshown == ADVERSE] for point in points])
        question = f"{'conduct' if shown else 'possible'} {name}"
        many = engaged.sum(axis=0)
        many[many < 2] = 0
        for size in np.unique(many[many > 0]):
            members = np.flatnonzero(many == size)
            for start in range(0, len(members), most := max(MOST_WAYS >> int(size), 1)):
                chunk = members[start : start + most]
                ways = self._ways(points, engaged[:, chunk], int(size))
                rows = np.repeat(chunk, 1 << int(size))
                cells = self.cells(some.take(pa.array(rows)), claimed[places[rows]], ways)
                answers = unpacked(self.program(question).run(cells)[0], len(rows))
                found[places[chunk]] = answers.reshape(len(chunk), -1).any(axis=1)
        return found

    def _ways(self, points: Sequence[str], engaged: Flags, size: int) -> dict[str, tuple[Words, Words]]:
        """Every way to take positions on the engaged points of each row, the others being left unknown."""
        number = np.tile(np.arange(1 << size), engaged.shape[1])
        place = np.cumsum(engaged, axis=0) - 1
        nobody = np.zeros(-(-len(number) // 64), dtype=np.uint64)
        found = dict.fromkeys(self.points, (nobody, nobody))
        for row, point in enumerate(points):
            known = np.repeat(engaged[row], 1 << size)
            held = number >> np.repeat(np.maximum(place[row], 0), 1 << size) & 1
            found[point] = (packed(known), packed(known & (held == 1)))
        return found
