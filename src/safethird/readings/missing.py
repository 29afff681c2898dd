"""What could still be shown: the smallest sets of showable facts that would change the established answer."""

from __future__ import annotations

from dataclasses import replace

from safethird.cases.case import Case
from safethird.cases.values import Value
from safethird.expr import Some, any_of, walk
from safethird.law.facts import declared
from safethird.law.pact import Law
from safethird.readings import words
from safethird.readings.answer import Missing, ToShow
from safethird.readings.decide import Decision, presume, sentence, worst_for_claimant
from safethird.readings.diagram import FURTHER, SET, Choice, Diagram, TooMany, fact_of
from safethird.readings.kleene import CLAIMANT, Leaf
from safethird.readings.leaves import alike
from safethird.readings.settle import Completion, Search

MOST_RELATIVES = 12
_RELATIVE_FACTS = {"relative.proven", "relative.location", "relative.status", "relative.claim_status", "relative.age"}
Group = dict[Leaf, list[Value]]
_about_relatives: dict[int, list[tuple[Some, str]]] = {}


def missing(law: Law, case: Case, decision: Decision) -> tuple[Missing, ...]:
    """The smallest sets of showable facts, unknown or unshown, that would change the established answer for the better.

    Only showable facts are ever listed: what someone did, or is, is nothing to be changed.
    """
    before = decision.established
    if "undetermined" in (before.outcome, before.stca):
        return ()
    if before.outcome not in (*law.pact.unfavourable, "open") and before.stca != "bar":
        return ()
    against = any_of(*(sentence(law.pact.outcome, code) for code in sorted(law.pact.unfavourable)))
    if sum(bool(_RELATIVE_FACTS - set(relative)) for relative in case.relatives) > MOST_RELATIVES:
        raise TooMany
    diagram = Diagram(law, _free_to_show(case))
    for wanted in (~against, ~sentence(law.pact.stca, "bar")):
        node = diagram.of(wanted)
        leaves = [leaf for leaf in diagram.leaves if leaf[0] == FURTHER or declared[fact_of(leaf)].role == "showable"]
        found = [_missing(law, case, diagram, group) for group in _grouped(diagram.smallest(node, leaves))]
        better = tuple(m for m in found if (m.stca, m.outcome) != (before.stca, before.outcome))
        if better:
            return tuple(sorted(better, key=_sensitive))
    return ()


def _sensitive(option: Missing) -> bool:
    """Charges come last: nobody should read first that one would help."""
    fields = {declaration.field for declaration in declared.values() if declaration.sensitive}
    return any(item.fact in fields for item in option.show)


def _grouped(sets: list[frozenset[Choice]]) -> list[Group]:
    """Sets over the same facts, with the values that serve alike put together."""
    groups: dict[frozenset[Leaf], Group] = {}
    for choices in sets:
        group = groups.setdefault(frozenset(leaf for leaf, _ in choices), {})
        for leaf, value in sorted(choices, key=str):
            if value not in group.setdefault(leaf, []):
                group[leaf].append(value)
    return [group for leaves, group in groups.items() if leaves]


def _free_to_show(case: Case) -> Case:
    """The case with presumptions for all but showable facts, which stay open to be shown."""
    usual = {n: d.unshown is True for n, d in declared.items() if d.role == "point" and isinstance(d.unshown, bool)}
    kept = {name: value for name, value in presume(case).facts.items() if declared[name].role != "showable"}
    known = {name: value for name, value in case.facts.items() if name not in case.burden}
    return replace(case, facts={**kept, **usual, **known})


def _missing(law: Law, case: Case, diagram: Diagram, group: Group) -> Missing:
    # The set helps whatever else is so, positions on open points included: the worst case is enough here.
    after, _ = worst_for_claimant(law, presume(_shown(law, case, diagram, group)))
    show = [_to_show(case, diagram, leaf, values) for leaf, values in group.items() if leaf[1] != "entry_date_unproven"]
    labels = dict.fromkeys(name for leaf in group for name in _asking(diagram, leaf))
    return Missing(tuple(show), after.stca, after.outcome, tuple(labels))


