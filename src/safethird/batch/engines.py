"""Deciders that hand the law, as SQL, to an embedded database."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.deciding import One
from safethird.batch.flat import claims_of, numbered, relatives_of
from safethird.batch.schema import CLAIM_ID
from safethird.batch.statement import steps
from safethird.cases.faults import BadFile, Fault
from safethird.law.pact import Law


class DuckDB:
    """Every claim under one law, decided by DuckDB; the same columns as :class:`safethird.batch.deciding.One` gives.

    Each batch has a database of its own, in memory, with so many ``threads``.

    Raises:
        BadFile: DuckDB is not installed.
    """

    def __init__(self, law: Law, positions: Mapping[str, bool], threads: int = 1) -> None:
        self._duckdb = _duckdb()
        self.one = One(law, positions)
        self.plan = self.one.plan
        self.threads = threads
        self.steps = steps(self.plan)
        self.schema = self.one.schema

    def decide(self, claims: pa.RecordBatch) -> pa.RecordBatch:
        """The result for each claim, in the same order."""
        # Rows are told apart by their place, which orders them too, and joins faster than text.
        ids = numbered(claims.num_rows)
        with self._duckdb.connect(config={"threads": self.threads}) as database:
            # Planning takes longer than what it saves: the text is laid out in layers of shared results already.
            database.execute("PRAGMA disable_optimizer")
            for name, made in (("claims", claims_of), ("relatives", relatives_of)):
                database.register(f"given_{name}", pa.Table.from_batches([made(claims, self.plan, ids)]))
                database.execute(f"CREATE TEMPORARY TABLE {name} AS SELECT * FROM given_{name}")
            *before, last = self.steps
            for step in before:
                database.execute(f"CREATE TEMPORARY TABLE {step.name} AS {step.select}")
            found = database.sql(f"SELECT * FROM ({last.select}) ORDER BY {CLAIM_ID}").to_arrow_table()
        return self._result(claims, found.combine_chunks())

    def _result(self, claims: pa.RecordBatch, found: pa.Table) -> pa.RecordBatch:
        made: dict[str, Any] = {CLAIM_ID: claims.column(CLAIM_ID)}
        for name in self.schema.names[1:]:
            words = None
            if name not in ("grounds", "exceptions"):
                words = pa.array(self.plan.settled[name.removesuffix("_established")].words, pa.string())
            made[name] = encoded(found.column(name), words)
        return pa.RecordBatch.from_pydict(made)

    def hanging(self, claims: pa.RecordBatch, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many of these claims a settled answer hangs on it, the fact not being known."""
        return self.one.hanging(claims, result)


def encoded(column: pa.ChunkedArray | pa.Array, words: pa.Array | None) -> pa.DictionaryArray:
    """Text as a dictionary: of these words, or (None) of those that occur.

    >>> encoded(pa.array(["excepted", "barred"]), pa.array(["barred", "excepted"])).indices.to_pylist()
    [1, 0]
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    array = array.cast(pa.string())
    if words is None:
        return array.dictionary_encode()
    return pa.DictionaryArray.from_arrays(pc.index_in(array, words).cast(pa.int8()), words)


def extra(package: str, name: str) -> BadFile:
    """The fault of an engine whose package is not installed."""
    what = f"The engine {name} needs the package {package}, which is not installed."
    return BadFile([Fault("--engine", what, f"Install it: pip install 'safethird[{name}]'.")])


def _duckdb() -> Any:
    try:
        import duckdb
    except ImportError:
        raise extra("duckdb", "duckdb") from None
    return duckdb
