"""When can a sentence hold, whatever is not known? The exact answer, as a circuit.

Three-valued evaluation is exact where every fact counts in one direction only: then what is not known can be
taken in that direction. Here the facts that count in both are found when the law is compiled, and the sentence is
split over their values there and nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from safethird.cases.values import Interval, Value
from safethird.expr import Compare
from safethird.law.facts import declared
from safethird.readings.cells import Bound, Earlier, Test, holds
from safethird.readings.circuit import Circuit, Node
from safethird.readings.leaves import OLDEST, worded
from safethird.readings.normal import Form, Forms

Asked = frozenset[tuple[Test, bool]]
_TODAY = Bound("claim", 1)
_ALWAYS = Bound("day", -25567)  # 1900-01-01: nobody entered earlier


@dataclass(frozen=True, slots=True)
class Choice:
    """One way in which an unknown fact can matter: its answers, and when (for days) there is such a value."""

    answers: Mapping[Test, bool]
    when: Node

    def pleases(self, asked: Asked) -> Asked:
        """What is asked and gets the answer wanted."""
        return frozenset((test, wanted) for test, wanted in asked if self.answers[test] is wanted)


class Cells:
    """How the cells of a table answer: known to be so, or not known to be otherwise.

    ``stands_in`` names for a fact the other one that is presumed to be the same where only that is known.
    """

    def __init__(self, circuit: Circuit, stands_in: Mapping[str, str]) -> None:
        self.circuit = circuit
        self.stands_in = stands_in
        self._choices: dict[tuple[str, frozenset[Test]], tuple[Choice, ...]] = {}

    def known(self, fact: str) -> Node:
        """That the fact is known, or what stands in for it is."""
        other = self.stands_in.get(fact)
        own = self.circuit.known(fact)
        return own if other is None else self.circuit.any((own, self.circuit.known(other)))

    def true(self, test: Test) -> Node:
        """That the test is known to hold."""
        circuit, other = self.circuit, self.stands_in.get(test.fact)
        own = circuit.true(test)
        if other is None:
            return own
        theirs = circuit.true(Test(other, test.relation, test.right))
        return circuit.any((own, circuit.all((circuit.negate(circuit.known(test.fact)), theirs))))

    def surely(self, test: Test, wanted: bool) -> Node:
        """That the test is known to get the answer wanted."""
        true = self.true(test)
        return true if wanted else self.circuit.all((self.known(test.fact), self.circuit.negate(true)))

    def perhaps(self, test: Test, wanted: bool) -> Node:
        """That the test is not known to get the other answer."""
        return self.circuit.negate(self.surely(test, not wanted))

    def choices(self, fact: str, tests: frozenset[Test]) -> tuple[Choice, ...]:
        """Every way in which an unknown fact can answer some tests together."""
        key = (fact, tests)
        if key not in self._choices:
            ordered = sorted(tests, key=str)
            kind = declared[fact].fact.kind
            self._choices[key] = tuple(self._days(ordered) if kind == "day" else self._values(fact, ordered))
        return self._choices[key]

    def _values(self, fact: str, tests: list[Test]) -> Iterator[Choice]:
        node = declared[fact].fact
        values: Iterable[Value]
        match node.kind:
            case "bool" | "point":
                values = (False, True)
            case "number":
                bounds = {n for test in tests if isinstance(test.right, int) for n in (test.right - 1, test.right)}
                values = [Interval(n, n) for n in sorted(bounds | {0, OLDEST}) if 0 <= n <= OLDEST]
            case _:
                asked = [Compare(node, test.relation, test.right) for test in tests]  # type: ignore[arg-type]
                values = worded(node, asked)
        for answers in dict.fromkeys(tuple(holds(test, value) for test in tests) for value in values):
            yield Choice(dict(zip(tests, answers, strict=True)), self.circuit.always)

    def _days(self, tests: list[Test]) -> Iterator[Choice]:
        for answers in product((True, False), repeat=len(tests)):
            bounds = [(test.right, answer) for test, answer in zip(tests, answers, strict=True)]
            lows = [_ALWAYS, *(bound for bound, answer in bounds if answer and isinstance(bound, Bound))]
            highs = [_TODAY, *(bound for bound, answer in bounds if not answer and isinstance(bound, Bound))]
            when = self.circuit.all(self.circuit.earlier(Earlier(low, high)) for low in lows for high in highs)
            if when is not self.circuit.never:
                yield Choice(dict(zip(tests, answers, strict=True)), when)


class Exact:
    """Possibility, over one way of reading the cells; ``presumed`` fills unknown cells of relatives.

    ``inside``: the sentences are about one relative, and what they ask of it is open too.
    """

    def __init__(self, forms: Forms, cells: Cells, presumed: Mapping[str, Value], *, inside: bool = False) -> None:
        self.forms = forms
        self.circuit = forms.circuit
        self.cells = cells
        self.presumed = presumed
        self._possible: dict[int, Node] = {}
        self._inside = inside
        self._of_one = self.possible if inside else Exact(forms, cells, {}, inside=True).possible

    def chosen(self, choice: Choice) -> Callable[[Test, bool], Form]:
        """How a cell answers if, not being known, it is as chosen."""

        def answer(test: Test, wanted: bool) -> Form:
            pleased = choice.answers[test] is wanted
            return self.forms.read((self.cells.perhaps if pleased else self.cells.surely)(test, wanted))

        return answer

    def whatever(self, form: Form, facts: frozenset[str]) -> Node:
        """That for every value of some facts (where they are not known) the sentence can hold."""
        asks = {fact: asked for fact, asked in form.asks.items() if fact in facts}
        if not asks:
            return self.possible(form)
        worst: dict[str, Callable[[Test, bool], Form]] = {}
        for fact, asked in asks.items():
            adverse = next((c for c in self._of(fact, asked) if not c.pleases(asked)), None)
            if adverse is not None and adverse.when is self.circuit.always:
                worst[fact] = self.chosen(adverse)
        if worst:
            return self.whatever(self.forms.put(form, worst), facts)
        return self.circuit.all(
            self.circuit.any((self.circuit.negate(self.circuit.any(cases)), self.whatever(rest, facts)))
            for rest, cases in self._cases(form, asks)
        )

    def possible(self, form: Form) -> Node:
        """That some completion of what is not known makes the sentence hold."""
        if form.number not in self._possible:
            self._possible[form.number] = self._build(form)
        return self._possible[form.number]

    def _build(self, form: Form) -> Node:
        if form.shape == "read":
            assert form.node is not None
            return form.node
        if form.shape == "or":
            return self.circuit.any(self.possible(part) for part in form.parts)
        return self._together(form.parts if form.shape == "and" else (form,))

    def _together(self, parts: tuple[Form, ...]) -> Node:
        whole = self.forms.all(parts)
        asks = {fact: asked for fact, asked in whole.asks.items() if self._inside or not fact.startswith("relative.")}
        plain = {fact: self.chosen(c) for fact, asked in asks.items() if (c := self._pleasing(fact, asked)) is not None}
        if plain:
            return self.possible(self.forms.put(whole, plain))
        groups = _linked(parts, frozenset(asks))
        if len(groups) > 1:
            return self.circuit.all(self.possible(self.forms.all(group)) for group in groups)
        linking = {fact for fact in asks if sum(fact in part.asks for part in parts) > 1}
        if not linking:
            mixed = next((part for part in parts if part.shape == "or" and part.lists), None)
            if mixed is not None:
                return self._spread(mixed, [part for part in parts if part is not mixed])
        if asks:
            return self._split(whole, {fact: asks[fact] for fact in linking or asks})
        return self._of_relatives(parts)

    def _split(self, whole: Form, asks: Mapping[str, Asked]) -> Node:
        return self.circuit.any(
            self.circuit.all((self.circuit.any(cases), self.possible(rest))) for rest, cases in self._cases(whole, asks)
        )

    def _cases(self, whole: Form, asks: Mapping[str, Asked]) -> list[tuple[Form, list[Node]]]:
        """The sentence for every value of the fact of which most is asked, and when the fact can have that value."""
        fact = min(asks, key=lambda fact: (-len(asks[fact]), len(self._of(fact, asks[fact])), fact))
        ways: dict[int, tuple[Form, list[Node]]] = {}
        for choice in self._of(fact, asks[fact]):
            rest = self.forms.put(whole, {fact: self._fixed(choice)})
            ways.setdefault(rest.number, (rest, []))[1].append(self._can_be(choice))
        return list(ways.values())

    def _can_be(self, choice: Choice) -> Node:
        """That a cell is known to be as chosen, or is not known and can be."""
        fact = next(iter(choice.answers)).fact
        agrees = self.circuit.all(self.cells.perhaps(test, answer) for test, answer in choice.answers.items())
        return self.circuit.all((agrees, self.circuit.any((self.cells.known(fact), choice.when))))

    def _fixed(self, choice: Choice) -> Callable[[Test, bool], Form]:
        return lambda test, wanted: self.forms.yes if choice.answers[test] is wanted else self.forms.no

    def _of(self, fact: str, asked: Asked) -> tuple[Choice, ...]:
        return self.cells.choices(fact, frozenset(test for test, _ in asked))

    def _pleasing(self, fact: str, asked: Asked) -> Choice | None:
        """The value of a fact that gives every answer wanted, if there always is one."""
        choices = self._of(fact, asked)
        return next((c for c in choices if c.pleases(asked) == asked and c.when is self.circuit.always), None)

    def _spread(self, mixed: Form, others: list[Form]) -> Node:
        """*And* spread over the parts of an *or* that speak of relatives; the rest of its parts stay together."""
        plain = [part for part in mixed.parts if not part.lists]
        alternatives = [part for part in mixed.parts if part.lists]
        if plain:
            alternatives.append(self.forms.any(plain))
        return self.circuit.any(self.possible(self.forms.all((part, *others))) for part in alternatives)

    def _of_relatives(self, parts: tuple[Form, ...]) -> Node:
        """That there can be a relative for each *some*, while *every* holds of all of them."""
        circuit = self.circuit
        each = self.forms.all(part.parts[0] for part in parts if part.shape == "every")
        some = [part.parts[0] for part in parts if part.shape == "some"]
        spared = circuit.negate(circuit.count(1, circuit.negate(self._of_listed(each))))
        if not some:
            return spared
        ways = []
        for unlisted in _subsets(range(len(some))):
            imagined = [self._of_unlisted(self.forms.all((some[place], each))) for place in unlisted]
            listed = [place for place in range(len(some)) if place not in unlisted]
            for blocks in _partitions(listed):
                wanted = [
                    self._of_listed(self.forms.all((*(some[place] for place in block), each))) for block in blocks
                ]
                seated = [
                    circuit.count(len(chosen), circuit.any(wanted[place] for place in chosen))
                    for chosen in _subsets(range(len(wanted)))
                    if chosen
                ]
                ways.append(circuit.all((*imagined, *([circuit.unlisted] if imagined else []), *seated)))
        return circuit.all((spared, circuit.any(ways)))

    def _of_listed(self, where: Form) -> Node:
        presumed = {}
        for fact, asked in where.asks.items():
            if fact in self.presumed:
                value = self.presumed[fact]
                answers = {test: holds(test, value) for test, _ in asked}
                presumed[fact] = self.chosen(Choice(answers, self.circuit.always))
        return self._of_one(self.forms.put(where, presumed) if presumed else where)

    def _of_unlisted(self, where: Form) -> Node:
        return self.circuit.of_nobody(self._of_one(where))


def _linked(parts: tuple[Form, ...], facts: frozenset[str]) -> list[list[Form]]:
    """The parts, grouped by the facts (counting in both directions) and the lists of relatives that they share."""
    groups: list[tuple[set[object], list[Form]]] = []
    for part in parts:
        shared: set[object] = {fact for fact in part.asks if fact in facts} | (
            {"the relatives"} if part.lists else set()
        )
        members = [part]
        for group in [g for g in groups if not g[0].isdisjoint(shared)]:
            groups.remove(group)
            shared |= group[0]
            members = [*group[1], *members]
        groups.append((shared, members))
    return [members for _, members in groups]


def _subsets(places: Iterable[int]) -> Iterator[tuple[int, ...]]:
    listed = tuple(places)
    for size in range(len(listed) + 1):
        yield from combinations(listed, size)


def _partitions(places: list[int]) -> Iterator[list[tuple[int, ...]]]:
    """Every way to seat several wishes on different relatives, several on one included."""
    if not places:
        yield []
        return
    first, *rest = places
    for together in _subsets(rest):
        others = [place for place in rest if place not in together]
        for blocks in _partitions(others):
            yield [(first, *together), *blocks]
