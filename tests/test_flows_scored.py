"""Kept forecasts are read back as they were made, and scored only against months that were added."""

import json
from datetime import date

import numpy as np
import pytest

from safethird.cases.faults import BadFile
from safethird.flows.adding import add
from safethird.flows.forecast import forecast
from safethird.flows.saved import load, save
from safethird.flows.scored import score
from tests.flows_releases import release, written

NAMES = ["claims/border/Quebec", "claims/airport/Alberta", "claims/all/Ontario"]


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFETHIRD_DATA", str(tmp_path / "data"))


def kept(path, **options):
    made, walk = (forecast(NAMES, 4, model=model, draws=200, **options) for model in (None, "walk"))
    return made, save(made, walk, path)


@pytest.mark.parametrize("name", ["kept.json", "kept.parquet"])
def test_a_kept_forecast_is_read_back(tmp_path, name):
    made, path = kept(tmp_path / name, seed=3)
    found = load(path)
    assert (found.names, found.model, found.seed, found.last) == (made.names, made.model, 3, "2024-01")
    assert (found.vintage, found.months[0], found.unit) == (made.vintage, "2024-02", "claims")
    assert found.sources == made.sources
    assert np.array_equal(np.sort(found.draws, axis=-1), np.sort(made.paths.transpose(1, 2, 0), axis=-1))
    assert [file.name for file in tmp_path.iterdir() if file.name != "data"] == [name]


def test_a_forecast_without_newer_months_is_not_scored(tmp_path):
    _, path = kept(tmp_path / "kept.json")
    with pytest.raises(
        BadFile, match=r"No newer months: it forecasts 2024-02 to 2024-05, and the newest figures end in 2024-01"
    ):
        score(path)


def test_added_months_are_scored_and_both_releases_named(tmp_path):
    made, path = kept(tmp_path / "kept.parquet")
    add(written(tmp_path / "new.csv", release(count=3)), vintage=date(2026, 2, 1))
    found = score(path)
    assert found.count == 3 * len(NAMES)
    assert (found.saved.vintage, found.against, found.newest) == (made.vintage, date(2026, 2, 1), "2024-04")
    assert sorted(found.rows["month"].unique()) == ["2024-02", "2024-03", "2024-04"]
    assert set(found.report()["model"]) == {"walk", "seasonal-walk"}
    first = found.rows.filter(series="claims/border/Quebec", month="2024-02", model="seasonal-walk").row(0, named=True)
    by_hand = np.abs(made.paths[:, 0, 0] - first["observed"]).mean()
    by_hand -= np.abs(made.paths[:, 0, 0][:, None] - made.paths[:, 0, 0][None]).mean() / 2
    assert first["crps"] == pytest.approx(by_hand, abs=0.6)  # 0.6: counts up to 5 are one value


def test_a_revised_month_counts_as_it_now_stands(tmp_path):
    _, path = kept(tmp_path / "kept.json")
    add(written(tmp_path / "one.csv", release(count=1)), vintage=date(2026, 2, 1))
    before = score(path)
    add(written(tmp_path / "two.csv", release(count=1, plus={date(2024, 2, 1): 50})), vintage=date(2026, 3, 1))
    after = score(path)
    where = {"series": "claims/border/Quebec", "model": "walk"}
    assert after.rows.filter(**where)["observed"][0] - before.rows.filter(**where)["observed"][0] == 50
    assert (before.against, after.against) == (date(2026, 2, 1), date(2026, 3, 1))


def test_the_walk_alone_is_scored_once(tmp_path):
    walk = forecast(NAMES, 4, until="2023-06", model="walk", draws=60)
    found = score(save(walk, walk, tmp_path / "walk.json"))
    assert found.report()["model"].to_list() == ["walk"]
    assert found.count == 12


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.json", "[1, 2]", "no forecast kept by safethird"),
        ("a.json", "{}", "no forecast kept by safethird"),
        ("a.json", "{", "cannot be read"),
        ("a.parquet", "PAR1", "cannot be read"),
        ("a.json", json.dumps({"form": "safethird forecast 1"}), "cannot be read"),
        ("missing.json", None, "no such file"),
    ],
)
def test_what_is_no_kept_forecast_is_refused(tmp_path, name, content, says):
    path = tmp_path / name
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(BadFile, match=says):
        score(path)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("kept.txt", "kept as .json or .parquet"),
        ("no/kept.json", "there is no folder"),
        ("there.json", "exists already"),
    ],
)
def test_a_forecast_is_kept_only_where_it_may_be(tmp_path, name, says):
    (tmp_path / "there.json").write_text("mine", encoding="utf-8")
    made = forecast(NAMES, 1, draws=40)
    with pytest.raises(BadFile, match=says):
        save(made, made, tmp_path / name)
    assert (tmp_path / "there.json").read_text(encoding="utf-8") == "mine"
