"""The law through time: what is in force on every boundary day, what was known when, and errors that teach."""

from datetime import date, datetime, timedelta

import pytest

from safethird.law.canada import CANADA
from safethird.law.canada.draft import regulation
from safethird.law.canada.suspension import suspension
from safethird.law.pact import Add, Amendment, LawError, Pact, Repeal, Substitute

DAY = timedelta(days=1)

# label, first day of claims that it governs, first day that it does not (None: still in force); source: canada.md B, C.
WINDOWS = [
    ("IRPA 101(1)(e)", date(2002, 6, 28), None),
    ("IRPR 159.3", date(2004, 12, 29), None),
    ("IRPR 159.5(a)", date(2004, 12, 29), None),
    ("IRPR 159.6(c)", date(2004, 12, 29), date(2009, 7, 23)),
    ("IRPA 100(1.1)", date(2012, 12, 15), None),
    ("IRPA 110(2)(d)", date(2012, 12, 15), None),
    ("IRPR 5(a)", date(2015, 6, 10), None),
    ("IRPA 101(1)(c.1)", date(2019, 4, 8), None),
    ("IRPR 41(d)", date(2020, 3, 21), date(2021, 11, 21)),
    ("IRPR 41 practice of 2003", date(2003, 1, 27), date(2004, 12, 29)),
    ("IRPR 159.01", date(2023, 3, 25), None),
    ("IRPR 159.4(1.1)", date(2023, 3, 25), None),
    ("IRPA 101(1)(b.1)", date(2025, 6, 3), None),
    ("IRPA 101(1)(b.2)", date(2025, 6, 3), None),
    ("IRPA 25.2 policy of 2026-05-19", date(2025, 6, 3), None),
]


@pytest.mark.parametrize(("label", "first", "end"), WINDOWS)
def test_a_provision_is_in_force_from_its_first_day_until_its_end(label, first, end):
    if first > CANADA.begins:
        assert label not in CANADA.on(first - DAY).provisions
    assert label in CANADA.on(first).provisions
    if end is not None:
        assert label in CANADA.on(end - DAY).provisions
        assert label not in CANADA.on(end).provisions
    else:
        assert label in CANADA.on(date(2026, 11, 1)).provisions


@pytest.mark.parametrize(
    ("label", "known_on", "there"),
    [
        ("IRPA 101(1)(b.2)", date(2026, 3, 25), False),
        ("IRPA 101(1)(b.2)", date(2026, 3, 26), True),
        ("IRPA 25.2 policy of 2026-05-19", date(2026, 5, 18), False),
        ("IRPA 25.2 policy of 2026-05-19", date(2026, 5, 19), True),
    ],
)
def test_an_officer_knows_only_what_was_enacted(label, known_on, there):
    assert (label in CANADA.on(date(2025, 9, 30), known_on).provisions) is there


def test_the_protocol_begins_one_minute_into_its_day():
    assert "IRPR 159.4(1.1)" not in CANADA.on(datetime(2023, 3, 25, 0, 0, 30)).provisions
    assert "IRPR 159.4(1.1)" in CANADA.on(datetime(2023, 3, 25, 0, 1)).provisions


@pytest.mark.parametrize("day", CANADA.boundaries())
def test_every_boundary_changes_the_law_and_every_citation_names_a_known_provision(day):
    law = CANADA.on(day)
    if day > CANADA.begins:
        assert law.amendments != CANADA.on(day - DAY).amendments
    for found in law.provisions.values():
        for label in _cited(found.provision.rule):
            assert any(CANADA.on(other).matching(label) for other in CANADA.boundaries()), label


def _cited(rule):
    from safethird.expr import Cite, walk

    return [node.label for node in walk(rule) if isinstance(node, Cite)] if rule is not None else []


def test_no_citation_runs_in_a_circle():
    def follow(law, label, trail):
        assert label not in trail, f"{label} cites itself through {trail}"
        for inner in _cited(law.cited(label)):
            follow(law, inner, (*trail, label))

    for day in CANADA.boundaries():
        law = CANADA.on(day)
        for label in law.provisions:
            follow(law, label, ())


