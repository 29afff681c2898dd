"""Proposals and users' own bundles: they fit the law, do what they say, and fail with what is near."""

from datetime import date

import pytest

from safethird import decide, law_for, read_case
from safethird.cases import yamlfile
from safethird.cases.designator import designated
from safethird.cases.faults import BadFile
from safethird.law.pact import LawError
from safethird.law.proposals import PROPOSALS
from safethird.law.sides import SIDES
from safethird.law.written import bundle

DAYS = ("2018-06-01", "2024-06-01", "2026-06-01")
BETWEEN = {"mode": "between_ports", "nationality": ["COL"], "age": 30, "visa_required_canada": True,
           "visa_required_us": True}  # fmt: skip


def result(name, **facts):
    law = designated(name)
    relatives = facts.pop("relatives", [])
    other = "CAN" if law.pact.side == "united_states" else "USA"
    known = {**BETWEEN, "came_from": other, "claim_date": str(law.day), **facts}
    raw = {"side": law.pact.side, "kind": "derived", "facts": known, "relatives": relatives}
    settled = decide(law, read_case(raw)).settled
    return settled.stca, settled.outcome


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("name", PROPOSALS)
def test_a_proposal_fits_the_law_of_any_day(name, side, day):
    law = designated(f"{side}@{day}+{name}")
    assert law.name == f"{side}@{day}+{name}"


@pytest.mark.parametrize("proposal", PROPOSALS.values(), ids=lambda p: p.name)
def test_a_proposal_says_what_who_when_and_what_it_needs_in_both_languages(proposal):
    for words in (proposal.title, proposal.what, *proposal.needs):
        assert words.en
        assert words.fr
        assert words.en != words.fr
    assert proposal.source
    assert all(date.fromisoformat(day) for day, _ in proposal.history)
    assert proposal.needs


COUSIN = [{"relation": "cousin", "location": "CAN", "status": "citizen", "age": 40, "proven": "yes"}]
GRANDMOTHER = [{"relation": "grandmother", "location": "CAN", "status": "citizen", "age": 70, "proven": "yes"}]
EFFECTS = [
    # law, facts, result without, result with
    ("canada@2018-06-01+whole-border", {"entry_date": "2018-06-01"}, ("outside", "eligible"), ("bar", "ineligible")),
    ("canada@2018-06-01+named-crossings", {"entry_date": "2018-06-01", "at_named_crossing": True}, ("outside", "eligible"), ("bar", "ineligible")),
    ("canada@2018-06-01+suspension", {"mode": "land_port"}, ("bar", "ineligible"), ("outside", "eligible")),
    ("canada@2024-06-01+withdrawal", {"mode": "land_port"}, ("bar", "ineligible"), ("outside", "eligible")),
    ("us@2024-06-01+withdrawal", {"mode": "land_port"}, ("bar", "return_to_canada"), ("outside", "outside_agreement")),
    ("canada@2024-06-01+no-fourteen-days", {"entry_date": "2024-04-01"}, ("outside", "eligible"), ("bar", "ineligible")),
    ("us@2024-06-01+no-fourteen-days", {"entry_date": "2024-04-01"}, ("outside", "outside_agreement"), ("bar", "return_to_canada")),
    ("canada@2026-06-01+no-b2", {"entry_date": "2026-05-01"}, ("outside", "ineligible"), ("outside", "eligible")),
    ("canada@2024-06-01+wider-family", {"mode": "land_port", "relatives": COUSIN}, ("bar", "ineligible"), ("exception", "eligible")),
    ("canada@2024-06-01+narrower-family", {"mode": "land_port", "relatives": GRANDMOTHER}, ("exception", "eligible"), ("bar", "ineligible")),
    ("canada@2024-06-01+scope-2004", {"entry_date": "2024-06-01"}, ("bar", "ineligible"), ("outside", "eligible")),
    ("us@2024-06-01+scope-2004", {"entry_date": "2024-06-01"}, ("bar", "return_to_canada"), ("outside", "outside_agreement")),
]  # fmt: skip


@pytest.mark.parametrize(("name", "facts", "before", "after"), EFFECTS, ids=[e[0] for e in EFFECTS])
def test_a_proposal_does_what_it_says(name, facts, before, after):
    assert result(name.split("+")[0], **facts) == before
    assert result(name, **facts) == after


SIXTY = """
name: sixty-days
amendments:
  - {side: canada, from: 2026-05-01, instrument: Bill X-1, numbers: {"IRPR 159.4(1.1)": {14: 60}, "IRPA 101(1)(b.2)": {14: 60}}}
  - {side: united_states, from: 2026-05-01, instrument: Rule X-1, numbers: {"8 CFR 208.30(e)(6)": {14: 60, 15: 61}}}
"""
COUSINS = """
name: cousins-who-host
facts:
  - {name: offers_housing, kind: bool, en: Somebody offers housing, fr: Quelqu’un offre un logement, unshown: false}
amendments:
  - side: canada
    from: 2024-01-01
    until: 2025-01-01
    instrument: Bill X-2
    add:
      - label: IRPR 159.5(i)
        role: exception
        rule: "offers_housing and some relative: (relative.proven and relative.relation is cousin and relative.location is CAN)"
        en: A cousin in Canada, and housing offered.
        fr: Un cousin au Canada et un logement offert.
    repeal: ["IRPR 159.5(g)"]
"""


