"""Country codes: every name in both languages, and a helpful guess for a wrong word."""

import subprocess
import sys
from time import perf_counter

import pytest

from safethird.law import countries
from safethird.law.countries import COUNTRIES, US_TERRITORIES, Country, name, nearest

NAMES = [
    ("COL", "Colombia", "Colombie"),
    ("USA", "United States", "États-Unis"),
    ("CIV", "Côte d’Ivoire", "Côte d’Ivoire"),
    ("TUR", "Türkiye", "Turquie"),
    ("XKX", "Kosovo", "Kosovo"),
    ("TWN", "Taiwan", "Taïwan"),
    ("HKG", "Hong Kong SAR China", "R.A.S. chinoise de Hong Kong"),
]

NEAREST = [
    ("Columbia", "COL"),
    ("colombie", "COL"),
    ("US", "USA"),
    ("U.S.", "USA"),
    ("usa", "USA"),
    ("UK", "GBR"),
    ("Angleterre", "GBR"),
    ("Turkey", "TUR"),
    ("Cote d'Ivoire", "CIV"),
    ("Congo", "COD"),
    ("Venezuala", "VEN"),
    ("Hong Kong", "HKG"),
    ("corée", "KOR"),
    ("Afganistan", "AFG"),
    ("Haïti", "HTI"),
]


@pytest.mark.parametrize(("code", "en", "fr"), NAMES)
def test_a_code_has_a_name_in_both_languages(code, en, fr):
    assert COUNTRIES[code] == Country(code, en, fr)
    assert (name(code, "en"), name(code, "fr")) == (en, fr)


@pytest.mark.parametrize(("word", "code"), NEAREST)
def test_a_wrong_word_finds_the_country_meant(word, code):
    assert code in nearest(word)


def test_both_congos_and_both_koreas_are_offered():
    assert {"COD", "COG"} <= set(nearest("Congo"))
    assert {"KOR", "PRK"} <= set(nearest("Korea"))


@pytest.mark.parametrize("word", ["", "  ", "?", "zzzzzzzz"])
def test_a_word_like_no_country_finds_none(word):
    assert nearest(word) == []


def test_the_list_is_whole_and_sorted():
    assert len(COUNTRIES) == 250
    assert list(COUNTRIES) == sorted(COUNTRIES)
    for code, country in COUNTRIES.items():
        assert code == country.iso3
        assert len(code) == 3
        assert code.isupper()
        assert country.en.strip() == country.en != ""
        assert country.fr.strip() == country.fr != ""


def test_every_name_and_code_is_nearest_to_itself():
    for country in COUNTRIES.values():
        for word in (country.iso3, country.en, country.fr):
            assert country.iso3 in nearest(word), word


def test_the_territories_are_countries_and_not_the_united_states():
    assert set(COUNTRIES) >= US_TERRITORIES
    assert "USA" not in US_TERRITORIES


def test_a_wrong_code_is_told_the_nearest():
    with pytest.raises(ValueError, match=r"'UK' is not a country code\. Nearest: GBR \(United Kingdom\)"):
        name("UK", "en")
    with pytest.raises(ValueError, match="three-letter"):
        name("?", "en")
    with pytest.raises(ValueError, match="Choose 'en' or 'fr'"):
        name("COL", "es")


def test_the_file_is_not_read_at_import():
    check = "import safethird.law.countries as c; raise SystemExit(c._read.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0


def test_reading_takes_under_three_milliseconds():
    times = []
    for _ in range(5):
        start = perf_counter()
        countries._read.__wrapped__()
        times.append(perf_counter() - start)
    assert min(times) < 0.003
