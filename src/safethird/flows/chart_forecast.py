"""A forecast as a picture: what was observed as a line, what is expected dashed, in bands of 50, 80 and 95%."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from safethird.flows import chart_time
from safethird.flows.chart_rows import plain, series_rows
from safethird.flows.chart_style import BLUE, ORANGE, OWN_SCALE, WIDTH, Rows, Spec, framed, nice, panel_title, shared
from safethird.flows.citing import foot_of_forecast, per_month, reading, unit_word
from safethird.flows.months import later
from safethird.flows.numerals import between, month, number
from safethird.flows.numerals import months as span_of

if TYPE_CHECKING:
    from safethird.flows.forecast import Forecast
    from safethird.flows.series import Series

LEVELS = (0.5, 0.8, 0.95)
SHADES = {95: 0.16, 80: 0.20, 50: 0.28}
BEFORE = 36  # months of observations shown, unless more are asked for
MOST = 24
_LEGEND = {
    "en": "Dashed line: median. Bands, dark to light: 50, 80 and 95% intervals. Nothing right of the line is observed.",
    "fr": "Tireté : médiane. Bandes, de foncé à clair : intervalles à 50, 80, 95 %. Rien d’observé à droite du trait.",
}


def forecast_chart(
    made: Forecast, history: Sequence[Series], events: Iterable[Any] = (), *, lang: str = "en", before: int = BEFORE
) -> Spec:
    """A forecast beside its observations, a panel to a series, with a labelled line where observations end.

    ``history`` holds the observed series by the names of the forecast (others are left out; a series without history is
    drawn alone). Rows of ``values``: ``kind`` "observed" or "forecast"; ``median`` and ``low50`` to ``high95`` for the
    latter. Each panel starts at zero and has its own scale.
    """
    if not 0 < len(made.names) <= MOST:
        raise ValueError(f"One picture holds 1 to {MOST} series, not {len(made.names)}. Name fewer.")
    rows = forecast_rows(made, history, lang, before)
    first = min(np.datetime64(row["month"][:7], "M") for row in rows)
    columns = 1 if len(made.names) == 1 else 2 if len(made.names) <= 8 else 3
    across = WIDTH - 62 if columns == 1 else (WIDTH - 24 * (columns - 1)) // columns - 58
    span = chart_time.Span(first, made.months[-1], across, 320 if columns == 1 else 130)
    breaks = {one.name: one.breaks for one in history if one.name in made.names}
    listed = chart_time.marks(events, [each for some in breaks.values() for each in some], span, lang)
    keys = {name: chart_time.mark_rows(chart_time.own(listed, breaks.get(name, ()), lang), span) for name in made.names}
    heading, labels = shared([title.text(lang) for title in made.titles])
    panels = [
        _panel(
            name, label, rows, made.last, span, keys[name], unit_word(made.unit, lang), lang, alone=len(made.names) == 1
        )
        for name, label in zip(made.names, labels, strict=True)
    ]
    body: Spec = panels[0] if len(panels) == 1 else {
        "concat": panels, "columns": columns, "spacing": {"row": 24, "column": 24}}  # fmt: skip
    states = {str(row["status"]) for row in rows if "status" in row}
    colon = " : " if lang == "fr" else ": "
    name = "Prévision" if lang == "fr" else "Forecast"
    whole = f"{name}{colon}{heading[:1].lower() + heading[1:] if lang == 'fr' else heading}" if heading else name
    return framed(
        body, heading=whole,
        under=[f"{per_month(made.unit, lang, capital=True)}, {span_of(first, made.months[-1], lang)}", _LEGEND[lang],
               *([OWN_SCALE[lang]] if len(panels) > 1 else [])],
        foot=[*(mark.text for mark in listed), *reading(states, lang), *foot_of_forecast(made, lang)],
        description=_described(made, rows, whole, lang), lang=lang, datasets={"values": rows},
    )  # fmt: skip


def forecast_rows(made: Forecast, history: Iterable[Series], lang: str, before: int = BEFORE) -> Rows:
    """The last ``before`` months observed and each month expected; unit, source, release and model in every row."""
    start = later(made.last, 1 - before)
    known = {one.name: one for one in history}
    rows: Rows = []
    for name, title in zip(made.names, made.titles, strict=True):
        if name in known:
            observed = [row for row in series_rows([known[name]], lang)
                        if start <= np.datetime64(row["month"][:7], "M") <= made.last]  # fmt: skip
            rows += [
                {k: row[k] for k in ("series", "title", "month")} | {"kind": "observed"}
                | {k: row[k] for k in ("value", "low", "high", "status", "unit", "source", "vintage")}
                for row in observed
            ]  # fmt: skip
        for step in made.quantiles(name, LEVELS).to_dicts():
            rows.append(
                {"series": name, "title": title.text(lang), "month": f"{str(step['month'])[:7]}-01", "kind": "forecast"}
                | {k: plain(step[k]) for k in ("median", *(f"{end}{round(100 * level)}" for level in LEVELS
                                                              for end in ("low", "high")))}
                | {"unit": made.unit, "source": "; ".join(made.sources), "vintage": made.vintage.isoformat(),
                   "model": made.model}
            )  # fmt: skip
    return rows


def _panel(
    name: str,
    label: str,
    rows: Rows,
    last: Any,
    span: chart_time.Span,
    keys: Rows,
    unit: str,
    lang: str,
    *,
    alone: bool,
) -> Spec:
    mine = [row for row in rows if row["series"] == name]
    top = nice(max((row.get("high95") or row.get("high") or 0.0) for row in mine))
    x, y = span.x(lang), chart_time.y("median", top, unit if alone else "", small=not alone)
    data: Spec = {"name": "values"}
    this = [{"filter": {"field": "series", "equal": name}}]
    ahead, seen = [*this, {"filter": "datum.kind == 'forecast'"}], [*this, {"filter": "datum.kind == 'observed'"}]
    line: Spec = {"type": "line", "strokeWidth": 2, "strokeJoin": "round", "invalid": "break-paths-filter-domains"}
    bands: list[Spec] = [
        {"data": data, "transform": ahead, "mark": {"type": "area", "color": ORANGE, "opacity": shade, "line": False},
         "encoding": {"x": x, "y": y | {"field": f"low{level}"}, "y2": {"field": f"high{level}"}}}
        for level, shade in SHADES.items()
    ]  # fmt: skip
    lines: list[Spec] = [
        {"data": data, "transform": [*seen, {"filter": "datum.status == 'suppressed'"}],
         "mark": {"type": "bar", "width": 3, "fill": "white", "stroke": BLUE, "strokeWidth": 1},
         "encoding": {"x": x, "y": y | {"field": "low"}, "y2": {"field": "high"}}},
        {"data": data, "transform": seen, "mark": line | {"color": BLUE},
         "encoding": {"x": x, "y": y | {"field": "value"}}},
        {"data": data, "transform": ahead, "mark": line | {"color": ORANGE, "strokeDash": [6, 4]},
         "encoding": {"x": x, "y": y}},
    ]  # fmt: skip
    panel: Spec = {
        "width": span.width, "height": span.height,
        "layer": [*bands, *chart_time.mark_layers(keys, span, lang), *lines,
                  *chart_time.end_layers(last, span, lang, keys)],
    }  # fmt: skip
    if not alone:
        panel["title"] = panel_title(label, span.width)
    return panel


def _described(made: Forecast, rows: Rows, whole: str, lang: str) -> str:
    parts = [f"{whole}."]
    for name, title in zip(made.names, made.titles, strict=True):
        far = [row for row in rows if row["series"] == name and row["kind"] == "forecast"][-1]
        words = (
            "{title}, {month} : médiane {median}, intervalle à 80 % {range}." if lang == "fr"
            else "{title}, {month}: median {median}, 80% interval {range}."
        )  # fmt: skip
        parts.append(words.format(
            title=title.text(lang), month=month(far["month"], lang), median=number(far["median"], lang),
            range=between(far["low80"], far["high80"], lang),
        ))  # fmt: skip
    return " ".join(parts)
