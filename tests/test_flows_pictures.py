"""The commands show, map and claim as their users meet them: tables, files, mistakes, both languages, no terminal."""

import csv
import json
import re
import sys
from pathlib import Path

import pytest

from safethird.apps.cli import main
from safethird.apps.flows_pictures import save, spark
from safethird.flows.charts import series_chart
from safethird.flows.render import plotted
from safethird.flows.series import series


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    def call(*args):
        monkeypatch.setattr(sys, "argv", ["safethird", "flows", *map(str, args)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


def test_show_prints_a_spark_line_a_table_the_source_and_a_citation(run):
    code, out, _ = run("show", "claims/border/quebec", "--since", "2023-01")
    assert code == 0
    assert "claims/border/Quebec" in out
    assert re.search("[▁▂▃▄▅▆▇█]{8}", out)
    assert re.search(r"January 2023\s+│\s+4,960", out)
    text = " ".join(out.split())
    assert "Release: October 2025" in text
    assert "Cite as: Immigration, Refugees and Citizenship Canada" in text


def test_show_speaks_french_and_shows_a_hidden_figure_as_its_range(run):
    _, out, _ = run("show", "claims/airport/alberta", "--since", "2022-08", "--until", "2022-10", "--lang", "fr")
    assert re.search(r"septembre 2022\s+│\s+0 à 5", out)
    assert "Pour citer" in out
    for word in ("Month", "Release:", "Cite as", "hidden", " last "):
        assert word not in out


def test_show_as_json_has_bounds_and_vintage(run):
    _, out, _ = run("show", "claims/airport/alberta", "--json", "--events", "none")
    (found,) = json.loads(out)["series"]
    hidden = [m for m in found["months"] if m["status"] == "suppressed"]
    assert hidden[0]["value"] is None
    assert (hidden[0]["low"], hidden[0]["high"]) == (0, 5)
    assert found["vintage"] == "2025-10-31"


def test_show_writes_every_format_and_the_csv_twin_is_what_is_drawn(run, tmp_path):
    code, _, err = run(
        "show", "claims/border/quebec", "--svg", "a.svg", "--png", "a.png", "--html", "a.html", "--csv", "a.csv"
    )
    assert code == 0
    assert "Written: a.svg, a.png, a.html, a.csv" in err
    assert {p.name for p in tmp_path.iterdir()} == {"a.svg", "a.png", "a.html", "a.csv"}
    rows = plotted(series_chart([series("claims/border/Quebec")]))
    with Path("a.csv").open(encoding="utf-8", newline="") as file:
        assert [r["value"] for r in csv.DictReader(file)] == [
            "" if r["value"] is None else str(r["value"]) for r in rows
        ]


def test_map_prints_its_table_and_writes_the_same_rows(run):
    code, out, _ = run("map", "claims", "--period", "2022", "--csv", "m.csv")
    assert code == 0
    assert re.search(r"Quebec\s+│\s+58,810", out)
    assert "not for where people crossed" in " ".join(out.split())
    with Path("m.csv").open(encoding="utf-8", newline="") as file:
        rows = {r["series"]: r for r in csv.DictReader(file)}
    assert rows["channel/all/Quebec"]["value"] == "58810"
    assert rows["channel/all/Saskatchewan"]["value"] == ""


def test_the_map_of_places_says_which_coordinates_are_rough(run):
    _, out, _ = run("map", "--lang", "fr")
    assert "approximative" in out
    assert "Roxham Road" in out


def test_claim_gives_verdict_reason_understanding_readings_and_the_other_way(run):
    code, out, _ = run("claim", "irregular crossings fell 90% after the Protocol", "--csv", "c.csv")
    assert code == 0
    text = " ".join(out.split())
    assert "Depends on the baseline" in text
    assert "Understood from the words: --series interceptions/between_ports/Canada --change -90% --event E21" in text
    assert re.search(r"the mean month of 2019\s+│\s+−92% ●", out)
    assert "The other way, April to June 2023" in text
    with Path("c.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 35


def test_claim_as_json_says_all_of_it(run):
    _, out, _ = run("claim", "--series", "interceptions/between_ports/Canada", "--level", "36", "--period", "2023-06",
                    "--said", "2023-08-11", "--json")  # fmt: skip
    told = json.loads(out)
    assert told["verdict"]["code"] == "depends on"
    assert told["verdict"]["on"] == ["release"]
    assert {(r["vintage"], r["value"]) for r in told["readings"]} == {("now", 60.0), ("then", 36.0)}


def test_claim_in_french_has_no_english(run):
    _, out, _ = run("claim", "--series", "claims/border/Canada", "--change", "-70%", "--event", "E21", "--lang", "fr")
    for word in ("the ", " months", "readings", "Against", "Depends", "Release"):
        assert word not in re.sub(r"Immigration, Refugees and.*", "", out, flags=re.S)


WRONG = [
    (("show", "claims/bordr/Quebec"), ["There is no such series", "Nearest: claims/border/Quebec"]),
    (("show", "claims/border/Quebec", "--since", "2031-01"), ["has no month", "2015-01 to 2024-01"]),
    (("show", "claims/border/Quebec", "--since", "soon"), ["--since", "Write YYYY-MM"]),
    (("show", "claims/border/Quebec", "--since", "2023-05", "--until", "2022-05"), ["--since: is after --until"]),
    (("show", "claims/border/Quebec", "--events", "weather"), ["no category is called weather", "agreement"]),
    (("show", "claims/border/Quebec", "--svg", "no/a.svg"), ["there is no folder no", "Nothing was written"]),
    (("show", "claims/border/Quebec", "--svg", "a.png"), ["does not end in .svg", "Write a.svg"]),
    (("show", "claims/border/Quebec", "--csv", "kept.csv"), ["exists already", "--overwrite"]),
    (("show", "claims/border/Quebec", "--lang", "de"), ["--lang takes en or fr"]),
    (("show", "claims/border/Quebec", "--as-known-on", "2020-01-01"), ["is not kept", "2025-10-31"]),
    (("show", "claims/bordr/Quebec", "claims/border/Ontario", "--until", "1990"), ["no such series", "has no month"]),
    (("map", "claims/border"), ["--period: is needed"]),
    (("map", "--period", "2022"), ["goes with counts"]),
    (("map", "weather", "--period", "2022"), ["no flow and channel with places"]),
    (("claim", "it is bad"), ["--series: is not given", "--change, --level"]),
    (("claim", "--series", "claims/border/Canada", "--fell", "--rose", "--event", "E21"), ["do not go together"]),
    (("claim", "--series", "claims/border/Canada", "--fell", "--day", "1999-01-01"), ["before the figures"]),
]


@pytest.mark.parametrize(("args", "words"), WRONG)
def test_a_mistake_says_what_and_what_to_do_and_writes_nothing(run, tmp_path, args, words):
    kept = tmp_path / "kept.csv"
    kept.write_text("mine")
    code, out, err = run(*args)
    assert code == 2
    assert out == ""
    assert all(line.startswith("safethird: ") for line in err.splitlines())
    for word in words:
        assert word in err
    assert [p.name for p in tmp_path.iterdir()] == ["kept.csv"]
    assert kept.read_text() == "mine"


@pytest.mark.parametrize(
    "args",
    [("show", "claims/border/quebec"), ("claim", "--series", "claims/border/Canada", "--fell", "--event", "E21")],
)
def test_without_a_terminal_there_is_no_colour(run, monkeypatch, args):
    monkeypatch.setenv("NO_COLOR", "1")
    _, out, _ = run(*args)
    assert "\x1b" not in out


def test_the_shared_helper_makes_no_picture_unless_a_file_is_asked_for(tmp_path):
    def never():
        raise AssertionError("made for nothing")

    assert save(never) == []


def test_a_spark_line_starts_at_zero_keeps_gaps_and_marks_hidden_months():
    nan = float("nan")
    assert spark([0, 50, 100], [0, 50, 100]) == "▁▅█"
    assert spark([nan, 100, 0, nan], [nan, 100, 5, nan]) == " █· "
    assert len(spark(range(1, 110), range(1, 110), most=60)) <= 60
