"""The relatives of a synthetic table: none to six for each claim, with places, statuses and claims that fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from safethird.batch import arrow as types
from safethird.batch.draws import Bools, Floats, Ints, isin, only, pick, places, weights
from safethird.batch.schema import Column
from safethird.law.facts.relatives import CANADA_CLAIMS, CLAIMS, OF_CANADA, OF_THE_US, US_CLAIMS

MOST = 6
_HOW_MANY = np.array([0.28, 0.27, 0.18, 0.12, 0.07, 0.05, 0.03])
_MARRIED = ("spouse", "husband", "wife")
_PARTNERS = (*_MARRIED, "common_law_partner")
_PARENTS = ("mother", "father", "parent")
_ELDERS = (*_PARENTS, "grandparent", "grandmother", "grandfather", "legal_guardian")
_YOUNGER = ("child", "son", "daughter", "grandchild", "grandson", "granddaughter")
_INSTEAD = "sibling"
_THERE = ("USA", "PRI", "VIR", "GUM", "MNP")
_SETTLED = ("citizen", "permanent_resident", "protected_person", "usc", "lpr", "asylee", "refugee")
_PENDING = ("refugee_claimant", "asylum_pending")
_OFTEN: Mapping[str, float] = {"proven": 0.8, "adoption_incomplete": 0.06, "common_law_year": 0.7}
_FAVOURED: Mapping[str, Mapping[str, float]] = {
    "relation": dict.fromkeys((*_PARENTS, *_MARRIED, "common_law_partner", "legal_guardian", "cousin"), 3.0),
    "location": {"CAN": 3.0, "USA": 2.0},
    "status": {"citizen": 2.0, "usc": 2.0, "none": 2.0},
}
_KEPT = 0.7  # what is listed of a relative is known more often than the rest


class Drawn(NamedTuple):
    """The list column, and for each claim whether a partner, or a spouse, is among the relatives."""

    array: pa.Array
    partnered: Bools
    married: Bools


class Kin:
    """Draws the relatives of claims."""

    def __init__(self, columns: Iterable[Column], known: Mapping[str, set[str]]) -> None:
        self.columns = list(columns)
        self.words: dict[str, Sequence[str]] = {c.name: c.words for c in self.columns if c.words}
        self.weights = {c.name: weights(c, known, _FAVOURED.get(c.name, {})) for c in self.columns if c.words}

    def relatives(self, rng: np.random.Generator, rate: Floats, ages: Ints | Bools, coupled: Ints | Bools) -> Drawn:
        """The relatives of claimants of these ages; ``rate`` is the share of facts not known in each claim."""
        claims = len(rate)
        counts = pick(rng, claims, _HOW_MANY)
        owner = np.repeat(np.arange(claims), counts)
        facts = self._facts(rng, owner, ages)
        fields = []
        for column in self.columns:
            missing = rng.random(len(owner)) < rate[owner] * _KEPT
            if column.name == "status":
                missing |= ~isin(facts["location"], self.words["location"], ("CAN", *_THERE))
            fields.append(_arrow(column, facts[column.name], missing, self.words.get(column.name, ())))
        struct = pa.StructArray.from_arrays(fields, fields=[pa.field(c.name, types.type_of(c)) for c in self.columns])
        offsets = np.concatenate(([0], np.cumsum(counts))).astype(np.int32)
        nothing_said = (counts == 0) & (rng.random(claims) < rate)
        array = pa.ListArray.from_arrays(
            pa.array(offsets), struct, type=types.relatives_type(self.columns), mask=pa.array(nothing_said)
        )
        return Drawn(array, self._has(facts, owner, claims, _PARTNERS), self._has(facts, owner, claims, _MARRIED))

    def _has(self, facts: dict[str, Ints | Bools], owner: Ints, claims: int, wanted: Iterable[str]) -> Bools:
        found = np.zeros(claims, dtype=bool)
        if "relation" in facts:
            found[owner[isin(facts["relation"], self.words["relation"], wanted)]] = True
        return found

    def _facts(self, rng: np.random.Generator, owner: Ints, ages: Ints | Bools) -> dict[str, Ints | Bools]:
        count = len(owner)
        facts: dict[str, Ints | Bools] = {}
        for column in self.columns:
            if column.kind == "bool":
                facts[column.name] = rng.random(count) < _OFTEN.get(column.name, 0.5)
            elif column.words:
                facts[column.name] = pick(rng, count, self.weights[column.name])
            else:
                facts[column.name] = np.where(
                    rng.random(count) < 0.1, rng.integers(16, 20, count), rng.integers(0, 90, count)
                )
        if "relation" in facts:
            self._ties(rng, facts, owner, ages[owner])
        if {"location", "status", "claim_status"} <= facts.keys():
            self._standing(rng, facts)
        return facts

    def _ties(self, rng: np.random.Generator, facts: dict[str, Ints | Bools], owner: Ints, ages: Ints | Bools) -> None:
        """One mother, one father, one partner; nobody is the parent of someone older."""
        words, relation = self.words["relation"], facts["relation"]
        instead = places(words, [_INSTEAD])[0]
        one = np.arange(len(words))
        one[places(words, _PARTNERS)] = places(words, _PARTNERS)[0]
        repeated = np.ones(len(owner), dtype=bool)
        repeated[np.unique(owner * len(words) + one[relation], return_index=True)[1]] = False
        alone = isin(relation, words, (*_PARTNERS, *_PARENTS))
        young = isin(relation, words, _PARTNERS) & (ages < 16) | isin(relation, words, _YOUNGER) & (ages < 16)
        relation = np.where(repeated & alone | young, instead, relation)
        facts["relation"] = relation
        if "age" in facts:
            elder, younger = isin(relation, words, _ELDERS), isin(relation, words, _YOUNGER)
            own = np.where(elder, np.clip(ages + rng.integers(18, 40, len(owner)), 18, 105), facts["age"])
            own = np.where(younger, (rng.random(len(owner)) * np.maximum(ages - 15, 1)).astype(np.int64), own)
            facts["age"] = np.where(isin(relation, words, _PARTNERS), np.maximum(own, 16), own)
        if "common_law_year" in facts:
            facts["common_law_year"] = facts["common_law_year"] & isin(relation, words, ["common_law_partner"])

    def _standing(self, rng: np.random.Generator, facts: dict[str, Ints | Bools]) -> None:
        """Statuses of the country where the relative is, and claims that fit the status."""
        count = len(facts["location"])
        statuses, weight = self.words["status"], self.weights["status"]
        there = isin(facts["location"], self.words["location"], _THERE)
        ours = pick(rng, count, only(statuses, weight, (*OF_CANADA, "none")))
        theirs = pick(rng, count, only(statuses, weight, (*OF_THE_US, "none")))
        facts["status"] = np.where(there, theirs, ours)
        words = self.words["claim_status"]
        plain = only(words, self.weights["claim_status"], set(CLAIMS) - {"accepted", "none"})
        none = places(words, ["none"])[0]
        made = np.where(
            there,
            pick(rng, count, only(words, plain, set(CLAIMS) - set(CANADA_CLAIMS) - {"accepted", "none"})),
            pick(rng, count, only(words, plain, set(CLAIMS) - set(US_CLAIMS) - {"accepted", "none"})),
        )
        pending = np.where(
            there, pick(rng, count, only(words, plain, US_CLAIMS)), pick(rng, count, only(words, plain, CANADA_CLAIMS))
        )
        claim = np.where(rng.random(count) < 0.5, made, none)
        claim = np.where(isin(facts["status"], statuses, _PENDING), pending, claim)
        claim = np.where(isin(facts["status"], statuses, _SETTLED), none, claim)
        accepted = isin(facts["status"], statuses, ["protected_person", "asylee"]) & (rng.random(count) < 0.5)
        facts["claim_status"] = np.where(accepted, places(words, ["accepted"])[0], claim)


def _arrow(column: Column, values: Ints | Bools, missing: Bools, words: Sequence[str]) -> pa.Array:
    kind = types.type_of(column)
    if pa.types.is_dictionary(kind):
        index = pa.array(values.astype(kind.index_type.to_pandas_dtype()), mask=missing)
        return pa.DictionaryArray.from_arrays(index, pa.array(words, pa.string()))
    return pa.array(values.astype(bool if column.kind == "bool" else np.int16), mask=missing)
