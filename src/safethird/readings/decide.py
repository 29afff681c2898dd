"""Deciding a case: what is settled on what is known, and what is established on what is shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any, assert_never

from safethird.cases.case import Case
from safethird.cases.values import Value
from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, all_of, walk
from safethird.law.facts import ADVERSE, declared, journey
from safethird.law.pact import Law
from safethird.readings.kleene import CLAIMANT, Kleene
from safethird.readings.leaves import candidates
from safethird.readings.settle import Search

Results = tuple[tuple[str, Expr], ...]
Tree = tuple[Any, ...]
UNDETERMINED = "undetermined"
OPEN = "open"
CONDUCT = (journey.came_from, journey.entry)


@dataclass(frozen=True, slots=True)
class Standing:
    """The pact result and the overall outcome, in the shared vocabulary."""

    stca: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Decision:
    """Both standings, the unsettled points that matter, and the case as the burden of proof leaves it."""

    settled: Standing
    established: Standing
    points: tuple[str, ...]
    worst: Case


def decide(law: Law, case: Case, kleene: Kleene | None = None) -> Decision:
    """Decide a case under a law, exactly: *undetermined* means two completions give different answers.

    >>> from datetime import date
    >>> from safethird.cases.values import When
    >>> from safethird.law.canada import CANADA
    >>> flown_in = Case({"claim_date": When.day(date(2024, 8, 15)), "came_from": "USA", "entry": "airport"})
    >>> decide(CANADA.on(date(2024, 8, 15)), flown_in).settled.stca
    'undetermined'
    """
    kleene = kleene or Kleene(law, case)
    stca, outcome = (_plain(kleene, results) for results in (law.pact.stca, law.pact.outcome))
    if stca and outcome:
        return Decision(Standing(stca, outcome), Standing(stca, outcome), (), case)
    settled = Standing(
        stca or _settle(law, case, law.pact.stca, kleene),
        outcome or _settle(law, case, law.pact.outcome, kleene),
    )
    if not {settled.stca, settled.outcome} & {UNDETERMINED, OPEN}:
        # Nothing that could still be shown changes it, so nothing is left for a burden to fall on.
        return Decision(settled, settled, (), worst_for_claimant(law, presume(case))[1])
    established, points, worst = establish(law, case)
    return Decision(settled, established, points, worst)


def establish(law: Law, case: Case) -> tuple[Standing, tuple[str, ...], Case]:
    """The established standing, the unsettled points that matter to it, and the case completed that way.

    The burden of proof is about what can be shown. How and from where a person comes is what they did: where that is
    not known and, whatever position is taken on some point, the answer depends on it, the standing is undetermined.
    """
    shown = presume(case)
    ways = [(fact, candidates(law, case, fact, case.facts)) for fact in CONDUCT if fact.name not in shown.facts]
    names = [fact.name for fact, _ in ways]
    told = [shown.with_facts(dict(zip(names, values, strict=True))) for values in product(*(v for _, v in ways))]
    positions = _Positions(law, told)
    tree = positions.explore({})
    standing = Standing(_over(positions.by_practice, "stca"), _over(positions.by_practice, "outcome"))
    if UNDETERMINED in (standing.stca, standing.outcome):
        return standing, (), shown
    return standing, tuple(dict.fromkeys(_turning(tree))), worst_for_claimant(law, told[0])[1]


class _Positions:
    """Positions on unsettled points, tried one by one until each way of coming in has one answer whatever the rest.

    ``by_practice`` has those answers for the positions that no settled practice contradicts. Once both results are
    known to be undetermined, no more is tried.
    """

    def __init__(self, law: Law, told: Sequence[Case]) -> None:
        self.law = law
        self.told = told
        self.by_practice: list[tuple[Standing, ...]] = []

    def explore(self, taken: Mapping[str, bool], usual: bool = True) -> Tree:
        """The answers under some positions: one for each way, or the next point with what follows from either."""
        found = [worst_for_claimant(self.law, case.with_facts(taken)) for case in self.told]
        engaged = (name for _, worst in found for name in engaged_points(Kleene(self.law, worst)) if name not in taken)
        point = next(engaged, None)
        if point is None or self._decided():
            standings = tuple(standing for standing, _ in found)
            if usual:
                self.by_practice.append(standings)
            return standings
        practice = declared[point].unshown
        low, high = (
            self.explore({**taken, point: held}, usual and practice in (ADVERSE, held)) for held in (False, True)
        )
        return low if low == high else (point, low, high)

    def _decided(self) -> bool:
        return all(_over(self.by_practice, part) == UNDETERMINED for part in ("stca", "outcome"))


def _over(found: Sequence[tuple[Standing, ...]], part: str) -> str:
    """One code for all: undetermined where conduct decides under some position, open where only positions do."""
    by_position = [{getattr(standing, part) for standing in standings} for standings in found]
    if any(len(codes) > 1 for codes in by_position):
        return UNDETERMINED
    return _one(set().union(*by_position))


def _turning(tree: Tree) -> Iterator[str]:
    """The points on which a tree of answers turns."""
    if isinstance(tree[0], str):
        point, low, high = tree
        yield str(point)
        yield from _turning(low)
        yield from _turning(high)


def _plain(kleene: Kleene, results: Results) -> str | None:
    for code, expr in results:
        answer = kleene.decide(expr)
        if answer is None:
            return None
        if answer:
            return code
    return None


def possible(results: Results, search: Search) -> Iterator[str]:
    """The results that some completion of the case gives, one after the other."""
    before: tuple[tuple[Expr, bool], ...] = ()
    for code, expr in results:
        answer = search.kleene.decide(expr)
        if answer is not False and search.find(*before, (expr, True)) is not None:
            yield code
        if answer:
            return
        before = (*before, (expr, False))


def presume(case: Case) -> Case:
    """The case with the declared presumptions standing in for what nobody has shown."""
    return replace(
        case,
        facts={**PRESUMED, **case.presumed, **case.facts, **case.burden},
        relatives=tuple({**PRESUMED_OF_RELATIVES, **relative} for relative in case.relatives),
    )


def worst_for_claimant(law: Law, shown: Case) -> tuple[Standing, Case]:
    """The worst of each result that what is shown leaves possible, and the case completed that way.

    Each result is the worst by itself; the completion has the worst outcome, with the worst pact result where the two
    go together.
    """
    search = Search(law, shown)
    outcome, reached = _worst(search, law.pact.outcome, law.pact.adverse_outcome)
    stca, _ = _worst(search, law.pact.stca, law.pact.adverse_stca)
    found = search.find(*reached, *goals(law.pact.stca, stca)) or search.find(*reached)
    assert found is not None
    values = {leaf: v for leaf, v in found.values.items() if declared[leaf[1]].role != "point"}
    return Standing(stca, outcome), replace(found, values=values).apply(shown)


def _worst(search: Search, results: Results, order: tuple[str, ...]) -> tuple[str, list[tuple[Expr, bool]]]:
    for code in order:
        reached = goals(results, code)
        if search.find(*reached) is not None:
            return code, reached
    raise AssertionError("the results of a pact leave no completion without an answer")


def engaged_points(kleene: Kleene) -> tuple[str, ...]:
    """The unsettled points on which a result still formally hangs."""
    pact = kleene.law.pact
    seen: set[tuple[str, int]] = set()
    found = dict.fromkeys(
        fact.name
        for _, expr in (*pact.stca, *pact.outcome)
        for fact in unknown_facts(kleene, expr, CLAIMANT, seen, _speaks_of_points)
        if fact.kind == "point"
    )
    return tuple(found)


def _speaks_of_points(law: Law, label: str) -> bool:
    """Whether a cited provision mentions an unsettled point, itself or through what it cites."""
    key = (id(law.provisions), label)
    if key not in _mentions:
        nodes = list(walk(law.cited(label)))
        _mentions[key] = any(isinstance(node, Fact) and node.kind == "point" for node in nodes) or any(
            isinstance(node, Cite) and _speaks_of_points(law, node.label) for node in nodes
        )
    return _mentions[key]


_mentions: dict[tuple[int, str], bool] = {}


def _settle(law: Law, case: Case, results: Results, kleene: Kleene) -> str:
    codes = possible(results, Search(law, case, kleene))
    first = next(codes)
    if next(codes, None) is None:
        return first
    return UNDETERMINED if _undetermined(law, case, results) else OPEN


def _undetermined(law: Law, case: Case, results: Results) -> bool:
    """Whether two results are possible under some position on every point: then a fact decides too."""
    codes = possible(results, Search(law, case))
    next(codes)
    if next(codes, None) is None:
        return False
    points = engaged_points(Kleene(law, case))
    return not points or any(_undetermined(law, case.with_facts({points[0]: held}), results) for held in (False, True))


def _one(codes: set[str]) -> str:
    return next(iter(codes)) if len(codes) == 1 else OPEN


def sentence(results: Results, wanted: str) -> Expr:
    """The sentence that a result is the one: none before it holds, and it does."""
    return all_of(*(expr if held else ~expr for expr, held in goals(results, wanted)))


def goals(results: Results, wanted: str) -> list[tuple[Expr, bool]]:
    """What has to hold, or not, for a result to be the one: none before it holds, and it does."""
    before: list[tuple[Expr, bool]] = []
    for code, expr in results:
        if code == wanted:
            return [(expr, True), *before]
        before.append((expr, False))
    raise KeyError(wanted)


def unknown_facts(
    kleene: Kleene,
    expr: Expr,
    member: int,
    seen: set[tuple[str, int]],
    follow: Callable[[Law, str], bool] = lambda law, label: True,
) -> Iterator[Fact]:
    """The facts, not yet known, on which a sentence still formally hangs; ``follow`` picks the citations to enter."""
    if isinstance(expr, Cite) and ((expr.label, member) in seen or not follow(kleene.law, expr.label)):
        return
    if kleene.decide(expr, member) is not None:
        return
    match expr:
        case Fact():
            yield expr
        case Compare():
            yield from (node for node in walk(expr) if isinstance(node, Fact))
        case And(parts) | Or(parts):
            for part in parts:
                yield from unknown_facts(kleene, part, member, seen, follow)
        case Not(part):
            yield from unknown_facts(kleene, part, member, seen, follow)
        case Cite(label):
            seen.add((label, member))
            yield from unknown_facts(kleene, kleene.law.cited(label), member, seen, follow)
        case Some(where):
            for number in range(len(kleene.case.relatives) + (not kleene.case.complete)):
                yield from unknown_facts(kleene, where, number, seen, follow)
        case _:
            assert_never(expr)


def _presumed(of_relative: bool) -> dict[str, Value]:
    chosen: dict[str, Value] = {}
    for declaration in declared.values():
        value, fact = declaration.unshown, declaration.fact
        if value == ADVERSE or fact.kind == "point" or fact.of_relative is not of_relative:
            continue
        chosen[fact.name] = frozenset() if fact.kind == "codes" else value
    return chosen


PRESUMED = _presumed(False)
PRESUMED_OF_RELATIVES = _presumed(True)
