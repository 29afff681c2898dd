"""True, false, or not yet known: three-valued evaluation of one sentence over one case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import assert_never

from safethird.cases.case import Case
from safethird.cases.values import Interval, Value, When, years_passed
from safethird.expr import And, Cite, Compare, Constant, Expr, Fact, Not, Or, Relation, Some, Span
from safethird.law.pact import Law

Leaf = tuple[int, str]
CLAIMANT = -1
_NOTHING: Mapping[str, Value] = {}


class Kleene:
    """Evaluates sentences of one law over one case, remembering what it has worked out.

    ``member`` is the number of a relative; one beyond the list stands for a relative not listed.
    """

    __slots__ = ("_memo", "case", "law")

    def __init__(self, law: Law, case: Case) -> None:
        self.law = law
        self.case = case
        # The sentence is kept beside its answer, so that no other can take its identity.
        self._memo: dict[tuple[int, int], tuple[Expr, bool | None]] = {}

    def decide(self, expr: Expr, member: int = CLAIMANT) -> bool | None:
        """True, False, or None while a fact that matters is missing."""
        # Patterns without sub-patterns: this is the innermost loop of everything.
        match expr:
            case Compare():
                value = self.value(expr.left, member)
                return None if value is None else compare(value, expr.relation, expr.right)
            case And():
                return self._joined(expr, expr.parts, member, False)
            case Or():
                return self._joined(expr, expr.parts, member, True)
            case Cite():
                return self.decide(self.law.cited(expr.label), member)
            case Not():
                answer = self.decide(expr.part, member)
                return None if answer is None else not answer
            case Fact():
                known = self.facts(expr, member).get(expr.name)
                return known if isinstance(known, bool) else None
            case Some():
                return self._some(expr, expr.where)
            case _:
                assert_never(expr)

    def facts(self, fact: Fact, member: int) -> Mapping[str, Value]:
        """Where a fact is looked up: in the case, or in one relative."""
        if not fact.name.startswith("relative."):
            return self.case.facts
        return self.case.relatives[member] if 0 <= member < len(self.case.relatives) else _NOTHING

    def value(self, node: Fact | Span, member: int) -> Value | None:
        """What is known of a fact, or of the time between two days."""
        if isinstance(node, Fact):
            return self.facts(node, member).get(node.name)
        start, end = self.case.facts.get(node.start.name), self.case.facts.get(node.end.name)
        return span(start, end, node.unit) if isinstance(start, When) and isinstance(end, When) else None

    def _joined(self, expr: Expr, parts: tuple[Expr, ...], member: int, decisive: bool) -> bool | None:
        key = (id(expr), member)
        known = self._memo.get(key)
        if known is not None:
            return known[1]
        result: bool | None = not decisive
        for part in parts:
            answer = self.decide(part, member)
            if answer is decisive:
                result = decisive
                break
            if answer is None:
                result = None
        self._memo[key] = (expr, result)
        return result

    def _some(self, expr: Expr, where: Expr) -> bool | None:
        key = (id(expr), CLAIMANT)
        known = self._memo.get(key)
        if known is not None:
            return known[1]
        result = False if self.case.complete else None
        for member in range(len(self.case.relatives)):
            answer = self.decide(where, member)
            if answer:
                result = True
                break
            if answer is None:
                result = None
        self._memo[key] = (expr, result)
        return result


def span(start: When, end: When, unit: str) -> Interval:
    """Days or exceeded years between two days, as an interval where a day is not exact."""
    if unit == "days":
        return Interval((end.first - start.last).days, (end.last - start.first).days)
    return Interval(years_passed(start.last, end.first), years_passed(start.first, end.last))


def compare(value: Value, relation: Relation, constant: Constant) -> bool | None:
    """Hold a value against a constant; None where its bounds allow both answers."""
    if relation == "in":
        return value in constant if isinstance(constant, tuple) else None
    if relation == "has":
        return isinstance(value, frozenset) and isinstance(constant, tuple) and not value.isdisjoint(constant)
    below = _below(value, constant)
    return below if relation == "<" or below is None else not below


def _below(value: Value, constant: Constant) -> bool | None:
    low: object
    high: object
    match value:
        case Interval(low, high):
            pass
        case When() if isinstance(constant, datetime):
            low, high = value.earliest(), value.latest()
        case When():
            low, high = value.first, value.last
        case _:
            raise TypeError(f"{value!r} has no order; compare it with is_, one_of or has.")
    assert isinstance(constant, (int, date))
    if high < constant:  # type: ignore[operator]
        return True
    return False if low >= constant else None  # type: ignore[operator]
