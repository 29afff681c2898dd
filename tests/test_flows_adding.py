"""A new table is taken whole or not at all: every fault told with its place, every earlier release kept."""

import gzip
import os
import subprocess
import sys
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safethird import flows
from safethird.cases.faults import BadFile
from safethird.flows import codebook, store
from safethird.flows.adding import add
from safethird.flows.checking import check
from safethird.flows.sheet import sheet
from tests.flows_releases import COLUMNS, TABLE, release, sheet_of, wide, written

DAY = date(2024, 9, 15)


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFETHIRD_DATA", str(tmp_path / "data"))


def kept_files(tmp_path):
    return [path for path in (tmp_path / "data").rglob("*") if path.is_file()]


def changed(change, rows=None):
    rows = release() if rows is None else rows
    for row in rows:
        change(row)
    return rows


def quebec(month, office="Border"):
    return lambda row: (row["month"], row["office_type"], row["province"]) == (month, office, "Quebec")


def test_new_months_are_added_and_old_ones_stay(tmp_path):
    made = add(written(tmp_path / "new.csv", release()), vintage=DAY)
    assert (made.table, made.rows, made.fresh, made.revised.height) == (TABLE, 6 * 39, 6 * 39, 0)
    assert str(flows.series("claims/border/Quebec").months[-1]) == "2024-07"
    assert [one.vintage for one in store.releases(TABLE)] == [DAY, date(2025, 10, 31)]
    assert not any(one.faults for one in check([TABLE]))


def test_a_revision_is_shown_and_the_release_before_stays_readable(tmp_path):
    november = date(2023, 11, 1)
    rows = list(release(date(2023, 11, 1), 2))
    rows = changed(lambda row: row.update(claims=row["claims"] + 5) if row["month"] == november and row["claims"] and
                   (row["office_type"], row["province"]) in (("Border", "Quebec"), ("Border", "Canada"), ("All", "Canada")) else None, rows)  # fmt: skip
    made = add(
        written(tmp_path / "new.csv", rows), vintage=date(2026, 1, 5), source="Asylum claimants, January 2026, IRCC"
    )
    assert [(r["office_type"], r["province"], r["now"] - r["then"]) for r in made.revised.iter_rows(named=True)] == [
        ("All", "Canada", 5), ("Border", "Canada", 5), ("Border", "Quebec", 5),
    ]  # fmt: skip
    then, now = (
        flows.series("claims/border/Quebec", day).until("2023-11").value[-1] for day in (date(2025, 12, 31), None)
    )
    assert now - then == 5
    assert flows.revisions("claims/border/Quebec").row(0, named=True)["now_vintage"] == date(2026, 1, 5)
    assert store.sources()[made.source].publisher == "IRCC"


def test_an_older_release_is_kept_but_does_not_stand(tmp_path):
    rows = changed(lambda row: row.update(claims=row["claims"] + 5) if (row["claims"] and row["province"] == "Canada" and row["office_type"] in ("Border", "All")) or quebec(row["month"])(row) else None,
                   release(date(2023, 12, 1), 1))  # fmt: skip
    made = add(written(tmp_path / "new.csv", rows), vintage=date(2024, 3, 1))
    assert (made.revised.height, made.earlier, made.fresh) == (0, 3, 0)
    then = flows.series("claims/border/Quebec", date(2024, 3, 1))
    assert [str(month) for month in then.months] == ["2023-12"]
    assert then.value[0] - flows.series("claims/border/Quebec").until("2023-12").value[-1] == 5


def test_the_same_file_twice_adds_nothing(tmp_path):
    path = written(tmp_path / "new.csv", release())
    add(path, vintage=DAY)
    with pytest.raises(BadFile, match="kept already"):
        add(path, vintage=DAY)
    assert len(kept_files(tmp_path)) == 1


def test_two_different_releases_cannot_be_of_one_day(tmp_path):
    add(written(tmp_path / "new.csv", release()), vintage=DAY)
    with pytest.raises(BadFile, match="has other figures"):
        add(written(tmp_path / "new.csv", release(plus={date(2024, 5, 1): 10})), vintage=DAY)


def test_a_dry_run_says_the_same_and_writes_nothing(tmp_path):
    made = add(written(tmp_path / "new.csv", release()), vintage=DAY, only_try=True)
    assert (made.fresh, made.path) == (6 * 39, None)
    assert not kept_files(tmp_path)


