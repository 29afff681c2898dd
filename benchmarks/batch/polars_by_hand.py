"""The law by hand in Polars: nullable booleans, relatives in their list column, the streaming engine.

The lists are the slow part, and most ways of asking "any of them?" either lose what is not known or leave the fast
paths. Fastest of those tried: every question about a relative becomes two flags, *must* and *may*, each added up in
six bits of a word (up to 63 relatives), with one ``list.sum`` to a word. ``list.max`` was eight times slower, and
``explode`` with ``group_by`` two to four times.
"""

from __future__ import annotations

import os

os.environ.setdefault("POLARS_MAX_THREADS", "2")

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from benchmarks.batch import words as w

E = pl.Expr
OneOf = Callable[[E, str, Sequence[str]], E]
_ELEMENT = pl.element()
_BITS, _QUESTIONS = 6, 5
_STCA, _OUTCOME = pl.Enum(w.STCA), pl.Enum(w.OUTCOME)


def both(*parts: E) -> E:
    """All hold."""
    return reduce(and_, parts)


def either(*parts: E) -> E:
    """At least one holds."""
    return reduce(or_, parts)


def codes(table: pa.Table) -> tuple[pl.LazyFrame, OneOf]:
    """The table as a frame that shares its memory, with words as the numbers of their places in the dictionary."""
    whole = table.combine_chunks()
    places: dict[str, list[str]] = {}

    def plain(array: pa.Array, name: str) -> pa.Array:
        if pa.types.is_dictionary(array.type):
            places[name] = array.dictionary.to_pylist()
            return array.indices
        if pa.types.is_list(array.type):
            members, kind = array.values, array.type.value_type
            fields = [plain(members.field(field.name), f"relative.{field.name}") for field in kind]
            return pa.ListArray.from_arrays(array.offsets, pa.StructArray.from_arrays(fields, [f.name for f in kind]))
        return array

    arrays = {name: plain(whole[name].chunk(0), name) for name in whole.column_names}

    def one_of(values: E, name: str, words: Sequence[str]) -> E:
        found = w.having(places[name], words)
        return values == found[0] if len(found) == 1 else values.is_in(found)

    frame = pl.from_arrow(pa.table(arrays))
    assert isinstance(frame, pl.DataFrame)
    return frame.lazy(), one_of


def scanned(path: Path) -> tuple[pl.LazyFrame, OneOf]:
    """A Parquet file as a frame; which sets of words occur in it is asked first, so that they need not be split."""
    frame = pl.scan_parquet(path)
    sets = ("prior_claims", "documents", "nationality")
    found = frame.select(pl.col(name).unique().cast(pl.String).implode() for name in sets).collect(engine="streaming")
    texts = {name: [text for text in found[name][0] if text is not None] for name in sets}

    def one_of(values: E, name: str, words: Sequence[str]) -> E:
        wanted = [texts[name][place] for place in w.having(texts[name], words)] if name in texts else list(words)
        return values == wanted[0] if len(wanted) == 1 else values.is_in(wanted)

    return frame, one_of


def _point(held: bool | None) -> E:
    return pl.lit(held, pl.Boolean)


def _claim(one_of: OneOf) -> dict[str, E]:
    """Every question to the cells of a claim."""

    def word(name: str, *words: str) -> E:
        return one_of(pl.col(name), name, words)

    claim, entry, first = (
        pl.col(name).to_physical() for name in ("claim_date", "entry_date", "first_entry_after_2020_06_24")
    )
    names = (
        "protected_in_canada", "foreign_claim_confirmed", "heard_before_2019_06_21", "recognised_refugee_elsewhere",
        "cannot_be_returned_there", "capital_charge_us", "capital_charge_elsewhere", "claimed_inland", "port_closed",
        "visa_required_canada", "visa_required_us", "us_refused_entry_without_claim_decision",
        "pr_of_canada_removed_by_us", "us_claim_decided", "us_habitual_residence", "accompanied_by_parent",
        "has_partner", "removal_order_in_canada",
    )  # fmt: skip
    return {name: pl.col(name) for name in names} | {
        "prior_rejected": word("prior_claims", "rejected"),
        "prior_ended": word("prior_claims", *w.CLAIMED_BEFORE),
        "prior_ineligible_e": word("prior_claims", "ineligible_e"),
        "inadmissible": word("determined_inadmissible", *w.INADMISSIBLE),
        "serious": word("determined_inadmissible", "serious_criminality"),
        "ten_years": word("conviction", *w.TEN_YEARS),
        "from_usa": word("came_from", "USA"),
        "off_port": word("entry", "between_ports", "coast"),
        "coast": word("entry", "coast"),
        "land_or_train": word("entry", "land_port", "train"),
        "harbour": word("entry", "ferry", "harbour"),
        "air": word("entry", "airport", "airport_transit_us_removal"),
        "transit": word("entry", "airport_transit_us_removal"),
        "papers": word("documents", *w.PAPERS),
        "us_national": word("nationality", "USA"),
        "stateless": word("nationality", "STATELESS"),
        "minor": pl.col("age") < 18,
        "adult": pl.col("age") >= 18,
        "claim_before_2019_06_21": claim < w.day(2019, 6, 21),
        "claim_after_policy": claim >= w.day(2026, 5, 19),
        "entry_since_2023": entry >= w.day(2023, 3, 25),
        "within_14_days": claim - entry < 14,
        "a_year_on": _a_year_on(first, claim),
        # Where no first entry is known, the only one that is known is presumed to be it; or the first that would count.
        "a_year_on_presumed": _a_year_on(pl.coalesce(first, entry, pl.lit(w.YEAR_BAR_FROM, pl.Int32)), claim),
    }


