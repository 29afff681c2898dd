"""Circuits: what is read off a table, joined by *and*, *or* and *not*, every part made once.

A circuit has no unknowns: what is not known has become two plain questions, *is it known* and *is it known to be
so*. Hence any engine that can join bits reads it alike: NumPy (``planes``) and SQL (``sql``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from safethird.readings.cells import CLAIMED, Earlier, Test

Op = Literal["const", "true", "known", "earlier", "unlisted", "not", "and", "or", "count"]
Content = Test | str | Earlier | int | None


class Node:
    """One part of a circuit. ``of_relative``: it has a value for each relative, not only for each claim."""

    __slots__ = ("content", "number", "of_relative", "op", "parts")

    def __init__(self, number: int, op: Op, parts: tuple[Node, ...], content: Content, of_relative: bool) -> None:
        self.number = number
        self.op = op
        self.parts = parts
        self.content = content
        self.of_relative = of_relative

    def __repr__(self) -> str:
        inside = ", ".join(map(repr, self.parts))
        return f"{self.op}({self.content if self.content is not None else ''}{inside})"


class Circuit:
    """Makes nodes, each only once, and simpler where that can be seen at once."""

    def __init__(self) -> None:
        self._made: dict[tuple[object, ...], Node] = {}
        self.always = self._make("const", (), 1)
        self.never = self._make("const", (), 0)
        self.unlisted = self._make("unlisted", ())

    def _make(self, op: Op, parts: tuple[Node, ...], content: Content = None) -> Node:
        key = (op, content, *(part.number for part in parts))
        node = self._made.get(key)
        if node is None:
            own = content.of_relative if isinstance(content, Test) else str(content).startswith("relative.")
            inside = op != "count" and any(part.of_relative for part in parts)
            node = self._made[key] = Node(len(self._made), op, parts, content, own or inside)
        return node

    def true(self, test: Test) -> Node:
        """That a cell is known, and its test holds."""
        return self._make("true", (), test)

    def known(self, fact: str) -> Node:
        """That a cell is known; the day of the claim always is."""
        return self.always if fact == CLAIMED else self._make("known", (), fact)

    def earlier(self, test: Earlier) -> Node:
        """That one bound comes before another."""
        low, high = test.low, test.high
        if low.base == high.base and low.base != "years":
            return self.always if low.number < high.number else self.never
        return self._make("earlier", (), test)

    def negate(self, part: Node) -> Node:
        """That a part does not hold."""
        if part.op == "const":
            return self.never if part is self.always else self.always
        return part.parts[0] if part.op == "not" else self._make("not", (part,))

    def all(self, parts: Iterable[Node]) -> Node:
        """That every part holds."""
        return self._join("and", parts, self.always, self.never)

    def any(self, parts: Iterable[Node]) -> Node:
        """That at least one part holds."""
        return self._join("or", parts, self.never, self.always)

    def both(self, one: Node, other: Node) -> Node:
        """That two parts hold, the one kept whole because others share it."""
        if self.never in (one, other):
            return self.never
        if one is self.always or one is other:
            return other
        return one if other is self.always else self._make("and", (one, other))

    def _join(self, op: Literal["and", "or"], parts: Iterable[Node], idle: Node, decisive: Node) -> Node:
        flat: dict[int, Node] = {}
        for part in parts:
            for inner in part.parts if part.op == op else (part,):
                if inner is decisive:
                    return decisive
                if inner is not idle:
                    flat[inner.number] = inner
        if any(part.op == "not" and part.parts[0].number in flat for part in flat.values()):
            return decisive
        other = "or" if op == "and" else "and"
        kept = [
            part
            for part in flat.values()
            # a and (a or b) is a; a or (a and b) is a
            if not (part.op == other and any(inner.number in flat for inner in part.parts))
        ]
        if len(kept) < 2:
            return kept[0] if kept else idle
        return self._make(op, tuple(sorted(kept, key=lambda node: node.number)))

    def count(self, least: int, part: Node) -> Node:
        """That the part holds of at least so many relatives listed."""
        return part if part is self.never else self._make("count", (part,), least)

    def of_nobody(self, part: Node, memo: dict[int, Node] | None = None) -> Node:
        """A part that has a value for each relative, read of one of whom nothing is known."""
        memo = {} if memo is None else memo
        if part.number not in memo:
            memo[part.number] = self._of_nobody(part, memo)
        return memo[part.number]

    def _of_nobody(self, part: Node, memo: dict[int, Node]) -> Node:
        if not part.of_relative:
            return part
        match part.op:
            case "and":
                return self.all(self.of_nobody(inner, memo) for inner in part.parts)
            case "or":
                return self.any(self.of_nobody(inner, memo) for inner in part.parts)
            case "not":
                return self.negate(self.of_nobody(part.parts[0], memo))
            case _:
                return self.never

    def given(self, fixed: Mapping[str, bool | None]) -> Callable[[Node], Node]:
        """A function that reads nodes with some facts known to be so or not so, or (None) not known at all."""
        memo: dict[int, Node] = {}

        def inside(node: Node) -> Node:
            if node.number not in memo:
                memo[node.number] = change(node)
            return memo[node.number]

        def change(node: Node) -> Node:
            match node.op:
                case "and":
                    return self.all(map(inside, node.parts))
                case "or":
                    return self.any(map(inside, node.parts))
                case "not":
                    return self.negate(inside(node.parts[0]))
                case "count":
                    assert isinstance(node.content, int)
                    return self.count(node.content, inside(node.parts[0]))
                case _:
                    fact = node.content.fact if isinstance(node.content, Test) else node.content
                    if not isinstance(fact, str) or fact not in fixed:
                        return node
                    held = fixed[fact]
                    so = held is not None if node.op == "known" else held is True
                    return self.always if so else self.never

        return inside


def in_order(roots: Iterable[Node]) -> Iterator[Node]:
    """Every node that the roots need, parts first."""
    seen: set[int] = set()
    for root in roots:
        stack: list[tuple[Node, bool]] = [(root, False)]
        while stack:
            node, ready = stack.pop()
            if ready:
                yield node
            elif node.number not in seen:
                seen.add(node.number)
                stack.append((node, True))
                stack.extend((part, False) for part in node.parts)
