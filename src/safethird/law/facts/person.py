"""Who the person is."""

from safethird.law.facts.declare import declare

nationality = declare(
    "nationality",
    "codes",
    "fixed",
    ("Nationality", "Nationalité"),
    ("Which nationalities does the person hold?", "Quelles sont les nationalités de la personne?"),
    help=(
        "All of them. STATELESS where no state considers the person its national.",
        "Toutes. STATELESS si aucun État ne considère la personne comme son ressortissant.",
    ),
    provision="IRPA 101(1)(e)",
    us_provision="8 CFR 208.30(e)(6)(iii)(A)",
)
habitual_residence_us = declare(
    "us_habitual_residence",
    "bool",
    "showable",
    ("Habitual residence in the United States", "Résidence habituelle aux États-Unis"),
    (
        "Has the United States been the person’s place of habitual residence?",
        "Les États-Unis ont-ils été le lieu de résidence habituelle de la personne?",
    ),
    help=(
        "A significant period of living there in fact; a short stay is not enough. No number of years is fixed.",
        "Une période importante de résidence de fait; un court séjour ne suffit pas. Aucun nombre d’années n’est fixé.",
    ),
    evidence=(
        "leases, school, work or tax records, statements",
        "baux, dossiers scolaires, d’emploi ou d’impôt, déclarations",
    ),
    provision="IRPR 159.2",
)
habitual_residence = declare(
    "habitual_residence",
    "code",
    "showable",
    ("Country of habitual residence", "Pays de résidence habituelle"),
    (
        "In which country did the person habitually reside?",
        "Dans quel pays la personne avait-elle sa résidence habituelle?",
    ),
    help=("Asked of stateless persons.", "Question posée aux apatrides."),
    evidence=("residence papers, statements", "documents de résidence, déclarations"),
    provision="IRPR 159.6(c)",
    unshown="other",
)
age = declare(
    "age",
    "number",
    "fixed",
    ("Age on the day of the claim", "Âge le jour de la demande"),
    (
        "How old is the person on the day of the claim?",
        "Quel âge la personne a-t-elle le jour de la demande?",
    ),
    help=(
        "Whole years; an age is reached at the start of the birthday.",
        "En années révolues; un âge est atteint au début du jour anniversaire.",
    ),
    provision="IRPR 159.5(e)(i)",
    us_provision="8 CFR 208.30(e)(6)(iii)(D)",
)
accompanied_by_parent = declare(
    "accompanied_by_parent",
    "bool",
    "conduct",
    ("With mother, father or legal guardian", "Avec la mère, le père ou le tuteur légal"),
    (
        "Does the person travel with their mother, father or legal guardian?",
        "La personne voyage-t-elle avec sa mère, son père ou son tuteur légal?",
    ),
    provision="IRPR 159.5(e)(i)",
    us_provision="INA 208(a)(2)(E)",
    field="accompanied_by",
)
has_partner = declare(
    "has_partner",
    "bool",
    "showable",
    ("Has a spouse or common-law partner", "A un époux ou un conjoint de fait"),
    (
        "Is the person married or in a common-law partnership?",
        "La personne est-elle mariée ou en union de fait?",
    ),
    evidence=("civil-status record, statement", "acte d’état civil, déclaration"),
    provision="IRPR 159.5(e)(ii)",
    field="marital_status",
)
removal_order = declare(
    "removal_order_in_canada",
    "bool",
    "fixed",
    ("Under a Canadian removal order", "Visé par une mesure de renvoi canadienne"),
    (
        "Is the person already under a Canadian removal order?",
        "La personne est-elle déjà visée par une mesure de renvoi canadienne?",
    ),
    provision="IRPA 99(3)",
    unshown=False,
)
