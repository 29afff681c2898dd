"""People and numbers: the published figures, what comes next, and what a policy did.

>>> from safethird import flows
>>> flows.arrivals(channel="border", place="Québec", since="2023-03", until="2023-04")["value"].to_list()
[4335.0, 610.0]
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safethird.flows.arrivals import arrivals
    from safethird.flows.catalogue import catalogue
    from safethird.flows.effect import effect
    from safethird.flows.events import events
    from safethird.flows.nowcasting import nowcast
    from safethird.flows.places import border_cells, crossing_places, ports
    from safethird.flows.revisions import revisions
    from safethird.flows.series import series
    from safethird.flows.southbound import encounters
    from safethird.flows.store import table
    from safethird.flows.upstream import visas

__all__ = [
    "arrivals", "border_cells", "catalogue", "crossing_places", "effect", "encounters", "events", "nowcast", "ports",
    "revisions", "series", "table", "visas",
]  # fmt: skip

_HOME = {
    "border_cells": "places", "crossing_places": "places", "encounters": "southbound", "nowcast": "nowcasting",
    "ports": "places", "table": "store", "visas": "upstream",
}  # fmt: skip


class _Package(ModuleType):
    """A package in which a public word is the function, also where a module has the same name."""

    def __setattr__(self, name: str, value: Any) -> None:
        # Importing a module sets it on its package: that would hide the function of the same name.
        if not (name in __all__ and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> Any:
    """Public words are loaded when first used."""
    if name in __all__:
        return getattr(import_module(f"{__name__}.{_HOME.get(name, name)}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}. It has: {', '.join(__all__)}.")
