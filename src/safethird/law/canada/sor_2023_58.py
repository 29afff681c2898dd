"""SOR/2023-58: the Additional Protocol reaches the whole land border for fourteen days."""

from datetime import date, datetime, time

from safethird.expr import Span, all_of, cite
from safethird.law.canada.draft import regulation
from safethird.law.canada.sor_2004_217 import AWAY_FROM_PORTS, INLAND
from safethird.law.facts import claim, journey, papers, points
from safethird.law.pact import Add, Amendment, Substitute

COMMENCES = datetime(2023, 3, 25, 0, 1)
SINCE_ENTRY = Span(journey.entry_date, journey.claim_date, "days")
UNPROVEN = journey.entry_date_unproven & points.entry_date_burden
_COVERED_AND_IN_TIME = SINCE_ENTRY.under(14) & (journey.entry_date.on_or_after(COMMENCES) | points.straddling_entry)
ALONG_THE_BORDER = AWAY_FROM_PORTS.unless(journey.entry.is_("coast").unless(points.sea_crossing))

SOR_2023_58 = Amendment(
    instrument="SOR/2023-58, ss. 1-5",
    commences=COMMENCES.date(),
    at=time(0, 1),
    enacted=date(2023, 3, 23),
    changes=(
        Add(
            regulation(
                "159.01",
                papers.us_refused_entry & claim.prior_claims.has("ineligible_e"),
                "An earlier claim that was ineligible under (e) is left out of (c) where the person now comes "
                "back because "
                "the United States refused entry with no refugee claim decided there.",
                "Une demande antérieure irrecevable au titre de e) n’est pas comptée à l’alinéa c) si la "
                "personne revient "
                "parce que les États-Unis ont refusé l’entrée sans décision sur une demande d’asile.",
            )
        ),
        Add(
            regulation(
                "159.1 stateless person",
                None,
                "A stateless person is one whom no state considers its national under its law.",
                "L’apatride est une personne qu’aucun État ne considère comme son ressortissant par application de sa "
                "législation.",
                role="duty",
            )
        ),
        Substitute(
            regulation(
                "159.4(1)(a)",
                (AWAY_FROM_PORTS | INLAND).unless(cite("IRPR 159.4(1.1)")),
                "The bar does not reach a person who seeks to enter at a place that is not a port of entry, subject to "
                "(1.1).",
                "L’irrecevabilité ne vise pas la personne qui cherche à entrer à un lieu autre qu’un point "
                "d’entrée, sous "
                "réserve du par. (1.1).",
                role="scope",
                treaty="Agreement art. 4(1)",
            )
        ),
        Add(
            regulation(
                "159.4(1.1)",
                all_of(
                    ALONG_THE_BORDER,
                    _COVERED_AND_IN_TIME.unless(journey.entry_date_unproven) | UNPROVEN,
                ),
                "The bar reaches a person who enters along the land border, its waters included, away from a "
                "port of entry "
                "and claims fewer than 14 days after the day of entry, unless they establish an exception of "
                "159.5(a) to "
                "(h).",
                "L’irrecevabilité vise la personne entrée par la frontière terrestre, eaux comprises, hors d’un point "
                "d’entrée, qui demande l’asile moins de 14 jours après le jour de l’entrée, sauf exception de "
                "159.5a) à h).",
                role="scope",
                treaty="Additional Protocol para. 1",
                related=("Interpretation Act 27", "Additional Protocol para. 2"),
            )
        ),
    ),
    en="The bar reaches people who cross between ports of entry and claim within the first fourteen days (0 to 13).",
    fr="L’irrecevabilité vise les personnes entrées hors des points d’entrée qui demandent l’asile dans les quatorze "
    "premiers jours "
    "(0 à 13).",
)
