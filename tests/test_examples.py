"""Every worked and decided case that comes with the program, and those written from the text, comes out as expected."""

from pathlib import Path

import pytest

from safethird.cases import yamlfile
from safethird.cases.shipped import file_of
from safethird.readings.check import check

FILES = [file_of("canada"), file_of("united_states"), *sorted((Path(__file__).parent / "cases").glob("*.yaml"))]
CHECKED = [item for file in FILES for item in check(*yamlfile.read(file))]
# Thinly reported decisions: some completion of the facts gives what was decided, and no more can be said.
THIN = {
    "ca-dec-2015fc1384", "ca-dec-2018fc481", "ca-dec-2021fc892", "ca-dec-2024fc840", "ca-dec-2008fc1230",
    "ca-dec-2022fc222",
}  # fmt: skip


@pytest.mark.parametrize("item", CHECKED, ids=lambda item: item.id)
def test_the_case_comes_out_as_expected(item):
    assert item.ok or (item.consistent and item.id in THIN), item.why


def test_the_thin_decisions_are_those_and_no_others():
    assert {item.id for item in CHECKED if item.consistent} == THIN
