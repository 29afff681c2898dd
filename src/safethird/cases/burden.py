"""What stands in for what is not known of the day of entry, in the established standing."""

from __future__ import annotations

from dataclasses import replace

from safethird.cases.case import Case
from safethird.cases.values import When

# Nobody states these: they follow from whether another fact is known.
NOT_STATED = {"entry_date_unproven": "entry_date"}
"""A fact that is false, except where the burden counts and the other fact is not exactly known."""
STANDS_IN = {"first_entry_after_2020_06_24": "entry_date"}
"""A fact not known is presumed to be as this other one."""


def with_burden(case: Case) -> Case:
    """The case with what counts against the claimant, or is presumed, where nothing is known.

    >>> with_burden(Case({})).burden
    {'entry_date_unproven': True}
    """
    burden = {fact: True for fact, shown in NOT_STATED.items() if not _exact(case, shown)}
    presumed = {
        fact: case.facts[other]
        for fact, other in STANDS_IN.items()
        if fact not in case.facts and isinstance(case.facts.get(other), When)
    }
    return replace(case, burden=burden, presumed=presumed)


def _exact(case: Case, fact: str) -> bool:
    when = case.facts.get(fact)
    return isinstance(when, When) and when.exact
