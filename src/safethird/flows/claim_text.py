"""Options of a claim found in its text, and only where the text leaves no doubt; otherwise what it could have meant.

A list of phrases, English and French, and nothing more: no grammar of the language, no guess. A text with a negation
gives no verb at all. What was understood is always said, and an option that is given goes before one that is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from safethird.flows.catalogue import catalogue
from safethird.flows.names import PROVINCES, spellings
from safethird.flows.numerals import LONG

_DOWN = (r"fell|fallen|falls?|drop(?:s|ped)?|declin\w+|decreas\w+|down|plung\w+|plummet\w+|shrank|sank|collaps\w+|"
         r"baiss\w+|diminu\w+|chut\w+|recul\w+|tomb\w+|r[ée]duit\w*|effondr\w+")  # fmt: skip
_UP = (r"rose|risen|rises?|increas\w+|grew|grown|jump\w+|surg\w+|soar\w+|climb\w+|went up|up by|augment\w+|hauss\w+|"
       r"bondi\w*|grimp\w+|mont[ée]\w*|explos\w+")  # fmt: skip
_MANY = {
    r"doubl(?:ed|es|é\w*|er)\b": 1.0, r"tripl(?:ed|es|é\w*|er)\b": 2.0, r"quadrupl(?:ed|es|é\w*|er)\b": 3.0,
    r"halved|(?:by|de) (?:half|moiti[ée])": -0.5,
}  # fmt: skip
_NOT = r"\b(?:not|never|no longer|without|jamais|aucun\w*)\b|n['’]t\b|\bn['’e] ?(?:\w+ )?(?:\w+ )?pas\b"
_SENSES = {
    "at_least": r"at least|more than|over (?=\d)|au moins|plus de",
    "at_most": r"at most|less than|no more than|au plus|moins de",
}
_BECAUSE = (r"because of|due to|thanks to|caused|as a result of|led to|brought about|owing to|à cause d|grâce [àa]|"
            r"en raison d|caus[ée]|entraîn|provoqu")  # fmt: skip
_SHUT = r"roxham\b.*(?:clos|ferm)|(?:clos|ferm)\w*\b.*\broxham"
_EVENTS = {
    r"protocol": ("E21",), r"title 42|titre 42": ("E14",), r"turn(?:ed)?.?back|refoul": ("E15", "E18"),
    r"(?:visa.*mexic|mexic.*visa)": ("E06", "E24"), r"travel ban|d[ée]crets? migratoire": ("E07", "E08", "E10", "E32"),
    _SHUT: ("E21", "E23"),
}  # fmt: skip
_BASELINES = {
    "same_months": r"year.over.year|a year (?:earlier|before|ago)|previous year|last year|"
    r"un an (?:plus tôt|avant|auparavant)|ann[ée]e pr[ée]c[ée]dente|l['’]an dernier",
    "peak": r"from (?:its|the|their) peak|since (?:its|the) peak|(?:du|depuis le) sommet",
    "month_before": r"month before|previous month|month over month|mois pr[ée]c[ée]dent",
    "2019": r"2019 levels?|pre.?pandemic|compared (?:with|to) 2019|niveaux? (?:de 2019|d['’]avant la pand)|"
    r"par rapport à 2019",
}
_SUBJECTS = {
    "interceptions/between_ports": r"irregular|illegal|between ports|intercept|irr[ée]guli|entre les points|ill[ée]gal",
    "encounters/between_ports": r"southbound|border patrol|encounters?|vers le sud|interpellations?",
    "claims/airport": r"airports?|a[ée]roports?",
    "claims/border": r"land border|at the border|land port|fronti[èe]re terrestre|à la fronti[èe]re",
    "claims/inland": r"inland|bureaux? int[ée]rieurs?",
}
_CLAIMS = r"\b(?:asylum|refugee) (?:claims?|claimants?|seekers?)|\bclaims?\b|demand(?:es?|eurs?)(?: d['’]asile)?\b"
_ONE_TO_TWELVE = {
    "en": "one two three four five six seven eight nine ten eleven twelve",
    "fr": "un deux trois quatre cinq six sept huit neuf dix onze douze",
}
_COUNTED = {word: n for words in _ONE_TO_TWELVE.values() for n, word in enumerate(words.split(), 1)}


@dataclass(frozen=True, slots=True)
class Heard:
    """What a text says for sure (``options``), and where it could mean several things (``unclear``)."""

    options: dict[str, Any] = field(default_factory=dict)
    unclear: dict[str, tuple[str, ...]] = field(default_factory=dict)


def heard(text: str) -> Heard:
    """The options that a text leaves no doubt about.

    >>> heard("irregular crossings fell 90% after the Protocol").options
    {'series': 'interceptions/between_ports/Canada', 'sort': 'change', 'number': -0.9, 'event': 'E21'}
    >>> heard("Claims did not fall 20%").unclear
    {'change': ('negation',)}
    """
    low = text.lower()
    options: dict[str, Any] = {}
    unclear: dict[str, tuple[str, ...]] = {}
    _take("series", _series(low), options, unclear)
    if "roxham" in low and not re.search(_SHUT, low):
        # No count of that road alone is published; to take all of Quebec for it is the reader's choice.
        options.pop("series", None)
        unclear["series"] = ("interceptions/between_ports/Quebec",)
    if re.search(_NOT, low):
        unclear["change"] = ("negation",)
    else:
        _said(low, options, unclear)
    _take("event", _matched(_EVENTS, low), options, unclear)
    _take("baseline", [(n,) for n, pattern in _BASELINES.items() if re.search(pattern, low)], options, unclear)
    _take("months", _months(low), options, unclear)
    if "event" not in options and "event" not in unclear:
        since = re.search(r"\b(?:since|depuis) \w+ (?:19|20)\d\d\b", low)
        if since and options.get("sort") in ("highest", "lowest"):
            _take("since", [(ends[0],) for (ends,) in _periods(since[0])], options, unclear)
            low = low.replace(since[0], " ")
        _take("period", _periods(low), options, unclear)
    if re.search(_BECAUSE, low):
        options["because"] = True
    return Heard(options, unclear)


def _said(low: str, options: dict[str, Any], unclear: dict[str, tuple[str, ...]]) -> None:
    """What is said of the count: by how much it moved, how high it was, or that it was the highest."""
    down, up = (re.search(rf"\b(?:{words})\b", low) for words in (_DOWN, _UP))
    shares = re.findall(r"(\d+(?:[.,]\d+)?)\s*(?:%|per ?cent|pour cent)", low)
    many = [ratio for pattern, ratio in _MANY.items() if re.search(pattern, low)]
    sense = [name for name, pattern in _SENSES.items() if re.search(pattern, low)]
    highest = re.search(r"\bhighest\b|\brecord\b|all.time high|(?:plus|si) (?:haut|[ée]lev[ée])", low)
    lowest = re.search(r"\blowest\b|all.time low|(?:plus|si) bas", low)
    other = re.findall(
        r"\b(?:\w+fold|times|thirds?|quarters?|fifths?|tenths?|fois|tiers|quarts?|cinqui[èe]mes?)\b", low
    )
    loose = [f"{n:g}" for n in _levels(low)] if (down or up) and not shares else []
    kinds = [bool(down or up) or bool(many), bool(highest), bool(lowest)]
    many_at_once = sum(kinds) > 1 or (down and up) or (shares and many)
    if many_at_once or other or loose or max(len(shares), len(many), len(sense)) > 1:
        verbs = [m.group(0) for m in (down, up, highest, lowest) if m]
        unclear["change"] = tuple(dict.fromkeys([*verbs, *(f"{s}%" for s in shares), *other, *loose, *sense]))
    elif many:
        options |= {"sort": "change", "number": many[0], "sense": sense[0] if sense else "at_least"}
    elif (down or up) and shares:
        share = float(shares[0].replace(",", ".")) / 100
        options |= {"sort": "change", "number": -share if down else share}
        options |= {"sense": sense[0]} if sense else {}
    elif highest or lowest:
        options["sort"] = "highest" if highest else "lowest"
    elif down or up:
        options["sort"] = "fell" if down else "rose"
    elif not shares:
        numbers = _levels(low)
        if len(numbers) == 1:
            options |= {"sort": "level", "number": numbers[0]} | ({"sense": sense[0]} if sense else {})
        elif numbers:
            unclear["level"] = tuple(f"{n:g}" for n in numbers)


def _levels(low: str) -> list[float]:
    """Counts in a text: numbers that are no share, day, year or count of months."""
    # A bare 1900 to 2099 is taken for a year, even where it could be a count.
    rest = re.sub(r"\b\d{4}-\d\d(?:-\d\d)?\b|\b(?:19|20)\d\d\b", " ", low)
    rest = re.sub(r"\b\d+[ -](?:months?|mois|days?|jours?|years?|ans?)\b|\b(?:title|titre) 42\b", " ", rest)
    found = re.findall(r"\b\d{1,3}(?:[,  \u00a0\u202f]\d{3})+\b|\b\d+\b", rest)
    return [float(re.sub(r"\D", "", number)) for number in found]


def _series(low: str) -> list[tuple[str, ...]]:
    subjects = [(name,) for name, pattern in _SUBJECTS.items() if re.search(pattern, low)]
    if not subjects and re.search(_CLAIMS, low):
        subjects = [("claims/all",)]
    places = _places(low)
    known = {entry.name for entry in catalogue()}
    found = []
    for (subject,) in subjects:
        whole = "All" if subject.startswith("encounters") else "Canada"
        for place in places or [whole]:
            name = f"{subject}/{place}"
            name = f"channel/all/{place}" if name not in known and subject == "claims/all" else name
            found.append((name,) if name in known else ())
    return [one for one in found if one] if all(found) else []


def _places(low: str) -> list[str]:
    folded = f" {re.sub(r'[^a-zà-ÿ]+', ' ', low)} "
    found = [
        name for name in PROVINCES
        if any(f" {one} " in folded for text in (name, PROVINCES[name][1]) for one in (text.lower().replace("-", " "),))
    ]  # fmt: skip
    sectors = [entry.place for entry in catalogue() if entry.name.startswith("encounters/between_ports/")]
    found += [s for s in sectors if s != "All" and any(f" {one} " in folded for one in spellings(s, of="other"))]
    return [name for name in found if name != "Canada"] or (["Canada"] if "Canada" in found else [])


def _months(low: str) -> list[tuple[int]]:
    pattern = (r"(?:first|within|in the|over the|premiers?|en|sur|dans les)? ?(\d+|[a-zûé]+) (?:premiers )?"
               r"(?:months?|mois)(?: (?:after|later|following|apr[èe]s|suivant))?")  # fmt: skip
    found = []
    for word in re.findall(pattern, low):
        count = int(word) if word.isdigit() else _COUNTED.get(word)
        if count:
            found.append((count,))
    return found


def _periods(low: str) -> list[tuple[tuple[np.datetime64[Any], np.datetime64[Any]]]]:
    found: list[tuple[tuple[np.datetime64[Any], np.datetime64[Any]]]] = []
    for lang in ("en", "fr"):
        for index, name in enumerate(LONG[lang], 1):
            for year in re.findall(rf"\b{name.lower()} ((?:19|20)\d\d)\b", low):
                month = np.datetime64(f"{year}-{index:02}")
                found.append(((month, month),))
    if not found:
        for year in re.findall(r"\b(?:in|of|en|de|pour|for) ((?:19|20)\d\d)\b", low):
            found.append(((np.datetime64(f"{year}-01"), np.datetime64(f"{year}-12")),))
    return list(dict.fromkeys(found))


def _matched(patterns: dict[str, tuple[str, ...]], low: str) -> list[tuple[str, ...]]:
    found = {value: None for pattern, values in patterns.items() if re.search(pattern, low) for value in values}
    return [(value,) for value in found]


def _take(
    name: str, found: Iterable[tuple[Any, ...]], options: dict[str, Any], unclear: dict[str, tuple[str, ...]]
) -> None:
    values = list(dict.fromkeys(value for (value,) in found))
    if len(values) == 1:
        options[name] = values[0]
    elif values:
        unclear[name] = tuple(str(value) for value in values)
