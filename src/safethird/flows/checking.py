"""What ``safethird flows check`` verifies: parts add up, every row has a source, every table says what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from safethird.flows import codebook, store, sums
from safethird.flows.codebook import Source, Table, Text

MOST = 20
LEFT = "Other provinces"
"""What one printing of the interceptions put together: no other release has it, and it is no series."""

_AS_PRINTED = Text("Taken as printed when the release was added.", "Repris tel quel à l’ajout de la diffusion.")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing verified of a table: how often, what is wrong, and which known disagreements it met."""

    table: str
    text: Text
    checked: int
    faults: tuple[Text, ...] = ()
    known: tuple[Text, ...] = ()


def check(names: Iterable[str] = ()) -> list[Check]:
    """Verify the tables of these names, or all of them, added releases included.

    Raises:
        BadFile: there is no such table, or an added release cannot be read.

    >>> sum(one.checked for one in check(["us_niv_issuances_monthly"]) if "classes" in one.text.en)
    19685
    """
    found = []
    known = store.sources()
    for name in list(names) or list(codebook.tables()):
        of = codebook.table_named(name)
        every = store.every(name)
        found += of_table(of, every, known)
        # An added release of an older day does not stand, so that its sums are looked at apart.
        for path in store.added(name):
            rows = pl.read_parquet(path)
            found += [one for rule in sums.SUMS.get(name, ()) for one in [_sum(of, rows, rule)] if one.faults]
    if not names:
        found += _across()
    return found


def of_table(of: Table, every: pl.DataFrame, known: Mapping[str, Source]) -> list[Check]:
    """Verify one table, given all its rows and the sources that are known."""
    rows = store.newest(every, of)
    found = [_described(of, every, known), _sourced(of, every, known), _dated(of, every), _figures(of, every)]
    if of.time == "month":
        found.append(_months(of, rows))
    sector = every.filter(~pl.col("source_id").is_in(of.secondary)) if of.secondary else every
    return found + [_sum(of, sector if "source_id" in rule.by else rows, rule) for rule in sums.SUMS.get(of.name, ())]


def _described(of: Table, rows: pl.DataFrame, known: Mapping[str, Source]) -> Check:
    wrong = []
    if of.unit not in codebook.units():
        wrong.append(Text(f"no unit {of.unit!r}", f"pas d’unité {of.unit!r}"))
    wrong += [Text(f"no column {name}", f"pas de colonne {name}") for name in of.names if name not in rows.columns]
    for column in of.columns:
        kind = store.KINDS[column.kind]
        if column.name in rows.columns and rows[column.name].dtype != kind:
            wrong.append(Text(f"{column.name} is {rows[column.name].dtype}, not {kind}",
                              f"{column.name} est {rows[column.name].dtype} et non {kind}"))  # fmt: skip
    licensed = {known[one].licence for one in rows["source_id"].drop_nulls().unique() if one in known}
    if not licensed or not licensed <= set(codebook.licences()):
        wrong.append(Text("a source has no licence", "une source n’a pas de licence"))
    if rows["vintage"].null_count() == rows.height:
        wrong.append(Text("no release has a day", "aucune diffusion n’est datée"))
    return Check(
        of.name, Text("unit, columns, licence, release", "unité, colonnes, licence, diffusion"), 1, tuple(wrong)
    )


def _sourced(of: Table, rows: pl.DataFrame, known: Mapping[str, Source]) -> Check:
    wrong = []
    if empty := rows["source_id"].null_count():
        wrong.append(Text(f"{empty} rows have no source", f"{empty} lignes sont sans source"))
    for column in ("source_id", "coord_source_id", "hours_source_id", "derived_from"):
        if column not in rows.columns:
            continue
        for text in rows[column].drop_nulls().unique().sort():
            for one in text.split(";"):
                if one not in known:
                    wrong.append(Text(f"{column} {one}: no such source", f"{column} {one} : source inconnue"))
                elif not (known[one].title and known[one].publisher and (known[one].url or known[one].published)):
                    wrong.append(
                        Text(f"source {one} is not fully named", f"la source {one} n’est pas entièrement nommée")
                    )
    return Check(of.name, Text("rows with a source", "lignes avec une source"), rows.height, tuple(wrong[:MOST]))


