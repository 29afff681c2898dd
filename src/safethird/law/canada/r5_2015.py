"""R5(a) as of 2015-06-10: the Regulations look away from a spouse under 18."""

from datetime import date

from safethird.expr import any_of, cite
from safethird.law.canada.draft import regulation
from safethird.law.canada.family import BY_MARRIAGE, HALF_BLOOD, KIN, SPOUSE
from safethird.law.facts import person, points, relatives
from safethird.law.pact import Add, Amendment, Substitute

_minor_marriage_counts = person.age.at_least(18) | points.spouse_under_18
# Citizens and permanent residents are no foreign nationals.
_anchor_counts = (
    relatives.relative_age.at_least(18)
    | relatives.status.one_of("citizen", "permanent_resident")
    | points.spouse_under_18
)

R5_2015 = Amendment(
    instrument="IRPR 5(a), amended 2015-06-10",
    commences=date(2015, 6, 10),
    changes=(
        Add(
            regulation(
                "5(a)",
                None,
                "A foreign national under 18 is not treated as a spouse or common-law partner.",
                "L’étranger de moins de 18 ans n’est pas considéré comme époux ni conjoint de fait.",
                role="duty",
            )
        ),
        Substitute(
            regulation(
                "159.1 family member",
                any_of(
                    relatives.tie.one_of(*KIN).unless(cite("IRPR 3(2)")),
                    relatives.tie.one_of(*HALF_BLOOD) & points.half_blood,
                    relatives.tie.one_of(*BY_MARRIAGE) & points.by_marriage,
                    (relatives.tie.one_of(*SPOUSE) | cite("IRPR 1(1) common-law partner"))
                    & _minor_marriage_counts
                    & _anchor_counts,
                    cite("IRPR 159.1 legal guardian"),
                ),
                "Family: spouse or common-law partner, legal guardian, child, parent, brother or sister, grandparent, "
                "grandchild, uncle or aunt, nephew or niece. Cousins, in-laws and step-relations are not on the list.",
                "Famille : époux ou conjoint de fait, tuteur légal, enfant, père ou mère, frère ou sœur, grand-parent, "
                "petit-enfant, oncle ou tante, neveu ou nièce. Cousins, belle-famille et parenté par remariage "
                "n’y sont "
                "pas.",
                treaty="Agreement art. 1(1)",
                related=("IRPR 5(a)",),
            )
        ),
        Substitute(
            regulation(
                "159.5(e)(ii)",
                ~person.has_partner | ~_minor_marriage_counts,
                "No spouse or common-law partner. Whether a marriage under 18 counts is unsettled.",
                "Ni époux ni conjoint de fait. La question du mariage avant 18 ans n’est pas tranchée.",
                related=("IRPR 5(a)",),
            )
        ),
    ),
    en="A foreign national under 18 is no longer treated as a spouse; the effect on 159.5(e)(ii) is unsettled.",
    fr="L’étranger de moins de 18 ans n’est plus considéré comme époux; l’effet sur 159.5e)(ii) n’est pas tranché.",
    confidence="medium",
)