def _shown(law: Law, case: Case, diagram: Diagram, group: Group) -> Case:
    """The case once the first value of every fact in the group has been shown."""
    values: dict[Leaf, tuple[Value, ...]] = {}
    for leaf, (value, *_) in group.items():
        if leaf[0] == FURTHER:
            continue
        if SET in leaf[1]:
            held = case.facts.get(fact_of(leaf), frozenset())
            codes = frozenset(leaf[1].split(SET)[1].split("|")[:1])
            value = frozenset(held | codes if value else held - codes) if isinstance(held, frozenset) else codes
        values[leaf[0], fact_of(leaf)] = (value,)
    then = Completion(values).apply(case)
    if any(name == "entry_date" for _, name in values):
        then = replace(then, burden={}, facts={**then.facts, "entry_date_unproven": False})
    for leaf, (value, *_) in group.items():
        if leaf[0] == FURTHER:
            found = Search(law, then).find((Some(diagram.further[int(leaf[1])]), value is True))
            then = found.apply(then) if found is not None else then
    return then


def _to_show(case: Case, diagram: Diagram, leaf: Leaf, values: list[Value]) -> ToShow:
    member, name = leaf[0], fact_of(leaf)
    if member == FURTHER:
        return _relative_to_show(diagram, leaf, values[0] is True)
    declaration = declared[name]
    kept: list[Value] = list(values)
    if SET in leaf[1]:
        kept = [frozenset({code}) for code in leaf[1].split(SET)[1].split("|")]
    elif declaration.fact.kind == "code":
        kept = [code for value in values for code in alike(diagram.law, declaration, str(value))]
    relation = case.relatives[member].get("relative.relation") if member >= 0 else None
    who = {
        lang: f"{words.who_is((member, str(relation) if relation else None), lang)} – " if member >= 0 else ""
        for lang in ("en", "fr")
    }
    shown = {
        lang: _either([words.value(declaration.fact, value, lang) for value in kept], lang) for lang in ("en", "fr")
    }
    return ToShow(
        words.place(declaration.fact, max(member, CLAIMANT)),
        " | ".join(words.plain(value) for value in kept),
        f"{who['en']}{declaration.label.en}: {shown['en']}",
        f"{who['fr']}{declaration.label.fr} : {shown['fr']}",
        declaration.evidence.en,
        declaration.evidence.fr,
    )


def _relative_to_show(diagram: Diagram, leaf: Leaf, exists: bool) -> ToShow:
    evidence = declared["relative.proven"].evidence
    provisions = [diagram.law.provisions[label].provision for label in _asking(diagram, leaf)]
    en, fr = (" / ".join(provision.text(lang) for provision in provisions) for lang in ("en", "fr"))
    if exists:
        return ToShow(
            "relatives[+]",
            "yes",
            f"a relative not listed: {en}",
            f"un membre de la parenté non indiqué : {fr}",
            *evidence,
        )
    none = (f"that there are no other relatives: {en}", f"l’absence d’autres membres : {fr}")
    return ToShow("relatives_complete", "yes", *none, *evidence)


def _asking(diagram: Diagram, leaf: Leaf) -> list[str]:
    """The provisions that ask about a fact, or that need a relative not listed."""
    if leaf[0] != FURTHER:
        return [declared[fact_of(leaf)].asked_by(diagram.law.pact.side)]
    where = Some(diagram.further[int(leaf[1])])
    key = id(diagram.law.provisions)
    if key not in _about_relatives:
        rules = ((label, found.provision.rule) for label, found in diagram.law.provisions.items())
        _about_relatives[key] = [
            (n, label) for label, r in rules if r is not None for n in walk(r) if isinstance(n, Some)
        ]
    return [label for node, label in _about_relatives[key] if node == where]


def _either(texts: list[str], lang: str) -> str:
    joined = dict.fromkeys(texts)
    return (" ou " if lang == "fr" else " or ").join(joined)
