"""Answers to questions, put into the fields of a case file: what each question can be answered with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from safethird.cases.fields import CLAIMANT, CODES, RELATIVE
from safethird.law.facts import declared
from safethird.law.facts.declare import Words
from safethird.law.facts.papers import LISTED
from safethird.law.facts.relatives import CANADA_CLAIMS, OF_CANADA, OF_THE_US, STATUSES, US_CLAIMS

Form = Literal["day", "yes_no", "choice", "choices", "country", "countries", "number"]
_OTHERS = {"canada": (*OF_THE_US, *US_CLAIMS), "united_states": (*OF_CANADA, *CANADA_CLAIMS)}
_CHARGES: dict[str, Words] = {
    "none": Words("no", "non"),
    "USA": Words("yes, in the United States", "oui, aux États-Unis"),
    "other": Words("yes, in another country", "oui, dans un autre pays"),
    "both": Words("yes, in both", "oui, dans les deux"),
}
_MARITAL = {
    "single": Words("single", "célibataire"),
    "married": Words("married", "marié(e)"),
    "common_law": Words("in a common-law partnership", "en union de fait"),
    "separated": Words("separated", "séparé(e)"),
    "divorced": Words("divorced", "divorcé(e)"),
    "widowed": Words("widowed", "veuf ou veuve"),
}
_PROOF = {
    "yes": Words("yes, with papers or a check", "oui, par documents ou vérification"),
    "testimony": Words("by testimony", "par témoignage"),
    "no": Words("told, cannot be shown", "dit, ne peut être établi"),
}
_PLACES = {
    "CAN": Words("in Canada", "au Canada"),
    "USA": Words("in the United States", "aux États-Unis"),
    "border": Words("at the border", "à la frontière"),
    "other": Words("elsewhere", "ailleurs"),
}


class Input(NamedTuple):
    """How a question is answered: the form, and the words to choose from."""

    form: Form
    options: Mapping[str, Words]


def input_of(field: str, side: str = "canada") -> Input:
    """How the question for a field is answered under one side's law.

    >>> input_of("relatives[0].location").form, list(input_of("capital_charge").options)
    ('choice', ['none', 'USA', 'other', 'both'])
    """
    name = field.rsplit(".", 1)[-1]
    special: dict[str, Input] = {
        "mode": Input("choice", _modes(side)),
        "entry_mode": Input("choice", {code: declared["entry"].codes[code] for code in CODES["entry_mode"]}),
        "marital_status": Input("choice", _MARITAL),
        "accompanied_by": Input("yes_no", {}),
        "documents": Input("choices", {code: declared["documents"].codes[code] for code in LISTED}),
        "prior_canada_claim": Input("choices", declared["prior_claims"].codes),
        "foreign_claim": Input("yes_no", {}),
        "canada_status": Input("yes_no", {}),
        "recognised_refugee_in": Input("yes_no", {}),
        "capital_charge": Input("choice", _CHARGES),
        "determined_inadmissible": Input("choice", declared["determined_inadmissible"].codes),
        "location": Input("choice", _PLACES),
        "status": Input("choice", _statuses(side)),
        "proven": Input("choice", _PROOF),
        "us_status": Input("choice", _statuses("united_states")),
        "claim_status": Input(
            "choice", {c: w for c, w in declared["relative.claim_status"].codes.items() if c not in _OTHERS[side]}
        ),
        "forum": Input("choice", declared["forum"].codes),
        "conviction": Input("choice", declared["conviction"].codes),
        "adopted": Input("yes_no", {}),
    }
    if name in special:
        return special[name]
    kind = (RELATIVE if field.startswith("relatives[") else CLAIMANT).get(name, "bool")
    forms: dict[str, Form] = {"day": "day", "country": "country", "countries": "countries", "count": "number"}
    return Input(forms.get(kind, "yes_no"), {})


def put(raw: dict[str, Any], field: str, answer: Any) -> None:
    """Write an answer into a case; ``None`` writes that it is not known."""
    facts = raw.setdefault("facts", {})
    inside = re.fullmatch(r"relatives\[(\d+)\]\.(\w+)", field)
    forget(raw, field)
    if answer is None:
        facts.setdefault("unknown_facts", []).append(field)
        return
    if inside:
        name = inside[2]
        # The question about adoption is whether it left the earlier tie in place.
        written = {True: "simple", False: "full"}.get(answer, answer) if name == "adopted" else answer
        raw["relatives"][int(inside[1])][name] = written
    else:
        facts[field] = _written(field, answer)


def tell(raw: dict[str, Any], field: str, answer: Any) -> None:
    """Write an answer that is told but cannot be shown."""
    put(raw, field, answer)
    raw["facts"].setdefault("not_shown", []).append(field)


def forget(raw: dict[str, Any], field: str) -> None:
    """Take an answer out, so that the question is asked again."""
    facts = raw.setdefault("facts", {})
    for name in ("unknown_facts", "not_shown"):
        if field in facts.get(name, []):
            facts[name].remove(field)
            if not facts[name]:
                del facts[name]
    inside = re.fullmatch(r"relatives\[(\d+)\]\.(\w+)", field)
    if inside:
        raw["relatives"][int(inside[1])].pop(inside[2], None)
    elif field == "relatives_complete":
        raw.pop(field, None)
    else:
        facts.pop(field, None)


def answered(raw: Mapping[str, Any]) -> list[str]:
    """The fields that have been asked, in the order of their answers."""
    facts = raw.get("facts") or {}
    found = [name for name in facts if name not in ("unknown_facts", "not_shown", "note", "evidence")]
    for number, relative in enumerate(raw.get("relatives") or []):
        found += [f"relatives[{number}].{name}" for name in relative if name != "relation"]
    found += [name for name in facts.get("unknown_facts", []) if name not in found]
    if "relatives_complete" in raw:
        found.append("relatives_complete")
    return found


def _written(field: str, answer: Any) -> Any:
    match field, answer:
        case "accompanied_by", bool():
            return ["parent"] if answer else []
        case "foreign_claim", bool():
            return {"confirmed_by_sharing": True} if answer else "none"
        case "recognised_refugee_in", bool():
            return "other" if answer else "none"
        case "port_open", bool():
            return not answer  # the question is whether it was closed
        case "canada_status", bool():
            return "protected_person" if answer else "none"
        case "prior_canada_claim", list():
            return [{"result": result} for result in answer] or "none"
        case "capital_charge", str():
            places = {"none": [], "USA": ["USA"], "other": ["other"], "both": ["USA", "other"]}[answer]
            return [{"country": place, "status": "charged"} for place in places] or "none"
        case _:
            return answer


def _statuses(side: str) -> dict[str, Words]:
    return {code: Words(*words) for code, words in STATUSES.items() if code not in _OTHERS[side]}


def _modes(side: str) -> dict[str, Words]:
    modes = {code: declared["entry"].codes[code] for code in CODES["mode"] if code in declared["entry"].codes}
    modes.pop("airport_transit_us_removal" if side == "united_states" else "transit_canada_removal", None)
    inland = Words("the claim is made inland, after entry", "la demande est faite à l’intérieur, après l’entrée")
    return {**modes, "inland": inland}
