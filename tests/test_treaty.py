"""The Agreement as the common ancestor: its articles, who carries them out, and where the two sides differ."""

import io
import json
import re
from dataclasses import replace
from datetime import date, datetime
from functools import cache

import pytest
from rich.console import Console

from safethird.apps import treatypages
from safethird.apps.speech import STCA
from safethird.apps.treatypages import show_article, show_differences
from safethird.cases.build import read_case
from safethird.law import treaty
from safethird.law.differences import DIFFERENCES
from safethird.law.pact import Add, LawError, Provision, Substitute
from safethird.law.sides import SIDES
from safethird.law.treaty import ARTICLES, INSTRUMENTS, article, implementations, instrument, named
from safethird.readings.compare import compare, replay
from safethird.readings.decide import decide
from safethird.readings.reading import law_for

DAY = date(2024, 6, 1)
LABELS = [found.label for found in ARTICLES]
ENGLISH = re.compile(r"\b(the|and|with|which|was|were|their|shall|person)\b")
STATES = ("exempt", "safe to cross", "you may cross", "you should")
PROVISIONS = [
    change.provision
    for pact in SIDES.values()
    for amendment in pact.amendments
    for change in amendment.changes
    if isinstance(change, Add | Substitute)
]
EXAMPLES = [row for row in DIFFERENCES if row.example is not None]
WITHOUT = {"Standard of proof", "Review by a court"}

# What each row turns on: the fact (and its value) in which compare's witness departs from an unremarkable case.
# Not there: visa rules, which mirror each other exactly, so that no mirrored case can tell them apart.
TURNS_ON = {
    "Window after crossing between ports": ("entry_date", None),
    "Own nationals and residents": ("nationality", frozenset({"USA"})),
    "Who is family": ("relative.relation", "common_law_partner"),
    "Status of the relative": ("relative.age", None),
    "Relative with a pending claim": ("relative.claim_status", "rejected_appeal_pending"),
    "Unaccompanied minor": ("relative.location", "USA"),
    "Papers held": ("documents", None),
    "People sent back by the other country": ("us_refused_entry_without_claim_decision", True),
    "Death penalty": ("capital_charge_elsewhere", True),
    "Public interest": ("public_interest_determination", True),
    "Transit while being removed": ("capital_charge_elsewhere", True),
}


def _name(row):
    return row.topic.en


def test_the_articles_stand_once_each_and_in_order():
    assert len(set(LABELS)) == len(LABELS)
    wanted = ["preamble", "1(1)", "1(2)", "2", "3", "3(1)", "3(2)", "4(1)", "4(2)", "4(2)(a)", "4(2)(b)", "4(2)(c)",
              "4(2)(d)", "4(2)(d)(i)", "4(2)(d)(ii)", "4(3)", "4(4)", "5(a)", "5(b)", "6", "7", "8", "9", "10"]  # fmt: skip
    assert [
        *(f"Agreement {'' if number == 'preamble' else 'art. '}{number}" for number in wanted),
        *(f"Statement of Principles {number}" for number in (1, 2, 3, 4)),
        *(f"Additional Protocol para. {number}" for number in ("1", "2", "3(a)")),
    ] == LABELS


@pytest.mark.parametrize("found", ARTICLES, ids=lambda a: a.label)
def test_an_article_says_the_same_in_both_languages_and_where_it_was_found(found):
    assert found.en
    assert found.fr
    assert found.en != found.fr
    assert not ENGLISH.search(found.fr), found.fr
    assert not any(word in found.en.lower() for word in STATES)
    assert found.source
    assert found.link.startswith("http")
    assert found.confidence in ("high", "medium", "low")
    assert found.basis in ("read", "derived", "recalled")
    assert found.confidence != "high" or found.basis == "read"
    assert found.text("fr") == found.fr
    assert article(found.label.upper().replace(" ", "")) is found


