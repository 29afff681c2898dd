"""Sentences: sameness, joining, reading, and the refusal to be true or false."""

import pytest

from safethird.expr import ALWAYS, NEVER, Cite, Fact, Span, all_of, any_of, cite, some_relative, walk

AGE = Fact("age", "number")
MARRIED = Fact("married", "bool")
START, END = Fact("start", "day"), Fact("end", "day")


def test_equal_sentences_are_equal_and_hash_alike():
    one, other = AGE.under(18) & ~MARRIED, AGE.under(18) & ~MARRIED
    assert one == other
    assert len({one, other}) == 1
    assert one != AGE.under(17) & ~MARRIED


def test_a_sentence_is_not_yet_true_or_false_and_says_what_to_write():
    with pytest.raises(TypeError, match=r"is a rule, not yet true or false. To join rules write & \| ~"):
        bool(AGE.under(18) and MARRIED)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        (AGE.under(18) & ~MARRIED, "age < 18 and not married"),
        ((AGE.under(18) | MARRIED) & MARRIED, "(age < 18 or married) and married"),
        (Span(START, END, "days").at_least(14), "days from start to end >= 14"),
        (Fact("place", "code").one_of("a", "b"), "place is any of (a, b)"),
        (Fact("papers", "codes").has("visa"), "papers has visa"),
        (cite("IRPR 159.5(a-h)"), "[IRPR 159.5(a-h)]"),
        (MARRIED.unless(AGE.under(18)), "married and not (age < 18)"),
        (ALWAYS, "always"),
        (NEVER, "never"),
        (some_relative(Fact("relative.age", "number").at_least(18)), "some relative: (relative.age >= 18)"),
    ],
)
def test_a_sentence_reads_as_text(sentence, text):
    assert str(sentence) == text


def test_joining_flattens_and_a_single_part_is_itself():
    assert all_of(MARRIED) is MARRIED
    assert all_of(MARRIED, MARRIED, MARRIED) == (MARRIED & MARRIED & MARRIED)
    assert any_of(any_of(MARRIED, AGE.under(1)), MARRIED) == any_of(MARRIED, AGE.under(1), MARRIED)


def test_a_relative_has_no_relatives():
    with pytest.raises(TypeError, match="relatives"):
        some_relative(some_relative(MARRIED))


def test_walking_meets_every_node_and_does_not_enter_citations():
    nodes = list(walk(~(Span(START, END, "days").under(3) | cite("x"))))
    assert START in nodes
    assert Cite("x") in nodes
