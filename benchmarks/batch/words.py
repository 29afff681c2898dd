"""What the contenders share: the words of the rules that they repeat by hand, and the form of their answers.

These copies of the law exist only to be raced. Nothing reads them but this benchmark, and every run holds each of them
against the law itself before it measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache

import numpy as np
import pyarrow as pa

from safethird.law.canada import family
from safethird.law.facts import ADVERSE, declared

DAY = date(2026, 11, 24)
LAW = f"canada@{DAY}"
STCA = ("bar", "exception", "outside", "not_engaged", "open", "undetermined")
OUTCOME = ("eligible", "ineligible", "no_claim_possible", "direct_back", "redetermination", "open", "undetermined")
OPEN, UNDETERMINED = "open", "undetermined"
GROUNDS = tuple(f"IRPA 101(1)({item})" for item in ("a", "b", "c", "d", "e", "f", "c.1", "b.1", "b.2"))
EXCEPTIONS = (
    *(f"IRPR 159.5({item})" for item in "abcdefgh"),
    "IRPR 159.6(a)",
    "IRPR 159.6(b)",
    "IRPA 25.2 policy of 2026-05-19",
)
KIN, SPOUSE, PARENT = family.KIN, family.SPOUSE, family.PARENT
HALF_BLOOD, BY_MARRIAGE = family.HALF_BLOOD, family.BY_MARRIAGE
PROTECTED = ("protected_person", "permanent_resident", "r233_stay")
PERMIT = ("work_permit", "work_permit_206_1_a", "study_permit")
REFERRED = ("referred_pending", "accepted")
PAPERS = (
    "ca_pr_visa", "ca_trv", "ca_trp", "ca_pr_travel_document", "ca_refugee_travel_document",
    "ca_temporary_travel_document",
)  # fmt: skip
CLAIMED_BEFORE = ("ineligible_other", "withdrawn", "abandoned")
INADMISSIBLE = ("security", "rights_violation", "sanctions_only", "organised_criminality", "unspecified")
TEN_YEARS = ("canada_10_years", "abroad_10_years")

# Unsettled points: None is open. The settled standing leaves all open; the established one takes what practice does.
POINTS = (
    "straddling_entry", "entry_date_burden", "sea_crossing", "inland_after_land_port", "transit_decided_claim",
    "long_residents", "spouse_under_18", "half_blood", "by_marriage", "minors_policy_scope", "same_day_referral",
)  # fmt: skip
_USUAL = {name: declared[name].unshown for name in POINTS}
PRACTICE: dict[str, bool | None] = {name: None if usual == ADVERSE else usual is True for name, usual in _USUAL.items()}


def day(year: int, month: int, number: int) -> int:
    """A day as the days since 1970-01-01."""
    return (date(year, month, number) - date(1970, 1, 1)).days


YEAR_BAR_FROM = day(2020, 6, 25)
# The same calendar day a year on, for every day from 2020-06-25 to the end of 2039.
A_YEAR_ON = np.array(
    [
        day(d.year + 1, d.month, 28 if (d.month, d.day) == (2, 29) else d.day)
        for d in map(date.fromordinal, range(date(2020, 6, 25).toordinal(), date(2040, 1, 1).toordinal()))
    ],
    dtype=np.int32,
)


@cache
def joined(labels: tuple[str, ...]) -> pa.Array:
    """The texts that the masks of some labels stand for: bit *i* is label *i*.

    >>> joined(("a", "b")).to_pylist()
    ['', 'a', 'b', 'a|b']
    """
    texts = [""]
    for label in labels:
        texts += [f"{text}|{label}".lstrip("|") for text in texts]
    return pa.array(texts)


def having(texts: Sequence[str], words: Sequence[str]) -> list[int]:
    """The places of the texts, each some words joined by ``|``, in which one of the wanted words stands."""
    return [place for place, text in enumerate(texts) if not set(words).isdisjoint(text.split("|"))]
