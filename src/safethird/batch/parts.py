"""What a run has finished, kept beside its output, so that a later run goes on where it stopped."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

_MANIFEST = "manifest.json"
_COUNTS = b"safethird.counts"


@dataclass(frozen=True, slots=True)
class Part:
    """One finished chunk: the rows that it came from, its result, what was set aside, and its counts."""

    result: pa.RecordBatch
    aside: pa.RecordBatch | None
    relatives_aside: pa.RecordBatch | None
    counts: Mapping[str, Any]


class Parts:
    """The finished chunks of a run in ``.NAME.parts`` beside its output.

    ``identity`` tells the run: parts of a run with another one are thrown away. A part is there or not: it is written
    under another name and renamed.
    """

    def __init__(self, output: Path, identity: Mapping[str, Any]) -> None:
        self.folder = output.with_name(f".{output.name}.parts")
        self.identity = json.loads(json.dumps(identity))
        self.count = 0
        self.rows = 0

    def matches(self) -> bool:
        """Whether a run with the same input and arguments left something."""
        try:
            found = json.loads((self.folder / _MANIFEST).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return False
        return bool(found == self.identity)

    def begin(self) -> None:
        """Start anew, or take over what an equal run left."""
        if self.matches():
            return
        self.clear()
        self.folder.mkdir()
        _put(self.folder / _MANIFEST, json.dumps(self.identity, indent=1).encode())

    def restart(self) -> None:
        """Forget the finished chunks; sorted tables stay."""
        for file in self.folder.glob("[0-9]*.arrow") if self.folder.exists() else ():
            file.unlink()
        self.count = 0
        self.rows = 0

    def finished(self) -> Iterator[Part]:
        """The parts that are there, one after the other, up to the first that is missing or damaged."""
        while True:
            part = self._read(self.count)
            if part is None:
                break
            self.count += 1
            yield part
        for file in self.folder.glob("[0-9]*") if self.folder.exists() else ():
            if not file.name.endswith(".arrow") or int(file.name[:8]) >= self.count:
                file.unlink()

    def add(self, part: Part) -> None:
        """Keep a finished chunk. Its rows set aside are there before it is: the result's name settles it."""
        for name, batch in (("aside", part.aside), ("relatives", part.relatives_aside)):
            if batch is not None:
                self._write(f"{self.count:08}.{name}.arrow", batch)
        metadata = {**(part.result.schema.metadata or {}), _COUNTS: json.dumps(part.counts).encode()}
        self._write(f"{self.count:08}.arrow", part.result.replace_schema_metadata(metadata))
        self.count += 1

    def kept(self) -> int:
        """How many rows a later run need not decide again; a folder that keeps nothing is taken away."""
        if not self.count and not any(self.folder.glob("*.sorted.arrow")):
            self.clear()
            return 0
        return self.rows if self.count else 0

    def clear(self) -> None:
        """Take the folder away."""
        if self.folder.exists():
            shutil.rmtree(self.folder)

    def _write(self, name: str, batch: pa.RecordBatch) -> None:
        making = self.folder / f"{name}.tmp"
        with making.open("wb") as file, pa.ipc.new_stream(file, batch.schema) as writer:
            writer.write_batch(batch)
        making.replace(self.folder / name)

    def _read(self, number: int) -> Part | None:
        result = self._batch(f"{number:08}.arrow")
        if result is None:
            return None
        counts = json.loads(result.schema.metadata[_COUNTS])
        metadata = {key: value for key, value in result.schema.metadata.items() if key != _COUNTS}
        aside, relatives = (self._batch(f"{number:08}.{name}.arrow") for name in ("aside", "relatives"))
        return Part(result.replace_schema_metadata(metadata), aside, relatives, counts)

    def _batch(self, name: str) -> pa.RecordBatch | None:
        try:
            with (self.folder / name).open("rb") as file, pa.ipc.open_stream(file) as reader:
                return reader.read_next_batch()
        except (OSError, pa.ArrowInvalid, StopIteration):
            return None


def _put(path: Path, data: bytes) -> None:
    making = path.with_name(path.name + ".tmp")
    with making.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
