"""Pictures as specifications: what is drawn is what was published, honestly, in both languages."""

import itertools
import json
import math
import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from safethird.flows.chart_style import nice, shared, wrapped
from safethird.flows.chart_time import Mark, Span, mark_rows
from safethird.flows.charts import effect_chart, forecast_chart, series_chart
from safethird.flows.citing import cite, figure, foot
from safethird.flows.codebook import sources
from safethird.flows.effect import effect
from safethird.flows.events import event, events
from safethird.flows.forecast import forecast
from safethird.flows.months import later
from safethird.flows.numerals import LONG, change, locale
from safethird.flows.page import cells
from safethird.flows.render import plotted
from safethird.flows.series import series

LAND = [f"claims/border/{place}" for place in ("Quebec", "Ontario", "British Columbia", "Alberta")]
MAIN = [one for one in events() if one.category in ("agreement", "border_order")]


def walk(node):
    """Every dict within a specification."""
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


def axes(spec, field):
    return [d for d in walk(spec["vconcat"]) if d.get("field") == field and "axis" in d]


def panels(spec):
    return [d for d in walk(spec["vconcat"]) if "layer" in d]


@pytest.mark.parametrize("name", ["claims/border/Quebec", "claims/airport/Alberta", "regular_land/at_ports/Quebec"])
def test_the_rows_drawn_are_the_series_month_by_month(name):
    one = series(name)
    rows = plotted(series_chart([one]))
    assert [row["month"][:7] for row in rows] == [str(m) for m in one.months]
    for row, value, low, high, status in zip(rows, one.value, one.low, one.high, one.status, strict=True):
        assert row["status"] == status
        for key, real in (("value", value), ("low", low), ("high", high)):
            assert (row[key] is None) == math.isnan(real)
            assert row[key] is None or row[key] == real
        assert row["unit"] == "claims"
        assert row["source"]
        assert row["vintage"]


def test_a_suppressed_month_is_a_range_and_never_a_point_at_zero():
    spec = series_chart([series("claims/airport/Alberta")])
    hidden = [row for row in plotted(spec) if row["status"] == "suppressed"]
    assert hidden
    assert all(row["value"] is None and (row["low"], row["high"]) == (0, 5) for row in hidden)
    bars = [d for d in walk(spec["vconcat"]) if isinstance(d.get("mark"), dict) and d["mark"]["type"] == "bar"]
    assert {(b["encoding"]["y"]["field"], b["encoding"]["y2"]["field"]) for b in bars} == {("low", "high")}
    assert [
        b["mark"]["fill"]
        for b in bars
        if "suppressed" in json.dumps(b["transform"]) and "!=" not in json.dumps(b["transform"])
    ] == ["white"]
    assert "Hollow bar" in " ".join(spec["usermeta"]["foot"])


def test_a_month_of_which_only_bounds_are_known_is_a_pale_bar_and_a_range_in_the_table():
    one = series("regular_land/at_ports/Quebec")
    spec = series_chart([one])
    assert "Pale bar" in " ".join(spec["usermeta"]["foot"])
    place = int(np.flatnonzero(one.months == np.datetime64("2023-03"))[0])
    assert " to " in figure(one, place, "en")
    names, body = cells(plotted(spec), "en")
    assert " to " in body[place][names.index("value")]


def test_counts_start_at_zero_and_hold_every_value():
    for names in (LAND[:1], LAND, [*LAND, "claims/airport/Quebec"]):
        spec = series_chart([series(name) for name in names])
        for axis in axes(spec, "value"):
            low, high = axis["scale"]["domain"]
            assert low == 0
            assert not axis["scale"]["nice"]
            assert high > 0
        top = max(axis["scale"]["domain"][1] for axis in axes(spec, "value"))
        assert top >= max(row["high"] for row in plotted(spec) if row["high"] is not None) * 0.999


