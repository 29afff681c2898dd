"""Amendments nobody has enacted: what was proposed, by whom, where it stands, and what it would need."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from safethird.expr import NEVER, Expr, all_of, any_of
from safethird.law.canada.family import BY_MARRIAGE, HALF_BLOOD, KIN
from safethird.law.canada.sor_2004_217 import AWAY_FROM_PORTS, INLAND
from safethird.law.canada.sor_2023_58 import ALONG_THE_BORDER, COMMENCES
from safethird.law.canada.suspension import suspension
from safethird.law.facts import journey, relatives
from safethird.law.facts.declare import Words
from safethird.law.pact import Amendment, Change, Law, LawError, Provision, Repeal, Substitute
from safethird.law.united_states.fr_2004 import AT_LAND_PORT, TRANSIT

Status = Literal["exploratory", "proposed", "under review", "enacted", "lapsed"]
Changes = Callable[[Law], tuple[Change, ...]]
MORE_KIN = ("cousin", "brother_in_law", "sister_in_law", "sibling_in_law", "mother_in_law", "father_in_law",
            "parent_in_law", "son_in_law", "daughter_in_law", "child_in_law", "stepmother", "stepfather", "step_parent",
            "stepbrother", "stepsister", "step_sibling", "stepson", "stepdaughter", "step_child")  # fmt: skip
_CLOSE = ("child", "son", "daughter", "parent", "mother", "father", "sibling", "brother", "sister")
FAR_KIN = (*(code for code in KIN if code not in _CLOSE), *HALF_BLOOD, *BY_MARRIAGE)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal: its changes on either side, its source, its status through time, and what it would need."""

    name: str
    title: Words
    what: Words
    source: str
    history: tuple[tuple[str, Status], ...]
    needs: tuple[Words, ...]
    changes: Mapping[str, Changes]

    def amendments(self, law: Law) -> tuple[Amendment, ...]:
        """The proposal as amendments that begin on the day of a law, which is a hypothetical date."""
        if law.pact.side not in self.changes:
            return ()
        plain = law.day.date() if isinstance(law.day, datetime) else law.day
        if self.name == "suspension" and law.pact.side == "canada":
            notice = suspension("159.7(1)(a)", plain - timedelta(days=1), days=(_three_months(plain) - plain).days)
            return (notice,)
        return (
            Amendment(
                f"Proposal {self.name}", plain, self.changes[law.pact.side](law), self.what.en, self.what.fr,
                confidence="low", basis="derived",
            ),
        )  # fmt: skip


def _three_months(day: date) -> date:
    year, month = divmod(day.year * 12 + day.month + 2, 12)
    return date(year, month + 1, min(day.day, 28))


def reworded(law: Law, label: str, rule: Expr, en: str, fr: str) -> Substitute:
    """A provision in force with another rule and other words."""
    old = _in_force(law, label)
    return Substitute(replace(old, rule=rule, en=en, fr=fr, confidence="low", basis="derived"))


def _in_force(law: Law, label: str) -> Provision:
    if label not in law.provisions:
        do = f"Choose a day on which it is: safethird law '{label}' --on DAY."
        raise LawError(f"The proposal changes {label}, which is not in force on {law.day}. {do}")
    return law.provisions[label].provision


def gone(law: Law, *labels: str) -> tuple[Repeal, ...]:
    """The repeal of those of these labels that are in force."""
    return tuple(Repeal(label) for label in labels if label in law.provisions)


def _rule(law: Law, label: str) -> Expr:
    rule = _in_force(law, label).rule
    return NEVER if rule is None else rule


def _without_fourteen(law: Law) -> tuple[Repeal, ...]:
    return gone(law, "IRPR 159.4(1.1)", "IRPA 101(1)(b.2)")


def _whole_border(law: Law) -> tuple[Change, ...]:
    place = reworded(
        law, "IRPR 159.4(1)(a)", INLAND,
        "The whole land border is one port of entry: only inland claims are made away from a port.",
        "Toute la frontière terrestre est un point d’entrée : seules les demandes intérieures sont faites hors "
        "d’un point.",
    )  # fmt: skip
    return (place, *_without_fourteen(law))


def _named_crossings(law: Law) -> tuple[Change, ...]:
    old = _rule(law, "IRPR 159.4(1)(a)")
    return (
        reworded(
            law, "IRPR 159.4(1)(a)", old.unless(journey.at_named_crossing & ~journey.claimed_inland),
            "As now, but the named crossings are ports of entry.",
            "Comme aujourd’hui, mais les lieux de passage nommés sont des points d’entrée.",
        ),
    )  # fmt: skip


