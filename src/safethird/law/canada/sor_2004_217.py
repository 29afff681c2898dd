"""Sections 159.1 to 159.7 of the Regulations, SOR/2004-217: the pact enters Canadian law."""

from datetime import date

from safethird.expr import all_of, any_of, cite
from safethird.law.canada.draft import regulation
from safethird.law.canada.family import (
    BY_MARRIAGE,
    HALF_BLOOD,
    KIN,
    SPOUSE,
    family_member_in_canada,
    parent_in_either_country,
)
from safethird.law.facts import claim, journey, papers, person, points, relatives
from safethird.law.pact import Add, Amendment

MORATORIUM = ("BDI", "RWA", "LBR", "AFG", "COD", "IRQ", "HTI", "ZWE")
LAND_PORT = journey.entry.one_of("land_port", "train").unless(cite("IRPR 2 port of entry"))
AWAY_FROM_PORTS = journey.entry.one_of("between_ports", "coast") | cite("IRPR 2 port of entry")
# Whoever was admitted earlier and claims at an inland office does not seek to enter at a port.
INLAND = journey.claimed_inland.unless(LAND_PORT & points.inland_after_land_port)
STATELESS = person.nationality.has("STATELESS")

_definitions = (
    regulation(
        "159.1 family member",
        any_of(
            relatives.tie.one_of(*KIN).unless(cite("IRPR 3(2)")),
            relatives.tie.one_of(*HALF_BLOOD) & points.half_blood,
            relatives.tie.one_of(*BY_MARRIAGE) & points.by_marriage,
            relatives.tie.one_of(*SPOUSE),
            cite("IRPR 1(1) common-law partner"),
            cite("IRPR 159.1 legal guardian"),
        ),
        "Family: spouse or common-law partner, legal guardian, child, parent, brother or sister, grandparent, "
        "grandchild, "
        "uncle or aunt, nephew or niece. Cousins, in-laws and step-relations are not on the list.",
        "Famille : époux ou conjoint de fait, tuteur légal, enfant, père ou mère, frère ou sœur, grand-parent, "
        "petit-enfant, oncle ou tante, neveu ou nièce. Cousins, belle-famille et parenté par remariage n’y sont pas.",
        treaty="Agreement art. 1(1)",
    ),
    regulation(
        "159.1 legal guardian",
        relatives.tie.is_("legal_guardian") & person.age.under(18),
        "A legal guardian counts only for a person under 18: someone with custody, or empowered to act by court order, "
        "written agreement or operation of law.",
        "Le tuteur légal ne compte que pour une personne de moins de 18 ans : garde, ou pouvoir d’agir par ordonnance, "
        "accord écrit ou effet de la loi.",
        treaty="Agreement art. 1(1)",
    ),
    regulation(
        "159.1 United States",
        None,
        "The United States here leaves out Puerto Rico, the Virgin Islands, Guam and the other territories.",
        "Les États-Unis excluent ici Porto Rico, les îles Vierges, Guam et les autres territoires.",
        role="duty",
    ),
)

