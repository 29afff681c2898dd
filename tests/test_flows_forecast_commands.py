"""The commands forecast, backtest, score and effect: what they print, write and refuse, in both languages."""

import csv
import json
import re
import sys

import pytest
from typer.testing import CliRunner

from safethird.apps import flows_backtesting, flows_effects, flows_forecasting, flows_record, flows_scoring
from safethird.apps.cli import app, main
from safethird.law.facts.declare import Words

ENGLISH = re.compile(r"\b(the|and|which|their|observed|months)\b")


def run(*arguments):
    result = CliRunner().invoke(app, ["flows", *arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def refused(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["safethird", "flows", *arguments])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    return told.err


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFETHIRD_DATA", str(tmp_path / "data"))


def test_a_forecast_marks_where_observations_end_and_shows_its_record():
    text = run("forecast", "claims/border/Quebec", "--months", "2")
    rows = text.splitlines()
    end = next(i for i, row in enumerate(rows) if "observations end" in row)
    assert "observed" in rows[end - 2]
    assert "observed" not in rows[end + 2]
    assert "Observations end in January 2024." in text
    for part in ("95% interval", "Break in claims/border/Quebec, 1 April 2018", "across policy dates", "walk",
                 "Asylum claims per month", "Cite as:", "Release:"):  # fmt: skip
        assert part in " ".join(text.split()), part


def test_a_forecast_in_french_holds_no_english():
    text = " ".join(run("forecast", "--months", "1", "-l", "fr", "--no-record").split())
    assert "Fin des observations : janvier 2024." in text
    assert "Un total est la somme de ses parties" in text
    assert not ENGLISH.search(re.sub(r"Source : .*", "", text))


def test_every_series_is_forecast_at_once_and_written_with_its_source(tmp_path):
    out = tmp_path / "all.csv"
    text = run("forecast", "all", "--months", "3", "--no-record", "--csv", str(out))
    assert "claims/all/Canada" in text
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    ahead = [row for row in rows if row["kind"] == "forecast"]
    assert len(ahead) == 3 * 53
    for row in rows:
        assert row["unit"] == "claims"
        assert row["source"] == "ircc_odp_2025"
        assert row["vintage"] == "2025-10-31"


def test_json_and_screen_give_the_same_forecast():
    found = json.loads(run("forecast", "claims/inland/Ontario", "--months", "1", "--json"))
    ahead = found["series"][0]["forecast"][0]
    assert (found["last_observed"], ahead["month"]) == ("2024-01", "2024-02")
    assert set(found["record"]) == {"origins", "policy_dates", "by_side", "by_series"}
    assert {row["model"] for row in found["record"]["by_side"]} == {"walk", "seasonal-walk"}
    shown = run("forecast", "claims/inland/Ontario", "--months", "1", "--no-record")
    assert f"{ahead['median']:,.0f}" in shown


def test_a_forecast_is_kept_and_scored_later(tmp_path, monkeypatch, capsys):
    path = tmp_path / "kept.json"
    run("forecast", "claims/border/Quebec", "--until", "2023-10", "--months", "6", "--save", str(path), "--no-record")
    text = " ".join(run("score", str(path)).split())
    assert "3 figures scored, of 3 months after 2023-10" in text
    assert text.count("31 October 2025") == 2
    found = json.loads(run("score", str(path), "--json"))[0]
    assert (found["scored"], {row["model"] for row in found["summary"]}) == (3, {"walk", "seasonal-walk"})
    out = tmp_path / "scores.csv"
    run("score", str(path), "--csv", str(out), "-l", "fr")
    with out.open(encoding="utf-8", newline="") as file:
        assert {row["forecast_vintage"] for row in csv.DictReader(file)} == {"2025-10-31"}
    newest = tmp_path / "newest.json"
    run("forecast", "claims/border/Quebec", "--save", str(newest), "--no-record")
    told = refused(monkeypatch, capsys, "score", str(newest), str(tmp_path / "none.json"))
    assert "No newer months: it forecasts 2024-02 to 2025-01" in told
    assert "none.json: There is no such file." in told


def test_a_backtest_is_reported_by_series_and_horizon_beside_the_walk(tmp_path):
    out = tmp_path / "scores.csv"
    names = ["claims/border/Quebec", "claims/airport/Ontario"]
    options = ["--models", "seasonal-walk", "--origins", "5", "-q", "--full", "--csv", str(out)]
    text = run("backtest", *names, *options)
    for part in ("outside policy dates", "across policy dates", "border/Quebec", "By months ahead", "Totals", "walk"):
        assert part in text, part
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["model"] for row in rows} == {"walk", "seasonal-walk"}
    assert {row["horizon"] for row in rows} == set("123456")
    assert {row["policy_dates"] for row in rows} == {"outside", "across"}
    assert all(float(row["over_walk"]) == 1 for row in rows if row["model"] == "walk" and float(row["crps"]) > 0)
    assert {"mase", "wape", "crps_over_mean", "cover50", "cover80", "cover95", "source", "vintage", "unit"} <= set(
        rows[0]
    )


def test_yardsticks_that_are_not_installed_are_refused_with_the_way_to_get_them(monkeypatch, capsys):
    from safethird.flows import yardsticks

    monkeypatch.setattr(yardsticks, "find_spec", lambda name: None)
    told = refused(monkeypatch, capsys, "backtest", "--yardsticks")
    assert "pip install 'safethird[yardsticks]'" in told
    assert "Everything else works without." in told


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["backtest", "--models", "magic"], "There is no model 'magic'"),
        (["backtest", "claims/all/Canada"], "It is a sum: models learn from its parts"),
        (["backtest", "--origins", "90"], "Take fewer origins, or closer ones"),
        (["forecast", "claims/border/Quebec", "--months", "13"], "Give 1 to 12"),
        (["forecast", "--save", "kept.txt"], "kept as .json or .parquet"),
        (["effect", "E99"], "There is no such event"),
        (["effect", "E24"], "0 whole months after 2024-02-29"),
        (["effect", "E21", "--png", "four.png"], "A picture shows one series, not 4"),
        (["effect", "E21", "interceptions/between_ports/Quebec"], "Give --months 3."),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do(tmp_path, monkeypatch, capsys, arguments, says):
    monkeypatch.chdir(tmp_path)
    assert says in refused(monkeypatch, capsys, *arguments)
    assert not list(tmp_path.glob("*.*"))


