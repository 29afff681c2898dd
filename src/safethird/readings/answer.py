"""The answer to a case, one shape everywhere: in Python, as JSON, on a page."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from safethird.readings.decide import Standing

Result = Literal["yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Reason:
    """One fact relied on: where it stands in the case, what it says, and the provision that asks."""

    label: str
    fact: str
    result: Result
    en: str
    fr: str
    within: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One provision tried: its citation, version, result, and why."""

    label: str
    result: Result
    en: str
    fr: str
    instrument: str
    since: date
    treaty: str
    link: str
    link_fr: str
    confidence: str
    basis: str
    because: tuple[Reason, ...] = ()
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """One position on an unsettled point, with its source."""

    holds: bool
    en: str
    fr: str
    source: str


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """An unsettled point of law on which the answer turns."""

    name: str
    label: str
    en: str
    fr: str
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class ToShow:
    """One fact that could still be shown, and by what."""

    fact: str
    value: str
    en: str
    fr: str
    evidence_en: str
    evidence_fr: str


@dataclass(frozen=True, slots=True)
class Missing:
    """A smallest set of showable facts that would change the established answer, and to what."""

    show: tuple[ToShow, ...]
    stca: str
    outcome: str
    provisions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A fact not known on which the settled answer still turns."""

    fact: str
    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class NotInForce:
    """A provision of another version of the law, and why it does not govern this claim."""

    label: str
    instrument: str
    claims_from: date
    until: date | None
    en: str
    fr: str
    related: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to read before relying on the answer."""

    en: str
    fr: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is said of one person's case under one law; ``stca`` and ``outcome`` are the settled ones."""

    id: str
    side: str
    law: str
    day: date
    known_on: date | None
    stca: str
    outcome: str
    settled: Standing
    established: Standing
    barred: Result
    grounds: tuple[Finding, ...]
    scope: tuple[Finding, ...]
    exceptions: tuple[Finding, ...]
    open_points: tuple[OpenPoint, ...]
    missing: tuple[Missing, ...]
    unknown: tuple[Unknown, ...]
    consequences: tuple[Finding, ...]
    not_in_force: tuple[NotInForce, ...]
    last_checked: date
    confidence: str
    warnings: tuple[Notice, ...]
    cited: tuple[str, ...]
    engine: str
    note: Notice = field(
        default_factory=lambda: Notice(
            "Information for people who decide and advise; not a decision and not legal advice. An officer "
            "decides, proof "
            "can fail, and a later claim is then usually barred.",
            "Renseignement pour qui décide et conseille; ni décision ni avis juridique. Un agent décide, la "
            "preuve peut "
            "échouer, et une demande ultérieure est alors d’ordinaire irrecevable.",
        )
    )
