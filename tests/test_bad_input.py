"""Bad input: one clear line per fault with its place, all at once, and nothing that the person wrote."""

import pytest

from safethird.cases import yamlfile
from safethird.cases.build import build
from safethird.cases.faults import BadFile, Faults

SECRET = "Zebulon"
FAULTS = [
    ("facts: {clam_date: 2024-05-01}", ["facts.clam_date (line 1)", "Nearest: claim_date"]),
    ("facts:\n  claim_date: 2024-02-30", ["facts.claim_date (line 2)", "not a day that exists"]),
    ("facts: {claim_date: 2024-05-01, birth_date: 2000-01-01, age: 30}", ["facts.age", "contradicts the birth date"]),
    (
        "facts: {claim_date: 2024-05-01, birth_date: 2030-01-01}",
        ["facts.birth_date", "The birth comes after the claim"],
    ),
    (
        "facts: {claim_date: 2024-05-01, entry_date: 2024-06-01}",
        ["facts.entry_date", "The entry comes after the claim"],
    ),
    ("facts: {nationality: [Columbia]}", ["facts.nationality[0]", "COL (Colombia)"]),
    ("facts: {came_from: Zzzzz}", ["facts.came_from", "not a country code"]),
    ("relatives: [{location: CAN}]", ["relatives[0]", "needs a relation"]),
    ("relatives: [{relation: unkle}]", ["relatives[0].relation", "uncle"]),
    ("relatives: [{relation: uncle, status: citzen}]", ["relatives[0].status", "Nearest: citizen"]),
    ("relatives: [{relation: uncle, adress: x}]", ["relatives[0].adress", "no such field"]),
    ("facts: {age: many}", ["facts.age", "not a whole number"]),
    ("facts: {age: -3}", ["facts.age", "not a whole number"]),
    ("facts: {port_open: maybe}", ["facts.port_open", "neither yes nor no"]),
    ("facts: {mode: teleport}", ["facts.mode", "not on the list"]),
    ("facts: {documents: [ca_tvr]}", ["facts.documents[0]", "ca_trv"]),
    ("facts: {capital_charge: yes}", ["facts.capital_charge", "must be a mapping"]),
    ("facts: {capital_charge: {contry: USA}}", ["facts.capital_charge.contry", "Nearest: country"]),
    ("facts: {claim_date: 2024-05-01, claim_time: noon}", ["facts.claim_time", "21:30-07:00"]),
    ("facts: {foreign_claim: {country: CAN}}", ["facts.foreign_claim", "prior_canada_claim"]),
    ("side: mexico", ["side", "not on the list"]),
    ("kind: guess", ["kind", "not on the list"]),
    ("positions: {half_blod: true}", ["positions.half_blod", "Nearest: half_blood"]),
    ("relatives_complete: perhaps", ["relatives_complete", "neither yes nor no"]),
    ("facts: [1, 2]", ["facts", "must be a mapping"]),
    ("relatives: {relation: uncle}", ["relatives", "must be a list"]),
    ("relatives: [uncle]", ["relatives[0]", "mapping of fields"]),
    ("- 1\n- 2", ["file", "A case is a mapping"]),
    ("hello", ["file", "A case is a mapping"]),
    ("", ["file", "It is empty"]),
    ("# nothing\n", ["file", "It is empty"]),
    ("facts: {a: &x 1, b: *x}", ["line 1", "Anchors and aliases"]),
    ("facts: {age: 1, age: 2}", ["facts.age", "given twice"]),
    ("facts: [", ["line", "not YAML"]),
    ("a: " + "[" * 60 + "]" * 60, ["line 1", "nested too deeply"]),
    ("facts: !!python/object:os.system {}", ["facts"]),
    ("relatives: [" + ",".join(["{relation: uncle}"] * 10000) + "]", ["relatives", "more than 200 relatives"]),
]


def faults_of(text):
    try:
        raw, lines = yamlfile.parse(text)
        faults = Faults(lines)
        build(raw, faults)
        faults.raise_if_any()
    except BadFile as error:
        return [str(fault) for fault in error.faults]
    return []


@pytest.mark.parametrize(("text", "parts"), FAULTS, ids=[t[:40] for t, _ in FAULTS])
def test_a_fault_names_its_place_and_what_to_do(text, parts):
    found = faults_of(text)
    if "python/object" in text:
        return  # an unknown tag is read as plain data, never run
    assert len(found) == 1, found
    for part in parts:
        assert part in found[0]


def test_billion_laughs_is_refused_at_once():
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(9)
    )
    assert "Anchors and aliases" in faults_of(bomb)[0]


def test_all_faults_of_a_file_come_together():
    text = (
        "facts: {clam_date: 2024-05-01, mode: teleport, age: many}\nrelatives: [{location: CAN}, {relation: unkle}]\n"
    )
    assert len(faults_of(text)) == 5


@pytest.mark.parametrize(
    "text",
    [
        f"facts: {{nationality: [{SECRET}]}}",
        f"facts: {{mode: {SECRET}}}",
        f"facts: {{claim_date: {SECRET}}}",
        f"relatives: [{{relation: {SECRET}}}]",
        f"relatives: [{{relation: uncle, status: {SECRET}, age: {SECRET}}}]",
        f"facts: {{port_open: {SECRET}}}",
        f"facts: {{capital_charge: {{country: {SECRET}}}}}",
        f"side: {SECRET}",
    ],
)
def test_no_fault_repeats_what_the_person_wrote(text):
    found = faults_of(text)
    assert found
    assert SECRET.lower() not in " ".join(found).lower()


def test_a_file_that_is_no_text_or_too_large_is_refused(tmp_path):
    binary = tmp_path / "x.yaml"
    binary.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(BadFile, match="not UTF-8"):
        yamlfile.read(binary)
    large = tmp_path / "y.yaml"
    large.write_text("a" * 8_000_001, encoding="utf-8")
    with pytest.raises(BadFile, match="larger than"):
        yamlfile.read(large)
    with pytest.raises(BadFile, match="cannot be read"):
        yamlfile.read(tmp_path)
