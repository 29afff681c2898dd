"""Immigration and Nationality Act, s. 208: the power (1996) and the children taken out of it (2008)."""

from datetime import date

from safethird.expr import all_of, cite
from safethird.law.facts import person, points_us, united_states
from safethird.law.pact import Add, Amendment
from safethird.law.united_states.draft import ina
from safethird.law.united_states.family import parent_here_to_care

INA_1996 = Amendment(
    instrument="INA 208, Pub. L. 104-208 (1996)",
    commences=date(1997, 4, 1),
    changes=(
        Add(
            ina(
                "208(a)(2)(A)",
                None,
                "No right to apply for asylum where an agreement lets the person be removed to a country, not "
                "their own (for the stateless: not that of their last habitual residence), where "
                "life and freedom are not threatened and a full and fair procedure is open, unless the public "
                "interest calls "
                "for asylum here. Before the Agreement the power lay unused.",
                "Aucun droit de demander l’asile si une entente permet le renvoi vers un pays, autre que le "
                "sien (pour l’apatride : que celui de sa dernière résidence habituelle), où la vie et "
                "la liberté ne sont pas menacées et où existe une procédure complète et équitable, sauf "
                "intérêt public. Avant "
                "l’Entente, ce pouvoir restait inutilisé.",
                role="duty",
                treaty="Agreement art. 4(1)",
            )
        ),
        Add(
            ina(
                "208(a)(3)",
                cite("8 CFR 208.30(e)(6)(i)") | cite("8 CFR 1240.11(g)(2)"),
                "No court may review the determination that the Agreement bars the claim.",
                "Aucun tribunal ne peut réviser le constat que l’Entente empêche la demande.",
                role="consequence",
            )
        ),
    ),
    en="The statute allows a bar under an agreement; none is in force yet.",
    fr="La loi permet une irrecevabilité en vertu d’une entente; aucune n’est encore en vigueur.",
    basis="recalled",
    confidence="medium",
)
TVPRA_2008 = Amendment(
    instrument="Pub. L. 110-457, s. 235(d)(7)",
    commences=date(2009, 3, 23),
    enacted=date(2008, 12, 23),
    changes=(
        Add(
            ina(
                "208(a)(2)(E)",
                all_of(
                    person.age.under(18),
                    ~united_states.us_lawful_status,
                    ~(united_states.us_unclear_status & points_us.us_other_status),
                    ~person.accompanied_by_parent,
                    ~parent_here_to_care(),
                ),
                "The Agreement bar does not apply to an unaccompanied child: under 18, without lawful status, "
                "and with no "
                "parent or guardian in the United States who is available to give care. "
                "One who travels along is taken to "
                "be there.",
                "L’irrecevabilité ne vise pas l’enfant non accompagné : moins de 18 ans, sans statut légal, "
                "sans parent ni "
                "tuteur aux États-Unis disponible pour en prendre soin. "
                "Celui qui voyage avec l’enfant est tenu pour présent.",
                role="scope",
                treaty="Agreement art. 4(2)(c)",
                confidence="medium",
                basis="derived",
                related=("6 U.S.C. 279(g)", "8 CFR 208.30(e)(6)(iii)(D)"),
            )
        ),
    ),
    en="Unaccompanied children are taken out of the bar. The day of application, about 90 days later, is recalled.",
    fr="Les enfants non accompagnés échappent à l’irrecevabilité. La date d’application, environ 90 jours plus "
    "tard, est de "
    "mémoire.",
    confidence="medium",
    basis="recalled",
)
