"""Ports of entry and known crossing places as marks, and their names where a window has room for them.

A name is laid on the edge of the window and tied to its mark by a thin line, so that no two names touch. All marks of a
kind look the same: the map says where, never which is better.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from safethird.flows.chart_style import INK, Rows, Spec
from safethird.flows.map_geometry import Window

GOOD = ("bts_port_point", "published_point")
KINDS = {
    "port": ("Port of entry on land", "Point d’entrée terrestre"),
    "port_rough": ("the same, place known roughly", "de même, lieu connu approximativement"),
    "water": (
        "Harbour or ferry (the Agreement does not apply there)",
        "Port maritime ou traversier (l’Entente ne s’y applique pas)",
    ),
    "shut": ("Closed, or not known to be open", "Fermé, ou ouverture non confirmée"),
    "between": ("Known crossing place between ports", "Lieu de passage connu entre les points d’entrée"),
    "between_rough": ("the same, place known roughly", "de même, lieu connu approximativement"),
}
SHAPES = {"port": "circle", "port_rough": "circle", "water": "triangle-up", "shut": "cross", "between": "diamond",
          "between_rough": "diamond"}  # fmt: skip
PORT, BETWEEN = "#1f3b57", "#b34700"
FILLS = {"port": PORT, "port_rough": "white", "water": "#56B4E9", "shut": "white", "between": BETWEEN,
         "between_rough": "white"}  # fmt: skip
STROKES = {"port": "white", "port_rough": PORT, "water": INK, "shut": INK, "between": BETWEEN, "between_rough": BETWEEN}
PRECISION = {
    "good": ("about 100 m to 2 km", "environ 100 m à 2 km"),
    "rough": ("rough: several kilometres", "approximative : plusieurs kilomètres"),
    "none": ("no coordinate is carried", "aucune coordonnée reprise"),
}
STATUS = {
    "open": "ouvert", "open (seasonal)": "ouvert (saisonnier)", "closed": "fermé", "ferry": "traversier",
    "ferry (seasonal)": "traversier (saisonnier)", "limited hours": "heures limitées",
    "limited hours; not verified": "heures limitées; non vérifié",
    "closed on the Canadian side since 2011-04-01": "fermé du côté canadien depuis le 2011-04-01",
    "ferry; current service not verified": "traversier; service actuel non vérifié",
    "ferry; BTS series ends 2019-12": "traversier; la série du BTS finit en 2019-12",
    "under construction; not verified": "en construction; non vérifié",
}  # fmt: skip
"""The states of ports, as stored, in French."""
_UNSURE = ("closed", "under construction", "not verified")


def place_rows(ports: Iterable[dict[str, Any]], crossings: Iterable[dict[str, Any]], lang: str) -> Rows:
    """Every port and known crossing place as a row: name, kind, coordinates with their precision, status, source.

    Places without a coordinate are rows too; they are on no map, and the foot names them.
    """
    index = lang == "fr"
    rows: Rows = []
    for port in ports:
        known = port["latitude"] is not None
        rough = port["coord_method"] not in GOOD
        shut = any(word in (port["status"] or "") for word in _UNSURE)
        kind = "water" if _true(port["is_harbour_or_ferry"]) else "shut" if shut else "port_rough" if rough else "port"
        rows.append({
            "name": port["canadian_name"], "other_name": port["us_name"], "kind": kind,
            "what": KINDS[kind.removesuffix("_rough")][index],
            "province": port["province"], "state": port["state"], "longitude": port["longitude"],
            "latitude": port["latitude"],
            "precision": PRECISION["none" if not known else "rough" if rough else "good"][index],
            "status": STATUS.get(port["status"], port["status"]) if index else port["status"],
            "source": port["coord_source_id"] or port["source_id"],
        })  # fmt: skip
    for place in crossings:
        rough = "coordinate" in (place["note"] or "")
        kind = "between_rough" if rough else "between"
        rows.append({
            "name": place["place"], "other_name": None, "kind": kind, "what": KINDS[kind.removesuffix("_rough")][index],
            "province": place["province"], "state": place["state"], "longitude": place["longitude"],
            "latitude": place["latitude"], "precision": PRECISION["rough" if rough else "good"][index],
            "status": _seen(place, lang), "source": place["coord_source_id"], "source_note": place["note"],
        })  # fmt: skip
    return rows


def _seen(place: dict[str, Any], lang: str) -> str:
    """Since when a crossing place is known, and when it was closed or changed."""
    told = [f"{'connu depuis' if lang == 'fr' else 'known since'} {place['first_year_seen']}"]
    if place["closed_or_changed"]:
        told.append(f"{'fermé ou modifié le' if lang == 'fr' else 'closed or changed'} {place['closed_or_changed']}")
    return "; ".join(told)


def symbols(lang: str, *, size: int = 42, legend: bool = False) -> Spec:
    """The marks of all places of a window, from the dataset ``values``."""
    kinds = list(KINDS)
    words = ", ".join(f"'{kind}': '{KINDS[kind][lang == 'fr'].replace(chr(39), chr(8217))}'" for kind in kinds)
    told: Spec | None = (
        {"title": None, "orient": "bottom", "columns": 2, "labelExpr": f"{{{words}}}[datum.value]", "symbolSize": 70,
         "labelLimit": 420, "columnPadding": 24, "symbolStrokeWidth": 1.3}
        if legend else None
    )  # fmt: skip

    def by_kind(listed: dict[str, str]) -> Spec:
        return {"field": "kind", "type": "nominal", "legend": told,
                "scale": {"domain": kinds, "range": [listed[kind] for kind in kinds]}}  # fmt: skip

    return {
        "data": {"name": "values"},
        "transform": [{"filter": "isValid(datum.latitude)"}],
        "mark": {"type": "point", "size": size, "strokeWidth": 1.3, "opacity": 1},
        "encoding": {
            "longitude": {"field": "longitude", "type": "quantitative"},
            "latitude": {"field": "latitude", "type": "quantitative"},
            "shape": by_kind(SHAPES), "fill": by_kind(FILLS), "stroke": by_kind(STROKES),
        },
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """Where the names of some marks stand: in a row at ``at`` pixels from the upper left of the window, or beside each.

    ``edge`` is "top" or "bottom" (turned names, a row across), "right" (level names, one under another), "beside"
    or "beside_left".
    """

    edge: str
    at: float = 0.0
    first: float = 0.0
    last: float = 0.0
    step: float = 14.0


def labels(found: Sequence[tuple[str, float, float, str]], side: Side) -> list[Spec]:
    """Names with lines to their marks: ``found`` holds name, x and y in pixels, and colour."""
    if side.edge.startswith("beside"):
        return [_beside(one, found, right=side.edge == "beside") for one in found]
    across = side.edge in ("top", "bottom")
    listed = sorted(found, key=lambda one: one[1] if across else one[2])
    places = spread([one[1] if across else one[2] for one in listed], side.first, side.last, side.step)
    layers: list[Spec] = []
    for (name, x, y, colour), place in zip(listed, places, strict=True):
        up = side.edge == "top"
        layers.append(_tie(x, y, place, side.at) if across else _tie(x, y, side.at, place))
        turned = {"x": place, "y": side.at + (-3 if up else 3), "angle": -50 if up else 50}
        layers.append(_name(name, colour, turned if across else {"x": side.at + 3, "y": place}))
    return layers


def _beside(
    one: tuple[str, float, float, str], others: Sequence[tuple[str, float, float, str]], *, right: bool
) -> Spec:
    """A name right of its mark, or left of it where another mark stands close on the right or close to the edge."""
    name, x, y, colour = one
    close = any(0 < x2 - x < 60 and abs(y2 - y) < 16 for _, x2, y2, _ in others)
    end = x > 140 and name == max(others, key=lambda other: other[1])[0]
    right = right and not close and not (end and len(others) > 3)
    return _name(name, colour, {"x": x + (8 if right else -8), "y": y, "align": "left" if right else "right"})


def _name(name: str, colour: str, place: Spec) -> Spec:
    text: Spec = {
        "type": "text",
        "text": name,
        "fontSize": 10.5,
        "color": colour,
        "baseline": "middle",
        "align": "left",
    }
    return {"data": {"values": [{}]}, "mark": text | place, "encoding": {}}


def short(names: Sequence[str]) -> list[str]:
    """Names as a mark has room for: the bridge or tunnel alone, no brackets and no second name unless needed.

    >>> short(["Windsor (Ambassador Bridge)", "Noyan", "Lacolle (Route 221)", "Lacolle (Route 223)"])
    ['Ambassador Bridge', 'Noyan', 'Lacolle (Route 221)', 'Lacolle (Route 223)']
    """
    bare = [name.partition(" (")[0].partition(" / ")[0].partition(", ")[0] for name in names]
    built = [name.partition(" (")[2].rstrip(")") for name in names]
    return [
        inner if inner.endswith(("Bridge", "Tunnel")) else cut if bare.count(cut) == 1 else name
        for name, cut, inner in zip(names, bare, built, strict=True)
    ]


def spread(wanted: Sequence[float], first: float, last: float, step: float) -> list[float]:
    """Places in order, each near to where it is wanted, at least ``step`` apart, between ``first`` and ``last``.

    >>> spread([10, 11, 50], 0, 60, 10)
    [5.5, 15.5, 50.0]
    """
    groups: list[tuple[float, int]] = []  # the first place of a run of touching names, and how many they are
    for want in wanted:
        start, count = float(want), 1
        while groups and groups[-1][0] + step * groups[-1][1] > start:
            before, many = groups.pop()
            start = (before * many + (start - step * many) * count) / (many + count)
            count += many
        groups.append((min(max(start, first), max(first, last - step * (count - 1))), count))
    return [start + step * i for start, count in groups for i in range(count)]


def _tie(x: float, y: float, to_x: float, to_y: float) -> Spec:
    ends = {"x": {"value": x}, "y": {"value": y}, "x2": {"value": to_x}, "y2": {"value": to_y}}
    mark: Spec = {"type": "rule", "color": "#8c8c8c", "strokeWidth": 0.7, "aria": False}
    return {"data": {"values": [{}]}, "mark": mark, "encoding": ends}


def in_window(rows: Rows, window: Window) -> list[tuple[dict[str, Any], float, float]]:
    """The rows whose marks lie in a Mercator window, with their pixels."""
    return [
        (row, *window.place(row["longitude"], row["latitude"]))
        for row in rows
        if row["latitude"] is not None and window.holds(row["longitude"], row["latitude"])
    ]


def _true(value: Any) -> bool:
    return value is True or str(value).lower() == "true"