@pytest.mark.parametrize(
    ("name", "days", "in_force"),
    [
        # agreement.md B
        ("Agreement", [date(2002, 12, 5)], date(2004, 12, 29)),
        ("Statement of Principles", [], None),
        ("Additional Protocol", [date(2022, 3, 29), date(2022, 4, 15)], date(2023, 3, 25)),
    ],
)
def test_each_instrument_has_its_days(name, days, in_force):
    found = next(text for text in INSTRUMENTS if text.name == name)
    assert [day for _, day in found.signed] == days
    assert found.in_force == in_force
    assert found.full.en
    assert found.full.fr != found.full.en
    assert not found.binds(date(2004, 12, 28))
    assert found.binds(date(2023, 3, 25))


def test_the_protocol_begins_with_the_minute_and_the_agreement_with_the_day():
    assert not treaty.PROTOCOL.binds(datetime(2023, 3, 25, 0, 0, 30))
    assert treaty.PROTOCOL.binds(datetime(2023, 3, 25, 0, 1))
    assert treaty.AGREEMENT.binds(datetime(2004, 12, 29, 0, 0))


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: p.label)
def test_every_article_that_a_provision_names_is_known(provision):
    assert bool(provision.treaty) <= bool(named(provision))
    for label in named(provision):
        assert label in LABELS, f"{provision.label} names {label}"


IMPLEMENTED = [
    # article, day, Canada, United States; source: the labels in law/canada and law/united_states
    ("Agreement art. 2", DAY, ["IRPR 159.2"], ["8 CFR 208.30(e)(6)(iii)(A)"]),
    ("Agreement art. 3(1)", DAY, ["IRPA 115(3)"], ["8 CFR 1240.11(g)(4)"]),
    ("Agreement art. 4(2)(b)", DAY, ["IRPR 159.5", "IRPR 159.5(c)"], ["8 CFR 208.30(e)(6)(iii)(C)"]),
    ("Agreement art. 4(2)(c)", date(2005, 1, 1), ["IRPR 159.5", "IRPR 159.5(e)"], ["8 CFR 208.30(e)(6)(iii)(D)"]),
    ("Agreement art. 4(2)(d)(ii)", DAY, ["IRPR 159.5", "IRPR 159.5(g)"], ["8 CFR 208.30(e)(6)(iii)(E)"]),
    ("Statement of Principles 2", DAY, ["IRPA 100(1.1)"], []),
    ("Statement of Principles 3", date(2010, 1, 1), [], ["8 CFR 208.30(e)(6)(ii)"]),
    ("Additional Protocol para. 2", DAY, ["IRPR 159.4(1.1)"], ["8 CFR 208.30(e)(6)"]),
    ("Additional Protocol para. 2", date(2023, 3, 24), [], []),
    ("Agreement art. 10", DAY, ["IRPR 159.7"], []),
    ("Agreement art. 9", DAY, [], []),
    ("Agreement art. 4(1)", date(1990, 1, 1), [], []),
]


@pytest.mark.parametrize(("label", "day", "canada", "united_states"), IMPLEMENTED)
def test_an_article_shows_what_carries_it_out_on_a_day(label, day, canada, united_states):
    found = {side: {p.provision.label for p in provisions} for side, provisions in implementations(label, day).items()}
    assert found == {"canada": set(canada), "united_states": set(united_states)}


def test_what_stands_under_an_article_shows_at_the_article_and_the_reverse():
    whole = implementations("Agreement art. 4(2)", DAY)
    for letter in "abcd":
        for side, provisions in implementations(f"Agreement art. 4(2)({letter})", DAY).items():
            assert {p.provision.label for p in provisions} <= {p.provision.label for p in whole[side]}
    assert "IRPR 159.7" not in {p.provision.label for p in implementations("Agreement art. 1(1)", DAY)["canada"]}


def test_two_paragraphs_in_one_label_are_both_named():
    two = Provision(
        "x",
        None,
        "x",
        "x",
        "duty",
        "",
        "Statement of Principles 2 and 3",
        related=("Additional Protocol para. 2", "IRPR 26"),
    )
    assert named(two) == ("Statement of Principles 2", "Statement of Principles 3", "Additional Protocol para. 2")


