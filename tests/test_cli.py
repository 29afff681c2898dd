"""The command line as its users meet it: answers, JSON, exit codes, both languages, no terminal."""

import json
import subprocess
import sys

import pytest

from safethird.apps.cli import main

CASE = """
facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port, nationality: [COL], age: 30}
relatives:
  - {relation: uncle, location: CAN, status: work_permit, age: 40, proven: yes}
"""
FAMILY = """
kind: derived
facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port}
members:
  - {id: mother, facts: {age: 34, nationality: [COL], marital_status: single}}
  - {id: child, facts: {age: 3, nationality: [USA]}}
ties:
  - {who: mother, relation: mother, of: child}
"""


@pytest.fixture
def run(capsys, monkeypatch):
    def call(*args):
        monkeypatch.setattr(sys, "argv", ["safethird", *map(str, args)])
        code = 0
        try:
            main()
        except SystemExit as stop:
            code = int(stop.code or 0)
        out = capsys.readouterr()
        return code, out.out, out.err

    return call


@pytest.fixture
def case(tmp_path):
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_decide_speaks_of_eligibility_first_then_of_the_pact(run, case):
    code, out, _ = run("decide", case)
    assert code == 0
    assert out.index("Eligibility") < out.index("The pact")
    assert "IRPR 159.5(d) yes" in out
    assert "An officer decides" in out


def test_decide_in_french_has_no_english(run, case):
    _, out, _ = run("decide", case, "--lang", "fr", "--full")
    assert "Recevabilité" in out
    for word in (" the ", " and ", "not known", "Eligibility", " claim "):
        assert word not in out


def test_json_is_the_answer_schema(run, case):
    code, out, _ = run("decide", case, "--json")
    answer = json.loads(out)
    assert code == 0
    wanted = {"side", "law", "day", "known_on", "stca", "outcome", "settled", "established", "grounds", "exceptions",
              "open_points", "missing", "consequences", "last_checked", "confidence", "engine"}  # fmt: skip
    assert wanted <= set(answer)
    assert answer["established"] == {"stca": "exception", "outcome": "eligible"}
    assert all({"label", "result", "instrument", "confidence"} <= set(found) for found in answer["grounds"])


def test_the_same_case_under_the_law_of_another_day(run, case):
    _, out, _ = run("decide", case, "--json", "--on", "2003-05-01")
    assert json.loads(out)["established"]["stca"] == "outside"


def test_known_on_leaves_out_what_was_enacted_later(run, tmp_path):
    path = tmp_path / "late.yaml"
    path.write_text("kind: derived\nfacts: {claim_date: 2025-09-30, entry_date: 2025-09-01, came_from: USA, "
                    "mode: between_ports, age: 30, nationality: [COL]}\n", encoding="utf-8")  # fmt: skip
    assert json.loads(run("decide", path, "--json")[1])["outcome"] == "ineligible"
    assert json.loads(run("decide", path, "--json", "--known-on", "2025-10-01")[1])["outcome"] == "eligible"


def test_a_family_is_decided_alone_and_shown_together(run, tmp_path):
    path = tmp_path / "family.yaml"
    path.write_text(FAMILY, encoding="utf-8")
    code, out, _ = run("decide", path)
    assert code == 0
    assert "mother / child" in out
    found = json.loads(run("decide", path, "--json")[1])
    assert [member["outcome"] for member in found["members"]] == ["ineligible", "eligible"]
    assert found["splits"] == [["mother", "child"]]


def test_check_passes_and_fails_with_its_exit_code(run, tmp_path, case):
    from safethird.cases.shipped import file_of

    code, out, _ = run("check", file_of("canada"))
    assert code == 0
    assert "0 otherwise" in out
    path = tmp_path / "precedents.yaml"
    path.write_text("cases:\n- id: a\n  kind: derived\n  facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port}\n"
                    "  expected: {stca: exception, outcome: eligible}\n", encoding="utf-8")  # fmt: skip
    code, out, _ = run("check", path)
    assert code == 1
    assert "expected exception, got bar" in out
    listed = json.loads(run("check", path, "--json")[1])
    assert set(listed[0]) == {"id", "ok", "consistent", "expected", "got", "why"}


