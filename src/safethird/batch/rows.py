"""One row of a table as a case, so that every reading of a single case can be had for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from safethird.batch.schema import COMPLETE, JOIN, MEMBER
from safethird.cases.burden import NOT_STATED, with_burden
from safethird.cases.case import Case
from safethird.cases.values import Interval, Value, When
from safethird.law.facts import declared


def case_of(
    row: Mapping[str, Any],
    relatives: Iterable[Mapping[str, Any]] = (),
    side: str = "canada",
    positions: Mapping[str, bool] | None = None,
) -> Case:
    """The case that a row and its relatives describe; a value that is None is unknown.

    >>> from datetime import date
    >>> case_of({"claim_date": date(2024, 5, 1), "age": 17, "nationality": "MEX|USA"}).facts["nationality"] == {
    ...     "MEX", "USA"}
    True
    """
    facts = dict.fromkeys(NOT_STATED, False) | _facts(row, "") | dict(positions or {})
    members = tuple(_facts(relative, MEMBER) for relative in relatives)
    case = Case(facts, members, row.get(COMPLETE) is True, side=side, id=str(row.get("claim_id", "")))
    return with_burden(case)


def _facts(row: Mapping[str, Any], prefix: str) -> dict[str, Value]:
    return {
        prefix + name: _value(declared[prefix + name].fact.kind, raw)
        for name, raw in row.items()
        if prefix + name in declared and raw is not None
    }


def _value(kind: str, raw: Any) -> Value:
    match kind:
        case "codes":
            return frozenset(word for word in raw.split(JOIN) if word)
        case "number":
            return Interval(raw, raw)
        case "day":
            return When.day(raw)
        case _:
            return raw  # type: ignore[no-any-return]