_scope = (
    regulation(
        "159.2",
        STATELESS & person.habitual_residence_us & journey.came_from.is_("USA"),
        "The bar does not reach a stateless person who comes from the designated country where they habitually "
        "resided.",
        "L’irrecevabilité ne vise pas l’apatride qui arrive du pays désigné où il avait sa résidence habituelle.",
        role="scope",
        treaty="Agreement art. 2",
    ),
    regulation(
        "159.3",
        journey.came_from.is_("USA"),
        "The United States is the designated country.",
        "Les États-Unis sont le pays désigné.",
        role="scope",
        treaty="Agreement art. 4(1)",
        related=("IRPA 102",),
    ),
    regulation(
        "159.4(1)(a)",
        AWAY_FROM_PORTS | INLAND,
        "The bar does not reach a person who seeks to enter at a place that is not a port of entry.",
        "L’irrecevabilité ne vise pas la personne qui cherche à entrer à un lieu autre qu’un point d’entrée.",
        role="scope",
        treaty="Agreement art. 4(1)",
    ),
    regulation(
        "159.4(1)(b)",
        journey.entry.one_of("ferry", "harbour"),
        "The bar does not reach a person who seeks to enter at a harbour, a ferry landing included.",
        "L’irrecevabilité ne vise pas la personne qui cherche à entrer à un port, débarcadère de traversier compris.",
        role="scope",
        treaty="Agreement art. 4(1)",
    ),
    regulation(
        "159.4(1)(c)",
        journey.entry.one_of("airport", "airport_transit_us_removal").unless(cite("IRPR 159.4(2)")),
        "The bar does not reach a person who seeks to enter at an airport, subject to (2).",
        "L’irrecevabilité ne vise pas la personne qui cherche à entrer à un aéroport, sous réserve du par. (2).",
        role="scope",
        treaty="Agreement art. 4(1)",
    ),
    regulation(
        "159.4(2)",
        journey.entry.is_("airport_transit_us_removal") & (~papers.us_claim_decided | points.transit_decided_claim),
        "The bar reaches a person at an airport who is in transit through Canada from the United States while "
        "being removed by it.",
        "L’irrecevabilité vise la personne à un aéroport en transit au Canada depuis les États-Unis pendant un "
        "renvoi par ceux-ci.",
        role="scope",
        treaty="Agreement art. 5(b)",
    ),
    regulation(
        "159.5",
        ~cite("IRPR 159.4(1)(a-c)") & ~cite("IRPR 159.4(2)"),
        "The exceptions of 159.5 are open at places other than those of 159.4(1)(a) to (c); in transit they are "
        "not. The "
        "person must establish one.",
        "Les exceptions de 159.5 valent aux lieux autres que ceux de 159.4(1)a) à c); elles ne valent pas en "
        "transit. La "
        "personne doit en établir une.",
        role="scope",
        treaty="Agreement art. 4(2)",
    ),
    regulation(
        "159.7",
        None,
        "The pact’s rules can be suspended by notice for up to three months at a time, in part by both governments, or "
        "ended.",
        "Les règles du pacte peuvent être suspendues par avis, trois mois au plus à la fois, en partie par les deux "
        "gouvernements, ou prendre fin.",
        role="duty",
        treaty="Agreement art. 10",
    ),
)

_status = relatives.status
_claim = relatives.claim
_REFERRED = _claim.one_of(
    "referred_pending",
    "rejected",
    "rejected_appeal_pending",
    "withdrawn",
    "abandoned",
    "terminated",
    "accepted",
) | (_claim.is_("referred_same_day") & points.same_day_referral)
_PERMIT = _status.one_of(
    "work_permit", "work_permit_206_1_a", "work_permit_206_1_b", "work_permit_invalid_209",
    "study_permit", "study_permit_expired",
)  # fmt: skip

