"""The law in plain words: a sentence as a phrase, and the law of a day as a Markdown page, English and French."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never
from urllib.parse import quote

from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, Span
from safethird.law.facts import declared
from safethird.law.facts.declare import Words
from safethird.law.pact import Amendment, InForce, Law, Role
from safethird.readings import words

COLON = {"en": ": ", "fr": " : "}
_AND, _OR = Words("; and ", "; et "), Words("; or ", "; ou ")
_ALL, _ANY = Words("all of these", "tout ce qui suit"), Words("any of these", "au moins un de ces cas")
_NOT_ALL, _NONE = (
    Words("not all of these together", "pas tout ce qui suit à la fois"),
    Words("none of these", "aucun de ces cas"),
)
_SOME = Words("some relative of whom", "un membre de la parenté pour qui")
_NOBODY = Words("no relative of whom", "aucun membre de la parenté pour qui")
_ALWAYS, _NEVER, _NOT = Words("always", "toujours"), Words("never", "jamais"), Words("not", "non")
_POINT = Words("unsettled point ({}), on the view that", "point non tranché ({}), si l’on retient que")
_IN_ADDRESS = ":/?#@!$&'*+,;=%~"
_PROPER = {"Board", "Canada", "Minister’s"}
_FRENCH = tuple((re.compile(english), french) for english, french in (
    (r"\bIRPA\b", "LIPR"), (r"\bIRPR\b", "RIPR"), (r"\bS\.C\. (\d+), c\. ", r"L.C. \1, ch. "), (r"\bSOR/", "DORS/"),
    (r", ss?\. ", ", art. "), (r"(\d) FC (\d)", r"\1 CF \2"), (r"(\d) SCC (\d)", r"\1 CSC \2"),
    (r"^Agreement art\.", "Entente, art."), (r"^Agreement preamble", "Entente, préambule"),
    (r"^Additional Protocol para\.", "Protocole additionnel, par."),
    (r"^Statement of Principles", "Énoncé de principes"),
    (r"^Interpretation Act (?=\d)", "Loi d’interprétation, art. "), (r"\bfamily member$", "membre de la famille"),
    (r"\blegal guardian$", "tuteur légal"), (r"\bcommon-law partner$", "conjoint de fait"),
    (r"\bstateless person$", "apatride"), (r"\bport of entry$", "point d’entrée"),
    (r"\bUnited States$", "États-Unis"), (r"\brelatives$", "famille"),
    (r"\blater claims$", "demandes ultérieures"), (r"\bas enacted in\b", "édicté en"), (r", amended ", ", modifié le "),
    (r"^Direct-back practice of", "Pratique de renvoi temporaire de"), (r"\bpractice of\b", "pratique de"),
    (r"^Public policy of", "Politique d’intérêt public du"), (r"\bpolicy of\b", "politique du"),
    (r"^USCIS procedure of", "Procédure de l’USCIS du"), (r"\bprocedure of (?=\d+$)", "procédure de "),
    (r"^Orders in Council of 2020-21 \(Quarantine Act\)", "Décrets de 2020-2021 (Loi sur la mise en quarantaine)"),
    (r"^Notice under (.*), published ", r"Avis selon \1, publié le "), (r"^Proposal ", "Proposition "),
    (r"(?<=[\d)]) and (?=\d)", " et "), (r"(?<=\)) or (?=\()", " ou "), (r"(?<=\)) to (?=\()", " à "),
    (r" after (?=\()", " après "), (r"\bguid(?:es|ance) of legal clinics$", "guides d’organismes juridiques"),
))  # fmt: skip
_SECTIONS: tuple[tuple[Words, tuple[Role, ...]], ...] = (
    (Words("Making a claim", "Présenter une demande"), ("claim",)),
    (Words("Grounds", "Motifs"), ("ground",)),
    (Words("Reach", "Portée"), ("scope",)),
    (Words("Exceptions", "Exceptions"), ("exception",)),
    (Words("Elements", "Éléments"), ("element",)),
    (Words("What follows", "Ce qui suit"), ("consequence", "direction")),
    (Words("Duties and information", "Obligations et renseignements"), ("duty",)),
)  # fmt: skip
SIDE = {
    "canada": Words("Canadian side", "Côté canadien"),
    "united_states": Words("United States side", "Côté américain"),
}
_LEGEND = {
    "canada": Words(
        "IRPA is the Immigration and Refugee Protection Act, IRPR its Regulations.",
        "LIPR : Loi sur l’immigration et la protection des réfugiés; RIPR : son règlement.",
    ),
    "united_states": Words(
        "INA is the Immigration and Nationality Act, 8 CFR title 8 of the Code of Federal Regulations.",
        "INA : loi américaine sur l’immigration et la nationalité; 8 CFR : titre 8 du recueil des règlements fédéraux.",
    ),
}
CONFIDENCE = {"high": Words("high", "élevée"), "medium": Words("medium", "moyenne"), "low": Words("low", "faible")}
BASIS = {
    "read": Words("read from the text", "lu dans le texte"),
    "derived": Words("derived from other sources", "déduit d’autres sources"),
    "recalled": Words("recalled, not read", "de mémoire, non lu"),
}
_PAGE = {
    "title": Words("the law for claims made on {}", "le droit applicable aux demandes du {}"),
    "checked": Words("Last checked: {}.", "Dernière vérification : {}."),
    "later": Words(
        "This day is later: what has changed since is not here.",
        "Cette date est postérieure : ce qui a changé depuis n’y est pas.",
    ),
    "known": Words("Only what was enacted by {}.", "Seulement ce qui était édicté le {}."),
    "proposals": Words("With proposals that are not law: {}.", "Avec des propositions qui ne font pas loi : {}."),
    "amendments": Words("Amendments in force", "Modifications en vigueur"),
    "condition": Words("Condition", "Condition"),
    "informs": Words("none; it informs only", "aucune; elle ne fait qu’informer"),
    "since": Words("In force since {} by {}", "En vigueur depuis le {} par {}"),
    "reaching": Words("For claims made from {}, by {}", "Pour les demandes faites dès le {}, par {}"),
    "from": Words("from {}", "à compter du {}"),
    "until": Words("until {}, that day left out", "jusqu’au {}, ce jour exclu"),
    "enacted": Words("enacted on {}", "édicté le {}"),
    "claims": Words("for claims made from {}", "pour les demandes faites dès le {}"),
    "treaty": Words("Carries out: {}", "Met en œuvre : {}"),
    "trust": Words("Confidence {}, {}", "Confiance {}, {}"),
    "related": Words("See also: {}", "Voir aussi : {}"),
    "link": Words("Official text", "Texte officiel"),
}


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence in words: a head, or parts joined under one; ``short`` is the head inside a running line."""

    head: str
    parts: tuple[Phrase, ...] = ()
    joint: str = ""
    short: str = ""

    def line(self, colon: str) -> str:
        """The phrase on one line, with brackets where joints meet."""
        if not self.parts:
            return self.head
        bare = len(self.parts) == 1
        text = self.joint.join(
            part.line(colon) if bare or part.short or not part.parts else f"({part.line(colon)})" for part in self.parts
        )
        return f"{self.short}{colon}({text})" if self.short else text

    def outline(self, colon: str, depth: int = 0) -> Iterator[tuple[int, str]]:
        """The phrase as a list with indents: a line for each part."""
        yield depth, f"{self.head}{colon.rstrip()}" if self.parts else self.head
        for part in self.parts:
            yield from part.outline(colon, depth + 1)


