"""From the facts of the law back to the fields of a case file, so that any case can be kept and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safethird.cases.case import Case
from safethird.cases.values import NEVER_ENDS, Interval, Value, When
from safethird.law.facts import declared

_RELATIVE = ("relation", "location", "status", "claim_status", "age", "able_to_care")
_AS_THEY_ARE = (
    "came_from", "us_habitual_residence", "visa_required_canada", "visa_required_us", "us_claim_decided",
    "us_refused_entry_without_claim_decision", "pr_of_canada_removed_by_us", "first_entry_after_2020_06_24",
    "removal_order_in_canada", "cannot_be_returned_there", "conviction", "sentence_two_years", "danger_opinion",
    "heard_before_2019_06_21", "excluded_from_removal_stay", "forum", "at_named_crossing",
    "public_interest_determination",
    "dhs_public_interest_notice", "entry_date", "age", "claim_date",
)  # fmt: skip


def export(case: Case) -> dict[str, Any]:
    """The fields of a case file in which what is absent is not so (``kind: derived``).

    >>> from safethird.cases.build import read_case
    >>> export(read_case({"facts": {"mode": "ferry", "age": 17}}))["facts"]["mode"]
    'ferry'
    """
    facts = case.facts
    fields: dict[str, Any] = {name: plain(facts[name]) for name in _AS_THEY_ARE if name in facts}
    fields |= _journey(facts) | _person(facts) | _history(facts)
    raw: dict[str, Any] = {"side": case.side, "kind": "derived", "facts": fields}
    positions = {n: v for n, v in facts.items() if n in declared and declared[n].role == "point"}
    if positions:
        raw["positions"] = positions
    raw["relatives"] = [_relative(relative) for relative in case.relatives]
    return raw


def _journey(facts: Mapping[str, Value]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if facts.get("claimed_inland"):
        fields |= {"mode": "inland", "entry_mode": facts.get("entry", "other")}
    elif "entry" in facts:
        fields["mode"] = facts["entry"]
    if facts.get("port_closed"):
        fields["port_open"] = False
    if "accompanied_by_parent" in facts:
        fields["accompanied_by"] = ["parent"] if facts["accompanied_by_parent"] else []
    return fields


def _person(facts: Mapping[str, Value]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for name in ("nationality", "documents"):
        value = facts.get(name)
        if isinstance(value, frozenset):
            # "other" stands for any nationality that the law does not tell apart.
            fields[name] = sorted("COL" if code == "other" and name == "nationality" else code for code in value)
    if facts.get("married"):
        fields["marital_status"] = "married"
    elif "has_partner" in facts:
        fields["marital_status"] = "common_law" if facts["has_partner"] else "single"
    residence = facts.get("habitual_residence")
    if facts.get("canada_habitual_residence"):
        fields["habitual_residence"] = "CAN"
    elif residence not in (None, "other"):
        fields["habitual_residence"] = residence
    if facts.get("us_lawful_status"):
        fields["us_status"] = "us_other_lawful"
    return fields


def _history(facts: Mapping[str, Value]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    prior = facts.get("prior_claims")
    if isinstance(prior, frozenset) and prior:
        fields["prior_canada_claim"] = [{"result": result} for result in sorted(prior)]
    if facts.get("protected_in_canada"):
        fields["canada_status"] = "protected_person"
    if facts.get("foreign_claim_confirmed"):
        fields["foreign_claim"] = {"country": "GBR", "confirmed_by_sharing": True}
    if facts.get("recognised_refugee_elsewhere"):
        fields["recognised_refugee_in"] = "GBR"
    if facts.get("determined_inadmissible", "none") != "none":
        fields["determined_inadmissible"] = facts["determined_inadmissible"]
    places = {"capital_charge_us": "USA", "capital_charge_elsewhere": "other"}
    charges = [{"country": place, "status": "charged"} for name, place in places.items() if facts.get(name)]
    if charges:
        fields["capital_charge"] = charges
    return fields


def _relative(relative: Mapping[str, Value]) -> dict[str, Any]:
    fields = {n: plain(relative[f"relative.{n}"]) for n in _RELATIVE if f"relative.{n}" in relative}
    fields["relation"] = fields.get("relation", "other_relative")
    if fields["relation"] == "other":
        fields["relation"] = "other_relative"
    if fields.get("status") == "other":
        fields["status"] = "visitor"
    if fields.get("claim_status") == "other":
        fields["claim_status"] = "none"
    fields["proven"] = "yes" if relative.get("relative.proven") else "no"
    if relative.get("relative.adoption_incomplete"):
        fields["adopted"] = "simple"
    if fields["relation"] == "common_law_partner" and "relative.common_law_year" in relative:
        fields["cohabited_months"] = 14 if relative["relative.common_law_year"] else 8
    return fields


def plain(value: Value) -> Any:
    """A value as a case file writes it."""
    match value:
        case Interval(low, high):
            return low if low == high else f"{low}+" if high >= NEVER_ENDS else low
        case When():
            return str(value.first)
        case frozenset():
            return sorted(value)
        case _:
            return value
