"""The check verifies the packaged tables, and fails on a copy that is spoilt."""

from datetime import date

import polars as pl
import pytest

from safethird.cases.faults import BadFile
from safethird.flows import codebook, store
from safethird.flows.checking import check, of_table

OFFICES = "claims_by_office_type_province_monthly"


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("SAFETHIRD_DATA", str(tmp_path / "data"))


def test_the_packaged_tables_are_in_order():
    found = check()
    assert not [(one.table, one.text.en, fault.en) for one in found for fault in one.faults]
    assert {one.table for one in found} == set(codebook.tables())
    assert all(one.checked for one in found)


def test_the_known_disagreements_are_met_and_listed_apart():
    met = {(one.table, text.en.split(": ")[0]) for one in check() for text in one.known}
    listed = {(one.table, at) for one in codebook.disagreements() for at in one.at}
    assert met == listed
    months = {at for table, at in met if table == "rcmp_interceptions_monthly"}
    assert months == {"2018-07-01", "2018-08-01", "2018-10-01", "2023-01-01", "2023-02-01", "2023-03-01"}


at = (pl.col("month") == date(2022, 12, 1)) & (pl.col("office_type") == "Border") & (pl.col("province") == "Quebec")


def set_at(column, value):
    return lambda rows: rows.with_columns(pl.when(at).then(value).otherwise(pl.col(column)).alias(column))


SPOILT = [
    # what is spoilt, how, what the check says
    ("a figure raised by ten", set_at("claims", pl.col("claims") + 10), None),
    ("a figure raised by a thousand", set_at("claims", pl.col("claims") + 1000), "the parts are"),
    ("a total lowered", lambda rows: rows.with_columns(pl.when(pl.col("province") == "Canada").then(pl.col("claims") - 200).otherwise("claims").alias("claims")), "the parts are"),
    ("a hidden figure shown as zero", lambda rows: rows.with_columns(pl.when(pl.col("suppressed_0_5")).then(0).otherwise("claims").alias("claims")), "hidden and printed"),
    ("a figure emptied", set_at("claims", None), "empty, not hidden"),
    ("a negative figure", set_at("claims", -5), "negative"),
    ("a figure off the step of rounding", set_at("claims", 4781), "not a multiple of 5"),
    ("a row without a source", set_at("source_id", None), "rows have no source"),
    ("a source that is not listed", set_at("source_id", pl.lit("nobody")), "no such source"),
    ("a row twice", lambda rows: pl.concat([rows, rows.head(1)]), "twice"),
    ("a month lost", lambda rows: rows.filter(pl.col("month") != date(2020, 2, 1)), "2020-02 is missing"),
    ("the last months lost", lambda rows: rows.filter(pl.col("month") < date(2023, 6, 1)), "should from 2015-01 to 2024-01"),
    ("one row of a month lost", lambda rows: rows.filter(~at), "has gaps"),
    ("a day without a release", lambda rows: rows.with_columns(vintage=pl.lit(None, pl.Date)), "rows have no day of release"),
    ("a column as text", lambda rows: rows.with_columns(pl.col("claims").cast(pl.String)), "claims is String"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "spoil", "said"), SPOILT, ids=[what for what, _, _ in SPOILT])
def test_a_spoilt_copy_fails(what, spoil, said):
    of = codebook.table_named(OFFICES)
    rows = spoil(store.every(OFFICES))
    if what == "a column as text":
        faults = [fault.en for fault in _described(of, rows)]
    else:
        faults = [fault.en for one in of_table(of, rows, store.sources()) for fault in one.faults]
    if said is None:  # ten are within what rounding allows: nobody could tell
        assert not faults
    else:
        assert any(said in fault for fault in faults), faults


def _described(of, rows):
    from safethird.flows.checking import _described as described

    return described(of, rows, store.sources()).faults


def test_a_visa_that_is_not_in_its_total_is_found():
    of = codebook.table_named("us_niv_issuances_monthly")
    rows = store.every(of.name).with_columns(
        pl.when(pl.int_range(pl.len()) == 777).then(pl.col("issuances") + 1).otherwise("issuances").alias("issuances")
    )
    assert sum(len(one.faults) for one in of_table(of, rows, store.sources())) == 1


def test_an_unknown_table_is_refused():
    with pytest.raises(BadFile, match="no such table"):
        check(["claims"])


def test_the_codebook_says_everything_in_both_languages():
    book = codebook.tables()
    texts = [text for one in book.values() for text in (one.title, one.definition)]
    texts += [one.text for one in codebook.breaks()] + [one.text for one in codebook.disagreements()]
    texts += [
        column.says
        for one in book.values()
        for column in one.columns
        if column.says.en not in ("Note", "Port", "Latitude")
    ]
    for text in texts:
        assert text.en
        assert text.fr
    for of in book.values():
        assert of.title.en != of.title.fr
        assert not {" the ", " and "} & {f" {word} " for word in of.definition.fr.split()}


def test_no_source_speaks_of_how_it_was_read():
    for one in codebook.sources().values():
        said = f"{one.title} {one.publisher} {one.url}".lower()
        assert not any(
            word in said for word in ("stored", "github copy", "fetch", "pypi", "search:", "shared/", "collected")
        ), one
        assert one.licence in codebook.licences()
        assert one.released is not None
        assert one.url.startswith("http") or one.published, one


def test_no_note_of_a_row_speaks_of_how_it_was_read():
    for name, of in codebook.tables().items():
        if "note" in of.names:
            said = " ".join(store.every(name)["note"].drop_nulls().unique()).lower()
            assert not any(word in said for word in ("stored", "repositor", "excerpt", "blog")), name


def test_the_tables_stay_small():
    total = sum(path.stat().st_size for path in codebook.DATA.iterdir() if path.is_file())
    assert total < 3_000_000
