"""Who is a relative in 208.30(e)(6)(iii), and who stands where."""

from safethird.expr import Expr, any_of, cite, some_relative
from safethird.law.canada.family import BY_MARRIAGE, HALF_BLOOD, KIN, PARENT, SPOUSE
from safethird.law.facts import points_us
from safethird.law.facts.relatives import location, shown, tie
from safethird.law.facts.united_states import able_to_care

# Unlike Canada's 159.1, the United States here takes in its territories (INA definition, recalled).
UNITED_STATES = ("USA", "PRI", "VIR", "GUM", "MNP")
LISTED = any_of(
    tie.one_of(*KIN, *SPOUSE),
    tie.one_of(*HALF_BLOOD, *BY_MARRIAGE) & points_us.us_half_blood,
    cite("8 CFR 208.30(e)(6)(iv)"),
)


def relative_in_the_us(*conditions: Expr) -> Expr:
    """A listed relative, shown to be one, is in the United States and meets these conditions."""
    return some_relative(shown, cite("8 CFR 208.30(e)(6)(iii) relatives"), location.one_of(*UNITED_STATES), *conditions)


def parent_in_either_country() -> Expr:
    """A parent or legal guardian is in Canada or the United States."""
    # A parent who stands at the border is in one of the two countries.
    return some_relative(tie.one_of(*PARENT), location.one_of("CAN", "border", *UNITED_STATES))


def parent_here_to_care() -> Expr:
    """A parent or legal guardian in the United States is available to give care."""
    return some_relative(tie.one_of(*PARENT), location.one_of("border", *UNITED_STATES), able_to_care)
