"""Family ties: their names, how two of them compose, and what a few stated ones imply for everybody."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, permutations
from typing import Literal, NamedTuple

Sex = Literal["female", "male"]


@dataclass(frozen=True, slots=True)
class Relation:
    """One word for "P is the … of Q". `kin_class` names the kind of tie, never what follows from it in law.

    `neutral` is the same tie with the sex of P left out, `inverse` the neutral word for what Q is to P.

    >>> RELATIONS["stepmother"].fr, RELATIONS["mother_in_law"].fr
    ('belle-mère (conjointe du parent)', 'belle-mère (mère du conjoint)')
    """

    code: str
    en: str
    fr: str
    kin_class: str
    sex: Sex | None
    neutral: str
    inverse: str


# Each group: class < inverse; then the neutral word, the feminine, the masculine, each with its English
# and French label. The order is that of closeness: of two derived ties at one distance, the earlier is kept.
_TABLE = """
kin < child
    parent | parent | parent (père ou mère)
    mother | mother | mère
    father | father | père
kin < parent
    child | child | enfant
    daughter | daughter | fille
    son | son | fils
kin < sibling
    sibling | sister or brother | sœur ou frère
    sister | sister | sœur
    brother | brother | frère
kin < grandchild
    grandparent | grandparent | grand-parent
    grandmother | grandmother | grand-mère
    grandfather | grandfather | grand-père
kin < grandparent
    grandchild | grandchild | petit-enfant
    granddaughter | granddaughter | petite-fille
    grandson | grandson | petit-fils
kin < nephew_or_niece
    aunt_or_uncle | aunt or uncle | tante ou oncle
    aunt | aunt | tante
    uncle | uncle | oncle
kin < aunt_or_uncle
    nephew_or_niece | niece or nephew | nièce ou neveu
    niece | niece | nièce
    nephew | nephew | neveu
spouse < spouse
    spouse | spouse | épouse ou époux
    wife | wife | épouse
    husband | husband | époux
common_law < common_law_partner
    common_law_partner | common-law partner | conjointe ou conjoint de fait
guardian < ward
    legal_guardian | legal guardian | tutrice légale ou tuteur légal
half < half_sibling
    half_sibling | half-sister or half-brother | demi-sœur ou demi-frère (un seul parent commun)
    half_sister | half-sister | demi-sœur (un seul parent commun)
    half_brother | half-brother | demi-frère (un seul parent commun)
half < half_nephew_or_niece
    half_aunt_or_uncle | half-aunt or half-uncle | tante ou oncle (demi-sœur ou demi-frère d’un parent)
    half_aunt | half-aunt | tante (demi-sœur d’un parent)
    half_uncle | half-uncle | oncle (demi-frère d’un parent)
half < half_aunt_or_uncle
    half_nephew_or_niece | half-niece or half-nephew | nièce ou neveu (enfant de demi-frère ou de demi-sœur)
    half_niece | half-niece | nièce (fille d’un demi-frère ou d’une demi-sœur)
    half_nephew | half-nephew | neveu (fils d’un demi-frère ou d’une demi-sœur)
by_marriage < nephew_or_niece_by_marriage
    aunt_or_uncle_by_marriage | aunt or uncle by marriage | tante ou oncle par alliance
    aunt_by_marriage | aunt by marriage | tante par alliance
    uncle_by_marriage | uncle by marriage | oncle par alliance
by_marriage < aunt_or_uncle_by_marriage
    nephew_or_niece_by_marriage | niece or nephew by marriage | nièce ou neveu par alliance
    niece_by_marriage | niece by marriage | nièce par alliance
    nephew_by_marriage | nephew by marriage | neveu par alliance
none < step_child
    step_parent | step-parent | beau-parent (conjoint ou conjointe du parent)
    stepmother | stepmother | belle-mère (conjointe du parent)
    stepfather | stepfather | beau-père (conjoint du parent)
none < step_parent
    step_child | stepchild | enfant du conjoint ou de la conjointe
    stepdaughter | stepdaughter | belle-fille (fille du conjoint ou de la conjointe)
    stepson | stepson | beau-fils (fils du conjoint ou de la conjointe)
none < step_sibling
    step_sibling | stepsister or stepbrother | enfant du beau-parent, sans parent commun
    stepsister | stepsister | fille du beau-parent, sans parent commun
    stepbrother | stepbrother | fils du beau-parent, sans parent commun
