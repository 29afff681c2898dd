"""Immigration and Refugee Protection Act, S.C. 2001, c. 27, as it first stood."""

from datetime import date

from safethird.expr import Expr, all_of, any_of, cite
from safethird.law.canada.draft import act
from safethird.law.facts import claim, person, points
from safethird.law.pact import Add, Amendment

_NEVER_DECIDED = cite("IRPA 99(3)") | cite("IRPR 41(d)")


def found(label: str) -> Expr:
    """A ground on which the claim is found ineligible: not where no eligibility is decided at all."""
    return cite(label).unless(_NEVER_DECIDED)


ONLY_E = found("IRPA 101(1)(e)").unless(
    any_of(*(cite(f"IRPA 101(1)({x})") for x in ("a", "b", "b.1", "b.2", "c", "c.1", "d", "f")))
)
INELIGIBLE = found("IRPA 101(1)(*)")
ELIGIBLE = ~(cite("IRPA 101(1)(*)") | _NEVER_DECIDED)

# At a port any paragraph of 159.5 helps; under 159.4(1.1) only the drafter's range (a) to (h).
_FAMILY_AND_PAPERS = cite("IRPR 159.5") & (
    cite("IRPR 159.5(*)").unless(cite("IRPR 159.4(1.1)")) | cite("IRPR 159.4(1.1)") & cite("IRPR 159.5(a-h)")
)
LIFTED = _FAMILY_AND_PAPERS | cite("IRPR 159.6(*)")
_OWN_COUNTRY = person.nationality.has("USA") | all_of(
    person.habitual_residence_us, ~person.nationality.has("STATELESS"), points.long_residents
)
# What the Agreement reaches before any exception is tried.
REACHED = all_of(cite("IRPR 159.3"), ~_OWN_COUNTRY, ~cite("IRPR 159.2"), ~cite("IRPR 159.4(1)(a-c)"))

_claiming = (
    act(
        "99(3)",
        person.removal_order,
        "A person under a removal order cannot make a claim inside Canada.",
        "La personne visée par une mesure de renvoi ne peut demander l’asile au Canada.",
        role="claim",
    ),
    act(
        "100(1)",
        ELIGIBLE,
        "The officer decides within three working days whether the claim is eligible and refers it to the Board. "
        "After that it counts as referred, unless it has been suspended or found ineligible.",
        "L’agent statue sur la recevabilité dans les trois jours ouvrables et défère la demande à la Commission. "
        "Passé ce délai, elle est réputée déférée, sauf suspension ou constat d’irrecevabilité.",
        role="consequence",
        related=("IRPR 159",),
    ),
    act(
        "100(2)",
        None,
        "The eligibility decision waits while a hearing on serious inadmissibility, or a charge carrying ten years or "
        "more, is pending.",
        "L’étude de la recevabilité est suspendue pendant une enquête pour motif grave ou une accusation "
        "d’infraction passible d’au "
        "moins dix ans.",
        role="duty",
    ),
    act(
        "100(4)",
        None,
        "The claimant must prove that the claim is eligible and answer all questions truthfully.",
        "Il incombe au demandeur de prouver la recevabilité et de répondre véridiquement à toutes les questions.",
        role="duty",
    ),
)

