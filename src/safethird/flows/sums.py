"""Which printed figures must add up to which printed totals, within what rounding and suppression allow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from safethird.flows.codebook import Table, Text


@dataclass(frozen=True, slots=True)
class Sum:
    """Parts that add up to a total: for each combination of ``by``, the rows of ``parts`` against that of ``total``.

    ``whole`` is how many parts there must be for the sum to be one; 0 takes those there are.
    """

    name: str
    by: tuple[str, ...]
    parts: pl.Expr
    total: pl.Expr
    text: Text
    whole: int = 0


def _is(column: str, *values: str) -> pl.Expr:
    return pl.col(column).is_in(list(values))


_OUTCOMES = ("accepted", "rejected", "abandoned", "withdrawn_other")
_REGULAR = ("airport", "inland", "land_border", "marine")
_PROVINCES = Text("provinces against Canada", "provinces et Canada")
_OFFICES = Text("offices against all", "bureaux et ensemble")

SUMS: Mapping[str, tuple[Sum, ...]] = {
    "claims_by_office_type_province_monthly": (
        Sum("provinces", ("month", "office_type"), ~_is("province", "Canada"), _is("province", "Canada"), _PROVINCES),
        Sum("offices", ("month", "province"), ~_is("office_type", "All"), _is("office_type", "All"), _OFFICES),
    ),
    "claims_cbsa_ircc_channel_province_monthly": (
        Sum("provinces", ("month", "agency", "channel"), ~_is("province", "Canada"),
            _is("province", "Canada") & ~_is("channel", "total_cbsa"), _PROVINCES),
        Sum("ports", ("month", "province"),
            _is("channel", "air_port_of_entry", "land_port_of_entry", "marine_port_of_entry"),
            _is("channel", "all_ports_of_entry"), Text("air, land and marine ports against all ports",
                                                       "points d’entrée aériens, terrestres, maritimes et tous")),
        Sum("agencies", ("month", "province"),
            _is("channel", "all_ports_of_entry", "inland_office"), _is("channel", "all"),
            Text("ports and inland offices against all", "points d’entrée et bureaux intérieurs, et ensemble")),
        Sum("cbsa", ("month", "province"),
            _is("agency", "CBSA") & _is("channel", "all_ports_of_entry", "inland_office"),
            _is("channel", "total_cbsa"), Text("ports and CBSA inland offices against the CBSA total",
                                               "points d’entrée et bureaux de l’ASFC, et total de l’ASFC")),
    ),
    "claims_by_citizenship_office_monthly": (
        Sum("offices", ("month", "citizenship"), ~_is("office_type", "All"), _is("office_type", "All"), _OFFICES),
    ),
    "claims_by_citizenship_province_monthly": (
        Sum("provinces", ("month", "citizenship"), ~_is("province", "Canada"), _is("province", "Canada"), _PROVINCES),
    ),
    "rcmp_interceptions_monthly": (
        Sum("provinces", ("month",), ~_is("province", "Canada", "Other provinces"), _is("province", "Canada"),
            _PROVINCES),
    ),
    "usbp_northern_sector_monthly": (
        Sum("sectors", ("month", "source_id"), ~_is("sector", "Northern border total"),
            _is("sector", "Northern border total"),
            Text("sectors against the northern border", "secteurs et frontière nord")),
    ),
    "us_niv_issuances_monthly": (
        Sum("classes", ("month", "nationality"), ~_is("class_group", "all"), _is("class_group", "all"),
            Text("groups of classes against all classes", "groupes de catégories et ensemble")),
    ),
    "claims_by_mode_annual": (
        Sum("modes", ("period_start", "period_end", "source_id"), _is("mode_of_entry", *_REGULAR, "irregular"),
            _is("mode_of_entry", "total"), Text("modes of entry against the total", "modes d’entrée et total"),
            whole=5),
        Sum("regular", ("period_start", "period_end", "source_id"), _is("mode_of_entry", *_REGULAR),
            _is("mode_of_entry", "regular_total"), Text("regular modes against the regular total",
                                                        "modes réguliers et total régulier"), whole=4),
    ),
    "irb_irregular_claims_quarterly": (
        Sum("outcomes", ("period_start", "period_end", "country", "source_id"), _is("measure", *_OUTCOMES),
            _is("measure", "finalized"), Text("outcomes against finalized", "issues et finalisées"), whole=4),
        Sum("intake", ("period_start", "period_end", "country", "source_id"), _is("measure", "finalized", "pending"),
            _is("measure", "intake"),
            Text("finalized and pending against intake", "finalisées et en attente, et reçues"), whole=2),
    ),
}  # fmt: skip


def bounded(rows: pl.DataFrame, of: Table) -> pl.DataFrame:
    """Rows with what is proven of each figure, ``low`` and ``high``, from rounding and suppression."""
    half = pl.lit(of.rounding / 2)
    if "precision" in rows.columns:
        half = pl.col("precision").str.extract(r"rounded to (\d+)").cast(pl.Float64).fill_null(0.0) / 2
    value = pl.col(of.value).cast(pl.Float64)
    hidden = pl.col(of.suppressed).fill_null(False) if of.suppressed else pl.lit(False)
    return rows.with_columns(
        pl.when(hidden).then(0.0).otherwise((value - half).clip(lower_bound=0.0)).alias("low"),
        pl.when(hidden).then(float(of.suppressed_to)).otherwise(value + half).alias("high"),
    )


def broken(rows: pl.DataFrame, of: Table, rule: Sum) -> tuple[int, pl.DataFrame]:
    """How many sums there were to check, and those that cannot be: low and high of the parts, and of the total."""
    found = bounded(rows, of)
    parts = (
        found.filter(rule.parts)
        .group_by(rule.by)
        .agg(pl.col("low", "high").sum(), pl.col("low").null_count().alias("_gone"), pl.len().alias("_parts"))
    )
    total = found.filter(rule.total).select(
        *rule.by, pl.col("low").alias("total_low"), pl.col("high").alias("total_high")
    )
    both = parts.join(total, on=list(rule.by), how="inner", nulls_equal=True).filter(
        (pl.col("_gone") == 0) & pl.col("total_low").is_not_null(), pl.col("_parts") >= rule.whole
    )
    wrong = both.filter((pl.col("low") > pl.col("total_high")) | (pl.col("high") < pl.col("total_low")))
    return both.height, wrong.drop("_gone", "_parts").sort(rule.by)
