"""A circuit as SQL that every engine reads alike: nothing in it is ever NULL.

A cell that is not known has become two questions that are always answered (``x IS NOT NULL``, and ``COALESCE(test,
FALSE)``), and *any relative* is ``MAX(CASE WHEN … THEN 1 ELSE 0 END)``; so no engine gets to choose what an unknown
does in ``AND``, ``EXISTS`` or ``BOOL_OR``. Days are whole numbers since 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from safethird.readings.cells import CLAIMED, Bound, Earlier, Test
from safethird.readings.circuit import Node, in_order

MEMBER = "relative."
# Columns carried from step to step are given up for a text repeated only where it is short.
_SHORT = 60


@dataclass(frozen=True)
class Source:
    """The tables that a circuit is read from: names of relations, and of the columns that tell claims apart."""

    claims: str
    relatives: str
    keys: tuple[str, ...]
    relatives_keys: tuple[str, ...]


def back(years: int) -> str:
    """The column with the first day from which a claim is fewer than so many years away."""
    return f"{CLAIMED}_back_{years}y"


def years_asked(nodes: Iterable[Node]) -> list[int]:
    """The numbers of years for which a column ``claim_date_back_Ny`` is needed."""
    bounds: list[Bound] = []
    for node in in_order(list(nodes)):
        if isinstance(node.content, Earlier):
            bounds += [node.content.low, node.content.high]
        elif isinstance(node.content, Test) and isinstance(node.content.right, Bound):
            bounds.append(node.content.right)
    return sorted({bound.number for bound in bounds if bound.base == "years"})


def clauses(outputs: Mapping[str, Node], source: Source, prefix: str, carried: Sequence[str] = ()) -> list[str]:
    """``WITH`` clauses, the last of which (``PREFIX_out``) has the keys, the carried columns and the outputs."""
    return _Clauses(outputs, source, prefix, tuple(carried)).text()


class _Clauses:
    def __init__(self, outputs: Mapping[str, Node], source: Source, prefix: str, carried: tuple[str, ...]) -> None:
        self.outputs = outputs
        self.source = source
        self.prefix = prefix
        self.carried = carried
        self.nodes = list(in_order(list(outputs.values())))
        self.uses: dict[int, int] = {}
        for node in self.nodes:
            for part in node.parts:
                self.uses[part.number] = self.uses.get(part.number, 0) + 1
        self.column: dict[int, str] = {}
        self.made: list[str] = []

    def text(self) -> list[str]:
        claims = self.source.claims
        for number, counts in enumerate(self._rounds()):
            relatives = self._relatives(counts, claims, number)
            joined = ", ".join(f"COALESCE(r.{self._name(n)}, 0) = 1 AS {self._name(n)}" for n in counts)
            on = " AND ".join(f"r.{key} = c.{key}" for key in self.source.keys)
            self._with(f"joined{number}", f"SELECT c.*, {joined} FROM {claims} c LEFT JOIN {relatives} r ON {on}")
            claims = f"{self.prefix}_joined{number}"
            self.column |= {node.number: self._name(node) for node in counts}
        kept = [*self.source.keys, *self.carried]
        last = self._layers([*self.outputs.values()], claims, "c", kept, of_relative=False)
        named = ", ".join(f"{self._use(node)} AS {name}" for name, node in self.outputs.items())
        self._with("out", f"SELECT {', '.join(kept)}, {named} FROM {last}")
        return self.made

    def _rounds(self) -> list[list[Node]]:
        """What is counted among relatives, by how many other counts it has to wait for."""
        rank: dict[int, int] = {}
        for node in self.nodes:
            rank[node.number] = max((rank[p.number] + (p.op == "count") for p in node.parts), default=0)
        counts = [node for node in self.nodes if node.op == "count"]
        return [[n for n in counts if rank[n.number] == at] for at in sorted({rank[n.number] for n in counts})]

    def _relatives(self, counts: list[Node], claims: str, number: int) -> str:
        """The relation with, for each claim that lists relatives, what holds of enough of them."""
        source = self.source
        relation = source.relatives
        before = dict(self.column)
        inside = [n for n in in_order(counts) if n.of_relative]
        asked = list({p.number: p for n in (*inside, *counts) for p in n.parts if not p.of_relative}.values())
        asked = [node for node in asked if node.op != "const"]
        if asked:
            last = self._layers(asked, claims, f"s{number}_", list(source.keys), of_relative=False)
            spread = ", ".join(f"{self._use(node)} AS {self._name(node)}" for node in asked)
            self._with(f"spread{number}", f"SELECT {', '.join(source.keys)}, {spread} FROM {last}")
            on = " AND ".join(f"m.{key} = s.{key}" for key in source.relatives_keys)
            extra = ", ".join(f"s.{self._name(node)} AS {self._name(node)}" for node in asked)
            self._with(
                f"members{number}", f"SELECT m.*, {extra} FROM {relation} m JOIN {self.prefix}_spread{number} s ON {on}"
            )
            relation = f"{self.prefix}_members{number}"
        self.column = {node.number: self._name(node) for node in asked}
        parts = [node.parts[0] for node in counts]
        last = self._layers(parts, relation, f"m{number}_", list(source.keys), of_relative=True)
        sums = ", ".join(self._count(node) for node in counts)
        keys = ", ".join(source.keys)
        self._with(f"counted{number}", f"SELECT {keys}, {sums} FROM {last} GROUP BY {keys}")
        self.column = before
        return f"{self.prefix}_counted{number}"

    def _count(self, node: Node) -> str:
        one = f"CASE WHEN {self._use(node.parts[0])} THEN 1 ELSE 0 END"
        if node.content == 1:
            return f"MAX({one}) AS {self._name(node)}"
        return f"CASE WHEN SUM({one}) >= {node.content} THEN 1 ELSE 0 END AS {self._name(node)}"

    def _layers(self, roots: list[Node], relation: str, letter: str, kept: list[str], *, of_relative: bool) -> str:
        """Select nodes that others share, layer by layer, carrying only what is still needed."""
        nodes = [n for n in in_order(roots) if n.of_relative is of_relative and n.number not in self.column]
        if not of_relative:
            nodes = self._outside_counts(roots)
        shared = [n for n in nodes if n.parts and self.uses.get(n.number, 0) > 1]
        level: dict[int, int] = {}
        for node in nodes:
            below = [level.get(p.number, 0) + (p in shared) for p in node.parts]
            level[node.number] = max(below, default=0)
        until = self._until(nodes, roots, level, {node.number for node in shared})
        cells = sorted({column for node in nodes for column in self._cells(node)})
        carried = list(self.column.values())
        for at in range(max((level[n.number] for n in shared), default=-1) + 1):
            new = [n for n in shared if level[n.number] == at]
            made = ", ".join(f"{self._expression(node)} AS {self._name(node)}" for node in new)
            alive = {self.column[number] for number, last in until.items() if last > at and number in self.column}
            columns = [*kept, *(c for c in cells if c not in kept), *(c for c in carried if c in alive)]
            self._with(f"{letter}{at}", f"SELECT {', '.join(columns)}, {made} FROM {relation}")
            relation = f"{self.prefix}_{letter}{at}"
            for node in new:
                self.column[node.number] = self._name(node)
                carried.append(self._name(node))
        return relation

    def _outside_counts(self, roots: list[Node]) -> list[Node]:
        """The nodes about claims that roots need, counts of relatives taken as given."""
        seen: dict[int, Node] = {}

        def visit(node: Node) -> None:
            if node.number in seen or node.number in self.column:
                return
            for part in node.parts:
                visit(part)
            seen[node.number] = node

        for root in roots:
            visit(root)
        return list(seen.values())

    def _until(self, nodes: list[Node], roots: list[Node], level: dict[int, int], shared: set[int]) -> dict[int, int]:
        """The last layer that reads each node; what is not shared is read where its own reader is."""
        until = {root.number: len(nodes) for root in roots}
        for node in reversed(nodes):
            read = level[node.number] if node.number in shared else until.get(node.number, 0)
            for part in node.parts:
                until[part.number] = max(until.get(part.number, 0), read)
        return until

    def _use(self, node: Node) -> str:
        return self.column.get(node.number) or self._expression(node)

    def _expression(self, node: Node) -> str:
        match node.op:
            case "const":
                return "TRUE" if node.content else "FALSE"
            case "true":
                assert isinstance(node.content, Test)
                return _test(node.content)
            case "known":
                return f"{_column(str(node.content))} IS NOT NULL"
            case "earlier":
                assert isinstance(node.content, Earlier)
                return f"{_bound(node.content.low)} < {_bound(node.content.high)}"
            case "unlisted":
                return "NOT COALESCE(relatives_complete, FALSE)"
            case "not":
                return f"NOT ({self._use(node.parts[0])})"
            case "and" | "or":
                word = f" {node.op.upper()} "
                return word.join(f"({self._use(part)})" for part in node.parts)
            case _:
                raise AssertionError(node)

    def _cells(self, node: Node) -> set[str]:
        """The columns of the table that a node reads."""
        content = node.content
        if node.op == "unlisted":
            return {"relatives_complete"}
        if isinstance(content, Earlier):
            return _days(content.low) | _days(content.high)
        if isinstance(content, Test):
            return {_column(content.fact)} | (_days(content.right) if isinstance(content.right, Bound) else set())
        return {_column(str(content))} if node.op == "known" else set()

    def _name(self, node: Node) -> str:
        return f"n{node.number}"

    def _with(self, name: str, select: str) -> None:
        self.made.append(f"{self.prefix}_{name} AS (\n{select}\n)")


def _column(fact: str) -> str:
    return fact.removeprefix(MEMBER)


def _days(bound: Bound) -> set[str]:
    return set() if bound.base == "day" else {CLAIMED} if bound.base == "claim" else {back(bound.number)}


def _bound(bound: Bound) -> str:
    if bound.base == "day":
        return str(bound.number)
    return f"{CLAIMED} + ({bound.number})" if bound.base == "claim" else back(bound.number)


def _test(test: Test) -> str:
    column = _column(test.fact)
    match test.relation, test.right:
        case "true", _:
            return f"COALESCE({column}, FALSE)"
        case "in", tuple(codes):
            return f"COALESCE({column} IN ({', '.join(map(_text, codes))}), FALSE)"
        case "has", tuple(codes):
            # An underscore stands for any sign here; no two words of a list differ in nothing else.
            likes = " OR ".join(f"'|' || {column} || '|' LIKE '%|{code}|%'" for code in codes)
            return f"COALESCE({likes}, FALSE)"
        case _, Bound() as bound:
            return f"COALESCE({column} >= {_bound(bound)}, FALSE)"
        case _:
            return f"COALESCE({column} >= {test.right}, FALSE)"


def _text(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"