def _no_days_canada(law: Law) -> tuple[Change, ...]:
    label = "IRPR 159.4(1.1)"
    if label not in law.provisions:
        return ()
    reach = all_of(ALONG_THE_BORDER, journey.entry_date.on_or_after(COMMENCES) | journey.entry_date_unproven)
    changed = reworded(
        law, label, reach,
        "The bar reaches a person who entered along the land border away from a port of entry, whenever they claim.",
        "L’irrecevabilité vise la personne entrée par la frontière terrestre hors d’un point d’entrée, quel "
        "que soit le jour de "
        "sa demande.",
    )  # fmt: skip
    return (changed, *gone(law, "IRPA 101(1)(b.2)"))


def _no_days_us(law: Law) -> tuple[Change, ...]:
    between = journey.entry.is_("between_ports") | journey.entry.one_of("land_port", "train") & journey.port_closed
    since = journey.entry_date.on_or_after(COMMENCES) | journey.entry_date_unproven
    return (
        reworded(
            law, "8 CFR 208.30(e)(6)", any_of(AT_LAND_PORT, TRANSIT, between & since),
            "As now, but people who crossed between ports are reached whenever they claim.",
            "Comme aujourd’hui, mais les personnes entrées hors des points d’entrée sont visées quel que soit le jour.",
        ),
    )  # fmt: skip


def _family(label: str, rule: Callable[[Law, str], Expr], en: str, fr: str) -> Changes:
    return lambda law: (reworded(law, label, rule(law, label), en, fr),) if label in law.provisions else ()


def _wider(law: Law, label: str) -> Expr:
    return _rule(law, label) | relatives.tie.one_of(*MORE_KIN)


def _narrower(law: Law, label: str) -> Expr:
    return _rule(law, label).unless(relatives.tie.one_of(*FAR_KIN))


def _scope_2004(law: Law) -> tuple[Change, ...]:
    place = reworded(
        law, "IRPR 159.4(1)(a)", AWAY_FROM_PORTS | INLAND,
        "The bar does not reach a person who seeks to enter at a place that is not a port of entry.",
        "L’irrecevabilité ne vise pas la personne qui cherche à entrer à un lieu autre qu’un point d’entrée.",
    )  # fmt: skip
    return (place, *_without_fourteen(law))


def _scope_2004_us(law: Law) -> tuple[Change, ...]:
    return (
        reworded(
            law, "8 CFR 208.30(e)(6)", AT_LAND_PORT | TRANSIT,
            "The Agreement reaches arrivals at land ports and people removed by Canada in transit only.",
            "L’Entente ne vise que les arrivées aux points d’entrée terrestres et les renvois canadiens en transit.",
        ),
    )  # fmt: skip


def _withdrawn(law: Law) -> tuple[Change, ...]:
    stems = ("IRPR 159.1*", "IRPR 159.2", "IRPR 159.3", "IRPR 159.4*", "IRPR 159.5*", "IRPR 159.6*", "IRPR 159.7")
    return tuple(Repeal(stem) for stem in stems)


def _withdrawn_us(law: Law) -> tuple[Change, ...]:
    return (Repeal("8 CFR 208.30(e)(6)*"), *gone(law, "8 CFR 1240.11(g)(2)", "8 CFR 1240.11(g)(3)"))


_REGULATION = Words("a Canadian regulation", "un règlement canadien")
_STATUTE = Words("an Act of Parliament", "une loi du Parlement")
_CONSENT = Words("the consent of the other side for any return", "le consentement de l’autre partie pour tout retour")
_RULE = Words("a US rule", "un règlement américain")
_NOTICE = Words("six months’ written notice (Agreement art. 10)", "un préavis écrit de six mois (Entente, art. 10)")
_PROTOCOL = Words("an amended Protocol", "un Protocole modifié")

