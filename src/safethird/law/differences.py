"""Where the two sides carry one agreement out differently: a row to a topic, with one person on whom it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safethird.law.facts.declare import Words

Raw = dict[str, Any]
DAY = "2024-06-01"


@dataclass(frozen=True, slots=True)
class SideDifference:
    """One topic as each side has it.

    ``example`` is one person twice, in the form of a case file: on the way to Canada, and the mirror image on the way
    to the United States; ``results`` are the two pact results. Both are ``None`` where no pact result can show the
    row. ``note`` says what is peculiar about an example.
    """

    topic: Words
    canada: Words
    united_states: Words
    canada_labels: tuple[str, ...]
    us_labels: tuple[str, ...]
    example: tuple[Raw, Raw] | None = None
    results: tuple[str, str] | None = None
    note: Words | None = None


def _to_canada(*relatives: Raw, **facts: Any) -> Raw:
    return _case("canada", "USA", relatives, facts)


def _to_the_us(*relatives: Raw, positions: dict[str, bool] | None = None, **facts: Any) -> Raw:
    return _case("united_states", "CAN", relatives, facts) | ({"positions": positions} if positions else {})


def _case(side: str, came_from: str, relatives: tuple[Raw, ...], facts: dict[str, Any]) -> Raw:
    usual = {
        "claim_date": DAY, "came_from": came_from, "mode": "land_port", "nationality": ["COL"], "age": 30,
        "marital_status": "single", "visa_required_canada": True, "visa_required_us": True,
    }  # fmt: skip
    return {
        "side": side, "kind": "derived", "facts": {**usual, **facts},
        "relatives": [{"age": 40, "proven": "yes", **relative} for relative in relatives],
    }  # fmt: skip


DIFFERENCES: tuple[SideDifference, ...] = (
    SideDifference(
        Words("Window after crossing between ports", "Délai après un passage hors des points d’entrée"),
        Words(
            "fewer than 14 days after the day of entry: days 0 to 13",
            "moins de 14 jours après le jour de l’entrée : jours 0 à 13",
        ),
        Words("within 14 days after the crossing: days 0 to 14", "dans les 14 jours suivant le passage : jours 0 à 14"),
        ("IRPR 159.4(1.1)",),
        ("8 CFR 208.30(e)(6)",),
        (
            _to_canada(mode="between_ports", entry_date="2024-05-18"),
            _to_the_us(mode="between_ports", entry_date="2024-05-18", positions={"us_day_fourteen": True}),
        ),
        ("outside", "bar"),
        Words(
            "Day 14, counted in the ordinary way; no US rule on counting was found.",
            "Jour 14, selon le calcul ordinaire; aucune règle américaine de calcul n’a été trouvée.",
        ),
    ),
    SideDifference(
        Words("Own nationals and residents", "Ressortissants et résidents de l’autre pays"),
        Words(
            "US nationals are outside by the Act, stateless residents of the United States by 159.2",
            "la Loi ne vise pas les Américains, ni 159.2 les apatrides résidant aux États-Unis",
        ),
        Words(
            "Canadian citizens and stateless residents of Canada come under exception (A)",
            "les Canadiens et les apatrides résidant au Canada relèvent de l’exception (A)",
        ),
        ("IRPA 101(1)(e)", "IRPR 159.2"),
        ("8 CFR 208.30(e)(6)(iii)(A)",),
        (_to_canada(nationality=["USA"]), _to_the_us(nationality=["CAN"])),
        ("outside", "exception"),
    ),
    SideDifference(
        Words("Who is family", "Qui est de la famille"),
        Words("the list of the Agreement and common-law partners", "la liste de l’Entente et les conjoints de fait"),
        Words("spouses only, no common-law partners", "les époux seulement, sans conjoints de fait"),
        ("IRPR 159.1 family member", "IRPR 1(1) common-law partner"),
        ("8 CFR 208.30(e)(6)(iii)(B)",),
        (
            _to_canada(
                {"relation": "common_law_partner", "location": "CAN", "status": "citizen", "cohabited_months": 24},
                marital_status="common_law",
            ),
            _to_the_us(
                {"relation": "common_law_partner", "location": "USA", "status": "usc", "cohabited_months": 24},
                marital_status="common_law",
            ),
        ),
        ("exception", "bar"),
    ),
    SideDifference(
        Words("Status of the relative", "Statut du membre de la famille"),
        Words(
            "citizen, permanent resident, protected person or R233 stay; a work or study permit only from 18 years on",
            "citoyen, résident permanent, personne protégée ou sursis R233; permis de travail ou d’études dès 18 ans "
            "seulement",
        ),
        Words(
            "any lawful status but a visitor’s, at any age",
            "tout statut légal autre que visiteur, à tout âge",
        ),
        ("IRPR 159.5(a)", "IRPR 159.5(b)", "IRPR 159.5(d)"),
        ("8 CFR 208.30(e)(6)(iii)(B)",),
        (
            _to_canada({"relation": "brother", "location": "CAN", "status": "study_permit", "age": 17}),
            _to_the_us({"relation": "brother", "location": "USA", "status": "f1", "age": 17}),
        ),
        ("bar", "exception"),
    ),
    SideDifference(
        Words("Relative with a pending claim", "Membre de la famille dont la demande est en instance"),
        Words(
            "at least 18, claim referred to the Board and not rejected at first instance",
            "au moins 18 ans, demande déférée à la Commission et non rejetée en première instance",
        ),
        Words(
            "at least 18, application pending, also on appeal in a federal court",
            "au moins 18 ans, demande en instance, y compris en appel devant une cour fédérale",
        ),
        ("IRPR 159.5(c)", "IRPR 159.5(c)(iii)"),
        ("8 CFR 208.30(e)(6)(iii)(C)",),
        (
            _to_canada(
                {
                    "relation": "uncle",
                    "location": "CAN",
                    "status": "refugee_claimant",
                    "claim_status": "rejected_appeal_pending",
                }
            ),
            _to_the_us(
                {
                    "relation": "uncle",
                    "location": "USA",
                    "status": "asylum_pending",
                    "claim_status": "federal_appeal",
                }
            ),
        ),
        ("bar", "exception"),
    ),
    SideDifference(
        Words("Unaccompanied minor", "Mineur non accompagné"),
        Words(
            "no parent or guardian along, no spouse or partner, none of the parents or guardians in either country "
            "(US without its territories)",
            "sans parent ni tuteur avec lui, sans époux ni conjoint, sans parent ni tuteur dans aucun des deux pays "
            "(É.-U. sans leurs territoires)",
        ),
        Words(
            "unmarried, no parent or guardian in either country; beyond that the statute takes out every child with "
            "none in the United States able to care",
            "non marié, sans parent ni tuteur dans aucun des deux pays; la loi soustrait en outre tout enfant sans "
            "parent aux États-Unis pouvant en prendre soin",
        ),
        ("IRPR 159.5(e)", "IRPR 159.1 United States"),
        ("8 CFR 208.30(e)(6)(iii)(D)", "INA 208(a)(2)(E)"),
        (
            _to_canada({"relation": "mother", "location": "USA", "status": "none"}, age=15),
            _to_the_us({"relation": "mother", "location": "CAN", "status": "none"}, age=15),
        ),
        ("bar", "outside"),
        Words(
            "The mother is in the country that the child comes from.",
            "La mère est dans le pays d’où vient l’enfant.",
        ),
    ),
    SideDifference(
        Words("Papers held", "Documents détenus"),
        Words("a closed list of Canadian papers", "une liste fermée de documents canadiens"),
        Words(
            "any valid US visa or admission paper, not for transit",
            "tout visa ou document d’admission américain valide, hors transit",
        ),
        ("IRPR 159.5(f)",),
        ("8 CFR 208.30(e)(6)(iii)(E)",),
        (_to_canada(documents=["ca_study_permit"]), _to_the_us(documents=["us_f1_visa"])),
        ("bar", "exception"),
        Words(
            "A student’s paper of the country of arrival; Canada’s list has visas, not study permits.",
            "Un document d’étudiant du pays d’arrivée; la liste canadienne vise les visas, non les permis d’études.",
        ),
    ),
    SideDifference(
        Words("Visa rules", "Régime de visas"),
        Words(
            "no visa needed for Canada, one needed for the United States",
            "aucun visa requis pour le Canada, visa requis pour les États-Unis",
        ),
        Words(
            "visa needed for Canada, none for the United States",
            "visa requis pour le Canada, aucun pour les États-Unis",
        ),
        ("IRPR 159.5(g)",),
        ("8 CFR 208.30(e)(6)(iii)(E)",),
        (
            _to_canada(nationality=["BRB"], visa_required_canada=False),
            _to_the_us(nationality=["BRB"], visa_required_canada=False),
        ),
        ("exception", "bar"),
        Words(
            "The same national either way. In the mirror the two rules are one, so no mirror image shows this row.",
            "La même personne dans les deux sens. En miroir les deux règles n’en font qu’une; aucune image inversée "
            "ne montre cette ligne.",
        ),
    ),
    SideDifference(
        Words("People sent back by the other country", "Personnes refoulées par l’autre pays"),
        Words(
            "refused by the United States with no claim decided there, or permanent residents removed by it",
            "refus d’entrée par les États-Unis sans décision sur une demande, ou résidents permanents qu’ils renvoient",
        ),
        Words("no such exception", "aucune exception de ce genre"),
        ("IRPR 159.5(h)",),
        (),
        (
            _to_canada(us_refused_entry_without_claim_decision=True),
            _to_the_us(note="refused entry by Canada with no claim decided there, and coming back"),
        ),
        ("exception", "bar"),
        Words(
            "The US side has no fact to ask for: the mirror image is an ordinary arrival.",
            "Le droit américain ne demande aucun fait : l’image inversée est une arrivée ordinaire.",
        ),
    ),
    SideDifference(
        Words("Death penalty", "Peine de mort"),
        Words(
            "charged with or convicted of an offence punishable by death, in the United States or elsewhere",
            "accusation ou condamnation pour une infraction passible de la peine de mort, aux États-Unis ou ailleurs",
        ),
        Words("no such exception", "aucune exception de ce genre"),
        ("IRPR 159.6(a)", "IRPR 159.6(b)"),
        (),
        (
            _to_canada(capital_charge={"country": "IRN", "status": "charged"}),
            _to_the_us(capital_charge={"country": "IRN", "status": "charged"}),
        ),
        ("exception", "bar"),
    ),
    SideDifference(
        Words("Public interest", "Intérêt public"),
        Words(
            "no open discretion in the regulation; permits and humanitarian requests stand outside the pact",
            "aucun pouvoir ouvert dans le règlement; permis et demandes humanitaires restent hors du pacte",
        ),
        Words("exception (F), a discretion that nobody reviews", "exception (F), pouvoir sans contrôle"),
        ("IRPA 24, 25",),
        ("8 CFR 208.30(e)(6)(iii)(F)",),
        (_to_canada(), _to_the_us(public_interest_determination=True)),
        ("bar", "exception"),
        Words(
            "The Canadian rules have no such finding to make: the mirror image is an ordinary arrival.",
            "Le droit canadien ne prévoit pas ce constat : l’image inversée est une arrivée ordinaire.",
        ),
    ),
    SideDifference(
        Words("Transit while being removed", "Transit pendant un renvoi"),
        Words(
            "at airports, and only the death-penalty exception is open",
            "aux aéroports, et seule l’exception de la peine de mort est ouverte",
        ),
        Words("none of exceptions (A) to (F) is open", "aucune des exceptions (A) à (F) n’est ouverte"),
        ("IRPR 159.4(2)", "IRPR 159.5", "IRPR 159.6(b)"),
        ("8 CFR 208.30(e)(6)", "8 CFR 208.30(e)(6)(iii)"),
        (
            _to_canada(mode="airport_transit_us_removal", capital_charge={"country": "IRN", "status": "charged"}),
            _to_the_us(mode="transit_canada_removal", capital_charge={"country": "IRN", "status": "charged"}),
        ),
        ("exception", "bar"),
    ),
    SideDifference(
        Words("Standard of proof", "Norme de preuve"),
        Words("balance of probabilities", "prépondérance des probabilités"),
        Words("preponderance of the evidence", "prépondérance de la preuve"),
        ("IRPA 100(1.1)",),
        ("8 CFR 208.30(e)(6)(ii)", "8 CFR 1240.11(g)(2)"),
    ),
    SideDifference(
        Words("Review by a court", "Contrôle par un tribunal"),
        Words("Federal Court, with leave", "Cour fédérale, avec autorisation"),
        Words("none, by statute and by rule", "aucun, selon la loi et le règlement"),
        ("IRPA 72(2)(b)",),
        ("INA 208(a)(3)", "8 CFR 1003.42(h)(1)"),
    ),
)
