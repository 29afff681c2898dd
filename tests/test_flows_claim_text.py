"""Options read from the words of a claim: only where the words leave no doubt, and always said."""

import numpy as np
import pytest

from safethird.apps.flows_claim_options import Given, claim_of
from safethird.cases.faults import BadFile
from safethird.flows.claim_text import heard

IRREGULAR = "interceptions/between_ports/Canada"
YEAR = (np.datetime64("2022-01"), np.datetime64("2022-12"))
SAID = [
    ("irregular crossings fell 90% after the Protocol",
     {"series": IRREGULAR, "sort": "change", "number": -0.9, "event": "E21"}),
    ("Les passages irréguliers ont chuté de 90 % après le Protocole",
     {"series": IRREGULAR, "sort": "change", "number": -0.9, "event": "E21"}),
    ("Claims at the land border fell by more than 70% in the first three months after the Protocol",
     {"series": "claims/border/Canada", "sort": "change", "number": -0.7, "sense": "at_least", "event": "E21", "months": 3}),
    ("Asylum claims in Quebec doubled in 2022",
     {"series": "channel/all/Quebec", "sort": "change", "number": 1.0, "sense": "at_least", "period": YEAR}),
    ("Les demandes d’asile aux aéroports ont triplé par rapport à l’année précédente",
     {"series": "claims/airport/Canada", "sort": "change", "number": 2.0, "sense": "at_least", "baseline": "same_months"}),
    ("39 540 personnes ont été interceptées en 2022",
     {"series": IRREGULAR, "sort": "level", "number": 39_540.0, "period": YEAR}),
    ("More than 39,500 people crossed irregularly in 2022",
     {"series": IRREGULAR, "sort": "level", "number": 39_500.0, "sense": "at_least", "period": YEAR}),
    ("In November 2018 irregular crossings were at their lowest since June 2017",
     {"series": IRREGULAR, "sort": "lowest", "since": np.datetime64("2017-06"),
      "period": (np.datetime64("2018-11"), np.datetime64("2018-11"))}),
    ("Airport claims rose because of the Protocol",
     {"series": "claims/airport/Canada", "sort": "rose", "event": "E21", "because": True}),
    ("Border Patrol encounters in Swanton rose from 2019 levels",
     {"series": "encounters/between_ports/Swanton", "sort": "rose", "baseline": "2019"}),
]  # fmt: skip
DOUBTFUL = [
    ("Irregular crossings did not fall 20%", "change"),
    ("Les passages irréguliers n’ont pas baissé", "change"),
    ("Refugee claims rose 20% or 30%", "change"),
    ("Airport claims rose tenfold", "change"),
    ("Irregular crossings fell from 4,173 to 104", "change"),
    ("Irregular crossings fell by two thirds", "change"),
    ("Airport claims fell and then rose", "change"),
    ("Claims fell since the visa for Mexican nationals", "event"),
    ("39,540 or 40,000 irregular crossings in 2022", "level"),
    ("Irregular crossings and airport claims fell", "series"),
    ("Irregular crossings in Quebec and Manitoba fell", "series"),
    ("Roxham Road crossings fell", "series"),
]


@pytest.mark.parametrize(("text", "options"), SAID)
def test_words_without_doubt_become_options(text, options):
    assert heard(text).options == options


@pytest.mark.parametrize(("text", "option"), DOUBTFUL)
def test_words_with_doubt_do_not(text, option):
    found = heard(text)
    assert option in found.unclear
    assert {"change": "sort", "level": "sort"}.get(option, option) not in found.options


def test_what_was_understood_is_told_as_one_would_type_it():
    _, understood = claim_of(Given("Claims at the land border fell by more than 70% after the Protocol"), "en")
    assert understood == {"--series": "claims/border/Canada", "--change": "-70%", "--at-least": "", "--event": "E21"}


def test_an_option_that_is_given_goes_before_the_words():
    made, understood = claim_of(
        Given("irregular crossings fell 90% after the Protocol", change="-80%", day="2021-11-21"), "en"
    )
    assert (made.number, made.event, str(made.day)) == (-0.8, None, "2021-11-21")
    assert understood == {"--series": IRREGULAR}


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (Given("crossings changed"), ["--series", "--change, --level", "is not given"]),
        (Given("irregular crossings did not fall"), ["is not clear from the words (negation)", "were understood as"]),
        (Given(series=IRREGULAR, change="a lot", event="E21"), ["'a lot' is no percentage", "Write -90%"]),
        (Given(series=IRREGULAR, change="-9%", level="12", period="2022"), ["--change --level", "do not go together"]),
        (Given(series=IRREGULAR, fell=True, day="25 March 2023"), ["is no day", "YYYY-MM-DD"]),
        (Given(series=IRREGULAR, level="39540", period="2022-13"), ["is no period"]),
        (Given(series=IRREGULAR, level="39540", period="2022", at_least=True, at_most=True), ["--at-least --at-most"]),
        (Given("Claims fell since the visa for Mexican nationals"), ["--event", "E06, E24"]),
    ],
)
def test_what_is_missing_or_wrong_is_listed_all_at_once(given, words):
    with pytest.raises(BadFile) as error:
        claim_of(given, "en")
    for word in words:
        assert word in str(error.value)


@pytest.mark.parametrize(
    ("typed", "value"), [("-90%", -0.9), ("−90 %", -0.9), ("+20", 0.2), ("-12,5%", -0.125), ("150%", 1.5)]
)
def test_a_percentage_may_be_typed_as_people_type_it(typed, value):
    made, _ = claim_of(Given(series=IRREGULAR, change=typed, event="E21"), "en")
    assert made.number == pytest.approx(value)


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (Given(series=IRREGULAR, change="-90%", event="E21", tolerance="2%"), 0.02),
        (Given(series=IRREGULAR, change="-90%", event="E21", tolerance="2"), 0.02),
        (Given(series=IRREGULAR, level="40 000", period="2022", tolerance="1%"), 400.0),
        (Given(series=IRREGULAR, level="40,000", period="2022", tolerance="500"), 500.0),
    ],
)
def test_a_tolerance_is_points_of_a_change_and_share_or_count_of_a_level(given, value):
    made, _ = claim_of(given, "en")
    assert made.tolerance == pytest.approx(value)
