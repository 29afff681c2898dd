"""A table decided from end to end: read ahead, decided on several threads, written in order, resumable."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

from safethird import __version__
from safethird.batch.ahead import ahead
from safethird.batch.check import Ledger
from safethird.batch.chunks import FAULT, Chunk, Intake, Raw
from safethird.batch.order import Unsorted, raws
from safethird.batch.outputs import Output, beside, may_write
from safethird.batch.parts import Part, Parts
from safethird.batch.schema import CLAIM_ID
from safethird.batch.sorting import sorted_on_disk
from safethird.batch.sources import Source, bad
from safethird.batch.summary import Summary, counts_of
from safethird.law.pact import Law

MOST_THREADS = 4
_LABEL = b"safethird."


class Decider(Protocol):
    """What decides canonical claims; safe to call from several threads."""

    @property
    def schema(self) -> pa.Schema:
        """The schema of the result."""

    def decide(self, claims: pa.RecordBatch) -> pa.RecordBatch:
        """The result of each claim, in the same order."""

    def hanging(self, claims: pa.RecordBatch, result: pa.RecordBatch) -> dict[str, int]:
        """Unknown facts, with the number of rows whose settled answer hangs on each."""


@dataclass(frozen=True)
class Job:
    """One run: the tables, who decides, where the result goes, and the arguments that tell it from another run."""

    intake: Intake
    decider: Decider
    output: Path
    arguments: Mapping[str, Any] = field(default_factory=dict)
    quarantine: Path | None = None
    overwrite: bool = False
    threads: int = 0
    tell: Callable[[int], None] = lambda rows: None
    say: Callable[[str, int], None] = lambda what, rows: None


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a run; ``before`` rows had been decided by an interrupted one."""

    summary: Summary
    seconds: float
    before: int


class Stopped(Exception):
    """Somebody stopped a run; ``rows`` are decided and kept for a run with the same arguments."""

    def __init__(self, rows: int) -> None:
        super().__init__(f"stopped after {rows:,} rows")
        self.rows = rows


def law_key(laws: Sequence[Law]) -> str:
    """A short name of what some laws say, so that a changed law is another run."""
    text = hashlib.sha256()
    for law in laws:
        for label, found in law.provisions.items():
            text.update(f"{law.day}{label}{found.provision.rule}".encode())
    return text.hexdigest()[:16]


def run(job: Job) -> Done:
    """Decide a whole table.

    Raises:
        BadFile: the rows have faults and none are set aside, the output cannot be written, or a file is damaged.
        Stopped: somebody stopped it; what is finished is kept for the next run.
    """
    started = time.monotonic()
    parts = Parts(job.output, _identity(job))
    again = parts.matches()
    _may_write(job, again)
    try:
        summary, before = _Runner(job, parts).run(again)
    except KeyboardInterrupt:
        raise Stopped(parts.kept()) from None
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        kept = f"{parts.kept():,} rows are decided and kept" if parts.kept() else "nothing is kept"
        raise bad(job.output, f"The disk is full; {kept}.", "Make room and give the same command again.") from None
    return Done(summary, time.monotonic() - started, before)


def _identity(job: Job) -> dict[str, Any]:
    relatives = job.intake.relatives
    return {
        "version": __version__,
        "claims": job.intake.claims.source.marks,
        "relatives": relatives.source.marks if relatives else None,
        "quarantine": str(job.quarantine.resolve()) if job.quarantine else None,
        "arguments": dict(job.arguments),
        "result": [f"{item.name} {item.type}" for item in _result(job)],
    }


def _may_write(job: Job, again: bool) -> None:
    paths = [job.output]
    if job.quarantine is not None and not again:
        paths += [job.quarantine, *((beside(job.quarantine),) if job.intake.relatives else ())]
    for path in paths:
        may_write(path, job.overwrite)
    inputs = {mark[0] for table in (job.intake.claims, job.intake.relatives) if table for mark in table.source.marks}
    for path in paths:
        if str(path.resolve()) in inputs:
            raise bad(path, "It is the input itself.", "Choose another name.")


