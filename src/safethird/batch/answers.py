"""The columns of an answer, for each claim of a batch under one law."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from threading import local

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.plan import Days, Flags, Plan, blocks_of, spelled
from safethird.batch.planed import Bytes, packed, unpacked
from safethird.batch.schema import CLAIM_ID, JOIN
from safethird.batch.table import Packed
from safethird.readings.compiled import CONDUCT
from safethird.readings.decide import OPEN, UNDETERMINED
from safethird.readings.planes import Words

RESULTS = ("stca", "outcome")
_WORD = pa.dictionary(pa.int8(), pa.string())
_LABELS = pa.dictionary(pa.int32(), pa.string())


@dataclass(frozen=True, slots=True)
class _Block:
    """Some rows decided, but for the doubts; ``labels`` has a bit for each ground and each exception."""

    settled: dict[str, Bytes]
    established: dict[str, Bytes]
    labels: dict[str, npt.NDArray[np.uint32]]


class Answers:
    """Both standings of both results, grounds and exceptions, under one law."""

    def __init__(self, plan: Plan, missing: bool) -> None:
        self.plan = plan
        self.missing = missing
        self._recent = local()

    @staticmethod
    def empty(missing: bool, claim_id: pa.DataType, *, law: bool) -> pa.Schema:
        """The schema of the result."""
        fields = [(CLAIM_ID, claim_id), *([("law", pa.dictionary(pa.int16(), pa.string()))] if law else [])]
        fields += [(name, _WORD) for name in RESULTS] + [(f"{name}_established", _WORD) for name in RESULTS]
        fields += [("grounds", _LABELS), ("exceptions", _LABELS)]
        return pa.schema([*fields, *([("missing", pa.uint8())] if missing else [])])

    def schema(self, claim_id: pa.DataType) -> pa.Schema:
        """The schema of the result."""
        return self.empty(self.missing, claim_id, law=False)

    def of(self, batch: pa.RecordBatch, claimed: Days) -> dict[str, pa.Array]:
        """The columns of the answer."""
        plan, rows = self.plan, batch.num_rows
        blocks = [self._block(cells) for cells in self._cells(batch, claimed)]
        settled = {name: np.concatenate([block.settled[name] for block in blocks]) for name in RESULTS}
        established = {name: np.concatenate([block.established[name] for block in blocks]) for name in RESULTS}
        self._resolve(batch, claimed, settled, established)
        columns = {name: worded(settled[name], plan.settled[name].words) for name in RESULTS}
        columns |= {f"{n}_established": worded(established[n], plan.settled[n].words) for n in RESULTS}
        for name, labels in (("grounds", plan.compiled.grounds), ("exceptions", plan.compiled.exceptions)):
            columns[name] = labelled([block.labels[name] for block in blocks], list(labels))
        if self.missing:
            unsettled = {name: settled[name] == self._number(name, UNDETERMINED) for name in RESULTS}
            columns["missing"] = pa.array(self._missing(batch, claimed, unsettled, rows))
        return columns

    def _block(self, cells: Packed) -> _Block:
        parts = [f"{part} {name}" for part in ("settled", "ambiguous") for name in RESULTS]
        planes = self.plan.run(cells, *parts, "grounds", "exceptions")
        settled = {name: spelled(planes[f"settled {name}"], cells.rows) for name in RESULTS}
        ambiguous = unpacked(planes["ambiguous stca"][0] | planes["ambiguous outcome"][0], cells.rows).view(bool)
        established = self._established(cells, settled, ambiguous)
        return _Block(
            settled, established, {name: mask(planes[name], cells.rows) for name in ("grounds", "exceptions")}
        )

    def _cells(self, batch: pa.RecordBatch, claimed: Days) -> list[Packed]:
        """The batch as planes; the batch last asked about is kept, for it is often asked about again."""
        kept: tuple[pa.RecordBatch, list[Packed]] | None = getattr(self._recent, "kept", None)
        if kept is None or kept[0] is not batch:
            kept = self._recent.kept = (batch, self.plan.blocks(batch, claimed))
        return kept[1]

    def _established(self, cells: Packed, settled: dict[str, Bytes], ambiguous: Flags) -> dict[str, Bytes]:
        """Where both results are settled for certain, the established ones are the same."""
        plan = self.plan
        if not ambiguous.any():
            return {name: settled[name].copy() for name in RESULTS}
        planes = plan.run(cells, *(f"established {name}" for name in RESULTS))
        found = {}
        for name in RESULTS:
            to = np.array([plan.settled[name].words.index(w) for w in plan.established[name].words], dtype=np.uint8)
            shown = to[spelled(planes[f"established {name}"], cells.rows)]
            found[name] = np.where(ambiguous, shown, settled[name])
        return found

    def _resolve(
        self, batch: pa.RecordBatch, claimed: Days, settled: dict[str, Bytes], established: dict[str, Bytes]
    ) -> None:
        """Find out in which of the rows taken for open a fact decides too, and write that down."""
        unknown = _conduct_unknown(batch)
        doubted = {f"possible {name}": settled[name] == self._number(name, OPEN) for name in RESULTS}
        doubted |= {f"conduct {n}": (established[n] == self._number(n, OPEN)) & unknown for n in RESULTS}
        found = self.plan.doubts(batch, claimed, doubted)
        for name in RESULTS:
            settled[name][found[f"possible {name}"]] = self._number(name, UNDETERMINED)
            established[name][found[f"conduct {name}"]] = self._number(name, UNDETERMINED)

    def _number(self, name: str, word: str) -> int:
        return self.plan.settled[name].words.index(word)

    def _hangs(
        self, batch: pa.RecordBatch, claimed: Days, unsettled: Mapping[str, Flags]
    ) -> Iterator[dict[str, Words]]:
        """For each block, by fact, the rows with an undetermined result that hangs on it."""
        start = 0
        for cells in self._cells(batch, claimed):
            rows = slice(start, start + cells.rows)
            start += cells.rows
            planes = self.plan.run(cells, *(f"hangs {name}" for name in RESULTS))
            found: dict[str, Words] = {}
            for name in RESULTS:
                undetermined = packed(unsettled[name][rows])
                for fact, plane in zip(self.plan.results[name][0].hangs, planes[f"hangs {name}"], strict=True):
                    if fact not in self.plan.compiled.points:
                        found[fact] = (plane & undetermined) | found.get(fact, np.uint64(0))
            yield found

    def _missing(self, batch: pa.RecordBatch, claimed: Days, unsettled: Mapping[str, Flags], rows: int) -> Bytes:
        number = np.zeros(rows, dtype=np.uint8)
        for block, hangs in zip(blocks_of(rows), self._hangs(batch, claimed, unsettled), strict=True):
            for plane in hangs.values():
                number[block] += unpacked(plane, block.stop - block.start)
        return number

    def hanging(self, batch: pa.RecordBatch, claimed: Days, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many claims an undetermined result hangs on it."""
        unsettled = {}
        for name in RESULTS:
            column = result.column(name)
            words = column.dictionary.to_pylist()
            place = words.index(UNDETERMINED) if UNDETERMINED in words else -1
            unsettled[name] = column.indices.to_numpy(zero_copy_only=False) == place
        if not any(rows.any() for rows in unsettled.values()):
            return {}
        total: Counter[str] = Counter()
        for hangs in self._hangs(batch, claimed, unsettled):
            total.update({fact: int(np.bitwise_count(plane).sum()) for fact, plane in hangs.items()})
        return {fact: number for fact, number in total.items() if number}


