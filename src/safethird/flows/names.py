"""Names of provinces, nations and channels in English and French, and how a name that somebody typed is found."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from safethird.flows.codebook import Text
from safethird.law.countries import COUNTRIES

PROVINCES: Mapping[str, tuple[str, str]] = {
    "Canada": ("CA", "Canada"),
    "Newfoundland and Labrador": ("NL", "Terre-Neuve-et-Labrador"),
    "Prince Edward Island": ("PE", "Île-du-Prince-Édouard"),
    "Nova Scotia": ("NS", "Nouvelle-Écosse"),
    "New Brunswick": ("NB", "Nouveau-Brunswick"),
    "Quebec": ("QC", "Québec"),
    "Ontario": ("ON", "Ontario"),
    "Manitoba": ("MB", "Manitoba"),
    "Saskatchewan": ("SK", "Saskatchewan"),
    "Alberta": ("AB", "Alberta"),
    "British Columbia": ("BC", "Colombie-Britannique"),
    "Yukon": ("YT", "Yukon"),
    "Northwest Territories": ("NT", "Territoires du Nord-Ouest"),
    "Nunavut": ("NU", "Nunavut"),
    "Outside Canada": ("", "Hors du Canada"),
    "Not stated": ("", "Non précisé"),
}
"""Each province and territory by its English name: postal code and French name."""

_ALIASES = {
    "Burma": "MMR", "Cabo Verde": "CPV", "Cameroon, Federal Republic of": "CMR", "Chad, Republic of": "TCD",
    "China, People's Republic of": "CHN", "Congo, Democratic Republic of the": "COD", "Congo, Republic of the": "COG",
    "Cote d'Ivoire": "CIV", "Czech Republic": "CZE", "Bahamas, The": "BHS", "Gambia, The": "GMB",
    "Great Britain and Northern Ireland": "GBR", "Guinea, Republic of": "GIN", "Hong Kong": "HKG", "Macau": "MAC",
    "Korea, North": "PRK", "Korea, South": "KOR", "Kosovo": "XKX", "Micronesia": "FSM", "Turkey": "TUR",
    "Antigua and Barbuda": "ATG", "Bosnia and Herzegovina": "BIH", "Curacao": "CUW", "Pitcairn": "PCN",
    "Saint Kitts and Nevis": "KNA", "Saint Lucia": "LCA", "Saint Vincent and the Grenadines": "VCT",
    "Sao Tome and Principe": "STP", "St. Helena": "SHN", "Trinidad and Tobago": "TTO",
    "Turks and Caicos Islands": "TCA", "United Arab Emirates": "ARE",
}  # fmt: skip
ONE_NAME: Mapping[str, str] = {
    "Swaziland": "Eswatini", "Macedonia": "North Macedonia", "Republic of Palau": "Palau", "St Lucia": "Saint Lucia",
    "St. Kitts and Nevis": "Saint Kitts and Nevis", "St. Kitts And Nevis": "Saint Kitts and Nevis",
    "St. Vincent and The Grenadines": "Saint Vincent and the Grenadines",
    "St. Vincent and the Grenadines": "Saint Vincent and the Grenadines", "Sudan, South": "South Sudan",
    "Bosnia-Herzegovina": "Bosnia and Herzegovina", "Antigua And Barbuda": "Antigua and Barbuda",
    "China - Mainland": "China", "China - mainland": "China", "China-mainland": "China",
    "China - Taiwan": "Taiwan", "China-Taiwan": "Taiwan", "Cote D'Ivoire": "Cote d'Ivoire",
    "Great Britain & Northern Ireland": "Great Britain and Northern Ireland", "Guinea - Bissau": "Guinea-Bissau",
    "Hong Kong S. A. R.": "Hong Kong", "Hong Kong S.A.R.": "Hong Kong", "Macau S. A. R.": "Macau",
    "Macau S.A.R.": "Macau",
    "Marshall Islands, Republic of the": "Marshall Islands", "Federated States of Micronesia": "Micronesia",
    "Micronesia, Federated States of": "Micronesia", "Non- Nationality Based Issuances": "Not by nationality",
    "Non-Nationality Based Issuances": "Not by nationality", "Non-Nationlity Based Issuances": "Not by nationality",
    "Non-nationality based issuances": "Not by nationality",
}  # fmt: skip
"""Spellings of one nationality in the monthly visa reports, brought together."""
_APART = {
    "All": "toutes", "Unknown": "inconnue", "Not by nationality": "sans nationalité",
    "Palestinian Authority Travel Document": "titre de voyage de l’Autorité palestinienne",
    "British National Overseas (Hong Kong) Passport": "passeport britannique d’outre-mer (Hong Kong)",
}  # fmt: skip


def fold(text: str) -> str:
    """A name without what typing varies: case, accents, dashes, spaces, underscores.

    >>> fold("Colombie-Britannique") == fold("colombie britannique")
    True
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", " ", plain).strip()


def province(name: str) -> Text:
    """A province or territory in both languages.

    >>> province("Quebec").fr
    'Québec'
    """
    return Text(name, PROVINCES[name][1] if name in PROVINCES else name)


def nation(name: str) -> Text:
    """A nationality as printed, with its French name.

    >>> nation("China, People's Republic of")
    Words(en='China', fr='Chine')
    """
    if name in _APART:
        return Text({"All": "all nationalities"}.get(name, name), _APART[name])
    code = iso3(name)
    return (
        Text(COUNTRIES[code].en if name in _ALIASES and "," in name else name, COUNTRIES[code].fr)
        if code
        else Text(name, name)
    )


def iso3(name: str) -> str:
    """The three-letter code of a nation as printed; empty where it is none.

    >>> iso3("Turkey"), iso3("Not by nationality")
    ('TUR', '')
    """
    return _ALIASES.get(name) or _codes().get(fold(name), "")


@cache
def _codes() -> dict[str, str]:
    return {fold(country.en).replace(" and ", " "): code for code, country in COUNTRIES.items()} | {
        fold(country.en): code for code, country in COUNTRIES.items()
    }


def spellings(name: str, *, of: str) -> set[str]:
    """Every folded way to write a place or nation: English, French, codes; ``of`` is province, nation or other."""
    if of == "province":
        code, french = PROVINCES.get(name, ("", name))
        return {fold(one) for one in (name, french, code) if one}
    if of == "nation":
        both = nation(name)
        return {fold(one) for one in (name, both.en, both.fr, iso3(name)) if one}
    return {fold(name)}
