"""One unknown case under two laws, in one decision diagram."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, Literal, assert_never

from safethird.cases.case import Case
from safethird.cases.journey import PORTS
from safethird.cases.values import Interval, Value, When
from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, Span
from safethird.law import mirror
from safethird.law.facts import declared, journey
from safethird.law.facts.domain import POSSIBLE, POSSIBLE_OF_RELATIVES
from safethird.law.pact import Law, LawError
from safethird.readings.kleene import compare, span
from safethird.readings.leaves import OTHER, atoms

Node = Any
Leaf = tuple[int, str]
Abstract = Value | timedelta
Choice = tuple[Leaf, Abstract]
CLAIMANT = -1
EXISTS = "exists"
MOST_NODES = 300_000
_DAY = timedelta(days=1)
# An unremarkable case: what is not said of a witness is this.
_BASE: dict[str, dict[str, Abstract]] = {
    "canada": {"came_from": "USA", "nationality": frozenset({OTHER}), "relative.location": "CAN"},
    "united_states": {"came_from": "CAN", "nationality": frozenset({OTHER}), "relative.location": "USA"},
}
_USUAL: dict[str, Abstract] = {
    "entry": "land_port",
    "age": Interval(30, 30),
    "relative.age": Interval(30, 30),
    "relative.proven": True,
    "relative.relation": "uncle",
    "relative.status": OTHER,
    "relative.claim_status": "none",
    "relative.able_to_care": True,
    "visa_required_canada": True,
    "visa_required_us": True,
    "determined_inadmissible": "none",
    "conviction": "none",
    "forum": "asylum_officer",
    "entry_date": timedelta(0),
    "first_entry_after_2020_06_24": timedelta(0),
    "habitual_residence": OTHER,
}


class Twin:
    """Two laws over the same unknown claimant and so many symbolic relatives."""

    def __init__(self, one: Law, other: Law, relatives: int) -> None:
        from dd import autoref

        self.laws = (one, other)
        self.mirrored = one.pact.side != other.pact.side
        self.relatives = relatives
        self.bdd = autoref.BDD()
        self.leaves: dict[Leaf, tuple[Abstract, ...]] = {}
        self._memo: dict[tuple[int, int, int], tuple[Expr, Node]] = {}
        self._held: dict[tuple[int, Fact | Compare, Leaf], Node] = {}
        self._some: dict[tuple[int, str], Expr] = {}
        self._claimed = tuple(_plain(law.day) for law in self.laws)

    # --- diagrams ---

    def both(self, first: Expr, second: Expr) -> Node:
        """The cases in which the one law says the first, and the other the second."""
        return self.bdd.apply("and", self.of(0, first), self.of(1, second))

    def of(self, law: int, expr: Expr, member: int = CLAIMANT) -> Node:
        """The diagram of a sentence under one of the laws."""
        key = (law, id(expr), member)
        if key not in self._memo:
            self._memo[key] = (expr, self._build(law, expr, member))
        return self._memo[key][1]

    def _build(self, law: int, expr: Expr, member: int) -> Node:
        match expr:
            case Fact() | Compare():
                return self._atom(law, expr, member)
            case Not(part):
                return ~self.of(law, part, member)
            case And(parts):
                return self._fold("and", (self.of(law, part, member) for part in parts))
            case Or(parts):
                return self._fold("or", (self.of(law, part, member) for part in parts))
            case Cite(label):
                return self.of(law, self.laws[law].cited(label), member)
            case Some(where):
                if not self.relatives:
                    return self._free(law, where)
                return self._fold("or", (self._relative(law, where, number) for number in range(self.relatives)))
            case _:
                assert_never(expr)

    def _relative(self, law: int, where: Expr, number: int) -> Node:
        leaf = (number, EXISTS)
        self._group(leaf, (False, True))
        return self.bdd.apply("and", self.chosen(leaf, True), self.of(law, where, number))

    def _free(self, law: int, where: Expr) -> Node:
        """Without symbolic relatives 'there is a relative of whom …' is free, up to what one relative allows."""
        leaf = (CLAIMANT, f"some|{law}|{where}")
        self._group(leaf, (False, True))
        self._some[law, leaf[1]] = where
        return self.chosen(leaf, True)

    def can_differ(self, pairs: Iterable[tuple[Any, str, str, Expr, Expr]]) -> bool:
        """Whether any case, with any number of relatives, is decided differently: exact both ways."""
        differ = self._fold("or", [self.both(first, second) for _, _, _, first, second in pairs])
        differ = self.bdd.apply("and", differ, self.possible())
        if differ == self.bdd.false or not self._some:
            return bool(differ != self.bdd.false)
        node = differ
        wheres = [
            (self.chosen((CLAIMANT, name), True), self.of(law, where, 0)) for (law, name), where in self._some.items()
        ]
        kept = self._fold("and", [self._implies(where, held) for held, where in wheres])
        member = [name for leaf in self.leaves if leaf[0] == 0 for name in self._variables(leaf)]
        for held, where in wheres:
            possible = self.bdd.exist(member, self.bdd.apply("and", where, kept))
            node = self.bdd.apply("and", node, self._implies(held, possible))
        return bool(node != self.bdd.false)

    def _implies(self, one: Node, other: Node) -> Node:
        return self.bdd.apply("or", ~one, other)

    def _fold(self, op: Literal["and", "or"], nodes: Iterable[Node]) -> Node:
        result = self.bdd.true if op == "and" else self.bdd.false
        for node in nodes:
            result = self.bdd.apply(op, result, node)
        if len(self.bdd) > MOST_NODES:
            raise LawError(
                f"The decision diagram of {self.laws[0].name} and {self.laws[1].name} grew past {MOST_NODES} nodes. "
                "An amendment ties too many facts together; split its rules or compare fewer at once."
            )
        return result

    # --- unknown facts and their values ---

    def _atom(self, law: int, atom: Fact | Compare, member: int) -> Node:
        fact = _subject(atom)
        if fact.name == "claim_date" and isinstance(atom, Compare):
            answer = compare(When.day(self._claimed[law]), atom.relation, atom.right)
            return self.bdd.true if answer else self.bdd.false
        if fact.name == "entry_date_unproven":
            return self.bdd.false
        name = mirror.fact(fact.name) if law and self.mirrored else fact.name
        leaf = (member if fact.of_relative else CLAIMANT, name)
        self._group(leaf, self._domain(declared[name].fact))
        key = (law, atom, leaf)
        if key not in self._held:
            held = [value for value in self.leaves[leaf] if self._holds(law, atom, value)]
            self._held[key] = self._fold("or", (self.chosen(leaf, value) for value in held))
        return self._held[key]

    def _holds(self, law: int, atom: Fact | Compare, value: Abstract) -> bool:
        if isinstance(atom, Fact):
            return value is True
        known = self._concrete(law, value, _subject(atom).name)
        if isinstance(atom.left, Span):
            assert isinstance(known, When)
            gone = span(known, When.day(self._claimed[law]), atom.left.unit)
            return compare(gone, atom.relation, atom.right) is True
        return compare(known, atom.relation, atom.right) is True

    def _concrete(self, law: int, value: Abstract, name: str) -> Value:
        """A value as one of the laws reads it: days counted back from the claim, words mirrored on the other side."""
        if isinstance(value, timedelta):
            return When.day(self._claimed[law] - value)
        if law and self.mirrored:
            if isinstance(value, str):
                return mirror.word(name, value)
            if isinstance(value, frozenset):
                return frozenset(mirror.word(name, code) for code in value)
        return value

    def _domain(self, fact: Fact) -> tuple[Abstract, ...]:
        """Values of a fact that one law or the other can tell apart, the unremarkable one first."""
        if fact.kind in ("bool", "point"):
            usual = _base(self.laws[0], fact.name) is True
            return (usual, not usual)
        theirs = mirror.fact(fact.name) if self.mirrored else fact.name
        asked = [(0, atom) for atom in atoms(self.laws[0]).get(fact.name, [])]
        asked += [(1, atom) for atom in atoms(self.laws[1]).get(theirs, [])]
        values: list[Abstract] = [_base(self.laws[0], fact.name)]
        match fact.kind:
            case "code":
                values += [*self._words(fact, asked), OTHER]
            case "codes":
                values += [frozenset({code}) for code in self._words(fact, asked)]
            case "number":
                values += [Interval(n, n) for _, a in asked if isinstance(a.right, int) for n in (a.right - 1, a.right)]
            case _:
                return self._days()
        seen: dict[tuple[bool, ...], Abstract] = {}
        for value in values:
            seen.setdefault(tuple(self._holds(law, atom, value) for law, atom in asked), value)
        return tuple(seen.values())

    def _days(self) -> tuple[Abstract, ...]:
        """Days back that any day of either law tells apart: shared, so that an earlier entry can come earlier."""
        found = {timedelta(0)}
        for law in (0, 1):
            for name in ("entry_date", "first_entry_after_2020_06_24"):
                for atom in atoms(self.laws[law]).get(name, []):
                    found |= {back for back in self._days_back(law, atom) if back >= timedelta(0)}
        return tuple(sorted(found))

    def _words(self, fact: Fact, asked: list[tuple[int, Compare]]) -> list[str]:
        """Every word that one of the laws compares with, in the terms of the first."""
        turned = self.mirrored
        codes = ((law, code) for law, atom in asked for code in _codes(atom))
        return list(dict.fromkeys(mirror.word(fact.name, code) if law and turned else code for law, code in codes))

    def _days_back(self, law: int, atom: Compare) -> Iterator[timedelta]:
        claimed = self._claimed[law]
        match atom.left, atom.right:
            case Span(unit="days"), int(number):
                yield from (timedelta(days=number - 1), timedelta(days=number))
            case Span(), int(number):
                yield from (timedelta(days=365 * number), timedelta(days=366 * number + 1))
            case _, datetime() as moment:
                yield from (claimed - moment.date(), claimed - moment.date() + _DAY)
            case _, date() as day:
                yield from (claimed - day, claimed - day + _DAY)
        yield timedelta(0)

    def _group(self, leaf: Leaf, values: tuple[Abstract, ...]) -> None:
        if leaf not in self.leaves:
            self.leaves[leaf] = values
            self.bdd.declare(*self._variables(leaf))

    def _variables(self, leaf: Leaf) -> list[str]:
        return [f"{leaf[0]}|{leaf[1]}|{place}" for place in range(len(self.leaves[leaf]) - 1)]

    def chosen(self, leaf: Leaf, value: Abstract) -> Node:
        """That an unknown fact has this one of its values."""
        return self.bdd.cube(self._cube(leaf, value, False))

    def _cube(self, leaf: Leaf, value: Abstract, whole: bool) -> dict[str, bool]:
        place = self.leaves[leaf].index(value)
        names = self._variables(leaf)
        cube = {name: number == place for number, name in enumerate(names[: place + 1])}
        return {**dict.fromkeys(names, False), **cube} if whole else cube

    # --- witnesses ---

    def departures(self, node: Node) -> list[frozenset[Choice]]:
        """Every smallest set of departures from the unremarkable case that lies in a diagram."""
        open_leaves = [leaf for leaf, values in self.leaves.items() if len(values) > 1]
        ordered = sorted(open_leaves, key=lambda leaf: self.bdd.level_of_var(self._variables(leaf)[0]) or 0)
        memo: dict[tuple[int, int], set[frozenset[Choice]]] = {}
        return sorted(self._departures(node, ordered, 0, memo), key=lambda c: (len(c), sorted(map(str, c))))

    def _departures(
        self, node: Node, leaves: list[Leaf], place: int, memo: dict[tuple[int, int], set[frozenset[Choice]]]
    ) -> set[frozenset[Choice]]:
        if node == self.bdd.false:
            return set()
        if node == self.bdd.true or place == len(leaves):
            return {frozenset()}
        key = (int(node), place)
        if key not in memo:
            leaf = leaves[place]
            if not set(self._variables(leaf)) & self.bdd.support(node):
                memo[key] = self._departures(node, leaves, place + 1, memo)
                return memo[key]
            usual, *others = self.leaves[leaf]
            found = self._departures(self.given(node, leaf, usual), leaves, place + 1, memo)
            for value in others:
                rest = self._departures(self.given(node, leaf, value), leaves, place + 1, memo)
                found = found | {choices | {(leaf, value)} for choices in rest}
            memo[key] = _smallest(found)
        return memo[key]

    def given(self, node: Node, leaf: Leaf, value: Abstract) -> Node:
        """A diagram where an unknown fact has this value."""
        return self.bdd.let(self._cube(leaf, value, True), node)

    def possible(self) -> Node:
        """The cases that can be: the facts' own constraints, and days in their order."""
        parts = [self.of(0, rule) for rule in POSSIBLE]
        parts += [self.of(0, rule, number) for rule in POSSIBLE_OF_RELATIVES for number in range(self.relatives)]
        entered, first = (CLAIMANT, "entry_date"), (CLAIMANT, "first_entry_after_2020_06_24")
        for later in self.leaves.get(entered, ()):
            earlier = [value for value in self.leaves.get(first, ()) if value >= later]  # type: ignore[operator]
            if first in self.leaves:
                some = self._fold("or", [self.chosen(first, value) for value in earlier])
                parts.append(self._implies(self.chosen(entered, later), some))
        if entered in self.leaves:
            today = self.chosen(entered, timedelta(0))
            arriving = journey.entry.one_of(*PORTS) & ~journey.port_closed & ~journey.claimed_inland
            parts.append(self._implies(self.of(0, arriving), today))
        return self._fold("and", parts)

    def case(self, choices: dict[Leaf, Abstract]) -> tuple[Case, Case]:
        """The case with these departures, as each of the two laws reads it."""
        return self._case(0, choices), self._case(1, choices)

    def _case(self, law: int, choices: dict[Leaf, Abstract]) -> Case:
        everything = {leaf: choices.get(leaf, values[0]) for leaf, values in self.leaves.items()}
        turn = mirror.fact if law and self.mirrored else str
        facts: dict[str, Value] = {"entry_date_unproven": False, "claim_date": When.day(self._claimed[law])}
        members: list[dict[str, Value]] = []
        for number in range(self.relatives):
            if everything.get((number, EXISTS)):
                named = {turn(n): v for (m, n), v in everything.items() if m == number and n != EXISTS}
                members.append(
                    _whole({n: self._concrete(law, v, n) for n, v in named.items()}, self.laws[law], of_relative=True)
                )
        for (member, name), value in everything.items():
            if member == CLAIMANT and name in declared:
                facts[turn(name)] = self._concrete(law, value, turn(name))
        whole = _whole(facts, self.laws[law], of_relative=False)
        return Case(whole, tuple(members), True, side=self.laws[law].pact.side)


