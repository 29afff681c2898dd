"""From options, and words where they leave no doubt, to a claim; what is missing or does not fit is listed at once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from safethird.apps.flows_series import parse_period
from safethird.cases.faults import BadFile, Fault
from safethird.flows.claim_said import Claim, faults_of
from safethird.flows.claim_text import Heard, heard
from safethird.flows.series import entry


@dataclass(frozen=True, slots=True)
class Given:
    """The options of the command, as typed."""

    text: str = ""
    series: str | None = None
    change: str | None = None
    level: str | None = None
    doubled: bool = False
    highest: bool = False
    lowest: bool = False
    fell: bool = False
    rose: bool = False
    at_least: bool = False
    at_most: bool = False
    event: str | None = None
    day: str | None = None
    period: str | None = None
    since: str | None = None
    months: int | None = None
    baseline: str | None = None
    because: bool = False
    said: str | None = None
    tolerance: str | None = None


def claim_of(given: Given, lang: str) -> tuple[Claim, dict[str, str]]:
    """The claim, and the options that were understood from its words (as one would type them).

    Raises :class:`~safethird.cases.faults.BadFile` with everything that is missing, unclear or contradictory.

    >>> made, understood = claim_of(Given("irregular crossings fell 90% after the Protocol"), "en")
    >>> made.number, understood
    (-0.9, {'--series': 'interceptions/between_ports/Canada', '--change': '-90%', '--event': 'E21'})
    """
    faults: list[Fault] = []
    typed = _typed(given, faults)
    words = heard(given.text) if given.text else Heard()
    taken = {key: value for key, value in words.options.items() if _wanted(key, typed)}
    if "sort" not in taken:
        taken.pop("number", None)
        taken.pop("sense", None)
    merged: dict[str, Any] = {**taken, **{key: value for key, value in typed.items() if value is not None}}
    for name, option in (("series", "--series"), ("sort", "--change, --level, --highest, --fell …")):
        if name not in merged:
            unclear = words.unclear.get("change" if name == "sort" else name, ())
            what = f"is not clear from the words ({', '.join(unclear)})." if unclear else "is not given."
            faults.append(Fault(option, what, _HELP[name][lang == "fr"]))
    if not any(merged.get(name) for name in ("event", "day", "period")) and words.unclear.get("event"):
        listed = ", ".join(words.unclear["event"])
        faults.append(Fault("--event", f"is not clear from the words: {listed}.", "Give one of them."))
    if "series" in merged:
        try:
            merged["series"] = entry(merged["series"]).name
        except BadFile as error:
            faults += error.faults
    understood = _as_typed(taken)
    if not faults:
        made = Claim(text=given.text, **merged)
        faults += faults_of(made)
    if faults:
        if understood:
            said = " ".join(f"{option} {value}".strip() for option, value in understood.items())
            faults.append(Fault("the words", f"were understood as {said}.", "Options that are given go before them."))
        raise BadFile(faults)
    return made, understood


_HELP = {
    "series": (
        "Name one: safethird flows tables --series lists all. Irregular crossings: interceptions/between_ports/Canada; "
        "claims at the land border: claims/border/Canada.",
        "Nommez-en une : safethird flows tables --series les énumère. Passages irréguliers : "
        "interceptions/between_ports/Canada; demandes à la frontière terrestre : claims/border/Canada.",
    ),
    "sort": (
        "Say what is claimed: --change -90%, --level 39540 --period 2022, --doubled, --highest, --fell …",
        "Dites ce qui est avancé : --change -90%, --level 39540 --period 2022, --doubled, --highest, --fell …",
    ),
}


def _typed(given: Given, faults: list[Fault]) -> dict[str, Any]:
    """The options as values of a claim."""
    found: dict[str, Any] = {
        "series": given.series, "event": given.event, "months": given.months, "baseline": given.baseline,
        "day": _day(given.day, "--day", faults), "said": _day(given.said, "--said", faults),
        "because": True if given.because else None,
    }  # fmt: skip
    said = [name for name in ("change", "level") if getattr(given, name) is not None]
    said += [name for name in ("doubled", "highest", "lowest", "fell", "rose") if getattr(given, name)]
    if len(said) > 1:
        faults.append(Fault(" ".join(f"--{name}" for name in said), "do not go together.", "Give one of them."))
    elif said:
        found["sort"] = "change" if said[0] == "doubled" else said[0]
    if given.change is not None:
        found["number"] = _percent(given.change, "--change", faults)
    elif given.level is not None:
        found["number"] = _number(given.level, "--level", faults)
    elif given.doubled:
        found |= {"number": 1.0, "sense": "at_least"}
    if given.at_least and given.at_most:
        faults.append(Fault("--at-least --at-most", "do not go together.", "Give one of them."))
    elif given.at_least or given.at_most:
        found["sense"] = "at_least" if given.at_least else "at_most"
    if given.tolerance is not None:
        share = given.tolerance.rstrip().endswith("%")
        read = _percent if share else _number
        found["tolerance"] = read(given.tolerance, "--tolerance", faults)
        if found["tolerance"] is not None and share and given.level is not None and found.get("number"):
            found["tolerance"] *= abs(found["number"])
        elif found["tolerance"] is not None and not share and given.change is not None:
            found["tolerance"] /= 100  # points of a change
    if given.period is not None:
        try:
            found["period"] = parse_period(given.period)
        except BadFile as error:
            faults += error.faults
    if given.since is not None:
        try:
            found["since"] = parse_period(given.since)[0]
        except BadFile:
            faults.append(Fault("--since", f"{given.since!r} is no month.", "Write YYYY-MM."))
    return found


def _wanted(key: str, typed: dict[str, Any]) -> bool:
    """Whether an option read from the words may stand: not where it or its kin was typed."""
    kin = {"event": ("event", "day", "period"), "period": ("event", "day", "period"), "sense": ("sense", "sort"),
           "number": ("sort",)}.get(key, (key,))  # fmt: skip
    return all(typed.get(name) is None for name in kin)


def _as_typed(taken: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in taken.items():
        match key:
            case "sort":
                number = taken.get("number")
                if value == "change":
                    found["--change"] = f"{100 * number:+g}%" if number is not None else ""
                else:
                    found[f"--{value}"] = f"{number:g}" if value == "level" and number is not None else ""
            case "number":
                pass
            case "sense":
                found[f"--{str(value).replace('_', '-')}"] = ""
            case "period":
                found["--period"] = str(value[0]) if value[0] == value[1] else f"{value[0]}..{value[1]}"
            case "because":
                found["--because"] = ""
            case _:
                found[f"--{key}"] = str(value)
    return found


def _percent(text: str, option: str, faults: list[Fault]) -> float | None:
    match = re.fullmatch(r"\s*([+−-]?\d+(?:[.,]\d+)?)\s*%?\s*", text.replace("\u00a0", " "))
    if not match:
        faults.append(Fault(option, f"{text!r} is no percentage.", "Write -90% or +20%."))
        return None
    return float(match[1].replace("−", "-").replace(",", ".")) / 100


def _number(text: str, option: str, faults: list[Fault]) -> float | None:
    plain = re.sub(r"[ ,\u00a0\u202f](?=\d{3}\b)", "", text.strip())
    if not re.fullmatch(r"\d+(?:\.\d+)?", plain):
        faults.append(Fault(option, f"{text!r} is no count.", "Write a number, such as 39540."))
        return None
    return float(plain)


def _day(text: str | None, option: str, faults: list[Fault]) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        faults.append(Fault(option, f"{text!r} is no day.", "Write YYYY-MM-DD."))
        return None
