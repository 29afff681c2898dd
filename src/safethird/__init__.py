"""safethird runs a border pact: the Canada–United States Safe Third Country Agreement, as executable law.

>>> import safethird
>>> from datetime import date
>>> law = safethird.CANADA.on(date(2024, 5, 1))
>>> case = safethird.read_case({"facts": {"claim_date": "2024-05-01", "came_from": "USA", "mode": "ferry"}})
>>> safethird.explain(law, case).stca
'undetermined'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safethird.cases.build import read_case
    from safethird.law.canada import CANADA
    from safethird.readings.ask import ask
    from safethird.readings.check import check
    from safethird.readings.decide import decide
    from safethird.readings.explain import explain
    from safethird.readings.reading import law_for

__version__ = "0.1.0"
__all__ = ["CANADA", "__version__", "ask", "check", "decide", "explain", "law_for", "read_case"]

_HOME = {
    "CANADA": "law.canada",
    "ask": "readings.ask",
    "check": "readings.check",
    "decide": "readings.decide",
    "explain": "readings.explain",
    "law_for": "readings.reading",
    "read_case": "cases.build",
}


def __getattr__(name: str) -> Any:
    """Public words are loaded when first used, so that importing the package costs next to nothing."""
    if name in _HOME:
        return getattr(import_module(f"safethird.{_HOME[name]}"), name)
    raise AttributeError(f"module 'safethird' has no attribute {name!r}. It has: {', '.join(__all__)}.")
