"""Earlier claims, other bars, and charges: asked late, because they are sensitive."""

from safethird.law.facts.declare import declare

prior_claims = declare(
    "prior_claims",
    "codes",
    "fixed",
    ("Earlier claims in Canada", "Demandes d’asile antérieures au Canada"),
    (
        "Has the person made a refugee claim in Canada before, and how did it end?",
        "La personne a-t-elle déjà demandé l’asile au Canada, et avec quelle issue?",
    ),
    provision="IRPA 101(1)(c)",
    unshown=False,
    sensitive=True,
    field="prior_canada_claim",
    codes={
        "rejected": ("rejected by the Board", "rejetée par la Commission"),
        "ineligible_e": (
            "ineligible under the pact, paragraph (e)",
            "irrecevable en vertu du pacte, alinéa e)",
        ),
        "ineligible_other": ("ineligible for another reason", "irrecevable pour un autre motif"),
        "withdrawn": ("withdrawn", "retirée"),
        "abandoned": ("abandoned", "abandonnée (désistement)"),
        "accepted": ("accepted", "accueillie"),
        "pending": ("still pending", "en instance"),
    },
)
protected = declare(
    "protected_in_canada",
    "bool",
    "fixed",
    ("Already holds refugee protection in Canada", "Bénéficie déjà de l’asile au Canada"),
    (
        "Does the person already hold refugee protection in Canada?",
        "La personne bénéficie-t-elle déjà de l’asile au Canada?",
    ),
    provision="IRPA 101(1)(a)",
    unshown=False,
    field="canada_status",
)
foreign_claim_confirmed = declare(
    "foreign_claim_confirmed",
    "bool",
    "fixed",
    (
        "Earlier claim in another country, confirmed by information sharing",
        "Demande antérieure dans un autre pays, confirmée par échange de renseignements",
    ),
    (
        "Did the person claim asylum in another country before, and has that been confirmed by information sharing?",
        "La personne a-t-elle déjà demandé l’asile dans un autre pays, et cela a-t-il été confirmé par échange de "
        "renseignements?",
    ),
    provision="IRPA 101(1)(c.1)",
    unshown=False,
    sensitive=True,
    field="foreign_claim",
)
heard_before_assent_2019 = declare(
    "heard_before_2019_06_21",
    "bool",
    "showable",
    (
        "Board heard evidence on the claim, or allowed it, by 21 June 2019",
        "Preuve entendue par la Commission, ou demande accueillie, au plus tard le 21 juin 2019",
    ),
    (
        "By 21 June 2019, had the Board heard substantive evidence on this claim or allowed it without a hearing?",
        "Au 21 juin 2019, la Commission avait-elle entendu des éléments de preuve de fond ou accueilli la demande sans "
        "audience?",
    ),
    evidence=("notice of hearing, Board record", "avis d’audience, dossier de la Commission"),
    provision="IRPA 101(1)(c.1)",
    unshown=False,
)
recognised_elsewhere = declare(
    "recognised_refugee_elsewhere",
    "bool",
    "fixed",
    ("Recognised as a refugee by another country", "Reconnu réfugié par un autre pays"),
    (
        "Has another country recognised the person as a refugee (US withholding of removal counts)?",
        "Un autre pays a-t-il reconnu à la personne la qualité de réfugié (le « withholding of removal » américain "
        "compte)?",
    ),
    provision="IRPA 101(1)(d)",
    unshown=False,
    sensitive=True,
    field="recognised_refugee_in",
)
cannot_return_there = declare(
    "cannot_be_returned_there",
    "bool",
    "showable",
    (
        "Cannot be sent or returned to the recognising country",
        "Ne peut être renvoyé dans le pays qui a reconnu la qualité de réfugié",
    ),
    (
        "Is it impossible to send or return the person to the country that recognised them?",
        "Est-il impossible de renvoyer la personne dans le pays qui l’a reconnue?",
    ),
    evidence=("expired status, refusal of re-admission", "statut expiré, refus de réadmission"),
    provision="IRPA 101(1)(d)",
    unshown=False,
    sensitive=True,
)
inadmissible = declare(
    "determined_inadmissible",
    "code",
    "fixed",
    (
        "Determined inadmissible on serious grounds",
        "Interdiction de territoire pour motif grave, déjà prononcée",
    ),
    (
        "Has the person been determined to be inadmissible on serious grounds, and on which?",
        "La personne a-t-elle été déclarée interdite de territoire pour un motif grave, et lequel?",
    ),
    help=(
        "Asked because it bars a claim whatever else is true. A mere suspicion or charge is not a determination.",
        "La question est posée parce que cela empêche la demande dans tous les cas. Un soupçon ou une accusation ne "
        "suffit pas.",
    ),
    provision="IRPA 101(1)(f)",
    unshown="none",
    sensitive=True,
    codes={
        "none": ("no", "non"),
        "security": ("security", "sécurité"),
        "rights_violation": (
            "violation of human or international rights",
            "atteinte aux droits humains ou internationaux",
        ),
        "sanctions_only": ("sanctions only, paragraph 35(1)(c)", "sanctions seulement, alinéa 35(1)c)"),
        "serious_criminality": ("serious criminality", "grande criminalité"),
        "organised_criminality": ("organised criminality", "criminalité organisée"),
        "unspecified": ("yes, ground not stated", "oui, motif non précisé"),
    },
)
conviction = declare(
    "conviction",
    "code",
    "fixed",
    ("Conviction behind serious criminality", "Condamnation à l’origine de la grande criminalité"),
    (
        "Which conviction stands behind the finding of serious criminality?",
        "Quelle condamnation fonde le constat de grande criminalité?",
    ),
    provision="IRPA 101(2)",
    sensitive=True,
    codes={
        "none": ("none", "aucune"),
        "canada_10_years": (
            "in Canada, for an offence with a maximum of 10 years or more",
            "au Canada, pour une infraction passible d’au moins 10 ans",
        ),
        "abroad_10_years": (
            "abroad, for an equivalent of such an offence",
            "à l’étranger, pour l’équivalent d’une telle infraction",
        ),
        "lesser": ("for a lesser offence", "pour une infraction moins grave"),
    },
)
sentence_two_years = declare(
    "sentence_two_years",
    "bool",
    "fixed",
    ("Sentence of two years or more", "Peine d’au moins deux ans"),
    (
        "Was the sentence in Canada two years or more?",
        "La peine infligée au Canada était-elle d’au moins deux ans?",
    ),
    provision="IRPA 101(2)",
    sensitive=True,
)
danger_opinion = declare(
    "danger_opinion",
    "bool",
    "fixed",
    ("Minister’s opinion of danger to the public", "Avis ministériel de danger pour le public"),
    (
        "Has the Minister given an opinion that the person is a danger to the public?",
        "Le ministre a-t-il émis l’avis que la personne constitue un danger pour le public?",
    ),
    provision="IRPA 101(2)",
    sensitive=True,
)
capital_charge_us = declare(
    "capital_charge_us",
    "bool",
    "showable",
    (
        "Charged or convicted in the United States of an offence punishable by death there",
        "Accusé ou condamné aux États-Unis pour une infraction passible de la peine de mort dans ce pays",
    ),
    (
        "Is the person charged with or convicted of an offence in the United States that is punishable by death there?",
        "La personne est-elle accusée ou condamnée aux États-Unis pour une infraction qui y est passible de la "
        "peine de mort?",
    ),
    help=("Asked because it can lift paragraph (e).", "La question est posée parce que cela peut lever l’alinéa e)."),
    evidence=("charge sheet, judgment, warrant", "acte d’accusation, jugement, mandat"),
    provision="IRPR 159.6(a)",
    sensitive=True,
    field="capital_charge",
)
capital_charge_elsewhere = declare(
    "capital_charge_elsewhere",
    "bool",
    "showable",
    (
        "Charged or convicted in another country of an offence punishable by death there",
        "Accusé ou condamné dans un autre pays pour une infraction passible de la peine de mort dans ce pays",
    ),
    (
        "Is the person charged with or convicted of an offence in another country that is punishable by death there?",
        "La personne est-elle accusée ou condamnée dans un autre pays pour une infraction qui y est passible de "
        "la peine de mort?",
    ),
    help=("Asked because it can lift paragraph (e).", "La question est posée parce que cela peut lever l’alinéa e)."),
    evidence=("charge sheet, judgment, warrant", "acte d’accusation, jugement, mandat"),
    provision="IRPR 159.6(b)",
    sensitive=True,
    field="capital_charge",
)
excluded_from_stay = declare(
    "excluded_from_removal_stay",
    "bool",
    "fixed",
    (
        "Shut out of the moratorium stay (security, crimes)",
        "Exclu du sursis lié au moratoire (sécurité, criminalité)",
    ),
    (
        "Would security or criminality have shut the person out of the stay of removals of R230(3)?",
        "La sécurité ou la criminalité auraient-elles exclu la personne du sursis visé à R230(3)?",
    ),
    provision="IRPR 230(3)",
    unshown=False,
    sensitive=True,
)