@pytest.mark.parametrize(
    ("label", "near"),
    [
        ("Agreement art. 4", r"Agreement art\. 4\(1\), Agreement art\. 4\(2\)"),
        ("5", r"Agreement art\. 5\(a\), Agreement art\. 5\(b\)"),
        ("Agreement art. 14", r"Agreement art\. 1"),
        ("Statement of Principles 9", r"Statement of Principles \d"),
        ("zzz", r"Agreement, Statement of Principles, Additional Protocol"),
    ],
)
def test_an_unknown_article_names_near_ones(label, near):
    with pytest.raises(LawError, match=near):
        article(label)
    with pytest.raises(LawError, match=near):
        show_article(Console(file=io.StringIO()), label, DAY, "en", as_json=False)


def test_there_are_fourteen_topics_and_two_that_no_result_shows():
    assert len(DIFFERENCES) == 14
    assert {row.topic.en for row in DIFFERENCES if row.example is None} == WITHOUT
    assert {row.topic.en for row in EXAMPLES} - TURNS_ON.keys() == {"Visa rules"}


@pytest.mark.parametrize("row", DIFFERENCES, ids=_name)
def test_a_topic_is_told_in_both_languages_and_names_provisions_in_force(row):
    for words in (row.topic, row.canada, row.united_states, *([row.note] if row.note else [])):
        assert words.en
        assert words.fr
        assert not ENGLISH.search(words.fr), words.fr
        assert not any(word in words.en.lower() for word in STATES)
    assert row.canada_labels or row.us_labels
    for side, labels in (("canada", row.canada_labels), ("united_states", row.us_labels)):
        assert set(labels) <= SIDES[side].on(DAY).provisions.keys()
    assert (row.example is None) == (row.results is None)


@pytest.mark.parametrize("row", EXAMPLES, ids=_name)
def test_each_example_is_decided_as_the_row_says(row):
    assert [raw["side"] for raw in row.example] == ["canada", "united_states"]
    assert row.results[0] != row.results[1]
    for raw, result in zip(row.example, row.results, strict=True):
        assert raw["kind"] == "derived"
        law, case = law_for(read_case(raw))
        assert law.day.year == 2024
        decision = decide(law, case)
        assert (decision.settled.stca, decision.established.stca) == (result, result)


@pytest.mark.parametrize("row", EXAMPLES, ids=_name)
def test_without_what_a_row_is_about_both_sides_bar_the_person(row):
    """The example differs from an ordinary arrival in nothing but the topic."""
    kept = ("claim_date", "came_from", "mode", "visa_required_us")
    for raw in row.example:
        ordinary = {"nationality": ["COL"], "age": 30, "marital_status": "single", "visa_required_canada": True}
        mode = {"entry_date": raw["facts"]["claim_date"]} if raw["facts"]["mode"] == "between_ports" else {}
        facts = {**{name: raw["facts"][name] for name in kept}, **ordinary, **mode}
        law, case = law_for(read_case({**raw, "facts": facts, "relatives": []}))
        assert decide(law, case).settled.stca == "bar"


@cache
def _comparison():
    one, other = (SIDES[side].on(DAY) for side in ("canada", "united_states"))
    return one, other, compare(one, other)


def _departures(difference):
    boxes = (difference.core, *(box for box in difference.together))
    return {(leaf[1], value) for box in boxes for leaf, values in box for value in values}


@pytest.mark.parametrize("row", EXAMPLES, ids=_name)
def test_comparing_the_sides_finds_the_difference(row):
    one, other, found = _comparison()
    alike = [d for d in found.differences if d.kind == "stca" and (d.before, d.after) == row.results]
    assert alike
    assert all(replay(difference, one, other) for difference in alike)
    if row.topic.en in TURNS_ON:
        fact, value = TURNS_ON[row.topic.en]
        told = set().union(*(_departures(difference) for difference in alike))
        assert any(name == fact and value in (None, told_value) for name, told_value in told), told