def _conduct_unknown(batch: pa.RecordBatch) -> npt.NDArray[np.bool_]:
    unknown = np.zeros(batch.num_rows, dtype=bool)
    for name in CONDUCT:
        if name not in batch.schema.names:
            return ~unknown
        unknown |= batch.column(name).is_null().to_numpy(zero_copy_only=False)
    return unknown


def worded(numbers: npt.NDArray[np.uint8], words: Sequence[str]) -> pa.DictionaryArray:
    """A column of words by their numbers."""
    return pa.DictionaryArray.from_arrays(pa.array(numbers.view(np.int8)), pa.array(words, pa.string()))


def mask(planes: Sequence[Words], rows: int) -> npt.NDArray[np.uint32]:
    """For each row, a number with a bit for every plane that holds."""
    found = np.zeros(rows, dtype=np.uint32)
    for start in range(0, len(planes), 8):
        some = np.zeros(rows, dtype=np.uint8)
        for plane in reversed(planes[start : start + 8]):
            some += some
            some |= unpacked(plane, rows)
        found |= some.astype(np.uint32) << np.uint32(start)
    return found


def labelled(masks: Sequence[npt.NDArray[np.uint32]], labels: Sequence[str]) -> pa.DictionaryArray:
    """A column with the labels of the bits that are set, joined."""
    encoded = pa.array(np.concatenate(masks)).dictionary_encode()
    texts = [
        JOIN.join(label for place, label in enumerate(labels) if number >> place & 1)
        for number in encoded.dictionary.to_pylist()
    ]
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(texts, pa.string()))


__all__ = ["OPEN", "RESULTS", "UNDETERMINED", "Answers", "labelled", "mask", "worded"]