@pytest.fixture
def file(tmp_path):
    def write(text, name="mine.yaml"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_changed_numbers_change_both_sides_of_a_bundle(file):
    path = file(SIXTY)
    assert result("canada@2026-06-01", entry_date="2026-04-20") == ("outside", "ineligible")
    assert result(f"canada@2026-06-01+{path}", entry_date="2026-04-20") == ("bar", "ineligible")
    assert result(f"us@2026-06-01+{path}", entry_date="2026-04-20") == ("bar", "return_to_canada")
    assert result(f"us@2026-04-30+{path}", entry_date="2026-03-20") == ("outside", "outside_agreement")


def test_a_new_fact_an_addition_a_repeal_and_an_end(file):
    path = file(COUSINS)
    case = {"mode": "land_port", "relatives": COUSIN, "more": {"offers_housing": True}}
    assert result(f"canada@2024-06-01+{path}", **case) == ("exception", "eligible")
    assert result(f"canada@2024-06-01+{path}", mode="land_port", relatives=COUSIN) == ("bar", "ineligible")
    assert result(f"canada@2025-01-01+{path}", **case) == ("bar", "ineligible")
    free = {"mode": "land_port", "visa_required_canada": False}
    assert result("canada@2024-06-01", **free) == ("exception", "eligible")
    assert result(f"canada@2024-06-01+{path}", **free) == ("bar", "ineligible")


BAD = [
    ("amendments: [{side: canada, from: 2030-01-01, repeal: ['IRPR 159.6(c)']}]", r"cannot repeal IRPR 159.6\(c\).*nearby: .*159.6\(a\)"),
    ("amendments: [{side: canada, from: 2030-13-01}]", "not a day that exists"),
    ("amendments: [{side: canada}]", "the day from which it applies is missing"),
    ("amendments: [{side: mars, from: 2030-01-01}]", "canada or united_states"),
    ("amendments: [{side: canada, from: 2030-01-01, ad: []}]", "unknown field 'ad'"),
    ("amendments: [{side: canada, from: 2030-01-01, add: [{label: X 1, rule: 'agee < 3'}]}]", "no fact ‘agee’"),
    ("amendments: [{side: canada, from: 2030-01-01, add: [{label: X 1, rule: 'age <', role: boss}]}]", "role: it is one of"),
    ("amendments: [{side: canada, from: 2030-01-01, add: [{label: A 1, rule: '[A 2]'}, {label: A 2, rule: '[A 1]'}]}]", "circle: A 1 → A 2 → A 1"),
    ("amendments: [{side: canada, from: 2030-01-01, numbers: {'IRPR 159.4(1.1)': {99: 3}}}]", "none of 99 stands in"),
    ("amendments: [{side: canada, from: 2030-01-01, numbers: {'IRPR 999': {1: 3}}}]", "IRPR 999 is not in force"),
    ("facts: [{name: age}]\namendments: []", "a fact of that name already"),
    ("amendments: 3", "a list of 'amendments'"),
    ("hello", "a list of 'amendments'"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "message"), BAD, ids=[m[:30] for _, m in BAD])
def test_a_bad_bundle_teaches(text, message, file):
    with pytest.raises(LawError, match=message):
        designated(f"canada@2030-06-01+{file(text)}")


def test_all_faults_of_a_bundle_come_together():
    raw, _ = yamlfile.parse("amendments: [{side: mars, from: 2030-01-01, ad: []}, {from: x}]")
    with pytest.raises(LawError) as error:
        bundle(raw, "mine.yaml")
    assert len(str(error.value).splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("canada", "has no @"),
        ("canada@2001-01-01", "the Act starts on"),
        ("canada@2024-02-30", "not a day that exists"),
        ("mexico@2024-01-01", "Sides:"),
        ("canada@2024-01-01+whole-boarder", "There is no proposal"),
    ],
)
def test_a_wrong_designator_says_what_is_right(name, message):
    with pytest.raises(LawError, match=message):
        designated(name)


def test_a_missing_file_is_named():
    with pytest.raises(BadFile, match="no such file"):
        designated("canada@2024-01-01+nowhere.yaml")


def test_law_for_is_untouched_by_proposals():
    law, _ = law_for(read_case({"facts": {"claim_date": "2024-06-01"}}))
    assert law.proposals == ()


def test_a_proposal_on_a_day_without_what_it_changes_says_so():
    with pytest.raises(LawError, match=r"IRPR 159\.4\(1\)\(a\), which is not in force on 2003-01-01"):
        designated("canada@2003-01-01+whole-border")
