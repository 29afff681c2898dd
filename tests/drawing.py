"""Random cases for properties: every fact of the law, known or not, with relatives listed or not."""

from datetime import date, timedelta

from hypothesis import strategies as st

from safethird.cases.case import Case
from safethird.cases.values import Interval, When
from safethird.law.canada import CANADA
from safethird.law.facts import declared

DAYS = [
    day + timedelta(days=shift)
    for day in CANADA.boundaries()
    for shift in (-1, 0, 1)
    if day + timedelta(days=shift) >= CANADA.begins
]
_NATIONALITIES = [{"COL"}, {"USA"}, {"STATELESS"}, {"BDI"}, {"FRA", "USA"}, {"HTI"}]
_TIES = [
    "mother",
    "uncle",
    "spouse",
    "common_law_partner",
    "legal_guardian",
    "half_sister",
    "uncle_by_marriage",
    "cousin",
]
_STATUSES = ["citizen", "permanent_resident", "r233_stay", "r230_stay", "work_permit", "work_permit_206_1_b",
             "study_permit", "study_permit_expired", "refugee_claimant", "visitor", "none"]  # fmt: skip
_CLAIMS = ["none", "referred_pending", "referred_same_day", "not_yet_referred", "withdrawn", "rejected", "terminated"]


def value_of(name: str, day: date):
    """Any value of a fact."""
    fact = declared[name].fact
    match fact.kind:
        case "bool" | "point":
            return st.booleans()
        case "number":
            return st.sampled_from([Interval(n, n) for n in (1, 12, 17, 18, 30)] + [Interval(18, 200)])
        case "day":
            back = st.sampled_from([0, 1, 12, 13, 14, 15, 200, 364, 365, 366, 367, 800])
            return back.map(lambda days: When.day(day - timedelta(days=days)))
        case "codes" if name == "nationality":
            return st.sampled_from([frozenset(n) for n in _NATIONALITIES])
        case "codes":
            return st.frozensets(st.sampled_from(list(declared[name].codes)), max_size=2)
        case _:
            lists = {"relative.relation": _TIES, "relative.status": _STATUSES, "relative.claim_status": _CLAIMS,
                     "relative.location": ["CAN", "USA", "COL", "border"], "came_from": ["USA", "USA", "PRI", "other"],
                     "habitual_residence": ["HTI", "USA", "other"]}  # fmt: skip
            return st.sampled_from(lists.get(name) or list(declared[name].codes))


CLAIMANT = [n for n, d in declared.items() if not d.fact.of_relative and d.role != "point" and n != "claim_date"]
RELATIVE = [n for n, d in declared.items() if d.fact.of_relative]
KNOWN = {"entry_date_unproven": False}


@st.composite
def facts(draw, names, day, known):
    """Facts of a claimant or a relative, each known with a given chance in ten."""
    chosen = [name for name in names if draw(st.integers(1, 10)) <= known]
    return {name: draw(value_of(name, day)) for name in chosen}


@st.composite
def cases(draw, known=7, most_relatives=2):
    """A case on a day near a change of the law."""
    day = draw(st.sampled_from(DAYS))
    claimant = draw(facts(CLAIMANT, day, known))
    relatives = draw(st.lists(facts(RELATIVE, day, known), max_size=most_relatives))
    everything = {**claimant, **KNOWN, "claim_date": When.day(day)}
    return Case(everything, tuple(relatives), draw(st.booleans()))
