"""S.C. 2026, c. 4 (Bill C-12): the one-year bar and the bar after the fourteen days, reaching back."""

from datetime import date, datetime

from safethird.expr import Span, all_of, cite
from safethird.law.canada.draft import act
from safethird.law.canada.sc_2001_27 import INELIGIBLE, ONLY_E, found
from safethird.law.canada.sor_2023_58 import ALONG_THE_BORDER, SINCE_ENTRY, UNPROVEN
from safethird.law.facts import journey
from safethird.law.pact import Add, Amendment, Substitute

_LATE = Span(journey.first_entry, journey.claim_date, "years")
ASSENT = date(2026, 3, 26)
MINORS = cite("IRPA 25.2 policy of 2026-05-19")

SC_2026_4 = Amendment(
    instrument="S.C. 2026, c. 4, ss. 73-75",
    commences=ASSENT,
    claims_from=date(2025, 6, 3),
    changes=(
        Add(
            act(
                "101(1)(b.1)",
                all_of(journey.first_entry.on_or_after(date(2020, 6, 25)), _LATE.at_least(1), ~MINORS),
                "The person entered Canada after 24 June 2020 and claims more than one year after the day of entry.",
                "La personne est entrée au Canada après le 24 juin 2020 et demande l’asile plus d’un an après le "
                "jour de "
                "l’entrée.",
                role="ground",
                related=(
                    "IRPA 101(1.1)",
                    "S.C. 2026, c. 4, s. 75",
                    "IRPA 111.1(1)(b.1)",
                    "Interpretation Act 28",
                ),
            )
        ),
        Add(
            act(
                "101(1)(b.2)",
                all_of(
                    ALONG_THE_BORDER,
                    SINCE_ENTRY.at_least(14).unless(journey.entry_date_unproven) | UNPROVEN,
                    ~MINORS,
                ),
                "The person entered along the land border away from a port of entry and claims after the 14 days of "
                "159.4(1.1). The exceptions of 159.5 do not help here.",
                "La personne est entrée par la frontière terrestre hors d’un point d’entrée et demande l’asile "
                "après les "
                "14 jours de "
                "159.4(1.1). Les exceptions de 159.5 n’y changent rien.",
                role="ground",
                related=("IRPR 159.4(1.1)", "S.C. 2026, c. 4, s. 75", "IRPA 111.1(1)(b.2)"),
            )
        ),
        Add(
            act(
                "101(1.1)",
                None,
                "Where there were several entries, the year starts the day after the first one after 24 June 2020.",
                "S’il y a eu plusieurs entrées, l’année commence le lendemain de la première après le 24 juin 2020.",
                role="duty",
            )
        ),
        Add(
            act(
                "112(1) after (b.1) or (b.2)",
                (found("IRPA 101(1)(b.1)") | found("IRPA 101(1)(b.2)")).unless(cite("IRPA 101(1)(e)")),
                "The government says that persons barred by (b.1) or (b.2) are not sent to the United States under the "
                "Agreement and may ask for a pre-removal risk assessment.",
                "Le gouvernement dit que les personnes visées par b.1) ou b.2) ne sont pas renvoyées aux "
                "États-Unis en vertu "
                "de l’Entente et peuvent demander un examen des risques avant renvoi.",
                role="consequence",
                related=("IRCC-2025-QP-00016",),
            )
        ),
        Add(
            act(
                "104(1)(a)",
                (found("IRPA 101(1)(b.1)") | found("IRPA 101(1)(b.2)"))
                & journey.claim_date.before(datetime(2026, 3, 26)),
                "A claim already before the Board can be ended by an officer’s notice that it is ineligible.",
                "La demande déjà devant la Commission peut prendre fin par avis d’irrecevabilité d’un agent.",
                role="consequence",
            )
        ),
    ),
    en="(b.1) one-year bar and (b.2) bar after the fourteen days, for claims made from 3 June 2025.",
    fr="b.1) délai d’un an et b.2) irrecevabilité après les quatorze jours, pour les demandes faites dès le 3 juin "
    "2025.",
)

SC_2026_4_NOTICE = Amendment(
    instrument="S.C. 2026, c. 4, ss. 73-75.1",
    commences=ASSENT,
    changes=(
        Add(
            act(
                "101(1.2)",
                INELIGIBLE,
                "Once the claim is ineligible the officer ends its processing.",
                "Une fois la demande irrecevable, l’agent met fin à son traitement.",
                role="consequence",
            )
        ),
        Substitute(
            act(
                "49(2)(a)",
                ONLY_E,
                "Ineligible under (e) alone: the removal order is in force on the day notice of the decision is given.",
                "Irrecevable en vertu du seul alinéa e) : la mesure de renvoi prend effet le jour où la décision est "
                "notifiée.",
                role="consequence",
            )
        ),
        Add(
            act(
                "111.1(1)",
                None,
                "Regulations may make exceptions to (b.1) and (b.2). None had been made in the text read.",
                "Des règlements peuvent prévoir des exceptions à b.1) et b.2). Aucun n’existait dans le texte lu.",
                role="duty",
            )
        ),
        Add(
            act(
                "100(1) to (4) as enacted in 2026",
                None,
                "New rules on receiving claims are enacted and not yet in force in the text read.",
                "De nouvelles règles sur la réception des demandes sont édictées, mais non en vigueur dans le "
                "texte lu.",
                role="duty",
            )
        ),
    ),
    en="Processing ends on ineligibility, and orders under (e) alone take effect when notice is given.",
    fr="Le traitement prend fin sur constat d’irrecevabilité; les mesures fondées sur e) seul prennent effet à l’avis.",
)
