"""Made-up releases of the monthly claims table, for tests: the packaged months of 2023 carried forward."""

import csv
import zipfile
from datetime import date
from html import escape

import polars as pl

from safethird.flows import store

TABLE = "claims_by_office_type_province_monthly"
LAST = date(2024, 1, 1)
COLUMNS = ("month", "office_type", "province", "claims", "suppressed_0_5", "source_id")


def months_after(first, count):
    """Months from one on."""
    start = first.year * 12 + first.month - 1
    return [date(n // 12, n % 12 + 1, 1) for n in range(start, start + count)]


def release(first=date(2024, 2, 1), count=6, plus=None):
    """Rows of new months, each a copy of a month of 2023; ``plus`` adds to Quebec's border claims and their totals."""
    kept = store.table(TABLE).filter(pl.col("month").is_between(date(2023, 1, 1), date(2023, 12, 1)))
    rows = []
    for month in months_after(first, count):
        like = kept.filter(pl.col("month").dt.month() == month.month)
        for row in like.iter_rows(named=True):
            more = (plus or {}).get(month, 0)
            into = (row["office_type"], row["province"]) in (
                ("Border", "Quebec"),
                ("Border", "Canada"),
                ("All", "Canada"),
            )
            claims = row["claims"] + more if into else row["claims"]
            rows.append({**{c: row[c] for c in COLUMNS}, "month": month, "claims": claims})
    return rows


def written(path, rows, columns=COLUMNS):
    """The rows as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, columns, extrasaction="ignore", lineterminator="\n")
        out.writeheader()
        out.writerows({k: "" if v is None else v for k, v in row.items()} for row in rows)
    return path


def wide(rows):
    """The rows as the publisher prints them: months side by side, provinces above the total of their office."""
    months = sorted({row["month"] for row in rows})
    at = {(row["month"], row["office_type"], row["province"]): row for row in rows}
    top, under = ["Claim office", "Province"], ["", ""]
    for month in months:
        new = str(month.year) not in top
        top.append(str(month.year) if new else "")
        under.append(f"{month:%b}")
    grid = [["Asylum claimants by claim office type and province"], top, under]

    def cells(office, province):
        found = [at[month, office, province] for month in months]
        return ["--" if row["suppressed_0_5"] else f"{row['claims']:,}" if row["claims"] else "" for row in found]

    for office, said in (("Airport", "Airport"), ("Border", "Border Office"), ("Inland", "Inland Office")):
        provinces = sorted({row["province"] for row in rows if row["office_type"] == office} - {"Canada"})
        grid += [["", province, *cells(office, province)] for province in provinces]
        grid.append([f"{said} - Total", "", *cells(office, "Canada")])
    grid.append(["Other Offices", "", *cells("Other", "Canada")])
    grid.append(["Total", "", *cells("All", "Canada")])
    grid.append(["Values between 0 and 5 are shown as --.", *[""] * (len(under) - 1)])
    return grid


def sheet_of(path, grid):
    """The grid as a small .xlsx file."""
    rows = "".join(
        f'<row r="{n}">' + "".join(
            f'<c r="{_letters(c)}{n}" t="inlineStr"><is><t>{escape(text)}</t></is></c>' for c, text in enumerate(cells) if text
        ) + "</row>"
        for n, cells in enumerate(grid, 1)
    )  # fmt: skip
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return path


def _letters(place):
    text = ""
    place += 1
    while place:
        place, left = divmod(place - 1, 26)
        text = chr(65 + left) + text
    return text
