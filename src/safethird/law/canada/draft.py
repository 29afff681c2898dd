"""Writing provisions down: labels, links and defaults for the Act and the Regulations."""

from __future__ import annotations

import re

from safethird.expr import Expr
from safethird.law.pact import Basis, Confidence, Provision, Role

_ACT = "https://laws-lois.justice.gc.ca/eng/acts/I-2.5/section-{}.html"
_REGULATIONS = "https://laws-lois.justice.gc.ca/eng/regulations/SOR-2002-227/section-{}.html"


def act(
    number: str,
    rule: Expr | None,
    en: str,
    fr: str,
    *,
    role: Role = "element",
    treaty: str = "",
    confidence: Confidence = "high",
    basis: Basis = "read",
    related: tuple[str, ...] = (),
) -> Provision:
    """A provision of the Immigration and Refugee Protection Act."""
    link = _ACT.format(_section(number))
    return Provision(f"IRPA {number}", rule, en, fr, role, link, treaty, confidence, basis, related)


def regulation(
    number: str,
    rule: Expr | None,
    en: str,
    fr: str,
    *,
    role: Role = "element",
    treaty: str = "",
    confidence: Confidence = "high",
    basis: Basis = "read",
    related: tuple[str, ...] = (),
) -> Provision:
    """A provision of the Immigration and Refugee Protection Regulations."""
    link = _REGULATIONS.format(_section(number))
    return Provision(f"IRPR {number}", rule, en, fr, role, link, treaty, confidence, basis, related)


def _section(number: str) -> str:
    found = re.match(r"[\d.]+", number)
    return found[0] if found else ""
