"""Chunks of a table of claims: rows as they come, with their relatives; then rows that can be decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from safethird.batch.arrow import claims_schema, type_of
from safethird.batch.check import Numbers, Rules, prefixed, row_faults, without_foreign
from safethird.batch.schema import CLAIM_ID, COMPLETE, RELATIVES, Column
from safethird.batch.tables import Table
from safethird.batch.words import Bools, TooManySets, Wrong, canonical

FAULT = "fault"
PART = 16_384


@dataclass(frozen=True, slots=True)
class Raw:
    """Rows as they came: ``numbers`` count them in their file, from 1; ``repeated`` share their identifier.

    ``relatives`` are the rows of the second table that belong to these claims, or to none that is there.
    """

    claims: pa.RecordBatch
    numbers: Numbers
    repeated: Bools
    relatives: pa.RecordBatch | None = None
    relative_numbers: Numbers | None = None

    @property
    def rows(self) -> int:
        """How many claims."""
        return int(self.claims.num_rows)


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that can be decided, and what was found wrong with the others.

    ``rows`` counts what came. ``aside`` holds the wrong rows as they came, with a column ``fault``;
    ``relatives_aside`` those of the second table.
    """

    rows: int
    claims: tuple[pa.RecordBatch, ...]
    wrong: tuple[tuple[str, Wrong, Numbers], ...] = ()
    aside: pa.RecordBatch | None = None
    relatives_aside: pa.RecordBatch | None = None
    foreign: int = 0


