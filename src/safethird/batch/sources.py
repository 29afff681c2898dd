"""Files of rows: Parquet, a folder of Parquet, CSV, Arrow IPC; opened, measured and streamed."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.csv
import pyarrow.dataset
import pyarrow.parquet as pq

from safethird.cases.faults import BadFile, Fault

CHUNK_ROWS = 262_144
Form = Literal["parquet", "csv", "arrow"]
FORMS: dict[str, Form] = {
    ".parquet": "parquet", ".pq": "parquet", ".csv": "csv", ".csv.gz": "csv", ".arrow": "arrow", ".feather": "arrow",
    ".ipc": "arrow",
}  # fmt: skip
NULLS = ("",)
_END_OF_STREAM = b"\xff\xff\xff\xff\x00\x00\x00\x00"


def form_of(path: Path) -> Form:
    """The form of a file, by the end of its name; a folder is one of Parquet files.

    Raises:
        BadFile: the name ends in nothing known.

    >>> form_of(Path("claims.csv.gz"))
    'csv'
    """
    name = path.name.lower()
    for end, form in FORMS.items():
        if name.endswith(end):
            return form
    if path.is_dir():
        return "parquet"
    raise bad(path, "The end of its name tells no form.", f"Use one of: {', '.join(FORMS)}; or a folder of Parquet.")


def bad(path: Path, what: str, do: str) -> BadFile:
    """The one fault of a whole file."""
    return BadFile([Fault(str(path), what, do)])


@dataclass(frozen=True)
class Source:
    """A file (or folder) of rows that can be streamed from any row on."""

    path: Path
    form: Form

    @cached_property
    def files(self) -> tuple[Path, ...]:
        """The files that hold the rows, in the order in which they are read."""
        if not self.path.is_dir():
            return (self.path,)
        found = (file for end in (".parquet", ".pq") for file in self.path.rglob(f"*{end}"))
        listed = sorted(f for f in found if not any(part[0] in "._" for part in f.relative_to(self.path).parts))
        if not listed:
            raise bad(self.path, "There is no Parquet file in this folder.", "Name the folder that holds them.")
        return tuple(listed)

    @cached_property
    def marks(self) -> list[tuple[str, int, int]]:
        """What tells this input from another: each file's path, size and time of change."""
        return [(str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns) for file in self.files]

    @cached_property
    def schema(self) -> pa.Schema:
        """The columns as the file has them; text throughout for CSV.

        Raises:
            BadFile: empty, cut off, unreadable, or files of one folder that differ.
        """
        with _reading(self.path):
            match self.form:
                case "csv":
                    with _csv(self.path) as reader:
                        schema = reader.schema
                case "arrow":
                    with _ipc(self.path) as reader:
                        schema = reader.schema
                case _:
                    schema = pq.read_schema(self.files[0])
        for file in self.files[1:]:
            with _reading(file):
                other = pq.read_schema(file)
            if other.names != schema.names or other.types != schema.types:
                raise bad(file, "Its columns differ from those of the folder's first file.", "Write them alike.")
        twice = sorted({name for name in schema.names if schema.names.count(name) > 1})
        if twice:
            raise bad(self.path, f"Columns given twice: {', '.join(twice)}.", "Keep one of each.")
        return schema

    @cached_property
    def rows(self) -> int | None:
        """How many rows there are, where that can be known without reading them."""
        with _reading(self.path):
            if self.form == "parquet":
                return sum(int(pq.read_metadata(file).num_rows) for file in self.files)
            if self.form == "arrow":
                with _ipc(self.path) as reader:
                    if isinstance(reader, pa.RecordBatchFileReader):
                        return int(pa.dataset.dataset(self.path, format="ipc").count_rows())
        return None

    def batches(self, skip: int = 0) -> Iterator[pa.RecordBatch]:
        """The rows after the first ``skip``, at most 131,072 to a batch, and seldom far fewer."""
        waiting: list[pa.RecordBatch] = []
        count = 0
        for batch in self._cut(skip):
            if not waiting and batch.num_rows > CHUNK_ROWS // 2:
                yield batch
                continue
            if count + batch.num_rows > CHUNK_ROWS:
                yield pa.concat_batches(waiting)
                waiting, count = [], 0
            waiting.append(batch)
            count += batch.num_rows
        if waiting:
            yield pa.concat_batches(waiting) if len(waiting) > 1 else waiting[0]

    def _cut(self, skip: int) -> Iterator[pa.RecordBatch]:
        for batch in self._raw(skip):
            for start in range(0, batch.num_rows, CHUNK_ROWS):
                yield batch.slice(start, CHUNK_ROWS)

    def _raw(self, skip: int) -> Iterator[pa.RecordBatch]:
        if self.form == "parquet":
            for file in self.files:
                with _reading(file), pq.ParquetFile(file, page_checksum_verification=False) as opened:
                    groups, skip = _groups_after(opened, skip)
                    for group in groups:
                        # Group by group: Arrow cannot join dictionaries inside lists from one to the next.
                        for batch in opened.iter_batches(CHUNK_ROWS, row_groups=[group]):
                            rest, skip = _after(batch, skip)
                            if rest.num_rows:
                                yield rest
            return
        with _reading(self.path), _csv(self.path) if self.form == "csv" else _ipc(self.path) as reader:
            for batch in _each(reader):
                rest, skip = _after(batch, skip)
                if rest.num_rows:
                    yield rest


