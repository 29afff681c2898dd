"""Tables as they come: the same claims in every form, and every fault named with file, column and first rows."""

import gzip
from datetime import date, datetime

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from safethird.batch import sources
from safethird.batch.check import Ledger
from safethird.batch.example import example, example_schema
from safethird.batch.example_files import relatives_of, write_example
from safethird.batch.intake import intake_of
from safethird.batch.lookup import case_in
from safethird.batch.order import Unsorted, raws
from safethird.batch.schema import columns, versions
from safethird.batch.sorting import sorted_on_disk
from safethird.cases.designator import designated
from safethird.cases.faults import BadFile
from safethird.law import sides

COLUMNS = columns(versions(sides.of("canada")))
SIDE = "canada"


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch):
    monkeypatch.setattr(sources, "CHUNK_ROWS", 100)


def made(rows=450, seed=1):
    return pa.Table.from_batches(list(example(rows, seed)))


def write(path, table):
    """A table in the form that its name tells."""
    if path.suffix == ".parquet":
        pq.write_table(table, path)
    elif path.suffix == ".csv":
        pyarrow.csv.write_csv(table, path)
    elif path.suffix == ".ipc":
        with pa.ipc.new_stream(path, table.schema) as writer:
            writer.write_table(table)
    else:
        with pa.ipc.new_file(path, table.schema) as writer:
            writer.write_table(table)
    return path


def read(intake):
    """Every canonical row of a table, and its faults."""
    second = intake.relatives.source if intake.relatives else None
    ledger, rows, foreign = Ledger(), [], 0
    for raw in raws(intake.claims.source, second, intake.claims.claim_id):
        chunk = intake.chunk(raw)
        foreign += chunk.foreign
        for path, wrong, numbers in chunk.wrong:
            ledger.note(path, wrong, numbers)
        for batch in chunk.claims:
            batch.validate(full=True)
            assert batch.schema.equals(intake.schema)
            rows += batch.to_pylist()
    return rows, [str(fault) for fault in ledger.faults()], foreign


def alike(rows):
    return [{**row, "relatives": row["relatives"] or []} for row in rows]


def with_column(table, name, values):
    return table.set_column(table.schema.names.index(name), name, values)


def changed(table, name, at, value, kind=None):
    """The table with one value of a column (as text, unless another type is said) replaced."""
    values = table.column(name).cast(kind or pa.string()).to_pylist()
    values[at] = value
    return with_column(table, name, pa.array(values, kind or pa.string()))


@pytest.mark.parametrize("form", ["parquet", "arrow", "ipc", "folder", "csv", "csv.gz", "second"])
def test_the_same_claims_in_every_form(tmp_path, form):
    table = made()
    second = None
    if form == "folder":
        (tmp_path / "in" / "a").mkdir(parents=True)
        pq.write_table(table.slice(0, 130), tmp_path / "in" / "a" / "1.parquet")
        pq.write_table(table.slice(130), tmp_path / "in" / "b.parquet", row_group_size=70)
        path = tmp_path / "in"
    elif form in ("csv", "csv.gz"):
        path = tmp_path / f"in.{form}"
        write_example(path, table.to_batches(), example_schema(), COLUMNS)
        second = tmp_path / f"in.relatives.{form}"
    elif form == "second":
        path, second = write(tmp_path / "in.parquet", table.drop_columns("relatives")), tmp_path / "r.parquet"
        pq.write_table(pa.Table.from_batches([relatives_of(b) for b in table.combine_chunks().to_batches()]), second)
    else:
        path = write(tmp_path / f"in.{form}", table)
    rows, faults, _ = read(intake_of(path, second, COLUMNS, SIDE))
    assert not faults
    assert alike(rows) == alike(table.to_pylist())


def test_types_as_other_programs_write_them(tmp_path):
    table = made(60)
    plain = table.cast(
        pa.schema([("claim_id", pa.large_string()), *((f.name, {"age": pa.float64(), "claim_date": pa.timestamp("ns"),
                   "entry": pa.large_string(), "nationality": pa.string()}.get(f.name, f.type)) for f in list(table.schema)[1:])])
    )  # fmt: skip
    papers = [None if w is None else [p for p in w.split("|") if p] for w in table.column("documents").to_pylist()]
    plain = with_column(plain, "documents", pa.array(papers, pa.list_(pa.string())))
    rows, faults, _ = read(intake_of(write(tmp_path / "in.parquet", plain), None, COLUMNS, SIDE))
    assert not faults
    assert alike(rows) == alike(table.to_pylist())


