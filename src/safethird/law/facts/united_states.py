"""What only the United States side asks: the forum, marriage, discretion exercised, care by a parent."""

from safethird.law.facts.declare import declare

forum = declare(
    "forum",
    "code",
    "conduct",
    ("Who decides", "Qui décide"),
    (
        "Is the case before an asylum officer (at the border) or in immigration court?",
        "L’affaire est-elle devant un agent d’asile (à la frontière) ou un tribunal d’immigration?",
    ),
    help=(
        "Before the officer the person proves an exception; in court the burden flips for reach as well.",
        "Devant l’agent, la personne prouve une exception; au tribunal, le fardeau vaut aussi pour la portée.",
    ),
    provision="8 CFR 1240.11(g)",
    unshown="asylum_officer",
    codes={
        "asylum_officer": ("an asylum officer", "un agent d’asile"),
        "immigration_court": ("an immigration court", "un tribunal d’immigration"),
    },
)
married = declare(
    "married",
    "bool",
    "showable",
    ("Married", "Marié(e)"),
    ("Is the person married?", "La personne est-elle mariée?"),
    evidence=("civil-status record, statement", "acte d’état civil, déclaration"),
    provision="8 CFR 208.30(e)(6)(iii)(D)",
    field="marital_status",
)
habitual_residence_canada = declare(
    "canada_habitual_residence",
    "bool",
    "showable",
    ("Habitual residence in Canada", "Résidence habituelle au Canada"),
    (
        "Is Canada the person’s place of habitual residence?",
        "Le Canada est-il le lieu de résidence habituelle de la personne?",
    ),
    evidence=(
        "leases, school, work or tax records, statements",
        "baux, dossiers scolaires, d’emploi ou d’impôt, déclarations",
    ),
    provision="8 CFR 208.30(e)(6)(iii)(A)",
    field="habitual_residence",
)
public_interest = declare(
    "public_interest_determination",
    "bool",
    "fixed",
    ("Public-interest finding made by USCIS", "Constat d’intérêt public fait par l’USCIS"),
    (
        "Has USCIS found it in the public interest that the person apply in the United States?",
        "L’USCIS a-t-il jugé d’intérêt public que la personne fasse sa demande aux États-Unis?",
    ),
    help=(
        "An unreviewable discretion: it is an input and is never computed.",
        "Un pouvoir discrétionnaire sans contrôle : une donnée, jamais un calcul.",
    ),
    provision="8 CFR 208.30(e)(6)(iii)(F)",
    unshown=False,
)
dhs_notice = declare(
    "dhs_public_interest_notice",
    "bool",
    "fixed",
    ("Written public-interest notice by DHS in court", "Avis écrit d’intérêt public du DHS au tribunal"),
    (
        "Has DHS filed a written notice that it is in the public interest to let the person apply?",
        "Le DHS a-t-il déposé un avis écrit d’intérêt public permettant la demande?",
    ),
    provision="8 CFR 1240.11(g)(3)",
    unshown=False,
)
us_lawful_status = declare(
    "us_lawful_status",
    "bool",
    "showable",
    ("Lawful status in the United States", "Statut légal aux États-Unis"),
    (
        "Does the person hold a lawful immigration status in the United States?",
        "La personne a-t-elle un statut d’immigration légal aux États-Unis?",
    ),
    evidence=("status papers", "documents de statut"),
    provision="6 U.S.C. 279(g)",
    unshown=False,
    field="us_status",
)
us_unclear_status = declare(
    "us_unclear_status",
    "bool",
    "showable",
    ("Parole, deferred action or withholding of removal", "Parole, mesure différée ou suspension de renvoi"),
    (
        "Does the person hold US parole, deferred action or withholding of removal?",
        "La personne a-t-elle aux États-Unis une « parole », une mesure différée ou une suspension de renvoi?",
    ),
    evidence=("the grant", "la décision qui l’accorde"),
    provision="6 U.S.C. 279(g)",
    unshown=False,
    field="us_status",
)
principal_excepted = declare(
    "principal_excepted",
    "bool",
    "showable",
    (
        "Arrived together with a spouse or parent who has an exception",
        "Arrivée avec l’époux ou le parent qui bénéficie d’une exception",
    ),
    (
        "Did the person arrive together with a spouse or parent who has established an exception?",
        "La personne est-elle arrivée avec un époux ou un parent qui a établi une exception?",
    ),
    evidence=("the decision on the spouse or parent", "la décision visant l’époux ou le parent"),
    provision="8 CFR 208.30(b)",
    unshown=False,
)
able_to_care = declare(
    "relative.able_to_care",
    "bool",
    "showable",
    ("Parent or guardian available to give care", "Parent ou tuteur disponible pour prendre soin"),
    (
        "Is this parent or guardian available to give care and custody?",
        "Ce parent ou tuteur est-il disponible pour prendre soin de la personne et en avoir la garde?",
    ),
    evidence=("statements, contact with the parent", "déclarations, contact avec le parent"),
    provision="6 U.S.C. 279(g)",
    field="relative.able_to_care",
)
