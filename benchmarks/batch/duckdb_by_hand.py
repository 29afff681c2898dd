"""The law by hand as one query on DuckDB: unknown is NULL, the relatives are a second table.

Rows come back in any order, with the number of their claim: an ``ORDER BY`` would only slow the query down.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from benchmarks.batch import words as w

_SETS = ("prior_claims", "documents", "nationality")
_PLAIN = (
    "protected_in_canada", "foreign_claim_confirmed", "heard_before_2019_06_21", "recognised_refugee_elsewhere",
    "cannot_be_returned_there", "capital_charge_us", "capital_charge_elsewhere", "claimed_inland", "port_closed",
    "visa_required_canada", "visa_required_us", "us_refused_entry_without_claim_decision",
    "pr_of_canada_removed_by_us", "us_claim_decided", "us_habitual_residence", "accompanied_by_parent",
    "has_partner", "removal_order_in_canada",
)  # fmt: skip
_AGAINST = {
    "visa_required_canada", "accompanied_by_parent", "has_partner", "ten_years", "within_14_days", "entry_since_2023",
    "a_year_on",
}  # fmt: skip
_LEFT_OPEN = {"from_usa", "off_port", "coast", "land_or_train", "harbour", "air", "transit"}
_ANY = "max(CASE WHEN {0} THEN 2 WHEN ({0}) IS NULL THEN 1 ELSE 0 END)::TINYINT"


Has = Callable[..., str]


def _coded(places: dict[str, list[str]]) -> Has:
    """The condition that a column has one of some words, where columns hold places in lists of words."""

    def has(column: str, *words: str) -> str:
        found = w.having(places[column], words)
        if len(found) > 50:
            return _listed(column, [str(place) for place in found])
        # Runs of places are quicker compared than looked up.
        runs = [place for place in found if place - 1 not in found]
        ends = [place for place in found if place + 1 not in found]
        parts = [
            f"{column} = {first}" if first == last else f"{column} BETWEEN {first} AND {last}"
            for first, last in zip(runs, ends, strict=True)
        ]
        return f"({' OR '.join(parts)})" if parts else _listed(column, [])

    return has


def _spelled(texts: dict[str, list[str]]) -> Has:
    """The same, where columns hold the words themselves; ``texts`` are the sets that occur."""

    def has(column: str, *words: str) -> str:
        found = [texts[column][place] for place in w.having(texts[column], words)] if column in texts else words
        return _listed(column, [f"'{text}'" for text in found])

    return has


def _listed(column: str, found: list[str]) -> str:
    if len(found) == 1:
        return f"{column} = {found[0]}"
    return f"{column} IN ({', '.join(found)})" if found else f"CASE WHEN {column} IS NOT NULL THEN false END"


def _claims(has: Has, established: bool) -> str:
    """The questions to the cells of a claim, as columns."""

    first = "first_entry_after_2020_06_24"
    if established:
        # Where no first entry is known, the only one that is known is presumed to be it; or the first that would count.
        first = f"coalesce({first}, entry_date, DATE '2020-06-25')"
    cells = {name: name for name in _PLAIN} | {
        "prior_rejected": has("prior_claims", "rejected"),
        "prior_ended": has("prior_claims", *w.CLAIMED_BEFORE),
        "prior_ineligible_e": has("prior_claims", "ineligible_e"),
        "inadmissible": has("determined_inadmissible", *w.INADMISSIBLE),
        "serious": has("determined_inadmissible", "serious_criminality"),
        "ten_years": has("conviction", *w.TEN_YEARS),
        "from_usa": has("came_from", "USA"),
        "off_port": has("entry", "between_ports", "coast"),
        "coast": has("entry", "coast"),
        "land_or_train": has("entry", "land_port", "train"),
        "harbour": has("entry", "ferry", "harbour"),
        "air": has("entry", "airport", "airport_transit_us_removal"),
        "transit": has("entry", "airport_transit_us_removal"),
        "papers": has("documents", *w.PAPERS),
        "us_national": has("nationality", "USA"),
        "stateless": has("nationality", "STATELESS"),
        "minor": "age < 18",
        "adult": "age >= 18",
        "claim_before_2019_06_21": "claim_date < DATE '2019-06-21'",
        "claim_after_policy": "claim_date >= DATE '2026-05-19'",
        "entry_since_2023": "entry_date >= DATE '2023-03-25'",
        "within_14_days": "claim_date - entry_date < 14",
        "a_year_on": f"{first} >= DATE '2020-06-25' AND {first} + INTERVAL 1 YEAR < claim_date",
    }
    shown = {
        name: cell if not established or name in _LEFT_OPEN else f"coalesce({cell}, {name in _AGAINST})"
        for name, cell in cells.items()
    }
    columns = ", ".join(f"{cell} AS {name}" for name, cell in shown.items())
    return f"SELECT n, {columns}, entry_date IS NULL AS unproven, coalesce(relatives_complete, false) AS listed"


def _relatives(has: Has, standings: str, labels: bool) -> str:
    """The questions to the relatives, step by step; each standing asked for is a letter, that begins its columns.

    Question 0 is whether one is a parent near; then (a) to (d) for a minor, and the same for an adult, as one question
    where no labels are wanted: 2 so, 1 not known, 0 not so.
    """
    cells, ties, questions = [], [], []
    for s in standings:
        points = w.PRACTICE if s == "e" else dict.fromkeys(w.POINTS)
        half, wed, young, same_day = (
            "NULL::BOOLEAN" if points[name] is None else str(points[name])
            for name in ("half_blood", "by_marriage", "spouse_under_18", "same_day_referral")
        )

        def shown(cell: str, against: bool = False, s: str = s) -> str:
            return f"coalesce({cell}, {against})" if s == "e" else f"({cell})"

        def one_of(column: str, *words: str) -> str:
            return shown(has(column, *words))

        cells += [
            f"NOT {shown('adoption_incomplete')} AS {s}kept",
            f"{one_of('relation', *w.KIN)} AS {s}kin",
            f"({one_of('relation', *w.HALF_BLOOD)} AND {half} OR {one_of('relation', *w.BY_MARRIAGE)} AND {wed}) "
            f"AS {s}half",
            f"({one_of('relation', *w.SPOUSE)} OR {one_of('relation', 'common_law_partner')} "
            f"AND {shown('common_law_year')}) AS {s}spouse",
            f"{one_of('relation', 'legal_guardian')} AS {s}guardian",
            f"({shown('proven')} AND {one_of('location', 'CAN')}) AS {s}here",
            f"{shown('age >= 18')} AS {s}grown",
            f"{one_of('status', 'citizen', 'permanent_resident')} AS {s}lasting",
            f"{one_of('status', 'citizen')} AS {s}a",
            f"({one_of('status', *w.PROTECTED)} OR {one_of('claim_status', 'accepted')}) AS {s}b",
            f"({one_of('claim_status', *w.REFERRED)} OR {one_of('claim_status', 'referred_same_day')} AND {same_day}) "
            f"AS {s}c",
            f"{one_of('status', *w.PERMIT)} AS {s}d",
            f"({shown(has('relation', *w.PARENT), True)} AND {shown(has('location', 'CAN', 'USA'), True)}) "
            f"AS {s}parent",
        ]
        partner = f"{s}spouse AND ({s}grown OR {s}lasting OR {young})"
        ties += [
            f"({s}parent AND {s}kept) AS {s}parent",
            f"({s}here AND ({s}kin AND {s}kept OR {s}half OR {partner} AND {young} OR {s}guardian)) AS {s}minor",
            f"({s}here AND ({s}kin AND {s}kept OR {s}half OR {partner})) AS {s}adult",
        ]
        what = [f"{s}a", f"{s}b", f"{s}grown AND {s}c", f"{s}grown AND {s}d"]
        what = what if labels and s == "s" else [f"({' OR '.join(what)})"]
        asked = [f"{s}parent", *(f"{s}{age} AND {part}" for age in ("minor", "adult") for part in what)]
        questions += [f"{_ANY.format(question)} AS {s}{place}" for place, question in enumerate(asked)]
    kept = ", ".join(f"{s}{name}" for s in standings for name in ("grown", "a", "b", "c", "d"))
    return f"""r0 AS (SELECT n, {", ".join(cells)} FROM relatives),
    r1 AS (SELECT n, {kept}, {", ".join(ties)} FROM r0),
    found AS (SELECT n, {", ".join(questions)} FROM r1 GROUP BY n)"""


def _standing(has: Has, established: bool, labels: bool) -> str:
    """The sentences of one standing, a row to a claim."""
    s = "e" if established else "s"
    points = w.PRACTICE if established else dict.fromkeys(w.POINTS)
    p = {name: "NULL::BOOLEAN" if held is None else str(held) for name, held in points.items()}
    size = 9 if labels else 3

    def some(question: int) -> str:
        found = f"{s}{question}"
        if not established:
            return (
                f"CASE WHEN {found} = 2 THEN true WHEN listed AND coalesce({found}, 0) = 0 THEN false "
                f"END AS some{question}"
            )
        none = "listed AND" if question == 0 else ""
        unlisted = "WHEN NOT listed THEN true" if question == 0 else ""
        return (
            f"CASE WHEN {found} = 2 THEN true {unlisted} WHEN {none} coalesce({found}, 0) = 0 THEN false "
            f"END AS some{question}"
        )

    half = (size - 1) // 2
    anchors = [
        f"(minor AND some{1 + x} OR adult AND some{1 + half + x} OR some{1 + x} AND some{1 + half + x}) AS x{x}"
        for x in range(half)
    ]
    exceptions = [
        *anchors,
        f"(minor AND NOT accompanied_by_parent AND (NOT has_partner OR NOT {p['spouse_under_18']}) AND NOT some0) "
        f"AS x{half}",
        f"papers AS x{half + 1}",
        f"(NOT visa_required_canada AND visa_required_us) AS x{half + 2}",
        f"(us_refused_entry_without_claim_decision OR pr_of_canada_removed_by_us) AS x{half + 3}",
        f"capital_charge_us AS x{half + 4}",
        f"capital_charge_elsewhere AS x{half + 5}",
        f"(minor AND NOT accompanied_by_parent AND (NOT has_partner AND NOT some0 AND claim_after_policy "
        f"OR {p['minors_policy_scope']})) AS x{half + 6}",
    ]
    listed = " OR ".join(f"x{x}" for x in range(half + 4))
    unproven = "OR unproven" if established else ""
    return f"""
    {s}0 AS ({_claims(has, established)} FROM claims),
    {s}1 AS (SELECT c.*, {", ".join(some(q) for q in range(size))} FROM {s}0 c LEFT JOIN found f USING (n)),
    {s}2 AS (SELECT *, {", ".join(exceptions)}, (off_port OR land_or_train AND port_closed) AS away,
        (land_or_train AND NOT (land_or_train AND port_closed)) AS open_port,
        (transit AND (NOT us_claim_decided OR {p["transit_decided_claim"]})) AS in_transit FROM {s}1),
    {s}3 AS (SELECT *, (away AND (NOT coast OR {p["sea_crossing"]})) AS border,
        (within_14_days AND (entry_since_2023 OR {p["straddling_entry"]}) {unproven}) AS in_time FROM {s}2),
    {s}4 AS (SELECT *, from_usa
        AND NOT (us_national OR us_habitual_residence AND NOT stateless AND {p["long_residents"]})
        AND NOT (stateless AND us_habitual_residence)
        AND NOT ((away OR claimed_inland AND (NOT open_port OR NOT {p["inland_after_land_port"]}))
            AND NOT (border AND in_time) OR harbour OR air AND NOT in_transit) AS reached FROM {s}3),
    {s}5 AS (SELECT *, reached
        AND NOT (NOT in_transit AND ({listed}) OR x{half + 4} OR x{half + 5}) AS barred FROM {s}4),
    {s}6 AS (SELECT n, from_usa, removal_order_in_canada AS gone, reached, barred,
        {", ".join(f"x{x}" for x in range(half + 7))},
        protected_in_canada AS g0, prior_rejected AS g1,
        (prior_ended OR prior_ineligible_e AND NOT us_refused_entry_without_claim_decision) AS g2,
        (recognised_refugee_elsewhere AND NOT cannot_be_returned_there) AS g3, barred AS g4,
        (inadmissible OR serious AND ten_years) AS g5,
        (foreign_claim_confirmed AND NOT (claim_before_2019_06_21 AND heard_before_2019_06_21)) AS g6,
        (a_year_on AND NOT x{half + 6}) AS g7,
        (border AND (NOT within_14_days {unproven}) AND NOT x{half + 6}) AS g8 FROM {s}5)"""


def _outcome(s: str, unknown: str) -> str:
    ineligible = " OR ".join(f"{s}.g{g}" for g in range(len(w.GROUNDS)))
    yes, no, gone = (w.OUTCOME.index(word) for word in ("ineligible", "eligible", "no_claim_possible"))
    return (
        f"(CASE WHEN {s}.gone IS NULL THEN {unknown} WHEN {s}.gone THEN {gone} WHEN {ineligible} THEN {yes} "
        f"WHEN NOT ({ineligible}) THEN {no} ELSE {unknown} END)::TINYINT"
    )


def _stca(s: str, unknown: str) -> str:
    bar, exception, outside, not_engaged = range(4)
    return (
        f"(CASE WHEN {s}.gone OR NOT {s}.from_usa THEN {not_engaged} "
        f"WHEN {s}.gone IS NULL OR {s}.from_usa IS NULL THEN {unknown} WHEN {s}.barred THEN {bar} "
        f"WHEN {s}.barred IS NULL OR {s}.reached IS NULL THEN {unknown} WHEN {s}.reached THEN {exception} "
        f"ELSE {outside} END)::TINYINT"
    )


def _mask(names: list[str]) -> str:
    return "(" + " | ".join(f"CASE WHEN {name} THEN {1 << place} ELSE 0 END" for place, name in enumerate(names)) + ")"


def query(has: Has, every: bool) -> str:
    """The query: the settled outcome, or every column; words as places in their lists."""
    steps = [_relatives(has, "se" if every else "s", every), _standing(has, False, every)]
    outcome = _outcome("s6", str(w.OUTCOME.index(w.UNDETERMINED)))
    if not every:
        return f"WITH {', '.join(steps)} SELECT n, {outcome} AS outcome FROM s6"
    steps.append(_standing(has, True, False))
    conduct = "(e6.from_usa IS NULL OR e6.away IS NULL)"
    steps[-1] = steps[-1].replace("e6 AS (SELECT n, ", "e6 AS (SELECT n, away, ")
    unknown = [
        f"CASE WHEN {conduct} THEN {listed.index(w.UNDETERMINED)} ELSE {listed.index(w.OPEN)} END"
        for listed in (w.STCA, w.OUTCOME)
    ]
    return f"""WITH {", ".join(steps)} SELECT s6.n, {_stca("s6", str(w.STCA.index(w.UNDETERMINED)))} AS stca,
        {outcome} AS outcome, {_stca("e6", unknown[0])} AS stca_established,
        {_outcome("e6", unknown[1])} AS outcome_established,
        {_mask([f"s6.g{g}" for g in range(len(w.GROUNDS))])}::INTEGER AS grounds,
        {_mask([f"s6.x{x}" for x in range(len(w.EXCEPTIONS))])}::INTEGER AS exceptions
        FROM s6 JOIN e6 USING (n)"""


def tables(table: pa.Table) -> tuple[pa.Table, pa.Table, Has]:
    """The claims, numbered, and their relatives with that number; words as places in their dictionaries."""
    whole = table.combine_chunks()
    places: dict[str, list[str]] = {}

    def plain(array: pa.Array, name: str) -> pa.Array:
        if not pa.types.is_dictionary(array.type):
            return array
        places[name] = array.dictionary.to_pylist()
        return array.indices

    lists = whole["relatives"].chunk(0)
    offsets = lists.offsets.to_numpy()
    numbers = np.arange(len(lists), dtype=np.int32)
    members = lists.values.slice(offsets[0], offsets[-1] - offsets[0])
    fields = {field.name: plain(members.field(field.name), field.name) for field in members.type}
    relatives = pa.table({"n": np.repeat(numbers, np.diff(offsets))} | fields)
    own = {name: plain(whole[name].chunk(0), name) for name in whole.column_names if name != "relatives"}
    return pa.table({"n": numbers} | own), relatives, _coded(places)


def _connect() -> Any:
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET preserve_insertion_order = false")
    return connection


def prepare(table: pa.Table) -> tuple[Any, Has]:
    """The two tables in DuckDB's own form."""
    claims, relatives, has = tables(table)
    connection = _connect()
    connection.register("claims_given", claims)
    connection.register("relatives_given", relatives)
    connection.execute("CREATE TABLE claims AS FROM claims_given; CREATE TABLE relatives AS FROM relatives_given")
    connection.unregister("claims_given")
    connection.unregister("relatives_given")
    return connection, has


