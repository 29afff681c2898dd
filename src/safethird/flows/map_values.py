"""Counts of a period by province, sector or field office, as symbols on the map with the number beside each.

A symbol stands for its area or office: in a province, and for a sector of the US Border Patrol or a field office at the
town it is named after. It does not say where people crossed. The area of a circle is the count; a count of which only
bounds are proven is a hollow circle of its upper bound, with both bounds beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from safethird.flows.chart_rows import plain
from safethird.flows.chart_style import BLUE, INK, Rows, Spec, framed
from safethird.flows.citing import LOOSE, foot, unit_word
from safethird.flows.map_geometry import BORDER, base, datasets
from safethird.flows.mapping import area_names, map_credit
from safethird.flows.numerals import bounds, months, number
from safethird.flows.totals import total

if TYPE_CHECKING:
    from safethird.flows.series import Series

MOST = 44.0  # pixels: the radius of the largest circle
# Where a symbol stands and on which side its words: within a province, or at the town (GeoNames) of a sector or office.
PLACES: dict[str, tuple[float, float, str]] = {
    "British Columbia": (-122.0, 51.8, "below"), "Alberta": (-114.4, 52.0, "below"),
    "Saskatchewan": (-106.0, 51.9, "below"), "Manitoba": (-98.4, 51.6, "below"), "Ontario": (-86.6, 51.0, "left"),
    "Quebec": (-73.9, 48.7, "left"), "New Brunswick": (-66.4, 46.5, "above"), "Nova Scotia": (-63.6, 45.0, "corner"),
    "Blaine": (-122.747, 48.994, "below"), "Spokane": (-117.426, 47.660, "below"), "Havre": (-109.684, 48.550, "below"),
    "Grand Forks": (-97.033, 47.925, "below"), "Detroit": (-83.046, 42.331, "left"),
    "Buffalo": (-78.878, 42.886, "below"), "Swanton": (-73.124, 44.918, "below"), "Houlton": (-67.840, 46.126, "above"),
    "Seattle": (-122.332, 47.606, "below"), "Boston": (-71.060, 42.358, "right"),
    "Portland": (-70.255, 43.661, "above"), "Chicago": (-87.650, 41.850, "below"),
}  # fmt: skip


BOUNDS_ONLY = ("suppressed", "bounded")
_READ = {
    "en": "The area of a circle is the count; hollow: only bounds are known. A circle stands for a whole province, "
    "sector or office, not for where people crossed.",
    "fr": "L’aire du cercle est le nombre; cercle vide : seules des bornes sont connues. Un cercle représente toute "
    "une province, tout un secteur ou bureau, et non le lieu de passage.",
}


def values_map(
    found: Sequence[Series], first: np.datetime64[Any], last: np.datetime64[Any], heading: str, *,
    lang: str = "en", url: str | None = None,
) -> Spec:  # fmt: skip
    """Series of different places, summed over months ``first`` to ``last``, each as a circle at its place.

    All series have one unit. Places that this map has no room for are named in the foot, with their figures.
    """
    if len({one.unit for one in found}) != 1:
        raise ValueError("One map shows one unit. Name series of one flow.")
    rows = value_rows(found, first, last, lang)
    drawn = [row for row in rows if row["symbol_longitude"] is not None and row["high"] is not None]
    top = max((row["high"] for row in drawn), default=0) or 1
    main = base(BORDER, url)
    main["layer"] += [*([] if _of_provinces(rows) else area_names(lang, states=False)), *_circles(top)]
    for row in sorted(drawn, key=lambda row: str(row["place"])):
        main["layer"] += _words(row, top, lang)
    words = unit_word(found[0].unit, lang)
    under = [f"{words[:1].upper() + words[1:]}, {months(first, last, lang)}", _READ[lang]]
    return framed(
        main, heading=heading, under=under,
        foot=[*_elsewhere(rows, lang), *foot(found, lang, drawn=False), *map_credit(lang)],
        description=_described(rows, heading, first, last, lang), lang=lang,
        datasets={"values": rows, **datasets(url)},
    )  # fmt: skip


def value_rows(found: Iterable[Series], first: np.datetime64[Any], last: np.datetime64[Any], lang: str) -> Rows:
    """The totals as rows, a place each, with the point at which the symbol stands."""
    rows: Rows = []
    for one in found:
        sum_of, place = total(one, first, last), one.name.rsplit("/", 1)[-1]
        longitude, latitude, _ = PLACES.get(place, (None, None, ""))
        loose = sum_of.exact and sum_of.high - sum_of.low > LOOSE * sum_of.months
        rows.append({
            "series": one.name, "place": one.title.text(lang).rsplit(", ", 1)[-1], "period": f"{first}/{last}",
            "months": sum_of.months, "value": plain(sum_of.value), "low": plain(sum_of.low), "high": plain(sum_of.high),
            "status": "bounded" if loose else sum_of.status, "unit": one.unit, "symbol_longitude": longitude,
            "symbol_latitude": latitude, "source": "; ".join(one.sources), "vintage": one.vintage.isoformat(),
        })  # fmt: skip
    return rows


def _circles(top: float) -> list[Spec]:
    size = {"field": "high", "type": "quantitative", "legend": None,
            "scale": {"type": "linear", "domain": [0, top], "range": [0, math.pi * MOST**2]}}  # fmt: skip
    where = {
        "longitude": {"field": "symbol_longitude", "type": "quantitative"},
        "latitude": {"field": "symbol_latitude", "type": "quantitative"},
    }
    shape: Spec = {
        "type": "circle",
        "opacity": 1,
        "fillOpacity": 0.45,
        "fill": BLUE,
        "stroke": BLUE,
        "strokeWidth": 1.2,
    }
    known = "isValid(datum.symbol_longitude) && isValid(datum.high)"
    hollow = " || ".join(f"datum.status == '{status}'" for status in BOUNDS_ONLY)
    return [
        {"data": {"name": "values"}, "transform": [{"filter": f"{known} && {sign}({hollow})"}],
         "mark": shape | look, "encoding": where | {"size": size}}
        for sign, look in (("!", {}), ("", {"fillOpacity": 0.0}))
    ]  # fmt: skip


def _words(row: dict[str, Any], top: float, lang: str) -> list[Spec]:
    """Name and number of a place, on their side of the circle."""
    radius = MOST * math.sqrt(row["high"] / top)
    side = PLACES[row["series"].rsplit("/", 1)[-1]][2]
    down = radius + 12
    shift: Spec = {
        "below": {"dy": down, "align": "center"}, "corner": {"dx": 14, "dy": down + 12, "align": "right"},
        "above": {"dy": -down - 10, "align": "center"}, "left": {"dx": -radius - 6, "dy": -6, "align": "right"},
        "right": {"dx": radius + 6, "dy": -6, "align": "left"},
    }[side]  # fmt: skip
    data: Spec = {"values": [{"lon": row["symbol_longitude"], "lat": row["symbol_latitude"]}]}
    where = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    text: Spec = {"type": "text", "baseline": "middle", "color": INK}
    down = shift.pop("dy", 0)
    name = text | shift | {"text": row["place"], "fontSize": 11.5, "fontWeight": "bold", "dy": down}
    count = text | shift | {"text": _figure(row, lang), "fontSize": 11.5, "dy": down + 14}
    return [{"data": data, "encoding": where, "mark": mark} for mark in (name, count)]


def _figure(row: dict[str, Any], lang: str) -> str:
    if row["high"] is None:
        return "–"
    if row["status"] in BOUNDS_ONLY:
        return bounds(row["low"], row["high"], lang)
    return number(row["value"], lang)


def _of_provinces(rows: Rows) -> bool:
    return any(row["series"].endswith(("/Ontario", "/Quebec", "/Alberta")) for row in rows)


def _elsewhere(rows: Rows, lang: str) -> list[str]:
    colon = " : " if lang == "fr" else ": "
    away = [
        f"{row['place']} {_figure(row, lang)}"
        for row in rows
        if row["symbol_longitude"] is None and row["high"] is not None
    ]
    unknown = [row["place"] for row in rows if row["high"] is None]
    found = []
    if away:
        found.append({"en": "Beyond this map", "fr": "Hors de la carte"}[lang] + colon + "; ".join(away) + ".")
    if unknown:
        words = {"en": "Not published for the whole period, so not drawn",
                 "fr": "Non publié pour toute la période, donc non dessiné"}[lang]  # fmt: skip
        found.append(words + colon + "; ".join(unknown) + ".")
    return found


def _described(rows: Rows, heading: str, first: Any, last: Any, lang: str) -> str:
    listed = "; ".join(f"{row['place']} {_figure(row, lang)}" for row in rows)
    return f"{heading}, {months(first, last, lang)}. {listed}."