_grounds = (
    act(
        "101(1)(a)",
        claim.protected,
        "The person already holds refugee protection in Canada.",
        "L’asile a déjà été conféré à la personne au Canada.",
        role="ground",
    ),
    act(
        "101(1)(b)",
        claim.prior_claims.has("rejected"),
        "The Board has rejected an earlier claim of the person.",
        "La Commission a rejeté une demande antérieure de la personne.",
        role="ground",
    ),
    act(
        "101(1)(c)",
        claim.prior_claims.has("ineligible_other", "withdrawn", "abandoned")
        | claim.prior_claims.has("ineligible_e").unless(cite("IRPR 159.01")),
        "An earlier claim of the person was ineligible, withdrawn or abandoned.",
        "Une demande antérieure de la personne a été jugée irrecevable, retirée ou abandonnée.",
        role="ground",
    ),
    act(
        "101(1)(d)",
        claim.recognised_elsewhere.unless(claim.cannot_return_there),
        "Another country has recognised the person as a refugee and the person can be sent or returned there.",
        "Un autre pays a reconnu à la personne la qualité de réfugié et elle peut y être renvoyée.",
        role="ground",
    ),
    act(
        "101(1)(e)",
        REACHED.unless(LIFTED),
        "The person came, directly or not, from a designated country that is not a country of their nationality or "
        "former habitual residence, and no regulation lifts this.",
        "La personne arrive, directement ou non, d’un pays désigné autre que celui de sa nationalité ou de son "
        "ancienne "
        "résidence habituelle, et aucun règlement n’y fait exception.",
        role="ground",
        treaty="Agreement art. 4(1)",
        related=("IRPA 102",),
    ),
    act(
        "101(1)(f)",
        claim.inadmissible.one_of("security", "rights_violation", "organised_criminality", "unspecified")
        | cite("IRPA 101(2)"),
        "The person has been determined to be inadmissible for security, violating human or international rights, "
        "serious criminality or organised criminality (not where only paragraph 35(1)(c) applies).",
        "La personne a été déclarée interdite de territoire pour raison de sécurité, atteinte aux droits humains ou "
        "internationaux, grande criminalité ou criminalité organisée (sauf si seul l’alinéa 35(1)c) s’applique).",
        role="ground",
    ),
    act(
        "101(2)",
        claim.inadmissible.is_("serious_criminality")
        & (
            claim.conviction.is_("canada_10_years") & claim.sentence_two_years
            | claim.conviction.is_("abroad_10_years") & claim.danger_opinion
        ),
        "Serious criminality counts only with a conviction in Canada for an offence with a maximum of ten years "
        "or more "
        "and a sentence of two years or more, or a matching conviction abroad and a ministerial opinion of danger.",
        "La grande criminalité ne compte qu’avec une condamnation au Canada pour une infraction passible d’au "
        "moins dix "
        "ans et une peine d’au moins deux ans, ou une condamnation équivalente à l’étranger et un avis de danger.",
    ),
    act(
        "95(2)",
        None,
        "A protected person is one on whom refugee protection was conferred and whose claim or application has "
        "not been "
        "vacated or ended.",
        "La personne protégée est celle à qui l’asile a été conféré, sans annulation ni perte ultérieure.",
        role="duty",
    ),
    act(
        "24, 25",
        None,
        "Outside the pact there remain temporary resident permits and humanitarian requests: discretion, never "
        "computed.",
        "Hors du pacte restent les permis de séjour temporaire et les demandes humanitaires : un pouvoir "
        "discrétionnaire, "
        "jamais calculé.",
        role="duty",
        related=("2023 SCC 17",),
    ),
    act(
        "102",
        ~cite("IRPR 159.3"),
        "Regulations designate countries that comply with the refugee and torture conventions, and the "
        "government keeps "
        "them under review. Paragraph (e) bites only where such a designation covers the country the person came from.",
        "Les règlements désignent les pays qui se conforment aux conventions sur les réfugiés et la torture, et le "
        "gouvernement en assure le suivi. L’alinéa e) ne joue que si le pays de provenance est désigné.",
        role="scope",
        treaty="Agreement preamble",
    ),
)

_after = (
    act(
        "49(2)(a)",
        ONLY_E,
        "Ineligible under (e) alone: the removal order is in force on the day of the decision.",
        "Irrecevable en vertu du seul alinéa e) : la mesure de renvoi prend effet le jour de la décision.",
        role="consequence",
    ),
    act(
        "49(2)(b)",
        INELIGIBLE.unless(ONLY_E),
        "The removal order is in force seven days after the decision that the claim is ineligible.",
        "La mesure de renvoi prend effet sept jours après le constat d’irrecevabilité.",
        role="consequence",
    ),
    act(
        "115(3)",
        found("IRPA 101(1)(e)"),
        "After a decision under (e) the person is sent to the country they came from; to another only if it is "
        "designated or if the first has rejected the claim.",
        "Après une décision fondée sur l’alinéa e), la personne est renvoyée dans le pays d’où elle arrive; dans "
        "un autre "
        "seulement s’il est désigné ou si le premier a rejeté la demande.",
        role="consequence",
        treaty="Agreement art. 3",
    ),
    act(
        "112(2)(b)",
        found("IRPA 101(1)(e)"),
        "No pre-removal risk assessment may be asked for where the claim is ineligible under (e).",
        "L’examen des risques avant renvoi ne peut être demandé si la demande est irrecevable au titre de l’alinéa e).",
        role="consequence",
    ),
    act(
        "112(1)",
        INELIGIBLE.unless(cite("IRPA 101(1)(e)") | cite("IRPA 101(1)(a)")),
        "The person may ask for a pre-removal risk assessment before removal, subject to other bars of section 112.",
        "La personne peut demander un examen des risques avant renvoi, sous réserve des autres restrictions de "
        "l’art. 112.",
        role="consequence",
    ),
    act(
        "49(2)",
        ELIGIBLE,
        "A claimant’s removal order is conditional while the claim goes on.",
        "La mesure de renvoi visant un demandeur est conditionnelle tant que la demande suit son cours.",
        role="consequence",
    ),
    act(
        "72(2)(b)",
        INELIGIBLE,
        "The decision can be challenged in the Federal Court with leave, asked for within 15 days; removal does "
        "not stop "
        "by itself.",
        "La décision peut être contestée devant la Cour fédérale avec autorisation, à demander dans les 15 jours; le "
        "renvoi n’est pas suspendu d’office.",
        role="consequence",
    ),
    act(
        "101(1)(c) later claims",
        INELIGIBLE,
        "A claim made later will usually be barred by (c), because this one was ineligible.",
        "Une demande présentée plus tard sera d’ordinaire irrecevable selon l’alinéa c), celle-ci l’ayant été.",
        role="consequence",
        related=("IRPR 159.01",),
    ),
)

SC_2001_27 = Amendment(
    instrument="S.C. 2001, c. 27",
    commences=date(2002, 6, 28),
    changes=tuple(Add(p) for p in (*_claiming, *_grounds, *_after)),
    en="The Act. No country is designated, so paragraph (e) does not yet bite.",
    fr="La Loi. Aucun pays n’est désigné; l’alinéa e) ne joue donc pas encore.",
    confidence="high",
    basis="recalled",
)
