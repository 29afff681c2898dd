"""Provisions, the amendments that make and change them, and the law that they leave on a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from functools import cached_property
from typing import Literal

from safethird.expr import Expr, any_of

Role = Literal["claim", "ground", "scope", "exception", "element", "duty", "consequence", "direction"]
Confidence = Literal["high", "medium", "low"]
Basis = Literal["read", "derived", "recalled"]
_ORDER: tuple[Confidence, ...] = ("low", "medium", "high")


class LawError(ValueError):
    """The law was asked for something that it does not hold; the message says what is near."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One provision in plain words, with the sentence that it lays down (``None``: it only informs)."""

    label: str
    rule: Expr | None
    en: str
    fr: str
    role: Role
    link: str
    treaty: str = ""
    confidence: Confidence = "high"
    basis: Basis = "read"
    related: tuple[str, ...] = ()

    def address(self, lang: str) -> str:
        """The link to the official text in ``en`` or ``fr``; only Canadian law has one in French."""
        if lang != "fr" or "laws-lois.justice.gc.ca" not in self.link:
            return self.link
        return (
            self.link.replace("/eng/acts/", "/fra/lois/")
            .replace("/eng/regulations/SOR-", "/fra/reglements/DORS-")
            .replace("/section-", "/article-")
        )

    def text(self, lang: str) -> str:
        """The provision in plain words, in ``en`` or ``fr``."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Add:
    """Puts a provision in that was not in force."""

    provision: Provision


@dataclass(frozen=True, slots=True)
class Substitute:
    """Puts a provision in the place of the one with the same label."""

    provision: Provision


@dataclass(frozen=True, slots=True)
class Repeal:
    """Takes a provision out; ``IRPR 159.5*`` takes out it and everything under it."""

    label: str


Change = Add | Substitute | Repeal


@dataclass(frozen=True, slots=True)
class Amendment:
    """A set of changes with the day (and hour, Ottawa time) on which they begin and, perhaps, end.

    ``on_top`` is for what overlies the rest whatever is amended beneath it, such as a suspension.
    ``claims_from`` reaches back: the changes apply to claims made from that day on, once enacted.
    """

    instrument: str
    commences: date
    changes: tuple[Change, ...]
    en: str
    fr: str
    enacted: date | None = None
    at: time | None = None
    until: date | None = None
    claims_from: date | None = None
    confidence: Confidence = "high"
    basis: Basis = "read"
    on_top: bool = False

    @property
    def known_from(self) -> date:
        """The day from which an officer could know of it."""
        return self.enacted or self.commences

    def applies(self, day: date, known_on: date | None) -> bool:
        """Whether it governs a claim made on a day (or at a moment), by what was enacted on another."""
        if known_on is not None and self.known_from > known_on:
            return False
        moment = isinstance(day, datetime)
        plain = day.date() if isinstance(day, datetime) else day
        if self.until is not None and plain >= self.until:
            return False
        first = self.claims_from or self.commences
        if isinstance(day, datetime) and moment and self.at is not None and self.claims_from is None:
            return day >= datetime.combine(first, self.at)
        return plain >= first


@dataclass(frozen=True, slots=True)
class InForce:
    """A provision with the amendment that gave it its present wording."""

    provision: Provision
    by: Amendment

    @property
    def confidence(self) -> Confidence:
        """The weaker of the provision's and the instrument's own confidence."""
        return weakest(self.provision.confidence, self.by.confidence)


@dataclass(frozen=True)
class Law:
    """The law of one side on a day: label to provision, and how answers are read off it."""

    pact: Pact
    day: date
    known_on: date | None
    amendments: tuple[Amendment, ...]
    provisions: Mapping[str, InForce]
    _cited: dict[str, Expr] = field(default_factory=dict, compare=False, repr=False)
    _matched: dict[str, list[InForce]] = field(default_factory=dict, compare=False, repr=False)
    proposals: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The designator, for instance ``canada@2024-06-01``."""
        plain = self.day.date() if isinstance(self.day, datetime) else self.day
        return "+".join((f"{self.pact.side}@{plain}", *self.proposals))

    def cited(self, label: str) -> Expr:
        """The sentence behind a label or a range of labels; a label not in force says *never*.

        >>> from safethird.law.canada import CANADA
        >>> str(CANADA.on(date(2010, 1, 1)).cited("IRPR 159.6(c)"))
        'never'
        """
        found = self._cited.get(label)
        if found is None:
            rules = [p.provision.rule for p in self.matching(label)]
            found = self._cited[label] = any_of(*(rule for rule in rules if rule is not None))
        return found

    def matching(self, label: str) -> list[InForce]:
        """The provisions in force that a label or range names: ``159.5(*)``, ``159.5(a-h)``."""
        found = self._matched.get(label)
        if found is None:
            found = self._matched[label] = self._match(label)
        return found

    def _match(self, label: str) -> list[InForce]:
        span = re.fullmatch(r"(.*)\((\*|(\w)-(\w))\)", label)
        if span is None:
            return [self.provisions[label]] if label in self.provisions else []
        stem, first, last = span[1], span[3], span[4]
        child = re.compile(re.escape(stem) + r"\(([^()]+)\)")
        hits = [(m, p) for name, p in self.provisions.items() if (m := child.fullmatch(name))]
        return [p for m, p in hits if first is None or (len(m[1]) == 1 and first <= m[1] <= last)]

    def role(self, *roles: Role) -> list[InForce]:
        """The provisions in force that play one of these parts, in the order of the law."""
        return [p for p in self.provisions.values() if p.provision.role in roles]

    @cached_property
    def key(self) -> tuple[int, ...]:
        """What tells two laws of one pact apart: the amendments in force."""
        return tuple(id(amendment) for amendment in self.amendments)


