"""Files that are written whole or not at all: Parquet, CSV and Arrow IPC, by the end of their name."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq

from safethird.batch.sources import bad, form_of

_ROWS_OF_A_GROUP = 1 << 20


class Output:
    """A file written beside its place, hidden, and renamed into it when :meth:`finish` says that it is whole.

    Whatever goes wrong inside ``with Output(path, schema) as output`` leaves no file, and an older one untouched.
    """

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.path = path
        self.form = form_of(path)
        self.schema = schema if self.form == "parquet" else plain(schema, nested_only=self.form == "arrow")
        self._making = path.with_name(f".{path.name}.writing")
        # One dictionary holds for a whole Arrow file, and only the last row tells all of its words.
        self._spool = path.with_name(f".{path.name}.spool")
        self._words: dict[str, dict[Any, int]] = {
            item.name: {} for item in self.schema if self.form == "arrow" and pa.types.is_dictionary(item.type)
        }
        self._open = contextlib.ExitStack()
        self._waiting: list[pa.RecordBatch] = []

    def __enter__(self) -> Self:
        try:
            self._writer = self._opened(self._spool if self.form == "arrow" else self._making)
        except BaseException:
            self._clear()
            raise
        return self

    def _opened(self, path: Path) -> Any:
        file = self._open.enter_context(path.open("wb"))
        if self.form == "parquet":
            return self._open.enter_context(pq.ParquetWriter(file, self.schema, compression="zstd"))
        if self.form == "arrow":
            return self._open.enter_context(pa.ipc.new_stream(file, self.schema))
        if self.path.name.lower().endswith(".gz"):
            file = self._open.enter_context(pa.CompressedOutputStream(file, "gzip"))
        return self._open.enter_context(pyarrow.csv.CSVWriter(file, self.schema))

    def write(self, batch: pa.RecordBatch) -> None:
        """Add rows."""
        if self.form != "parquet":
            for name, words in self._words.items():
                for word in batch.column(name).dictionary.to_pylist():
                    words.setdefault(word, len(words))
            self._writer.write_batch(batch.cast(self.schema))
            return
        self._waiting.append(batch)
        if sum(waiting.num_rows for waiting in self._waiting) >= _ROWS_OF_A_GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            table = pa.Table.from_batches(self._waiting, self.schema).unify_dictionaries()
            self._writer.write_table(table, row_group_size=_ROWS_OF_A_GROUP)
        self._waiting = []

    def finish(self) -> None:
        """Close the file, see it onto the disk, and give it its name."""
        if self.form == "parquet":
            self._flush()
        self._open.close()
        if self.form == "arrow":
            self._whole_arrow()
        with self._making.open("rb+") as file:
            os.fsync(file.fileno())
        self._making.replace(self.path)

    def _whole_arrow(self) -> None:
        with (
            pa.memory_map(str(self._spool)) as spool,
            pa.ipc.open_stream(spool) as reader,
            self._making.open("wb") as file,
            pa.ipc.new_file(file, self.schema) as writer,
        ):
            for batch in reader:
                for place, item in enumerate(self.schema):
                    if item.name in self._words:
                        batch = batch.set_column(place, item, self._renumbered(item, batch.column(place)))
                writer.write_batch(batch)

    def _renumbered(self, item: pa.Field, column: Any) -> Any:
        words = self._words[item.name]
        to = pa.array([words[word] for word in column.dictionary.to_pylist()], item.type.index_type)
        return pa.DictionaryArray.from_arrays(pc.take(to, column.indices), pa.array(list(words), item.type.value_type))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._clear()

    def _clear(self) -> None:
        # Closing writes what is buffered, which a full disk refuses; the file is going anyway.
        with contextlib.suppress(OSError, pa.ArrowException):
            self._open.close()
        self._making.unlink(missing_ok=True)
        self._spool.unlink(missing_ok=True)


def may_write(path: Path, overwrite: bool) -> None:
    """Refuse a place where nothing can be written, before any work is done.

    Raises:
        BadFile: a name without a form, a folder that is missing or closed, a file that is there already.
    """
    form_of(path)
    if path.is_dir():
        raise bad(path, "This is a folder.", "Name a file.")
    if not path.parent.is_dir():
        raise bad(path, f"There is no folder {path.parent}.", "Make it first.")
    if path.exists() and not overwrite:
        raise bad(path, "It is there already.", "Choose another name, or replace it: --overwrite.")
    if not os.access(path.parent, os.W_OK):
        raise bad(path, f"Nothing may be written in {path.parent}.", "Choose another folder.")


def beside(path: Path) -> Path:
    """Where the relatives go when claims and relatives are two files.

    >>> beside(Path("bad.csv.gz")).name
    'bad.relatives.csv.gz'
    """
    stem, dot, rest = path.name.partition(".")
    return path.with_name(f"{stem}.relatives{dot}{rest}")


def plain(schema: pa.Schema, *, nested_only: bool = False) -> pa.Schema:
    """A schema without dictionaries, at least inside lists, for forms that cannot hold them."""

    def of(kind: Any, inside: bool) -> Any:
        if pa.types.is_dictionary(kind):
            return kind.value_type if inside or not nested_only else kind
        if pa.types.is_list(kind) or pa.types.is_large_list(kind):
            return pa.list_(of(kind.value_type, True))
        if pa.types.is_struct(kind):
            return pa.struct([pa.field(item.name, of(item.type, True)) for item in kind])
        return kind

    return pa.schema([pa.field(item.name, of(item.type, False)) for item in schema], schema.metadata)
