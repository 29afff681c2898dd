"""Public policy of 19 May 2026: unaccompanied minors are spared (b.1) and (b.2)."""

from datetime import date

from safethird.expr import all_of
from safethird.law.canada.draft import act
from safethird.law.canada.family import parent_in_either_country
from safethird.law.facts import journey, person, points
from safethird.law.pact import Add, Amendment

# Any sense of the words covers a single child with no parent or guardian in either country.
_BY_ANY_DEFINITION = ~person.has_partner & ~parent_in_either_country()
# Whether it reaches claims made before it was signed was not read either.
_SINCE = journey.claim_date.on_or_after(date(2026, 5, 19))

POLICY_2026_05_19 = Amendment(
    instrument="Public policy of 2026-05-19 (IRPA 25.2)",
    commences=date(2026, 5, 19),
    claims_from=date(2025, 6, 3),
    changes=(
        Add(
            act(
                "25.2 policy of 2026-05-19",
                all_of(
                    person.age.under(18).unless(person.accompanied_by_parent),
                    _BY_ANY_DEFINITION & _SINCE | points.minors_policy_scope,
                ),
                "Unaccompanied minors in Canada are spared (b.1) and (b.2). The definition and the end date were "
                "not read.",
                "Les mineurs non accompagnés au Canada échappent à b.1) et b.2). La définition et la fin n’ont "
                "pas été lues.",
                role="exception",
                confidence="medium",
                basis="derived",
                related=("IRPA 25.2",),
            )
        ),
    ),
    en="A temporary public policy spares unaccompanied minors the one-year bar and the bar after fourteen days.",
    fr="Une politique temporaire épargne aux mineurs non accompagnés le délai d’un an et l’irrecevabilité après 14 "
    "jours.",
    confidence="medium",
    basis="derived",
)
