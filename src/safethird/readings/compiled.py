"""A law compiled for tables: for every result, when it can be; for every provision, when it surely holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safethird.cases.burden import NOT_STATED, STANDS_IN
from safethird.cases.values import Value
from safethird.expr import Expr
from safethird.law.facts import ADVERSE, declared
from safethird.law.pact import Law, Role
from safethird.readings.cells import CLAIMED, Test, holds
from safethird.readings.circuit import Circuit, Node
from safethird.readings.decide import CONDUCT as CONDUCT_FACTS
from safethird.readings.decide import PRESUMED, PRESUMED_OF_RELATIVES, Results, goals
from safethird.readings.exact import Cells, Choice, Exact
from safethird.readings.hanging import hanging
from safethird.readings.normal import Form, Forms, Sentences

CONDUCT = tuple(fact.name for fact in CONDUCT_FACTS)


@dataclass(frozen=True)
class Result:
    """One question (the pact result, or the outcome) with every answer's circuits.

    ``possible``: by answer, when it can be, in the order of the law. ``worst``: by answer from the worst for the
    claimant, when it can be on what is shown; when, besides, it or a worse one can be for every conduct; and for every
    conduct and position.
    ``hangs``: by fact, when the answer formally hangs on it.
    """

    possible: Mapping[str, Node]
    worst: Mapping[str, tuple[Node, Node, Node]]
    hangs: Mapping[str, Node]


@dataclass(frozen=True)
class Compiled:
    """One law for tables. ``conduct``: that both how and from where the person came is known."""

    law: Law
    circuit: Circuit
    stca: Result
    outcome: Result
    grounds: Mapping[str, Node]
    exceptions: Mapping[str, Node]
    conduct: Node
    points: tuple[str, ...]


def compiled(law: Law, positions: Mapping[str, bool], forms: Forms | None = None) -> Compiled:
    """Compile a law; points on which a position is taken are settled. ``forms`` shares the circuit of another.

    Raises:
        LawError: the law asks something that no cell of a table can answer.
    """
    forms = forms or Forms(Circuit())
    circuit = forms.circuit
    settled = _Standing(law, forms, positions, shown=False)
    shown = _Standing(law, forms, positions, shown=True)
    pact = law.pact
    return Compiled(
        law,
        circuit,
        _result(settled, shown, pact.stca, pact.adverse_stca),
        _result(settled, shown, pact.outcome, pact.adverse_outcome),
        _sure(settled, law, "ground"),
        _sure(settled, law, "exception"),
        circuit.all(circuit.known(name) for name in CONDUCT),
        tuple(name for name in settled.points),
    )


class _Standing:
    """How one of the two standings reads the cells."""

    def __init__(self, law: Law, forms: Forms, positions: Mapping[str, bool], *, shown: bool) -> None:
        self.law = law
        self.forms = forms
        self.shown = shown
        self.positions = positions
        self.points: dict[str, None] = {}
        self.cells = Cells(forms.circuit, STANDS_IN if shown else {})
        self.exact = Exact(forms, self.cells, PRESUMED_OF_RELATIVES if shown else {})
        self.sentences = Sentences(forms, law, self._leaf)

    def _leaf(self, test: Test, wanted: bool) -> Form:
        fact, forms = test.fact, self.forms
        if fact == CLAIMED:
            return forms.read(self.cells.surely(test, wanted))
        if fact in self.positions:
            return forms.yes if self.positions[fact] is wanted else forms.no
        if fact in NOT_STATED:
            unproven = (
                forms.circuit.negate(forms.circuit.known(NOT_STATED[fact])) if self.shown else forms.circuit.never
            )
            return forms.read(unproven if wanted else forms.circuit.negate(unproven))
        if declared[fact].role == "point":
            self.points[fact] = None
        presumed = self._presumed(fact)
        if presumed is not None:
            choice = Choice({test: holds(test, presumed)}, forms.circuit.always)
            return self.exact.chosen(choice)(test, wanted)
        return forms.ask(test, wanted)

    def _presumed(self, fact: str) -> Value | None:
        if not self.shown or fact.startswith("relative."):
            return None
        if declared[fact].role == "point":
            usual = declared[fact].unshown
            return None if usual == ADVERSE else usual
        return PRESUMED.get(fact)

    def of(self, results: Results, code: str) -> Form:
        """The sentence that a result is this one."""
        return self.forms.all(self.sentences.of(expr, held) for expr, held in goals(results, code))


def _result(settled: _Standing, shown: _Standing, results: Results, order: tuple[str, ...]) -> Result:
    possible = {code: settled.exact.possible(settled.of(results, code)) for code, _ in results}
    conduct = frozenset(CONDUCT)
    varied = conduct | {name for name, d in declared.items() if d.role == "point" and d.unshown == ADVERSE}
    worst: dict[str, tuple[Node, Node, Node]] = {}
    so_far: list[Form] = []
    for code in order:
        form = shown.of(results, code)
        so_far.append(form)
        either = shown.forms.any(so_far)
        of_all = [shown.exact.whatever(either, facts) for facts in (conduct, varied)] if code != order[-1] else []
        always = shown.forms.circuit.always
        worst[code] = (shown.exact.possible(form), of_all[0], of_all[1]) if of_all else (always, always, always)
    circuit = settled.forms.circuit
    hangs = hanging(circuit, settled.cells, settled.law, results, settled.positions)
    return Result(possible, worst, hangs)


def differences(one: Law, other: Law, positions: Mapping[str, bool]) -> tuple[Compiled, Compiled, dict[str, Result]]:
    """Two laws compiled into one circuit, and for each result whether the two decide it differently.

    What is evaluated is the sentence that they differ, not two answers: so a fact that is not known and changes both
    answers alike leaves nothing open.
    """
    forms = Forms(Circuit())
    first, second = compiled(one, positions, forms), compiled(other, positions, forms)
    settled = [_Standing(law, forms, positions, shown=False) for law in (one, other)]
    found: dict[str, Result] = {}
    for name in ("stca", "outcome"):
        ours, theirs = getattr(one.pact, name), getattr(other.pact, name)
        pairs = {(a, b): (settled[0].of(ours, a), settled[1].of(theirs, b)) for a, _ in ours for b, _ in theirs}
        possible = {
            answer: forms.circuit.any(
                settled[0].exact.possible(forms.all(pair)) for (a, b), pair in pairs.items() if (a != b) is differs
            )
            for answer, differs in (("no", False), ("yes", True))
        }
        hangs = {
            fact: forms.circuit.any(
                c.hangs[fact] for c in (getattr(first, name), getattr(second, name)) if fact in c.hangs
            )
            for fact in {**getattr(first, name).hangs, **getattr(second, name).hangs}
        }
        found[name] = Result(possible, {}, hangs)
    return first, second, found


def _sure(standing: _Standing, law: Law, role: Role) -> dict[str, Node]:
    found: dict[str, Node] = {}
    for in_force in law.role(role):
        rule: Expr | None = in_force.provision.rule
        if rule is not None:
            denied = standing.exact.possible(standing.sentences.of(rule, False))
            found[in_force.provision.label] = standing.forms.circuit.negate(denied)
    return found
