"""Claims about counts: checked against what was published, under every reading, then and now."""

import math
import os
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird.cases.faults import BadFile
from safethird.flows import claim_words
from safethird.flows.claim import Claim, check
from safethird.flows.claim_others import beside
from safethird.flows.claim_readings import WINDOWS, ratio, readings
from safethird.flows.claim_said import BASELINES, tolerance
from safethird.flows.claim_words import headline, reasons
from safethird.flows.codebook import Text
from safethird.flows.months import later
from safethird.flows.numerals import bounds, change, number
from safethird.flows.series import series
from safethird.flows.totals import total

IRREGULAR, QUEBEC = "interceptions/between_ports/Canada", "interceptions/between_ports/Quebec"
LAND, AIR = "claims/border/Canada", "claims/airport/Canada"


def months(first, last=None):
    return np.datetime64(first, "M"), np.datetime64(last or first, "M")


YEAR = months("2022-01", "2022-12")
# What was said, where, and what the published figures make of it.
EXAMPLES = [
    # TVA Nouvelles, 2023-01-23: 39 171 came by Roxham Road in 2022 (Quebec's interceptions), 4 689 of them in December,
    # more than the 4 095 of the whole of 2021; "ten times" as many as in 2021.
    (Claim(QUEBEC, "level", 39_171, period=YEAR), "true", ()),
    (Claim(QUEBEC, "level", 4_689, period=months("2022-12")), "true", ()),
    (Claim(QUEBEC, "level", 4_095, period=months("2021-01", "2021-12")), "true", ()),
    (Claim(QUEBEC, "change", 9.0, period=YEAR, baseline="same_months"), "not borne out", ()),
    (Claim(QUEBEC, "change", 9.0, "at_most", period=YEAR, baseline="same_months"), "true", ()),
    # The Canadian Press via paNOW, 2023-08-11: 36 intercepted in June 2023, 4,994 in January; 4,350 claims at airports
    # in June, 1,370 in January and 1,360 in June 2022. June was later given as 60.
    (Claim(IRREGULAR, "level", 36, period=months("2023-06"), said=date(2023, 8, 11)), "depends on", ("release",)),
    (Claim(IRREGULAR, "level", 60, period=months("2023-06")), "true", ()),
    (Claim(IRREGULAR, "level", 4_994, period=months("2023-01")), "true", ()),
    (Claim("channel/air/Canada", "level", 4_350, period=months("2023-06")), "true", ()),
    (Claim("channel/air/Canada", "level", 1_360, period=months("2022-06")), "true", ()),
    (Claim("channel/air/Canada", "change", 2.2, period=months("2023-06"), baseline="same_months"), "true", ()),
    # Winnipeg Sun, 2017-03-21: 476 in January 2017. Later 315: months had been counted by mistake (the same page).
    (Claim(IRREGULAR, "level", 476, period=months("2017-01"), said=date(2017, 4, 1)), "depends on", ("release",)),
    # The Canadian Press via CTV, 2018-12-17: the lowest since June 2017.
    (Claim(IRREGULAR, "lowest", period=months("2018-11"), since=np.datetime64("2017-06")), "true", ()),
    (Claim(IRREGULAR, "lowest", period=months("2018-11")), "not borne out", ()),
    # The Canadian Press via Darpan, 2017-05-15: interceptions down slightly in April.
    (Claim(IRREGULAR, "fell", period=months("2017-04"), baseline="month_before"), "true", ()),
    # The claim this command was made for. The fall is 92 to 99%: about 90% only against 2019, at least 90% always; of
    # all claims at the land border it is nowhere near.
    (Claim(IRREGULAR, "change", -0.9, event="E21"), "depends on", ("baseline",)),
    (Claim(IRREGULAR, "change", -0.9, "at_least", event="E21"), "true", ()),
    (Claim(LAND, "change", -0.9, event="E21"), "not borne out", ()),
    (Claim(LAND, "change", -0.7, event="E21"), "depends on", ("baseline", "window")),
    # Twelve months after the Protocol are not published for this series.
    (Claim(IRREGULAR, "change", -0.9, event="E21", months=12), "cannot be known", ()),
    # Suppressed months on both sides: 0 to 5 against 0 to 5.
    (Claim("claims/airport/Alberta", "change", -0.5, day=date(2015, 6, 1), months=1), "cannot be known", ()),
    # The count at the land border changed its definition in April 2018.
    (Claim(LAND, "rose", day=date(2018, 4, 1), months=3), "cannot be known", ()),
    # The rise at airports is within what airports do anyway (flow.md: it may not be called displacement).
    (Claim(AIR, "rose", event="E21"), "true", ()),
    (Claim(AIR, "rose", event="E21", because=True), "cannot be known", ()),
    # At the land border the change is beyond the ordinary, but other things changed in the same months.
    (Claim(LAND, "fell", event="E21", because=True), "cannot be known", ()),
]


@pytest.mark.parametrize(("claim", "code", "on"), EXAMPLES)
def test_a_claim_that_was_made_gets_its_verdict(claim, code, on):
    found = check(claim).verdict
    assert (found.code, found.on) == (code, on)


