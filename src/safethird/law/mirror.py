"""How a case on one side reads on the other: the mirror image of facts and of words, and what has none."""

from __future__ import annotations

FACTS: dict[str, str] = {
    "visa_required_canada": "visa_required_us",
    "visa_required_us": "visa_required_canada",
    "us_habitual_residence": "canada_habitual_residence",
    "canada_habitual_residence": "us_habitual_residence",
}
_COUNTRIES = {"USA": "CAN", "CAN": "USA"}
_WORDS: dict[str, dict[str, str]] = {
    "came_from": _COUNTRIES,
    "nationality": _COUNTRIES,
    "relative.location": _COUNTRIES,
    "habitual_residence": _COUNTRIES,
    "entry": {"airport_transit_us_removal": "transit_canada_removal"},
    "relative.status": {
        "citizen": "usc",
        "permanent_resident": "lpr",
        "protected_person": "asylee",
        "work_permit": "h1b",
        "study_permit": "f1",
        "visitor": "b2",
        "refugee_claimant": "asylum_pending",
    },
    "relative.claim_status": {
        "referred_pending": "pending_uscis",
        "rejected_appeal_pending": "federal_appeal",
        "rejected": "final_denial",
    },
    "documents": {
        "ca_trv": "us_b1b2_visa",
        "ca_pr_visa": "us_immigrant_visa",
        "ca_refugee_travel_document": "us_refugee_travel_document",
        "ca_pr_travel_document": "us_reentry_permit",
        "ca_trv_transit": "us_transit_visa",
    },
}
WORDS: dict[str, dict[str, str]] = {
    name: {**{there: here for here, there in pairs.items()}, **pairs} for name, pairs in _WORDS.items()
}


def word(fact: str, code: str) -> str:
    """The mirror image of a word of a closed list; a word without one stays as it is.

    >>> word("relative.status", "citizen"), word("relative.status", "usc"), word("entry", "ferry")
    ('usc', 'citizen', 'ferry')
    """
    return WORDS.get(fact, {}).get(code, code)


def fact(name: str) -> str:
    """The mirror image of a fact."""
    return FACTS.get(name, name)
