"""Maps asked for on the command line, and their tables."""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from safethird.apps.flows_series import parse_period
from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook
from safethird.flows.catalogue import catalogue
from safethird.flows.chart_style import shared
from safethird.flows.map_values import values_map
from safethird.flows.mapping import places_map
from safethird.flows.names import fold
from safethird.flows.page import HEADINGS, cells, is_number
from safethird.flows.places import crossing_places, ports
from safethird.flows.render import plotted
from safethird.flows.series import series
from safethird.flows.store import releases

SHORT = {"claims": "channel/all", "interceptions": "interceptions/between_ports",
         "encounters": "encounters/between_ports", "regular_land": "regular_land/at_ports"}  # fmt: skip
WHOLE = ("Canada", "All")
_PLACES = ("ports_of_entry", "irregular_crossing_places")


def place_map(period: str | None, as_known_on: str | None, lang: str) -> dict[str, Any]:
    """The map of ports and crossing places, with its sources."""
    if period is not None:
        raise BadFile([Fault("--period", "goes with counts.", "Name a flow, such as claims/border, or leave it out.")])
    if as_known_on is not None:
        raise BadFile([Fault("--as-known-on", "goes with counts.", "Name a flow, or leave it out.")])
    listed, crossings = ports(), crossing_places()
    columns = ((listed, "coord_source_id"), (listed, "source_id"), (crossings, "coord_source_id"))
    used = sorted({str(name) for frame, column in columns for name in frame[column].drop_nulls().to_list()})
    return places_map(listed.to_dicts(), crossings.to_dicts(), _places_from(used, lang), lang=lang)


def _places_from(used: list[str], lang: str) -> list[str]:
    """Whence ports and coordinates come, in one line, and how to cite the map."""
    known = [codebook.sources()[name] for name in used if name in codebook.sources()]
    terms = {one.licence: codebook.licences()[one.licence].name.text(lang) for one in known}
    told = "; ".join(f"{one.publisher}, {one.title} ({terms[one.licence]})" for one in known)
    newest = max((r.vintage for name in _PLACES for r in releases(name) if r.vintage), default=None)
    lead = {"en": "Places: ", "fr": "Lieux\u00a0: "}[lang]
    each = {
        "en": "Source and status of each place: in the table.",
        "fr": "Source et état de chaque lieu\u00a0: au tableau.",
    }
    ready = {
        "en": "Cite as: safethird {v}, map of ports and crossing places{day}, from {names}.",
        "fr": "Pour citer\u00a0: safethird {v}, carte des points d’entrée et lieux de passage{day}, d’après {names}.",
    }
    day = f", {newest.isoformat()}" if newest else ""
    names = ", ".join(dict.fromkeys(one.publisher for one in known))
    return [f"{lead}{told}. {each[lang]}", ready[lang].format(v=version("safethird"), day=day, names=names)]


def value_map(what: str, period: str | None, as_known_on: str | None, lang: str) -> dict[str, Any]:
    """The map of a flow and channel over a period: every place of it that has a series."""
    prefix = SHORT.get(fold(what).replace(" ", "_"), what.strip("/"))
    entries = [e for e in catalogue() if fold(e.name.rsplit("/", 1)[0]) == fold(prefix) and e.place not in WHOLE]
    if len(entries) < 2 or entries[0].flow in ("visas", "claims_by_origin"):
        flows = sorted({e.name.rsplit("/", 1)[0] for e in catalogue() if e.flow not in ("visas", "claims_by_origin")})
        near = codebook.near(what, tuple(flows))
        do = f"{near} On the map: {', '.join(flows)}.".strip()
        raise BadFile([Fault(what, "is no flow and channel with places.", do)])
    if period is None:
        last = max(e.last for e in entries)
        do = f"For example --period {last.year - 1} or --period {last:%Y-%m}."
        raise BadFile([Fault("--period", "is needed: a map shows one period.", do)])
    try:
        day = date.fromisoformat(as_known_on) if as_known_on else None
    except ValueError:
        raise BadFile([Fault("--as-known-on", f"{as_known_on!r} is no day.", "Write YYYY-MM-DD.")]) from None
    first, last = parse_period(period)
    found = [series(e.name, day) for e in entries]
    if all(one.months[0] > last or one.months[-1] < first for one in found):
        span = f"{min(one.months[0] for one in found)} to {max(one.months[-1] for one in found)}"
        raise BadFile([Fault("--period", f"{period} lies outside the figures.", f"They run from {span}.")])
    heading, _ = shared([one.title.text(lang) for one in found])
    return values_map(found, first, last, heading or prefix, lang=lang)


def show_rows(console: Console, spec: dict[str, Any], lang: str) -> None:
    """Print what a map draws as a table, then its notes."""
    meta, rows = spec["usermeta"], plotted(spec)
    names, body = cells(rows, lang)
    console.print(f"[bold]{escape(meta['heading'])}[/]")
    for text in meta["under"]:
        console.print(escape(text))
    table = Table()
    for name in names:
        words = HEADINGS[name]
        table.add_column(words.fr if lang == "fr" else words.en, justify="right" if is_number(name) else "left",
                         overflow="fold")  # fmt: skip
    for line in body:
        table.add_row(*map(escape, line))
    console.print(table)
    for text in meta["foot"]:
        console.print(f"[dim]{escape(text)}[/]")
