"""Every fact that the law can ask about, each declared once.

``declared`` maps the name of a fact to its :class:`~safethird.law.facts.declare.Declaration`.
"""

from safethird.law.facts import claim, journey, papers, person, points, points_us, relatives, united_states
from safethird.law.facts.declare import ADVERSE, Declaration, Position, Words, declared

__all__ = [
    "ADVERSE",
    "Declaration",
    "Position",
    "Words",
    "claim",
    "declared",
    "journey",
    "papers",
    "person",
    "points",
    "points_us",
    "relatives",
    "united_states",
]