@pytest.mark.parametrize(
    ("names", "count"),
    [(LAND[:1], 1), (LAND, 1), ([*LAND, "claims/airport/Quebec"], 5),
     (["claims/border/Quebec", "interceptions/between_ports/Quebec"], 2)],
)  # fmt: skip
def test_more_than_four_series_or_two_units_get_a_panel_each(names, count):
    assert len(panels(series_chart([series(name) for name in names]))) == count


def test_no_series_and_too_many_are_refused():
    for many in ([], [series("claims/border/Quebec")] * 25):
        with pytest.raises(ValueError, match="One picture holds"):
            series_chart(many)


def test_events_are_numbered_breaks_lettered_and_both_explained():
    spec = series_chart([series("claims/border/Quebec")], MAIN, lang="fr")
    told = spec["usermeta"]["foot"]
    keys = {
        row["key"]
        for d in walk(spec["vconcat"])
        for row in d.get("values", [])
        if isinstance(row, dict) and "key" in row
    }
    assert keys == {text[1] for text in told if text.startswith("[")}
    assert any("Protocole additionnel" in text for text in told)
    assert any(text.startswith("[A] 1er avril 2018, rupture de la série") for text in told)


def test_a_break_stands_only_in_the_panel_of_its_series():
    spec = series_chart([series(name) for name in (*LAND, "claims/airport/Quebec")])
    lettered = ['"key": "A"' in json.dumps(panel) for panel in panels(spec)]
    assert lettered == [True] * 4 + [False]


def test_numbers_of_marks_never_touch():
    span = Span(np.datetime64("2020-01"), np.datetime64("2023-12"), 300, 100)
    days = [date(2023, 3, 24), date(2023, 3, 25), date(2023, 4, 20), date(2021, 11, 21), date(2021, 11, 30)]
    rows = mark_rows([Mark(day, str(n), "", "event") for n, day in enumerate(days)], span)
    by_level: dict[int, list[float]] = {}
    for row in rows:
        by_level.setdefault(row["level"], []).append(span.place(date.fromisoformat(row["month"])))
    assert all(b - a >= 15 for places in by_level.values() for a, b in itertools.pairwise(places))


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_source_release_licence_and_citation_stand_in_the_picture(lang):
    one = series("claims/border/Quebec")
    told = " ".join(foot([one], lang))
    source = sources()[one.sources[0]]
    for words in (source.publisher, source.title, source.url, one.name, "2025"):
        assert words in told
    assert ("Open Government Licence" if lang == "en" else "Licence du gouvernement ouvert") in told
    lines = series_chart([one], lang=lang)["title"]["text"]
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", "".join(foot_of(one, lang)))


def foot_of(one, lang):
    return series_chart([one], lang=lang)["usermeta"]["foot"]


def test_a_citation_names_each_source_once_and_few_series():
    used = [("ircc_odp_2025", date(2025, 10, 31))] * 3
    told = cite(used, [f"claims/border/{n}" for n in range(9)], "en")
    assert told.count("Asylum Claimants by Claim Office Type") == 1
    assert "(+5)" in told


def test_a_french_picture_has_french_months_numbers_and_words():
    spec = series_chart([series("claims/border/Quebec")], MAIN, lang="fr")
    assert spec["config"]["locale"]["time"]["months"] == list(LONG["fr"])
    assert spec["config"]["locale"]["number"]["decimal"] == ","
    text = json.dumps([spec["usermeta"], spec["vconcat"], spec["description"]], ensure_ascii=False)
    text = text.replace(sources()["ircc_odp_2025"].title, "")  # the title of a publication stays as it is
    for word in ("Release", "Cite as", "per month", " to ", "break in the series", "January 20"):
        assert word not in text
    assert locale("en")["time"]["months"][0] == "January"


def test_a_picture_says_in_words_what_it_shows():
    told = series_chart([series("interceptions/between_ports/Canada")])["description"]
    # RCMP, 2023-06: 60; the highest month is August 2017, 5,712 (the government's page as archived on 2024-05-22).
    assert "last 60 (June 2023)" in told
    assert "highest 5,712 (August 2017)" in told