none < great_grandchild
    great_grandparent | great-grandparent | arrière-grand-parent
    great_grandmother | great-grandmother | arrière-grand-mère
    great_grandfather | great-grandfather | arrière-grand-père
none < great_grandparent
    great_grandchild | great-grandchild | arrière-petit-enfant
none < great_nephew_or_niece
    great_aunt_or_uncle | great-aunt or great-uncle | grand-tante ou grand-oncle
    great_aunt | great-aunt | grand-tante
    great_uncle | great-uncle | grand-oncle
none < great_aunt_or_uncle
    great_nephew_or_niece | great-niece or great-nephew | petite-nièce ou petit-neveu
    great_niece | great-niece | petite-nièce
    great_nephew | great-nephew | petit-neveu
none < cousin
    cousin | cousin | cousine ou cousin
none < second_cousin
    second_cousin | second cousin | petite-cousine ou petit-cousin (issus de germains)
none < child_in_law
    parent_in_law | parent-in-law | beau-parent (parent du conjoint)
    mother_in_law | mother-in-law | belle-mère (mère du conjoint)
    father_in_law | father-in-law | beau-père (père du conjoint)
none < parent_in_law
    child_in_law | child-in-law | bru ou gendre
    daughter_in_law | daughter-in-law | bru (épouse de l’enfant)
    son_in_law | son-in-law | gendre (époux de l’enfant)
none < sibling_in_law
    sibling_in_law | sister-in-law or brother-in-law | belle-sœur ou beau-frère
    sister_in_law | sister-in-law | belle-sœur
    brother_in_law | brother-in-law | beau-frère
none < fiance_or_fiancee
    fiance_or_fiancee | fiancée or fiancé | fiancée ou fiancé
    fiancee | fiancée | fiancée
    fiance | fiancé | fiancé
none < boyfriend_or_girlfriend
    boyfriend_or_girlfriend | girlfriend or boyfriend | petite amie ou petit ami
    girlfriend | girlfriend | petite amie
    boyfriend | boyfriend | petit ami
none < former_spouse
    former_spouse | former spouse | ex-épouse ou ex-époux
    ex_wife | ex-wife | ex-épouse
    ex_husband | ex-husband | ex-époux
none < other
    former_legal_guardian | former legal guardian | ancienne tutrice légale ou ancien tuteur légal
none < other
    informal_guardian | informal guardian | personne qui a la charge de l’enfant sans tutelle légale
none < legal_guardian
    ward | ward | pupille (enfant sous tutelle)
none < foster_child
    foster_parent | foster parent | parent d’accueil
    foster_mother | foster mother | mère d’accueil
    foster_father | foster father | père d’accueil
none < foster_parent
    foster_child | foster child | enfant placé en famille d’accueil
none < foster_sibling
    foster_sibling | foster sibling | sœur ou frère d’accueil
none < godchild
    godparent | godparent | marraine ou parrain
    godmother | godmother | marraine
    godfather | godfather | parrain
none < godparent
    godchild | godchild | filleule ou filleul
none < friend
    friend | friend | amie ou ami
none < stranger
    stranger | stranger | personne inconnue
none < other_relative
    other_relative | other relative | autre membre de la parenté
none < other
    other | other | autre
