"""Explaining a decision: every ground, every exception tried, with the facts and the version relied on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import assert_never

from safethird.cases.case import Case
from safethird.cases.kin import RELATIONS
from safethird.cases.values import Value, When
from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, Span
from safethird.law.canada.visas import visa_for_canada, visa_for_us
from safethird.law.facts import declared
from safethird.law.pact import Add, Confidence, InForce, Law, weakest
from safethird.readings import words
from safethird.readings.answer import (
    Answer,
    Finding,
    Missing,
    Notice,
    NotInForce,
    OpenPoint,
    Position,
    Reason,
    Result,
    Unknown,
)
from safethird.readings.decide import Decision, decide, unknown_facts
from safethird.readings.diagram import TooMany
from safethird.readings.kleene import CLAIMANT, Kleene
from safethird.readings.missing import missing

ENGINE = "safethird 0.1.0, single case"


def explain(law: Law, case: Case, *, smallest: bool = True) -> Answer:
    """The full answer to a case; ``smallest=False`` leaves out the smallest sets of facts still to show."""
    kleene = Kleene(law, case)
    decision = decide(law, case, kleene)
    grounds = tuple(_findings(kleene, law.role("claim", "direction", "ground")))
    scope = tuple(_findings(kleene, law.role("scope")))
    exceptions = tuple(_findings(kleene, law.role("exception")))
    standing = kleene if decision.worst is case else Kleene(law, decision.worst)
    follows = [p for p in law.role("consequence") if standing.decide(Cite(p.provision.label))]
    consequences = tuple(_findings(standing, follows))
    seen = [*grounds, *scope, *exceptions, *consequences]
    elsewhere = not_in_force(law)
    suggested, warnings = _visas(case)
    options: tuple[Missing, ...] = ()
    try:
        options = missing(law, case, decision) if smallest else ()
    except (TooMany, RecursionError):
        warnings = (*warnings, _LEFT_OUT)
    plain = law.day.date() if isinstance(law.day, datetime) else law.day
    return Answer(
        id=case.id,
        side=law.pact.side,
        law=law.name,
        day=plain,
        known_on=law.known_on,
        stca=decision.settled.stca,
        outcome=decision.settled.outcome,
        settled=decision.settled,
        established=decision.established,
        barred=_word(kleene.decide(next(expr for code, expr in law.pact.stca if code == "bar"))),
        grounds=grounds,
        scope=scope,
        exceptions=exceptions,
        open_points=tuple(_open_point(name) for name in decision.points),
        missing=options,
        unknown=_unknown(kleene, decision),
        consequences=consequences,
        not_in_force=elsewhere,
        last_checked=law.pact.last_checked,
        confidence=_confidence(law, decision, seen),
        warnings=(
            *_presumption(law, decision),
            *_notices(law, case, plain),
            *_dependants(law, case, decision),
            *warnings,
        ),
        cited=tuple(
            dict.fromkeys((*_labels(law, seen), *(x for n in elsewhere for x in (n.label, *n.related)), *suggested))
        ),
        engine=ENGINE,
    )


_LEFT_OUT = Notice(
    "With so many relatives, what could still be shown was not worked out. Each exception above says what it lacks.",
    "Avec autant de membres de la parenté, ce qui pourrait encore être établi n’a pas été calculé. Chaque exception "
    "ci-dessus dit ce qui lui manque.",
)


def _labels(law: Law, findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        yield finding.label
        yield from finding.related
        for reason in finding.because:
            for label in (reason.label, *reason.within):
                yield label
                if label in law.provisions:
                    yield from law.provisions[label].provision.related
    yield from (found.provision.label for found in law.role("duty"))


def not_in_force(law: Law) -> tuple[NotInForce, ...]:
    """Grounds, exceptions and scope rules of other versions, with the claims that they govern."""
    key = (id(law.pact), law.key)
    if key not in _elsewhere:
        _elsewhere[key] = tuple(_other_versions(law))
    return _elsewhere[key]


_elsewhere: dict[tuple[int, tuple[int, ...]], tuple[NotInForce, ...]] = {}


def _other_versions(law: Law) -> Iterator[NotInForce]:
    told: set[str] = set()
    for amendment in law.pact.amendments:
        for change in amendment.changes:
            if not isinstance(change, Add) or change.provision.role not in (
                "ground",
                "exception",
                "scope",
                "direction",
            ):
                continue
            provision = change.provision
            if provision.label in law.provisions or provision.label in told:
                continue
            told.add(provision.label)
            first, until = (
                amendment.claims_from or amendment.commences,
                law.pact.ended(provision.label) or amendment.until,
            )
            yield NotInForce(
                provision.label, amendment.instrument, first, until, *_governs(first, until), provision.related
            )


def _governs(first: date, until: date | None) -> tuple[str, str]:
    en = f"Governs claims made from {words.day(first, 'en')}"
    fr = f"Vise les demandes faites dès le {words.day(first, 'fr')}"
    if until is None:
        return f"{en}.", f"{fr}."
    return f"{en} and before {words.day(until, 'en')}.", f"{fr} et avant le {words.day(until, 'fr')}."


def _findings(kleene: Kleene, provisions: list[InForce]) -> Iterator[Finding]:
    for found in provisions:
        provision = found.provision
        if provision.rule is None:
            continue
        result = kleene.decide(provision.rule)
        yield Finding(
            label=provision.label,
            result=_word(result),
            en=provision.en,
            fr=provision.fr,
            instrument=found.by.instrument,
            since=found.by.claims_from or found.by.commences,
            treaty=provision.treaty,
            link=provision.link,
            link_fr=provision.address("fr"),
            confidence=found.confidence,
            basis=provision.basis,
            because=tuple(dict.fromkeys(_reasons(kleene, provision.rule, result, CLAIMANT, (provision.label,)))),
            related=provision.related,
        )


def _reasons(kleene: Kleene, expr: Expr, result: bool | None, member: int, labels: tuple[str, ...]) -> Iterator[Reason]:
    match expr:
        case Fact() | Compare():
            yield from _reason(kleene, expr, result, member, labels)
        case Not(part):
            yield from _reasons(kleene, part, None if result is None else not result, member, labels)
        case And(parts) | Or(parts):
            whole = isinstance(expr, And) is result
            # Of a relative it is worth saying what is met already, beside what is not yet known.
            also_met = result is None and member != CLAIMANT and isinstance(expr, And)
            for part in parts:
                answer = kleene.decide(part, member)
                if whole or answer is result or (also_met and answer):
                    yield from _reasons(kleene, part, answer, member, labels)
                    if result is False and isinstance(expr, And):
                        return
        case Cite(name):
            yield from _cited(kleene, name, result, member, labels)
        case Some(where):
            for number in range(len(kleene.case.relatives)):
                answer = kleene.decide(where, number)
                if answer is result or result is None:
                    yield from _reasons(kleene, where, answer, number, labels)
            if result is None and not kleene.case.complete:
                yield Reason(labels[-1], "relatives_complete", "unknown", *_OTHERS)
            if result is False and not kleene.case.relatives:
                yield Reason(labels[-1], "relatives", "no", *_NO_RELATIVES)
        case _:
            assert_never(expr)


_OTHERS = (
    "Whether there are other relatives: not known",
    "Existence d’autres membres de la parenté : inconnue",
)
_NO_RELATIVES = ("No relatives listed", "Aucun membre de la parenté indiqué")


def _cited(kleene: Kleene, name: str, result: bool | None, member: int, labels: tuple[str, ...]) -> Iterator[Reason]:
    for cited in kleene.law.matching(name):
        provision = cited.provision
        if provision.rule is None or kleene.decide(provision.rule, member) is not result:
            continue
        if provision.role == "element":
            yield from _reasons(kleene, provision.rule, result, member, (*labels, provision.label))
        else:  # It has a finding of its own.
            yield Reason(provision.label, provision.label, _word(result), provision.en, provision.fr)


def _reason(
    kleene: Kleene, atom: Fact | Compare, result: bool | None, member: int, labels: tuple[str, ...]
) -> Iterator[Reason]:
    node = atom if isinstance(atom, Fact) else atom.left
    subject = node.start if isinstance(node, Span) else node
    known = kleene.facts(subject, member).get(subject.name)
    if subject.name == "entry_date_unproven" and known is False:
        return
    gone = kleene.value(node, member) if isinstance(node, Span) else None
    relation = (
        kleene.case.relatives[member].get("relative.relation") if 0 <= member < len(kleene.case.relatives) else None
    )
    relative = (member, relation if isinstance(relation, str) else None) if subject.of_relative else None
    yield _told(labels, atom, known, gone, result, relative, member)


@lru_cache(maxsize=8192)
def _told(
    labels: tuple[str, ...],
    atom: Fact | Compare,
    known: Value | None,
    gone: Value | None,
    result: bool | None,
    relative: tuple[int, str | None] | None,
    member: int,
) -> Reason:
    node = atom if isinstance(atom, Fact) else atom.left
    subject = node.start if isinstance(node, Span) else node
    en, fr = words.comparison(atom, known, gone, result, relative)
    return Reason(labels[-1], words.place(subject, member), _word(result), en, fr, labels[:-1])


def _open_point(name: str) -> OpenPoint:
    point = declared[name]
    return OpenPoint(
        name,
        point.provision,
        point.ask.en,
        point.ask.fr,
        tuple(Position(p.holds, p.words.en, p.words.fr, p.source) for p in point.positions),
    )


def _unknown(kleene: Kleene, decision: Decision) -> tuple[Unknown, ...]:
    pact = kleene.law.pact
    open_results = [
        results
        for results, settled in ((pact.stca, decision.settled.stca), (pact.outcome, decision.settled.outcome))
        if settled == "undetermined"
    ]
    seen: set[tuple[str, int]] = set()
    facts = dict.fromkeys(
        fact
        for results in open_results
        for _, expr in results
        for fact in unknown_facts(kleene, expr, CLAIMANT, seen)
        if fact.kind != "point" and fact.name != "claim_date"
    )
    return tuple(Unknown(declared[f.name].field, *declared[f.name].label) for f in facts)


def _confidence(law: Law, decision: Decision, findings: list[Finding]) -> Confidence:
    if decision.points or "open" in (decision.settled.stca, decision.settled.outcome):
        return "low"
    relied = {reason.label for f in findings if f.result == "yes" for reason in f.because}
    relied |= {f.label for f in findings if f.result == "yes"}
    return weakest(*(law.provisions[label].confidence for label in relied if label in law.provisions))


def _presumption(law: Law, decision: Decision) -> Iterator[Notice]:
    against = (*law.pact.unfavourable, "open")
    if decision.settled.outcome == "undetermined" and decision.established.outcome not in against:
        yield Notice(
            "What is shown so far is favourable only if nothing that is still not known stands against the person "
            "(orders, earlier claims, findings). Ask before relying on it.",
            "Ce qui est établi n’est favorable que si rien de ce qui est encore inconnu ne joue contre la personne "
            "(mesures, demandes antérieures, constats). Demandez avant de vous y fier.",
        )


def _notices(law: Law, case: Case, plain: date) -> Iterator[Notice]:
    checked = law.pact.last_checked
    if plain > checked:
        yield Notice(
            f"Law as last checked on {words.day(checked, 'en')}. Check for amendments since then.",
            f"Droit vérifié pour la dernière fois le {words.day(checked, 'fr')}. Vérifiez les modifications depuis.",
        )
    if not isinstance(law.day, datetime):
        for amendment in law.pact.amendments:
            if amendment.at is not None and abs((amendment.commences - plain).days) <= 1:
                hour = f"{amendment.at:%H:%M}"
                yield Notice(
                    f"{amendment.instrument} began on {words.day(amendment.commences, 'en')} at {hour}, Ottawa "
                    f"time. The day "
                    "is read as an Ottawa day; give the hour with its offset (claim_time) if the claim was made "
                    "elsewhere.",
                    f"{amendment.instrument} a commencé le {words.day(amendment.commences, 'fr')} à {hour}, heure "
                    f"d’Ottawa. "
                    "Le jour est lu comme jour d’Ottawa; donnez l’heure et le décalage (claim_time) si la "
                    "demande a été "
                    "faite ailleurs.",
                )
    yield from _day_fourteen(case, plain)
    for relative in case.testimony:
        yield Notice(
            f"{relative} is shown by testimony alone: it is established if the officer believes it.",
            f"{relative} n’est établi que par témoignage : il l’est si l’agent y croit.",
        )
    for en, fr in case.warnings:
        yield Notice(en, fr)
    nationality = case.facts.get("nationality")
    if isinstance(nationality, frozenset) and "CAN" in nationality:
        yield Notice(
            "The Agreement is not for citizens of Canada (Agreement art. 2), who have no need to claim. Check "
            "the nationality.",
            "L’Entente ne vise pas les citoyens canadiens (Entente, art. 2), qui n’ont pas à demander l’asile. "
            "Vérifiez la "
            "nationalité.",
        )


def _dependants(law: Law, case: Case, decision: Decision) -> Iterator[Notice]:
    if law.pact.side != "united_states" or decision.settled.stca not in ("bar", "undetermined"):
        return
    nearest = {tie for tie, to in RELATIONS.items() if to.kin_class in ("spouse", "parent")}
    if case.facts.get("principal_excepted") is not True and any(
        r.get("relative.location") == "border" and r.get("relative.relation") in nearest for r in case.relatives
    ):
        yield Notice(
            "A spouse or parent arrives too. Each person is decided alone; whether an exception of one carries the "
            "other along is not stated (8 CFR 208.30(b)). If they have established one, write principal_excepted: yes.",
            "Un époux ou un parent arrive aussi. Chaque personne est décidée seule; rien ne dit si l’exception de l’un "
            "profite à l’autre (8 CFR 208.30(b)). S’il en a établi une, écrivez principal_excepted: yes.",
        )


def _day_fourteen(case: Case, claimed: date) -> Iterator[Notice]:
    entered = case.facts.get("entry_date")
    between = case.facts.get("entry") in ("between_ports", "coast") or case.facts.get("port_closed")
    if isinstance(entered, When) and entered.exact and between and (claimed - entered.first).days == _FOURTEEN:
        yield Notice(
            "Day 14: Canada counts fewer than 14 days after the day of entry; the Protocol and the United States say "
            "within 14 days, which this day ordinarily is; no US rule on how to count was found.",
            "Jour 14 : le Canada compte moins de 14 jours après le jour de l’entrée; le Protocole et les "
            "États-Unis disent "
            "dans les 14 jours, ce qui comprend d’ordinaire ce jour; aucune règle américaine de calcul n’a été "
            "trouvée.",
        )


_FOURTEEN = 14


def _visas(case: Case) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
    nationality, day = case.facts.get("nationality"), case.claim_date
    if not isinstance(nationality, frozenset) or day is None:
        return (), ()
    labels: dict[str, None] = {}
    notices = []
    when = case.law_day if isinstance(case.law_day, datetime) and case.law_day.date() == day else None
    for fact, suggest in (("visa_required_canada", visa_for_canada), ("visa_required_us", visa_for_us)):
        stated = case.facts.get(fact)
        if not isinstance(stated, bool):
            continue
        try:
            found = suggest(nationality, day, when, us_status=case.us_status)
        except ValueError:
            continue
        labels |= dict.fromkeys(found.labels)
        if found.required is not None and found.required is not stated:
            label = declared[fact].label
            notices.append(
                Notice(
                    f"{label.en}: the case says otherwise than the list ({found.source}, {found.confidence} "
                    f"confidence). "
                    f"The case is followed; check. {found.note_en}",
                    f"{label.fr} : le dossier contredit la liste ({found.source}, confiance {found.confidence}). "
                    f"Le dossier "
                    f"est suivi; vérifiez. {found.note_fr}",
                )
            )
    return tuple(labels), tuple(notices)


def _word(result: bool | None) -> Result:
    return "unknown" if result is None else "yes" if result else "no"
