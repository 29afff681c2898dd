"""69 FR 69480 and 69 FR 69490 (2004): the threshold screening, its exceptions, and the courts."""

from datetime import date

from safethird.expr import all_of, any_of, cite
from safethird.law.facts import journey, papers, person, points_us, relatives, united_states
from safethird.law.pact import Add, Amendment
from safethird.law.united_states.draft import cfr
from safethird.law.united_states.family import LISTED, parent_in_either_country, relative_in_the_us

FROM_CANADA = journey.came_from.is_("CAN")
IN_COURT = united_states.forum.is_("immigration_court")
TRANSIT = journey.entry.is_("transit_canada_removal")
AT_LAND_PORT = all_of(
    journey.entry.one_of("land_port", "train") | journey.entry.is_("ferry") & points_us.us_ferry,
    ~journey.port_closed,
    ~journey.claimed_inland,
)
REACHED = FROM_CANADA & cite("8 CFR 208.30(e)(6)") & ~cite("INA 208(a)(2)(E)")
LIFTED = any_of(
    cite("8 CFR 208.30(e)(6)(iii)") & cite("8 CFR 208.30(e)(6)(iii)(*)"),
    cite("8 CFR 1240.11(g)(3)"),
    cite("8 CFR 208.30(b)"),
    TRANSIT & united_states.public_interest & points_us.us_transit_public_interest,
    all_of(
        TRANSIT,
        person.nationality.has("STATELESS") & united_states.habitual_residence_canada | person.nationality.has("CAN"),
        ~points_us.us_stateless_transit,
    ),
)
BARRED = cite("8 CFR 208.30(e)(6)(i)") | cite("8 CFR 1240.11(g)(2)")
UNMARRIED_MINOR = person.age.under(18).unless(united_states.married)

_LAWFUL = ("usc", "lpr", "asylee", "refugee", "tps", "f1", "h1b", "j1", "l1", "h4", "us_other_lawful")
_UNCLEAR = ("deferred_action", "parolee", "withholding_of_removal")
_PENDING = ("pending_uscis", "pending_eoir", "federal_appeal")
_ADMISSION = (
    "us_b1b2_visa", "us_f1_visa", "us_h1b_visa", "us_immigrant_visa", "us_k1_visa", "us_j1_visa", "us_green_card",
    "us_advance_parole", "us_parole", "us_refugee_travel_document", "us_reentry_permit", "us_border_crossing_card",
)  # fmt: skip

