"""The decision chain of a provision as a Mermaid flowchart: each condition a question, each citation followed once."""

from __future__ import annotations

import re
from datetime import datetime
from difflib import get_close_matches
from typing import assert_never

from safethird.expr import And, Cite, Compare, Expr, Fact, Not, Or, Some, walk
from safethird.law.facts.declare import Words
from safethird.law.pact import InForce, Law, LawError
from safethird.readings import words
from safethird.readings.prose import COLON, phrase, reference, sentence_in_words

_APPLIES = Words("applies", "s’applique")
_DOES_NOT = Words("does not apply", "ne s’applique pas")
_ABSENT = Words("not in force", "pas en vigueur")
_INFORMS = Words("no condition; it informs only", "aucune condition; elle ne fait qu’informer")
_MOST_NEAR = 6
_QUESTION, _STEP, _END, _NOTE = ('{"', '"}'), ('["', '"]'), ('(["', '"])'), ('[/"', '"/]')
_SIGNS = {'"': "#quot;", "#": "#35;", "<": "#lt;", ">": "#gt;", "`": "#96;", "[": "#91;", "]": "#93;", "{": "#123;",
          "}": "#125;", "\\": "#92;"}  # fmt: skip


def chart(law: Law, label: str, lang: str) -> str:
    """The questions that decide a provision, in order, as Mermaid text.

    A provision that is cited is opened once: its own conditions follow, and what they cite is a single question.
    A range that is cited is a question for each of its provisions.

    Raises:
        LawError: no such provision is in force on the law's day; the message names near ones.

    >>> from datetime import date
    >>> from safethird.law.canada import CANADA
    >>> print(chart(CANADA.on(date(2024, 1, 1)), "IRPR 159.5(g)(ii)", "fr"))
    flowchart TD
        n1(["RIPR 159.5(g)(ii) : Un visa serait requis pour les États-Unis."])
        n2{"a besoin d’un visa pour entrer aux États-Unis?"}
        n3(["RIPR 159.5(g)(ii) : s’applique"])
        n4(["RIPR 159.5(g)(ii) : ne s’applique pas"])
        n1 --> n2
        n2 -->|oui| n3
        n2 -->|non| n4
    <BLANKLINE>
    """
    found = _found(law, label)
    drawing = _Drawing(law, lang)
    name = reference(found.provision.label, lang)
    ends = [drawing.node(_END, f"{name}{COLON[lang]}{end.text(lang)}", ()) for end in (_APPLIES, _DOES_NOT)]
    rule = found.provision.rule
    if rule is None:
        first = drawing.node(_END, f"{name}{COLON[lang]}{_INFORMS.text(lang)}", ())
    else:
        first = drawing.follow(rule, ends[0], ends[1], opened=False)
    start = drawing.node(_END, drawing.titled(found), (("", first),))
    return drawing.text(start)