def test_a_case_that_cannot_be_read_fails_alone(run, tmp_path):
    path = tmp_path / "precedents.yaml"
    path.write_text("cases:\n- id: a\n  facts: {claim_dat: 2024-05-01}\n  expected: {stca: bar}\n"
                    "- id: b\n  kind: derived\n  facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port}\n"
                    "  expected: {stca: bar, outcome: ineligible}\n", encoding="utf-8")  # fmt: skip
    code, out, _ = run("check", path, "--json")
    one, other = json.loads(out)
    assert code == 2
    assert not one["ok"]
    assert "claim_date" in one["why"]
    assert other["ok"]


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["law", "--on", "2010-01-01"], "IRPR 159.5(a)"),
        (["law", "IRPR 159.6(c)"], "repealed"),
        (["law", "159.5c", "--on", "2024-01-01"], "A family member in Canada who is at least 18"),
        (["law", "--side", "us", "--on", "2024-06-01"], "8 CFR 208.30(e)(6)(iii)(B)"),
        (["law", "8 CFR 208.30(e)(6)", "--on", "2024-06-01"], "within 14 days"),
        (["law", "Agreement art. 4(2)(a)", "--on", "2024-06-01"], "IRPR 159.5(a)"),
        (["law", "differences"], "One agreement, two laws"),
        (["law", "differences", "--lang", "fr"], "Canada"),
        (["law", "diff", "canada@2023-03-24", "canada@2023-03-25"], "IRPR 159.4(1.1)"),
        (["law", "IRPR 159.4(1.1)", "--on", "2024-01-01", "--chart"], "flowchart TD"),
        (["law", "--markdown", "--on", "2024-01-01", "--lang", "fr"], "RIPR 159.5(a)"),
        (["law", "verify", "canada@2024-01-01", "no-b2"], "0 problem(s)"),
        (["proposals"], "whole-border"),
        (["proposals", "--lang", "fr"], "exige"),
        (["compare", "canada@2022-06-01", "canada@2024-06-01"], "newly barred"),
        (["compare", "canada@2022-06-01", "canada@2024-06-01", "--lang", "fr"], "nouvellement empêchés"),
        (["compare", "canada@2024-06-01", "canada@2024-06-01"], "proved"),
        (["law", "IRPR 159.5(c)", "--on", "2024-01-01", "--lang", "fr"], "Un membre de la famille"),
        (["cases"], "case(s)"),
        (["cases", "IRPR 159.5(g)"], "ca-drv-korea-2010"),
        (["facts"], "claim_date"),
        (["facts", "--lang", "fr"], "Nationalité"),
        (["--version"], "safethird 0"),
        (["--help"], "decide"),
        (["decide", "--help"], "case file"),
    ],
)
def test_lists_and_help(run, args, shown):
    code, out, _ = run(*args)
    assert code == 0
    assert shown in out


@pytest.mark.parametrize(
    "args",
    [
        ["proposals", "--json"],
        ["compare", "canada@2022-06-01", "canada@2024-06-01", "--json"],
        ["law", "diff", "canada@2023-03-24", "canada@2023-03-25", "--json"],
        ["law", "--json"],
        ["cases", "--json"],
        ["facts", "--json"],
    ],
)
def test_lists_as_json(run, args):
    code, out, _ = run(*args)
    assert code == 0
    assert json.loads(out)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["law", "--on", "2001-01-01"], "the Act starts on 2002-06-28"),
        (["law", "--on", "2024-02-30"], "not a day that exists"),
        (["law", "IRPR 999"], "There is no provision"),
        (["law", "--side", "mexico"], "Sides:"),
        (["decide", "nowhere.yaml"], "There is no such file"),
        (["facts", "--lang", "de"], "--lang takes en or fr"),
        (["law", "diff", "canada@2024-01-01"], "A diff takes two laws"),
        (["law", "diff", "canada@2024-01-01", "us@2024-01-01"], "compare"),
        (["law", "Agreement art. 44"], "art. 4"),
        (["compare", "canada@2024-01-01", "canada"], "has no @"),
        (["compare", "canada@2024-01-01", "canada@2024-01-01+nowhere.yaml"], "no such file"),
        (["cases", "IRPR 999"], "No shipped case"),
    ],
)
def test_wrong_arguments_end_with_one_clear_line(run, args, message):
    code, _, err = run(*args)
    assert code == 2
    assert message in err
    assert "Traceback" not in err


def test_witnesses_saved_by_compare_check_as_they_should(run, tmp_path):
    code, _, err = run("compare", "canada@2022-06-01", "canada@2024-06-01", "--save", tmp_path)
    assert code == 0
    assert "witnesses" in err
    for name in ("one.yaml", "other.yaml"):
        assert run("check", tmp_path / name)[0] == 0


def test_a_united_states_case_is_decided_and_shown_in_its_own_words(run, tmp_path):
    path = tmp_path / "us.yaml"
    path.write_text("side: united_states\nkind: derived\nfacts: {claim_date: 2024-05-01, came_from: CAN, mode: land_port, "
                    "nationality: [SOM], age: 30, visa_required_canada: true, visa_required_us: true}\n", encoding="utf-8")  # fmt: skip
    code, out, _ = run("decide", path)
    assert code == 0
    assert "returned to Canada" in out
    assert "8 CFR 208.30(e)(6)(i) yes" in out


def test_a_problem_found_by_verify_is_an_exit_code(run, tmp_path):
    path = tmp_path / "bad.yaml"
    path.write_text("amendments:\n- side: canada\n  from: 2024-01-01\n  add:\n"
                    "  - {label: 'IRPR 159.5(i)', role: exception, rule: 'age < 5 and age >= 18'}\n", encoding="utf-8")  # fmt: skip
    code, out, _ = run("law", "verify", path)
    assert code == 1
    assert "it is dead" in out


def test_many_relatives_are_answered_without_hanging(run, tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text("facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port, nationality: [COL], age: 30}\nrelatives:\n"
                    + "- {relation: cousin, location: CAN}\n- {relation: aunt}\n" * 60, encoding="utf-8")  # fmt: skip
    code, out, _ = run("decide", path)
    assert code == 0
    assert "not worked out" in out


def test_demo_decides_the_shipped_cases_without_a_terminal(run):
    code, out, _ = run("demo")
    assert code == 0
    assert "ca-drv-infant-citizen" in out


def test_a_case_comes_from_standard_input():
    done = subprocess.run(
        [sys.executable, "-m", "safethird", "decide", "-", "--json"],
        input=CASE,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout)["established"]["stca"] == "exception"
