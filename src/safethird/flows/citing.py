"""Where figures come from, as a picture or a table must say it: unit, source, release, licence, and how to cite it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

from safethird.flows.codebook import Source, licences, units
from safethird.flows.numerals import bounds, month, months, number
from safethird.flows.store import sources
from safethird.readings.words import day as day_in_words

if TYPE_CHECKING:
    from safethird.flows.forecast import Forecast
    from safethird.flows.series import Series

LOOSE = 10.0  # bounds further apart than rounding puts them
_COLON = {"en": ": ", "fr": "\u00a0: "}
_NOTES = {
    "suppressed": (
        "Hollow bar: a month whose figure the publisher hides; it is within the bar.",
        "Barre vide : mois dont le chiffre est masqué par l’éditeur; il se trouve dans la barre.",
    ),
    "rounded": ("Figures are rounded by the publisher.", "Chiffres arrondis par l’éditeur."),
    "bounded": (
        "Pale bar: only bounds are known; the figure is within the bar.",
        "Barre pâle : seules des bornes sont connues; le chiffre se trouve dans la barre.",
    ),
    "missing": ("Gaps: not published.", "Interruptions : non publié."),
    "masked": ("Gaps: not comparable by definition.", "Interruptions : définitions non comparables."),
}


_MODEL = {
    "en": "Forecast: model “{model}”, {draws} paths, seed {seed}, figures to {last}. Its record: "
    "safethird flows backtest.",
    "fr": "Prévision : modèle « {model} », {draws} trajectoires, germe {seed}, chiffres jusqu’à {last}. Son bilan : "
    "safethird flows backtest.",
}


def unit_word(unit: str, lang: str) -> str:
    """What is counted, in words.

    >>> unit_word("persons", "fr")
    'personnes'
    """
    return units()[unit].text(lang) if unit in units() else unit


def per_month(unit: str, lang: str, *, capital: bool = False) -> str:
    """What is counted in a month, in words.

    >>> per_month("encounters", "en", capital=True)
    'Encounters per month (events, not persons)'
    """
    words, _, rest = unit_word(unit, lang).partition(" (")
    text = f"{words} {'par mois' if lang == 'fr' else 'per month'}{' (' + rest if rest else ''}"
    return text[0].upper() + text[1:] if capital else text


def foot(found: Sequence[Series], lang: str, *, drawn: bool = True) -> list[str]:
    """What stands below a picture of series: how to read it, the sources with release and licence, how to cite it.

    ``drawn`` is whether months are drawn one by one, so that hidden and missing ones need a word.
    """
    states = {str(s) for one in found for s in one.status}
    if any(np.any((one.high - one.low > LOOSE) & (one.status != "suppressed")) for one in found):
        states.add("bounded")
    return [
        *reading(states if drawn else states & {"rounded"}, lang),
        *source_lines(releases_of(found), lang),
        cite(releases_of(found), (one.name for one in found), lang),
    ]


def releases_of(found: Iterable[Series]) -> list[tuple[str, date]]:
    """The sources of series, each with the release used; of a series with several sources, the day each came out."""
    known = sources()
    return [
        (name, (known[name].released if len(one.sources) > 1 and name in known else None) or one.vintage)
        for one in found
        for name in one.sources
    ]


def foot_of_forecast(made: Forecast, lang: str) -> list[str]:
    """What stands below a forecast: the model, how it was drawn, the sources, how to cite it."""
    used = [(source, made.vintage) for source in made.sources]
    words = _MODEL[lang]
    told = words.format(model=made.model, draws=number(len(made.paths), lang), seed=made.seed,
                        last=month(made.last, lang))  # fmt: skip
    return [told, *source_lines(used, lang), cite(used, made.names, lang, more=f", {made.model}")]


def reading(states: Iterable[str], lang: str) -> list[str]:
    """How suppressed, rounded, missing and masked months are drawn: one line, if there are any."""
    words = [
        _NOTES[s][lang == "fr"] for s in ("rounded", "suppressed", "bounded", "missing", "masked") if s in set(states)
    ]
    return [" ".join(words)] if words else []


def source_lines(used: Iterable[tuple[str, date]], lang: str) -> list[str]:
    """A line for each source: publisher, title, release, licence."""
    return [
        f"Source{_COLON[lang]}{_publisher(one)}, {one.title}. {_released(one, vintage, lang)} {_licence(one, lang)}"
        for one, vintage in _distinct(used)
    ]


def cite(used: Iterable[tuple[str, date]], names: Iterable[str], lang: str, *, more: str = "") -> str:
    """A citation ready to be copied: publisher, year, title, address, and the series as safethird names them."""
    parts = [
        f"{_publisher(one)} ({(one.released or vintage).year}). {one.title}. {one.url}".rstrip(". ")
        for one, vintage in _distinct(used)
    ]
    listed = list(dict.fromkeys(names))
    shown = ", ".join(listed[:4]) + (f" (+{len(listed) - 4})" if len(listed) > 4 else "")
    lead = {"en": "Cite as", "fr": "Pour citer"}[lang]
    return (
        f"{lead}{_COLON[lang]}{'; '.join(parts)}. safethird {version('safethird')}{', ' if shown else ''}{shown}{more}."
    )


def in_words(one: Series, lang: str) -> str:
    """A series in a sentence: from when to when, the last figure, the highest."""
    known = np.flatnonzero(~np.isnan(one.high))
    name = one.title.text(lang)
    if not len(known):
        return f"{name}{_COLON[lang]}{'aucun chiffre' if lang == 'fr' else 'no figure'}."
    last, top = known[-1], int(np.nanargmax(one.midpoint()))
    words = {
        "en": "{name}: {span}; last {last} ({when}); highest {top} ({peak}).",
        "fr": "{name} : {span}; dernier chiffre {last} ({when}); maximum {top} ({peak}).",
    }[lang]
    return words.format(
        name=name, span=months(one.months[known[0]], one.months[last], lang), last=figure(one, int(last), lang),
        when=month(one.months[last], lang), top=figure(one, top, lang), peak=month(one.months[top], lang),
    )  # fmt: skip


def figure(one: Series, place: int, lang: str) -> str:
    """A figure as printed; where it is hidden or only bounds are known, the range that is proven."""
    if np.isnan(one.low[place]):
        return "–"
    if np.isnan(one.value[place]) or one.high[place] - one.low[place] > LOOSE:
        return bounds(float(one.low[place]), float(one.high[place]), lang)
    return number(float(one.value[place]), lang)


def _distinct(used: Iterable[tuple[str, date]]) -> list[tuple[Source, date]]:
    known = sources()
    blank: dict[str, Any] = {"published": "", "released": None, "precision": "", "url": "", "licence": "user"}
    newest: dict[str, date] = {}
    for name, vintage in used:
        newest[name] = max(vintage, newest.get(name, vintage))
    return [
        (known.get(name) or Source(id=name, title=name, publisher="", **blank), vintage)
        for name, vintage in newest.items()
    ]


def _publisher(one: Source) -> str:
    return one.publisher or "–"


def _released(one: Source, vintage: date, lang: str) -> str:
    """The release used; a release whose day is not known says its month or year."""
    if one.released is not None and one.released == vintage and one.precision in ("month", "year"):
        when = month(vintage, lang) if one.precision == "month" else str(vintage.year)
    else:
        when = day_in_words(vintage, lang)
    return f"{'Publication' if lang == 'fr' else 'Release'}{_COLON[lang]}{when}."


def _licence(one: Source, lang: str) -> str:
    known = licences()
    return f"{known[one.licence].name.text(lang)}." if one.licence in known else ""
