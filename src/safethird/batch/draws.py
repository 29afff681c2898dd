"""Drawing the words of an example: those that the law knows come often, the others now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from safethird.batch.schema import JOIN, Column
from safethird.expr import Compare, walk
from safethird.law.pact import Law

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
KNOWN_SHARE: Mapping[str, float] = {"nationality": 0.4, "documents": 0.6}
_USUAL_SHARE = 0.85
_POOL = 400


def known_words(laws: Iterable[Law]) -> dict[str, set[str]]:
    """The words with which some rule of the laws compares each fact."""
    known: dict[str, set[str]] = {}
    for rule in {p.provision.rule for law in laws for p in law.provisions.values()} - {None}:
        assert rule is not None
        for node in walk(rule):
            if isinstance(node, Compare) and node.relation in ("in", "has") and isinstance(node.right, tuple):
                known.setdefault(str(node.left), set()).update(node.right)
    return known


def weights(column: Column, known: Mapping[str, set[str]], favoured: Mapping[str, float]) -> Floats:
    """How often each word of a column comes, adding up to one; ``favoured`` multiplies some of them."""
    listed = known.get(column.fact, set())
    inside = np.array([word in listed for word in column.words])
    share = KNOWN_SHARE.get(column.name, _USUAL_SHARE)
    weight = np.where(inside, share / max(inside.sum(), 1), (1 - share) / max((~inside).sum(), 1))
    weight *= np.array([favoured.get(word, 1.0) for word in column.words])
    shared: Floats = weight / weight.sum()
    return shared


def pick(rng: np.random.Generator, count: int, weight: Floats) -> Ints:
    """Draw the places of words."""
    return np.minimum(np.searchsorted(np.cumsum(weight), rng.random(count), side="right"), len(weight) - 1)


def only(words: Sequence[str], weight: Floats, wanted: Iterable[str]) -> Floats:
    """The same weights for some of the words, and none for the others."""
    wanted = set(wanted)
    kept = np.where([word in wanted for word in words], weight, 0.0)
    shared: Floats = kept / kept.sum()
    return shared


def pool(column: Column, weight: Floats, alone: str = "") -> tuple[list[str], Callable[[float, float], Floats]]:
    """Sets of words to draw from: none, each word by itself, then sets of two or three.

    Returns the sets, joined, and the weights of them for given shares of "none" and of sets of several words. The
    word ``alone`` never stands with another.
    """
    rng = np.random.default_rng(len(column.words))
    several: dict[str, None] = {}
    for _ in range(_POOL if len(column.words) > 3 else 0):
        places = sorted(set(pick(rng, int(rng.integers(2, 4)), weight).tolist()))
        if len(places) > 1 and all(column.words[place] != alone for place in places):
            several[JOIN.join(column.words[place] for place in places)] = None

    def shares(none: float, many: float) -> Floats:
        many = many if several else 0.0
        return np.concatenate(([none], weight * (1 - none - many), np.full(len(several), many / max(len(several), 1))))

    return ["", *column.words, *several], shares


def places(words: Sequence[str], wanted: Iterable[str]) -> Ints:
    """Where some words stand in a list; those that do not stand there are left out."""
    return np.array([words.index(word) for word in wanted if word in words], dtype=np.int64)


def isin(values: Any, words: Sequence[str], wanted: Iterable[str]) -> Bools:
    """For each place drawn, whether its word is one of those wanted."""
    table = np.zeros(len(words), dtype=bool)
    table[places(words, wanted)] = True
    found: Bools = table[values]
    return found