def _a_year_on(first: E, claim: E) -> E:
    # Both days of a span of 366 days bear the same number, unless a 29th of February lies between them.
    leap = either(*(((first < w.day(y, 2, 29)) & (claim > w.day(y, 2, 29))) for y in (2024, 2028, 2032, 2036)))
    days = claim - first
    return (first >= w.YEAR_BAR_FROM) & ((days > 366) | ((days == 366) & ~leap))


_AGAINST = {
    "visa_required_canada", "accompanied_by_parent", "has_partner", "ten_years", "within_14_days", "entry_since_2023",
    "a_year_on_presumed",
}  # fmt: skip
_LEFT_OPEN = {"from_usa", "off_port", "coast", "land_or_train", "harbour", "air", "transit"}


def _relatives(one_of: OneOf, points: Mapping[str, bool | None], established: bool, labels: bool) -> list[E]:
    """The questions to a relative: whether it is a parent near; (a) to (d) for a minor, and the same for an adult.

    Without ``labels``, (a) to (d) are one question.
    """

    def shown(part: E, against: bool = False) -> E:
        return part.fill_null(against) if established else part

    def field(name: str) -> E:
        return _ELEMENT.struct.field(name)

    def word(name: str, *words: str) -> E:
        return one_of(field(name), f"relative.{name}", words)

    half, wed, young, same_day = (
        _point(points[name]) for name in ("half_blood", "by_marriage", "spouse_under_18", "same_day_referral")
    )
    kept = ~shown(field("adoption_incomplete"))
    kin = either(
        shown(word("relation", *w.KIN)) & kept,
        shown(word("relation", *w.HALF_BLOOD)) & half,
        shown(word("relation", *w.BY_MARRIAGE)) & wed,
    )
    grown = shown(field("age") >= 18)
    partner = either(
        shown(word("relation", *w.SPOUSE)),
        shown(word("relation", "common_law_partner")) & shown(field("common_law_year")),
    ) & either(grown, shown(word("status", "citizen", "permanent_resident")), young)
    referred = shown(word("claim_status", *w.REFERRED)) | (shown(word("claim_status", "referred_same_day")) & same_day)
    guardian = shown(word("relation", "legal_guardian"))
    here = shown(field("proven")) & shown(word("location", "CAN"))
    what = [
        shown(word("status", "citizen")),
        shown(word("status", *w.PROTECTED)) | shown(word("claim_status", "accepted")),
        grown & referred,
        grown & shown(word("status", *w.PERMIT)),
    ]
    parent = both(shown(word("relation", *w.PARENT), True), kept, shown(word("location", "CAN", "USA"), True))
    families = (either(kin, partner & young, guardian), kin | partner)
    what = what if labels else [either(*what)]
    return [parent, *(here & family & part for family in families for part in what)]


def _packed(questions: Sequence[E]) -> Iterator[E]:
    """Words that hold for each question whether it must and whether it may hold of one of the relatives."""
    for first in range(0, len(questions), _QUESTIONS):
        flags = [q.fill_null(unknown) for q in questions[first : first + _QUESTIONS] for unknown in (False, True)]
        word = reduce(or_, (flag.cast(pl.UInt64) * (1 << (_BITS * place)) for place, flag in enumerate(flags)))
        yield pl.col("relatives").list.eval(word).list.sum().fill_null(0)


def _unpacked(standing: str, question: int) -> E:
    word = pl.col(f"{standing}.packed{question // _QUESTIONS}")
    bits = ((1 << _BITS) - 1) << (2 * _BITS * (question % _QUESTIONS))
    return pl.when((word & bits) != 0).then(True).when((word & (bits << _BITS)) == 0).then(False)


