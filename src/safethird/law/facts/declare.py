"""Declaring a fact: its kind, its words in both languages, and what follows when nobody shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from safethird.expr import Fact, Kind

Role = Literal["showable", "conduct", "fixed", "point"]
# In the established standing an unshown fact counts against the claimant unless a presumption is declared.
ADVERSE = "adverse"


class Words(NamedTuple):
    """The same words in English and in French."""

    en: str
    fr: str

    def text(self, lang: str) -> str:
        """The words in ``en`` or ``fr``."""
        return self.fr if lang == "fr" else self.en


class Position(NamedTuple):
    """One position on an unsettled point of law."""

    holds: bool
    words: Words
    source: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """A fact with everything that a person must be told about it."""

    fact: Fact
    role: Role
    label: Words
    ask: Words
    help: Words
    evidence: Words
    provision: str
    codes: Mapping[str, Words]
    unshown: bool | str
    sensitive: bool
    field: str
    positions: tuple[Position, ...] = ()
    us_provision: str = ""

    @property
    def name(self) -> str:
        """The fact's name."""
        return self.fact.name

    def asked_by(self, side: str) -> str:
        """The provision of one side's law that asks about the fact."""
        return self.us_provision if side == "united_states" and self.us_provision else self.provision


declared: dict[str, Declaration] = {}
NOTHING = Words("", "")


def declare(
    name: str,
    kind: Kind,
    role: Role,
    label: tuple[str, str],
    ask: tuple[str, str],
    *,
    help: tuple[str, str] = NOTHING,
    evidence: tuple[str, str] = NOTHING,
    provision: str,
    us_provision: str = "",
    codes: Mapping[str, tuple[str, str]] | None = None,
    unshown: bool | str = ADVERSE,
    sensitive: bool = False,
    field: str = "",
) -> Fact:
    """Declare a fact once and return its node.

    Raises:
        ValueError: the name is taken.
    """
    if name in declared:
        raise ValueError(f"The fact '{name}' is declared twice. Use the first declaration.")
    fact = Fact(name, kind)
    declared[name] = Declaration(
        fact,
        role,
        Words(*label),
        Words(*ask),
        Words(*help),
        Words(*evidence),
        provision,
        {code: Words(*words) for code, words in (codes or {}).items()},
        unshown,
        sensitive,
        field or name,
        us_provision=us_provision,
    )
    return fact


def point(
    name: str,
    label: tuple[str, str],
    question: tuple[str, str],
    provision: str,
    *positions: tuple[bool, tuple[str, str], str],
    established: bool | str = ADVERSE,
) -> Fact:
    """Declare an unsettled point of law: a fact that nobody knows yet, with the positions taken on it."""
    fact = declare(
        name,
        "point",
        "point",
        label,
        question,
        provision=provision,
        unshown=established,
        field=f"positions.{name}",
    )
    taken = tuple(Position(holds, Words(*words), source) for holds, words, source in positions)
    old = declared[name]
    declared[name] = Declaration(
        old.fact, old.role, old.label, old.ask, old.help, old.evidence, old.provision, old.codes, old.unshown,
        old.sensitive, old.field, taken,
    )  # fmt: skip
    return fact