def test_words_of_csv(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(
        "\ufeffclaim_id;claim_date;age;port_closed;accompanied_by_parent;nationality;documents\n"
        "1;2024-05-01;17.0;oui;FALSE;MEX|COL;none\n2;2024-05-02;;non;yes;;\n",
        encoding="utf-8",
    )
    rows, faults, _ = read(intake_of(path, None, COLUMNS, SIDE, unknown=["all"]))
    assert not faults
    one, two = rows
    assert (one["claim_id"], one["age"], one["port_closed"], one["accompanied_by_parent"]) == ("1", 17, True, False)
    assert (one["nationality"], one["documents"], one["entry"]) == ("COL|MEX", "", None)
    assert (two["age"], two["port_closed"], two["nationality"], two["documents"]) == (None, False, None, None)


COLUMN_FAULTS = [
    (lambda t: t.drop_columns(["age", "entry"]), ["2 columns are missing: entry, age", "--unknown entry --unknown age"]),
    (lambda t: t.drop_columns(["claim_id"]), ["missing: claim_id"]),
    (lambda t: t.drop_columns(["relatives"]), ["relatives are missing", "--relatives FILE", "--unknown relatives"]),
    (lambda t: t.drop_columns(["relatives_complete"]), ["missing: relatives_complete"]),
    (lambda t: t.rename_columns(["Age" if n == "age" else n for n in t.schema.names]),
     ["missing: age", "column Age: The law asks about no such column. Nearest: age", "--ignore Age"]),
    (lambda t: with_column(t, "age", t.column("age").cast(pa.string())), ["column age: It is of type string. It must be a whole number"]),
    (lambda t: with_column(t, "entry", t.column("age")), ["column entry: It is of type int16. It must be text"]),
    (lambda t: with_column(t, "claim_date", t.column("claim_date").cast(pa.string())), ["column claim_date", "type string", "date32"]),
    (lambda t: with_column(t, "port_closed", t.column("age")), ["column port_closed", "boolean"]),
    (lambda t: with_column(t, "relatives", t.column("age")), ["column relatives", "list of structs"]),
    (lambda t: with_column(t, "claim_id", pc.cast(t.column("age"), pa.float64())), ["column claim_id", "type double"]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "parts"), COLUMN_FAULTS)
def test_a_column_that_does_not_fit_is_named(tmp_path, change, parts):
    path = write(tmp_path / "in.parquet", change(made(20)))
    with pytest.raises(BadFile) as error:
        intake_of(path, None, COLUMNS, SIDE)
    for part in (str(path), *parts):
        assert part in str(error.value)


def test_what_is_allowed_by_name_is_allowed(tmp_path):
    table = made(20).drop_columns(["age", "relatives"]).append_column("office", pa.nulls(20, pa.string()))
    path = write(tmp_path / "in.parquet", table)
    intake = intake_of(path, None, COLUMNS, SIDE, unknown=["age", "relatives"], ignore=["office"])
    rows, faults, _ = read(intake)
    assert not faults
    assert {row["age"] for row in rows} == {None}
    assert {row["relatives"] and 1 for row in rows} == {None}


@pytest.mark.parametrize("day", ["2003-06-01", "2010-01-01", "2026-06-01"])
def test_columns_of_another_days_law_are_left_unread(tmp_path, day):
    laws = [designated(f"canada@{day}")]
    intake = intake_of(write(tmp_path / "in.parquet", made(60)), None, columns(laws), SIDE, law=f"canada@{day}")
    rows, faults, _ = read(intake)
    assert not faults
    assert len(rows) == 60
    assert set(rows[0]) == set(intake.schema.names)


def kin(table, name, value):
    """The table with one field of the first relative of the first claim that has one replaced."""
    lists = table.column("relatives").to_pylist()
    at = next(place for place, relatives in enumerate(lists) if relatives)
    lists[at][0][name] = value
    kind = pa.list_(pa.struct([(f.name, pa.string() if pa.types.is_dictionary(f.type) else f.type)
                               for f in table.schema.field("relatives").type.value_type]))  # fmt: skip
    return with_column(table, "relatives", pa.array(lists, kind))


ROW_FAULTS = [
    (lambda t: changed(t, "entry", 432, "tram"), ["column entry: Row 433: not on the list (“tram”). Known: land_port"]),
    (lambda t: changed(t, "nationality", 0, "MEX|MEXICO"), ["column nationality: Row 1", "“MEX|MEXICO”"]),
    (lambda t: changed(t, "nationality", 0, "MEX|STATELESS"), ["column nationality: Row 1"]),
    (lambda t: changed(t, "age", 7, 131, pa.int16()), ["column age: Row 8: not a whole number from 0 to 130"]),
    (lambda t: changed(t, "age", 7, 17.5, pa.float64()), ["column age: Row 8"]),
    (lambda t: changed(t, "claim_date", 9, None, pa.date32()), ["column claim_date: Row 10: no day of the claim"]),
    (lambda t: changed(t, "claim_date", 9, date(1990, 1, 1), pa.date32()), ["claim_date: Row 10: a day before the law begins"]),
    (lambda t: changed(t, "claim_date", 9, date(1890, 1, 1), pa.date32()), ["claim_date: Row 10: not a day from 1900"]),
    (lambda t: changed(t, "entry_date", 3, date(2100, 1, 1), pa.date32()), ["entry_date: Row 4: an entry after the claim"]),
    (lambda t: changed(t, "entry_date", 3, datetime(2001, 1, 1, 9), pa.timestamp("us")), ["entry_date: Row 4: not a day"]),
    (lambda t: changed(t, "claim_id", 5, None), ["column claim_id: Row 6: no identifier"]),
    (lambda t: changed(t, "claim_id", 100, "S0000000100"), ["claim_id: 2 rows (first: 100, 101): an identifier that another"]),
    (lambda t: kin(t, "relation", "unkle"), ["column relatives.relation: Row ", "“unkle”"]),
    (lambda t: kin(t, "age", 200), ["column relatives.age: Row "]),
]  # fmt: skip


@pytest.mark.parametrize(("change", "parts"), ROW_FAULTS)
def test_a_row_that_cannot_be_is_named(tmp_path, change, parts):
    table = changed(made(), "entry_date", 0, None, pa.date32())
    path = write(tmp_path / "in.parquet", change(table))
    rows, faults, _ = read(intake_of(path, None, COLUMNS, SIDE))
    assert [fault for fault in faults if all(part in fault for part in (str(path), *parts))], faults
    assert 448 <= len(rows) <= 449


def test_all_faults_come_together_and_only_the_first_rows_are_named(tmp_path):
    table = changed(made(), "entry", 2, "tram")
    table = with_column(table, "age", pa.array([200] * 450, pa.int16()))
    _, faults, _ = read(intake_of(write(tmp_path / "in.parquet", table), None, COLUMNS, SIDE))
    assert len(faults) == 2
    assert "450 rows (first: 1, 2, 3, 4, 5)" in "".join(faults)


def test_no_fault_repeats_an_identifier_or_a_number(tmp_path):
    table = changed(changed(made(), "claim_id", 100, "S0000000100"), "age", 3, 777, pa.int16())
    _, faults, _ = read(intake_of(write(tmp_path / "in.parquet", table), None, COLUMNS, SIDE))
    assert len(faults) == 2
    assert "S0000000100" not in "".join(faults)
    assert "777" not in "".join(faults)


def test_faults_of_csv_values(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(
        "claim_id,claim_date,age,port_closed\n1,2024-02-30,17,yes\n2,2024-02-01,many,perhaps\n", encoding="utf-8"
    )
    _, faults, _ = read(intake_of(path, None, COLUMNS, SIDE, unknown=["all"]))
    assert len(faults) == 4  # the day that does not exist leaves the claim without one
    for part in (
        "column claim_date: Row 1: not a day",
        "column age: Row 2",
        "column port_closed: Row 2: neither yes nor no",
    ):
        assert part in "\n".join(faults)
    assert "many" not in "\n".join(faults)


def test_a_relatives_row_without_a_claim(tmp_path):
    table = made()
    claims = write(tmp_path / "in.parquet", table.drop_columns("relatives"))
    second = pa.Table.from_batches([relatives_of(b) for b in table.to_batches()])
    ids = second.column("claim_id").to_pylist()
    ids[50], ids[-1] = ids[50] + "x", "Z"
    write(tmp_path / "r.parquet", with_column(second, "claim_id", pa.array(ids)))
    rows, faults, _ = read(intake_of(claims, tmp_path / "r.parquet", COLUMNS, SIDE))
    assert len(rows) == 450
    assert len(faults) == 1
    assert f"r.parquet, column claim_id: 2 rows (first: 51, {len(ids)}): a relative of a claim that is not" in faults[0]


def test_a_claim_with_a_bad_relative_is_not_decided_without_it(tmp_path):
    table = made()
    claims = write(tmp_path / "in.parquet", table.drop_columns("relatives"))
    second = changed(pa.Table.from_batches([relatives_of(b) for b in table.to_batches()]), "relation", 10, "unkle")
    write(tmp_path / "r.parquet", second)
    rows, faults, _ = read(intake_of(claims, tmp_path / "r.parquet", COLUMNS, SIDE))
    assert "relatives.relation: Row 11" in faults[0]
    assert second.column("claim_id")[10].as_py() not in {row["claim_id"] for row in rows}


def test_identifiers_of_two_tables_are_of_one_type(tmp_path):
    table = made(20)
    claims = write(tmp_path / "in.parquet", table.drop_columns("relatives"))
    second = relatives_of(table.combine_chunks().to_batches()[0])
    numbers = pa.table(
        {**{n: second.column(n) for n in second.schema.names}, "claim_id": pa.array(range(second.num_rows))}
    )
    with pytest.raises(BadFile, match="same type as in the claims"):
        intake_of(claims, write(tmp_path / "r.parquet", numbers), COLUMNS, SIDE)


def test_a_word_of_the_other_countrys_law_is_left_out_and_counted(tmp_path):
    table = kin(kin(made(), "location", "USA"), "status", "citizen")
    rows, faults, foreign = read(intake_of(write(tmp_path / "in.parquet", table), None, COLUMNS, SIDE))
    assert (faults, foreign) == ([], 1)
    assert next(row for row in rows if row["relatives"])["relatives"][0]["status"] is None


def test_a_named_law_allows_rows_without_a_day(tmp_path):
    table = changed(made(), "claim_date", 9, None, pa.date32())
    path = write(tmp_path / "in.parquet", table)
    assert not read(intake_of(path, None, COLUMNS, SIDE, law="canada@2024-01-01"))[1]


def test_more_sets_than_an_index_can_number(tmp_path, monkeypatch):
    from safethird.batch import words

    monkeypatch.setattr(words, "MOST_SETS", 60)
    monkeypatch.setattr("safethird.batch.chunks.PART", 20)
    table = made(90)
    rows, faults, _ = read(intake_of(write(tmp_path / "in.parquet", table), None, COLUMNS, SIDE))
    assert not faults
    assert alike(rows) == alike(table.to_pylist())


BROKEN = [
    ("in.parquet", lambda data: data[: len(data) // 2], "cut off, damaged, or not Parquet"),
    ("in.arrow", lambda data: data[: len(data) // 2], "cut off, damaged, or not Arrow"),
    ("in.ipc", lambda data: data[: len(data) // 2], "it is cut off"),
    ("in.ipc", lambda data: data[:-8], "it is cut off"),
    ("in.parquet", lambda data: b"", "It is empty"),
    ("in.csv", lambda data: b"", "It is empty"),
    ("in.csv", lambda data: b"claim_id,age\n1,2\n3", "more or fewer values"),
    ("in.csv", lambda data: b"claim_id,claim_id\n1,2\n", "given twice: claim_id"),
    ("in.csv.gz", lambda data: gzip.compress(b"claim_id,age\n" + b"1,2\n" * 90_000)[:-9], "cut off, damaged"),
    ("in.csv", lambda data: b"claim_id,entry\n1,\xff\xfe\n", "not UTF-8"),
    ("in.xlsx", lambda data: b"x", "tells no form"),
]


@pytest.mark.parametrize(("name", "broken", "said"), BROKEN)
def test_a_file_that_cannot_be_read_says_why(tmp_path, name, broken, said):
    path = tmp_path / name
    if path.suffix in (".parquet", ".arrow", ".ipc"):
        write(path, made())
    path.write_bytes(broken(path.read_bytes() if path.exists() else b""))
    with pytest.raises(BadFile) as error:
        read(intake_of(path, None, COLUMNS, SIDE, unknown=["all"]))
    assert said in str(error.value)
    assert str(path) in str(error.value)


def test_no_such_file_and_an_empty_folder(tmp_path):
    with pytest.raises(BadFile, match="There is no such file"):
        intake_of(tmp_path / "in.parquet", None, COLUMNS, SIDE)
    with pytest.raises(BadFile, match="no Parquet file in this folder"):
        intake_of(tmp_path, None, COLUMNS, SIDE)


@pytest.mark.parametrize("name", ["in.parquet", "in.arrow", "in.ipc"])
def test_a_table_without_rows(tmp_path, name):
    path = write(tmp_path / name, made().slice(0, 0))
    assert read(intake_of(path, None, COLUMNS, SIDE)) == ([], [], 0)


@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_rows_out_of_order_are_sorted_on_disk_and_keep_their_numbers(tmp_path, form, monkeypatch):
    monkeypatch.setattr("safethird.batch.sorting.PART_ROWS", 60)
    table = made()
    order = pa.array([(place * 7) % 450 for place in range(450)])
    shuffled = changed(table.take(order), "entry", 3, "tram")
    shuffled = shuffled.drop_columns("relatives") if form == "csv" else shuffled
    intake = intake_of(write(tmp_path / f"in.{form}", shuffled), None, COLUMNS, SIDE, unknown=["all"])
    kind = intake.claims.claim_id
    with pytest.raises(Unsorted):
        list(raws(intake.claims.source, None, kind))
    ordered = sorted_on_disk(intake.claims.source, kind, tmp_path, "claims")
    ids: list[str] = []
    numbers: dict[str, int] = {}
    for raw in raws(ordered, None, kind):
        ids += raw.claims.column("claim_id").to_pylist()
        numbers |= dict(zip(raw.claims.column("claim_id").to_pylist(), raw.numbers.tolist(), strict=True))
        for _, wrong, at in intake.chunk(raw).wrong:
            assert (wrong.column, at[wrong.rows].tolist()) == ("entry", [4])
    assert ids == table.column("claim_id").to_pylist()
    assert [numbers[name] for name in shuffled.column("claim_id").to_pylist()] == list(range(1, 451))
    assert not list(tmp_path.glob("*.tmp"))


@pytest.mark.parametrize("skip", [1, 99, 100, 101, 250, 450])
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_reading_goes_on_after_any_row(tmp_path, skip, form):
    table = made()
    path = tmp_path / "in.csv"
    write_example(path, table.to_batches(), example_schema(), COLUMNS)
    second = tmp_path / "in.relatives.csv"
    if form == "parquet":
        path, second = write(tmp_path / "in.parquet", table), None
        pq.write_table(table, path, row_group_size=70)
    intake = intake_of(path, second, COLUMNS, SIDE)
    theirs = intake.relatives.source if intake.relatives else None
    rows = []
    for raw in raws(intake.claims.source, theirs, intake.claims.claim_id, skip):
        chunk = intake.chunk(raw)
        assert not chunk.wrong
        rows += [row for batch in chunk.claims for row in batch.to_pylist()]
    assert alike(rows) == alike(table.to_pylist()[skip:])


def test_one_row_is_found_as_a_case(tmp_path):
    table = made()
    path = write(tmp_path / "in.parquet", table)
    row = table.to_pylist()[321]
    case = case_in(intake_of(path, None, COLUMNS, SIDE), row["claim_id"], SIDE)
    assert case.id == row["claim_id"]
    assert len(case.relatives) == len(row["relatives"] or ())
    with pytest.raises(BadFile, match="No row has this claim_id"):
        case_in(intake_of(path, None, COLUMNS, SIDE), "nobody", SIDE)