def phrase(expr: Expr, lang: str) -> Phrase:
    """What a sentence says, with its nesting."""
    match expr:
        case Fact(kind="point"):
            return Phrase(_position(expr, True, lang))
        case Fact():
            return Phrase(_small(words.label(expr, lang)))
        case Compare():
            return Phrase(_compared(expr, "", lang))
        case And(parts):
            return Phrase(_ALL.text(lang), _each(parts, lang), _AND.text(lang)) if parts else Phrase(_ALWAYS.text(lang))
        case Or(parts):
            return Phrase(_ANY.text(lang), _each(parts, lang), _OR.text(lang)) if parts else Phrase(_NEVER.text(lang))
        case Not(part):
            return _negated(part, lang)
        case Some(where):
            return _relative(where, _SOME.text(lang), lang)
        case Cite(label):
            return Phrase(reference(label, lang))
        case _:
            assert_never(expr)


def sentence_in_words(expr: Expr, lang: str) -> str:
    """A sentence in words on one line.

    >>> from safethird.law.facts import person
    >>> alone = person.age.under(18).unless(person.accompanied_by_parent)
    >>> sentence_in_words(alone, "en")
    'age on the day of the claim: under 18; and not: with mother, father or legal guardian'
    >>> sentence_in_words(alone, "fr")
    'âge le jour de la demande : moins de 18; et non : avec la mère, le père ou le tuteur légal'
    """
    return phrase(expr, lang).line(COLON[lang])


