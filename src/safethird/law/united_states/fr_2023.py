"""88 FR 18227 (2023): people who cross between ports and claim within fourteen days; and the 2024 procedure."""

from datetime import date, datetime, time

from safethird.expr import Span, all_of
from safethird.law.facts import journey, points_us
from safethird.law.pact import Add, Amendment, Substitute
from safethird.law.united_states.draft import cfr
from safethird.law.united_states.fr_2004 import AT_LAND_PORT, FROM_CANADA, IN_COURT, LIFTED, REACHED, TRANSIT

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
        Substitute(
            cfr(
                "208.30(e)(6)(i)",
                REACHED.unless(LIFTED).unless(IN_COURT),
                "The officer finds the person subject to the Agreement, and no exception is established: not eligible "
                "to apply for asylum, removed to Canada to claim there. This covers withholding of removal and torture "
                "protection too. A supervisor must agree.",
                "L’agent constate que l’Entente vise la personne, et aucune exception n’est établie : elle ne peut "
                "demander l’asile et est renvoyée au Canada pour l’y demander. Cela vaut aussi pour la suspension de "
                "renvoi et la protection contre la torture. L’accord d’un superviseur est requis.",
                role="ground",
                treaty="Agreement art. 4(1)",
                related=("8 CFR 208.4(a)(6)", "INA 208(a)(2)(A)"),
            )
        ),
        Substitute(
            cfr(
                "1240.11(g)(2)",
                REACHED.unless(LIFTED) & IN_COURT,
                "In court the person is barred unless the judge finds by a preponderance that the Agreement does not "
                "apply or that an exception is met. The text of 2023 was not found; that of 2020 is followed.",
                "Au tribunal, la demande est irrecevable sauf si le juge conclut, selon la prépondérance, que "
                "l’Entente ne s’applique pas ou qu’une exception est remplie. Le texte de 2023 n’a pas été trouvé; "
                "celui de 2020 est suivi.",
                role="ground",
                treaty="Agreement art. 4(1)",
                confidence="medium",
                basis="derived",
            )
        ),
        Substitute(
            cfr(
                "1003.42(h)(1)",
                FROM_CANADA.unless(IN_COURT),
                "An immigration judge has no say over an officer’s finding that the Agreement bars the claim; where an "
                "exception was found, or the Agreement found not to apply, a later negative credible-fear finding can "
                "be reviewed.",
                "Le juge d’immigration n’a pas compétence sur le constat d’irrecevabilité d’un agent; si une exception "
                "est reconnue, ou si l’Entente ne s’applique pas, une décision défavorable sur la crainte crédible "
                "peut être révisée.",
                role="consequence",
            )
        ),
    ),
    en="The bar reaches people who cross between ports of entry and claim within 14 days after the crossing. "
    "Whether day 14 itself counts is unsettled: no US rule on how to count was found.",
    fr="L’irrecevabilité vise les personnes entrées hors des points d’entrée qui demandent l’asile dans les 14 "
    "jours suivants. Le compte du jour 14 lui-même n’est pas tranché : aucune règle américaine de calcul trouvée.",
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
