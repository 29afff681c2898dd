"""Does a national need a visa, for Canada by land and for the United States, on a day? Suggestions only.

IRPR 159.5(g) turns on two visa lists that move with time, neither of which was read for every day. So what
is said here is to be confirmed by the person or an officer, and None where the lists read do not say.
Left out: IRPR 190(3)(f) (return from a stay in the United States only) and 8 CFR 212.1, which was not read.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from safethird.law.countries import COUNTRIES, STATE_OF, name


@dataclass(frozen=True, slots=True)
class VisaSuggestion:
    """Whether a visa was needed, as far as the lists read say, and how sure that is.

    `required` is None where they do not say, or where it hangs on an hour or a document. `confidence` is
    "high", "medium" or "low"; `source` ends in "(recalled)" where no source was found. `labels` are
    pinpoint citations.

    >>> visa_for_canada(["QAT"], date(2025, 11, 24)).required
    True
    """

    required: bool | None
    source: str
    labels: tuple[str, ...]
    confidence: str
    note_en: str
    note_fr: str


PACT_START = date(2004, 12, 29)
CANADA_READ = date(2020, 4, 1)
CANADA_CHECKED = date(2026, 6, 14)
US_READ_TO = date(2019, 12, 31)
QATAR_LISTED = date(2025, 11, 25)
MEXICO_REMOVED = datetime(2024, 2, 29, 23, 30)
"""Ottawa time. The instrument read gives the day; the hour is recalled."""
MORATORIUM = (date(2004, 12, 29), date(2009, 7, 22))


def _codes(words: str) -> frozenset[str]:
    return frozenset(words.split())


_SCHEDULE = _codes(
    "AND AUS AUT BHS BRB BEL BRN BGR CHL HRV CYP CZE DNK EST DEU FIN FRA GRC HUN ISL IRL ITA JPN LVA LIE LTU "
    "LUX MLT MCO NLD NZL NOR PNG POL PRT KOR WSM SMR SGP SVK SVN SLB ESP SWE CHE ARE"
)
# From, before, visa needed. Left open: months in which a change fell on a day not recalled.
_RECALLED = {
    "KOR": ((PACT_START, CANADA_READ, False),),
    "GRC": ((PACT_START, CANADA_READ, False),),
    "POL": ((date(2008, 4, 1), CANADA_READ, False),),
    "MEX": (
        (PACT_START, date(2009, 7, 1), False),
        (date(2009, 8, 1), date(2016, 12, 1), True),
        (date(2017, 1, 1), CANADA_READ, False),
    ),
}
# An authorization by air instead of a visa, and the first day on which the list read shows it.
_BY_AIR = {"BRA": CANADA_READ, "PHL": CANADA_READ, "IDN": date(2026, 5, 26), "MYS": date(2026, 5, 26)}
# British nationality comes there in categories that IRPR 190 and 8 CFR 212.1 treat apart.
_BRITISH = _codes("AIA BMU VGB CYM FLK GGY GIB IMN IOT JEY MSR PCN SGS SHN TCA")
_FOUNDERS = _codes(
    "AND AUS AUT BEL BRN DNK FIN FRA DEU ISL IRL ITA JPN LIE LUX MCO NLD NZL NOR PRT SMR SGP SVN ESP SWE CHE GBR"
)
# Notice, first day it may have applied, first day it surely did: apart where only a month or year is known.
_JOINED = {
    **dict.fromkeys(_FOUNDERS, ("", PACT_START, PACT_START)),
    **dict.fromkeys(_codes("CZE EST HUN LVA LTU SVK KOR"), ("73 FR 67712", date(2008, 11, 17), date(2008, 11, 17))),
    "MLT": ("73 FR 79597", date(2008, 12, 30), date(2008, 12, 30)),
    "GRC": ("75 FR 15992", date(2010, 1, 1), date(2011, 1, 1)),
    "TWN": ("77 FR 64411", date(2012, 1, 1), date(2013, 1, 1)),
    "CHL": ("79 FR 17854", date(2014, 3, 31), date(2014, 3, 31)),
    "POL": ("84 FR 60318", date(2019, 11, 1), date(2019, 12, 1)),
    "HRV": ("", date(2021, 1, 1), date(2022, 1, 1)),
    "ISR": ("", date(2023, 1, 1), date(2024, 1, 1)),
    "QAT": ("", date(2024, 1, 1), date(2025, 1, 1)),
}
# 8 CFR 212.1 frees some of these of the visa outside the waiver programme; it was not read.
_NOT_READ = _BRITISH | _codes("BHS FSM MHL PLW")

_NOTES = {
    "free": ("no visa needed that day.", "aucun visa nécessaire ce jour-là."),
    "needed": (
        "not freed of the visa that day by the list as read, so one was needed.",
        "non dispensé de visa ce jour-là selon la liste lue; il en fallait donc un.",
    ),
    "unread": (
        "the rule for that day was not read, so nothing is suggested. Look it up.",
        "la règle de ce jour-là n’a pas été lue; rien n’est donc suggéré. Vérifiez-la.",
    ),
    "air": (
        "the electronic travel authorization serves by air only; at a land border a visa is needed.",
        "l’autorisation de voyage électronique ne vaut que par avion; par voie terrestre, il faut un visa.",
    ),
    "hour": (
        "it hangs on the hour: a visa was needed again from 23:30 Ottawa time. Give the time.",
        "tout dépend de l’heure: il fallait de nouveau un visa dès 23 h 30 à Ottawa. Précisez l’heure.",
    ),
    "joined": (
        "joined the Visa Waiver Program in this month or year, on a day that was not read. Look it up.",
        "admis au programme de dispense ce mois-là ou cette année-là, jour non lu. Vérifiez-le.",
    ),
    "British": (
        "it hangs on which British nationality is held. Look the category up.",
        "tout dépend de la nationalité britannique détenue. Vérifiez la catégorie.",
    ),
    "ROU": (
        "it hangs on the passport: no visa with an electronic passport, a visa with any other.",
        "tout dépend du passeport: aucun visa avec un passeport électronique, un visa avec tout autre.",
    ),
    "GBR": (
        "no visa needed by British citizens and the other British categories named, BN(O) among them.",
        "aucun visa pour les citoyens britanniques et les autres catégories nommées, dont les BN(O).",
    ),
    "ISR": (
        "no visa needed with an Israeli national passport.",
        "aucun visa nécessaire avec un passeport national israélien.",
    ),
    "HKG": (
        "no visa needed with a passport of the Special Administrative Region.",
        "aucun visa nécessaire avec un passeport de la Région administrative spéciale.",
    ),
    "TWN": (
        "no visa needed with an ordinary passport that shows a personal identification number.",
        "aucun visa nécessaire avec un passeport ordinaire où figure un numéro d’identification personnel.",
    ),
    "GBR in the US": (
        "no visa needed by British citizens with the right of abode; other categories need one.",
        "aucun visa pour les citoyens britanniques ayant droit de résidence; les autres en ont besoin.",
    ),
    "TWN in the US": (
        "no visa needed by residents with an electronic passport that shows an identification number.",
        "aucun visa pour les résidents munis d’un passeport électronique avec numéro d’identification.",
    ),
}
_RESIDENT = (
    "A lawful permanent resident of the United States needs no visa for Canada or the United States.",
    "Un résident permanent légal des États-Unis n’a besoin de visa ni pour le Canada ni pour les États-Unis.",
)


def visa_for_canada(
    nationalities: Iterable[str], day: date, at: datetime | None = None, us_status: str | None = None
) -> VisaSuggestion:
    """Whether a person of these nationalities needs a visa to enter Canada by land on a day.

    One visa-free nationality is enough. `at` is the Ottawa time without a zone, needed only for Mexico on
    2024-02-29. `us_status` "lpr" is a lawful permanent resident of the United States, "usc" a citizen.
    Raises `ValueError` for an unknown code (`STATELESS` is known) and for an `at` of another day.
    Source: IRPR 190 and Schedule 1.1 as read for 2020-04 to 2026-06-14; earlier days are recalled or None.

    >>> visa_for_canada(["MEX"], date(2024, 2, 29), datetime(2024, 2, 29, 23, 29)).required
    False
    """
    codes = _checked(nationalities, day, at, us_status)
    found = [_canada(code, day, at) for code in codes]
    if us_status == "lpr":
        read = day >= CANADA_READ
        source = "IRPR 190(1)(c)" if read else "IRPR 190(1)(c) (recalled)"
        sure = "high" if read else "low"
        found.append(VisaSuggestion(False, source, ("IRPR 190(1)(c)",), sure, *_RESIDENT))
    return _dated(_best(found), day)


def visa_for_us(
    nationalities: Iterable[str], day: date, at: datetime | None = None, us_status: str | None = None
) -> VisaSuggestion:
    """Whether a person of these nationalities needs a visa to enter the United States on a day.

    Takes the same arguments as `visa_for_canada`, so that one call serves both; no change here hangs on `at`.
    Source: the Visa Waiver Program list, 8 CFR 217.2(a), as amended to 2019-11-08; later changes recalled.

    >>> visa_for_us(["KOR"], date(2008, 11, 16)).required, visa_for_us(["KOR"], date(2008, 11, 17)).required
    (True, False)
    """
    codes = _checked(nationalities, day, at, us_status)
    found = [_us(code, day) for code in codes]
    if us_status == "lpr":
        effect = "residents return without a visa"
        found.append(VisaSuggestion(False, effect, ("IRPR 159.5(g)(ii)",), "medium", *_RESIDENT))
    return _best(found)


def moratorium_countries(day: date) -> Mapping[str, str]:
    """The countries to which Canada had suspended removals, for IRPR 159.6(c), each with its confidence.

    Empty outside 2004-12-29 to 2009-07-22, when paragraph (c) was not in force.

    >>> sorted(moratorium_countries(date(2009, 7, 22)))
    ['AFG', 'BDI', 'COD', 'HTI', 'IRQ', 'LBR', 'RWA', 'ZWE']
    >>> moratorium_countries(date(2009, 7, 23))
    {}
    """
    first, last = MORATORIUM
    if not first <= day <= last:
        return {}
    return dict.fromkeys(("BDI", "RWA", "LBR", "AFG", "COD", "IRQ", "HTI", "ZWE"), "high")


def _canada(code: str, day: date, at: datetime | None) -> VisaSuggestion:
    listed = ("IRPR 190", "IRPR Schedule 1.1")
    if code == "CAN":
        return _say(code, False, "citizens enter by right", (), "medium", "free")
    if day < CANADA_READ:
        return _recalled(code, day)
    if code == "MEX":
        return _mexico(day, at)
    if code == "QAT":
        free = day >= QATAR_LISTED
        labels = ("IRPR 190", "SOR/2025-234")
        return _say(code, not free, "SOR/2025-234", labels, "high", "free" if free else "needed")
    if code == "ROU":
        return _say(code, None, "IRPR 190(2.1)", ("IRPR 190(2.1)",), "high", "ROU")
    if code in _BRITISH:
        return _say(code, None, "IRPR 190", ("IRPR 190",), "medium", "British")
    if code in ("USA", "GBR", "VAT", "ISR", "HKG", "TWN"):
        return _say(code, False, "IRPR 190", ("IRPR 190",), "high", code if code in _NOTES else "free")
    if code in _SCHEDULE:
        return _say(code, False, "IRPR 190, Schedule 1.1", listed, "high", "free")
    if code in _BY_AIR and day >= _BY_AIR[code]:
        return _say(code, True, "IRPR 190, Schedule 1.1; IRPR 7.01", (*listed, "IRPR 7.01"), "medium", "air")
    return _say(code, True, "IRPR 190, Schedule 1.1", listed, "medium", "needed")


def _mexico(day: date, at: datetime | None) -> VisaSuggestion:
    labels = ("IRPR 190", "SOR/2024-34")
    if day != MEXICO_REMOVED.date():
        free = day < MEXICO_REMOVED.date()
        return _say("MEX", not free, "SOR/2024-34", labels, "high", "free" if free else "needed")
    hour = "SOR/2024-34; hour (recalled)"
    if at is None:
        return _say("MEX", None, hour, labels, "medium", "hour")
    free = at < MEXICO_REMOVED
    return _say("MEX", not free, hour, labels, "medium", "free" if free else "needed")


def _recalled(code: str, day: date) -> VisaSuggestion:
    source, labels = "IRPR 190 (recalled)", ("IRPR 190",)
    if code == "USA":
        return _say(code, False, source, labels, "low", "free")
    for first, before, needed in _RECALLED.get(code, ()):
        if first <= day < before:
            return _say(code, needed, source, labels, "low", "needed" if needed else "free")
    return _say(code, None, "IRPR 190, not read before 2020-04", labels, "low", "unread")


def _us(code: str, day: date) -> VisaSuggestion:
    rule, recalled = ("8 CFR 217.2(a)",), "8 CFR 217.2(a) (recalled)"
    if code == "USA":
        return _say(code, False, "nationals enter by right", (), "medium", "free")
    if code == "CAN":
        return _say(code, False, "8 CFR 212.1 (recalled)", ("8 CFR 212.1",), "medium", "free")
    if day < PACT_START:
        return _say(code, None, "8 CFR 217.2(a), not read before 2004-12-29", rule, "low", "unread")
    if code in _NOT_READ:
        note = "British" if code in _BRITISH else "unread"
        return _say(code, None, "8 CFR 212.1, not read", ("8 CFR 212.1",), "low", note)
    if code in _JOINED and day >= _JOINED[code][1]:
        notice, first, sure = _JOINED[code]
        late = first > US_READ_TO
        source, confidence = (recalled, "low") if late else (notice or "8 CFR 217.2(a)", "medium")
        labels = (*rule, notice) if notice else rule
        if day < sure:
            return _say(code, None, source, labels, confidence, "joined")
        note = f"{code} in the US"
        return _say(code, False, source, labels, confidence, note if note in _NOTES else "free")
    if day > US_READ_TO:
        return _say(code, True, recalled, rule, "low", "needed")
    return _say(code, True, "8 CFR 217.2(a)", rule, "medium", "needed")


def _say(
    code: str, required: bool | None, source: str, labels: tuple[str, ...], confidence: str, note: str
) -> VisaSuggestion:
    en, fr = ("Stateless", "Apatride") if code == "STATELESS" else (name(code, "en"), name(code, "fr"))
    note_en, note_fr = _NOTES[note]
    return VisaSuggestion(required, source, labels, confidence, f"{en}: {note_en}", f"{fr}: {note_fr}")


def _checked(nationalities: Iterable[str], day: date, at: datetime | None, us_status: str | None) -> list[str]:
    if isinstance(nationalities, str):
        raise ValueError(f"{nationalities!r} is one word, not a list of nationalities. Write [{nationalities!r}].")
    codes = list(dict.fromkeys(STATE_OF.get(code, code) for code in nationalities))
    for code in codes:
        if code != "STATELESS" and code not in COUNTRIES:
            name(code, "en")  # Raises, naming the nearest codes.
    if at is not None and (at.tzinfo is not None or at.date() != day):
        raise ValueError(f"{at.isoformat()} is not an Ottawa time on {day}. Give one without a zone, of that day.")
    return [*codes, "USA"] if us_status == "usc" and "USA" not in codes else codes


def _best(found: list[VisaSuggestion]) -> VisaSuggestion:
    """One freedom is enough; failing one, one doubt leaves the need in doubt."""
    if not found:
        return VisaSuggestion(
            None,
            "no nationality given",
            (),
            "low",
            "The nationality is not known.",
            "La nationalité est inconnue.",
        )
    order = ("high", "medium", "low")
    for required in (False, None):
        if some := [one for one in found if one.required is required]:
            return min(some, key=lambda one: order.index(one.confidence))
    return max(found, key=lambda one: order.index(one.confidence))


def _dated(one: VisaSuggestion, day: date) -> VisaSuggestion:
    if day <= CANADA_CHECKED or one.confidence != "high":
        return one
    return replace(
        one,
        confidence="medium",
        note_en=f"{one.note_en} List last checked on {CANADA_CHECKED}.",
        note_fr=f"{one.note_fr} Liste vérifiée pour la dernière fois le {CANADA_CHECKED}.",
    )
