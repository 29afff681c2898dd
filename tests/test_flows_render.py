"""Pictures as files: SVG, PNG, a page that fetches nothing, CSV equal to what is drawn; all or none are written."""

import csv
import io
import json
import re
import struct
import zlib
from html.parser import HTMLParser

import pytest

from safethird.cases.faults import BadFile
from safethird.flows.charts import series_chart
from safethird.flows.codebook import sources
from safethird.flows.page import cells, page
from safethird.flows.painter import paint
from safethird.flows.render import CannotDraw, as_csv, checked, drawn, plotted, write, write_all
from safethird.flows.series import series


@pytest.fixture(scope="module")
def spec():
    return series_chart([series("claims/airport/Alberta"), series("claims/border/Alberta")], lang="fr")


@pytest.fixture(scope="module")
def folder(spec, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    write_all(spec, [folder / f"a.{end}" for end in ("svg", "png", "html", "csv")])
    return folder


def test_only_what_was_asked_for_is_written(folder):
    assert sorted(path.name for path in folder.iterdir()) == ["a.csv", "a.html", "a.png", "a.svg"]


def test_the_csv_is_exactly_what_is_drawn(spec, folder):
    drawn_rows = json.loads(json.dumps(spec))["datasets"]["values"]
    with (folder / "a.csv").open(encoding="utf-8", newline="") as file:
        read = list(csv.DictReader(file))
    assert len(read) == len(drawn_rows) == 2 * len(series("claims/airport/Alberta").months)
    for row, real in zip(read, drawn_rows, strict=True):
        assert row.keys() == real.keys()
        for name, value in real.items():
            assert row[name] == ("" if value is None else str(value))


def test_the_svg_is_one_image_with_name_description_and_citation(spec, folder):
    svg = (folder / "a.svg").read_text(encoding="utf-8")
    assert len(svg) > 5_000
    assert svg.startswith("<svg")
    assert 'role="img"' in svg
    assert 'xml:lang="fr"' in svg
    assert f"<title>{spec['usermeta']['heading']}</title>" in svg
    for text in spec["usermeta"]["foot"]:
        assert text in svg
    for line in spec["title"]["text"]:  # and so that it can be read in the picture
        assert f">{line}<" in svg
    assert svg.count('aria-hidden="true"') > 0


def test_the_png_is_a_picture_and_carries_its_source(spec, folder):
    data = (folder / "a.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width > 1_200
    assert height > 600
    told, place = {}, 8
    while place < len(data):
        (length,) = struct.unpack(">I", data[place : place + 4])
        kind, body = data[place + 4 : place + 8], data[place + 8 : place + 8 + length]
        assert struct.unpack(">I", data[place + 8 + length : place + 12 + length])[0] == zlib.crc32(kind + body)
        if kind == b"iTXt":
            key, rest = body.split(b"\0", 1)
            told[key.decode()] = rest[2:].split(b"\0", 2)[2].decode()
        place += 12 + length
    assert told["Source"].split("\n") == spec["usermeta"]["foot"]
    assert told["Title"] == spec["usermeta"]["heading"]


class Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.tags, self.text = [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


@pytest.fixture(scope="module")
def parsed(folder):
    found = Page()
    found.feed((folder / "a.html").read_text(encoding="utf-8"))
    return found


def test_a_page_asks_for_nothing_from_anywhere(parsed, folder):
    text = (folder / "a.html").read_text(encoding="utf-8")
    assert not [attrs for _, attrs in parsed.tags if {"src", "srcset", "data", "poster", "background"} & attrs.keys()]
    assert not [tag for tag, _ in parsed.tags if tag in ("script", "link", "iframe", "object", "embed", "img", "base")]
    assert not re.search(r"@import|url\(\s*['\"]?http", text)
    policies = [a["content"] for _, a in parsed.tags if a.get("http-equiv") == "Content-Security-Policy"]
    assert policies == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_a_page_has_its_language_a_table_with_headings_and_the_citation(parsed, spec):
    tags = dict(reversed(parsed.tags))
    assert tags["html"]["lang"] == "fr"
    assert {attrs.get("scope") for tag, attrs in parsed.tags if tag == "th"} == {"col", "row"}
    assert sum(tag == "tr" for tag, _ in parsed.tags) == 1 + len(plotted(spec))
    text = " ".join(parsed.text)
    assert "Mois" in text
    assert "janvier 2015" in text
    assert "0 à 5" in text
    assert "Pour citer" in text
    text = text.replace(sources()["ircc_odp_2025"].title, "")  # the title of a publication stays as it is
    assert not re.search(r"\b(January|Month|Value|Source and citation|hidden by)\b", text)


def test_what_a_person_wrote_cannot_become_part_of_the_page(spec):
    meta = {
        **spec["usermeta"],
        "heading": "<script>alert(1)</script>",
        "foot": ["<b>x</b> https://example.org/?a=1&b=2."],
    }
    text = page({**spec, "usermeta": meta}, [{"title": "<i>y</i>", "month": "2020-01-01", "value": 1}], "<svg></svg>")
    assert "<script>" not in text
    assert "<i>y" not in text
    assert "<b>x" not in text
    assert 'href="https://example.org/?a=1&amp;b=2"' in text


def test_a_table_for_people_leaves_out_what_never_changes(spec):
    names, body = cells(plotted(spec), "fr")
    assert names == ["title", "month", "value", "status"]
    assert len(body) == len(plotted(spec))


def test_the_worker_fetches_nothing():
    fetching = {"data": {"url": "https://example.org/values.csv"}, "mark": "point",
                "encoding": {"x": {"field": "a", "type": "quantitative"}}}  # fmt: skip
    with pytest.raises(ValueError, match="not allowed"):
        paint(fetching, "svg", 1.0)


def test_a_picture_that_cannot_be_drawn_says_so_and_leaves_nothing(spec, tmp_path):
    broken = {**spec, "vconcat": [{"mark": "no such mark"}]}
    with pytest.raises(CannotDraw, match="Nothing was written"):
        write_all(broken, [tmp_path / "a.csv", tmp_path / "a.svg"])
    assert list(tmp_path.iterdir()) == []


def test_the_same_specification_gives_the_same_bytes(spec):
    assert drawn(spec, ["svg"]) == drawn(spec, ["svg"])


WRONG = [
    (["no/such/a.svg"], "there is no folder no/such"),
    (["a.jpeg"], "End the name in .svg"),
    (["."], "no format written here"),
    (["kept.csv"], "exists already. Give --overwrite"),
    (["a.svg", "./a.svg"], "given twice"),
]


@pytest.mark.parametrize(("paths", "words"), WRONG)
def test_a_file_that_must_not_be_written_says_why(paths, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "kept.csv").write_text("mine")
    with pytest.raises(BadFile, match=words):
        checked(paths)
    assert (tmp_path / "kept.csv").read_text() == "mine"


def test_every_fault_is_told_at_once_and_nothing_is_written(spec, tmp_path):
    with pytest.raises(BadFile) as error:
        write_all(spec, [tmp_path / "a.csv", tmp_path / "b.gif", tmp_path / "no" / "c.svg"])
    assert len(error.value.faults) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_file_is_replaced_only_when_told(spec, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("mine")
    with pytest.raises(BadFile):
        write(spec, None, path)
    write(spec, None, path, overwrite=True)
    assert path.read_text(encoding="utf-8") == as_csv(plotted(spec))
    assert [p.name for p in tmp_path.iterdir()] == ["a.csv"]


def test_csv_keeps_columns_that_only_some_rows_have():
    text = as_csv([{"a": 1, "b": None}, {"a": 2, "c": "x,y"}])
    assert list(csv.DictReader(io.StringIO(text))) == [{"a": "1", "b": "", "c": ""}, {"a": "2", "b": "", "c": "x,y"}]
