"""Who is decided differently: two laws compared as formulas, with the smallest cases that tell them apart.

Both laws are put into one decision diagram over the same unknown case, the claim being made on each law's own
day. Days of entry are counted back from the claim, so that one person can be read under both. The laws agree if
the diagram of their difference is empty; else every smallest departure from an unremarkable case is a witness.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from safethird.cases.case import Case
from safethird.cases.values import Value
from safethird.expr import Cite, Expr
from safethird.law import mirror
from safethird.law.pact import Law
from safethird.readings.decide import decide, sentence
from safethird.readings.kleene import Kleene
from safethird.readings.leaves import atoms
from safethird.readings.twin import Choice, Leaf, Twin

Kind = Literal["outcome", "stca", "ground"]
Direction = Literal["newly barred", "newly let through", "other result", "ground only"]
Pair = tuple[Kind, str, str, Expr, Expr]
Box = tuple[tuple[Leaf, tuple[Value | timedelta, ...]], ...]
MOST_RELATIVES = 2
_WORTH_SHARING = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """Cases that two laws decide differently: a core of departures, each with its choices, and what goes with it.

    ``core`` maps facts to the values that serve; where ``together`` is not empty, one of its alternatives must
    hold as well. ``one`` and ``other`` are one such case as each law reads it.
    """

    kind: Kind
    direction: Direction
    before: str
    after: str
    core: Box
    together: tuple[Box, ...]
    one: Case
    other: Case


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two laws compared; ``equal`` is proved for any number of relatives, witnesses have at most the stated number."""

    one: Law
    other: Law
    equal: bool
    differences: tuple[Difference, ...]
    most_relatives: int
    unmapped: tuple[str, ...] = ()


def compare(one: Law, other: Law, *, grounds: bool = True) -> Comparison:
    """Prove that two laws agree on every case, or give the smallest cases that they decide differently.

    Across sides the facts are mirrored (``law/mirror.py``), pact results alone are compared, and words without a
    mirror image are listed.

    >>> from datetime import date
    >>> from safethird.law.canada import CANADA
    >>> compare(CANADA.on(date(2022, 6, 1)), CANADA.on(date(2022, 6, 1))).equal
    True
    """
    if one.key == other.key and one.pact is other.pact and one.day == other.day:
        return Comparison(one, other, True, (), 0)
    pairs = list(_pairs(one, other, grounds))
    across = _unmapped(one, other)
    for relatives in range(1, MOST_RELATIVES + 1):
        # The same amendments seldom differ: then the proof comes first.
        if relatives == 1 and one.key == other.key and _agree(one, other, pairs):
            return Comparison(one, other, True, (), 0, across)
        twin = Twin(one, other, relatives)
        found = tuple(_witnesses(twin, one, other, pairs))
        if found:
            return Comparison(one, other, False, found, relatives, across)
        if relatives == 1 and _agree(one, other, pairs):
            return Comparison(one, other, True, (), 0, across)
    return Comparison(one, other, False, (), MOST_RELATIVES, across)


def _agree(one: Law, other: Law, pairs: list[Pair]) -> bool:
    return not Twin(one, other, relatives=0).can_differ(pairs)


def _unmapped(one: Law, other: Law) -> tuple[str, ...]:
    if one.pact.side == other.pact.side:
        return ()
    lost = []
    for law in (one, other):
        for name, asked in atoms(law).items():
            codes = {code for atom in asked if isinstance(atom.right, tuple) for code in atom.right}
            other_codes = {c for a in atoms(other if law is one else one).get(name, []) if isinstance(a.right, tuple)
                           for c in a.right}  # fmt: skip
            lost += [f"{name}: {code}" for code in sorted(codes - other_codes) if mirror.word(name, code) == code]
    return tuple(dict.fromkeys(lost))


