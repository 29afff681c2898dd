"""The interview in the terminal: one question at a time, no verdict before the end."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Any

import yaml
from rich.console import Console
from rich.markup import escape

from safethird.apps.show import show
from safethird.cases import yamlfile
from safethird.cases.answers import answered, forget, input_of, put, tell
from safethird.cases.build import build
from safethird.cases.faults import BadFile, Fault, Faults
from safethird.cases.inputs import read_answer
from safethird.law.facts import declared
from safethird.law.facts.declare import Words
from safethird.readings.ask import RELATIVES, Question, ask
from safethird.readings.explain import explain
from safethird.readings.reading import law_for

KEYS = Words(
    "u = not known · t = told, cannot be shown · b = back · c = change an answer · ? = help · q = stop (and save)",
    "u = inconnu · t = dit, ne peut être établi · b = retour · c = changer une réponse · ? = aide · q = arrêter (et "
    "enregistrer)",
)
CLAIM_DATE = "claim_date"


class _Stop(Exception):
    pass


def interview(console: Console, file: Path | None, lang: str, *, quick: bool) -> None:
    """Ask until nothing that can matter is left, then give the answer; saves after every answer to a named file."""
    raw: dict[str, Any] = {"facts": {}, "relatives": []}
    if file is not None and file.exists():
        raw, _ = yamlfile.read(file)
        if not isinstance(raw, dict) or "members" in raw or "cases" in raw:
            raise BadFile([Fault("file", "The interview continues a single case only.", "Choose another file.")])
        raw.setdefault("relatives", [])
        _readable(raw)
    console.print(f"[dim]{KEYS.text(lang)}[/]")
    try:
        while (question := _next(raw, quick)) is not None:
            _put_question(console, raw, question, lang)
            _save(raw, file)
    except (_Stop, EOFError, KeyboardInterrupt):
        _save(raw, file)
        saved = {"en": "Stopped.", "fr": "Arrêt."}[lang]
        console.print(f"\n{saved} {file or ''}".rstrip())
        return
    law, case = law_for(_readable(raw))
    show(console, explain(law, case), lang)


def _next(raw: dict[str, Any], quick: bool) -> Question | None:
    done = answered(raw)
    if CLAIM_DATE not in done:
        declaration = declared[CLAIM_DATE]
        return Question(CLAIM_DATE, CLAIM_DATE, -1, declaration.ask, declaration.help, declaration.provision, False)
    law, case = law_for(_readable(raw))
    return ask(law, case, done, quick=quick)


def _readable(raw: dict[str, Any]) -> Any:
    faults = Faults({})
    case = build(raw, faults)
    faults.raise_if_any()
    return case


def _put_question(console: Console, raw: dict[str, Any], question: Question, lang: str) -> None:
    if question.field == RELATIVES:
        _ask_for_relative(console, raw, question, lang)
        return
    given = input_of(question.field)
    console.print(f"\n[bold]{escape(question.ask.text(lang))}[/] [dim]{escape(question.provision)}[/]")
    for number, words in enumerate(given.options.values(), 1):
        console.print(f"  {number}. {escape(words.text(lang))}")
    told = False
    while True:
        text = _typed(console, raw, question, lang)
        if text is None:
            return
        if text == "t":
            told = True
            console.print({"en": "What is told?", "fr": "Que dit-on?"}[lang])
            continue
        if text == "u":
            if question.field == CLAIM_DATE:
                console.print({"en": "The law depends on this day.", "fr": "La loi dépend de ce jour."}[lang])
                continue
            put(raw, question.field, None)
            return
        answer, fault = read_answer(given, text, lang)
        if fault:
            console.print(f"[red]{escape(fault)}[/]")
            continue
        trial = {**raw, "facts": dict(raw["facts"]), "relatives": [dict(r) for r in raw["relatives"]]}
        (tell if told else put)(trial, question.field, answer)
        try:
            _readable(trial)
        except BadFile as error:
            console.print(f"[red]{escape(str(error.faults[0]))}[/]")
            continue
        raw.clear()
        raw.update(trial)
        return


def _ask_for_relative(console: Console, raw: dict[str, Any], question: Question, lang: str) -> None:
    console.print(f"\n[bold]{escape(question.ask.text(lang))}[/]")
    hint = {"en": "Write the tie (mother, uncle, cousin …), or n for no one else.",
            "fr": "Écrivez le lien en anglais (mother, uncle, cousin …), ou n pour personne d’autre."}  # fmt: skip
    console.print(f"[dim]{hint[lang]}[/]")
    while True:
        text = _typed(console, raw, question, lang)
        if text is None:
            return
        if text in ("n", "no", "non"):
            raw["relatives_complete"] = True
            return
        if text == "u":
            raw["relatives_complete"] = False
            return
        trial = {"facts": {}, "relatives": [{"relation": text}]}
        faults = Faults({})
        build(trial, faults)
        if faults.found:
            console.print(f"[red]{escape(str(faults.found[0]))}[/]")
            continue
        raw["relatives"].append({"relation": text})
        return


def _typed(console: Console, raw: dict[str, Any], question: Question, lang: str) -> str | None:
    """What was typed, or None where a command has moved the interview elsewhere."""
    while True:
        text = console.input("> ").strip()
        match text.lower():
            case "q":
                raise _Stop
            case "?":
                console.print(f"{escape(question.help.text(lang))}\n[dim]{KEYS.text(lang)}[/]")
            case "b":
                done = answered(raw)
                if done:
                    forget(raw, done[-1])
                return None
            case "c":
                _change(console, raw, lang)
                return None
            case "":
                continue
            case _:
                return text


def _change(console: Console, raw: dict[str, Any], lang: str) -> None:
    done = answered(raw)
    for number, field in enumerate(done, 1):
        console.print(f"  {number}. {escape(field)}")
    ask_which = {"en": "Which one?", "fr": "Laquelle?"}[lang]
    text = console.input(f"{ask_which} > ").strip()
    if text.isdigit() and 1 <= int(text) <= len(done):
        forget(raw, done[int(text) - 1])


def _save(raw: dict[str, Any], file: Path | None) -> None:
    """Write the case beside the file and rename, so that a kill never leaves half a file."""
    if file is None:
        return
    text = yaml.safe_dump(raw, sort_keys=False, allow_unicode=True)
    try:
        handle, name = tempfile.mkstemp(dir=file.parent or ".", prefix=".safethird-", suffix=".tmp")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).replace(file)
    except OSError as error:
        raise BadFile([Fault("file", f"It cannot be written ({error.strerror}).", "Choose another place.")]) from None
