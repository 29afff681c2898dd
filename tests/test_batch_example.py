"""The synthetic table: reproducible, consistent, labelled, and meeting every provision both ways."""

from datetime import date

import pytest

from safethird.batch.example import BATCH_ROWS, example
from safethird.batch.rows import case_of
from safethird.batch.schema import columns, versions
from safethird.expr import cite
from safethird.law import sides
from safethird.law.facts import declared
from safethird.law.facts.relatives import OF_CANADA, OF_THE_US
from safethird.readings.kleene import Kleene
from safethird.readings.reading import law_for

ROWS = 4_000


def rows_of(side, rows=ROWS, seed=1, **more):
    return [row for batch in example(rows, seed, side, **more) for row in batch.to_pylist()]


@pytest.mark.parametrize("side", ["canada", "us"])
def test_every_ground_and_exception_is_decided_both_ways(side):
    answers: dict[str, set[bool | None]] = {}
    wanted: set[str] = set()
    for law in versions(sides.of(side)):
        wanted |= {p.provision.label for p in law.role("ground", "exception") if p.provision.rule is not None}
    points = [name for name, declaration in declared.items() if declaration.role == "point"]
    for number, row in enumerate(rows_of(side)):
        # On every other row a position is taken on the unsettled points, for what holds only with one.
        positions = dict.fromkeys(points if number % 2 else (), number % 4 == 1)
        law, case = law_for(case_of(row, row["relatives"] or (), side, positions))
        kleene = Kleene(law, case)
        for found in law.role("ground", "exception"):
            label = found.provision.label
            if found.provision.rule is not None and len(answers.setdefault(label, set())) < 3:
                answers[label].add(kleene.decide(cite(label)))
    assert {label for label in wanted if not {True, False} <= answers[label]} == set()


@pytest.mark.parametrize("side", ["canada", "us"])
def test_the_facts_of_a_row_agree(side):
    for row in rows_of(side, 2_000):
        days = [row.get("first_entry_after_2020_06_24"), row["entry_date"], row["claim_date"]]
        known = [day for day in days if day is not None]
        assert known == sorted(known)
        if days[0] is not None:
            assert days[0] > date(2020, 6, 24)
        assert row["nationality"] in (None, "STATELESS") or "STATELESS" not in row["nationality"].split("|")
        relatives = row["relatives"] or []
        assert len(relatives) <= 6
        assert sum(r["relation"] == "mother" for r in relatives) <= 1
        for relative in relatives:
            assert not (relative["location"] == "CAN" and relative["status"] in OF_THE_US)
            assert not (relative["location"] == "USA" and relative["status"] in OF_CANADA)


def test_the_same_seed_gives_the_same_table_and_another_seed_another():
    one, same, other = (next(example(500, seed)) for seed in (5, 5, 6))
    assert one.equals(same)
    assert not one.equals(other)


def test_the_columns_are_those_of_the_law():
    laws = [sides.of("canada").on(date(2024, 6, 1))]
    listed = columns(laws)
    batch = next(example(10, listed=listed))
    assert batch.schema.names == ["claim_id", *(c.name for c in listed if not c.of_relative),
                                  "relatives_complete", "relatives"]  # fmt: skip


def test_the_schema_says_that_it_is_synthetic():
    metadata = next(example(1, 9)).schema.metadata
    assert metadata[b"safethird.synthetic"] == b"true"
    assert metadata[b"safethird.seed"] == b"9"
    assert "Synthetic" in metadata[b"safethird.note.en"].decode()
    assert "synthétiques" in metadata[b"safethird.note.fr"].decode()


@pytest.mark.parametrize(("unknown", "least", "most"), [(0.0, 0.0, 0.0), (0.2, 0.17, 0.23), (1.0, 1.0, 1.0)])
def test_the_share_of_unknown_facts_is_the_one_asked_for(unknown, least, most):
    batch = next(example(5_000, unknown=unknown))
    assert least <= batch.column("age").null_count / 5_000 <= most
    assert batch.column("claim_date").null_count == 0


def test_claims_fall_between_the_days_asked_for():
    days = next(example(2_000, claims_from=date(2024, 1, 1), claims_to=date(2024, 1, 31))).column("claim_date")
    assert set(days.to_pylist()) == {date(2024, 1, day) for day in range(1, 32)}
    with pytest.raises(ValueError, match="comes after"):
        next(example(1, claims_from=date(2024, 2, 1), claims_to=date(2024, 1, 31)))


def test_batches_follow_each_other_with_ascending_identifiers():
    batches = list(example(BATCH_ROWS + 10))
    assert [batch.num_rows for batch in batches] == [BATCH_ROWS, 10]
    assert batches[0].column("claim_id")[-1].as_py() < batches[1].column("claim_id")[0].as_py()
