"""Columns as they come turned into canonical ones: words into codes, texts into days, sets into joined words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.arrow import type_of
from safethird.batch.schema import JOIN, Column

Bools = npt.NDArray[np.bool_]
MOST_SETS = 32_767
OLDEST = 130
_FIRST_DAY, _LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)
_TRUTH = {"true": True, "yes": True, "oui": True, "false": False, "no": False, "non": False}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"(-?\d{1,9})(\.0*)?")
_SHOWN = 40


class TooManySets(ValueError):
    """A batch holds more different sets than its index can number: take fewer rows at once."""


@dataclass(frozen=True, slots=True)
class Wrong:
    """Values of a column that cannot be: which rows, what is wrong, what to do, and the words found, if words."""

    column: str
    what: str
    do: str
    rows: Bools
    words: tuple[str, ...] = ()


def canonical(column: Column, found: Any, csv: bool) -> tuple[Any, list[Wrong]]:
    """A column's values in the canonical type, and those that cannot be: they are null in what is returned.

    >>> from safethird.batch.schema import columns
    >>> from safethird.law.canada import CANADA
    >>> entry = next(c for c in columns([CANADA.on(date(2024, 6, 1))]) if c.name == "entry")
    >>> array, wrong = canonical(entry, pa.array(["train", "tram", None]), csv=False)
    >>> array.to_pylist(), wrong[0].words
    (['train', None, None], ('tram',))
    """
    if pa.types.is_null(found.type):
        return pa.nulls(len(found), type_of(column)), []
    match column.kind:
        case "bool":
            return _flags(column, found) if csv else (found, [])
        case "number":
            return _texts(column, found, _number, pa.int16()) if csv else _numbers(column, found)
        case "day":
            return _texts(column, found, _day, pa.date32()) if csv else _days(column, found)
        case "codes":
            return _sets(column, found)
        case _:
            return _codes(column, found)


def _codes(column: Column, found: Any) -> tuple[Any, list[Wrong]]:
    known = pa.array(column.words, pa.string())
    index_type = type_of(column).index_type
    if pa.types.is_dictionary(found.type) and found.dictionary.equals(known):
        return pa.DictionaryArray.from_arrays(found.indices.cast(index_type), known), []
    values, indices = _uniques(found)
    places = pc.index_in(values, known)
    index = pc.take(places, indices)
    rows = _both(_known(values, indices), pc.is_null(index))
    array = pa.DictionaryArray.from_arrays(index.cast(index_type), known)
    if not rows.any():
        return array, []
    near = f"Known: {', '.join(column.words[:6])}{'…' if len(column.words) > 6 else ''}. All: safethird batch schema."
    return array, [Wrong(column.name, "not on the list", near, rows, _shown(values, indices, rows))]


def _sets(column: Column, found: Any) -> tuple[Any, list[Wrong]]:
    """Sets are texts of joined words; a list is joined; ``none`` and an empty text are the empty set."""
    holes = np.zeros(len(found), dtype=bool)
    if pa.types.is_list(found.type) or pa.types.is_large_list(found.type):
        joined = pc.binary_join(found.cast(pa.list_(pa.string())), JOIN)
        holes = _both(pc.is_valid(found), pc.is_null(joined))
        found = joined
    values, indices = _uniques(found)
    if len(values) > MOST_SETS:
        # Of a file's dictionary only the words of these rows count.
        used = pc.unique(indices.drop_null())
        values, indices = values.take(used), pc.index_in(indices, used)
    rank = {word: place for place, word in enumerate(column.words)}
    tidy: dict[str, int] = {}
    to: list[int | None] = []
    for value in values.to_pylist():
        words = [] if value in ("", "none", None) else value.split(JOIN)
        fine = value is not None and all(word in rank for word in words) and not _contradicts(words)
        to.append(tidy.setdefault(JOIN.join(sorted(set(words), key=rank.__getitem__)), len(tidy)) if fine else None)
    if len(tidy) > MOST_SETS:
        raise TooManySets
    index = pc.take(pa.array(to, pa.int16()), indices)
    rows = _both(_known(values, indices), pc.is_null(index))
    array = pa.DictionaryArray.from_arrays(index, pa.array(list(tidy), pa.string()))
    wrong = []
    if rows.any():
        do = f"Join words of the list by {JOIN}, such as {JOIN.join(column.words[:2])}. All: safethird batch schema."
        wrong.append(Wrong(column.name, "not a set of words on the list", do, rows, _shown(values, indices, rows)))
    if holes.any():
        wrong.append(Wrong(column.name, "a set with an empty word in it", "Take it out, or make the set null.", holes))
    return array, wrong


def _contradicts(words: list[str]) -> bool:
    return "STATELESS" in words and len(set(words)) > 1


def _numbers(column: Column, found: Any) -> tuple[Any, list[Wrong]]:
    if found.type == pa.int16() and _between(found, 0, OLDEST):
        return found, []
    fine = pc.and_(pc.greater_equal(found, 0), pc.less_equal(found, OLDEST))
    if pa.types.is_floating(found.type):
        fine = pc.and_(fine, pc.equal(pc.floor(found), found))
    rows = _both(pc.is_valid(found), pc.invert(pc.fill_null(fine, False)))
    array = pc.if_else(pc.fill_null(fine, False), found, pa.scalar(None, found.type)).cast(pa.int16())
    return array, [_not_a_number(column, rows)] if rows.any() else []


def _days(column: Column, found: Any) -> tuple[Any, list[Wrong]]:
    day = found.cast(pa.date32(), safe=False) if found.type != pa.date32() else found
    fine = pc.and_(pc.greater_equal(day, _FIRST_DAY), pc.less_equal(day, _LAST_DAY))
    if pa.types.is_timestamp(found.type):
        fine = pc.and_(fine, pc.equal(day.cast(found.type), found))
    rows = _both(pc.is_valid(found), pc.invert(pc.fill_null(fine, False)))
    if not rows.any():
        return day, []
    return pc.if_else(fine, day, pa.scalar(None, pa.date32())), [_not_a_day(column, rows)]


def _flags(column: Column, found: Any) -> tuple[Any, list[Wrong]]:
    def read(text: str) -> bool | None:
        return _TRUTH.get(text.lower())

    return _texts(column, found, read, pa.bool_())


def _texts(column: Column, found: Any, read: Callable[[str], Any], kind: Any) -> tuple[Any, list[Wrong]]:
    values, indices = _uniques(found)
    array = pc.take(pa.array([None if text is None else read(text) for text in values.to_pylist()], kind), indices)
    rows = _both(pc.is_valid(indices), pc.is_null(array))
    if not rows.any():
        return array, []
    if column.kind == "bool":
        do = "Write true, false, yes, no, oui or non; leave it empty where it is not known."
        return array, [Wrong(column.name, "neither yes nor no", do, rows)]
    return array, [_not_a_number(column, rows) if column.kind == "number" else _not_a_day(column, rows)]


def _number(text: str) -> int | None:
    match = _NUMBER.fullmatch(text)
    return number if match and 0 <= (number := int(match[1])) <= OLDEST else None


def _day(text: str) -> date | None:
    if not _DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if _FIRST_DAY <= day <= _LAST_DAY else None


def _not_a_number(column: Column, rows: Bools) -> Wrong:
    return Wrong(column.name, f"not a whole number from 0 to {OLDEST}", "Correct it, or make it null.", rows)


def _not_a_day(column: Column, rows: Bools) -> Wrong:
    return Wrong(column.name, "not a day from 1900 to 2200", "Write YYYY-MM-DD without an hour, or make it null.", rows)


def _uniques(found: Any) -> tuple[Any, Any]:
    coded = found if pa.types.is_dictionary(found.type) else pc.dictionary_encode(found)
    return coded.dictionary.cast(pa.string()), coded.indices


def _known(values: Any, indices: Any) -> Any:
    return pc.is_valid(pc.take(values, indices)) if values.null_count else pc.is_valid(indices)


def _between(found: Any, low: int, high: int) -> bool:
    ends = pc.min_max(found).as_py()
    return ends["min"] is None or (low <= ends["min"] and ends["max"] <= high)


def _both(one: Any, other: Any) -> Bools:
    rows: Bools = pc.and_(one, other).to_numpy(zero_copy_only=False)
    return rows


def _shown(values: Any, indices: Any, rows: Bools) -> tuple[str, ...]:
    """The first of the wrong words: they are codes and not what a person said, but are cut short all the same."""
    places = dict.fromkeys(indices.filter(pa.array(rows)).to_pylist())
    return tuple(str(values[place].as_py())[:_SHOWN] for place in list(places)[:5] if place is not None)