@dataclass(frozen=True)
class Pact:
    """One side's law of the pact through time: amendments, and how results are read off the law.

    ``stca`` and ``outcome`` are read in order: the first sentence that holds gives the result.
    ``unfavourable`` names the outcomes against the claimant; ``adverse_…`` order the results from the worst for
    the claimant: what the established standing tries first.
    """

    side: str
    amendments: tuple[Amendment, ...]
    stca: tuple[tuple[str, Expr], ...]
    outcome: tuple[tuple[str, Expr], ...]
    adverse_outcome: tuple[str, ...]
    adverse_stca: tuple[str, ...]
    unfavourable: frozenset[str]
    begins: date
    checked: Mapping[str, date]
    _laws: dict[tuple[int, ...], Law] = field(default_factory=dict, compare=False, repr=False)

    def __add__(self, amendment: Amendment) -> Pact:
        return replace(self, amendments=(*self.amendments, amendment), _laws={})

    @property
    def last_checked(self) -> date:
        """The day up to which every source of this side has been checked."""
        return min(self.checked.values())

    def on(self, day: date, known_on: date | None = None) -> Law:
        """The law for a claim made on a day, as enacted to date or, with ``known_on``, by that day.

        ``day`` may be a ``datetime`` without zone in Ottawa time where the hour matters.

        Raises:
            LawError: the day comes before the Act.

        >>> from safethird.law.canada import CANADA
        >>> "IRPR 159.6(c)" in CANADA.on(date(2009, 7, 22)).provisions
        True
        >>> "IRPR 159.6(c)" in CANADA.on(date(2009, 7, 23)).provisions
        False
        """
        plain = day.date() if isinstance(day, datetime) else day
        if plain < self.begins:
            raise LawError(
                f"There is no law of this pact to read on {plain}: the Act starts on {self.begins}. "
                f"Give a day from {self.begins} on."
            )
        if known_on is not None and known_on < self.begins:
            raise LawError(f"Nothing of this pact was known on {known_on}: the Act starts on {self.begins}.")
        chosen = sorted(
            (a for a in self.amendments if a.applies(day, known_on)),
            key=lambda a: (a.on_top, a.known_from, a.commences),
        )
        key = tuple(id(amendment) for amendment in chosen)
        law = self._laws.get(key)
        if law is None:
            law = self._laws[key] = Law(self, day, known_on, tuple(chosen), _fold(chosen))
        return replace(law, day=day, known_on=known_on)

    def ended(self, label: str) -> date | None:
        """The day from which a provision was repealed, if it was."""
        repeals = [a.commences for a in self.amendments if any(c == Repeal(label) for c in a.changes)]
        return min(repeals, default=None)

    def boundaries(self) -> list[date]:
        """Every day on which the law for new claims changes."""
        days = {a.claims_from or a.commences for a in self.amendments}
        return sorted(days | {a.until for a in self.amendments if a.until is not None})


def weakest(*levels: Confidence) -> Confidence:
    """The weakest of several confidences: a chain is as strong as its weakest link."""
    return min(levels, key=_ORDER.index, default="high")


def _fold(amendments: list[Amendment]) -> dict[str, InForce]:
    provisions: dict[str, InForce] = {}
    for amendment in amendments:
        for change in amendment.changes:
            match change:
                case Add(provision):
                    if provision.label in provisions:
                        raise LawError(
                            f"{amendment.instrument} cannot add {provision.label}: it is in force "
                            f"(by {provisions[provision.label].by.instrument}). Substitute it instead."
                        )
                    provisions[provision.label] = InForce(provision, amendment)
                case Substitute(provision):
                    _labels_in_force(provision.label, "substitute", amendment, provisions)
                    provisions[provision.label] = InForce(provision, amendment)
                case Repeal(label):
                    for name in _labels_in_force(label, "repeal", amendment, provisions):
                        del provisions[name]
    return provisions


def _labels_in_force(label: str, verb: str, by: Amendment, provisions: Mapping[str, InForce]) -> list[str]:
    stem = label.removesuffix("*")
    if stem == label:
        found = [label] if label in provisions else []
    else:
        found = [name for name in provisions if name == stem or name.startswith((f"{stem}(", f"{stem} "))]
    if not found:
        trunk = label.split("(")[0].rstrip("*")
        near = ", ".join(name for name in provisions if name.startswith(trunk)) or "nothing under that number"
        raise LawError(
            f"{by.instrument} cannot {verb} {label}: not in force on {by.commences}. In force nearby: {near}."
        )
    return found
