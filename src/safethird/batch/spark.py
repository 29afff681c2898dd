"""The law as SQL on Spark, for tables that one machine is not enough for: Parquet in parts, in and out."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from safethird.batch.engines import extra
from safethird.batch.plan import Plan
from safethird.batch.schema import CLAIM_ID, JOIN, RELATIVES, columns
from safethird.batch.sources import Source
from safethird.batch.spark_views import Given, checks, claims_select, relatives_select
from safethird.batch.statement import Step, steps
from safethird.batch.summary import Summary
from safethird.batch.tables import claims_table
from safethird.cases.faults import BadFile, Fault
from safethird.law.pact import Law

_ROWS_OF_A_PARTITION = 250_000
_SETTINGS = {
    "spark.sql.caseSensitive": "true",
    "spark.sql.session.timeZone": "UTC",
    # Java does not compile methods of this size.
    "spark.sql.codegen.wholeStage": "false",
    # Planning is dear here, and partitions are even already.
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.autoBroadcastJoinThreshold": "-1",
}
# What the optimiser may do: it rewrites expressions over and over, hours for expressions of this size, and by merging
# layers of shared results it would repeat their texts. They are laid out well already.
_RULES = (
    "InlineCTE", "ColumnPruning", "CombineUnions", "ConvertToLocalRelation", "PropagateEmptyRelation", "SchemaPruning",
    "V1Writes", "RemoveNoopOperators", "CleanUpTempCTEInfo", "PushdownPredicatesAndPruneColumnsForCTEDef",
    "UpdateAttributeNullability", "NestedColumnAliasing", "GenerateOptimization",
)  # fmt: skip
_APART = " WHERE MONOTONICALLY_INCREASING_ID() >= 0"
_EXCLUDED = "spark.sql.optimizer.excludedRules"
_LONG = 10_000
_SMALL = ("either_way",)
_CLAUSE = re.compile(r"(\w+) AS \(\n(.*)\n\)")
_JOINED = re.compile(r" (JOIN|GROUP BY|WHERE) ")
# Their stores rename by copying; Spark's committer sees to it that only whole runs carry the file _SUCCESS.
_RENAMING = ("file", "hdfs")


@dataclass(frozen=True)
class Job:
    """One run: ``table`` and ``output`` are folders, or addresses that Spark's file systems know.

    ``partitions`` is the number of parts (0: one for each 250,000 claims, at least one for each core).
    """

    table: str
    output: str
    law: Law
    master: str | None = None
    positions: Mapping[str, bool] = field(default_factory=dict)
    unknown: Collection[str] = ()
    ignore: Collection[str] = ()
    partitions: int = 0
    overwrite: bool = False
    check: bool = True


def run(job: Job) -> tuple[Summary, float]:
    """Decide a whole table; returns what was found, and how many seconds it took.

    Identifiers are unique to a claim; rows of the result come in no order.

    Raises:
        BadFile: Spark or Java is missing, the table cannot be read, its rows have faults, the output is there already.
    """
    started = time.monotonic()
    ready = session(job.master)
    place = _Place(ready, job.output)
    if place.exists() and not job.overwrite:
        raise BadFile([Fault(job.output, "It is there already.", "Choose another name, or replace it: --overwrite.")])
    _Run(ready, job).write(place)
    return _counted(ready.read.parquet(place.uri)), time.monotonic() - started


def queries(step: Step) -> list[tuple[str, str, bool]]:
    """A step as queries of their own: name, text, and whether more than one later query reads it.

    Layers are kept apart by a condition that always holds: Spark would put each into the next, and so repeat what they
    share.

    >>> queries(Step("a", "WITH b AS (\\nSELECT x FROM c\\n)\\nSELECT x FROM b"))[0]
    ('b', 'SELECT x FROM c WHERE MONOTONICALLY_INCREASING_ID() >= 0', False)
    """
    named = _CLAUSE.findall(step.select)
    *_, last = step.select.split("\n")
    texts = [*(text for _, text in named), last]
    made = []
    for name, text in named:
        again = sum(len(re.findall(rf"(?:FROM|JOIN) {name}\b", other)) for other in texts) > 1
        made.append((name, text if _JOINED.search(text) else f"{text}{_APART}", again))
    return [*made, (step.name, last, True)]


class _Run:
    def __init__(self, session: Any, job: Job) -> None:
        self.session = session
        self.job = job
        self.plan = Plan(job.law, job.positions)

    def write(self, place: _Place) -> None:
        table = _read(self.session, self.job.table)
        given = _given(self.job, table)
        if self.job.check:
            self._check(table, given)
        self._views(table, given)
        *before, last = steps(self.plan)
        excluded = ",".join(_excluded(self.session))
        for step in before:
            self.session.conf.set(_EXCLUDED, excluded if len(step.select) > _LONG else "")
            for name, text, again in queries(step):
                self._view(name, self.session.sql(text), keep=again and name not in _SMALL)
        self.session.conf.set(_EXCLUDED, excluded)
        result = self.session.sql(last.select)
        try:
            result.write.mode("overwrite").option("compression", "zstd").parquet(place.making)
        except BaseException:
            place.clear()
            raise
        place.finish(overwrite=self.job.overwrite)

    def _views(self, table: Any, given: Given) -> None:
        rows = table.count()
        cores = self.session.sparkContext.defaultParallelism
        parts = self.job.partitions or max(cores, -(-rows // _ROWS_OF_A_PARTITION))
        self.session.conf.set("spark.sql.shuffle.partitions", str(parts))
        wanted = [CLAIM_ID, *(name for name in table.columns if name in given.own)]
        wanted += [RELATIVES] if given.of_relatives else []
        # Once parted by claim, nothing that follows moves rows between machines.
        parted = table.select(*dict.fromkeys(wanted)).repartition(parts, CLAIM_ID)
        self._view("given", parted, keep=True)
        self._twice()
        self._view("claims", self.session.sql(claims_select(self.plan, given, "given")))
        self._view("relatives", self.session.sql(relatives_select(self.plan, given, "given")))

    def _view(self, name: str, frame: Any, keep: bool = False) -> None:
        if keep:
            # Cut off from how it came about, or every later plan would have all the earlier ones in it.
            reliable = self.session.sparkContext.getCheckpointDir() is not None
            frame = frame.checkpoint(eager=False) if reliable else frame.localCheckpoint(eager=False)
        if name in _SMALL:
            frame = frame.coalesce(1).hint("broadcast")
        frame.createOrReplaceTempView(name)

    def _check(self, table: Any, given: Given) -> None:
        asked = checks(self.plan, given)
        where = "STRUCT(_metadata.file_path AS file, _metadata.row_index + 1 AS number)"
        sums = [f"COUNT_IF({one.condition}) AS n{place}" for place, one in enumerate(asked)]
        sums += [f"MIN(CASE WHEN {one.condition} THEN {where} END) AS w{place}" for place, one in enumerate(asked)]
        row = table.selectExpr(*sums).first()
        faults = []
        for place, one in enumerate(asked):
            if count := row[f"n{place}"]:
                first = row[f"w{place}"]
                what = f"{count:,} row{'s' * (count > 1)} (first: {first['number']:,}): {one.what}."
                faults.append(Fault(f"{first['file']}, column {one.column}", what, one.do))
        if faults:
            raise BadFile(faults)

    def _twice(self) -> None:
        text = f"SELECT COUNT(*) AS n FROM (SELECT 1 FROM given GROUP BY {CLAIM_ID} HAVING COUNT(*) > 1)"
        if count := self.session.sql(text).first()["n"]:
            what = f"{count:,} identifiers stand in more than one row."
            raise BadFile([Fault(f"{self.job.table}, column {CLAIM_ID}", what, "Keep one row for each claim.")])


@dataclass(frozen=True)
class _Schema(Source):
    """A table that Spark reads, of which only the columns are known here."""

    found: pa.Schema

    @cached_property
    def schema(self) -> pa.Schema:
        return self.found


class _Place:
    """Where the result goes: written beside and renamed, where the file system can rename."""

    def __init__(self, session: Any, output: str) -> None:
        self._path = session._jvm.org.apache.hadoop.fs.Path
        path = self._path(output if "://" in output else Path(output).resolve().as_uri())
        self._system = path.getFileSystem(session._jsc.hadoopConfiguration())
        self.uri = self._system.makeQualified(path).toString()
        self._renames = self._system.getScheme() in _RENAMING
        self.making = f"{self.uri.rstrip('/')}.tmp" if self._renames else self.uri

    def exists(self) -> bool:
        return bool(self._system.exists(self._path(self.uri)))

    def clear(self) -> None:
        if self._renames:
            self._system.delete(self._path(self.making), True)

    def finish(self, *, overwrite: bool) -> None:
        if not self._renames:
            return
        if overwrite and self.exists():
            self._system.delete(self._path(self.uri), True)
        if not self._system.rename(self._path(self.making), self._path(self.uri)):
            raise BadFile(
                [Fault(self.uri, f"{self.making} cannot be renamed to it.", "Rename it by hand: it is whole.")]
            )


def session(master: str | None) -> Any:
    """A session of Spark's with the settings that a text of this size needs, on this master or the one configured.

    Raises:
        BadFile: Spark or Java is missing.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise extra("pyspark", "spark") from None
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())):
        do = "Install Java 17 or later (Debian: apt install default-jre-headless), or set JAVA_HOME."
        raise BadFile([Fault("--engine", "Spark needs Java, and there is none on this machine.", do)])
    builder: Any = SparkSession.builder.appName("safethird batch")
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            builder = builder.config("spark.ui.enabled", "false").config("spark.driver.bindAddress", "127.0.0.1")
            builder = builder.config("spark.driver.host", "127.0.0.1")
    # Views and settings of its own; the machines are shared with whoever called.
    made = builder.getOrCreate().newSession()
    for name, value in _SETTINGS.items():
        made.conf.set(name, value)
    return made


