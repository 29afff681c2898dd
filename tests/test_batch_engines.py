"""The law as SQL gives on every engine, row for row, what the planes give, unknowns included."""

import hashlib
import importlib
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from safethird.apps.cli import main
from safethird.batch.deciding import decider
from safethird.batch.engines import DuckDB
from safethird.batch.example import example
from safethird.batch.flat import claims_of, flat, numbered
from safethird.batch.packing import Claimed
from safethird.batch.plan import Plan
from safethird.batch.statement import steps
from safethird.cases.designator import designated
from safethird.readings.cells import Bound
from tests.conftest import absent

LAWS = ("canada@2026-06-15", "us@2026-04-15")
# One exception applies only if a position is taken.
POSITIONS = {"us@2026-04-15": {"us_dependants": True}}
# A longer run, now and then: SAFETHIRD_ROWS=10000.
MANY = int(os.environ.get("SAFETHIRD_ROWS", "0"))
ROWS = {"canada@2026-06-15": MANY or 2_000, "us@2026-04-15": MANY or 1_500}
NAMES = ("claim_id", "stca", "outcome", "stca_established", "outcome_established", "grounds", "exceptions")
TYPES = {pa.bool_(): "BOOLEAN", pa.string(): "TEXT", pa.int32(): "INTEGER"}


def package(name):
    try:
        return importlib.import_module(name)
    except ImportError:
        absent(f"the package {name} is not installed")


class Sample:
    """Example claims under one law, as tables, and what the planes say of them."""

    def __init__(self, law, rows):
        side = law.partition("@")[0]
        day = designated(law).day
        (batch,) = example(rows, 11, side, unknown=0.2, claims_from=date(day.year - 1, day.month, 1), claims_to=day)
        self.law, self.side, self.batch = law, side, batch
        self.positions = POSITIONS.get(law, {})
        self.plan = Plan(designated(law), self.positions)
        self.claims, self.relatives = flat([batch], self.plan)
        self.expected = decider(law, side, positions=self.positions).decide(batch).to_pylist()

    def first(self, rows):
        """The same with the first rows alone."""
        some = object.__new__(Sample)
        some.__dict__ |= self.__dict__
        some.batch = self.batch.slice(0, rows)
        some.claims, some.relatives = flat([some.batch], self.plan)
        some.expected = self.expected[:rows]
        return some

    def agrees(self, found):
        rows = sorted((dict(zip(NAMES, row, strict=True)) for row in found), key=lambda row: row["claim_id"])
        expected = sorted(({name: row[name] for name in NAMES} for row in self.expected), key=lambda r: r["claim_id"])
        differ = [(one, two) for one, two in zip(expected, rows, strict=False) if one != two]
        assert checksum(rows) == checksum(expected), (
            f"{self.law}: {len(differ)} of {len(expected)} rows differ ({len(rows)} came); checksum {checksum(rows)}, "
            f"of the planes {checksum(expected)}; the first: {differ[:1]}"
        )


def checksum(rows):
    return hashlib.sha256("\n".join(repr([row[name] for name in NAMES]) for row in rows).encode()).hexdigest()[:16]


@pytest.fixture(scope="module", params=LAWS, ids=lambda law: law.partition("@")[0])
def sample(request):
    return Sample(request.param, ROWS[request.param])


def created(name, table):
    return f"CREATE TEMPORARY TABLE {name} ({', '.join(f'{f.name} {TYPES[f.type]}' for f in table.schema)})"


def run(sample, execute):
    """Every step but the last as a temporary table; the last is handed back."""
    *before, last = steps(sample.plan)
    for step in before:
        execute(f"CREATE TEMPORARY TABLE {step.name} AS {step.select}")
    return f"SELECT {', '.join(NAMES)} FROM ({last.select}) AS result"


def test_every_provision_is_met_both_ways(sample):
    for name, labels in (("grounds", sample.plan.compiled.grounds), ("exceptions", sample.plan.compiled.exceptions)):
        held = Counter(label for row in sample.expected for label in row[name].split("|") if label)
        for label in labels:
            assert 0 < held[label] < len(sample.expected), (label, held)


def test_anniversaries_and_days_not_given_are_filled(sample):
    bare = sample.batch.drop_columns(["claim_date", "age"])
    found = claims_of(bare, sample.plan, numbered(bare.num_rows))
    day = (designated(sample.law).day - date(1970, 1, 1)).days
    assert set(found.column("claim_date").to_pylist()) == {day}
    assert found.column("age").null_count == bare.num_rows


