"""A picture as a page of its own: the picture, the table of what it draws, source and citation. It fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from typing import Any, NamedTuple

from safethird.flows.chart_style import Rows, Spec
from safethird.flows.citing import LOOSE
from safethird.flows.numerals import between, bounds, month, number


class Heading(NamedTuple):
    """What a column is called in a table for people."""

    en: str
    fr: str


HEADINGS = {
    "title": Heading("Series", "Série"), "month": Heading("Month", "Mois"), "value": Heading("Value", "Valeur"),
    "status": Heading("As published", "Telle que publiée"), "kind": Heading("Kind", "Nature"),
    "what": Heading("Kind", "Nature"),
    "unit": Heading("Unit", "Unité"), "place": Heading("Place", "Lieu"), "model": Heading("Model", "Modèle"),
    "median": Heading("Median", "Médiane"), "range50": Heading("50% interval", "Intervalle à 50 %"),
    "range80": Heading("80% interval", "Intervalle à 80 %"), "range95": Heading("95% interval", "Intervalle à 95 %"),
    "range": Heading("Between", "Entre"), "period": Heading("Period", "Période"), "name": Heading("Name", "Nom"),
    "precision": Heading("Precision of the place", "Précision du lieu"), "latitude": Heading("Latitude", "Latitude"),
    "longitude": Heading("Longitude", "Longitude"), "source": Heading("Source", "Source"),
    "vintage": Heading("Release", "Publication"), "day": Heading("Day", "Jour"),
    "note": Heading("Note", "Remarque"),
}  # fmt: skip
STATUS = {
    "exact": Heading("exact", "exacte"), "rounded": Heading("rounded", "arrondie"),
    "suppressed": Heading("hidden by the publisher", "masquée par la source"),
    "missing": Heading("not published", "non publiée"), "masked": Heading("not comparable", "non comparable"),
    "bounded": Heading("only bounds known", "bornes seules connues"),
    "unpublished": Heading("not published", "non publiée"),
    "observed": Heading("observed", "observé"), "forecast": Heading("forecast", "prévision"),
}  # fmt: skip
_TABLE = {"en": "The values in the picture", "fr": "Les valeurs de l’image"}
_ABOUT = {"en": "Source and citation", "fr": "Source et citation"}
_STYLE = """
body { font: 16px/1.5 "Liberation Sans", Arial, Helvetica, sans-serif; color: #222; background: #fff; margin: 1.5rem; }
main { display: grid; gap: 1.5rem; grid-template-columns: minmax(0, 1fr); max-width: 90rem; margin: auto; }
@media (min-width: 80rem) {
  main { grid-template-columns: minmax(0, 1fr) minmax(22rem, 32rem); align-items: start; }
  main > section:first-of-type { grid-column: 2; grid-row: 1 / span 2; }
}
h1 { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); margin: 0; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; } figure { margin: 0; }
svg { max-width: 100%; height: auto; } .values { max-height: 85vh; overflow: auto; border: 1px solid #ccc; }
table { border-collapse: collapse; font-size: .9rem; width: 100%; } caption { text-align: left; padding: .5rem; }
th, td { padding: .2rem .6rem; text-align: left; border-bottom: 1px solid #ddd; vertical-align: top; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
thead th { position: sticky; top: 0; background: #f3f3f3; } a { color: #0b4f8a; }
@media print { .values { max-height: none; overflow: visible; } }
""".strip()


def page(spec: Spec, rows: Rows, svg: str) -> str:
    """The page as text: its language set, readable without scripts, in any width, on paper."""
    meta = spec["usermeta"]
    lang = meta["lang"]
    about = "".join(f"<p>{_linked(text)}</p>" for text in meta["foot"])
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(meta['heading'])}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
        f"<div>\n<h1>{escape(meta['heading'])}</h1>\n<figure>{svg}</figure>\n</div>\n"
        f'<section aria-labelledby="table">\n<h2 id="table">{_TABLE[lang]}</h2>\n'
        f'<div class="values" role="region" aria-labelledby="table" tabindex="0">{_table(meta, rows, lang)}</div>\n'
        f"</section>\n<section>\n<h2>{_ABOUT[lang]}</h2>\n{about}\n</section>\n</main>\n</body>\n</html>\n"
    )


def cells(rows: Rows, lang: str, *, keep: Sequence[str] = ()) -> tuple[list[str], list[list[str]]]:
    """Rows for people: headings and cells. Bounds become ranges; what is the same in every row is left out.

    ``keep`` names columns that stay though they never change. A suppressed value is its range, a missing one a dash.
    """
    told = [_told(row, lang) for row in rows]
    names = list(dict.fromkeys(name for row in told for name in row if name in HEADINGS))
    always = {"month", "value", "median", "name", "place", *keep}
    names = [n for n in names if not (n == "kind" and "what" in names)]
    names = [n for n in names if n in always or len({row.get(n, "") for row in told}) > 1]
    return names, [[row.get(name, "") for name in names] for row in told]


def is_number(name: str) -> bool:
    """Whether a column holds numbers, which stand on the right."""
    return name in ("value", "median", "range", "latitude", "longitude") or name.startswith("range")


def _told(row: dict[str, Any], lang: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in row.items():
        if name in ("low", "high", "series") or re.fullmatch(r"(low|high)\d\d", name):
            if (level := name.removeprefix("low")) != name and level.isdigit() and value is not None:
                found[f"range{level}"] = between(value, row[f"high{level}"], lang)
        elif name == "month":
            found[name] = month(str(value), lang) if value else ""
        elif name == "value" and row.get("low") is not None and _loose(row):
            found[name] = bounds(row["low"], row["high"], lang)
        elif name in ("status", "kind"):
            found[name] = _word(STATUS.get(str(value)), str(value), lang)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            found[name] = number(value, lang, 3 if "tude" in name else 0 if float(value).is_integer() else 1)
        else:
            found[name] = "–" if value is None else str(value)
    return found


def _loose(row: dict[str, Any]) -> bool:
    """Whether only bounds are known of a value: it is hidden, or they are further apart than rounding puts them."""
    far: float = row["high"] - row["low"]
    return row["value"] is None or far > LOOSE * row.get("months", 1)


def _word(words: Heading | None, otherwise: str, lang: str) -> str:
    return otherwise if words is None else words.fr if lang == "fr" else words.en


def _table(meta: dict[str, Any], rows: Rows, lang: str) -> str:
    names, body = cells(rows, lang)
    head = "".join(f'<th scope="col"{_right(name)}>{escape(_word(HEADINGS[name], name, lang))}</th>' for name in names)
    lines = "".join(
        "<tr>"
        + "".join(
            f'<th scope="row"{_right(name)}>{escape(cell)}</th>' if place == 0
            else f"<td{_right(name)}>{escape(cell)}</td>"
            for place, (name, cell) in enumerate(zip(names, line, strict=True))
        )
        + "</tr>\n"
        for line in body
    )  # fmt: skip
    caption = escape(". ".join([meta["heading"], *meta["under"]]))
    return f"<table><caption>{caption}</caption><thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody></table>"


def _right(name: str) -> str:
    return ' class="n"' if is_number(name) else ""


def _linked(text: str) -> str:
    """A text whose addresses can be followed by whoever chooses to; the page itself asks for none."""
    return re.sub(r"(https?://[^\s<>]+[^\s<>.,;])", r'<a href="\1" rel="noreferrer">\1</a>', escape(text))
