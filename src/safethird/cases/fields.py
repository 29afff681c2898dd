"""The fields of a case file: what each one holds. Words on closed lists come from the facts and from kinship."""

from __future__ import annotations

from typing import Literal

from safethird.cases.kin import RELATIONS
from safethird.law.facts import declared
from safethird.law.facts.papers import LISTED, UNLISTED
from safethird.law.facts.relatives import CLAIMS, OF_CANADA, OF_THE_US, STATUSES

Kind = Literal["bool", "day", "days", "time", "country", "countries", "code", "codes", "count", "text", "map", "people"]

MODES = (
    "land_port", "train", "between_ports", "coast", "ferry", "harbour", "airport", "airport_transit_us_removal",
    "transit_canada_removal", "inland",
)  # fmt: skip
CODES: dict[str, tuple[str, ...]] = {
    "mode": MODES,
    "entry_mode": (*MODES[:-1], "other"),
    "crossing_place": ("land", "river", "lake", "waters", "sea"),
    "marital_status": ("single", "married", "common_law", "separated", "divorced", "widowed"),
    "documents": (*LISTED, *UNLISTED, "none"),
    "us_status": (*OF_THE_US, "none"),
    "canada_status": (*OF_CANADA, "none"),
    "forum": ("asylum_officer", "immigration_court"),
    "conviction": tuple(declared["conviction"].codes),
    "status": tuple(STATUSES),
    "claim_status": tuple(CLAIMS),
    "relation": tuple(RELATIONS),
    "adopted": ("full", "simple"),
    "proven": ("yes", "no", "testimony"),
    "prior_canada_claim.result": tuple(declared["prior_claims"].codes),
    "determined_inadmissible.ground": tuple(declared["determined_inadmissible"].codes),
    "capital_charge.status": ("charged", "convicted"),
    "suspension.kind": ("159.7(1)(a)", "159.7(1)(b)", "159.7(1)(c)", "159.7(1)(d)"),
}  # fmt: skip

CLAIMANT: dict[str, Kind] = {
    "claim_date": "day", "claim_time": "time", "entry_date": "day", "entry_time": "time",
    "came_from": "country", "mode": "code", "entry_mode": "code", "port_open": "bool", "crossing": "text",
    "crossing_place": "text",
    "at_named_crossing": "bool", "vehicle": "text", "nationality": "countries", "habitual_residence": "country",
    "age": "count", "birth_date": "day", "marital_status": "code", "accompanied_by": "people",
    "person_assessed": "text", "documents": "codes", "visa_required_canada": "bool", "visa_required_us": "bool",
    "us_status": "code", "canada_status": "code", "us_years": "count", "us_habitual_residence": "bool",
    "us_refused_entry_without_claim_decision": "bool", "us_claim_decided": "bool", "us_removal_order": "bool",
    "pr_of_canada_removed_by_us": "bool", "us_asylum_pending": "bool", "capital_charge": "map",
    "other_charge": "text", "prior_canada_claim": "map", "foreign_claim": "map", "recognised_refugee_in": "country",
    "cannot_be_returned_there": "bool", "first_entry_after_2020_06_24": "day", "entries": "days",
    "removal_order_in_canada": "bool", "determined_inadmissible": "map", "conviction": "code",
    "sentence_two_years": "bool", "danger_opinion": "bool", "heard_before_2019_06_21": "bool",
    "excluded_from_removal_stay": "bool", "cohabited_months": "count", "relationship_months": "count",
    "prevented_by_persecution": "bool", "guardian_by": "text", "able_to_care": "bool", "unaccompanied": "bool",
    "claimed_exception": "text", "claim_place": "text", "us_entry": "text", "us_arrival": "text",
    "after_return": "text", "birth_country": "text", "origin_ethnic": "text", "note": "text", "evidence": "text",
    "unknown_facts": "text", "not_shown": "text", "suspension": "map", "public_interest_determination": "bool",
    "dhs_public_interest_notice": "bool", "forum": "code", "principal_excepted": "bool", "more": "text",
}  # fmt: skip
RELATIVE: dict[str, Kind] = {
    "relation": "code", "location": "country", "status": "code", "age": "count", "birth_date": "day",
    "proven": "code", "claim_status": "code", "year_together": "bool", "adopted": "code",
    "note": "text", "cohabited_months": "count",
    "relationship_months": "count", "prevented_by_persecution": "bool", "guardian_by": "text", "able_to_care": "bool",
}  # fmt: skip
INSIDE: dict[str, dict[str, Kind]] = {
    "capital_charge": {"country": "country", "status": "code", "note": "text", "offence": "text"},
    "prior_canada_claim": {"result": "code", "date": "day", "place": "text", "note": "text"},
    "foreign_claim": {"country": "country", "date": "day", "confirmed_by_sharing": "bool", "note": "text",
                      "result": "text"},
    "determined_inadmissible": {"ground": "code", "note": "text"},
    "suspension": {"kind": "code", "published": "day", "days": "count", "start": "day", "provisions": "text",
                   "note": "text"},
}  # fmt: skip
CASE = (
    "id", "title", "side", "date", "facts", "relatives", "relatives_complete", "positions", "expected", "kind",
    "source", "origin", "confidence",
)  # fmt: skip
SIDES = ("canada", "united_states")
KINDS = ("derived", "official-example", "decision", "precedent")
ABSENT_IS_FALSE = ("derived", "official-example")
UNKNOWN_WORDS = ("unknown", "inconnu", "?")
