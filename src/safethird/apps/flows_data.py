"""The commands about figures themselves: tables, sources, check, add, revisions, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

Lang = Annotated[str, typer.Option("--lang", "-l", help="Language: en or fr.", metavar="en|fr")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsKnownOn = Annotated[
    str | None, typer.Option("--as-known-on", help="Only the releases that were out by this day.", metavar="DAY")
]


def register(app: typer.Typer) -> None:
    """Add the commands to the group."""
    for command in (tables, sources, check, add, revisions, export):
        app.command()(command)


def tables(
    name: Annotated[str | None, typer.Argument(help="One table; with --series, a word that names have.")] = None,
    series: Annotated[bool, typer.Option("--series", help="The named series instead of the tables.")] = False,
    rows: Annotated[bool, typer.Option("--rows", help="The rows of the table, as they stand now.")] = False,
    measure: Annotated[
        str | None, typer.Option("--measure", help="One measure of stca_statistics: they are never joined.")
    ] = None,
    json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """The tables: what each holds, in which unit, from when to when, and the releases that are kept.

    safethird flows tables                          every table

    safethird flows tables us_niv_issuances_monthly one: columns, definition, breaks, licence, releases

    safethird flows tables quebec --series          the named series, those with a word
    """
    from safethird.apps import flows_tables as shown
    from safethird.apps.cli import _console, _language

    _language(lang)
    if series:
        shown.show_series(_console(), name or "", lang, as_json=json)
    elif rows or measure:
        shown.show_rows(_console(), name or "stca_statistics", measure, lang, as_json=json)
    elif name:
        shown.show_table(_console(), name, lang, as_json=json)
    else:
        shown.show_tables(_console(), lang, as_json=json)


def sources(
    name: Annotated[str | None, typer.Argument(help="A source, a table or a series; all where left out.")] = None,
    json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Where the figures are from: title, publisher, day, address, licence, and the tables that use it."""
    from safethird.apps.cli import _console, _language
    from safethird.apps.flows_sources import show_sources

    _language(lang)
    show_sources(_console(), name, lang, as_json=json)


def check(
    names: Annotated[list[str] | None, typer.Argument(help="Only these tables.", metavar="[TABLE]...")] = None,
    all_: Annotated[bool, typer.Option("--all", help="List what was found in order, too.")] = False,
    json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Verify every table: parts add up to the printed totals within what rounding and suppression allow; every row has
    a source that resolves; every table has unit, licence and release. Added releases are verified too.

    Disagreements that the publishers' own figures have are listed apart. Exit code 1 where something is wrong.
    """
    from safethird.apps.cli import _console, _language
    from safethird.apps.flows_checking import show_checks

    _language(lang)
    sys.exit(show_checks(_console(), names or [], lang, everything=all_, as_json=json))


def add(
    file: Annotated[Path, typer.Argument(help="The new table: CSV, Parquet or .xlsx.")],
    table: Annotated[
        str | None, typer.Option("--table", help="Which table it is, where its columns do not tell.")
    ] = None,
    vintage: Annotated[str | None, typer.Option("--vintage", help="The day it came out.", metavar="DAY")] = None,
    source: Annotated[
        str | None, typer.Option("--source", help="Where it is from.", metavar='"TITLE, PUBLISHER"')
    ] = None,
    url: Annotated[str | None, typer.Option("--url", help="Its address.", metavar="ADDRESS")] = None,
    licence: Annotated[
        str | None, typer.Option("--licence", help="Its licence, as in safethird flows sources --json.")
    ] = None,
    as_printed: Annotated[
        bool, typer.Option("--as-printed", help="Take totals that do not add up, as the publisher prints them.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change; write nothing.")] = False,
    json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Take a newly published table: verified whole, held against what is kept, stored as a release of its own.

    The file has the columns that safethird flows tables NAME lists, or is the immigration department's monthly sheet of
    claims by office and province. Earlier releases stay. Every fault is told with its place; then nothing is written.
    """
    from safethird.apps.cli import _console, _day, _language
    from safethird.apps.flows_checking import show_added
    from safethird.flows.adding import add as taken

    _language(lang)
    made = taken(file, table, _day(vintage, "--vintage"), source, url, licence, only_try=dry_run, as_printed=as_printed)
    show_added(_console(), made, lang, as_json=json)


def revisions(
    name: Annotated[str, typer.Argument(help="A series or a table.")],
    nowcast: Annotated[
        bool,
        typer.Option("--nowcast", help="Scale recent months of a series by what later releases did to such months."),
    ] = False,
    as_known_on: AsKnownOn = None,
    json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """What later releases changed: each figure as first printed and as printed now.

    With --nowcast the recent months of a series are scaled, where at least eight revisions of that age were observed.
    """
    from safethird.apps.cli import _console, _day, _language
    from safethird.apps.flows_sources import show_nowcast, show_revisions

    _language(lang)
    day = _day(as_known_on, "--as-known-on")
    if nowcast:
        show_nowcast(_console(), name, day, lang, as_json=json)
    else:
        show_revisions(_console(), name, day, lang, as_json=json)


def export(
    names: Annotated[list[str], typer.Argument(help="The series.", metavar="SERIES...")],
    output: Annotated[str, typer.Option("--output", "-o", help="The CSV file; - for standard output.", metavar="FILE")],
    since: Annotated[str | None, typer.Option("--since", help="From this month.", metavar="YYYY-MM")] = None,
    until: Annotated[str | None, typer.Option("--until", help="To this month.", metavar="YYYY-MM")] = None,
    as_known_on: AsKnownOn = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there already.")] = False,
    json: AsJson = False,
    lang: Lang = "en",
) -> None:
    """Write series as CSV: a row a month with value, bounds, status, unit, source, licence and day of release."""
    from safethird.apps.cli import _day, _language
    from safethird.apps.flows_export import exported

    _language(lang)
    exported(names, output, since, until, _day(as_known_on, "--as-known-on"), lang, overwrite=overwrite, as_json=json)
