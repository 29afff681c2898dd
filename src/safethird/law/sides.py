"""The sides of the pact, by name."""

from safethird.law.canada import CANADA
from safethird.law.pact import LawError, Pact
from safethird.law.united_states import UNITED_STATES

SIDES: dict[str, Pact] = {"canada": CANADA, "united_states": UNITED_STATES}
_ALSO = {"us": "united_states", "usa": "united_states", "ca": "canada"}


def of(side: str) -> Pact:
    """The pact as one side's law carries it out.

    Raises:
        LawError: the side is not there.
    """
    side = _ALSO.get(side.lower(), side.lower())
    if side not in SIDES:
        raise LawError(f"The side '{side}' is not in this version. Sides: {', '.join(SIDES)}.")
    return SIDES[side]
