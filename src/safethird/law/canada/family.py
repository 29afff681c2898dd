"""Who is family in 159.1: the law's own list, as codes of ties."""

from safethird.expr import Expr, cite, some_relative
from safethird.law.facts.relatives import location, shown, tie

KIN = (
    "child", "son", "daughter", "parent", "mother", "father", "sibling", "brother", "sister",
    "grandparent", "grandmother", "grandfather", "grandchild", "grandson", "granddaughter",
    "aunt", "uncle", "aunt_or_uncle", "nephew", "niece", "nephew_or_niece",
)  # fmt: skip
SPOUSE = ("spouse", "husband", "wife")
HALF_BLOOD = (
    "half_brother", "half_sister", "half_sibling", "half_aunt", "half_uncle", "half_aunt_or_uncle",
    "half_nephew", "half_niece", "half_nephew_or_niece",
)  # fmt: skip
BY_MARRIAGE = (
    "aunt_by_marriage", "uncle_by_marriage", "aunt_or_uncle_by_marriage",
    "nephew_by_marriage", "niece_by_marriage", "nephew_or_niece_by_marriage",
)  # fmt: skip
PARENT = ("mother", "father", "parent", "legal_guardian")


def family_member_in_canada(*conditions: Expr) -> Expr:
    """A family member, shown to be one, is in Canada and meets these conditions."""
    return some_relative(shown, cite("IRPR 159.1 family member"), location.is_("CAN"), *conditions)


def parent_in_either_country() -> Expr:
    """The mother, the father or a legal guardian is in Canada or the United States."""
    return some_relative(tie.one_of(*PARENT).unless(cite("IRPR 3(2)")), location.one_of("CAN", "USA"))
