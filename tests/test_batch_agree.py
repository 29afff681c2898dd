"""A table decided at once against the same rows decided one by one: every standing, every result, every law."""

import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest

from safethird.batch import plan
from safethird.batch.deciding import claimed, decider
from safethird.batch.example import example
from safethird.batch.packing import Claimed
from safethird.batch.plan import Plan
from safethird.batch.rows import case_of
from safethird.cases.designator import designated
from safethird.law.canada import CANADA
from safethird.readings.cells import EPOCH, Bound, not_yet
from safethird.readings.decide import decide, unknown_facts
from safethird.readings.kleene import CLAIMANT, Kleene
from safethird.readings.reading import law_for
from safethird.readings.settle import Search

COLUMNS = ("stca", "outcome", "stca_established", "outcome_established")
LAWS = [
    ("canada@2026-11-24", 0.2), ("canada@2026-11-24", 0.02), ("canada@2024-06-01", 0.3), ("canada@2020-11-24", 0.04),
    ("canada@2010-01-01", 0.2), ("canada@2018-06-01+whole-border", 0.1),
    ("us@2026-11-24", 0.2), ("us@2024-06-01", 0.03), ("us@2010-01-01", 0.2),
]  # fmt: skip


def table(rows, seed, unknown, side="canada", **more):
    (batch,) = example(rows, seed, side, unknown=unknown, **more)
    return batch


def side_of(law):
    return "united_states" if law.startswith("us") else "canada"


def cases(batch, law):
    for row in batch.to_pylist():
        case = case_of(row, row["relatives"] or [], law.pact.side)
        yield row, case if case.claim_date else case.claimed_on(law.day)


@pytest.mark.parametrize(("name", "unknown"), LAWS)
def test_a_table_is_decided_as_its_rows_are(name, unknown):
    law = designated(name)
    batch = table(60, len(name), unknown, side_of(name))
    result = decider(name).decide(batch).to_pylist()
    for (row, case), found in zip(cases(batch, law), result, strict=True):
        decision = decide(law, case)
        standings = (decision.settled, decision.established)
        expected = [getattr(standing, part) for standing in standings for part in ("stca", "outcome")]
        assert [found[column] for column in COLUMNS] == expected, row["claim_id"]


@pytest.mark.parametrize("side", ["canada", "united_states"])
def test_each_row_is_decided_under_the_law_of_its_own_day(side):
    batch = table(120, 3, 0.05, side)
    result = decider(None, side).decide(batch).to_pylist()
    assert len({row["law"] for row in result}) > 4
    for row, found in zip(batch.to_pylist(), result, strict=True):
        law, case = law_for(case_of(row, row["relatives"] or [], side))
        decision = decide(law, case)
        assert (found["stca"], found["outcome_established"]) == (decision.settled.stca, decision.established.outcome)


@pytest.mark.parametrize("name", ["canada@2026-11-24", "us@2026-11-24"])
def test_grounds_and_exceptions_are_those_that_no_completion_denies(name):
    law = designated(name)
    batch = table(60, 8, 0.15, side_of(name))
    result = decider(name).decide(batch).to_pylist()
    rules = {role: [(p.provision.label, p.provision.rule) for p in law.role(role)] for role in ("ground", "exception")}
    for (_, case), found in zip(cases(batch, law), result, strict=True):
        search = Search(law, case)
        for role, column in (("ground", "grounds"), ("exception", "exceptions")):
            sure = [label for label, rule in rules[role] if rule is not None and search.find((rule, False)) is None]
            assert found[column] == "|".join(sure)


def test_what_is_missing_is_what_the_answer_formally_hangs_on():
    law = designated("canada@2026-11-24")
    batch = table(150, 21, 0.2)
    found = decider("canada@2026-11-24", missing=True)
    result = found.decide(batch)
    ranked: dict[str, int] = {}
    for (_, case), row in zip(cases(batch, law), result.to_pylist(), strict=True):
        kleene = Kleene(law, case)
        facts = {
            fact.name
            for name in ("stca", "outcome")
            if row[name] == "undetermined"
            for _, expr in getattr(law.pact, name)
            for fact in unknown_facts(kleene, expr, CLAIMANT, set())
            if fact.kind != "point" and fact.name != "claim_date"
        }
        assert row["missing"] == len(facts)
        for fact in facts:
            ranked[fact] = ranked.get(fact, 0) + 1
    assert found.hanging(batch, result) == ranked


def test_two_laws_are_compared_by_their_difference_and_not_by_two_answers():
    names = ("canada@2022-06-01", "canada@2024-06-01")
    batch = table(4000, 5, 0.15)
    result = decider(names[0], vs=names[1]).decide(batch).to_pylist()
    alone = [decider(name).decide(batch).to_pylist() for name in names]
    spared = 0
    for row, one, other in zip(result, *alone, strict=True):
        for name in ("stca", "outcome"):
            assert (row[name], row[f"{name}_vs"]) == (one[name], other[name])
            known = {one[name], other[name]}.isdisjoint({"undetermined", "open"})
            if known:
                assert row[f"{name}_changed"] == ("no" if one[name] == other[name] else "yes")
            spared += not known and row[f"{name}_changed"] in ("yes", "no")
    assert spared > 500  # what two columns would leave undetermined


def test_a_law_never_differs_from_itself():
    batch = table(2000, 6, 0.3)
    result = decider("canada@2024-06-01", vs="canada@2024-06-01").decide(batch)
    assert {*result["stca_changed"].to_pylist(), *result["outcome_changed"].to_pylist()} == {"no"}


