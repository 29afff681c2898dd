"""84 FR 63994 (2019): other countries' agreements get a track of their own."""

from datetime import date

from safethird.law.pact import Add, Amendment
from safethird.law.united_states.draft import cfr

FR_2019 = Amendment(
    instrument="84 FR 63994",
    commences=date(2019, 11, 19),
    changes=(
        Add(
            cfr(
                "208.30(e)(7)",
                None,
                "Agreements with other countries are screened apart, with a test of individual risk; Canada "
                "stays under (e)(6).",
                "Les ententes avec d’autres pays ont leur propre filtrage, avec un examen du risque "
                "individuel; le Canada reste "
                "sous (e)(6).",
                role="duty",
                related=("8 CFR 1240.11(h)",),
            )
        ),
    ),
    en="Other countries’ agreements are screened separately.",
    fr="Les ententes avec d’autres pays sont filtrées à part.",
)
