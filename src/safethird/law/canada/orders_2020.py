"""The turn-back orders of 2020–21 and the change to direct-back that carried them (SOR/2020-55)."""

from datetime import date

from safethird.expr import all_of, any_of, cite
from safethird.law.canada.draft import regulation
from safethird.law.canada.sor_2004_217 import AWAY_FROM_PORTS, STATELESS
from safethird.law.facts import journey, person, points
from safethird.law.pact import Add, Amendment, Substitute

_possibly_spared = any_of(
    person.nationality.has("USA"),
    STATELESS & person.habitual_residence_us,
    person.age.under(18).unless(person.accompanied_by_parent),
    cite("IRPR 159.5(a-h)"),
    cite("IRPR 159.6(*)"),
)

SOR_2020_55 = Amendment(
    instrument="SOR/2020-55",
    commences=date(2020, 3, 21),
    changes=(
        Substitute(
            regulation(
                "41",
                None,
                "Unless entry is authorised, a person coming from the United States may be directed back there "
                "for a time "
                "where no officer, no decision-maker or no hearing is available, or where an order under the "
                "emergencies "
                "or quarantine Acts bars entry.",
                "Sauf entrée autorisée, la personne arrivant des États-Unis peut y être renvoyée temporairement "
                "si aucun "
                "agent, décideur ou audience n’est disponible, ou si un décret d’urgence ou de quarantaine interdit "
                "l’entrée.",
                role="duty",
                related=("IRPR 41(d)",),
            )
        ),
    ),
    en="The list of ports of entry in Schedule 1 ends, and an emergency or quarantine order becomes a ground to "
    "direct back.",
    fr="La liste des points d’entrée de l’annexe 1 disparaît, et un décret d’urgence ou de quarantaine devient un "
    "motif "
    "de renvoi temporaire.",
)
TURN_BACK_2020 = Amendment(
    instrument="Orders in Council of 2020-21 (Quarantine Act)",
    commences=date(2020, 3, 21),
    until=date(2021, 11, 21),
    changes=(
        Add(
            regulation(
                "41(d)",
                all_of(
                    journey.came_from.is_("USA"),
                    AWAY_FROM_PORTS,
                    ~journey.claimed_inland,
                    ~(_possibly_spared & points.turn_back_exceptions),
                ),
                "An order forbids entry from the United States to claim asylum away from ports of entry: the person is "
                "directed back. This is not part of the Agreement.",
                "Un décret interdit d’entrer depuis les États-Unis, entre les points d’entrée, pour y demander "
                "l’asile : la "
                "personne y est renvoyée temporairement. Cela ne relève pas de l’Entente.",
                role="direction",
                confidence="medium",
                basis="recalled",
            )
        ),
    ),
    en="People who cross between ports are directed back to the United States. The day it ended is recalled, not read.",
    fr="Les personnes entrées hors des points d’entrée sont renvoyées aux États-Unis. La date de fin est de mémoire.",
    confidence="medium",
    basis="recalled",
)
