"""Pictures of series (here), forecasts and policy effects, each one function.

Up to four series of one unit share a panel; more, or different units, get a panel each.
Every function returns a plain Vega-Lite dict whose dataset ``values`` holds exactly what is drawn, a row to a month;
:func:`safethird.flows.render.write` turns it into SVG, PNG, a page, or CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from safethird.flows import chart_time
from safethird.flows.chart_effect import effect_chart
from safethird.flows.chart_forecast import forecast_chart
from safethird.flows.chart_rows import series_rows
from safethird.flows.chart_style import COLOURS, OWN_SCALE, WIDTH, Rows, Spec, framed, long, nice, panel_title, shared
from safethird.flows.citing import LOOSE, foot, per_month, unit_word
from safethird.flows.numerals import months as span_of

if TYPE_CHECKING:
    from safethird.flows.events import Event
    from safethird.flows.series import Series

__all__ = ["effect_chart", "forecast_chart", "series_chart"]

TOGETHER = 4  # more lines than this in one panel cannot be told apart
MOST = 24


def series_chart(found: Sequence[Series], events: Iterable[Event] = (), *, lang: str = "en") -> Spec:
    """Series over time: together up to four of one unit, otherwise a panel each with its own axis from zero.

    Suppressed months are drawn as the range the publisher proves (0 to 5), gaps as gaps. Marks: numbered lines are
    ``events``, lettered dashed lines are breaks in a series; the foot explains both.
    """
    if not 0 < len(found) <= MOST:
        raise ValueError(f"One picture holds 1 to {MOST} series, not {len(found)}. Take fewer.")
    apart = len(found) > TOGETHER or len({one.unit for one in found}) > 1
    first, last = min(one.months[0] for one in found), max(one.months[-1] for one in found)
    heading, labels = shared([one.title.text(lang) for one in found])
    side = 0 if apart or len(found) == 1 else 14 + int(max(long(label, 12.5) for label in labels))
    columns = 1 if not apart else 2 if len(found) <= 8 else 3
    across = WIDTH - 62 - side if not apart else (WIDTH - 24 * (columns - 1)) // columns - 58
    span = chart_time.Span(first, last, across, 320 if not apart else 130 if columns == 2 else 104)
    events = tuple(events)
    listed = chart_time.marks(events, [b for one in found for b in one.breaks], span, lang)
    units = {one.unit for one in found}
    if apart:
        title_of = labels if len(units) == 1 else [f"{label} ({unit_word(one.unit, lang).partition(' (')[0]})"
                                                   for one, label in zip(found, labels, strict=True)]  # fmt: skip
        body: Spec = {
            "concat": [
                _panel([one], [], span, chart_time.mark_rows(chart_time.own(listed, one.breaks, lang), span), lang,
                       title=title)
                for one, title in zip(found, title_of, strict=True)
            ],
            "columns": columns, "spacing": {"row": 24, "column": 24},
        }  # fmt: skip
    else:
        body = _panel(found, labels, span, chart_time.mark_rows(listed, span), lang)
    under = [f"{per_month(found[0].unit, lang, capital=True)}, {span_of(first, last, lang)}"] if len(units) == 1 else [
        span_of(first, last, lang)]  # fmt: skip
    if apart:
        under.append(OWN_SCALE[lang])
    return framed(
        body, heading=heading or _SEVERAL[lang], under=under,
        foot=[*(mark.text for mark in listed), *foot(found, lang)],
        description=_described(found, heading, lang), lang=lang,
        datasets={"values": series_rows(found, lang)},
    )  # fmt: skip


_SEVERAL = {"en": "Monthly counts", "fr": "Nombres mensuels"}


def _panel(
    found: Sequence[Series], labels: Sequence[str], span: chart_time.Span, keys: Rows, lang: str, *, title: str = ""
) -> Spec:
    """One panel: marks first, then each series: suppressed ranges, the line, points that stand alone, its name."""
    top = nice(max(float(np.nanmax(np.append(one.high, 0.0))) for one in found))
    x = span.x(lang)
    axis = chart_time.y("value", top, "" if title else unit_word(found[0].unit, lang), small=bool(title))
    layers = chart_time.mark_layers(keys, span, lang)
    for one, colour in zip(found, COLOURS, strict=False):
        layers += _line(one.name, colour, x, axis)
    if len(found) > 1:
        layers += _names(found, labels, span, top)
    panel: Spec = {"width": span.width, "height": span.height, "layer": layers}
    if title:
        panel["title"] = panel_title(title, span.width)
    return panel


def _line(name: str, colour: str, x: Spec, axis: Spec) -> list[Spec]:
    mine: Spec = {"filter": {"field": "series", "equal": name}}
    data: Spec = {"name": "values"}
    beside: Spec = {
        "window": [
            {"op": "lag", "field": "value", "as": "before"},
            {"op": "lead", "field": "value", "as": "after"},
        ],
        "sort": [{"field": "month", "order": "ascending"}],
    }
    alone: Spec = {"filter": "isValid(datum.value) && !isValid(datum.before) && !isValid(datum.after)"}
    wide: Spec = {"filter": f"datum.status != 'suppressed' && datum.high - datum.low > {LOOSE}"}
    thin: Spec = {"strokeWidth": 2, "strokeJoin": "round", "invalid": "break-paths-filter-domains"}
    return [
        {
            "data": data,
            "transform": [mine, wide],
            "mark": {"type": "bar", "width": 3, "fill": colour, "opacity": 0.3, "stroke": None},
            "encoding": {"x": x, "y": axis | {"field": "low"}, "y2": {"field": "high"}},
        },
        {
            "data": data,
            "transform": [mine, {"filter": "datum.status == 'suppressed'"}],
            "mark": {"type": "bar", "width": 3, "fill": "white", "stroke": colour, "strokeWidth": 1},
            "encoding": {"x": x, "y": axis | {"field": "low"}, "y2": {"field": "high"}},
        },
        {
            "data": data,
            "transform": [mine],
            "mark": {"type": "line", "color": colour} | thin,
            "encoding": {"x": x, "y": axis},
        },
        {
            "data": data,
            "transform": [mine, beside, alone],
            "mark": {"type": "point", "color": colour, "filled": True, "size": 22, "opacity": 1},
            "encoding": {"x": x, "y": axis},
        },
    ]


def _names(found: Sequence[Series], labels: Sequence[str], span: chart_time.Span, top: float) -> list[Spec]:
    """The names beside the ends of the lines, pushed apart where they would touch."""
    step, ends = 17.0, []
    for index, one in enumerate(found):
        known = one.midpoint()[~np.isnan(one.midpoint())]
        ends.append((span.height * (1 - (known[-1] if len(known) else 0) / top), index))
    ends.sort()
    places = [max(8.0, ends[0][0])]
    for height, _ in ends[1:]:
        places.append(max(height, places[-1] + step))
    over = max(0.0, places[-1] - (span.height - 4))
    for i in range(len(places) - 1, -1, -1):
        most = span.height - 4 - step * (len(places) - 1 - i)
        places[i] = min(places[i], most) if over else places[i]
    return [
        {"data": {"values": [{}]}, "mark": {"type": "text", "text": labels[index], "x": span.width + 8, "y": place,
         "align": "left", "fontSize": 12.5, "fontWeight": "bold", "color": COLOURS[index]}}
        for place, (_, index) in zip(places, ends, strict=True)
    ]  # fmt: skip


def _described(found: Sequence[Series], heading: str, lang: str) -> str:
    """The picture in words, for those who do not see it."""
    from safethird.flows.citing import in_words

    return " ".join([f"{heading}." if heading else "", *(in_words(one, lang) for one in found)]).strip()