FAULTY = [
    # what is done to the rows, what is said
    (lambda r: r.update(claims=-5) if quebec(date(2024, 3, 1))(r) else None, r"line \d+: claims is negative"),
    (lambda r: r.update(claims=7) if quebec(date(2024, 3, 1))(r) else None, r"rounded to 5; this is not. The definition has changed"),
    (lambda r: r.update(claims="many") if quebec(date(2024, 3, 1))(r) else None, r"'many' is not a whole number"),
    (lambda r: r.update(claims=None) if quebec(date(2024, 3, 1))(r) else None, r"is empty, and an empty figure is not zero"),
    (lambda r: r.update(claims="1e3") if quebec(date(2024, 3, 1))(r) else None, r"'1e3' is not a whole number"),
    (lambda r: r.update(claims="nan") if quebec(date(2024, 3, 1))(r) else None, r"'nan' is not a whole number"),
    (lambda r: r.update(suppressed_0_5=True) if quebec(date(2024, 3, 1))(r) else None, r"printed and marked as hidden"),
    (lambda r: r.update(suppressed_0_5="maybe") if quebec(date(2024, 3, 1))(r) else None, r"neither true nor false"),
    (lambda r: r.update(province="Ontrio") if r["province"] == "Ontario" else None, r"province: 'Ontrio' is not known. Nearest: Ontario"),
    (lambda r: r.update(office_type="Airfield") if r["office_type"] == "Airport" else None, r"office_type: 'Airfield' is not known"),
    (lambda r: r.update(month="2024-02-30") if quebec(date(2024, 2, 1))(r) else None, r"'2024-02-30' is not a day that exists"),
    (lambda r: r.update(month="2024-02-15") if quebec(date(2024, 2, 1))(r) else None, r"not the first of a month"),
    (lambda r: r.update(month=date(2024, 10, 1)) if r["month"] == date(2024, 7, 1) else None, r"2024-10 comes after the day of release"),
    (lambda r: r.update(claims=5000) if quebec(date(2024, 3, 1))(r) else None, r"2024-03-01 Border: provinces against Canada does not add up"),
    (lambda r: r.update(source_id="nobody") if quebec(date(2024, 3, 1))(r) else None, r"no source 'nobody'. Name it: --source"),
]  # fmt: skip


@pytest.mark.parametrize(("change", "said"), FAULTY, ids=[said for _, said in FAULTY])
def test_a_fault_is_told_and_nothing_is_written(tmp_path, change, said):
    with pytest.raises(BadFile, match=said):
        add(written(tmp_path / "new.csv", changed(change)), vintage=DAY)
    assert not kept_files(tmp_path)


def test_every_fault_is_told_at_once_with_its_line(tmp_path):
    def change(row):
        if quebec(date(2024, 2, 1))(row):
            row.update(claims=-5)
        if quebec(date(2024, 3, 1))(row):
            row.update(province="Kebek")
        if quebec(date(2024, 7, 1))(row):
            row.update(claims=5000)

    rows = [row for row in changed(change) if row["month"] != date(2024, 5, 1)]
    lines = dict(enumerate([*rows, rows[0]], 2))
    with pytest.raises(BadFile) as error:
        add(written(tmp_path / "new.csv", lines.values()), vintage=DAY)
    said = str(error.value)
    negative = next(n for n, row in lines.items() if row["claims"] == -5)
    assert f"line {negative}: claims is negative" in said
    for part in (
        "'Kebek'",
        "2024-05 is missing",
        "2024-07-01 Border: provinces",
        f"line 2 and line {max(lines)}: The same row",
    ):
        assert part in said, part


MISSING = [
    (lambda r: r["month"] != date(2024, 4, 1), "2024-04 is missing between 2024-02 and 2024-07"),
    (lambda r: r["month"] > date(2024, 3, 1), "2024-02, 2024-03 are missing after 2024-01, the last month kept"),
    (lambda r: (r["office_type"], r["province"]) != ("Border", "Yukon"), "Border / Yukon: .* are missing"),
    (lambda r: not quebec(date(2024, 4, 1), "Inland")(r), "Inland / Quebec: 2024-04 is missing"),
    (lambda r: False, "It has no rows"),
]