def outline_in_words(expr: Expr, lang: str) -> list[tuple[int, str]]:
    """A sentence in words as a list: each line with its depth.

    >>> from safethird.law.facts import person
    >>> outline_in_words(person.age.under(18) & person.has_partner, "en")
    [(0, 'all of these:'), (1, 'age on the day of the claim: under 18'), (1, 'has a spouse or common-law partner')]
    """
    return list(phrase(expr, lang).outline(COLON[lang]))


def reference(label: str, lang: str) -> str:
    """A label or citation as it is written in a language.

    >>> reference("SOR/2023-58, ss. 1-5", "fr"), reference("IRPR 159.1 family member", "fr")
    ('DORS/2023-58, art. 1-5', 'RIPR 159.1 membre de la famille')
    """
    if lang == "fr":
        for english, french in _FRENCH:
            label = english.sub(french, label)
    return label


def moment(when: date, lang: str) -> str:
    """A day, with the hour where there is one."""
    return f"{words.day(when, lang)}, {when:%H:%M}" if isinstance(when, datetime) else words.day(when, lang)


def escaped(text: str) -> str:
    """Text on one line in which Markdown finds no signs of its own.

    >>> print(escaped("IRPR 159.5(*)"))
    IRPR 159.5(\\*)
    """
    safe = re.sub(r"([\\`*_\[\]<>|~&])", r"\\\1", " ".join(text.split()))
    return re.sub(r"^(?:(?=[#+=-])|(\d+)(?=[.)](?: |$)))", r"\1\\", safe)


def condition_as_markdown(expr: Expr | None, lang: str) -> list[str]:
    """A condition as lines of Markdown: one line, or a list where it has parts."""
    head = f"**{_PAGE['condition'].text(lang)}**{COLON[lang]}"
    if expr is None:
        return [f"{head}{_PAGE['informs'].text(lang)}."]
    found = outline_in_words(expr, lang)
    if len(found) == 1:
        return [f"{head}{escaped(found[0][1])}"]
    return [
        f"{head}{escaped(found[0][1])}",
        "",
        *(f"{'  ' * (depth - 1)}- {escaped(text)}" for depth, text in found[1:]),
    ]


def law_as_markdown(law: Law, lang: str) -> str:
    """The law of a day as a Markdown page: what made it, then every provision in force, once.

    >>> from safethird.law.canada import CANADA
    >>> print(law_as_markdown(CANADA.on(date(2023, 3, 25)), "fr").splitlines()[0])
    # Côté canadien : le droit applicable aux demandes du 25 mars 2023
    """
    page = [f"# {SIDE[law.pact.side].text(lang)}{COLON[lang]}{_say('title', lang, moment(law.day, lang))}", ""]
    checked = law.pact.last_checked
    notes = [_say("checked", lang, words.day(checked, lang))]
    if law.day.timetuple()[:3] > checked.timetuple()[:3]:
        notes.append(_say("later", lang))
    if law.known_on is not None:
        notes.append(_say("known", lang, moment(law.known_on, lang)))
    if law.proposals:
        notes.append(_say("proposals", lang, escaped(", ".join(law.proposals))))
    page += [" ".join([*notes, _LEGEND[law.pact.side].text(lang)]), "", f"## {_say('amendments', lang)}", ""]
    page += [_amendment(amendment, lang) for amendment in law.amendments]
    for title, roles in _SECTIONS:
        found = law.role(*roles)
        page += ["", f"## {title.text(lang)}"] if found else []
        for provision in found:
            page += ["", *_provision(provision, lang)]
    return "\n".join(page) + "\n"


def _say(name: str, lang: str, *values: str) -> str:
    return _PAGE[name].text(lang).format(*values)


def _amendment(amendment: Amendment, lang: str) -> str:
    start = datetime.combine(amendment.commences, amendment.at) if amendment.at else amendment.commences
    dates = [_say("from", lang, moment(start, lang))]
    for name, day in (("until", amendment.until), ("enacted", amendment.enacted), ("claims", amendment.claims_from)):
        dates += [_say(name, lang, words.day(day, lang))] if day is not None else []
    said = amendment.fr if lang == "fr" else amendment.en
    trust = _trust(amendment.confidence, amendment.basis, lang)
    name = escaped(reference(amendment.instrument, lang))
    return f"- **{name}** ({'; '.join(dates)}){COLON[lang]}{escaped(said)} {trust}."