def test_january_2023_was_the_highest_month_in_quebec_since_the_definition_changed():
    found = check(Claim("claims/border/Quebec", "highest", period=months("2023-01")))
    by_name = {r.baseline: (r.outcome, r.why) for r in found.now}
    assert by_name == {"before": ("holds", ""), "record": ("holds", ""), "across": ("unknown", "definition")}


def test_every_baseline_and_window_is_read_unless_the_claim_names_one():
    found = check(Claim(LAND, "fell", event="E21")).now
    assert {(r.baseline, r.months) for r in found} == {(b, w) for b in BASELINES for w in WINDOWS}
    named = check(Claim(LAND, "fell", event="E21", months=3, baseline="12")).now
    assert [(r.baseline, r.months) for r in named] == [("12", 3)]


def test_a_figure_is_the_printed_one_and_lies_within_its_bounds():
    # RCMP, April to June 2023: 104 + 79 + 60; December 2022 to February 2023: 4,745 + 4,994 + 4,581.
    found = check(Claim(IRREGULAR, "fell", event="E21", months=3, baseline="3")).now[0]
    assert found.value == pytest.approx(243 / 14_320 - 1)
    for reading in check(Claim("claims/border/Alberta", "fell", event="E21")).now:
        if not math.isnan(reading.value):
            assert reading.low <= reading.value <= reading.high


def test_the_month_of_the_event_is_neither_before_nor_after_unless_it_is_the_first():
    inside = check(Claim(LAND, "fell", event="E21", months=1, baseline="month_before")).now[0]
    assert (str(inside.base_last), str(inside.first)) == ("2023-02", "2023-04")
    first = check(Claim(AIR, "fell", day=date(2022, 3, 1), months=1, baseline="month_before")).now[0]
    assert (str(first.base_last), str(first.first)) == ("2022-02", "2022-03")


@pytest.mark.parametrize(
    ("number", "sort", "expect"),
    [(-0.9, "change", 0.05), (-0.95, "change", 0.005), (-0.955, "change", 0.005), (1.0, "change", 0.05),
     (40_000, "level", 2_000), (39_500, "level", 50), (39_540, "level", 5), (36, "level", 0.0)],
)  # fmt: skip
def test_a_number_is_meant_as_exactly_as_it_was_said(number, sort, expect):
    assert tolerance(Claim("x", sort, number)) == pytest.approx(expect)


def test_what_was_known_then_is_not_made_up():
    kept = check(Claim(LAND, "fell", event="E21", said=date(2023, 9, 1)))
    assert kept.then == ()
    assert "2025-10-31" in kept.not_kept
    assert any("not kept" in text for text in reasons(kept, "en"))
    early = check(Claim(IRREGULAR, "fell", event="E21", said=date(2023, 6, 1)))
    assert {r.outcome for r in early.then} == {"unknown"}
    assert any("do not reach" in text for text in reasons(early, "en"))


def test_what_moved_the_other_way_surely_did_and_is_not_called_its_reason():
    found = check(Claim(IRREGULAR, "fell", event="E21"))
    names = {other.series.name for other in found.others}
    assert {AIR, "claims/inland/Canada"} <= names
    assert all(other.low > 0 for other in found.others)
    assert "does not say that people moved" in " ".join(reasons(found, "en"))
    assert "Cela ne dit pas" in " ".join(reasons(found, "fr"))


def test_beside_a_series_stand_other_channels_other_places_and_the_other_direction():
    kinds = {kind for _, kind in beside("claims/border/Quebec")}
    assert kinds == {"channel", "place", "direction"}
    assert all(other != "claims/border/Canada" for other, _ in beside("claims/border/Quebec"))


def test_because_of_stands_only_beside_an_estimate_with_its_interval():
    found = check(Claim(AIR, "rose", event="E21", because=True))
    assert found.cause is not None
    assert found.cause.effect is not None
    said = " ".join(reasons(found, "en"))
    assert change(found.cause.effect.low, "en") in said
    assert change(found.cause.effect.high, "en") in said
    plain = " ".join(reasons(check(Claim(AIR, "rose", event="E21")), "en"))
    assert "ecause" not in plain


WRONG = [
    ({"series": "claims/bordr/Quebec", "sort": "fell", "event": "E21"}, "Nearest: claims/border/Quebec"),
    ({"series": LAND, "sort": "change", "event": "E21"}, "has no number"),
    ({"series": LAND, "sort": "change", "number": -1.2, "event": "E21"}, "cannot fall by more than 100%"),
    ({"series": LAND, "sort": "fell"}, "One of them is needed"),
    ({"series": LAND, "sort": "level", "number": 5}, "--period"),
    ({"series": LAND, "sort": "fell", "event": "E21", "day": date(2023, 3, 25)}, "does not go with --event"),
    ({"series": LAND, "sort": "fell", "event": "E21", "period": YEAR}, "does not go with --event or --day"),
    ({"series": LAND, "sort": "fell", "day": date(1999, 1, 1)}, "before the figures"),
    ({"series": LAND, "sort": "fell", "day": date(2031, 1, 1)}, "after the figures"),
    ({"series": LAND, "sort": "level", "number": 5, "period": months("1990-01")}, "outside the figures"),
    ({"series": LAND, "sort": "fell", "event": "E21", "baseline": "best"}, "same_months"),
    ({"series": LAND, "sort": "fell", "event": "E99"}, "E99"),
    ({"series": LAND, "sort": "rose", "period": YEAR, "because": True}, "said to be the reason"),
    ({"series": LAND, "sort": "fell", "event": "E21", "since": np.datetime64("2020-01")}, "goes with --highest"),
]


