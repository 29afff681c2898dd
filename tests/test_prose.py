"""The law in plain words, what two texts say differently, and the chain of a provision: both languages, nothing lost."""

import re
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from safethird.cases.designator import designated
from safethird.law.pact import LawError
from safethird.law.proposals import PROPOSALS
from safethird.law.sides import SIDES
from safethird.readings.chart import chart
from safethird.readings.lawdiff import apply, as_dicts, diff, diff_as_markdown
from safethird.readings.prose import law_as_markdown, sentence_in_words

SNAPSHOTS = Path(__file__).parent / "snapshots"
LAWS = [pytest.param(pact.on(day), id=f"{pact.side} {day}") for pact in SIDES.values() for day in pact.boundaries()]
NEIGHBOURS = [
    pytest.param(pact.on(one), pact.on(other), id=f"{pact.side} {one} {other}")
    for pact in SIDES.values()
    for one, other in pairwise(pact.boundaries())
]
ENGLISH = re.compile(r"\b(the|and|with|which|was|were|their|of the|person|unless|days)\b")


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_provision_in_force_stands_on_the_page_once(law, lang):
    page = law_as_markdown(law, lang)
    headings = [line for line in page.splitlines() if line.startswith("### ")]
    assert len(headings) == len(law.provisions)
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("law", LAWS)
def test_a_french_page_has_no_english(law):
    page = re.sub(r"\(https?://[^)]*\)", "", law_as_markdown(law, "fr"))
    page = re.sub(r"« [^»]* »", "", page)
    found = ENGLISH.search(page)
    assert found is None, page[max(found.start() - 80, 0) : found.end() + 40] if found else ""


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_rule_can_be_said_in_words(law, lang):
    for found in law.provisions.values():
        if found.provision.rule is not None:
            assert sentence_in_words(found.provision.rule, lang)


@pytest.mark.parametrize(("one", "other"), NEIGHBOURS)
def test_the_diff_of_two_versions_applied_to_one_gives_the_other(one, other):
    assert apply(diff(one, other).as_json(), one) == as_dicts(other)


@pytest.mark.parametrize("name", PROPOSALS)
def test_the_diff_of_a_proposal_applied_gives_the_proposal(name):
    for side in SIDES:
        one, other = designated(f"{side}@2026-06-01"), designated(f"{side}@2026-06-01+{name}")
        assert apply(diff(one, other).as_json(), one) == as_dicts(other)


def test_a_law_does_not_differ_from_itself_and_sides_are_not_diffed():
    law = SIDES["canada"].on(date(2024, 1, 1))
    assert not diff(law, law).as_json()["changed"]
    with pytest.raises(LawError, match="compare"):
        diff(law, SIDES["united_states"].on(date(2024, 1, 1)))


@pytest.mark.parametrize("law", [LAWS[0], LAWS[13], LAWS[-1]])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_chart_is_whole(law, lang):
    for label, found in law.provisions.items():
        if found.provision.rule is None:
            continue
        text = chart(law, label, lang)
        assert text.startswith("flowchart TD")
        assert text == chart(law, label, lang)
        defined = set(re.findall(r"^\s+(\w+)[\[({]", text, re.M))
        used = {node for pair in re.findall(r"^\s+(\w+) -->(?:\|[^|]*\|)? (\w+)", text, re.M) for node in pair}
        assert used <= defined, label


def test_an_unknown_provision_is_refused_with_what_is_near():
    with pytest.raises(LawError, match=r"159"):
        chart(SIDES["canada"].on(date(2024, 1, 1)), "IRPR 159.99", "en")


@pytest.mark.parametrize("when", [date(2024, 1, 1), datetime(2024, 1, 1, 10, 5)])
def test_a_repealed_provision_is_named_as_such_on_a_day_or_at_an_hour(when):
    with pytest.raises(LawError, match=r"repealed from 2009-07-23"):
        chart(SIDES["canada"].on(when), "IRPR 159.6(c)", "en")


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("name", ["diff", "chart"])
def test_the_words_are_the_reviewed_ones(name, lang):
    canada = SIDES["canada"]
    if name == "diff":
        text = diff_as_markdown(diff(canada.on(date(2023, 3, 24)), canada.on(date(2023, 3, 25))), lang)
    else:
        text = chart(canada.on(date(2024, 1, 1)), "IRPR 159.4(1.1)", lang)
    kept = SNAPSHOTS / f"{name}.{lang}.txt"
    assert text.strip() == kept.read_text(encoding="utf-8").strip()