def _excluded(session: Any) -> list[str]:
    """The rules of this version's optimiser that may be left out, without those that are wanted."""
    optimizer = session._jsparkSession.sessionState().optimizer()
    batches = optimizer.defaultBatches()
    rules = [batches.apply(place).rules() for place in range(batches.size())]
    names = {one.apply(place).ruleName() for one in rules for place in range(one.size())}
    return sorted(name for name in names if name.rpartition(".")[2] not in _RULES)


def _read(session: Any, table: str) -> Any:
    from pyspark.errors import AnalysisException

    if "://" not in table and not Path(table).exists():
        raise BadFile([Fault(table, "There is no such file.", "Check the name and the folder.")])
    try:
        return session.read.parquet(table if "://" in table else Path(table).resolve().as_uri())
    except AnalysisException as error:
        what = str(error).splitlines()[0]
        raise BadFile(
            [Fault(table, f"Spark cannot read it: {what}", "Name a Parquet file or a folder of them.")]
        ) from None


def _given(job: Job, table: Any) -> Given:
    """The columns held against those of the law, with the faults that any other engine would tell."""
    from pyspark.sql.pandas.types import to_arrow_schema

    path = Path(job.table)
    source = _Schema(path, "parquet", to_arrow_schema(table.schema))
    found = claims_table(path, columns([job.law]), unknown=job.unknown, ignore=job.ignore, source=source)
    lists = [item.name for item in source.schema if pa.types.is_list(item.type)]
    if found.relatives is not None and not pa.types.is_null(found.relatives):
        lists += [f"{RELATIVES}.{item.name}" for item in found.relatives.value_type if pa.types.is_list(item.type)]
    return Given(found.present - {CLAIM_ID}, found.present_of_relatives, lists)


def _counted(result: Any) -> Summary:
    """The counts of a result, of which Spark sends back a row for each different answer."""
    names = [name for name in result.columns if name != CLAIM_ID]
    summary = Summary()
    for row in result.groupBy(*names).count().collect():
        summary.rows += row["count"]
        for name in names:
            for word in row[name].split(JOIN) if name in ("grounds", "exceptions") else (row[name],):
                if word:
                    summary.values.setdefault(name, Counter())[word] += row["count"]
    summary.decided = summary.rows
    return summary
