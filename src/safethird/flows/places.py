"""Ports of entry, places where people crossed between them, and the boundary cut in cells."""

from __future__ import annotations

import polars as pl

from safethird.flows import store


def ports() -> pl.DataFrame:
    """Ports of entry, a row each: names on both sides, coordinates, kind, hours; ``moved_km`` tells a rough coordinate.

    Degrees, km. A crossing without a coordinate that may be cited has null. Source: column ``source_id``.

    >>> ports().height
    128
    """
    return store.table("ports_of_entry")


def crossing_places() -> pl.DataFrame:
    """Known places of crossing between ports, a row each; ``note`` says what the coordinate stands for.

    >>> crossing_places().filter(place="Roxham Road")["closed_or_changed"].item()
    '2023-03-25'
    """
    return store.table("irregular_crossing_places")


def border_cells() -> pl.DataFrame:
    """The boundary, a point every 10 km: nearest port and distance (km), people within 50 km, climate, water.

    Derived; populations overlap where a city's boroughs are listed beside it.

    >>> border_cells().height
    888
    """
    return store.table("border_cells")
