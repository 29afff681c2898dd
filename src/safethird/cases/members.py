"""The relatives of a case file: each one's tie, place, status, claim and age."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safethird.cases import scalars
from safethird.cases.faults import Faults
from safethird.cases.fields import RELATIVE
from safethird.cases.person import aged, known_keys
from safethird.cases.values import Interval, Value
from safethird.law.facts.relatives import CANADA_CLAIMS, OF_CANADA, OF_THE_US, US_CLAIMS

MOST = 200
Caution = tuple[str, str]
# Who holds one of these has no claim of their own going on.
_SETTLED = ("citizen", "permanent_resident", "protected_person", "usc", "lpr", "asylee", "refugee")
_PARTNER = "common_law_partner"
_OF_THE_OTHER = {
    "CAN": {"status": OF_THE_US, "claim_status": US_CLAIMS},
    "USA": {"status": OF_CANADA, "claim_status": CANADA_CLAIMS},
}


def relatives(
    raw: Any, fields: dict[str, Any], closed: bool, unknown: tuple[str, ...], at: str, faults: Faults
) -> tuple[list[dict[str, Value]], list[str], list[Caution]]:
    """The facts of every relative, the paths of those shown by testimony, and what the reader should be warned of."""
    place = f"{at}.relatives" if at else "relatives"
    if raw is None:
        return [], [], []
    if not isinstance(raw, list):
        faults.add(place, "This must be a list of relatives.", "Start each one with '- relation: …'.")
        return [], [], []
    if len(raw) > MOST:
        faults.add(place, f"There are more than {MOST} relatives.", "List those that may matter.")
        return [], [], []
    found: list[dict[str, Value]] = []
    testimony: list[str] = []
    warnings: list[Caution] = []
    for number, item in enumerate(raw):
        path = f"{place}[{number}]"
        if not isinstance(item, dict):
            faults.add(path, "A relative is a mapping of fields.", "Start it with '- relation: …'.")
            continue
        hidden = {name.split(".", 1)[1] for name in unknown if name.startswith(f"relatives[{number}].")}
        member, proof = _relative(item, fields, closed, hidden, path, faults, warnings)
        found.append(member)
        if proof == "testimony":
            testimony.append(f"relatives[{number}]")
    return found, testimony, warnings


def _relative(
    item: dict[str, Any],
    claimant: dict[str, Any],
    closed: bool,
    hidden: set[str],
    path: str,
    faults: Faults,
    warnings: list[Caution],
) -> tuple[dict[str, Value], str | None]:
    known_keys(item, RELATIVE, path, faults)
    fields = {
        name: value
        for name, raw in item.items()
        if name in RELATIVE
        and name not in hidden
        and (value := scalars.read(RELATIVE[name], name, raw, f"{path}.{name}", faults)) is not None
    }
    if "relation" not in item:
        faults.add(path, "A relative needs a relation.", "Add 'relation: mother' (what they are to the claimant).")
    member: dict[str, Value] = {}
    for name in ("relation", "location", "status", "claim_status"):
        if isinstance(fields.get(name), str):
            member[f"relative.{name}"] = fields[name]
    foreign = foreign_words(member)
    for name in foreign:
        warnings.append(
            _of_the_other(name, str(member.pop(f"relative.{name}")), path, str(member["relative.location"]))
        )
    hidden = hidden | set(foreign)
    age = aged(fields, claimant.get("claim_date"), path, faults)
    if age is not None:
        member["relative.age"] = age
    status = member.get("relative.status")
    if status in _SETTLED and "relative.claim_status" not in member and "claim_status" not in hidden:
        member["relative.claim_status"] = "none"
    if closed and "relative.claim_status" not in member and "claim_status" not in hidden:
        if status == "asylum_pending":
            member["relative.claim_status"] = "pending_uscis"
        elif status is not None and status != "refugee_claimant":
            member["relative.claim_status"] = "none"
    proven = fields.get("proven")
    if proven in ("yes", "testimony") or (closed and proven is None and "proven" not in hidden):
        member["relative.proven"] = True
    if isinstance(fields.get("able_to_care"), bool):
        member["relative.able_to_care"] = fields["able_to_care"]
    elif closed and "able_to_care" not in hidden:
        # A parent in the country is taken to be able to care, unless the case says otherwise.
        member["relative.able_to_care"] = claimant.get("able_to_care", True)
    member["relative.adoption_incomplete"] = fields.get("adopted") == "simple"
    together = _year_together(fields, claimant, closed) if member.get("relative.relation") == _PARTNER else False
    if together is not None:
        member["relative.common_law_year"] = together
    return member, proven


def foreign_words(member: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields that tell of the other country's law about a relative who is in this one: they settle nothing here.

    >>> foreign_words({"relative.location": "USA", "relative.status": "citizen"})
    ('status',)
    """
    lists = _OF_THE_OTHER.get(str(member.get("relative.location")), {})
    return tuple(name for name, words in lists.items() if member.get(f"relative.{name}") in words)


def _of_the_other(name: str, word: str, path: str, location: str) -> Caution:
    codes = OF_THE_US if location == "USA" else OF_CANADA
    own = codes if name == "status" else US_CLAIMS if location == "USA" else CANADA_CLAIMS
    listed = ", ".join((*own[:5], "…"))
    return (
        f"{path}.{name}: “{word}” is a word of the other country’s law and says nothing about this relative, who is in "
        f"{location}: left out. Write what they have there: {listed}",
        f"{path}.{name} : « {word} » est un terme du droit de l’autre pays et ne dit rien de cette personne, qui se "
        f"trouve ici : {location}. Terme laissé de côté. Écrivez ce qu’elle y a : {listed}",
    )


def _year_together(fields: dict[str, Any], claimant: dict[str, Any], closed: bool) -> bool | None:
    stated = fields.get("year_together")
    if isinstance(stated, bool):
        return stated
    lived, couple, kept_apart = (
        fields.get(name, claimant.get(name))
        for name in ("cohabited_months", "relationship_months", "prevented_by_persecution")
    )
    if isinstance(lived, Interval) and lived.low >= 12:
        return True
    if kept_apart is True and isinstance(couple, Interval):
        return True if couple.low >= 12 else False if couple.high < 12 else None
    if isinstance(lived, Interval) and lived.high < 12:
        return False if kept_apart is not None or closed or couple is None else None
    return True if closed and lived is None and couple is None else None
