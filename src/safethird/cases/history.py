"""Earlier claims, recognition elsewhere, findings and charges, from the fields of a case file."""

from __future__ import annotations

from typing import Any

from safethird.cases.stated import Stated
from safethird.cases.values import Value, When

RECOGNISED_BY_US = ("asylee", "refugee", "withholding_of_removal")  # withholding: 2008 FC 1230


def history(stated: Stated) -> dict[str, Value]:
    """The facts behind the other bars of 101(1) and behind 159.6."""
    facts: dict[str, Value] = {}
    prior = _listed(stated, "prior_canada_claim")
    if prior is not None:
        results = [item.get("result") for item in prior]
        if all(isinstance(result, str) for result in results):
            facts["prior_claims"] = frozenset(str(result) for result in results)
    accepted = "accepted" in (facts.get("prior_claims") or ())  # type: ignore[operator]
    if stated.get("canada_status") == "protected_person" or accepted:
        facts["protected_in_canada"] = True
    elif stated.get("canada_status") or stated.denies("canada_status"):
        facts["protected_in_canada"] = False
    abroad = _listed(stated, "foreign_claim")
    if abroad is not None:
        confirmed = _confirmed(stated, abroad)
        if confirmed is not None:
            facts["foreign_claim_confirmed"] = confirmed
    recognised = stated.get("recognised_refugee_in")
    if recognised is None and stated.get("us_status") in RECOGNISED_BY_US:
        recognised = "USA"
    if recognised is not None:
        facts["recognised_refugee_elsewhere"] = recognised not in ("CAN", "none")
    elif stated.denies("recognised_refugee_in"):
        facts["recognised_refugee_elsewhere"] = False
    return facts | _findings_and_charges(stated)


def _findings_and_charges(stated: Stated) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    found = _listed(stated, "determined_inadmissible")
    if found is not None:
        facts["determined_inadmissible"] = str(found[0].get("ground") or "unspecified") if found else "none"
    if stated.get("conviction"):
        facts["conviction"] = stated.get("conviction")
    charges = _listed(stated, "capital_charge")
    if charges is not None:
        countries = [item.get("country") for item in charges]
        if None not in countries:  # a charge in a country not named may be either
            facts["capital_charge_us"] = "USA" in countries
            facts["capital_charge_elsewhere"] = any(country != "USA" for country in countries)
    return facts


def _listed(stated: Stated, name: str) -> list[dict[str, Any]] | None:
    if stated.get(name) is not None:
        return list(stated.get(name))
    return [] if stated.denies(name) else None


def _confirmed(stated: Stated, claims: list[dict[str, Any]]) -> bool | None:
    answers: list[bool | None] = []
    claimed = stated.get("claim_date")
    for item in claims:
        if item.get("country") == "CAN" and stated.side == "canada":
            stated.fault(
                "foreign_claim.country", "A claim in Canada is not a foreign claim.", "Use prior_canada_claim."
            )
        made = item.get("date")
        later = isinstance(made, When) and isinstance(claimed, When) and made.first > claimed.last
        confirmed = item.get("confirmed_by_sharing")
        answers.append(False if later else confirmed if confirmed is not None else False if stated.closed else None)
    if any(answers):
        return True
    return None if None in answers else False
