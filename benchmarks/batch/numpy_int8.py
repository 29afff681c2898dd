"""The law by hand in NumPy: one byte to a value, -1 not so, 0 not known, 1 so; *and* is minimum, *or* is maximum."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np
import pyarrow as pa

from benchmarks.batch import words as w

BLOCK = 1 << 17
Tri = Any


def both(*parts: Tri) -> Tri:
    """All hold."""
    return reduce(np.minimum, parts)


def either(*parts: Tri) -> Tri:
    """At least one holds."""
    return reduce(np.maximum, parts)


@dataclass(slots=True)
class Facts:
    """What is known of some claims and their relatives, each question one array of -1, 0 and 1."""

    claims: dict[str, Tri]
    relatives: dict[str, Tri]
    starts: Any
    counts: Any
    unlisted: Tri  # -1 where the list is complete, otherwise 0

    def any(self, each: list[Tri]) -> list[Tri]:
        """Whether each question holds of one of the relatives: two bits to a question, and one pass for all."""
        packed = np.zeros(len(each[0]), np.uint16)
        for place, values in enumerate(each):
            packed |= (values + np.int8(1)).astype(np.uint16) << np.uint16(2 * place)
        some = self.counts > 0
        joined = np.zeros(len(self.counts), np.uint16)
        if len(packed):
            joined[some] = np.bitwise_or.reduceat(packed, self.starts[some])
        return [np.minimum(joined >> np.uint16(2 * place) & 3, 2).astype(np.int8) - 1 for place in range(len(each))]

    def of_claim(self, *each: Tri) -> list[Tri]:
        """A claim's values, repeated for each of its relatives."""
        packed = np.zeros(len(self.counts), np.int8)
        for place, values in enumerate(each):
            packed |= (values + np.int8(1)) << np.int8(2 * place)
        spread = np.repeat(packed, self.counts)
        return [(spread >> np.int8(2 * place) & np.int8(3)) - np.int8(1) for place in range(len(each))]


