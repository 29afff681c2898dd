"""The law in plain words, as a diff and as a chart: whole, in both languages, and the same each time.

To write the snapshots afresh: SAFETHIRD_SNAPSHOTS=write pytest tests/test_prose.py
"""

import json
import os
import re
from collections import Counter
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safethird.cases.designator import designated
from safethird.expr import ALWAYS, NEVER, Cite, Fact, Not, Span, some_relative
from safethird.law import sides
from safethird.law.canada import CANADA
from safethird.law.facts import claim, declared, journey, papers, person, points, relatives
from safethird.law.facts.declare import Words
from safethird.law.pact import Add, Amendment, LawError, Provision
from safethird.law.proposals import PROPOSALS
from safethird.law.united_states import UNITED_STATES
from safethird.readings import chart as charts
from safethird.readings import lawdiff, prose
from safethird.readings.chart import chart
from safethird.readings.lawdiff import apply, as_dicts, diff, diff_as_markdown
from safethird.readings.prose import law_as_markdown, outline_in_words, reference, sentence_in_words

LANGS = ("en", "fr")
LAWS = [pact.on(day) for pact in sides.SIDES.values() for day in pact.boundaries()]
NEIGHBOURS = [pair for pact in sides.SIDES.values() for pair in pairwise(pact.on(day) for day in pact.boundaries())]
CHARTED = [(pact.on(pact.boundaries()[-1]), label) for pact in sides.SIDES.values()
           for label in pact.on(pact.boundaries()[-1]).provisions]  # fmt: skip
RULES = {found.provision.rule for law in LAWS for found in law.provisions.values() if found.provision.rule is not None}
ENGLISH = re.compile(
    r"\b(the|and|of|or|not|which|with|was|were|their|shall|person|from|is|yes|no|claim|family|member|amended|IRP[AR]|"
    r"Agreement|Protocol|of the|S\.C\.|SOR)\b"
)
SNAPSHOTS = Path(__file__).parent / "snapshots"
BEFORE, SINCE = CANADA.on(date(2023, 3, 24)), CANADA.on(date(2023, 3, 25))
# What the two pages and the chart call by its own name, in any language.
NAMES = re.compile(r"https?://\S+")


def named(law):
    return law.name


def paired(pair):
    return f"{pair[0].name}–{pair[1].name}"


def english_in(text):
    return ENGLISH.findall(NAMES.sub("", text))


def strange(text, *extra):
    return Amendment(
        "Proposal strange", date(2026, 6, 1), (Add(Provision("X 1", NEVER, text, text, "ground", *extra)),), "x", "x"
    )


