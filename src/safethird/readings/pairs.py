"""A circuit as steps that join two planes each, where what several nodes join in common is joined once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heappush
from itertools import combinations

from safethird.readings.circuit import Content, Node


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what is done (a node's ``op``, or ``spread`` from claims to relatives), to which numbers."""

    number: int
    op: str
    parts: tuple[int, ...]
    of_relative: bool
    content: Content = None
    node: Node | None = None


def paired(nodes: Sequence[Node]) -> list[Step]:
    """The steps for some nodes, given parts first; numbers past the highest node's are made up.

    >>> from safethird.readings.circuit import Circuit, in_order
    >>> circuit = Circuit()
    >>> a, b, c, d = map(circuit.known, ("age", "entry", "forum", "married"))
    >>> roots = [circuit.all((a, b, c)), circuit.all((a, b, d))]
    >>> [step.op for step in paired(list(in_order(roots)))].count("and")
    3
    """
    return _Pairing(nodes).steps()


class _Pairing:
    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self.next = max((node.number for node in nodes), default=0) + 1
        self.of_relative = {node.number: node.of_relative for node in nodes}
        self.spread: dict[int, int] = {}
        self.made: dict[int, Step] = {}
        self.joins: dict[str, dict[int, set[int]]] = {"and": {}, "or": {}}
        for node in nodes:
            if node.op in self.joins:
                self.joins[node.op][node.number] = {self._as(part, node.of_relative) for part in node.parts}

    def _as(self, part: Node, of_relative: bool) -> int:
        if part.of_relative or not of_relative:
            return part.number
        if part.number not in self.spread:
            self.spread[part.number] = self._new("spread", (part.number,), True)
        return self.spread[part.number]

    def _new(self, op: str, parts: tuple[int, ...], of_relative: bool) -> int:
        number, self.next = self.next, self.next + 1
        self.made[number] = Step(number, op, parts, of_relative)
        self.of_relative[number] = of_relative
        return number

    def steps(self) -> list[Step]:
        for op, joins in self.joins.items():
            self._share(op, joins)
        return list(self._in_order())

    def _share(self, op: str, joins: dict[int, set[int]]) -> None:
        """Join first what most nodes join, until no two nodes have two parts in common."""
        counted: Counter[tuple[int, int]] = Counter()
        holders: dict[int, set[int]] = {}
        for number, parts in joins.items():
            counted.update(combinations(sorted(parts), 2))
            for part in parts:
                holders.setdefault(part, set()).add(number)
        # A pair that one node alone joins never comes up again.
        pairs = {pair: times for pair, times in counted.items() if times > 1}
        heap = [(-times, pair) for pair, times in pairs.items()]
        heapify(heap)
        while heap:
            times, pair = heappop(heap)
            now = pairs.get(pair, 0)
            if -times != now:
                if now > 1:
                    heappush(heap, (-now, pair))
                continue
            one, other = pair
            joined = self._new(op, pair, self.of_relative[one] or self.of_relative[other])
            both = holders[one] & holders[other]
            beside: Counter[int] = Counter()
            for number in both:
                parts = joins[number]
                for gone in pair:
                    parts.discard(gone)
                    holders[gone].discard(number)
                beside.update(parts)
                for part in parts:
                    for gone in pair:
                        key = (part, gone) if part < gone else (gone, part)
                        if key in pairs:
                            pairs[key] -= 1
                parts.add(joined)
            holders[joined] = both
            del pairs[pair]
            for part, often in beside.items():
                if often > 1:
                    pairs[part, joined] = often
                    heappush(heap, (-often, (part, joined)))

    def _in_order(self) -> list[Step]:
        found: list[Step] = []
        done: set[int] = set()
        by_number = {node.number: node for node in self.nodes}

        def put(number: int) -> None:
            stack = [number]
            while stack:
                top = stack[-1]
                waiting = [part for part in self._parts(top, by_number) if part not in done]
                if waiting:
                    stack.extend(waiting)
                    continue
                stack.pop()
                if top not in done:
                    done.add(top)
                    found.extend(self._steps_of(top, by_number))

        for node in self.nodes:
            put(node.number)
        return found

    def _parts(self, number: int, by_number: dict[int, Node]) -> tuple[int, ...]:
        if number in self.made:
            return self.made[number].parts
        node = by_number[number]
        if node.op in self.joins:
            return tuple(self.joins[node.op][number])
        return tuple(part.number for part in node.parts)

    def _steps_of(self, number: int, by_number: dict[int, Node]) -> list[Step]:
        if number in self.made:
            return [self.made[number]]
        node = by_number[number]
        if node.op not in self.joins:
            parts = tuple(part.number for part in node.parts)
            return [Step(number, node.op, parts, node.of_relative, node.content, node)]
        first, *rest = sorted(self.joins[node.op][number])
        if not rest:  # another node joins just the same
            return [Step(number, node.op, (first, first), node.of_relative)]
        steps = []
        for part in rest[:-1]:
            joined, self.next = self.next, self.next + 1
            steps.append(Step(joined, node.op, (first, part), node.of_relative))
            first = joined
        return [*steps, Step(number, node.op, (first, rest[-1]), node.of_relative)]
