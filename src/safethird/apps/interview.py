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
from safethird.cases.case import Case
from safethird.cases.companions import relation_in
from safethird.cases.faults import BadFile, Fault, Faults
from safethird.cases.inputs import read_answer
from safethird.law.facts import declared
from safethird.law.facts.declare import Words
from safethird.law.sides import of as side_of
from safethird.readings import words
from safethird.readings.ask import RELATIVES, Question, ask
from safethird.readings.explain import explain
from safethird.readings.prose import reference
from safethird.readings.reading import law_for

KEYS = Words(
    "u = not known · t = told, cannot be shown · b = back · c = change an answer · ? = help · q = stop",
    "u = inconnu · t = dit, ne peut être établi · b = retour · c = changer une réponse · ? = aide · q = arrêter",
)
UNSAVED = Words(
    "Nothing is saved: to keep the answers, name a file (safethird ask case.yaml).",
    "Rien n’est enregistré : pour garder les réponses, nommez un fichier (safethird ask dossier.yaml).",
)
CLAIM_DATE = "claim_date"
ADDED = "relative added"


class _Stop(Exception):
    pass


def interview(console: Console, file: Path | None, lang: str, *, quick: bool, side: str | None = None) -> None:
    """Ask until nothing that can matter is left, then give the answer; saves after every answer to a named file."""
    talk = Interview(console, file, lang, quick, side)
    console.print(f"[dim]{KEYS.text(lang)}\n{UNSAVED.text(lang) if file is None else escape(str(file))}[/]")
    try:
        while (question := talk.next()) is not None:
            talk.put_question(question)
            talk.save()
    except (_Stop, EOFError, KeyboardInterrupt):
        stopped = {"en": "Stopped.", "fr": "Arrêt."}[lang]
        console.print(f"\n{stopped} {escape(str(file or ''))}".rstrip())
        return
    law, case = law_for(talk.case())
    show(console, explain(law, case), lang)


