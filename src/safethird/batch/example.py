"""A synthetic table of claims: of no real person, drawn so that every provision is met both ways."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird import __version__
from safethird.batch.arrow import claims_schema, type_of
from safethird.batch.draws import Bools, Floats, Ints, isin, known_words, pick, places, pool, weights
from safethird.batch.example_relatives import Kin
from safethird.batch.schema import CLAIM_ID, COMPLETE, RELATIVES, Column, columns, versions
from safethird.law import sides

BATCH_ROWS = 131_072
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
_RECENT = date(2023, 1, 1)
_AFTER = date(2020, 6, 24)
_NOTE = {
    "en": "Synthetic claims of nobody: made by chance to exercise the law, they describe no real person and no trend.",
    "fr": "Demandes synthétiques, de personne : tirées au sort pour éprouver le droit, elles ne décrivent aucune "
    "personne réelle ni aucune tendance.",
}
# How often something is so; what is not here is so for half of the rows.
OFTEN: Mapping[str, float] = {
    "protected_in_canada": 0.03, "foreign_claim_confirmed": 0.06, "recognised_refugee_elsewhere": 0.05,
    "capital_charge_us": 0.04, "capital_charge_elsewhere": 0.03, "excluded_from_removal_stay": 0.3,
    "claimed_inland": 0.15, "port_closed": 0.15, "visa_required_canada": 0.75, "visa_required_us": 0.8,
    "us_refused_entry_without_claim_decision": 0.04, "pr_of_canada_removed_by_us": 0.03, "us_habitual_residence": 0.04,
    "has_partner": 0.35, "married": 0.3, "removal_order_in_canada": 0.04, "canada_habitual_residence": 0.15,
    "public_interest_determination": 0.05, "dhs_public_interest_notice": 0.06, "us_lawful_status": 0.1,
    "us_unclear_status": 0.1, "principal_excepted": 0.06,
}  # fmt: skip
FAVOURED: Mapping[str, Mapping[str, float]] = {
    "came_from": {"border": 0.0},
    "habitual_residence": {"border": 0.0},
    "entry": {"land_port": 4.0, "between_ports": 4.0, "airport": 2.0},
    "nationality": {"STATELESS": 3.0, "USA": 2.0, "CAN": 2.0},
    "determined_inadmissible": {"none": 50.0, "serious_criminality": 2.0},
}


def example(
    rows: int,
    seed: int = 1,
    side: str = "canada",
    listed: Sequence[Column] | None = None,
    *,
    unknown: float = 0.2,
    claims_from: date = FIRST,
    claims_to: date = LAST,
) -> Iterator[pa.RecordBatch]:
    """A synthetic table, in canonical batches of 131,072 rows; the same for the same seed and arguments.

    ``listed`` are the columns (those of every version of the side's law unless given), ``unknown`` the share of facts
    not known: some rows know everything, some next to nothing. Claims fall between two days, most of them from 2023.

    Raises:
        ValueError: the first day comes after the last.

    >>> batch = next(example(1_000, seed=7))
    >>> batch.num_rows, batch.schema.metadata[b"safethird.synthetic"]
    (1000, b'true')
    """
    if claims_from > claims_to:
        raise ValueError("The first day of the claims comes after the last. Exchange them.")
    maker = _Maker(side, listed, seed, unknown, claims_from, claims_to)
    for start in range(0, rows, BATCH_ROWS):
        yield maker.batch(start, min(BATCH_ROWS, rows - start))


def example_schema(side: str = "canada", listed: Sequence[Column] | None = None, seed: int = 1) -> pa.Schema:
    """The schema of an example, with the label that says what it is."""
    listed = columns(versions(sides.of(side))) if listed is None else listed
    label = {
        "safethird.synthetic": "true",
        "safethird.seed": str(seed),
        "safethird.version": __version__,
        "safethird.side": sides.of(side).side,
        **{f"safethird.note.{lang}": note for lang, note in _NOTE.items()},
    }
    return claims_schema(listed).with_metadata(label)


class _Maker:
    def __init__(
        self, side: str, listed: Sequence[Column] | None, seed: int, unknown: float, first: date, last: date
    ) -> None:
        pact = sides.of(side)
        laws = versions(pact)
        listed = columns(laws) if listed is None else listed
        known = known_words(laws)
        self.seed, self.unknown = seed, unknown
        self.schema = example_schema(side, listed, seed)
        # All facts of the side are drawn, so that they agree whichever of them are asked for.
        every = {column.fact: column for column in (*columns(laws), *listed)}
        self.columns = [column for column in every.values() if not column.of_relative]
        self.kin = Kin([column for column in listed if column.of_relative], known)
        self.words: dict[str, Sequence[str]] = {}
        self.weights: dict[str, Floats] = {}
        for column in self.columns:
            weight = weights(column, known, FAVOURED.get(column.name, {})) if column.words else np.ones(1)
            if column.kind == "codes":
                none = {"nationality": 0.0, "prior_claims": 0.8}.get(column.name, 0.5)
                words, shares = pool(column, weight, "STATELESS")
                self.words[column.name], self.weights[column.name] = words, shares(none, 0.08)
            else:
                self.words[column.name], self.weights[column.name] = column.words, weight
        self.first, self.last = _number(first), _number(last)
        self.turns = np.array([d for day in pact.boundaries() if self.first <= (d := _number(day)) <= self.last])

    def batch(self, start: int, count: int) -> pa.RecordBatch:
        rng = np.random.default_rng([self.seed, start])
        rate = self._rate(rng, count)
        facts = self._facts(rng, count)
        relatives = self.kin.relatives(rng, rate, facts["age"], facts["has_partner"])
        _partnered(facts, relatives.partnered, relatives.married)
        ids = pc.binary_join_element_wise(
            "S", pc.utf8_lpad(pc.cast(pa.array(np.arange(start + 1, start + count + 1)), pa.string()), 10, "0"), ""
        )
        made: dict[str, pa.Array] = {CLAIM_ID: ids, RELATIVES: relatives.array}
        for column in self.columns:
            # The law is read on the day of the claim: that is known of every row.
            missing = rng.random(count) < rate if column.name != "claim_date" else np.zeros(count, dtype=bool)
            if column.name == "first_entry_after_2020_06_24":
                missing |= facts[column.name] <= _number(_AFTER)
            made[column.name] = arrow(column, facts[column.name], missing, self.words[column.name])
        made[COMPLETE] = pa.array(rng.random(count) < 0.65, mask=rng.random(count) < rate)
        return pa.record_batch([made[field.name] for field in self.schema], schema=self.schema)

    def _rate(self, rng: np.random.Generator, count: int) -> Floats:
        """The share of each row's facts that are not known: the mean is the one asked for."""
        if not 0.05 < self.unknown < 0.7:
            return np.full(count, self.unknown)
        lot = rng.random(count)
        usual = (self.unknown - 0.045) / 0.7
        return np.where(lot < 0.05, 0.9, np.where(lot < 0.3, 0.0, usual))

    def _facts(self, rng: np.random.Generator, count: int) -> dict[str, Ints | Bools]:
        facts: dict[str, Ints | Bools] = {
            "age": _ages(rng, count),
            "has_partner": np.zeros(count, dtype=bool),
            **self._days(rng, count),
        }
        for column in self.columns:
            if column.kind == "bool":
                facts[column.name] = rng.random(count) < OFTEN.get(column.name, 0.5)
            elif column.kind in ("code", "codes"):
                facts[column.name] = pick(rng, count, self.weights[column.name])
            elif column.kind == "number" and column.name not in facts:
                facts[column.name] = rng.integers(0, 100, count)
            elif column.kind == "day" and column.name not in facts:
                facts[column.name] = facts["claim_date"] - rng.integers(0, 2_000, count)
        self._agree(facts)
        return facts

    def _days(self, rng: np.random.Generator, count: int) -> dict[str, Ints]:
        claimed = rng.integers(self.first, self.last + 1, count)
        recent = max(_number(_RECENT), self.first)
        if recent <= self.last:
            claimed = np.where(rng.random(count) < 0.7, rng.integers(recent, self.last + 1, count), claimed)
        if len(self.turns):
            near = rng.choice(self.turns, count) + rng.integers(-3, 4, count)
            claimed = np.where(rng.random(count) < 0.1, np.clip(near, self.first, self.last), claimed)
        waited = _waited(rng, count)
        entered = claimed - waited
        earlier = np.where(rng.random(count) < 0.5, 0, rng.integers(0, 900, count))
        # One year to the day is within the year; one day more is not.
        earlier = np.where(rng.random(count) < 0.05, np.maximum(rng.integers(364, 368, count) - waited, 0), earlier)
        first = np.where(entered > _number(_AFTER), np.maximum(entered - earlier, _number(_AFTER) + 1), _number(_AFTER))
        return {"claim_date": claimed, "entry_date": entered, "first_entry_after_2020_06_24": first}

    def _agree(self, facts: dict[str, Ints | Bools]) -> None:
        """Make the facts of a row agree with one another."""

        def says(name: str, *wanted: str) -> Bools:
            return isin(facts[name], self.words[name], wanted)

        adult = facts["age"] >= 18
        for name in ("has_partner", "married"):
            if name in facts:
                facts[name] = facts[name] & (facts["age"] >= 16)
        if "married" in facts:
            facts["has_partner"] = facts["has_partner"] | facts["married"]
        if "accompanied_by_parent" in facts:
            facts["accompanied_by_parent"] = facts["accompanied_by_parent"] & ~adult
        if "heard_before_2019_06_21" in facts:
            facts["heard_before_2019_06_21"] &= facts["claim_date"] <= _number(date(2019, 6, 21))
        if "cannot_be_returned_there" in facts:
            facts["cannot_be_returned_there"] &= facts["recognised_refugee_elsewhere"]
        if "conviction" in facts:
            serious = says("determined_inadmissible", "serious_criminality")
            none = places(self.words["conviction"], ["none"])[0]
            facts["conviction"] = np.where(serious, facts["conviction"], none)
            facts["sentence_two_years"] &= says("conviction", "canada_10_years", "abroad_10_years")
            facts["danger_opinion"] &= serious
        if "us_claim_decided" in facts:
            facts["us_claim_decided"] &= says("entry", "airport_transit_us_removal")
        if "port_closed" in facts:
            facts["port_closed"] &= says("entry", "land_port", "train")
        if "habitual_residence" in facts and "us_habitual_residence" in facts:
            facts["us_habitual_residence"] |= says("habitual_residence", "USA")
            there = places(self.words["habitual_residence"], ["USA"])[0]
            facts["habitual_residence"] = np.where(facts["us_habitual_residence"], there, facts["habitual_residence"])
        if "us_unclear_status" in facts and "us_lawful_status" in facts:
            facts["us_unclear_status"] &= ~facts["us_lawful_status"]


def arrow(column: Column, values: Ints | Bools, missing: Bools, words: Sequence[str]) -> pa.Array:
    """Values as the canonical Arrow array of a column; codes are places in the words."""
    kind = type_of(column)
    if pa.types.is_dictionary(kind):
        index = pa.array(values.astype(kind.index_type.to_pandas_dtype()), mask=missing)
        return pa.DictionaryArray.from_arrays(index, pa.array(words, pa.string()))
    if column.kind == "day":
        return pa.array(values.astype(np.int32), mask=missing).view(kind)
    return pa.array(values.astype(bool if column.kind == "bool" else np.int16), mask=missing)


def _partnered(facts: dict[str, Ints | Bools], partnered: Bools, married: Bools) -> None:
    facts["has_partner"] = facts["has_partner"] | partnered
    if "married" in facts:
        facts["married"] = facts["married"] | married


def _ages(rng: np.random.Generator, count: int) -> Ints:
    """Three in ten are minors; the years around eighteen come often."""
    ages = np.where(rng.random(count) < 0.3, rng.integers(0, 18, count), rng.integers(18, 80, count))
    return np.where(rng.random(count) < 0.1, rng.integers(16, 20, count), ages)


def _waited(rng: np.random.Generator, count: int) -> Ints:
    """Days from entry to claim: many on the day, many around fourteen, some after years."""
    lot = rng.random(count)
    days = np.where(lot < 0.55, rng.integers(1, 14, count), rng.integers(13, 17, count))
    return np.where(lot < 0.25, 0, np.where(lot > 0.7, rng.integers(14, 1_500, count), days))


def _number(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()
