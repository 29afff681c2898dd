"""From the fields of a case file to the facts of the law: what is given, what is absent, what contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from safethird.cases import scalars
from safethird.cases.case import Case
from safethird.cases.companions import PARENTS, relation_of, with_parent
from safethird.cases.faults import Faults
from safethird.cases.fields import ABSENT_IS_FALSE, CASE, CLAIMANT, INSIDE, KINDS, SIDES, Kind
from safethird.cases.history import history
from safethird.cases.members import relatives
from safethird.cases.person import aged, known_keys
from safethird.cases.values import Interval, Value, When
from safethird.law.countries import STATE_OF
from safethird.law.facts import declared

LAND = ("land_port", "train", "between_ports")
PORTS = ("land_port", "train", "ferry", "harbour", "airport", "airport_transit_us_removal")
_BOOLEANS = (
    "visa_required_canada", "visa_required_us", "us_refused_entry_without_claim_decision",
    "pr_of_canada_removed_by_us", "us_claim_decided", "removal_order_in_canada", "cannot_be_returned_there",
    "heard_before_2019_06_21", "excluded_from_removal_stay", "sentence_two_years", "danger_opinion",
)  # fmt: skip
_SHORT = {"determined_inadmissible": "ground", "prior_canada_claim": "result"}
_COUNTED_AFTER = date(2020, 6, 24)
_STAYS_UNKNOWN = ("sentence_two_years", "danger_opinion")
_SPOUSES = ("spouse", "husband", "wife")
_PARTNERED = ("married", "common_law", "separated")


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
    unknown, told = _names(stated.get("unknown_facts")), _names(stated.get("not_shown"))
    fields = _fields(stated, CLAIMANT, path, faults)
    fields = {name: value for name, value in fields.items() if name not in unknown and name not in told}
    if fields.get("claim_date") is None and raw.get("date") is not None:
        fields["claim_date"] = scalars.day(raw["date"], f"{at}.date" if at else "date", faults)
    if kind == "decision" and raw.get("date") is None and "date" in raw:
        fields.pop("claim_date", None)
    hidden = set(unknown) | set(told)
    facts = _facts(fields, closed, hidden, path, faults, raw.get("relatives"))
    members, testimony = relatives(raw.get("relatives"), fields, closed, unknown, at, faults)
    if "marital_status" not in hidden:
        facts |= _partner(facts, fields, members, closed)
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
    )
    return replace(case, **_entry_day_burden(case), presumed=_presumed(case))


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


def _names(raw: Any) -> tuple[str, ...]:
    names = raw if isinstance(raw, list) else [raw] if raw else []
    return tuple(str(name) for name in names)


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


def _facts(
    fields: dict[str, Any], closed: bool, hidden: set[str], path: str, faults: Faults, raw_relatives: Any
) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    claimed = fields.get("claim_date")
    if isinstance(claimed, When):
        facts["claim_date"] = claimed
    facts |= _journey(fields, closed, hidden, path, faults, raw_relatives)
    facts |= _person(fields, closed, hidden, path, faults)
    for name in _BOOLEANS:
        if isinstance(fields.get(name), bool):
            facts[name] = fields[name]
        elif closed and name not in hidden and name not in _STAYS_UNKNOWN:
            facts[name] = False
    if "documents" in fields or (closed and "documents" not in hidden):
        facts["documents"] = fields.get("documents", frozenset())
    facts |= history(fields, closed, hidden, path, faults)
    return facts


def _journey(
    fields: dict[str, Any], closed: bool, hidden: set[str], path: str, faults: Faults, raw_relatives: Any
) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    mode = fields.get("mode")
    inland = mode == "inland"
    entry = fields.get("entry_mode") if inland else mode
    if inland and entry is None and closed and not hidden & {"entry_mode", "mode"}:
        entry = "other"
    if str(fields.get("crossing_place", "")).strip().lower() == "sea" and entry == "between_ports":
        entry = "coast"
    if mode:
        facts["claimed_inland"] = inland
    if entry:
        facts["entry"] = entry
        # "At a land port" means that it was open, unless the file says otherwise.
        closed_port = fields.get("port_open") is False
        if "port_open" not in hidden:
            facts["port_closed"] = closed_port
    came_from = fields.get("came_from")
    if came_from is None and entry in (*LAND, "airport_transit_us_removal") and "came_from" not in hidden:
        came_from = "USA"  # Canada's only land border, and the removing country
    if came_from is None and closed and "came_from" not in hidden and not mode:
        came_from = scalars.ELSEWHERE
    if came_from:
        facts["came_from"] = came_from
    claimed, entered = fields.get("claim_date"), fields.get("entry_date")
    if entered is None and entry in PORTS and not inland and not facts.get("port_closed"):
        entered = claimed if "entry_date" not in hidden else None
    if isinstance(entered, When):
        facts["entry_date"] = entered
        if isinstance(claimed, When) and entered.first > claimed.last:
            faults.add(f"{path}.entry_date", "The entry comes after the claim.", "Check both days.")
    facts["entry_date_unproven"] = False
    accompanied = with_parent(fields, closed and not _parent_at_border(raw_relatives), hidden)
    if accompanied is not None:
        facts["accompanied_by_parent"] = accompanied
    first = _first_entry(fields, hidden, facts, closed)
    entered = facts.get("entry_date")
    if isinstance(first, When) and isinstance(entered, When) and first.first > entered.last > _COUNTED_AFTER:
        faults.add(
            f"{path}.first_entry_after_2020_06_24", "It comes after entry_date.", "Give the first of all entries."
        )
    if first is not None:
        facts["first_entry_after_2020_06_24"] = first
    return facts


def _parent_at_border(raw: Any) -> bool:
    """Whether a parent stands at the border too: then nobody may say that the minor is alone without being told."""
    listed = raw if isinstance(raw, list) else []
    return any(
        isinstance(item, dict) and item.get("location") == "border" and relation_of(item.get("relation")) in PARENTS
        for item in listed
    )


def _first_entry(fields: dict[str, Any], hidden: set[str], facts: dict[str, Value], closed: bool) -> When | None:
    stated = fields.get("first_entry_after_2020_06_24")
    if isinstance(stated, When):
        return stated
    entries = [when for when in fields.get("entries") or () if isinstance(when, When)]
    entered = facts.get("entry_date")
    if entries:
        entries += [entered] if isinstance(entered, When) else []
        after = [when for when in entries if when.last > _COUNTED_AFTER]
        return min(after, key=lambda when: when.first) if after else max(entries, key=lambda when: when.first)
    known = closed and not hidden & {"first_entry_after_2020_06_24", "entries"}
    return entered if known and isinstance(entered, When) else None


def _person(fields: dict[str, Any], closed: bool, hidden: set[str], path: str, faults: Faults) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    if fields.get("nationality"):
        facts["nationality"] = frozenset(STATE_OF.get(code, code) for code in fields["nationality"])
        if "STATELESS" in fields["nationality"] and len(fields["nationality"]) > 1:
            faults.add(f"{path}.nationality", "A stateless person has no nationality.", "Keep one or the other.")
    residence, years = fields.get("habitual_residence"), fields.get("us_years")
    if residence:
        facts["habitual_residence"] = residence
    elif closed and "habitual_residence" not in hidden:
        facts["habitual_residence"] = scalars.ELSEWHERE
    in_us = fields.get("us_habitual_residence")
    if in_us is None and residence:
        in_us = residence == "USA"
    long_there = isinstance(years, Interval) and years.high >= 1
    if in_us is None and closed and not long_there and not hidden & {"us_habitual_residence", "habitual_residence"}:
        in_us = False
    if in_us is not None:
        facts["us_habitual_residence"] = in_us
    age = aged(fields, fields.get("claim_date"), path, faults)
    if age is not None:
        facts["age"] = age
    status = fields.get("marital_status")
    if status:
        facts["has_partner"] = status in _PARTNERED
    return facts


def _partner(
    facts: dict[str, Value], fields: dict[str, Any], members: list[dict[str, Value]], closed: bool
) -> dict[str, Value]:
    """Whether there is a spouse or partner, where the relatives tell: a common-law tie needs its year."""
    married = any(member.get("relative.relation") in _SPOUSES for member in members)
    years = [m.get("relative.common_law_year") for m in members if m.get("relative.relation") == "common_law_partner"]
    if fields.get("marital_status") == "common_law" and years and all(year is False for year in years):
        return {"has_partner": False}
    if "has_partner" in facts:
        return {}
    if married or any(years):
        return {"has_partner": True}
    return {"has_partner": False} if closed and None not in years else {}


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


def _entry_day_burden(case: Case) -> dict[str, Any]:
    entered = case.facts.get("entry_date")
    if isinstance(entered, When) and entered.exact:
        return {}
    return {"burden": {"entry_date_unproven": True}}


def _presumed(case: Case) -> dict[str, Value]:
    entered = case.facts.get("entry_date")
    if "first_entry_after_2020_06_24" in case.facts or not isinstance(entered, When):
        return {}
    return {"first_entry_after_2020_06_24": entered}


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