class _Columns:
    def __init__(self, batch: Any) -> None:
        self.batch = batch
        self.size = len(batch)

    def column(self, name: str) -> pa.Array:
        return self.batch.column(name) if isinstance(self.batch, pa.RecordBatch) else self.batch.field(name)

    def bits(self, buffer: Any, offset: int) -> Any:
        if buffer is None:
            return np.ones(self.size, np.int8)
        start = offset % 8
        raw = np.frombuffer(buffer, np.uint8, (self.size + start + 7) // 8, offset // 8)
        return np.unpackbits(raw, bitorder="little")[start : start + self.size].view(np.int8)

    def yes(self, name: str) -> Tri:
        column = self.column(name)
        valid, values = column.buffers()
        out = self.bits(values, column.offset) * np.int8(2)
        out -= np.int8(1)
        out *= self.bits(valid, column.offset)
        return out

    def numbers(self, name: str, kind: str) -> tuple[Any, Any]:
        column = self.column(name)
        valid, values = column.buffers()[:2]
        plain = np.frombuffer(values, kind, self.size, column.offset * np.dtype(kind).itemsize)
        return plain, self.bits(valid, column.offset)

    def words(self, name: str, *groups: tuple[str, ...]) -> list[Tri]:
        column = self.column(name)
        codes, valid = self.numbers(name, column.type.index_type.to_pandas_dtype())
        key = (column.dictionary.buffers()[2].address, len(column.dictionary), groups)
        table = _tables.get(key)
        if table is None:
            texts = column.dictionary.to_pylist()
            table = np.zeros(max(len(texts), 1), np.uint8)
            for place, group in enumerate(groups):
                table[w.having(texts, group)] |= 1 << place
            _tables[key] = table
        bits = np.take(table, codes, mode="clip")
        return [_sign(bits & np.uint8(1 << place) != 0, valid) for place in range(len(groups))]


# What the words of a dictionary mean, kept while one table is read: every block has the same dictionaries.
_tables: dict[Any, Any] = {}


def _sign(holds: Any, *valid: Any) -> Tri:
    out = holds.view(np.int8) * np.int8(2)
    out -= np.int8(1)
    for known in valid:
        out *= known
    return out


_BOOLS = (
    "protected_in_canada", "foreign_claim_confirmed", "heard_before_2019_06_21", "recognised_refugee_elsewhere",
    "cannot_be_returned_there", "capital_charge_us", "capital_charge_elsewhere", "claimed_inland", "port_closed",
    "visa_required_canada", "visa_required_us", "us_refused_entry_without_claim_decision",
    "pr_of_canada_removed_by_us", "us_claim_decided", "us_habitual_residence", "accompanied_by_parent", "has_partner",
    "removal_order_in_canada",
)  # fmt: skip


def load(batch: pa.RecordBatch) -> Facts:
    """Every question that the rules ask of the cells, answered."""
    t = _Columns(batch)
    c: dict[str, Tri] = {name: t.yes(name) for name in _BOOLS}
    c["prior_rejected"], c["prior_ended"], c["prior_ineligible_e"] = t.words(
        "prior_claims", ("rejected",), w.CLAIMED_BEFORE, ("ineligible_e",)
    )
    c["inadmissible"], c["serious"] = t.words("determined_inadmissible", w.INADMISSIBLE, ("serious_criminality",))
    (c["ten_years"],) = t.words("conviction", w.TEN_YEARS)
    (c["from_usa"],) = t.words("came_from", ("USA",))
    c["off_port"], c["coast"], c["land_or_train"], c["harbour"], c["air"], c["transit"] = t.words(
        "entry", ("between_ports", "coast"), ("coast",), ("land_port", "train"), ("ferry", "harbour"),
        ("airport", "airport_transit_us_removal"), ("airport_transit_us_removal",),
    )  # fmt: skip
    (c["papers"],) = t.words("documents", w.PAPERS)
    c["us_national"], c["stateless"] = t.words("nationality", ("USA",), ("STATELESS",))
    ages, known = t.numbers("age", "int16")
    c["minor"] = _sign(ages < 18, known)
    c["adult"] = -c["minor"]
    claim, claim_known = t.numbers("claim_date", "int32")
    entry, entry_known = t.numbers("entry_date", "int32")
    first, first_known = t.numbers("first_entry_after_2020_06_24", "int32")
    c["claim_before_2019_06_21"] = _sign(claim < w.day(2019, 6, 21), claim_known)
    c["claim_after_policy"] = _sign(claim >= w.day(2026, 5, 19), claim_known)
    c["entry_known"] = entry_known * np.int8(2) - np.int8(1)
    c["entry_since_2023"] = _sign(entry >= w.day(2023, 3, 25), entry_known)
    c["within_14_days"] = _sign(claim - entry < 14, claim_known, entry_known)
    c["a_year_on"] = _a_year_on(first, claim, first_known, claim_known)
    # Where no first entry is known, the only one that is known is presumed to be it; or the first that would count.
    presumed = np.where(first_known == 1, first, np.where(entry_known == 1, entry, w.YEAR_BAR_FROM))
    c["a_year_on_presumed"] = _a_year_on(presumed, claim, claim_known)

    column = batch.column("relatives")
    offsets = np.frombuffer(column.buffers()[1], np.int32, len(batch) + 1, column.offset * 4)
    members = column.values.slice(offsets[0], offsets[-1] - offsets[0])
    m = _Columns(members)
    r: dict[str, Tri] = {
        name: m.yes(name) for name in ("proven", "common_law_year", "adoption_incomplete")
    }  # fmt: skip
    r["kin"], r["half"], r["by_marriage"], r["spouse"], r["common_law"], r["guardian"], r["parent"] = m.words(
        "relation", w.KIN, w.HALF_BLOOD, w.BY_MARRIAGE, w.SPOUSE, ("common_law_partner",), ("legal_guardian",), w.PARENT
    )
    r["in_canada"], r["in_either"] = m.words("location", ("CAN",), ("CAN", "USA"))
    r["citizen"], r["settled_here"], r["protected"], r["permit"] = m.words(
        "status", ("citizen",), ("citizen", "permanent_resident"), w.PROTECTED, w.PERMIT
    )
    r["accepted"], r["referred"], r["same_day"] = m.words(
        "claim_status", ("accepted",), w.REFERRED, ("referred_same_day",)
    )
    ages, known = m.numbers("age", "int16")
    r["adult"] = _sign(ages >= 18, known)
    complete = t.yes("relatives_complete")
    return Facts(c, r, offsets[:-1] - offsets[0], np.diff(offsets), -(complete == 1).view(np.int8))


def _a_year_on(first: Any, claim: Any, *valid: Any) -> Tri:
    place = np.clip(first - w.YEAR_BAR_FROM, 0, len(w.A_YEAR_ON) - 1)
    return _sign((first >= w.YEAR_BAR_FROM) & (w.A_YEAR_ON[place] < claim), *valid)


# What counts against the claimant where a cell is empty: so, rather than not so.
_AGAINST = {
    "visa_required_canada", "accompanied_by_parent", "has_partner", "ten_years", "within_14_days", "entry_since_2023",
    "a_year_on_presumed", "parent", "in_either",
}  # fmt: skip
_LEFT_OPEN = {"from_usa", "off_port", "coast", "land_or_train", "harbour", "air", "transit"}


def shown(facts: Facts) -> Facts:
    """The facts with every unknown one counted against the claimant, but for where and how the person came."""

    def fill(name: str, values: Tri) -> Tri:
        if name in _LEFT_OPEN:
            return values
        return np.where(values == 0, np.int8(1 if name in _AGAINST else -1), values)

    return Facts(
        {name: fill(name, values) for name, values in facts.claims.items()},
        {name: fill(name, values) for name, values in facts.relatives.items()},
        facts.starts,
        facts.counts,
        facts.unlisted,
    )


@dataclass(slots=True)
class Answers:
    """The sentences on which the results hang, with the grounds and the exceptions."""

    no_claim: Tri
    engaged: Tri
    reached: Tri
    barred: Tri
    ineligible: Tri
    grounds: list[Tri]
    exceptions: list[Tri]


def law(f: Facts, points: dict[str, bool | None], established: bool) -> Answers:
    """The rules, in three-valued logic."""
    c, r = f.claims, f.relatives
    p = {name: np.int8(0 if held is None else 1 if held else -1) for name, held in points.items()}

    adult, minor = f.of_claim(c["adult"], c["minor"])
    family = either(
        both(r["kin"], -r["adoption_incomplete"]),
        both(r["half"], p["half_blood"]),
        both(r["by_marriage"], p["by_marriage"]),
        both(
            either(r["spouse"], both(r["common_law"], r["common_law_year"])),
            either(adult, p["spouse_under_18"]),
            either(r["adult"], r["settled_here"], p["spouse_under_18"]),
        ),
        both(r["guardian"], minor),
    )
    anchor = both(r["proven"], r["in_canada"], family)
    grown = both(anchor, r["adult"])
    found = f.any(
        [
            both(anchor, r["citizen"]),
            both(anchor, either(r["protected"], r["accepted"])),
            both(grown, either(r["referred"], both(r["same_day"], p["same_day_referral"]))),
            both(grown, r["permit"]),
            both(r["parent"], -r["adoption_incomplete"], r["in_either"]),
        ]
    )
    # Who is not listed counts against the claimant: no family, but a parent.
    unlisted = [np.int8(-1)] * 4 + [2 * f.unlisted + 1] if established else [f.unlisted] * 5
    *anchored, parent_near = map(np.maximum, found, unlisted)
    alone = both(c["minor"], -c["accompanied_by_parent"])
    exceptions = [
        *anchored,
        both(alone, either(-c["has_partner"], -p["spouse_under_18"]), -parent_near),
        c["papers"],
        both(-c["visa_required_canada"], c["visa_required_us"]),
        either(c["us_refused_entry_without_claim_decision"], c["pr_of_canada_removed_by_us"]),
        c["capital_charge_us"],
        c["capital_charge_elsewhere"],
        both(
            alone,
            either(both(-c["has_partner"], -parent_near, c["claim_after_policy"]), p["minors_policy_scope"]),
        ),
    ]
    spared = -exceptions[10]

    closed_port = both(c["land_or_train"], c["port_closed"])
    away = either(c["off_port"], closed_port)
    border = both(away, either(-c["coast"], p["sea_crossing"]))
    in_time = both(c["within_14_days"], either(c["entry_since_2023"], p["straddling_entry"]))
    late = -c["within_14_days"]
    if established:
        in_time, late = (either(both(part, c["entry_known"]), -c["entry_known"]) for part in (in_time, late))
    along_border = both(border, in_time)
    transit = both(c["transit"], either(-c["us_claim_decided"], p["transit_decided_claim"]))
    inland = both(c["claimed_inland"], either(-both(c["land_or_train"], -closed_port), -p["inland_after_land_port"]))
    elsewhere = either(both(either(away, inland), -along_border), c["harbour"], both(c["air"], -transit))
    at_home = either(c["us_national"], both(c["us_habitual_residence"], -c["stateless"], p["long_residents"]))
    stateless_resident = both(c["stateless"], c["us_habitual_residence"], c["from_usa"])
    reached = both(c["from_usa"], -at_home, -stateless_resident, -elsewhere)
    # Whoever the bar reaches came by a port or along the border, so that of 159.5 only the transit is left to ask.
    lifted = either(both(-transit, either(*exceptions[:8])), exceptions[8], exceptions[9])
    barred = both(reached, -lifted)
    grounds = [
        c["protected_in_canada"],
        c["prior_rejected"],
        either(c["prior_ended"], both(c["prior_ineligible_e"], -c["us_refused_entry_without_claim_decision"])),
        both(c["recognised_refugee_elsewhere"], -c["cannot_be_returned_there"]),
        barred,
        either(c["inadmissible"], both(c["serious"], c["ten_years"])),
        both(c["foreign_claim_confirmed"], -both(c["claim_before_2019_06_21"], c["heard_before_2019_06_21"])),
        both(c["a_year_on_presumed" if established else "a_year_on"], spared),
        both(border, late, spared),
    ]
    return Answers(c["removal_order_in_canada"], c["from_usa"], reached, barred, either(*grounds), grounds, exceptions)


def stca(a: Answers, unknown: Any) -> Any:
    """The pact result as a place in ``words.STCA``."""
    engaged = both(-a.no_claim, a.engaged)
    out = np.where(a.reached == 1, np.int8(1), np.int8(2))
    out[a.barred == 1] = 0
    open_ = (a.barred == 0) | (a.barred == -1) & (a.reached == 0)
    out = np.where(open_, unknown, out)
    out[engaged == -1] = 3
    return np.where(engaged == 0, unknown, out)


def outcome(a: Answers, unknown: Any) -> Any:
    """The overall outcome as a place in ``words.OUTCOME``."""
    out = np.where(a.ineligible == 0, unknown, (a.ineligible == 1).view(np.int8))
    out[a.no_claim == 1] = 2
    return np.where(a.no_claim == 0, unknown, out)


def _mask(parts: list[Tri]) -> Any:
    out = np.zeros(len(parts[0]), np.int32)
    for place, part in enumerate(parts):
        out |= (part == 1).astype(np.int32) << np.int32(place)
    return out


def _blocks(table: pa.Table) -> list[pa.RecordBatch]:
    return table.combine_chunks().to_batches(max_chunksize=BLOCK)


def _decide(facts: Facts, every: bool) -> list[Any]:
    settled = law(facts, dict.fromkeys(w.POINTS), False)
    last = np.int8(w.OUTCOME.index(w.UNDETERMINED))
    found = [outcome(settled, last)]
    if every:
        worst = law(shown(facts), w.PRACTICE, True)
        conduct = (facts.claims["from_usa"] == 0) | (facts.claims["harbour"] == 0)
        unknown = [
            np.where(conduct, np.int8(words.index(w.UNDETERMINED)), np.int8(words.index(w.OPEN)))
            for words in (w.STCA, w.OUTCOME)
        ]
        found += [
            stca(settled, np.int8(w.STCA.index(w.UNDETERMINED))),
            stca(worst, unknown[0]),
            outcome(worst, unknown[1]),
            _mask(settled.grounds),
            _mask(settled.exceptions),
        ]
    return found


def _gather(table: pa.Table, parts: list[list[Any]]) -> pa.Table:
    columns = [np.concatenate(part) for part in zip(*parts, strict=True)]
    kinds: list[Any] = [pa.array(w.OUTCOME)]
    names = ["outcome"]
    if len(columns) > 1:
        names += ["stca", "stca_established", "outcome_established", "grounds", "exceptions"]
        stca_, outcome_ = pa.array(w.STCA), pa.array(w.OUTCOME)
        kinds += [stca_, stca_, outcome_, w.joined(w.GROUNDS), w.joined(w.EXCEPTIONS)]
    made = {
        name: pa.DictionaryArray.from_arrays(pa.array(column), kind)
        for name, column, kind in zip(names, columns, kinds, strict=True)
    }
    return pa.table({"claim_id": table["claim_id"]} | made)


def prepare(table: pa.Table) -> tuple[pa.Table, list[Facts]]:
    """The table with its arrays of -1, 0 and 1, made beforehand."""
    _tables.clear()
    with ThreadPoolExecutor(2) as pool:
        return table, list(pool.map(load, _blocks(table)))


def run_loaded(state: tuple[pa.Table, list[Facts]]) -> pa.Table:
    """The outcome alone, on arrays made beforehand."""
    table, blocks = state
    with ThreadPoolExecutor(2) as pool:
        return _gather(table, list(pool.map(lambda facts: _decide(facts, False), blocks)))


def run_outcome(table: pa.Table) -> pa.Table:
    """The outcome alone, from the table."""
    return _run(table, lambda batch: _decide(load(batch), False))


def run_all(table: pa.Table) -> pa.Table:
    """Every column, from the table."""
    return _run(table, lambda batch: _decide(load(batch), True))


def _run(table: pa.Table, act: Callable[[pa.RecordBatch], list[Any]]) -> pa.Table:
    _tables.clear()
    with ThreadPoolExecutor(2) as pool:
        return _gather(table, list(pool.map(act, _blocks(table))))
