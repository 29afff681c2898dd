"""The command ``safethird batch``: whole tables of claims decided, described, made up, explained."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from rich.console import Console
from typer.core import TyperGroup

if TYPE_CHECKING:
    from safethird.batch.schema import Column
    from safethird.law.pact import Law

RUN = "run"
ENGINES = ("planes", "duckdb", "spark")


class Batch(TyperGroup):
    """A group whose first word is a table unless it names a command."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the default command before a table."""
        if args and args[0] not in self.commands and args[0] not in ("-h", "--help"):
            args = [RUN, *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    name="batch",
    cls=Batch,
    no_args_is_help=True,
    add_completion=False,
    help="""Decide whole tables of claims: Parquet, CSV or Arrow in, one row per claim out.

    safethird batch claims.parquet -o decided.parquet        (all options: safethird batch run --help)

    settled: what follows from what is known, undetermined where two completions of the unknown facts differ.
    established: what follows from what is shown, the burden of proof being where the law puts it.
    """,
)
Side = Annotated[
    str | None, typer.Option("--side", help="Whose law: canada (usual) or us; --law says it too.", metavar="SIDE")
]
LawName = Annotated[
    str | None,
    typer.Option(
        "--law",
        help="One law for every row, SIDE@DAY[+PROPOSAL|FILE…]; otherwise each row has the law of its claim_date.",
        metavar="LAW",
    ),
]
Relatives = Annotated[
    Path | None,
    typer.Option("--relatives", help="A second table with the relatives: claim_id and a column per fact of theirs."),
]
Positions = Annotated[
    list[str] | None,
    typer.Option("--position", help="Take a position on an unsettled point of law: POINT=true|false (repeatable).",
                 metavar="POINT=…"),
]  # fmt: skip
Unknown = Annotated[
    list[str] | None,
    typer.Option("--unknown", help="This column is missing, nothing is known of it (repeatable; all; relatives.…).",
                 metavar="COLUMN"),
]  # fmt: skip
Ignore = Annotated[
    list[str] | None,
    typer.Option("--ignore", help="Leave this column of the table unread (repeatable; or: all).", metavar="COLUMN"),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")]
Lang = Annotated[str, typer.Option("--lang", "-l", help="Language: en or fr.", metavar="en|fr")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


@app.command(RUN, hidden=True)
def run(
    table: Annotated[str, typer.Argument(help="The claims: .parquet, .csv, .csv.gz, .arrow, or a folder of Parquet.",
                                         metavar="IN")],
    output: Annotated[str, typer.Option("--output", "-o", help="Where the result goes: .parquet, .csv or .arrow.",
                                        metavar="OUT")],
    relatives: Relatives = None,
    side: Side = None,
    law: LawName = None,
    vs: Annotated[
        str | None, typer.Option("--vs", help="Hold this law against the first: who is decided differently.",
                                 metavar="LAW"),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", help="planes (built in), duckdb or spark.", metavar="|".join(ENGINES))
    ] = "planes",
    master: Annotated[
        str | None, typer.Option("--master", help="Where Spark runs: local[4], yarn, spark://…", metavar="URL")
    ] = None,
    partitions: Annotated[
        int, typer.Option("--partitions", help="Into how many parts Spark cuts the table (0: by its size).", min=0)
    ] = 0,
    position: Positions = None,
    missing: Annotated[
        bool, typer.Option("--missing", help="Add a column: how many unknown facts the settled answer hangs on.")
    ] = False,
    unknown: Unknown = None,
    ignore: Ignore = None,
    quarantine: Annotated[
        Path | None, typer.Option("--quarantine", help="Set rows with faults aside in this file; decide the rest.",
                                  metavar="FILE"),
    ] = None,
    summary: Annotated[
        Path | None,
        typer.Option("--summary", help="Write the JSON summary here (otherwise printed, unless on a terminal).",
                     metavar="FILE"),
    ] = None,
    overwrite: Overwrite = False,
    threads: Annotated[
        int, typer.Option("--threads", help="How many threads decide (default: one per core, at most 4).", min=0)
    ] = 0,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")] = False,
    lang: Lang = "en",
) -> None:  # fmt: skip
    """Decide a table of claims. One row out for each row in, complete or not at all.

    A row's result: stca and outcome (settled: what follows from what is known; undetermined where two completions of
    the unknown facts differ), stca_established and outcome_established (what follows from what is shown, the burden of
    proof being where the law puts it), the grounds and the exceptions that surely hold.

    An interrupted run goes on where it stopped when the same command is given again.
    """
    from safethird.apps.batch_run import decide_on_spark, decide_table

    _language(lang)
    if engine not in ENGINES:
        _fail(f"--engine takes {', '.join(ENGINES)}, not {engine!r}.")
    if engine == "spark":
        _side(side, law)
        sys.exit(
            decide_on_spark(
                table, output, law=law, vs=vs, master=master, partitions=partitions, positions=_positions(position),
                missing=missing, relatives=relatives, quarantine=quarantine, unknown=unknown or (), ignore=ignore or (),
                summary=summary, overwrite=overwrite, lang=lang,
            )
        )  # fmt: skip
    if master or partitions:
        _fail("--master and --partitions are for --engine spark. Add it, or leave them out.")
    sys.exit(
        decide_table(
            Path(table), Path(output), relatives=relatives, side=_side(side, law), law=law, vs=vs, engine=engine,
            positions=_positions(position), missing=missing, unknown=unknown or (), ignore=ignore or (),
            quarantine=quarantine, summary=summary, overwrite=overwrite, threads=threads, quiet=quiet, lang=lang,
        )
    )  # fmt: skip


@app.command()
def schema(side: Side = None, law: LawName = None, json: AsJson = False, lang: Lang = "en") -> None:
    """The columns that a table of claims has: name, type, words, what each one says."""
    from safethird.apps.batch_schema import show_schema
    from safethird.batch.schema import columns

    _language(lang)
    show_schema(_console(), columns(_laws(law, _side(side, law))), lang, as_json=json)


@app.command()
def example(
    out: Annotated[Path, typer.Argument(help="The file to write; CSV gets a second one for the relatives.",
                                        metavar="OUT")],
    rows: Annotated[int, typer.Option("--rows", help="How many claims.", min=0)] = 10_000,
    seed: Annotated[int, typer.Option("--seed", help="The same seed gives the same table.", min=0)] = 1,
    side: Side = None,
    unknown: Annotated[float, typer.Option("--unknown", help="The share of facts not known.", min=0, max=1)] = 0.2,
    claims_from: Annotated[str | None, typer.Option("--from", help="The first day of the claims.",
                                                    metavar="DAY")] = None,
    claims_to: Annotated[str | None, typer.Option("--to", help="The last day of the claims.", metavar="DAY")] = None,
    overwrite: Overwrite = False,
) -> None:  # fmt: skip
    """Write a synthetic table, of no real person, that meets every provision both ways; it says so of itself."""
    from safethird.batch import example as made
    from safethird.batch.example_files import files_of, write_example
    from safethird.batch.outputs import may_write
    from safethird.batch.schema import columns, versions
    from safethird.law import sides

    first, last = _day(claims_from, "--from") or made.FIRST, _day(claims_to, "--to") or made.LAST
    if first > last:
        _fail("--from comes after --to. Exchange them.")
    for path in files_of(out):
        may_write(path, overwrite)
    pact = sides.of(side or "canada")
    listed = columns(versions(pact))
    batches = made.example(rows, seed, pact.side, listed, unknown=unknown, claims_from=first, claims_to=last)
    write_example(out, batches, made.example_schema(pact.side, listed, seed), listed)
    print(f"safethird: {rows:,} synthetic claims in {', '.join(map(str, files_of(out)))}", file=sys.stderr)


@app.command()
def explain(
    table: Annotated[Path, typer.Argument(help="The table of claims.", metavar="TABLE")],
    claim_id: Annotated[str, typer.Argument(help="Which claim.", metavar="CLAIM_ID")],
    relatives: Relatives = None,
    side: Side = None,
    law: LawName = None,
    position: Positions = None,
    unknown: Unknown = None,
    ignore: Ignore = None,
    json: AsJson = False,
    lang: Lang = "en",
    full: Annotated[bool, typer.Option("--full", help="Also the reasons of what does not apply.")] = False,
) -> None:
    """The full answer for one row, as safethird decide gives it: why, what follows, what could still be shown."""
    from safethird.apps.jsonform import dump
    from safethird.apps.show import show
    from safethird.batch.intake import intake_of
    from safethird.batch.lookup import case_in
    from safethird.cases.designator import designated
    from safethird.readings.explain import explain as explained
    from safethird.readings.reading import law_for

    _language(lang)
    where = _side(side, law)
    named = designated(law) if law else None
    intake = intake_of(table, relatives, _columns(law, where), where, law, unknown or (), ignore or ())
    case = case_in(intake, claim_id, where, _positions(position))
    if named is not None:
        answer = explained(named, case if case.claim_date else case.claimed_on(named.day))
    else:
        answer = explained(*law_for(case))
    if json:
        print(dump(answer))
    else:
        show(_console(), answer, lang, full=full)


def _laws(law: str | None, side: str) -> list[Law]:
    from safethird.batch.schema import versions
    from safethird.cases.designator import designated
    from safethird.law import sides

    return [designated(law)] if law else versions(sides.of(side))


def _columns(law: str | None, side: str) -> tuple[Column, ...]:
    from safethird.batch.schema import columns

    return columns(_laws(law, side))


def _side(side: str | None, law: str | None) -> str:
    """The side that the options name; canada where they are silent."""
    from safethird.cases.designator import designated
    from safethird.law import sides

    named = designated(law).pact.side if law else None
    given = sides.of(side).side if side else None
    if named and given and named != given:
        _fail(f"--side {side} and --law {law} name different sides. Leave --side out.")
    return named or given or "canada"


def _positions(given: list[str] | None) -> Mapping[str, bool]:
    from safethird.law.facts import declared

    points = {name for name, declaration in declared.items() if declaration.role == "point"}
    words = {"true": True, "yes": True, "oui": True, "false": False, "no": False, "non": False}
    taken: dict[str, bool] = {}
    for text in given or ():
        name, _, held = text.partition("=")
        if name not in points:
            near = ", ".join(difflib.get_close_matches(name, points, n=3)) or "see safethird facts"
            _fail(f"--position: there is no unsettled point {name!r}. Nearest: {near}.")
        if held.lower() not in words:
            _fail(f"--position {name}: write {name}=true or {name}=false.")
        taken[name] = words[held.lower()]
    return taken


def _day(text: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        _fail(f"{option}: this is not a day that exists. Write YYYY-MM-DD.")


def _language(lang: str) -> None:
    if lang not in ("en", "fr"):
        _fail(f"--lang takes en or fr, not {lang!r}.")


def _console() -> Console:
    return Console(width=None if sys.stdout.isatty() else 110, highlight=False)


def _fail(message: str) -> NoReturn:
    print(f"safethird: {message}", file=sys.stderr)
    sys.exit(2)
