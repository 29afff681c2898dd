"""The columns of a table of claims, generated from the facts that the law asks about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safethird.cases.burden import NOT_STATED
from safethird.cases.fields import CODES
from safethird.cases.scalars import ELSEWHERE
from safethird.expr import Cite, Fact, Kind, walk
from safethird.law.countries import COUNTRIES, STATE_OF
from safethird.law.facts import Declaration, declared
from safethird.law.pact import Law, Pact

CLAIM_ID = "claim_id"
COMPLETE = "relatives_complete"
RELATIVES = "relatives"
MEMBER = "relative."
JOIN = "|"
_PLACES = (ELSEWHERE, "border")
_COUNTRIES = ("came_from", "habitual_residence", "relative.location")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the fact that it holds, its kind, and the words allowed in it (empty: not a word).

    ``kind`` is ``bool``, ``code`` (one word), ``codes`` (any number of words joined by ``|``; an empty text is none of
    them), ``number`` (a whole number) or ``day``. A column of relatives has its fact's name without ``relative.``.
    """

    name: str
    fact: str
    kind: Kind
    words: tuple[str, ...]
    declaration: Declaration

    @property
    def of_relative(self) -> bool:
        """Whether the column stands in the table of relatives."""
        return self.fact.startswith(MEMBER)


def columns(laws: Iterable[Law]) -> tuple[Column, ...]:
    """The columns that some laws can read, in the order in which their facts are declared.

    >>> from datetime import date
    >>> from safethird.law.canada import CANADA
    >>> [c.name for c in columns([CANADA.on(date(2024, 6, 1))]) if c.kind == "day"]
    ['claim_date', 'entry_date']
    """
    names = {name for law in laws for name in asked(law)} | {"claim_date"}
    return tuple(
        Column(name.removeprefix(MEMBER), name, d.fact.kind, words(d), d)
        for name, d in declared.items()
        if name in names and d.role != "point" and name not in NOT_STATED
    )


def versions(pact: Pact) -> list[Law]:
    """The law of every day on which it changed, the first to the last."""
    return [pact.on(max(day, pact.begins)) for day in pact.boundaries()]


def asked(law: Law) -> set[str]:
    """The names of the facts on which a law's results can depend."""
    exprs = [expr for _, expr in (*law.pact.stca, *law.pact.outcome)]
    exprs += [law.cited(label) for label in _reached(law)]
    return {node.name for expr in exprs for node in walk(expr) if isinstance(node, Fact)}


def formula(law: Law) -> tuple[tuple[str, int], ...]:
    """What tells two versions of a pact apart for a table: every sentence that a result is made of."""
    return tuple(sorted((label, id(p.provision.rule)) for label in _reached(law) for p in law.matching(label)))


def _reached(law: Law) -> set[str]:
    """The labels that the results cite, through any number of others, and those of grounds and exceptions."""
    reached = {p.provision.label for p in law.role("ground", "exception")}
    todo = [expr for _, expr in (*law.pact.stca, *law.pact.outcome)] + [law.cited(label) for label in reached]
    while todo:
        for node in walk(todo.pop()):
            if isinstance(node, Cite) and node.label not in reached:
                reached.add(node.label)
                todo.append(law.cited(node.label))
    return reached


def words(declaration: Declaration) -> tuple[str, ...]:
    """The closed list of a coded fact; empty for other kinds."""
    name = declaration.name
    if declaration.fact.kind not in ("code", "codes"):
        return ()
    if name in _COUNTRIES:
        return (*COUNTRIES, *_PLACES)
    if name == "nationality":
        return (*(code for code in COUNTRIES if code not in STATE_OF), "STATELESS")
    listed = CODES.get(name.removeprefix(MEMBER), ()) or CODES.get(declaration.field, ())
    own = tuple(declaration.codes) or listed
    return tuple(word for word in own if declaration.fact.kind == "code" or word != "none")