def test_duckdb_agrees(sample):
    package("duckdb")
    found = DuckDB(designated(sample.law), sample.positions).decide(sample.batch)
    assert found.schema.equals(decider(sample.law, sample.side).schema)
    assert found.column("claim_id").equals(sample.batch.column("claim_id"))
    sample.agrees([tuple(row[name] for name in NAMES) for row in found.to_pylist()])


def test_sqlite_agrees(sample):
    some = sample.first(MANY or 150)
    with sqlite3.connect(":memory:") as database:
        for name, table in (("claims", some.claims), ("relatives", some.relatives)):
            database.execute(created(name, table))
            rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
            database.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * table.num_columns)})", rows)
        sample_rows = database.execute(run(some, database.execute)).fetchall()
    some.agrees(sample_rows)


def test_datafusion_agrees(sample):
    context = package("datafusion").SessionContext()
    for name, table in (("claims", sample.claims), ("relatives", sample.relatives)):
        context.register_record_batches(name, [table.combine_chunks().to_batches()])
    *before, last = steps(sample.plan)
    for step in before:
        batches = context.sql(step.select).collect()
        context.register_record_batches(step.name, [batches])
    found = context.sql(last.select).to_arrow_table()
    sample.agrees([tuple(row[name] for name in NAMES) for row in found.to_pylist()])


def _server():
    """Where PostgreSQL keeps its programs, Debian's place included."""
    if found := shutil.which("initdb"):
        return Path(found).parent
    places = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return places[-1].parent if places else absent("PostgreSQL is not installed (initdb)")


@pytest.fixture(scope="module")
def postgres(tmp_path_factory):
    psycopg, programs = package("psycopg"), _server()
    folder = tmp_path_factory.mktemp("postgres")
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        # The server refuses to run as root.
        who = {"user": "postgres", "group": "postgres", "extra_groups": []}
        for parent in (folder, *folder.parents[:2]):
            parent.chmod(0o755)
        shutil.chown(folder, "postgres", "postgres")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data, log = folder / "data", folder / "log"

    def call(program, *arguments):
        made = subprocess.run(
            [programs / program, *map(str, arguments)], cwd=folder, capture_output=True, text=True, **who
        )
        assert made.returncode == 0, made.stdout + made.stderr

    call("initdb", "-D", data, "-U", "tester", "-A", "trust", "--no-sync", "--locale=C", "--encoding=UTF8")
    options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories= -c fsync=off -c jit=off"
    call("pg_ctl", "-D", data, "-l", log, "-w", "-o", options, "start")
    try:
        with psycopg.connect(
            host="127.0.0.1", port=port, user="tester", dbname="postgres", autocommit=True
        ) as database:
            yield database
    finally:
        for parent in (folder, *folder.parents[:2]) if who else ():
            parent.chmod(0o755)  # another run of the tests may have closed them
        call("pg_ctl", "-D", data, "-m", "immediate", "stop")


def test_postgresql_agrees(sample, postgres):
    postgres.execute("DISCARD TEMP")
    for name, table in (("claims", sample.claims), ("relatives", sample.relatives)):
        postgres.execute(created(name, table))
        with postgres.cursor().copy(f"COPY {name} FROM STDIN") as copy:
            for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
                copy.write_row(row)
        postgres.execute(f"ANALYZE {name}")
    sample.agrees(postgres.execute(run(sample, postgres.execute)).fetchall())


@pytest.fixture(scope="module")
def spark():
    package("pyspark")
    if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
        absent("there is no Java for Spark")
    from safethird.batch import spark as engine

    yield engine
    from pyspark.sql import SparkSession

    if session := SparkSession.getActiveSession():
        session.stop()


def called(capsys, monkeypatch, *arguments):
    monkeypatch.setattr(sys, "argv", ["safethird", "batch", *map(str, arguments)])
    code = 0
    try:
        main()
    except SystemExit as stop:
        code = int(stop.code or 0)
    return code, capsys.readouterr().err


