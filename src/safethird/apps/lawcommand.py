"""``safethird law``: a day, a provision, an article, a diff, a verification."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from safethird.apps.jsonform import dump
from safethird.apps.lawpages import show_label, show_law
from safethird.apps.treatypages import show_article, show_differences
from safethird.cases.designator import designated
from safethird.law import sides
from safethird.law.pact import LawError
from safethird.law.proposals import PROPOSALS
from safethird.readings.chart import chart as chart_of
from safethird.readings.lawdiff import diff, diff_as_markdown
from safethird.readings.prose import law_as_markdown
from safethird.readings.verify import Problem, verify, verify_windows

_TREATY = ("agreement", "additional", "statement")


def run(
    console: Console, what: list[str], on: date | None, known_on: date | None, side: str, lang: str,
    *, markdown: bool, chart: bool, as_json: bool,
) -> None:  # fmt: skip
    """Do what the words after ``safethird law`` ask for.

    Raises:
        LawError: words that name nothing.
    """
    day = on or date.today()
    match what:
        case []:
            if markdown:
                print(law_as_markdown(sides.of(side).on(day, known_on), lang))
            else:
                show_law(console, side, day, known_on, lang, as_json=as_json)
        case ["diff", one, other]:
            found = diff(designated(one, known_on), designated(other, known_on))
            print(dump(found.as_json()) if as_json else diff_as_markdown(found, lang))
        case ["diff", *_]:
            raise LawError("A diff takes two laws: safethird law diff canada@2023-03-24 canada@2023-03-25.")
        case ["verify", *names]:
            _verify(console, names, as_json=as_json)
        case ["differences"]:
            show_differences(console, lang, as_json=as_json)
        case [label] if label.lower().startswith(_TREATY):
            show_article(console, label, day, lang, as_json=as_json)
        case [label]:
            if chart:
                print(chart_of(sides.of(side).on(day, known_on), label, lang))
            else:
                show_label(console, _side_of(label, side), label, day, known_on, lang, as_json=as_json)
        case _:
            run(console, [" ".join(what)], on, known_on, side, lang, markdown=markdown, chart=chart, as_json=as_json)


def _side_of(label: str, side: str) -> str:
    return "united_states" if label.upper().startswith(("8 CFR", "INA")) else side


def _verify(console: Console, names: list[str], *, as_json: bool) -> None:
    """Verify named laws (or a file, on its own days), or every version and proposal of both sides.

    Raises:
        SystemExit: with 1 where a problem is found.
    """
    designators = [name for given in names for name in _laws_of(given)]
    problems: list[Problem] = []
    if not names:
        for pact in sides.SIDES.values():
            problems += verify_windows(pact)
            days = pact.boundaries()
            designators += [f"{pact.side}@{day}" for day in days]
            designators += [f"{pact.side}@{days[-1]}+{name}" for name in PROPOSALS]
    with Progress(console=console, transient=True, disable=as_json or not console.is_terminal) as progress:
        for name in progress.track(designators, description="verify"):
            problems += verify(designated(name))
    if as_json:
        print(dump([{"law": p.law, "label": p.label, "what": p.what} for p in problems]))
    else:
        for problem in problems:
            console.print(f"[red]✗[/] [bold]{escape(problem.law)}[/] {escape(problem.label)}: {escape(problem.what)}")
        console.print(f"{len(designators)} laws verified, {len(problems)} problem(s)")
    if problems:
        raise SystemExit(1)


def _laws_of(given: str) -> list[str]:
    if "@" in given:
        return [given]
    if given in PROPOSALS:
        return [f"{pact.side}@{pact.boundaries()[-1]}+{given}" for pact in sides.SIDES.values()]
    from safethird.cases.designator import days_of_file

    return [f"{side}@{day}+{given}" for side, day in days_of_file(given)]
