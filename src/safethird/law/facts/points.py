"""Unsettled points of law: facts that nobody knows yet, each with the positions taken."""

from safethird.law.facts.declare import point

straddling_entry = point(
    "straddling_entry",
    ("Entry before 25 March 2023, claim after", "Entrée avant le 25 mars 2023, demande après"),
    (
        "Does 159.4(1.1) reach a person who crossed before it began and claims within the 14 days?",
        "Le par. 159.4(1.1) vise-t-il la personne entrée avant son entrée en vigueur qui demande l’asile dans "
        "les 14 jours?",
    ),
    "IRPR 159.4(1.1)",
    (
        True,
        (
            "The regulation has no transitional words; it speaks of anyone who enters and claims.",
            "Le règlement n’a pas de disposition transitoire; il vise quiconque entre et demande.",
        ),
        "SOR/2023-58, s. 3",
    ),
    (
        False,
        (
            "The Protocol and the US rule reach only entries on or after that moment.",
            "Le Protocole et la règle américaine ne visent que les entrées à compter de ce moment.",
        ),
        "Additional Protocol, para. 1; 88 FR 18227",
    ),
)
entry_date_burden = point(
    "entry_date_burden",
    ("Who proves the day of entry", "Qui prouve le jour de l’entrée"),
    (
        "Does an unproven day of entry count against the person?",
        "L’absence de preuve du jour de l’entrée joue-t-elle contre la personne?",
    ),
    "IRPR 159.4(1.1)",
    (
        True,
        (
            "Eligibility as a whole is for the claimant to prove; clinics are told to prove the 14 days.",
            "La recevabilité entière est à prouver par le demandeur; les organismes conseillent de prouver les "
            "14 jours.",
        ),
        "IRPA 100(1.1); guidance of legal clinics",
    ),
    (
        False,
        (
            "159.4(1.1) puts only the exceptions of 159.5 on the claimant.",
            "Le par. 159.4(1.1) ne met à la charge du demandeur que les exceptions de 159.5.",
        ),
        "IRPR 159.4(1.1)",
    ),
    established=True,
)
sea_crossing = point(
    "sea_crossing",
    ("Which waters count as the land border", "Quelles eaux font partie de la frontière terrestre"),
    (
        "Is an arrival from the sea, away from the rivers and lakes of the border, an entry along the land border?",
        "L’arrivée par la mer, hors des cours d’eau et lacs frontaliers, est-elle une entrée par la frontière "
        "terrestre?",
    ),
    "IRPR 159.4(1.1)",
    (
        True,
        (
            "The regulation includes the waters along or across the land border.",
            "Le règlement inclut les eaux le long ou au travers de la frontière terrestre.",
        ),
        "IRPR 159.4(1.1)",
    ),
    (
        False,
        (
            "The Protocol leaves the waters to diplomatic notes, which were not found; governments speak of internal "
            "waterways.",
            "Le Protocole renvoie à des notes diplomatiques, introuvables; les gouvernements parlent de voies d’eau "
            "intérieures.",
        ),
        "Additional Protocol, para. 2",
    ),
)
inland_after_land_port = point(
    "inland_after_land_port",
    (
        "Inland claim after admission at a land port",
        "Demande intérieure après admission à un point d’entrée terrestre",
    ),
    (
        "Does paragraph (e) reach a person admitted at a land port who claims later, inland?",
        "L’alinéa e) vise-t-il la personne admise à un point d’entrée terrestre qui demande l’asile plus tard, à "
        "l’intérieur?",
    ),
    "IRPR 159.4(1)(a)",
    (
        True,
        (
            "Paragraph (e) asks only where the person came from; no text exempts a later inland claim.",
            "L’alinéa e) ne demande que la provenance; aucun texte n’écarte la demande intérieure ultérieure.",
        ),
        "IRPA 101(1)(e)",
    ),
    (
        False,
        (
            "The government has said that the Agreement does not reach inland claims.",
            "Le gouvernement a déclaré que l’Entente ne vise pas les demandes présentées à l’intérieur.",
        ),
        "House of Commons debate, 2017-03-07; 2015 FC 1384",
    ),
)
transit_decided_claim = point(
    "transit_decided_claim",
    ("Transit after a decided US claim", "Transit après une demande tranchée aux États-Unis"),
    (
        "Does 159.4(2) reach a person in transit whose claim the United States has decided?",
        "Le par. 159.4(2) vise-t-il la personne en transit dont la demande a été tranchée par les États-Unis?",
    ),
    "IRPR 159.4(2)",
    (
        True,
        (
            "The regulation does not ask whether the United States decided a claim.",
            "Le règlement ne demande pas si les États-Unis ont tranché une demande.",
        ),
        "IRPR 159.4(2)",
    ),
    (
        False,
        (
            "The department’s manual limits it to persons with no decided claim; under the Agreement the removal then "
            "goes on, so no referral in Canada follows in practice either.",
            "Le guide du ministère le limite aux personnes sans demande tranchée; selon l’Entente le renvoi se "
            "poursuit "
            "alors, de sorte qu’aucun déféré ne suit non plus en pratique.",
        ),
        "IRCC manual; Agreement, art. 5(b)",
    ),
)
long_residents = point(
    "long_residents",
    ("Long US residents who are not stateless", "Résidents de longue date aux États-Unis non apatrides"),
    (
        "Does ‘former habitual residence’ in (e) help a person who has a nationality?",
        "La « résidence habituelle » à l’alinéa e) profite-t-elle à une personne qui a une nationalité?",
    ),
    "IRPA 101(1)(e)",
    (
        True,
        (
            "The Act names nationality or former habitual residence as alternatives.",
            "La Loi nomme la nationalité ou l’ancienne résidence habituelle comme alternatives.",
        ),
        "IRPA 101(1)(e)",
    ),
    (
        False,
        (
            "Practice lets out only US nationals and stateless residents of the United States.",
            "La pratique n’écarte que les Américains et les apatrides résidant aux États-Unis.",
        ),
        "IRPR 159.2; IRCC-2025-QP-00016",
    ),
    established=False,
)
spouse_under_18 = point(
    "spouse_under_18",
    ("Marriage under 18", "Mariage avant 18 ans"),
    (
        "Since R5(a) looks away from a spouse under 18, does such a marriage still count in 159.1 and 159.5?",
        "Comme R5a) ignore l’époux de moins de 18 ans, un tel mariage compte-t-il encore aux art. 159.1 et 159.5?",
    ),
    "IRPR 5(a)",
    (
        True,
        (
            "159.1 and 159.5 have their own words and ask for the fact of a spouse.",
            "Les art. 159.1 et 159.5 ont leurs propres mots et visent le fait d’avoir un époux.",
        ),
        "IRPR 159.1, 159.5(e)(ii)",
    ),
    (
        False,
        (
            "R5(a) speaks for the whole of the Regulations.",
            "R5a) vaut pour l’ensemble du Règlement.",
        ),
        "IRPR 5(a), since 2015-06-10",
    ),
)
half_blood = point(
    "half_blood",
    ("Kin of the half blood", "Parenté par un seul parent"),
    (
        "Do half-brothers, half-sisters and their like count as family members?",
        "Les demi-frères, demi-sœurs et semblables sont-ils des membres de la famille?",
    ),
    "IRPR 159.1",
    (
        True,
        (
            "Guides count them; courts have seen such ties argued without rejecting the category.",
            "Les guides les comptent; des tribunaux ont vu de tels liens plaidés sans rejeter la catégorie.",
        ),
        "2017 FC 511; 2017 FC 984; guides of legal clinics",
    ),
    (
        False,
        ("159.1 does not name them.", "L’art. 159.1 ne les nomme pas."),
        "IRPR 159.1",
    ),
)
by_marriage = point(
    "by_marriage",
    ("Aunts and uncles by marriage", "Tantes et oncles par alliance"),
    (
        "Does the husband or wife of a parent’s sibling count as uncle or aunt?",
        "L’époux ou l’épouse du frère ou de la sœur d’un parent compte-t-il comme oncle ou tante?",
    ),
    "IRPR 159.1",
    (
        True,
        (
            "159.1 says uncle and aunt without more; everyday use includes them.",
            "L’art. 159.1 dit oncle et tante sans plus; l’usage courant les inclut.",
        ),
        "IRPR 159.1",
    ),
    (
        False,
        (
            "Guides define uncle and aunt as a parent’s brother or sister.",
            "Les guides définissent l’oncle et la tante comme frère ou sœur d’un parent.",
        ),
        "guides of legal clinics",
    ),
    established=False,
)
moratorium_stateless = point(
    "moratorium_stateless",
    ("Moratorium exception and stateless persons", "Exception du moratoire et apatrides"),
    (
        "Did 159.6(c) cover stateless former residents of a moratorium country?",
        "L’al. 159.6c) visait-il les apatrides ayant résidé dans un pays sous moratoire?",
    ),
    "IRPR 159.6(c)",
    (
        True,
        ("The moratorium protects residents as well.", "Le moratoire protège aussi les résidents."),
        "IRPR 230(1)",
    ),
    (
        False,
        ("The notices speak of nationals.", "Les avis parlent de ressortissants."),
        "CIC notice of 2009-07-23",
    ),
)
moratorium_excluded = point(
    "moratorium_excluded",
    ("Moratorium exception and R230(3)", "Exception du moratoire et R230(3)"),
    (
        "Did 159.6(c) leave out persons whom R230(3) shuts out of the stay?",
        "L’al. 159.6c) écartait-il les personnes exclues du sursis par R230(3)?",
    ),
    "IRPR 230(3)",
    (
        True,
        ("The exception follows the stay.", "L’exception suit le sursis."),
        "IRPR 230(3)",
    ),
    (
        False,
        ("The notices name no such limit.", "Les avis ne mentionnent pas cette limite."),
        "CIC notice of 2009-07-23",
    ),
)
minors_policy_scope = point(
    "minors_policy_scope",
    ("Reach of the 2026 policy on unaccompanied minors", "Portée de la politique de 2026 sur les mineurs"),
    (
        "Does the public policy of 19 May 2026, whose definition was not read, cover this minor?",
        "La politique d’intérêt public du 19 mai 2026, dont la définition n’a pas été lue, vise-t-elle ce mineur?",
    ),
    "IRPA 25.2",
    (
        True,
        (
            "It may cover any minor without a parent or guardian at hand.",
            "Elle peut viser tout mineur sans parent ni tuteur auprès de lui.",
        ),
        "public policy of 2026-05-19, as summarised",
    ),
    (
        False,
        (
            "It may ask for more: unmarried, no parent or guardian in Canada or the United States, a period.",
            "Elle peut exiger davantage : non marié, sans parent ni tuteur au Canada ou aux États-Unis, une période.",
        ),
        "public policy of 2026-05-19, definition not read",
    ),
)
turn_back_exceptions = point(
    "turn_back_exceptions",
    ("Exceptions to the 2020–21 turn-back orders", "Exceptions aux décrets de refoulement de 2020-2021"),
    (
        "Did the orders of 2020–21 spare this person?",
        "Les décrets de 2020-2021 épargnaient-ils cette personne?",
    ),
    "IRPR 41(d)",
    (
        True,
        (
            "Later orders are said to have spared some, such as unaccompanied minors, US nationals and stateless US "
            "residents.",
            "Des décrets ultérieurs auraient épargné notamment des mineurs seuls, des Américains et des apatrides "
            "résidant aux États-Unis.",
        ),
        "orders of 2020–21, not read",
    ),
    (
        False,
        (
            "The first order named none in what was found.",
            "Le premier décret n’en nommait pas dans ce qui a été trouvé.",
        ),
        "order of 2020-03-20, not read",
    ),
)
same_day_referral = point(
    "same_day_referral",
    ("A relative referred the same day", "Membre de la famille déféré le même jour"),
    (
        "Does a relative whose own claim is referred that same day anchor the others?",
        "Le membre de la famille dont la demande est déférée le même jour sert-il d’ancrage aux autres?",
    ),
    "IRPR 159.5(c)",
    (
        True,
        (
            "159.5(c) asks only that the relative be in Canada with a referred claim.",
            "L’al. 159.5c) exige seulement un membre de la famille au Canada dont la demande est déférée.",
        ),
        "IRPR 159.5(c)",
    ),
    (
        False,
        (
            "Each member is assessed alone; members who arrive together are examined together.",
            "Chaque membre est évalué seul; les membres arrivés ensemble sont examinés ensemble.",
        ),
        "IRCC manual; 2014 FC 431",
    ),
    established=False,
)
