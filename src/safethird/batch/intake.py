"""From file names to tables ready to be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from safethird.batch.chunks import Intake
from safethird.batch.schema import Column
from safethird.batch.tables import claims_table, named, relatives_table
from safethird.cases.faults import BadFile
from safethird.law import sides


def intake_of(
    table: Path,
    relatives: Path | None,
    columns: Iterable[Column],
    side: str,
    law: str | None = None,
    unknown: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Intake:
    """The tables held against the columns that the law asks about; without ``law`` each row is read on its own day.

    Raises:
        BadFile: with every fault of their columns.
    """
    columns = tuple(columns)
    misspelt = named("--unknown", unknown)
    if misspelt:
        raise BadFile(misspelt)
    claims = claims_table(table, columns, unknown=unknown, ignore=ignore, second=relatives is not None)
    second = relatives_table(relatives, columns, claims, unknown=unknown, ignore=ignore) if relatives else None
    return Intake(claims, second, None if law else sides.of(side).begins)
