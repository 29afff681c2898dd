"""The interview: an answer becomes the fact that was asked, and back, change, quit and kill lose nothing."""

import io
import itertools
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
import yaml
from rich.console import Console

from safethird.apps.interview import Interview
from safethird.cases.answers import answered, forget, input_of, put, tell
from safethird.cases.build import read_case
from safethird.cases.inputs import read_answer
from safethird.cases.values import Interval, When
from safethird.law.facts import declared
from safethird.readings.ask import ask
from safethird.readings.reading import law_for
from safethird.readings.words import place

YES = ("y", "yes", "o", "oui")
NO = ("n", "no", "non")
# What a question's answer means for its fact, where the words differ from the fact.
MEANS: dict[tuple[str, str], object] = {
    ("entry", "inland"): None,
    ("prior_claims", "none"): frozenset(),
    ("capital_charge_us", "none"): False, ("capital_charge_us", "USA"): True,
    ("capital_charge_us", "other"): False, ("capital_charge_us", "both"): True,
    ("capital_charge_elsewhere", "none"): False, ("capital_charge_elsewhere", "USA"): False,
    ("capital_charge_elsewhere", "other"): True, ("capital_charge_elsewhere", "both"): True,
}  # fmt: skip
ASKED = [d for d in declared.values() if d.role != "point" and d.name not in
         ("entry_date_unproven", "claimed_inland", "married", "us_lawful_status", "us_unclear_status", "canada_habitual_residence",
          "relative.relation")]  # fmt: skip


def answer(declaration, text):
    field = place(declaration.fact, 0 if declaration.fact.of_relative else -1)
    raw: dict[str, Any] = {
        "facts": {"claim_date": "2024-05-01"},
        "relatives": [{"relation": "common_law_partner"}],
    }
    if declaration.name == "port_closed":
        raw["facts"]["mode"] = "land_port"
    given, fault = read_answer(input_of(field), text, "en")
    assert not fault, fault
    put(raw, field, given)
    case = read_case(raw)
    return (case.relatives[0] if declaration.fact.of_relative else case.facts).get(declaration.name)


@pytest.mark.parametrize("declaration", ASKED, ids=lambda d: d.name)
def test_every_answer_becomes_the_fact_that_was_asked(declaration):
    given = input_of(declaration.field.removeprefix("relative."))
    match given.form:
        case "yes_no":
            assert {answer(declaration, text) for text in YES} == {True}, "yes means yes"
            assert {answer(declaration, text) for text in NO} == {False}, "no means no"
        case "choice":
            for number, code in enumerate(given.options, 1):
                got = answer(declaration, str(number))
                expected = MEANS.get((declaration.name, code), code)
                if declaration.name == "has_partner":
                    expected = code in ("married", "common_law", "separated")
                if declaration.name == "relative.proven":
                    expected = None if code == "no" else True
                assert got == expected, code
        case "choices":
            for number, code in enumerate(given.options, 1):
                assert answer(declaration, str(number)) == frozenset({code})
            assert answer(declaration, "n") == frozenset()
        case "country":
            assert answer(declaration, "USA") == "USA"
        case "countries":
            assert answer(declaration, "COL, HTI") == frozenset({"COL", "HTI"})
        case "number":
            assert answer(declaration, "17") == Interval(17, 17)
        case "day":
            assert isinstance(answer(declaration, "2024-04-30"), When)


@pytest.mark.parametrize("text", ["American", "Amercia", "no", "jamais", "Colombian", "XYZ"])
def test_a_country_is_never_guessed(text):
    code, fault = read_answer(input_of("came_from"), text, "en")
    assert code is None
    assert fault


@pytest.mark.parametrize(
    ("text", "code"),
    [("usa", "USA"), ("the US", "USA"), ("Colombia", "COL"), ("Haïti", "HTI"), ("UK", "GBR"), ("col", "COL")],
)
def test_a_country_that_is_named_outright_is_taken(text, code):
    assert read_answer(input_of("came_from"), text, "fr") == (code, "")