@pytest.fixture(scope="module")
def made():
    return forecast(LAND[:2], months=6, draws=200)


def test_a_forecast_marks_where_observations_end_and_draws_bands_inside_each_other(made):
    spec = forecast_chart(made, [series(name) for name in made.names])
    rows = plotted(spec)
    last = max(row["month"] for row in rows if row["kind"] == "observed")
    first = min(row["month"] for row in rows if row["kind"] == "forecast")
    assert (last[:7], first[:7]) == (str(made.last), str(later(made.last, 1)))
    for row in (row for row in rows if row["kind"] == "forecast"):
        assert (
            row["low95"]
            <= row["low80"]
            <= row["low50"]
            <= row["median"]
            <= row["high50"]
            <= row["high80"]
            <= row["high95"]
        )
        assert row["model"] == made.model
    labels = [
        d["mark"]["text"] for d in walk(spec["vconcat"]) if isinstance(d.get("mark"), dict) and "text" in d["mark"]
    ]
    assert labels.count(f"Observations end, {change_month(made.last)}") == 2
    dashes = [
        d["mark"]
        for d in walk(spec["vconcat"])
        if isinstance(d.get("mark"), dict) and d["mark"].get("strokeDash") == [6, 4]
    ]
    assert len(dashes) == 2


def change_month(month):
    from safethird.flows.numerals import month as in_words

    return in_words(month, "en", short=True)


def test_the_rows_of_a_forecast_are_its_quantiles(made):
    rows = [row for row in plotted(forecast_chart(made, [])) if row["series"] == made.names[0]]
    table = made.quantiles(made.names[0])
    assert [row["median"] for row in rows] == pytest.approx(table["median"].to_list())
    assert [row["high80"] for row in rows] == pytest.approx(table["high80"].to_list())


def test_an_effect_shows_the_change_its_interval_and_every_placebo_day():
    found = effect(series("claims/border/Canada"), date(2023, 3, 25), event=event("E21"))
    spec = effect_chart(found, lang="en")
    rows = plotted(spec)
    assert [row["change"] for row in rows if row["kind"] == "placebo_change"] == found.placebo_changes.tolist()
    (ours,) = [row for row in rows if row["kind"] == "change"]
    assert (ours["change"], ours["low"], ours["high"]) == (found.change, found.low, found.high)
    told = " ".join([*spec["usermeta"]["under"], *spec["usermeta"]["foot"]])
    for words in (change(found.low, "en"), change(found.high, "en"), "rank", "Also changed in these months"):
        assert words in told
    assert "ecause of" not in told


@pytest.mark.parametrize("most", [0, 1, 4.9, 5, 7, 99, 100, 101, 1999, 4994, 9999.9, 123_456])
def test_the_top_of_an_axis_is_a_round_number_that_holds_the_value(most):
    top = nice(most)
    assert most <= top <= max(5, 1.34 * most)


def test_what_titles_share_is_the_heading_and_what_differs_the_label():
    titles = ["Asylum claims, land border, Quebec", "Asylum claims, land border, Ontario"]
    assert shared(titles) == ("Asylum claims, land border", ["Quebec", "Ontario"])
    assert shared(["one", "other"]) == ("", ["one", "other"])


def test_a_line_of_text_is_no_wider_than_its_picture():
    text = "Immigration, Refugees and Citizenship Canada, " * 9
    assert all(len(line) * 10.5 * 0.49 <= 600 for line in wrapped(text, 600, 10.5))
    assert " ".join(wrapped(text, 600, 10.5)).split() == text.split()


def test_a_series_with_nothing_known_draws_nothing_and_says_so():
    one = series("claims/border/Quebec")
    nothing = np.full(len(one.months), np.nan)
    empty = replace(one, value=nothing, low=nothing, high=nothing, status=np.full(len(one.months), "missing"))
    spec = series_chart([empty])
    assert {row["value"] for row in plotted(spec)} == {None}
    assert "no figure" in spec["description"]
