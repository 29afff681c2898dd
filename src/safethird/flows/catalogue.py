"""Every named series: what it is called, in both languages, and which rows of which table it is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product

import polars as pl

from safethird.cases.faults import BadFile, Fault
from safethird.flows import codebook, names, store
from safethird.flows.codebook import Text

OFFICES = "claims_by_office_type_province_monthly"
AGENCIES = "claims_cbsa_ircc_channel_province_monthly"
INTERCEPTIONS = "rcmp_interceptions_monthly"
SECTORS = "usbp_northern_sector_monthly"
FIELD_OFFICES = "cbp_northern_border_monthly_aor"
VISAS = "us_niv_issuances_monthly"
BY_ORIGIN = "claims_by_citizenship_office_monthly"
BY_ORIGIN_AND_PROVINCE = "claims_by_citizenship_province_monthly"

FLOWS: Mapping[str, Text] = {
    "claims": Text("Asylum claims", "Demandes d’asile"),
    "claims_by_origin": Text("Asylum claims", "Demandes d’asile"),
    "channel": Text("Asylum claims received", "Demandes d’asile reçues"),
    "interceptions": Text("RCMP interceptions", "Interceptions de la GRC"),
    "regular_land": Text("Regular land claims (border minus interceptions)",
                         "Demandes terrestres régulières (frontière moins interceptions)"),
    "encounters": Text("US encounters", "Interpellations américaines"),
    "visas": Text("US nonimmigrant visas", "Visas américains de non-immigrant"),
}  # fmt: skip
CHANNELS: Mapping[str, Text] = {
    "airport": Text("airports", "aéroports"),
    "border": Text("land border", "frontière terrestre"),
    "inland": Text("inland offices", "bureaux intérieurs"),
    "other": Text("other", "autre"),
    "all": Text("all", "total"),
    "air": Text("air ports of entry", "points d’entrée aériens"),
    "land": Text("land ports of entry", "points d’entrée terrestres"),
    "marine": Text("marine ports of entry", "points d’entrée maritimes"),
    "all_ports": Text("all ports of entry", "tous les points d’entrée"),
    "cbsa_inland_office": Text("CBSA inland offices", "bureaux intérieurs de l’ASFC"),
    "cbsa_total": Text("all by the CBSA", "total de l’ASFC"),
    "inland_office": Text("IRCC inland offices", "bureaux intérieurs d’IRCC"),
    "between_ports": Text("between ports of entry", "entre les points d’entrée"),
    "at_ports": Text("at ports of entry", "aux points d’entrée"),
    "visitor": Text("visitors (B)", "visiteurs (B)"),
    "student_exchange": Text("students and exchange (F, M, J)", "étudiants et échanges (F, M, J)"),
    "work": Text("work (H, L, O, P, Q, R, E, TN)", "travail (H, L, O, P, Q, R, E, TN)"),
}
_OFFICES = Text("all offices", "tous les bureaux")
_WHOLE = {
    ("claims", "all"): _OFFICES, ("claims_by_origin", "all"): _OFFICES, ("channel", "all"): _OFFICES,
    ("claims", "other"): Text("other offices", "autres bureaux"),
    ("claims_by_origin", "other"): Text("other offices", "autres bureaux"),
    ("visas", "all"): Text("all classes", "toutes les catégories"),
    ("visas", "other"): Text("other classes", "autres catégories"),
}  # fmt: skip
_RECEIVED = {
    ("CBSA", "air_port_of_entry"): "air", ("CBSA", "land_port_of_entry"): "land",
    ("CBSA", "marine_port_of_entry"): "marine", ("CBSA", "all_ports_of_entry"): "all_ports",
    ("CBSA", "inland_office"): "cbsa_inland_office", ("CBSA", "total_cbsa"): "cbsa_total",
    ("IRCC", "inland_office"): "inland_office", ("CBSA+IRCC", "all"): "all",
}  # fmt: skip
_CLASSES = {"visitor_B": "visitor", "student_exchange_F_M_J": "student_exchange",
            "work_H_L_O_P_Q_R_E_TN": "work", "other": "other", "all": "all"}  # fmt: skip
_TYPED = {
    "claims": ("demandes", "asile"), "interceptions": ("intercepted",), "encounters": ("interpellations",),
    "border": ("frontiere", "land border"), "airport": ("aeroport",), "inland": ("interieur",), "other": ("autres",),
    "all": ("tous", "toutes"), "between_ports": ("entre les points d entree",),
}  # fmt: skip
_NOT_STATED = "Province/Territory of claim not stated"
_TOTAL, _OFO = "Northern border total", "Office of Field Operations"


@dataclass(frozen=True, slots=True)
class Entry:
    """A named series: its title, unit, first and last month, and the rows it is made of.

    ``rows`` maps a column of ``table`` to the value that its rows have there; the rows of a month are added where
    there are several. ``minus`` is the series taken away from it, month by month.
    """

    name: str
    flow: str
    channel: str
    place: str
    citizenship: str
    title: Text
    unit: str
    table: str
    first: date
    last: date
    rows: Mapping[str, str] = field(hash=False)
    minus: str = ""


def catalogue() -> list[Entry]:
    """Every named series, in the order of the tables.

    >>> [entry.name for entry in catalogue() if entry.flow == "interceptions"][:2]
    ['interceptions/between_ports/Canada', 'interceptions/between_ports/Quebec']
    """
    return list(_entries().values())


def entry(name: str) -> Entry:
    """The entry of a name; case, accents, dashes and spaces do not matter, French names and codes are accepted.

    Raises:
        BadFile: there is no such series; it names the nearest.

    >>> entry("Claims/border/Colombie-Britannique").name
    'claims/border/British Columbia'
    """
    known = _entries()
    if name in known:
        return known[name]
    found = _spelt().get("/".join(names.fold(part) for part in name.strip().strip("/").split("/")))
    if found is None:
        do = f"{codebook.near(name, known)} All: safethird flows tables --series.".strip()
        raise BadFile([Fault(name, "There is no such series.", do)])
    return known[found]


def _entries() -> dict[str, Entry]:
    used = (OFFICES, AGENCIES, INTERCEPTIONS, SECTORS, FIELD_OFFICES, VISAS, BY_ORIGIN, BY_ORIGIN_AND_PROVINCE)
    return _made(tuple(store.stamp(name) for name in used))


@lru_cache(maxsize=4)
def _made(_stamps: tuple[object, ...]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for part in (_claims, _received, _interceptions, _regular_land, _encounters, _visas, _by_origin):
        found |= {one.name: one for one in part()}
    return found


def _spans(table: str, *columns: str, among: pl.Expr | None = None) -> list[tuple[tuple[str, ...], date, date]]:
    """Each combination of the columns with its first and last month; Canada and All first, then by size."""
    rows = store.table(table)
    rows = rows if among is None else rows.filter(among)
    grouped = rows.group_by(columns).agg(
        pl.col("month").min().alias("_first"), pl.col("month").max().alias("_last"),
        pl.col(codebook.table_named(table).value).sum().alias("_size"),
    )  # fmt: skip
    ends = rows["month"].min(), rows["month"].max()
    whole = codebook.table_named(table).absent == "zero"
    spans = []
    for row in grouped.sort("_size", *columns, descending=[True, *(False for _ in columns)]).iter_rows():
        first, last = ends if whole else row[-3:-1]
        spans.append((tuple(row[:-3]), first, last))
    return sorted(spans, key=lambda one: (one[0][-1] not in ("Canada", "All"),))


def _claims() -> list[Entry]:
    found = []
    for (office, province), first, last in _spans(OFFICES, "office_type", "province"):
        place = "Not stated" if province == _NOT_STATED else province
        found.append(_one("claims", office.lower(), names.province(place), OFFICES, first, last,
                          {"office_type": office, "province": province}))  # fmt: skip
    order = ("all", "border", "airport", "inland", "other")
    return sorted(found, key=lambda one: order.index(one.channel))


def _received() -> list[Entry]:
    return [
        _one("channel", _RECEIVED[agency, channel], names.province(province), AGENCIES, first, last,
             {"agency": agency, "channel": channel, "province": province})
        for (agency, channel, province), first, last in _spans(AGENCIES, "agency", "channel", "province")
        if (agency, channel) in _RECEIVED
    ]  # fmt: skip


def _interceptions() -> list[Entry]:
    return [
        _one("interceptions", "between_ports", names.province(province), INTERCEPTIONS, first, last,
             {"province": province})
        for (province,), first, last in _spans(INTERCEPTIONS, "province")
        if province in names.PROVINCES
    ]  # fmt: skip


def _regular_land() -> list[Entry]:
    border = {one.place: one for one in _claims() if one.channel == "border"}
    found = []
    for one in _interceptions():
        if one.place in border and one.last >= date(2018, 4, 1):
            whole = border[one.place]
            first, last = max(one.first, whole.first), min(one.last, whole.last)
            place = names.province(one.place)
            found.append(_one("regular_land", "at_ports", place, OFFICES, first, last, whole.rows, minus=one.name))
    return found


def _encounters() -> list[Entry]:
    between = [
        _one("encounters", "between_ports", _sector(sector), SECTORS, first, last, {"sector": sector})
        for (sector,), first, last in _spans(SECTORS, "sector", among=pl.col("sector") != "Livermore")
    ]
    ports = _spans(FIELD_OFFICES, "area_of_responsibility", among=pl.col("component") == _OFO)
    at = [_one("encounters", "at_ports", _sector("All"), FIELD_OFFICES, ports[0][1], ports[0][2], {"component": _OFO})]
    at += [
        _one("encounters", "at_ports", Text(office.removesuffix(" Field Office"), office.removesuffix(" Field Office")),
             FIELD_OFFICES, first, last, {"component": _OFO, "area_of_responsibility": office})
        for (office,), first, last in ports
    ]  # fmt: skip
    return sorted(between, key=lambda one: one.place != "All") + at


def _sector(sector: str) -> Text:
    return Text("All", "Toutes") if sector in (_TOTAL, "All") else Text(sector, sector)


def _visas() -> list[Entry]:
    found = []
    for (group,), first, last in _spans(VISAS, "class_group"):
        if group in _CLASSES:
            found.append(_one("visas", _CLASSES[group], Text("All", "Toutes"), VISAS, first, last,
                              {"class_group": group}, citizenship="All"))  # fmt: skip
    for (group, nationality), first, last in _spans(VISAS, "class_group", "nationality"):
        if group in _CLASSES:
            found.append(_one("visas", _CLASSES[group], names.nation(nationality), VISAS, first, last,
                              {"class_group": group, "nationality": nationality}, citizenship=nationality))  # fmt: skip
    return found


def _by_origin() -> list[Entry]:
    found = []
    for (office, citizenship), first, last in _spans(BY_ORIGIN, "office_type", "citizenship"):
        found.append(_one("claims_by_origin", office.lower(), names.nation(citizenship), BY_ORIGIN, first, last,
                          {"office_type": office, "citizenship": citizenship}, citizenship=citizenship))  # fmt: skip
    for (citizenship, province), first, last in _spans(BY_ORIGIN_AND_PROVINCE, "citizenship", "province"):
        if province != "Canada":
            nation, place = names.nation(citizenship), names.province(province)
            found.append(_one("claims_by_origin", "all", nation, BY_ORIGIN_AND_PROVINCE, first, last,
                              {"citizenship": citizenship, "province": province}, citizenship=citizenship,
                              within=place))  # fmt: skip
    return found


def _one(
    flow: str, channel: str, of: Text, table: str, first: date, last: date, rows: Mapping[str, str], *,
    citizenship: str = "", within: Text | None = None, minus: str = "",
) -> Entry:  # fmt: skip
    parts = [
        flow,
        channel,
        of.en if not citizenship or citizenship == "All" else _nation(of, citizenship),
        *([within.en] if within else []),
    ]
    said: Callable[[str], str] = lambda lang: ", ".join(  # noqa: E731
        part for part in (
            FLOWS[flow].text(lang),
            "" if flow == "regular_land" else _WHOLE.get((flow, channel), CHANNELS[channel]).text(lang),
            "" if of.en == "All" else of.text(lang), within.text(lang) if within else "",
        ) if part
    )  # fmt: skip
    return Entry(
        name="/".join(parts), flow=flow, channel=channel,
        place=within.en if within else "Canada" if flow == "claims_by_origin" else "" if citizenship else of.en,
        citizenship="" if not citizenship else "All" if citizenship == "All" else _nation(of, citizenship),
        title=Text(said("en"), said("fr")),
        unit="claims" if minus else codebook.table_named(table).unit, table=table, first=first, last=last, rows=rows,
        minus=minus,
    )  # fmt: skip


def _nation(of: Text, printed: str) -> str:
    return of.en if "," in printed else printed


@lru_cache(maxsize=1)
def _spellings(known: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in _entries().values():
        flows = {names.fold(one.flow), names.fold(FLOWS[one.flow].fr), *_TYPED.get(one.flow, ())}
        channels = {names.fold(one.channel), names.fold(CHANNELS[one.channel].en), names.fold(CHANNELS[one.channel].fr)}
        channels |= {*_TYPED.get(one.channel, ())}
        channels |= {names.fold(key) for key, value in _CLASSES.items() if value == one.channel and one.flow == "visas"}
        thing = one.name.split("/")[2]
        kind = "nation" if one.citizenship and thing != "All" else "province"
        things = names.spellings(thing, of=kind)
        if one.flow == "encounters":
            things |= {names.fold(f"{thing} sector"), names.fold(f"{thing} field office")}
        if thing in ("All", "Canada"):
            things |= {"all", "tous", "toutes", "total"}
        within = names.spellings(one.place, of="province") if one.name.count("/") == 3 else {""}
        for flow in flows:
            for channel, third, fourth in product(channels, things, within):
                found.setdefault("/".join(part for part in (flow, channel, third, fourth) if part), one.name)
            if one.flow in ("interceptions", "regular_land"):
                found |= {f"{flow}/{third}": one.name for third in things}
    return found


def _spelt() -> dict[str, str]:
    return _spellings(tuple(_entries()))
