"""The script that carries collected tables into the package: same folder, same bytes; a figure is never changed."""

import doctest
import importlib
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from safethird.flows import codebook
from tests.conftest import absent

SCRIPTS = Path(__file__).parent.parent / "scripts"
COLUMNS = "month,province,interceptions,source_id,vintage,basis,is_preferred,note,agreeing_sources\n"
SOURCES = {
    "page": {"source_id": "page", "released": "2024-05-22", "precision": "day"},
    "paper": {"source_id": "paper", "released": "2017-03-21", "precision": "day"},
    "undated": {"source_id": "undated", "released": "2026-11-24", "precision": "read"},
}


@pytest.fixture(scope="module")
def script():
    if not SCRIPTS.is_dir():
        absent("The scripts are not shipped with the package")
    sys.path.insert(0, str(SCRIPTS))
    try:
        yield importlib.import_module("carry_tables")
    finally:
        sys.path.remove(str(SCRIPTS))


def test_the_examples_of_the_script_run(script):
    assert doctest.testmod(script).failed == 0


def carried(script, folder, text):
    (folder / "rcmp_interceptions_monthly.csv").write_text(COLUMNS + text, encoding="utf-8")
    book = codebook._book()
    return script.carried(
        "rcmp_interceptions_monthly", folder, book["tables"]["rcmp_interceptions_monthly"], book["columns"], SOURCES
    )


TEXT = (
    "2017-01-01,Canada,315,page,archived_2024_05_22,published,True,,undated;derived_2017\n"
    "2017-01-01,Canada,476,paper,other_release,published,False,first release,\n"
    "2017-02-01,Quebec,452,page,archived_2024_05_22,published,True,as read in the stored excerpt; rounded,paper\n"
)


def test_each_release_becomes_a_row_with_the_day_it_came_out(script, tmp_path):
    rows = carried(script, tmp_path, TEXT).select("month", "interceptions", "source_id", "vintage").rows()
    january, february = date(2017, 1, 1), date(2017, 2, 1)
    assert sorted(rows, key=str) == sorted([
        (january, 315, "page", date(2024, 5, 22)), (january, 315, "undated", None), (january, 476, "paper", date(2017, 3, 21)),
        (february, 452, "page", date(2024, 5, 22)), (february, 452, "paper", date(2017, 3, 21)),
    ], key=str)  # fmt: skip


def test_a_note_keeps_what_it_says_of_the_figure(script, tmp_path):
    rows = carried(script, tmp_path, TEXT).filter(pl.col("month") == date(2017, 2, 1), pl.col("source_id") == "page")
    assert rows["note"].to_list() == ["rounded"]


def test_the_same_folder_gives_the_same_bytes(script, tmp_path):
    written = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        script.write(carried(script, tmp_path, TEXT), "rcmp_interceptions_monthly", tmp_path / name)
        (path,) = (tmp_path / name).iterdir()
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_a_large_table_goes_out_as_parquet_and_a_small_one_as_csv(script, tmp_path):
    script.write(pl.DataFrame({"n": range(100_000)}), "large", tmp_path)
    script.write(pl.DataFrame({"n": [1]}), "small", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["large.parquet", "small.csv"]


def test_a_table_whose_rows_repeat_their_key_is_refused(script, tmp_path):
    book = codebook._book()
    (tmp_path / "irregular_crossing_places.csv").write_text(
        ",".join(book["tables"]["irregular_crossing_places"]["columns"]) + "\n" + 2 * (",".join(["1"] * 11) + "\n")
    )
    with pytest.raises(SystemExit, match="repeat their key"):
        script.carried(
            "irregular_crossing_places", tmp_path, book["tables"]["irregular_crossing_places"], book["columns"], SOURCES
        )
