"""From a file to answers: one case, or a family."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from safethird.cases import yamlfile
from safethird.cases.build import build
from safethird.cases.family import build_family, is_family
from safethird.cases.faults import BadFile, Fault, Faults
from safethird.readings.answer import Answer
from safethird.readings.explain import explain
from safethird.readings.reading import law_for
from safethird.readings.together import decide_family

Splits = tuple[tuple[str, str], ...]


def answers_for(
    file: Path, on: date | None, known_on: date | None, sets: bool = True
) -> tuple[list[Answer], Splits | None]:
    """The answers to a file's case or family, and for a family the members who are split.

    Raises:
        BadFile: with every fault of the file.
        LawError: the law cannot be read on the day.
    """
    if str(file) == "-":
        raw, lines = yamlfile.parse(yamlfile.decoded(sys.stdin.buffer.read(yamlfile.MOST_BYTES + 1)))
    else:
        raw, lines = yamlfile.read(file)
    if isinstance(raw, dict) and "cases" in raw:
        raise BadFile([Fault("cases", "This is a file of many cases.", "Use: safethird check FILE.")])
    faults = Faults(lines)
    if is_family(raw):
        family = build_family(raw, faults)
        faults.raise_if_any()
        together = decide_family(family, on, known_on, smallest=sets)
        return [answer for _, answer in together.members], together.splits
    case = build(raw, faults)
    faults.raise_if_any()
    law, case = law_for(case, on, known_on)
    return [explain(law, case, smallest=sets)], None