def test_told_and_not_known_leave_the_fact_unknown():
    raw = {"facts": {"claim_date": "2024-05-01"}, "relatives": [{"relation": "aunt"}]}
    tell(raw, "documents", ["ca_trv"])
    tell(raw, "relatives[0].status", "citizen")
    put(raw, "age", None)
    case = read_case(raw)
    assert "documents" not in case.facts
    assert "relative.status" not in case.relatives[0]
    assert "age" not in case.facts
    assert {"documents", "relatives[0].status", "age"} <= set(answered(raw))
    forget(raw, "documents")
    assert "documents" not in answered(raw)


def sitting(monkeypatch, file, *texts, lang="en", quick=False):
    out = io.StringIO()
    console = Console(file=out, width=100)
    typed = iter(texts)

    def respond(prompt=""):
        out.write(prompt)
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(console, "input", respond)
    from safethird.apps.interview import interview

    interview(console, file, lang, quick=quick)
    return out.getvalue()


def test_back_takes_the_last_answer_and_change_any_other(monkeypatch, tmp_path):
    file = tmp_path / "case.yaml"
    sitting(monkeypatch, file, "2024-05-01", "u", "b", "USA", "1")
    facts = yaml.safe_load(file.read_text(encoding="utf-8"))["facts"]
    assert facts["came_from"] == "USA"
    assert "came_from" not in facts.get("unknown_facts", [])
    sitting(monkeypatch, file, "c", "3", "5")
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["facts"]["mode"] == "ferry"


def test_a_relative_is_added_in_french_removed_and_nothing_else_is_lost(monkeypatch, tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port, nationality: [COL], age: 30,\n"
                    "  us_habitual_residence: false, removal_order_in_canada: false, marital_status: single}\n", encoding="utf-8")  # fmt: skip
    out = sitting(monkeypatch, file, "tante", lang="fr")
    assert "tante" in out
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert raw["relatives"] == [{"relation": "aunt"}]
    talk = Interview(Console(file=io.StringIO()), file, "fr", False)
    talk._remove(0)
    talk.save()
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    assert raw["relatives"] == []
    assert raw["facts"]["age"] == 30


def test_no_verdict_before_the_end_and_no_english_in_french(monkeypatch, tmp_path):
    out = sitting(monkeypatch, tmp_path / "c.yaml", "2024-05-01", "USA", "1", "COL", "n", "30", lang="fr")
    for word in ("recevable", "empêche la demande", " the ", " and ", "not known"):
        assert word not in out.replace("u = inconnu", "")


def test_every_question_asked_can_matter_and_the_interview_ends():
    raw = {"facts": {"claim_date": "2026-05-01"}, "relatives": [], "relatives_complete": True}
    for count in itertools.count():
        law, case = law_for(read_case(raw))
        question = ask(law, case, answered(raw))
        if question is None:
            break
        put(raw, question.field, None)
        assert count < 40
    assert count > 10


def test_a_broken_or_odd_file_is_continued_or_refused_clearly(monkeypatch, tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text("facts:\nrelatives:\n", encoding="utf-8")
    sitting(monkeypatch, file, "2024-05-01", "q")
    assert yaml.safe_load(file.read_text(encoding="utf-8"))["facts"]["claim_date"] == "2024-05-01"


def test_killed_half_way_nothing_is_lost(tmp_path):
    file = tmp_path / "case.yaml"
    talk = subprocess.Popen(
        [sys.executable, "-m", "safethird", "ask", str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
    )
    assert talk.stdin is not None
    talk.stdin.write("2024-05-01\nUSA\n1\n")
    talk.stdin.flush()
    for _ in range(200):
        if file.exists() and "mode" in file.read_text(encoding="utf-8"):
            break
        time.sleep(0.05)
    os.kill(talk.pid, signal.SIGKILL)
    talk.wait()
    talk.stdin.close()
    facts = yaml.safe_load(file.read_text(encoding="utf-8"))["facts"]
    assert facts == {"claim_date": "2024-05-01", "came_from": "USA", "mode": "land_port"}
    assert [path.name for path in tmp_path.iterdir()] == ["case.yaml"]
