"""From the fields of a case file to the facts of the law: what is given, what is absent, what contradicts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from safethird.cases import scalars
from safethird.cases.burden import with_burden
from safethird.cases.case import Case
from safethird.cases.faults import Faults
from safethird.cases.fields import ABSENT_IS_FALSE, CASE, CLAIMANT, INSIDE, KINDS, RELATIVE, SIDES, Kind
from safethird.cases.history import history
from safethird.cases.journey import journey
from safethird.cases.members import relatives
from safethird.cases.person import known_keys, partner, person
from safethird.cases.stated import Stated
from safethird.cases.values import Value, When
from safethird.law.facts import declared

_BOOLEANS = (
    "visa_required_canada", "visa_required_us", "us_refused_entry_without_claim_decision",
    "pr_of_canada_removed_by_us", "us_claim_decided", "removal_order_in_canada", "cannot_be_returned_there",
    "heard_before_2019_06_21", "at_named_crossing",
    "excluded_from_removal_stay", "sentence_two_years", "danger_opinion",
)  # fmt: skip
_SHORT = {"determined_inadmissible": "ground", "prior_canada_claim": "result"}
_STAYS_UNKNOWN = ("sentence_two_years", "danger_opinion")


def build(raw: Any, faults: Faults, at: str = "") -> Case:
    """The case that a file (or one entry of a file of cases) describes; faults are noted, not raised."""
    if not isinstance(raw, dict):
        faults.add(at, "A case is a mapping with 'facts' and 'relatives'.", "See 'safethird decide --help'.")
        return Case({})
    known_keys(raw, CASE, at, faults)
    side = _word(raw, "side", SIDES, "canada", at, faults)
    kind = _word(raw, "kind", KINDS, "", at, faults)
    closed = kind in ABSENT_IS_FALSE
    path = f"{at}.facts" if at else "facts"
    stated = _mapping(raw, "facts", at, faults)
    count = len(raw["relatives"]) if isinstance(raw.get("relatives"), list) else 0
    unknown, told = (_named(stated.get(n), n, count, path, faults) for n in ("unknown_facts", "not_shown"))
    fields = _fields(stated, CLAIMANT, path, faults)
    fields = {name: value for name, value in fields.items() if name not in unknown and name not in told}
    if fields.get("claim_date") is None and raw.get("date") is not None:
        fields["claim_date"] = scalars.day(raw["date"], f"{at}.date" if at else "date", faults)
    if kind == "decision" and raw.get("date") is None and "date" in raw:
        fields.pop("claim_date", None)
    claimant = Stated(fields, closed, frozenset((*unknown, *told)), side, path, faults)
    facts = _facts(claimant, raw.get("relatives"))
    members, testimony, warnings = relatives(raw.get("relatives"), fields, closed, (*unknown, *told), at, faults)
    facts |= partner(claimant, facts, members)
    facts |= _positions(raw.get("positions"), at, faults)
    place = f"{at}.relatives_complete" if at else "relatives_complete"
    complete = scalars.read("bool", "relatives_complete", raw.get("relatives_complete", closed), place, faults)
    case = Case(
        facts,
        tuple(members),
        complete is True,
        side=side,
        id=str(raw.get("id", "")),
        testimony=tuple(testimony),
        told=tuple(told),
        us_status=fields.get("us_status"),
        notice=fields.get("suspension"),
        warnings=tuple(warnings),
    )
    return with_burden(case)


def _word(raw: Mapping[str, Any], key: str, known: tuple[str, ...], default: str, at: str, faults: Faults) -> str:
    word = raw.get(key, default)
    if word not in (*known, default):
        faults.unknown_word(f"{at}.{key}" if at else key, str(word), known, "This word is not on the list.")
        return default
    return str(word)


def _mapping(raw: Mapping[str, Any], key: str, at: str, faults: Faults) -> Mapping[str, Any]:
    found = raw.get(key) or {}
    if not isinstance(found, dict):
        faults.add(f"{at}.{key}" if at else key, "This must be a mapping of fields.", "Write 'field: value' lines.")
        return {}
    return found


def _named(raw: Any, name: str, relatives_listed: int, path: str, faults: Faults) -> tuple[str, ...]:
    """The fields that a list names; a name that is no field is a fault, or its fact would silently stay as it is."""
    found = []
    for number, item in enumerate(raw if isinstance(raw, list) else [raw] if raw else []):
        place = f"{path}.{name}[{number}]"
        inside = re.fullmatch(r"relatives\[(\d+)\]\.(\w+)", str(item))
        if inside and (int(inside[1]) >= relatives_listed or inside[2] not in RELATIVE):
            faults.unknown_word(place, inside[2], RELATIVE, "It names no field of a listed relative.")
        elif not inside and str(item) not in (*CLAIMANT, "relatives_complete"):
            faults.unknown_word(place, str(item), CLAIMANT, "It names no field.")
        else:
            found.append(str(item))
    return tuple(found)


def _fields(raw: Mapping[str, Any], known: Mapping[str, Kind], path: str, faults: Faults) -> dict[str, Any]:
    known_keys(raw, known, path, faults)
    fields: dict[str, Any] = {}
    for name, value in raw.items():
        if name in known:
            place = f"{path}.{name}"
            read = scalars.read(known[name], name, value, place, faults)
            if read is not None:
                fields[name] = _inside(name, read, place, faults) if known[name] == "map" else read
    for name in ("claim", "entry"):
        when, hour = fields.get(f"{name}_date"), fields.get(f"{name}_time")
        if when is not None:
            fields[f"{name}_date"] = scalars.moment(when, hour, f"{path}.{name}_time", faults)
    return fields


def _inside(name: str, raw: Any, path: str, faults: Faults) -> list[dict[str, Any]] | dict[str, Any]:
    if raw is False or raw == "none":
        return []
    items = raw if isinstance(raw, list) else [raw]
    if name in _SHORT:  # "determined_inadmissible: security" says the same as "{ground: security}"
        items = [item if isinstance(item, dict) else {_SHORT[name]: item} for item in items]
    found = []
    for number, item in enumerate(items):
        place = f"{path}[{number}]" if isinstance(raw, list) else path
        if not isinstance(item, dict):
            faults.add(place, "This must be a mapping.", f"Fields: {', '.join(INSIDE[name])}.")
            continue
        known_keys(item, INSIDE[name], place, faults)
        found.append(
            {
                key: scalars.read(INSIDE[name][key], f"{name}.{key}", value, f"{place}.{key}", faults)
                for key, value in item.items()
                if key in INSIDE[name]
            }
        )
    return found[0] if name == "suspension" and found else found


def _facts(stated: Stated, relatives_raw: Any) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    claimed = stated.get("claim_date")
    if isinstance(claimed, When):
        facts["claim_date"] = claimed
    facts |= journey(stated, relatives_raw) | person(stated)
    for name in _BOOLEANS:
        if isinstance(stated.get(name), bool):
            facts[name] = stated.get(name)
        elif stated.denies(name) and name not in _STAYS_UNKNOWN:
            facts[name] = False
    if stated.get("documents") is not None or stated.denies("documents"):
        facts["documents"] = stated.get("documents") or frozenset()
    return facts | history(stated) | _more(stated)


def _more(stated: Stated) -> dict[str, Value]:
    """Facts that a user's own amendment has declared; in a closed file those left out are not so."""
    given = stated.get("more") or {}
    own = {d.field.removeprefix("more."): d for d in declared.values() if d.field.startswith("more.")}
    found: dict[str, Value] = {}
    for name, raw in (given if isinstance(given, dict) else {}).items():
        if name not in own:
            stated.fault(f"more.{name}", "No amendment in use declares this fact.", "Name its file in the designator.")
        else:
            kinds: dict[str, Kind] = {"bool": "bool", "number": "count", "day": "day"}
            kind = kinds.get(own[name].fact.kind)
            value = scalars.read(kind, name, raw, f"{stated.path}.more.{name}", stated.faults) if kind else str(raw)
            if value is not None:
                found[name] = value
    absent = {name: False for name, d in own.items() if d.fact.kind == "bool" and name not in given}
    return {**absent, **found} if stated.closed else found


def _positions(raw: Any, at: str, faults: Faults) -> dict[str, Value]:
    place = f"{at}.positions" if at else "positions"
    if raw is None:
        return {}
    points = [name for name, declaration in declared.items() if declaration.role == "point"]
    if not isinstance(raw, dict):
        faults.add(place, "This must be a mapping from a point of law to true or false.", "See 'safethird facts'.")
        return {}
    known_keys(raw, tuple(points), place, faults)
    held: dict[str, Value] = {}
    for name, value in raw.items():
        answer = scalars.read("bool", name, value, f"{place}.{name}", faults)
        if name in points and isinstance(answer, bool):
            held[name] = answer
    return held


def read_case(raw: Any) -> Case:
    """A case from plain data in the shape of a case file.

    Raises:
        BadFile: with every fault.

    >>> read_case({"facts": {"age": 17, "claim_date": "2024-05-01"}}).facts["age"]
    Interval(low=17, high=17)
    """
    faults = Faults({})
    case = build(raw, faults)
    faults.raise_if_any()
    return case
