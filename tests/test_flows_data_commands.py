"""The commands about figures: what they print, in both languages, and the code they end with."""

import csv
import io
import json
import sys

import pytest

from safethird.apps import cli
from safethird.flows import codebook
from tests.flows_releases import TABLE, release, written


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFETHIRD_DATA", str(tmp_path / "data"))


@pytest.fixture
def run(monkeypatch, capsys):
    def runs(*words):
        monkeypatch.setattr(sys, "argv", ["safethird", "flows", *map(str, words)])
        try:
            cli.main()
            code = 0
        except SystemExit as end:
            code = int(end.code or 0)
        said = capsys.readouterr()
        return code, said.out, said.err

    return runs


GOOD = [
    (("tables",), "claims_by_office_type_province_monthly", "demandes d’asile"),
    (("tables", "us_niv_issuances_monthly"), "May 2019 is missing", "Mai 2019 manque"),
    (("tables", "quebec border", "--series"), "claims/border/Quebec", "moins interceptions), Québec"),
    (
        ("tables", "policy_events", "--rows"),
        "Additional Protocol in force",
        "Entrée en vigueur du Protocole additionnel",
    ),
    (("tables", "--measure", "claimants_turned_back_to_us"), "3,282", "3 282"),
    (("sources",), "stca_dataset", "stca_dataset"),
    (("sources", "claims/border/Quebec"), "Open Government Licence – Canada", "Licence du gouvernement ouvert"),
    (("check",), "All in order", "Tout est en ordre"),
    (("check", "rcmp_interceptions_monthly", "--all"), "provinces against Canada", "provinces et Canada"),
    (("revisions", "interceptions/Canada"), "2017-01-01    476", "2017-01-01    476"),
    (("revisions", "claims/border/Quebec"), "Only one release is kept", "Une seule diffusion est gardée"),
]


@pytest.mark.parametrize(
    ("words", "english", "french"), GOOD, ids=lambda x: " ".join(x) if isinstance(x, tuple) else ""
)
def test_a_command_says_it_in_both_languages(run, words, english, french):
    code, out, err = run(*words)
    assert (code, err) == (0, "")
    assert english in " ".join(out.split()) or english in out
    code, out, err = run(*words, "--lang", "fr")
    assert (code, err) == (0, "")
    assert french in " ".join(out.replace("\u00a0", " ").split()) or french in out.replace("\u00a0", " ")


@pytest.mark.parametrize("words", [w for w, _, _ in GOOD], ids=" ".join)
def test_every_table_that_is_printed_is_also_json(run, words):
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found or words == ("revisions", "claims/border/Quebec")


BAD = [
    (("tables", "claims"), "There is no such table"),
    (("tables", "Atlantis", "--series"), "No series has these words"),
    (("tables", "stca_statistics", "--rows"), "one measure at a time"),
    (("tables", "--measure", "claimants_turned_back_to_us,removals_to_us_all_reasons"), "never added or joined"),
    (("sources", "nobody"), "no such series"),
    (("check", "claims"), "There is no such table"),
    (("revisions", "claims/boarder/Quebec"), "Nearest: claims/border/Quebec"),
    (("revisions", "claims/border/Quebec", "--nowcast"), "0 figures were printed again"),
    (("revisions", "claims/border/Quebec", "--as-known-on", "2020-01-01"), "is not kept"),
    (("revisions", "claims/border/Quebec", "--as-known-on", "2020-13-01"), "not a day that exists"),
    (("export", "claims/border/Quebec", "-o", "x.csv", "--as-known-on", "2020-01-01"), "is not kept"),
    (("export", "claims/border/Quebec", "claims/x/y", "claims/z", "-o", "x.csv"), "claims/z"),
    (("export", "claims/border/Quebec", "-o", "x.csv", "--since", "2030-01"), "no month in the time asked for"),
    (("export", "claims/border/Quebec", "-o", "x.csv", "--since", "then"), "not a month"),
    (("export", "claims/border/Quebec", "-o", "x.txt"), "end in .csv"),
    (("export", "claims/border/Quebec", "-o", "nowhere/x.csv"), "cannot be written"),
    (("add", "nothing.csv"), "no such file"),
    (("tables", "--lang", "de"), "en or fr"),
]


