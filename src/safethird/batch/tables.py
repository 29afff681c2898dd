"""A source held against the columns that the law asks about: what is there, missing, strange, or of another type."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from safethird.batch.schema import CLAIM_ID, COMPLETE, MEMBER, RELATIVES, Column
from safethird.batch.sources import Source, opened
from safethird.cases.faults import BadFile, Fault
from safethird.law.facts import declared

ALL = "all"
_FACTS = {name.replace(MEMBER, f"{RELATIVES}.") for name, fact in declared.items() if fact.role != "point"}
_ASKED = {
    "bool": "a boolean", "code": "text (a word of the list)", "codes": "text (words joined by |) or a list of text",
    "number": "a whole number", "day": "a day (date32)",
}  # fmt: skip
_ASKED_OF_CSV = {**_ASKED, "bool": "true or false", "day": "a day (YYYY-MM-DD)"}


@dataclass(frozen=True)
class Table:
    """A source with, for each column of the law, whether it is there; ``unknown`` columns are null throughout."""

    source: Source
    columns: tuple[Column, ...]
    present: frozenset[str]
    claim_id: pa.DataType
    relatives: pa.DataType | None = None
    present_of_relatives: frozenset[str] = frozenset()
    complete: bool = True

    @property
    def csv(self) -> bool:
        """Whether values are words to be read."""
        return self.source.form == "csv"


@dataclass
class _Matching:
    """Collects what does not match, all of a file together."""

    path: Path
    unknown: Collection[str]
    ignore: Collection[str]
    csv: bool
    faults: list[Fault] = field(default_factory=list)

    def allowed(self, name: str) -> bool:
        return name in self.unknown or ALL in self.unknown

    def match(self, found: Iterable[pa.Field], columns: Sequence[Column], also: Sequence[str], prefix: str) -> set[str]:
        """The names of the columns that are there, of the right type."""
        fields = {item.name: item for item in found}
        wanted = {column.name: column for column in columns}
        missing = [n for n in (*wanted, *also) if n not in fields and not self.allowed(prefix + n)]
        if missing:
            named = ", ".join(prefix + name for name in missing)
            each = " ".join(f"--unknown {prefix}{name}" for name in missing[:3]) + (" …" if len(missing) > 3 else "")
            what = f"{'A column is' if len(missing) == 1 else f'{len(missing)} columns are'} missing: {named}."
            do = f"Add what is missing, or say that nothing is known of it: {each} (or: --unknown all)."
            self.faults.append(Fault(str(self.path), what, do))
        for name in fields:
            # What another day's law, or the other side's, asks about is no mistake in a table that serves several.
            known = name in wanted or name in also or prefix + name in _FACTS
            if not known and not self._ignored(prefix + name):
                self._strange(prefix + name, [prefix + known for known in (*wanted, *also)])
        for name, column in wanted.items():
            if name in fields and not fits(column.kind, fields[name].type, self.csv):
                self.wrong(prefix + name, fields[name].type, (_ASKED_OF_CSV if self.csv else _ASKED)[column.kind])
        return {name for name in fields if name in wanted or name in also}

    def wrong(self, name: str, found: pa.DataType, asked: str) -> None:
        self.faults.append(Fault(f"{self.path}, column {name}", f"It is of type {found}.", f"It must be {asked}."))

    def _ignored(self, name: str) -> bool:
        return name in self.ignore or ALL in self.ignore

    def _strange(self, name: str, known: list[str]) -> None:
        near = difflib.get_close_matches(name, known, n=3, cutoff=0.6)
        like = f"Nearest: {', '.join(near)}. " if near else ""
        do = f"{like}Rename it, or leave it out: --ignore {name}. All columns: safethird batch schema."
        self.faults.append(Fault(f"{self.path}, column {name}", "The law asks about no such column.", do))


def named(option: str, names: Collection[str]) -> list[Fault]:
    """Names given to an option that are no columns: a misspelt one would silently do nothing.

    >>> print(named("--unknown", ["age", "agee"])[0])
    --unknown agee: There is no such column. Nearest: age. All columns: safethird batch schema.
    """
    faults = []
    for name in names:
        if name not in _FACTS and name not in (ALL, RELATIVES, COMPLETE):
            near = difflib.get_close_matches(name, _FACTS, n=3, cutoff=0.6)
            do = f"{f'Nearest: {near[0]}. ' if near else ''}All columns: safethird batch schema."
            faults.append(Fault(f"{option} {name}", "There is no such column.", do))
    return faults


def claims_table(
    path: Path,
    columns: Iterable[Column],
    *,
    unknown: Collection[str] = (),
    ignore: Collection[str] = (),
    second: bool = False,
    source: Source | None = None,
) -> Table:
    """The table of claims, matched; ``second`` says that its relatives stand in a table of their own.

    ``source`` is the table where that is not a file to be opened here.

    Raises:
        BadFile: with every column that is missing, strange, or of a wrong type.
    """
    source, columns = source or opened(path), tuple(columns)
    matching = _Matching(path, unknown, ignore, source.form == "csv")
    own = [column for column in columns if not column.of_relative]
    of_relatives = [column for column in columns if column.of_relative]
    listed = RELATIVES in source.schema.names and RELATIVES not in ignore
    there = [item for item in source.schema if item.name != RELATIVES]
    found = matching.match(there, own, (CLAIM_ID, COMPLETE), "")
    claim_id = _claim_id(matching, source)
    inside: set[str] = set()
    kind = source.schema.field(RELATIVES).type if listed else None
    if kind is not None and source.form == "csv":
        matching.wrong(RELATIVES, kind, "left out: CSV has no lists. Name a second table: --relatives FILE")
    elif kind is not None and second:
        what = "The relatives are given twice: in this column and in a second table."
        do = "Leave one out: --ignore relatives, or no --relatives."
        matching.faults.append(Fault(f"{path}, column {RELATIVES}", what, do))
    elif kind is not None:
        inside = _inside(matching, kind, of_relatives)
    elif not second and not matching.allowed(RELATIVES):
        what = "The relatives are missing: there is no column relatives and no second table."
        do = "Add the column, name the table (--relatives FILE), or say that none are known: --unknown relatives."
        matching.faults.append(Fault(str(path), what, do))
    if COMPLETE in found and not fits("bool", source.schema.field(COMPLETE).type, source.form == "csv"):
        matching.wrong(COMPLETE, source.schema.field(COMPLETE).type, _ASKED["bool"])
    if matching.faults:
        raise BadFile(matching.faults)
    return Table(
        source,
        columns,
        frozenset(found),
        claim_id,
        None if second or not listed else kind,
        frozenset(inside),
        complete=COMPLETE in found,
    )


def relatives_table(
    path: Path,
    columns: Iterable[Column],
    claims: Table,
    *,
    unknown: Collection[str] = (),
    ignore: Collection[str] = (),
) -> Table:
    """The second table, of relatives, matched; its columns are named ``relatives.…`` in options and faults.

    Raises:
        BadFile: with every column that is missing, strange, or of a wrong type.
    """
    source = opened(path)
    columns = tuple(column for column in columns if column.of_relative)
    matching = _Matching(path, unknown, ignore, source.form == "csv")
    there = [item for item in source.schema if item.name != CLAIM_ID]
    found = matching.match(there, columns, (), f"{RELATIVES}.")
    claim_id = _claim_id(matching, source)
    if not matching.faults and claim_id != claims.claim_id:
        matching.wrong(CLAIM_ID, claim_id, f"of the same type as in the claims: {claims.claim_id}")
    if matching.faults:
        raise BadFile(matching.faults)
    return Table(source, columns, frozenset(found), claim_id)


def fits(kind: str, found: pa.DataType, csv: bool = False) -> bool:
    """Whether a column of this type can hold a fact of this kind.

    >>> fits("day", pa.string()), fits("day", pa.string(), csv=True), fits("code", pa.large_string())
    (False, True, True)
    """
    if csv or pa.types.is_null(found):
        return True
    if kind == "bool":
        return bool(pa.types.is_boolean(found))
    if kind == "number":
        return bool(pa.types.is_integer(found) or pa.types.is_floating(found))
    if kind == "day":
        return bool(pa.types.is_date(found) or (pa.types.is_timestamp(found) and found.tz is None))
    if kind == "codes" and _is_list(found):
        return is_text(found.value_type)
    return is_text(found)


def is_text(found: pa.DataType) -> bool:
    """Whether a type is text, in a dictionary or not."""
    if pa.types.is_dictionary(found):
        found = found.value_type
    return bool(pa.types.is_string(found) or pa.types.is_large_string(found) or pa.types.is_string_view(found))


def _is_list(found: pa.DataType) -> bool:
    return bool(pa.types.is_list(found) or pa.types.is_large_list(found))


def _claim_id(matching: _Matching, source: Source) -> pa.DataType:
    """The canonical type of the identifiers: text, or a whole number of 64 bits."""
    if CLAIM_ID not in source.schema.names:
        if not any(CLAIM_ID in fault.what for fault in matching.faults):
            do = "Add it: every row needs one of its own."
            matching.faults.append(Fault(str(source.path), f"A column is missing: {CLAIM_ID}.", do))
        return pa.string()
    found = source.schema.field(CLAIM_ID).type
    if pa.types.is_integer(found):
        return pa.int64()
    if not is_text(found):
        matching.wrong(CLAIM_ID, found, "text or a whole number")
    return pa.string()


def _inside(matching: _Matching, kind: pa.DataType, columns: list[Column]) -> set[str]:
    if pa.types.is_null(kind):
        return set()
    if not _is_list(kind) or not pa.types.is_struct(kind.value_type):
        matching.wrong(RELATIVES, kind, "a list of structs, one per relative")
        return set()
    return matching.match(list(kind.value_type), columns, (), f"{RELATIVES}.")
