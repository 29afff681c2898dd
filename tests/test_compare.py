"""Comparing laws: witnesses differ when decided afresh, equality is proved, and an independent solver agrees."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
import z3

from safethird.apps.comparing import as_data, save_witnesses
from safethird.cases import yamlfile
from safethird.cases.build import read_case
from safethird.cases.designator import designated
from safethird.cases.export import export
from safethird.expr import And, Cite, Compare, Fact, Not, Or, Some, Span
from safethird.law.pact import LawError
from safethird.law.proposals import PROPOSALS
from safethird.law.sides import SIDES
from safethird.readings.check import check
from safethird.readings.compare import compare, replay
from safethird.readings.decide import decide, sentence
from safethird.readings.twin import Twin
from safethird.readings.verify import DEAD_BY_DESIGN, verify, verify_windows

NEIGHBOURS = [
    pytest.param(pact.on(one), pact.on(other), id=f"{pact.side} {one} {other}")
    for pact in SIDES.values()
    for one, other in pairwise(pact.boundaries())
]
PROPOSED = [f"{side}@{day}+{name}" for side in SIDES for day in ("2018-06-01", "2026-06-01") for name in PROPOSALS]


@pytest.mark.parametrize(("one", "other"), NEIGHBOURS)
def test_every_witness_between_neighbouring_versions_really_differs(one, other):
    found = compare(one, other)
    assert found.equal == (not found.differences)
    for difference in found.differences:
        assert replay(difference, one, other), difference


@pytest.mark.parametrize("name", PROPOSED)
def test_every_witness_of_a_proposal_really_differs(name):
    one, other = designated(name.split("+")[0]), designated(name)
    found = compare(one, other)
    for difference in found.differences:
        assert replay(difference, one, other), difference


def test_a_law_is_equal_to_itself():
    for pact in SIDES.values():
        for day in pact.boundaries():
            assert compare(pact.on(day), pact.on(day)).equal


def test_the_protocol_newly_bars_people_between_ports():
    found = compare(designated("canada@2022-06-01"), designated("canada@2024-06-01"))
    barred = [d for d in found.differences if d.kind == "outcome" and d.direction == "newly barred"]
    assert any(((-1, "entry"), ("between_ports",)) in d.core for d in barred)
    freed = [d for d in found.differences if d.direction == "newly let through"]
    assert any("us_refused_entry_without_claim_decision" in str(d.core) for d in freed)


def test_the_sides_differ_on_day_fourteen():
    found = compare(designated("canada@2024-06-01"), designated("us@2024-06-01"))
    assert found.unmapped
    assert any(
        d.before == "outside" and d.after == "bar" and timedelta(days=14) in dict(d.core).get((-1, "entry_date"), ())
        for d in found.differences
    )
    for difference in found.differences:
        assert replay(difference, found.one, found.other), difference


def test_witnesses_are_case_files_that_check(tmp_path):
    found = compare(designated("canada@2022-06-01"), designated("canada@2024-06-01"))
    assert save_witnesses(found, tmp_path) == len(found.differences)
    for name in ("one.yaml", "other.yaml"):
        raw, lines = yamlfile.read(tmp_path / name)
        for item in check(raw, lines):
            assert item.ok, (item.id, item.why)
    assert as_data(found)["differences"][0]["departures"]["fr"]


def test_exported_cases_come_back_as_they_were():
    for one, other in ((designated("canada@2022-06-01"), designated("canada@2024-06-01")),):
        for difference in compare(one, other).differences:
            back = read_case(export(difference.other))
            assert decide(other, back).settled == decide(other, difference.other).settled


class Solver:
    """The same laws in another solver: coded facts as integers, days as numbers, relatives as free variables."""

    def __init__(self, law, relatives, claimed):
        self.law, self.relatives, self.claimed = law, relatives, claimed
        self.codes = {}

    def code(self, word):
        return self.codes.setdefault(word, len(self.codes))

    def name(self, fact, member):
        return f"{member}:{fact.name}"

    def of(self, expr, member=-1):
        match expr:
            case Fact():
                return z3.Bool(self.name(expr, member if expr.of_relative else -1))
            case Not(part):
                return z3.Not(self.of(part, member))
            case And(parts):
                return z3.And(*(self.of(part, member) for part in parts))
            case Or(parts):
                return z3.Or(*(self.of(part, member) for part in parts))
            case Cite(label):
                return self.of(self.law.cited(label), member)
            case Some(where):
                return z3.Or(*(z3.And(z3.Bool(f"{n}:exists"), self.of(where, n)) for n in range(self.relatives)))
            case Compare(left, relation, right):
                return self.compare(left, relation, right, member)

    def compare(self, left, relation, right, member):
        fact = left.start if isinstance(left, Span) else left
        name = self.name(fact, member if fact.of_relative else -1)
        if relation == "in":
            return z3.Or(*(z3.Int(name) == self.code(word) for word in right))
        if relation == "has":
            return z3.Or(*(z3.Bool(f"{name}/{word}") for word in right))
        back = z3.Int(f"{name}/back")
        if isinstance(left, Span) and left.unit == "days":
            value = back
        elif isinstance(left, Span):
            # Years are exceeded where the day lies far enough back; one year is 365 or 366 days on these days.
            limit = (self.claimed - self.claimed.replace(year=self.claimed.year - right)).days
            return back > limit if relation == ">=" else back <= limit
        elif isinstance(right, int):
            value = z3.Int(name)
        else:
            day = right.date() if hasattr(right, "date") else right
            days = 0 if fact.name == "claim_date" else back
            late = z3.IntVal((self.claimed - day).days) - days >= 0
            return z3.Not(late) if relation == "<" else late
        return value < right if relation == "<" else value >= right


@pytest.mark.parametrize("name", ["canada@2022-06-01 canada@2024-06-01", "canada@2024-06-01 canada@2024-06-01+no-fourteen-days",
                                  "canada@2024-06-01 canada@2024-12-01", "canada@2018-06-01 canada@2018-06-01+scope-2004",
                                  "us@2022-06-01 us@2024-06-01", "canada@2026-06-01 canada@2026-06-01+no-b2"])  # fmt: skip
def test_an_independent_solver_finds_a_difference_exactly_where_the_diagram_does(name):
    one, other = map(designated, name.split())
    first, second = Solver(one, 1, one.day), Solver(other, 1, other.day)
    second.codes = first.codes
    twin = Twin(one, other, relatives=1)
    for kind in ("outcome", "stca"):
        mine, theirs = getattr(one.pact, kind), getattr(other.pact, kind)
        for before, _ in mine:
            for after, _ in theirs:
                if before == after:
                    continue
                a, b = sentence(mine, before), sentence(theirs, after)
                solver = z3.Solver()
                solver.add(first.of(a), second.of(b))
                for variable in ("entry_date", "first_entry_after_2020_06_24"):
                    solver.add(z3.Int(f"-1:{variable}/back") >= 0)
                solver.add(z3.Int("-1:age") >= 0, z3.Not(z3.Bool("-1:entry_date_unproven")))
                solver.add(z3.Not(z3.And(z3.Bool("-1:nationality/STATELESS"), z3.Bool("-1:nationality/USA"))))
                mine_says = twin.both(a, b) != twin.bdd.false
                assert (solver.check() == z3.sat) == mine_says, (kind, before, after)


@pytest.mark.parametrize("pact", SIDES.values(), ids=lambda p: p.side)
def test_every_version_verifies(pact):
    assert verify_windows(pact) == []
    for day in pact.boundaries():
        assert verify(pact.on(day)) == []


@pytest.mark.parametrize("name", PROPOSED)
def test_every_proposal_verifies(name):
    assert verify(designated(name)) == []


def test_verify_finds_what_is_dead_and_what_hurts(tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text(
        "amendments:\n  - side: canada\n    from: 2024-01-01\n    add:\n"
        "      - {label: 'IRPR 159.5(i)', role: exception, rule: 'age < 5 and age >= 18'}\n"
        "    substitute:\n"
        "      - {label: 'IRPR 159.5(b)', role: exception, rule: 'some relative: (relative.status is permanent_resident) "
        "and not some relative: (relative.status is permanent_resident)'}\n",
        encoding="utf-8",
    )
    problems = {problem.label for problem in verify(designated(f"canada@2024-06-01+{path}"))}
    assert {"IRPR 159.5(i)", "IRPR 159.5(b)"} <= problems
    assert not problems & set(DEAD_BY_DESIGN)


def test_a_diagram_that_grows_too_large_is_stopped(monkeypatch):
    monkeypatch.setattr("safethird.readings.twin.MOST_NODES", 50)
    with pytest.raises(LawError, match="grew past 50 nodes"):
        compare(designated("canada@2022-06-01"), designated("canada@2024-06-01"))


def test_neighbouring_days_of_one_version_agree():
    assert compare(designated("canada@2024-06-01"), designated("canada@2024-06-02")).equal
    assert date(2024, 6, 1) < date(2024, 6, 2)
