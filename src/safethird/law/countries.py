"""Countries by their three-letter code, with their names in English and French."""

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

US_TERRITORIES = frozenset({"PRI", "VIR", "GUM", "ASM", "MNP", "UMI"})
"""Outside "the United States" as IRPR 159.1 defines it, though under United States sovereignty."""

STATE_OF: Mapping[str, str] = {
    territory: state
    for state, territories in {
        "USA": US_TERRITORIES,
        "AUS": ("CCK", "CXR", "HMD", "NFK"),
        "DNK": ("FRO", "GRL"),
        "FIN": ("ALA",),
        "FRA": ("ATF", "BLM", "GLP", "GUF", "MAF", "MTQ", "MYT", "NCL", "PYF", "REU", "SPM", "WLF"),
        "NLD": ("ABW", "BES", "CUW", "SXM"),
        "NOR": ("BVT", "SJM"),
        "NZL": ("COK", "NIU", "TKL"),
    }.items()
    for territory in territories
}
"""Territories with no nationality of their own: their people are nationals of this state."""


@dataclass(frozen=True, slots=True)
class Country:
    """One country or territory: its code and its short names.

    Source: ISO 3166-1 alpha-3 codes; names from CLDR (see the first line of `countries.csv`).

    >>> COUNTRIES["CIV"].fr
    'Côte d’Ivoire'
    """

    iso3: str
    en: str
    fr: str


class _Countries(Mapping[str, Country]):
    """All countries by code, read from the file at the first look."""

    def __getitem__(self, code: str) -> Country:
        return _read()[code]

    def __iter__(self) -> Iterator[str]:
        return iter(_read())

    def __len__(self) -> int:
        return len(_read())


COUNTRIES: Mapping[str, Country] = _Countries()
"""Every ISO 3166-1 country, and XKX for Kosovo, in the order of the codes."""

# What people write that neither a code nor a name resembles enough.
_ALSO = {
    "us": "USA",
    "u s": "USA",
    "u s a": "USA",
    "america": "USA",
    "etats unis d amerique": "USA",
    "uk": "GBR",
    "u k": "GBR",
    "great britain": "GBR",
    "grande bretagne": "GBR",
    "england": "GBR",
    "angleterre": "GBR",
    "scotland": "GBR",
    "wales": "GBR",
    "uae": "ARE",
    "eau": "ARE",
    "drc": "COD",
    "rdc": "COD",
    "zaire": "COD",
    "prc": "CHN",
    "holland": "NLD",
    "hollande": "NLD",
    "holy see": "VAT",
    "saint siege": "VAT",
    "ivory coast": "CIV",
    "burma": "MMR",
    "swaziland": "SWZ",
    "czech republic": "CZE",
    "republique tcheque": "CZE",
    "bielorussie": "BLR",
    "macau": "MAC",
    "east timor": "TLS",
    "russian federation": "RUS",
}


def name(code: str, lang: str) -> str:
    """The short name of a country in English (`"en"`) or French (`"fr"`).

    Raises `ValueError` for a code or a language that is not known, naming the nearest codes.

    >>> name("CHE", "fr")
    'Suisse'
    """
    if lang not in ("en", "fr"):
        raise ValueError(f"{lang!r} is not a language of the country names. Choose 'en' or 'fr'.")
    if code not in COUNTRIES:
        near = ", ".join(f"{match} ({COUNTRIES[match].en})" for match in nearest(code))
        raise ValueError(
            f"{code!r} is not a country code. "
            + (f"Nearest: {near}." if near else "Use a three-letter ISO 3166-1 code, such as COL.")
        )
    return COUNTRIES[code].fr if lang == "fr" else COUNTRIES[code].en


def nearest(word: str) -> list[str]:
    """Up to four codes whose code or name is most like a word, the likeliest first.

    For error messages, never for deciding what someone meant. Accents, case and punctuation do not count.

    >>> nearest("Columbia")[0], nearest("UK"), nearest("Côte d'Ivoire")
    ('COL', ['GBR'], ['CIV'])
    """
    sought = _fold(word)
    if not sought:
        return []
    if sought in _ALSO:
        return [_ALSO[sought]]
    likeness = {code: max(_alike(sought, form) for form in forms) for code, forms in _forms().items()}
    if exact := [code for code, score in likeness.items() if score == 1]:
        return exact[:4]
    close = [code for code, score in likeness.items() if score >= 0.75]
    return sorted(close, key=lambda code: (-likeness[code], code))[:4]


@cache
def _read() -> dict[str, Country]:
    lines = Path(__file__).with_name("countries.csv").read_text(encoding="utf-8").splitlines()
    # The first line says where the rows come from, the second names the columns.
    return {row[0]: Country(*row) for row in csv.reader(lines[2:])}


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    return {
        country.iso3: tuple({_fold(country.iso3), _fold(country.en), _fold(country.fr)})
        for country in COUNTRIES.values()
    }


def _alike(sought: str, form: str) -> float:
    """How like two folded words are: 1 for the same word, 0.9 for a whole word of the other."""
    if sought == form:
        return 1.0
    if len(sought) > 3 and f" {sought} " in f" {form} ":
        return 0.9
    matcher = difflib.SequenceMatcher(None, sought, form)
    return matcher.ratio() if matcher.real_quick_ratio() >= 0.75 else 0.0


def _fold(word: str) -> str:
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[^\W_]+", bare.casefold()))