def opened(path: Path) -> Source:
    """A source, with its columns read.

    Raises:
        BadFile: there is no such file, or it is not what its name says.
    """
    if not path.exists():
        raise bad(path, "There is no such file.", "Check the name and the folder.")
    source = Source(path, form_of(path))
    if source.form != "parquet" and path.is_dir():
        raise bad(path, "This is a folder.", "Name a file, or a folder of Parquet files.")
    if not path.is_dir() and path.stat().st_size == 0:
        raise bad(path, "It is empty.", "Write the table again: even one without rows names its columns.")
    assert source.schema is not None
    return source


def _groups_after(file: pq.ParquetFile, skip: int) -> tuple[list[int], int]:
    """The row groups that are not skipped whole, and how many rows of the first of them are."""
    groups = list(range(file.metadata.num_row_groups))
    while groups and file.metadata.row_group(groups[0]).num_rows <= skip:
        skip -= file.metadata.row_group(groups.pop(0)).num_rows
    return groups, skip


def _after(batch: pa.RecordBatch, skip: int) -> tuple[pa.RecordBatch, int]:
    passed = min(skip, batch.num_rows)
    return (batch.slice(passed) if passed else batch), skip - passed


def _each(reader: Any) -> Iterator[pa.RecordBatch]:
    if isinstance(reader, pa.RecordBatchFileReader):
        for number in range(reader.num_record_batches):
            yield reader.get_batch(number)
    else:
        yield from reader


def _csv(path: Path) -> Any:
    # Offices in French write the semicolon: the comma is their decimal sign.
    with pa.input_stream(str(path)) as stream:
        first = stream.read(65_536).split(b"\n", 1)[0]
    return pyarrow.csv.open_csv(
        pa.input_stream(str(path)),
        read_options=pyarrow.csv.ReadOptions(block_size=8 << 20),
        parse_options=pyarrow.csv.ParseOptions(delimiter=";" if first.count(b";") > first.count(b",") else ","),
        convert_options=pyarrow.csv.ConvertOptions(
            default_column_type=pa.string(), null_values=list(NULLS), strings_can_be_null=True
        ),
    )


@contextmanager
def _ipc(path: Path) -> Iterator[Any]:
    with path.open("rb") as file:
        is_file = file.read(6) == b"ARROW1"
        file.seek(-min(8, path.stat().st_size), 2)
        ended = file.read() == _END_OF_STREAM
    if not is_file and not ended:
        # Arrow itself takes a stream cut off between two batches for a whole one.
        raise bad(path, "The Arrow stream has no end: it is cut off, or not Arrow.", "Write or copy it again, whole.")
    with pa.memory_map(str(path)) as mapped, (pa.ipc.open_file if is_file else pa.ipc.open_stream)(mapped) as reader:
        yield reader


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what Arrow says of a file into a fault of it, in other words: Arrow's own may quote a row."""
    try:
        yield
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowSerializationError) as error:
        raise bad(path, *_why(str(error), path)) from None
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise
        if isinstance(error, PermissionError):
            raise bad(path, "It may not be read.", "Ask for the right to read it.") from None
        raise bad(path, *_why(str(error), path)) from None


def _why(said: str, path: Path) -> tuple[str, str]:
    if "Empty CSV" in said:
        return "It is empty.", "Write the table again: even one without rows names its columns."
    if "CSV parse error: Expected" in said:
        return (
            "A row has more or fewer values than there are columns.",
            "Was the file cut off?",
        )
    if "UTF8" in said:
        return "It is not UTF-8 text.", "Save it as UTF-8."
    if "CSV" in said:
        return "It is not CSV that can be read.", "Check quotes and separators."
    return f"It cannot be read: cut off, damaged, or not {FORMS.get(path.suffix.lower(), 'parquet').title()}.", (
        "Write or copy it again, whole."
    )
