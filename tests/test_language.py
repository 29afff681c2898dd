"""Both languages are complete, differ, and each provision and fact carries its source."""

import re

import pytest

from safethird.apps import speech
from safethird.cases.answers import input_of
from safethird.cases.fields import CLAIMANT, RELATIVE
from safethird.cases.kin import RELATIONS
from safethird.law.facts import declared
from safethird.law.pact import Add, Repeal, Substitute
from safethird.law.sides import SIDES

PROVISIONS = [
    change.provision
    for pact in SIDES.values()
    for amendment in pact.amendments
    for change in amendment.changes
    if isinstance(change, (Add, Substitute))
]
ENGLISH = re.compile(r"\b(the|and|with|which|was|were|their|shall|person)\b")
SOURCES = ("https://laws-lois.justice.gc.ca/", "https://www.ecfr.gov/", "https://uscode.house.gov/")
STATES = {"exempt", "safe to cross", "you may cross", "you should"}


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda p: p.label)
def test_a_provision_says_the_same_in_both_languages_and_names_its_source(provision):
    assert provision.en
    assert provision.fr
    assert provision.en != provision.fr
    assert not ENGLISH.search(provision.fr), provision.fr
    assert provision.link.startswith(SOURCES)
    assert provision.confidence in ("high", "medium", "low")
    assert provision.basis in ("read", "derived", "recalled")


@pytest.mark.parametrize(
    "amendment", [a for pact in SIDES.values() for a in pact.amendments], ids=lambda a: a.instrument
)
def test_an_amendment_says_what_it_does_in_both_languages(amendment):
    assert amendment.en
    assert amendment.fr
    assert not ENGLISH.search(amendment.fr)


@pytest.mark.parametrize("declaration", declared.values(), ids=lambda d: d.name)
def test_a_fact_is_declared_in_full(declaration):
    for words in (declaration.label, declaration.ask):
        assert words.en
        assert words.fr
        assert not ENGLISH.search(words.fr), words.fr
    assert declaration.provision
    assert bool(declaration.help.en) == bool(declaration.help.fr)
    assert bool(declaration.evidence.en) == bool(declaration.evidence.fr)
    if declaration.role == "showable" and declaration.name != "relative.adoption_incomplete":
        assert declaration.evidence.en, "what can be shown says by what it is usually shown"
    if declaration.role == "point":
        assert {position.holds for position in declaration.positions} == {True, False}
        for position in declaration.positions:
            assert position.words.en
            assert position.words.fr
            assert position.source


def test_every_word_that_a_person_reads_has_both_languages():
    tables = (speech.OUTCOME, speech.STCA, speech.RESULT, speech.CONFIDENCE, speech.HEAD)
    for words in (w for table in tables for w in table.values()):
        assert words.en
        assert words.fr
    for relation in RELATIONS.values():
        assert relation.en
        assert relation.fr
    for declaration in declared.values():
        for words in declaration.codes.values():
            assert words.en
            assert words.fr


def test_words_that_are_never_used():
    texts = [p.en for p in PROVISIONS]
    texts += [text for d in declared.values() for text in (d.label.en, d.ask.en, d.help.en)]
    texts += [w.en for table in (speech.OUTCOME, speech.STCA, speech.HEAD) for w in table.values()]
    for text in texts:
        assert not any(word in text.lower() for word in STATES), text


def test_every_question_can_be_answered():
    for declaration in declared.values():
        if declaration.role != "point":
            field = declaration.field.removeprefix("relative.")
            assert input_of(field).form
            assert field in CLAIMANT or field in RELATIVE, field


def test_a_repeal_names_a_provision():
    assert all(c.label for pact in SIDES.values() for a in pact.amendments for c in a.changes if isinstance(c, Repeal))
