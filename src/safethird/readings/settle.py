"""Is there a way to complete what is unknown so that given sentences come out as wanted?

Three-valued evaluation can leave a result open that every completion decides the same way. This search
settles it exactly: it builds a completion goal by goal, keeping for every unknown fact the values that
are still possible, and trying relatives that are not listed where the list is incomplete.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from safethird.cases.case import Case
from safethird.cases.values import Value
from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, Span
from safethird.law.pact import Law
from safethird.readings.kleene import CLAIMANT, Kleene, Leaf, compare, span
from safethird.readings.leaves import candidates

Goal = tuple[Expr, bool, int]
Goals = tuple[Goal, "Goals"] | None


@dataclass(frozen=True, slots=True)
class Completion:
    """Values for unknown facts, and relatives imagined beyond the list."""

    values: Mapping[Leaf, tuple[Value, ...]]
    imagined: int = 0
    denied: tuple[Expr, ...] = ()

    def apply(self, case: Case) -> Case:
        """The case with these values taken as known, leaving the rest unknown."""
        members: list[dict[str, Value]] = [dict(facts) for facts in case.relatives]
        members += [{} for _ in range(self.imagined)]
        facts = dict(case.facts)
        for (member, name), values in self.values.items():
            (facts if member == CLAIMANT else members[member])[name] = values[0]
        complete = case.complete or bool(self.denied)
        return replace(case, facts=facts, relatives=tuple(members), complete=complete)


class Search:
    """Finds completions of one case under one law."""

    def __init__(self, law: Law, case: Case, kleene: Kleene | None = None) -> None:
        self.kleene = kleene or Kleene(law, case)
        self.law = law
        self.case = case
        self._candidates: dict[Leaf, tuple[Value, ...]] = {}

    def find(self, *goals: tuple[Expr, bool]) -> Completion | None:
        """A completion under which every sentence comes out as wanted, or None if there is none."""
        chain: Goals = None
        for expr, target in reversed(goals):
            chain = ((expr, target, CLAIMANT), chain)
        return self._solve(chain, Completion({}))

    def _solve(self, goals: Goals, state: Completion) -> Completion | None:
        while goals is not None:
            (expr, target, member), goals = goals
            answer = self.kleene.decide(expr, member)
            if answer is not None:
                if answer is not target:
                    return None
                continue
            match expr:
                case Fact() | Compare():
                    narrowed = self._narrow(expr, target, member, state)
                    if narrowed is None:
                        return None
                    state = narrowed
                case Not(part):
                    goals = ((part, not target, member), goals)
                case Cite(label):
                    goals = ((self.law.cited(label), target, member), goals)
                case And(parts) | Or(parts):
                    ordered = sorted(parts, key=_effort)
                    if isinstance(expr, And) is target:
                        for part in reversed(ordered):
                            goals = ((part, target, member), goals)
                        continue
                    for part in ordered:
                        found = self._solve(((part, target, member), goals), state)
                        if found is not None:
                            return found
                    return None
                case Some(where):
                    if target:
                        return self._one_of_the_relatives(where, goals, state)
                    state = replace(state, denied=(*state.denied, where))
                    for number in range(len(self.case.relatives) + state.imagined):
                        goals = ((where, False, number), goals)
                case _:
                    assert_never(expr)
        return state

    def _one_of_the_relatives(self, where: Expr, goals: Goals, state: Completion) -> Completion | None:
        size = len(self.case.relatives)
        for number in range(size + (0 if self.case.complete else state.imagined)):
            found = self._solve(((where, True, number), goals), state)
            if found is not None:
                return found
        if self.case.complete:
            return None
        number = size + state.imagined
        for denied in state.denied:
            goals = ((denied, False, number), goals)
        return self._solve(((where, True, number), goals), replace(state, imagined=state.imagined + 1))

    def _narrow(self, atom: Fact | Compare, target: bool, member: int, state: Completion) -> Completion | None:
        fact, end = _subject(atom, self.case)
        leaf = (member if fact.of_relative else CLAIMANT, fact.name)
        values = state.values.get(leaf) or self._candidates.get(leaf)
        if values is None:
            values = candidates(self.law, self.case, fact, self.kleene.facts(fact, member))
            self._candidates[leaf] = values
        kept = tuple(value for value in values if _holds(atom, value, end) is target)
        return Completion({**state.values, leaf: kept}, state.imagined, state.denied) if kept else None


def _subject(atom: Fact | Compare, case: Case) -> tuple[Fact, Value | None]:
    if isinstance(atom, Fact):
        return atom, None
    if isinstance(atom.left, Span):
        return atom.left.start, case.facts.get(atom.left.end.name)
    return atom.left, None


def _holds(atom: Fact | Compare, value: Value, end: Value | None) -> bool | None:
    if isinstance(atom, Fact):
        return value is True
    if isinstance(atom.left, Span):
        return compare(span(value, end, atom.left.unit), atom.relation, atom.right)  # type: ignore[arg-type]
    return compare(value, atom.relation, atom.right)


def _effort(expr: Expr) -> int:
    match expr:
        case Fact() | Compare():
            return 0
        case Not(part):
            return _effort(part)
        case Cite():
            return 1
        case And() | Or():
            return 2
        case Some():
            return 3
        case _:
            assert_never(expr)
