"""What the claimant and every relative have in common in a case file: known fields, and an age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safethird.cases.faults import Faults
from safethird.cases.values import Interval, When, age_on


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
        faults.add(
            f"{path}.age",
            "The age contradicts the birth date on the day of the claim.",
            "Correct one of them.",
        )
    return age
