"""Numbers, months and changes as people read them, in English and French."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

import numpy as np

SHORT = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "fr": ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juill.", "août", "sept.", "oct.", "nov.", "déc."),
}
LONG = {
    "en": (
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
        "décembre",
    ),
}  # fmt: skip
_THIN = {"en": ",", "fr": "\u00a0"}


def number(value: float, lang: str, decimals: int = 0) -> str:
    """A number with its thousands apart; what is not known is a dash.

    >>> number(12345.6, "en"), number(-0.25, "fr", 1), number(float("nan"), "en")
    ('12,346', '−0,2', '–')
    """
    if math.isnan(value):
        return "–"
    if math.isinf(value):
        return "∞"
    text = f"{abs(value):,.{decimals}f}"
    whole, _, rest = text.partition(".")
    sign = "−" if value < 0 and float(text.replace(",", "")) else ""
    return sign + whole.replace(",", _THIN[lang]) + (("," if lang == "fr" else ".") + rest if rest else "")


def between(low: float, high: float, lang: str, decimals: int = 0) -> str:
    """A value, or the range that is proven for it.

    >>> between(0, 5, "fr"), between(7, 7, "en")
    ('0 à 5', '7')
    """
    one, other = number(low, lang, decimals), number(high, lang, decimals)
    if one == other:
        return one
    return f"{one} à {other}" if lang == "fr" else f"{one} to {other}"


def bounds(low: float, high: float, lang: str) -> str:
    """The whole numbers within two bounds: what is proven of a count.

    >>> bounds(32.5, 82.5, "en"), bounds(0, 5, "fr")
    ('33 to 82', '0 à 5')
    """
    return between(math.ceil(low), math.floor(high), lang)


def change(ratio: float, lang: str, decimals: int = 0) -> str:
    """A change, given as a ratio minus one, in per cent and with its sign.

    What is not quite everything keeps a decimal.

    >>> change(-0.905, "en"), change(1.5, "fr"), change(0.0004, "en"), change(-0.998, "en")
    ('−90%', '+150\\xa0%', '0%', '−99.8%')
    """
    if math.isinf(ratio):
        return "∞" if ratio > 0 else "−∞"
    if decimals == 0 and -1 < ratio < -0.995:
        decimals = 1
    text = number(100 * ratio, lang, decimals)
    sign = "" if text.startswith(("−", "–")) or not text.strip("0.,") else "+"
    return f"{sign}{text}\u00a0%" if lang == "fr" else f"{sign}{text}%"


def changes(low: float, high: float, lang: str, decimals: int = 0) -> str:
    """A change, or the range within which it must lie.

    >>> changes(-0.98, -0.95, "en")
    '−98% to −95%'
    """
    one, other = change(low, lang, decimals), change(high, lang, decimals)
    if one == other:
        return one
    return f"{one} à {other}" if lang == "fr" else f"{one} to {other}"


def month(when: np.datetime64[Any] | date | str, lang: str, *, short: bool = False) -> str:
    """A month with its year.

    >>> month(np.datetime64("2023-03"), "fr"), month(date(2023, 3, 1), "en", short=True)
    ('mars 2023', 'Mar 2023')
    """
    year, place = str(when)[:7].split("-")
    return f"{(SHORT if short else LONG)[lang][int(place) - 1]} {year}"


def months(first: np.datetime64[Any] | date, last: np.datetime64[Any] | date, lang: str) -> str:
    """A run of months, both ends included; a whole year is its number.

    >>> months(np.datetime64("2023-04"), np.datetime64("2023-06"), "en")
    'April to June 2023'
    >>> months(np.datetime64("2022-01"), np.datetime64("2022-12"), "fr")
    '2022'
    """
    one, other = str(first)[:7], str(last)[:7]
    if one == other:
        return month(first, lang)
    if one[:4] == other[:4]:
        if one.endswith("-01") and other.endswith("-12"):
            return one[:4]
        return f"{month(first, lang)[:-5]} {'à' if lang == 'fr' else 'to'} {month(last, lang)}"
    return f"{month(first, lang)} {'à' if lang == 'fr' else 'to'} {month(last, lang)}"


def locale(lang: str) -> dict[str, Any]:
    """The Vega locale of a language: numbers and times of a picture."""
    days = {
        "en": ("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"),
        "fr": ("dimanche", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi"),
    }[lang]
    return {
        "number": {
            "decimal": "," if lang == "fr" else ".", "thousands": _THIN[lang], "grouping": [3], "currency": ["$", ""],
            "percent": "\u00a0%" if lang == "fr" else "%",
        },
        "time": {
            "dateTime": "%Y-%m-%d %X", "date": "%Y-%m-%d", "time": "%H:%M:%S", "periods": ["AM", "PM"],
            "days": list(days), "shortDays": [name[:3] for name in days],
            "months": list(LONG[lang]), "shortMonths": list(SHORT[lang]),
        },
    }  # fmt: skip
