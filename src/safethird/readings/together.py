"""Deciding a family: each member alone, then once more with those whose claims would be referred that day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations

from safethird.cases.case import Case
from safethird.cases.family import Family
from safethird.law.pact import Law
from safethird.readings.answer import Answer, Notice
from safethird.readings.decide import Standing, decide, possible
from safethird.readings.explain import explain
from safethird.readings.reading import law_for
from safethird.readings.settle import Search

_REFERRED = {"relative.location": "CAN", "relative.claim_status": "referred_same_day"}
_UNSETTLED = "undetermined"

Read = Mapping[str, tuple[Law, Case]]


@dataclass(frozen=True, slots=True)
class Together:
    """The answer of each member, and the pairs of members whose answers differ."""

    members: tuple[tuple[str, Answer], ...]
    splits: tuple[tuple[str, str], ...]


def decide_family(
    family: Family, on: date | None = None, known_on: date | None = None, *, smallest: bool = True
) -> Together:
    """Decide each member of a family alone, and show where it splits.

    A member whose claim would be referred counts for the others as referred the same day: the law says
    what follows. Where it is not yet known whether it would be, an answer that hangs on it is undetermined.

    Raises:
        LawError: no day is given anywhere, or no law was in force on it.

    >>> from safethird.cases.family import build_family
    >>> from safethird.cases.faults import Faults
    >>> facts = {"claim_date": "2024-05-01", "came_from": "USA", "mode": "land_port"}
    >>> Ana = {"id": "Ana", "facts": {"age": 34, "nationality": ["COL"]}}
    >>> Bo = {"id": "Bo", "facts": {"age": 2, "nationality": ["USA"]}}
    >>> file = {"kind": "derived", "facts": facts, "members": [Ana, Bo]}
    >>> together = decide_family(build_family(file, Faults({})))
    >>> [answer.stca for _, answer in together.members], together.splits
    (['bar', 'outside'], (('Ana', 'Bo'),))
    """
    read = {case.id: law_for(case, on, known_on) for case in family.members}
    sure = _referred(read, family, frozenset(), doubtful=False)
    maybe = _referred(read, family, sure, doubtful=True)
    answers = {}
    for name, (law, case) in read.items():
        others = family.listed[name]
        answer = explain(law, _beside(case, others, sure), smallest=smallest)
        if maybe != sure:
            supposed = decide(law, _beside(case, others, maybe)).settled
            if supposed != answer.settled:
                answer = _hanging(answer, supposed, sorted((maybe - sure) & {*others} - {name}))
        answers[name] = answer
    splits = tuple(
        (one, two)
        for one, two in combinations(answers, 2)
        if (answers[one].stca, answers[one].outcome) != (answers[two].stca, answers[two].outcome)
    )
    return Together(tuple(answers.items()), splits)


def _referred(read: Read, family: Family, start: frozenset[str], doubtful: bool) -> frozenset[str]:
    """Those whose claims are, or on an open point of law may be, referred; all at once, until no more come."""
    found = start
    while True:
        more = found | {
            name
            for name, (law, case) in read.items()
            if name not in found and _may_be_referred(law, _beside(case, family.listed[name], found), doubtful)
        }
        if more == found:
            return found
        found = more


def _may_be_referred(law: Law, case: Case, doubtful: bool) -> bool:
    outcome = decide(law, case).settled.outcome
    if outcome == "open" or (doubtful and outcome == _UNSETTLED):
        return "eligible" in possible(law.pact.outcome, Search(law, case))
    return outcome == "eligible"


def _beside(case: Case, listed: tuple[str, ...], referred: frozenset[str]) -> Case:
    relatives = tuple(
        {**facts, **_REFERRED}
        if name in referred and facts.get("relative.claim_status") == "not_yet_referred"
        else facts
        for name, facts in zip(listed, case.relatives, strict=True)
    )
    return replace(case, relatives=relatives)


def _hanging(answer: Answer, supposed: Standing, names: list[str]) -> Answer:
    stca = answer.stca if answer.stca == supposed.stca else _UNSETTLED
    outcome = answer.outcome if answer.outcome == supposed.outcome else _UNSETTLED
    who = ", ".join(names)
    notice = Notice(
        f"This answer hangs on that of another member, not yet settled: {who}.",
        f"Cette réponse dépend de celle d’un autre membre, encore indéterminée : {who}.",
    )
    return replace(
        answer,
        stca=stca,
        outcome=outcome,
        settled=Standing(stca, outcome),
        warnings=(*answer.warnings, notice),
    )