def _dated(of: Table, rows: pl.DataFrame) -> Check:
    """A figure without a day of release is allowed only beside another release of the same thing that has one."""
    thing = [name for name in of.key if name != "source_id"] or list(of.key)
    undated = rows.filter(pl.col("vintage").is_null())
    alone = undated.join(rows.filter(pl.col("vintage").is_not_null()), on=thing, how="anti", nulls_equal=True)
    if "province" in alone.columns:
        alone = alone.filter(pl.col("province") != LEFT)
    wrong = (Text(f"{alone.height} rows have no day of release", f"{alone.height} lignes sans jour de diffusion"),)
    return Check(
        of.name, Text("rows with a release", "lignes avec une diffusion"), rows.height, wrong if alone.height else ()
    )


def _figures(of: Table, rows: pl.DataFrame) -> Check:
    """No figure negative, beside a mark of suppression, twice in one release, or off the publisher's step."""
    text = Text("figures well formed", "chiffres bien formés")
    if not of.value:
        twice = rows.filter(rows.select(of.key).is_duplicated())
        return Check(of.name, text, rows.height, tuple(_row(of, row, "twice", "en double") for row in _few(twice)))
    value = pl.col(of.value)
    wrong = [_row(of, row, "negative", "négatif") for row in _few(rows.filter(value < 0))]
    if of.suppressed:
        hidden = pl.col(of.suppressed)
        wrong += [
            _row(of, row, "hidden and printed", "masqué et imprimé")
            for row in _few(rows.filter(hidden & value.is_not_null()))
        ]
        if of.suppressed_to == 5:  # where under 20 is hidden, other cells may be empty as well
            wrong += [_row(of, row, "empty, not hidden", "vide sans être masqué")
                      for row in _few(rows.filter(~hidden & value.is_null()))]  # fmt: skip
    if of.rounding:
        wrong += [_row(of, row, f"not a multiple of {of.rounding}", f"pas un multiple de {of.rounding}")
                  for row in _few(rows.filter(value % of.rounding != 0))]  # fmt: skip
    once = list(dict.fromkeys([*of.key, "source_id", "vintage"]))
    wrong += [_row(of, row, "twice", "en double") for row in _few(rows.filter(rows.select(once).is_duplicated()))]
    return Check(of.name, text, rows.height, tuple(wrong[:MOST]))


def _months(of: Table, rows: pl.DataFrame) -> Check:
    """Months without a gap, and no end before the one the codebook states."""
    there = rows["month"].unique().sort()
    first, last = there.min(), there.max()
    assert isinstance(first, date)
    assert isinstance(last, date)
    expected = pl.date_range(first, last, "1mo", eager=True)
    gaps = sorted(set(expected) - set(there) - set(of.gaps))
    wrong = [Text(f"{day:%Y-%m} is missing", f"{day:%Y-%m} manque") for day in gaps]
    wrong += [
        Text(f"{day} is no first of a month", f"{day} n’est pas un premier du mois") for day in there if day.day != 1
    ]
    if of.coverage and (first > of.coverage[0] or last < of.coverage[1]):
        runs, should = ((f"{a:%Y-%m}", f"{b:%Y-%m}") for a, b in ((first, last), of.coverage))
        wrong.append(Text("runs {} to {}, should from {} to {}".format(*runs, *should),
                          "va de {} à {}, devrait de {} à {}".format(*runs, *should)))  # fmt: skip
    if of.absent == "missing" and of.value:
        thing = [name for name in of.key if name != "month"]
        whole = rows.filter(pl.col("province") != LEFT) if "province" in rows.columns else rows
        spans = whole.group_by(thing).agg(pl.col("month").min().alias("a"), pl.col("month").max().alias("b"), pl.len())
        months = (
            (pl.col("b").dt.year() - pl.col("a").dt.year()) * 12
            + (pl.col("b").dt.month().cast(pl.Int32) - pl.col("a").dt.month())
            + 1
        )
        # The publisher leaves small cells out of this table: absent is neither zero nor a fault.
        holes = spans.filter(months != pl.col("len")) if of.rounding != 10 and not of.secondary else spans.clear()
        wrong += [_row(of, row, "has gaps", "a des trous", thing) for row in _few(holes.sort(thing))]
    return Check(of.name, Text("months without a gap", "mois sans trou"), there.len(), tuple(wrong[:MOST]))


def _sum(of: Table, rows: pl.DataFrame, rule: sums.Sum) -> Check:
    checked, wrong = sums.broken(rows, of, rule)
    listed = {
        at: one.text
        for one in codebook.disagreements()
        if (one.table, one.rule) == (of.name, rule.name)
        for at in one.at
    }
    for path in store.added(of.name):
        listed |= {at: _AS_PRINTED for name, at in store.about(path).get("accepted", ()) if name == rule.name}
    faults, known = [], []
    for row in wrong.iter_rows(named=True):
        at = " ".join(str(row[name]) for name in rule.by)
        if at in listed:
            known.append(Text(f"{at}: {listed[at].en}", f"{at} : {listed[at].fr}"))
            continue
        ends = [f"{row[name]:g}" for name in ("low", "high", "total_low", "total_high")]
        faults.append(Text("{}: the parts are {} to {}, the total {} to {}".format(at, *ends),
                           "{} : les parties vont de {} à {}, le total de {} à {}".format(at, *ends)))  # fmt: skip
    return Check(of.name, rule.text, checked, tuple(faults[:MOST]), tuple(known))


