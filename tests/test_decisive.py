"""Every condition of every provision is shown decisive by a kept pair of cases that differ in it alone."""

import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

from safethird.cases.case import Case
from safethird.cases.values import Interval, When
from safethird.expr import Cite
from safethird.law.canada import CANADA
from safethird.law.facts import declared
from safethird.readings.kleene import Kleene

sys.path.insert(0, str(Path(__file__).parent.parent / "scripts"))
from decisive import conditions, label_is_about_relatives  # type: ignore[import-not-found]

PAIRS = yaml.safe_load((Path(__file__).parent / "decisive.yaml").read_text(encoding="utf-8"))
# Conditions that cannot decide alone, with the reason.
NEVER_ALONE = {
    ("IRPA 25.2 policy of 2026-05-19", "claim_date >= 2026-05-19"): "pairs hold the day of the claim fixed",
    ("IRPA 101(1)(c.1)", "claim_date < 2019-06-21 00:00:00"): "pairs hold the day of the claim fixed",
    ("IRPA 104(1)(a)", "claim_date < 2026-03-26 00:00:00"): "pairs hold the day of the claim fixed",
}


def read(name, value):
    match declared[name].fact.kind:
        case "number":
            return Interval(value, value)
        case "day":
            return When.day(date.fromisoformat(value))
        case "codes":
            return frozenset(value)
        case _:
            return value


@pytest.mark.parametrize("pair", PAIRS, ids=[f"{p['provision']} · {p['condition'][:60]}" for p in PAIRS])
def test_the_pair_comes_out_differently(pair):
    day = date.fromisoformat(pair["day"])
    law = CANADA.on(day)
    results = []
    for value in pair["values"]:
        facts = {name: read(name, v) for name, v in pair["facts"].items()}
        relative = {name: read(name, v) for name, v in pair["relative"].items()}
        (relative if pair["fact"].startswith("relative.") else facts)[pair["fact"]] = read(pair["fact"], value)
        case = Case({**facts, "claim_date": When.day(day)}, (relative,), True)
        member = 0 if label_is_about_relatives(law, pair["provision"]) else -1
        results.append(Kleene(law, case).decide(Cite(pair["provision"]), member))
    assert results == pair["results"]
    assert results[0] is not results[1]


def test_every_condition_of_every_version_has_its_pair():
    kept = {(pair["provision"], pair["condition"]) for pair in PAIRS} | set(NEVER_ALONE)
    wanted = {
        (label, str(condition))
        for day in CANADA.boundaries()
        for label, found in CANADA.on(day).provisions.items()
        if found.provision.rule is not None
        for condition in conditions(found.provision.rule)
    }
    assert wanted - kept == set()
    assert not {(pair["provision"], pair["condition"]) for pair in PAIRS} & set(NEVER_ALONE)
