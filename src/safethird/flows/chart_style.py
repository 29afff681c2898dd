"""How every picture looks: colours, letters, the frame with heading and foot. Specifications are plain Vega-Lite dicts.

The foot of a picture carries what a reader needs to check it: the marks explained, source, vintage, and how to cite it.
Colours are Okabe and Ito's, told apart by people who do not see all colours; nothing is told by colour alone.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from safethird.flows.numerals import locale

SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#8A5A9E")
BLUE, ORANGE = COLOURS[:2]
INK, SOFT, PALE, GRID = "#222222", "#595959", "#8c8c8c", "#e4e4e4"
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
WIDTH = 820
OWN_SCALE = {
    "en": "Each panel has its own scale; all start at zero.",
    "fr": "Chaque graphique a sa propre échelle; toutes partent de zéro.",
}
_LETTER = 0.49  # of the size of a letter: its width, on the average

Spec = dict[str, Any]
Rows = list[dict[str, Any]]


def framed(
    body: Spec, *, heading: str, under: Sequence[str], foot: Sequence[str], description: str, lang: str,
    datasets: dict[str, Rows], width: int = WIDTH,
) -> Spec:  # fmt: skip
    """A picture with its heading above and its foot below; ``datasets["values"]`` are the plotted values."""
    head = {
        "text": wrapped(heading, width, 17, bold=True),
        "subtitle": [line for text in under for line in wrapped(text, width, 12.5)],
    }
    return {
        "$schema": SCHEMA,
        "description": description,
        "background": "white",
        "padding": {"left": 18, "right": 18, "top": 16, "bottom": 14},
        "datasets": datasets,
        "title": {
            "text": [line for text in foot for line in wrapped(text, width, 10.5)],
            "orient": "bottom", "anchor": "start", "frame": "bounds", "offset": 16,
            "fontSize": 10.5, "fontWeight": "normal", "color": SOFT, "lineHeight": 14,
        },
        "vconcat": [body | {"title": head | {"anchor": "start", "frame": "bounds", "offset": 14}}],
        "config": config(lang),
        "usermeta": {"lang": lang, "heading": heading, "under": list(under), "foot": list(foot)},
    }  # fmt: skip


def panel_title(text: str, width: float) -> Spec:
    """The title of one of several panels, above it and no wider."""
    lines = wrapped(text, width, 12.5, bold=True)
    return {"text": lines, "anchor": "start", "frame": "group", "fontSize": 12.5, "lineHeight": 15, "offset": 7}


def wrapped(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """A text in lines that fit a width in pixels at a size of letters."""
    letters = int(width / (size * _LETTER * (1.08 if bold else 1)))
    return textwrap.wrap(text, letters, break_long_words=True, break_on_hyphens=False) or [""]


def long(text: str, size: float) -> float:
    """About how many pixels a text takes.

    >>> round(long("Quebec", 12))
    35
    """
    return len(text) * size * _LETTER


def config(lang: str) -> Spec:
    """Letters, lines and the numbers of a language."""
    return {
        "font": FONT,
        "locale": locale(lang),
        "view": {"stroke": None},
        "title": {"fontSize": 17, "color": INK, "subtitleFontSize": 12.5, "subtitleColor": SOFT,
                  "subtitlePadding": 6, "lineHeight": 21, "subtitleLineHeight": 17},
        "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": INK, "titleColor": INK,
                 "titleFontWeight": "normal", "gridColor": GRID, "domainColor": PALE, "tickColor": PALE},
        "text": {"fontSize": 12, "color": INK},
        "legend": {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelColor": INK},
        "concat": {"spacing": 22},
    }  # fmt: skip


def nice(most: float) -> float:
    """The top of an axis that starts at zero: the first round number that holds ``most``.

    >>> nice(4994), nice(0), nice(13)
    (5000.0, 5.0, 15.0)
    """
    if most <= 5:
        return 5.0
    power: float = 10.0 ** (len(str(int(most))) - 1)
    return next(step * power for step in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * power >= most)


def shared(titles: Sequence[str]) -> tuple[str, list[str]]:
    """What titles share, and what tells each apart.

    >>> shared(["Asylum claims, land border, Quebec", "Asylum claims, airports, Quebec"])
    ('Asylum claims, Quebec', ['land border', 'airports'])
    """
    parts = [title.split(", ") for title in titles]
    same = [part for part in parts[0] if all(part in other for other in parts)]
    if len(titles) == 1 or not same:
        return titles[0] if len(titles) == 1 else "", list(titles)
    return ", ".join(same), [", ".join(p for p in own if p not in same) or title
                               for own, title in zip(parts, titles, strict=True)]  # fmt: skip
