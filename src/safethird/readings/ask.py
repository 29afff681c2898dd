"""The next question worth asking: never one whose answer cannot matter, and the sensitive ones last."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from safethird.cases.case import Case
from safethird.expr import Cite, Expr
from safethird.law.facts import Declaration, claim, declared, journey, papers, person, relatives
from safethird.law.facts.declare import Words
from safethird.law.pact import InForce, Law
from safethird.readings import words
from safethird.readings.decide import sentence
from safethird.readings.diagram import FURTHER, Diagram, fact_of
from safethird.readings.kleene import CLAIMANT, Kleene, Leaf

RELATIVES = "relatives_complete"
# Questions that make sense only after one answer to another.
_ONLY_AFTER: dict[str, tuple[str, object]] = {
    claim.cannot_return_there.name: (claim.recognised_elsewhere.name, True),
    claim.conviction.name: (claim.inadmissible.name, "serious_criminality"),
}
_ROOMS = (journey, person, relatives, papers, claim)

_ORDER = {
    fact.name: place
    for place, fact in enumerate(
        fact for room in _ROOMS for fact in vars(room).values() if getattr(fact, "name", None) in declared
    )
}
_MORE_RELATIVES = {
    "canada": (
        Words(
            "Is there a (further) relative to think of: in Canada, or a parent or guardian in Canada or the United "
            "States?",
            "Y a-t-il un (autre) membre de la parenté à considérer : au Canada, ou un parent ou tuteur au Canada ou "
            "aux États-Unis?",
        ),
        Words("", ""),
        "IRPR 159.1",
        False,
    ),
    "united_states": (
        Words(
            "Is there a (further) relative to think of: in the United States, or a parent or guardian in Canada or the "
            "United States?",
            "Y a-t-il un (autre) membre de la parenté à considérer : aux États-Unis, ou un parent ou tuteur au Canada "
            "ou aux États-Unis?",
        ),
        Words("", ""),
        "8 CFR 208.30(e)(6)(iii) relatives",
        False,
    ),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: the field of the case file that takes the answer, its words, and why it is asked."""

    field: str
    fact: str
    member: int
    ask: Words
    help: Words
    provision: str
    sensitive: bool


def ask(law: Law, case: Case, answered: Collection[str] = (), *, quick: bool = False) -> Question | None:
    """The next question, or None when there is none.

    By default every exception and every other bar is gone through; ``quick`` stops once the answer is settled.
    ``answered`` names the fields already asked, "not known" included.

    >>> from datetime import date
    >>> from safethird.law.canada import CANADA
    >>> from safethird.cases.values import When
    >>> day = date(2024, 5, 1)
    >>> ask(CANADA.on(day), Case({"claim_date": When.day(day)})).field
    'came_from'
    """
    found = None
    for version in (law,) if quick else _versions(law):
        question = _first(version, case, answered, quick)
        if question is not None and (found is None or _place(question) < _place(found)):
            found = question
    return found


def _first(law: Law, case: Case, answered: Collection[str], quick: bool) -> Question | None:
    kleene = Kleene(law, case)
    targets = [target for target in _targets(law, quick) if kleene.decide(target) is None]
    if not targets:
        return None
    diagram = Diagram(law, case)
    nodes = [diagram.of(target) for target in targets]
    for leaf in sorted(diagram.leaves, key=lambda leaf: _leaf_place(leaf)):
        question = _question(law, case, leaf)
        if question is None or question.field in answered:
            continue
        if any(diagram.matters(node, leaf) for node in nodes):
            return question
    return None


def _targets(law: Law, quick: bool) -> Iterator[Expr]:
    for results in (law.pact.stca, law.pact.outcome):
        yield from (sentence(results, code) for code, _ in results)
    if not quick:
        yield from (Cite(found.provision.label) for found in law.role("claim", "direction", "ground"))


def _versions(law: Law) -> Iterator[Law]:
    """The law as if each exception were the only one, so that one that is met does not hide the others."""
    key = (id(law.pact), law.key)
    if key not in _alone:
        exceptions = [found.provision.label for found in law.role("exception")]
        _alone[key] = tuple(_without(law, [other for other in exceptions if other != label]) for label in exceptions)
    yield from (replace(version, day=law.day) for version in _alone[key] or (law,))


_alone: dict[tuple[int, tuple[int, ...]], tuple[Law, ...]] = {}


def _without(law: Law, labels: list[str]) -> Law:
    kept: dict[str, InForce] = {name: found for name, found in law.provisions.items() if name not in labels}
    return replace(law, provisions=kept, _cited={}, _matched={})


def _question(law: Law, case: Case, leaf: Leaf) -> Question | None:
    if leaf[0] == FURTHER:
        return Question(RELATIVES, RELATIVES, CLAIMANT, *_MORE_RELATIVES[law.pact.side])
    declaration: Declaration = declared[fact_of(leaf)]
    if declaration.role == "point" or declaration.name == "entry_date_unproven":
        return None
    if (
        declaration.name in _ONLY_AFTER
        and case.facts.get(_ONLY_AFTER[declaration.name][0]) != _ONLY_AFTER[declaration.name][1]
    ):
        return None
    member = leaf[0]
    text = declaration.ask
    if member != CLAIMANT:
        relation = case.relatives[member].get("relative.relation")
        who = (member, relation if isinstance(relation, str) else None)
        text = Words(f"{words.who_is(who, 'en')}: {text.en}", f"{words.who_is(who, 'fr')} : {text.fr}")
    field = words.place(declaration.fact, member)
    if declaration.name == "entry" and case.facts.get("claimed_inland"):
        field = "entry_mode"  # "inland" is the mode; how the person got in is asked apart
    return Question(
        field,
        declaration.name,
        member,
        text,
        declaration.help,
        declaration.asked_by(law.pact.side),
        declaration.sensitive,
    )


def _leaf_place(leaf: Leaf) -> tuple[bool, int, int]:
    if leaf[0] == FURTHER:
        return (False, _ORDER["documents"] - 1, 999)
    name = fact_of(leaf)
    return (declared[name].sensitive, _ORDER.get(name, 500), leaf[0])


def _place(question: Question) -> tuple[bool, int, int]:
    if question.fact == RELATIVES:
        return _leaf_place((FURTHER, "0"))
    return _leaf_place((question.member, question.fact))