def run_loaded(state: tuple[Any, Has]) -> pa.Table:
    """The outcome alone, from DuckDB's own tables."""
    connection, has = state
    return _worded(connection.sql(query(has, False)).to_arrow_table())


def run_outcome(table: pa.Table) -> pa.Table:
    """The outcome alone, from the Arrow table."""
    return _run(table, False)


def run_all(table: pa.Table) -> pa.Table:
    """Every column, from the Arrow table."""
    return _run(table, True)


def _run(table: pa.Table, every: bool) -> pa.Table:
    claims, relatives, has = tables(table)
    with _connect() as connection:
        connection.register("claims", claims)
        connection.register("relatives", relatives)
        return _worded(connection.sql(query(has, every)).to_arrow_table())


def _worded(found: pa.Table) -> pa.Table:
    kinds = {
        "stca": pa.array(w.STCA), "outcome": pa.array(w.OUTCOME),
        "stca_established": pa.array(w.STCA), "outcome_established": pa.array(w.OUTCOME),
        "grounds": w.joined(w.GROUNDS), "exceptions": w.joined(w.EXCEPTIONS),
    }  # fmt: skip
    columns: dict[str, Any] = {"n": found["n"]}
    for name in found.column_names[1:]:
        chunks = [pa.DictionaryArray.from_arrays(chunk, kinds[name]) for chunk in found[name].chunks]
        columns[name] = pa.chunked_array(chunks)
    return pa.table(columns)


