"""A table of claims in Spark: what of it can be read, and the two plain tables that the law as SQL reads, as SQL."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from safethird.batch.flat import asked
from safethird.batch.plan import Plan
from safethird.batch.schema import CLAIM_ID, COMPLETE, JOIN, RELATIVES, Column
from safethird.batch.statement import years
from safethird.batch.words import OLDEST
from safethird.cases.members import foreign_words
from safethird.readings.cells import CLAIMED
from safethird.readings.sql import back

_TYPES = {"bool": "BOOLEAN", "code": "STRING", "codes": "STRING", "number": "INT", "day": "INT"}
_FOREIGN = ("status", "claim_status")


@dataclass(frozen=True)
class Given:
    """The columns that a table has: its own, those inside its list of relatives, and which of either are lists."""

    own: Collection[str]
    of_relatives: Collection[str]
    lists: Collection[str] = ()


@dataclass(frozen=True)
class Check:
    """Something that no row may be: a condition on a claim, in SQL, and what to say of it."""

    column: str
    what: str
    do: str
    condition: str


def anniversary(day: str, number: int) -> str:
    """The day so many years before a day, in SQL: past a short month's end it is the day after.

    >>> anniversary("d", 1)
    "(UNIX_DATE(ADD_MONTHS(TRUNC(d, 'MM'), -12)) + DAY(d) - 1)"
    """
    return f"(UNIX_DATE(ADD_MONTHS(TRUNC({day}, 'MM'), {-12 * number})) + DAY({day}) - 1)"


def claims_select(plan: Plan, given: Given, table: str) -> str:
    """The query that makes the table ``claims`` of a table as it was read."""
    fixed = plan.law.day
    day = f"DATE'{fixed.date() if isinstance(fixed, datetime) else fixed}'"
    claimed = f"COALESCE(CAST({CLAIMED} AS DATE), {day})" if CLAIMED in given.own else day
    own, _ = asked(plan)
    made = [CLAIM_ID]
    made += [f"{_read(c, c.name, given.own, c.name in given.lists)} AS {c.name}" for c in own]
    made.append(f"{f'CAST({COMPLETE} AS BOOLEAN)' if COMPLETE in given.own else 'FALSE'} AS {COMPLETE}")
    made.append(f"UNIX_DATE({claimed}) AS {CLAIMED}")
    made += [f"CAST({anniversary(claimed, number)} AS INT) AS {back(number)}" for number in years(plan)]
    return f"SELECT {', '.join(made)} FROM {table}"


def relatives_select(plan: Plan, given: Given, table: str) -> str:
    """The query that makes the table ``relatives`` of the same table; ``table`` has the list column."""
    _, inside = asked(plan)
    made = [CLAIM_ID]
    for column in inside:
        text = _read(column, f"r.{column.name}", given.of_relatives, f"{RELATIVES}.{column.name}" in given.lists)
        if column.name in _FOREIGN and {"location", column.name} <= set(given.of_relatives):
            text = _without_foreign(column, text, next(c for c in inside if c.name == "location"))
        made.append(f"{text} AS {column.name}")
    if not given.of_relatives:
        return f"SELECT {', '.join(made)} FROM {table} WHERE FALSE"
    return f"SELECT {', '.join(made)} FROM (SELECT {CLAIM_ID}, EXPLODE({RELATIVES}) AS r FROM {table}) AS listed"


def checks(plan: Plan, given: Given) -> list[Check]:
    """What is wrong with a row, each as a condition that is true of such a row and never NULL."""
    own, inside = asked(plan)
    made = [Check(CLAIM_ID, "no identifier", "Give every row one of its own.", f"{CLAIM_ID} IS NULL")]
    for column in own:
        if column.name in given.own:
            for what, do, wrong in _wrong(column, column.name, column.name in given.lists):
                made.append(Check(column.name, what, do, f"COALESCE({wrong}, FALSE)"))
    for column in inside:
        if column.name in given.of_relatives:
            name = f"{RELATIVES}.{column.name}"
            for what, do, wrong in _wrong(column, f"r.{column.name}", name in given.lists):
                condition = f"COALESCE(EXISTS({RELATIVES}, r -> COALESCE({wrong}, FALSE)), FALSE)"
                made.append(Check(name, what, do, condition))
    if CLAIMED in given.own:
        day = _wrong_day(CLAIMED)
        made.append(Check(CLAIMED, day[0], day[1], f"COALESCE({day[2]}, FALSE)"))
    return made + _orders(given)


def _orders(given: Given) -> list[Check]:
    """Days in an order that can be."""
    first = "first_entry_after_2020_06_24"
    found = []
    for early, late, what in (
        ("entry_date", CLAIMED, "an entry after the claim"),
        (first, CLAIMED, "a first entry after the claim"),
        (first, "entry_date", "a first entry after the entry"),
    ):
        if early in given.own and late in given.own:
            found.append(Check(early, what, "Check both days.", f"COALESCE({early} > {late}, FALSE)"))
    return found


def _read(column: Column, name: str, given: Collection[str], is_list: bool) -> str:
    kind = _TYPES[column.kind]
    if column.name not in given:
        return f"CAST(NULL AS {kind})"
    match column.kind:
        case "day":
            return f"UNIX_DATE(CAST({name} AS DATE))"
        case "codes":
            text = f"ARRAY_JOIN({name}, '{JOIN}')" if is_list else name
            return f"CASE WHEN {text} = 'none' THEN '' ELSE {text} END"
        case _:
            return f"CAST({name} AS {kind})"


def _without_foreign(column: Column, text: str, location: Column) -> str:
    """A relative's word, unless it is one of the other country's law."""
    whens = []
    for place in location.words:
        case = {"relative.location": place}
        words = [w for w in column.words if column.name in foreign_words({**case, column.fact: w})]
        if words:
            whens.append(f"WHEN r.location = '{place}' AND {text} IN ({_listed(words)}) THEN NULL")
    return f"CASE {' '.join(whens)} ELSE {text} END" if whens else text


def _wrong(column: Column, name: str, is_list: bool) -> list[tuple[str, str, str]]:
    listed = _listed(column.words)
    match column.kind:
        case "code":
            return [("not on the list", "All words: safethird batch schema.", f"{name} NOT IN ({listed})")]
        case "codes":
            parts = name if is_list else f"SPLIT({name}, '[{JOIN}]')"
            empty = f"ARRAY_JOIN({parts}, '{JOIN}', '?') IN ('', 'none')"
            strange = f"EXISTS({parts}, w -> w IS NULL OR w NOT IN ({listed}))"
            stateless = f"(ARRAY_CONTAINS({parts}, 'STATELESS') AND SIZE(ARRAY_DISTINCT({parts})) > 1)"
            do = f"Join words of the list by {JOIN}. All: safethird batch schema."
            return [("not a set of words on the list", do, f"NOT {empty} AND ({strange} OR {stateless})")]
        case "number":
            do = "Correct it, or make it null."
            wrong = f"NOT ({name} BETWEEN 0 AND {OLDEST} AND CAST({name} AS INT) = {name})"
            return [(f"not a whole number from 0 to {OLDEST}", do, wrong)]
        case "day":
            return [_wrong_day(name)]
        case _:
            return []


def _wrong_day(name: str) -> tuple[str, str, str]:
    first, last = date(1900, 1, 1), date(2200, 12, 31)
    wrong = f"NOT ({name} BETWEEN DATE'{first}' AND DATE'{last}' AND CAST({name} AS DATE) = {name})"
    return "not a day from 1900 to 2200", "Write a day without an hour, or make it null.", wrong


def _listed(words: Collection[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
