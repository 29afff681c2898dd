"""Runs over tables: complete or absent, resumable after a kill at any moment, summed up in both languages."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from safethird.apps.cli import main
from safethird.batch import outputs, parts, sources
from safethird.batch.example import example, example_schema
from safethird.batch.example_files import relatives_of, write_example
from safethird.batch.rows import case_of
from safethird.batch.schema import columns, versions
from safethird.cases.designator import designated
from safethird.law import sides
from safethird.law.facts import declared
from safethird.readings.decide import decide
from tests import standin
from tests.conftest import absent

COLUMNS = columns(versions(sides.of("canada")))
ROWS = 2_300
TESTS = Path(__file__).parent


@pytest.fixture(scope="module")
def table():
    return pa.Table.from_batches(list(example(ROWS, 3)))


@pytest.fixture
def claims(tmp_path, table):
    path = tmp_path / "in.parquet"
    pq.write_table(table, path)
    return path


@pytest.fixture
def run(capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "safethird.batch.deciding", standin)
    monkeypatch.delitem(sys.modules, "safethird.apps.batch_run", raising=False)
    monkeypatch.setattr(sources, "CHUNK_ROWS", 500)

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["safethird", "batch", *map(str, args)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    yield call
    sys.modules.pop("safethird.apps.batch_run", None)


def rows_of(path):
    if path.name.endswith(".csv"):
        empty = pyarrow.csv.ConvertOptions(strings_can_be_null=True, quoted_strings_can_be_null=False)
        return pyarrow.csv.read_csv(path, convert_options=empty).to_pylist()
    if path.suffix == ".parquet":
        return pq.read_table(path).to_pylist()
    with pa.ipc.open_file(path) as reader:
        return reader.read_all().to_pylist()


def expected(table):
    batches = table.combine_chunks().to_batches()
    return [row for batch in batches for row in standin.StandIn().decide(batch).to_pylist()]


def left_behind(folder):
    return [path.name for path in folder.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize("suffix", ["parquet", "csv", "arrow"])
@pytest.mark.parametrize("form", ["parquet", "arrow", "csv"])
def test_every_form_in_and_out_gives_the_same(tmp_path, run, table, form, suffix):
    path = tmp_path / f"in.{form}"
    write_example(path, table.to_batches(), example_schema(), COLUMNS)
    more = ["--relatives", tmp_path / "in.relatives.csv"] if form == "csv" else []
    out = tmp_path / f"out.{suffix}"
    code, _, err = run(path, "-o", out, *more)
    assert code == 0, err
    assert rows_of(out) == expected(table)
    assert left_behind(tmp_path) == []


def test_relatives_as_a_list_and_as_a_second_table_give_the_same(tmp_path, run, table, claims):
    pq.write_table(table.drop_columns("relatives"), tmp_path / "c.parquet")
    second = pa.Table.from_batches([relatives_of(batch) for batch in table.to_batches()])
    pq.write_table(second, tmp_path / "r.parquet", row_group_size=333)
    assert run(claims, "-o", tmp_path / "one.parquet")[0] == 0
    assert run(tmp_path / "c.parquet", "--relatives", tmp_path / "r.parquet", "-o", tmp_path / "two.parquet")[0] == 0
    assert rows_of(tmp_path / "one.parquet") == rows_of(tmp_path / "two.parquet")


@pytest.mark.parametrize("which", ["claims", "relatives", "both"])
def test_what_is_not_sorted_is_sorted_on_disk_first(tmp_path, run, table, which):
    order = pa.array([(place * 7) % ROWS for place in range(ROWS)])
    second = pa.Table.from_batches([relatives_of(batch) for batch in table.to_batches()])
    other = pa.array([(place * 11) % second.num_rows for place in range(second.num_rows)])
    bare = table.drop_columns("relatives")
    pq.write_table(bare.take(order) if which != "relatives" else bare, tmp_path / "c.parquet")
    pq.write_table(second.take(other) if which != "claims" else second, tmp_path / "r.parquet")
    out = tmp_path / "out.parquet"
    code, _, err = run(tmp_path / "c.parquet", "--relatives", tmp_path / "r.parquet", "-o", out)
    assert code == 0, err
    assert "not sorted by claim_id: sorting it on disk first" in err
    found = rows_of(out)
    assert [{**r, "grounds": sorted(r["grounds"].split("|"))} for r in found] == [
        {**r, "grounds": sorted(r["grounds"].split("|"))} for r in expected(table)
    ]
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("suffix", ["parquet", "csv", "arrow"])
def test_identifiers_that_are_numbers_go_by_size(tmp_path, run, table, suffix):
    numbered = table.set_column(0, "claim_id", pa.array(range(-5, ROWS - 5), pa.int32()))
    pq.write_table(numbered, tmp_path / "in.parquet")
    code, _, err = run(tmp_path / "in.parquet", "-o", tmp_path / f"out.{suffix}")
    assert (code, "not sorted" in err) == (0, False), err
    assert [row["claim_id"] for row in rows_of(tmp_path / f"out.{suffix}")] == list(range(-5, ROWS - 5))


def test_a_table_is_decided_as_its_rows_are_one_by_one(tmp_path, monkeypatch, capsys):
    path, out = tmp_path / "in.parquet", tmp_path / "out.parquet"
    rows = pa.Table.from_batches(list(example(120, 5, claims_from=date(2026, 4, 1), claims_to=date(2026, 5, 1))))
    pq.write_table(rows, path)
    monkeypatch.setattr(sys, "argv", ["safethird", "batch", str(path), "-o", str(out), "--law", "canada@2026-04-15"])
    with pytest.raises(SystemExit) as stop:
        main()
    assert not stop.value.code, capsys.readouterr().err
    law = designated("canada@2026-04-15")
    for row, found in zip(rows.to_pylist(), rows_of(out), strict=True):
        one = decide(law, case_of(row, row["relatives"] or (), "canada"))
        assert (found["stca"], found["outcome"]) == (one.settled.stca, one.settled.outcome)
        assert found["stca_established"] == one.established.stca
        assert found["outcome_established"] == one.established.outcome


def test_an_empty_table_gives_an_empty_result(tmp_path, run, table):
    pq.write_table(table.slice(0, 0), tmp_path / "in.parquet")
    code, out, _ = run(tmp_path / "in.parquet", "-o", tmp_path / "out.parquet")
    assert code == 0
    assert json.loads(out)["rows"] == 0
    assert pq.read_schema(tmp_path / "out.parquet").metadata[b"safethird.synthetic"] == b"true"
    assert pq.read_table(tmp_path / "out.parquet").schema.names == standin.StandIn().schema.names


def test_the_summary_adds_up(tmp_path, run, table, claims):
    code, out, _ = run(claims, "-o", tmp_path / "out.parquet", "--summary", tmp_path / "sum.json")
    assert (code, out) == (0, "")
    data = json.loads((tmp_path / "sum.json").read_text(encoding="utf-8"))
    assert data["rows"] == data["decided"] == ROWS
    assert sum(data["settled"]["stca"].values()) == ROWS
    assert sum(data["laws"].values()) == ROWS
    unknown = table.column("age").null_count
    label = declared["age"].label
    assert data["unknown_facts"][0] == {"fact": "age", "rows": unknown, "en": label.en, "fr": label.fr}
    assert data["synthetic"] is True
    assert data["last_checked"]["Act"] == "2026-03-31"
    assert "not a decision" in data["note"]["en"]
    assert sum(data["grounds"].values()) == sum(len(r["grounds"].split("|")) for r in expected(table) if r["grounds"])


def test_the_summary_on_a_terminal_speaks_french(tmp_path, run, claims):
    from rich.console import Console

    from safethird.apps.batch_summary import show_summary

    code, out, _ = run(claims, "-o", tmp_path / "out.parquet")
    assert code == 0
    console = Console(width=120, record=True, file=open(os.devnull, "w"))  # noqa: SIM115, PTH123
    with console.file:
        show_summary(console, json.loads(out), "fr")
    said = console.export_text()
    for part in (
        "2 300",
        "lignes",
        "une exception lève l’irrecevabilité",
        "Âge",
        "et non une décision",
        "synthétiques",
    ):
        assert part in said
    for word in (" the ", " rows", "decided", "known"):
        assert word not in said


def test_without_a_terminal_a_line_now_and_then_and_none_when_quiet(tmp_path, run, claims, monkeypatch):
    monkeypatch.setattr("safethird.apps.batch_progress.EVERY", 0.0)
    _, _, err = run(claims, "-o", tmp_path / "out.parquet")
    assert "1,000 of 2,300 rows decided" in err
    assert run(claims, "-o", tmp_path / "two.parquet", "--quiet")[2] == ""
    assert "2 300 lignes" in run(claims, "-o", tmp_path / "three.parquet", "--lang", "fr")[2]


BAD_ARGUMENTS = [
    (["-o", "{d}/none/out.parquet"], "There is no folder"),
    (["-o", "{d}/out.xlsx"], "tells no form"),
    (["-o", "{d}/there.parquet"], "It is there already. Choose another name, or replace it: --overwrite"),
    (["-o", "{d}/in.parquet", "--overwrite"], "It is the input itself"),
    (["-o", "{d}/out.parquet", "--law", "canada@2001-01-01"], "the Act starts on"),
    (["-o", "{d}/out.parquet", "--law", "us@2024-01-01", "--side", "canada"], "different sides"),
    (["-o", "{d}/out.parquet", "--side", "mexico"], "Sides:"),
    (["-o", "{d}/out.parquet", "--position", "half_blod=true"], "half_blood"),
    (["-o", "{d}/out.parquet", "--position", "half_blood=perhaps"], "half_blood=true"),
    (["-o", "{d}/out.parquet", "--unknown", "agee"], "--unknown agee: There is no such column. Nearest: age"),
    (["-o", "{d}/out.parquet", "--engine", "abacus"], "--engine takes"),
    (["-o", "{d}/out.parquet", "--lang", "de"], "--lang takes en or fr"),
    (["-o", "{d}/out.parquet", "--summary", "{d}/none/s.json"], "There is no folder"),
    (["-o", "{d}/out.parquet", "--relatives", "{d}/none.parquet", "--ignore", "relatives"], "There is no such file"),
]


@pytest.mark.parametrize(("args", "said"), BAD_ARGUMENTS)
def test_wrong_arguments_end_with_one_clear_line(tmp_path, run, claims, args, said):
    (tmp_path / "there.parquet").write_bytes(b"mine")
    code, out, err = run(claims, *(arg.format(d=tmp_path) for arg in args))
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert (tmp_path / "there.parquet").read_bytes() == b"mine"
    assert left_behind(tmp_path) == []


def faulty(table, tmp_path):
    words, ids = table.column("entry").to_pylist(), table.column("claim_id").to_pylist()
    words[1_999], words[3], ids[777] = "tram", "tram", ids[776]
    bad = table.set_column(table.schema.names.index("entry"), "entry", pa.array(words))
    bad = bad.set_column(0, "claim_id", pa.array(ids))
    path = tmp_path / "bad.parquet"
    pq.write_table(bad, path)
    return path


def test_faults_late_in_a_table_leave_nothing_behind(tmp_path, run, table):
    code, out, err = run(faulty(table, tmp_path), "-o", tmp_path / "out.parquet")
    assert (code, out) == (2, "")
    assert "column entry: 2 rows (first: 4, 2,000): not on the list (“tram”)" in err
    assert "column claim_id: 2 rows (first: 777, 778)" in err
    assert "--quarantine FILE" in err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.parquet"]


@pytest.mark.parametrize("suffix", ["parquet", "csv", "arrow"])
def test_quarantine_sets_bad_rows_aside_and_decides_the_rest(tmp_path, run, table, suffix):
    path = faulty(table, tmp_path)
    if suffix == "csv":
        bare = pq.read_table(path).drop_columns("relatives")
        pq.write_table(bare, path)
    aside = tmp_path / f"aside.{suffix}"
    code, out, err = run(path, "-o", tmp_path / "out.parquet", "--quarantine", aside, "--unknown", "relatives")
    assert code == 0, err
    data = json.loads(out)
    assert (data["rows"], data["decided"], data["quarantined"]) == (ROWS, ROWS - 4, 4)
    rows = rows_of(aside)
    assert [row["fault"] for row in rows] == [
        "entry: not on the list", "claim_id: an identifier that another row has too",
        "claim_id: an identifier that another row has too", "entry: not on the list",
    ]  # fmt: skip
    gone = {row["claim_id"] for row in rows}
    kept = [row["claim_id"] for row in rows_of(tmp_path / "out.parquet")]
    assert kept == [name for name in table.column("claim_id").to_pylist()[:777] + table.column("claim_id").to_pylist()[778:]
                    if name not in gone]  # fmt: skip


def test_quarantine_of_a_second_table(tmp_path, run, table):
    pq.write_table(table.drop_columns("relatives"), tmp_path / "c.parquet")
    second = pa.Table.from_batches([relatives_of(batch) for batch in table.to_batches()])
    relation = second.column("relation").to_pylist()
    relation[10] = "unkle"
    second = second.set_column(second.schema.names.index("relation"), "relation", pa.array(relation))
    owner = second.column("claim_id")[10].as_py()
    orphan = second.slice(0, 1).set_column(0, "claim_id", pa.array(["Z"]))
    pq.write_table(pa.concat_tables([second, orphan]), tmp_path / "r.parquet")
    aside = tmp_path / "aside.parquet"
    code, out, err = run(tmp_path / "c.parquet", "--relatives", tmp_path / "r.parquet", "-o", tmp_path / "o.parquet",
                         "--quarantine", aside)  # fmt: skip
    assert code == 0, err
    assert json.loads(out)["quarantined"] == 1
    assert [(r["claim_id"], r["fault"]) for r in rows_of(aside)] == [(owner, "relatives.relation: not on the list")]
    theirs = rows_of(tmp_path / "aside.relatives.parquet")
    assert {r["claim_id"] for r in theirs} == {owner, "Z"}
    assert {r["fault"] for r in theirs if r["claim_id"] == "Z"} == {
        "claim_id: a relative of a claim that is not in the table"
    }


@pytest.mark.parametrize("where", ["output", "part"])
def test_a_full_disk_is_said_and_nothing_is_lost(tmp_path, run, table, claims, where, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        if where == "output":
            patch.setattr(outputs.Output, "finish", full)
        else:
            add = parts.Parts.add
            patch.setattr(parts.Parts, "add", lambda self, part: full() if self.count == 2 else add(self, part))
        code, _, err = run(claims, "-o", tmp_path / "out.parquet")
    assert code == 2
    assert "The disk is full; " in err
    assert "rows are decided and kept. Make room and give the same command again" in err
    assert not (tmp_path / "out.parquet").exists()
    code, _, err = run(claims, "-o", tmp_path / "out.parquet")
    assert code == 0
    assert "Continuing after" in err
    assert rows_of(tmp_path / "out.parquet") == expected(table)
    assert left_behind(tmp_path) == []


def test_a_disk_that_is_really_full(tmp_path, run, claims):
    if not Path("/dev/full").exists():
        absent("this system has no /dev/full to stand for a full disk")
    (tmp_path / ".out.parquet.writing").symlink_to("/dev/full")
    code, _, err = run(claims, "-o", tmp_path / "out.parquet")
    assert code == 2
    assert "The disk is full" in err


def test_an_interrupted_run_goes_on_and_with_other_arguments_starts_anew(tmp_path, run, table, claims, monkeypatch):
    out = tmp_path / "out.parquet"
    add = parts.Parts.add

    def stop(self, part):
        if self.count == 3:
            raise KeyboardInterrupt
        add(self, part)

    with monkeypatch.context() as patch:
        patch.setattr(parts.Parts, "add", stop)
        code, _, err = run(claims, "-o", out)
    assert code == 130
    assert "Stopped after 1,500 rows. Give the same command again" in err
    assert not out.exists()
    with monkeypatch.context() as patch:
        patch.setattr(parts.Parts, "add", stop)
        assert "Reprise" not in run(claims, "-o", out, "--position", "half_blood=true", "--lang", "fr")[2]
    with monkeypatch.context() as patch:
        patch.setattr(parts.Parts, "add", stop)
        assert "Arrêt après 1 500 lignes" in run(claims, "-o", out, "--lang", "fr")[2]
    code, summed, err = run(claims, "-o", out)
    assert code == 0
    assert "Continuing after 1,500 rows" in err
    assert (json.loads(summed)["rows"], json.loads(summed)["continued_after"]) == (ROWS, 1_500)
    assert rows_of(out) == expected(table)


def test_a_changed_input_starts_anew(tmp_path, run, table, claims, monkeypatch):
    out = tmp_path / "out.parquet"
    with monkeypatch.context() as patch:
        patch.setattr(outputs.Output, "finish", lambda self: (_ for _ in ()).throw(KeyboardInterrupt))
        assert run(claims, "-o", out)[0] == 130
    pq.write_table(table.slice(0, 1_100), claims)
    _, _, err = run(claims, "-o", out)
    assert "Continuing" not in err
    assert rows_of(out) == expected(table)[:1_100]
    assert left_behind(tmp_path) == []


def wait_for_parts(process, folder, more):
    """Wait until a run has finished some more chunks."""
    before = len(list(folder.glob(".out.parquet.parts/*[0-9].arrow")))
    while process.poll() is None and len(list(folder.glob(".out.parquet.parts/*[0-9].arrow"))) < before + more:
        time.sleep(0.01)


@pytest.mark.parametrize("unsorted", [False, True])
def test_a_kill_at_any_moment_loses_nothing(tmp_path, unsorted):
    rng = random.Random(5 + unsorted)
    whole = pa.Table.from_batches(list(example(12_000, 8)))
    given = whole.take(pa.array([(place * 7) % 12_000 for place in range(12_000)])) if unsorted else whole
    words = given.column("entry").to_pylist()
    words[11_000] = "tram"
    pq.write_table(
        given.set_column(given.schema.names.index("entry"), "entry", pa.array(words)), tmp_path / "in.parquet"
    )
    out, aside = tmp_path / "out.parquet", tmp_path / "aside.parquet"
    command = [sys.executable, "-m", "tests.standin", "batch", "in.parquet", "-o", "out.parquet",
               "--quarantine", "aside.parquet", "--summary", "s.json", "--threads", "2"]  # fmt: skip
    paths = os.pathsep.join([str(TESTS.parent), *filter(None, sys.path)])
    env = {**os.environ, "PYTHONPATH": paths, "STANDIN_PAUSE": "0.05"}
    stops, continued = (
        [signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGKILL, signal.SIGKILL, signal.SIGKILL],
        0,
    )
    for number in range(len(stops) + 1):
        with subprocess.Popen(command, cwd=tmp_path, env=env, stderr=subprocess.PIPE) as process:
            if number < len(stops):
                # The first falls while the program starts or sorts, the others among the chunks.
                wait_for_parts(process, tmp_path, rng.randint(2, 5) if number else 0)
                time.sleep(rng.random() * (0.5 if number == 0 else 0.05))
                process.send_signal(stops[number])
            _, err = process.communicate()
        continued += b"Continuing after" in err
        if number == len(stops):
            assert process.returncode == 0, err
        elif stops[number] == signal.SIGINT:
            assert process.returncode == 130, err
            assert b"Give the same command again" in err
        else:
            assert process.returncode == -signal.SIGKILL, err
            assert not out.exists()
    bad = given.column("claim_id")[11_000].as_py()
    assert rows_of(out) == [row for row in expected(whole) if row["claim_id"] != bad]
    assert [row["claim_id"] for row in rows_of(aside)] == [bad]
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["rows"] == 12_000
    assert continued >= len(stops) - 2
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(("args", "said"), [
    (["schema"], "claim_id"), (["schema", "--side", "us"], "forum"), (["schema", "--lang", "fr"], "colonne"),
    (["--help"], "schema"), (["run", "--help"], "--quarantine"), ([], "schema"),
])  # fmt: skip
def test_help_and_schema(run, args, said):
    code, out, err = run(*args)
    assert code in (0, 2) if not args else code == 0
    assert said in out + err


def test_the_schema_as_json_lists_every_word(run):
    data = json.loads(run("schema", "--json", "--side", "us")[1])
    assert {"asylum_officer", "immigration_court"} == {
        w for c in data["columns"] if c["name"] == "forum" for w in c["words"]
    }
    assert {"relation", "able_to_care"} <= {c["name"] for c in data["relatives"]}


def test_an_example_is_written_decided_and_explained(tmp_path, run):
    path = tmp_path / "e.csv"
    assert run("example", path, "--rows", "50", "--seed", "4")[0] == 0
    assert "It is there already" in run("example", path)[2]
    code, _, err = run(path, "--relatives", tmp_path / "e.relatives.csv", "-o", tmp_path / "out.csv")
    assert code == 0, err
    code, out, _ = run("explain", path, "S0000000007", "--relatives", tmp_path / "e.relatives.csv", "--json")
    assert code == 0
    assert json.loads(out)["id"] == "S0000000007"
    assert (
        "Recevabilité"
        in run("explain", path, "S0000000007", "--relatives", tmp_path / "e.relatives.csv", "--lang", "fr")[1]
    )
    assert "No row has this claim_id" in run("explain", path, "S1", "--relatives", tmp_path / "e.relatives.csv")[2]


def test_deciding_one_case_needs_no_tables():
    code = (
        "import sys, safethird, safethird.apps.cli, safethird.readings.explain;"
        "sys.exit(bool({'pyarrow', 'numpy'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
