"""The columns of a table of claims as Arrow types: the one form in which tables are read, decided and written."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from safethird.batch.schema import CLAIM_ID, COMPLETE, RELATIVES, Column

MOST_SMALL = 127
"""The most words that an index of eight bits can number."""


def type_of(column: Column) -> pa.DataType:
    """The Arrow type of one column; the dictionary of a ``code`` column is its words, in their order.

    >>> from datetime import date
    >>> from safethird.batch.schema import columns
    >>> from safethird.law.canada import CANADA
    >>> [str(type_of(c)) for c in columns([CANADA.on(date(2024, 6, 1))]) if c.name == "age"]
    ['int16', 'int16']
    """
    match column.kind:
        case "bool":
            return pa.bool_()
        case "number":
            return pa.int16()
        case "day":
            return pa.date32()
        case "code" if len(column.words) <= MOST_SMALL:
            return pa.dictionary(pa.int8(), pa.string())
        case _:
            # The values of a set column are sets, and there can be more of those than words.
            return pa.dictionary(pa.int16(), pa.string())


def relatives_type(columns: Iterable[Column]) -> pa.DataType:
    """The type of the list column of relatives: a list of structs, a field per column of relatives."""
    return pa.list_(pa.struct([pa.field(c.name, type_of(c)) for c in columns if c.of_relative]))


def claims_schema(columns: Iterable[Column], claim_id: pa.DataType | None = None) -> pa.Schema:
    """The canonical schema of a table of claims: its id, its facts, its relatives and whether they are all.

    ``claim_id`` is the type of the identifiers: text unless said otherwise, or a whole number.
    """
    columns = tuple(columns)
    return pa.schema(
        [
            pa.field(CLAIM_ID, claim_id or pa.string()),
            *(pa.field(c.name, type_of(c)) for c in columns if not c.of_relative),
            pa.field(COMPLETE, pa.bool_()),
            pa.field(RELATIVES, relatives_type(columns)),
        ]
    )


def relatives_schema(columns: Iterable[Column], claim_id: pa.DataType | None = None) -> pa.Schema:
    """The canonical schema of a second table of relatives: whose they are, and a column per fact of theirs."""
    return pa.schema(
        [
            pa.field(CLAIM_ID, claim_id or pa.string()),
            *(pa.field(c.name, type_of(c)) for c in columns if c.of_relative),
        ]
    )
