"""A family file: what its members share, who they are to each other, and the case that each one has of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import Any

from safethird.cases import scalars
from safethird.cases.build import build
from safethird.cases.case import Case
from safethird.cases.faults import Faults
from safethird.cases.fields import CLAIMANT, RELATIVE
from safethird.cases.journey import PORTS
from safethird.cases.kin import RELATIONS, Tie, TieError, derive
from safethird.cases.person import known_keys

MOST_MEMBERS, MOST_PEOPLE = 30, 100
FOR_ALL = ("side", "date", "kind", "positions", "title", "source", "origin", "confidence")
FAMILY = ("id", *FOR_ALL, "facts", "members", "people", "ties", "relatives_complete", "travelling_together")
MEMBER = ("id", "title", "facts", "relatives", "relatives_complete")
PERSON = ("id", *(name for name in RELATIVE if name != "relation"))
TIE = ("who", "relation", "of", "proven")
# A role stands beside a tie of kin: an aunt may be the legal guardian too.
_ROLES = ("legal_guardian", "ward")
_PROOFS = ("no", "testimony", "yes")
_OF_BOTH = ("age", "birth_date", "cohabited_months", "relationship_months", "prevented_by_persecution")
_COUPLE = {"spouse": "married", "common_law": "common_law"}

Pair = tuple[str, str]
Warnings = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Family:
    """The case of each member, and what everyone is to everyone.

    ``between`` holds the relation of the first to the second. ``listed`` tells, for each member, whose entry
    each of the case's relatives is: an id, or nothing for a relative written out in the member's own list.
    """

    members: tuple[Case, ...]
    between: Mapping[Pair, str]
    warnings: Warnings = ()
    listed: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Someone:
    """A member or another person: where they stand in the file, and what it says of them.

    ``id`` is empty where it is missing or taken. ``facts`` of a member include the shared ones.
    """

    id: str
    place: str
    raw: Mapping[str, Any]
    facts: Mapping[str, Any]
    wrote: Mapping[str, str]
    claims: bool

    def says_nothing_of(self, *names: str) -> bool:
        return not any(name in self.facts or name in self.hidden for name in names)

    @property
    def hidden(self) -> set[str]:
        listed = (self.facts.get(name) for name in ("unknown_facts", "not_shown"))
        return {str(name) for raw in listed for name in (raw if isinstance(raw, list) else [raw])}


@dataclass(frozen=True, slots=True)
class _Ties:
    """What everyone is to everyone (kin first, then roles), what is unsure, and how far it can be shown."""

    relations: Mapping[Pair, tuple[str, ...]]
    unsure: set[Pair]
    shown: Sequence[tuple[str, Mapping[Pair, tuple[str, ...]]]]
    proven: Mapping[Pair, str | None]
    named: set[str]

    def proof(self, pair: Pair, relation: str) -> str:
        """The best proof on which the relation still follows from the ties."""
        neutral = RELATIONS[relation].neutral
        for proof, relations in self.shown:
            if neutral in (RELATIONS[code].neutral for code in relations.get(pair, ())):
                return proof
        return "no"


class _Once(Faults):
    """Passes each fault on once, at the place in the family file where the matter was written."""

    def __init__(self, faults: Faults) -> None:
        super().__init__({})
        self._to = faults
        self._told: set[tuple[str, str, str]] = set()
        self.written: dict[str, str] = {}

    def add(self, path: str, what: str, do: str = "") -> None:
        stems = [stem for stem in self.written if path == stem or path.startswith((f"{stem}.", f"{stem}["))]
        if stems:
            stem = max(stems, key=len)
            path = self.written[stem] + path[len(stem) :]
        if (path, what, do) not in self._told:
            self._told.add((path, what, do))
            self._to.add(path, what, do)


def is_family(raw: Any) -> bool:
    """Whether a file describes a family rather than one case.

    >>> is_family({"members": []}), is_family({"facts": {}})
    (True, False)
    """
    return isinstance(raw, dict) and "members" in raw


def build_family(raw: Any, faults: Faults) -> Family:
    """The family that a file describes; faults are noted, not raised.

    >>> mother, son = {"id": "Ana", "facts": {"age": 34}}, {"id": "Bo", "facts": {"age": 8}}
    >>> people, ties = [{"id": "Cy"}], [Tie("Ana", "mother", "Bo"), Tie("Cy", "brother", "Ana")]
    >>> file = {"members": [mother, son], "people": people, "ties": [tie._asdict() for tie in ties]}
    >>> build_family(file, Faults({})).between["Cy", "Bo"]
    'uncle'
    """
    once = _Once(faults)
    if not isinstance(raw, dict):
        once.add("", "A family is a mapping with 'members' and 'ties'.", "Write 'members:' and list them under it.")
        return Family((), {})
    known_keys(raw, FAMILY, "", once)
    shared = _mapping(raw.get("facts"), "facts", once)
    known_keys(shared, CLAIMANT, "facts", once)
    together = _yes(raw, "travelling_together", "", once) is not False
    complete = _yes(raw, "relatives_complete", "", once)
    members, people = _everyone(raw, shared, once)
    ties = _ties(raw.get("ties"), [*members, *people], once)
    known = sorted((each for each in (*members, *people) if each.id), key=lambda each: each.id)
    common = {key: raw[key] for key in FOR_ALL if key in raw} | {"relatives_complete": complete}
    cases, listed = [], {}
    for member in members:
        others = [other for other in known if other is not member] if member.id else []
        case, names = _case(member, others, ties, common, together, once)
        cases.append(case)
        listed[member.id] = names
    between = {pair: relations[0] for pair, relations in ties.relations.items()}
    untied = [each.id for each in (*members, *people) if each in known and each.id not in ties.named]
    warnings = tuple(_untied(name) for name in untied if len(known) > 1)
    return Family(tuple(cases), between, warnings, listed)


def _everyone(
    raw: Mapping[str, Any], shared: Mapping[str, Any], faults: Faults
) -> tuple[list[_Someone], list[_Someone]]:
    taken: set[str] = set()
    members, people = [], []
    for key, most in (("members", MOST_MEMBERS), ("people", MOST_PEOPLE)):
        items = _list(raw.get(key), key, faults)
        if len(items) > most:
            faults.add(key, f"There are more than {most} {key}.", "Split the family, or list those who may matter.")
            items = items[:most]
        for number, item in enumerate(items):
            place = f"{key}[{number}]"
            mapping = _mapping(item, place, faults)
            known_keys(mapping, MEMBER if key == "members" else PERSON, place, faults)
            name = _id(mapping, place, taken, faults)
            if key == "members":
                own = _mapping(mapping.get("facts"), f"{place}.facts", faults)
                wrote = dict.fromkeys(shared, "facts") | dict.fromkeys(own, f"{place}.facts")
                members.append(_Someone(name, place, mapping, {**shared, **own}, wrote, True))
            else:
                # Read here as well, since somebody without a tie is read nowhere else.
                for fact, value in mapping.items():
                    if fact in PERSON[1:]:
                        scalars.read(RELATIVE[fact], fact, value, f"{place}.{fact}", faults)
                facts = {fact: value for fact, value in mapping.items() if fact in PERSON[1:]}
                people.append(_Someone(name, place, mapping, facts, dict.fromkeys(facts, place), False))
    if isinstance(raw.get("members"), list | None) and not members:
        faults.add("members", "The family has no members.", "List those who claim, each with an 'id' and 'facts'.")
    return members, people


def _id(raw: Mapping[str, Any], place: str, taken: set[str], faults: Faults) -> str:
    name = _word(raw.get("id"))
    if not name:
        faults.add(f"{place}.id" if "id" in raw else place, "Everyone needs an id.", "Add 'id:' with a short word.")
    elif name in taken:
        faults.add(f"{place}.id", "This id is taken.", "Give each member and each person an id of their own.")
        return ""
    taken.add(name)
    return name


def _ties(raw: Any, everyone: Sequence[_Someone], faults: Faults) -> _Ties:
    places = {each.id: each.place for each in everyone if each.id}
    stated: list[tuple[Tie, str | None]] = []
    for number, item in enumerate(_list(raw, "ties", faults)):
        place = f"ties[{number}]"
        mapping = _mapping(item, place, faults)
        known_keys(mapping, TIE, place, faults)
        missing = [name for name in TIE[:3] if not _word(mapping.get(name))]
        if missing:
            faults.add(place, f"The tie lacks {' and '.join(missing)}.", "Write {who: …, relation: …, of: …}.")
        ends = {end: _word(mapping.get(end)) for end in ("who", "of") if end not in missing}
        for end, name in ends.items():
            if name not in places:
                faults.add(f"{place}.{end}", "Nobody here has this id.", "Correct it, or add them under 'people'.")
        same = len(ends) == 2 and ends["who"] == ends["of"]
        if same:
            faults.add(place, "Nobody is tied to themself.", "Remove the tie, or name the other person.")
        word = mapping.get("relation")
        code = None if "relation" in missing else scalars.code("relation", word, f"{place}.relation", faults)
        proof = scalars.read("code", "proven", mapping.get("proven"), f"{place}.proven", faults)
        # What is said to be unknown is not shown; what nobody speaks of takes nothing away.
        proof = "no" if proof is None and "proven" in mapping else proof
        if code and len(ends) == 2 and not same and all(name in places for name in ends.values()):
            stated.append((Tie(ends["who"], code, ends["of"]), proof))
    try:
        relations, unsure = _derive([tie for tie, _ in stated], list(places))
    except TieError:
        _contradictions([Tie(places[who], code, places[of]) for (who, code, of), _ in stated], everyone, faults)
        relations, unsure, stated = {}, set(), []
    shown = []
    for proof in ("yes", "testimony"):
        kept = [tie for tie, said in stated if said is None or _PROOFS.index(said) >= _PROOFS.index(proof)]
        shown.append((proof, relations if len(kept) == len(stated) else _derive(kept, list(places))[0]))
    proven = {pair: said for (who, _, of), said in stated for pair in ((who, of), (of, who))}
    named = {name for (who, _, of), _ in stated for name in (who, of)}
    return _Ties(relations, unsure, shown, proven, named)


def _derive(ties: list[Tie], people: list[str]) -> tuple[dict[Pair, tuple[str, ...]], set[Pair]]:
    kin = derive([tie for tie in ties if tie.relation not in _ROLES], people)
    roles = derive([tie for tie in ties if tie.relation in _ROLES], people).relations
    both = {
        pair: tuple(found[pair] for found in (kin.relations, roles) if pair in found)
        for pair in permutations(people, 2)
    }
    return {pair: relations for pair, relations in both.items() if relations}, kin.unsure


def _contradictions(ties: list[Tie], everyone: Sequence[_Someone], faults: Faults) -> None:
    """Notes what cannot hold, people being named by their places and not by what somebody called them."""
    for role in (False, True):
        try:
            derive([tie for tie in ties if (tie.relation in _ROLES) is role], [each.place for each in everyone])
        except TieError as error:
            for message in error.messages:
                faults.add("ties", message)


def _case(
    member: _Someone,
    others: Sequence[_Someone],
    ties: _Ties,
    common: Mapping[str, Any],
    together: bool,
    faults: _Once,
) -> tuple[Case, tuple[str, ...]]:
    at = member.place
    faults.written = {f"{at}.{key}": key for key in FOR_ALL if key not in member.raw}
    faults.written |= {f"{at}.facts.{name}": f"{place}.{name}" for name, place in member.wrote.items()}
    own = _list(member.raw.get("relatives"), f"{at}.relatives", faults)
    relatives, names = list(own), ["" for item in own if isinstance(item, dict)]
    beside: list[str] = []
    facts = dict(member.facts)
    warnings = []
    for other in others:
        pair = (other.id, member.id)
        relations = ties.relations.get(pair, ())
        along = other.claims and together and _same_journey(member, other)
        for relation in relations:
            path = f"{at}.relatives[{len(relatives)}]"
            faults.written[path] = other.place
            faults.written |= {f"{path}.{name}": f"{place}.{name}" for name, place in other.wrote.items()}
            relatives.append(_entry(member, other, relation, ties, along, common.get("side")))
            names.append(other.id)
            if status := _COUPLE.get(RELATIONS[relation].kin_class):
                facts |= {"marital_status": status} if member.says_nothing_of("marital_status") else {}
        if pair in ties.unsure:
            warnings.append(_unsure(other.id, member.id, relations[0]))
        if along:
            # A step-parent who may be the parent is nobody's stranger; nor is a companion without a tie.
            doubtful = pair in ties.unsure and RELATIONS[relations[0]].neutral == "step_parent"
            beside += ["unknown"] if doubtful or not relations else relations
    if beside and member.says_nothing_of("accompanied_by", "unaccompanied"):
        facts["accompanied_by"] = beside
    case = {key: value for key, value in common.items() if value is not None or key == "date"}
    complete = _yes(member.raw, "relatives_complete", at, faults)
    case |= {"relatives_complete": complete} if "relatives_complete" in member.raw else {}
    case |= {"id": member.id, "facts": facts, "relatives": relatives}
    built = build(case, faults, at)
    return replace(built, warnings=(*built.warnings, *warnings)), tuple(names)


def _entry(member: _Someone, other: _Someone, relation: str, ties: _Ties, along: bool, side: Any) -> dict[str, Any]:
    pair = (other.id, member.id)
    if not other.claims:
        entry = {**other.facts, "relation": relation}
        told = scalars.code("proven", other.facts.get("proven", "?"), "", Faults({}))
    else:
        entry = {name: other.facts[name] for name in _OF_BOTH if name in other.facts and name not in other.hidden}
        entry |= {"relation": relation, **_claiming(member, other, along, side)}
        told = "yes" if along else ties.proven.get(pair)
    shown = ties.proof(pair, relation)
    proof = shown if shown == "no" or told is None else min(told, shown, key=_PROOFS.index)
    if proof == "no" or told is not None:
        entry["proven"] = proof
    return entry


def _claiming(member: _Someone, other: _Someone, along: bool, side: Any) -> dict[str, str]:
    """Where a member stands for another: at the border or over it, with a claim on which nobody has ruled."""
    mode = scalars.code("mode", other.facts.get("mode") or "?", "", Faults({}))
    closed = scalars.read("bool", "port_open", other.facts.get("port_open"), "", Faults({})) is False
    at_port = mode in (*PORTS, "transit_canada_removal") and not closed
    known = _status_in_the_us(other, along) if side == "united_states" else {"status": "refugee_claimant"}
    if _same(member, other, "claim_date"):
        # At a port and not along, they may still be in either country: only a crossing tells where they are.
        if mode and (along or not at_port):
            known["location"] = "border" if at_port else "USA" if side == "united_states" else "CAN"
        if side != "united_states":
            known["claim_status"] = "not_yet_referred"
    return known


def _status_in_the_us(other: _Someone, along: bool) -> dict[str, str]:
    """What the file says of a member's own status; nobody at the border screening has applied for asylum yet."""
    status = None if "us_status" in other.hidden else other.facts.get("us_status")
    code = scalars.code("us_status", status, "", Faults({})) if isinstance(status, str) else None
    at_screening = along and other.facts.get("forum") != "immigration_court" and code != "asylum_pending"
    return {**({"status": code} if code else {}), **({"claim_status": "none"} if at_screening else {})}


