"""Earlier claims, recognition elsewhere, findings and charges, from the fields of a case file."""

from __future__ import annotations

from typing import Any

from safethird.cases.faults import Faults
from safethird.cases.values import Value, When

RECOGNISED_BY_US = ("asylee", "refugee", "withholding_of_removal")  # withholding: 2008 FC 1230


def history(fields: dict[str, Any], closed: bool, hidden: set[str], path: str, faults: Faults) -> dict[str, Value]:
    """The facts behind the other bars of 101(1) and behind 159.6."""
    facts: dict[str, Value] = {}
    prior = _stated(fields, "prior_canada_claim", closed, hidden)
    if prior is not None:
        results = [item.get("result") for item in prior]
        if all(isinstance(result, str) for result in results):
            facts["prior_claims"] = frozenset(str(result) for result in results)
    accepted = "accepted" in (facts.get("prior_claims") or ())  # type: ignore[operator]
    if fields.get("canada_status") == "protected_person" or accepted:
        facts["protected_in_canada"] = True
    elif fields.get("canada_status") or (closed and "canada_status" not in hidden):
        facts["protected_in_canada"] = False
    abroad = _stated(fields, "foreign_claim", closed, hidden)
    if abroad is not None:
        confirmed = _confirmed(abroad, fields, closed, path, faults)
        if confirmed is not None:
            facts["foreign_claim_confirmed"] = confirmed
    recognised = fields.get("recognised_refugee_in")
    if recognised is None and fields.get("us_status") in RECOGNISED_BY_US:
        recognised = "USA"
    if recognised is not None:
        facts["recognised_refugee_elsewhere"] = recognised != "CAN"
    elif closed and "recognised_refugee_in" not in hidden:
        facts["recognised_refugee_elsewhere"] = False
    found = _stated(fields, "determined_inadmissible", closed, hidden)
    if found is not None:
        facts["determined_inadmissible"] = str(found[0].get("ground") or "unspecified") if found else "none"
    if fields.get("conviction"):
        facts["conviction"] = fields["conviction"]
    charges = _stated(fields, "capital_charge", closed, hidden)
    if charges is not None:
        countries = [item.get("country") for item in charges]
        if None not in countries:  # a charge in a country not named may be either
            facts["capital_charge_us"] = "USA" in countries
            facts["capital_charge_elsewhere"] = any(country != "USA" for country in countries)
    return facts


def _stated(fields: dict[str, Any], name: str, closed: bool, hidden: set[str]) -> list[dict[str, Any]] | None:
    if name in fields:
        return list(fields[name])
    return [] if closed and name not in hidden else None


def _confirmed(
    claims: list[dict[str, Any]], fields: dict[str, Any], closed: bool, path: str, faults: Faults
) -> bool | None:
    answers: list[bool | None] = []
    claimed = fields.get("claim_date")
    for item in claims:
        if item.get("country") == "CAN":
            faults.add(f"{path}.foreign_claim.country", "A claim in Canada is not a foreign claim.",
                       "Use prior_canada_claim.")  # fmt: skip
        made = item.get("date")
        later = isinstance(made, When) and isinstance(claimed, When) and made.first > claimed.last
        confirmed = item.get("confirmed_by_sharing")
        answers.append(False if later else confirmed if confirmed is not None else False if closed else None)
    if any(answers):
        return True
    return None if None in answers else False
