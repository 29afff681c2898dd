"""What is said of a row, worked out of a compiled law: both standings of both results, as planes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from safethird.law.facts import ADVERSE, declared
from safethird.readings.circuit import Circuit, Node
from safethird.readings.compiled import Compiled, Result
from safethird.readings.decide import OPEN, UNDETERMINED


@dataclass(frozen=True)
class Verdict:
    """One result (the pact result, or the outcome): its answers, each with the node that says when it is given.

    They are exact, but for *open* where several unsettled points are engaged: whether a fact decides too is then still
    to be found out, trying every way to take positions. ``ambiguous``: more than one answer is possible.
    """

    settled: Mapping[str, Node]
    established: Mapping[str, Node]
    ambiguous: Node


def verdict(compiled: Compiled, result: Result, points: Sequence[str]) -> Verdict:
    """The circuits of one result, with the unsettled points that it can hang on."""
    circuit = compiled.circuit
    unknown = circuit.given(dict.fromkeys(points, None))
    possible = {code: unknown(node) for code, node in result.possible.items()}
    ambiguous = several(circuit, possible.values())
    undetermined = ambiguous
    if points:
        # Where at most one point is engaged, these two cover every position that can be taken.
        undetermined = circuit.any(
            several(circuit, map(circuit.given(dict.fromkeys(points, held)), result.possible.values()))
            for held in (False, True)
        )
    settled = {code: circuit.all((node, circuit.negate(ambiguous))) for code, node in possible.items()}
    settled[OPEN] = circuit.all((ambiguous, circuit.negate(undetermined)))
    settled[UNDETERMINED] = undetermined
    return Verdict(settled, _established(compiled, result, unknown) if result.worst else {}, ambiguous)


def _established(compiled: Compiled, result: Result, unknown: Callable[[Node], Node]) -> dict[str, Node]:
    circuit = compiled.circuit
    found: dict[str, Node] = {}
    before: list[Node] = []
    for code, (possible, _, whatever) in result.worst.items():
        found[code] = circuit.all((unknown(possible), unknown(whatever), *map(circuit.negate, before)))
        before.append(unknown(possible))
    none = circuit.negate(circuit.any(found.values()))
    matters = conduct_matters(compiled, result)
    points = [name for name in compiled.points if declared[name].unshown == ADVERSE]
    either = [circuit.given(dict.fromkeys(points, held))(matters) for held in (False, True)] if points else [matters]
    found[UNDETERMINED] = circuit.all((none, unknown(circuit.any(either))))
    found[OPEN] = circuit.all((none, circuit.negate(found[UNDETERMINED])))
    return found


def conduct_matters(compiled: Compiled, result: Result) -> Node:
    """That how or from where the person came is not known, and decides the established result."""
    circuit = compiled.circuit
    fixed: list[Node] = []
    before: list[Node] = []
    for possible, whatever, _ in result.worst.values():
        fixed.append(circuit.all((possible, whatever, *map(circuit.negate, before))))
        before.append(possible)
    return circuit.all((circuit.negate(compiled.conduct), circuit.negate(circuit.any(fixed))))


def several(circuit: Circuit, nodes: Iterable[Node]) -> Node:
    """That at least two of some nodes hold."""
    return circuit.any(circuit.all(pair) for pair in combinations(tuple(nodes), 2))