@pytest.mark.parametrize(("keep", "said"), MISSING, ids=[said for _, said in MISSING])
def test_what_is_missing_is_named(tmp_path, keep, said):
    with pytest.raises(BadFile, match=said):
        add(written(tmp_path / "new.csv", [row for row in release() if keep(row)]), vintage=DAY)
    assert not kept_files(tmp_path)


def test_the_day_and_the_source_are_asked_for(tmp_path):
    path = written(tmp_path / "new.csv", release(), COLUMNS[:-1])
    with pytest.raises(BadFile) as error:
        add(path)
    assert "--vintage YYYY-MM-DD" in str(error.value)
    assert '--source "TITLE, PUBLISHER"' in str(error.value)
    with pytest.raises(BadFile, match="no title and publisher"):
        add(path, vintage=DAY, source="somewhere")
    made = add(path, vintage=DAY, source="Monthly table, Department", url="https://example.org/table")
    assert store.sources()[made.source].url == "https://example.org/table"
    assert not any(one.faults for one in check([TABLE]))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2024, 7, 31), None),
        (date(2024, 6, 30), "comes after the day of release"),
        (date(2999, 1, 1), "has not come yet"),
    ],
)
def test_a_day_of_release_must_be_possible(tmp_path, day, said):
    path = written(tmp_path / "new.csv", release())
    if said is None:
        assert add(path, vintage=day).vintage == day
        return
    with pytest.raises(BadFile, match=said):
        add(path, vintage=day)


COLUMN_FAULTS = [
    (("month", "office_type", "claims", "suppressed_0_5", "source_id"), "those of no table; nearest is"),
    (("month", "bureau", "province", "claims"), "those of no table"),
    ((*COLUMNS, "margin_of_error"), "margin_of_error is no column of"),
]


@pytest.mark.parametrize(("columns", "said"), COLUMN_FAULTS, ids=str)
def test_changed_columns_are_refused(tmp_path, columns, said):
    with pytest.raises(BadFile, match=said):
        add(
            written(tmp_path / "new.csv", [{c: row.get(c, "x") for c in columns} for row in release()], columns),
            vintage=DAY,
        )
    with pytest.raises(BadFile):
        add(
            written(tmp_path / "new.csv", [{c: row.get(c, "x") for c in columns} for row in release()], columns),
            TABLE,
            DAY,
        )
    assert not kept_files(tmp_path)


def test_a_table_that_takes_no_release_is_refused(tmp_path):
    with pytest.raises(BadFile, match="takes no release"):
        add(written(tmp_path / "new.csv", release()), "ports_of_entry", DAY)
    with pytest.raises(BadFile, match="no such table"):
        add(written(tmp_path / "new.csv", release()), "claims", DAY)


BROKEN = [
    ("empty.csv", b"", "It is empty"),
    ("blank.csv", b"\n\n \n", "It has no rows"),
    ("head.csv", ",".join(COLUMNS).encode(), "It has no rows"),
    ("noise.csv", bytes(range(256)) * 9, "no table that can be read"),
    ("noise.parquet", b"PAR1 nothing PAR1", "no table that can be read"),
    ("noise.xlsx", b"PK\x03\x04 nothing", "no table that can be read"),
    ("noise.csv.gz", b"\x1f\x8b\x08 nothing", "no table that can be read"),
    ("long.csv", b"month,office_type,province,claims\n2024-02-01,Border,Quebec,5,6,7\n", "more than the 4 columns"),
    (
        "twice.csv",
        b"month,office_type,province,claims,claims\n2024-02-01,Border,Quebec,5,6\n",
        "claims is there 2 times",
    ),
    (
        "quote.csv",
        b'month,office_type,province,claims\n"2024-02-01,Border,Quebec,5',
        "no table|not a day|no rows|does not say|missing",
    ),
]


@pytest.mark.parametrize(("name", "data", "said"), BROKEN, ids=[name for name, _, _ in BROKEN])
def test_a_file_that_is_no_table_is_refused(tmp_path, name, data, said):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(BadFile, match=said):
        add(tmp_path / name, vintage=DAY)
    assert not kept_files(tmp_path)