def _whole(facts: dict[str, Value], law: Law, *, of_relative: bool) -> dict[str, Value]:
    """Facts that neither law asks for take their unremarkable value too, so that the case is fully known."""
    for name, declaration in declared.items():
        wanted = declaration.fact.of_relative is of_relative and declaration.role != "point"
        if wanted and name not in facts and name != "claim_date":
            value = _base(law, name)
            claimed = facts.get("claim_date")
            if isinstance(value, timedelta):
                value = claimed if isinstance(claimed, When) else False
            facts[name] = value
    return facts


def _base(law: Law, name: str) -> Abstract:
    side = _BASE[law.pact.side]
    if name in side:
        return side[name]
    if name in _USUAL:
        return _USUAL[name]
    kind = declared[name].fact.kind
    if kind == "point":
        return declared[name].unshown is True
    return frozenset() if kind == "codes" else OTHER if kind == "code" else False


def _subject(atom: Fact | Compare) -> Fact:
    if isinstance(atom, Fact):
        return atom
    return atom.left.start if isinstance(atom.left, Span) else atom.left


def _codes(atom: Compare) -> tuple[str, ...]:
    return atom.right if isinstance(atom.right, tuple) else ()


def _plain(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _smallest(found: set[frozenset[Choice]]) -> set[frozenset[Choice]]:
    kept: list[frozenset[Choice]] = []
    for choices in sorted(found, key=len):
        if not any(smaller <= choices for smaller in kept):
            kept.append(choices)
    return set(kept)