@pytest.mark.parametrize(("given_", "words"), WRONG)
def test_a_claim_that_does_not_fit_together_says_what_to_do(given_, words):
    with pytest.raises(BadFile, match=words):
        check(Claim(**given_))


SNAPSHOTS = Path(__file__).parent / "snapshots"
TOLD = [
    Claim(IRREGULAR, "change", -0.9, event="E21", said=date(2023, 6, 1)),
    Claim(LAND, "change", -0.7, event="E21", because=True),
    Claim(IRREGULAR, "level", 36, period=months("2023-06"), said=date(2023, 8, 11)),
    Claim("claims/border/Quebec", "highest", period=months("2023-01")),
    Claim("claims/airport/Alberta", "change", -0.5, day=date(2015, 6, 1), months=1),
]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_prose_of_a_verdict_is_as_it_was_read_and_approved(lang):
    """To write it afresh: SAFETHIRD_SNAPSHOTS=write pytest tests/test_flows_claim.py; then read the difference."""
    parts = [(claim, check(claim)) for claim in TOLD]
    text = "\n".join(
        "\n".join([f"# {claim.series} {claim.sort}", headline(found, lang), *reasons(found, lang), ""])
        for claim, found in parts
    )
    path = SNAPSHOTS / f"claim.{lang}.txt"
    if os.environ.get("SAFETHIRD_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def test_every_word_of_a_verdict_has_both_languages():
    tables = [
        claim_words.VERDICTS,
        claim_words.ON,
        claim_words.BASES,
        claim_words.WHYS,
        claim_words.BLOCKED,
        claim_words.SAYS,
    ]
    for text in (word for table in tables for word in table.values()):
        assert isinstance(text, Text)
        assert text.en
        assert text.fr


bound = st.integers(0, 400)


@given(
    st.lists(st.tuples(bound, bound), min_size=1, max_size=4),
    st.lists(st.tuples(bound, bound), min_size=1, max_size=4),
    st.data(),
)
def test_the_bounds_of_a_change_hold_every_pair_of_counts_within_them(top, base, data):
    one, other = ([sorted(pair) for pair in pairs] for pairs in (top, base))
    made = [
        total_of([low for low, _ in pairs], [high for _, high in pairs])
        for pairs in (one, other)
    ]  # fmt: skip
    real = [[data.draw(st.integers(low, high)) for low, high in pairs] for pairs in (one, other)]
    low, high, _ = ratio(*made)
    if sum(real[1]):
        got = np.mean(real[0]) / np.mean(real[1]) - 1
        assert low - 1e-9 <= got <= high + 1e-9


def total_of(lows, highs):
    from safethird.flows.totals import Total

    return Total(len(lows), float(sum(lows)), float(sum(highs)), math.nan, "suppressed")


@given(st.integers(0, 100), st.integers(1, 12))
def test_sums_of_bounds_hold_the_sum_of_the_printed(start, length):
    one = series("claims/airport/Alberta")
    first = later(one.months[0], start)
    found = total(one, first, later(first, length - 1))
    if later(first, length - 1) > one.months[-1]:
        assert found.status == "unpublished"
        return
    here = slice(start, start + length)
    assert found.low == one.low[here].sum()
    assert found.high == one.high[here].sum()
    assert found.exact == bool((one.status[here] != "suppressed").all())


@given(st.floats(-1, 3), st.floats(0, 0.3), st.floats(0, 0.3))
def test_a_wider_tolerance_never_makes_a_reading_that_held_fail(number_, small, more):
    one = series("claims/airport/Canada")
    claim = Claim("claims/airport/Canada", "change", number_, event="E21", months=3)
    narrow = readings(claim, one, date(2023, 3, 25), small)
    wide = readings(claim, one, date(2023, 3, 25), small + more)
    for before, after in zip(narrow, wide, strict=True):
        assert (before.outcome, after.outcome) not in {("holds", "fails"), ("holds", "open"), ("open", "fails")}


@given(st.integers(-10_000_000, 10_000_000))
def test_a_number_reads_back_in_both_languages(value):
    for lang, thin in (("en", ","), ("fr", "\u00a0")):
        assert int(number(value, lang).replace(thin, "").replace("−", "-")) == value


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_the_whole_numbers_shown_lie_within_the_bounds(one, other):
    low, high = sorted((one, other))
    if math.ceil(low) <= math.floor(high):
        shown = [int(part) for part in bounds(low, high, "en").replace(",", "").split(" to ")]
        assert all(low <= value <= high for value in shown)
