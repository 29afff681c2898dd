"""Turning what stands in a field into a value: days, numbers, countries, words of closed lists."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from safethird.cases.faults import Faults
from safethird.cases.fields import CODES, UNKNOWN_WORDS, Kind
from safethird.cases.kin import canonical
from safethird.cases.values import NEVER_ENDS, Interval, When
from safethird.law.countries import COUNTRIES, nearest

ELSEWHERE = "other"
_PLACES = ("border", ELSEWHERE)


def is_unknown(raw: Any) -> bool:
    """Whether a field says that nobody knows."""
    return raw is None or (isinstance(raw, str) and raw.strip().lower() in UNKNOWN_WORDS)


def read(kind: Kind, name: str, raw: Any, path: str, faults: Faults) -> Any:
    """The value of one field, or None where it is unknown or faulty (the fault is noted)."""
    if kind == "text":
        return raw
    if is_unknown(raw):
        return None
    match kind:
        case "bool":
            return _yes_or_no(raw, path, faults)
        case "day":
            return day(raw, path, faults)
        case "days":
            values = [day(item, f"{path}[{n}]", faults) for n, item in enumerate(_listed(raw))]
            return [value for value in values if value is not None]
        case "time":
            return raw
        case "country":
            also = (*_PLACES, "none") if name == "recognised_refugee_in" else _PLACES
            return country(raw, path, faults, also=also)
        case "countries":
            found = [country(item, f"{path}[{n}]", faults, also=("STATELESS",)) for n, item in enumerate(_listed(raw))]
            return frozenset(code for code in found if code) or None
        case "code":
            return code(name, raw, path, faults)
        case "codes":
            found = [code(name, item, f"{path}[{n}]", faults) for n, item in enumerate(_listed(raw))]
            return frozenset(item for item in found if item and item != "none")
        case "count":
            return count(raw, path, faults)
        case _:
            return raw


def day(raw: Any, path: str, faults: Faults) -> When | None:
    """A day, a month or a year, as the days between which it lies."""
    text = str(raw).strip()
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text)
    try:
        if found is None:
            raise ValueError
        year, month, number = (int(part) if part else None for part in found.groups())
        if year is None or not 1880 <= year <= 2200:
            raise ValueError
        if month is None:
            return When(date(year, 1, 1), date(year, 12, 31))
        if number is None:
            after = date(year + month // 12, month % 12 + 1, 1)
            return When(date(year, month, 1), after - timedelta(days=1))
        return When.day(date(year, month, number))
    except ValueError:
        faults.add(path, "This is not a day that exists.", "Write YYYY-MM-DD (a year or YYYY-MM alone is allowed).")
        return None


def moment(when: When | None, raw: Any, path: str, faults: Faults) -> When | None:
    """A day with its hour added, read in Ottawa time; the local day stays as it is."""
    if raw is None or is_unknown(raw) or when is None or not when.exact:
        return when
    text = str(raw).strip().replace("Z", "+00:00")
    text = text if "T" in text else f"{when.first}T{text}"
    try:
        stamp = datetime.fromisoformat(text)
        if stamp.tzinfo is None or stamp.date() != when.first:
            raise ValueError
    except ValueError:
        faults.add(path, "This is not an hour of that day with its offset.", "Write for instance 21:30-07:00.")
        return when
    return When(when.first, when.last, stamp.astimezone(ZoneInfo("America/Toronto")).replace(tzinfo=None))


def country(raw: Any, path: str, faults: Faults, also: tuple[str, ...] = ()) -> str | None:
    """A three-letter country code, or one of the other words allowed."""
    text = str(raw).strip()
    for word in also:
        if text.lower() == word.lower():
            return word
    if text.upper() in COUNTRIES:
        return text.upper()
    near = nearest(text)
    shown = ", ".join(f"{c} ({COUNTRIES[c].en})" for c in near)
    faults.add(path, "This is not a country code.", f"Nearest: {shown}." if near else "Use three letters, as COL.")
    return None


def code(name: str, raw: Any, path: str, faults: Faults) -> str | None:
    """A word of a closed list."""
    field = name.rsplit(".", 1)[-1]
    known = CODES.get(name) or CODES[field]
    if isinstance(raw, bool):
        raw = {"adopted": ("simple", "full"), "proven": ("no", "yes")}.get(field, ("none", "unspecified"))[raw]
    text = re.sub(r"[\s-]+", "_", str(raw).strip().lower())
    if field == "relation":
        try:
            return canonical(text)
        except ValueError:
            pass
    if text in known or str(raw) in known:
        return text if text in known else str(raw)
    faults.unknown_word(path, text, known, f"This word is not on the list for {field}.")
    return None


def count(raw: Any, path: str, faults: Faults) -> Interval | None:
    """A whole number, or ``18+`` for that many or more."""
    text = str(raw).strip()
    found = re.fullmatch(r"(\d{1,4})(\+?)", text)
    if found is None or (int(found[1]) > NEVER_ENDS * 12):
        faults.add(path, "This is not a whole number in range.", "Write for instance 30, or 18+ for an adult.")
        return None
    number = int(found[1])
    return Interval(number, NEVER_ENDS if found[2] else number)


def _yes_or_no(raw: Any, path: str, faults: Faults) -> bool | None:
    if isinstance(raw, bool):
        return raw
    words = {"yes": True, "true": True, "oui": True, "no": False, "false": False, "non": False}
    answer = words.get(str(raw).strip().lower())
    if answer is None:
        faults.add(path, "This is neither yes nor no.", "Write true, false or unknown.")
    return answer


def _listed(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [raw]
