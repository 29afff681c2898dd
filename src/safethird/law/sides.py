"""The sides of the pact, by name."""

from safethird.law.canada import CANADA
from safethird.law.pact import LawError, Pact

SIDES: dict[str, Pact] = {"canada": CANADA}


def of(side: str) -> Pact:
    """The pact as one side's law carries it out.

    Raises:
        LawError: the side is not there.
    """
    if side not in SIDES:
        raise LawError(f"The side '{side}' is not in this version. Sides: {', '.join(SIDES)}.")
    return SIDES[side]