def _stage(frame: pl.LazyFrame, one_of: OneOf, standing: str, labels: bool = False) -> pl.LazyFrame:
    """The sentences of one standing, as columns with its name before theirs."""
    points = w.PRACTICE if standing == "e" else dict.fromkeys(w.POINTS)
    established = standing == "e"
    cells = _claim(one_of)
    if established:
        cells = {name: cell if name in _LEFT_OPEN else cell.fill_null(name in _AGAINST) for name, cell in cells.items()}
    questions = _relatives(one_of, points, established, labels)
    listed = pl.col("relatives_complete").fill_null(False)
    frame = frame.with_columns(
        *(cell.alias(f"{standing}.{name}") for name, cell in cells.items()),
        *(word.alias(f"{standing}.packed{place}") for place, word in enumerate(_packed(questions))),
        pl.when(listed).then(False).alias(f"{standing}.unlisted"),
    )
    c = {name: pl.col(f"{standing}.{name}") for name in cells}
    p = {name: _point(held) for name, held in points.items()}
    some = [_unpacked(standing, place) for place in range(len(questions))]
    if established:
        # Who is not listed counts against the claimant: no family, but a parent.
        some[0] = some[0] | ~listed
    else:
        some = [part | pl.col(f"{standing}.unlisted") for part in some]
    frame = frame.with_columns(part.alias(f"{standing}.some{place}") for place, part in enumerate(some))
    parent, *some = (pl.col(f"{standing}.some{place}") for place in range(len(questions)))
    anchored = [
        either(c["minor"] & minor, c["adult"] & adult, minor & adult)
        for minor, adult in zip(some[: len(some) // 2], some[len(some) // 2 :], strict=True)
    ]

    alone = c["minor"] & ~c["accompanied_by_parent"]
    exceptions = [
        *anchored,
        both(alone, ~c["has_partner"] | ~p["spouse_under_18"], ~parent),
        c["papers"],
        ~c["visa_required_canada"] & c["visa_required_us"],
        c["us_refused_entry_without_claim_decision"] | c["pr_of_canada_removed_by_us"],
        c["capital_charge_us"],
        c["capital_charge_elsewhere"],
        both(alone, both(~c["has_partner"], ~parent, c["claim_after_policy"]) | p["minors_policy_scope"]),
    ]
    closed_port = c["land_or_train"] & c["port_closed"]
    frame = frame.with_columns(
        *(part.alias(f"{standing}.x{place}") for place, part in enumerate(exceptions)),
        closed_port.alias(f"{standing}.closed"),
        (c["off_port"] | closed_port).alias(f"{standing}.away"),
        both(c["transit"], ~c["us_claim_decided"] | p["transit_decided_claim"]).alias(f"{standing}.transit2"),
    )
    exceptions = [pl.col(f"{standing}.x{place}") for place in range(len(exceptions))]
    closed_port, away, transit = (pl.col(f"{standing}.{name}") for name in ("closed", "away", "transit2"))
    border = both(away, ~c["coast"] | p["sea_crossing"])
    in_time = c["within_14_days"] & (c["entry_since_2023"] | p["straddling_entry"])
    late = ~c["within_14_days"]
    if established:
        unproven = pl.col("entry_date").is_null()
        in_time, late = in_time | unproven, late | unproven
    inland = both(c["claimed_inland"], ~both(c["land_or_train"], ~closed_port) | ~p["inland_after_land_port"])
    elsewhere = either(both(away | inland, ~both(border, in_time)), c["harbour"], both(c["air"], ~transit))
    at_home = c["us_national"] | both(c["us_habitual_residence"], ~c["stateless"], p["long_residents"])
    stateless_resident = both(c["stateless"], c["us_habitual_residence"])
    reached = both(c["from_usa"], ~at_home, ~stateless_resident, ~elsewhere)
    # Whoever the bar reaches came by a port or along the border, so that of 159.5 only the transit is left to ask.
    lifted = either(both(~transit, either(*exceptions[:-3])), exceptions[-3], exceptions[-2])
    frame = frame.with_columns(reached.alias(f"{standing}.reached"))
    reached = pl.col(f"{standing}.reached")
    frame = frame.with_columns(both(reached, ~lifted).alias(f"{standing}.barred"))
    grounds = [
        c["protected_in_canada"],
        c["prior_rejected"],
        c["prior_ended"] | both(c["prior_ineligible_e"], ~c["us_refused_entry_without_claim_decision"]),
        c["recognised_refugee_elsewhere"] & ~c["cannot_be_returned_there"],
        pl.col(f"{standing}.barred"),
        c["inadmissible"] | both(c["serious"], c["ten_years"]),
        c["foreign_claim_confirmed"] & ~both(c["claim_before_2019_06_21"], c["heard_before_2019_06_21"]),
        c["a_year_on_presumed" if established else "a_year_on"] & ~exceptions[-1],
        both(border, late, ~exceptions[-1]),
    ]
    return frame.with_columns(part.alias(f"{standing}.g{place}") for place, part in enumerate(grounds))


def _outcome(standing: str, unknown: E) -> E:
    gone = pl.col(f"{standing}.removal_order_in_canada")
    barred = either(*(pl.col(f"{standing}.g{place}") for place in range(len(w.GROUNDS))))
    return (
        pl.when(gone.is_null()).then(unknown)
        .when(gone).then(_place(w.OUTCOME, "no_claim_possible"))
        .when(barred).then(_place(w.OUTCOME, "ineligible"))
        .when(~barred).then(_place(w.OUTCOME, "eligible"))
        .otherwise(unknown)
        .cat.to(_OUTCOME)
    )  # fmt: skip


def _stca(standing: str, unknown: E) -> E:
    engaged = ~pl.col(f"{standing}.removal_order_in_canada") & pl.col(f"{standing}.from_usa")
    barred, reached = pl.col(f"{standing}.barred"), pl.col(f"{standing}.reached")
    return (
        pl.when(engaged.is_null()).then(unknown)
        .when(~engaged).then(_place(w.STCA, "not_engaged"))
        .when(barred).then(_place(w.STCA, "bar"))
        .when(barred.is_null() | reached.is_null()).then(unknown)
        .when(reached).then(_place(w.STCA, "exception"))
        .otherwise(_place(w.STCA, "outside"))
        .cat.to(_STCA)
    )  # fmt: skip


def _place(listed: Sequence[str], word: str) -> E:
    return pl.lit(listed.index(word), pl.UInt8)


def _mask(names: Sequence[str], labels: tuple[str, ...]) -> E:
    flags = (pl.col(name).fill_null(False).cast(pl.UInt16) * (1 << place) for place, name in enumerate(names))
    return reduce(or_, flags).cat.to(pl.Enum(w.joined(labels).to_pylist()))


def outcome_only(frame: pl.LazyFrame, one_of: OneOf) -> pl.LazyFrame:
    """The settled outcome."""
    frame = _stage(frame, one_of, "s")
    return frame.select("claim_id", outcome=_outcome("s", _place(w.OUTCOME, w.UNDETERMINED)))


def everything(frame: pl.LazyFrame, one_of: OneOf) -> pl.LazyFrame:
    """Both results in both standings, the grounds and the exceptions."""
    frame = _stage(frame, one_of, "s", labels=True)
    frame = _stage(frame, one_of, "e")
    conduct = pl.col("came_from").is_null() | pl.col("entry").is_null()
    unknown = {
        words: pl.when(conduct).then(_place(words, w.UNDETERMINED)).otherwise(_place(words, w.OPEN))
        for words in (w.STCA, w.OUTCOME)
    }
    return frame.select(
        "claim_id",
        stca=_stca("s", _place(w.STCA, w.UNDETERMINED)),
        outcome=_outcome("s", _place(w.OUTCOME, w.UNDETERMINED)),
        stca_established=_stca("e", unknown[w.STCA]),
        outcome_established=_outcome("e", unknown[w.OUTCOME]),
        grounds=_mask([f"s.g{place}" for place in range(len(w.GROUNDS))], w.GROUNDS),
        exceptions=_mask([f"s.x{place}" for place in range(len(w.EXCEPTIONS))], w.EXCEPTIONS),
    )


def prepare(table: pa.Table) -> tuple[pl.LazyFrame, OneOf]:
    """The table as a frame, made beforehand."""
    return codes(table)


def run_loaded(state: tuple[pl.LazyFrame, OneOf]) -> pa.Table:
    """The outcome alone, from a frame made beforehand."""
    return outcome_only(*state).collect(engine="streaming").to_arrow()


def run_outcome(table: pa.Table) -> pa.Table:
    """The outcome alone, from the table."""
    return run_loaded(codes(table))


def run_all(table: pa.Table) -> pa.Table:
    """Every column, from the table."""
    return everything(*codes(table)).collect(engine="streaming").to_arrow()


def run_parquet(source: Path, target: Path) -> Any:
    """Every column, from one Parquet file into another."""
    everything(*scanned(source)).sink_parquet(target, compression="zstd", engine="streaming")
