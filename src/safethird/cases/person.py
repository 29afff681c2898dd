"""The person in a case file: nationality, residence, age, marriage; and what relatives share with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safethird.cases import scalars
from safethird.cases.faults import Faults
from safethird.cases.stated import Stated
from safethird.cases.values import Interval, Value, When, age_on
from safethird.law.countries import STATE_OF

_PARTNERED = ("married", "common_law", "separated")
_MARRIED = ("married", "separated")
_SPOUSES = ("spouse", "husband", "wife")
_NO_STATUS = ("none", "asylum_pending")
_UNCLEAR = ("deferred_action", "parolee", "withholding_of_removal")


def person(stated: Stated) -> dict[str, Value]:
    """The facts of the person."""
    facts: dict[str, Value] = {}
    nationality = stated.get("nationality")
    if nationality:
        facts["nationality"] = frozenset(STATE_OF.get(code, code) for code in nationality)
        if "STATELESS" in nationality and len(nationality) > 1:
            stated.fault("nationality", "A stateless person has no nationality.", "Keep one or the other.")
    facts |= _residence(stated)
    age = aged(stated.fields, stated.get("claim_date"), stated.path, stated.faults)
    if age is not None:
        facts["age"] = age
    status = stated.get("marital_status")
    if status:
        facts |= {"has_partner": status in _PARTNERED, "married": status in _MARRIED}
    held = stated.get("us_status")
    if held is not None:
        facts |= {"us_lawful_status": held not in (*_NO_STATUS, *_UNCLEAR), "us_unclear_status": held in _UNCLEAR}
    elif stated.denies("us_status"):
        facts |= {"us_lawful_status": False, "us_unclear_status": False}
    if stated.get("forum"):
        facts["forum"] = stated.get("forum")
    elif stated.denies("forum"):
        facts["forum"] = "asylum_officer"
    # Somebody has decided so, or has not: nothing said is nothing done.
    for name in ("public_interest_determination", "dhs_public_interest_notice", "principal_excepted"):
        if name not in stated.hidden:
            facts[name] = stated.get(name) is True
    return facts


def _residence(stated: Stated) -> dict[str, Value]:
    facts: dict[str, Value] = {}
    residence, years = stated.get("habitual_residence"), stated.get("us_years")
    if residence:
        facts["habitual_residence"] = residence
        facts["canada_habitual_residence"] = residence == "CAN"
    elif stated.denies("habitual_residence"):
        facts |= {"habitual_residence": scalars.ELSEWHERE, "canada_habitual_residence": False}
    in_us = stated.get("us_habitual_residence")
    if in_us is None and residence:
        in_us = residence == "USA"
    long_there = isinstance(years, Interval) and years.high >= 1  # no number of years is fixed in law
    if in_us is None and not long_there and stated.denies("us_habitual_residence", "habitual_residence"):
        in_us = False
    if in_us is not None:
        facts["us_habitual_residence"] = in_us
    return facts


def partner(stated: Stated, facts: Mapping[str, Value], members: list[dict[str, Value]]) -> dict[str, Value]:
    """Whether there is a spouse or partner, where the relatives tell: a common-law tie needs its year."""
    if "marital_status" in stated.hidden:
        return {}
    married = any(member.get("relative.relation") in _SPOUSES for member in members)
    years = [m.get("relative.common_law_year") for m in members if m.get("relative.relation") == "common_law_partner"]
    found: dict[str, Value] = {}
    if "married" not in facts and (married or stated.closed):
        found["married"] = married
    if stated.get("marital_status") == "common_law" and years and all(year is False for year in years):
        return {**found, "has_partner": False}
    if "has_partner" in facts:
        return found
    if married or any(years):
        return {**found, "has_partner": True}
    return {**found, "has_partner": False} if stated.closed and None not in years else found


def known_keys(raw: Mapping[str, Any], known: tuple[str, ...] | Mapping[str, Any], at: str, faults: Faults) -> None:
    """Note every field that is not known, with the nearest that is: a misspelt field is never an unknown."""
    for key in raw:
        if key not in known:
            faults.unknown_word(f"{at}.{key}" if at else key, key, known, "There is no such field.")


def aged(fields: Mapping[str, Any], claimed: Any, path: str, faults: Faults) -> Interval | None:
    """Age from the age or the birth date given; a contradiction between the two is a fault."""
    stated, born = fields.get("age"), fields.get("birth_date")
    if not isinstance(born, When) or not isinstance(claimed, When):
        return stated if isinstance(stated, Interval) else None
    if born.first > claimed.last:
        faults.add(f"{path}.birth_date", "The birth comes after the claim.", "Check both days.")
        return None
    age = age_on(born, claimed.first)
    if isinstance(stated, Interval) and (stated.high < age.low or stated.low > age.high):
        faults.add(f"{path}.age", "The age contradicts the birth date on the day of the claim.", "Correct one of them.")
    return age
