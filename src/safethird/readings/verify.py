"""Verifying a law: nothing dead, nothing without an outcome, no gap in time, and no relative who makes things worse."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from safethird.expr import NEVER, And, Cite, Expr, Fact, Not, Or, Some, any_of, walk
from safethird.law.facts import declared
from safethird.law.pact import Law, LawError, Pact
from safethird.law.written import check_citations
from safethird.readings.decide import sentence
from safethird.readings.twin import CLAIMANT, EXISTS, Twin

# Provisions that no possible case can set off on some days, with the reason: listed, so that others are found.
DEAD_BY_DESIGN = {
    "IRPA 101(1)(e)": "before 2004-12-29 no country was designated, so it never bit",
    "IRPA 102": "says when no country is designated; once one is, only a suspension revives it",
    "IRPR 159.01": "a definition that bites only beside an earlier claim",
}
# Where a relative who meets an exception can still make things worse: while which provision is in force, and why.
_IN_TRANSIT = (
    "INA 208(a)(2)(E)",
    "in transit no lettered exception is open, and a parent able to care ends an unaccompanied child's own way out",
)
_POLICY = (
    "IRPA 25.2 policy of 2026-05-19",
    "a parent in Canada may take a child out of the policy that spares (b.1) and (b.2); its definition was not read",
)
HURTS_BY_DESIGN = {
    **dict.fromkeys(("8 CFR 208.30(e)(6)(iii)(B)", "8 CFR 208.30(e)(6)(iii)(C)"), _IN_TRANSIT),
    "8 CFR 208.30(b)": (
        "8 CFR 208.30(b)",
        "whether dependants are carried along is unsettled, and a parent near defeats (D)",
    ),
    **dict.fromkeys((f"IRPR 159.5({letter})" for letter in "abcd"), _POLICY),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that a law should not have, with the place and the reason."""

    law: str
    label: str
    what: str


def verify(law: Law) -> list[Problem]:
    """Every problem of a law on its day; an empty list is a clean bill.

    >>> from datetime import date
    >>> from safethird.law.canada import CANADA
    >>> verify(CANADA.on(date(2010, 1, 1)))
    []
    """
    try:
        check_citations(law.pact, law.day)
    except LawError as error:
        return [Problem(law.name, "", str(error))]
    twin = Twin(law, law, relatives=1)
    problems = [
        Problem(law.name, label, "no possible case sets it off: it is dead")
        for label in _dead(law, twin)
        if label not in DEAD_BY_DESIGN
    ]
    for name, results in (("pact result", law.pact.stca), ("outcome", law.pact.outcome)):
        ends = twin.of(0, any_of(*(expr for _, expr in results)))
        if twin.bdd.apply("and", ~ends, twin.possible()) != twin.bdd.false:
            problems.append(Problem(law.name, "", f"some cases end without any {name}"))
    problems += [
        Problem(law.name, label, "adding a relative who meets it can make the outcome worse")
        for label in dict.fromkeys(_hurts(law, twin))
        if HURTS_BY_DESIGN.get(label, ("",))[0] not in law.provisions
    ]
    problems += [
        Problem(law.name, label, f"it asks for the fact '{fact}', which nobody has declared")
        for label, fact in _undeclared(law)
    ]
    return problems


def verify_windows(pact: Pact) -> list[Problem]:
    """Gaps in time: a provision replaced or suspended must be followed at once by what comes next."""
    problems = []
    for amendment in pact.amendments:
        if amendment.until is not None and amendment.until <= (amendment.claims_from or amendment.commences):
            problems.append(Problem(pact.side, amendment.instrument, "it ends before it begins"))
    days = pact.boundaries()
    for day in days:
        try:
            pact.on(day)
            if day > pact.begins:
                pact.on(day - timedelta(days=1))
        except LawError as error:
            problems.append(Problem(f"{pact.side}@{day}", "", str(error)))
    return problems


def _dead(law: Law, twin: Twin) -> Iterator[str]:
    for label, found in law.provisions.items():
        rule = found.provision.rule
        if rule is None or found.provision.role == "consequence":
            continue
        member = 0 if _of_relatives(law, rule) else CLAIMANT
        node = twin.of(0, rule, member)
        if twin.bdd.apply("and", node, twin.possible()) == twin.bdd.false:
            yield label


def _hurts(law: Law, twin: Twin) -> Iterator[str]:
    """Exceptions of which a qualifying relative can turn a favourable outcome into an unfavourable one."""
    against = any_of(*(sentence(law.pact.outcome, code) for code in sorted(law.pact.unfavourable)))
    node = twin.of(0, against)
    leaf = (0, EXISTS)
    if leaf not in twin.leaves:
        return
    without = ~twin.given(node, leaf, False)
    worse = twin.bdd.apply("and", without, twin.given(node, leaf, True))
    for found in law.role("exception"):
        rule = found.provision.rule if found.provision.rule is not None else NEVER
        for part in _asked_for(rule):
            if isinstance(part, Some):
                meets = twin.bdd.apply("and", worse, twin.of(0, part.where, 0))
                if twin.bdd.apply("and", meets, twin.possible()) != twin.bdd.false:
                    yield found.provision.label


def _asked_for(expr: Expr) -> Iterator[Expr]:
    """The parts of a sentence that it asks to hold: what is denied is left out."""
    match expr:
        case And(parts) | Or(parts):
            for part in parts:
                yield from _asked_for(part)
        case Not():
            return
        case _:
            yield expr


def _of_relatives(law: Law, rule: Expr) -> bool:
    inside = {id(node) for some in walk(rule) if isinstance(some, Some) for node in walk(some.where)}
    for node in walk(rule):
        if isinstance(node, Fact) and node.of_relative and id(node) not in inside:
            return True
        if isinstance(node, Cite) and id(node) not in inside and _of_relatives(law, law.cited(node.label)):
            return True
    return False


def _undeclared(law: Law) -> Iterator[tuple[str, str]]:
    for label, found in law.provisions.items():
        if found.provision.rule is not None:
            for node in walk(found.provision.rule):
                if isinstance(node, Fact) and node.name not in declared:
                    yield label, node.name