def _provision(found: InForce, lang: str) -> Iterator[str]:
    provision = found.provision
    yield f"### {escaped(reference(provision.label, lang))}"
    yield from ("", escaped(provision.text(lang)), "")
    yield from condition_as_markdown(provision.rule, lang)
    since = words.day(found.by.claims_from or found.by.commences, lang)
    facts = [_say("reaching" if found.by.claims_from else "since", lang, since, reference(found.by.instrument, lang))]
    if provision.treaty:
        facts.append(_say("treaty", lang, reference(provision.treaty, lang)))
    facts.append(_trust(found.confidence, provision.basis, lang))
    if provision.related:
        facts.append(_say("related", lang, "; ".join(reference(label, lang) for label in provision.related)))
    address = provision.address(lang)
    english = " (en anglais)" if lang == "fr" and address == provision.link else ""
    linked = [_linked(_say("link", lang) + english, address)] if address else []
    yield from ("", " · ".join([*map(escaped, facts), *linked]))


def _trust(confidence: str, basis: str, lang: str) -> str:
    return _say("trust", lang, CONFIDENCE[confidence].text(lang), BASIS[basis].text(lang))


def _linked(text: str, address: str) -> str:
    if not address.startswith(("https://", "http://")):
        return f"{text} ({escaped(address)})"
    return f"[{text}]({quote(address, safe=_IN_ADDRESS)})"


def _each(parts: tuple[Expr, ...], lang: str) -> tuple[Phrase, ...]:
    return tuple(phrase(part, lang) for part in parts)


def _negated(part: Expr, lang: str) -> Phrase:
    inner = phrase(part, lang)
    match part:
        case Fact(kind="point"):
            return Phrase(_position(part, False, lang))
        case Some(where):
            return _relative(where, _NOBODY.text(lang), lang)
        case And() | Or() if inner.parts:
            head = (_NOT_ALL if isinstance(part, And) else _NONE).text(lang)
            return Phrase(head, inner.parts, inner.joint, _NOT.text(lang))
        case Compare():
            return Phrase(_compared(part, f", {_NOT.text(lang)}", lang))
        case _ if inner.parts:
            return Phrase(_NOT.text(lang), (inner,), "", _NOT.text(lang))
        case _:
            return Phrase(f"{_NOT.text(lang)}{COLON[lang]}{inner.head}")


def _relative(where: Expr, head: str, lang: str) -> Phrase:
    inner = phrase(where, lang)
    spread = inner.parts if isinstance(where, And) and inner.parts else (inner,)
    return Phrase(head, spread, _AND.text(lang), head)


def _position(point: Fact, holds: bool, lang: str) -> str:
    taken = next((position for position in declared[point.name].positions if position.holds is holds), None)
    label = _small(words.label(point, lang))
    said = taken.words.text(lang).rstrip(".") if taken else words.YES[lang] if holds else words.NO[lang]
    return f"{_POINT.text(lang).format(label)}{COLON[lang]}{_small(said)}"


def _compared(atom: Compare, negated: str, lang: str) -> str:
    return f"{_subject(atom.left, lang)}{negated}{COLON[lang]}{_asked(atom, lang)}"


def _subject(left: Fact | Span, lang: str) -> str:
    if isinstance(left, Fact):
        return _small(words.label(left, lang))
    start, end = (_small(words.label(day, lang)) for day in (left.start, left.end))
    if lang != "fr":
        return f"between the {start} and the {end}"
    ends = [f"{'la' if name.startswith(('première', 'date')) else 'le'} {name}" for name in (start, end)]
    return f"entre {ends[0]} et {ends[1]}"


def _asked(atom: Compare, lang: str) -> str:
    if not (isinstance(atom.left, Fact) and isinstance(atom.right, tuple)):
        return words.condition(atom, lang)
    shown = [words.code(atom.left.name, code, lang) for code in atom.right]
    either = " ou " if lang == "fr" else " or "
    if any("," in code for code in shown) and len(shown) > 1:
        return either.join(f"« {code} »" if lang == "fr" else f"“{code}”" for code in shown)
    return either.join([", ".join(shown[:-1]), shown[-1]]) if len(shown) > 1 else "".join(shown)


def _small(text: str) -> str:
    first = text.split(" ")[0]
    return text if first in _PROPER or first[1:2].isupper() else text[:1].lower() + text[1:]
