"""A rule is a sentence about a case: eight kinds of node, and the words that build them.

Values are :class:`Fact` and :class:`Span`; sentences are :class:`Compare`, :class:`And`, :class:`Or`,
:class:`Not`, :class:`Some` and :class:`Cite`, and a fact that is yes or no is a sentence as well.
Nodes are frozen: equal formulas compare equal and hash alike.

>>> age, married = Fact("age", "number"), Fact("married", "bool")
>>> str(age.under(18) & ~married)
'age < 18 and not married'
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

Kind = Literal["bool", "code", "codes", "number", "day", "point"]
Relation = Literal["in", "has", "<", ">="]
Constant = tuple[str, ...] | int | date | datetime


class Words:
    """The words that every sentence understands: ``&``, ``|``, ``~`` and ``unless``."""

    __slots__ = ()

    def __and__(self, other: Expr) -> Expr:
        return all_of(self, other)  # type: ignore[arg-type]

    def __or__(self, other: Expr) -> Expr:
        return any_of(self, other)  # type: ignore[arg-type]

    def __invert__(self) -> Expr:
        return Not(self)  # type: ignore[arg-type]

    def unless(self, exception: Expr) -> Expr:
        """This sentence, except where the exception holds."""
        return self & ~exception

    def __bool__(self) -> bool:
        raise TypeError(
            f"'{self}' is a rule, not yet true or false. To join rules write & | ~ and not 'and', 'or', "
            "'not'; to decide one, use safethird.readings.decide."
        )


@dataclass(frozen=True, slots=True)
class Fact(Words):
    """Something that is so, is not so, or is not yet known; ``relative.…`` belongs to a relative."""

    name: str
    kind: Kind

    @property
    def of_relative(self) -> bool:
        """Whether the fact is about a relative rather than the claimant."""
        return self.name.startswith("relative.")

    def is_(self, code: str) -> Expr:
        """The coded fact has this code."""
        return Compare(self, "in", (code,))

    def one_of(self, *codes: str) -> Expr:
        """The coded fact has one of these codes."""
        return Compare(self, "in", codes)

    def has(self, *codes: str) -> Expr:
        """The set of codes contains at least one of these."""
        return Compare(self, "has", codes)

    def under(self, number: int) -> Expr:
        """The number is below this one."""
        return Compare(self, "<", number)

    def at_least(self, number: int) -> Expr:
        """The number is this one or more."""
        return Compare(self, ">=", number)

    def before(self, day: date) -> Expr:
        """The day comes before this one; a ``datetime`` (Ottawa time) is compared to the minute."""
        return Compare(self, "<", day)

    def on_or_after(self, day: date) -> Expr:
        """The day is this one or later."""
        return Compare(self, ">=", day)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Span:
    """Time from one day to another: whole days, or years counted by the Interpretation Act.

    Days: the first day is day 0. Years: a span exceeds *n* years once the same calendar number of the
    *n*-th year after (the month's last day, where it has none such) is past; see ``cases.days``.
    """

    start: Fact
    end: Fact
    unit: Literal["days", "years"]

    def under(self, number: int) -> Expr:
        """Fewer than this many."""
        return Compare(self, "<", number)

    def at_least(self, number: int) -> Expr:
        """This many or more."""
        return Compare(self, ">=", number)

    def __str__(self) -> str:
        return f"{self.unit} from {self.start} to {self.end}"


@dataclass(frozen=True, slots=True)
class Compare(Words):
    """A value held against a constant."""

    left: Fact | Span
    relation: Relation
    right: Constant

    def __str__(self) -> str:
        if isinstance(self.right, tuple):
            word = "is" if self.relation == "in" else "has"
            codes = self.right[0] if len(self.right) == 1 else f"any of ({', '.join(self.right)})"
            return f"{self.left} {word} {codes}"
        return f"{self.left} {self.relation} {self.right}"


@dataclass(frozen=True, slots=True)
class And(Words):
    """Every part holds; with no parts: always."""

    parts: tuple[Expr, ...]

    def __str__(self) -> str:
        return " and ".join(_bracket(part, Or) for part in self.parts) or "always"


@dataclass(frozen=True, slots=True)
class Or(Words):
    """At least one part holds; with no parts: never."""

    parts: tuple[Expr, ...]

    def __str__(self) -> str:
        return " or ".join(_bracket(part, And) for part in self.parts) or "never"


@dataclass(frozen=True, slots=True)
class Not(Words):
    """The part does not hold."""

    part: Expr

    def __str__(self) -> str:
        return f"not {_bracket(self.part, And, Or, Compare)}"


@dataclass(frozen=True, slots=True)
class Some(Words):
    """There is a relative of whom the sentence holds (no other ``Some`` inside)."""

    where: Expr

    def __str__(self) -> str:
        return f"some relative: ({self.where})"


@dataclass(frozen=True, slots=True)
class Cite(Words):
    """What another provision says, looked up late; ``"IRPR 159.5(a-h)"`` is the drafter's range."""

    label: str

    def __str__(self) -> str:
        return f"[{self.label}]"


Expr = Fact | Compare | And | Or | Not | Some | Cite

ALWAYS: Expr = And(())
NEVER: Expr = Or(())


def all_of(*parts: Expr) -> Expr:
    """Every one of these sentences, flattened."""
    flat = tuple(p for part in parts for p in (part.parts if isinstance(part, And) else (part,)))
    return flat[0] if len(flat) == 1 else And(flat)


def any_of(*parts: Expr) -> Expr:
    """At least one of these sentences, flattened."""
    flat = tuple(p for part in parts for p in (part.parts if isinstance(part, Or) else (part,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def some_relative(*parts: Expr) -> Expr:
    """There is a relative of whom every one of these sentences holds."""
    where = all_of(*parts)
    if any(isinstance(node, Some) for node in walk(where)):
        raise TypeError("A sentence about a relative cannot ask about that relative's relatives. Cite it outside.")
    return Some(where)


def cite(label: str) -> Expr:
    """What the provision (or range of provisions) with this label says."""
    return Cite(label)


def walk(expr: Expr) -> Iterator[Expr | Span]:
    """Every node of a sentence, parents first; cited provisions are not entered."""
    yield expr
    match expr:
        case And(parts) | Or(parts):
            for part in parts:
                yield from walk(part)
        case Not(part) | Some(part):
            yield from walk(part)
        case Compare(left, _, _):
            yield left
            if isinstance(left, Span):
                yield left.start
                yield left.end
        case Fact() | Cite():
            pass


def _bracket(part: Expr, *loose: type) -> str:
    return f"({part})" if isinstance(part, loose) else str(part)
