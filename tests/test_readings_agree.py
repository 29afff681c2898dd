"""Every shipped case goes through every reading, and the readings agree: search, diagram, three values, words."""

import pytest

from safethird import explain, law_for, read_case
from safethird.apps.jsonform import ANSWER, dump
from safethird.cases import yamlfile
from safethird.cases.export import export
from safethird.cases.shipped import FILES
from safethird.law.facts import declared
from safethird.readings.ask import ask
from safethird.readings.decide import decide, possible, sentence
from safethird.readings.diagram import Diagram
from safethird.readings.settle import Search

CASES = [item for file in FILES for item in yamlfile.read(file)[0]["cases"] if item.get("date")]


@pytest.mark.parametrize("item", CASES, ids=lambda item: item["id"])
def test_a_case_goes_through_every_reading(item):
    law, case = law_for(read_case(item))
    answer = explain(law, case)
    assert ANSWER.validate_json(dump(answer)) == answer
    assert (answer.stca, answer.outcome) == (answer.settled.stca, answer.settled.outcome)
    fields = {d.field: d.role for d in declared.values()}
    for option in answer.missing:
        for shown in option.show:
            name = shown.fact.split("].")[-1]
            assert fields.get(f"relative.{name}" if "]." in shown.fact else name, "showable") == "showable"
    question = ask(law, case)
    if question is not None:
        assert question.ask.en
        assert question.ask.fr


@pytest.mark.parametrize("item", CASES, ids=lambda item: item["id"])
def test_search_and_diagram_find_the_same_results_possible(item):
    law, case = law_for(read_case({**item, "relatives_complete": True}))
    diagram = Diagram(law, case)
    for results in (law.pact.stca, law.pact.outcome):
        by_search = set(possible(results, Search(law, case)))
        by_diagram = {code for code, _ in results if diagram.of(sentence(results, code)) != diagram.bdd.false}
        assert by_search == by_diagram


@pytest.mark.parametrize("item", [i for i in CASES if i["kind"] == "derived"], ids=lambda item: item["id"])
def test_a_derived_case_exported_and_read_again_is_decided_alike(item):
    law, case = law_for(read_case(item))
    if case.notice:
        return
    back = read_case(export(case))
    assert decide(law, back).settled == decide(law, case).settled
