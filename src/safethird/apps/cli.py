"""The command line: decide, ask, law, check, cases, facts."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn
from zoneinfo import ZoneInfo

# Plug-ins of other packages have no business in a case, and looking for them takes time.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")

import typer
from rich.console import Console

from safethird.apps import batch, flows
from safethird.cases.faults import BadFile

app = typer.Typer(
    name="safethird",
    help="The Canada–United States Safe Third Country Agreement, as executable law. Information, not a decision.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Lang = Annotated[str, typer.Option("--lang", "-l", help="Language of the answer: en or fr.", metavar="en|fr")]
On = Annotated[
    str | None,
    typer.Option(
        "--on",
        help="Read the law on this day (default: the day of the claim; for the law itself, today).",
        metavar="DAY",
    ),
]
KnownOn = Annotated[
    str | None, typer.Option("--known-on", help="Only what had been enacted by this day.", metavar="DAY")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


app.add_typer(batch.app)
app.add_typer(flows.app)


def main() -> None:
    """Run the command line; bad input ends with one line per fault and exit code 2."""
    from safethird.law.pact import LawError

    try:
        app()
    except BadFile as error:
        for fault in error.faults:
            print(f"safethird: {fault}", file=sys.stderr)
        sys.exit(2)
    except LawError as error:
        fail(str(error))
    except BrokenPipeError:
        sys.exit(0)


@app.command()
def decide(
    file: Annotated[Path, typer.Argument(help="A case file or a family file (YAML or JSON); - for standard input.")],
    on: On = None,
    known_on: KnownOn = None,
    json: AsJson = False,
    lang: Lang = "en",
    full: Annotated[bool, typer.Option("--full", help="Also the reasons of what does not apply.")] = False,
    sets: Annotated[
        bool, typer.Option("--sets/--no-sets", help="Work out the smallest sets of facts still to show.")
    ] = True,
) -> None:
    """Decide one person's case, or a family's: whether the claim is barred, why, what follows, what could be shown.

    A case to start from:

      facts: {claim_date: 2024-05-01, came_from: USA, mode: land_port, nationality: [COL], age: 30}
      relatives: [{relation: uncle, location: CAN, status: work_permit, age: 40, proven: yes}]
    """
    from safethird.apps.deciding import answers_for

    _language(lang)
    day, known = _day(on, "--on"), _day(known_on, "--known-on")
    answers, splits = answers_for(file, day, known, sets)
    if json:
        _print_json(answers if len(answers) > 1 or splits is not None else answers[0], splits)
        return
    from safethird.apps.show import show, show_family

    console = _console()
    for answer in answers:
        show(console, answer, lang, full=full)
        console.print()
    if splits is not None:
        show_family(console, answers, splits, lang)


@app.command()
def ask(
    file: Annotated[Path | None, typer.Argument(help="Continue from, and save to, this case file.")] = None,
    side: Annotated[
        str | None, typer.Option("--side", help="Whose law asks, for a case begun here: canada (usual) or us.")
    ] = None,
    quick: Annotated[bool, typer.Option("--quick", help="Stop once the answer is settled.")] = False,
    lang: Lang = "en",
) -> None:
    """Interview in the terminal: one question at a time, with back, change, not known, and told but not shown."""
    from safethird.apps.interview import interview

    _language(lang)
    interview(_console(), file, lang, quick=quick, side=side)


@app.command()
def law(
    what: Annotated[
        list[str] | None,
        typer.Argument(
            help="A provision or treaty article; or: diff A B, verify [LAW|FILE…], differences.", metavar="[LABEL]"
        ),
    ] = None,
    on: On = None,
    known_on: KnownOn = None,
    side: Annotated[str, typer.Option("--side", help="Which side's law: canada or us.")] = "canada",
    markdown: Annotated[bool, typer.Option("--markdown", help="The whole law of the day as a Markdown page.")] = False,
    chart: Annotated[bool, typer.Option("--chart", help="A provision's decision chain as a Mermaid chart.")] = False,
    json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """The law on a day, in plain words.

    safethird law --side us --on 2024-06-01        every provision in force

    safethird law "IRPR 159.5(c)"                  one provision, its history, the cases about it

    safethird law "Agreement art. 4(2)(a)"         an article with both sides' implementations

    safethird law diff canada@2023-03-24 canada@2023-03-25 [--json]

    safethird law verify                           every version and every proposal of both sides

    safethird law differences                      what the two sides do differently
    """
    from safethird.apps.lawcommand import run

    _language(lang)
    run(_console(), what or [], _day(on, "--on"), _day(known_on, "--known-on"), side, lang,
        markdown=markdown, chart=chart, as_json=json)  # fmt: skip


@app.command()
def compare(
    one: Annotated[str, typer.Argument(help="A law, SIDE@DAY[+PROPOSAL|FILE…].")],
    other: Annotated[str, typer.Argument(help="The law to hold against it.")],
    json: AsJson = False,
    save: Annotated[
        Path | None, typer.Option("--save", help="Write the witnesses as two case files in this folder.")
    ] = None,
    lang: Lang = "en",
) -> None:
    """Who is decided differently by two laws: proof that nobody is, or the smallest cases, in both directions."""
    from safethird.apps.comparing import print_json, save_witnesses, show_comparison
    from safethird.cases.designator import designated
    from safethird.readings.compare import compare as compared
    from safethird.readings.verify import verify

    _language(lang)
    laws = designated(one), designated(other)
    for given in laws:  # somebody's own amendment is verified unasked
        for problem in verify(given) if any("." in name for name in given.proposals) else ():
            print(f"safethird: {problem.law}: {problem.label}: {problem.what}", file=sys.stderr)
    found = compared(*laws)
    if save is not None:
        count = save_witnesses(found, save)
        print(f"{count} witnesses in {save / 'one.yaml'} and {save / 'other.yaml'}", file=sys.stderr)
    if json:
        print_json(found)
    else:
        show_comparison(_console(), found, lang)


@app.command()
def proposals(json: AsJson = False, lang: Lang = "en") -> None:
    """Amendments nobody has enacted: source, status through time, and what each would need."""
    from safethird.apps.lawpages import show_proposals

    _language(lang)
    show_proposals(_console(), lang, as_json=json)


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A file of cases with expectations.")],
    json: AsJson = False,
    side: Annotated[str | None, typer.Option("--side", help="Only the cases of one side.")] = None,
) -> None:
    """Check every case of a file: expected against got. Exit 1 on a mismatch, 2 where a case cannot be read.

    This is also how an office keeps its precedents as tests.
    """
    from safethird.apps.checking import show_checked

    sys.exit(show_checked(_console(), file, side, as_json=json))


@app.command()
def cases(
    label: Annotated[str | None, typer.Argument(help="Only cases about this provision.")] = None,
    side: Annotated[str | None, typer.Option("--side", help="Only one side.")] = None,
    json: AsJson = False,
) -> None:
    """The cases that come with the program, by provision, with source and kind."""
    from safethird.apps.lawpages import show_cases

    show_cases(_console(), label, side, as_json=json)


@app.command()
def facts(json: AsJson = False, lang: Lang = "en") -> None:
    """The words of a case file: every field, every closed list, every unsettled point."""
    from safethird.apps.vocabulary import show_facts

    _language(lang)
    show_facts(_console(), lang, as_json=json)


@app.command()
def demo(lang: Lang = "en") -> None:
    """Decide the shipped cases and print them, then offer the interview where there is a terminal."""
    from safethird.apps.checking import show_demo
    from safethird.apps.interview import interview

    _language(lang)
    console = _console()
    failed = show_demo(console)
    if sys.stdin.isatty() and sys.stdout.isatty():
        question = {"en": "Start an interview?", "fr": "Commencer une entrevue?"}[lang]
        if typer.confirm(question, default=False):
            interview(console, None, lang, quick=False)
    sys.exit(1 if failed else 0)


@app.callback(invoke_without_command=True)
def version(
    show: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """Options that come before a command."""
    if show:
        from safethird import __version__

        print(f"safethird {__version__}")
        raise typer.Exit


def fail(message: str) -> NoReturn:
    """End with one clear line and exit code 2."""
    print(f"safethird: {message}", file=sys.stderr)
    sys.exit(2)


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 110, highlight=False)


def _language(lang: str) -> None:
    if lang not in ("en", "fr"):
        fail(f"--lang takes en or fr, not {lang!r}.")


def _day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        if "T" not in text:
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
        return moment.astimezone(ZoneInfo("America/Toronto")).replace(tzinfo=None) if moment.tzinfo else moment
    except ValueError:
        fail(f"{option}: this is not a day that exists. Write YYYY-MM-DD.")


def _print_json(answer: Any, splits: Any) -> None:
    from safethird.apps.jsonform import dump

    print(dump({"members": answer, "splits": splits} if splits is not None else answer))