@pytest.mark.parametrize(
    ("expr", "en", "fr"),
    [
        (ALWAYS, "always", "toujours"),
        (NEVER, "never", "jamais"),
        (~ALWAYS, "not: always", "non : toujours"),
        (person.has_partner, "has a spouse or common-law partner", "a un époux ou un conjoint de fait"),
        (~person.has_partner, "not: has a spouse or common-law partner", "non : a un époux ou un conjoint de fait"),
        (person.age.under(18), "age on the day of the claim: under 18", "âge le jour de la demande : moins de 18"),
        (
            ~person.nationality.has("STATELESS"),
            "nationality, not: stateless",
            "nationalité, non : apatride",
        ),
        (
            person.age.under(18) & (person.has_partner | claim.protected),
            "age on the day of the claim: under 18; and (has a spouse or common-law partner; or already holds refugee "
            "protection in Canada)",
            "âge le jour de la demande : moins de 18; et (a un époux ou un conjoint de fait; ou bénéficie déjà de l’asile "
            "au Canada)",
        ),
        (
            ~(person.has_partner | claim.protected),
            "not: (has a spouse or common-law partner; or already holds refugee protection in Canada)",
            "non : (a un époux ou un conjoint de fait; ou bénéficie déjà de l’asile au Canada)",
        ),
        (
            Span(journey.entry_date, journey.claim_date, "days").under(14),
            "between the day of entry and the day of the claim: fewer than 14 days",
            "entre le jour de l’entrée et le jour de la demande d’asile : moins de 14 jours",
        ),
        (
            Span(journey.first_entry, journey.claim_date, "years").at_least(1),
            "between the first entry into Canada after 24 June 2020 and the day of the claim: more than 1 year",
            "entre la première entrée au Canada après le 24 juin 2020 et le jour de la demande d’asile : plus de 1 an",
        ),
        (
            journey.entry_date.on_or_after(datetime(2023, 3, 25, 0, 1)),
            "day of entry: on or after 25 March 2023, 00:01",
            "jour de l’entrée : le 25 mars 2023, 00:01 ou après",
        ),
        (
            some_relative(relatives.tie.one_of("mother", "father"), relatives.location.is_("CAN")),
            "some relative of whom: (relative: mother or father; and where the relative is: Canada)",
            "un membre de la parenté pour qui : (membre de la parenté : mère ou père; et lieu où se trouve cette personne : "
            "Canada)",
        ),
        (
            ~some_relative(relatives.tie.is_("mother")),
            "no relative of whom: (relative: mother)",
            "aucun membre de la parenté pour qui : (membre de la parenté : mère)",
        ),
        (
            some_relative(relatives.tie.is_("mother") | relatives.tie.is_("father")),
            "some relative of whom: (relative: mother; or relative: father)",
            "un membre de la parenté pour qui : (membre de la parenté : mère; ou membre de la parenté : père)",
        ),
        (Cite("IRPR 159.5(a-h)"), "IRPR 159.5(a-h)", "RIPR 159.5(a-h)"),
        (~Cite("IRPR 159.1 family member"), "not: IRPR 159.1 family member", "non : RIPR 159.1 membre de la famille"),
        (
            claim.prior_claims.has("ineligible_other", "withdrawn", "abandoned"),
            "earlier claims in Canada: ineligible for another reason, withdrawn or abandoned",
            "demandes d’asile antérieures au Canada : irrecevable pour un autre motif, retirée ou abandonnée (désistement)",
        ),
        (
            papers.documents.has("ca_trp", "ca_pr_travel_document"),
            "papers held: “temporary resident permit” or “travel document for permanent residents, s. 31(3)”",
            "documents détenus : « permis de séjour temporaire » ou « titre de voyage pour résident permanent, par. 31(3) »",
        ),
        (
            ~points.half_blood,
            "unsettled point (kin of the half blood), on the view that: 159.1 does not name them",
            "point non tranché (parenté par un seul parent), si l’on retient que : l’art. 159.1 ne les nomme pas",
        ),
        (
            Not(Not(person.has_partner & claim.protected)),
            "not: (not: (has a spouse or common-law partner; and already holds refugee protection in Canada))",
            "non : (non : (a un époux ou un conjoint de fait; et bénéficie déjà de l’asile au Canada))",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_sentence_is_said_in_words(expr, en, fr):
    assert sentence_in_words(expr, "en") == en
    assert sentence_in_words(expr, "fr") == fr


def test_every_sentence_of_the_law_can_be_said_in_both_languages():
    for rule in RULES:
        for lang in LANGS:
            line, listed = sentence_in_words(rule, lang), outline_in_words(rule, lang)
            assert line.count("(") == line.count(")") or lang == "fr"  # « alinéa e) » opens nothing
            assert listed[0][0] == 0
            assert all(after - before <= 1 for (before, _), (after, _) in pairwise(listed))
        assert not english_in(sentence_in_words(rule, "fr")), sentence_in_words(rule, "fr")


def test_different_sentences_of_the_law_are_said_differently():
    for lang in LANGS:
        assert len({sentence_in_words(rule, lang) for rule in RULES}) == len(RULES)


LEAVES = st.sampled_from(
    [person.age.under(18), person.has_partner, claim.protected, Cite("IRPA 101(2)"), ALWAYS, NEVER]
)
SENTENCES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner),
        st.builds(lambda a, b: a | b, inner, inner),
        inner.map(lambda a: ~a),
    ),
    max_leaves=8,
)


