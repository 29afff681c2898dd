"""Writing an example: one file, or for CSV, which has no lists, one of claims and one of relatives."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.outputs import Output, beside
from safethird.batch.schema import CLAIM_ID, RELATIVES, Column
from safethird.batch.sources import form_of

NONE = "none"


def files_of(out: Path) -> list[Path]:
    """The files that an example is written to."""
    return [out, beside(out)] if form_of(out) == "csv" else [out]


def write_example(out: Path, batches: Iterable[pa.RecordBatch], schema: pa.Schema, columns: Iterable[Column]) -> None:
    """Write canonical batches to a file, and for CSV their relatives to a second one beside it."""
    if form_of(out) != "csv":
        with Output(out, schema) as output:
            for batch in batches:
                output.write(batch)
            output.finish()
        return
    sets = {column.name for column in columns if column.kind == "codes"}
    claims = pa.schema([item for item in schema if item.name != RELATIVES])
    kin = pa.schema([schema.field(CLAIM_ID), *schema.field(RELATIVES).type.value_type])
    with ExitStack() as stack:
        one, other = (stack.enter_context(Output(path, s)) for path, s in ((out, claims), (beside(out), kin)))
        for batch in batches:
            one.write(pa.record_batch([_said(batch.column(n), n in sets) for n in claims.names], names=claims.names))
            other.write(relatives_of(batch))
        other.finish()
        one.finish()


def relatives_of(batch: pa.RecordBatch) -> pa.RecordBatch:
    """The relatives of canonical claims as rows of a second table."""
    lists = batch.column(RELATIVES)
    members = pc.list_flatten(lists)
    owners = pc.take(batch.column(CLAIM_ID), pc.list_parent_indices(lists))
    return pa.record_batch([owners, *members.flatten()], names=[CLAIM_ID, *(item.name for item in members.type)])


def _said(column: Any, is_set: bool) -> Any:
    """In CSV an empty text is something not known, so that the empty set needs a word."""
    if not is_set:
        return column
    words = pa.array([word or NONE for word in column.dictionary.to_pylist()], pa.string())
    return pa.DictionaryArray.from_arrays(column.indices, words)
