"""Papers held, visas needed, and what the United States did."""

from safethird.law.facts.declare import declare

LISTED = {
    "ca_pr_visa": ("permanent resident visa", "visa de résident permanent"),
    "ca_trv": ("Canadian visitor visa (temporary resident visa)", "visa de résident temporaire canadien"),
    "ca_trp": ("temporary resident permit", "permis de séjour temporaire"),
    "ca_pr_travel_document": (
        "travel document for permanent residents, s. 31(3)",
        "titre de voyage pour résident permanent, par. 31(3)",
    ),
    "ca_refugee_travel_document": (
        "refugee travel papers issued by the Minister",
        "titre de voyage de réfugié délivré par le ministre",
    ),
    "ca_temporary_travel_document": ("temporary travel document, R151", "titre de voyage temporaire, R151"),
}
UNLISTED = {
    "ca_trv_transit": ("Canadian transit visa", "visa de transit canadien"),
    "ca_trv_expired": ("expired or cancelled Canadian visa", "visa canadien expiré ou annulé"),
    "ca_eta": ("electronic travel authorization", "autorisation de voyage électronique"),
    "ca_study_permit": ("Canadian study permit", "permis d’études canadien"),
    "ca_work_permit": ("Canadian work permit", "permis de travail canadien"),
    "ca_study_permit_approval_letter": (
        "letter approving a study permit",
        "lettre d’approbation d’un permis d’études",
    ),
    "ca_work_permit_approval_letter": (
        "letter approving a work permit",
        "lettre d’approbation d’un permis de travail",
    ),
    "ca_visitor_record": ("visitor record", "fiche de visiteur"),
    "ca_pr_card": ("permanent resident card", "carte de résident permanent"),
    "ca_confirmation_of_permanent_residence": (
        "confirmation of permanent residence",
        "confirmation de résidence permanente",
    ),
    "ca_invitation_letter": ("invitation letter", "lettre d’invitation"),
    "us_b1b2_visa": ("US visitor visa", "visa de visiteur américain"),
    "us_f1_visa": ("US student visa", "visa d’étudiant américain"),
    "us_h1b_visa": ("US work visa", "visa de travail américain"),
    "us_immigrant_visa": ("US immigrant visa", "visa d’immigrant américain"),
    "us_k1_visa": ("US fiancé visa", "visa de fiancé américain"),
    "us_j1_visa": ("US exchange visa", "visa d’échange américain"),
    "us_transit_visa": ("US transit visa", "visa de transit américain"),
    "us_visa_expired": ("expired or cancelled US visa", "visa américain expiré ou annulé"),
    "us_esta": ("US travel authorization (ESTA)", "autorisation de voyage américaine (ESTA)"),
    "us_green_card": ("US permanent resident card", "carte de résident permanent américaine"),
    "us_advance_parole": ("US advance parole", "autorisation américaine de retour (advance parole)"),
    "us_parole": ("US parole document", "document américain de parole"),
    "us_refugee_travel_document": ("US refugee travel document", "titre de voyage de réfugié américain"),
    "us_reentry_permit": ("US re-entry permit", "permis de rentrée américain"),
    "us_border_crossing_card": ("US border crossing card", "carte américaine de passage frontalier"),
    "us_i94": ("US arrival record (I-94)", "fiche d’arrivée américaine (I-94)"),
    "us_ead": ("US work authorization card", "carte d’autorisation d’emploi américaine"),
    "passport": ("passport", "passeport"),
    "national_id": ("national identity card", "carte d’identité nationale"),
    "birth_certificate": ("birth certificate", "acte de naissance"),
    "marriage_certificate": ("marriage certificate", "acte de mariage"),
    "foreign_refugee_travel_document": (
        "another country’s refugee travel papers",
        "titre de réfugié d’un autre pays",
    ),
    "other": ("another paper", "autre document"),
}
documents = declare(
    "documents",
    "codes",
    "showable",
    ("Papers held", "Documents détenus"),
    ("Which of these papers does the person hold?", "Lesquels de ces documents la personne détient-elle?"),
    help=("Valid, and not issued only for transit.", "Valides, et non délivrés aux seules fins de transit."),
    evidence=(
        "the paper itself, or the record of its issue",
        "le document lui-même ou la preuve de sa délivrance",
    ),
    provision="IRPR 159.5(f)",
    us_provision="8 CFR 208.30(e)(6)(iii)(E)",
    codes={**LISTED, **UNLISTED},
)
visa_required_canada = declare(
    "visa_required_canada",
    "bool",
    "fixed",
    ("Needs a visa to enter Canada", "A besoin d’un visa pour entrer au Canada"),
    (
        "Would the person need a visa to enter Canada by land that day?",
        "La personne aurait-elle besoin d’un visa pour entrer au Canada par voie terrestre ce jour-là?",
    ),
    provision="IRPR 159.5(g)(i)",
    us_provision="8 CFR 208.30(e)(6)(iii)(E)",
)
visa_required_us = declare(
    "visa_required_us",
    "bool",
    "fixed",
    ("Needs a visa to enter the United States", "A besoin d’un visa pour entrer aux États-Unis"),
    (
        "Would the person need a visa to enter the United States that day?",
        "La personne aurait-elle besoin d’un visa pour entrer aux États-Unis ce jour-là?",
    ),
    provision="IRPR 159.5(g)(ii)",
    us_provision="8 CFR 208.30(e)(6)(iii)(E)",
)
us_refused_entry = declare(
    "us_refused_entry_without_claim_decision",
    "bool",
    "showable",
    (
        "Refused entry by the United States without a claim decided there, and coming back",
        "Entrée refusée par les États-Unis sans décision sur une demande d’asile, et retour",
    ),
    (
        "Does the person come back to Canada because the United States refused entry, with no refugee claim decided "
        "there?",
        "La personne revient-elle au Canada parce que les États-Unis lui ont refusé l’entrée, sans décision sur une "
        "demande d’asile là-bas?",
    ),
    evidence=(
        "US refusal papers, withdrawal of application",
        "documents de refus américains, retrait de demande",
    ),
    provision="IRPR 159.5(h)(i)",
)
pr_removed_by_us = declare(
    "pr_of_canada_removed_by_us",
    "bool",
    "showable",
    (
        "Permanent resident of Canada ordered removed by the United States and returned",
        "Résident permanent du Canada visé par un renvoi américain et renvoyé au Canada",
    ),
    (
        "Is the person a permanent resident of Canada who is being returned under a US removal order?",
        "La personne est-elle un résident permanent du Canada renvoyé en vertu d’une mesure de renvoi américaine?",
    ),
    evidence=(
        "permanent resident card, US removal order",
        "carte de résident permanent, mesure de renvoi américaine",
    ),
    provision="IRPR 159.5(h)(ii)",
)
us_claim_decided = declare(
    "us_claim_decided",
    "bool",
    "showable",
    ("Refugee claim decided by the United States", "Demande d’asile tranchée par les États-Unis"),
    (
        "Has the United States decided a refugee claim of this person?",
        "Les États-Unis ont-ils tranché une demande d’asile de cette personne?",
    ),
    evidence=("US decision", "décision américaine"),
    provision="IRPR 159.4(2)",
)