PROPOSALS: dict[str, Proposal] = {
    proposal.name: proposal
    for proposal in (
        Proposal(
            "whole-border",
            Words("The whole border as one port of entry", "Toute la frontière comme un seul point d’entrée"),
            Words(
                "Canada would treat the whole land border as one official port of entry. The treaty then "
                "covered only ports of "
                "entry, so the United States need not take anybody back.",
                "Le Canada traiterait toute la frontière terrestre comme un point d’entrée officiel. Le traité "
                "ne visait alors "
                "que les points d’entrée : les États-Unis ne seraient tenus de reprendre personne.",
            ),
            "Conservative critic Rempel, 2018-04-19 and 2018-06-06",
            (("2018-04-19", "proposed"), ("2018-05-01", "exploratory"), ("2023-03-25", "lapsed")),
            (_REGULATION, _CONSENT),
            {"canada": _whole_border},
        ),
        Proposal(
            "named-crossings",
            Words("Named crossing spots as ports of entry", "Des lieux de passage nommés comme points d’entrée"),
            Words(
                "Used irregular crossing spots would become official ports of entry.",
                "Des lieux de passage irréguliers utilisés deviendraient des points d’entrée officiels.",
            ),
            "Conservative leader Scheer, 2017-08",
            (("2017-08-01", "proposed"), ("2023-03-25", "lapsed")),
            (Words("a designation by the Minister (R26)", "une désignation ministérielle (R26) avec heures"),),
            {"canada": _named_crossings},
        ),
        Proposal(
            "suspension",
            Words("Suspension under 159.7", "Suspension selon 159.7"),
            Words(
                "Canada would suspend the rules by notice for three months, renewable.",
                "Le Canada suspendrait les règles par avis pour trois mois, renouvelables.",
            ),
            "Letter of law professors, 2017-01-31",
            (("2017-01-31", "proposed"), ("2023-12-14", "lapsed")),
            (Words("a notice broadly published (159.7(1)(a))", "un avis largement publié (159.7(1)a))"),),
            {"canada": lambda law: ()},
        ),
        Proposal(
            "withdrawal",
            Words("Withdrawal from the Agreement", "Retrait de l’Entente"),
            Words("The Agreement would end on both sides.", "L’Entente prendrait fin des deux côtés."),
            "Agreement art. 10; calls of 2017-2020",
            (("2017-01-31", "proposed"), ("2023-12-14", "lapsed")),
            (_NOTICE,),
            {"canada": _withdrawn, "united_states": _withdrawn_us},
        ),
        Proposal(
            "no-fourteen-days",
            Words("The Protocol without its 14 days", "Le Protocole sans ses 14 jours"),
            Words(
                "People who crossed between ports would be reached whenever they claim.",
                "Les personnes entrées hors des points d’entrée seraient visées quel que soit le jour de la demande.",
            ),
            "alternative to the limit chosen in 2022",
            (("2022-03-29", "exploratory"),),
            (_PROTOCOL, _REGULATION, _RULE),
            {"canada": _no_days_canada, "united_states": _no_days_us},
        ),
        Proposal(
            "no-b2",
            Words("Without (b.2)", "Sans b.2)"),
            Words(
                "Claims after the 14 days would no longer be barred by (b.2).",
                "Les demandes après les 14 jours ne seraient plus empêchées par b.2).",
            ),
            "reversal of S.C. 2026, c. 4, s. 73",
            (("2026-03-26", "exploratory"),),
            (_STATUTE,),
            {"canada": lambda law: gone(law, "IRPA 101(1)(b.2)")},
        ),
        Proposal(
            "wider-family",
            Words("A wider family list", "Une liste familiale plus large"),
            Words(
                "Cousins, in-laws and step-relations would count as family.",
                "Cousins, belle-famille et parenté par remariage compteraient comme famille.",
            ),
            "reform variant on Agreement art. 1(1)",
            (("2002-12-05", "exploratory"),),
            (_REGULATION, _RULE, _PROTOCOL),
            {
                "canada": _family("IRPR 159.1 family member", _wider,
                                  "Family as now, and cousins, in-laws and step-relations.",
                                  "La famille comme aujourd’hui, plus cousins, belle-famille et parenté par "
                                  "remariage."),
                "united_states": _family("8 CFR 208.30(e)(6)(iii) relatives", _wider,
                                         "Relatives as now, and cousins, in-laws and step-relations.",
                                         "La famille comme aujourd’hui, plus cousins, belle-famille et remariage."),
            },
        ),
        Proposal(
            "narrower-family",
            Words("A narrower family list", "Une liste familiale plus étroite"),
            Words(
                "Only spouse, partner, child, parent, sibling and guardian would count as family.",
                "Seuls l’époux, le conjoint, l’enfant, le parent, le frère ou la sœur et le tuteur compteraient.",
            ),
            "reform variant on Agreement art. 1(1)",
            (("2002-12-05", "exploratory"),),
            (_REGULATION, _RULE, _PROTOCOL),
            {
                "canada": _family("IRPR 159.1 family member", _narrower,
                                  "Family: spouse or partner, child, parent, sibling, legal guardian.",
                                  "Famille : époux ou conjoint, enfant, parent, frère ou sœur, tuteur légal."),
                "united_states": _family("8 CFR 208.30(e)(6)(iii) relatives", _narrower,
                                         "Relatives: spouse, child, parent, sibling, legal guardian.",
                                         "Famille : époux, enfant, parent, frère ou sœur, tuteur légal."),
            },
        ),
        Proposal(
            "scope-2004",
            Words("The 2004 scope again", "La portée de 2004 de nouveau"),
            Words(
                "The pact would reach land ports and transit removals only, as before 2023.",
                "Le pacte ne viserait que les points d’entrée terrestres et les renvois en transit, comme avant 2023.",
            ),
            "the Agreement of 2002 without its Protocol",
            (("2023-03-25", "exploratory"),),
            (Words("the end of the Protocol", "la fin du Protocole"), _REGULATION, _STATUTE, _RULE),
            {"canada": _scope_2004, "united_states": _scope_2004_us},
        ),
    )
}  # fmt: skip
