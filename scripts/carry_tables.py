"""Write the tables of src/safethird/data from a folder of collected public tables.

    python scripts/carry_tables.py FOLDER

Which tables, columns and keys: `src/safethird/data/codebook.toml`. Rows are sorted by their key, columns typed,
spellings of one country brought together, free text that describes persons left out; a figure is never changed. Small
tables go out as CSV, the others as Parquet (zstd). The same folder gives the same bytes.
"""

import argparse
import calendar
import csv
import re
import tomllib
from datetime import date
from pathlib import Path

import polars as pl

from safethird.flows.names import ONE_NAME

DATA = Path("src/safethird/data")
CODEBOOK = DATA / "codebook.toml"
BY_EYE = 24_000  # bytes
TYPES = {"date": pl.Date, "int": pl.Int64, "number": pl.Float64, "bool": pl.Boolean, "text": pl.String}
# Rows known only from these are not carried: the publisher's own page could not be read.
LEFT_OUT = ["cimm_2020_stca", "canadavisa_2026", "statinvestor_2017"]
# Coordinates and hours from these carry no licence.
NO_COORDINATE = ["rfcku_borders", "fgt_waits"]
LICENCES = {
    "open government": "ogl-canada", "statistics canada open": "ogl-canada", "canada.ca terms": "canada-ca",
    "us federal": "us-public-domain", "cc by 4": "cc-by-4", "cc by-sa": "facts", "mit": "mit",
    "public domain": "public-domain", "figures": "facts", "all rights": "facts", "facts": "facts", "law": "law",
}  # fmt: skip
# A remark about how a row was found, rather than about the figure.
FINDING = re.compile(
    r"stored|repositor|excerpt|blog|\bcop(y|ies)\b|data set|saved|briefing figures|vintage|\bhere\b", re.I
)
# Remarks of both kinds in one: what they say of the figure.
REWORDED = {
    "shown as suppressed in the copy": "hidden by the publisher",
    'printed as "3,7935" in the copy, left empty': 'misprinted as "3,7935", left empty',
    "copy of first release": "first release",
    'sentence truncated in stored excerpt: "22,597 individual..."': "its sentence was not read to the end",
    "February 452 here, 432 in other reports of the same table": "February 452 in this report, 432 in others",
}