@dataclass(frozen=True)
class Intake:
    """How raw rows become claims: the tables, and the law's first day where no law is named."""

    claims: Table
    relatives: Table | None = None
    begins: date | None = None
    schema: pa.Schema = field(init=False)
    own: tuple[Column, ...] = field(init=False)
    of_relatives: tuple[Column, ...] = field(init=False)

    def __post_init__(self) -> None:
        columns = self.claims.columns
        schema = claims_schema(columns, self.claims.claim_id)
        object.__setattr__(self, "schema", schema)
        object.__setattr__(self, "own", tuple(c for c in columns if not c.of_relative))
        object.__setattr__(self, "of_relatives", tuple(c for c in columns if c.of_relative))

    def chunk(self, raw: Raw, *, aside: bool = False) -> Chunk:
        """The chunk that raw rows make; wrong rows are not among its claims, and kept only if to be set aside."""
        try:
            return self._chunk(raw, aside)
        except TooManySets:
            return _joined([self._chunk(part, aside) for part in _halves(raw)])

    def _chunk(self, raw: Raw, aside: bool) -> Chunk:
        path = str(self.claims.source.path)
        found, wrong = self._claimants(raw)
        wrong += row_faults(found, raw.repeated, Rules(self.begins))
        noted = [(path, fault, raw.numbers) for fault in wrong]
        listed, foreign, kin_wrong = (self._second if self.relatives else self._listed)(raw, found[CLAIM_ID])
        found[RELATIVES] = listed.array
        reasons = [*((fault.rows, fault) for fault in wrong), *((listed.of_claims(f.rows), f) for f in kin_wrong)]
        if self.relatives is None:
            noted += [(path, Wrong(f.column, f.what, f.do, rows, f.words), raw.numbers)
                      for rows, f in reasons[len(wrong) :]]  # fmt: skip
        else:
            assert raw.relative_numbers is not None
            noted += [(str(self.relatives.source.path), fault, raw.relative_numbers) for fault in kin_wrong]
        batch = pa.record_batch([found[name] for name in self.schema.names], schema=self.schema)
        if not noted:
            return Chunk(raw.rows, (batch,), foreign=foreign)
        bad = np.zeros(raw.rows, dtype=bool)
        for rows, _ in reasons:
            bad |= rows
        good = batch.filter(pa.array(~bad))
        if not aside:
            return Chunk(raw.rows, (good,), tuple(noted), foreign=foreign)
        kin_aside = None
        if self.relatives is not None and raw.relatives is not None:
            theirs = [(fault.rows, fault) for fault in kin_wrong]
            out = listed.orphans | listed.belonging(bad)
            for rows, _ in theirs:
                out |= rows
            kin_aside = with_faults(raw.relatives, out, theirs)
        return Chunk(raw.rows, (good,), tuple(noted), with_faults(raw.claims, bad, reasons), kin_aside, foreign)

    def _claimants(self, raw: Raw) -> tuple[dict[str, Any], list[Wrong]]:
        table, rows = self.claims, raw.rows
        found: dict[str, Any] = {CLAIM_ID: identifiers(raw.claims, self.claims.claim_id)}
        wrong: list[Wrong] = []
        for column in self.own:
            if column.name in table.present:
                found[column.name], faults = canonical(column, raw.claims.column(column.name), table.csv)
                wrong += faults
            else:
                found[column.name] = pa.nulls(rows, type_of(column))
        if table.complete:
            flag = Column(COMPLETE, COMPLETE, "bool", (), self.own[0].declaration)
            found[COMPLETE], faults = canonical(flag, raw.claims.column(COMPLETE), table.csv)
            wrong += faults
        else:
            found[COMPLETE] = pa.nulls(rows, pa.bool_())
        return found, wrong

    def _kin(self, columns: Mapping[str, Any], count: int, csv: bool) -> tuple[Any, int, list[Wrong]]:
        """Relatives as a struct array, how many foreign words were left out of them, and their faults."""
        fields: dict[str, Any] = {}
        wrong: list[Wrong] = []
        for column in self.of_relatives:
            if column.name in columns:
                fields[column.name], faults = canonical(column, columns[column.name], csv)
                wrong += [prefixed(fault, RELATIVES) for fault in faults]
            else:
                fields[column.name] = pa.nulls(count, type_of(column))
        fields, foreign = without_foreign(fields)
        names = [pa.field(column.name, type_of(column)) for column in self.of_relatives]
        if not names:  # a law that asks nothing about relatives
            return pa.nulls(count, pa.struct([])), 0, []
        return pa.StructArray.from_arrays([fields[item.name] for item in names], fields=names), foreign, wrong

    def _listed(self, raw: Raw, _: Any) -> tuple[Listed, int, list[Wrong]]:
        kind = self.schema.field(RELATIVES).type
        if self.claims.relatives is None or pa.types.is_null(self.claims.relatives):
            return Listed(pa.nulls(raw.rows, kind), np.zeros(0, dtype=np.int64), raw.rows), 0, []
        lists = raw.claims.column(RELATIVES)
        members = pc.list_flatten(lists)
        owners = pc.list_parent_indices(lists).to_numpy(zero_copy_only=False).astype(np.int64)
        columns = dict(zip((f.name for f in members.type), members.flatten(), strict=True))
        present = {name: columns[name] for name in self.claims.present_of_relatives}
        struct, foreign, wrong = self._kin(present, len(members), csv=False)
        counts = np.bincount(owners, minlength=raw.rows)
        return Listed(_lists(kind, struct, counts, pc.is_null(lists)), owners, raw.rows), foreign, wrong

    def _second(self, raw: Raw, ids: Any) -> tuple[Listed, int, list[Wrong]]:
        assert self.relatives is not None
        assert raw.relatives is not None
        rows = raw.relatives
        owner = pc.index_in(identifiers(rows, self.claims.claim_id), ids)
        columns = {name: rows.column(name) for name in self.relatives.present}
        struct, foreign, wrong = self._kin(columns, rows.num_rows, self.relatives.csv)
        orphans = pc.is_null(owner).to_numpy(zero_copy_only=False)
        if orphans.any():
            do = "Add the claim, or take the relative out."
            wrong.append(Wrong(CLAIM_ID, "a relative of a claim that is not in the table", do, orphans))
            struct = struct.filter(pa.array(~orphans))
        owners = pc.fill_null(owner, -1).to_numpy(zero_copy_only=False).astype(np.int64)
        counts = np.bincount(owners[~orphans], minlength=raw.rows)
        array = _lists(self.schema.field(RELATIVES).type, struct, counts, None)
        return Listed(array, owners, raw.rows), foreign, wrong


