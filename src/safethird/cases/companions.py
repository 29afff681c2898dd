"""Who travels along: read by its noun, so that "seven children" are children and nothing else decides."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise
from typing import Any

from safethird.cases.kin import RELATIONS, canonical
from safethird.cases.stated import Stated

PARENTS = ("mother", "father", "parent", "legal_guardian")
_ALONE = ("none", "nobody", "alone", "no_one")
_PLURALS = {"children": "child", "wives": "wife", "nephews": "nephew", "people": "other", "kids": "child"}


def with_parent(stated: Stated, *, alone: bool) -> bool | None:
    """Whether a parent or legal guardian travels along; ``alone`` is what saying nothing means in this file."""
    raw = stated.get("accompanied_by")
    if raw is None:
        if stated.get("unaccompanied") is True:
            return False
        return False if alone and "accompanied_by" not in stated.hidden else None
    named = [relation_of(item) for item in (raw if isinstance(raw, list) else [raw])]
    if any(relation in PARENTS for relation in named):
        return True
    return None if None in named else False


def relation_of(companion: Any) -> str | None:
    """The relation that a companion's description names, or None where no noun is known.

    >>> relation_of("seven children"), relation_of("US-born brother (USA national)"), relation_of("Jo")
    ('child', 'brother', None)
    """
    text = re.sub(r"\(.*?\)", " ", str(companion).lower())
    whole = re.sub(r"[\s-]+", "_", text.strip())
    if whole in _ALONE:
        return "other"
    words = re.findall(r"[a-zà-ÿ]+", text.replace("-", "_"))
    tries = [whole, *(f"{a}_{b}" for a, b in pairwise(words)), *reversed(words)]
    for word in (form for attempt in tries for form in _singular(attempt)):
        try:
            return canonical(word)
        except ValueError:
            continue
    return None


def relation_in(text: str) -> str | None:
    """The relation that a text names, in English or in French.

    >>> relation_in("my aunt"), relation_in("tante"), relation_in("mère"), relation_in("Jo")
    ('aunt', 'aunt', 'mother', None)
    """
    found = relation_of(text)
    if found is not None:
        return found
    word = _folded(text)
    whole = {_folded(re.sub(r"\(.*", "", relation.fr)): code for code, relation in list(RELATIONS.items())[::-1]}
    parts = {_folded(p): code for code, r in list(RELATIONS.items())[::-1] for p in re.split(r" ou |\(", r.fr)}
    return whole.get(word) or parts.get(word)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower())
    letters = "".join(c for c in plain if not unicodedata.combining(c)).replace("œ", "oe")
    return re.sub(r"^(ma|mon|la|le|un|une|sa|son) ", "", re.sub(r"[^a-z’' -]", "", letters).strip())


def _singular(word: str) -> tuple[str, ...]:
    return (_PLURALS.get(word, word), word.removesuffix("s"))