class Interview:
    """The answers so far, and the order in which this sitting gave them."""

    def __init__(self, console: Console, file: Path | None, lang: str, quick: bool, side: str | None = None) -> None:
        self.console, self.file, self.lang, self.quick = console, file, lang, quick
        self.raw: dict[str, Any] = {}
        self.history: list[str] = []
        if file is not None and file.exists():
            self.raw, _ = yamlfile.read(file)
            if not isinstance(self.raw, dict) or "members" in self.raw or "cases" in self.raw:
                raise BadFile([Fault("file", "The interview continues a single case only.", "Choose another file.")])
        self._take_side(side)
        self.raw["facts"] = self.raw.get("facts") or {}
        self.raw["relatives"] = self.raw.get("relatives") or []
        self.case()
        for name in ("unknown_facts", "not_shown"):
            named = self.raw["facts"].get(name, [])
            if not isinstance(named, list):
                self.raw["facts"][name] = [named]
        if file is not None:
            self._check_place()

    def _take_side(self, side: str | None) -> None:
        named = side_of(side).side if side else None
        if named and self.raw.get("side", "canada" if self.raw else named) != named:
            raise BadFile([Fault("side", "The file is a case under the other side’s law.", "Leave out --side.")])
        if named and named != "canada":
            self.raw["side"] = named

    def case(self, raw: dict[str, Any] | None = None) -> Case:
        """The case that the answers make.

        Raises:
            BadFile: with every fault.
        """
        faults = Faults({})
        case = build(self.raw if raw is None else raw, faults)
        faults.raise_if_any()
        return case

    def next(self) -> Question | None:
        """The next question."""
        done = answered(self.raw)
        if CLAIM_DATE not in done:
            declaration = declared[CLAIM_DATE]
            return Question(
                CLAIM_DATE,
                CLAIM_DATE,
                -1,
                declaration.ask,
                declaration.help,
                declaration.asked_by(str(self.raw.get("side", "canada"))),
                False,
            )
        law, case = law_for(self.case())
        return ask(law, case, done, quick=self.quick)

    def put_question(self, question: Question) -> None:
        """Ask one question until it is answered, or a command leads elsewhere."""
        if question.field == RELATIVES:
            self._ask_for_relative(question)
            return
        given = input_of(question.field, str(self.raw.get("side", "canada")))
        label = escape(reference(question.provision, self.lang))
        self.say(f"\n[bold]{escape(question.ask.text(self.lang))}[/] [dim]{label}[/]")
        for number, option in enumerate(given.options.values(), 1):
            self.say(f"  {number}. {escape(option.text(self.lang))}")
        told = False
        while (text := self._typed(question)) is not None:
            if text.lower() == "t":
                if declared[question.fact].role != "showable":
                    self.say(
                        self.pick(
                            "This is not a matter of proof; answer, or u.",
                            "Ce n’est pas affaire de preuve; répondez, ou u.",
                        )
                    )
                    continue
                told = True
                self.say(self.pick("What is told?", "Que dit-on?"))
                continue
            if text.lower() in ("u", "unknown", "inconnu"):
                if question.field == CLAIM_DATE:
                    self.say(self.pick("The law depends on this day.", "La loi dépend de ce jour."))
                    continue
                put(self.raw, question.field, None)
                self.history.append(question.field)
                return
            answer, fault = read_answer(given, text, self.lang)
            if fault:
                self.say(f"[red]{escape(fault)}[/]")
            elif self._kept(question, answer, told):
                return

    def _kept(self, question: Question, answer: Any, told: bool) -> bool:
        trial = {**self.raw, "facts": _copy(self.raw["facts"]), "relatives": [dict(r) for r in self.raw["relatives"]]}
        (tell if told else put)(trial, question.field, answer)
        try:
            case = self.case(trial)
        except BadFile as error:
            fault = error.faults[0]
            self.say(f"[red]{escape(fault.what)} {escape(fault.do)}[/]")
            return False
        self.raw = trial
        self.history.append(question.field)
        fact = declared[question.fact].fact
        facts = case.facts if question.member < 0 else case.relatives[question.member]
        if (
            input_of(question.field, str(self.raw.get("side", "canada"))).form in ("country", "countries")
            and fact.name in facts
        ):
            self.say(f"[dim]→ {escape(words.value(fact, facts[fact.name], self.lang))}[/]")
        return True

    def _ask_for_relative(self, question: Question) -> None:
        self.say(f"\n[bold]{escape(question.ask.text(self.lang))}[/]")
        self.say(self.pick("[dim]Write the tie (mother, uncle, cousin …), or n for no one else.[/]",
                           "[dim]Écrivez le lien (mère, oncle, cousin …), ou n pour personne d’autre.[/]"))  # fmt: skip
        while (text := self._typed(question)) is not None:
            if text.lower() in ("n", "no", "non", "none", "nobody", "personne", "aucun", "u", "unknown", "inconnu"):
                self.raw["relatives_complete"] = text.lower() not in ("u", "unknown", "inconnu")
                self.history.append(RELATIVES)
                return
            relation = relation_in(text)
            if relation is None:
                self.say(self.pick("[red]No tie of this name is known. Try mother, uncle, half-sister, cousin …[/]",
                                   "[red]Lien inconnu. Essayez mère, oncle, demi-sœur, cousin …[/]"))  # fmt: skip
                continue
            self.raw["relatives"].append({"relation": relation})
            self.history.append(ADDED)
            self.say(f"[dim]→ {escape(words.code('relative.relation', relation, self.lang))}[/]")
            return

    def _typed(self, question: Question) -> str | None:
        """What was typed, or None where a command has moved the interview elsewhere."""
        while True:
            text = self.console.input("> ").strip()
            match text.lower():
                case "q":
                    raise _Stop
                case "?":
                    help_text = question.help.text(self.lang) or self.pick("No further help.", "Pas d’autre aide.")
                    self.say(f"{escape(help_text)}\n[dim]{KEYS.text(self.lang)}[/]")
                case "b":
                    self._back()
                    return None
                case "c":
                    self._change()
                    return None
                case "":
                    continue
                case _:
                    return text

    def _back(self) -> None:
        if not self.history:
            self.say(self.pick("Nothing to go back to in this sitting; c changes any answer.",
                               "Rien à reprendre dans cette séance; c change toute réponse."))  # fmt: skip
            return
        last = self.history.pop()
        if last == ADDED:
            self.raw["relatives"].pop()
        else:
            forget(self.raw, last)

    def _change(self) -> None:
        done = answered(self.raw)
        ties = [f"relatives[{n}]" for n in range(len(self.raw["relatives"]))]
        choices = [*done, *ties]
        for number, field in enumerate(choices, 1):
            self.say(f"  {number}. {escape(self._described(field))}")
        text = self.console.input(self.pick("Which one? > ", "Laquelle? > ")).strip()
        if not text.isdigit() or not 1 <= int(text) <= len(choices):
            return
        chosen = choices[int(text) - 1]
        self.history = []
        if chosen in ties:
            self._remove(ties.index(chosen))
        else:
            forget(self.raw, chosen)

    def _remove(self, number: int) -> None:
        """Take a relative out, with what was said of it; later relatives move up."""
        for later in range(number, len(self.raw["relatives"])):
            for name in list(self.raw["facts"].get("unknown_facts", [])) + list(self.raw["facts"].get("not_shown", [])):
                if name.startswith(f"relatives[{later}]."):
                    forget(self.raw, name)
        del self.raw["relatives"][number]

    def _described(self, field: str) -> str:
        place = field.split("].")[0] + "]" if field.startswith("relatives[") else ""
        number = int(place.split("[")[1][:-1]) if place else -1
        who = ""
        if place:
            who = words.who_is((number, str(self.raw["relatives"][number].get("relation"))), self.lang)
        if field == place:
            return f"{who}: {self.pick('remove', 'retirer')}"
        name = field.split("].")[-1]
        label = next((d.label.text(self.lang) for d in declared.values()
                      if d.field == (f"relative.{name}" if place else name)), name)  # fmt: skip
        store = self.raw["relatives"][number] if place else self.raw["facts"]
        value = store.get(name, self.raw.get(name, self.pick("not known", "inconnu")))
        return f"{who}{' – ' if who else ''}{label}: {value}"

    def save(self) -> None:
        """Write the case beside the file and rename, so that a kill never leaves half a file."""
        if self.file is None:
            return
        text = yaml.safe_dump(self.raw, sort_keys=False, allow_unicode=True)
        try:
            handle, name = tempfile.mkstemp(dir=self.file.parent, prefix=".safethird-", suffix=".tmp")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                stream.write(text)
            Path(name).replace(self.file)
        except OSError as error:
            self.say(
                f"[red]{self.pick('The answers could not be saved', 'Réponses non enregistrées')} "
                f"({error.strerror}).[/]"
            )

    def _check_place(self) -> None:
        assert self.file is not None
        folder = self.file.parent
        if not folder.is_dir() or not os.access(folder, os.W_OK):
            raise BadFile(
                [Fault("file", "Nothing can be saved there.", "Choose a folder that exists and can be written.")]
            )

    def say(self, text: str) -> None:
        """Print a line."""
        self.console.print(text)

    def pick(self, en: str, fr: str) -> str:
        """The words of the chosen language."""
        return fr if self.lang == "fr" else en


def _copy(facts: dict[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, list) else value for name, value in facts.items()}