@pytest.mark.parametrize(("words", "said"), BAD, ids=lambda x: " ".join(x) if isinstance(x, tuple) else "")
def test_what_cannot_be_done_ends_with_one_line_and_code_2(run, words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []


def test_an_export_has_the_plotted_values_with_unit_source_licence_and_release(run, tmp_path):
    path = tmp_path / "Québec 2023.csv"
    code, _, err = run(
        "export", "claims/border/Québec", "regular_land/Québec", "-o", path, "--since", "2018-03", "--until", "2018-04"
    )
    assert (code, "4 rows in" in err) == (0, True)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))
    assert [(r["month"], r["value"], r["low"], r["high"], r["status"]) for r in rows[1:]] == [
        ("2018-04-01", "2500", "2497.5", "2502.5", "rounded"),
        ("2018-03-01", "", "", "", "masked"),
        ("2018-04-01", "21", "18.5", "23.5", "rounded"),
    ]
    assert all(r["unit"] == "claims" and r["source"] and r["licence"] and r["vintage"] for r in rows)
    assert run("export", "claims/border/Québec", "-o", path)[0] == 2
    assert run("export", "claims/border/Québec", "-o", path, "--overwrite")[0] == 0
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_an_export_to_standard_output_is_csv_and_nothing_else(run):
    code, out, err = run("export", "visas/visitor/Haïti", "-o", "-", "--since", "2025-05", "--lang", "fr")
    assert (code, err) == (0, "")
    assert [row["title"] for row in csv.DictReader(io.StringIO(out))] == [
        "Visas américains de non-immigrant, visiteurs (B), Haïti"
    ]


def test_an_added_table_is_told_and_verified_and_a_spoilt_one_fails_the_check(run, tmp_path):
    path = written(tmp_path / "new.csv", release())
    code, out, _ = run("add", path, "--vintage", "2024-09-15", "--dry-run")
    assert (code, "Nothing written" in out) == (0, True)
    code, out, _ = run("add", path, "--vintage", "2024-09-15", "--lang", "fr")
    assert (code, "Elle ne révise aucun chiffre" in out) == (0, True)
    assert run("check")[0] == 0
    assert "2024-09-15" in run("tables", TABLE)[1]
    assert "2024-07-01" in run("export", "claims/border/Quebec", "-o", "-")[1]
    code, out, _ = run(
        "add",
        written(tmp_path / "new.csv", release(plus={release()[0]["month"]: 10})),
        "--vintage",
        "2024-10-15",
        "--json",
    )
    assert code == 0
    assert len(json.loads(out)["revised"]) == 3
    import polars as pl

    stored = tmp_path / "data" / "tables" / TABLE / "2024-10-15.parquet"
    rows = pl.read_parquet(stored)
    spoilt = rows.with_columns(
        pl.when(pl.col("province") == "Canada").then(pl.col("claims") + 900).otherwise("claims").alias("claims")
    )
    import pyarrow.parquet as pq

    pq.write_table(spoilt.to_arrow().replace_schema_metadata(pq.read_schema(stored).metadata), stored)
    code, out, _ = run("check", "--lang", "fr")
    assert (code, "anomalies" in out) == (1, True)


def test_faults_of_a_file_are_one_line_each(run, tmp_path):
    rows = [row | {"claims": -5} if row["province"] == "Quebec" else row for row in release()]
    code, out, err = run("add", written(tmp_path / "new.csv", [*rows, rows[0]]), "--vintage", "2024-09-15")
    assert (code, out) == (2, "")
    assert len(err.splitlines()) == 2
    assert all(line.startswith("safethird: ") for line in err.splitlines())


def test_every_table_is_named_in_the_list(run):
    out = run("tables", "--json")[1]
    assert {one["table"] for one in json.loads(out)} == set(codebook.tables())