def run_parquet(source: Path, target: Path) -> None:
    """Every column, from one Parquet file into another, relatives unnested on the way."""
    with _connect() as connection:
        texts = {
            name: [text for (text,) in connection.execute(f"SELECT DISTINCT {name} FROM '{source}'").fetchall() if text]
            for name in _SETS
        }
        connection.execute(f"CREATE VIEW claims AS SELECT * EXCLUDE relatives, file_row_number::INTEGER AS n "
                           f"FROM read_parquet('{source}', file_row_number = true)")  # fmt: skip
        connection.execute(
            f"CREATE VIEW relatives AS SELECT n, unnest(relatives, recursive := true) FROM "
            f"(SELECT file_row_number::INTEGER AS n, relatives FROM read_parquet('{source}', file_row_number = true))"
        )
        decided = query(_spelled(texts), True)
        stca, outcome, grounds, exceptions = (
            f"{listed}" for listed in (list(w.STCA), list(w.OUTCOME), w.joined(w.GROUNDS).to_pylist(),
                                       w.joined(w.EXCEPTIONS).to_pylist())
        )  # fmt: skip
        connection.execute(
            f"COPY (SELECT claim_id, {stca}[stca + 1] AS stca, {outcome}[outcome + 1] AS outcome, "
            f"{stca}[stca_established + 1] AS stca_established, "
            f"{outcome}[outcome_established + 1] AS outcome_established, {grounds}[grounds + 1] AS grounds, "
            f"{exceptions}[exceptions + 1] AS exceptions FROM ({decided}) JOIN claims USING (n)) "
            f"TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        )