def test_a_file_that_is_not_there_a_folder_and_a_huge_one_are_refused(tmp_path):
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(10**9)
    for path, said in ((tmp_path / "none.csv", "no such file"), (tmp_path, "no such file"), (huge, "larger than")):
        with pytest.raises(BadFile, match=said):
            add(path, vintage=DAY)
    bomb = tmp_path / "bomb.csv.gz"
    with gzip.open(bomb, "wb") as packed:
        for _ in range(60):
            packed.write(b"0" * 1_000_000)
    with pytest.raises(BadFile, match="Unpacked it is larger"):
        add(bomb, vintage=DAY)


FORMS = ["csv", "semicolon", "tab", "bom", "utf-16", "latin", "gz", "parquet", "french", "upper"]


@pytest.mark.parametrize("form", FORMS)
def test_a_table_is_read_in_any_form_that_it_is_handed_out_in(tmp_path, form):
    rows = release()
    if form == "french":
        rows = changed(
            lambda r: r.update(
                province={"Quebec": "Québec", "British Columbia": "Colombie-Britannique"}.get(
                    r["province"], r["province"]
                )
            ),
            rows,
        )
    path = written(tmp_path / "new.csv", rows, tuple(c.upper() for c in COLUMNS) if form == "upper" else COLUMNS)
    if form == "upper":
        path = written(
            tmp_path / "new.csv",
            [{k.upper(): v for k, v in row.items()} for row in rows],
            tuple(c.upper() for c in COLUMNS),
        )
    text = path.read_text(encoding="utf-8")
    match form:
        case "semicolon" | "tab":
            path.write_text(text.replace(",", ";" if form == "semicolon" else "\t"), encoding="utf-8")
        case "bom" | "utf-16" | "latin":
            path.write_text(text, encoding={"bom": "utf-8-sig", "latin": "cp1252"}.get(form, form))
        case "gz":
            path = tmp_path / "new.csv.gz"
            path.write_bytes(gzip.compress(text.encode()))
        case "parquet":
            path = tmp_path / "new.parquet"
            pl.DataFrame(rows, infer_schema_length=None).write_parquet(path)
    assert add(path, vintage=DAY).fresh == 6 * 39
    assert flows.series("claims/border/Quebec").value[-6:].tolist() == [
        row["claims"] for row in sorted(release(), key=lambda r: r["month"]) if (row["office_type"], row["province"]) == ("Border", "Quebec")
    ]  # fmt: skip


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_monthly_sheet_as_the_department_prints_it_is_read(tmp_path, form):
    rows = [
        row
        for row in release(date(2023, 6, 1), 14)
        if row["claims"] or row["suppressed_0_5"] or row["month"] > date(2020, 1, 1)
    ]
    if form == "xlsx":
        path = sheet_of(tmp_path / "EN_ODP.xlsx", wide(rows))
    else:
        path = tmp_path / "EN_ODP.csv"
        width = max(map(len, wide(rows)))
        path.write_text(
            "\n".join(",".join(f'"{c}"' for c in cells + [""] * (width - len(cells))) for cells in wide(rows)),
            encoding="utf-8",
        )
    assert sheet(path).wide
    made = add(path, vintage=DAY, source="Asylum claimants, IRCC")
    assert (made.table, made.first, made.last, made.rows) == (TABLE, date(2023, 6, 1), date(2024, 7, 1), 14 * 39)
    stored = (
        store.every(TABLE)
        .filter(pl.col("vintage") == DAY)
        .select("month", "office_type", "province", "claims", "suppressed_0_5")
    )
    wanted = pl.DataFrame(rows).select(stored.columns)
    assert stored.sort("month", "office_type", "province").equals(wanted.sort("month", "office_type", "province"))


