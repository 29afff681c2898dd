"""When work and study permits stop being valid: R209 and R222 through time."""

from datetime import date

from safethird.law.canada.draft import regulation
from safethird.law.facts import relatives
from safethird.law.pact import Add, Amendment, Substitute

_WORK = relatives.status.is_("work_permit_invalid_209")
_STUDY = relatives.status.is_("study_permit_expired")

R222_2014 = Amendment(
    instrument="IRPR 222, amended 2014-06-01",
    commences=date(2014, 6, 1),
    changes=(
        Substitute(
            regulation(
                "222",
                _STUDY,
                "A study permit ends when it expires, 90 days after studies are completed, or when a removal "
                "order becomes "
                "enforceable.",
                "Le permis d’études prend fin à son expiration, 90 jours après la fin des études, ou quand une "
                "mesure de "
                "renvoi devient exécutoire.",
            )
        ),
    ),
    en="Study permits end 90 days after studies are completed.",
    fr="Le permis d’études prend fin 90 jours après la fin des études.",
)
SOR_2024_11 = Amendment(
    instrument="SOR/2024-11",
    commences=date(2024, 3, 15),
    changes=(
        Substitute(
            regulation(
                "209",
                _WORK,
                "A work permit ends when it expires or is cancelled under 243.2 because a removal order is "
                "enforceable.",
                "Le permis de travail prend fin à son expiration ou s’il est annulé selon 243.2 parce qu’une mesure de "
                "renvoi est exécutoire.",
                related=("IRPR 243.2",),
            )
        ),
        Substitute(
            regulation(
                "222",
                _STUDY,
                "A study permit ends when it expires, 90 days after studies are completed, or when it is "
                "cancelled under "
                "243.2 because a removal order is enforceable.",
                "Le permis d’études prend fin à son expiration, 90 jours après la fin des études, ou s’il est "
                "annulé selon "
                "243.2 parce qu’une mesure de renvoi est exécutoire.",
                related=("IRPR 243.2",),
            )
        ),
        Add(
            regulation(
                "243.1",
                None,
                "A visitor visa or a temporary resident permit is cancelled when a removal order is made against "
                "its holder.",
                "Le visa de résident temporaire ou le permis de séjour est annulé quand une mesure de renvoi vise son "
                "titulaire.",
                role="duty",
            )
        ),
    ),
    en="Permits are cancelled when a removal order becomes enforceable; visas and permits to stay when one is made "
    "(R243.1).",
    fr="Les permis sont annulés quand une mesure de renvoi devient exécutoire; les visas et permis de séjour dès "
    "qu’elle "
    "est prise (R243.1).",
)
R222_2024 = Amendment(
    instrument="IRPR 222, amended 2024-11-08",
    commences=date(2024, 11, 8),
    changes=(
        Substitute(
            regulation(
                "222",
                _STUDY,
                "A study permit ends when it expires or is cancelled, 90 days after studies are completed, or when the "
                "holder is no longer enrolled at the named institution.",
                "Le permis d’études prend fin à son expiration ou annulation, 90 jours après la fin des études, "
                "ou quand le "
                "titulaire n’est plus inscrit à l’établissement désigné.",
            )
        ),
    ),
    en="Study permits end when the holder leaves the named institution.",
    fr="Le permis d’études prend fin quand le titulaire quitte l’établissement désigné.",
)
SOR_2025_11 = Amendment(
    instrument="SOR/2025-11",
    commences=date(2025, 1, 31),
    changes=(
        Substitute(
            regulation(
                "209",
                _WORK,
                "A work permit ends when it expires, is cancelled under 243.2, or is cancelled by an officer "
                "under 209.01 "
                "or 209.02.",
                "Le permis de travail prend fin à son expiration, s’il est annulé selon 243.2, ou par un agent selon "
                "209.01 ou 209.02.",
                related=("IRPR 209.01", "IRPR 209.02", "IRPR 243.2"),
            )
        ),
    ),
    en="Officers may cancel work permits under 209.01 and 209.02.",
    fr="Les agents peuvent annuler des permis de travail selon 209.01 et 209.02.",
)
