"""What cannot be: sentences that hold of every possible case, so that no impossible one is ever shown."""

from safethird.expr import Expr
from safethird.law.facts import claim, journey, papers, person, relatives, united_states

_LAND = journey.entry.one_of("land_port", "train")
_TRANSIT = journey.entry.one_of("airport_transit_us_removal", "transit_canada_removal")

POSSIBLE: tuple[Expr, ...] = (
    _LAND | ~journey.port_closed,
    ~(journey.claimed_inland & (journey.port_closed | _TRANSIT)),
    person.has_partner | ~united_states.married,
    claim.recognised_elsewhere | ~claim.cannot_return_there,
    claim.inadmissible.is_("serious_criminality") | claim.conviction.is_("none"),
    claim.conviction.is_("canada_10_years") | ~claim.sentence_two_years,
    claim.conviction.is_("abroad_10_years") | ~claim.danger_opinion,
    claim.protected | ~claim.prior_claims.has("accepted"),
    journey.entry.is_("airport_transit_us_removal") | ~papers.us_claim_decided,
)
POSSIBLE_OF_RELATIVES: tuple[Expr, ...] = (
    relatives.tie.is_("common_law_partner") | ~relatives.common_law_year,
    ~(
        relatives.status.one_of("citizen", "permanent_resident", "protected_person", "usc", "lpr", "asylee", "refugee")
        & relatives.claim.one_of("referred_pending", "referred_same_day", "not_yet_referred", "pending_uscis")
    ),
)