@dataclass(frozen=True, slots=True)
class Listed:
    """The list column of relatives, and for each relative the place of its claim (-1: none)."""

    array: Any
    owners: Numbers
    claims: int

    @property
    def orphans(self) -> Bools:
        """The relatives without a claim."""
        none: Bools = self.owners < 0
        return none

    def of_claims(self, relatives: Bools) -> Bools:
        """The claims of some relatives."""
        rows = np.zeros(self.claims, dtype=bool)
        theirs = self.owners[relatives]
        rows[theirs[theirs >= 0]] = True
        return rows

    def belonging(self, claims: Bools) -> Bools:
        """The relatives of some claims."""
        found: Bools = (self.owners >= 0) & np.append(claims, False)[self.owners]
        return found


def identifiers(batch: pa.RecordBatch, kind: Any) -> Any:
    """The identifiers of rows in their canonical type."""
    return batch.column(CLAIM_ID).cast(kind)


def with_faults(batch: pa.RecordBatch, rows: Bools, reasons: list[tuple[Bools, Wrong]]) -> pa.RecordBatch:
    """Some rows as they came, each with what is wrong with it; a row that only goes with others has no fault."""
    texts = []
    for row in np.flatnonzero(rows):
        said = dict.fromkeys(f"{wrong.column}: {wrong.what}" for mask, wrong in reasons if mask[row])
        texts.append("; ".join(said) or None)
    kept = batch.filter(pa.array(rows))
    return kept.append_column(FAULT, pa.array(texts, pa.string()))


def _lists(kind: Any, struct: Any, counts: Numbers, nulls: Any) -> Any:
    offsets = pa.array(np.concatenate(([0], np.cumsum(counts))).astype(np.int32))
    return pa.ListArray.from_arrays(offsets, struct, type=kind, mask=nulls)


def _halves(raw: Raw) -> list[Raw]:
    """The same rows in smaller parts; relatives go with their claims."""
    size = PART
    parts = []
    for start in range(0, raw.rows, size):
        stop = min(start + size, raw.rows)
        relatives, numbers = raw.relatives, raw.relative_numbers
        if relatives is not None and numbers is not None:
            # Relatives are sorted by claim: each part takes those up to its last claim, the last part the rest.
            ids, theirs = raw.claims.column(CLAIM_ID), relatives.column(CLAIM_ID)
            low = 0 if start == 0 else _upto(theirs, ids[start - 1])
            high = relatives.num_rows if stop == raw.rows else _upto(theirs, ids[stop - 1])
            relatives, numbers = relatives.slice(low, high - low), numbers[low:high]
        within = slice(start, stop)
        claims = raw.claims.slice(start, stop - start)
        parts.append(Raw(claims, raw.numbers[within], raw.repeated[within], relatives, numbers))
    return parts


def _upto(ids: Any, last: Any) -> int:
    return int(pc.sum(pc.less_equal(ids, last.cast(ids.type))).as_py() or 0)


def _joined(chunks: list[Chunk]) -> Chunk:
    def rows(batches: list[pa.RecordBatch | None]) -> pa.RecordBatch | None:
        found = [batch for batch in batches if batch is not None]
        return pa.concat_batches(found) if found else None

    return Chunk(
        sum(chunk.rows for chunk in chunks),
        tuple(batch for chunk in chunks for batch in chunk.claims),
        tuple(item for chunk in chunks for item in chunk.wrong),
        rows([chunk.aside for chunk in chunks]),
        rows([chunk.relatives_aside for chunk in chunks]),
        sum(chunk.foreign for chunk in chunks),
    )
