"""The law as an OpenFisca country package: two-valued, so that whatever is not known takes a default.

The defaults are the burden of proof: what is not shown counts against the claimant. Of an unsettled point the position
against the claimant is taken, except where practice is otherwise. Simulations of a part of the claims each run on two
threads.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum, EnumArray
from openfisca_core.periods import DateUnit
from openfisca_core.periods import period as period_of
from openfisca_core.simulations import Simulation
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from benchmarks.batch import words as w
from safethird.batch import schema
from safethird.law.canada import CANADA

# Claims to a simulation: OpenFisca was fastest with arrays that stay in the cache.
PART = 125_000
MONTH = period_of("2026-11")
Values = Any
Rule = Callable[[Any, Any], Values]

relative = build_entity("relative", "relatives", "A relative of the claimant", is_person=True)
claim = build_entity("claim", "claims", "A claim", roles=[{"key": "relative", "plural": "relatives", "label": "."}])
_made: list[type[Variable]] = []


def variable(name: str, kind: Any, entity: Any, default: Any, **more: Any) -> None:
    """Declare one variable."""
    body = {"value_type": kind, "entity": entity, "definition_period": DateUnit.MONTH, "label": name, **more}
    _made.append(type(name, (Variable,), body | ({} if default is None else {"default_value": default})))


def rule(entity: Any) -> Callable[[Rule], Rule]:
    """Declare a provision: a variable that is yes or no, with its formula."""

    def declare(formula: Rule) -> Rule:
        variable(formula.__name__, bool, entity, False, formula=formula)
        return formula

    return declare


UNKNOWN = "not_known"
CODED = (
    "determined_inadmissible", "conviction", "came_from", "entry", "relation", "location", "status", "claim_status",
)  # fmt: skip
# Columns of words that stand for sets: a yes or no for each question asked of them.
SETS = {
    "prior_rejected": ("prior_claims", ("rejected",)),
    "prior_ended": ("prior_claims", w.CLAIMED_BEFORE),
    "prior_ineligible_e": ("prior_claims", ("ineligible_e",)),
    "listed_papers": ("documents", w.PAPERS),
    "us_national": ("nationality", ("USA",)),
    "stateless": ("nationality", ("STATELESS",)),
}
YES_UNLESS_SHOWN = {"visa_required_canada", "accompanied_by_parent", "has_partner"}
_columns = {
    ("relative_" if column.of_relative and column.name == "age" else "") + column.name: column
    for column in schema.columns([CANADA.on(w.DAY)])
}
_places = {name: {word: place for place, word in enumerate((UNKNOWN, *_columns[name].words))} for name in CODED}
_enums = {name: Enum(name, {word: word for word in words}) for name, words in _places.items()}


def one_of(values: EnumArray, name: str, *words: str) -> Values:
    """Whether a coded value is one of these words."""
    table = np.zeros(len(_places[name]), bool)
    table[[_places[name][word] for word in words]] = True
    return table[values.view(np.ndarray)]


for _name, _column in _columns.items():
    _entity = relative if _column.of_relative else claim
    match _column.kind:
        case "bool":
            variable(_name, bool, _entity, _name in YES_UNLESS_SHOWN)
        case "number":
            variable(_name, int, _entity, 0 if _column.of_relative else 18)
        case "day":
            variable(_name, date, _entity, date(2020, 6, 25))
        case "code":
            variable(_name, Enum, _entity, _enums[_name][UNKNOWN], possible_values=_enums[_name])
for _name in SETS:
    variable(_name, bool, claim, False)
variable("entry_date_unproven", bool, claim, True)
variable("relatives_complete", bool, claim, False)


@rule(claim)
def minor(c: Any, p: Any) -> Values:
    """Under 18."""
    return c("age", p) < 18


@rule(relative)
def grown(r: Any, p: Any) -> Values:
    """At least 18."""
    return r("relative_age", p) >= 18


@rule(relative)
def family_member(r: Any, p: Any) -> Values:
    """IRPR 159.1."""
    tie = r("relation", p)
    common_law = one_of(tie, "relation", "common_law_partner") & r("common_law_year", p)
    # Half blood and kin by marriage are not counted; a spouse under 18 is.
    return (
        (one_of(tie, "relation", *w.KIN) & ~r("adoption_incomplete", p))
        | one_of(tie, "relation", *w.SPOUSE)
        | common_law
        | (one_of(tie, "relation", "legal_guardian") & r.claim("minor", p))
    )


@rule(relative)
def anchor(r: Any, p: Any) -> Values:
    """A family member, shown to be one, in Canada."""
    return r("proven", p) & one_of(r("location", p), "location", "CAN") & r("family_member", p)


@rule(relative)
def parent(r: Any, p: Any) -> Values:
    """The mother, the father or a guardian, in Canada or the United States (so presumed where not known)."""
    return (
        one_of(r("relation", p), "relation", UNKNOWN, *w.PARENT)
        & ~r("adoption_incomplete", p)
        & one_of(r("location", p), "location", UNKNOWN, "CAN", "USA")
    )


def some(c: Any, each: Values) -> Values:
    """Whether it holds of one of the relatives; OpenFisca ends its arrays at the last claim that has one."""
    found = c.any(each)
    return found if len(found) == c.count else np.pad(found, (0, c.count - len(found)))


@rule(claim)
def irpr_159_5_a(c: Any, p: Any) -> Values:
    """A citizen."""
    return some(c, c.members("anchor", p) & one_of(c.members("status", p), "status", "citizen"))


@rule(claim)
def irpr_159_5_b(c: Any, p: Any) -> Values:
    """A protected person, a permanent resident, a stay."""
    protected = one_of(c.members("status", p), "status", *w.PROTECTED)
    accepted = one_of(c.members("claim_status", p), "claim_status", "accepted")
    return some(c, c.members("anchor", p) & (protected | accepted))


@rule(claim)
def irpr_159_5_c(c: Any, p: Any) -> Values:
    """A claim that was referred."""
    referred = one_of(c.members("claim_status", p), "claim_status", *w.REFERRED)
    return some(c, c.members("anchor", p) & c.members("grown", p) & referred)


@rule(claim)
def irpr_159_5_d(c: Any, p: Any) -> Values:
    """A permit."""
    permit = one_of(c.members("status", p), "status", *w.PERMIT)
    return some(c, c.members("anchor", p) & c.members("grown", p) & permit)


@rule(claim)
def parent_near(c: Any, p: Any) -> Values:
    """A parent in either country: listed, or not ruled out by a complete list."""
    return some(c, c.members("parent", p)) | ~c("relatives_complete", p)


@rule(claim)
def alone(c: Any, p: Any) -> Values:
    """IRPR 159.5(e)(i)."""
    return c("minor", p) & ~c("accompanied_by_parent", p)


@rule(claim)
def irpr_159_5_e(c: Any, p: Any) -> Values:
    """An unaccompanied minor."""
    return c("alone", p) & ~c("has_partner", p) & ~c("parent_near", p)


@rule(claim)
def irpr_159_5_g(c: Any, p: Any) -> Values:
    """A visa for the United States alone."""
    return ~c("visa_required_canada", p) & c("visa_required_us", p)


@rule(claim)
def irpr_159_5_h(c: Any, p: Any) -> Values:
    """Returned by the United States."""
    return c("us_refused_entry_without_claim_decision", p) | c("pr_of_canada_removed_by_us", p)


@rule(claim)
def policy(c: Any, p: Any) -> Values:
    """The policy of 2026-05-19."""
    since = c("claim_date", p) >= np.datetime64("2026-05-19")
    return c("alone", p) & ~c("has_partner", p) & ~c("parent_near", p) & since


@rule(claim)
def closed_port(c: Any, p: Any) -> Values:
    """IRPR 2: a port that is closed is none."""
    return one_of(c("entry", p), "entry", "land_port", "train") & c("port_closed", p)


@rule(claim)
def away_from_ports(c: Any, p: Any) -> Values:
    """Between the ports."""
    return one_of(c("entry", p), "entry", "between_ports", "coast") | c("closed_port", p)


@rule(claim)
def within_14_days(c: Any, p: Any) -> Values:
    """Fewer than 14 days from entry to claim."""
    return c("claim_date", p) - c("entry_date", p) < np.timedelta64(14, "D")


@rule(claim)
def irpr_159_4_1_1(c: Any, p: Any) -> Values:
    """Along the border, within 14 days or with no day shown."""
    return c("away_from_ports", p) & (c("within_14_days", p) | c("entry_date_unproven", p))


@rule(claim)
def irpr_159_4_2(c: Any, p: Any) -> Values:
    """In transit."""
    return one_of(c("entry", p), "entry", "airport_transit_us_removal")


@rule(claim)
def irpr_159_4_1(c: Any, p: Any) -> Values:
    """Places that the bar does not reach."""
    entry = c("entry", p)
    inland = c("claimed_inland", p) & ~(one_of(entry, "entry", "land_port", "train") & ~c("closed_port", p))
    air = one_of(entry, "entry", "airport", "airport_transit_us_removal") & ~c("irpr_159_4_2", p)
    return (
        ((c("away_from_ports", p) | inland) & ~c("irpr_159_4_1_1", p))
        | one_of(entry, "entry", "ferry", "harbour")
        | air
    )


@rule(claim)
def reached(c: Any, p: Any) -> Values:
    """Whom the bar reaches."""
    stateless_resident = c("stateless", p) & c("us_habitual_residence", p)
    from_usa = one_of(c("came_from", p), "came_from", "USA")
    return from_usa & ~c("us_national", p) & ~stateless_resident & ~c("irpr_159_4_1", p)


@rule(claim)
def excepted(c: Any, p: Any) -> Values:
    """IRPR 159.5 and 159.6."""
    listed = (
        c("irpr_159_5_a", p)
        | c("irpr_159_5_b", p)
        | c("irpr_159_5_c", p)
        | c("irpr_159_5_d", p)
        | c("irpr_159_5_e", p)
        | c("listed_papers", p)
        | c("irpr_159_5_g", p)
        | c("irpr_159_5_h", p)
    )
    return (listed & ~c("irpr_159_4_2", p)) | c("capital_charge_us", p) | c("capital_charge_elsewhere", p)


@rule(claim)
def irpa_101_1_c(c: Any, p: Any) -> Values:
    """An earlier claim."""
    again = c("prior_ineligible_e", p) & ~c("us_refused_entry_without_claim_decision", p)
    return c("prior_ended", p) | again


@rule(claim)
def irpa_101_1_d(c: Any, p: Any) -> Values:
    """Recognised elsewhere."""
    return c("recognised_refugee_elsewhere", p) & ~c("cannot_be_returned_there", p)


@rule(claim)
def irpa_101_1_e(c: Any, p: Any) -> Values:
    """The pact."""
    return c("reached", p) & ~c("excepted", p)


@rule(claim)
def irpa_101_1_f(c: Any, p: Any) -> Values:
    """Inadmissible."""
    found = c("determined_inadmissible", p)
    serious = one_of(found, "determined_inadmissible", "serious_criminality")
    ten_years = one_of(c("conviction", p), "conviction", UNKNOWN, *w.TEN_YEARS)
    return one_of(found, "determined_inadmissible", *w.INADMISSIBLE) | (serious & ten_years)


@rule(claim)
def irpa_101_1_c_1(c: Any, p: Any) -> Values:
    """A claim in another country."""
    before = (c("claim_date", p) < np.datetime64("2019-06-21")) & c("heard_before_2019_06_21", p)
    return c("foreign_claim_confirmed", p) & ~before


@rule(claim)
def irpa_101_1_b_1(c: Any, p: Any) -> Values:
    """More than a year after the first entry."""
    first = c("first_entry_after_2020_06_24", p).astype(np.int64)
    place = np.clip(first - w.YEAR_BAR_FROM, 0, len(w.A_YEAR_ON) - 1)
    late = (first >= w.YEAR_BAR_FROM) & (w.A_YEAR_ON[place] < c("claim_date", p).astype(np.int64))
    return late & ~c("policy", p)


@rule(claim)
def irpa_101_1_b_2(c: Any, p: Any) -> Values:
    """Fourteen days or more after crossing."""
    late = ~c("within_14_days", p) | c("entry_date_unproven", p)
    return c("away_from_ports", p) & late & ~c("policy", p)


@rule(claim)
def ineligible(c: Any, p: Any) -> Values:
    """IRPA 101(1)."""
    return (
        c("protected_in_canada", p)
        | c("prior_rejected", p)
        | c("irpa_101_1_c", p)
        | c("irpa_101_1_d", p)
        | c("irpa_101_1_e", p)
        | c("irpa_101_1_f", p)
        | c("irpa_101_1_c_1", p)
        | c("irpa_101_1_b_1", p)
        | c("irpa_101_1_b_2", p)
    )


OUTCOMES = Enum("outcomes", {word: word for word in w.OUTCOME})


def _outcome(c: Any, p: Any) -> Values:
    found = np.where(c("removal_order_in_canada", p), 2, c("ineligible", p).view(np.int8))
    return EnumArray(found.astype(np.uint8), OUTCOMES)


variable("outcome", Enum, claim, OUTCOMES.eligible, possible_values=OUTCOMES, formula=_outcome)


class _System(TaxBenefitSystem):
    def __init__(self) -> None:
        super().__init__([claim, relative])
        for made in _made:
            self.add_variable(made)


SYSTEM = _System()
_FORMULAS = [made.__name__ for made in _made if hasattr(made, "formula")]


def load(batch: pa.RecordBatch) -> Simulation:
    """A simulation with these claims set as its input."""
    populations = SYSTEM.instantiate_entities()
    column = batch.column("relatives")
    offsets = column.offsets.to_numpy()
    members = column.values.slice(offsets[0], offsets[-1] - offsets[0])
    populations["claim"].count = len(batch)
    populations["claim"].members_entity_id = np.repeat(np.arange(len(batch)), np.diff(offsets))
    populations["relative"].count = len(members)
    simulation = Simulation(SYSTEM, populations)
    for name, about in _columns.items():
        if about.kind != "codes":
            own = members.field(about.name) if about.of_relative else batch.column(about.name)
            if name == "first_entry_after_2020_06_24":
                # Where no first entry is known, the only one that is known is presumed to be it.
                own = pc.coalesce(own, batch.column("entry_date"))
            _put(simulation, name, own)
    for name, (column_name, words) in SETS.items():
        sets = batch.column(column_name)
        table = np.zeros(len(sets.dictionary) + 1, bool)
        table[w.having(sets.dictionary.to_pylist(), words)] = True
        simulation.set_input(name, MONTH, table[sets.indices.fill_null(len(table) - 1).to_numpy()])
    simulation.set_input("relatives_complete", MONTH, _filled(batch.column("relatives_complete"), False))
    simulation.set_input("entry_date_unproven", MONTH, batch.column("entry_date").is_null().to_numpy(False))
    return simulation


def _put(simulation: Simulation, name: str, column: pa.Array) -> None:
    if name in CODED:
        texts = column.dictionary.to_pylist()
        table = np.array([*(_places[name][text] for text in texts), 0], np.uint8)
        values = EnumArray(table[column.indices.fill_null(len(texts)).to_numpy()], _enums[name])
    else:
        values = _filled(column, SYSTEM.get_variable(name).default_value)
    simulation.set_input(name, MONTH, values)


def _filled(column: pa.Array, value: Any) -> Values:
    return column.fill_null(value).to_numpy(zero_copy_only=False)


def _calculate(simulation: Simulation) -> Values:
    for name in _FORMULAS:
        simulation.delete_arrays(name, MONTH)
    return simulation.calculate("outcome", MONTH).view(np.ndarray)


def prepare(table: pa.Table) -> tuple[pa.Table, list[Simulation]]:
    """The table with the simulations that hold it."""
    return table, [load(part) for part in _parts(table)]


def run_loaded(state: tuple[pa.Table, list[Simulation]]) -> pa.Table:
    """The outcome, calculated on arrays that are already loaded."""
    table, simulations = state
    with ThreadPoolExecutor(2) as pool:
        return _gather(table, list(pool.map(_calculate, simulations)))


def run_outcome(table: pa.Table) -> pa.Table:
    """The outcome, from the table."""
    with ThreadPoolExecutor(2) as pool:
        return _gather(table, list(pool.map(lambda part: _calculate(load(part)), _parts(table))))


def _parts(table: pa.Table) -> list[pa.RecordBatch]:
    return table.combine_chunks().to_batches(max_chunksize=PART)


def _gather(table: pa.Table, parts: list[Values]) -> pa.Table:
    found = pa.array(np.concatenate(parts).astype(np.int8))
    outcome = pa.DictionaryArray.from_arrays(found, pa.array(w.OUTCOME))
    return pa.table({"claim_id": table["claim_id"], "outcome": outcome})