@given(SENTENCES, st.sampled_from(LANGS))
def test_any_sentence_has_words_and_balanced_brackets(expr, lang):
    line = sentence_in_words(expr, lang)
    assert line
    assert line.count("(") == line.count(")")
    assert len(outline_in_words(expr, lang)) >= 1


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("law", LAWS, ids=named)
def test_every_provision_in_force_stands_once_on_the_page_with_its_words_and_its_address(law, lang):
    page = law_as_markdown(law, lang)
    headings = Counter(line[4:] for line in page.splitlines() if line.startswith("### "))
    assert headings == Counter(prose.escaped(reference(label, lang)) for label in law.provisions)
    sections = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
    by_heading = {section.splitlines()[0]: section for section in sections}
    for label, found in law.provisions.items():
        section = by_heading[prose.escaped(reference(label, lang))]
        assert prose.escaped(found.provision.text(lang)) in section
        assert prose.escaped(reference(found.by.instrument, lang)) in section
        assert prose.escaped(reference(found.provision.treaty, lang)) in section
        if law.pact is CANADA and lang == "fr":
            assert f"]({found.provision.address('fr')})" in section
            assert "/fra/" in section
        else:
            assert f"]({found.provision.link})" in section
    for amendment in law.amendments:
        assert prose.escaped(amendment.fr if lang == "fr" else amendment.en) in page
    assert len(re.findall(r"^# ", page, flags=re.MULTILINE)) == 1
    assert page == law_as_markdown(law, lang)


@pytest.mark.parametrize("law", LAWS, ids=named)
def test_a_french_page_has_no_english_words(law):
    page = law_as_markdown(law, "fr")
    assert not english_in(page), english_in(page)


def test_every_label_instrument_and_citation_reads_as_french_and_stays_apart():
    cited = {found.provision.label for law in LAWS for found in law.provisions.values()}
    cited |= {found.provision.treaty for law in LAWS for found in law.provisions.values()}
    cited |= {label for law in LAWS for found in law.provisions.values() for label in found.provision.related}
    cited |= {amendment.instrument for law in LAWS for amendment in law.amendments}
    french = {reference(label, "fr") for label in cited}
    assert len(french) == len(cited)
    assert not [label for label in french if english_in(label)]
    assert all(reference(label, "en") == label for label in cited)


def test_a_page_says_what_is_missing_from_it_and_what_is_no_law():
    known = law_as_markdown(CANADA.on(date(2025, 9, 30), known_on=date(2025, 9, 30)), "en")
    assert "Only what was enacted by 30 September 2025." in known
    assert "### IRPA 101(1)(b.2)" not in known
    assert "what has changed since is not here" in law_as_markdown(CANADA.on(date(2027, 1, 1)), "en")
    assert "what has changed since" not in law_as_markdown(CANADA.on(date(2024, 1, 1)), "en")
    assert "00:01" in law_as_markdown(CANADA.on(datetime(2023, 3, 25, 0, 1)), "en").splitlines()[0]
    proposed = law_as_markdown(designated("canada@2026-06-01+whole-border"), "fr")
    assert "propositions qui ne font pas loi : whole-border" in proposed


def test_what_a_file_says_cannot_break_a_page_a_diff_or_a_chart():
    nasty = '# [x](javascript:1) <script> *a* `b` "q" {c} ]\n\n```\n## New heading & | end'
    law = (CANADA + strange(nasty, "javascript:alert(1)")).on(date(2026, 6, 2))
    for lang in LANGS:
        page = law_as_markdown(law, lang)
        assert "\n## New" not in page
        assert not re.search(r"(?<!\\)\]\(javascript", page)
        assert "<script>" not in page.replace("\\<", "")
        assert_chart(chart(law, "X 1", lang))
        shown = diff_as_markdown(diff(CANADA.on(date(2026, 6, 2)), law), lang)
        assert "\n## New" not in shown


