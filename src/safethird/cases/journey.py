"""The journey in a case file: where from, how, when, and with whom."""

from __future__ import annotations

from datetime import date
from typing import Any

from safethird.cases import scalars
from safethird.cases.companions import PARENTS, relation_of, with_parent
from safethird.cases.stated import OTHER_SIDE, Stated
from safethird.cases.values import Value, When

LAND = ("land_port", "train", "between_ports")
PORTS = ("land_port", "train", "ferry", "harbour", "airport", "airport_transit_us_removal", "transit_canada_removal")
# Who comes this way comes from the other country. Canada has one land neighbour, the United States has two.
_FROM_THE_OTHER = {
    "canada": (*LAND, "airport_transit_us_removal"),
    "united_states": ("transit_canada_removal",),
}
_COUNTED_AFTER = date(2020, 6, 24)


def journey(stated: Stated, relatives: Any) -> dict[str, Value]:
    """The facts of the journey; ``relatives`` are the raw ones, of whom one may stand at the border too."""
    facts: dict[str, Value] = {"entry_date_unproven": False}
    mode = stated.get("mode")
    inland = mode == "inland"
    entry = _entry(stated, mode, inland)
    if mode:
        facts["claimed_inland"] = inland
    if entry:
        facts["entry"] = entry
        if "port_open" not in stated.hidden:
            # "At a land port" means that it was open, unless the file says otherwise.
            facts["port_closed"] = stated.get("port_open") is False
    came_from = _came_from(stated, mode, entry)
    if came_from:
        facts["came_from"] = came_from
    entered = _entry_date(stated, facts, entry, inland)
    if entered is not None:
        facts["entry_date"] = entered
    accompanied = with_parent(stated, alone=stated.closed and not _parent_at_border(relatives))
    if accompanied is not None:
        facts["accompanied_by_parent"] = accompanied
    first = _first_entry(stated, entered)
    if first is not None:
        facts["first_entry_after_2020_06_24"] = first
    return facts


def _entry(stated: Stated, mode: str | None, inland: bool) -> str | None:
    entry: str | None = stated.get("entry_mode") if inland else mode
    if inland and entry is None and stated.denies("entry_mode", "mode"):
        return "other"
    if entry == "between_ports" and str(stated.get("crossing_place")).strip().lower() == "sea":
        return "coast"
    return entry


def _came_from(stated: Stated, mode: str | None, entry: str | None) -> str | None:
    came_from: str | None = stated.get("came_from")
    if came_from is None and "came_from" not in stated.hidden:
        if entry in _FROM_THE_OTHER[stated.side]:
            return OTHER_SIDE[stated.side]
        if stated.closed and mode in (None, "inland", "airport"):
            return scalars.ELSEWHERE
    return came_from


def _entry_date(stated: Stated, facts: dict[str, Value], entry: str | None, inland: bool) -> When | None:
    claimed, entered = stated.get("claim_date"), stated.get("entry_date")
    arriving = entry in PORTS and not inland and not facts.get("port_closed")
    if entered is None and arriving and "entry_date" not in stated.hidden:
        entered = claimed
    if isinstance(entered, When) and isinstance(claimed, When) and entered.first > claimed.last:
        stated.fault("entry_date", "The entry comes after the claim.", "Check both days.")
    return entered if isinstance(entered, When) else None


def _first_entry(stated: Stated, entered: When | None) -> When | None:
    first = stated.get("first_entry_after_2020_06_24")
    if isinstance(first, When):
        if entered is not None and first.first > entered.last > _COUNTED_AFTER:
            stated.fault("first_entry_after_2020_06_24", "It comes after entry_date.", "Give the first of all entries.")
        return first
    entries = [when for when in stated.get("entries") or () if isinstance(when, When)]
    if entries:
        entries += [entered] if entered is not None else []
        after = [when for when in entries if when.last > _COUNTED_AFTER]
        return min(after, key=lambda when: when.first) if after else max(entries, key=lambda when: when.first)
    return entered if stated.denies("first_entry_after_2020_06_24", "entries") else None


def _parent_at_border(raw: Any) -> bool:
    """Whether a parent stands at the border too: then nobody may say that the minor is alone without being told."""
    listed = raw if isinstance(raw, list) else []
    return any(
        isinstance(item, dict) and item.get("location") == "border" and relation_of(item.get("relation")) in PARENTS
        for item in listed
    )