def _across() -> list[Check]:
    """Tables of one thing agree: sectors with the CBP file, areas with states, by office with by province."""
    areas = store.table("cbp_northern_border_monthly_aor")
    sectors = store.table("usbp_northern_sector_monthly").filter(pl.col("source_id").str.starts_with("cbp_aor"))
    patrol = areas.filter(pl.col("component") == "U.S. Border Patrol").with_columns(
        sector=pl.col("area_of_responsibility").str.replace(" Sector", "")
    )
    states = store.table("cbp_northern_border_monthly_state")
    office = store.table("claims_by_citizenship_office_monthly").filter(pl.col("office_type") == "All")
    national = store.table("claims_by_citizenship_province_monthly").filter(pl.col("province") == "Canada")
    found = [
        _same("usbp_northern_sector_monthly", ("month", "sector"), "encounters",
              sectors.filter(pl.col("sector") != "Northern border total", pl.col("encounters") > 0), patrol,
              Text("sectors against the CBP file", "secteurs et fichier de la CBP")),
        _same("cbp_northern_border_monthly_aor", ("month", "citizenship"), "encounters", areas, states,
              Text("offices and sectors against states", "bureaux et secteurs, et États")),
        _same("claims_by_citizenship_province_monthly", ("month", "citizenship"), "claims", national, office,
              Text("by province against by office", "par province et par bureau")),
    ]  # fmt: skip
    return [*found, _years()]


def _same(table: str, by: tuple[str, ...], value: str, one: pl.DataFrame, other: pl.DataFrame, text: Text) -> Check:
    shared = set(one["month"].unique()) & set(other["month"].unique())
    sides = [
        side.filter(pl.col("month").is_in(list(shared))).group_by(by).agg(pl.col(value).sum())
        for side in (one, other)
    ]  # fmt: skip
    both = sides[0].join(sides[1], on=list(by), how="full", coalesce=True)
    wrong = both.filter(pl.col(value).fill_null(0) != pl.col(f"{value}_right").fill_null(0)).sort(by)
    faults = [
        Text(f"{' '.join(str(row[name]) for name in by)}: {row[value]} here, {row[f'{value}_right']} there",
             f"{' '.join(str(row[name]) for name in by)} : {row[value]} ici, {row[f'{value}_right']} là")
        for row in _few(wrong)
    ]  # fmt: skip
    return Check(table, text, both.height, tuple(faults))


def _years() -> Check:
    """The months of a year against the printed total of the year, interceptions."""
    printed = store.table("rcmp_interceptions_periods").filter(pl.col("period_type") == "annual")
    monthly = store.table("rcmp_interceptions_monthly")
    listed = {at: one for one in codebook.disagreements() if one.rule == "years" for at in one.at}
    checked, faults, known = 0, [], []
    for row in printed.iter_rows(named=True):
        start, end = row["period_start"], row["period_end"]
        months = monthly.filter(pl.col("province") == row["province"], pl.col("month").is_between(start, end))
        if months.height != (end.year - start.year) * 12 + end.month - start.month + 1:
            continue
        checked += 1
        if (total := months["interceptions"].sum()) != row["interceptions"]:
            at = f"{start} {end} {row['province']} {row['source_id']}"
            if at in listed:
                known.append(Text(f"{at}: {listed[at].text.en}", f"{at} : {listed[at].text.fr}"))
            else:
                faults.append(Text(f"{at}: printed {row['interceptions']}, months {total}",
                                   f"{at} : imprimé {row['interceptions']}, mois {total}"))  # fmt: skip
    text = Text("months against printed years", "mois et années imprimées")
    return Check("rcmp_interceptions_periods", text, checked, tuple(faults), tuple(known))


def _row(of: Table, row: Mapping[str, Any], en: str, fr: str, key: Iterable[str] | None = None) -> Text:
    at = " ".join(str(row[name]) for name in key or of.key)
    return Text(f"{at}: {en}", f"{at} : {fr}")


def _few(rows: pl.DataFrame) -> list[dict[str, Any]]:
    return rows.head(MOST).to_dicts()