_family_exceptions = (
    regulation(
        "159.5(a)",
        family_member_in_canada(_status.is_("citizen")),
        "A family member in Canada is a Canadian citizen, of any age.",
        "Un membre de la famille au Canada est citoyen canadien, quel que soit son âge.",
        role="exception",
        treaty="Agreement art. 4(2)(a)",
    ),
    regulation(
        "159.5(b)",
        family_member_in_canada(cite("IRPR 159.5(b)(*)")),
        "A family member in Canada is a protected person, a permanent resident, or has removal stayed under R233.",
        "Un membre de la famille au Canada est une personne protégée, un résident permanent, ou vise un sursis "
        "selon R233.",
        role="exception",
        treaty="Agreement art. 4(2)(a)",
    ),
    regulation(
        "159.5(b)(i)",
        _status.is_("protected_person") | _claim.is_("accepted"),
        "They are a protected person.",
        "C’est une personne protégée.",
    ),
    regulation(
        "159.5(b)(ii)",
        _status.is_("permanent_resident"),
        "They are a permanent resident.",
        "C’est un résident permanent.",
    ),
    regulation(
        "159.5(b)(iii)",
        cite("IRPR 233"),
        "Their removal is stayed under R233; a stay under R230, R231 or R232 is not enough.",
        "Leur renvoi est suspendu selon R233; un sursis selon R230, R231 ou R232 ne suffit pas.",
    ),
    regulation(
        "159.5(c)",
        family_member_in_canada(relatives.relative_age.at_least(18), _REFERRED.unless(cite("IRPR 159.5(c)(*)"))),
        "A family member in Canada who is at least 18 has made a refugee claim that was referred to the Board "
        "and has not "
        "ended.",
        "Un membre de la famille au Canada, âgé d’au moins 18 ans, a fait une demande d’asile déférée à la "
        "Commission et "
        "non terminée.",
        role="exception",
        treaty="Agreement art. 4(2)(b)",
    ),
    regulation("159.5(c)(i)", _claim.is_("withdrawn"), "The claim was withdrawn.", "La demande a été retirée."),
    regulation("159.5(c)(ii)", _claim.is_("abandoned"), "The claim was abandoned.", "Il y a eu désistement."),
    regulation(
        "159.5(c)(iii)",
        _claim.one_of("rejected", "rejected_appeal_pending"),
        "The claim was rejected; a pending appeal or review does not help.",
        "La demande a été rejetée; un appel ou contrôle en cours n’y change rien.",
        related=("2008 FC 245",),
    ),
    regulation(
        "159.5(c)(iv)",
        _claim.is_("terminated"),
        "The claim was terminated or nullified under 104(2).",
        "La demande a été interrompue ou annulée selon 104(2).",
    ),
    regulation(
        "159.5(d)",
        family_member_in_canada(relatives.relative_age.at_least(18), _PERMIT.unless(cite("IRPR 159.5(d)(*)"))),
        "A family member in Canada who is at least 18 holds a work or study permit, other than those named.",
        "Un membre de la famille au Canada, âgé d’au moins 18 ans, détient un permis de travail ou d’études, sauf ceux "
        "mentionnés.",
        role="exception",
        treaty="Agreement art. 4(2)(a)",
    ),
    regulation(
        "159.5(d)(i)",
        _status.is_("work_permit_206_1_b") | cite("IRPR 209"),
        "The work permit was issued because a removal order cannot be enforced (206(1)(b), still cited as "
        "206(b)), or is "
        "no longer valid under R209.",
        "Le permis de travail a été délivré parce qu’une mesure de renvoi est inexécutable (206(1)b), encore "
        "cité 206b)) "
        "ou n’est plus valide selon R209.",
    ),
    regulation(
        "159.5(d)(ii)",
        cite("IRPR 222"),
        "The study permit is no longer valid under R222.",
        "Le permis d’études n’est plus valide selon R222.",
    ),
)

