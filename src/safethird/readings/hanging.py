"""Which unknown facts an answer formally hangs on: the three-valued reading of a law, as circuits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from safethird.cases.burden import NOT_STATED
from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some
from safethird.law.pact import Law
from safethird.readings.cells import CLAIMED, test_of
from safethird.readings.circuit import Circuit, Node
from safethird.readings.decide import Results
from safethird.readings.exact import Cells

Pair = tuple[Node, Node]


def hanging(
    circuit: Circuit, cells: Cells, law: Law, results: Results, positions: Mapping[str, bool]
) -> dict[str, Node]:
    """By fact, when it is not known and what decides the results has not been decided without it."""
    reading = _Reading(circuit, cells, law, positions)
    for _, expr in results:
        reading.visit(expr, circuit.always)
    return {name: reading.of_claim(nodes) for name, nodes in reading.found.items()}


class _Reading:
    """Three-valued evaluation: for every sentence, when it must hold and when it may."""

    def __init__(self, circuit: Circuit, cells: Cells, law: Law, positions: Mapping[str, bool]) -> None:
        self.circuit = circuit
        self.cells = cells
        self.law = law
        self.positions = positions
        self.found: dict[str, list[Node]] = {}
        self._pairs: dict[int, tuple[Expr, Pair]] = {}
        self._visited: set[tuple[int, int]] = set()

    def pair(self, expr: Expr) -> Pair:
        """When a sentence must hold, and when it may."""
        if id(expr) not in self._pairs:
            self._pairs[id(expr)] = (expr, self._pair(expr))
        return self._pairs[id(expr)][1]

    def _pair(self, expr: Expr) -> Pair:
        circuit = self.circuit
        match expr:
            case Fact() | Compare():
                test, wanted = test_of(expr)
                if test.fact in NOT_STATED:
                    return self._fixed(not wanted)
                if test.fact in self.positions:
                    return self._fixed(self.positions[test.fact] is wanted)
                return self.cells.surely(test, wanted), self.cells.perhaps(test, wanted)
            case Not(part):
                must, may = self.pair(part)
                return circuit.negate(may), circuit.negate(must)
            case And(parts) | Or(parts):
                join = circuit.all if isinstance(expr, And) else circuit.any
                pairs = [self.pair(part) for part in parts]
                return join(must for must, _ in pairs), join(may for _, may in pairs)
            case Cite(label):
                return self.pair(self.law.cited(label))
            case Some(where):
                must, may = self.pair(where)
                return circuit.count(1, must), circuit.any((circuit.count(1, may), circuit.unlisted))
            case _:
                assert_never(expr)

    def _fixed(self, held: bool) -> Pair:
        node = self.circuit.always if held else self.circuit.never
        return node, node

    def visit(self, expr: Expr, reached: Node) -> None:
        """Note the facts on which a sentence hangs, where it is reached and not decided."""
        must, may = self.pair(expr)
        open_ = self.circuit.both(reached, self.circuit.all((may, self.circuit.negate(must))))
        if open_ is self.circuit.never or (id(expr), open_.number) in self._visited:
            return
        self._visited.add((id(expr), open_.number))
        match expr:
            case Fact() | Compare():
                test, _ = test_of(expr)
                if test.fact != CLAIMED:
                    self.found.setdefault(test.fact, []).append(open_)
            case Not(part):
                self.visit(part, open_)
            case And(parts) | Or(parts):
                for part in parts:
                    self.visit(part, open_)
            case Cite(label):
                self.visit(self.law.cited(label), open_)
            case Some(where):
                # A node of the claim among those of relatives is the same for each of them.
                self.visit(where, open_)
            case _:
                assert_never(expr)

    def of_claim(self, nodes: list[Node]) -> Node:
        """Whether it is so of the claimant, of a relative listed, or of one who is not."""
        circuit = self.circuit
        inside = circuit.any(node for node in nodes if node.of_relative)
        unlisted = circuit.all((circuit.unlisted, circuit.of_nobody(inside)))
        own = [node for node in nodes if not node.of_relative]
        return circuit.any((*own, circuit.count(1, inside), unlisted))