def main() -> None:
    """Write every table of the codebook, then the sources that they cite."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="the collected tables: CSV, or CSV in gzip, and sources.csv")
    parser.add_argument("--to", type=Path, default=DATA, help="the folder to write (default: the package's)")
    given = parser.parse_args()
    codebook = tomllib.loads(CODEBOOK.read_text(encoding="utf-8"))
    sources = read_sources(given.folder / "sources.csv")
    cited: set[str] = set()
    for name, table in codebook["tables"].items():
        frame = carried(name, given.folder, table, codebook["columns"], sources)
        for column in (
            c for c in ("source_id", "coord_source_id", "hours_source_id", "derived_from") if c in frame.columns
        ):
            cited |= {one for value in frame[column].drop_nulls() for one in value.split(";")}
        write(frame, name, given.to)
    with (given.to / "sources.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.DictWriter(file, list(next(iter(sources.values()))), lineterminator="\n")
        rows.writeheader()
        rows.writerows(sources[one] for one in sorted(cited))


def carried(name: str, folder: Path, table: dict, columns: dict, sources: dict) -> pl.DataFrame:  # type: ignore[type-arg]
    """One table in the form of the codebook."""
    frame = pl.concat([read(path) for path in folder.glob(f"{name}.csv*")])
    if "source_id" in frame.columns:
        frame = frame.filter(~pl.col("source_id").is_in(LEFT_OUT))
    frame = SHAPED[name](frame, sources) if name in SHAPED else frame
    if "note" in table["columns"]:
        frame = frame.with_columns(pl.col("note").map_elements(kept, return_dtype=pl.String))
    wanted = [typed(column, columns[column][0]) for column in table["columns"]]
    frame = frame.select(wanted).sort(table["key"], nulls_last=True, maintain_order=True)
    if (
        name != "rcmp_interceptions_monthly"
        and "secondary" not in table
        and frame.select(table["key"]).is_duplicated().any()
    ):
        raise SystemExit(f"{name}: rows repeat their key {table['key']}")
    return frame


def read(path: Path) -> pl.DataFrame:
    """A collected file, every value as text."""
    frame = pl.read_csv(path, infer_schema=False)
    trimmed = {name: pl.col(name).str.strip_chars() for name in frame.columns}
    return frame.with_columns(pl.when(text != "").then(text).alias(name) for name, text in trimmed.items())


def typed(column: str, kind: str) -> pl.Expr:
    """A column of text in the type of the codebook."""
    match kind:
        case "bool":
            return (pl.col(column).str.to_lowercase() == "true").alias(column)
        case "int":
            return pl.col(column).cast(pl.Float64).cast(pl.Int64)
        case "date":
            return pl.col(column).str.to_date("%Y-%m-%d")
        case _:
            return pl.col(column).cast(TYPES[kind])


def kept(note: str | None) -> str | None:
    """The parts of a note that speak of the figure.

    >>> kept("rounded to 5; irregular row not visible in the stored excerpt")
    'rounded to 5'
    """
    parts = [REWORDED.get(part.strip(), part.strip()) for part in (note or "").split(";")]
    return "; ".join(part for part in parts if part and not FINDING.search(part)) or None


def interceptions(frame: pl.DataFrame, sources: dict) -> pl.DataFrame:  # type: ignore[type-arg]
    """A row for each release that printed a figure: the one preferred, those that differ, and those that agree."""
    rows = []
    for row in frame.iter_rows(named=True):
        preferred = row["is_preferred"].lower() == "true"
        day, precision = ("2024-05-22", "day") if preferred else known(sources, row["source_id"])
        rows.append(row | {"vintage": day, "vintage_precision": precision})
        agreeing = [s for s in (row["agreeing_sources"] or "").split(";") if s and s != "derived_2017"]
        for source in agreeing if preferred else ():
            day, precision = known(sources, source)
            rows.append(row | {"source_id": source, "vintage": day, "vintage_precision": precision, "note": None})
    rows.sort(key=lambda r: (r["month"], r["province"], r["vintage"] or "", r["source_id"]))
    return pl.DataFrame(rows, schema_overrides=dict.fromkeys(("vintage", "vintage_precision", "note"), pl.String))


def known(sources: dict, source: str) -> tuple[str | None, str | None]:  # type: ignore[type-arg]
    """The day a source came out, and how exactly it is known."""
    one = sources[source]
    return (None, None) if one["precision"] == "read" else (one["released"], one["precision"])


def visas(frame: pl.DataFrame, _: object) -> pl.DataFrame:
    """Spellings of one nationality brought together."""
    return frame.with_columns(pl.col("nationality").replace(ONE_NAME))


def ports(frame: pl.DataFrame, _: object) -> pl.DataFrame:
    """Coordinates and hours without a source that may be cited are left empty."""
    coordinate, hours = pl.col("coord_source_id").is_in(NO_COORDINATE), pl.col("hours_source_id").is_in(NO_COORDINATE)
    place = ("latitude", "longitude", "coord_method", "moved_km", "distance_to_boundary_km", "coord_source_id")
    frame = frame.with_columns(
        *(pl.when(coordinate).then(None).otherwise(pl.col(c)).alias(c) for c in place),
        *(pl.when(hours).then(None).otherwise(pl.col(c)).alias(c) for c in ("hours_text", "hours_source_id")),
    )
    return frame.with_columns(
        pl.col("status").str.replace(
            " in the stored text; current status not verified", "; not verified", literal=True
        ),
        pl.when(coordinate).then(pl.lit("no coordinate")).otherwise(pl.col("note")).alias("note"),
    )


def cells(frame: pl.DataFrame, _: object) -> pl.DataFrame:
    """The other sources of a cell by their ids."""
    return frame.with_columns(pl.col("derived_from").str.replace("ports_of_entry.csv", "wikipedia_ports", literal=True))


def sectors(frame: pl.DataFrame, _: object) -> pl.DataFrame:
    """The remark about absent cells goes with the definition."""
    return frame.with_columns(pl.col("note").str.replace(r"; months absent.*", ""))


def incidents(frame: pl.DataFrame, _: object) -> pl.DataFrame:
    """A day for every incident, with its precision."""
    return frame.with_columns(
        pl.col("date") + pl.lit("-01-01").str.slice(pl.col("date").str.len_chars().cast(pl.Int64) - 4)
    )


def events(frame: pl.DataFrame, _: object) -> pl.DataFrame:
    """Events in both languages, with the sources of `carry_events.csv` where it names one."""
    beside = read(Path(__file__).with_name("carry_events.csv")).rename({"source_id": "own_source"})
    joined = frame.join(beside, on="event_id", how="left", validate="1:1")
    if joined["title_fr"].null_count():
        raise SystemExit("policy_events: an event has no French title in scripts/carry_events.csv")
    return joined.with_columns(
        pl.col("event").alias("title_en"),
        pl.coalesce("own_source", "source_id").alias("source_id"),
        pl.col("date_precision").str.replace("month (approximate)", "month", literal=True),
    )


SHAPED = {
    "rcmp_interceptions_monthly": interceptions, "us_niv_issuances_monthly": visas, "ports_of_entry": ports,
    "border_cells": cells, "usbp_northern_sector_monthly": sectors, "incidents": incidents, "policy_events": events,
}  # fmt: skip


def read_sources(path: Path) -> dict[str, dict[str, str]]:
    """Every source by its id: title, publisher, address, licence, and the day it came out as exactly as it is known.

    `carry_sources.csv` has the publisher's own words where the collected list has others, and the legal texts. Where no
    day is printed, the day it was read stands, with the precision "read": it was out by then.
    """
    listed = {row["source_id"]: row for row in read(path).iter_rows(named=True)}
    for own in read(Path(__file__).with_name("carry_sources.csv")).iter_rows(named=True):
        said = {key: value for key, value in own.items() if value}
        listed[own["source_id"]] = listed.get(own["source_id"], {}) | said
    found = {}
    for name, row in listed.items():
        one = {key: value or "" for key, value in row.items()}
        day, precision = released(one.get("published", ""))
        if not day and one.get("accessed"):
            day, precision = one["accessed"], "read"
        found[name] = {
            "source_id": name, "title": tidy(one["title"]), "publisher": tidy(one["publisher"]),
            "published": one.get("published", ""), "released": day, "precision": precision,
            "url": one["url"] if one["url"].startswith("http") else "", "licence": licence_of(one["licence"]),
        }  # fmt: skip
    return found


def licence_of(text: str) -> str:
    """The licence of a source by its id in the codebook.

    >>> licence_of("CC BY 4.0 (UNHCR)"), licence_of("All rights reserved by the publisher")
    ('cc-by-4', 'facts')
    """
    return next((name for words, name in LICENCES.items() if words in text.lower()), "")


def tidy(text: str) -> str:
    """A title or a name without remarks on how it was read.

    >>> tidy("Asylum bids blocked at U.S. border (copy)"), tidy("IOM via someone/Visual")
    ('Asylum bids blocked at U.S. border', 'IOM')
    """
    text = re.sub(r" via [\w.-]+/[\w.-]+$", "", text)
    return re.sub(r"\s*\((news )?copy\)|, copy(?=\))", "", text).strip()


def released(published: str) -> tuple[str, str]:
    """The day of a release; of a month or a year its last day, on which it was surely out.

    >>> released("2025-10"), released("2021"), released("2017-04-19"), released("")
    (('2025-10-31', 'month'), ('2021-12-31', 'year'), ('2017-04-19', 'day'), ('', ''))
    """
    parts = [int(part) for part in published.split("-")] if published else []
    match parts:
        case [year, month, day]:
            return date(year, month, day).isoformat(), "day"
        case [year, month]:
            return date(year, month, calendar.monthrange(year, month)[1]).isoformat(), "month"
        case [year]:
            return date(year, 12, 31).isoformat(), "year"
        case _:
            return "", ""


def write(frame: pl.DataFrame, name: str, folder: Path) -> None:
    """Write CSV where it is small enough to be read by eye, otherwise the smaller of the two; remove the other."""
    comma, parquet = folder / f"{name}.csv", folder / f"{name}.parquet"
    frame.write_csv(comma)
    frame.write_parquet(parquet, compression="zstd", compression_level=19, statistics=False)
    (parquet if comma.stat().st_size <= max(BY_EYE, parquet.stat().st_size) else comma).unlink()


if __name__ == "__main__":
    main()
