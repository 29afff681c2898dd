"""A relative of the claimant: every fact here is read inside ``some_relative(…)``."""

from safethird.law.facts.declare import declare

STATUSES = {
    "citizen": ("Canadian citizen", "citoyen canadien"),
    "permanent_resident": ("permanent resident of Canada", "résident permanent du Canada"),
    "protected_person": ("protected person", "personne protégée"),
    "r233_stay": (
        "removal stayed on approval in principle (R233)",
        "sursis au renvoi, approbation de principe (R233)",
    ),
    "r230_stay": (
        "removal stayed by a moratorium (R230)",
        "sursis au renvoi en raison d’un moratoire (R230)",
    ),
    "r231_stay": (
        "removal stayed pending judicial review (R231)",
        "sursis pendant le contrôle judiciaire (R231)",
    ),
    "r232_stay": (
        "removal stayed pending a risk assessment (R232)",
        "sursis pendant l’examen des risques (R232)",
    ),
    "refugee_claimant": ("refugee claimant", "demandeur d’asile"),
    "work_permit": ("work permit", "permis de travail"),
    "work_permit_206_1_a": (
        "work permit of a claimant, 206(1)(a)",
        "permis de travail de demandeur, 206(1)a)",
    ),
    "work_permit_206_1_b": (
        "work permit under an unenforceable removal order, 206(1)(b)",
        "permis de travail d’une personne visée par une mesure de renvoi inexécutable, 206(1)b)",
    ),
    "work_permit_invalid_209": (
        "work permit no longer valid (R209)",
        "permis de travail devenu invalide (R209)",
    ),
    "study_permit": ("study permit", "permis d’études"),
    "study_permit_expired": ("study permit no longer valid (R222)", "permis d’études devenu invalide (R222)"),
    "temporary_resident_permit": ("temporary resident permit", "permis de séjour temporaire"),
    "visitor": ("visitor", "visiteur"),
    "prra_applicant": (
        "applicant for a pre-removal risk assessment",
        "demandeur d’examen des risques avant renvoi",
    ),
    "ineligible_claimant": ("claimant found ineligible", "demandeur dont la demande est irrecevable"),
    "none": ("no status", "sans statut"),
    "usc": ("US citizen", "citoyen américain"),
    "lpr": ("US permanent resident", "résident permanent des États-Unis"),
    "asylee": ("granted US asylum", "asile accordé aux États-Unis"),
    "refugee": ("admitted to the US as a refugee", "admis aux États-Unis comme réfugié"),
    "tps": ("US temporary protected status", "statut de protection temporaire américain"),
    "f1": ("US student", "étudiant aux États-Unis"),
    "h1b": ("US worker", "travailleur aux États-Unis"),
    "b2": ("US visitor", "visiteur aux États-Unis"),
    "vwp": ("US visitor under the waiver programme", "visiteur aux États-Unis sans visa"),
    "asylum_pending": ("US asylum application pending", "demande d’asile américaine en instance"),
    "deferred_action": ("US deferred action", "mesure différée aux États-Unis"),
    "withholding_of_removal": (
        "US withholding of removal",
        "suspension de renvoi aux États-Unis (withholding)",
    ),
    "us_other_lawful": ("another lawful US status", "autre statut légal aux États-Unis"),
    "j1": ("US exchange visitor", "visiteur d’échange aux États-Unis"),
    "l1": ("US transferee", "muté intra-entreprise aux États-Unis"),
    "h4": ("US dependant of a worker", "personne à charge d’un travailleur aux États-Unis"),
    "parolee": ("US parole", "admis aux États-Unis au titre d’une « parole »"),
}
# Each country's own statuses; "none" is either's.
OF_THE_US = (
    "usc", "lpr", "asylee", "refugee", "tps", "f1", "h1b", "j1", "l1", "h4", "us_other_lawful", "b2", "vwp",
    "asylum_pending", "deferred_action", "withholding_of_removal", "parolee",
)  # fmt: skip
OF_CANADA = tuple(code for code in STATUSES if code not in (*OF_THE_US, "none"))
CLAIMS = {
    "none": ("no claim", "aucune demande"),
    "referred_pending": ("referred to the Board, undecided", "déférée à la Commission, en instance"),
    "referred_same_day": ("referred the same day", "déférée le même jour"),
    "not_yet_referred": ("made, not yet referred", "présentée, pas encore déférée"),
    "rejected": ("rejected", "rejetée"),
    "rejected_appeal_pending": ("rejected, appeal or review pending", "rejetée, appel ou contrôle en cours"),
    "withdrawn": ("withdrawn", "retirée"),
    "abandoned": ("abandoned", "abandonnée (désistement)"),
    "terminated": ("terminated or nullified, 104(2)", "interrompue ou annulée, 104(2)"),
    "ineligible": ("ineligible", "irrecevable"),
    "accepted": ("accepted", "accueillie"),
    "pending_uscis": ("pending before USCIS", "en instance devant l’USCIS"),
    "pending_eoir": (
        "pending in US immigration court",
        "en instance devant un tribunal d’immigration américain",
    ),
    "federal_appeal": ("on appeal in a US federal court", "en appel devant une cour fédérale américaine"),
    "final_denial": ("finally denied", "refusée définitivement"),
}
US_CLAIMS = ("pending_uscis", "pending_eoir", "federal_appeal", "final_denial")
CANADA_CLAIMS = ("referred_pending", "referred_same_day", "not_yet_referred", "rejected_appeal_pending")
_CIVIL = (
    "birth, marriage or adoption records, photographs, statements of both; credible testimony can be enough",
    "actes de naissance, de mariage ou d’adoption, photos, déclarations des deux; un témoignage crédible peut suffire",
)
_STATUS = (
    "status card, permit, decision letter, citizenship certificate, or a call that lets the officer check",
    "carte de statut, permis, lettre de décision, certificat de citoyenneté, ou appel permettant à l’agent de vérifier",
)

