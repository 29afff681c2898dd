"""What a person types, turned into the answer of a question."""

from __future__ import annotations

from typing import Any

from safethird.cases import scalars
from safethird.cases.answers import Input
from safethird.cases.faults import Faults
from safethird.law.countries import COUNTRIES, nearest

_YES = ("y", "yes", "o", "oui", "true", "1")
_NO = ("n", "no", "non", "false", "0", "2")


def read_answer(given: Input, text: str, lang: str) -> tuple[Any, str]:
    """The answer that a typed text gives, or an empty answer and what to type instead.

    >>> from safethird.cases.answers import input_of
    >>> read_answer(input_of("age"), "17", "en"), read_answer(input_of("came_from"), "USA", "en")
    ((17, ''), ('USA', ''))
    """
    match given.form:
        case "yes_no":
            if text.lower() in (*_YES, *_NO):
                return text.lower() in _YES, ""
            return None, {"en": "Type y or n.", "fr": "Tapez o ou n."}[lang]
        case "choice":
            return _one(given, text, lang)
        case "choices":
            if text.lower() in (*_NO[:3], "none", "aucun", "aucune"):
                return [], ""
            answers = [_one(given, part.strip(), lang) for part in text.split(",")]
            fault = next((fault for _, fault in answers if fault), "")
            return ([], fault) if fault else ([answer for answer, _ in answers], "")
        case "country" | "countries":
            parts = [part.strip() for part in text.split(",")]
            if given.form == "country" and len(parts) > 1:
                return None, {"en": "One country only.", "fr": "Un seul pays."}[lang]
            codes = [_country(part) for part in parts]
            if None in codes:
                wrong = parts[codes.index(None)]
                near = ", ".join(f"{c} ({getattr(COUNTRIES[c], lang)})" for c in nearest(wrong))
                asked = {
                    "en": f"Did you mean {near}? " if near else "",
                    "fr": f"Vouliez-vous dire {near}? " if near else "",
                }
                plain = {"en": "Type the country or its three letters.", "fr": "Tapez le pays ou ses trois lettres."}
                return None, asked[lang] + plain[lang]
            return (codes if given.form == "countries" else codes[0]), ""
        case "number":
            faults = Faults({})
            scalars.count(text, "", faults)
            if faults.found:
                return None, {"en": "Type a whole number, or 18+.", "fr": "Tapez un nombre entier, ou 18+."}[lang]
            return (int(text) if text.isdigit() else text), ""
        case _:
            faults = Faults({})
            scalars.day(text, "", faults)
            return (None, {"en": "Type YYYY-MM-DD.", "fr": "Tapez AAAA-MM-JJ."}[lang]) if faults.found else (text, "")


def _one(given: Input, text: str, lang: str) -> tuple[Any, str]:
    options = list(given.options)
    if text.isdigit() and 1 <= int(text) <= len(options):
        return options[int(text) - 1], ""
    if text in options:
        return text, ""
    plain = {
        "en": f"Type a number from 1 to {len(options)}.",
        "fr": f"Tapez un nombre de 1 à {len(options)}.",
    }
    return None, plain[lang] + ({"en": " Several: 1, 3. None: n.", "fr": " Plusieurs : 1, 3. Aucun : n."}[lang]
                                if given.form == "choices" else "")  # fmt: skip


def _country(text: str) -> str | None:
    """The code that a text names outright; what is only like a name is never taken for it."""
    word = text.lower()
    if text.upper() in COUNTRIES or text.upper() == "STATELESS":
        return text.upper()
    if word in ("other", "autre"):
        return "other"
    if word in ("stateless", "apatride"):
        return "STATELESS"
    return _ALSO.get(word.replace(".", "")) or next(
        (code for code, country in COUNTRIES.items() if word in (country.en.lower(), country.fr.lower())), None
    )


_ALSO = {
    "us": "USA", "usa": "USA", "the us": "USA", "the usa": "USA", "america": "USA", "united states": "USA",
    "é-u": "USA",
    "états-unis": "USA", "etats-unis": "USA", "eeuu": "USA", "ee uu": "USA", "uk": "GBR", "england": "GBR",
    "drc": "COD", "dr congo": "COD", "rdc": "COD", "ivory coast": "CIV", "palestine": "PSE", "turkey": "TUR",
    "south korea": "KOR", "corée du sud": "KOR",
}  # fmt: skip