def test_there_is_no_law_before_the_act():
    with pytest.raises(LawError, match="the Act starts on 2002-06-28"):
        CANADA.on(date(2002, 6, 27))


def _one(*changes):
    return CANADA + Amendment("SOR/2030-1", date(2030, 1, 1), changes, "A test.", "Un essai.")


@pytest.mark.parametrize(
    ("pact", "message"),
    [
        (
            _one(Repeal("IRPR 159.6(c)")),
            r"cannot repeal IRPR 159.6\(c\): not in force on 2030-01-01.*nearby: .*IRPR 159.6\(a\)",
        ),
        (_one(Substitute(regulation("159.9", None, "x", "x"))), "cannot substitute IRPR 159.9: not in force"),
        (_one(Add(regulation("159.3", None, "x", "x"))), "cannot add IRPR 159.3: it is in force"),
    ],
)
def test_an_amendment_that_does_not_fit_says_what_is_in_force_nearby(pact, message):
    with pytest.raises(LawError, match=message):
        pact.on(date(2030, 1, 2))


def test_adding_an_amendment_leaves_the_pact_as_it_was():
    changed = _one(Repeal("IRPR 159.5(a)"))
    assert isinstance(changed, Pact)
    assert "IRPR 159.5(a)" not in changed.on(date(2030, 1, 1)).provisions
    assert "IRPR 159.5(a)" in CANADA.on(date(2030, 1, 1)).provisions


def test_a_later_paragraph_is_open_at_ports_but_not_under_the_literal_range():
    more = _one(Add(regulation("159.5(i)", None, "x", "x", role="exception")))
    law = more.on(date(2030, 1, 1))
    names = [p.provision.label for p in law.matching("IRPR 159.5(*)")]
    assert "IRPR 159.5(i)" in names
    assert "IRPR 159.5(i)" not in [p.provision.label for p in law.matching("IRPR 159.5(a-h)")]


NOTICES = [
    # kind, published, days, start, first day off, first day on again; source: IRPR 159.7(1)
    ("159.7(1)(a)", date(2027, 1, 10), 60, None, date(2027, 1, 11), date(2027, 3, 12)),
    ("159.7(1)(b)", date(2027, 3, 1), 90, date(2027, 3, 12), date(2027, 3, 12), date(2027, 6, 10)),
    ("159.7(1)(c)", date(2027, 1, 10), 30, date(2027, 1, 20), date(2027, 1, 20), date(2027, 2, 19)),
    ("159.7(1)(d)", date(2027, 1, 10), None, date(2027, 2, 1), date(2027, 2, 1), None),
]


@pytest.mark.parametrize(("kind", "published", "days", "start", "off", "on"), NOTICES)
def test_a_notice_takes_the_designation_out_for_its_days_only(kind, published, days, start, off, on):
    listed = ("IRPR 159.3",) if kind == "159.7(1)(c)" else ()
    pact = CANADA + suspension(kind, published, days=days, start=start, provisions=listed)
    assert "IRPR 159.3" in pact.on(off - DAY).provisions
    assert "IRPR 159.3" not in pact.on(off).provisions
    if on is not None:
        assert "IRPR 159.3" not in pact.on(on - DAY).provisions
        assert "IRPR 159.3" in pact.on(on).provisions
    else:
        assert "IRPR 159.1 family member" not in pact.on(off).provisions


@pytest.mark.parametrize(
    ("kind", "published", "days", "start", "message"),
    [
        ("159.7(1)(a)", date(2027, 1, 10), 100, None, "at most three months"),
        ("159.7(1)(a)", date(2027, 1, 10), None, None, "at most three months"),
        ("159.7(1)(a)", date(2027, 1, 10), 30, date(2027, 1, 20), "starts the day after"),
        ("159.7(1)(b)", date(2027, 1, 10), 30, date(2027, 1, 12), "at least seven days"),
        ("159.7(1)(c)", date(2027, 1, 10), 30, None, "lists its provisions"),
        ("159.8", date(2027, 1, 10), 30, None, "no kind of notice"),
    ],
)
def test_a_notice_that_the_regulation_does_not_allow_is_refused(kind, published, days, start, message):
    with pytest.raises(LawError, match=message):
        suspension(kind, published, days=days, start=start)
