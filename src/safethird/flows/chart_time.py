"""The axes of a monthly picture, and the marks that stand at a day: policy events, breaks, the end of observations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np

from safethird.flows.chart_style import INK, PALE, SOFT, Rows, Spec
from safethird.flows.months import Month, between

_SPACE = 15  # pixels that the number of a mark takes


@dataclass(frozen=True, slots=True)
class Mark:
    """A day in the life of a series: what stands at it (``key``, a number or a letter) and what the foot says."""

    day: date
    key: str
    text: str
    kind: str  # "event" | "break"


@dataclass(frozen=True, slots=True)
class Span:
    """The months of a picture and its size in pixels."""

    first: Month
    last: Month
    width: int
    height: int

    @property
    def months(self) -> int:
        """How many months it shows."""
        return len(between(self.first, self.last))

    def place(self, day: date) -> float:
        """How many pixels from the left a day stands."""
        start, end = _moment(self.first), _moment(self.last)
        return self.width * (_moment(day) - start) / max(1, end - start)

    def x(self, lang: str, *, labels: bool = True) -> Spec:
        """The axis of months, with a label for each year, or more where there is room."""
        room = self.width / max(1, self.months)
        every = next((n for n in (1, 2, 3, 6) if room * n >= 78), 0)
        every = every or next((n for n in (12, 24, 60) if room * n >= 34), 120)
        ticks = [_moment(m) for m in between(self.first, self.last) if int(m.astype(int)) % every == 0]
        return {
            "field": "month", "type": "temporal", "title": None,
            "scale": {"type": "utc", "domain": [_moment(self.first), _moment(self.last)]},
            "axis": {"values": ticks, "format": "%Y" if every >= 12 else "%b %Y", "labels": labels, "grid": False,
                     "labelOverlap": False, "labelFlush": False},
        }  # fmt: skip


def y(field: str, top: float, title: str, *, small: bool = False) -> Spec:
    """An axis of counts: it starts at zero."""
    return {
        "field": field, "type": "quantitative", "scale": {"domain": [0, top], "nice": False},
        "axis": {"title": title or None, "format": ",d", "tickCount": 4 if small else 6, "tickMinStep": 1,
                 "titleAnchor": "end", "titleAngle": 0, "titleAlign": "left", "titleX": 0, "titleY": -10,
                 "domain": False, "ticks": False, "labelPadding": 6},
    }  # fmt: skip


def marks(events: Iterable[Any], breaks: Iterable[Any], span: Span, lang: str) -> list[Mark]:
    """What stands in a picture: events numbered, breaks lettered, each with the line for the foot."""
    colon = "\u00a0: " if lang == "fr" else ": "
    inside = [e for e in events if _within(e.day, span)]
    found = [
        Mark(e.day, str(n), f"[{n}] {said(e.day, e.precision, lang)}{colon}{e.title.text(lang)}", "event")
        for n, e in enumerate(sorted(inside, key=lambda e: e.day), 1)
    ]
    distinct = {(b.day, b.text.text(lang)): b for b in breaks if _within(b.day, span)}
    name = "rupture de la série" if lang == "fr" else "break in the series"
    for letter, (_, one) in zip("ABCDEFGH", sorted(distinct.items()), strict=False):
        text = f"[{letter}] {said(one.day, 'day', lang)}, {name}{colon}{one.text.text(lang)}"
        found.append(Mark(one.day, letter, text, "break"))
    return found


def own(listed: Iterable[Mark], breaks: Iterable[Any], lang: str) -> list[Mark]:
    """The events, and of the breaks those given: what belongs in the panel of one series."""
    mine = {(b.day, b.text.text(lang)) for b in breaks}
    return [m for m in listed if m.kind == "event" or any(m.day == day and m.text.endswith(text) for day, text in mine)]


def said(day: date, precision: str, lang: str) -> str:
    """A day as exactly as it is known.

    >>> said(date(2018, 4, 1), "month (approximate)", "en"), said(date(2023, 3, 25), "day", "fr")
    ('about April 2018', '25 mars 2023')
    """
    from safethird.flows.numerals import month
    from safethird.readings.words import day as in_words

    if precision.startswith("year"):
        return str(day.year)
    if not precision.startswith("month"):
        return in_words(day, lang)
    about = ("vers " if lang == "fr" else "about ") if "approx" in precision else ""
    return about + month(day, lang)


def mark_rows(found: Sequence[Mark], span: Span) -> Rows:
    """The marks as rows, each on a level where its number does not run into another."""
    ends: list[float] = []
    rows: Rows = []
    for mark in sorted(found, key=lambda m: m.day):
        place = span.place(mark.day)
        level = next((i for i, end in enumerate(ends) if place - end >= _SPACE), len(ends))
        ends[level : level + 1] = [place]
        rows.append({"month": mark.day.isoformat(), "key": mark.key, "kind": mark.kind, "level": level})
    return rows


def mark_layers(rows: Rows, span: Span, lang: str) -> list[Spec]:
    """Thin lines at the days of the marks, with their numbers above the panel."""
    x = span.x(lang)
    data: Spec = {"values": rows}
    layers: list[Spec] = [
        {
            "data": data, "transform": [{"filter": f"datum.kind == '{kind}'"}],
            "mark": {"type": "rule", "color": colour, "strokeWidth": 1, "strokeDash": dash, "aria": False},
            "encoding": {"x": x},
        }
        for kind, colour, dash in (("event", PALE, [1, 0]), ("break", SOFT, [5, 3]))
        if any(row["kind"] == kind for row in rows)
    ]  # fmt: skip
    layers += [
        {
            "data": data, "transform": [{"filter": f"datum.level == {level}"}],
            "mark": {"type": "text", "y": -8 - 13 * level, "fontSize": 11, "fontWeight": "bold", "color": INK},
            "encoding": {"x": x, "text": {"field": "key", "type": "nominal"}},
        }
        for level in sorted({row["level"] for row in rows})
    ]  # fmt: skip
    return layers


def end_layers(last: Month, span: Span, lang: str, keys: Sequence[dict[str, Any]] = ()) -> list[Spec]:
    """The line at which observations end, and above it, over the numbers of other marks, the label that says so."""
    from safethird.flows.numerals import month

    words = f"{'Fin des observations' if lang == 'fr' else 'Observations end'}, {month(last, lang, short=True)}"
    up = -8 - 13 * (1 + max((int(row["level"]) for row in keys), default=-1))
    x = span.x(lang) | {"datum": _moment(last)}
    del x["field"]
    data: Spec = {"values": [{}]}
    rule: Spec = {"type": "rule", "color": INK, "strokeWidth": 1.3, "aria": False}
    text: Spec = {"type": "text", "text": words, "align": "right", "dx": 3, "y": up, "fontSize": 11, "color": INK}
    return [
        {"data": data, "mark": rule, "encoding": {"x": x, "y": {"value": up + 7}, "y2": {"value": span.height}}},
        {"data": data, "mark": text, "encoding": {"x": x}},
    ]


def _within(day: date, span: Span) -> bool:
    return _moment(span.first) <= _moment(day) <= _moment(span.last) + 31 * 86_400_000


def _moment(when: Month | date) -> int:
    day = date.fromisoformat(str(np.datetime64(str(when)[:10], "D")))
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp() * 1000)