def _same_journey(one: _Someone, two: _Someone) -> bool:
    return _same(one, two, "claim_date", "entry_date", "mode", "came_from")


def _same(one: _Someone, two: _Someone, *names: str) -> bool:
    return all(str(one.facts.get(name)).lower() == str(two.facts.get(name)).lower() for name in names)


def _yes(raw: Mapping[str, Any], key: str, at: str, faults: Faults) -> bool | None:
    found = scalars.read("bool", key, raw.get(key), f"{at}.{key}" if at else key, faults)
    return found if isinstance(found, bool) else None


def _word(raw: Any) -> str:
    return str(raw).strip() if isinstance(raw, str | int) and not isinstance(raw, bool) else ""


def _mapping(raw: Any, path: str, faults: Faults) -> Mapping[str, Any]:
    if raw is not None and not isinstance(raw, dict):
        faults.add(path, "This must be a mapping of fields.", "Write 'field: value' lines.")
    return raw if isinstance(raw, dict) else {}


def _list(raw: Any, path: str, faults: Faults) -> list[Any]:
    if raw is not None and not isinstance(raw, list):
        faults.add(path, "This must be a list.", "Start each entry with '- '.")
    return raw if isinstance(raw, list) else []


def _unsure(other: str, member: str, relation: str) -> tuple[str, str]:
    word = RELATIONS[relation]
    return (
        f"{other} is taken to be this to {member}: {word.en}. A parent who is not named may make it another tie. "
        "Add the parent and the tie if known.",
        f"Lien de {other} avec {member}, tel que supposé : {word.fr}. Un parent qui n’est pas nommé peut en faire un "
        "autre lien. Ajoutez ce parent et le lien s’ils sont connus.",
    )


def _untied(name: str) -> tuple[str, str]:
    return (
        f"{name} has no tie to anyone here and counts for nobody. Add a tie under 'ties'.",
        f"{name} n’a de lien avec personne ici et ne compte pour personne. Ajoutez un lien sous « ties ».",
    )
