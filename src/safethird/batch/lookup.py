"""One row of a table, found by its identifier, as a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.check import Ledger
from safethird.batch.chunks import Intake, Raw, identifiers
from safethird.batch.rows import case_of
from safethird.batch.schema import RELATIVES
from safethird.batch.sources import Source, bad
from safethird.cases.case import Case
from safethird.cases.faults import BadFile


def case_in(intake: Intake, claim_id: str, side: str, positions: Mapping[str, bool] | None = None) -> Case:
    """The case that a row describes, with its relatives.

    Raises:
        BadFile: there is no such row, more than one, or it has faults.
    """
    kind = intake.claims.claim_id
    source = intake.claims.source
    wanted = _identifier(claim_id, kind, source)
    rows, numbers = _rows(source, wanted, kind)
    if rows is None:
        raise bad(source.path, "No row has this claim_id.", "Check it: letters count, upper and lower case too.")
    theirs = None
    theirs_at = np.zeros(0, dtype=np.int64)
    if intake.relatives is not None:
        theirs, theirs_at = _rows(intake.relatives.source, wanted, kind)
        if theirs is None:
            schema = intake.relatives.source.schema
            theirs = pa.RecordBatch.from_arrays([pa.nulls(0, t) for t in schema.types], schema=schema)
    chunk = intake.chunk(Raw(rows, numbers, np.full(rows.num_rows, rows.num_rows > 1), theirs, theirs_at))
    ledger = Ledger()
    for path, wrong, at in chunk.wrong:
        ledger.note(path, wrong, at)
    if ledger:
        raise BadFile(ledger.faults())
    row = chunk.claims[0].to_pylist()[0]
    return case_of(row, row[RELATIVES] or (), side, positions)


def _identifier(text: str, kind: Any, source: Source) -> Any:
    if not pa.types.is_integer(kind):
        return pa.scalar(text, kind)
    try:
        return pa.scalar(int(text), kind)
    except (ValueError, pa.ArrowInvalid):
        raise bad(source.path, "The identifiers of this table are whole numbers.", "Give a number.") from None


def _rows(source: Source, wanted: Any, kind: Any) -> tuple[pa.RecordBatch | None, Any]:
    found, numbers, start = [], [], 0
    for batch in source.batches():
        same = pc.fill_null(pc.equal(identifiers(batch, kind), wanted), False)
        if pc.any(same).as_py():
            found.append(batch.filter(same))
            numbers.append(np.flatnonzero(same.to_numpy(zero_copy_only=False)) + start + 1)
        start += batch.num_rows
    if not found:
        return None, np.zeros(0, dtype=np.int64)
    return pa.concat_batches(found), np.concatenate(numbers)
