"""S.C. 2023, c. 19: sanctions alone are enough for 101(1)(f)."""

from datetime import date

from safethird.expr import cite
from safethird.law.canada.draft import act
from safethird.law.facts import claim
from safethird.law.pact import Amendment, Substitute

SC_2023_19 = Amendment(
    instrument="S.C. 2023, c. 19, s. 12",
    commences=date(2023, 6, 22),
    changes=(
        Substitute(
            act(
                "101(1)(f)",
                claim.inadmissible.one_of(
                    "security", "rights_violation", "sanctions_only", "organised_criminality", "unspecified"
                )
                | cite("IRPA 101(2)"),
                "The person has been determined to be inadmissible for security, violating human or "
                "international rights "
                "(sanctions alone included), serious criminality or organised criminality.",
                "La personne a été déclarée interdite de territoire pour sécurité, atteinte aux droits humains ou "
                "internationaux (sanctions seules comprises), grande criminalité ou criminalité organisée.",
                role="ground",
            )
        ),
    ),
    en="101(1)(f) loses its carve-out for persons inadmissible only because of sanctions.",
    fr="L’alinéa 101(1)f) perd son exception pour les personnes interdites du seul fait de sanctions.",
)
