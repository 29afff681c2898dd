"""S.C. 2019, c. 29: an earlier claim abroad bars a claim; the three-day rule ends."""

from datetime import date, datetime

from safethird.expr import any_of, cite
from safethird.law.canada.draft import act
from safethird.law.canada.sc_2001_27 import ELIGIBLE, found
from safethird.law.facts import claim, journey
from safethird.law.pact import Add, Amendment, Substitute

_OTHERS = tuple(cite(f"IRPA 101(1)({x})") for x in ("a", "b", "b.1", "b.2", "c", "d", "e", "f"))

SC_2019_29_BAR = Amendment(
    instrument="S.C. 2019, c. 29, s. 306",
    commences=date(2019, 6, 21),
    claims_from=date(2019, 4, 8),
    changes=(
        Add(
            act(
                "101(1)(c.1)",
                claim.foreign_claim_confirmed.unless(
                    journey.claim_date.before(datetime(2019, 6, 21)) & claim.heard_before_assent_2019
                ),
                "Before claiming in Canada the person claimed in another country, and an information-sharing "
                "arrangement "
                "with it confirms this. Not for claims from before 8 April 2019, nor where by 21 June 2019 the "
                "Board had "
                "heard evidence or allowed the claim.",
                "Avant sa demande au Canada, la personne a demandé l’asile dans un autre pays, ce que confirme "
                "un accord "
                "d’échange de renseignements. Ne vise ni les demandes antérieures au 8 avril 2019, ni celles où, au 21 "
                "juin 2019, la Commission avait entendu la preuve ou accueilli la demande.",
                role="ground",
            )
        ),
        Add(
            act(
                "113.01",
                found("IRPA 101(1)(c.1)").unless(any_of(*_OTHERS)),
                "Ineligible under (c.1) alone: the pre-removal risk assessment includes a hearing.",
                "Irrecevable au seul titre de c.1) : l’examen des risques avant renvoi comporte une audience.",
                role="consequence",
            )
        ),
    ),
    en="(c.1): an earlier claim in another country, confirmed by information sharing, bars a claim.",
    fr="c.1) : une demande antérieure dans un autre pays, confirmée par échange de renseignements, empêche la demande.",
)
SC_2019_29_DAYS = Amendment(
    instrument="S.C. 2019, c. 29, s. 305",
    commences=date(2019, 6, 21),
    changes=(
        Substitute(
            act(
                "100(1)",
                ELIGIBLE,
                "The officer decides whether the claim is eligible and, if it is, refers it to the Board. No "
                "time limit.",
                "L’agent statue sur la recevabilité et, si la demande est recevable, la défère à la Commission. "
                "Sans délai "
                "fixé.",
                role="consequence",
            )
        ),
    ),
    en="The three-working-day limit and the deemed referral end.",
    fr="Le délai de trois jours ouvrables et le déféré réputé prennent fin.",
)
