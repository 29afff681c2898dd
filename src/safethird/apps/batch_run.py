"""One run over a table, from the options to the summary."""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from rich.console import Console

from safethird.apps.batch_progress import Told
from safethird.apps.batch_summary import show_summary
from safethird.batch.deciding import Decider, decider, laws_of
from safethird.batch.intake import intake_of
from safethird.batch.run import Job, Stopped, law_key, run
from safethird.batch.schema import columns
from safethird.cases.designator import designated
from safethird.cases.faults import BadFile, Fault

INTERRUPTED = 130


def decide_table(
    table: Path,
    output: Path,
    *,
    relatives: Path | None,
    side: str,
    law: str | None,
    vs: str | None,
    engine: str,
    positions: Mapping[str, bool],
    missing: bool,
    unknown: Collection[str],
    ignore: Collection[str],
    quarantine: Path | None,
    summary: Path | None,
    overwrite: bool,
    threads: int,
    quiet: bool,
    lang: str,
) -> int:
    """Decide a table and tell what was found; returns the exit code.

    Raises:
        BadFile: with every fault of the files.
    """
    if engine != "planes":
        _can(engine, law, vs, missing)
    if summary is not None and not summary.parent.is_dir():
        raise BadFile([Fault(str(summary), f"There is no folder {summary.parent}.", "Make it first.")])
    laws = laws_of(law, side, vs)
    intake = intake_of(table, relatives, columns(laws), side, law, unknown, ignore)
    arguments = {
        "side": side, "law": law, "vs": vs, "engine": engine, "positions": dict(positions), "missing": missing,
        "unknown": sorted(unknown), "ignore": sorted(ignore), "laws": law_key(laws),
    }  # fmt: skip
    made = _decider(engine, law, side, vs, positions, missing)
    with Told(intake.claims.source.rows, lang, quiet=quiet) as told:
        job = Job(intake, made, output, arguments, quarantine, overwrite, threads, told.rows, told.say)
        try:
            done = run(job)
        except Stopped as stop:
            told.say("stopped" if stop.rows else "stopped_early", stop.rows)
            return INTERRUPTED
    synthetic = (intake.claims.source.schema.metadata or {}).get(b"safethird.synthetic") == b"true"
    data = done.summary.as_json(laws, law, done.seconds, done.before, synthetic)
    _tell(data, summary, lang)
    return 0


def _can(engine: str, law: str | None, vs: str | None, missing: bool) -> None:
    """Refuse what an engine that reads the law as SQL does not do."""
    faults = []
    if engine not in ("duckdb", "spark"):
        faults.append(Fault("--engine", f"There is no engine {engine}.", "Use planes, duckdb or spark."))
    if law is None:
        do = "Name one law for every row (--law canada@2024-06-01), or use --engine planes."
        faults.append(Fault("--engine", f"The engine {engine} decides under one law only, not each claim's own.", do))
    if vs is not None:
        faults.append(Fault("--engine", f"The engine {engine} does not compare laws.", "Use --engine planes for --vs."))
    if missing:
        do = "Use --engine planes, or leave --missing out."
        faults.append(Fault("--engine", f"The engine {engine} does not count missing facts.", do))
    if faults:
        raise BadFile(faults)


def decide_on_spark(
    table: str,
    output: str,
    *,
    law: str | None,
    vs: str | None,
    master: str | None,
    partitions: int,
    positions: Mapping[str, bool],
    missing: bool,
    relatives: Path | None,
    quarantine: Path | None,
    unknown: Collection[str],
    ignore: Collection[str],
    summary: Path | None,
    overwrite: bool,
    lang: str,
) -> int:
    """Decide a table of partitioned Parquet on Spark and tell what was found; returns the exit code.

    Raises:
        BadFile: an option that Spark does not serve, no Spark or no Java, every fault of the table.
    """
    from safethird.batch import spark

    _can("spark", law, vs, missing)
    assert law is not None
    for option, given in (("--relatives", relatives), ("--quarantine", quarantine)):
        if given is not None:
            do = "Leave it out, or use --engine planes. Relatives stand in the list column relatives."
            raise BadFile([Fault(option, "The engine spark does not take this option.", do)])
    if summary is not None and not summary.parent.is_dir():
        raise BadFile([Fault(str(summary), f"There is no folder {summary.parent}.", "Make it first.")])
    named = designated(law)
    job = spark.Job(table, output, named, master, positions, unknown, ignore, partitions, overwrite)
    found, seconds = spark.run(job)
    data = found.as_json([named], law, seconds, 0)
    # Neither is worked out on Spark: on which facts rows hang, and where the table's label would stand.
    for name in ("unknown_facts", "synthetic"):
        del data[name]
    _tell(data, summary, lang)
    return 0


def _decider(
    engine: str, law: str | None, side: str, vs: str | None, positions: Mapping[str, bool], missing: bool
) -> Decider:
    if engine == "duckdb" and law is not None:
        from safethird.batch.engines import DuckDB

        return DuckDB(designated(law), positions)
    return decider(law, side, vs=vs, positions=positions, missing=missing)


def _tell(data: Mapping[str, Any], summary: Path | None, lang: str) -> None:
    text = json.dumps(data, ensure_ascii=False, indent=2)
    if summary is not None:
        making = summary.with_name(f".{summary.name}.writing")
        making.write_text(text + "\n", encoding="utf-8")
        making.replace(summary)
    if sys.stdout.isatty():
        show_summary(Console(highlight=False), data, lang)
    elif summary is None:
        print(text)
