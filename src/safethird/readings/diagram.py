"""A law over one case as a decision diagram: what can still matter, and the smallest sets that would change it.

Each unknown fact becomes a group of yes/no variables that picks one of the values the law tells apart,
so every assignment of the variables is a possible case.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, assert_never

from safethird.cases.case import Case
from safethird.cases.values import Value
from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, Span
from safethird.law.pact import Law
from safethird.readings.kleene import CLAIMANT, Kleene, Leaf, compare, span
from safethird.readings.leaves import candidates

Node = Any
Choice = tuple[Leaf, Value]
FURTHER = -2
# Each question put to a set ("holds one of these papers") is a leaf of its own: name/codes.
SET = "/"
_AT_MOST = 4
MOST_STEPS = 4_000


class TooMany(Exception):
    """There are more combinations than it is worth going through."""


class Diagram:
    """The unknown part of a law over one case."""

    def __init__(self, law: Law, case: Case) -> None:
        from dd import autoref

        self.kleene = Kleene(law, case)
        self.law = law
        self.case = case
        self.bdd = autoref.BDD()
        self.leaves: dict[Leaf, tuple[Value, ...]] = {}
        self.further: dict[int, Expr] = {}
        self._memo: dict[tuple[Expr, int], Node] = {}

    def of(self, expr: Expr, member: int = CLAIMANT) -> Node:
        """The diagram of a sentence."""
        key = (expr, member)
        if key not in self._memo:
            answer = self.kleene.decide(expr, member)
            known = self.bdd.true if answer else self.bdd.false
            self._memo[key] = known if answer is not None else self._build(expr, member)
        return self._memo[key]

    def _build(self, expr: Expr, member: int) -> Node:
        match expr:
            case Fact() | Compare():
                return self._atom(expr, member)
            case Not(part):
                return ~self.of(part, member)
            case And(parts):
                return self._fold("and", (self.of(part, member) for part in parts), self.bdd.true)
            case Or(parts):
                return self._fold("or", (self.of(part, member) for part in parts), self.bdd.false)
            case Cite(label):
                return self.of(self.law.cited(label), member)
            case Some(where):
                listed = [self.of(where, number) for number in range(len(self.case.relatives))]
                if not self.case.complete:
                    number = next((n for n, w in self.further.items() if w == where), len(self.further))
                    self.further[number] = where
                    leaf = (FURTHER, str(number))
                    self._group(leaf, (False, True))
                    listed.append(self.chosen(leaf, True))
                return self._fold("or", listed, self.bdd.false)
            case _:
                assert_never(expr)

    def _fold(self, op: Literal["and", "or"], nodes: Iterable[Node], start: Node) -> Node:
        result = start
        for node in nodes:
            result = self.bdd.apply(op, result, node)
        return result

    def _atom(self, atom: Fact | Compare, member: int) -> Node:
        fact = atom if isinstance(atom, Fact) else atom.left.start if isinstance(atom.left, Span) else atom.left
        leaf = (member if fact.of_relative else CLAIMANT, fact.name)
        if fact.kind == "codes" and isinstance(atom, Compare) and isinstance(atom.right, tuple):
            paper = (leaf[0], f"{fact.name}{SET}{'|'.join(atom.right)}")
            self._group(paper, (False, True))
            return self.chosen(paper, True)
        if leaf not in self.leaves:
            self._group(leaf, candidates(self.law, self.case, fact, self.kleene.facts(fact, member)))
        end = (
            self.case.facts.get(atom.left.end.name)
            if isinstance(atom, Compare) and isinstance(atom.left, Span)
            else None
        )
        held = [value for value in self.leaves[leaf] if _holds(atom, value, end)]
        return self._fold("or", (self.chosen(leaf, value) for value in held), self.bdd.false)

    def _group(self, leaf: Leaf, values: tuple[Value, ...]) -> None:
        if leaf not in self.leaves:
            self.leaves[leaf] = values
            self.bdd.declare(*self._variables(leaf))

    def _variables(self, leaf: Leaf) -> list[str]:
        return [f"{leaf[0]}|{leaf[1]}|{place}" for place in range(len(self.leaves[leaf]) - 1)]

    def chosen(self, leaf: Leaf, value: Value) -> Node:
        """That an unknown fact has this one of its values."""
        return self.bdd.cube(self._cube(leaf, value))

    def _cube(self, leaf: Leaf, value: Value) -> dict[str, bool]:
        place = self.leaves[leaf].index(value)
        names = self._variables(leaf)
        return {name: number == place for number, name in enumerate(names[: place + 1])}

    def given(self, node: Node, leaf: Leaf, value: Value) -> Node:
        """A diagram where an unknown fact has this value."""
        cube = self._cube(leaf, value)
        # Later variables of the group no longer matter once an earlier one is chosen.
        rest = {name: False for name in self._variables(leaf) if name not in cube}
        return self.bdd.let({**rest, **cube}, node)

    def whatever(self, node: Node, leaf: Leaf) -> Node:
        """What holds for every value of an unknown fact."""
        return self._fold("and", (self.given(node, leaf, value) for value in self.leaves[leaf]), self.bdd.true)

    def matters(self, node: Node, leaf: Leaf) -> bool:
        """Whether two values of an unknown fact can give different answers."""
        first, *others = (self.given(node, leaf, value) for value in self.leaves[leaf])
        return any(other != first for other in others)

    def smallest(self, node: Node, leaves: list[Leaf]) -> list[frozenset[Choice]]:
        """Every smallest choice of values for some of these facts that makes the sentence hold whatever else."""
        for leaf in self.leaves:
            if leaf not in leaves:
                node = self.whatever(node, leaf)
        memo: dict[tuple[int, int], set[frozenset[Choice]]] = {}
        self._steps = 0
        found = self._smallest(node, leaves, 0, memo)
        return sorted(_minimal(found), key=lambda choices: (len(choices), sorted(map(str, choices))))

    def _smallest(
        self, node: Node, leaves: list[Leaf], place: int, memo: dict[tuple[int, int], set[frozenset[Choice]]]
    ) -> set[frozenset[Choice]]:
        if node == self.bdd.false:
            return set()
        if node == self.bdd.true:
            return {frozenset()}
        key = (int(node), place)
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise TooMany
        if key not in memo:
            leaf = leaves[place]
            found = set(self._smallest(self.whatever(node, leaf), leaves, place + 1, memo))
            if frozenset() not in found:
                for value in self.leaves[leaf]:
                    rest = self._smallest(self.given(node, leaf, value), leaves, place + 1, memo)
                    found |= {choices | {(leaf, value)} for choices in rest if len(choices) < _AT_MOST}
            memo[key] = _minimal(found)
        return memo[key]


def fact_of(leaf: Leaf) -> str:
    """The name of the fact behind a leaf."""
    return leaf[1].split(SET)[0]


def _minimal(found: Iterable[frozenset[Choice]]) -> set[frozenset[Choice]]:
    kept: list[frozenset[Choice]] = []
    for choices in sorted(found, key=len):
        if not any(smaller <= choices for smaller in kept):
            kept.append(choices)
    return set(kept)


def _holds(atom: Fact | Compare, value: Value, end: Value | None) -> bool:
    if isinstance(atom, Fact):
        return value is True
    if isinstance(atom.left, Span):
        return compare(span(value, end, atom.left.unit), atom.relation, atom.right) is True  # type: ignore[arg-type]
    return compare(value, atom.relation, atom.right) is True
