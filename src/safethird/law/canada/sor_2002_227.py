"""Immigration and Refugee Protection Regulations, SOR/2002-227: the neighbours of 159.1 to 159.7."""

from datetime import date

from safethird.expr import all_of
from safethird.law.canada.draft import regulation
from safethird.law.canada.sc_2001_27 import INELIGIBLE
from safethird.law.facts import journey, relatives
from safethird.law.pact import Add, Amendment

_people = (
    regulation(
        "1(1) common-law partner",
        relatives.tie.is_("common_law_partner") & relatives.common_law_year,
        "A common-law partner has lived with the person as a couple for at least a year, or has been a couple "
        "that long "
        "but was kept from living together by persecution or penal control.",
        "Le conjoint de fait vit avec la personne en couple depuis au moins un an, ou forme un couple depuis aussi "
        "longtemps mais en a été empêché par la persécution ou des mesures pénales.",
    ),
    regulation(
        "1(3)",
        None,
        "The narrow general meaning of family member stays away from 159.1 and 159.5.",
        "Le sens général et étroit de membre de la famille ne vaut pas pour les art. 159.1 et 159.5.",
        role="duty",
    ),
    regulation(
        "2 port of entry",
        all_of(journey.entry.one_of("land_port", "train"), journey.port_closed),
        "A place is a port of entry only as designated: a closed one is none. Trains may be examined at a designated "
        "place inland.",
        "Un lieu n’est un point d’entrée que selon sa désignation : fermé, il n’en est pas un. Les trains peuvent être "
        "contrôlés à un lieu désigné à l’intérieur.",
        related=("IRPR 26",),
    ),
    regulation(
        "3(2)",
        relatives.adoption_incomplete,
        "An adoption creates the tie only if it is a true parent-child tie that ended the earlier one.",
        "L’adoption ne crée le lien que s’il s’agit d’un véritable lien parent-enfant ayant rompu le précédent.",
    ),
    regulation(
        "4",
        None,
        "A marriage or partnership that is not genuine or was entered into for a status does not count.",
        "Le mariage ou l’union qui n’est pas authentique ou vise un statut ne compte pas.",
        role="duty",
    ),
)
_examination = (
    regulation(
        "26",
        None,
        "The Minister designates ports of entry with the dates and hours on which they are so.",
        "Le ministre désigne les points d’entrée avec les dates et heures où ils le sont.",
        role="duty",
    ),
    regulation(
        "27",
        None,
        "A person must go without delay to a port of entry; a person sent back by another country’s refusal is "
        "seeking to "
        "enter.",
        "La personne doit se présenter sans délai à un point d’entrée; celle que refoule un autre pays cherche à "
        "entrer.",
        role="duty",
    ),
    regulation(
        "28(d)",
        None,
        "A refugee claim is an application that is examined.",
        "La demande d’asile est une demande soumise à contrôle.",
        role="duty",
    ),
    regulation(
        "35",
        None,
        "A passenger in sterile transit does not seek to enter unless they leave the area.",
        "Le passager dans une aire de transit isolée ne cherche pas à entrer, sauf s’il la quitte.",
        role="duty",
    ),
    regulation(
        "39",
        None,
        "After examination, a person whom another country refused after a Canadian removal order, or who holds "
        "valid refugee "
        "travel papers, is let in.",
        "Après contrôle, la personne refoulée par un autre pays après une mesure de renvoi canadienne, ou "
        "titulaire d’un "
        "titre de voyage de réfugié valide, est admise.",
        role="duty",
    ),
    regulation(
        "41",
        None,
        "Unless entry is authorised, a person coming from the United States may be directed back there for a "
        "time where no officer, no "
        "decision-maker "
        "or no hearing is available.",
        "Sauf entrée autorisée, la personne arrivant des États-Unis peut y être renvoyée temporairement si aucun "
        "agent, décideur ou audience "
        "n’est disponible.",
        role="duty",
    ),
    regulation(
        "190",
        None,
        "Nationals and holders of certain papers need no visa; permanent residents of the United States need none, "
        "190(1)(c). An electronic travel authorization frees from the visa only by air.",
        "Des ressortissants et titulaires de certains documents sont dispensés de visa; les résidents permanents des "
        "États-Unis aussi, 190(1)c). L’autorisation de voyage électronique n’en dispense que par avion.",
        role="duty",
        related=("IRPR 190(1)(c)",),
    ),
)
_more = (
    ("37(2)", "The examination of a claimant ends when the claim is referred or a removal order is enforced.",
     "Le contrôle du demandeur prend fin au déféré de la demande ou à l’exécution d’une mesure de renvoi."),
    ("40", "A direction to leave Canada is not given to refugee claimants.",
     "L’ordre de quitter le Canada ne vise pas les demandeurs d’asile."),
    ("228(1.1)", "Whoever is directed back and does not return for the examination may be removed.",
     "La personne renvoyée temporairement qui ne revient pas au contrôle peut faire l’objet d’un renvoi."),
    ("232", "Removal is stayed while a pre-removal risk assessment is decided.",
     "Le renvoi est suspendu pendant l’examen des risques avant renvoi."),
)  # fmt: skip
_status = (
    regulation(
        "206(1)(a)",
        relatives.status.is_("work_permit_206_1_a"),
        "Work permit of a claimant whose claim is referred.",
        "Permis de travail du demandeur dont la demande est déférée.",
    ),
    regulation(
        "209",
        relatives.status.is_("work_permit_invalid_209"),
        "A work permit ends when it expires or when a removal order against its holder becomes enforceable.",
        "Le permis de travail prend fin à son expiration ou quand une mesure de renvoi contre le titulaire devient "
        "exécutoire.",
    ),
    regulation(
        "222",
        relatives.status.is_("study_permit_expired"),
        "A study permit ends when it expires or when a removal order against its holder becomes enforceable.",
        "Le permis d’études prend fin à son expiration ou quand une mesure de renvoi contre le titulaire devient "
        "exécutoire.",
    ),
    regulation(
        "228(3)",
        INELIGIBLE,
        "While the claim is undecided or eligible the removal order is a departure order; once ineligible, for want of "
        "papers or a visa it is an exclusion order, which bars return for a year.",
        "Tant que la demande est à l’étude ou recevable, la mesure est une interdiction de séjour; une fois "
        "irrecevable, "
        "faute de documents ou de visa, c’est une mesure d’exclusion, qui interdit le retour pendant un an.",
        role="consequence",
        related=("IRPR 225", "IRPR 228(1)(c)(iii)"),
    ),
    regulation(
        "228(4)",
        None,
        "Reports about unaccompanied minors and persons unable to understand go to the Immigration Division.",
        "Les rapports visant des mineurs non accompagnés ou des personnes incapables de comprendre sont déférés à la "
        "Section de l’immigration.",
        role="duty",
    ),
    regulation(
        "230",
        relatives.status.is_("r230_stay"),
        "Removals to a country are stayed while a moratorium lasts; subsection (3) shuts some persons out.",
        "Les renvois vers un pays sont suspendus tant que dure un moratoire; le par. (3) exclut certaines personnes.",
        related=("IRPR 230(3)",),
    ),
    regulation(
        "231",
        None,
        "A stay pending judicial review exists for decisions of the appeal division only, never for (e).",
        "Le sursis pendant le contrôle judiciaire ne vise que les décisions d’appel, jamais l’alinéa e).",
        role="duty",
    ),
    regulation(
        "233",
        relatives.status.is_("r233_stay"),
        "Removal is stayed where the Minister has approved in principle a humanitarian or public-policy request.",
        "Le renvoi est suspendu si le ministre a accepté en principe une demande humanitaire ou d’intérêt public.",
    ),
)
SOR_2002_227 = Amendment(
    instrument="SOR/2002-227",
    commences=date(2002, 6, 28),
    changes=(
        *(Add(p) for p in (*_people, *_examination, *_status)),
        *(Add(regulation(number, None, en, fr, role="duty")) for number, en, fr in _more),
    ),
    en="The Regulations as they first stood, around the pact.",
    fr="Le Règlement dans sa première version, autour du pacte.",
)

DIRECT_BACK_2003 = Amendment(
    instrument="Direct-back practice of 2003",
    commences=date(2003, 1, 27),
    until=date(2004, 12, 29),
    changes=(
        Add(
            regulation(
                "41 practice of 2003",
                all_of(
                    journey.came_from.is_("USA"),
                    journey.entry.one_of("land_port", "train"),
                    ~journey.claimed_inland,
                ),
                "At land ports, claimants were sent back to the United States to wait for an interview.",
                "Aux points d’entrée terrestres, des demandeurs étaient renvoyés aux États-Unis en attente d’entrevue.",
                role="consequence",
                confidence="medium",
                related=("IRPR 41",),
            )
        ),
    ),
    en="Claimants at land ports may be directed back to the United States to wait for an interview.",
    fr="Les demandeurs aux points d’entrée terrestres peuvent être renvoyés aux États-Unis en attente d’entrevue.",
)
