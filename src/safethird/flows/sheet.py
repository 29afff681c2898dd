"""A table as a publisher hands it out: CSV, Parquet, or an Excel sheet; in rows, or months side by side."""

from __future__ import annotations

import csv
import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows.names import fold

MOST_BYTES = 50_000_000
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_MONTHS = {
    name: number
    for number, written in enumerate(
        ("jan janv january janvier", "feb fev fevr february fevrier", "mar mars march", "apr avr april avril",
         "may mai", "jun juin june", "jul juil juill july juillet", "aug aout august", "sep sept september septembre",
         "oct october octobre", "nov november novembre", "dec december decembre"), 1)
    for name in written.split()
}  # fmt: skip
_OFFICES = (("airport", "Airport"), ("aeroport", "Airport"), ("border", "Border"), ("frontier", "Border"),
            ("inland", "Inland"), ("interieur", "Inland"), ("other", "Other"), ("autre", "Other"))  # fmt: skip

_TOTALS = ("total", "grand total", "total general")

_UNREADABLE = (OSError, EOFError, UnicodeError, csv.Error, zipfile.BadZipFile, zlib.error, KeyError, ValueError,
               ElementTree.ParseError, pl.exceptions.PolarsError)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as texts: names of the columns, rows, and where each row stands in the file."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    places: tuple[str, ...]
    wide: bool = False


def sheet(path: Path) -> Sheet:
    """A file as a table of texts.

    CSV (also in gzip; comma, semicolon or tab), Parquet, or the first sheet of an .xlsx file. Where months stand side
    by side under years, as in the monthly table of the immigration department, they are put below one another.

    Raises:
        BadFile: it is missing, empty, too large, or not a table.
    """
    try:
        if not path.is_file():
            raise _bad(path, "There is no such file.", "Check the path.")
        if path.stat().st_size > MOST_BYTES:
            raise _bad(path, f"It is larger than {MOST_BYTES // 1_000_000} MB.", "Take the monthly table alone.")
        if path.stat().st_size == 0:
            raise _bad(path, "It is empty.", "Download it again.")
        match path.name.lower().rsplit(".", 1)[-1]:
            case "parquet":
                return _frame(pl.read_parquet(path))
            case "xlsx":
                return _shaped(list(_excel(path)))
            case "gz":
                with gzip.open(path) as file:
                    data = file.read(MOST_BYTES + 1)
                if len(data) > MOST_BYTES:
                    raise _bad(
                        path,
                        f"Unpacked it is larger than {MOST_BYTES // 1_000_000} MB.",
                        "Take the monthly table alone.",
                    )
                return _shaped(list(_comma(data, path)))
            case _:
                return _shaped(list(_comma(path.read_bytes(), path)))
    except BadFile:
        raise
    except PermissionError:
        raise _bad(path, "It may not be read.", "Check its permissions.") from None
    except _UNREADABLE:
        raise _bad(path, "It is no table that can be read.", "Give CSV, Parquet, or an .xlsx sheet.") from None


def _bad(path: Path, what: str, do: str) -> BadFile:
    return BadFile([Fault(path.name, what, do)])


def _frame(frame: pl.DataFrame) -> Sheet:
    texts = frame.select(pl.all().cast(pl.String).fill_null(""))
    return Sheet(tuple(frame.columns), tuple(texts.rows()), tuple(f"row {n}" for n in range(1, frame.height + 1)))


