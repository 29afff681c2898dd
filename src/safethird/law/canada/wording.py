"""Instruments that changed words or numbers, not results: SOR/2009-290, SOR/2015-46, S.C. 2010 c. 8."""

from datetime import date

from safethird.expr import all_of, cite
from safethird.law.canada.draft import act, regulation
from safethird.law.canada.sc_2001_27 import ELIGIBLE, REACHED
from safethird.law.facts import journey, papers
from safethird.law.pact import Add, Amendment, Substitute

SOR_2009_290 = Amendment(
    instrument="SOR/2009-290, s. 2(E)",
    commences=date(2009, 10, 22),
    changes=(),
    en="An English wording in 159.5 changed; the text was not found and no change of substance is expected.",
    fr="Une formulation anglaise de 159.5 a changé; le texte n’a pas été trouvé et aucun changement de fond n’est "
    "attendu.",
    confidence="medium",
    basis="derived",
)
SOR_2015_46 = Amendment(
    instrument="SOR/2015-46, s. 1",
    commences=date(2015, 2, 20),
    changes=(
        Substitute(
            regulation(
                "159.5(f)(iv)",
                papers.documents.has("ca_refugee_travel_document"),
                "Refugee travel papers issued by the Minister.",
                "Un titre de voyage de réfugié délivré par le ministre.",
            )
        ),
    ),
    en="The label of refugee travel papers in 159.5(f)(iv) changed.",
    fr="La désignation du titre de voyage de réfugié à 159.5f)(iv) a changé.",
    confidence="medium",
    basis="derived",
)
SC_2010_8 = Amendment(
    instrument="S.C. 2010, c. 8, s. 11",
    commences=date(2012, 12, 15),
    enacted=date(2010, 6, 29),
    changes=(
        Add(
            act(
                "100(1.1)",
                None,
                "The claimant must prove that the claim is eligible, on a balance of probabilities, and answer all "
                "questions truthfully. Credible testimony can be enough.",
                "Il incombe au demandeur de prouver la recevabilité, selon la prépondérance des probabilités, et de "
                "répondre véridiquement à toutes les questions. Un témoignage crédible peut suffire.",
                role="duty",
                treaty="Statement of Principles 2 and 3",
                related=("2019 FC 176",),
            )
        ),
        Substitute(
            act(
                "100(4)",
                all_of(
                    ELIGIBLE,
                    journey.entry.one_of("land_port", "train", "ferry", "harbour", "airport"),
                    ~cite("IRPR 2 port of entry"),
                    ~journey.claimed_inland,
                ),
                "A claimant at a port of entry whose claim is referred must give the Board their papers within "
                "15 days.",
                "Le demandeur à un point d’entrée dont la demande est déférée remet ses documents à la Commission dans "
                "les 15 jours du déféré.",
                role="consequence",
                related=("IRPR 159.8(2)",),
            )
        ),
        Add(
            act(
                "110(2)(d)",
                ELIGIBLE & REACHED,
                "No appeal to the appeal division: the person came from the United States and the claim is "
                "eligible only "
                "because an exception lifts (e).",
                "Aucun appel à la Section d’appel : la personne arrive des États-Unis et la demande n’est "
                "recevable que "
                "grâce à une exception à l’alinéa e).",
                role="consequence",
                related=("2018 FC 481", "2021 FC 892", "2015 FC 1384"),
            )
        ),
    ),
    en="The burden of proof moves to 100(1.1); the appeal division opens, but not for excepted claimants.",
    fr="Le fardeau de la preuve passe à 100(1.1); la Section d’appel ouvre, mais pas pour les demandeurs exceptés.",
)