def test_the_visa_rules_mirror_each_other():
    one, other, found = _comparison()
    alone = [
        d for d in found.differences if {leaf[1] for leaf, _ in d.core} <= {"visa_required_canada", "visa_required_us"}
    ]
    assert not alone
    assert {_visa_free(one, "canada"), _visa_free(other, "united_states")} == {"exception"}


def _visa_free(law, side):
    row = next(row for row in DIFFERENCES if row.topic.en == "Visa rules")
    assert row.example is not None
    raw = row.example[side == "united_states"]
    here, there = ("canada", "us") if side == "canada" else ("us", "canada")
    facts = {**raw["facts"], f"visa_required_{here}": False, f"visa_required_{there}": True}
    return decide(law, read_case({**raw, "facts": facts})).settled.stca


@pytest.mark.parametrize("table", [treatypages.SIDE, treatypages.BASIS, treatypages.HEAD])
def test_the_words_around_have_both_languages(table):
    for words in table.values():
        assert words.en
        assert words.fr
        assert not ENGLISH.search(words.fr)


def _printed(show, *args, **kwargs):
    out = io.StringIO()
    show(Console(file=out, width=160, highlight=False), *args, **kwargs)
    return out.getvalue()


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize("label", LABELS)
def test_an_article_is_shown_with_both_sides(label, lang):
    page = _printed(show_article, label, DAY, lang, as_json=False)
    assert page.startswith(label)
    assert " ".join(article(label).text(lang).split()[:3]) in page
    carried_out = implementations(label, DAY)
    if any(carried_out.values()):
        for side, provisions in carried_out.items():
            assert treatypages.SIDE[side].text(lang) in page
            for found in provisions:
                assert found.provision.label in page
    else:
        assert treatypages.HEAD["nobody"].text(lang) in page


def test_what_is_not_in_force_says_so():
    page = _printed(show_article, "Additional Protocol para. 1", date(2023, 3, 24), "en", as_json=False)
    assert "Not in force on 24 March 2023." in page
    assert "No provision in force that day" in page
    page = _printed(show_article, "Agreement art. 4(1)", date(2004, 12, 28), "fr", as_json=False)
    assert "Pas en vigueur le 28 décembre 2004." in page
    assert "IRPA 101(1)(e)" in page, "the Act was there before the Agreement"
    assert "in force on" not in _printed(show_article, "Agreement art. 6", DAY, "en", as_json=False)


def test_markup_in_a_text_is_left_alone(monkeypatch):
    odd = replace(article("6"), en="[bold]x[/] [red]")
    monkeypatch.setitem(treaty._BY_NAME, "agreementart.6", odd)
    assert "[bold]x[/] [red]" in _printed(show_article, "6", DAY, "en", as_json=False)


def test_an_article_as_json(capsys):
    show_article(Console(), "4(2)(d)", DAY, "en", as_json=True)
    data = json.loads(capsys.readouterr().out)
    assert data["label"] == "Agreement art. 4(2)(d)"
    assert data["in_force"] is True
    assert data["instrument"]["since"] == "2004-12-29"
    assert [p["label"] for p in data["implementations"]["united_states"]] == ["8 CFR 208.30(e)(6)(iii)(E)"]
    assert instrument("4(2)(d)") is treaty.AGREEMENT


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_differences_are_shown_with_their_results(lang):
    page = _printed(show_differences, lang, as_json=False)
    for row in DIFFERENCES:
        assert row.topic.text(lang).split()[0] in page
        for label in (*row.canada_labels, *row.us_labels):
            assert label.split()[0] in page
    assert STCA["exception"].text(lang).split()[1] in page


def test_the_differences_as_json(capsys):
    show_differences(Console(), "en", as_json=True)
    rows = json.loads(capsys.readouterr().out)
    assert [row["topic"]["en"] for row in rows] == [row.topic.en for row in DIFFERENCES]
    assert all(read_case(raw) for row in rows if row["example"] for raw in row["example"])
