"""Facts, values and comparisons in plain words, English and French."""

from __future__ import annotations

from datetime import date, datetime

from safethird.cases.kin import RELATIONS
from safethird.cases.values import NEVER_ENDS, Interval, Value, When
from safethird.expr import Compare, Fact, Span
from safethird.law.countries import COUNTRIES
from safethird.law.facts import declared

YES = {"en": "yes", "fr": "oui"}
NO = {"en": "no", "fr": "non"}
UNKNOWN = {"en": "not known", "fr": "inconnu"}
_MONTHS_FR = (
    "janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
    "décembre",
)  # fmt: skip
_UNITS = {
    "days": {"en": "day(s) later", "fr": "jour(s) plus tard"},
    "years": {"en": "year(s) exceeded", "fr": "an(s) dépassé(s)"},
}
_ASKED = {"en": "asked", "fr": "demandé"}
_MANY = 3
_SPECIAL = {
    "other": ("another", "autre"),
    "border": ("at the border", "à la frontière"),
    "STATELESS": ("stateless", "apatride"),
}


def label(fact: Fact, lang: str) -> str:
    """What a fact is called."""
    return declared[fact.name].label.text(lang)


def day(when: date, lang: str) -> str:
    """A day written out.

    >>> day(date(2023, 3, 1), "fr"), day(date(2023, 3, 1), "en")
    ('1er mars 2023', '1 March 2023')
    """
    if lang == "fr":
        return f"{'1er' if when.day == 1 else when.day} {_MONTHS_FR[when.month - 1]} {when.year}"
    return f"{when.day} {when:%B %Y}"


def code(name: str, word: str, lang: str) -> str:
    """A word of a closed list, in words."""
    words = declared[name].codes.get(word)
    if words is not None:
        return words.text(lang)
    if word in _SPECIAL:
        return _SPECIAL[word][lang == "fr"]
    if word in COUNTRIES:
        return COUNTRIES[word].fr if lang == "fr" else COUNTRIES[word].en
    if word in RELATIONS:
        return RELATIONS[word].fr if lang == "fr" else RELATIONS[word].en
    return word


def value(fact: Fact, known: Value | None, lang: str) -> str:
    """A value in words; what is not known says so."""
    match known:
        case None:
            return UNKNOWN[lang]
        case bool():
            return (YES if known else NO)[lang]
        case str():
            return code(fact.name, known, lang)
        case Interval(low, high):
            if low == high:
                return str(low)
            return f"{low}+" if high >= NEVER_ENDS else f"{low}–{high}"
        case When():
            if known.exact:
                return day(known.first, lang)
            return f"{day(known.first, lang)} – {day(known.last, lang)}"
        case _:
            none = {"en": "none", "fr": "aucun"}[lang]
            return ", ".join(code(fact.name, word, lang) for word in sorted(known)) or none


def condition(atom: Compare | Fact, lang: str) -> str:
    """What a comparison asks for, in words.

    >>> from safethird.law.facts import person
    >>> condition(person.age.under(18), "en")
    'under 18'
    """
    french = lang == "fr"
    if isinstance(atom, Fact):
        return YES[lang]
    match atom.left, atom.relation, atom.right:
        case Span(unit="days"), "<", int(number):
            return f"moins de {number} jours" if french else f"fewer than {number} days"
        case Span(unit="days"), _, int(number):
            return f"{number} jours ou plus" if french else f"{number} days or more"
        case Span(), "<", int(number):
            return f"au plus {number} an" if french else f"at most {number} year"
        case Span(), _, int(number):
            return f"plus de {number} an" if french else f"more than {number} year"
        case Fact() as fact, _, tuple(words):
            shown = [code(fact.name, word, lang) for word in words]
            return (" ou " if french else " or ").join(shown)
        case _, "<", int(number):
            return f"moins de {number}" if french else f"under {number}"
        case _, _, int(number):
            return f"{number} ou plus" if french else f"{number} or over"
        case _, "<", date() as limit:
            return f"avant le {_moment(limit, lang)}" if french else f"before {_moment(limit, lang)}"
        case _, _, limit:
            assert isinstance(limit, date)
            return f"le {_moment(limit, lang)} ou après" if french else f"on or after {_moment(limit, lang)}"


def who_is(relative: tuple[int, str | None], lang: str) -> str:
    """How a relative is spoken of: by tie and number, never by name."""
    number, relation = relative
    return f"{code('relative.relation', relation, lang) if relation else UNKNOWN[lang]} [{number}]"


def comparison(
    atom: Compare | Fact,
    known: Value | None,
    gone: Value | None,
    result: bool | None,
    relative: tuple[int, str | None] | None,
) -> tuple[str, str]:
    """What a comparison found, in English and in French: who, what, its value, and what was asked for."""
    node = atom if isinstance(atom, Fact) else atom.left
    subject = node.start if isinstance(node, Span) else node
    texts = []
    for lang, colon in (("en", ": "), ("fr", " : ")):
        shown = value(subject, known, lang)
        if isinstance(node, Span) and gone is not None:
            shown += f", {value(subject, gone, lang)} {_UNITS[node.unit][lang]}"
        who = f"{who_is(relative, lang)} – " if relative else ""
        asked = condition(atom, lang) if isinstance(atom, Compare) and not result else ""
        long = isinstance(atom, Compare) and isinstance(atom.right, tuple) and len(atom.right) > _MANY
        needed = f" ({_ASKED[lang]}{colon}{asked})" if asked and not long else ""
        texts.append(f"{who}{label(subject, lang)}{colon}{shown}{needed}")
    return texts[0], texts[1]


def place(fact: Fact, member: int) -> str:
    """Where a fact stands in a case file: ``entry_date``, ``relatives[0].status``."""
    field = declared[fact.name].field
    return f"relatives[{member}].{field.removeprefix('relative.')}" if fact.of_relative else field


def plain(known: Value) -> str:
    """A value as a case file writes it."""
    match known:
        case bool():
            return "yes" if known else "no"
        case Interval(low, high):
            return str(low) if low == high else f"{low}+" if high >= NEVER_ENDS else f"{low}-{high}"
        case When():
            return str(known.first) if known.exact else f"{known.first}/{known.last}"
        case frozenset():
            return ", ".join(sorted(known)) or "none"
        case _:
            return str(known)


def _moment(limit: date, lang: str) -> str:
    return (
        f"{day(limit, lang)}, {limit:%H:%M}"
        if isinstance(limit, datetime) and limit.hour + limit.minute
        else day(limit, lang)
    )