class _Drawing:
    """Nodes numbered as they are made, the last questions first; equal questions with equal answers are one node."""

    def __init__(self, law: Law, lang: str) -> None:
        self.law = law
        self.lang = lang
        self._nodes: dict[tuple[tuple[str, str], str, tuple[tuple[str, int], ...]], int] = {}

    def node(self, shape: tuple[str, str], text: str, edges: tuple[tuple[str, int], ...]) -> int:
        """The number of a node with this text and these edges onward."""
        return self._nodes.setdefault((shape, text, edges), len(self._nodes))

    def follow(self, expr: Expr, yes: int, no: int, *, opened: bool) -> int:
        """The first question of a sentence, whose answers lead to ``yes`` or ``no``."""
        match expr:
            case Fact() | Compare():
                return self._question(sentence_in_words(expr, self.lang), yes, no)
            case Some(where):
                notes = () if opened else self._notes(where)
                return self._question(sentence_in_words(expr, self.lang), yes, no, notes)
            case And(parts):
                for part in reversed(parts):
                    yes = self.follow(part, yes, no, opened=opened)
                return yes
            case Or(parts):
                for part in reversed(parts):
                    no = self.follow(part, yes, no, opened=opened)
                return no
            case Not(part):
                return self.follow(part, no, yes, opened=opened)
            case Cite(label):
                return self._cited(label, yes, no, opened=opened)
            case _:
                assert_never(expr)

    def titled(self, found: InForce) -> str:
        """A provision's label with its plain words."""
        return f"{reference(found.provision.label, self.lang)}{COLON[self.lang]}{found.provision.text(self.lang)}"

    def text(self, start: int) -> str:
        """The chart from a node on, numbered in the order in which it is read."""
        nodes = list(self._nodes)
        order: dict[int, int] = {}
        waiting = [start]
        while waiting:
            number = waiting.pop()
            if number not in order:
                order[number] = len(order) + 1
                waiting += [target for _, target in reversed(nodes[number][2])]
        lines, links = ["flowchart TD"], []
        for number, name in order.items():
            (opening, closing), text, edges = nodes[number]
            lines.append(f"    n{name}{opening}{_escaped(text)}{closing}")
            for edge, target in edges:
                arrow = "-.->" if edge == "note" else f"-->|{edge}|" if edge else "-->"
                links.append(f"    n{name} {arrow} n{order[target]}")
        return "\n".join([*lines, *links]) + "\n"

    def _question(self, text: str, yes: int, no: int, notes: tuple[int, ...] = ()) -> int:
        text = f"{text.rstrip('.')}?"
        yes, no = self._past(text, 0, yes), self._past(text, 1, no)
        edges = ((words.YES[self.lang], yes), (words.NO[self.lang], no), *(("note", note) for note in notes))
        return self.node(_QUESTION, text, edges)

    def _past(self, text: str, answer: int, target: int) -> int:
        """Where an answer leads when what comes next is the question just answered."""
        shape, asked, edges = list(self._nodes)[target]
        return edges[answer][1] if shape == _QUESTION and asked == text else target

    def _notes(self, where: Expr) -> tuple[int, ...]:
        """What a question about a relative cites, beside it: it cannot be asked apart from that relative."""
        cited = dict.fromkeys(node.label for node in walk(where) if isinstance(node, Cite))
        found = [provision for label in cited for provision in self.law.matching(label)]
        return tuple(self.node(_NOTE, self.titled(provision), ()) for provision in found)

    def _cited(self, label: str, yes: int, no: int, *, opened: bool) -> int:
        found = self.law.matching(label)
        if not found:
            text = f"{reference(label, self.lang)}{COLON[self.lang]}{_ABSENT.text(self.lang)}"
            return self.node(_STEP, text, (("", no),))
        if found[0].provision.label != label:
            if opened:
                return self._question(phrase(Cite(label), self.lang).head, yes, no)
            for provision in reversed(found):
                no = self._question(self.titled(provision), yes, no)
            return no
        if opened:
            return self._question(self.titled(found[0]), yes, no)
        rule = found[0].provision.rule
        inside = no if rule is None else self.follow(rule, yes, no, opened=True)
        return self.node(_STEP, self.titled(found[0]), (("", inside),))


def _found(law: Law, label: str) -> InForce:
    plain = {re.sub(r"\s", "", name).lower(): name for name in law.provisions}
    wanted = re.sub(r"\s", "", label).lower()
    if wanted in plain:
        return law.provisions[plain[wanted]]
    stem = re.match(r"[^(]*", wanted)
    close = get_close_matches(wanted, plain, n=_MOST_NEAR, cutoff=0.6)
    same = [key for key in plain if stem and stem[0] and key.split("(")[0] == stem[0]]
    near = ", ".join(plain[key] for key in [*dict.fromkeys([*close, *same])][:_MOST_NEAR])
    ended = law.pact.ended(label)
    day = law.day.date() if isinstance(law.day, datetime) else law.day
    repealed = f" (repealed from {ended})" if ended is not None and ended <= day else ""
    raise LawError(f"There is no provision {label!r} in {law.name}{repealed}. Near it: {near or 'none'}.")


def _escaped(text: str) -> str:
    return "".join(_SIGNS.get(sign, sign) for sign in " ".join(text.split()))