def test_an_address_with_brackets_stays_one_link():
    law = (CANADA + strange("Words.", "https://example.org/a(b) c’d")).on(date(2026, 6, 2))
    assert "(https://example.org/a%28b%29%20c%E2%80%99d)" in law_as_markdown(law, "en")


@pytest.mark.parametrize("pair", NEIGHBOURS, ids=paired)
def test_a_diff_put_onto_the_first_law_gives_exactly_the_second(pair):
    for one, other in (pair, pair[::-1]):
        changes = json.loads(json.dumps(diff(one, other).as_json()))
        assert apply(changes, one) == as_dicts(other)
        assert changes["from"] == one.name
        assert changes["to"] == other.name


@given(st.data())
def test_a_diff_of_any_two_days_of_a_side_goes_there_and_back(data):
    pact = data.draw(st.sampled_from([CANADA, UNITED_STATES]))
    one, other = (pact.on(data.draw(st.sampled_from(pact.boundaries()))) for _ in range(2))
    assert apply(diff(one, other).as_json(), one) == as_dicts(other)
    assert apply(diff(other, one).as_json(), other) == as_dicts(one)
    assert apply(diff(one, one).as_json(), one) == as_dicts(one)


@pytest.mark.parametrize("name", PROPOSALS)
@pytest.mark.parametrize("pact", sides.SIDES.values(), ids=lambda pact: pact.side)
def test_a_proposal_differs_from_the_law_by_what_it_changes(pact, name):
    law = pact.on(pact.boundaries()[-1])
    proposed = designated(f"{law.name}+{name}")
    found = diff(law, proposed)
    assert apply(found.as_json(), law) == as_dicts(proposed)
    for lang in LANGS:
        page = diff_as_markdown(found, lang)
        assert name in page.splitlines()[0]
        for change in (*found.added, *found.removed, *found.changed):
            assert page.count(f"### {prose.escaped(reference(change.label, lang))}\n") == 1


def test_a_diff_does_not_fit_another_law():
    changes = diff(BEFORE, SINCE).as_json()
    with pytest.raises(LawError, match="does not fit canada@2023-03-25"):
        apply(changes, SINCE)
    with pytest.raises(LawError, match="Apply it to the law it starts from"):
        apply(changes, UNITED_STATES.on(date(2023, 3, 24)))


def test_two_sides_have_no_diff():
    with pytest.raises(LawError, match="compare across sides with safethird compare"):
        diff(SINCE, UNITED_STATES.on(date(2023, 3, 25)))


def test_a_diff_names_what_changed():
    found = diff(BEFORE, SINCE)
    assert [change.label for change in found.added] == ["IRPR 159.01", "IRPR 159.1 stateless person", "IRPR 159.4(1.1)"]
    assert [change.label for change in found.changed] == ["IRPR 159.4(1)(a)"]
    assert found.removed == ()
    assert [amendment.instrument for amendment in found.begun] == ["SOR/2023-58, ss. 1-5"]
    assert [change.label for change in diff(SINCE, BEFORE).removed] == [change.label for change in found.added]
    page = diff_as_markdown(found, "en")
    assert "+   not: IRPR 159.4(1.1)\n" in page
    assert not re.search(r"^- .*manner of entry", page.split("```diff")[1].split("```")[0], flags=re.MULTILINE)
    same = diff(SINCE, CANADA.on(date(2023, 5, 1)))
    assert "word for word" in diff_as_markdown(same, "en")
    assert "mot pour mot" in diff_as_markdown(same, "fr")


