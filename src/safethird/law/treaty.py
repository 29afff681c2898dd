"""The common ancestor of both laws: what the two countries agreed, article by article, and who carries it out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from difflib import get_close_matches

from safethird.law.facts.declare import Words
from safethird.law.pact import Basis, Confidence, InForce, LawError, Provision
from safethird.law.sides import SIDES

_TREATY = "https://www.cic.gc.ca/english/department/laws-policy/safe-third.asp"
_FIRST_ARTICLE = "https://www.hsdl.org/?abstract&did=744918"
_COMMENTS = "http://www.ccrweb.ca/regula_11.html"
_PRINCIPLES = "https://www.refworld.org/legal/agreements/natlegbod/2002/en/70962"
_PROTOCOL = "https://treaty-accord.gc.ca/text-texte.aspx?id=105722"
_REVIEW = "https://www.uscis.gov/archive/chapter-5-united-states-chapter"
_CODE = "https://www.ecfr.gov/current/title-8/section-212.5"


@dataclass(frozen=True, slots=True)
class Article:
    """One article or paragraph in plain words, with how sure it is.

    ``source`` names the text read or, where ``basis`` is not ``read``, what bears the words out.
    """

    label: str
    en: str
    fr: str
    source: str
    confidence: Confidence
    basis: Basis
    link: str

    def text(self, lang: str) -> str:
        """The article in plain words, in ``en`` or ``fr``."""
        return self.fr if lang == "fr" else self.en


@dataclass(frozen=True, slots=True)
class Instrument:
    """One of the texts that the two governments agreed on: where and when signed, and since when in force.

    ``in_force`` is ``None`` for a statement that goes with the Agreement and has no day of its own.
    """

    name: str
    full: Words
    signed: tuple[tuple[Words, date], ...]
    in_force: date | None
    citation: str
    link: str
    at: time | None = None

    def binds(self, day: date) -> bool:
        """Whether it is in force on a day (or at an Ottawa moment).

        >>> PROTOCOL.binds(date(2023, 3, 24)), PROTOCOL.binds(date(2023, 3, 25))
        (False, True)
        """
        first = self.in_force or _AGREEMENT_BEGINS
        if isinstance(day, datetime):
            return day >= datetime.combine(first, self.at or time())
        return day >= first


_AGREEMENT_BEGINS = date(2004, 12, 29)
AGREEMENT = Instrument(
    "Agreement",
    Words(
        "Agreement of Canada and the United States on working together to examine refugee claims of people from "
        "third countries",
        "Entente du Canada et des États-Unis sur leur coopération dans l’examen des demandes d’asile de personnes "
        "venant de pays tiers",
    ),
    ((Words("Washington", "Washington"), date(2002, 12, 5)),),
    _AGREEMENT_BEGINS,
    "CTS 2004/2",
    _TREATY,
)
PRINCIPLES = Instrument(
    "Statement of Principles",
    Words(
        "Statement of Principles that goes with the Agreement (2002)",
        "Énoncé de principes accompagnant l’Entente (2002)",
    ),
    (),
    None,
    "Refworld 70962",
    _PRINCIPLES,
)
PROTOCOL = Instrument(
    "Additional Protocol",
    Words("Additional Protocol to the Agreement", "Protocole additionnel à l’Entente"),
    ((Words("Ottawa", "Ottawa"), date(2022, 3, 29)), (Words("Washington", "Washington"), date(2022, 4, 15))),
    date(2023, 3, 25),
    "E105722; 88 FR 18227",
    _PROTOCOL,
    time(0, 1),
)
INSTRUMENTS = (AGREEMENT, PRINCIPLES, PROTOCOL)


def _article(
    number: str,
    en: str,
    fr: str,
    source: str = "CTS 2004/2",
    confidence: Confidence = "low",
    basis: Basis = "recalled",
    link: str = _TREATY,
) -> Article:
    return Article(f"Agreement {number}", en, fr, source, confidence, basis, link)


# Articles 3 and 4(2) stand here whole as well, because rules of both sides carry them out as a whole.
ARTICLES: tuple[Article, ...] = (
    _article(
        "preamble",
        "Both countries recall what they owe to refugees and to people at risk of torture, hold that each has a fair "
        "system, and share the work without making it harder to be heard.",
        "Les deux pays rappellent leurs devoirs envers les réfugiés et les personnes exposées à la torture, tiennent "
        "leurs systèmes pour équitables et partagent la tâche sans rendre l’accès plus difficile.",
        "CTS 2004/2",
        "high",
        "read",
    ),
    _article(
        "art. 1(1)",
        "Meanings. Country of last presence: Canada or the United States, whichever the claimant was in just before "
        "claiming at a land port of entry. Family: spouse, children, parents, legal guardians, brothers and sisters, "
        "grandparents, grandchildren, aunts, uncles, nieces and nephews. Claim: any request for protection as a "
        "refugee, against torture or on other national grounds. Unaccompanied minor: unmarried, under 18, and with no "
        "parent or legal guardian in either country.",
        "Définitions. Pays de dernière présence : le Canada ou les États-Unis, selon l’endroit où se trouvait la "
        "personne juste avant sa demande à un point d’entrée terrestre. Famille : époux, enfants, père et mère, "
        "tuteurs légaux, frères et sœurs, grands-parents, petits-enfants, oncles, tantes, neveux et nièces. Demande : "
        "toute demande de protection comme réfugié, contre la torture ou pour un autre motif national. Mineur non "
        "accompagné : non marié, moins de 18 ans, sans parent ni tuteur légal dans l’un ou l’autre pays.",
        "HSDL 744918",
        "high",
        "read",
        _FIRST_ARTICLE,
    ),
    _article(
        "art. 1(2)",
        "Each country reads these meanings through its own law.",
        "Chaque pays applique ces définitions selon son propre droit.",
    ),
    _article(
        "art. 2",
        "Left out: citizens of Canada or of the United States, and stateless people who habitually live in either.",
        "Exclus : les citoyens du Canada ou des États-Unis, et les apatrides qui résident habituellement dans l’un "
        "des deux.",
        "IRPA 101(1)(e); IRPR 159.2; 8 CFR 208.30(e)(6)(iii)(A)",
        "medium",
    ),
    _article(
        "art. 3",
        "Whoever is returned under Article 4 is heard before anything else happens to them: see 3(1) and 3(2).",
        "La personne renvoyée selon l’article 4 est entendue avant toute autre mesure : voir 3(1) et 3(2).",
        "UNHCR; 2023 SCC 17",
        "medium",
        link=_COMMENTS,
    ),
    _article(
        "art. 3(1)",
        "A person returned under Article 4 is not removed to any other country until the responsible country has "
        "decided the claim. (The Canadian manual cites 3(1) for the duty told here under 4(3).)",
        "La personne renvoyée selon l’article 4 n’est pas éloignée vers un autre pays tant que le pays responsable "
        "n’a pas tranché sa demande. (Le guide canadien cite 3(1) pour le devoir rapporté ici sous 4(3).)",
        "UNHCR; 2023 SCC 17",
        "medium",
        link=_COMMENTS,
    ),
    _article(
        "art. 3(2)",
        "Nor is that person passed on under another agreement of the same kind.",
        "Elle n’est pas non plus transférée en vertu d’une autre entente du même genre.",
    ),
    _article(
        "art. 4(1)",
        "The rule: the country of last presence examines the claim of a person who arrives at a land port of entry "
        "and claims there.",
        "La règle : le pays de dernière présence examine la demande de la personne qui arrive à un point d’entrée "
        "terrestre et y demande l’asile.",
        "IRPA 101(1)(e); 8 CFR 208.30(e)(6)",
        "medium",
    ),
    _article(
        "art. 4(2)",
        "The exceptions, (a) to (d): the country where the person arrives examines the claim itself.",
        "Les exceptions, a) à d) : le pays d’arrivée examine lui-même la demande.",
        "IRPR 159.5; 8 CFR 208.30(e)(6)(iii)",
        "medium",
    ),
    _article(
        "art. 4(2)(a)",
        "A family member in the receiving country has had a claim granted, or holds a lawful status other than "
        "visitor.",
        "Un membre de la famille dans le pays d’arrivée a vu sa demande accueillie, ou y a un statut légal autre que "
        "visiteur.",
        "IRPR 159.5(a), (b), (d); 8 CFR 208.30(e)(6)(iii)(B)",
        "medium",
    ),
    _article(
        "art. 4(2)(b)",
        "A family member in the receiving country, at least 18 and not shut out from claiming, has a claim pending "
        "there.",
        "Un membre de la famille dans le pays d’arrivée, d’au moins 18 ans et pouvant demander l’asile, y a une "
        "demande en instance.",
        "UNHCR; IRPR 159.5(c); 8 CFR 208.30(e)(6)(iii)(C)",
        "medium",
        link=_COMMENTS,
    ),
    _article(
        "art. 4(2)(c)",
        "The claimant is an unaccompanied minor.",
        "Le demandeur est un mineur non accompagné.",
        "IRPR 159.5(e); 8 CFR 208.30(e)(6)(iii)(D)",
        "medium",
    ),
    _article(
        "art. 4(2)(d)",
        "The claimant was admissible to the receiving country: by a paper, (i), or by needing no visa, (ii).",
        "Le demandeur pouvait être admis dans le pays d’arrivée : par un document, (i), ou sans visa, (ii).",
        "IRPR 159.5(f), (g); 8 CFR 208.30(e)(6)(iii)(E)",
        "medium",
    ),
    _article(
        "art. 4(2)(d)(i)",
        "The claimant came with a valid visa or other admission paper of the receiving country, not for transit.",
        "Le demandeur est arrivé avec un visa ou autre document d’admission valide du pays d’arrivée, hors transit.",
        "IRPR 159.5(f); 8 CFR 208.30(e)(6)(iii)(E)",
        "medium",
    ),
    _article(
        "art. 4(2)(d)(ii)",
        "The claimant needed no visa for the receiving country, but needed one for the other.",
        "Le demandeur n’avait pas besoin de visa pour le pays d’arrivée, mais en avait besoin pour l’autre.",
        "IRPR 159.5(g); 8 CFR 208.30(e)(6)(iii)(E)",
        "medium",
    ),
    _article(
        "art. 4(3)",
        "The other country need not take the person back until the receiving country has finally found that no "
        "exception applies. (The Canadian manual cites 3(1) for this.)",
        "L’autre pays n’est tenu de reprendre la personne qu’une fois constaté définitivement, par le pays d’arrivée, "
        "qu’aucune exception ne s’applique. (Le guide canadien cite pour cela 3(1).)",
        "CTS 2004/2",
    ),
    _article(
        "art. 4(4)",
        "A finding that the person comes under an exception of Article 4 or under Article 6 is not reopened.",
        "Le constat qu’une exception de l’article 4, ou l’article 6, profite à la personne n’est pas rouvert.",
    ),
    _article(
        "art. 5(a)",
        "A person whom Canada is removing through the United States and who claims there goes back to Canada, which "
        "examines the claim by its own rules.",
        "La personne que le Canada renvoie en passant par les États-Unis et qui y demande l’asile retourne au Canada, "
        "qui examine la demande selon ses règles.",
        "Congressional Research Service; 8 CFR 212.5(e)(2)(iii)",
        "medium",
        "derived",
        _CODE,
    ),
    _article(
        "art. 5(b)",
        "A person whom the United States is removing through Canada and who claims there: (i) if the United States "
        "rejected the claim, the removal goes on; (ii) if it has not decided one, the person goes back to be heard "
        "there.",
        "La personne que les États-Unis renvoient en passant par le Canada et qui y demande l’asile : (i) si les "
        "États-Unis ont rejeté sa demande, le renvoi se poursuit; (ii) s’ils n’en ont tranché aucune, elle y retourne "
        "pour être entendue.",
        "Congressional Research Service",
        "medium",
        "derived",
    ),
    _article(
        "art. 6",
        "Either country may examine any claim made to it where it finds that to be in its public interest.",
        "Chaque pays peut examiner toute demande qui lui est présentée s’il juge que son intérêt public le veut.",
        "2023 SCC 17",
        "medium",
    ),
    _article(
        "art. 7",
        "The two exchange information as their own laws allow.",
        "Les deux échangent des renseignements dans la mesure permise par leur droit.",
    ),
    _article(
        "art. 8",
        "They set operating procedures, notice before each return included; they settle disputes; they review the "
        "Agreement within twelve months and regularly after that, inviting UNHCR and hearing other bodies.",
        "Ils fixent des procédures, dont un avis avant chaque renvoi; ils règlent les différends; ils revoient "
        "l’Entente dans les douze mois puis régulièrement, en y invitant le HCR et en écoutant d’autres organismes.",
        "USCIS, first-year review, ch. 5",
        "medium",
        link=_REVIEW,
    ),
    _article(
        "art. 9",
        "They work together on resettlement.",
        "Ils coopèrent en matière de réinstallation.",
    ),
    _article(
        "art. 10",
        "It begins by an exchange of notes. Either may end it on six months’ written notice, or suspend it in writing "
        "for up to three months, again and again; both may suspend parts of it or amend it in writing.",
        "Elle commence par un échange de notes. Chacun peut y mettre fin par préavis écrit de six mois, ou la "
        "suspendre par écrit jusqu’à trois mois, renouvelables; ensemble, ils peuvent en suspendre une partie ou la "
        "modifier par écrit.",
        "IRPR 159.7",
        "medium",
    ),
    Article(
        "Statement of Principles 1",
        "At suitable points the claimant may have a person of their own choice present, as long as this neither "
        "delays nor disturbs.",
        "Aux moments appropriés, le demandeur peut être accompagné d’une personne de son choix, sans retard ni "
        "entrave indus.",
        "Refworld 70962",
        "high",
        "read",
        _PRINCIPLES,
    ),
    Article(
        "Statement of Principles 2",
        "The claimant must satisfy the officer that the family tie exists and that the relative has the status "
        "needed. Credible testimony may do without papers; sworn statements of both may be asked for.",
        "Le demandeur doit convaincre l’agent que le lien familial existe et que le membre de la famille a le statut "
        "voulu. Un témoignage crédible peut suffire sans document; des déclarations sous serment des deux peuvent "
        "être demandées.",
        "Refworld 70962",
        "high",
        "read",
        _PRINCIPLES,
    ),
    Article(
        "Statement of Principles 3",
        "How much proof: in the United States the preponderance of the evidence, in Canada the balance of "
        "probabilities, held to be the same thing in effect.",
        "Degré de preuve : aux États-Unis la prépondérance de la preuve, au Canada la prépondérance des "
        "probabilités, tenues pour équivalentes en pratique.",
        "Refworld 70962",
        "high",
        "read",
        _PRINCIPLES,
    ),
    Article(
        "Statement of Principles 4",
        "At the least: to learn what the proposed decision rests on, to correct or add to it without undue delay, and "
        "to have it looked at by someone else who took no part before. (The end was not seen.)",
        "Au minimum : connaître le fondement de la décision envisagée, pouvoir la corriger ou la compléter sans "
        "retard indu, et la faire revoir par une autre personne qui n’y a pas pris part. (La fin n’a pas été vue.)",
        "Refworld 70962",
        "high",
        "read",
        _PRINCIPLES,
    ),
    Article(
        "Additional Protocol para. 1",
        "The Agreement, all but its Article 10, also covers a person who from the first day of the Protocol on "
        "crosses the land border between ports of entry and claims within fourteen days after the crossing.",
        "L’Entente, sauf son article 10, vise aussi la personne qui, dès l’entrée en vigueur du Protocole, franchit "
        "la frontière terrestre hors des points d’entrée et demande l’asile dans les quatorze jours suivants.",
        "E105722",
        "high",
        "read",
        _PROTOCOL,
    ),
    Article(
        "Additional Protocol para. 2",
        "Crossing takes in the waters that the two countries name in diplomatic notes; the notes were not found.",
        "Le franchissement comprend les eaux désignées par notes diplomatiques; ces notes n’ont pas été trouvées.",
        "E105722",
        "high",
        "read",
        _PROTOCOL,
    ),
    Article(
        "Additional Protocol para. 3(a)",
        "For these people the country of last presence is the one they were in just before the crossing. (What "
        "follows was not seen.)",
        "Pour ces personnes, le pays de dernière présence est celui où elles se trouvaient juste avant de franchir "
        "la frontière. (La suite n’a pas été vue.)",
        "E105722",
        "high",
        "read",
        _PROTOCOL,
    ),
)
_BY_NAME = {article.label.replace(" ", "").lower(): article for article in ARTICLES}


def article(label: str) -> Article:
    """The article with a label; case and spaces do not matter, and the Agreement need not be named.

    Raises:
        LawError: there is none; the message names near ones.

    >>> article("4(2)(a)").label, article("additional protocol para. 1").label
    ('Agreement art. 4(2)(a)', 'Additional Protocol para. 1')
    """
    wanted = label.replace(" ", "").lower()
    for name in (wanted, f"agreement{wanted}", f"agreementart.{wanted}"):
        if name in _BY_NAME:
            return _BY_NAME[name]
    raise LawError(f"There is no article {label!r} in the Agreement. Near it: {', '.join(_near(wanted))}.")


def instrument(label: str) -> Instrument:
    """The text that an article belongs to.

    >>> instrument("Statement of Principles 3").full.en
    'Statement of Principles that goes with the Agreement (2002)'
    """
    return next(found for found in INSTRUMENTS if article(label).label.startswith(found.name))


def named(provision: Provision) -> tuple[str, ...]:
    """Every article that a provision says it carries out, among its related texts too.

    >>> from safethird.law.canada import CANADA
    >>> named(CANADA.on(date(2024, 6, 1)).provisions["IRPA 100(1.1)"].provision)
    ('Statement of Principles 2', 'Statement of Principles 3')
    """
    texts = tuple(found.name for found in INSTRUMENTS)
    treaties = (text for text in (provision.treaty, *provision.related) if text.startswith(texts))
    return tuple(dict.fromkeys(label for text in treaties for label in _one_by_one(text)))


def implementations(label: str, day: date) -> dict[str, list[InForce]]:
    """The provisions of each side, in force on a day, that carry out an article, a part of it, or the whole it is of.

    Raises:
        LawError: there is no such article.

    >>> found = implementations("Agreement art. 4(2)(d)", date(2024, 6, 1))
    >>> [p.provision.label for p in found["united_states"]]
    ['8 CFR 208.30(e)(6)(iii)(E)']
    >>> [p.provision.label for p in found["canada"]]
    ['IRPR 159.5', 'IRPR 159.5(f)', 'IRPR 159.5(g)']
    """
    wanted = article(label).label
    plain = day.date() if isinstance(day, datetime) else day
    return {
        side: [
            found
            for found in (pact.on(day).provisions.values() if plain >= pact.begins else ())
            if any(_on_one_line(wanted, name) for name in named(found.provision))
        ]
        for side, pact in SIDES.items()
    }


def _on_one_line(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}(") or other.startswith(f"{one}(")


def _one_by_one(text: str) -> tuple[str, ...]:
    """'Statement of Principles 2 and 3' names two paragraphs."""
    two = re.fullmatch(r"(.* )(\d+) and (\d+)", text)
    return (f"{two[1]}{two[2]}", f"{two[1]}{two[3]}") if two else (text,)


def _near(wanted: str) -> list[str]:
    name = f"agreementart.{wanted}" if wanted[:1].isdigit() else wanted
    under = [found.label for known, found in _BY_NAME.items() if known.startswith(f"{name}(")]
    close = [_BY_NAME[known].label for known in get_close_matches(name, _BY_NAME, 4, 0.6)]
    return list(dict.fromkeys((*under, *close)))[:6] or [found.name for found in INSTRUMENTS]