_own_exceptions = (
    regulation(
        "159.5(e)",
        all_of(cite("IRPR 159.5(e)(i)"), cite("IRPR 159.5(e)(ii)"), cite("IRPR 159.5(e)(iii)")),
        "The person is an unaccompanied minor: under 18, without mother, father or legal guardian, without spouse or "
        "partner, and with no parent or guardian in Canada or the United States.",
        "La personne est un mineur non accompagné : moins de 18 ans, sans mère, père ni tuteur légal, sans époux ni "
        "conjoint de fait, et sans parent ni tuteur au Canada ou aux États-Unis.",
        role="exception",
        treaty="Agreement art. 4(2)(c)",
    ),
    regulation(
        "159.5(e)(i)",
        person.age.under(18).unless(person.accompanied_by_parent),
        "Under 18 and not with mother, father or legal guardian.",
        "Moins de 18 ans et sans mère, père ni tuteur légal avec elle.",
        related=("Interpretation Act 30",),
    ),
    regulation(
        "159.5(e)(ii)",
        ~person.has_partner,
        "No spouse or common-law partner.",
        "Ni époux ni conjoint de fait.",
    ),
    regulation(
        "159.5(e)(iii)",
        ~parent_in_either_country(),
        "No mother, father or legal guardian in Canada or the United States.",
        "Ni mère, ni père, ni tuteur légal au Canada ou aux États-Unis.",
    ),
    regulation(
        "159.5(f)",
        cite("IRPR 159.5(f)(*)"),
        "The person holds one of the listed Canadian papers, not issued solely for transit.",
        "La personne détient l’un des documents canadiens énumérés, non délivré aux seules fins de transit.",
        role="exception",
        treaty="Agreement art. 4(2)(d)(i)",
    ),
    regulation(
        "159.5(f)(i)",
        papers.documents.has("ca_pr_visa", "ca_trv"),
        "A permanent resident visa or a temporary resident visa.",
        "Un visa de résident permanent ou de résident temporaire.",
        related=("IRPR 243.1",),
    ),
    regulation(
        "159.5(f)(ii)",
        papers.documents.has("ca_trp"),
        "A temporary resident permit.",
        "Un permis de séjour temporaire.",
        related=("IRPR 243.1",),
    ),
    regulation(
        "159.5(f)(iii)",
        papers.documents.has("ca_pr_travel_document"),
        "A travel document for permanent residents under s. 31(3).",
        "Un titre de voyage pour résident permanent selon le par. 31(3).",
    ),
    regulation(
        "159.5(f)(iv)",
        papers.documents.has("ca_refugee_travel_document"),
        "Refugee travel papers issued by the Minister of Foreign Affairs.",
        "Un titre de voyage de réfugié délivré par le ministre des Affaires étrangères.",
        confidence="medium",
        basis="derived",
    ),
    regulation(
        "159.5(f)(v)",
        papers.documents.has("ca_temporary_travel_document"),
        "A temporary travel document under R151.",
        "Un titre de voyage temporaire selon R151.",
    ),
    regulation(
        "159.5(g)",
        all_of(cite("IRPR 159.5(g)(i)"), cite("IRPR 159.5(g)(ii)")),
        "The person may enter Canada without a visa but would need one to enter the United States.",
        "La personne peut entrer au Canada sans visa mais en aurait besoin pour entrer aux États-Unis.",
        role="exception",
        treaty="Agreement art. 4(2)(d)(ii)",
        confidence="medium",
        related=("IRPR 190",),
    ),
    regulation(
        "159.5(g)(i)",
        ~papers.visa_required_canada,
        "No visa is needed for Canada.",
        "Aucun visa requis pour le Canada.",
    ),
    regulation(
        "159.5(g)(ii)",
        papers.visa_required_us,
        "A visa would be needed for the United States.",
        "Un visa serait requis pour les États-Unis.",
    ),
    regulation(
        "159.5(h)",
        cite("IRPR 159.5(h)(*)"),
        "The person is being returned to Canada by the United States.",
        "La personne est renvoyée au Canada par les États-Unis.",
        role="exception",
        treaty="Agreement art. 6",
    ),
    regulation(
        "159.5(h)(i)",
        papers.us_refused_entry,
        "Refused entry to the United States without a refugee claim decided there, and seeking to re-enter Canada.",
        "Entrée refusée aux États-Unis sans décision sur une demande d’asile, et retour au Canada.",
        related=("IRPR 159.01",),
    ),
    regulation(
        "159.5(h)(ii)",
        papers.pr_removed_by_us,
        "A permanent resident of Canada under a US removal order who is being returned.",
        "Résident permanent du Canada visé par un renvoi américain et renvoyé au Canada.",
    ),
    regulation(
        "159.6(a)",
        claim.capital_charge_us,
        "Charged with or convicted of an offence in the United States that is punishable by death there.",
        "Accusation ou condamnation aux États-Unis pour une infraction passible de la peine de mort dans ce pays.",
        role="exception",
        treaty="Agreement art. 6",
    ),
    regulation(
        "159.6(b)",
        claim.capital_charge_elsewhere,
        "Charged with or convicted of an offence in another country that is punishable by death there.",
        "Accusation ou condamnation dans un autre pays pour une infraction passible de la peine de mort dans ce pays.",
        role="exception",
        treaty="Agreement art. 6",
    ),
    regulation(
        "159.6(c)",
        (
            person.nationality.has(*MORATORIUM)
            | STATELESS & person.habitual_residence.one_of(*MORATORIUM) & points.moratorium_stateless
        ).unless(claim.excluded_from_stay & points.moratorium_excluded),
        "The person is a national of a country to which Canada has suspended removals.",
        "La personne est ressortissante d’un pays vers lequel le Canada a suspendu les renvois.",
        role="exception",
        treaty="Agreement art. 6",
        confidence="medium",
        basis="derived",
        related=("IRPR 230(3)",),
    ),
)

SOR_2004_217 = Amendment(
    instrument="SOR/2004-217, s. 2",
    commences=date(2004, 12, 29),
    enacted=date(2004, 10, 12),
    changes=tuple(Add(p) for p in (*_definitions, *_scope, *_family_exceptions, *_own_exceptions)),
    en="The Agreement enters into force: the United States is designated, for land ports of entry and transit "
    "removals.",
    fr="L’Entente entre en vigueur : les États-Unis sont désignés, pour les points d’entrée terrestres et les "
    "renvois en "
    "transit.",
)
