"""Write src/safethird/law/countries.csv: every ISO 3166-1 code with its English and French name.

Needs `pycountry` and `Babel` (neither is needed at run time). Run it from the repository's root:

    python scripts/countries.py

Codes: ISO 3166-1 alpha-3, as listed by pycountry (from Debian's iso-codes); only the codes are taken.
Names: Unicode Common Locale Data Repository (CLDR), as shipped with Babel, under the Unicode Licence v3,
copyright Unicode, Inc. Kosovo (XKX) has no ISO code; the user-assigned one in common use is added.
"""

import csv
from importlib.metadata import version
from pathlib import Path

import pycountry
from babel import Locale
from babel.core import get_cldr_version

TARGET = Path("src/safethird/law/countries.csv")


def main() -> None:
    """Write the file, sorted by code, below one comment line that says where it comes from."""
    english, french = Locale("en").territories, Locale("fr").territories
    codes = {country.alpha_3: country.alpha_2 for country in pycountry.countries} | {"XKX": "XK"}
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        file.write(
            f"# Codes: ISO 3166-1 alpha-3 (pycountry {version('pycountry')}) and XKX. "
            f"Names: CLDR {get_cldr_version()} (Babel {version('Babel')}), "
            "Unicode Licence v3, copyright 2004-2025 Unicode, Inc. Written by scripts/countries.py.\n"
        )
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(("iso3", "en", "fr"))
        rows.writerows((code, english[codes[code]], french[codes[code]]) for code in sorted(codes))


if __name__ == "__main__":
    main()
