"""S.C. 2012, c. 17: serious criminality in 101(2) is drawn wider."""

from datetime import date

from safethird.law.canada.draft import act
from safethird.law.facts import claim
from safethird.law.pact import Amendment, Substitute

SC_2012_17 = Amendment(
    instrument="S.C. 2012, c. 17, s. 34",
    commences=date(2012, 12, 15),
    changes=(
        Substitute(
            act(
                "101(2)",
                claim.inadmissible.is_("serious_criminality")
                & claim.conviction.one_of("canada_10_years", "abroad_10_years"),
                "Serious criminality counts only with a conviction in Canada for a federal offence with a "
                "maximum of ten "
                "years or more, or abroad for an equivalent offence.",
                "La grande criminalité ne compte qu’avec une condamnation au Canada pour une infraction fédérale "
                "passible "
                "d’au moins dix ans, ou à l’étranger pour une infraction équivalente.",
            )
        ),
    ),
    en="101(2) no longer asks for a sentence or an opinion of danger.",
    fr="Le par. 101(2) n’exige plus ni peine ni avis de danger.",
)
