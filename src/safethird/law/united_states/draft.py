"""Writing provisions down: the statute and the Code of Federal Regulations."""

from __future__ import annotations

import re

from safethird.expr import Expr
from safethird.law.pact import Basis, Confidence, Provision, Role

_CODE = "https://www.ecfr.gov/current/title-8/section-{}"
_STATUTE = "https://uscode.house.gov/view.xhtml?req=granuleid:USC-prelim-title8-section1158"


def cfr(
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
    """A provision of title 8 of the Code of Federal Regulations."""
    found = re.match(r"\d+\.\d+", number)
    link = _CODE.format(found[0] if found else "")
    return Provision(f"8 CFR {number}", rule, en, fr, role, link, treaty, confidence, basis, related)


def ina(
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
    """A provision of the Immigration and Nationality Act."""
    return Provision(f"INA {number}", rule, en, fr, role, _STATUTE, treaty, confidence, basis, related)
