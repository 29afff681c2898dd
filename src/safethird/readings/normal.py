"""Sentences of a law with *not* pushed down to the cells, every sentence made once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Literal, assert_never

from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some
from safethird.law.pact import Law
from safethird.readings.cells import Test, test_of
from safethird.readings.circuit import Circuit, Node

Shape = Literal["read", "ask", "and", "or", "some", "every"]


class Form:
    """One sentence: ``read`` off the table, an ``ask`` about a cell, or built of others.

    ``asks`` holds what it asks of the cells, by fact: the tests, each with the answer wanted.
    ``some`` and ``every`` are about the list of relatives (``lists``).
    """

    __slots__ = ("asks", "lists", "node", "number", "parts", "shape", "test", "wanted")

    def __init__(self, number: int, shape: Shape, parts: tuple[Form, ...]) -> None:
        self.number = number
        self.shape = shape
        self.parts = parts
        self.node: Node | None = None
        self.test: Test | None = None
        self.wanted = True
        self.asks: dict[str, frozenset[tuple[Test, bool]]] = {}
        self.lists = False


class Forms:
    """Makes sentences in this shape, each only once; ``read`` are those that a circuit already answers."""

    def __init__(self, circuit: Circuit) -> None:
        self.circuit = circuit
        self._made: dict[tuple[object, ...], Form] = {}
        self._opposites: dict[int, Form] = {}
        self.yes = self.read(circuit.always)
        self.no = self.read(circuit.never)

    def _make(self, key: tuple[object, ...], shape: Shape, parts: tuple[Form, ...] = ()) -> Form:
        form = self._made.get(key)
        if form is None:
            form = self._made[key] = Form(len(self._made), shape, parts)
            for part in parts:
                for at, asked in part.asks.items():
                    form.asks[at] = form.asks.get(at, frozenset()) | asked
                form.lists |= part.lists
            form.lists |= shape in ("some", "every")
        return form

    def read(self, node: Node) -> Form:
        """What a circuit answers."""
        form = self._make(("read", node.number), "read")
        form.node = node
        return form

    def ask(self, test: Test, wanted: bool) -> Form:
        """That a cell gives this answer to a test."""
        form = self._make(("ask", test, wanted), "ask")
        form.test, form.wanted = test, wanted
        form.asks = {test.fact: frozenset({(test, wanted)})}
        return form

    def some(self, where: Form) -> Form:
        """That it holds of a relative."""
        return self.no if where is self.no else self._make(("some", where.number), "some", (where,))

    def every(self, where: Form) -> Form:
        """That it holds of all relatives."""
        return self.yes if where is self.yes else self._make(("every", where.number), "every", (where,))

    def all(self, parts: Iterable[Form]) -> Form:
        """That every part holds."""
        return self._join("and", parts, self.yes, self.no)

    def any(self, parts: Iterable[Form]) -> Form:
        """That at least one part holds."""
        return self._join("or", parts, self.no, self.yes)

    def _join(self, shape: Literal["and", "or"], parts: Iterable[Form], idle: Form, decisive: Form) -> Form:
        flat: dict[int, Form] = {}
        for part in parts:
            for inner in part.parts if part.shape == shape else (part,):
                if inner is decisive:
                    return decisive
                if inner is not idle:
                    flat[inner.number] = inner
        read = [part for part in flat.values() if part.shape == "read"]
        if len(read) > 1:
            nodes = [part.node for part in read if part.node is not None]
            joined = self.read(self.circuit.all(nodes) if shape == "and" else self.circuit.any(nodes))
            if joined is decisive:
                return decisive
            flat = {n: part for n, part in flat.items() if part.shape != "read"}
            if joined is not idle:
                flat[joined.number] = joined
        other = "or" if shape == "and" else "and"
        kept = [p for p in flat.values() if not (p.shape == other and any(i.number in flat for i in p.parts))]
        if len(kept) < 2:
            return kept[0] if kept else idle
        denied = {self.opposite(part).number for part in kept}
        if any(part.number in denied for part in kept):
            return decisive
        if any(p.shape == other and not denied.isdisjoint(inner.number for inner in p.parts) for p in kept):
            # a and (not a or b) is a and b
            outer, within = (self.all, self.any) if shape == "and" else (self.any, self.all)
            return outer(within(i for i in p.parts if i.number not in denied) if p.shape == other else p for p in kept)
        kept = self._factored(shape, self._merged(shape, kept))
        if len(kept) < 2:
            return kept[0]
        kept.sort(key=lambda form: form.number)
        return self._make((shape, *(form.number for form in kept)), shape, tuple(kept))

    def opposite(self, form: Form) -> Form:
        """That the sentence does not hold."""
        if form.number not in self._opposites:
            self._opposites[form.number] = self._opposite(form)
        return self._opposites[form.number]

    def _opposite(self, form: Form) -> Form:
        match form.shape:
            case "read":
                assert form.node is not None
                return self.read(self.circuit.negate(form.node))
            case "ask":
                assert form.test is not None
                return self.ask(form.test, not form.wanted)
            case "and":
                return self.any(map(self.opposite, form.parts))
            case "or":
                return self.all(map(self.opposite, form.parts))
            case "some":
                return self.every(self.opposite(form.parts[0]))
            case "every":
                return self.some(self.opposite(form.parts[0]))
            case _:
                assert_never(form.shape)

    def _merged(self, shape: Literal["and", "or"], parts: list[Form]) -> list[Form]:
        """Every relative is so *and* every relative is such: every relative is both; and *some* likewise in *or*."""
        about: Shape = "every" if shape == "and" else "some"
        merged = [part for part in parts if part.shape != about]
        wheres = [part.parts[0] for part in parts if part.shape == about]
        if wheres:
            merged.append(self.every(self.all(wheres)) if shape == "and" else self.some(self.any(wheres)))
        return merged

    def _factored(self, shape: Literal["and", "or"], parts: list[Form]) -> list[Form]:
        """(a or b) and (a or c) is a or (b and c), and the other way round."""
        other = "or" if shape == "and" else "and"
        found: dict[int, tuple[Form, list[Form]]] = {}
        for part in parts:
            for inner in part.parts if part.shape == other else ():
                found.setdefault(inner.number, (inner, []))[1].append(part)
        common, holders = max(found.values(), key=lambda pair: (len(pair[1]), -pair[0].number), default=(self.no, []))
        if len(holders) < 2:
            return parts
        outer, within = (self.all, self.any) if shape == "and" else (self.any, self.all)
        rests = [within(inner for inner in part.parts if inner is not common) for part in holders]
        joined = within((common, outer(rests)))
        whole = outer((joined, *(part for part in parts if part not in holders)))
        return list(whole.parts) if whole.shape == shape else [whole]

    def put(self, form: Form, values: Mapping[str, Callable[[Test, bool], Form]]) -> Form:
        """The sentence with what it asks of some cells answered."""
        memo: dict[int, Form] = {}

        def inside(part: Form) -> Form:
            if part.number not in memo:
                memo[part.number] = change(part)
            return memo[part.number]

        def change(part: Form) -> Form:
            if part.asks.keys().isdisjoint(values):
                return part
            match part.shape:
                case "ask":
                    assert part.test is not None
                    return values[part.test.fact](part.test, part.wanted)
                case "and":
                    return self.all(map(inside, part.parts))
                case "or":
                    return self.any(map(inside, part.parts))
                case "some":
                    return self.some(inside(part.parts[0]))
                case "every":
                    return self.every(inside(part.parts[0]))
                case "read":
                    return part
                case _:
                    assert_never(part.shape)

        return inside(form)


class Sentences:
    """The sentences of one law in this shape."""

    def __init__(self, forms: Forms, law: Law, leaf: Callable[[Test, bool], Form]) -> None:
        self.forms = forms
        self.law = law
        self.leaf = leaf
        self._memo: dict[tuple[int, bool], tuple[Expr, Form]] = {}

    def of(self, expr: Expr, wanted: bool = True) -> Form:
        """That a sentence holds, or (not wanted) does not."""
        key = (id(expr), wanted)
        if key not in self._memo:
            self._memo[key] = (expr, self._build(expr, wanted))
        return self._memo[key][1]

    def _build(self, expr: Expr, wanted: bool) -> Form:
        match expr:
            case Fact() | Compare():
                test, answer = test_of(expr)
                return self.leaf(test, answer is wanted)
            case Not(part):
                return self.of(part, not wanted)
            case And(parts) | Or(parts):
                inner = [self.of(part, wanted) for part in parts]
                return self.forms.all(inner) if isinstance(expr, And) is wanted else self.forms.any(inner)
            case Cite(label):
                return self.of(self.law.cited(label), wanted)
            case Some(where):
                inside = self.of(where, wanted)
                return self.forms.some(inside) if wanted else self.forms.every(inside)
            case _:
                assert_never(expr)