def test_spark_agrees(tmp_path, spark, capsys, monkeypatch):
    """From the command line, because each run costs the time of planning the law anew."""
    sample = Sample(LAWS[0], 500)
    (tmp_path / "in").mkdir()
    for part in range(2):
        pq.write_table(
            pa.Table.from_batches([sample.batch.slice(part * 250, 250)]), tmp_path / "in" / f"{part}.parquet"
        )
    out = tmp_path / "out"
    arguments = (tmp_path / "in", "-o", out, "--law", LAWS[0], "--engine", "spark", "--master", "local[2]")
    code, err = called(capsys, monkeypatch, *arguments, "--partitions", "2")
    assert code == 0, err
    assert (out / "_SUCCESS").exists()
    assert not (tmp_path / "out.tmp").exists()
    sample.agrees([tuple(row[name] for name in NAMES) for row in pq.read_table(out).to_pylist()])
    code, err = called(capsys, monkeypatch, *arguments)
    assert (code, "It is there already" in err) == (2, True)


def test_spark_anniversaries_are_those_of_the_planes(spark):
    from safethird.batch.spark_views import anniversary

    days = np.arange(0, 55_000, dtype=np.int32)
    session = spark.session("local[2]")
    text = f"SELECT {anniversary('d', 1)} AS one, {anniversary('d', 3)} AS three FROM (SELECT DATE_FROM_UNIX_DATE(id) AS d FROM RANGE(55000)) ORDER BY d"
    rows = session.sql(text).collect()
    for number, name in ((1, "one"), (3, "three")):
        assert np.array_equal([row[name] for row in rows], Claimed(days).bound(Bound("years", number)))


def test_bad_rows_stop_spark_before_anything_is_written(tmp_path, spark, capsys, monkeypatch):
    sample = Sample(LAWS[0], 40)
    table = pa.Table.from_batches([sample.batch])
    words = pa.array(["tram" if place == 6 else "train" for place in range(40)])
    pq.write_table(table.set_column(table.schema.get_field_index("entry"), "entry", words), tmp_path / "in.parquet")
    arguments = ("-o", tmp_path / "out", "--law", LAWS[0], "--engine", "spark", "--master", "local[2]")
    code, err = called(capsys, monkeypatch, tmp_path / "in.parquet", *arguments)
    assert code == 2
    assert "1 row (first: 7): not on the list" in err
    assert not list(tmp_path.glob("out*"))


def test_the_command_gives_on_duckdb_what_the_planes_give(tmp_path, capsys, monkeypatch):
    package("duckdb")
    sample = Sample(LAWS[0], 300)
    pq.write_table(pa.Table.from_batches([sample.batch]), tmp_path / "in.parquet")
    arguments = (tmp_path / "in.parquet", "-o", tmp_path / "out.parquet", "--law", LAWS[0], "--engine", "duckdb")
    code, err = called(capsys, monkeypatch, *arguments)
    assert code == 0, err
    sample.agrees([tuple(row[name] for name in NAMES) for row in pq.read_table(tmp_path / "out.parquet").to_pylist()])


@pytest.mark.parametrize("engine", ["duckdb", "spark"])
def test_an_engine_says_what_it_does_not_do(tmp_path, capsys, monkeypatch, engine):
    code, err = called(capsys, monkeypatch, "in.parquet", "-o", tmp_path / "out", "--engine", engine)
    assert (code, "Name one law for every row" in err) == (2, True)
    more = ("--law", LAWS[0], "--vs", "canada@2024-06-01", "--missing")
    code, err = called(capsys, monkeypatch, "in.parquet", "-o", tmp_path / "out", "--engine", engine, *more)
    assert (code, "does not compare laws" in err, "does not count missing facts" in err) == (2, True, True)


@pytest.mark.parametrize(
    ("engine", "module", "extra"), [("duckdb", "duckdb", "duckdb"), ("spark", "pyspark.sql", "spark")]
)
def test_a_missing_package_is_named(tmp_path, capsys, monkeypatch, engine, module, extra):
    sample = Sample(LAWS[0], 10)
    pq.write_table(pa.Table.from_batches([sample.batch]), tmp_path / "in.parquet")
    monkeypatch.setitem(sys.modules, module, None)
    arguments = (tmp_path / "in.parquet", "-o", tmp_path / "out.parquet", "--law", LAWS[0], "--engine", engine)
    code, err = called(capsys, monkeypatch, *arguments)
    assert (code, f"safethird[{extra}]" in err) == (2, True)
