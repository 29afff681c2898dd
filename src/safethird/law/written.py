"""A user's own amendments, in a small file: parsed, never evaluated, within limits, all faults at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, walk
from safethird.law.facts import declared
from safethird.law.facts.declare import declare
from safethird.law.grammar import read
from safethird.law.pact import Add, Amendment, Change, LawError, Pact, Provision, Repeal, Substitute

MOST_CHANGES = 200
ROLES = ("claim", "ground", "scope", "exception", "element", "duty", "consequence", "direction")
KINDS = ("bool", "code", "codes", "number", "day")
_FILE = ("name", "title", "source", "status", "amendments", "facts", "note")
_AMENDMENT = ("side", "from", "until", "claims_from", "enacted", "instrument", "en", "fr", "add", "substitute",
              "repeal",
              "numbers")  # fmt: skip
_PROVISION = ("label", "rule", "en", "fr", "role", "treaty", "link", "confidence", "related")
_FACT = ("name", "kind", "role", "en", "fr", "ask_en", "ask_fr", "unshown", "codes", "provision")


@dataclass(frozen=True, slots=True)
class Bundle:
    """Amendments to both sides that belong together."""

    name: str
    amendments: tuple[tuple[str, Amendment, Mapping[str, Mapping[int, int]]], ...]

    def on(self, pact: Pact) -> Pact:
        """A pact with this bundle's amendments to its side.

        Raises:
            LawError: a change does not fit the law in force on its day, or citations run in a circle.
        """
        for side, amendment, numbers in self.amendments:
            if side != pact.side:
                continue
            law = (pact + replace(amendment, changes=())).on(amendment.commences)
            renumbered = tuple(_renumbered(law.provisions, label, change) for label, change in numbers.items())
            pact = pact + replace(amendment, changes=(*amendment.changes, *renumbered))
            check_citations(pact, amendment.commences)
        return pact


def bundle(raw: Any, where: str) -> Bundle:
    """The bundle that a file's data describe.

    Raises:
        LawError: with every fault, a line each.
    """
    if not isinstance(raw, dict) or not isinstance(raw.get("amendments"), list):
        raise LawError(f"{where}: a proposal has a list of 'amendments'. See docs/proposals.md.")
    faults = _strange(raw, _FILE, where)
    own = _facts(raw.get("facts") or [], where, faults)
    known = {**{name: declaration.fact for name, declaration in declared.items()}, **own}
    found = [_amendment(item, f"{where}: amendments[{n}]", known, faults) for n, item in enumerate(raw["amendments"])]
    if faults:
        raise LawError("\n".join(faults))
    return Bundle(str(raw.get("name", where)), tuple(item for item in found if item is not None))


def check_citations(pact: Pact, day: date) -> None:
    """Refuse citations that run in a circle on a day."""
    law = pact.on(day)
    clear: set[str] = set()

    def follow(label: str, trail: tuple[str, ...]) -> None:
        if label in trail:
            raise LawError(f"Citations run in a circle: {' → '.join((*trail[trail.index(label) :], label))}. Break it.")
        if label in clear:
            return
        for found in law.matching(label):
            if found.provision.rule is not None:
                for inner in _cites(found.provision.rule):
                    follow(inner, (*trail, label))
        clear.add(label)

    for label in law.provisions:
        follow(label, ())


def _strange(raw: Mapping[str, Any], known: tuple[str, ...], place: str) -> list[str]:
    return [f"{place}: unknown field '{key}'. Fields: {', '.join(known)}." for key in raw if key not in known]


def _cites(expr: Expr) -> set[str]:
    return {node.label for node in walk(expr) if isinstance(node, Cite)}


def _facts(raw: Any, where: str, faults: list[str]) -> dict[str, Fact]:
    own: dict[str, Fact] = {}
    for number, item in enumerate(raw if isinstance(raw, list) else []):
        place = f"{where}: facts[{number}]"
        if not isinstance(item, dict) or not isinstance(item.get("name"), str):
            faults.append(f"{place}: a fact has a name, a kind and words. Fields: {', '.join(_FACT)}.")
            continue
        faults += _strange(item, _FACT, place)
        name, kind = item["name"], item.get("kind", "bool")
        if kind not in KINDS or not name.replace("_", "").isalnum():
            faults.append(f"{place}: kind is one of {', '.join(KINDS)}, and the name a word.")
        elif name in declared and declared[name].field != f"more.{name}":
            faults.append(f"{place}: there is a fact of that name already. Choose another.")
        elif name in declared:
            own[name] = declared[name].fact
        else:
            label = (str(item.get("en", name)), str(item.get("fr", name)))
            question = (str(item.get("ask_en", label[0])), str(item.get("ask_fr", label[1])))
            role = item.get("role", "showable")
            own[name] = declare(
                name, kind, role if role in ("showable", "conduct", "fixed") else "showable", label, question,
                provision=str(item.get("provision", where)), unshown=item.get("unshown", "adverse"),
                codes={str(c): (str(c), str(c)) for c in item.get("codes", [])}, field=f"more.{name}",
            )  # fmt: skip
    return own


def _amendment(
    raw: Any, place: str, known: Mapping[str, Fact], faults: list[str]
) -> tuple[str, Amendment, Mapping[str, Mapping[int, int]]] | None:
    if not isinstance(raw, dict):
        faults.append(f"{place}: an amendment is a mapping. Fields: {', '.join(_AMENDMENT)}.")
        return None
    before = len(faults)
    faults += [
        f"{place}: unknown field '{key}'. Fields: {', '.join(_AMENDMENT)}." for key in raw if key not in _AMENDMENT
    ]
    side = str(raw.get("side", "canada"))
    if side not in ("canada", "united_states"):
        faults.append(f"{place}.side: it is canada or united_states.")
    days = {
        name: _day(raw.get(name), f"{place}.{name}", faults) for name in ("from", "until", "claims_from", "enacted")
    }
    start = days["from"]
    if raw.get("from") is None:
        faults.append(f"{place}.from: the day from which it applies is missing. Write YYYY-MM-DD.")
    changes: list[Change] = [Repeal(str(label)) for label in raw.get("repeal") or []]
    for verb, make in (("substitute", Substitute), ("add", Add)):
        for number, item in enumerate(raw.get(verb) or []):
            provision = _provision(item, f"{place}.{verb}[{number}]", known, faults)
            if provision is not None:
                changes.append(make(provision))
    if len(changes) > MOST_CHANGES:
        faults.append(f"{place}: more than {MOST_CHANGES} changes. Split the bundle.")
    numbers = raw.get("numbers") or {}
    if not isinstance(numbers, dict) or not all(isinstance(n, dict) for n in numbers.values()):
        faults.append(f"{place}.numbers: write 'LABEL: {{OLD: NEW}}'.")
        numbers = {}
    if len(faults) > before or start is None:
        return None
    name = str(raw.get("instrument", "Proposed amendment"))
    amendment = Amendment(
        name, start, tuple(changes), str(raw.get("en", name)), str(raw.get("fr", name)), enacted=days["enacted"],
        until=days["until"], claims_from=days["claims_from"], confidence="low", basis="derived",
    )  # fmt: skip
    return side, amendment, {str(k): {int(o): int(n) for o, n in v.items()} for k, v in numbers.items()}


def _provision(raw: Any, place: str, known: Mapping[str, Fact], faults: list[str]) -> Provision | None:
    if not isinstance(raw, dict) or not isinstance(raw.get("label"), str):
        faults.append(f"{place}: a provision has a label. Fields: {', '.join(_PROVISION)}.")
        return None
    strange = [
        f"{place}: unknown field '{key}'. Fields: {', '.join(_PROVISION)}." for key in raw if key not in _PROVISION
    ]
    role = raw.get("role", "element")
    if role not in ROLES:
        strange.append(f"{place}.role: it is one of {', '.join(ROLES)}.")
    rule = None
    try:
        rule = read(str(raw["rule"]), known) if raw.get("rule") is not None else None
    except LawError as error:
        strange.append(f"{place}.rule: {error}")
    faults += strange
    if strange:
        return None
    words = str(raw.get("en", raw["label"]))
    related = tuple(str(label) for label in raw.get("related") or [])
    return Provision(
        raw["label"], rule, words, str(raw.get("fr", words)), role, str(raw.get("link", "")),
        str(raw.get("treaty", "")),
        "low", "derived", related,
    )  # fmt: skip


def _day(raw: Any, place: str, faults: list[str]) -> date | None:
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw))
    except ValueError:
        faults.append(f"{place}: this is not a day that exists. Write YYYY-MM-DD.")
        return None


def _renumbered(provisions: Mapping[str, Any], label: str, change: Mapping[int, int]) -> Substitute:
    if label not in provisions:
        near = ", ".join(name for name in provisions if name.startswith(label.split("(")[0])) or "none"
        raise LawError(f"numbers: {label} is not in force that day. Near it: {near}.")
    old = provisions[label].provision
    if old.rule is None:
        raise LawError(f"numbers: {label} lays down no rule with numbers.")
    rule = _with_numbers(old.rule, change)
    if rule == old.rule:
        raise LawError(f"numbers: none of {', '.join(map(str, change))} stands in {label}: {old.rule}.")
    return Substitute(replace(old, rule=rule, confidence="low", basis="derived"))


def _with_numbers(expr: Expr, change: Mapping[int, int]) -> Expr:
    match expr:
        case Compare(left, relation, right):
            new = change.get(right, right) if isinstance(right, int) else right
            return Compare(left, relation, new)
        case And(parts):
            return And(tuple(_with_numbers(part, change) for part in parts))
        case Or(parts):
            return Or(tuple(_with_numbers(part, change) for part in parts))
        case Not(part):
            return Not(_with_numbers(part, change))
        case Some(where):
            return Some(_with_numbers(where, change))
        case Fact() | Cite():
            return expr
