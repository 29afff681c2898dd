"""Effects by placebo in time: right where nothing happened, found where something did, and never said beyond that."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from safethird.cases.faults import BadFile
from safethird.flows import effect_words, policy
from safethird.flows.codebook import Text
from safethird.flows.effect import effect, log_change
from safethird.flows.events import event, events
from safethird.flows.months import between, later
from safethird.flows.policy import ALONGSIDE, POLICY, SAME, changed_between
from safethird.flows.series import Series, series

DAY = event("E21").day
MONTHS = np.arange("2015-01", "2024-02", dtype="datetime64[M]")
CAUSE = re.compile(r"because of|due to|caused|displac|en raison|à cause|provoqu|déplac", re.IGNORECASE)


def made_up(value, name="simulated"):
    value = np.asarray(value, float)
    return Series(
        name, Text("Simulated", "Simulée"), "claims", MONTHS, value, value, value,
        np.full(len(value), "exact"), ("simulated",), date(2024, 1, 1), (),
    )  # fmt: skip


def no_effect(kind, chance):
    """109 months in which no date matters: Poisson counts about a path of each kind."""
    n = len(MONTHS)
    steps, heavy = chance.normal(size=n), chance.standard_t(3, size=n) / np.sqrt(3)
    match kind:
        case "walk":
            logs = np.cumsum(0.2 * steps)
        case "slow walk":
            logs = np.cumsum(0.06 * steps)
        case "heavy-tailed walk":
            logs = np.cumsum(0.2 * heavy)
        case "walk and noise":
            logs = np.cumsum(0.15 * steps) + 0.15 * chance.normal(size=n)
        case "walk and seasons":
            logs = np.cumsum(0.2 * steps) + 0.2 * np.sin(2 * np.pi * (np.arange(n) / 12 + chance.uniform()))
        case "growing walk":
            logs = np.cumsum(0.15 * steps + 0.02)
        case "persistent":
            logs = np.zeros(n)
            for t in range(1, n):
                logs[t] = 0.95 * logs[t - 1] + 0.2 * steps[t]
        case _:  # calm and rough stretches, as real series have
            size = np.where(np.arange(n) // 20 % 2 == 0, 0.1, 0.25)
            logs = np.cumsum(size * steps)
    return chance.poisson(np.exp(6 + logs)).astype(float)


KINDS = ["walk", "slow walk", "heavy-tailed walk", "walk and noise", "walk and seasons", "growing walk", "persistent",
         "calm and rough"]  # fmt: skip


@pytest.mark.parametrize("name", ["E21", "E18", "E15"])
def test_on_200_series_without_effect_the_band_excludes_zero_in_2_to_8_percent(name):
    chance = np.random.default_rng(int(name[1:]))
    found = [effect(made_up(no_effect(KINDS[i % len(KINDS)], chance)), event(name).day) for i in range(200)]
    share = np.mean([one.beyond_ordinary for one in found])
    assert 0.02 <= share <= 0.08


def test_ranks_without_effect_are_spread_evenly():
    chance = np.random.default_rng(7)
    shares = [effect(made_up(no_effect("walk", chance)), DAY).share for _ in range(200)]
    assert np.quantile(shares, [0.25, 0.5, 0.75]) == pytest.approx([0.25, 0.5, 0.75], abs=0.12)


def test_a_real_break_is_found():
    chance = np.random.default_rng(11)
    after = MONTHS.astype(int) > np.datetime64("2023-03").astype(int)
    found = []
    for _ in range(40):
        value = no_effect("slow walk", chance)
        value[after] *= 0.2
        found.append(effect(made_up(value), DAY))
    assert np.mean([one.beyond_ordinary and one.rank == 1 for one in found]) > 0.9
    assert np.median([one.change for one in found]) == pytest.approx(-0.8, abs=0.05)
    assert np.mean([one.low <= -0.8 <= one.high for one in found]) > 0.85


@pytest.mark.parametrize(
    ("name", "change", "beyond", "rank"),
    [
        # Source: an earlier estimate with 15 placebo dates: −72% rank 1/16, +101%, +147% 4/16, +22% 6/16.
        ("claims/border/Canada", -0.72, True, 1),
        ("claims/inland/Canada", 1.01, False, None),
        ("claims/airport/Canada", 1.47, False, None),
        ("claims/all/Canada", 0.22, False, None),
    ],
)
def test_the_protocol_of_2023_comes_out_as_measured_before(name, change, beyond, rank):
    """Points agree; bands are wider than those earlier ones, which exclude zero for one no-effect series in five."""
    found = effect(series(name), DAY, event=event("E21"))
    assert found.change == pytest.approx(change, abs=0.06)
    assert found.beyond_ordinary is beyond
    assert (found.rank == rank) if rank else (found.share > 0.05)


@pytest.mark.parametrize(
    ("name", "sign"), [("claims/border/Canada", -1), ("claims/airport/Canada", -1), ("claims/all/Canada", -1)]
)
def test_the_turn_back_order_came_with_the_travel_limits(name, sign):
    found = effect(series(name), event("E15").day, event=event("E15"))
    assert found.beyond_ordinary
    assert np.sign(found.change) == sign
    assert "A01" in [one.id for one in found.also_changed]
    assert not found.attributable


def test_the_airport_rise_of_2023_is_put_down_to_nothing():
    found = effect(series("claims/airport/Canada"), DAY, event=event("E21"))
    assert "A03" in [one.id for one in found.also_changed]
    for lang in ("en", "fr"):
        said = " ".join([*effect_words.sentences(found, lang), *effect_words.also(found, lang)])
        assert not CAUSE.search(said)
        assert effect_words.ORDINARY.text(lang) in said


def stated(beyond, also):
    """An effect of each kind, for the words."""
    found = effect(series("claims/border/Canada"), DAY, event=event("E21"))
    if not beyond:
        found = replace(found, low=-0.9, high=0.4)
    return replace(found, also_changed=found.also_changed if also else ())


@pytest.mark.parametrize("lang", ["en", "fr"])
@pytest.mark.parametrize(("beyond", "also"), [(True, True), (True, False), (False, True), (False, False)])
def test_words_of_cause_stand_only_where_the_estimate_allows_them(beyond, also, lang):
    found = stated(beyond, also)
    said = effect_words.sentences(found, lang)
    assert bool(CAUSE.search(" ".join(said))) is (beyond and not also) is found.attributable
    if found.attributable:
        assert all(figure in said[-1] for figure in (said[0].split(" ")[0], "[")), "an interval beside the words"
    assert "displac" not in " ".join(said).lower()


def test_a_change_of_counting_is_called_one():
    found = effect(series("claims/border/Canada"), event("E12").day, event=event("E12"))
    assert effect_words.verdict(found) is effect_words.COUNTING


@pytest.mark.parametrize("words", [w for w in vars(effect_words).values() if isinstance(w, Text)])
def test_every_sentence_has_both_languages_with_the_same_figures(words):
    assert words.en != words.fr
    assert sorted(re.findall(r"{\w+}", words.en)) == sorted(re.findall(r"{\w+}", words.fr))


def test_placebo_dates_touch_no_policy_date():
    found = effect(series("claims/border/Canada"), DAY)
    known = {np.datetime64(event(name).day, "M") for name in POLICY} | {np.datetime64("2018-04")}
    assert len(found.placebos) >= 15
    for month in found.placebos:
        touched = set(between(later(month, -3), later(month, 10)))
        assert not touched & known
    assert found.smallest == 1 / (len(found.placebos) + 1)
    assert found.apart < len(found.placebos)


def test_a_break_of_counting_bears_on_the_series_it_concerns():
    border, airport = (effect(series(f"claims/{office}/Canada"), DAY) for office in ("border", "airport"))
    around = set(np.arange("2018-02", "2018-04", dtype="datetime64[M]"))
    assert not around & set(border.placebos)
    assert around <= set(airport.placebos)


def test_the_picture_holds_what_came_before_and_the_placebos():
    found = effect(series("claims/border/Canada"), DAY, 8)
    assert (str(found.shown[0]), str(found.shown[-1])) == ("2022-03", "2023-11")
    assert found.usual.shape == (len(found.placebos), len(found.shown))
    assert found.relative[9:12].mean() == pytest.approx(1.0)
    assert found.earlier == pytest.approx(1 / found.relative[:3].mean() - 1)


def test_the_month_of_the_change_is_left_out_unless_it_fell_on_a_first():
    value = np.array([10.0] * 6 + [500.0] + [20.0] * 6)
    assert np.exp(log_change(value, 6, 6, 3, 1)) == pytest.approx(22.5 / 12.5)
    assert np.exp(log_change(value, 7, 6, 3, 0)) < 1


def test_what_else_changed_leaves_out_what_is_the_same_measure():
    ids = [one.id for one in changed_between(date(2023, 1, 1), date(2024, 1, 31), ["E21"])]
    assert ids == ["E14", "A03", "E22", "E23"]
    assert "E20" in [one.id for one in changed_between(date(2023, 1, 1), date(2024, 1, 31))]
    assert all(name in SAME[other] for name, others in SAME.items() for other in others)


def test_every_other_change_has_its_source_in_both_languages():
    known = {one.id for one in events()}
    for one in ALONGSIDE:
        assert one.source
        assert one.title.en != one.title.fr
        assert one.id not in known
    assert len(policy.policy_events()) == len(POLICY)


@pytest.mark.parametrize(
    ("name", "day", "months", "says"),
    [
        ("claims/border/Canada", date(2024, 2, 29), 10, "Figures end in 2024-01, 0 whole months after 2024-02-29"),
        ("interceptions/between_ports/Quebec", DAY, 10, r"Give --months 3\."),
        ("claims/border/Canada", date(2015, 2, 1), 10, "3 whole months before 2015-02-01 are needed"),
        ("regular_land/at_ports/Quebec", date(2018, 5, 1), 10, r"No figure for 2018-02, 2018-03 \(missing, or masked"),
        ("claims/border/Canada", event("E18").day, 24, r"Only \d+ placebo dates are left"),
        ("claims/border/Canada", DAY, 0, "At least one month"),
    ],
)
def test_what_cannot_be_estimated_is_refused_with_the_reason(name, day, months, says):
    with pytest.raises(BadFile, match=says):
        effect(series(name), day, months)


def test_unknown_months_do_not_become_zero():
    value = np.full(len(MONTHS), 50.0)
    one = made_up(value)
    gone = value.copy()
    gone[-3] = np.nan
    with pytest.raises(BadFile, match="2023-11"):
        effect(replace(one, value=gone, low=gone, high=gone), DAY)