def test_a_position_taken_leaves_nothing_open_that_hung_on_it_alone():
    plain = Plan(designated("canada@2026-11-24"), {}).points
    batch = table(1000, 7, 0.0)
    taken = decider("canada@2026-11-24", positions=dict.fromkeys(plain, False)).decide(batch)
    assert "open" in decider("canada@2026-11-24").decide(batch)["stca"].to_pylist()
    assert "open" not in {*taken["stca"].to_pylist(), *taken["outcome"].to_pylist()}


def test_any_number_of_relatives_and_none():
    batch = table(100, 9, 0.2)
    many = batch.column("relatives").to_pylist()
    many[5] = [member for members in many for member in members or []]
    many[6] = None
    changed = batch.set_column(
        batch.schema.get_field_index("relatives"), "relatives", pa.array(many, batch.schema.field("relatives").type)
    )
    law = designated("canada@2026-11-24")
    result = decider("canada@2026-11-24").decide(changed).to_pylist()
    for (_, case), found in list(zip(cases(changed, law), result, strict=True))[4:8]:
        decision = decide(law, case)
        assert (found["stca"], found["outcome"]) == (decision.settled.stca, decision.settled.outcome)


def test_a_claim_with_thousands_of_relatives_takes_no_room_from_the_others():
    batch = table(2000, 12, 0.2)
    everyone = [member for members in batch.column("relatives").to_pylist() for member in members or []]
    many = batch.column("relatives").to_pylist()
    many[1000], many[1001] = everyone * 3, everyone[:300]
    changed = batch.set_column(
        batch.schema.get_field_index("relatives"), "relatives", pa.array(many, batch.schema.field("relatives").type)
    )
    for name in ("canada@2026-11-24", None):
        found = decider(name)
        whole, before = found.decide(changed), found.decide(batch).to_pylist()
        assert [row for row in whole.to_pylist() if row["claim_id"] not in ("S0000001001", "S0000001002")] == [
            row for row in before if row["claim_id"] not in ("S0000001001", "S0000001002")
        ]
        assert found.hanging(changed, whole)


def test_an_empty_batch_has_an_empty_result():
    batch = table(10, 1, 0.2).slice(0, 0)
    for found in (decider("us@2024-06-01", "united_states"), decider(None)):
        result = found.decide(batch)
        assert result.num_rows == 0
        assert found.hanging(batch, result) == {}


def test_rows_are_decided_alike_wherever_a_batch_is_cut():
    batch = table(1000, 10, 0.2)
    found = decider("canada@2026-11-24")
    whole = found.decide(batch).to_pylist()
    for cuts in ((0, 1, 64, 65, 130, 999, 1000), (0, 500, 500, 1000)):
        parts = [found.decide(batch.slice(a, b - a)).to_pylist() for a, b in pairwise(cuts)]
        assert [row for part in parts for row in part] == whole


def test_anniversaries_are_counted_alike_one_by_one_and_at_once():
    days = np.arange((date(1950, 1, 1) - EPOCH).days, (date(2060, 1, 1) - EPOCH).days, 3, dtype=np.int32)
    for years in (1, 2, 4):
        assert np.asarray(Claimed(days).bound(Bound("years", years))).tolist() == [
            not_yet(int(day), years) for day in days
        ]


def test_a_claim_without_a_day_is_read_on_the_day_of_the_law():
    batch = pa.RecordBatch.from_pylist([{"claim_id": "1"}])
    assert claimed(batch, CANADA.on(date(2024, 6, 1))).tolist() == [(date(2024, 6, 1) - EPOCH) // timedelta(days=1)]


def test_every_version_of_both_sides_can_be_compiled():
    for day in CANADA.boundaries():
        made = Plan(CANADA.on(max(day, CANADA.begins)), {})
        assert made.nodes("settled stca")


def test_rows_are_decided_alike_in_blocks_of_any_size(monkeypatch):
    batch = table(1000, 10, 0.2)
    for found in (
        decider("canada@2026-11-24", missing=True),
        decider("canada@2026-11-24", vs="canada@2022-06-01"),
        decider(None),
    ):
        whole = found.decide(batch)
        hanging = found.hanging(batch, whole)
        for size in (64, 100, 999):
            monkeypatch.setattr(plan, "BLOCK", size)
            again = batch.slice(0)
            assert found.decide(again).to_pylist() == whole.to_pylist()
            assert found.hanging(again, whole) == hanging
            monkeypatch.undo()


def test_threads_that_begin_together_find_the_same():
    # Programs are made when first needed, out of one circuit: two threads once made them at the same time.
    batch = table(400, 5, 0.2)
    alone = decider("canada@2026-11-24").decide(batch).to_pylist()
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(3):
            found = decider("canada@2026-11-24")
            with ThreadPoolExecutor(2) as pool:
                for result in pool.map(found.decide, [batch, batch.slice(0)]):
                    assert result.to_pylist() == alone
    finally:
        sys.setswitchinterval(usual)


def test_what_lies_behind_a_list_that_is_not_known_is_nobody():
    batch = table(200, 12, 0.2)
    lists = batch.column("relatives")
    keep = np.arange(200) % 3 > 0
    hidden = pa.ListArray.from_arrays(lists.offsets, lists.values, mask=pa.array(~keep))
    empty = pa.array([row if kept else None for row, kept in zip(lists.to_pylist(), keep, strict=True)], lists.type)
    place = batch.schema.get_field_index("relatives")
    found = decider("canada@2026-11-24")
    behind, nothing = (
        found.decide(batch.set_column(place, "relatives", column)).to_pylist() for column in (hidden, empty)
    )
    assert behind == nothing
