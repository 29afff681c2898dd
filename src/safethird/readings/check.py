"""Checking cases against what is expected of them: worked examples, decided cases, an office's precedents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from safethird.cases.build import build
from safethird.cases.case import Case
from safethird.cases.faults import BadFile, Fault, Faults
from safethird.law.pact import Law, LawError
from safethird.law.sides import SIDES
from safethird.readings.answer import Answer
from safethird.readings.decide import sentence
from safethird.readings.explain import explain
from safethird.readings.reading import law_for, pact_of
from safethird.readings.settle import Search

_BARRED = ("ineligible", "no_claim_possible")
_AGREEMENT_IN_FORCE = date(2004, 12, 29)


@dataclass(frozen=True, slots=True)
class Checked:
    """One case checked: passed, only consistent (thin facts, or an open point), or neither, and why."""

    id: str
    ok: bool
    consistent: bool
    expected: Mapping[str, Any]
    got: Mapping[str, Any]
    why: str


def check(raw: Any, lines: dict[str, int], side: str | None = None) -> Iterator[Checked]:
    """Check every case of a file; a case that cannot be read is a failed one, with its faults.

    Raises:
        BadFile: the file holds no list of cases.
    """
    cases = raw.get("cases") if isinstance(raw, dict) else raw
    if not isinstance(cases, list) or not cases:
        raise BadFile([Fault("cases", "There is no list of cases here.", "Put the cases in a list under 'cases:'.")])
    for number, item in enumerate(cases):
        if side is None or not isinstance(item, dict) or item.get("side", "canada") == side:
            yield _check(item, f"cases[{number}]", lines)


def _check(item: Any, at: str, lines: dict[str, int]) -> Checked:
    faults = Faults(lines)
    case = build(item, faults, at)
    expected = item.get("expected") if isinstance(item, dict) else None
    name = str(item.get("id", at)) if isinstance(item, dict) else at
    if not isinstance(expected, dict):
        faults.add(at, "It says nothing of what is expected.", "Add 'expected:' with stca and outcome.")
    else:
        _read_expected(expected, case.side, f"{at}.expected", faults)
    if faults.found or not isinstance(expected, dict):
        return Checked(name, False, False, {}, {}, "; ".join(map(str, faults.found)))
    decision = item.get("kind") == "decision"
    try:
        readings = list(_readings(case))
    except LawError as error:
        return Checked(name, False, False, _shown(expected), {}, str(error))
    answers = [explain(law, dated, smallest=False) for law, dated in readings]
    problems = [_problems(expected, answer, decision) for answer in answers]
    same = len({(a.stca, a.outcome, a.established) for a in answers}) == 1
    ok = same and not any(problems)
    why = (
        "; ".join(problems[0])
        if same
        else "; ".join(["the answer differs between versions of the law, and the day is not known", *problems[0]])
    )
    consistent = not ok and any(
        _can_be(law, dated, expected, decision, answer) for (law, dated), answer in zip(readings, answers, strict=True)
    )
    return Checked(name, ok, consistent, _shown(expected), _got(answers[0], same), "" if ok else why)


def _read_expected(expected: Mapping[str, Any], side: str, at: str, faults: Faults) -> None:
    pact = SIDES.get(side)
    for key in expected:
        if key not in _EXPECTED:
            faults.unknown_word(f"{at}.{key}", key, _EXPECTED, "There is no such field.")
    for name, more in (("stca", ("open", "undetermined")), ("outcome", _OUTCOMES)):
        word = expected.get(name)
        known = (*(code for code, _ in getattr(pact, name)), *more) if pact else ()
        if word is not None and known and word not in known:
            faults.unknown_word(f"{at}.{name}", str(word), known, f"This is no {name}.")


_OUTCOMES = ("open", "unclear", "undetermined", "redetermination")
_EXPECTED = ("stca", "outcome", "provision", "other_bars", "court_outcome", "law_version", "note")


def _readings(case: Case) -> Iterable[tuple[Law, Case]]:
    if case.law_day is not None:
        return [law_for(case)]
    pact = pact_of(case)
    return [law_for(case, day) for day in pact.boundaries()]


def _problems(expected: Mapping[str, Any], answer: Answer, decision: bool) -> list[str]:
    problems = []
    for name, got, wanted in (
        ("stca", _headline(answer, "stca"), expected.get("stca")),
        ("outcome", _headline(answer, "outcome"), expected.get("outcome")),
    ):
        if wanted is not None and not _matches(name, str(wanted), got, expected, answer, decision):
            problems.append(f"{name}: expected {wanted}, got {got}")
    cited = [_plain(label) for label in answer.cited]
    stated = expected.get("provision") or []
    for label in [stated] if isinstance(stated, str) else stated:
        if not any(have.startswith(_plain(str(label))) for have in cited):
            problems.append(f"provision {label} is not relied on")
    return problems


def _headline(answer: Answer, name: str) -> str:
    settled: str = getattr(answer.settled, name)
    return getattr(answer.established, name) if settled == "undetermined" else settled


def _matches(name: str, wanted: str, got: str, expected: Mapping[str, Any], answer: Answer, decision: bool) -> bool:
    settled = getattr(answer.settled, name)
    if wanted in (got, settled, "redetermination"):
        return True
    if settled == "open" and wanted == getattr(answer.established, name):
        return True  # the law is unsettled, and practice against the claimant is what the case expects
    if wanted in ("open", "unclear"):
        return settled == "open" or (settled == "undetermined" and (decision or bool(answer.open_points)))
    if wanted == "direct_back" and answer.day < _AGREEMENT_IN_FORCE:
        return True
    swapped = {wanted, got} == {"outside", "not_engaged"}
    return swapped and expected.get("outcome") in _BARRED and _headline(answer, "outcome") in _BARRED


def _can_be(law: Law, case: Case, expected: Mapping[str, Any], decision: bool, answer: Answer) -> bool:
    """Whether some completion of a thinly reported case, or some position on an open point, gives what is expected."""
    if not decision and "open" not in (answer.stca, answer.outcome):
        return False
    goals = []
    for results, wanted in (
        (law.pact.stca, expected.get("stca")),
        (law.pact.outcome, expected.get("outcome")),
    ):
        codes = [code for code, _ in results]
        if wanted in codes:
            swap = wanted in ("outside", "not_engaged") and expected.get("outcome") in _BARRED
            goal = sentence(results, str(wanted))
            goals.append(goal if not swap else sentence(results, "outside") | sentence(results, "not_engaged"))
    return bool(goals) and Search(law, case).find(*((goal, True) for goal in goals)) is not None


def _plain(label: str) -> str:
    """A label as it is compared: without remarks, and with the instrument's usual name.

    >>> _plain("IRPR 159.6(c) (repealed 2009-07-23)"), _plain("2026, c. 4, s. 75"), _plain("R41 practice of 2003")
    ('IRPR 159.6(c)', 'S.C. 2026, c. 4, s. 75', 'IRPR 41')
    """
    text = re.sub(r"\s+\(.*\)$", "", label.strip())
    text = re.sub(r"^R(?=\d)", "IRPR ", text)
    text = re.sub(r"^(?=\d{4}, c\.)", "S.C. ", text)
    text = re.sub(r"\bs\. ?(?=\d+$)", "s. " if "c." in text else "", text)
    text = re.sub(r"^(IRP[AR]) (?:s\.|section) ?", r"\1 ", text)
    text = re.sub(r" (practice|policy|of) .*$", "", text)
    return re.sub(r"^(101\()", r"IRPA \1", text)


def _shown(expected: Mapping[str, Any]) -> dict[str, Any]:
    return {name: expected[name] for name in ("stca", "outcome", "provision") if name in expected}


def _got(answer: Answer, same: bool) -> dict[str, Any]:
    if not same:
        return {"stca": "undetermined", "outcome": "undetermined"}
    return {
        "stca": _headline(answer, "stca"),
        "outcome": _headline(answer, "outcome"),
        "settled": {"stca": answer.settled.stca, "outcome": answer.settled.outcome},
        "established": {"stca": answer.established.stca, "outcome": answer.established.outcome},
    }