@pytest.mark.parametrize("pair", NEIGHBOURS, ids=paired)
def test_a_diff_page_names_every_change_and_has_no_english_in_french(pair):
    found = diff(*pair)
    for lang in LANGS:
        page = diff_as_markdown(found, lang)
        for change in (*found.added, *found.removed, *found.changed):
            assert page.count(f"### {prose.escaped(reference(change.label, lang))}\n") == 1
        for change in found.changed:
            before, after = change.before or {}, change.after or {}
            for text in {before[lang], after[lang]}:
                assert prose.escaped(text) in page
            if before["rule"] != after["rule"]:
                section = page.split(f"### {prose.escaped(reference(change.label, lang))}\n")[1].split("\n### ")[0]
                assert re.search(r"^[+-] ", section.split("```diff")[1], flags=re.MULTILINE)
        assert page == diff_as_markdown(diff(*pair), lang)
    assert not english_in(diff_as_markdown(found, "fr"))


NODE = re.compile(r'    (n\d+)(?:\{"([^"]*)"\}|\["([^"]*)"\]|\(\["([^"]*)"\]\)|\[/"([^"]*)"/\])')
EDGE = re.compile(r"    (n\d+) (?:-->|-->\|(\w+)\||-\.->) (n\d+)")


def assert_chart(text):
    """The chart is well-formed Mermaid: one header, defined nodes, two answers to a question, no loop, all reached."""
    head, *lines = text.splitlines()
    assert head == "flowchart TD"
    nodes: dict[str, str] = {}
    edges: dict[str, list[tuple[str | None, str]]] = {}
    for line in lines:
        node, edge = NODE.fullmatch(line), EDGE.fullmatch(line)
        assert bool(node) != bool(edge), line
        if node is not None:
            assert node[1] not in nodes
            nodes[node[1]] = line
            assert not set('[]{}"<>`\\') & set(next(part for part in node.groups()[1:] if part is not None)), line
        elif edge is not None:
            edges.setdefault(edge[1], []).append((edge[2], edge[3]))
    assert all(name in nodes and target in nodes for name, found in edges.items() for _, target in found)
    for name, line in nodes.items():
        answers = [answer for answer, _ in edges.get(name, []) if answer]
        assert answers in (["yes", "no"], ["oui", "non"]) if '{"' in line else not answers, line
    unquoted = re.sub(r'"[^"]*"', "", text)
    for opening, closing in ("()", "[]", "{}"):
        assert unquoted.count(opening) == unquoted.count(closing)
    reached, waiting = set(), ["n1"]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += [target for _, target in edges.get(name, [])]
    assert reached == set(nodes)
    assert not loops(edges)
    return nodes, edges


def loops(edges):
    """Whether a chart leads back to a question that it has passed."""
    done = set()

    def follow(name, trail):
        if name in trail:
            return True
        if name in done:
            return False
        done.add(name)
        return any(follow(target, trail | {name}) for _, target in edges.get(name, []))

    return follow("n1", frozenset())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize(("law", "label"), CHARTED, ids=str)
def test_every_provision_has_a_well_formed_chart(law, label, lang):
    text = chart(law, label, lang)
    nodes, _ = assert_chart(text)
    assert reference(label, lang) in nodes["n1"]
    assert text == chart(law, label, lang)
    if lang == "fr":
        assert not english_in(text), english_in(text)


def test_a_chart_opens_what_is_cited_once():
    text = chart(SINCE, "IRPR 159.5(e)", "en")
    for label in ("IRPR 159.5(e)(i):", "IRPR 159.5(e)(ii):", "IRPR 159.5(e)(iii):"):
        assert f'["{label}' in text
    assert "age on the day of the claim: under 18?" in text
    family = chart(SINCE, "IRPR 159.5(a)", "en")
    assert "-.->" in family
    assert '[/"IRPR 159.1 family member: ' in family
    assert "not in force" in chart(CANADA.on(date(2003, 1, 1)), "IRPA 102", "en")
    assert "it informs only" in chart(SINCE, "IRPR 159.7", "en")
    # 159.5(*) is a question for each of its provisions.
    assert '{"IRPR 159.5(h): ' in chart(SINCE, "IRPA 101(1)(e)", "en")


