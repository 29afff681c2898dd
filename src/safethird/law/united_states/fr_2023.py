"""88 FR 18227 (2023): people who cross between ports and claim within fourteen days; and the 2024 procedure."""

from datetime import date, datetime, time

from safethird.expr import Span, all_of
from safethird.law.facts import journey, points_us
from safethird.law.pact import Add, Amendment, Substitute
from safethird.law.united_states.draft import cfr
from safethird.law.united_states.fr_2004 import AT_LAND_PORT, IN_COURT, TRANSIT

COMMENCES = datetime(2023, 3, 25, 0, 1)
SINCE_CROSSING = Span(journey.entry_date, journey.claim_date, "days")
_BETWEEN = (
    journey.entry.is_("between_ports")
    | journey.entry.is_("coast") & points_us.us_waters
    | journey.entry.one_of("land_port", "train") & journey.port_closed
)
_IN_TIME = SINCE_CROSSING.under(14) | SINCE_CROSSING.under(15) & points_us.us_day_fourteen
_SHOWN = (_IN_TIME & journey.entry_date.on_or_after(COMMENCES)).unless(journey.entry_date_unproven)
# In court the person must show that the Agreement does not apply; before the officer that is unsettled.
_UNPROVEN = journey.entry_date_unproven & (IN_COURT | points_us.us_entry_date_burden)
CROSSED = all_of(_BETWEEN, _SHOWN | _UNPROVEN, ~IN_COURT | points_us.us_court_2023)

FR_2023 = Amendment(
    instrument="88 FR 18227",
    commences=COMMENCES.date(),
    at=time(0, 1),
    enacted=date(2023, 3, 24),
    changes=(
        Substitute(
            cfr(
                "208.30(e)(6)",
                AT_LAND_PORT | TRANSIT | CROSSED,
                "The Agreement reaches a person arriving at a land border port of entry with Canada; in "
                "transit while being "
                "removed by Canada; or who on or after 00:01 on 25 March 2023 crossed the land border between "
                "ports, designated "
                "waters included, and claimed within 14 days after the crossing.",
                "L’Entente vise la personne arrivant à un point d’entrée terrestre avec le Canada; en transit "
                "pendant un renvoi "
                "par le Canada; ou qui, dès le 25 mars 2023 à 0 h 01, a franchi la frontière terrestre hors "
                "des points d’entrée, "
                "eaux désignées comprises, et a demandé l’asile dans les 14 jours suivants.",
                role="scope",
                treaty="Additional Protocol para. 1",
                related=("Agreement art. 5(a)", "Additional Protocol para. 2"),
            )
        ),
    ),
    en="The bar reaches people who cross between ports of entry and claim within 14 days after the crossing (0 to 14).",
    fr="L’irrecevabilité vise les personnes entrées hors des points d’entrée qui demandent l’asile dans les 14 "
    "jours (0 à 14).",
)
PROCEDURE_2024 = Amendment(
    instrument="USCIS procedure of 2024-08-14",
    commences=date(2024, 8, 14),
    changes=(
        Add(
            cfr(
                "208.30(d) procedure of 2024",
                None,
                "At least four hours (before: 24) to consult, counted from 07:00 to 19:00; the screening rests "
                "on testimony and on "
                "papers at hand at the interview. No change of the rule itself was found.",
                "Au moins quatre heures (auparavant 24) pour consulter, comptées de 7 h à 19 h; le filtrage "
                "repose sur le "
                "témoignage et les documents présents à l’entrevue. Aucun changement de la règle elle-même n’a "
                "été trouvé.",
                role="duty",
                confidence="medium",
                basis="derived",
            )
        ),
    ),
    en="Shorter time to consult; papers only as they are at the interview.",
    fr="Délai de consultation plus court; documents tels que présents à l’entrevue.",
    confidence="medium",
)