"""


def _relations() -> dict[str, Relation]:
    table: dict[str, Relation] = {}
    group: list[str] = []
    for line in _TABLE.strip().splitlines():
        if not line.startswith(" "):
            kin_class, inverse = line.split(" < ")
            group = []
            continue
        code, en, fr = (part.strip() for part in line.split("|"))
        group.append(code)
        sex: Sex | None = (None, "female", "male")[len(group) - 1]
        table[code] = Relation(code, en, fr, kin_class, sex, group[0], inverse)
    return table


RELATIONS: Mapping[str, Relation] = _relations()
"""Every relation by its code: "P is the … of Q"."""

_RANK = {code: rank for rank, code in enumerate(RELATIONS)}
_SEXED = {(word.neutral, word.sex): word.code for word in RELATIONS.values()}
_SPELLED = {code.replace("_", ""): code for code in RELATIONS} | {
    "mom": "mother",
    "mum": "mother",
    "dad": "father",
    "commonlawspouse": "common_law_partner",
    "exspouse": "former_spouse",
    "greatgranddaughter": "great_grandchild",
    "greatgrandson": "great_grandchild",
    "nieceornephew": "nephew_or_niece",
    "uncleoraunt": "aunt_or_uncle",
}
# Blood ties as generations up to the shared ancestors and down again.
_STEPS = {
    "parent": (1, 0), "grandparent": (2, 0), "great_grandparent": (3, 0),
    "child": (0, 1), "grandchild": (0, 2), "great_grandchild": (0, 3),
    "sibling": (1, 1), "aunt_or_uncle": (2, 1), "great_aunt_or_uncle": (3, 1),
    "nephew_or_niece": (1, 2), "great_nephew_or_niece": (1, 3), "cousin": (2, 2), "second_cousin": (3, 3),
}  # fmt: skip
_BY_STEPS = {steps: neutral for neutral, steps in _STEPS.items()}
_MARRIED = {
    ("spouse", "parent"): "step_parent",
    ("child", "spouse"): "step_child",
    ("step_parent", "sibling"): "step_parent",
    ("sibling", "step_child"): "step_child",
    ("spouse", "child"): "child_in_law",
    ("parent", "spouse"): "parent_in_law",
    ("spouse", "sibling"): "sibling_in_law",
    ("sibling", "spouse"): "sibling_in_law",
    ("spouse", "half_sibling"): "sibling_in_law",
    ("half_sibling", "spouse"): "sibling_in_law",
    ("spouse", "aunt_or_uncle"): "aunt_or_uncle_by_marriage",
    ("nephew_or_niece", "spouse"): "nephew_or_niece_by_marriage",
    ("aunt_or_uncle_by_marriage", "sibling"): "aunt_or_uncle_by_marriage",
    ("sibling", "nephew_or_niece_by_marriage"): "nephew_or_niece_by_marriage",
}


class Tie(NamedTuple):
    """One stated tie: `who` is the `relation` of `of`.

    >>> Tie("Ana", "mother", "Bea").relation
    'mother'
    """

    who: str
    relation: str
    of: str


class Derived(NamedTuple):
    """What the ties imply: the relation of the first person to the second, for every pair that has one.

    `unsure` holds the pairs, both ways round, that hang on a parent who was not named: a half-sibling may be
    a full one, a mother's husband may be the father.

    >>> family = derive([Tie("Ana", "mother", "Bea"), Tie("Ana", "mother", "Cy")], ["Ana", "Bea", "Cy"])
    >>> family.relations["Bea", "Cy"], sorted(family.unsure)
    ('half_sibling', [('Bea', 'Cy'), ('Cy', 'Bea')])
    """

    relations: dict[tuple[str, str], str]
    unsure: set[tuple[str, str]]


class TieError(ValueError):
    """Ties that cannot all be true; `messages` has one sentence for each fault, with what to do.

    >>> TieError(["Ana is stated to be her own mother."]).messages
    ['Ana is stated to be her own mother.']
    """

    def __init__(self, messages: list[str]) -> None:
        super().__init__("\n".join(messages))
        self.messages = messages


def canonical(word: str) -> str:
    """The relation code that a word spells: hyphens, spaces and capitals do not count.

    Raises `ValueError` for a word that is no relation, naming the nearest.

    >>> canonical("Step-Mother"), canonical("grand_father"), canonical("mother in law")
    ('stepmother', 'grandfather', 'mother_in_law')
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    spelled = re.sub(r"[\W_]+", "", bare).casefold()
    if spelled in _SPELLED:
        return _SPELLED[spelled]
    near = dict.fromkeys(_SPELLED[like] for like in difflib.get_close_matches(spelled, _SPELLED, 3))
    advice = f"Nearest: {', '.join(near)}." if near else "Use other_relative or other where no word fits."
    raise ValueError(f"{word!r} is not a relation. {advice}")


def compose(first: str, second: str) -> str | None:
    """What P is to M, where P is the `first` of Q and Q the `second` of M, P and M being two people.

    None where nothing sure follows: a child of a parent may be a half-sibling, which `derive` settles from
    the other parents. Sisters and brothers are taken to share both parents. Raises as `canonical` does.

    >>> compose("brother", "mother"), compose("son", "sister"), compose("child", "parent")
    ('uncle', 'nephew', None)
    """
    one, two = RELATIONS[canonical(first)], RELATIONS[canonical(second)]
    found = _compose(one.neutral, two.neutral)
    return None if found is None else _sexed(found, one.sex)


def inverse(relation: str, sex_of_other: Sex | None) -> str:
    """What Q is to P, where P is the `relation` of Q; sexed where the sex of Q is known.

    Raises `ValueError` for a word that is no relation.

    >>> inverse("mother", None), inverse("mother", "male"), inverse("niece", "female")
    ('child', 'son', 'aunt')
    """
    return _sexed(RELATIONS[canonical(relation)].inverse, sex_of_other)


