"""The values of an unknown fact that the law can tell apart: one of each kind is enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from itertools import combinations

from safethird.cases.case import Case
from safethird.cases.values import Interval, Value, When, years_later
from safethird.expr import Compare, Expr, Fact, Span, walk
from safethird.law.facts import Declaration
from safethird.law.pact import Law
from safethird.readings.kleene import compare, span

OTHER = "other"
OLDEST = 120
_DAY = timedelta(days=1)
_known_words: dict[tuple[int, str], tuple[Value, ...]] = {}
_atoms: dict[int, tuple[Law, dict[str, list[Compare]]]] = {}


def sentences(law: Law) -> Iterator[Expr]:
    """Every sentence of a law, its results included."""
    yield from (p.provision.rule for p in law.provisions.values() if p.provision.rule is not None)
    yield from (expr for _, expr in (*law.pact.stca, *law.pact.outcome))


def atoms(law: Law) -> dict[str, list[Compare]]:
    """Every comparison that a law makes, by the fact whose value is compared (for a span: its start)."""
    known = _atoms.get(id(law.provisions))
    if known is None:
        found: dict[str, list[Compare]] = {}
        for expr in sentences(law):
            for node in walk(expr):
                if isinstance(node, Compare):
                    fact = node.left.start if isinstance(node.left, Span) else node.left
                    if node not in found.setdefault(fact.name, []):
                        found[fact.name].append(node)
        known = _atoms[id(law.provisions)] = (law, found)
    return known[1]


def candidates(law: Law, case: Case, fact: Fact, facts: Mapping[str, Value]) -> tuple[Value, ...]:
    """Values that represent every way the unknown (or not exactly known) fact can matter."""
    if fact.kind in ("bool", "point"):
        return (False, True)
    known = facts.get(fact.name)
    if fact.kind in ("code", "codes"):
        return _words(law, fact)
    compared = atoms(law).get(fact.name, [])
    match fact.kind:
        case "number":
            bounds = known if isinstance(known, Interval) else Interval(0, OLDEST)
            numbers = {n for atom in compared if isinstance(atom.right, int) for n in (atom.right - 1, atom.right)}
            inside = sorted(n for n in numbers | {bounds.low, bounds.high} if bounds.low <= n <= bounds.high)
            return _distinct([Interval(n, n) for n in inside], compared, None)
        case _:
            claimed = case.facts.get("claim_date")
            end = claimed if isinstance(claimed, When) else None
            return _distinct(list(_days(compared, known, end)), compared, end)


def _words(law: Law, fact: Fact) -> tuple[Value, ...]:
    key = (id(law.provisions), fact.name)
    if key not in _known_words:
        _known_words[key] = worded(fact, atoms(law).get(fact.name, []))
    return _known_words[key]


def worded(fact: Fact, compared: list[Compare]) -> tuple[Value, ...]:
    """A word (or set of words) for each way in which some comparisons can come out together."""
    codes: dict[Value, None] = dict.fromkeys(code for atom in compared for code in _codes(atom))
    values = [*codes, OTHER] if fact.kind == "code" else list(_sets(compared))
    return _distinct(values, compared, None)


def _codes(atom: Compare) -> tuple[str, ...]:
    return atom.right if isinstance(atom.right, tuple) else ()


def _sets(compared: list[Compare]) -> Iterator[frozenset[str]]:
    groups: dict[tuple[bool, ...], str] = {}
    for code in dict.fromkeys(code for atom in compared for code in _codes(atom)):
        groups.setdefault(tuple(code in _codes(atom) for atom in compared), code)
    alone = "STATELESS" in groups.values()
    free = [code for code in groups.values() if code != "STATELESS"]
    if alone:
        yield frozenset({"STATELESS"})
    for size in range(len(free) + 1):
        for chosen in combinations(free, size):
            yield frozenset(chosen or ({OTHER} if alone else ()))


def _days(compared: list[Compare], known: Value | None, end: When | None) -> Iterator[When]:
    last = end.last if end else date.max
    bounds = known if isinstance(known, When) else When(date(1900, 1, 1), last)
    days = {bounds.first, bounds.last}
    for atom in compared:
        match atom.left, atom.right:
            case Span(unit="days"), int(number) if end:
                days |= {last - number * _DAY, last - number * _DAY + _DAY}
            case Span(), int(number) if end:
                days |= {
                    years_later(last, -number),
                    years_later(last, -number) - _DAY,
                    years_later(last, -number) + _DAY,
                }
            case _, datetime() as moment:
                days |= {moment.date() - _DAY, moment.date()}
            case _, date() as day:
                days |= {day - _DAY, day}
    yield from (When.day(day) for day in sorted(days, reverse=True) if bounds.first <= day <= min(bounds.last, last))


def _distinct(values: Iterable[Value], compared: list[Compare], end: When | None) -> tuple[Value, ...]:
    seen: dict[tuple[bool | None, ...], Value] = {}
    for value in values:
        seen.setdefault(tuple(_answer(atom, value, end) for atom in compared), value)
    return tuple(seen.values())


def _answer(atom: Compare, value: Value, end: When | None) -> bool | None:
    if isinstance(atom.left, Span):
        return compare(span(value, end, atom.left.unit), atom.relation, atom.right) if end else None  # type: ignore[arg-type]
    return compare(value, atom.relation, atom.right)


def alike(law: Law, declaration: Declaration, value: str) -> list[str]:
    """Every code on a fact's list that the law treats like this one."""
    compared = atoms(law).get(declaration.name, [])
    wanted = tuple(_answer(atom, value, None) for atom in compared)
    same = [code for code in declaration.codes if tuple(_answer(atom, code, None) for atom in compared) == wanted]
    return same or [value]
