"""The documents tell the truth: their examples run, and every command, field and point is described."""

import doctest
import importlib
import pkgutil
import re
from pathlib import Path

import pytest

import safethird
from safethird.apps.cli import app
from safethird.cases.fields import CLAIMANT, CODES
from safethird.law.facts import declared

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
MODULES = [
    module.name
    for module in pkgutil.walk_packages(safethird.__path__, "safethird.")
    if not module.name.endswith("__main__")
]
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_examples_of_a_page_run(page):
    assert doctest.testfile(str(page), module_relative=False, optionflags=FLAGS, encoding="utf-8").failed == 0


@pytest.mark.parametrize("name", ["safethird", *MODULES])
def test_the_examples_of_a_module_run(name):
    assert doctest.testmod(importlib.import_module(name), optionflags=FLAGS).failed == 0


@pytest.mark.parametrize("name", MODULES)
def test_a_module_and_its_public_functions_say_what_they_are(name):
    module = importlib.import_module(name)
    assert module.__doc__, name
    for key, value in vars(module).items():
        if callable(value) and getattr(value, "__module__", "") == name and not key.startswith("_"):
            assert value.__doc__, f"{name}.{key}"


def test_every_command_is_in_the_readme_or_the_docs():
    text = " ".join(page.read_text(encoding="utf-8") for page in PAGES)
    for command in app.registered_commands:
        name = command.name or getattr(command.callback, "__name__", "")
        assert re.search(rf"safethird {name}\b|make run", text), name


def test_every_field_and_mode_is_described():
    text = (ROOT / "docs" / "case-files.md").read_text(encoding="utf-8")
    notes = {"person_assessed", "us_asylum_pending", "other_charge", "claimed_exception", "claim_place", "us_arrival",
             "after_return", "birth_country", "origin_ethnic", "forum", "guardian_by", "able_to_care",
             "public_interest_determination", "dhs_public_interest_notice"}  # fmt: skip
    for name in CLAIMANT:
        assert name in notes or f"`{name}`" in text or name in text, name
    for mode in CODES["mode"]:
        assert f"`{mode}`" in text


def test_no_page_carries_addresses_of_machines_or_registries():
    for page in PAGES:
        assert not re.search(r"pypi\.org|/root/|/tmp/|localhost", page.read_text(encoding="utf-8"))


def test_every_open_point_has_a_question_and_its_provision():
    for declaration in declared.values():
        if declaration.role == "point":
            assert declaration.ask.en.endswith("?")
            assert declaration.provision
