"""What two texts of one side's law say differently: changes as data, put back onto a law, and as a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from safethird.expr import Expr
from safethird.law.facts.declare import Words
from safethird.law.pact import Amendment, InForce, Law, LawError
from safethird.readings.prose import (
    BASIS,
    COLON,
    CONFIDENCE,
    SIDE,
    condition_as_markdown,
    escaped,
    moment,
    outline_in_words,
    reference,
)

Plain = dict[str, Any]
_SAY = {
    "to": Words("from the law of {} to that of {}", "du droit du {} à celui du {}"),
    "same": Words("The same provisions, word for word.", "Les mêmes dispositions, mot pour mot."),
    "begun": Words("Amendments that begin", "Modifications qui commencent"),
    "ended": Words("Amendments that end", "Modifications qui prennent fin"),
    "added": Words("Added", "Ajouté"),
    "removed": Words("Repealed", "Abrogé"),
    "changed": Words("Changed", "Modifié"),
    "words": Words("Words", "Texte"),
    "before": Words("Before", "Avant"),
    "after": Words("After", "Après"),
    "condition": Words("Condition", "Condition"),
    "informs": Words("none; it informs only", "aucune; elle ne fait qu’informer"),
    "role": Words("Part played", "Rôle"),
    "treaty": Words("Carries out", "Met en œuvre"),
    "link": Words("Official text", "Texte officiel"),
    "confidence": Words("Confidence", "Confiance"),
    "basis": Words("Basis", "Fondement"),
    "related": Words("See also", "Voir aussi"),
    "instrument": Words("By", "Par"),
    "since": Words("Since", "Depuis le"),
}
_ROLE = {
    "claim": Words("making a claim", "présentation de la demande"),
    "ground": Words("ground", "motif"),
    "scope": Words("reach", "portée"),
    "exception": Words("exception", "exception"),
    "element": Words("element", "élément"),
    "duty": Words("duty or information", "obligation ou renseignement"),
    "consequence": Words("what follows", "conséquence"),
    "direction": Words("direction back", "renvoi temporaire"),
}
_BESIDE = ("role", "treaty", "link", "confidence", "basis", "related", "instrument", "since")


@dataclass(frozen=True, slots=True)
class Changed:
    """One provision that differs: its plain data before and after, ``None`` where it is not in force."""

    label: str
    before: Plain | None
    after: Plain | None


@dataclass(frozen=True, slots=True)
class LawDiff:
    """Every provision that two laws do not say alike."""

    one: Law
    other: Law
    added: tuple[Changed, ...]
    removed: tuple[Changed, ...]
    changed: tuple[Changed, ...]

    @property
    def begun(self) -> tuple[Amendment, ...]:
        """The amendments that only the second law has."""
        return tuple(a for a in self.other.amendments if a not in self.one.amendments)

    @property
    def ended(self) -> tuple[Amendment, ...]:
        """The amendments that only the first law has."""
        return tuple(a for a in self.one.amendments if a not in self.other.amendments)

    def as_json(self) -> Plain:
        """The changes as plain data, which ``apply`` puts onto the first law."""
        named = (("added", self.added), ("removed", self.removed), ("changed", self.changed))
        return {
            "from": self.one.name,
            "to": self.other.name,
            "begun": [amendment.instrument for amendment in self.begun],
            "ended": [amendment.instrument for amendment in self.ended],
            **{
                kind: [{"label": c.label, "before": c.before, "after": c.after} for c in found] for kind, found in named
            },
        }


def as_dicts(law: Law) -> dict[str, Plain]:
    """Every provision in force as plain data."""
    return {label: _plain(found) for label, found in law.provisions.items()}


def diff(one: Law, other: Law) -> LawDiff:
    """What has to change in the first law to make it the second.

    Raises:
        LawError: they are laws of two sides.

    >>> from datetime import date
    >>> from safethird.law.canada import CANADA
    >>> found = diff(CANADA.on(date(2009, 7, 22)), CANADA.on(date(2009, 7, 23)))
    >>> [change.label for change in found.removed], found.added
    (['IRPR 159.6(c)'], ())
    """
    if one.pact.side != other.pact.side:
        raise LawError(
            f"{one.name} and {other.name} have no provisions in common to set side by side; "
            "compare across sides with safethird compare."
        )
    old, new = as_dicts(one), as_dicts(other)
    return LawDiff(
        one,
        other,
        tuple(Changed(label, None, new[label]) for label in new if label not in old),
        tuple(Changed(label, old[label], None) for label in old if label not in new),
        tuple(Changed(label, old[label], new[label]) for label in new if label in old and old[label] != new[label]),
    )


def apply(diff_json: Mapping[str, Any], law: Law) -> dict[str, Plain]:
    """The plain provisions that a diff makes of a law.

    Raises:
        LawError: the law does not say what the diff starts from.
    """
    provisions = as_dicts(law)
    for kind in ("removed", "changed", "added"):
        for change in diff_json[kind]:
            label, after = change["label"], change["after"]
            if provisions.get(label) != change["before"]:
                raise LawError(
                    f"The diff from {diff_json['from']} does not fit {law.name}: {label} differs there. "
                    "Apply it to the law it starts from."
                )
            if after is None:
                del provisions[label]
            else:
                provisions[label] = {**after}
    return provisions


def diff_as_markdown(found: LawDiff, lang: str) -> str:
    """A diff as a Markdown page: what was added, repealed and changed, with the old and the new words."""
    days = (_named(law, lang) for law in (found.one, found.other))
    page = [f"# {SIDE[found.one.pact.side].text(lang)}{COLON[lang]}{_SAY['to'].text(lang).format(*days)}"]
    for name, amendments in (("begun", found.begun), ("ended", found.ended)):
        page += ["", f"## {_SAY[name].text(lang)}", ""] if amendments else []
        page += [_amendment(amendment, lang) for amendment in amendments]
    for name, changes in (("added", found.added), ("removed", found.removed), ("changed", found.changed)):
        page += ["", f"## {_SAY[name].text(lang)}"] if changes else []
        for change in changes:
            page += ["", f"### {escaped(reference(change.label, lang))}", ""]
            page += _changed(found, change, lang) if name == "changed" else _whole(found, change, lang)
    if not (found.added or found.removed or found.changed):
        page += ["", _SAY["same"].text(lang)]
    return "\n".join(page) + "\n"


def _plain(found: InForce) -> Plain:
    provision = found.provision
    return {
        "label": provision.label,
        "role": provision.role,
        "rule": None if provision.rule is None else str(provision.rule),
        "en": provision.en,
        "fr": provision.fr,
        "treaty": provision.treaty,
        "link": provision.link,
        "confidence": found.confidence,
        "basis": provision.basis,
        "related": list(provision.related),
        "instrument": found.by.instrument,
        "since": str(found.by.claims_from or found.by.commences),
    }


def _named(law: Law, lang: str) -> str:
    return escaped(" + ".join((moment(law.day, lang), *law.proposals)))


def _amendment(amendment: Amendment, lang: str) -> str:
    said = amendment.fr if lang == "fr" else amendment.en
    return f"- **{escaped(reference(amendment.instrument, lang))}**{COLON[lang]}{escaped(said)}"


def _whole(found: LawDiff, change: Changed, lang: str) -> Iterator[str]:
    held = (found.one if change.after is None else found.other).provisions[change.label]
    yield from (escaped(held.provision.text(lang)), "")
    yield from condition_as_markdown(held.provision.rule, lang)


def _changed(found: LawDiff, change: Changed, lang: str) -> Iterator[str]:
    one, other = found.one.provisions[change.label], found.other.provisions[change.label]
    old, new = one.provision, other.provision
    if old.text(lang) != new.text(lang):
        for name, provision in (("before", old), ("after", new)):
            yield f"- **{_SAY[name].text(lang)}**{COLON[lang]}{escaped(provision.text(lang))}"
    else:
        yield f"- **{_SAY['words'].text(lang)}**{COLON[lang]}{escaped(new.text(lang))}"
    before, after = _plain(one), _plain(other)
    for name in _BESIDE:
        if before[name] != after[name]:
            head = f"- **{_SAY[name].text(lang)}**{COLON[lang]}"
            yield f"{head}{escaped(_shown(name, one, lang))} → {escaped(_shown(name, other, lang))}"
    if old.rule != new.rule:
        lines = _marked(_lines(old.rule, lang), _lines(new.rule, lang))
        yield from ("", f"**{_SAY['condition'].text(lang)}**{COLON[lang]}".rstrip(), "", "```diff", *lines, "```")


def _shown(name: str, found: InForce, lang: str) -> str:
    provision = found.provision
    match name:
        case "role":
            return _ROLE[provision.role].text(lang)
        case "confidence":
            return CONFIDENCE[found.confidence].text(lang)
        case "basis":
            return BASIS[provision.basis].text(lang)
        case "link":
            return provision.address(lang) or "–"
        case "since":
            return moment(found.by.claims_from or found.by.commences, lang)
        case "instrument":
            return reference(found.by.instrument, lang)
        case "related":
            return "; ".join(reference(label, lang) for label in provision.related) or "–"
        case _:
            return reference(provision.treaty, lang) or "–"


def _lines(rule: Expr | None, lang: str) -> list[tuple[int, str]]:
    found = [(0, _SAY["informs"].text(lang))] if rule is None else outline_in_words(rule, lang)
    return [(depth, " ".join(text.replace("`", "’").split())) for depth, text in found]


def _marked(old: list[tuple[int, str]], new: list[tuple[int, str]]) -> Iterator[str]:
    """The lines of both, those that went marked ``-`` and those that came ``+``; a new indent alone is no change."""
    matcher = SequenceMatcher(None, [text for _, text in old], [text for _, text in new], autojunk=False)
    for tag, start, end, first, last in matcher.get_opcodes():
        if tag == "equal":
            yield from (f"  {'  ' * depth}{text}" for depth, text in new[first:last])
        else:
            yield from (f"- {'  ' * depth}{text}" for depth, text in old[start:end])
            yield from (f"+ {'  ' * depth}{text}" for depth, text in new[first:last])