def _comma(data: bytes, path: Path) -> Iterator[tuple[str, list[str]]]:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _bad(path, "It is no table that can be read.", "Give CSV, Parquet, or an .xlsx sheet.")
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise _bad(path, "It is not text.", "Save it as UTF-8.")
    head = text[:4096]
    delimiter = max(",\t;", key=lambda mark: head.split("\n", 1)[0].count(mark) * 10 + head.count(mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    for row in reader:
        yield f"line {reader.line_num}", [cell.strip() for cell in row]


def _excel(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The cells of the first sheet, row by row, as texts."""
    with zipfile.ZipFile(path) as book:
        if sum(part.file_size for part in book.infolist()) > MOST_BYTES:
            raise _bad(
                path, f"Unpacked it is larger than {MOST_BYTES // 1_000_000} MB.", "Take the monthly table alone."
            )
        shared: list[str] = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")).iter(f"{_SHEET}si"):
                shared.append("".join(part.text or "" for part in item.iter(f"{_SHEET}t")))
        first = min((name for name in book.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
                    key=lambda name: int(re.sub(r"\D", "", name)))  # fmt: skip
        for row in ElementTree.fromstring(book.read(first)).iter(f"{_SHEET}row"):
            cells: list[str] = []
            for cell in row.iter(f"{_SHEET}c"):
                place = _column(cell.get("r", "A1"))
                cells += [""] * (place - len(cells))
                cells.append(_cell(cell, shared))
            yield f"row {row.get('r')}", cells


def _cell(cell: ElementTree.Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(part.text or "" for part in cell.iter(f"{_SHEET}t")).strip()
    value = cell.findtext(f"{_SHEET}v", "")
    text = shared[int(value)] if cell.get("t") == "s" else value
    return text.strip()


def _column(reference: str) -> int:
    place = 0
    for letter in re.sub(r"\d", "", reference):
        place = place * 26 + ord(letter) - 64
    return place - 1


def _shaped(lines: list[tuple[str, list[str]]]) -> Sheet:
    """Rows as they are, or, where years stand above months, months put below one another."""
    lines = [(place, cells) for place, cells in lines if any(cells)]
    if not lines:
        raise BadFile([Fault("file", "It has no rows.", "Download it again.")])
    for at, (_, cells) in enumerate(lines[:15]):
        if sum(bool(re.fullmatch(r"(19|20)\d\d(\.0)?", cell)) for cell in cells) >= 1:
            for below in range(at + 1, min(at + 4, len(lines))):
                if sum(fold(cell) in _MONTHS for cell in lines[below][1]) >= 1:
                    return _tall(lines, at, below)
    (_, head), *rest = lines
    width = len(head)
    uneven = [place for place, cells in rest if len(cells) > width and any(cells[width:])]
    if uneven:
        raise BadFile([Fault(place, f"This row has more than the {width} columns of the first line.", "Mend the row.")
                       for place in uneven[:20]])  # fmt: skip
    rows = tuple(tuple((cells + [""] * width)[:width]) for _, cells in rest)
    return Sheet(tuple(head), rows, tuple(place for place, _ in rest))


def _tall(lines: list[tuple[str, list[str]]], years_at: int, months_at: int) -> Sheet:
    """The monthly table of claims by office and province: months side by side, provinces under their office."""
    years, months = lines[years_at][1], lines[months_at][1]
    year, columns = "", []
    for place in range(len(months)):
        if place < len(years) and years[place]:
            year = years[place].removesuffix(".0") if re.fullmatch(r"(19|20)\d\d(\.0)?", years[place]) else ""
        if year and fold(months[place]) in _MONTHS:
            columns.append((place, f"{year}-{_MONTHS[fold(months[place])]:02}-01"))
    first = columns[0][0]
    body = lines[months_at + 1 :]
    totals = [n for n, (_, cells) in enumerate(body) if fold(cells[0]) in _TOTALS]
    # Below the grand total stand notes, not figures.
    body = body[: totals[-1] + 1] if totals else [one for one in body if any(one[1][first:])]
    rows, places = [], []
    for (at, cells), (office, province) in zip(body, _labels([cells[:first] for _, cells in body]), strict=True):
        for place, month in columns:
            text = cells[place] if place < len(cells) else ""
            # A cell that is left blank inside the table stands for none; what is hidden is printed --.
            rows.append((month, office, province, text or "0"))
            places.append(f"{at}, {month[:7]}")
    return Sheet(("month", "office_type", "province", "claims"), tuple(rows), tuple(places), wide=True)


def _labels(heads: list[list[str]]) -> list[tuple[str, str]]:
    """Office and province of each row; the office is printed once, on its first row or on the row of its total."""
    printed = [(head[0] if head else "", head[1] if len(head) > 1 else "") for head in heads]
    upward = not (printed and printed[0][0])
    offices, office = [""] * len(printed), ""
    order = range(len(printed) - 1, -1, -1) if upward else range(len(printed))
    for n in order:
        office = printed[n][0] or office
        offices[n] = office
    labels = []
    for n, (_, printed_province) in enumerate(printed):
        name = fold(offices[n])
        province = re.sub(r"\s*-?\s*total$", "", printed_province, flags=re.IGNORECASE)
        known = "All" if name in _TOTALS else next((word for part, word in _OFFICES if part in name), offices[n])
        labels.append((known, province or "Canada"))
    return labels
