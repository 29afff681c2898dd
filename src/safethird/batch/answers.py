"""The columns of an answer, for each claim of a batch under one law."""

from __future__ import annotations

from collections.abc import Sequence
from threading import local

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from safethird.batch.plan import Days, Flags, Plan, spelled
from safethird.batch.planed import Bytes, packed, unpacked
from safethird.batch.schema import CLAIM_ID, JOIN
from safethird.batch.table import Packed
from safethird.readings.compiled import CONDUCT
from safethird.readings.decide import OPEN, UNDETERMINED
from safethird.readings.planes import Words

RESULTS = ("stca", "outcome")
_WORD = pa.dictionary(pa.int8(), pa.string())
_LABELS = pa.dictionary(pa.int32(), pa.string())


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
        cells = self._cells(batch, claimed)
        parts = [f"{part} {name}" for part in ("settled", "ambiguous") for name in RESULTS]
        planes = self._run((*parts, "grounds", "exceptions"), cells)
        settled = {name: spelled(planes[f"settled {name}"], rows) for name in RESULTS}
        ambiguous = unpacked(planes["ambiguous stca"][0] | planes["ambiguous outcome"][0], rows).view(bool)
        established = self._established(cells, settled, ambiguous)
        self._resolve(batch, claimed, settled, established)
        columns = {name: worded(settled[name], plan.settled[name].words) for name in RESULTS}
        columns |= {f"{n}_established": worded(established[n], plan.settled[n].words) for n in RESULTS}
        columns["grounds"] = labelled(planes["grounds"], list(plan.compiled.grounds), rows)
        columns["exceptions"] = labelled(planes["exceptions"], list(plan.compiled.exceptions), rows)
        if self.missing:
            columns["missing"] = pa.array(self._missing(batch, claimed, settled))
        return columns

    def _cells(self, batch: pa.RecordBatch, claimed: Days) -> Packed:
        """The batch as planes; the batch last asked about is kept, for it is often asked about again."""
        kept: tuple[pa.RecordBatch, Packed] | None = getattr(self._recent, "kept", None)
        if kept is None or kept[0] is not batch:
            kept = self._recent.kept = (batch, self.plan.cells(batch, claimed))
        return kept[1]

    def _run(self, names: Sequence[str], cells: Packed) -> dict[str, list[Words]]:
        planes = iter(self.plan.program(*names).run(cells))
        return {name: [next(planes) for _ in self.plan.nodes(name)] for name in names}

    def _established(self, cells: Packed, settled: dict[str, Bytes], ambiguous: Flags) -> dict[str, Bytes]:
        """Where both results are settled for certain, the established ones are the same."""
        plan = self.plan
        if not ambiguous.any():
            return {name: settled[name].copy() for name in RESULTS}
        planes = self._run([f"established {name}" for name in RESULTS], cells)
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

    def _hangs(self, batch: pa.RecordBatch, claimed: Days, undetermined: dict[str, Words]) -> dict[str, Words]:
        """By fact, the rows with an undetermined result that hangs on it."""
        planes = self._run([f"hangs {name}" for name in RESULTS], self._cells(batch, claimed))
        found: dict[str, Words] = {}
        for name in RESULTS:
            for fact, plane in zip(self.plan.results[name][0].hangs, planes[f"hangs {name}"], strict=True):
                if fact not in self.plan.compiled.points:
                    found[fact] = (plane & undetermined[name]) | found.get(fact, np.uint64(0))
        return found

    def _missing(self, batch: pa.RecordBatch, claimed: Days, settled: dict[str, Bytes]) -> Bytes:
        unsettled = {
            name: packed(settled[name] == self.plan.settled[name].words.index(UNDETERMINED)) for name in RESULTS
        }
        number = np.zeros(batch.num_rows, dtype=np.uint8)
        for plane in self._hangs(batch, claimed, unsettled).values():
            number += unpacked(plane, batch.num_rows)
        return number

    def hanging(self, batch: pa.RecordBatch, claimed: Days, result: pa.RecordBatch) -> dict[str, int]:
        """By fact, of how many claims an undetermined result hangs on it."""
        unsettled = {}
        for name in RESULTS:
            column = result.column(name)
            words = column.dictionary.to_pylist()
            place = words.index(UNDETERMINED) if UNDETERMINED in words else -1
            unsettled[name] = packed(column.indices.to_numpy(zero_copy_only=False) == place)
        if not any(plane.any() for plane in unsettled.values()):
            return {}
        hangs = self._hangs(batch, claimed, unsettled)
        return {fact: number for fact, plane in hangs.items() if (number := int(np.bitwise_count(plane).sum()))}


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


def labelled(planes: Sequence[Words], labels: Sequence[str], rows: int) -> pa.DictionaryArray:
    """A column with the labels of the planes that hold, joined."""
    mask = np.zeros(rows, dtype=np.uint32)
    for start in range(0, len(planes), 8):
        some = np.zeros(rows, dtype=np.uint8)
        for bit, plane in enumerate(planes[start : start + 8]):
            some |= unpacked(plane, rows) << np.uint8(bit)
        mask |= some.astype(np.uint32) << np.uint32(start)
    encoded = pa.array(mask).dictionary_encode()
    texts = [
        JOIN.join(label for place, label in enumerate(labels) if number >> place & 1)
        for number in encoded.dictionary.to_pylist()
    ]
    return pa.DictionaryArray.from_arrays(encoded.indices, pa.array(texts, pa.string()))


__all__ = ["OPEN", "RESULTS", "UNDETERMINED", "Answers", "labelled", "worded"]
