"""Write tests/decisive.yaml: for every condition of every provision, a pair of cases that differ in it alone.

Run it when the law changes, read the pairs, and keep them: python scripts/decisive.py
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from safethird.cases.case import Case
from safethird.cases.values import Interval, Value, When
from safethird.expr import Cite, Compare, Expr, Fact, Span, walk
from safethird.law.canada import CANADA
from safethird.law.pact import Law
from safethird.readings.diagram import SET, Diagram, fact_of

PLACE = Path(__file__).parent.parent / "tests" / "decisive.yaml"


def main() -> None:
    """Find the pairs and write them."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for day in sorted({*CANADA.boundaries(), *(amendment.commences for amendment in CANADA.amendments)}):
        law = CANADA.on(day)
        for label, provision in law.provisions.items():
            rule = provision.provision.rule
            if rule is None:
                continue
            for atom in conditions(rule):
                key = (label, str(atom))
                if key not in found and (pair := pair_for(law, label, atom, day)) is not None:
                    found[key] = pair
    PLACE.write_text(
        "# Pairs of cases that differ in one condition alone and come out differently under a provision.\n"
        + yaml.safe_dump(list(found.values()), sort_keys=False, allow_unicode=True, width=110),
        encoding="utf-8",
    )
    print(f"{len(found)} pairs", file=sys.stderr)


def conditions(rule: Expr) -> Iterator[Fact | Compare]:
    """The comparisons and yes-or-no facts of a rule, without those inside what it cites."""
    inside = {id(node.left) for node in walk(rule) if isinstance(node, Compare)}
    inside |= {id(p) for n in walk(rule) if isinstance(n, Span) for p in (n.start, n.end)}
    for node in walk(rule):
        if isinstance(node, Compare) or (isinstance(node, Fact) and id(node) not in inside):
            yield node


def pair_for(law: Law, label: str, atom: Fact | Compare, day: date) -> dict[str, Any] | None:
    """A case and one value changed, under which a provision comes out differently."""
    case = Case({"claim_date": When.day(day)}, ({},), True)
    diagram = Diagram(law, case)
    member = 0 if label_is_about_relatives(law, label) else -1
    node = diagram.of(Cite(label), member)
    subject = atom if isinstance(atom, Fact) else atom.left.start if isinstance(atom.left, Span) else atom.left
    leaves = [leaf for leaf in diagram.leaves if fact_of(leaf) == subject.name]
    for leaf in leaves:
        if isinstance(atom, Compare) and SET in leaf[1] and leaf[1].split(SET)[1] != "|".join(atom.right):  # type: ignore[arg-type]
            continue
        values = diagram.leaves[leaf]
        for place, one in enumerate(values):
            for other in values[place + 1 :]:
                if holds(diagram, atom, leaf, one) == holds(diagram, atom, leaf, other):
                    continue
                differ = diagram.bdd.apply("xor", diagram.given(node, leaf, one), diagram.given(node, leaf, other))
                model = diagram.bdd.pick(differ)
                if model is not None:
                    return written(diagram, label, atom, day, leaf, (one, other), model, node)
    return None


def holds(diagram: Diagram, atom: Fact | Compare, leaf: tuple[int, str], value: Value) -> bool:
    """Whether a value of a leaf makes the condition hold."""
    return bool(diagram.given(diagram.of(atom, leaf[0]), leaf, value) == diagram.bdd.true)


def label_is_about_relatives(law: Law, label: str) -> bool:
    """Whether a provision speaks of a relative, itself or through what it cites, outside any 'some relative'."""

    def speaks(expr: Expr) -> bool:
        from safethird.expr import And, Not, Or

        match expr:
            case Fact():
                return expr.of_relative
            case Compare(left, _, _):
                return isinstance(left, Fact) and left.of_relative
            case And(parts) | Or(parts):
                return any(speaks(part) for part in parts)
            case Not(part):
                return speaks(part)
            case Cite(name):
                return speaks(law.cited(name))
            case _:
                return False

    return speaks(law.cited(label))


def written(
    diagram: Diagram, label: str, atom: Fact | Compare, day: date, leaf: tuple[int, str], pair: tuple[Value, Value],
    model: dict[str, bool], node: Any,
) -> dict[str, Any]:  # fmt: skip
    """The pair as plain data."""
    claimant: dict[str, Any] = {}
    relative: dict[str, Any] = {}
    sets: dict[str, set[str]] = {}
    for other, values in diagram.leaves.items():
        if other == leaf:
            continue
        chosen = next((v for n, v in enumerate(values[:-1]) if model.get(f"{other[0]}|{other[1]}|{n}")), values[-1])
        if SET in other[1]:
            sets.setdefault(fact_of(other), set()).update(other[1].split(SET)[1].split("|")[:1] if chosen else ())
        else:
            (relative if other[0] >= 0 else claimant)[other[1]] = plain(chosen)
    change: Any = [plain(value) for value in pair]
    if SET in leaf[1]:
        rest = sets.pop(fact_of(leaf), set())
        code = leaf[1].split(SET)[1].split("|")[0]
        change = [sorted(rest | {code}) if value else sorted(rest) for value in pair]
    claimant |= {name: sorted(codes) for name, codes in sets.items()}
    results = [bool(diagram.bdd.let(dict(model), diagram.given(node, leaf, v)) == diagram.bdd.true)
               for v in pair]  # fmt: skip
    return {
        "provision": label, "condition": str(atom), "day": str(day),
        "facts": claimant, "relative": relative, "fact": fact_of(leaf), "values": change, "results": results,
    }  # fmt: skip


def plain(value: Value) -> Any:
    """A value as plain data."""
    match value:
        case Interval(low, _):
            return low
        case When():
            return str(value.first)
        case frozenset():
            return sorted(value)
        case _:
            return value


if __name__ == "__main__":
    main()