def _pairs(one: Law, other: Law, grounds: bool) -> Iterator[Pair]:
    same_side = one.pact.side == other.pact.side
    kinds: tuple[Kind, ...] = ("outcome", "stca") if same_side else ("stca",)
    for kind in kinds:
        mine, theirs = getattr(one.pact, kind), getattr(other.pact, kind)
        for before, _ in mine:
            for after, _ in theirs:
                if before != after:
                    yield kind, before, after, sentence(mine, before), sentence(theirs, after)
    if grounds and same_side:
        for label in dict.fromkeys(p.provision.label for law in (one, other) for p in law.role("ground")):
            yield "ground", "", label, ~Cite(label), Cite(label)
            yield "ground", label, "", Cite(label), ~Cite(label)


def _witnesses(twin: Twin, one: Law, other: Law, pairs: list[Pair]) -> Iterator[Difference]:
    told: set[frozenset[Choice]] = set()
    nodes = [(pair, twin.both(pair[3], pair[4])) for pair in pairs]
    possible = twin.possible()
    for (kind, before, after, _, _), node in nodes:
        sets = [choices for choices in twin.departures(twin.bdd.apply("and", node, possible))
                if kind != "ground" or choices not in told]  # fmt: skip
        told |= set(sets)
        for core, together in _spanned(sets):
            choices = {leaf: values[0] for leaf, values in (*core, *(together[0] if together else ()))}
            direction = _direction(one, other, kind, before, after)
            yield Difference(kind, direction, before, after, core, together, *twin.case(choices))


def _direction(one: Law, other: Law, kind: Kind, before: str, after: str) -> Direction:
    if kind == "ground":
        return "ground only"
    against = {"outcome": (one.pact.unfavourable, other.pact.unfavourable), "stca": ({"bar"}, {"bar"})}[kind]
    was, then = before in against[0], after in against[1]
    if was == then:
        return "other result"
    return "newly barred" if then else "newly let through"


def _spanned(sets: list[frozenset[Choice]]) -> Iterator[tuple[Box, tuple[Box, ...]]]:
    """Sets as the choices that span them: a departure shared by many with what goes with it, instead of a long list."""
    rest = list(sets)
    while rest:
        counts = Counter(choice for choices in rest for choice in choices)
        shared, many = max(counts.items(), key=lambda item: (item[1], str(item[0])), default=(None, 0))
        if shared is None or many < _WORTH_SHARING:
            yield from ((box, ()) for box in _boxes(rest))
            return
        group = [choices for choices in rest if shared in choices]
        rest = [choices for choices in rest if shared not in choices]
        boxes = _boxes([choices - {shared} for choices in group])
        yield ((shared[0], (shared[1],)),), tuple(box for box in boxes if box)


def _boxes(sets: list[frozenset[Choice]]) -> list[Box]:
    """Sets over the same facts joined where they differ in one fact alone."""
    boxes: list[dict[Leaf, tuple[Value | timedelta, ...]]] = [{leaf: (v,) for leaf, v in c} for c in sets]
    place = 0
    while place < len(boxes):
        box = boxes[place]
        for later in boxes[place + 1 :]:
            apart = [leaf for leaf in box if box[leaf] != later.get(leaf)] if box.keys() == later.keys() else []
            if len(apart) == 1:
                box[apart[0]] = (*box[apart[0]], *(v for v in later[apart[0]] if v not in box[apart[0]]))
                boxes.remove(later)
                break
        else:
            place += 1
    return [tuple(sorted(box.items(), key=lambda item: str(item[0]))) for box in boxes]


def replay(found: Difference, one: Law, other: Law) -> bool:
    """Whether the laws really differ on a witness, decided afresh case by case."""
    first, second = decide(one, found.one), decide(other, found.other)
    if found.kind == "ground":
        label = Cite(found.before or found.after)
        return Kleene(one, found.one).decide(label) is not Kleene(other, found.other).decide(label)
    results = getattr(first.settled, found.kind), getattr(second.settled, found.kind)
    return results == (found.before, found.after)