def derive(ties: Iterable[Tie], people: Iterable[str]) -> Derived:
    """The relation of everyone to everyone, as far as the ties imply it in up to three steps.

    A stated tie wins over a derived one, a shorter path over a longer one, a sure over an unsure one.
    Two people with the same two parents are siblings; with one parent shared, half-siblings, unsurely so
    where another parent is not named. Raises `TieError` with every contradiction found.

    >>> family = derive([Tie("Ana", "mother", "Bea"), Tie("Cy", "brother", "Ana")], ["Ana", "Bea", "Cy"])
    >>> family.relations["Cy", "Bea"], family.relations["Bea", "Cy"]
    ('uncle', 'nephew_or_niece')
    """
    members = list(dict.fromkeys(people))
    stated = _stated(list(ties), members)
    sexes: dict[str, set[Sex]] = {person: set() for person in members}
    known: dict[tuple[str, str], str] = {}
    for (who, of), code in stated.items():
        known[who, of] = RELATIONS[code].neutral
        known.setdefault((of, who), RELATIONS[code].inverse)
        if (sex := RELATIONS[code].sex) is not None:
            sexes[who].add(sex)
    parents = _parents(known, members)
    unsure: set[tuple[str, str]] = set()
    near = dict(known)
    for step in (2, 3):
        reached: dict[tuple[str, str], str] = {}
        doubted: set[tuple[str, str]] = set()
        for one, two in combinations(sorted(members), 2):
            if (one, two) in known:
                continue
            found = _through_parents(one, two, parents) if step == 2 else []
            for mid in members:
                # At least one leg is a stated tie, so that no path is longer than the step.
                if (one, mid) in known and (mid, two) in known and ((one, mid) in near or (mid, two) in near):
                    code_or_none = _compose(known[one, mid], known[mid, two])
                    if code_or_none is not None:
                        doubt = (one, mid) in unsure or (mid, two) in unsure
                        found.append((doubt or _may_be_parent(code_or_none, one, two, parents), code_or_none))
            if found:
                doubt, code = min(found, key=lambda each: (each[0], _closeness(each[1]), each[1]))
                reached[one, two], reached[two, one] = code, RELATIONS[code].inverse
                doubted |= {(one, two), (two, one)} if doubt else set()
        known |= reached
        unsure |= doubted
    relations = {}
    for one, two in permutations(members, 2):
        if (one, two) in known:
            sex = next(iter(sexes[one])) if len(sexes[one]) == 1 else None
            relations[one, two] = stated.get((one, two)) or _sexed(known[one, two], sex)
    return Derived(relations, unsure)


def _sexed(neutral: str, sex: Sex | None) -> str:
    return _SEXED.get((neutral, sex), neutral)


def _closeness(neutral: str) -> int:
    return min(_RANK[neutral], _RANK[RELATIONS[neutral].inverse])


def _compose(first: str, second: str) -> str | None:
    if (first, second) in _MARRIED:
        return _MARRIED[first, second]
    full = first.removeprefix("half_"), second.removeprefix("half_")
    if full[0] not in _STEPS or full[1] not in _STEPS:
        return None
    halves = [first != full[0], second != full[1]]
    one, two = _STEPS[full[0]], _STEPS[full[1]]
    # Half blood carries along a straight line or through a full sibling; anywhere else it says nothing sure.
    if all(halves) or (halves[0] and two[1] and two != (1, 1)) or (halves[1] and one[0] and one != (1, 1)):
        return None
    steps = _walk(one, two)
    if steps is None or steps not in _BY_STEPS:
        return None
    found = _BY_STEPS[steps]
    return f"half_{found}" if any(halves) and f"half_{found}" in RELATIONS else found


def _walk(one: tuple[int, int], two: tuple[int, int]) -> tuple[int, int] | None:
    """Up and down from M to P, given up and down from Q to P (`one`) and from M to Q (`two`)."""
    (up, down), (before, after) = one, two
    if after == 0:
        # A descendant of an ancestor may be anyone of that line, M included.
        return None if up == 0 else (before + up, down)
    if up == 0:
        return before, after + down
    if up == 1 and down:
        if before == 0 or after > 1:
            return before, after - 1 + down
        return (1, 1) if one == two == (1, 1) else None
    return (before - 1 + up, down) if after == 1 and before else None


