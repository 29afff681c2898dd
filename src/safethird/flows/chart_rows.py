"""What a picture plots, as rows: the same rows are drawn, shown beside the picture, and written as CSV."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

from safethird.flows.chart_style import Rows

if TYPE_CHECKING:
    from safethird.flows.series import Series


def series_rows(found: Iterable[Series], lang: str) -> Rows:
    """Series as rows, a month each; where suppressed, missing or masked ``value`` is None; ``low``, ``high`` bound it.

    Every row carries unit, source and vintage, so that a row taken out of its table can still be traced.
    """
    return [
        {
            "series": one.name, "title": one.title.text(lang), "month": f"{month}-01", "value": plain(value),
            "low": plain(low), "high": plain(high), "status": str(status), "unit": one.unit,
            "source": "; ".join(one.sources), "vintage": one.vintage.isoformat(),
        }
        for one in found
        for month, value, low, high, status in zip(
            one.months, one.value, one.low, one.high, one.status, strict=True
        )
    ]  # fmt: skip


def plain(value: float) -> float | int | None:
    """A whole number without a point, nothing where there is none."""
    if math.isnan(value):
        return None
    return int(value) if float(value).is_integer() else float(value)
