"""A policy effect as a picture: before and after the day, against the same months around placebo days, and the change.

The upper panel shows the count over its mean before the day; grey lines are placebo days, so a reader sees whether the
series moved like that anyway, and whether it was already moving. The lower panel sets the change with its 95% interval
beside the change at each placebo day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from safethird.flows.chart_rows import plain
from safethird.flows.chart_style import BLUE, INK, ORANGE, PALE, SOFT, WIDTH, Rows, Spec, framed
from safethird.flows.citing import cite, source_lines
from safethird.flows.months import later
from safethird.flows.numerals import change, number
from safethird.readings.words import day as day_in_words

if TYPE_CHECKING:
    from safethird.flows.effect import Effect

_SAID = {
    "lead": ("Before and after", "Avant et après"),
    "y": ("Of the mean before (logarithmic scale)", "De la moyenne avant (échelle logarithmique)"),
    "x": ("Months after the day", "Mois après le jour"),
    "ours": ("this day", "ce jour"),
    "theirs": ("placebo days", "jours placebo"),
    "axis": ("Change (logarithmic scale)", "Changement (échelle logarithmique)"),
    "read": (
        "Blue: the count over its mean of the {before} months before. Grey: the same around {n} placebo days.",
        "Bleu : le nombre rapporté à sa moyenne des {before} mois précédents. Gris : de même pour {n} jours placebo.",
    ),
    "found": (
        "Change, mean of {months} months after: {change} [{low}, {high}]; rank {rank} of {all} days.",
        "Changement, moyenne sur {months} mois : {change} [{low}, {high}]; rang {rank} sur {all} jours.",
    ),
    "also": ("Also changed in these months", "A aussi changé pendant ces mois"),
    "alone": (
        "An effect is a change beyond the ordinary; it is this policy’s only so far as nothing else changed then.",
        "Effet : changement hors de l’ordinaire; il n’est celui de la mesure que si rien d’autre n’a changé.",
    ),
}


_RATIOS = [0.01, 0.03, 0.1, 0.25, 0.5, 1, 2, 4, 10, 30, 100]


def effect_chart(found: Effect, *, lang: str = "en") -> Spec:
    """The picture of an effect; rows of ``values`` are of ``kind`` observed, placebo, change or placebo_change."""
    rows, colon = effect_rows(found, lang), "\u00a0: " if lang == "fr" else ": "
    heading = f"{_say('lead', lang)}{colon}{found.title.text(lang)}"
    words = {
        "before": found.before, "n": len(found.placebos), "months": found.months, "rank": found.rank,
        "all": len(found.placebos) + 1, "change": change(found.change, lang), "low": change(found.low, lang),
        "high": change(found.high, lang),
    }  # fmt: skip
    under = [_event(found, lang), _say("found", lang).format(**words), _say("read", lang).format(**words)]
    used = [(source, found.vintage) for source in found.sources]
    also = also_changed(found, lang)
    foot = [
        *([f"{_say('also', lang)}{colon}{'; '.join(also)}."] if also else []), _say("alone", lang),
        *source_lines(used, lang), cite(used, [found.series], lang, more=f", {found.day}"),
    ]  # fmt: skip
    body: Spec = {"vconcat": [_around(rows, lang), _strip(lang)], "spacing": 34}
    return framed(
        body, heading=heading, under=under, foot=foot, description=" ".join([f"{heading}.", *under]), lang=lang,
        datasets={"values": rows},
    )  # fmt: skip


def effect_rows(found: Effect, lang: str) -> Rows:
    """What the picture draws: the two sets of lines, then the change with its interval and the placebo changes."""
    common = {"unit": found.unit, "source": "; ".join(found.sources), "vintage": found.vintage.isoformat()}
    title = {"series": found.series, "title": found.title.text(lang)}
    place = int(np.flatnonzero(found.shown == np.datetime64(found.day, "M"))[0])
    rows: Rows = [
        title | {"kind": "observed", "day": found.day.isoformat(), "month": f"{when}-01", "after": i - place,
                 "relative": plain(ratio)} | common
        for i, (when, ratio) in enumerate(zip(found.shown, found.relative, strict=True))
    ]  # fmt: skip
    for start, path in zip(found.placebos, found.usual, strict=True):
        rows += [
            title | {"kind": "placebo", "day": f"{start}-01", "month": f"{later(start, i - place)}-01",
                     "after": i - place, "relative": plain(ratio)} | common
            for i, ratio in enumerate(path)
        ]  # fmt: skip
    rows.append(
        title | {"kind": "change", "day": found.day.isoformat(), "change": found.change, "low": found.low,
                 "high": found.high} | common
    )  # fmt: skip
    rows += [
        title | {"kind": "placebo_change", "day": f"{start}-01", "change": float(moved)} | common
        for start, moved in zip(found.placebos, found.placebo_changes, strict=True)
    ]
    return rows


def _around(rows: Rows, lang: str) -> Spec:
    x = {"field": "after", "type": "quantitative", "scale": {"nice": False},
         "axis": {"title": _say("x", lang), "tickMinStep": 1, "format": "d", "grid": False,
                  "labelFlush": False}}  # fmt: skip
    y = {"field": "relative", "type": "quantitative", "scale": {"type": "log", "nice": False, "padding": 6},
         "axis": {"title": _say("y", lang), "titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -10,
                  "titleAnchor": "end", "domain": False, "ticks": False, "values": _RATIOS,
                  "labelExpr": _percent("datum.value", lang)}}  # fmt: skip
    line: Spec = {"type": "line", "strokeJoin": "round", "invalid": "break-paths-filter-domains"}
    data: Spec = {"name": "values"}
    return {
        "width": WIDTH - 112, "height": 250,
        "layer": [
            {"data": {"values": [{}]}, "mark": {"type": "rule", "color": PALE, "strokeDash": [2, 2], "aria": False},
             "encoding": {"y": {"datum": 1, "type": "quantitative"}}},
            {"data": data, "transform": [{"filter": "datum.kind == 'placebo'"}],
             "mark": line | {"color": PALE, "strokeWidth": 0.8, "opacity": 0.45},
             "encoding": {"x": x, "y": y, "detail": {"field": "day", "type": "nominal"}}},
            {"data": {"values": [{}]}, "mark": {"type": "rule", "color": INK, "strokeWidth": 1.2, "aria": False},
             "encoding": {"x": {"datum": 0, "type": "quantitative"}}},
            {"data": data, "transform": [{"filter": "datum.kind == 'observed'"}],
             "mark": line | {"color": BLUE, "strokeWidth": 2.4}, "encoding": {"x": x, "y": y}},
        ],
    }  # fmt: skip


def _strip(lang: str) -> Spec:
    """The change and its interval on one line, the placebo changes on the other; a logarithmic axis of ratios."""
    x = {
        "field": "ratio", "type": "quantitative", "scale": {"type": "log", "nice": False, "padding": 12},
        "axis": {"title": _say("axis", lang), "values": _RATIOS,
                 "labelExpr": _percent("datum.value - 1", lang, sign="+"), "grid": True},
    }  # fmt: skip
    names = [_say("ours", lang), _say("theirs", lang)]

    def y(name: str) -> Spec:
        return {"datum": name, "type": "nominal", "title": None, "scale": {"domain": names},
                "axis": {"ticks": False, "domain": False, "labelPadding": 8}}  # fmt: skip

    data: Spec = {"name": "values"}
    ours = [{"filter": "datum.kind == 'change'"}, {"calculate": "1 + datum.change", "as": "ratio"},
            {"calculate": "1 + datum.low", "as": "from"}, {"calculate": "1 + datum.high", "as": "to"}]  # fmt: skip
    theirs = [{"filter": "datum.kind == 'placebo_change'"}, {"calculate": "1 + datum.change", "as": "ratio"}]
    return {
        "width": WIDTH - 112, "height": 66,
        "layer": [
            {"data": {"values": [{}]}, "mark": {"type": "rule", "color": SOFT, "aria": False},
             "encoding": {"x": {"datum": 1, "type": "quantitative"}}},
            {"data": data, "transform": theirs,
             "mark": {"type": "tick", "color": SOFT, "thickness": 1.4, "height": 14, "opacity": 0.7},
             "encoding": {"x": x, "y": y(names[1])}},
            {"data": data, "transform": ours, "mark": {"type": "rule", "color": ORANGE, "strokeWidth": 3},
             "encoding": {"x": x | {"field": "from"}, "x2": {"field": "to"}, "y": y(names[0])}},
            {"data": data, "transform": ours,
             "mark": {"type": "point", "filled": True, "color": BLUE, "size": 90, "opacity": 1},
             "encoding": {"x": x, "y": y(names[0])}},
        ],
    }  # fmt: skip


def _percent(what: str, lang: str, sign: str = "") -> str:
    """A label in per cent, as an expression of Vega."""
    gap = "\u00a0" if lang == "fr" else ""
    plus = f"({what} > 0 ? '{sign}' : '') + " if sign else ""
    return f"{plus}format(100 * ({what}), ',d') + '{gap}%'"


def _event(found: Effect, lang: str) -> str:
    when = day_in_words(found.day, lang)
    return f"{found.event.title.text(lang)} ({when})" if found.event is not None else when


def _say(name: str, lang: str) -> str:
    return _SAID[name][lang == "fr"]


def also_changed(found: Effect, lang: str) -> list[str]:
    """What else changed in the months of an effect, each with its day, or its first and last."""
    listed = []
    for one in found.also_changed:
        when = day_in_words(one.day, lang)
        if one.end is not None:
            when += f" {'au' if lang == 'fr' else 'to'} {day_in_words(one.end, lang)}"
        listed.append(f"{when}, {one.title.text(lang)}")
    return listed


def told(found: Effect, lang: str) -> str:
    """The change in a sentence, with its interval and rank.

    It does not say why: see :attr:`safethird.flows.effect.Effect.attributable`.
    """
    return _say("found", lang).format(
        months=number(found.months, lang), change=change(found.change, lang), low=change(found.low, lang),
        high=change(found.high, lang), rank=found.rank, all=len(found.placebos) + 1,
    )  # fmt: skip
