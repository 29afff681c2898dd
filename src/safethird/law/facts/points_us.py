"""Unsettled points on the United States side, each with the positions taken."""

from safethird.law.facts.declare import point

us_entry_date_burden = point(
    "us_entry_date_burden",
    ("Who proves the crossing and its day (US)", "Qui prouve le franchissement et son jour (É.-U.)"),
    (
        "Does an unproven day of crossing count against the person before an asylum officer?",
        "L’absence de preuve du jour de franchissement joue-t-elle contre la personne devant l’agent d’asile?",
    ),
    "8 CFR 208.30(e)(6)(i)",
    (
        True,
        ("In court the rule puts it on the person; the officer may do the same.",
         "Au tribunal, la règle met cette preuve à sa charge; l’agent peut faire de même."),
        "8 CFR 1240.11(g)(2)",
    ),
    (
        False,
        ("The regulation puts only the exceptions on the person; being subject is the officer’s finding.",
         "Le règlement ne met que les exceptions à sa charge; l’assujettissement est un constat de l’agent."),
        "8 CFR 208.30(e)(6)(i), (ii)",
    ),
    established=True,
)  # fmt: skip
us_day_fourteen = point(
    "us_day_fourteen",
    ("Whether day 14 is within 14 days (US)", "Si le jour 14 est dans les 14 jours (É.-U.)"),
    (
        "Is a claim on the fourteenth day after the crossing made within 14 days?",
        "Une demande au quatorzième jour suivant le franchissement est-elle faite dans les 14 jours?",
    ),
    "8 CFR 208.30(e)(6)",
    (
        True,
        ("Ordinary counting leaves out the day of the crossing and takes in the last day.",
         "Le calcul ordinaire exclut le jour du franchissement et inclut le dernier jour."),
        "88 FR 18227; Additional Protocol, para. 1",
    ),
    (
        False,
        ("No US rule on how to count was found; the Canadian regulation stops at day 13.",
         "Aucune règle américaine de calcul trouvée; le règlement canadien s’arrête au jour 13."),
        "IRPR 159.4(1.1)",
    ),
    established=True,
)  # fmt: skip
us_transit_public_interest = point(
    "us_transit_public_interest",
    ("Public interest in transit (US)", "Intérêt public en transit (É.-U.)"),
    (
        "Does the statute’s own public-interest power reach a person in transit under a Canadian removal?",
        "Le pouvoir d’intérêt public de la loi vise-t-il la personne en transit lors d’un renvoi canadien?",
    ),
    "INA 208(a)(2)(A)",
    (
        True,
        ("The statute does not limit the power.", "La loi ne limite pas ce pouvoir."),
        "INA 208(a)(2)(A)",
    ),
    (
        False,
        ("The regulation opens no lettered exception in transit, not even (F).",
         "Le règlement n’ouvre aucune exception en transit, pas même (F)."),
        "8 CFR 208.30(e)(6)(iii)",
    ),
    established=False,
)  # fmt: skip
us_other_status = point(
    "us_other_status",
    (
        "Parole, deferred action, withholding as lawful status (US)",
        "Parole, mesure différée, suspension comme statut (É.-U.)",
    ),
    (
        "Is somebody with parole, deferred action or withholding of removal in lawful status?",
        "Qui a une parole, une mesure différée ou une suspension de renvoi a-t-il un statut légal?",
    ),
    "8 CFR 208.30(e)(6)(iii)(B)",
    (
        True,
        ("Exception (B) shuts out visitors only.", "L’exception (B) n’exclut que les visiteurs."),
        "8 CFR 208.30(e)(6)(iii)(B)",
    ),
    (
        False,
        (
            "These are not grants of a status; no source was found.",
            "Ce ne sont pas des statuts; aucune source trouvée.",
        ),
        "no source found",
    ),
)
us_court_2023 = point(
    "us_court_2023",
    ("Crossings between ports in court since 2023 (US)", "Franchissements au tribunal depuis 2023 (É.-U.)"),
    (
        "Does 1240.11(g), whose 2023 text was not found, reach people who crossed between ports?",
        "L’art. 1240.11(g), dont le texte de 2023 n’a pas été trouvé, vise-t-il les franchissements hors des "
        "points d’entrée?",
    ),
    "8 CFR 1240.11(g)",
    (
        True,
        ("The 2023 rule amended it together with 208.30 and 1003.42.",
         "La règle de 2023 l’a modifié avec 208.30 et 1003.42."),
        "88 FR 18227",
    ),
    (
        False,
        ("The text read, of 2019-2020, speaks of the Agreement alone.",
         "Le texte lu, de 2019-2020, ne vise que l’Entente."),
        "8 CFR 1240.11(g), as read",
    ),
    established=True,
)  # fmt: skip
us_ferry = point(
    "us_ferry",
    ("Ferry landings as land border ports (US)", "Débarcadères comme points d’entrée terrestres (É.-U.)"),
    (
        "Is a ferry landing a land border port of entry?",
        "Un débarcadère de traversier est-il un point d’entrée terrestre?",
    ),
    "8 CFR 208.30(e)(6)",
    (
        True,
        ("The rule speaks of land border ports without leaving ferries out.",
         "La règle vise les points d’entrée terrestres sans exclure les traversiers."),
        "8 CFR 208.30(e)(6)",
    ),
    (
        False,
        ("A ferry arrives by water, and Canada leaves ferries out expressly.",
         "Le traversier arrive par l’eau, et le Canada l’exclut expressément."),
        "IRPR 159.4(1)(b)",
    ),
)  # fmt: skip
us_dependants = point(
    "us_dependants",
    ("Dependants of an excepted person (US)", "Personnes à charge d’une personne exceptée (É.-U.)"),
    (
        "Does a spouse’s or parent’s exception carry along those who arrived together?",
        "L’exception de l’époux ou du parent profite-t-elle à ceux qui sont arrivés ensemble?",
    ),
    "8 CFR 208.30(b)",
    (
        True,
        ("Dependants may be included in the principal’s credible-fear evaluation.",
         "Les personnes à charge peuvent être incluses dans l’évaluation du principal."),
        "8 CFR 208.30(b)",
    ),
    (
        False,
        ("The threshold screening is of each person; nothing says that it carries.",
         "Le filtrage vise chaque personne; rien ne dit qu’il s’étend."),
        "8 CFR 208.30(e)(6)",
    ),
    established=False,
)  # fmt: skip
us_half_blood = point(
    "us_half_blood",
    ("Kin of the half blood or by marriage (US)", "Parenté par un seul parent ou par alliance (É.-U.)"),
    (
        "Do half-siblings and the like, or aunts and uncles by marriage, count?",
        "Les demi-frères et semblables, ou les tantes et oncles par alliance, comptent-ils?",
    ),
    "8 CFR 208.30(e)(6)(iii)(B)",
    (
        True,
        ("The list says sibling, aunt and uncle without more.", "La liste dit frère, sœur, tante et oncle sans plus."),
        "8 CFR 208.30(e)(6)(iii)(B)",
    ),
    (
        False,
        ("The list does not name them; no source was found.", "La liste ne les nomme pas; aucune source trouvée."),
        "no source found",
    ),
)
us_waters = point(
    "us_waters",
    ("Which waters the Protocol designates (US)", "Quelles eaux le Protocole désigne (É.-U.)"),
    (
        "Is an arrival from the sea, away from the rivers and lakes of the border, a crossing of the land border?",
        "L’arrivée par la mer, hors des cours d’eau et lacs frontaliers, franchit-elle la frontière terrestre?",
    ),
    "8 CFR 208.30(e)(6)",
    (
        True,
        (
            "The rule takes in waters that both countries have designated.",
            "La règle inclut les eaux désignées par les deux pays.",
        ),
        "8 CFR 208.30(e)(6)",
    ),
    (
        False,
        ("The diplomatic notes that designate them were not found.", "Les notes diplomatiques n’ont pas été trouvées."),
        "Additional Protocol, para. 2",
    ),
)
us_stateless_transit = point(
    "us_stateless_transit",
    ("Stateless residents of Canada in transit (US)", "Apatrides résidant au Canada, en transit (É.-U.)"),
    (
        "May a stateless person be sent in transit to the country of their own last habitual residence?",
        "L’apatride en transit peut-il être envoyé au pays de sa propre dernière résidence habituelle?",
    ),
    "INA 208(a)(2)(A)",
    (
        True,
        ("The regulation opens no lettered exception in transit.", "Le règlement n’ouvre aucune exception en transit."),
        "8 CFR 208.30(e)(6)(iii)",
    ),
    (
        False,
        ("The statute allows removal only to a country other than that of last habitual residence.",
         "La loi ne permet l’envoi que vers un pays autre que celui de la dernière résidence habituelle."),
        "INA 208(a)(2)(A)",
    ),
    established=True,
)  # fmt: skip
