"""The columns of a table of claims, printed."""

from __future__ import annotations

import json
from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from safethird.batch.arrow import claims_schema, type_of
from safethird.batch.schema import CLAIM_ID, COMPLETE, RELATIVES, Column
from safethird.law.facts.declare import Words

_IDENTIFIER = Words(
    "Names the claim: text or a whole number, once each",
    "Nomme la demande : texte ou nombre entier, une fois chacun",
)
_COMPLETE = Words("The relatives listed are all there are", "Les membres de la parenté énumérés sont les seuls")
_HEAD = Words("column|type|words|what it says", "colonne|type|termes|ce qu’elle dit")
_SET = Words("any of these joined by |, empty: none of them", "termes joints par |, vide : aucun d’eux")
_KIN = Words(
    "relatives: a list of structs in this column, or a second table with claim_id (--relatives FILE):",
    "relatives : une liste de structures dans cette colonne, ou une seconde table avec claim_id (--relatives) :",
)
_NULL = Words("Empty (null) means not known, in every column.", "Vide (null) veut dire inconnu, dans chaque colonne.")
_SHOWN = 6


def show_schema(console: Console, columns: Iterable[Column], lang: str, *, as_json: bool) -> None:
    """Print the columns as a table for people, or as JSON with every word."""
    columns = tuple(columns)
    if as_json:
        print(json.dumps(_data(columns), ensure_ascii=False, indent=2))
        return
    own = _table(lang)
    own.add_row(CLAIM_ID, "string / int64", "", _IDENTIFIER.text(lang))
    for column in columns:
        if not column.of_relative:
            _row(own, column, lang)
    own.add_row(COMPLETE, "bool", "", _COMPLETE.text(lang))
    console.print(own)
    console.print(_KIN.text(lang))
    kin = _table(lang)
    for column in columns:
        if column.of_relative:
            _row(kin, column, lang)
    console.print(kin)
    console.print(_NULL.text(lang))


def _table(lang: str) -> Table:
    table = Table()
    for head in _HEAD.text(lang).split("|"):
        table.add_column(head, overflow="fold")
    return table


def _row(table: Table, column: Column, lang: str) -> None:
    listed = ", ".join(column.words[:_SHOWN]) + (f", … ({len(column.words)})" if len(column.words) > _SHOWN else "")
    if column.kind == "codes":
        listed = f"{listed}; {_SET.text(lang)}"
    kind = "text" if column.words else str(type_of(column))
    table.add_row(column.name, kind, listed, column.declaration.label.text(lang))


def _data(columns: tuple[Column, ...]) -> dict[str, object]:
    schema = claims_schema(columns)
    return {
        "claim_id": {"type": "string or int64", "en": _IDENTIFIER.en, "fr": _IDENTIFIER.fr},
        "columns": [_item(column) for column in columns if not column.of_relative],
        COMPLETE: {"type": "bool", "en": _COMPLETE.en, "fr": _COMPLETE.fr},
        RELATIVES: [_item(column) for column in columns if column.of_relative],
        "arrow": {item.name: str(item.type) for item in schema},
        "null": {"en": _NULL.en, "fr": _NULL.fr},
    }


def _item(column: Column) -> dict[str, object]:
    return {
        "name": column.name, "kind": column.kind, "type": str(type_of(column)), "words": list(column.words),
        "en": column.declaration.label.en, "fr": column.declaration.label.fr,
    }  # fmt: skip