def walked(text, answer):
    """The end of a chart that a person reaches whose answers are given by question."""
    nodes, edges = assert_chart(text)
    name = "n1"
    while edges.get(name):
        ways = dict(edges[name])
        question = next(part for part in NODE.findall(nodes[name])[0][1:] if part)
        name = ways[""] if "" in ways else ways[None] if None in ways else ways["yes" if answer(question) else "no"]
    return nodes[name]


@given(st.data())
def test_a_chart_leads_where_the_sentence_leads(data):
    atoms = [person.has_partner, claim.protected, person.accompanied_by_parent, papers.us_claim_decided]
    leaf = st.sampled_from(atoms)
    rule = data.draw(st.recursive(leaf, lambda inner: st.one_of(
        st.builds(lambda a, b: a & b, inner, inner), st.builds(lambda a, b: a | b, inner, inner), inner.map(lambda a: ~a),
    ), max_leaves=8))  # fmt: skip
    truth = {atom.name: data.draw(st.booleans()) for atom in atoms}
    amendment = Amendment(
        "T", date(2026, 6, 1), (Add(Provision("X 1", rule, "Words", "Mots", "ground", "")),), "x", "x"
    )
    questions = {f"{sentence_in_words(atom, 'en')}?": truth[atom.name] for atom in atoms}
    end = walked(chart((CANADA + amendment).on(date(2026, 6, 2)), "X 1", "en"), questions.__getitem__)
    assert ("does not apply" in end) is not holds(rule, truth)


def holds(rule, truth):
    match rule:
        case Fact(name, _):
            return truth[name]
        case Not(part):
            return not holds(part, truth)
    every = all if type(rule).__name__ == "And" else any
    return every(holds(part, truth) for part in rule.parts)


def test_a_provision_that_is_not_there_is_refused_with_near_ones():
    with pytest.raises(LawError, match=r"no provision 'IRPR 159\.5\(z\)'.*Near it: .*IRPR 159\.5\("):
        chart(SINCE, "IRPR 159.5(z)", "en")
    with pytest.raises(LawError, match="Near it: none"):
        chart(SINCE, "%%%", "en")
    assert chart(SINCE, "irpr159.4(1.1)", "en") == chart(SINCE, "IRPR 159.4(1.1)", "en")


def test_every_table_of_words_has_both_languages():
    for module in (prose, lawdiff, charts):
        for name, value in vars(module).items():
            tables = value.values() if isinstance(value, dict) and name != "declared" else [value]
            for words in tables:
                if isinstance(words, Words):
                    assert words.en, name
                    assert words.fr, name
                    assert not english_in(words.fr), words
    assert declared


@pytest.mark.parametrize("when", [date(2024, 1, 1), datetime(2024, 1, 1, 10, 5)])
def test_a_repealed_provision_is_named_as_such_on_a_day_or_at_an_hour(when):
    with pytest.raises(LawError, match=r"repealed from 2009-07-23"):
        chart(CANADA.on(when), "IRPR 159.6(c)", "en")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", ["diff", "chart"])
def test_the_words_are_the_reviewed_ones(name, lang):
    if name == "diff":
        text = diff_as_markdown(diff(BEFORE, SINCE), lang)
    else:
        text = chart(CANADA.on(date(2024, 1, 1)), "IRPR 159.4(1.1)", lang)
    kept = SNAPSHOTS / f"{name}.{lang}.txt"
    if os.environ.get("SAFETHIRD_SNAPSHOTS") == "write":
        kept.write_text(text, encoding="utf-8")
    assert text.strip() == kept.read_text(encoding="utf-8").strip()