@settings(max_examples=25)
@given(data=st.data())
def test_whatever_cell_is_spoilt_the_file_is_refused_or_says_the_same(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("spoilt")
    os.environ["SAFETHIRD_DATA"] = str(folder / "data")
    rows = release(count=2)
    row = data.draw(st.sampled_from(rows))
    column = data.draw(st.sampled_from(["month", "office_type", "province", "claims", "source_id"]))
    before = dict(row)
    row[column] = data.draw(
        st.one_of(
            st.text(max_size=12).filter(lambda t: "\0" not in t and "\r" not in t), st.integers(-10, 10**18).map(str)
        )
    )
    try:
        add(written(folder / "new.csv", rows), vintage=DAY)
    except BadFile:
        assert not list((folder / "data").rglob("*.parquet"))
        return
    stored = {
        (r["month"], r["office_type"], r["province"]): r["claims"]
        for r in store.every(TABLE).filter(pl.col("vintage") == DAY).iter_rows(named=True)
    }
    assert stored[before["month"], before["office_type"], before["province"]] == before["claims"] or column == "claims"


def test_sums_that_the_publisher_prints_so_are_taken_when_told_to(tmp_path):
    rows = changed(lambda r: r.update(claims=r["claims"] + 500) if quebec(date(2024, 3, 1))(r) else None)
    path = written(tmp_path / "new.csv", rows)
    with pytest.raises(BadFile, match="--as-printed"):
        add(path, vintage=DAY)
    assert len(add(path, vintage=DAY, as_printed=True).accepted) == 1
    found = [one for one in check([TABLE]) if one.known]
    assert not any(one.faults for one in check([TABLE]))
    assert "Taken as printed" in found[0].known[0].en


def test_stopped_half_way_nothing_is_added_and_nothing_is_left(tmp_path, monkeypatch):
    path = written(tmp_path / "new.csv", release())

    def stopped(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "link", stopped)
    with pytest.raises(KeyboardInterrupt):
        add(path, vintage=DAY)
    assert not [p for p in kept_files(tmp_path) if p.suffix == ".parquet"]
    assert str(flows.series("claims/border/Quebec").months[-1]) == "2024-01"
    monkeypatch.undo()
    monkeypatch.setenv("SAFETHIRD_DATA", str(tmp_path / "data"))
    (left,) = (tmp_path / "data" / "tables" / TABLE).iterdir()
    os.utime(left, (0, 0))
    add(path, vintage=DAY)
    assert not left.exists()


def test_killed_while_writing_leaves_the_store_whole(tmp_path):
    path = written(tmp_path / "new.csv", release())
    code = (
        "import os, sys; from datetime import date; from pathlib import Path\n"
        "from safethird.flows import adding\n"
        "adding.os.fsync = lambda _: os.kill(os.getpid(), 9)\n"
        f"adding.add(Path({str(path)!r}), vintage=date(2024, 9, 15))"
    )
    done = subprocess.run([sys.executable, "-c", code], env=os.environ, check=False)
    assert done.returncode == -9
    assert str(flows.series("claims/border/Quebec").months[-1]) == "2024-01"
    assert add(path, vintage=DAY).fresh == 6 * 39
    assert [p.name for p in kept_files(tmp_path) if p.suffix == ".parquet"] == [f"{DAY}.parquet"]


def test_a_folder_that_cannot_be_written_says_so(tmp_path, monkeypatch):
    (tmp_path / "data").write_text("a file, not a folder")
    with pytest.raises(BadFile, match="SAFETHIRD_DATA"):
        add(written(tmp_path / "new.csv", release()), vintage=DAY)


def test_an_added_release_that_was_spoilt_is_named(tmp_path):
    made = add(written(tmp_path / "new.csv", release()), vintage=DAY)
    assert made.path is not None
    made.path.write_bytes(b"PAR1 spoilt")
    with pytest.raises(BadFile, match=r"2024-09-15\.parquet: This added release cannot be read"):
        flows.series("claims/border/Quebec")


# Two tables of years have figures that are printed empty, or whose parts do not add up, each said in a note.
CARRIED = [
    name
    for name, of in codebook.tables().items()
    if of.value and of.time != "none" and name not in ("claims_by_mode_annual", "claims_annual")
]


@pytest.mark.parametrize("name", CARRIED)
def test_each_packaged_table_is_taken_back_unchanged_as_a_later_release(tmp_path, name):
    of = codebook.table_named(name)
    if name == "us_niv_issuances_monthly":
        rows = store.table(name).filter(pl.col("month") >= date(2025, 1, 1))
    else:
        rows = store.table(name)
    columns = [c for c in of.names if c != "vintage" and c != "vintage_precision"]
    path = tmp_path / f"{name}.csv"
    if "province" in rows.columns:
        rows = rows.filter(pl.col("province") != "Other provinces")
    rows.select(columns).write_csv(path)
    made = add(path, vintage=date(2026, 6, 1), only_try=True)
    assert (made.table, made.rows, made.fresh, made.revised.height, made.earlier) == (name, rows.height, 0, 0, 0)