def test_an_effect_is_told_with_interval_rank_and_what_else_changed():
    text = " ".join(run("effect", "E21").split())
    for part in ("−71% [−89%, −22%]", "1 / 44", "So many dates cannot show a share below 0.023",
                 "Also changed in these months:", "Visitor visas", "asylum claims", "Release:"):  # fmt: skip
        assert part in text, part
    assert "displacement" not in text
    assert "because of" not in text.lower()


def test_a_day_that_is_no_event_can_be_asked_about():
    found = json.loads(run("effect", "2017-08-01", "claims/border/Quebec", "--json"))[0]
    assert found["event"] is None
    assert found["low"] <= found["change"] <= found["high"]
    assert 1 <= found["rank"] <= found["dates"]
    assert found["smallest_share"] == 1 / found["dates"]
    assert len(found["placebos"]) == found["dates"] - 1 >= 15
    assert [row["after"] for row in found["around"]] == list(range(-12, 11))


def test_without_an_event_the_events_are_listed():
    text = run("effect")
    assert "E21" in text
    assert "safethird flows effect E21" in text
    listed = json.loads(run("effect", "--json"))
    assert [one["id"] for one in listed if one["policy_date"]] == ["E12", "E15", "E18", "E21", "E24"]


@pytest.mark.parametrize("module", [flows_backtesting, flows_effects, flows_forecasting, flows_record, flows_scoring])
def test_every_word_has_both_languages_with_the_same_figures(module):
    tables = [value for value in vars(module).values() if isinstance(value, (dict, Words))]
    words = [one for table in tables for one in (table.values() if isinstance(table, dict) else [table])]
    for one in words:
        if isinstance(one, Words):
            assert one.en
            assert one.fr
            assert sorted(set(re.findall(r"{\w+}", one.en))) == sorted(set(re.findall(r"{\w+}", one.fr)))
            assert not ENGLISH.search(re.sub(r"{\w+}", "", one.fr)), one.fr
