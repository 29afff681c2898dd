"""Naming a law: ``canada@2022-06-01``, ``us@2024-06-01``, ``canada@2018-06-01+whole-border``, ``…+my-file.yaml``."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from safethird.cases import yamlfile
from safethird.law import sides
from safethird.law.pact import Law, LawError
from safethird.law.proposals import PROPOSALS
from safethird.law.written import bundle


def designated(name: str, known_on: date | None = None) -> Law:
    """The law that a designator names.

    Raises:
        LawError: an unknown side or proposal, a day that does not exist or lies before the Act, a proposal that does
            not fit the law of that day.
        BadFile: a file that cannot be read.

    >>> designated("canada@2018-06-01+whole-border").name
    'canada@2018-06-01+whole-border'
    """
    law_of, *more = name.split("+")
    side, at, day_text = law_of.partition("@")
    if not at:
        raise LawError(f"A law is named SIDE@DAY[+PROPOSAL|FILE…], for instance canada@2024-06-01; '{name}' has no @.")
    pact = sides.of(side.strip())
    day = _day(day_text.strip())
    for part in more:
        law = pact.on(day, known_on)
        if part in PROPOSALS:
            for amendment in PROPOSALS[part].amendments(law):
                pact = pact + amendment
        elif "." in part or "/" in part:
            raw, _ = yamlfile.read(Path(part))
            pact = bundle(raw, part).on(pact)
        else:
            raise LawError(f"There is no proposal '{part}'. Proposals: {', '.join(PROPOSALS)}; or name a file.")
    law = pact.on(day, known_on)
    return Law(law.pact, law.day, law.known_on, law.amendments, law.provisions, law._cited, law._matched, tuple(more))


def days_of_file(name: str) -> list[tuple[str, date]]:
    """The sides and first days of a file's amendments.

    Raises:
        BadFile, LawError: the file cannot be read.
    """
    raw, _ = yamlfile.read(Path(name))
    return [(side, amendment.commences) for side, amendment, _ in bundle(raw, name).amendments]


def _day(text: str) -> date:
    try:
        return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
    except ValueError:
        raise LawError(f"'{text}' is not a day that exists. Write YYYY-MM-DD.") from None
