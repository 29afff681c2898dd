"""Sentences written as text, read back into values: parsed by a small grammar, never evaluated.

sentence    = part ("or" part)* ; part = piece ("and" piece)* ; piece = "not" piece | atom
atom        = "(" sentence ")" | "[" label "]" | "some relative:" "(" sentence ")" | "always" | "never"
            | fact | fact "is" words | fact "has" words | fact ("<" | ">=") number-or-day
            | ("days" | "years") "from" fact "to" fact ("<" | ">=") number
words       = word | "any of" "(" word ("," word)* ")"
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from datetime import date, datetime

from safethird.expr import (
    ALWAYS,
    NEVER,
    Compare,
    Constant,
    Expr,
    Fact,
    Not,
    Relation,
    Span,
    all_of,
    any_of,
    cite,
    some_relative,
)
from safethird.law.pact import LawError

MOST_NODES = 400
MOST_DEPTH = 30
MOST_LETTERS = 8_000
_TOKEN = re.compile(
    r"\s*(?:(?P<label>\[[^\]]*\])|(?P<moment>\d{4}-\d\d-\d\d(?: \d\d:\d\d(?::\d\d)?)?)|(?P<number>\d+)"
    r"|(?P<some>some relative:)|(?P<word>[A-Za-z_][\w.]*)|(?P<sign><|>=|\(|\)|,))"
)


def read(text: str, facts: Mapping[str, Fact]) -> Expr:
    """The sentence that a text says.

    Raises:
        LawError: where it does not fit the grammar, an unknown fact (with the nearest), or beyond the limits.

    >>> from safethird.law.facts import declared
    >>> known = {name: declaration.fact for name, declaration in declared.items()}
    >>> str(read("age < 21 and not [IRPR 159.2]", known))
    'age < 21 and not [IRPR 159.2]'
    """
    if len(text) > MOST_LETTERS:
        raise LawError(f"The rule has more than {MOST_LETTERS} letters. Split it into provisions that cite each other.")
    reader = _Reader(text, facts)
    sentence = reader.sentence(0)
    reader.end()
    return sentence


class _Reader:
    def __init__(self, text: str, facts: Mapping[str, Fact]) -> None:
        self.text = text
        self.facts = facts
        self.tokens = list(_tokens(text))
        self.place = 0
        self.nodes = 0

    def fault(self, what: str) -> LawError:
        rest = " ".join(token for _, token in self.tokens[self.place : self.place + 4]) or "the end"
        return LawError(f"{what} before ‘{rest}’ in the rule ‘{self.text.strip()[:80]}’.")

    def peek(self) -> str:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else ""

    def take(self, *wanted: str) -> bool:
        if self.peek() in wanted:
            self.place += 1
            return True
        return False

    def need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise self.fault(f"A ‘{wanted}’ is missing")

    def kind(self, kind: str, what: str) -> str:
        if self.place >= len(self.tokens) or self.tokens[self.place][0] != kind:
            raise self.fault(f"{what} is missing")
        self.place += 1
        return self.tokens[self.place - 1][1]

    def end(self) -> None:
        if self.peek():
            raise self.fault("The sentence should end")

    def sentence(self, depth: int) -> Expr:
        if depth > MOST_DEPTH:
            raise LawError(f"The rule is nested more than {MOST_DEPTH} deep. Let provisions cite each other instead.")
        parts = [self.part(depth)]
        while self.take("or"):
            parts.append(self.part(depth))
        return any_of(*parts)

    def part(self, depth: int) -> Expr:
        pieces = [self.piece(depth)]
        while self.take("and"):
            pieces.append(self.piece(depth))
        return all_of(*pieces)

    def piece(self, depth: int) -> Expr:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise LawError(f"The rule has more than {MOST_NODES} parts. Split it into provisions that cite each other.")
        if self.take("not"):
            return Not(self.piece(depth + 1)) if depth < MOST_DEPTH else self.sentence(depth + 1)
        if self.take("("):
            inside = self.sentence(depth + 1)
            self.need(")")
            return inside
        if self.take("some relative:"):
            self.need("(")
            inside = self.sentence(depth + 1)
            self.need(")")
            try:
                return some_relative(inside)
            except TypeError as error:
                raise LawError(str(error)) from None
        if self.take("always"):
            return ALWAYS
        if self.take("never"):
            return NEVER
        if self.peek().startswith("["):
            return cite(self.kind("label", "A label")[1:-1])
        return self.comparison()

    def comparison(self) -> Expr:
        if self.peek() in ("days", "years"):
            unit = self.kind("word", "A unit")
            self.need("from")
            start = self.fact("day")
            self.need("to")
            span = Span(start, self.fact("day"), "days" if unit == "days" else "years")
            return Compare(span, self.relation(), int(self.kind("number", "A number")))
        fact = self.fact()
        if self.take("is"):
            return Compare(self.of_kind(fact, "code"), "in", self.words())
        if self.take("has"):
            return Compare(self.of_kind(fact, "codes"), "has", self.words())
        if self.peek() in ("<", ">="):
            return Compare(fact, self.relation(), self.constant(fact))
        if fact.kind not in ("bool", "point"):
            raise self.fault(f"‘{fact.name}’ is not yes or no; say what it is compared with")
        return fact

    def fact(self, kind: str | None = None) -> Fact:
        name = self.kind("word", "A fact")
        if name not in self.facts:
            near = ", ".join(difflib.get_close_matches(name, self.facts, n=3)) or "see safethird facts"
            raise LawError(f"There is no fact ‘{name}’ (nearest: {near}), in the rule ‘{self.text.strip()[:80]}’.")
        return self.of_kind(self.facts[name], kind) if kind else self.facts[name]

    def of_kind(self, fact: Fact, kind: str) -> Fact:
        if fact.kind != kind:
            raise self.fault(f"‘{fact.name}’ is of kind {fact.kind}, not {kind},")
        return fact

    def relation(self) -> Relation:
        if self.take("<"):
            return "<"
        self.need(">=")
        return ">="

    def constant(self, fact: Fact) -> Constant:
        if fact.kind == "number":
            return int(self.kind("number", "A number"))
        text = self.kind("moment", "A day (YYYY-MM-DD)")
        try:
            return datetime.fromisoformat(text) if " " in text else date.fromisoformat(text)
        except ValueError:
            raise self.fault("This is not a day that exists,") from None

    def words(self) -> tuple[str, ...]:
        if not self.take("any"):
            return (self.kind("word", "A word"),)
        self.need("of")
        self.need("(")
        found = [self.kind("word", "A word")]
        while self.take(","):
            found.append(self.kind("word", "A word"))
        self.need(")")
        return tuple(found)


def _tokens(text: str) -> list[tuple[str, str]]:
    found, place = [], 0
    while place < len(text.rstrip()):
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            raise LawError(f"‘{text[place : place + 12].strip()}’ cannot stand in a rule (‘{text.strip()[:80]}’).")
        found.append((match.lastgroup, match[match.lastgroup]))
        place = match.end()
    return found