_screening = (
    cfr(
        "208.30(e)(6)",
        AT_LAND_PORT | TRANSIT,
        "The Agreement reaches a person arriving at a land border port of entry with Canada, or in transit "
        "while being removed "
        "by Canada.",
        "L’Entente vise la personne arrivant à un point d’entrée terrestre avec le Canada, ou en transit "
        "pendant un renvoi par "
        "le Canada.",
        role="scope",
        treaty="Agreement art. 4(1)",
        related=("Agreement art. 5(a)",),
    ),
    cfr(
        "208.30(e)(6)(i)",
        REACHED.unless(LIFTED).unless(IN_COURT),
        "No exception established: not eligible to apply for asylum, removed to Canada to claim there. This covers "
        "withholding of removal and torture protection too. A supervisor must agree.",
        "Aucune exception établie : la personne ne peut demander l’asile et est renvoyée au Canada pour l’y demander. "
        "Cela vaut aussi pour la suspension de renvoi et la protection contre la torture. "
        "L’accord d’un superviseur est requis.",
        role="ground",
        treaty="Agreement art. 4(1)",
        related=("8 CFR 208.4(a)(6)", "INA 208(a)(2)(A)"),
    ),
    cfr(
        "208.30(e)(6)(ii)",
        (REACHED & LIFTED).unless(IN_COURT),
        "An exception established by a preponderance of the evidence is noted in writing; credible-fear "
        "screening follows.",
        "L’exception établie selon la prépondérance de la preuve est consignée; l’examen de la crainte crédible suit.",
        role="consequence",
        treaty="Statement of Principles 3",
    ),
    cfr(
        "208.30(e)(6)(iii)",
        ~TRANSIT,
        "The lettered exceptions are open only to a person who is not in transit under a removal by Canada.",
        "Les exceptions ne valent que pour la personne qui n’est pas en transit lors d’un renvoi par le Canada.",
        role="scope",
        treaty="Agreement art. 5(a)",
    ),
    cfr(
        "208.30(d)",
        None,
        "The interview is not adversarial and apart from the public; it may be postponed; an interpreter is provided; "
        "a person of choice may attend; the officer explains the exceptions "
        "and asks about "
        "each; the summary is read back.",
        "L’entrevue n’est pas contradictoire et se tient à huis clos; "
        "elle peut être reportée; un interprète est fourni; "
        "une personne de son choix peut y assister; l’agent explique les "
        "exceptions et pose des "
        "questions sur chacune; le résumé est relu.",
        role="duty",
        treaty="Statement of Principles 1",
    ),
    cfr(
        "208.4(a)(6)",
        None,
        "Officers apply the statutory bar only through 208.30(e).",
        "Les agents n’appliquent l’irrecevabilité que par 208.30(e).",
        role="duty",
    ),
    cfr(
        "235.3(b)(4)",
        None,
        "On any expression of fear the officer stops and refers the person to an asylum officer.",
        "À toute expression de crainte, l’agent s’arrête et renvoie la personne à un agent d’asile.",
        role="duty",
    ),
    cfr(
        "212.5(e)(2)(iii)",
        TRANSIT & FROM_CANADA,
        "Parole for transit ends on notice when the person voices fear or a wish for asylum; "
        "they are treated as arriving.",
        "L’autorisation de transit prend fin par avis quand la personne exprime une crainte ou veut l’asile; "
        "elle est traitée "
        "comme arrivante.",
        role="consequence",
        treaty="Agreement art. 5(a)",
    ),
)
_exceptions = (
    cfr(
        "208.30(e)(6)(iii) relatives",
        LISTED,
        "Relatives: spouse, son, daughter, parent, legal guardian, sibling, grandparent, grandchild, aunt, "
        "uncle, niece, "
        "nephew.",
        "Membres de la famille : époux, fils, fille, parent, tuteur légal, frère ou sœur, grand-parent, "
        "petit-enfant, tante, "
        "oncle, nièce, neveu.",
        treaty="Agreement art. 1(1)",
    ),
    cfr(
        "208.30(e)(6)(iii)(A)",
        person.nationality.has("CAN") | person.nationality.has("STATELESS") & united_states.habitual_residence_canada,
        "A citizen of Canada, or a person without nationality who habitually resides in Canada.",
        "Citoyen canadien, ou personne sans nationalité résidant habituellement au Canada.",
        role="exception",
        treaty="Agreement art. 2",
    ),
    cfr(
        "208.30(e)(6)(iii)(B)",
        relative_in_the_us(
            relatives.status.one_of(*_LAWFUL) | relatives.status.one_of(*_UNCLEAR) & points_us.us_other_status
        ),
        "A listed relative in the United States holds asylum, refugee or other lawful status, not as a visitor "
        "only. No age "
        "limit for the relative. Common-law partners, cousins and in-laws are not listed.",
        "Un des membres de la famille énumérés, présent aux États-Unis, a l’asile, "
        "la qualité de réfugié ou un autre statut "
        "légal, autre que "
        "visiteur. Sans limite d’âge. Conjoints de fait, cousins et belle-famille n’y sont pas.",
        role="exception",
        treaty="Agreement art. 4(2)(a)",
        related=("8 CFR 208.30(e)(6)(iv)",),
    ),
    cfr(
        "208.30(e)(6)(iii)(C)",
        relative_in_the_us(relatives.relative_age.at_least(18), relatives.claim.one_of(*_PENDING)),
        "A listed relative in the United States, at least 18, has an asylum application pending, also on "
        "appeal in a federal "
        "court.",
        "Un des membres de la famille énumérés, présent aux États-Unis, d’au moins 18 ans, "
        "a une demande d’asile en instance, "
        "y compris en "
        "appel devant une cour fédérale.",
        role="exception",
        treaty="Agreement art. 4(2)(b)",
    ),
    cfr(
        "208.30(e)(6)(iii)(D)",
        UNMARRIED_MINOR.unless(person.accompanied_by_parent) & ~parent_in_either_country(),
        "Unmarried, under 18, and with no parent or legal guardian in Canada or the United States.",
        "Non marié, moins de 18 ans, sans parent ni tuteur légal au Canada ou aux États-Unis.",
        role="exception",
        treaty="Agreement art. 4(2)(c)",
    ),
    cfr(
        "208.30(e)(6)(iii)(E)",
        papers.documents.has(*_ADMISSION) | papers.visa_required_canada.unless(papers.visa_required_us),
        "Arrived with a valid US visa or other US admission document, not for transit; or needed a visa for "
        "Canada and none "
        "for the United States.",
        "Arrivée avec un visa ou autre document d’admission américain valide, hors transit; ou visa requis "
        "pour le Canada mais "
        "non pour les États-Unis.",
        role="exception",
        treaty="Agreement art. 4(2)(d)",
    ),
    cfr(
        "208.30(e)(6)(iii)(F)",
        united_states.public_interest.unless(IN_COURT),
        "USCIS has found, in its unreviewable discretion, that letting the person apply is in the public interest.",
        "L’USCIS a jugé, dans l’exercice d’un pouvoir discrétionnaire sans contrôle possible, que l’intérêt "
        "public le justifie.",
        role="exception",
        treaty="Agreement art. 6",
    ),
    cfr(
        "208.30(e)(6)(iv)",
        relatives.tie.is_("legal_guardian") & UNMARRIED_MINOR,
        "A legal guardian counts only for a person who is unmarried and under 18.",
        "Le tuteur légal ne compte que pour une personne non mariée de moins de 18 ans.",
        treaty="Agreement art. 1(1)",
    ),
    cfr(
        "208.30(b)",
        united_states.principal_excepted & points_us.us_dependants,
        "Whether a spouse’s or parent’s exception carries along those who arrived together is not stated.",
        "Rien ne dit si l’exception de l’époux ou du parent profite à ceux qui sont arrivés ensemble.",
        role="exception",
        confidence="low",
        basis="derived",
    ),
)
_court = (
    cfr(
        "1208.4(a)(6)",
        None,
        "Judges consider the bar only for people whom DHS chose to place in section 240 proceedings.",
        "Les juges n’examinent l’irrecevabilité que pour les personnes placées par le DHS en procédure de "
        "l’article 240.",
        role="duty",
    ),
    cfr(
        "1240.11(g)(2)",
        REACHED.unless(LIFTED) & IN_COURT,
        "In court the person is barred unless the judge finds by a preponderance that the Agreement does not "
        "apply or that an "
        "exception is met.",
        "Au tribunal, la demande est irrecevable sauf si le juge conclut, selon la prépondérance, que "
        "l’Entente ne s’applique "
        "pas ou qu’une exception est remplie.",
        role="ground",
        treaty="Agreement art. 4(1)",
    ),
    cfr(
        "1240.11(g)(3)",
        IN_COURT & united_states.dhs_notice,
        "The judge may not touch the public-interest question; a written notice by DHS opens asylum.",
        "Le juge ne touche pas à la question de l’intérêt public; un avis écrit du DHS ouvre l’asile.",
        role="exception",
        treaty="Agreement art. 6",
    ),
    cfr(
        "1240.11(g)(4)",
        cite("8 CFR 1240.11(g)(2)"),
        "A barred person also loses withholding of removal and torture protection here; other relief stays "
        "open. Removal is "
        "to Canada.",
        "La personne perd aussi ici la suspension de renvoi et la protection contre la torture; les autres "
        "recours restent. Le "
        "renvoi est vers le Canada.",
        role="consequence",
        treaty="Agreement art. 3",
    ),
    cfr(
        "1003.42(h)(1)",
        REACHED.unless(IN_COURT),
        "An immigration judge has no say over an officer’s finding that the Agreement bars the claim; where an "
        "exception was "
        "found, a later negative credible-fear finding can be reviewed.",
        "Le juge d’immigration n’a pas compétence sur le constat d’irrecevabilité d’un agent; si une exception "
        "est reconnue, "
        "une décision défavorable sur la crainte crédible peut être révisée.",
        role="consequence",
    ),
    cfr(
        "1003.42(h)(2)",
        TRANSIT & FROM_CANADA,
        "No jurisdiction over returns of people whom Canada was removing in transit.",
        "Aucune compétence sur les retours de personnes renvoyées par le Canada en transit.",
        role="consequence",
    ),
)

FR_2004 = Amendment(
    instrument="69 FR 69480 and 69 FR 69490",
    commences=date(2004, 12, 29),
    enacted=date(2004, 11, 29),
    changes=tuple(Add(p) for p in (*_screening, *_exceptions, *_court)),
    en="The Agreement enters into force: threshold screening at land ports and of people removed by Canada in transit.",
    fr="L’Entente entre en vigueur : filtrage aux points d’entrée terrestres et des personnes renvoyées par le "
    "Canada en "
    "transit.",
)
