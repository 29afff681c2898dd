"""Rules written as text come back as the values they were, and bad ones are refused with what is near."""

import pytest

from safethird.law.facts import declared
from safethird.law.grammar import read
from safethird.law.pact import LawError
from safethird.law.sides import SIDES

FACTS = {name: declaration.fact for name, declaration in declared.items()}


@pytest.mark.parametrize("pact", SIDES.values(), ids=lambda p: p.side)
def test_every_rule_of_every_version_reads_back(pact):
    for day in pact.boundaries():
        for label, found in pact.on(day).provisions.items():
            rule = found.provision.rule
            if rule is not None:
                assert read(str(rule), FACTS) == rule, label


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("agge < 18", "There is no fact ‘agge’ .nearest: age"),
        ("age < ", "A number is missing"),
        ("(age < 18", r"A ‘\)’ is missing"),
        ("age < 18 18", "The sentence should end"),
        ("age", "‘age’ is not yes or no"),
        ("nationality is COL", "is of kind codes, not code"),
        ("entry_date < 2024-02-30", "not a day that exists"),
        ("some relative: (some relative: (relative.proven))", "relatives"),
        ("__import__('os')", "cannot stand in a rule"),
        ("not " * 40 + "removal_order_in_canada", "nested more than 30|The sentence"),
        ("(" * 40 + "always" + ")" * 40, "nested more than 30 deep"),
        (" or ".join(["removal_order_in_canada"] * 500), "more than 400 parts|more than 8000 letters"),
        ("age < 18 ; drop", "cannot stand in a rule"),
    ],
)
def test_a_rule_that_does_not_fit_says_why(text, message):
    with pytest.raises(LawError, match=message):
        read(text, FACTS)
