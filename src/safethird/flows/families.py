"""The series of a flow that add up: leaves that are forecast, and sums of leaves by channel, by place and in all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

import numpy as np

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, names
from safethird.flows.catalogue import Entry, catalogue, entry
from safethird.flows.codebook import Text
from safethird.flows.past import Floats, Past
from safethird.flows.series import Series, series
from safethird.flows.vintages import NotKnownThen

WHOLE = frozenset({"Canada", "All"})
PARTS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "claims": {"all": ("airport", "border", "inland", "other")},
        "channel": {
            "all": ("air", "land", "marine", "cbsa_inland_office", "inland_office"),
            "cbsa_total": ("air", "land", "marine", "cbsa_inland_office"),
            "all_ports": ("air", "land", "marine"),
        },
        "interceptions": {},
        "encounters/between_ports": {},
        "encounters/at_ports": {},
    }
)
"""What is forecast together, and which channels are sums of which. Encounters at and between ports are never added."""


@dataclass(frozen=True, slots=True)
class Family:
    """The leaves of a flow over the months they share, and the leaves that make up each name.

    ``flow`` is a key of :data:`PARTS`. ``members`` maps every name, leaf or sum, to places among ``leaves``;
    ``left_out`` says which leaves could not be used, and why.
    """

    flow: str
    leaves: tuple[Series, ...]
    past: Past
    members: Mapping[str, tuple[int, ...]]
    titles: Mapping[str, Text]
    left_out: Mapping[str, str]

    @property
    def unit(self) -> str:
        """What is counted."""
        return self.leaves[0].unit

    @property
    def vintage(self) -> date:
        """The day of the newest release used."""
        return max(leaf.vintage for leaf in self.leaves)

    def named(self, name: str) -> str:
        """The name of the family that a person means; case, accents and French do not matter.

        >>> family("claims").named("claims/ALL/québec")
        'claims/all/Quebec'
        """
        wanted = names.fold(name.replace("/", " "))
        for known in self.members:
            flow, channel, place = known.split("/")
            if any(names.fold(f"{flow} {channel} {one}") == wanted for one in names.spellings(place, of="province")):
                return known
        found = entry(name).name
        if found in self.members:
            return found
        if found in self.left_out:
            raise BadFile([Fault(found, self.left_out[found], "It cannot be forecast; choose another series.")])
        do = f"Try: {next(iter(self.members))}."
        raise BadFile([Fault(found, "It is not among the series that are forecast.", do)])

    def observed(self, name: str) -> Floats:
        """The counts of a name so far, hidden ones at their middle: the sum of its leaves, shape (months,)."""
        total: Floats = self.past.value[list(self.members[name])].sum(axis=0)
        return total

    def history(self, name: str, as_known_on: date | None = None) -> Series:
        """The observed series of a name: as published where there is one, otherwise its leaves added, with bounds."""
        if any(one.name == name for one in catalogue()):
            return series(name, as_known_on).until(str(self.past.last))
        leaves = [self.leaves[place] for place in self.members[name]]
        kept = [leaf.months >= self.past.months[0] for leaf in leaves]
        low, high, value = (
            np.sum([getattr(leaf, side)[here] for leaf, here in zip(leaves, kept, strict=True)], axis=0)
            for side in ("low", "high", "value")
        )
        status = np.where(np.isnan(value), "suppressed", "exact" if np.array_equal(low, high) else "rounded")
        breaks = {one.id: one for leaf in leaves for one in leaf.breaks}
        return Series(
            name,
            self.titles[name],
            self.unit,
            self.past.months,
            low,
            high,
            value,
            status,
            tuple(sorted({source for leaf in leaves for source in leaf.sources})),
            max(leaf.vintage for leaf in leaves),
            tuple(breaks.values()),
        )


def family_of(name: str) -> str:
    """The key of :data:`PARTS` under which a name, or a flow, is forecast; the name itself where nothing fits.

    >>> family_of("encounters/between_ports/Swanton"), family_of("claims")
    ('encounters/between_ports', 'claims')
    """
    for key in PARTS:
        if names.fold(name) == names.fold(key) or names.fold(name).startswith(names.fold(key) + " "):
            return key
    if "/" not in name:
        return name
    found = entry(name).name
    return next((key for key in PARTS if found.startswith(key + "/")), found.split("/")[0])


def family(flow: str, as_known_on: date | None = None, until: str | None = None) -> Family:
    """The series of a flow that add up, as known on a day, up to a month (YYYY-MM).

    Raises:
        BadFile: the flow is not forecast, or a leaf lacks a month between its first and its last.
        NotKnownThen: nothing of it was out by that day.

    >>> claims = family("claims")
    >>> [claims.past.names[place] for place in claims.members["claims/border/Yukon"]]
    ['claims/border/Yukon']
    >>> len(claims.members["claims/all/Ontario"])
    3
    """
    if flow not in PARTS:
        raise BadFile(
            [Fault(flow, "Nothing of this is forecast: its parts do not add up.", f"Forecast are: {', '.join(PARTS)}.")]
        )
    found: dict[str, Series] = {}
    left_out: dict[str, str] = {}
    refusal: NotKnownThen | None = None
    for one in _leaves(flow):
        try:
            got = series(one.name, as_known_on)
        except NotKnownThen as error:
            left_out[one.name], refusal = "It was not out by that day.", refusal or error
        else:
            found[one.name] = got if until is None else got.until(until)
    if refusal is not None and not found:
        raise refusal
    last = max(one.months[-1] for one in found.values())
    for name in [name for name, one in found.items() if one.months[-1] < last]:
        left_out[name] = f"Its figures end in {found.pop(name).months[-1]}, those of the others in {last}."
    leaves = tuple(found.values())
    past = _past(leaves)
    members = _members(flow, past.names)
    return Family(flow, leaves, past, members, _titles(members), left_out)


def _leaves(key: str) -> list[Entry]:
    flow, _, channel = key.partition("/")
    of_flow = [
        one for one in catalogue()
        if one.flow == flow and one.channel not in PARTS[key] and channel in ("", one.channel)
    ]  # fmt: skip
    divided = {one.channel for one in of_flow if _where(one.name) not in WHOLE}
    return [one for one in of_flow if _where(one.name) not in WHOLE or one.channel not in divided]


def _where(name: str) -> str:
    return name.split("/")[2]


def _members(key: str, leaves: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    flow = key.partition("/")[0]
    whole = "All" if flow == "encounters" else "Canada"
    cut = [leaf.split("/") for leaf in leaves]
    found: dict[str, tuple[int, ...]] = {leaf: (place,) for place, leaf in enumerate(leaves)}
    channels = {channel: (channel,) for _, channel, _ in cut} | dict(PARTS[key])
    for channel, parts in channels.items():
        inside = [place for place, (_, mine, _) in enumerate(cut) if mine in parts]
        for where in dict.fromkeys(cut[place][2] for place in inside):
            found.setdefault(f"{flow}/{channel}/{where}", tuple(p for p in inside if cut[p][2] == where))
        found[f"{flow}/{channel}/{whole}"] = tuple(inside)
    return found


def _titles(members: Mapping[str, tuple[int, ...]]) -> dict[str, Text]:
    known = {one.name: one.title for one in catalogue()}
    found = {}
    for name in members:
        flow, channel, where = name.split("/")
        place = names.province(where)
        whole = known.get(f"{flow}/{channel}/Canada", known.get(name, Text(name, name)))
        found[name] = known.get(name) or Text(
            *(f"{whole.text(lang).rsplit(', ', 1)[0]}, {place.text(lang)}" for lang in ("en", "fr"))
        )
    return found


def _past(leaves: tuple[Series, ...]) -> Past:
    first = max(leaf.months[0] for leaf in leaves)
    kept = [leaf.months >= first for leaf in leaves]
    months = leaves[0].months[kept[0]]
    value = [leaf.midpoint()[here] for leaf, here in zip(leaves, kept, strict=True)]
    faults = [
        Fault(
            leaf.name,
            f"No figure for {', '.join(str(month) for month in months[np.isnan(row)])}.",
            "A forecast needs every month: add these rows (safethird flows add FILE).",
        )
        for leaf, row in zip(leaves, value, strict=True)
        if np.isnan(row).any()
    ]
    if faults:
        raise BadFile(faults)
    redefined = [np.isin(months, [np.datetime64(one.day, "M") for one in leaf.breaks]) for leaf in leaves]
    table = codebook.table_named(entry(leaves[0].name).table)
    return Past(
        tuple(leaf.name for leaf in leaves),
        months,
        np.stack(value),
        np.stack([(leaf.status == "suppressed")[here] for leaf, here in zip(leaves, kept, strict=True)]),
        float(table.suppressed_to) if table.suppressed else 0.0,
        np.stack(redefined),
    )