tie = declare(
    "relative.relation",
    "code",
    "fixed",
    ("Relative", "Membre de la parenté"),
    ("What is this person to the claimant?", "Quel est le lien de cette personne avec le demandeur?"),
    provision="IRPR 159.1",
    us_provision="8 CFR 208.30(e)(6)(iii) relatives",
)
shown = declare(
    "relative.proven",
    "bool",
    "showable",
    ("Tie and status can be shown", "Lien et statut pouvant être établis"),
    (
        "Can the tie to this relative and the relative’s status be shown (papers, or credible testimony)?",
        "Peut-on établir le lien avec cette personne et son statut (documents, ou témoignage crédible)?",
    ),
    evidence=_CIVIL,
    provision="IRPR 159.5",
    us_provision="8 CFR 208.30(e)(6)(ii)",
    unshown=False,
)
location = declare(
    "relative.location",
    "code",
    "showable",
    ("Where the relative is", "Lieu où se trouve cette personne"),
    (
        "In which country is this relative on the day of the claim?",
        "Dans quel pays se trouve cette personne le jour de la demande?",
    ),
    evidence=(
        "lease, pay slip, telephone call, statement",
        "bail, bulletin de paie, appel téléphonique, déclaration",
    ),
    provision="IRPR 159.5",
    us_provision="8 CFR 208.30(e)(6)(iii)(B)",
)
status = declare(
    "relative.status",
    "code",
    "showable",
    ("The relative’s status", "Statut de cette personne"),
    ("What status does this relative hold?", "Quel est le statut de cette personne?"),
    evidence=_STATUS,
    provision="IRPR 159.5",
    us_provision="8 CFR 208.30(e)(6)(iii)(B)",
    codes=STATUSES,
)
claim = declare(
    "relative.claim_status",
    "code",
    "showable",
    ("The relative’s own asylum claim", "Demande d’asile de cette personne"),
    (
        "Where does this relative’s own asylum claim stand?",
        "Où en est la demande d’asile de cette personne?",
    ),
    evidence=("notice of referral, hearing notice", "avis de déféré, avis de convocation"),
    provision="IRPR 159.5(c)",
    us_provision="8 CFR 208.30(e)(6)(iii)(C)",
    codes=CLAIMS,
)
relative_age = declare(
    "relative.age",
    "number",
    "showable",
    ("The relative’s age", "Âge de cette personne"),
    (
        "How old is this relative on the day of the claim?",
        "Quel âge cette personne a-t-elle le jour de la demande?",
    ),
    evidence=("identity paper, birth record", "pièce d’identité, acte de naissance"),
    provision="IRPR 159.5(c)",
    us_provision="8 CFR 208.30(e)(6)(iii)(C)",
)
common_law_year = declare(
    "relative.common_law_year",
    "bool",
    "showable",
    (
        "A year together as a couple (or kept apart by persecution)",
        "Un an de vie commune (ou empêchée par la persécution)",
    ),
    (
        "Have they lived together as a couple for at least a year, or been a couple that long but kept from living "
        "together by persecution or penal control?",
        "Ont-ils vécu ensemble comme couple au moins un an, ou formé un couple aussi longtemps sans pouvoir vivre "
        "ensemble en raison de persécution ou de mesures pénales?",
    ),
    evidence=("lease, bills, statements", "bail, factures, déclarations"),
    provision="IRPR 1(1)",
    field="relative.year_together",
)
adoption_incomplete = declare(
    "relative.adoption_incomplete",
    "bool",
    "showable",
    ("Adoption that left the old tie in place", "Adoption n’ayant pas rompu l’ancien lien"),
    (
        "If the tie comes from an adoption, did the adoption leave the earlier parent-child tie in place?",
        "Si le lien vient d’une adoption, celle-ci a-t-elle laissé subsister l’ancien lien de filiation?",
    ),
    evidence=("adoption judgment", "jugement d’adoption"),
    provision="IRPR 3(2)",
    unshown=False,
    field="relative.adopted",
)