def _parents(known: Mapping[tuple[str, str], str], members: list[str]) -> dict[str, set[str]]:
    """The parents named for each person, or for a sibling at most two steps away."""
    parents = {of: {who for who in members if known.get((who, of)) == "parent"} for of in members}
    siblings = [pair for pair, neutral in known.items() if neutral == "sibling"]
    for _ in range(2):
        before = {person: set(named) for person, named in parents.items()}
        for one, two in siblings:
            parents[one] |= {each for each in before[two] if known.get((each, one), "parent") == "parent"} - {one}
    return parents


def _through_parents(one: str, two: str, parents: Mapping[str, set[str]]) -> list[tuple[bool, str]]:
    if one in parents[two]:
        return [(False, "parent")]
    if two in parents[one]:
        return [(False, "child")]
    shared = len(parents[one] & parents[two])
    if shared == 0:
        return []
    if shared > 1:
        return [(False, "sibling")]
    return [(min(len(parents[one]), len(parents[two])) < 2, "half_sibling")]


def _may_be_parent(neutral: str, one: str, two: str, parents: Mapping[str, set[str]]) -> bool:
    child = {"step_parent": two, "step_child": one}.get(neutral)
    return child is not None and len(parents[child]) < 2


def _stated(ties: list[Tie], members: list[str]) -> dict[tuple[str, str], str]:
    """One code for each stated pair, or a `TieError` with all that is wrong."""
    faults: list[str] = []
    codes: dict[tuple[str, str], set[str]] = {}
    for who, word, of in ties:
        said = f"“{who} is the {word} of {of}”"
        strangers = [person for person in dict.fromkeys((who, of)) if person not in members]
        for person in strangers:
            near = difflib.get_close_matches(person, members, 1)
            advice = f"Did you mean {near[0]}? " if near else ""
            faults.append(f"{said}: {person} is not one of the people. {advice}Add them or correct the name.")
        if who == of:
            faults.append(f"{said}: {who} cannot be tied to themself. Remove the tie or name the other person.")
        try:
            code = canonical(word)
        except ValueError as error:
            faults.append(f"{said}: {error}")
            continue
        if not strangers and who != of:
            codes.setdefault((who, of), set()).add(code)
    chosen: dict[tuple[str, str], str] = {}
    for (who, of), said_codes in codes.items():
        sexed = {code for code in said_codes if RELATIONS[code].sex}
        if len({RELATIONS[code].neutral for code in said_codes}) > 1 or len(sexed) > 1:
            both = " and the ".join(sorted(said_codes))
            faults.append(f"{who} is stated to be both the {both} of {of}. Keep the one that holds.")
        chosen[who, of] = min(sexed or said_codes)
    for (who, of), code in chosen.items():
        back = chosen.get((of, who))
        if who < of and back is not None and not _agree(RELATIONS[code], RELATIONS[back]):
            faults.append(
                f"{who} is stated to be the {code} of {of}, and {of} the {back} of {who}: both cannot hold. "
                "Remove or correct one of them."
            )
    faults += _circles(chosen)
    if faults:
        raise TieError(sorted(dict.fromkeys(faults)))
    return chosen


def _agree(one: Relation, two: Relation) -> bool:
    if "ward" in (one.code, two.code) and ("guardian" in one.code or "guardian" in two.code):
        return True
    return one.inverse == two.neutral or two.inverse == one.neutral


def _circles(chosen: Mapping[tuple[str, str], str]) -> list[str]:
    """A fault for every circle of three or more people who would each be their own ancestor."""
    older: dict[str, set[str]] = {}
    for (who, of), code in chosen.items():
        up, down = _STEPS.get(RELATIONS[code].neutral, (1, 1))
        if down == 0:
            older.setdefault(of, set()).add(who)
        elif up == 0:
            older.setdefault(who, set()).add(of)
    above: dict[str, set[str]] = {}
    for person in older:
        seen: set[str] = set()
        waiting = list(older[person])
        while waiting:
            if (next_one := waiting.pop()) not in seen:
                seen.add(next_one)
                waiting += older.get(next_one, ())
        above[person] = seen
    circles = {
        tuple(sorted({other for other in above[person] if person in above.get(other, ())}))
        for person in above
        if person in above[person]
    }
    return [
        f"{', '.join(circle[:-1])} and {circle[-1]} would each be an ancestor of the others. "
        "Correct the tie that is the wrong way round."
        for circle in circles
        if len(circle) > 2
    ]