class _Runner:
    def __init__(self, job: Job, parts: Parts) -> None:
        self.job, self.intake, self.parts = job, job.intake, parts
        self.schema = _result(job)
        self.ledger = Ledger()
        self.summary = Summary()
        self.held: Part | None = None
        self.kept = False

    def run(self, again: bool) -> tuple[Summary, int]:
        claims = self.intake.claims.source
        relatives = self.intake.relatives.source if self.intake.relatives else None
        sources: dict[str, Source | None] = {"claims": claims, "relatives": relatives}
        if again:
            self.kept = True
            for name, source in sources.items():
                if source is not None and (self.parts.folder / f"{name}.sorted.arrow").exists():
                    sources[name] = sorted_on_disk(source, self.intake.claims.claim_id, self.parts.folder, name)
        while True:
            try:
                return self._pass(sources["claims"] or claims, sources["relatives"])
            except Unsorted as error:
                name = "claims" if error.source is sources["claims"] else "relatives"
                self.job.say("sorting", 0)
                self._keep()
                self.parts.restart()
                self.summary, self.ledger, self.held = Summary(), Ledger(), None
                sources[name] = sorted_on_disk(error.source, self.intake.claims.claim_id, self.parts.folder, name)

    def _keep(self) -> None:
        if not self.kept:
            self.parts.begin()
            self.kept = True

    def _pass(self, claims: Source, relatives: Source | None) -> tuple[Summary, int]:
        with ExitStack() as stack:
            sinks = self._sinks(stack)
            before = 0
            if self.kept:
                for part in self.parts.finished():
                    self._write(part, sinks)
                before = self.summary.rows
                if before:
                    self.job.say("continuing", before)
            rows = raws(claims, relatives, self.intake.claims.claim_id, before)
            with closing(ahead(rows)) as coming:
                for found in self._decided(coming):
                    self._add(found, sinks)
                    self.job.tell(self.summary.rows)
            if self.ledger and self.job.quarantine is None:
                self.parts.clear()
                raise self.ledger.error()
            if self.held is not None:
                self._write(self.held, sinks)
                self.job.tell(self.summary.rows)
            # The result comes last: while it is not there, the run is not done and can be given again.
            for sink in reversed(sinks):
                sink.finish()
        self.parts.clear()
        return self.summary, before

    def _sinks(self, stack: ExitStack) -> list[Output]:
        """The result, then what is set aside of claims and of relatives."""
        sinks = [Output(self.job.output, self.schema)]
        if self.job.quarantine is not None:
            fault = pa.field(FAULT, pa.string())
            sinks.append(Output(self.job.quarantine, self.intake.claims.source.schema.append(fault)))
            if self.intake.relatives is not None:
                theirs = beside(self.job.quarantine)
                sinks.append(Output(theirs, self.intake.relatives.source.schema.append(fault)))
        return [stack.enter_context(sink) for sink in sinks]

    def _decided(self, coming: Iterator[Raw]) -> Iterator[tuple[Chunk, Part]]:
        threads = self.job.threads or min(os.cpu_count() or 1, MOST_THREADS)
        waiting: deque[Future[tuple[Chunk, Part]]] = deque()
        pool = ThreadPoolExecutor(threads, thread_name_prefix="decide")
        try:
            for raw in coming:
                waiting.append(pool.submit(self._work, raw))
                if len(waiting) > threads:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)

    def _work(self, raw: Raw) -> tuple[Chunk, Part]:
        chunk = self.intake.chunk(raw, aside=self.job.quarantine is not None)
        decider = self.job.decider
        claims = chunk.claims
        if self.job.quarantine is None and (chunk.wrong or self.ledger):
            claims = ()  # nothing will be written, but the rest is still checked
        results = [self._decide(batch) for batch in claims]
        hanging: dict[str, int] = {}
        for batch, result in zip(claims, results, strict=True):
            for name, rows in decider.hanging(batch, result).items():
                hanging[name] = hanging.get(name, 0) + rows
        result = pa.concat_batches(results) if len(results) > 1 else results[0] if results else _none(self.schema)
        aside = chunk.aside.num_rows if chunk.aside is not None else 0
        counts = counts_of(result, chunk.rows, aside, chunk.foreign, hanging)
        return chunk, Part(result, chunk.aside, chunk.relatives_aside, counts)

    def _decide(self, claims: pa.RecordBatch) -> pa.RecordBatch:
        result = self.job.decider.decide(claims)
        columns = [claims.column(CLAIM_ID), *result.columns[1:]]
        return pa.RecordBatch.from_arrays(columns, schema=self.schema)

    def _add(self, found: tuple[Chunk, Part], sinks: list[Output]) -> None:
        chunk, part = found
        for path, wrong, numbers in chunk.wrong:
            self.ledger.note(path, wrong, numbers)
        if self.ledger and self.job.quarantine is None:
            self.summary.rows += chunk.rows
            return
        # One chunk alone needs no parts: they begin with the second.
        if self.held is None and not self.kept:
            self.held = part
            return
        self._keep()
        for each in (self.held, part):
            if each is not None:
                self.parts.add(each)
                self._write(each, sinks)
        self.held = None

    def _write(self, part: Part, sinks: list[Output]) -> None:
        self.summary.add(part.counts)
        self.parts.rows = self.summary.rows
        for sink, batch in zip(sinks, (part.result, part.aside, part.relatives_aside), strict=False):
            if batch is not None and batch.num_rows:
                sink.write(batch)


def _result(job: Job) -> pa.Schema:
    """The schema of the result: identifiers as they are in the table, and its label if the table is synthetic."""
    claims = job.intake.claims
    label = {key: value for key, value in (claims.source.schema.metadata or {}).items() if key.startswith(_LABEL)}
    schema = job.decider.schema.set(0, pa.field(CLAIM_ID, claims.claim_id))
    return schema.with_metadata(label or None)


def _none(schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays([pa.nulls(0, kind) for kind in schema.types], schema=schema)
