"""The land under every map: provinces, states, lakes and the boundary, and the windows through which they are seen.

Geometry comes from `data/border_map.json` (derived by `scripts/derive_map.py`; source and licence stand in it). A page
may instead load it by its address: give ``url``, and the specification holds no coordinates.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from safethird.flows.chart_style import Rows, Spec

WATER, LAND, EDGE, LINE = "#dce8f0", "#f3f1ec", "#c4c0b6", "#4d4d4d"
LAYERS = ("areas", "inner", "lakes", "boundary")


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the map: its size in pixels, where it looks, and how it flattens the globe."""

    name: str
    width: int
    height: int
    longitude: float
    latitude: float
    degrees: float  # of longitude across, for a Mercator window; 0 for the conic one
    scale: float = 0.0

    @property
    def projection(self) -> Spec:
        """As Vega-Lite takes it."""
        middle = {"translate": [self.width / 2, self.height / 2], "clipExtent": [[0, 0], [self.width, self.height]]}
        if self.degrees:
            return {
                "type": "mercator",
                "center": [self.longitude, self.latitude],
                "scale": self.width / math.radians(self.degrees),
            } | middle
        return {
            "type": "conicEqualArea",
            "parallels": [43, 54],
            "rotate": [-self.longitude, 0],
            "center": [0, self.latitude],
            "scale": self.scale,
        } | middle

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point lies, in pixels from the upper left; for Mercator windows.

        >>> Window("x", 100, 100, -80.0, 45.0, 10.0).place(-80.0, 45.0)
        (50.0, 50.0)
        """
        scale = self.width / math.radians(self.degrees)
        return (
            self.width / 2 + scale * math.radians(longitude - self.longitude),
            self.height / 2 - scale * (_north(latitude) - _north(self.latitude)),
        )

    def holds(self, longitude: float, latitude: float) -> bool:
        """Whether a point is in the window; for Mercator windows."""
        x, y = self.place(longitude, latitude)
        return 0 <= x <= self.width and 0 <= y <= self.height


BORDER = Window("border", 820, 318, -93.7, 48.25, 0.0, 1085)
INSETS = (
    Window("quebec", 820, 272, -72.42, 45.13, 5.0),
    Window("lower_mainland", 215, 250, -122.66, 49.09, 2.05),
    Window("great_lakes", 400, 250, -79.6, 42.6, 7.6),
    Window("alaska", 157, 250, -136.5, 60.3, 14.4),
)


@cache
def topology() -> dict[str, Any]:
    """The stored map: TopoJSON with source and licence."""
    text = (files("safethird") / "data" / "border_map.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@cache
def features(name: str) -> Rows:
    """One layer ("areas", "inner", "lakes" or "boundary") as GeoJSON features, coordinates in degrees.

    >>> sorted({f["properties"]["country"] for f in features("areas")})
    ['CA', 'US']
    """
    stored = topology()
    scale = stored["transform"]["scale"][0]

    def points(index: int) -> list[list[float]]:
        x = y = 0
        found = []
        for dx, dy in stored["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            found.append([round(x * scale, 3), round(y * scale, 3)])
        return found if index >= 0 else found[::-1]

    def line(indices: list[int]) -> list[list[float]]:
        found: list[list[float]] = []
        for index in indices:
            found += points(index)[1 if found else 0 :]
        return found

    layer = stored["objects"][name]
    return [
        {
            "type": "Feature",
            "id": one.get("id", name),
            "properties": one.get("properties", {}),
            "geometry": {
                "type": one["type"],
                "coordinates": [[line(r) for r in part] for part in one["arcs"]]
                if one["type"] == "MultiPolygon"
                else [line(part) for part in one["arcs"]],
            },
        }
        for one in layer.get("geometries", [layer])
    ]


def names(lang: str) -> dict[str, str]:
    """Postal code to name, for every province and state on the map.

    >>> names("fr")["NB"]
    'Nouveau-Brunswick'
    """
    return {one["id"]: one["properties"][lang] for one in features("areas")}


def datasets(url: str | None) -> dict[str, Rows]:
    """The geometry as datasets of a specification; none where it is loaded by address."""
    return {} if url else {name: features(name) for name in LAYERS}


def base(window: Window, url: str | None) -> Spec:
    """A window with land, lakes and boundary; other marks are laid over it."""

    def data(name: str) -> Spec:
        return {"url": url, "format": {"type": "topojson", "feature": name}} if url else {"name": name}

    shape: Spec = {"type": "geoshape", "aria": False}
    return {
        "width": window.width,
        "height": window.height,
        "projection": window.projection,
        "view": {"fill": WATER, "stroke": EDGE},
        "layer": [
            {"data": data("areas"), "mark": shape | {"fill": LAND, "stroke": LAND, "strokeWidth": 0.6}},
            {"data": data("inner"), "mark": shape | {"filled": False, "stroke": EDGE, "strokeWidth": 0.7}},
            {"data": data("lakes"), "mark": shape | {"fill": WATER, "stroke": None}},
            {"data": data("boundary"), "mark": shape | {"filled": False, "stroke": LINE, "strokeWidth": 1.5}},
        ],
    }


def _north(latitude: float) -> float:
    return math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
